"""Heads of office react to overload: they lend a hand, then ask for overtime, then let what can wait wait.

Every working morning each office looks at what lies before its registry, its officers and its counter. Where more than
some days' work waits, officers with less before them help out at the registry or the counter; then people stay longer,
as far as the year's hours of overtime go; a registry that is still swamped stops scanning paper and sends paper instead
of electronic messages until it has caught up. An hour of overtime is worked as part of a place of the following day.
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
from sim.engine.clock import DAY_MS, HOUR_MS
from sim.engine.jit import njit
from sim.engine.slow import until
from sim.engine.working_time import working_between
from sim.exchange.codes import DOSSIER, OUTSIDE, REGISTRY, URGENCIES
from sim.exchange.port import Traffic
from sim.exchange.records import Records, record
from sim.exchange.state import World
from sim.policy.holdings import Holdings

DAY_OF_WORK_MS = 8 * HOUR_MS
MOST_DAYS = 20.0
"""A backlog is not measured beyond this."""
CAUGHT_UP = 0.5
"""Helpers go back, and scanning begins again, once the backlog is down to this part of what called for them."""
DAYS_A_YEAR = 365

HABITS = record("", "react_days swamped_days lent_share overtime_ms_a_day overtime_ms_a_year")
"""When an office reacts, how many of its officers may help out, and how long people may stay."""
POST = record("helpers", "overtime_ms credit")
"""One station of people: helpers there (negative: gone from there), overtime of a person this year so far, and the
part of a place that overtime has not yet filled."""


@njit
def backlog_days(w: World, station: int, regular: int, now: int) -> float:
    """Work that waits before a station, in days of its regular people."""
    if station < 0 or w.stations[station].waiting == 0:
        return 0.0
    a_day_ms = float(max(1, regular) * DAY_OF_WORK_MS)
    waiting_ms = 0.0
    for urgency in range(URGENCIES):
        j = w.queue_head[station, urgency]
        while j >= 0 and waiting_ms < MOST_DAYS * a_day_ms:
            waiting_ms += _work_ms(w, j, station, now)
            j = w.jobs[j].next
    return waiting_ms / a_day_ms


@njit
def _work_ms(w: World, j: int, station: int, now: int) -> int:
    if w.jobs[j].kind == DOSSIER:
        return dossier_work_ms(w, j)
    return registry_work_ms(w, j, now) if w.stations[station].kind == REGISTRY else officer_work_ms(w, j)


@njit
def _helpers(days: float, there: int, spare: int, react_days: float) -> int:
    """How many should help out at a post with this backlog, of which so many are there now."""
    if days > react_days:
        return min(spare, max(there, int(days / react_days)))
    return min(spare, there) if days > CAUGHT_UP * react_days else 0


@njit
def _overtime(post: Any, days: float, people: int, habits: Any) -> int:
    """Places filled by overtime today; people stay while there is a backlog and hours of the year are left."""
    if days <= habits.react_days or people < 1:
        return 0
    hours_ms = min(habits.overtime_ms_a_day, habits.overtime_ms_a_year - post.overtime_ms)
    if hours_ms <= 0.0:
        return 0
    post.overtime_ms += hours_ms
    post.credit += people * hours_ms / DAY_OF_WORK_MS
    places = int(post.credit)
    post.credit -= places
    return places


@njit
def morning(w: World, now: int, habits: Records, posts: Records, added: NDArray[np.int64]) -> float:
    """What each office decides this morning; `added` to each station's regular people. Returns hours of overtime."""
    h = habits[0]
    overtime_ms = 0.0
    for agency in range(w.agencies.shape[0]):
        a = w.agencies[agency]
        if a.tier == OUTSIDE:
            continue
        if working_between(w.shifts, w.first_shift, a.staff_calendar, now, now + DAY_MS) == 0:
            continue
        officers = a.officers
        regular = w.stations[officers].capacity - added[officers]
        own_days = backlog_days(w, officers, regular, now)
        spare = int(h.lent_share * regular) if own_days < h.react_days else 0
        spare = min(spare, regular - 1)
        lent = 0
        for station in (a.registry, a.counter):
            if station < 0 or station == officers:
                continue
            people = w.stations[station].capacity - added[station]
            days = backlog_days(w, station, people, now)
            post = posts[station]
            post.helpers = _helpers(days, post.helpers, spare - lent, h.react_days)
            lent += post.helpers
            before_ms = post.overtime_ms
            added[station] = post.helpers + _overtime(post, days, people, h)
            overtime_ms += people * (post.overtime_ms - before_ms)
            if station == a.registry:
                a.swamped = 1 if days > h.swamped_days or (a.swamped == 1 and days > CAUGHT_UP * h.swamped_days) else 0
        post = posts[officers]
        before_ms = post.overtime_ms
        added[officers] = _overtime(post, own_days, regular - lent, h) - lent
        overtime_ms += (regular - lent) * (post.overtime_ms - before_ms)
    return overtime_ms / HOUR_MS


def offices(
    env: Environment, traffic: Traffic, holdings: Holdings, p: Mapping[str, float]
) -> Generator[Event, None, None]:
    """Let every office look at its backlogs each midnight before a working day, and act."""
    stations = len(traffic.world.stations)
    habits = np.zeros(1, HABITS).view(np.recarray)
    habits["react_days"], habits["swamped_days"] = p["people.react_days"], p["people.swamped_days"]
    habits["lent_share"] = p["people.lent_share"]
    habits["overtime_ms_a_day"] = p["people.overtime_a_day"]
    habits["overtime_ms_a_year"] = p["people.overtime_a_year"]
    posts = np.zeros(stations, POST).view(np.recarray)
    added = np.zeros(stations, np.int64)
    day = 0
    while True:
        before = added.copy()
        holdings.overtime_hours += float(morning(traffic.world, int(env.now), habits, posts, added))
        for station in np.flatnonzero(added != before):
            people = int(traffic.world.stations["capacity"][station] - before[station] + added[station])
            traffic.change_capacity(int(station), max(1, people))
        day += 1
        if day % DAYS_A_YEAR == 0:
            posts["overtime_ms"] = 0.0
        yield until(env, day * DAY_MS)
