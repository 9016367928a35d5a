"""Offices under overload: who helps, how long people stay, and what waits."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, timedelta

import numpy as np
import pytest
from simpy.events import Event
from worlds import CALM, CONSTANT, FROZEN, Bench, Office, Provinces, fixed, play, small_province

from agents.office_manager import offices
from sim.engine.clock import DAY_MS, HOUR_MS
from sim.engine.slow import until
from sim.exchange import counting as c
from sim.exchange.codes import EXOGENOUS, OUTSIDE, REGISTRY, REGISTRY_SWAMPED
from sim.model.province import Province
from sim.model.simulate import simulate
from sim.policy.holdings import Holdings

MONDAY = date(2019, 3, 4)
SETS = (
    *CALM,
    *CONSTANT,
    fixed("volumes.reply_share", "0 %"),
    fixed("volumes.relay_share", "0 %"),
    fixed("people.officer_document_share", "50 %"),
    fixed("people.react_days", "1"),
    fixed("people.lent_share", "20 %"),
    fixed("people.swamped_days", "3"),
    fixed("people.overtime_a_day", "2 h"),
    fixed("people.overtime_a_year", "0 h"),
)
CLERKS = 2
"""At the department's registry: the traffic of a small province's one department takes more than one."""


def swamped_bench(
    provinces: Provinces, letters: int, *sets: str, monday: date = MONDAY, issue_ms: int = HOUR_MS // 2
) -> tuple[Bench, Holdings, int]:
    """One department whose registry has these letters, of half an hour each, before it on a Monday morning.

    Returns the bench, what is noted of overtime and help, and the registry's station.
    """
    office = (
        *small_province(1, 1, 1)[:1],
        Office("dept.0", "department", "office", staff=50),
        *small_province(1, 1, 1)[2:],
    )
    first = monday.replace(day=1)
    loaded = provinces.load(office, sets=(*SETS, *sets), start=first, end=first + timedelta(days=45))
    bench = Bench(loaded)
    bench.works(draft=1000.0, review=1000.0, sign_wet=1000.0, issue=issue_ms, scan=0.0, send_electronic=0.0)
    bench.world.agencies["leaders_count"] = np.minimum(bench.world.agencies["leaders_count"], 1)
    bench.world.agencies["level"][:-1] = 0
    bench.begin(*((bench.at(monday, 9, 31) + i, 1_000_003 * (i + 1), "dept.0", EXOGENOUS) for i in range(letters)))
    holdings = Holdings()
    bench.env.process(offices(bench.env, bench.traffic, bench.founded.clock, holdings, bench.p))
    registry = int(bench.agency("dept.0")["registry"])
    assert bench.world.stations["capacity"][registry] == CLERKS
    return bench, holdings, registry


def drown_officers(bench: Bench, day: date) -> None:
    """Drafts of a week each lie before the department's officers from this evening on."""

    def long_drafts() -> None:
        bench.works(draft=40.0 * HOUR_MS)

    bench.when(bench.at(day, 14), long_drafts)
    bench.begin(*((bench.at(day, 16) + i, 7_000_003 * (i + 1), "dept.0", EXOGENOUS) for i in range(200)))


def places(bench: Bench, station: int, day: date, hour: int = 12) -> int:
    """Places of a station at noon of a day."""
    bench.run(bench.at(day, hour))
    return int(bench.world.stations["capacity"][station])


def test_officers_help_at_a_registry_with_days_of_work_and_go_back(provinces: Provinces) -> None:
    """A hundred and ten letters, 55 hours of work: nobody on Monday, help on Tuesday, alone once it is done."""
    bench, held, registry = swamped_bench(provinces, 110)
    officers = int(bench.agency("dept.0")["officers"])
    regular = int(bench.world.stations["capacity"][officers])
    assert places(bench, registry, MONDAY) == CLERKS
    tuesday = date(2019, 3, 5)
    bench.run(bench.at(tuesday))
    left = int(bench.world.stations["waiting"][registry])
    helpers = left // 32
    assert 2 <= helpers <= int(0.2 * regular)
    assert places(bench, registry, tuesday) == CLERKS + helpers, "as many as whole days of two clerks, 32 letters each"
    assert bench.world.stations["capacity"][officers] == regular - helpers, "who helps is missing elsewhere"
    assert held.helper_days == helpers
    assert places(bench, registry, date(2019, 3, 8)) == CLERKS
    assert bench.world.stations["capacity"][officers] == regular


