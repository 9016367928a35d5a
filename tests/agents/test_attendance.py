"""Leaders' absences: how often, how long, and that nothing is signed meanwhile."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import numpy as np
import pytest
import simpy
from numpy.typing import NDArray
from stub_traffic import StubTraffic
from worlds import Bench, Office, Provinces, fixed, small_province

from agents.attendance import attendance
from sim.engine.clock import DAY_MS
from sim.exchange.codes import LEADER
from sim.model.simulate import simulate
from sim.traffic.compiled import CompiledTraffic

DAYS = 1000


@pytest.fixture(scope="module")
def leaders(provinces: Provinces) -> Bench:
    """Seven agencies of a hundred leaders each."""
    return Bench(provinces.load(small_province(staff=300, leaders=100)))


def watched(leaders: Bench, share: float, mean_days: float) -> tuple[StubTraffic, list[int]]:
    """A thousand days of absences, and the leaders' stations."""
    env = simpy.Environment(initial_time=0)
    traffic = StubTraffic(env, leaders.world)
    env.process(attendance(env, traffic, share, mean_days))
    traffic.run(DAYS * DAY_MS)
    stations = [int(s) for s in np.flatnonzero(leaders.world.stations["kind"] == LEADER)]
    assert len(stations) == 700
    assert set(traffic.spells) | set(traffic.down) <= set(stations), "only leaders go away"
    return traffic, stations


def away_share(traffic: StubTraffic, stations: list[int]) -> tuple[float, float]:
    """Mean share of days away and its standard error, leaders being independent."""
    shares = np.array([traffic.down_ms(station, DAYS * DAY_MS) / (DAYS * DAY_MS) for station in stations])
    return float(shares.mean()), float(shares.std(ddof=1) / len(shares) ** 0.5)


@pytest.mark.parametrize(("share", "mean_days"), [(0.15, 2.0), (0.25, 1.2), (0.30, 2.0)])
def test_share_of_days_away(leaders: Bench, share: float, mean_days: float) -> None:
    """Leaving with q a day when there, for m days on average: away q m / (q m + 1 - q) of all days."""
    mean, error = away_share(*watched(leaders, share, mean_days))
    assert abs(mean - share) < 4.0 * error + 0.5 / DAYS  # all are there on the first morning


@pytest.mark.parametrize("mean_days", [1.0, 2.0, 4.0])
def test_length_of_absences(leaders: Bench, mean_days: float) -> None:
    """Whole days from midnight to midnight, geometric about their mean."""
    traffic, stations = watched(leaders, 0.15, mean_days)
    spells = [spell for station in stations for spell in traffic.spells[station]]
    days = np.array([(end - begin) / DAY_MS for begin, end in spells])
    assert all(begin % DAY_MS == 0 for begin, _ in spells)
    assert (days == np.round(days)).all()
    assert days.min() >= 1.0
    error = days.std(ddof=1) / len(days) ** 0.5
    assert abs(days.mean() - mean_days) <= 4.0 * error
    if mean_days > 1.0:
        assert abs((days > 1).mean() - (1.0 - 1.0 / mean_days)) < 4.0 * (0.25 / len(days)) ** 0.5


def test_nobody_and_everybody_away(leaders: Bench) -> None:
    traffic, stations = watched(leaders, 0.0, 2.0)
    assert not traffic.spells
    assert not traffic.down
    traffic, stations = watched(leaders, 1.0, 2.0)
    assert all(traffic.down_ms(station, DAYS * DAY_MS) == DAYS * DAY_MS for station in stations)


def test_a_leader_more_changes_nobody_elses_absences(provinces: Provinces) -> None:
    """Agency 0 gets a third leader: every other leader's days away stay the same."""
    found = []
    for leaders in (2, 3):
        bench = Bench(provinces.load([Office("office", "office", leaders=leaders), *small_province()[1:]]))
        env = simpy.Environment(initial_time=0)
        traffic = StubTraffic(env, bench.world)
        env.process(attendance(env, traffic, 0.15, 2.0))
        traffic.run(200 * DAY_MS)
        by_person: dict[tuple[int, int], list[tuple[int, int]]] = {}
        for agency, a in enumerate(bench.world.agencies):
            for number in range(int(a["leaders_count"])):
                by_person[agency, number] = traffic.spells[int(a["leaders_first"]) + number]
        found.append(by_person)
    two, three = found
    assert three.pop((0, 2))
    assert two == three


def test_who_is_away_signs_nothing(provinces: Provinces, monkeypatch: pytest.MonkeyPatch) -> None:
    """No leader's visit begins, or ends, while that leader is away; there are many of both."""
    spells: defaultdict[int, list[list[int]]] = defaultdict(list)
    pause, resume = CompiledTraffic.pause, CompiledTraffic.resume

    def noted_pause(self: CompiledTraffic, stations: NDArray[np.int64]) -> None:
        for station in stations:
            spells[int(station)].append([int(self.env.now), 1 << 60])
        pause(self, stations)

    def noted_resume(self: CompiledTraffic, stations: NDArray[np.int64]) -> None:
        for station in stations:
            spells[int(station)][-1][1] = int(self.env.now)
        resume(self, stations)

    monkeypatch.setattr(CompiledTraffic, "pause", noted_pause)
    monkeypatch.setattr(CompiledTraffic, "resume", noted_resume)
    loaded = provinces.load(
        small_province(),
        sets=(fixed("people.leader_absence_share", "30 %"),),
        start=date(2018, 3, 1),
        end=date(2018, 5, 31),
    )
    record = simulate(loaded, 9, 0, tracing=True)
    leaders = np.flatnonzero(record.station_kinds == LEADER)
    visits = record.visits[np.isin(record.visits["station"], leaders)]
    assert len(visits) > 1000
    assert sum(len(spells[int(leader)]) for leader in leaders) > 100
    for leader in leaders:
        mine = visits[visits["station"] == leader]
        for gone, back in spells[int(leader)]:
            begins = (mine["began_ms"] >= gone) & (mine["began_ms"] < back)
            ends = (mine["finished_ms"] > gone) & (mine["finished_ms"] < back)
            assert not begins.any()
            assert not ends.any()
