"""Websites, databases, local networks and unlinked e-office, bought for one agency by name; and a move of offices."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from plans import SURE, buy, line, planned
from worlds import CALM, FROZEN, Provinces, fixed, small_province

from sim.exchange.codes import PROCESSES_ONLINE, ROUTE_DEDICATED, UNUSED
from sim.measure.milestones import (
    DELIVERED,
    LATE,
    NOT_ARRIVED,
    NOT_CONTRACTED,
    NOTHING_TO_BUY,
    PLANNED_LATER,
    STOPPED,
    UNDER_WAY,
    milestone_states,
    project_rows,
    project_state,
    value_of_lines,
)
from sim.measure.payload import PROJECTS_FACT, decode, encode
from sim.measure.stocks import stock_value
from sim.measure.targets import outcome, readings
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.policy.plan_lines import draw_purchases, drawn_purchases, parts_of
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.plan_schema import AT_ONCE, Group, Move, Target, Title
from sim.scenario.quantity import Quantity

ONLY = ("agency:dept.0",)
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
    without = province(provinces, fixed("equipment.video_share", "0 %"))
    assert changed(bought(without, "video_room", "dist.0"), "video") == {"dist.0": 1}
    assert changed(bought(loaded, "agency_lan", "com.0.0"), "lan") == {}, "it has one"


def test_a_vpn_joins_the_network_and_leaves_the_line_as_it_is(provinces: Provinces) -> None:
    record = bought(province(provinces), "vpn_link", "com.0.1")
    assert changed(record, "private_line") == {"com.0.1": 1}
    assert changed(record, "route") == {}
    last = len(record.stocks) - 1
    names = ("private_network_share", "dedicated_network_share")
    before, after = ([stock_value(record, name, "agency:com.0.1", at) for name in names] for at in (0, last))
    assert (before, after) == ([0.0, 0.0], [1.0, 0.0])
    laid = bought(province(provinces), "dedicated_link", "com.0.1")
    assert stock_value(laid, "private_network_share", "agency:com.0.1", len(laid.stocks) - 1) == 1.0
    loaded = province(provinces)
    joined = [replace(row, route="dedicated" if row.agency_id == "com.0.1" else row.route) for row in loaded.agencies]
    on_it = replace(loaded, agencies=tuple(joined))
    assert changed(bought(on_it, "vpn_link", "com.0.1"), "private_line") == {}, "on the dedicated network already"


def test_security_equipment_is_counted_where_it_is(provinces: Provinces) -> None:
    record = bought(province(provinces), "security_kit", "dept.1")
    assert changed(record, "security") == {"dept.1": 1}
    shares = [stock_value(record, "security_agency_share", "tiers:province+district", at) for at in (0, -1)]
    assert shares == [0.0, 1 / 4], "the Office, two departments and a district"


def test_key_databases_add_up_to_those_there_and_are_their_keepers_own(provinces: Provinces) -> None:
    record = bought(province(provinces), "key_database", "dept.0", money=100.0)
    assert stock_value(record, "key_database_count", "all", 0) == 2
    assert stock_value(record, "key_database_count", "all", len(record.stocks) - 1) == 3, "one project, one database"
    assert changed(record, "key_databases") == {"dept.0": 1}
    assert changed(record, "sector_database") == {"dept.0": 1}


def test_two_projects_for_one_agency_make_two_databases(provinces: Provinces) -> None:
    lines = [line("I.1", 2018, 25.0), line("I.2", 2018, 15.0)]
    things = [buy(one, "key_database", 10.0, tiers=("agency:dept.0",)) for one in ("I.1", "I.2")]
    assert changed(simulate(planned(province(provinces), lines, things), 3, 0), "key_databases") == {"dept.0": 2}


def test_whom_the_plan_buys_a_database_by_name_lacks_it_on_the_first_day(provinces: Provinces) -> None:
    """Two of three agencies have one; the first by its id is bought one, so that the other two are those that do."""
    loaded = province(provinces, fixed("equipment.sector_database_share", "67 %"))
    record = bought(loaded, "sector_database", "dept.0")
    has = dict(zip(record.agency_ids, record.stocks[0]["sector_database"], strict=True))
    assert (has["dept.0"], has["dept.1"], has["dist.0"]) == (0, 1, 1)
    assert changed(record, "sector_database") == {"dept.0": 1}


def test_a_database_that_is_not_there_yet_is_no_finished_project_however_much_money_lies_ready(
    provinces: Provinces,
) -> None:
    """Half its price comes in 2018: the money waits, and is neither idle nor delivered."""
    lines = [line("I.1", 2018, 50.0), line("I.1", 2019, 50.0)]
    record = simulate(planned(province(provinces), lines, [buy("I.1", "sector_database", 90.0, tiers=ONLY)]), 3, 0)
    last = len(record.stocks) - 1
    assert changed(record, "sector_database") == {}
    assert milestone_states(record, ("I.1",), last) == {DELIVERED: 0.0, NOT_ARRIVED: 50.0, STOPPED: 0.0, LATE: 50.0}


def test_money_that_found_nothing_to_buy_finishes_no_project(provinces: Provinces) -> None:
    """Every agency has its computers, so that the money of I.1 buys none; I.2 builds a portal with all of its own."""
    sets = (fixed("equipment.pc_share", "100 %"), fixed("equipment.commune_pc_share", "100 %"))
    lines = [line("I.1", 2018, 100.0), line("I.2", 2018, 100.0)]
    things = [buy("I.1", "computer", 12.0), buy("I.2", "portal", None)]
    record = simulate(planned(province(provinces, *sets), lines, things), 3, 0)
    last = len(record.stocks) - 1
    assert [project_state(record, one, last, 2018) for one in ("I.1", "I.2")] == [NOTHING_TO_BUY, DELIVERED]
    assert value_of_lines(record, "project_finished_count(x)", ("I.1", "I.2"), last) == 1.0


def test_a_project_is_kept_by_its_plan_by_procurement_or_by_work_under_way(provinces: Provinces) -> None:
    """I.1 is built at once; I.2 gets half its money a year later; I.3 takes 20 months; I.4 cannot pay the price."""
    lines = [
        line("I.1", 2018, 100.0),
        *(line("I.2", year, 50.0) for year in (2018, 2019)),
        *(line(name, 2018, 100.0) for name in ("I.3", "I.4")),
    ]
    things = [
        *(buy(name, kind, None) for name, kind in (("I.1", "other"), ("I.2", "other"), ("I.3", "portal"))),
        buy("I.4", "sector_database", 120.0, tiers=ONLY),
    ]
    wanted = target("project_finished_count", 2.0, "things", lines=("I.1", "I.2", "I.3", "I.4"))
    built = target("sector_database_share", 1.0, "1").model_copy(update={"id": "built"})
    loaded = planned(province(provinces, fixed("budget.platform", "20 months")), lines, things)
    loaded = replace(loaded, scenario=loaded.scenario.model_copy(update={"targets": (wanted, built)}))
    measured = decode(encode(simulate(loaded, 3, 0), loaded))
    rows = project_rows(loaded, [measured.facts[PROJECTS_FACT]])
    assert {(row.target_id, row.line_id): row.state for row in rows} == {
        ("x", "I.1"): DELIVERED,
        ("x", "I.2"): PLANNED_LATER,
        ("x", "I.3"): UNDER_WAY,
        ("x", "I.4"): NOT_CONTRACTED,
        ("built", "I.4"): NOT_CONTRACTED,
    }
    assert {(row.times, row.n) for row in rows} == {(1, 1)}


def test_a_database_can_be_paid_for_in_every_world_in_which_its_money_comes() -> None:
    """Bình Dương's projects state what they have for a database and what it costs: drawn together, not apart."""
    loaded = load("binh_duong_2011_2015")
    seen = 0
    for unknown in range(1, 101):
        p = {"budget.eoffice_form": 0.0, **draw_purchases(loaded, unknown)}
        drawn = drawn_purchases(loaded, p)
        for one in (one for one in drawn if one.purchase.is_made_for_one):
            mates = [other for other in drawn if other.purchase.line_id == one.purchase.line_id]
            has = parts_of(mates)[mates.index(one)] * sum(
                row.amount_million_vnd for row in loaded.budget if row.line_id == one.purchase.line_id
            )
            assert 0.5 * has < one.unit_cost_million_vnd <= has
            seen += 1
    assert seen == 100 * sum(row.is_made_for_one for row in loaded.purchases)


