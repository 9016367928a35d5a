"""Websites, databases, local networks and unlinked e-office, bought for one agency by name; and a move of offices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from plans import SURE, buy, line, planned
from worlds import CALM, FROZEN, Provinces, fixed, small_province

from sim.exchange.codes import ROUTE_DEDICATED, UNUSED
from sim.measure.stocks import stock_value
from sim.measure.targets import outcome, readings
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import AT_ONCE, Group, Move, Target, Title
from sim.scenario.quantity import Quantity

NAMED = Title(vi="tên", en="name")
QUIET = tuple(
    fixed(f"volumes.{tier}_{way}", f"{number} /year")
    for way, numbers in (("outgoing", (200, 100, 200, 60)), ("incoming", (500, 300, 800, 200)))
    for tier, number in zip(("office", "department", "district", "commune"), numbers, strict=True)
)
NOTHING_YET = (
    fixed("equipment.website_share", "0 %"),
    fixed("equipment.sector_database_share", "0 %"),
    fixed("equipment.key_databases", "2"),
)


def province(provinces: Provinces, *sets: str, linked: bool = True) -> LoadedScenario:
    offices = small_province(departments=2, districts=1, communes=2, linked=linked)
    loaded = provinces.load(
        offices, sets=(*FROZEN, *SURE, *QUIET, *NOTHING_YET, *sets), start=date(2018, 1, 1), end=date(2018, 6, 30)
    )
    bare = tuple(replace(row, lan=row.agency_id != "com.0.1") for row in loaded.agencies)
    return replace(loaded, agencies=bare)


def bought(loaded: LoadedScenario, kind: str, agency: str, cost: float = 10.0, money: float = 100.0) -> RunRecord:
    plan = planned(loaded, [line("I.1", 2018, money)], [buy("I.1", kind, cost, tiers=(f"agency:{agency}",))])
    return simulate(plan, 3, 0)


def changed(record: RunRecord, column: str) -> dict[str, int]:
    """By how much the column grew at each agency where it did."""
    grown = record.stocks[-1][column] - record.stocks[0][column]
    return {record.agency_ids[agency]: int(grown[agency]) for agency in np.flatnonzero(grown)}


def test_a_purchase_for_one_agency_changes_that_agency_alone_and_once(provinces: Provinces) -> None:
    loaded = province(provinces)
    assert changed(bought(loaded, "website", "dept.1"), "website") == {"dept.1": 1}
    assert changed(bought(loaded, "sector_database", "dist.0"), "sector_database") == {"dist.0": 1}
    assert changed(bought(loaded, "agency_lan", "com.0.1"), "lan") == {"com.0.1": 1}
    assert changed(bought(loaded, "agency_lan", "com.0.0"), "lan") == {}, "it has one"


def test_key_databases_add_up_to_those_there_and_are_their_keepers_own(provinces: Provinces) -> None:
    record = bought(province(provinces), "key_database", "dept.0", money=20.0)
    assert stock_value(record, "key_database_count", "all", 0) == 2
    assert stock_value(record, "key_database_count", "all", len(record.stocks) - 1) == 4
    assert changed(record, "key_databases") == {"dept.0": 2}
    assert changed(record, "sector_database") == {"dept.0": 1}


def test_a_database_moves_no_document(provinces: Provinces) -> None:
    loaded = province(provinces)
    plain = bought(loaded, "other", "dept.0")
    assert (bought(loaded, "key_database", "dept.0").flows == plain.flows).all()
    assert (bought(loaded, "website", "dept.0").flows == plain.flows).all()


def test_an_eoffice_of_its_own_product_is_there_but_linked_to_nobody(provinces: Provinces) -> None:
    bare = province(provinces, linked=False)
    alone, linked = bought(bare, "eoffice_alone", "dept.0"), bought(bare, "eoffice_installation", "dept.0")
    at = alone.agency_ids.index("dept.0")
    assert alone.stocks[-1]["level"][at] == linked.stocks[-1]["level"][at] == UNUSED
    assert (alone.stocks[-1]["linked"][at], linked.stocks[-1]["linked"][at]) == (0, 1)


def target(measure: str, value: float, unit: str, scope: str = "all", lines: tuple[str, ...] = ()) -> Target:
    wanted = Quantity(value=value, basis="plan", source="test", unit=unit)
    return Target(
        id="x",
        title=NAMED,
        measure=measure,
        scope=scope,
        threshold=wanted,
        due=date(2018, 6, 30),
        unit="agency",
        event="state",
        lines=lines,
        source="test",
    )


def test_a_group_is_counted_over_its_agencies_and_a_number_against_a_number(provinces: Provinces) -> None:
    loaded = province(provinces)
    pair = Group(id="pair", title=NAMED, agencies=("dept.1", "dist.0"), source="test")
    loaded = replace(loaded, scenario=loaded.scenario.model_copy(update={"groups": (pair,)}))
    record = bought(loaded, "website", "dept.1")
    assert stock_value(record, "website_agency_share", "group:pair", len(record.stocks) - 1) == 1 / 2
    half = target("website_agency_share", 0.5, "1", "group:pair")
    assert outcome(record, half, readings(half)[0]).reached
    two, three = (target("key_database_count", float(n), "things") for n in (2, 3))
    assert outcome(record, two, readings(two)[0]).reached
    assert not outcome(record, three, readings(three)[0]).reached


def test_projects_finished_are_the_lines_all_of_whose_money_was_delivered(provinces: Provinces) -> None:
    lines = [line("I.1", 2018, 100.0), line("I.2", 2018, 100.0), line("I.3", 2018, 100.0)]
    things = [buy("I.1", "other", None), buy("I.2", "portal", None), buy("I.3", "portal", None)]
    sets = (fixed("budget.platform", "20 months"),)
    record = simulate(planned(province(provinces, *sets), lines, things), 3, 0)
    wanted = target("project_finished_count", 2.0, "things", lines=("I.1", "I.2", "I.3"))
    reading = readings(wanted)[0]
    found = outcome(record, wanted, reading)
    assert (reading.measure, found.value, found.reached) == ("project_finished_count(x)", 1.0, False)


def test_a_move_cuts_its_agencies_off_and_leaves_them_on_the_lines_of_the_new_house(provinces: Provinces) -> None:
    loaded = province(provinces, *CALM)
    pair = Group(id="pair", title=NAMED, agencies=("dept.0", "dept.1"), source="test")
    days = Quantity(value=30 * 86_400_000.0, basis="plan", source="test", unit="ms")
    move = Move(
        id="m",
        title=NAMED,
        group="pair",
        start=date(2018, 3, 1),
        delay=AT_ONCE,
        outage=days,
        route="dedicated",
        source="test",
    )
    still = replace(loaded, scenario=loaded.scenario.model_copy(update={"groups": (pair,)}))
    moved = replace(loaded, scenario=loaded.scenario.model_copy(update={"groups": (pair,), "moves": (move,)}))
    before, after = simulate(still, 3, 0), simulate(moved, 3, 0)
    routes = after.stocks["route"][:, [after.agency_ids.index(name) for name in ("dept.0", "dept.1", "dist.0")]]
    assert (routes[2, :2] != ROUTE_DEDICATED).all(), "end of February"
    assert (routes[3, :2] == ROUTE_DEDICATED).all()
    assert (routes[:, 2] == routes[0, 2]).all()
    assert (before.flows[:2] == after.flows[:2]).all(), "nothing changes before the move"
    at = [after.agency_ids.index(name) for name in ("dept.0", "dept.1")]
    assert (before.agency_flows[2, at] != after.agency_flows[2, at]).any(), "documents of the month of the move"
