"""People and agencies take e-office up, or give it up, a month at a time, by one law.

What pulls is the same for both: a little of itself, e-office training still remembered, a supporting head, an order
in force, a ranking or else an inspection, each with its strength, and imitation: a person of colleagues and
correspondents, an agency of its neighbours. The sum, times the agency's experience of its own exchange and work
online, is the hazard of a person; over a fixed reference strength it scales the rates at which a registry starts
(level 2) and a head rules that documents are processed online (3), then drafted and signed (4). A stronger cause
makes nobody later. Levels fall as well: when experience stays poor, and when few are left who work on it.

Official mail, where an agency has it, is taken up by its staff in the same way, as it was before e-office.

One draw decides for each person and each agency a month: its low end starts, its high end stops. So whoever would
start under a weak cause starts under a strong one, and nobody does both.
"""

import math
from typing import Any

from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.engine.records import Records
from sim.exchange.certificates import any_leader_can_sign
from sim.exchange.codes import (
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    DRAW_ADOPTION,
    DRAW_MAIL,
    DRAW_REGULATION,
    OFFICE,
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
        a.low_months = a.low_months + 1 if a.experience < hazards[0].low_experience else 0


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
def imitation_of(h: Any, users: int, staff: int, reach: float) -> float:
    """A person's yearly hazard from seeing others work in e-office: colleagues, and those written to."""
    return float(h.imitation * (h.colleague_weight * users / max(1, staff) + (1.0 - h.colleague_weight) * reach))


@njit
def adopt(w: World, month: int, hazards: Records, pressure: Records, now: int) -> None:
    """One month of taking up and giving up, from the state at its start."""
    h = hazards[0]
    reach = reachable_share(w)
    for agency in range(w.agencies.shape[0]):
        w.agencies[agency].level_before = w.agencies[agency].level
    for agency in range(w.agencies.shape[0]):
        a = w.agencies[agency]
        if a.tier == OUTSIDE or a.staff == 0:
            continue
        pull = _pull(w, agency, hazards, pressure)
        if a.mail == 1:
            own = h.imitation * a.mail_users / a.staff
            a.mail_users += _turn(w, agency, month, DRAW_MAIL, a.mail_users, monthly(pull + own), monthly(h.turnover))
        if a.level < UNUSED:
            continue
        neighbours = h.imitation * ahead_of(w, agency)
        _change_level(w, agency, month, (pull + neighbours) * a.experience, hazards, now)
        if a.level_before >= REGISTRY_ONLY:
            hazard = (pull + imitation_of(h, a.users, a.staff, reach)) * a.experience
            stops = monthly(h.lapse * (1.0 - a.experience) + h.turnover)
            a.users += _turn(w, agency, month, DRAW_ADOPTION, a.users, monthly(hazard), stops)
        if a.level < REGISTRY_ONLY:
            a.users = 0


@njit
def ahead_of(w: World, agency: int) -> float:
    """Share of an agency's neighbours that stood at a higher level than it as the month began.

    Neighbours are the provincial agencies to each other, the districts, and the communes of one district; without
    districts, all communes.
    """
    a = w.agencies[agency]
    if a.tier == COMMUNE and a.district >= 0:
        first = w.agencies[a.district].commune_first
        last = first + w.agencies[a.district].commune_count
    elif a.tier in (DISTRICT, COMMUNE):
        first = w.tier_range[a.tier, 0]
        last = first + w.tier_range[a.tier, 1]
    else:
        first = w.tier_range[OFFICE, 0]
        last = w.tier_range[DEPARTMENT, 0] + w.tier_range[DEPARTMENT, 1]
    ahead = 0
    for other in range(first, last):
        ahead += w.agencies[other].level_before > a.level_before
    return ahead / (last - first - 1) if last - first > 1 else 0.0


@njit
def _pull(w: World, agency: int, hazards: Records, pressure: Records) -> float:
    """What moves an agency's people by itself: a hazard a year."""
    a = w.agencies[agency]
    h = hazards[0]
    ordered = pressure[a.tier].ordered
    inspected = h.inspection_weight if ordered == 1 and a.inspected == 1 else 0.0
    watched = max(float(pressure[a.tier].measured), inspected)
    return strength(h, ordered, a.supports, a.eoffice_trained, a.staff, watched)


@njit
def strength(h: Any, ordered: float, supports: float, trained: float, staff: float, watched: float) -> float:
    """The hazard a year of what pulls: how far each thing is there, the trained as so many of the staff."""
    pull = h.unprompted + h.push_training * trained / staff + h.push_leader * supports
    return float(pull + h.push_mandate * ordered + h.push_measured * watched)


@njit
def _change_level(w: World, agency: int, month: int, strength: float, hazards: Records, now: int) -> None:
    """The registry starts (level 2); the head rules that documents are processed (3), then signed online (4).

    A level is given up when experience has been poor for longer than people's patience, and a rule to work online
    when fewer than a stated share of the staff do.
    """
    a = w.agencies[agency]
    h = hazards[0]
    rate = 0.0
    if a.level == UNUSED:
        rate = h.installed_to_registry
    elif a.level == REGISTRY_ONLY or (a.level == PROCESSES_ONLINE and any_leader_can_sign(w, agency, now)):
        rate = h.regulation
    soured = 1 if a.level >= REGISTRY_ONLY and a.low_months > h.patience else 0
    deserted = 1 if a.level >= PROCESSES_ONLINE and a.users < h.deserted_share * a.staff else 0
    u = uniform(w.rules[0].luck, a.key, DRAW_REGULATION, month)
    if u < monthly(rate * strength / h.reference_strength):
        a.level += 1
    elif u > 1.0 - monthly(h.fall * (soured + deserted)):
        a.level -= 1


@njit
def _turn(w: World, agency: int, month: int, purpose: int, users: int, adopt_odds: float, lapse_odds: float) -> int:
    """By how many the users of e-office or of mail grow in a month.

    Each non-user asks himself whether to start, each user whether to stop; some users are posted elsewhere.
    """
    a = w.agencies[agency]
    luck = w.rules[0].luck
    grown = 0
    for person in range(a.staff):
        u = uniform(luck, a.key, purpose, month * MOST_STAFF + person)
        if person < users:
            grown -= u > 1.0 - lapse_odds
        else:
            grown += u < adopt_odds
    return grown