def test_a_database_that_was_never_affordable_stays_so(provinces: Provinces) -> None:
    assert changed(bought(province(provinces), "sector_database", "dept.0", cost=120.0), "sector_database") == {}


LEADERS_ALONE = (
    fixed("adoption.push_leader", "10 /year"),
    fixed("adoption.leader_support_share", "0 %"),
    fixed("adoption.leader_support_cio_share", "100 %"),
    fixed("adoption.installed_to_registry", "10 /year"),
    fixed("adoption.regulation", "10 /year"),
    fixed("start.user_share", "0 %"),
)


def test_a_leader_in_charge_of_it_pushes_use_at_that_agency_alone(provinces: Provinces) -> None:
    """Nothing else pushes: people take e-office up where there is one, and everywhere else all stays as it was."""
    loaded = province(provinces, *LEADERS_ALONE)
    record, plain = bought(loaded, "cio", "dept.0"), bought(loaded, "other", "dept.0")
    assert changed(record, "cio") == changed(record, "supports") == {"dept.0": 1}
    assert changed(record, "level") == {"dept.0": PROCESSES_ONLINE - UNUSED}
    grown = changed(record, "users")
    assert set(grown) == {"dept.0"}
    assert grown["dept.0"] > 0.5 * record.stocks["staff"][-1][record.agency_ids.index("dept.0")]
    assert changed(plain, "users") == changed(plain, "level") == {}
    assert stock_value(record, "cio_share", "tier:department", len(record.stocks) - 1) == 1 / 2


def test_what_a_province_has_not_got_leaves_it_as_it_is(provinces: Provinces) -> None:
    """Neither what a leader in charge of IT wins nor what a drill saves changes anything where there is none."""
    sick = fixed("network.malware_per_year", "20 /year")
    most = (fixed("adoption.leader_support_cio_share", "100 %"), fixed("network.drill_effect", "100 %"))
    one, other = (bought(province(provinces, sick, *more), "other", "dept.0") for more in ((), most))
    assert np.array_equal(one.stocks, other.stocks)
    assert np.array_equal(one.flows, other.flows)
    assert np.array_equal(one.waits_ms, other.waits_ms)
    drilled = bought(province(provinces, sick, *most), "incident_drill", "dept.0")
    assert not np.array_equal(one.waits_ms, drilled.waits_ms)


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
