"""The exchange with other provinces: what leaves for them, and what comes in from them.

A province alone knows them as one body outside. Among others (`among_provinces`) it keeps a note of every delivery that
has reached the outside, and what another province sent comes in on the channel on which it left there: electronically
to our message service, on paper to the recipient's register, its journey being over.
"""

from agents.dispatch import count_sent, first_step
from sim.engine.draws import child
from sim.engine.jit import njit, njit_apart
from sim.exchange import counting as c
from sim.exchange.addressing import choose_recipients
from sim.exchange.codes import (
    CAUSE_NONE,
    CHILD_DELIVERY,
    DELIVERY,
    DOCUMENT,
    DONE,
    LINKED,
    MAIL,
    PAPER,
    RECIPIENT_UNREACHABLE,
    REGISTER_PAPER,
    REGISTRY_ONLY,
    ROUTE_NONE,
)
from sim.exchange.pool import take_job
from sim.exchange.state import World
from sim.exchange.writing import write_document


@njit
def note_leaving(w: World, j: int) -> None:
    """A delivery has reached the outside: whoever carries documents between provinces will find it noted."""
    if w.rules[0].among_provinces == 0:
        return
    job = w.jobs[j]
    d = w.documents[job.document]
    left = w.leaving[w.tally[0].leaving_kept]
    w.tally[0].leaving_kept += 1
    left.key = job.key
    left.root = d.root
    left.kind = d.kind
    left.agency = job.recipient
    left.channel = job.channel
    left.cause = job.cause
    if job.channel == PAPER and job.cause == CAUSE_NONE and job.twin >= 0:
        left.cause = w.jobs[job.twin].cause  # the paper copy was there first; why it went is noted on the other one
    left.parallel = job.parallel
    left.urgency = d.urgency
    left.secret = d.secret
    left.never_electronic = d.never_electronic
    left.digital = d.digital
    left.pages = d.pages
    left.octets = d.octets
    left.month = d.month
    left.issued_ms = d.issued_ms


@njit_apart
def take_in(w: World, row: int) -> int:
    """A delivery from another province has come; the job that carries it on. Its signatures stay with its sender."""
    came = w.coming_in[row]
    slot = write_document(w, came.key, came.root, came.agency, came.kind, came.urgency, -1)
    d = w.documents[slot]
    d.secret = came.secret
    d.never_electronic = came.never_electronic
    d.digital = came.digital
    d.pages = came.pages
    d.octets = came.octets
    d.month = came.month
    d.issued_ms = came.issued_ms
    if choose_recipients(w, slot) == 0:
        return take_job(w, came.key, DOCUMENT, DONE, slot)
    recipient = w.choice[0].agency
    channel = _way_in(w, came.channel, recipient)
    step = REGISTER_PAPER if came.channel == PAPER else first_step(w, came.agency, channel)
    j = take_job(w, child(came.key, CHILD_DELIVERY, w.agencies[recipient].key & 0x7FFFFFFF), DELIVERY, step, slot)
    job = w.jobs[j]
    job.recipient = recipient
    job.channel = channel
    cause = came.cause if channel == came.channel or channel != PAPER else RECIPIENT_UNREACHABLE
    count_sent(w, j, cause, came.cause)
    c.count_at(w, came.agency, c.A_DELIVERIES_OUT, 1)
    c.count_at(w, came.agency, c.A_ELECTRONIC_OUT, channel != PAPER)
    return j


@njit
def _way_in(w: World, channel: int, recipient: int) -> int:
    """The channel on which the recipient can have what came on this one; who cannot be reached gets it by post."""
    other = w.agencies[recipient]
    if channel == PAPER or other.route == ROUTE_NONE:
        return PAPER
    if channel == LINKED and other.linked == 1 and other.level >= REGISTRY_ONLY:
        return LINKED
    return MAIL if other.mail == 1 else PAPER
