"""A target's value at its due date, the month it was first reached, and its other readings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from measured_runs import Runs

from sim.exchange import counting as c
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT
from sim.measure.flows import FLOW_SHARES
from sim.measure.targets import Outcome, YearValue, by_year, outcome, readings, threshold_of
from sim.model.record import RunRecord
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target


def target(scenario: LoadedScenario, target_id: str = "exchange", **changed: Any) -> Target:
    """A target of the scenario with other details."""
    known = next(one for one in scenario.scenario.targets if one.id == target_id)
    if "wanted" in changed:
        changed["threshold"] = known.threshold.model_copy(update={"value": changed.pop("wanted")})
    return known.model_copy(update=changed)


def with_shares(record: RunRecord, shares: list[float], per_month: int = 1000) -> RunRecord:
    """The same run, had departments sent these shares electronically in the counted months, and nobody else wrote."""
    flows = np.zeros_like(record.flows)
    for i, share in enumerate(shares):
        cell = flows[record.first_month + i, DEPARTMENT, DISTRICT]
        cell[c.DELIVERIES] = per_month
        cell[c.SENT] = round(share * per_month)
        cell[c.ACCEPTED] = cell[c.SENT] // 2
    return replace(record, flows=flows)


def truly(record: RunRecord, wanted: Target) -> Outcome:
    """The outcome under the true version."""
    return outcome(record, wanted, replace(readings(wanted)[0], version="true"))


def test_first_reached_needs_three_months_in_a_row(runs: Runs) -> None:
    wanted = target(runs.loaded, wanted=0.60)
    record = runs.records[0]
    held = [0.7, 0.7, 0.5, 0.7, 0.7, 0.7, 0.2, 0.9, 0.9, 0.9, 0.9, 0.9]
    assert truly(with_shares(record, held), wanted).first_reached == date(2018, 4, 30)
    assert truly(with_shares(record, [0.7, 0.7, 0.5] * 4), wanted).first_reached is None
    assert truly(with_shares(record, [0.6] * 14), wanted).first_reached == date(2018, 1, 31)
    last_three = [0.0] * 11 + [0.9] * 3
    assert truly(with_shares(record, last_three), wanted).first_reached == date(2018, 12, 31)
    assert truly(with_shares(record, [0.0] * 12 + [0.9] * 2), wanted).first_reached is None


def test_a_blank_month_does_not_hold(runs: Runs) -> None:
    wanted = target(runs.loaded, wanted=0.60)
    record = with_shares(runs.records[0], [0.9] * 14)
    record.flows[record.first_month + 1] = 0
    assert truly(record, wanted).first_reached == date(2018, 3, 31)


def test_the_window_is_the_months_up_to_the_due_date(runs: Runs) -> None:
    """Twelve months of 2018: six with none, six with all; the two months after the due date do not count."""
    record = with_shares(runs.records[0], [0.0] * 6 + [1.0] * 6 + [0.0] * 2)
    for months, share in ((12, 0.5), (6, 1.0), (8, 0.75), (60, 0.5)):
        assert truly(record, target(runs.loaded, window_months=months)).value == pytest.approx(share)
    quarter = target(runs.loaded, due=date(2018, 9, 30), window_months=3)
    assert truly(record, quarter).value == 1.0
    assert truly(record, target(runs.loaded, due=date(2018, 9, 29), window_months=3)).value == pytest.approx(2 / 3)


def test_the_warm_up_is_in_no_window(runs: Runs) -> None:
    record = with_shares(runs.records[0], [0.5] * 14)
    record.flows[: record.first_month] = 10**6
    wanted = target(runs.loaded, due=date(2018, 3, 31))
    assert truly(record, wanted).value == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("share", "reached"), [(0.994, False), (0.995, True), (1.0, True)]
)  # reports print whole per cents
def test_all_of_a_flow_is_met_from_half_a_point_below(runs: Runs, share: float, reached: bool) -> None:
    wanted = target(runs.loaded, wanted=1.0)
    assert threshold_of(wanted) == 0.995
    assert truly(with_shares(runs.records[0], [share] * 14), wanted).reached is reached


def test_all_of_a_stock_and_less_than_all_of_a_flow_are_meant_exactly(runs: Runs) -> None:
    assert threshold_of(target(runs.loaded, "installed")) == 1.0
    for measure in FLOW_SHARES:
        assert threshold_of(target(runs.loaded, measure=measure, wanted=0.99)) == 0.99


def test_a_stock_is_taken_on_the_day(runs: Runs) -> None:
    """Six communes, one more with e-office each month: all have it at the end of June."""
    record = runs.records[0]
    stocks = record.stocks.copy()
    communes = np.flatnonzero(record.tiers == COMMUNE)
    for row in range(len(stocks)):
        stocks["level"][row, communes] = [1 if i < row else 0 for i in range(len(communes))]
    changed = replace(record, stocks=stocks)
    assert truly(changed, target(runs.loaded, "installed", due=date(2018, 5, 31))).value == pytest.approx(5 / 6)
    due = target(runs.loaded, "installed", due=date(2018, 6, 30))
    assert truly(changed, due) == Outcome("installed", "plan", 1.0, True, date(2018, 6, 30))


def test_reported_adds_optimism_of_those_who_report(runs: Runs) -> None:
    record = with_shares(runs.records[0], [0.5] * 14)
    wanted = target(runs.loaded)
    plan, true = readings(wanted)[0], readings(wanted)[1]
    assert (plan.version, true.version) == ("reported", "true")
    stocks = record.stocks.copy()
    stocks["level"], stocks["inspected"] = 3, 0
    everybody = replace(record, stocks=stocks)
    optimism = record.parameters["reporting.optimism"]
    assert optimism > 0.0
    assert outcome(everybody, wanted, true).value == pytest.approx(0.5)
    assert outcome(everybody, wanted, plan).value == pytest.approx(0.5 + optimism)
    stocks["inspected"] = 1
    assert outcome(everybody, wanted, plan).value == pytest.approx(0.5)


def test_readings_stand_in_order_on_every_run(runs: Runs) -> None:
    """Under the same version: non-secret at least the plan's, accepted and without paper at most."""
    for record in runs.records:
        for wanted in runs.loaded.scenario.targets:
            found = {reading.name: outcome(record, wanted, reading).value for reading in readings(wanted)}
            plan = found["plan"]
            assert plan is not None
            for name, value in found.items():
                assert value is not None
                if name in ("true", "accepted", "only"):
                    assert value <= plan, name
                if name in ("non_secret", "circulating"):
                    assert value >= plan, name


