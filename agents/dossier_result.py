"""The result of a dossier: in time or late, by whose fault, by what the books say, and how it is fetched."""

from agents.citizen import learnt, uses_post
from sim.engine.clock import DAY_MS
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange import counting as c
from sim.exchange import dossier_counting as f
from sim.exchange.codes import BY_POST, DONE, DRAW_RESULT, HAND_OVER, ONLINE, PICK_UP, RESULT_BY_POST
from sim.exchange.state import World

FULLY_ONLINE = 4
"""Service level at which fees are paid and results are given online too (Decree 43/2011, Art. 3)."""
DRAW_HIDDEN = 16
"""Occasion of `DRAW_RESULT` that says whether the books show a late result as in time."""


@njit
def waits_in_the_hall(w: World, dossier: int) -> bool:
    """Does the applicant sit there until the paper is ready?"""
    d = w.dossiers[dossier]
    return bool(w.procedures[d.procedure].same_day == 1 and d.channel not in (ONLINE, BY_POST))


@njit
def ready(w: World, j: int, now: int) -> int:
    """The result lies at the counter: in time or late, and how it reaches the applicant."""
    job = w.jobs[j]
    d = w.dossiers[job.dossier]
    _judge(w, job.dossier, now)
    procedure = w.procedures[d.procedure]
    d.leg += 1
    if d.channel == ONLINE and procedure.level >= FULLY_ONLINE:
        return DONE
    if waits_in_the_hall(w, job.dossier):
        return HAND_OVER
    job.sender = d.intake
    job.recipient = d.intake
    return RESULT_BY_POST if uses_post(w, job.dossier) else PICK_UP


@njit
def _judge(w: World, dossier: int, now: int) -> None:
    """Late by one millisecond is late; the dates that the office writes down may say otherwise."""
    d = w.dossiers[dossier]
    intake = w.agencies[d.intake]
    d.late = 1 if now > d.due_ms else 0
    f.count_dossier(w, dossier, f.RETURNED if d.returned == 1 else f.RESULTS)
    if d.channel == ONLINE and w.procedures[d.procedure].national == 0:
        learnt(w, dossier, d.late == 1 or d.returned == 1)
    if d.returned == 1:
        return
    c.count_at(w, d.intake, c.A_DOSSIERS_DONE, 1)
    w.dossier_dues[min(d.due_ms // DAY_MS, w.dossier_dues.shape[0] - 1), intake.tier, d.late] += 1
    if d.late == 0:
        return
    f.count_dossier(w, dossier, f.LATE)
    c.count_at(w, d.intake, c.A_DOSSIERS_LATE, 1)
    w.lateness[w.rules[0].month, intake.tier, _longest(w, dossier)] += 1
    hidden = w.rules[0].hidden_software_share if intake.onestop == 1 else w.rules[0].hidden_paper_share
    if uniform(w.rules[0].luck, d.key, DRAW_RESULT, DRAW_HIDDEN) >= hidden:
        f.count_dossier(w, dossier, f.RECORDED_LATE)


@njit
def _longest(w: World, dossier: int) -> int:
    """Where most of the time went since the dossier was filed, lawful pauses left out: an index of `LATENESS`."""
    d = w.dossiers[dossier]
    passed_ms = (
        d.counter,
        d.officer,
        d.leader,
        d.other_agency,
        d.outside_body,
        d.site_visit,
        d.citizen,
        d.transfer,
        d.outage,
    )
    where = 0
    for i in range(1, len(passed_ms)):
        if passed_ms[i] > passed_ms[where]:
            where = i
    return where
