"""Heads of office react to overload: they lend a hand, then ask for overtime, then let what can wait wait.

Every working morning each office looks at what lies before its registry, its officers and its counter. Where more than
some days' work waits, officers with less before them and nothing in hand help out at the registry or the counter; then
people stay longer, as far as the year's hours of overtime go; a registry that is still swamped stops scanning paper and
sends paper instead of electronic messages until it has caught up. An hour of overtime is worked as part of a place of
the following day. Whoever has something in hand finishes it first: only idle officers go to help, and a helper who is
called back is missed at home for as long as there is something to finish, so that nobody is at two desks.
"""

from collections.abc import Generator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from simpy import Environment
from simpy.events import Event

from agents.officer import officer_work_ms
from agents.one_stop import dossier_work_ms
from agents.registry_clerk import registry_work_ms
from sim.engine.clock import DAY_MS, HOUR_MS, Clock
from sim.engine.jit import njit_apart
from sim.engine.records import Records, record
from sim.engine.slow import until
from sim.engine.working_time import working_between
from sim.exchange.codes import DOSSIER, OUTSIDE, REGISTRY, URGENCIES
from sim.exchange.port import Traffic
from sim.exchange.state import World
from sim.policy.holdings import Holdings

Places = NDArray[np.int64]
DAY_OF_WORK_MS = 8 * HOUR_MS
MOST_DAYS = 20.0
"""A backlog is not measured beyond this, nor beyond twice what swamps a registry, whichever is more."""
CAUGHT_UP = 0.5
"""Helpers go back, and scanning begins again, once the backlog is down to this part of what called for them."""

HABITS = record("", "react_days swamped_days most_days lent_share overtime_ms_a_day overtime_ms_a_year")
"""When an office reacts, how many of its officers may help out, and how long people may stay."""
POST = record("helpers away", "overtime_ms credit")
"""One station of people: helpers it has, officers `away` from theirs who help or finish something there, overtime of a
person this year so far, and the part of a place that overtime has not yet filled."""


REACTION = record("people helper_days", "overtime_ms")
"""What one agency has done about overload in a calendar year: people at its desks who may stay longer (the most on any
morning), days that officers have helped out, time worked over."""


@njit_apart
def backlog_days(w: World, station: int, people: int, most_days: float, now: int) -> float:
    """Work that waits before a station, in days of its own people."""
    if station < 0 or w.stations[station].waiting == 0:
        return 0.0
    a_day_ms = float(max(1, people) * DAY_OF_WORK_MS)
    waiting_ms = 0.0
    for urgency in range(URGENCIES):
        j = w.queue_head[station, urgency]
        while j >= 0 and waiting_ms < most_days * a_day_ms:
            waiting_ms += _work_ms(w, j, station, now)
            j = w.jobs[j].next
    return waiting_ms / a_day_ms


@njit_apart
def _work_ms(w: World, j: int, station: int, now: int) -> int:
    if w.jobs[j].kind == DOSSIER:
        return dossier_work_ms(w, j)
    return registry_work_ms(w, j, now) if w.stations[station].kind == REGISTRY else officer_work_ms(w, j)


@njit_apart
def _own_people(w: World, station: int) -> int:
    """People who belong to a station, wherever they are today."""
    return int(max(0, w.stations[station].capacity - w.stations[station].extra))


@njit_apart
def _held(w: World, posts: Records, station: int) -> int:
    """Officers from elsewhere who have something in hand there."""
    in_hand = w.stations[station].busy - _own_people(w, station)
    return int(max(0, min(posts[station].away, in_hand)))


@njit_apart
def _helpers(days: float, there: int, most: int, react_days: float) -> int:
    """How many of at most so many should help out at a post with this backlog, of which some are there now."""
    if days > react_days:
        return min(most, max(there, int(days / react_days)))
    return min(most, there) if days > CAUGHT_UP * react_days else 0


@njit_apart
def _overtime(post: Any, days: float, people: int, habits: Any) -> float:
    """Working time of people who stay today: while there is a backlog, and hours of the year are left."""
    if days <= habits.react_days or people < 1:
        return 0.0
    each_ms = min(habits.overtime_ms_a_day, habits.overtime_ms_a_year - post.overtime_ms)
    if each_ms <= 0.0:
        return 0.0
    post.overtime_ms += each_ms
    post.credit += people * each_ms / DAY_OF_WORK_MS
    return float(people * each_ms)


@njit_apart
def _places_of_overtime(post: Any) -> int:
    """Places that overtime fills today: whole days of it."""
    places = int(post.credit)
    post.credit -= places
    return places


@njit_apart
def _may_lend(w: World, officers: int, own_days: float, habits: Any) -> int:
    """Officers who may help out: a share of them, none where they have much before them, nobody with work in hand."""
    own = _own_people(w, officers)
    if own_days >= habits.react_days:
        return 0
    return int(max(0, min(int(habits.lent_share * own), own - 1, own - w.stations[officers].busy)))


