"""The result of a dossier: in time or late, by whose fault, by what the books say, and how it is fetched."""

from agents.citizen import learnt, uses_post
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange import counting as c
from sim.exchange import dossier_counting as f
from sim.exchange.codes import (
    BY_POST,
    DONE,
    DRAW_RESULT,
    HAND_OVER,
    LATE_CITIZEN,
    LATE_COUNTER,
    LATE_LEADER,
    LATE_OFFICER,
    LATE_OTHER,
    LATE_OUTAGE,
    LATE_OUTSIDE,
    LATE_TRANSFER,
    LATE_VISIT,
    ONLINE,
    PICK_UP,
    RESULT_BY_POST,
)
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
    if d.channel == ONLINE:
        learnt(w, dossier, d.late == 1 or d.returned == 1)
    if d.returned == 1:
        return
    c.count_at(w, d.intake, c.A_DOSSIERS_DONE, 1)
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
    """Where most of the time went since the dossier was filed, lawful pauses left out."""
    d = w.dossiers[dossier]
    where = LATE_COUNTER
    most = d.counter
    if d.officer > most:
        where, most = LATE_OFFICER, d.officer
    if d.leader > most:
        where, most = LATE_LEADER, d.leader
    if d.other_agency > most:
        where, most = LATE_OTHER, d.other_agency
    if d.outside_body > most:
        where, most = LATE_OUTSIDE, d.outside_body
    if d.site_visit > most:
        where, most = LATE_VISIT, d.site_visit
    if d.citizen > most:
        where, most = LATE_CITIZEN, d.citizen
    if d.transfer > most:
        where, most = LATE_TRANSFER, d.transfer
    if d.outage > most:
        where = LATE_OUTAGE
    return where
