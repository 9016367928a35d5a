"""Targets without a figure: what their money has brought, when it was all there, and what stopped the rest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from plans import SURE, buy, line, planned
from worlds import FROZEN, Provinces, fixed, small_province

from sim.measure.milestones import (
    DELIVERED,
    LATE,
    NOT_ARRIVED,
    STATES,
    STOPPED,
    MilestoneDraws,
    milestone_rows,
    milestone_share,
    milestone_states,
)
from sim.measure.payload import decode, encode
from sim.measure.targets import outcome, readings
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target
from sim.scenario.tables import BudgetLine, Purchase

START, END = date(2018, 1, 1), date(2019, 3, 31)
DUE_ROW = 12
LINES = ("I.1", "I.2")
QUIET = tuple(
    fixed(f"volumes.{tier}_{way}", f"{number} /year")
    for way, numbers in (("outgoing", (200, 100, 200, 60)), ("incoming", (500, 300, 800, 200)))
    for tier, number in zip(("office", "department", "district", "commune"), numbers, strict=True)
)


def milestone(due: date = date(2018, 12, 31)) -> Target:
    """Everything that two lines pay for."""
    return Target.model_validate(
        {
            "id": "centre",
            "title": {"vi": "trung tâm", "en": "centre"},
            "measure": "milestone",
            "lines": LINES,
            "threshold": {"value": "100 %", "kind": "fixed", "basis": "assumed", "source": "test"},
            "due": due,
            "unit": "money",
            "event": "state",
            "source": "test",
        }
    )


def province(provinces: Provinces, *sets: str) -> LoadedScenario:
    """A small province with one milestone, sure money and no adoption."""
    offices = [
        replace(office, linked=office.tier != "commune")
        for office in small_province(departments=2, districts=1, communes=4)
    ]
    loaded = provinces.load(offices, sets=(*FROZEN, *SURE, *QUIET, *sets), start=START, end=END)
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"targets": (milestone(),)}))


def run(loaded: LoadedScenario, lines: list[BudgetLine], purchases: list[Purchase], number: int = 0) -> RunRecord:
    return simulate(planned(loaded, lines, purchases), 11, number)


BUILT = [line("I.1", 2018, 60.0), line("I.2", 2018, 40.0), line("II.1", 2018, 500.0)]
BUILDS = [buy("I.1", "other", None), buy("I.2", "other", None), buy("II.1", "other", None)]


def test_what_came_and_was_carried_out_is_delivered_from_its_month_on(provinces: Provinces) -> None:
    """Settled on 15 February, procured in ten days: all there at the end of February, and from then on."""
    record = run(province(provinces), BUILT, BUILDS)
    shares = [milestone_share(record, LINES, row) for row in range(len(record.stocks))]
    assert shares == [0.0, 0.0] + [1.0] * (len(record.stocks) - 2)
    target = milestone()
    found = outcome(record, target, readings(target)[0])
    assert (found.value, found.reached, found.first_reached) == (1.0, True, date(2018, 2, 28))


OBSTACLES = [
    ((fixed("budget.provincial_reliability", "0 %"),), NOT_ARRIVED),
    ((fixed("budget.stop_share", "100 %"),), STOPPED),
    ((fixed("budget.slip_share", "100 %"),), LATE),
    ((fixed("budget.procurement", "400 days"),), LATE),
]


@pytest.mark.parametrize(("sets", "state"), OBSTACLES)
def test_the_obstacle_is_the_one_that_was_put_there(provinces: Provinces, sets: tuple[str, ...], state: str) -> None:
    record = run(province(provinces, *sets), BUILT, BUILDS)
    assert milestone_states(record, LINES, DUE_ROW) == {name: 100.0 * (name == state) for name in STATES}
    target = milestone()
    found = outcome(record, target, readings(target)[0])
    assert (found.value, found.reached) == (0.0, False)


def test_a_slipped_order_is_delivered_a_year_later(provinces: Provinces) -> None:
    record = run(province(provinces, fixed("budget.slip_share", "100 %")), BUILT, BUILDS)
    assert milestone_share(record, LINES, 13) == 0.0
    assert milestone_share(record, LINES, 14) == 1.0


def test_part_of_the_money_is_part_of_the_milestone(provinces: Provinces) -> None:
    """Central money never comes: the 40 of 100 million that it should have paid are missing."""
    lines = [line("I.1", 2018, 60.0), line("I.2", 2018, 40.0, "TW")]
    record = run(province(provinces, fixed("budget.central_reliability", "0 %")), lines, BUILDS[:2])
    assert milestone_states(record, LINES, DUE_ROW) == {DELIVERED: 60.0, NOT_ARRIVED: 40.0, STOPPED: 0.0, LATE: 0.0}


def test_money_left_when_everybody_is_served_counts_as_delivered(provinces: Provinces) -> None:
    """Four communes at 10 million need 40 of 60: the rest has nothing more to bring."""
    lines, purchases = [line("I.1", 2018, 60.0)], [buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",))]
    record = run(province(provinces), lines, purchases)
    assert record.accounts[0].spent == pytest.approx(40.0)
    assert milestone_share(record, ("I.1",), DUE_ROW) == 1.0


def test_money_saved_up_for_what_the_province_buys_once_is_not_delivered(provinces: Provinces) -> None:
    """Half the price of the data centre's redundancy brings nothing until the other half comes."""
    purchases = [buy("I.1", "datacentre_redundancy", 100.0)]
    loaded = province(provinces)
    half = run(loaded, [line("I.1", 2018, 50.0), line("I.1", 2019, 50.0)], purchases)
    assert milestone_states(half, ("I.1",), DUE_ROW) == {DELIVERED: 0.0, NOT_ARRIVED: 50.0, STOPPED: 0.0, LATE: 50.0}
    assert milestone_share(half, ("I.1",), 14) == 1.0


