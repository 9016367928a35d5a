"""Offices under overload: who helps, how long people stay, and what waits."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from worlds import CALM, CONSTANT, FROZEN, Bench, Office, Provinces, fixed, small_province

from agents.office_manager import offices
from sim.engine.clock import DAY_MS, HOUR_MS
from sim.exchange import counting as c
from sim.exchange.codes import EXOGENOUS, REGISTRY, REGISTRY_SWAMPED
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


def swamped_bench(provinces: Provinces, letters: int, *sets: str) -> tuple[Bench, Holdings, int]:
    """One department whose registry has these letters of half an hour each before it on Monday evening.

    Returns the bench, what is noted of overtime, and the registry's station.
    """
    office = (
        *small_province(1, 1, 1)[:1],
        Office("dept.0", "department", "office", staff=50),
        *small_province(1, 1, 1)[2:],
    )
    bench = Bench(provinces.load(office, sets=(*SETS, *sets)))
    bench.works(draft=1000.0, review=1000.0, sign_wet=1000.0, issue=30 * 60_000.0, scan=0.0, send_electronic=0.0)
    bench.world.agencies["leaders_count"] = np.minimum(bench.world.agencies["leaders_count"], 1)
    bench.world.agencies["level"][:-1] = 0
    bench.begin(*((bench.at(MONDAY, 9, 31) + i, 1_000_003 * (i + 1), "dept.0", EXOGENOUS) for i in range(letters)))
    holdings = Holdings()
    bench.env.process(offices(bench.env, bench.traffic, holdings, bench.p))
    return bench, holdings, int(bench.agency("dept.0")["registry"])


def places(bench: Bench, station: int, day: date) -> int:
    """Places of a station at noon of a day."""
    bench.run(bench.at(day, 12))
    return int(bench.world.stations["capacity"][station])


def test_officers_help_at_a_registry_with_days_of_work_and_go_back(provinces: Provinces) -> None:
    """A hundred and twenty letters, 60 hours of work: nobody on Monday, help on Tuesday, alone once it is done."""
    bench, _, registry = swamped_bench(provinces, 120)
    officers = int(bench.agency("dept.0")["officers"])
    regular = int(bench.world.stations["capacity"][officers])
    lendable = int(0.2 * regular)
    assert lendable >= 3
    clerks = places(bench, registry, MONDAY)
    tuesday = places(bench, registry, date(2019, 3, 5))
    assert clerks < tuesday <= clerks + lendable
    assert bench.world.stations["capacity"][officers] == regular - (tuesday - clerks), "who helps is missing elsewhere"
    assert places(bench, registry, date(2019, 3, 8)) == clerks
    assert bench.world.stations["capacity"][officers] == regular


def test_nobody_can_be_lent_by_officers_who_drown_themselves(provinces: Provinces) -> None:
    bench, _, registry = swamped_bench(provinces, 60)
    bench.works(draft=40 * 3_600_000.0)
    bench.begin(*((bench.at(MONDAY, 9) + i, 7_000_003 * (i + 1), "dept.0", EXOGENOUS) for i in range(200)))
    assert places(bench, registry, date(2019, 3, 5)) == 1


def test_overtime_fills_places_hour_for_hour_up_to_the_years_limit(provinces: Provinces) -> None:
    """Two hours a day make a place every fourth day of one clerk; ten hours a year and no more are worked."""
    nobody = fixed("people.lent_share", "0 %")
    limit = fixed("people.overtime_a_year", "10 h")
    bench, holdings, registry = swamped_bench(provinces, 200, nobody, limit, fixed("people.swamped_days", "20"))
    capacities = [places(bench, registry, date(2019, 3, day)) for day in (5, 6, 7, 8, 11, 12, 13)]
    assert capacities == [1, 1, 1, 2, 1, 1, 1], "8 hours filled a place; the other two wait for six more"
    assert holdings.overtime_hours == pytest.approx(10.0)


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


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_reaction_shortens_what_overload_makes_long(provinces: Provinces, engine: str) -> None:
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
        record = simulate(loaded, 5, 0, engine=engine)
        mine = record.station_kinds == REGISTRY
        assert record.worked_ms[:, mine].sum() > 30 * DAY_MS / 24 * HOUR_MS / HOUR_MS
        left[name] = int(record.flows[..., c.DELIVERIES].sum() - record.flows[..., c.REGISTERED].sum())
    assert left["reacting"] < 0.7 * left["still"]
