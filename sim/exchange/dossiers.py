"""A dossier comes into being: which procedure, whose, and where it is filed are its own luck."""

from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.codes import COMMUNE, DISTRICT, DOSSIER, DRAW_CITIZEN, DRAW_PROCEDURE, ORDINARY
from sim.exchange.dossier_counting import F_FILED, count_dossier
from sim.exchange.pool import fresh_job
from sim.exchange.state import World


@njit
def open_dossier(w: World, key: int, intake: int, step: int) -> int:
    """Somebody wants something of this agency: a dossier in a free slot, and the job that carries it."""
    n = w.tally[0].free_dossiers - 1
    w.tally[0].free_dossiers = n
    w.tally[0].dossiers_filed += 1
    slot = w.free_dossiers[n]
    d = w.dossiers[slot]
    d.key = key
    d.procedure = _procedure(w, key, intake)
    d.intake = intake
    d.holder = intake
    d.place = 0
    d.channel = 0
    d.district = _district(w, key, intake)
    d.received_ms = -1
    d.due_ms = -1
    d.paused_days = 0
    d.returns = 0
    d.leg = 0
    d.returned = 0
    d.late = 0
    d.asked = 0
    d.counter = 0
    d.officer = 0
    d.leader = 0
    d.other_agency = 0
    d.outside_body = 0
    d.site_visit = 0
    d.citizen = 0
    d.transfer = 0
    d.outage = 0
    j = fresh_job(w, key, DOSSIER, step, intake)
    w.jobs[j].dossier = slot
    w.jobs[j].urgency = ORDINARY
    count_dossier(w, slot, F_FILED)
    return j


@njit
def _procedure(w: World, key: int, intake: int) -> int:
    """One of the procedures taken in there, by its odds."""
    a = w.agencies[intake]
    u = uniform(w.rules[0].luck, key, DRAW_PROCEDURE, 0)
    last = a.procedures_first + a.procedures_count - 1
    for p in range(a.procedures_first, last):
        if u < w.procedures[p].odds:
            return int(p)
    return int(last)


@njit
def _district(w: World, key: int, intake: int) -> int:
    """Where the applicant lives: the counter's own district, or anywhere in the province by population.

    Where there are no districts, people are those of a commune.
    """
    a = w.agencies[intake]
    first = w.tier_range[DISTRICT, 0]
    if a.tier == COMMUNE and w.tier_range[DISTRICT, 1] == 0:
        return int(intake - w.tier_range[COMMUNE, 0])
    if a.tier == DISTRICT:
        return int(intake - first)
    if a.tier == COMMUNE:
        return int(a.district - first)
    everyone = 0
    for i in range(w.citizens.shape[0]):
        everyone += w.citizens[i].population
    wanted = uniform(w.rules[0].luck, key, DRAW_CITIZEN, 0) * everyone
    for i in range(w.citizens.shape[0]):
        wanted -= w.citizens[i].population
        if wanted < 0:
            return i
    return int(w.citizens.shape[0] - 1)
