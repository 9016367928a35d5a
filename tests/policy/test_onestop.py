"""One-stop software and online services: what the start says, what history adds, what money buys, in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
import simpy
from plans import SURE, buy, line, planned, total
from worlds import FROZEN, SOME_OF_EVERYTHING, Provinces, fixed, small_province

from agents.service_office import raise_services
from sim.engine.clock import Clock
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT
from sim.measure.stocks import LEVELS, stock_value
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.policy.onestop import HIGHEST, Onestop, onestop_at_start
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.procedures import LOWEST_ONLINE, Procedure
from sim.scenario.tables import BudgetLine, Purchase

QUIET = (
    fixed("volumes.office_outgoing", "200 /year"),
    fixed("volumes.office_incoming", "500 /year"),
    fixed("volumes.department_outgoing", "100 /year"),
    fixed("volumes.department_incoming", "300 /year"),
    fixed("volumes.district_outgoing", "200 /year"),
    fixed("volumes.district_incoming", "800 /year"),
    fixed("volumes.commune_outgoing", "60 /year"),
    fixed("volumes.commune_incoming", "200 /year"),
)


def procedure(name: str, **changed: Any) -> Procedure:
    """One procedure at level 2 of a department, alike in all but what a test cares about."""
    plain = Procedure(
        procedure_id=name,
        title_vi=name,
        title_en=name,
        intake_tier="province",
        agency_id="dept.0",
        service_level=2,
        level3_year=None,
        level4_year=None,
        priority_groups=(),
        steps=("own",),
        work="short",
        working_days=3,
        same_day=False,
        site_visit=False,
        financial_duty=False,
        documents=1,
        pages=1,
        fee_vnd=0,
        volume_weight=1.0,
        portal="province",
        counted_as="",
        basis="assumed",
        source="test",
        days_basis="assumed",
        days_source="test",
    )
    return replace(plain, **changed)


CATALOGUE = (
    procedure("busy", volume_weight=9.0),
    procedure("copies", work="copies", volume_weight=99.0),
    procedure("national", portal="national", priority_groups=("province-1",)),
    procedure("second", priority_groups=("province-10", "district-1")),
    procedure("first", priority_groups=("province-9",), service_level=3),
    procedure("third", intake_tier="commune", agency_id="", priority_groups=("commune-1",)),
    procedure("quiet", volume_weight=0.5, level3_year=2018),
)
ORDER = [("first", HIGHEST), ("second", HIGHEST), ("third", HIGHEST), ("busy", LOWEST_ONLINE), ("quiet", LOWEST_ONLINE)]


def at_start() -> Onestop:
    return onestop_at_start(load("binh_dinh_2016_2020").scenario.start, CATALOGUE, ())


def test_money_raises_the_priority_list_in_order_then_the_busiest_others() -> None:
    """Neither certified copies, whose originals must be shown, nor what national portals serve."""
    onestop = at_start()
    assert onestop.waiting == ORDER
    assert set(onestop.levels) == {row.procedure_id for row in CATALOGUE} - {"copies"}
    raised = []
    while onestop.has_waiting():
        before = dict(onestop.levels)
        onestop.raise_next()
        raised += [name for name, level in onestop.levels.items() if level != before[name]]
    assert raised == [name for name, _ in ORDER]
    assert onestop.levels["national"] == 2
    onestop.raise_next()
    assert {name: onestop.levels[name] for name, _ in ORDER} == dict(ORDER)


def test_a_family_goes_online_with_the_last_of_its_procedures() -> None:
    """Three procedures in one row cost three, and nothing of it is online before the third."""
    family = [procedure("family", volume_weight=9.0, procedures=3), procedure("single")]
    onestop = onestop_at_start(load("binh_dinh_2016_2020").scenario.start, family, ())
    levels = []
    while onestop.has_waiting():
        onestop.raise_next()
        levels.append((onestop.levels["family"], onestop.levels["single"]))
    assert levels == [(2, 2), (2, 2), (3, 2), (3, 3)]


def test_what_history_raised_is_not_bought_again_and_nothing_sinks() -> None:
    onestop = at_start()
    onestop.raise_to("first", HIGHEST)
    onestop.raise_to("first", LOWEST_ONLINE)
    onestop.raise_next()
    assert (onestop.levels["first"], onestop.levels["second"]) == (HIGHEST, HIGHEST)


def test_levels_known_by_their_year_are_reached_in_its_middle() -> None:
    env, clock, onestop = simpy.Environment(), Clock(date(2018, 1, 1)), at_start()
    rows = (*CATALOGUE, replace(CATALOGUE[0], level4_year=2017))
    env.process(raise_services(env, clock, onestop, rows, None))
    env.run(until=clock.at(date(2018, 7, 1)))
    assert (onestop.levels["busy"], onestop.levels["quiet"]) == (HIGHEST, 2)
    env.run(until=clock.at(date(2018, 7, 1)) + 1)
    assert onestop.levels["quiet"] == LOWEST_ONLINE


def test_what_the_plan_itself_lists_stands_by_the_day_of_its_decision() -> None:
    """Half a year before, money had not raised it yet; no earlier day is known."""
    env, clock, onestop = simpy.Environment(), Clock(date(2018, 1, 1)), at_start()
    env.process(raise_services(env, clock, onestop, CATALOGUE, date(2018, 3, 17)))
    env.run(until=clock.at(date(2018, 3, 17)))
    assert onestop.levels["quiet"] == 2
    env.run(until=clock.at(date(2018, 3, 17)) + 1)
    assert onestop.levels["quiet"] == LOWEST_ONLINE


def test_the_first_day_of_binh_dinh_is_what_the_plan_names() -> None:
    loaded = load("binh_dinh_2016_2020")
    onestop = onestop_at_start(loaded.scenario.start, loaded.procedures, loaded.agencies)
    named = {loaded.agencies[agency].agency_id for agency in onestop.software_since_ms}
    assert named == {"dept.industry_trade", "dept.information", "dist.quy_nhon"}
    online = {loaded.agencies[agency].agency_id for agency in onestop.online_since_ms}
    of_annex_one = {row.agency_id for row in loaded.procedures if row.procedure_id.startswith("listed.")}
    assert online - {"dist.quy_nhon"} == {agency for agency in of_annex_one if agency.startswith("dept.")}
    assert len(online) == 15


def test_every_provincial_agency_of_binh_dinh_can_be_brought_onto_the_online_system() -> None:
    """Target b1 asks for all of them: what the start leaves out, the plan's money buys."""
    loaded = load("binh_dinh_2016_2020")
    online = set(onestop_at_start(loaded.scenario.start, loaded.procedures, loaded.agencies).online_since_ms)
    missing = {row.tier for at, row in enumerate(loaded.agencies) if at not in online and row.tier != "outside"}
    kinds = ("online_system", "onestop_software", "onestop_commune_software")
    bought = {tier for row in loaded.purchases if row.kind in kinds for tier in row.tiers}
    assert missing == bought == {"office", "department", "district", "commune"}


