"""The end of a document's way inside an agency, and what it gives rise to: a reply, a relay."""

from agents.officer import works_online
from agents.online_work import HANDLING, circulates
from sim.engine.draws import child, uniform
from sim.engine.jit import njit, njit_apart
from sim.exchange import counting as c
from sim.exchange.codes import (
    CHILD_RELAY,
    CHILD_REPLY,
    DEPARTMENT,
    DISTRICT,
    DOCUMENT,
    DRAFT,
    DRAW_RELAY,
    DRAW_REPLY,
    EXOGENOUS,
    RELAY,
    REPLY,
)
from sim.exchange.pool import spawn
from sim.exchange.state import World
from sim.exchange.writing import write_document


@njit_apart
def handled(w: World, j: int, now: int) -> None:
    """The officer is done; a reply or a relay may follow."""
    job = w.jobs[j]
    d = w.documents[job.document]
    circulating = circulates(w, j, job.recipient, HANDLING, now)
    wholly = circulating and works_online(w, job.recipient, job.key, 1)
    if job.kind == DOCUMENT:
        wholly = wholly and d.digital == 1
    c.count_at(w, job.recipient, c.A_HANDLED, 1)
    c.count_at(w, job.recipient, c.A_CIRCULATING, circulating)
    c.count_at(w, job.recipient, c.A_WHOLLY_ONLINE, wholly)
    if job.kind == DOCUMENT:
        return
    w.tally[0].deliveries_handled += 1
    c.count(w, j, c.HANDLED, 1)
    c.count_delay(w, j, c.TO_HANDLED, now - job.issued_ms)
    _reply_or_relay(w, j)


@njit
def _reply_or_relay(w: World, j: int) -> None:
    job = w.jobs[j]
    d = w.documents[job.document]
    a = w.agencies[job.recipient]
    luck = w.rules[0].luck
    root = d.root
    if d.kind in (EXOGENOUS, RELAY) and uniform(luck, job.key, DRAW_REPLY, 0) < a.reply_odds:
        key = child(job.key, CHILD_REPLY, 0)
        reply = write_document(w, key, root, job.recipient, REPLY, job.urgency, job.sender)
        spawn(w, key, DOCUMENT, DRAFT, reply)
    from_above = w.agencies[job.sender].tier <= DEPARTMENT
    if a.tier == DISTRICT and from_above and uniform(luck, job.key, DRAW_RELAY, 0) < a.relay_odds:
        key = child(job.key, CHILD_RELAY, 0)
        relay = write_document(w, key, root, job.recipient, RELAY, job.urgency, -1)
        spawn(w, key, DOCUMENT, DRAFT, relay)
