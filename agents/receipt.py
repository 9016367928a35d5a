"""The receiving registry: accepts, refuses and registers deliveries.

Status codes as in QCVN 102:2016: 03 taken in, 02 refused. An electronic delivery that is refused and sent
again counts once; one that is refused and then goes on paper is paper.
"""

from agents.leader import note_fate
from agents.online_work import OFF_LINE
from agents.other_provinces import note_leaving
from sim.engine.clock import HOUR_MS
from sim.engine.jit import njit, njit_apart
from sim.engine.working_time import working_between
from sim.exchange import counting as c
from sim.exchange.codes import (
    ANNOTATE,
    CONTENT_CHANGED,
    CORRECT,
    DELIVERY,
    DONE,
    ELECTRONIC_TWIN,
    OUTSIDE,
    PAPER,
    PAPER_TWIN,
    PRINT,
    REFUSED_TO_PAPER,
    REGISTER_PAPER,
    SEAL_MISSING,
    STAMP_MISSING,
    TOO_LARGE,
    URGENT,
)
from sim.exchange.state import World

WORKING_DAY_MS = 8 * HOUR_MS
"""A delivery accepted within one working day of issue is in time (Decision 28/2018, Decree 30/2020)."""


@njit
def accept(w: World, j: int, now: int) -> int:
    """Status 03: the electronic delivery is taken in. The next step."""
    job = w.jobs[j]
    d = w.documents[job.document]
    w.experience[job.sender, job.recipient] += 1
    c.count(w, j, c.ATTEMPTS, 1)
    c.count(w, j, c.ACCEPTED, 1)
    if w.agencies[job.recipient].tier != OUTSIDE:
        w.agency_flows[d.month, job.sender, c.A_ACCEPTED_OUT] += 1
    if job.verified == 1:
        c.count(w, j, c.ACCEPTED_SIGNED, 1)
    elif d.signed == 1 and w.agencies[job.recipient].tier != OUTSIDE:
        c.count(w, j, c.UNVERIFIED, 1)
    if job.parallel == 0:
        c.count(w, j, c.ACCEPTED_ONLY, 1)
    _learn(w, j, now, True)
    if job.kind == ELECTRONIC_TWIN:
        w.tally[0].twins_filed += 1
        return DONE
    return register(w, j, now)


@njit
def _learn(w: World, j: int, now: int, accepted: bool) -> None:
    """Sender's experience of one attempt: accepted within a working day, late, or refused."""
    job = w.jobs[j]
    sender = w.agencies[job.sender]
    c.count_at(w, job.sender, c.A_ATTEMPTS, 1)
    if sender.tier == OUTSIDE:
        return
    worked = working_between(w.shifts, w.first_shift, sender.staff_calendar, job.issued_ms, now)
    late = worked > WORKING_DAY_MS
    if not accepted:
        c.count_at(w, job.sender, c.A_REFUSED, 1)
    elif late:
        c.count_at(w, job.sender, c.A_LATE, 1)
    elif job.interrupted != 0:
        c.count_at(w, job.sender, c.A_IN_OUTAGE, 1)
    note_fate(w, job.sender, accepted and not late, not accepted and job.urgency <= URGENT)


@njit
def count_unresolved(w: World, now: int) -> None:
    """Electronic deliveries still under way after more than a working day, at the turn of a month, by sender."""
    for j in range(w.jobs.shape[0]):
        job = w.jobs[j]
        if job.alive == 0 or job.kind != DELIVERY or job.channel == PAPER or job.registered_ms >= 0:
            continue
        sender = w.agencies[job.sender]
        if sender.tier == OUTSIDE:
            continue
        waited_ms = working_between(w.shifts, w.first_shift, sender.staff_calendar, job.issued_ms, now)
        if waited_ms > WORKING_DAY_MS:
            c.count_at(w, job.sender, c.A_UNRESOLVED, 1)


@njit_apart
def refuse(w: World, j: int, now: int, reason: int) -> int:
    """Status 02: back to the sender, who corrects and resends, or gives up and sends paper. The next step."""
    job = w.jobs[j]
    w.experience[job.sender, job.recipient] += 1
    w.refusals[w.rules[0].month, reason] += 1
    c.count(w, j, c.ATTEMPTS, 1)
    c.count(w, j, c.REFUSED, 1)
    _learn(w, j, now, False)
    job.attempts += 1
    job.refusal = reason
    if reason in (CONTENT_CHANGED, SEAL_MISSING, STAMP_MISSING):
        job.mended = 1
    if job.kind == ELECTRONIC_TWIN:
        _fall_back(w, j)
        w.tally[0].twins_filed += 1
        return DONE
    gives_up = reason == TOO_LARGE or job.attempts >= w.rules[0].retry_limit
    if w.agencies[job.sender].tier != OUTSIDE and not gives_up:
        return CORRECT
    _fall_back(w, j)
    if job.twin >= 0:
        return _hand_over(w, j)
    job.channel = PAPER
    return PRINT


@njit
def _fall_back(w: World, j: int) -> None:
    """An electronic delivery given up counts as paper from now on."""
    job = w.jobs[j]
    c.count(w, j, c.SENT, -1)
    if w.agencies[job.recipient].tier != OUTSIDE:
        w.agency_flows[w.documents[job.document].month, job.sender, c.A_ELECTRONIC_OUT] -= 1
    if job.parallel == 0:
        c.count(w, j, c.SENT_ONLY, -1)
    c.count_cause(w, j, job.cause, -1)
    c.count_cause(w, j, REFUSED_TO_PAPER, 1)
    job.cause = REFUSED_TO_PAPER


@njit
def _hand_over(w: World, j: int) -> int:
    """The paper twin, already on its way, becomes the delivery."""
    twin = w.jobs[w.jobs[j].twin]
    twin.kind = DELIVERY
    twin.cause = REFUSED_TO_PAPER
    w.jobs[j].kind = PAPER_TWIN
    w.tally[0].twins_filed += 1
    return DONE


@njit
def paper_registered(w: World, j: int, now: int) -> int:
    """A paper is entered in the recipient's register. The next step."""
    job = w.jobs[j]
    if job.kind == PAPER_TWIN:
        if job.twin_registered == 1 or job.twin < 0:
            w.tally[0].twins_filed += 1
            return DONE
        first = w.jobs[job.twin]
        first.kind = ELECTRONIC_TWIN
        first.twin_registered = 1
        job.kind = DELIVERY
    return register(w, j, now)


@njit
def register(w: World, j: int, now: int) -> int:
    """The delivery stands in the recipient's register, whichever way it came first."""
    job = w.jobs[j]
    job.registered_ms = now
    if job.step == REGISTER_PAPER and w.agencies[job.recipient].swamped == 1:
        job.interrupted |= OFF_LINE
    if job.twin >= 0:
        w.jobs[job.twin].twin_registered = 1
    w.tally[0].deliveries_registered += 1
    c.count(w, j, c.REGISTERED, 1)
    c.count_delay(w, j, c.TO_REGISTRATION, now - job.issued_ms)
    c.count_delay(w, j, c.BY_CHANNEL + job.channel, now - job.issued_ms)
    if w.agencies[job.recipient].tier == OUTSIDE:
        w.tally[0].deliveries_handled += 1
        c.count(w, j, c.HANDLED, 1)
        note_leaving(w, j)
        return DONE
    return ANNOTATE
