"""Monthly series: which days, and that nothing before the horizon is in a counted one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from measured_runs import Runs, named

from sim.exchange import counting as c
from sim.exchange.codes import OUTSIDE
from sim.measure.causes import causes
from sim.measure.payload import decode, encode
from sim.measure.series import series
from sim.measure.stocks import AGENCY_SHARES, COUNTS, PERSON_SHARES, STOCKS, level_share, stock_value
from sim.measure.summary import longer_points, series_frame
from sim.measure.targets import outcome, readings
from sim.model.record import RunRecord
from sim.results.run_tables import SERIES

MONTHLY = ("flows", "causes", "refusals", "agency_flows", "delays", "pending", "waits_ms", "worked_ms")


def without_warm_up(record: RunRecord) -> RunRecord:
    """The same run had nothing at all been counted before the horizon."""
    changed: dict[str, Any] = {name: np.array(getattr(record, name)) for name in MONTHLY}
    for array in changed.values():
        array[: record.first_month] = 0
    return replace(record, **changed)


def test_days_are_the_start_and_month_ends(runs: Runs) -> None:
    record = runs.records[0]
    assert record.first_month == 3
    assert record.months[0] == date(2017, 10, 1)
    days = {row[0] for row in series(record, {}) if row[1] == "eoffice_agency_share"}
    assert min(days) == "2017-12-31"
    assert max(days) == "2019-02-28"
    assert len(days) == 15
    delays = {row[0] for row in series(record, {}) if row[1] == "delivery_hours_median"}
    assert days - delays == {"2017-12-31"}, "a delay has no warm-up row"


def test_nothing_before_the_horizon_is_in_a_counted_series(runs: Runs) -> None:
    for record in runs.records:
        assert record.flows[: record.first_month, ..., c.DELIVERIES].sum() > 0
        emptied = without_warm_up(record)
        before = [row for row in series(record, {}) if row[0] != "2017-12-31"]
        assert before == [row for row in series(emptied, {}) if row[0] != "2017-12-31"]
        assert list(causes(record)) == list(causes(emptied))
        for target in runs.loaded.scenario.targets:
            for reading in readings(target):
                assert outcome(record, target, reading) == outcome(emptied, target, reading)


def test_the_first_row_of_a_flow_is_the_warm_up_quarter(runs: Runs) -> None:
    record = runs.records[0]
    inside = record.flows[: record.first_month, :OUTSIDE, :OUTSIDE].sum(axis=(0, 1, 2))
    (row,) = [
        row for row in series(record, {}) if row[:4] == ("2017-12-31", "exchange_electronic_share", "all", "true")
    ]
    assert row[5] == inside[c.SENT] / inside[c.DELIVERIES]


def test_a_run_without_warm_up_leaves_it_blank(runs: Runs) -> None:
    """The first row has no quarter to speak of."""
    record = without_warm_up(runs.records[0])
    firsts = [row for row in series(record, {}) if row[0] == "2017-12-31" and row[1].startswith("exchange_")]
    assert firsts
    assert all(row[5] is None for row in firsts)


def test_stocks_by_hand(runs: Runs) -> None:
    """Thirteen agencies: half of whatever state is set, each counted once; persons by their number."""
    record = runs.records[0]
    inside = np.flatnonzero(record.tiers < OUTSIDE)
    stocks = record.stocks.copy()
    stocks[-1] = 0
    four = inside[:4]
    stocks["level"][-1, four] = (1, 2, 3, 4)
    stocks["linked"][-1, four] = 1
    stocks["route"][-1, four] = (1, 2, 3, 3)
    stocks["staff"][-1, inside] = 10
    stocks["users"][-1, four] = 5
    stocks["organisation"][-1, four] = 1
    stocks["personal"][-1, four] = 3
    changed = replace(record, stocks=stocks)
    row = len(stocks) - 1
    n = len(inside)
    expected = {
        "eoffice_installed_share": 4 / n,
        "eoffice_agency_share": 3 / n,
        "eoffice_linked_share": 4 / n,
        "eoffice_effective_share": 2 / n,
        "wan_connected_share": 4 / n,
        "dedicated_network_share": 2 / n,
        "private_network_share": 2 / n,
        "signature_agency_share": 4 / n,
        "eoffice_user_share": 20 / (10 * n),
        "trained_share": 0.0,
        "certificates_active": 16.0,
    }
    for measure, value in expected.items():
        assert stock_value(changed, measure, "all", row) == pytest.approx(value), measure
    assert [level_share(changed, level, row) for level in range(5)] == pytest.approx([(n - 4) / n, *[1 / n] * 4])


def test_stocks_nest_and_stay_within_bounds(runs: Runs) -> None:
    """Effective agencies are linked, linked ones installed; no share above one, users among the staff."""
    for record in runs.records:
        for row in range(len(record.stocks)):
            for scope in ("all", "tier:commune", "tiers:province+district"):
                value = {measure: stock_value(record, measure, scope, row) or 0.0 for measure in STOCKS}
                assert all(0.0 <= value[measure] <= 1.0 for measure in (*AGENCY_SHARES, *PERSON_SHARES))
                assert all(value[measure] >= 0.0 for measure in COUNTS)
                assert value["eoffice_effective_share"] <= value["eoffice_linked_share"]
                assert value["eoffice_linked_share"] <= value["eoffice_installed_share"]
                assert value["eoffice_effective_share"] <= value["eoffice_agency_share"]
                assert value["dedicated_network_share"] <= value["wan_connected_share"]


def test_one_state_for_the_start_and_one_for_each_counted_month(runs: Runs) -> None:
    for record in runs.records:
        assert len(record.stocks) == len(record.months) - record.first_month + 1


def test_points_of_a_delay_whose_end_was_not_seen_are_named() -> None:
    """Whole hours are of delays that were longer; of three, the median lies on the second."""
    assert longer_points([3.5, 700.0, 8.5]) == "p75;p95"
    assert longer_points([700.0, 3.5, 690.0]) == "median;p05;p25;p75;p95", "5 % lies between two"
    assert longer_points([3.5, 8.5]) is None
    assert longer_points([]) is None


def test_the_series_marks_months_that_took_longer(runs: Runs) -> None:
    measured = []
    for record in runs.records[:2]:
        one = decode(encode(record, runs.loaded))
        months = one.series.copy()
        delays = months["measure"] == "delivery_hours_p95"
        months.loc[delays, "value"] = 700.0
        measured.append(replace(one, series=months))
    rows = named(SERIES.filled(series_frame(measured)))
    marked = {row["measure"]: row["longer"] for row in rows if row["longer"]}
    assert marked["delivery_hours_p95"] == "median;p05;p25;p75;p95"
    assert set(marked) <= {"delivery_hours_p95", "delivery_hours_median", "handling_hours_median"}
    assert "longer" in SERIES.text(())