def test_nobody_can_be_lent_by_officers_who_drown_themselves(provinces: Provinces) -> None:
    bench, held, registry = swamped_bench(provinces, 120)
    drown_officers(bench, MONDAY)
    assert places(bench, registry, date(2019, 3, 5)) == CLERKS
    assert held.helper_days == 0


def test_nobody_with_work_in_hand_goes_to_help(provinces: Provinces) -> None:
    """As many drafts of a week as officers, none waiting: each has one in hand. With one less one goes."""
    for short, helpers in ((0, 0), (1, 1)):
        bench, _, registry = swamped_bench(provinces, 120)
        officers = int(bench.agency("dept.0")["officers"])
        regular = int(bench.world.stations["capacity"][officers])
        bench.when(bench.at(MONDAY, 14), lambda bench=bench: bench.works(draft=40.0 * HOUR_MS))  # type: ignore[misc]
        long = ((bench.at(MONDAY, 15) + i, 7_000_003 * (i + 1), "dept.0", EXOGENOUS) for i in range(regular - short))
        bench.begin(*long)
        assert places(bench, registry, date(2019, 3, 5)) == CLERKS + helpers
        assert bench.world.stations["capacity"][officers] == regular - helpers


def test_who_is_called_back_finishes_first_and_is_nowhere_else_meanwhile(provinces: Provinces) -> None:
    """Letters of twelve hours: helpers called on Tuesday are in the midst of one when their own desk drowns."""
    bench, _, registry = swamped_bench(provinces, 8, issue_ms=12 * HOUR_MS)
    officers = int(bench.agency("dept.0")["officers"])
    regular = int(bench.world.stations["capacity"][officers])
    tuesday, wednesday, thursday = (date(2019, 3, day) for day in (5, 6, 7))
    drown_officers(bench, tuesday)
    helpers = places(bench, registry, tuesday) - CLERKS
    assert helpers >= 2
    assert places(bench, registry, wednesday, 9) == CLERKS, "nothing new is begun for them"
    assert bench.world.stations["busy"][registry] == CLERKS + helpers, "but what they have in hand is finished"
    assert bench.world.stations["capacity"][officers] == regular - helpers, "and they are missed at home that long"
    assert places(bench, registry, thursday) == CLERKS
    assert bench.world.stations["busy"][registry] == CLERKS
    assert bench.world.stations["capacity"][officers] == regular


def test_overtime_fills_places_hour_for_hour_up_to_the_years_limit(provinces: Provinces) -> None:
    """Two hours a day of two clerks are half a place: one every other day; ten hours a year each and no more."""
    nobody = fixed("people.lent_share", "0 %")
    limit = fixed("people.overtime_a_year", "10 h")
    bench, held, registry = swamped_bench(provinces, 400, nobody, limit, fixed("people.swamped_days", "20"))
    capacities = [places(bench, registry, date(2019, 3, day)) for day in (5, 6, 7, 8, 11, 12, 13)]
    assert capacities == [2, 3, 2, 3, 2, 2, 2], "16 of 20 hours filled two places; the other four wait for four more"
    assert held.overtime_hours == pytest.approx(CLERKS * 10.0)


