"""People and agencies take e-office up, or give it up, a month at a time.

The hazard of a person is external push (training received, a supporting head, an order, a measured order)
plus imitation of colleagues and of correspondents, scaled by the agency's experience of its own electronic
traffic in the month before. An agency rises from level 1 to 2 when its registry starts, and to 3 and 4 when
its head rules so.
"""

import math

from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.certificates import any_leader_in_term
from sim.exchange.codes import (
    DRAFTS_AND_SIGNS,
    DRAW_ADOPTION,
    DRAW_LAPSE,
    DRAW_REGULATION,
    OUTSIDE,
    PROCESSES_ONLINE,
    REGISTRY_ONLY,
    UNUSED,
)
from sim.exchange.counting import (
    A_ATTEMPTS,
    A_IN_OUTAGE,
    A_LATE,
    A_ONLINE_FAILED,
    A_ONLINE_TRIES,
    A_REFUSED,
    A_UNRESOLVED,
)
from sim.exchange.records import Records
from sim.exchange.state import World

MONTHS = 12
MOST_STAFF = 1 << 17
"""More than any agency has, so that no two months share a draw."""
ENOUGH_TRIES = 5
"""So many tries in a month say all there is to say of it; fewer leave part of what was thought before."""


@njit
def monthly(hazard_per_year: float) -> float:
    """Chance that something of this yearly hazard happens within a month."""
    return 1.0 - math.exp(-max(0.0, hazard_per_year) / MONTHS)


@njit
def learn(w: World, month: int, hazards: Records) -> None:
    """Experience of each agency, of one month's exchange and work online.

    1 - (refused + late + met an outage + failed online + unresolved) / (attempts + online tries + unresolved).
    What never got an answer counts among the tries, so that an agency whose line is dead does not keep the good
    experience of the last month in which it worked. Fewer than `ENOUGH_TRIES` say less, each as much as the next;
    what a month says nothing about fades towards the benefit of the doubt, 1, which is also where all begin.
    """
    fading = 1.0 / (MONTHS * max(hazards[0].experience_memory, 1.0 / MONTHS))
    for agency in range(w.agencies.shape[0]):
        a = w.agencies[agency]
        flows = w.agency_flows[month, agency]
        tried = flows[A_ATTEMPTS] + flows[A_ONLINE_TRIES] + flows[A_UNRESOLVED]
        bad = flows[A_REFUSED] + flows[A_LATE] + flows[A_IN_OUTAGE] + flows[A_ONLINE_FAILED] + flows[A_UNRESOLVED]
        remembered = a.experience + (1.0 - a.experience) * fading
        told = min(1.0, tried / ENOUGH_TRIES)
        seen = max(0.0, 1.0 - bad / tried) if tried > 0 else 1.0
        a.experience = told * seen + (1.0 - told) * remembered


@njit
def reachable_share(w: World) -> float:
    """Share of the province's agencies that exchange electronically, each by its weight in the traffic."""
    reached = 0.0
    everyone = 0.0
    for agency in range(w.agencies.shape[0]):
        a = w.agencies[agency]
        if a.tier != OUTSIDE:
            everyone += a.outgoing
            if a.linked == 1 and a.level >= REGISTRY_ONLY:
                reached += a.outgoing
    return reached / everyone if everyone > 0.0 else 0.0


@njit
def adopt(w: World, month: int, hazards: Records, pressure: Records, now: int) -> None:
    """One month of taking up and giving up, from the state at its start."""
    h = hazards[0]
    reach = reachable_share(w)
    for agency in range(w.agencies.shape[0]):
        a = w.agencies[agency]
        if a.tier == OUTSIDE or a.level < UNUSED or a.staff == 0:
            continue
        push = _push(w, agency, hazards, pressure)
        full = h.push_training + h.push_leader + h.push_mandate + h.push_measured
        readiness = push / full if full > 0.0 else 0.0
        _rise(w, agency, month, readiness, hazards, now)
        if a.level >= REGISTRY_ONLY:
            imitation = h.colleague_weight * a.users / a.staff + (1.0 - h.colleague_weight) * reach
            hazard = (h.unprompted + push + h.imitation * imitation) * a.experience
            _people(w, agency, month, monthly(hazard), monthly(h.lapse * (1.0 - a.experience)))


@njit
def _push(w: World, agency: int, hazards: Records, pressure: Records) -> float:
    a = w.agencies[agency]
    h = hazards[0]
    ordered = pressure[a.tier].ordered
    measured = 1 if pressure[a.tier].measured == 1 or (ordered == 1 and a.inspected == 1) else 0
    push = h.push_training * a.trained / a.staff + h.push_leader * a.supports
    return float(push + h.push_mandate * ordered + h.push_measured * measured)


@njit
def _rise(w: World, agency: int, month: int, readiness: float, hazards: Records, now: int) -> None:
    """The registry starts (level 2); the head rules that documents are processed (3), then signed online (4)."""
    a = w.agencies[agency]
    h = hazards[0]
    u = uniform(w.rules[0].luck, a.key, DRAW_REGULATION, month)
    if a.level == UNUSED:
        if u < monthly(h.installed_to_registry * readiness):
            a.level = REGISTRY_ONLY
    elif a.level == REGISTRY_ONLY:
        if u < monthly(h.regulation * readiness):
            a.level = PROCESSES_ONLINE
    elif a.level == PROCESSES_ONLINE and u < monthly(h.regulation * readiness) and any_leader_in_term(w, agency, now):
        a.level = DRAFTS_AND_SIGNS


@njit
def _people(w: World, agency: int, month: int, adopt_odds: float, lapse_odds: float) -> None:
    """Each non-user asks himself whether to start, each user whether to stop: one draw a person and month."""
    a = w.agencies[agency]
    luck = w.rules[0].luck
    joined = 0
    left = 0
    for person in range(a.staff):
        occasion = month * MOST_STAFF + person
        if person < a.users:
            left += uniform(luck, a.key, DRAW_LAPSE, occasion) < lapse_odds
        else:
            joined += uniform(luck, a.key, DRAW_ADOPTION, occasion) < adopt_odds
    a.users += joined - left