@njit_apart
def _swamped(days: float, before: int, swamped_days: float) -> int:
    """A registry is swamped from more than so many days of work on, until it has caught up."""
    return 1 if days > swamped_days or (before == 1 and days > CAUGHT_UP * swamped_days) else 0


@njit_apart
def _office(w: World, agency: int, now: int, h: Any, posts: Records, extra: Places, year: Records) -> tuple[float, int]:
    """What one office decides this morning: `extra` places of its stations. Returns overtime in ms, helpers.

    Both are added to what it has done this `year`.
    """
    a = w.agencies[agency]
    own = _own_people(w, a.officers)
    own_days = backlog_days(w, a.officers, own, h.most_days, now)
    everybody = own
    desks = (a.registry, a.counter if a.counter != a.officers else -1)
    held = 0
    for station in desks:
        held += _held(w, posts, station) if station >= 0 else 0
    lendable = _may_lend(w, a.officers, own_days, h)
    spare = max(0, lendable - held)
    helpers = 0
    away = 0
    overtime_ms = 0.0
    for station in desks:
        if station < 0:
            continue
        people = _own_people(w, station)
        everybody += people
        days = backlog_days(w, station, people, h.most_days, now)
        post = posts[station]
        stay = _held(w, posts, station)
        post.helpers = _helpers(days, post.helpers, min(lendable - helpers, stay + spare), h.react_days)
        post.away = max(stay, post.helpers)
        spare -= post.away - stay
        helpers += post.helpers
        away += post.away
        overtime_ms += _overtime(post, days, people, h)
        extra[station] = post.helpers + _places_of_overtime(post)
        if station == a.registry:
            a.swamped = _swamped(days, a.swamped, h.swamped_days)
    post = posts[a.officers]
    overtime_ms += _overtime(post, own_days, own - away, h)
    extra[a.officers] = _places_of_overtime(post) - away
    year[agency].people = max(year[agency].people, everybody)
    year[agency].helper_days += helpers
    year[agency].overtime_ms += overtime_ms
    return overtime_ms, helpers


@njit_apart
def morning(
    w: World, now: int, habits: Records, posts: Records, extra: Places, changed: Places, places: Places, year: Records
) -> tuple[float, int, int]:
    """What every office that opens today decides: which stations are `changed`, and to how many `places`.

    `extra` is room for the places of each station that are not its own people's; `year` counts what each agency does.
    Returns hours of overtime, officers who help out, and how many stations are changed.
    """
    for station in range(w.stations.shape[0]):
        extra[station] = w.stations[station].extra
    overtime_ms = 0.0
    helpers = 0
    for agency in range(w.agencies.shape[0]):
        a = w.agencies[agency]
        if a.tier == OUTSIDE or working_between(w.shifts, w.first_shift, a.staff_calendar, now, now + DAY_MS) == 0:
            continue
        stayed_ms, helping = _office(w, agency, now, habits[0], posts, extra, year)
        overtime_ms += stayed_ms
        helpers += helping
    number = 0
    for station in range(w.stations.shape[0]):
        s = w.stations[station]
        if extra[station] != s.extra:
            changed[number] = station
            places[number] = max(0, s.capacity - s.extra + extra[station])
            s.extra = extra[station]
            number += 1
    return overtime_ms / HOUR_MS, helpers, number


def habits_of(p: Mapping[str, float]) -> Records:
    """When offices react and how far people may be asked to go, as the mornings read it."""
    habits = np.zeros(1, HABITS)
    habits["react_days"], habits["swamped_days"] = p["people.react_days"], p["people.swamped_days"]
    habits["most_days"] = max(MOST_DAYS, 2.0 * p["people.swamped_days"])
    habits["lent_share"] = p["people.lent_share"]
    habits["overtime_ms_a_day"] = p["people.overtime_a_day"]
    habits["overtime_ms_a_year"] = p["people.overtime_a_year"]
    return habits


def offices(
    env: Environment, traffic: Traffic, clock: Clock, holdings: Holdings, p: Mapping[str, float]
) -> Generator[Event, None, None]:
    """Let every office look at its backlogs each midnight before a working day, and act.

    Hours of overtime are counted by calendar years (Labour Code 10/2012/QH13, Art. 106).
    """
    stations = len(traffic.world.stations)
    posts = np.zeros(stations, POST)
    extra, changed, places = (np.zeros(stations, np.int64) for _ in range(3))
    while True:
        now = int(env.now)
        year = clock.day(now).year
        if year not in holdings.reactions:
            holdings.reactions[year] = np.zeros(len(traffic.world.agencies), REACTION)
            posts["overtime_ms"] = 0.0
        traffic.show_lines()
        done = holdings.reactions[year]
        habits = habits_of(p)
        hours, helpers, number = morning(traffic.world, now, habits, posts, extra, changed, places, done)
        holdings.overtime_hours += float(hours)
        holdings.helper_days += int(helpers)
        traffic.change_capacities(changed[:number], places[:number])
        yield until(env, (now // DAY_MS + 1) * DAY_MS)