def test_a_new_year_brings_new_hours_of_overtime(provinces: Provinces) -> None:
    """The limit is for calendar years, wherever in a year the run began."""
    sets = (fixed("people.lent_share", "0 %"), fixed("people.overtime_a_year", "3 h"))
    bench, held, registry = swamped_bench(provinces, 400, *sets, monday=date(2018, 12, 24))
    worked = []
    for day in (date(2018, 12, 25), date(2018, 12, 26), date(2018, 12, 28), date(2019, 1, 2), date(2019, 1, 4)):
        places(bench, registry, day)
        worked.append(held.overtime_hours / CLERKS)
    assert worked == pytest.approx([2.0, 3.0, 3.0, 5.0, 6.0])


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_no_officer_is_at_two_desks(provinces: Provinces, engine: str) -> None:
    """At every quarter of an hour each house has no more people at work than people, however they help each other."""
    sets = (*CALM, *(fixed(f"people.{name}", "25 min") for name in ("issue", "register_paper")))
    reaction = (
        fixed("people.lent_share", "40 %"),
        fixed("people.react_days", "0.3"),
        fixed("people.overtime_a_year", "0 h"),
    )
    seen = {"moments": 0, "helped": 0}

    def watch(running: Province) -> Generator[Event, None, None]:
        stations = running.traffic.world.stations
        people = np.isin(np.arange(len(stations)), desks(running))
        own = np.bincount(stations["agency"][people], stations["capacity"][people])
        while True:
            yield until(running.env, int(running.env.now) + HOUR_MS // 4)
            stations = running.traffic.world.stations
            busy = np.bincount(stations["agency"][people], stations["busy"][people])
            assert (busy <= own).all()
            assert (stations["capacity"][people] >= 0).all()
            seen["moments"] += int((busy == own).any())
            seen["helped"] += int((stations["extra"][people] > 0).any())

    loaded = provinces.load(small_province(2, 1, 2), sets=(*sets, *reaction), end=date(2019, 3, 22))
    running = play(loaded, engine=engine, meddle=lambda running: running.env.process(watch(running)))  # type: ignore[arg-type, return-value]
    assert running.holdings.helper_days > 20
    assert running.holdings.overtime_hours == 0.0
    assert seen["helped"] > 100
    assert seen["moments"] > 0, "some house had everybody at work"


def desks(running: Province) -> list[int]:
    """Stations of officers, registries and counters, each once."""
    agencies = running.traffic.world.agencies
    inside = agencies[agencies["tier"] != OUTSIDE]
    found = {int(station) for name in ("officers", "registry", "counter") for station in inside[name]}
    return sorted(found - {-1})


def test_a_swamped_registry_sends_paper_until_it_has_caught_up(provinces: Provinces) -> None:
    offices_ = small_province(2, 1, 2)
    sets = (*CALM, *FROZEN, fixed("start.installed_unused_share", "0 %"), fixed("people.lent_share", "0 %"))
    swamped = (
        fixed("people.issue", "60 min"),
        fixed("people.overtime_a_year", "0 h"),
        fixed("people.swamped_days", "1.5"),
    )
    calm = simulate(provinces.load(offices_, sets=sets), 3, 0)
    busy = simulate(provinces.load(offices_, sets=(*sets, *swamped)), 3, 0)
    assert calm.causes[..., REGISTRY_SWAMPED].sum() == 0
    assert busy.causes[..., REGISTRY_SWAMPED].sum() > 20
    assert busy.flows[..., c.SENT].sum() < calm.flows[..., c.SENT].sum()


def test_reaction_shortens_what_overload_makes_long(provinces: Provinces) -> None:
    """The same province under three times its documents: the registries' backlog is smaller where people react."""
    sets = (*CALM, *FROZEN, *(fixed(f"people.{name}", "8 min") for name in ("issue", "register_paper", "scan")))
    still = (
        fixed("people.lent_share", "0 %"),
        fixed("people.overtime_a_year", "0 h"),
        fixed("people.swamped_days", "1000"),
    )
    left = {}
    for name, reaction in (("still", still), ("reacting", (fixed("people.lent_share", "30 %"),))):
        loaded = provinces.load(small_province(2, 1, 3), sets=(*sets, *reaction), end=date(2019, 4, 30))
        record = simulate(loaded, 5, 0)
        mine = record.station_kinds == REGISTRY
        assert record.worked_ms[:, mine].sum() > 30 * DAY_MS / 24 * HOUR_MS / HOUR_MS
        left[name] = int(record.flows[..., c.DELIVERIES].sum() - record.flows[..., c.REGISTERED].sum())
    assert left["reacting"] < 0.7 * left["still"]