NOBODY_COMES = fixed("dossiers.arrivals.per_head", "0 /year")
"""The catalogue is there to be raised, not to be asked for."""


def province(provinces: Provinces, *sets: str) -> LoadedScenario:
    """One district with software among two, sure money, seven procedures; nobody changes habits."""
    offices = small_province(departments=1, districts=2, communes=2, population=2000)
    start = 'start.onestop_software=["dist.1"]'
    loaded = provinces.load(
        offices,
        sets=(*FROZEN, *SURE, *QUIET, NOBODY_COMES, start, *sets),
        start=date(2018, 1, 1),
        end=date(2018, 8, 31),
        procedures=SOME_OF_EVERYTHING,
    )
    return replace(loaded, procedures=CATALOGUE)


def run(loaded: LoadedScenario, lines: list[BudgetLine], purchases: list[Purchase]) -> RunRecord:
    return simulate(planned(loaded, lines, purchases), 7, 0)


def having(record: RunRecord, state: str, row: int = -1) -> list[str]:
    return [record.agency_ids[agency] for agency in np.flatnonzero(record.stocks[state][row])]


def test_communes_join_their_districts_software_and_only_then(provinces: Provinces) -> None:
    """Money for all four communes, software at one of the two districts: its communes get it, the rest goes back."""
    record = run(province(provinces), [line("I.1", 2018, 40.0)], [buy("I.1", "onestop_commune_software", 10.0)])
    assert having(record, "onestop", 0) == ["dist.1"]
    assert having(record, "onestop") == ["dist.1", "com.1.0", "com.1.1"]
    assert having(record, "online_services") == ["com.1.0", "com.1.1"]
    assert (total(record, "spent"), total(record, "returned")) == pytest.approx((20.0, 20.0))
    handled = [stock_value(record, "onestop_procedure_share", "all", row) for row in (0, -1)]
    assert handled == pytest.approx([0, 0.5 / 6]), "one of six procedures is of communes, half of which have software"