def test_an_unknown_reading_is_refused(runs: Runs) -> None:
    with pytest.raises(ValueError, match="unknown reading 'rosy'"):
        readings(target(runs.loaded, readings=("rosy",)))


def test_each_year_is_counted_as_at_the_due_date(runs: Runs) -> None:
    """2018 in full, 0.5; 2019 has two months, so the window reaches back: ten months of 2018 and two of 0.9."""
    record = with_shares(runs.records[0], [0.0] * 6 + [1.0] * 6 + [0.9] * 2)
    wanted = target(runs.loaded, wanted=0.60)
    reading = replace(readings(wanted)[0], version="true")
    first, second = by_year(record, wanted, reading)
    assert first == YearValue(2018, date(2018, 12, 31), 12, 0.5, False)
    assert (second.year, second.as_of, second.window_months, second.reached) == (2019, date(2019, 2, 28), 12, True)
    assert second.value == pytest.approx((6 * 1.0 + 2 * 0.9) / 12)
    early = target(runs.loaded, wanted=0.60, due=date(2018, 9, 30))
    assert next(by_year(record, early, reading)) == YearValue(2018, date(2018, 9, 30), 9, pytest.approx(3 / 9), False)


def test_the_year_a_target_is_due_says_what_its_verdict_says(runs: Runs) -> None:
    for record in runs.records:
        for wanted in runs.loaded.scenario.targets:
            for reading in readings(wanted):
                found = outcome(record, wanted, reading)
                (due,) = (one for one in by_year(record, wanted, reading) if one.year == wanted.due.year)
                assert (due.value, due.reached, due.as_of) == (found.value, found.reached, wanted.due)


def test_a_stock_has_no_window(runs: Runs) -> None:
    wanted = target(runs.loaded, "installed")
    assert {one.window_months for one in by_year(runs.records[0], wanted, readings(wanted)[0])} == {None}
