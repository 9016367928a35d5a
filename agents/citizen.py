"""Citizens and firms: how they file, when they come back, and whether they take to filing online.

Whether someone files online is a chain: the procedure is offered at level 3 or 4, the office runs the online
services, and the applicant is one of those in the district who file online when they can. A dossier that an
officer keys in for an applicant at the counter is `ASSISTED`: online by the books, not by habit.
"""

import math

from sim.engine.clock import DAY_MS
from sim.engine.distributions import geometric
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.engine.working_days import closing_ms, opening_ms, working_day_after
from sim.engine.working_time import next_open
from sim.exchange import dossier_counting as f
from sim.exchange.codes import ASSISTED, AT_COUNTER, BY_POST, DRAW_ADOPTION, DRAW_CHANNEL, DRAW_COURSE, ONLINE, ORDINARY
from sim.exchange.links import DATA_CENTRE, is_cut_off
from sim.exchange.state import World

LEVEL_OF_ONLINE_FILING = 3
BUSINESS_REGISTRATION, INVESTMENT_CERTIFICATE = 1, 2
"""National portals: their share of online filing is given, not simulated."""
MONTHS = 12


@njit
def choose_channel(w: World, dossier: int, now: int) -> int:
    """How this dossier is filed; counted by channel, and whether it could have been filed online.

    Whoever finds the portal dead, or hears that the office cannot open what is filed there, goes to the counter and
    remembers it.
    """
    d = w.dossiers[dossier]
    procedure = w.procedures[d.procedure]
    home = w.citizens[d.district]
    luck = w.rules[0].luck
    u = uniform(luck, d.key, DRAW_CHANNEL, 0)
    if procedure.national > 0:
        return _at_national_portal(w, dossier, u < procedure.online_odds)
    home.filed += 1
    fileable = procedure.level >= LEVEL_OF_ONLINE_FILING and w.agencies[d.intake].online == 1
    if fileable:
        f.count_dossier(w, dossier, f.FILEABLE)
        reachable = is_served_online(w, d.intake, now)
        if u * home.population < home.users and not reachable:
            f.count_dossier(w, dossier, f.PORTAL_DEAD)
            learnt(w, dossier, True)
        elif u * home.population < home.users:
            home.online += 1
            f.count_dossier(w, dossier, f.F_ONLINE)
            return ONLINE
        if reachable and uniform(luck, d.key, DRAW_CHANNEL, 1) < w.rules[0].assisted_share:
            f.count_dossier(w, dossier, f.F_ASSISTED)
            return ASSISTED
    if procedure.same_day == 0 and uses_post(w, dossier):
        f.count_dossier(w, dossier, f.F_BY_POST)
        return BY_POST
    f.count_dossier(w, dossier, f.F_AT_COUNTER)
    return AT_COUNTER


@njit
def is_served_online(w: World, intake: int, now: int) -> bool:
    """Is the provincial portal up, and has the office been able to open what is filed there of late?"""
    return bool(w.stations[DATA_CENTRE].up == 1 and not is_cut_off(w, w.agencies[intake].downlink, ORDINARY, now))


@njit
def can_open(w: World, dossier: int, now: int) -> bool:
    """Can the office open what was filed online? What came over a national portal needs its own line only."""
    d = w.dossiers[dossier]
    if w.procedures[d.procedure].national > 0:
        return not is_cut_off(w, w.agencies[d.intake].downlink, ORDINARY, now)
    return is_served_online(w, d.intake, now)


@njit
def uses_post(w: World, dossier: int) -> bool:
    """Does this applicant let the public post carry papers and result (Decision 45/2016/QĐ-TTg)?"""
    return bool(uniform(w.rules[0].luck, w.dossiers[dossier].key, DRAW_CHANNEL, 2) < w.rules[0].post_share)


@njit
def _at_national_portal(w: World, dossier: int, online: bool) -> int:
    firm = w.procedures[w.dossiers[dossier].procedure].national == BUSINESS_REGISTRATION
    f.count_dossier(w, dossier, f.FIRMS if firm else f.INVESTMENTS)
    if online:
        f.count_dossier(w, dossier, f.FIRMS_ONLINE if firm else f.INVESTMENTS_ONLINE)
        f.count_dossier(w, dossier, f.F_ONLINE)
        return ONLINE
    f.count_dossier(w, dossier, f.F_AT_COUNTER)
    return AT_COUNTER


@njit
def comes_again_ms(w: World, j: int, now: int) -> int:
    """When an applicant who was asked back is at the counter again: some days later at the same hour, if open."""
    d = w.dossiers[w.jobs[j].dossier]
    days = geometric(uniform(w.rules[0].luck, d.key, DRAW_COURSE, 8 * d.leg), w.rules[0].come_again_ms / DAY_MS)
    calendar = w.stations[w.agencies[d.intake].counter].calendar
    return next_open(w.shifts, w.first_shift, calendar, now + days * DAY_MS)


@njit
def fetches_ms(w: World, j: int, now: int) -> int:
    """When a finished result is fetched: some working days later, or none, at any hour that is left of that day."""
    d = w.dossiers[w.jobs[j].dossier]
    luck = w.rules[0].luck
    days = geometric(uniform(luck, d.key, DRAW_COURSE, 8 * d.leg), 1.0 + w.rules[0].pickup_days) - 1
    calendar = w.stations[w.agencies[d.intake].counter].calendar
    day = working_day_after(w.shifts, w.first_shift, calendar, now // DAY_MS, days)
    opens = max(now, opening_ms(w.shifts, w.first_shift, calendar, day))
    closes = max(opens, closing_ms(w.shifts, w.first_shift, calendar, day))
    at = opens + int(uniform(luck, d.key, DRAW_COURSE, 8 * d.leg + 1) * (closes - opens))
    return next_open(w.shifts, w.first_shift, calendar, at)


@njit
def learnt(w: World, dossier: int, bad: bool) -> None:
    """An applicant who filed online has the result, late or not; neighbours hear of it."""
    home = w.citizens[w.dossiers[dossier].district]
    home.online_done += 1
    if bad:
        home.online_bad += 1


@njit
def adopt_citizens(w: World, month: int, reach: float, push: float, imitation: float, late_return_share: float) -> None:
    """One month of citizens becoming willing to file online, or going back to the counter.

    Args:
        w: the world.
        month: a number of its own for each month, for the draws.
        reach: share of people with internet at home, the most that could.
        push: hazard a year of becoming willing without seeing others: own curiosity, publicity, cheaper fees.
        imitation: added if everybody in the district filed online and every dossier ended well.
        late_return_share: share of those whose online dossier came late that go back to the counter.
    """
    luck = w.rules[0].luck
    for i in range(w.citizens.shape[0]):
        home = w.citizens[i]
        seen = home.online / home.filed if home.filed > 0 else 0.0
        good = 1.0 - home.online_bad / home.online_done if home.online_done > 0 else 1.0
        joins = 1.0 - math.exp(-(push + imitation * seen * good) / MONTHS)
        potential = max(0.0, reach * home.population - home.users)
        joining = int(potential * joins + uniform(luck, home.key, DRAW_ADOPTION, 2 * month))
        home.users += min(int(potential), joining)
        back = home.online_bad * late_return_share
        home.users -= min(home.users, int(back + uniform(luck, home.key, DRAW_ADOPTION, 2 * month + 1)))
        home.filed = 0
        home.online = 0
        home.online_done = 0
        home.online_bad = 0