def test_each_thing_bought_changes_its_own_state_and_nothing_else(provinces: Provinces) -> None:
    """Beside the same province under the same luck that buys nothing."""
    changes: dict[str, tuple[set[str], set[int]]] = {
        "onestop_software": ({"onestop", "online_services"}, {DEPARTMENT, DISTRICT}),
        "onestop_commune_software": ({"onestop", "online_services"}, {COMMUNE}),
        "online_system": ({"online_services"}, {DEPARTMENT, DISTRICT}),
        "online_procedure": (set(), set()),
        "publicity_round": (set(), set()),
    }
    loaded = province(provinces)
    without = run(loaded, [], [])
    for kind, (fields, tiers) in changes.items():
        record = run(
            loaded, [line("I.1", 2018, 8.0)], [buy("I.1", kind, 4.0, tiers=("department", "district", "commune"))]
        )
        before, after = without.stocks[-1], record.stocks[-1]
        changed = {name for name in before.dtype.names if (before[name] != after[name]).any()}
        assert changed == fields, kind
        where = {int(tier) for name in fields for tier in record.tiers[before[name] != after[name]]}
        assert where == tiers, kind
        levels = record.service_levels
        raised = int((levels[-1] != levels[0]).sum())
        assert raised == (3 if kind == "online_procedure" else 1), kind  # 2 bought, and one that 2018 brings anyway


def test_service_shares_count_procedures_once_at_or_above_their_level(provinces: Provinces) -> None:
    record = run(province(provinces), [line("I.1", 2018, 8.0)], [buy("I.1", "online_procedure", 4.0)])
    assert len(record.service_ids) == 6
    at = {
        (measure, row): stock_value(record, measure, "all", row)
        for row in (0, -1)
        for measure in ("service_level3_share", "service_level4_share")
    }
    assert at["service_level3_share", 0] == pytest.approx(1 / 6)
    assert at["service_level4_share", 0] == 0.0
    assert at["service_level3_share", -1] == pytest.approx(3 / 6)  # first, second; and quiet in mid-2018
    assert at["service_level4_share", -1] == pytest.approx(2 / 6)
    size = record.parameters["dossiers.catalogue_size"]
    assert stock_value(record, "service_level4_catalogue_share", "all", -1) == pytest.approx(2 / size)
    assert stock_value(record, "service_level3_share", "tier:commune", -1) == 0.0
    assert stock_value(record, "service_level3_share", "tier:district", -1) is None


def test_a_family_counts_as_the_procedures_it_stands_for(provinces: Provinces) -> None:
    """Ten at level 3 and the five others by themselves: 10 of 15, where the rows alone would be 1 of 6."""
    families = tuple(replace(row, procedures=10 if row.procedure_id == "first" else 1) for row in CATALOGUE)
    record = run(replace(province(provinces), procedures=families), [], [])
    size = record.parameters["dossiers.catalogue_size"]
    at_start = {name: stock_value(record, name, "all", 0) for name in LEVELS}
    assert at_start["service_level3_share"] == pytest.approx(10 / 15)
    assert at_start["service_level3_count"] == 10
    assert at_start["service_level3_catalogue_share"] == pytest.approx(10 / size)
    assert at_start["service_level4_share"] == 0


def test_without_procedures_services_have_no_share(provinces: Provinces) -> None:
    record = run(replace(province(provinces), procedures=()), [], [])
    assert stock_value(record, "service_level4_share", "all", -1) is None
    assert stock_value(record, "onestop_agency_share", "tier:district", -1) == pytest.approx(1 / 2)
