"""Leaders' absences: journeys, inspections and courses, during which nothing is signed.

Each midnight every leader who is there may leave for some days; what lies on the desk waits.
"""

from collections.abc import Generator

import numpy as np
from numpy.typing import NDArray
from simpy import Environment
from simpy.events import Event

from sim.engine.clock import DAY_MS
from sim.engine.distributions import geometric
from sim.engine.draws import child, uniform
from sim.engine.jit import njit
from sim.engine.slow import until
from sim.exchange.codes import DRAW_ABSENCE
from sim.exchange.port import Traffic
from sim.exchange.state import World

Days = NDArray[np.int64]


@njit
def _today(
    w: World, day: int, away_until: Days, start_share: float, mean_days: float, leaving: Days, returning: Days
) -> tuple[int, int]:
    """Note who leaves and who is back this morning; how many of each."""
    luck = w.rules[0].luck
    gone = 0
    back = 0
    for agency in range(w.agencies.shape[0]):
        a = w.agencies[agency]
        for number in range(a.leaders_count):
            station = a.leaders_first + number
            if away_until[station] > day:
                continue
            if away_until[station] == day:
                returning[back] = station
                back += 1
            person = child(a.key, DRAW_ABSENCE, number)
            if uniform(luck, person, DRAW_ABSENCE, 2 * day) < start_share:
                days = geometric(uniform(luck, person, DRAW_ABSENCE, 2 * day + 1), mean_days)
                away_until[station] = day + days
                leaving[gone] = station
                gone += 1
    return gone, back


def attendance(
    env: Environment, traffic: Traffic, absence_share: float, mean_days: float
) -> Generator[Event, None, None]:
    """Send leaders away and bring them back, day by day.

    Who is back may leave again the same morning, so spells at work last 1/q - 1 days for a daily chance q of
    leaving, and the share away is s for q = s / (m(1 - s) + s) with absences of m days.
    """
    mean_days = max(1.0, mean_days)
    start_share = absence_share / (mean_days * (1.0 - absence_share) + absence_share)
    stations = len(traffic.world.stations)
    away_until = np.full(stations, -1, np.int64)
    leaving = np.zeros(stations, np.int64)
    returning = np.zeros(stations, np.int64)
    day = 0
    while True:
        gone, back = _today(traffic.world, day, away_until, start_share, mean_days, leaving, returning)
        traffic.resume(returning[:back])
        traffic.pause(leaving[:gone])
        day += 1
        yield until(env, day * DAY_MS)
