"""Totals and shares are taken within each replication, then the median or the mean: by hand, from run to report."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from measured_runs import Runs, months

from sim.measure.dossier_years import share_of
from sim.measure.measured import Measured
from sim.measure.payload import decode, encode
from sim.measure.saturation import saturation_rows
from sim.measure.summary import tables
from sim.measure.totals import cause_rows, money_rows
from sim.measure.yearly import certificate_rows
from sim.report.missing_systems import line_money_text
from sim.report.money import money_section
from sim.report.run_tables import read_run_tables
from sim.results.replication_tables import AccountRow, CauseAmountRow
from sim.scenario.loading import LoadedScenario

ACCOUNTS = (
    # line, source, then by replication: arrived, committed, spent, returned
    ("I.1", "TW", ((0, 0, 0, 0), (100, 80, 80, 20), (100, 100, 60, 0))),
    ("I.2", "TW", ((100, 90, 90, 10), (0, 0, 0, 0), (100, 100, 100, 0))),
    ("I.3", "SN", ((100, 100, 100, 0), (100, 60, 60, 40), (0, 0, 0, 0))),
)
"""Each line of 100 fails to come in another replication: the medians of the lines add up to 300, which never came."""


@pytest.fixture(scope="session")
def known(runs: Runs) -> Measured:
    return decode(encode(runs.records[0], runs.loaded))


@pytest.fixture(scope="session")
def three_lines(runs: Runs) -> LoadedScenario:
    """The scenario with three lines in its plan."""
    first = runs.loaded.budget[0]
    return replace(runs.loaded, budget=tuple(replace(first, line_id=line) for line, _, _ in ACCOUNTS))


@pytest.fixture(scope="session")
def unequal(runs: Runs, known: Measured) -> list[Measured]:
    """Three replications of three lines, in a year that was simulated, and some money of a year long before."""
    year = runs.loaded.scenario.horizon.end.year
    early = AccountRow("I.1", "TW", year - 20, 7.0, 7.0, 7.0, 7.0, 0.0)
    return [
        replace(
            known,
            replication=at,
            spending=(
                early,
                *(AccountRow(line, source, year, 100.0, *map(float, ways[at])) for line, source, ways in ACCOUNTS),
            ),
        )
        for at in range(3)
    ]


def test_medians_of_totals_by_hand(runs: Runs, unequal: list[Measured]) -> None:
    """Totals of the plan: arrived 200 in each; committed 190, 140, 200; spent 190, 140, 160; returned 10, 60, 0."""
    rows = money_rows(runs.loaded, unequal)
    plan = {row.entry: row for row in rows if (row.line_id, row.source, row.year) == ("all",) * 3}
    assert {entry: row.median for entry, row in plan.items()} == {
        "planned": 300.0,
        "not_arrived": 100.0,
        "arrived": 200.0,
        "committed": 190.0,
        "spent": 160.0,
        "under_way": 0.0,
        "returned": 10.0,
    }
    assert (plan["committed"].p05, plan["committed"].p95) == pytest.approx((145.0, 199.0))
    assert (plan["under_way"].p05, plan["under_way"].p95) == pytest.approx((0.0, 36.0))
    central = {row.entry: row for row in rows if (row.line_id, row.source) == ("all", "TW")}
    assert central["arrived"].median == 100.0
    one = {row.entry: row.median for row in rows if (row.line_id, row.source) == ("I.1", "all")}
    assert one == dict(zip(plan, (100.0, 0.0, 100.0, 80.0, 60.0, 0.0, 0.0), strict=True))


def test_what_the_report_prints_are_medians_of_totals(
    three_lines: LoadedScenario, unequal: list[Measured], tmp_path: Path
) -> None:
    """Nor does it say of a line what no replication had: I.3 is never under way."""
    for table in tables(three_lines, unequal).values():
        table.write(tmp_path)
    (tmp_path / "manifest.json").write_text(json.dumps(_manifest(three_lines)), encoding="utf-8")
    read = read_run_tables(tmp_path)
    section = money_section(read, "en")
    assert section is not None
    assert section.columns == ("Planned", "Arrived", "Committed", "Spent", "Under way", "Uncommitted at the end")
    medians = [amount.partition("\n")[0] for amount in section.by_line[-1].amounts]
    assert medians == ["300.0", "200.0", "190.0", "160.0", "0.0", "10.0"]
    assert section.by_year[0].amounts == section.by_year[-1].amounts, "one year is the plan"
    said = line_money_text("I.3", read.money, "en")
    assert "0 (0–90) did not arrive" in said
    assert "contracted and not delivered" not in said
    assert "contracted and not delivered" in line_money_text("I.1", read.money, "en")


def _manifest(loaded: LoadedScenario) -> dict[str, object]:
    horizon = loaded.scenario.horizon
    return {
        "scenario": "x",
        "title_vi": "x",
        "title_en": "x",
        "seed": 1,
        "engine": "compiled",
        "notes": [],
        "replications_done": 3,
        "replications_asked": 3,
        "replications_failed": 0,
        "scenario_hash": "",
        "horizon_start": horizon.start.isoformat(),
        "horizon_end": horizon.end.isoformat(),
        "options": [],
        "model_version": "",
        "future": "",
        "adoption": "",
    }


def test_shares_of_causes_by_hand(known: Measured) -> None:
    """9 of 10 and 10 of 100: half on average; of the sum of medians (54.5 of 55) it would be something else."""
    amounts = [{"post": 9.0, "link_busy": 1.0}, {"post": 10.0, "link_busy": 90.0}, {"post": 0.0, "link_busy": 0.0}]
    measured = [
        replace(
            known,
            replication=at,
            causes=tuple(CauseAmountRow(2018, "waiting", name, "hours", value) for name, value in one.items()),
        )
        for at, one in enumerate(amounts)
    ]
    post, link = cause_rows(measured)
    assert (post.cause, post.median, post.n) == ("post", 9.0, 3)
    assert post.share_mean == pytest.approx(0.5), "the replication in which nothing waited has no share"
    assert (post.share_p05, post.share_p95) == pytest.approx((0.14, 0.86))
    assert post.share_mean + link.share_mean == pytest.approx(1.0)
    (empty, _) = cause_rows(measured[2:])
    assert (empty.median, empty.share_mean) == (0.0, None)


def test_mean_shares_add_up_in_real_runs(runs: Runs) -> None:
    measured = [decode(encode(record, runs.loaded)) for record in runs.records]
    rows = cause_rows(measured)
    groups = {(row.year, row.group) for row in rows if row.share_mean is not None}
    assert groups
    for group in groups:
        total = sum(row.share_mean for row in rows if (row.year, row.group) == group)
        assert total == pytest.approx(1.0)


def _months(measure: str, scope: str, values: dict[str, float | None]) -> list[list[Any]]:
    return [[day, measure, scope, "true", "x", value] for day, value in values.items()]


def _series(*rows: list[Any]) -> pd.DataFrame:
    return months(rows)


def test_certificates_by_year_by_hand(known: Measured) -> None:
    """A stock is that of the year's last month; days and shares are means of the months that have any."""
    first = {"2017-12-31": 99.0}
    measured = [
        replace(
            known,
            replication=at,
            series=_series(
                *_months("certificates_active", "all", first | {"2018-01-31": 5.0, "2018-12-31": 40.0 + at}),
                *_months("token_wait_days", "all", {"2018-01-31": 10.0 * at, "2018-06-30": None, "2018-12-31": 20.0}),
                *_months("exchange_signed_share", "tier:commune", first | {"2018-01-31": 0.2, "2019-01-31": 0.4}),
                *_months("pc_share", "all", {"2018-01-31": 1.0}),
            ),
        )
        for at in range(3)
    ]
    rows = {(row.quantity, row.year): row for row in certificate_rows(measured)}
    assert set(rows) == {
        ("certificates_active", 2018),
        ("token_wait_days", 2018),
        ("exchange_signed_share", 2018),
        ("exchange_signed_share", 2019),
    }
    assert rows["certificates_active", 2018].median == 41.0
    assert rows["token_wait_days", 2018].median == 15.0
    assert (rows["token_wait_days", 2018].p05, rows["token_wait_days", 2018].n) == (pytest.approx(10.5), 3)
    assert rows["exchange_signed_share", 2019].median == pytest.approx(0.4)


def test_saturation_counts_the_last_twelve_months(known: Measured) -> None:
    """Idle in January of the year before, busy since: 0.96 in one of two replications."""
    days = ["2018-12-31", "2019-01-31", *(f"2019-{month:02d}-28" for month in range(2, 13)), "2020-01-31"]
    measured = [
        replace(
            known,
            replication=at,
            series=_series(
                *_months("station_utilisation", "registry:office", dict.fromkeys(days, busy) | {days[1]: 0.0})
            ),
        )
        for at, busy in enumerate((0.96, 0.9))
    ]
    (row,) = saturation_rows(measured)
    assert (row.scope, row.saturated_in, row.n) == ("registry:office", 1, 2)
    assert row.median == pytest.approx(0.93)


def test_shares_of_what_could_be_filed_online_and_was_assisted() -> None:
    counts = {"filed": 200.0, "fileable": 50.0, "online": 20.0, "assisted": 5.0}
    assert share_of(counts, "fileable_share") == 0.25
    assert share_of(counts, "assisted_share") == 0.25
    assert share_of(counts | {"online": 0.0}, "assisted_share") is None
