"""The sending registry: one delivery to each recipient, each on the channel that is open to it.

A delivery is one document to one recipient. Attempts, repeats and paper twins belong to it and are never
counted as deliveries.
"""

from agents.agency import channel_to, paper_follows
from sim.engine.draws import child
from sim.engine.jit import njit, njit_apart
from sim.exchange import counting as c
from sim.exchange.addressing import choose_recipients
from sim.exchange.codes import (
    CAUSE_NONE,
    CHILD_DELIVERY,
    CHILD_TWIN,
    DELIVERY,
    LINE_DOWN,
    LINKED,
    OUTSIDE,
    PACK,
    PAPER,
    PAPER_TWIN,
    PRINT,
    SEND,
    SERVE,
)
from sim.exchange.pool import spawn
from sim.exchange.state import World


@njit
def first_step(w: World, sender: int, channel: int) -> int:
    """Where a delivery starts on its channel; the outside's own lines are not modelled."""
    if channel == PAPER:
        return PRINT
    if w.agencies[sender].tier == OUTSIDE:
        return SERVE
    return PACK if channel == LINKED else SEND


@njit_apart
def send_to_all(w: World, document: int, now: int) -> None:
    """One delivery to each recipient, with a paper twin where paper must follow."""
    d = w.documents[document]
    d.issued_ms = now
    d.month = w.rules[0].month
    recipients = choose_recipients(w, document)
    paper_cause = paper_follows(w, document)
    electronic = 0
    inside = 0
    inside_electronic = 0
    for i in range(recipients):
        recipient = w.choice[i].agency
        channel, cause = channel_to(w, document, recipient, now)
        _send(w, document, recipient, channel, cause, paper_cause)
        electronic += channel != PAPER
        if w.agencies[recipient].tier != OUTSIDE:
            inside += 1
            inside_electronic += channel != PAPER
    c.count_at(w, d.sender, c.A_ISSUED, 1)
    c.count_at(w, d.sender, c.A_DELIVERIES_OUT, inside)
    c.count_at(w, d.sender, c.A_ELECTRONIC_OUT, inside_electronic)
    if electronic == recipients and recipients > 0:
        c.count_at(w, d.sender, c.A_ISSUED_ELECTRONIC, 1)


@njit
def _send(w: World, document: int, recipient: int, channel: int, cause: int, paper_cause: int) -> None:
    d = w.documents[document]
    key = child(d.key, CHILD_DELIVERY, w.agencies[recipient].key & 0x7FFFFFFF)
    j = spawn(w, key, DELIVERY, first_step(w, d.sender, channel), document)
    job = w.jobs[j]
    job.recipient = recipient
    job.channel = channel
    count_sent(w, j, cause, paper_cause)
    if channel == PAPER or paper_cause == CAUSE_NONE:
        return
    twin = spawn(w, child(key, CHILD_TWIN, 0), PAPER_TWIN, PRINT, document)
    w.jobs[twin].recipient = recipient
    w.jobs[twin].twin = j
    w.jobs[j].twin = twin
    w.tally[0].twins_created += 1


@njit
def count_sent(w: World, j: int, cause: int, paper_cause: int) -> None:
    """Book a delivery that sets out on its channel: why it is on paper, or why paper goes with it."""
    job = w.jobs[j]
    d = w.documents[job.document]
    w.tally[0].deliveries_created += 1
    job.cause = cause
    c.count(w, j, c.DELIVERIES, 1)
    c.count(w, j, c.SECRETS, d.secret)
    c.count(w, j, c.NEVERS, d.never_electronic)
    if job.channel == PAPER:
        c.count_cause(w, j, cause, 1)
        c.count_at(w, d.sender, c.A_UNRESOLVED, cause == LINE_DOWN)
        return
    c.count(w, j, c.SENT, 1)
    c.count_cause(w, j, paper_cause, 1)
    if paper_cause == CAUSE_NONE:
        c.count(w, j, c.SENT_ONLY, 1)
        return
    job.parallel = 1
    job.cause = paper_cause