def test_what_became_of_the_money_adds_up_every_month_and_never_shrinks(provinces: Provinces) -> None:
    """With every kind of mishap: the four parts are the plan's money, and what is delivered stays."""
    sets = (
        fixed("budget.provincial_reliability", "60 %"),
        fixed("budget.slip_share", "30 %"),
        fixed("budget.stop_share", "20 %"),
        fixed("budget.sites_per_month", "2"),
    )
    lines = [line("I.1", 2018, 35.0), line("I.1", 2019, 15.0), line("I.2", 2018, 20.0), line("I.2", 2018, 8.0, "SN")]
    purchases = [
        buy("I.1", "eoffice_web_service", 10.0, share=0.6, tiers=("commune",)),
        buy("I.1", "other", None, share=0.4),
        buy("I.2", "training_seat", 0.7),
    ]
    loaded = province(provinces, *sets)
    seen = set()
    for number in range(8):
        record = run(loaded, lines, purchases, number)
        rows = [milestone_states(record, LINES, row) for row in range(len(record.stocks))]
        for states in rows:
            assert sum(states.values()) == pytest.approx(78.0)
            assert min(states.values()) >= 0.0
            seen |= {state for state, amount in states.items() if amount > 0.0}
        assert (np.diff([states[DELIVERED] for states in rows]) >= -1e-6).all()
    assert seen == set(STATES)


def test_the_table_blames_what_stopped_most_in_each_miss(provinces: Provinces) -> None:
    """Over replications: a line of money that never comes is the largest obstacle in every miss."""
    lines = [line("I.1", 2018, 60.0, "TW"), line("I.2", 2018, 40.0)]
    whole_or_nothing = fixed("budget.central_reliability", "50 %"), fixed("budget.programme_share", "100 %")
    loaded = province(provinces, *whole_or_nothing, fixed("budget.slip_share", "30 %"))
    with_money = planned(loaded, lines, BUILDS[:2])
    records = [simulate(with_money, 11, number) for number in range(12)]
    measured = [decode(encode(record, with_money)) for record in records]
    states = [milestone_states(record, LINES, DUE_ROW) for record in records]
    missed = [one for one in states if one[DELIVERED] < 100.0]
    drawn = MilestoneDraws(tuple(states), tuple(one[DELIVERED] >= 100.0 for one in states))
    rows = {row.state: row for row in milestone_rows(with_money, {"centre": drawn})}
    assert list(rows) == list(STATES)
    for state in (NOT_ARRIVED, STOPPED, LATE):
        wanted = sum(max(STATES[1:], key=lambda name: one[name]) == state for one in missed)
        assert (rows[state].largest_in, rows[state].missed, rows[state].n) == (wanted, len(missed), 12)
    assert 0 < len(missed) < 12
    assert rows[NOT_ARRIVED].largest_in == sum(one[NOT_ARRIVED] == 60.0 for one in missed)
    assert (rows[LATE].largest_in or 0) > 0
    reached = sum(row.reached for one in measured for row in one.targets)
    assert reached == 12 - len(missed)
