"""Options judged by what they are bought for: when a difference may be called better, worse or the same."""

from __future__ import annotations

import random
from dataclasses import replace
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured_runs import Runs

from sim.measure.case_figures import CaseFigures, case_figure_rows, case_figures, judged
from sim.measure.comparison import ComparedCell, paired_difference
from sim.measure.measured import Measured
from sim.measure.payload import decode, encode
from sim.results.comparison_tables import CaseFigureRow

SHARE = ("exchange_electronic_share", "all")
DIFFERENCES = st.lists(st.floats(-0.1, 0.1), min_size=2, max_size=8)


@pytest.fixture(scope="session")
def known(runs: Runs) -> Measured:
    return decode(encode(runs.records[0], runs.loaded))


def paired(values: list[float]) -> tuple[dict[int, float], dict[int, float]]:
    return dict(enumerate(values)), dict.fromkeys(range(len(values)), 0.0)


@given(DIFFERENCES, st.booleans(), st.booleans())
def test_the_same_is_said_only_of_an_interval_that_lies_within_what_nobody_minds(
    values: list[float], stands_out: bool, more_is_better: bool
) -> None:
    found = paired_difference(*paired(values))
    word = judged(found, 0.01, len(values), more_is_better=more_is_better, stands_out=stands_out)
    assert found.mean is not None
    if word == "same":
        assert len(values) >= 4
        assert found.low is not None
        assert found.high is not None
        assert -0.01 <= found.low <= found.high <= 0.01
    if word == "unchanged":
        assert max(map(abs, values)) <= 1e-9
    if word in {"better", "worse"}:
        assert stands_out
        assert len(values) >= 4
        assert abs(found.mean) >= 0.01
        assert (found.mean > 0) == ((word == "better") == more_is_better)


def word_of(values: list[float], stands_out: bool = True) -> str:
    found = paired_difference(*paired(values))
    return judged(found, 0.01, len(values), more_is_better=True, stands_out=stands_out)


def test_few_pairs_tell_nothing_but_that_nothing_moves() -> None:
    assert word_of([0.3]) == word_of([0.0]) == "unknown"
    assert word_of([0.3, 0.3]) == word_of([0.3, 0.4]) == word_of([0.001, 0.002]) == "unknown"
    assert word_of([0.0, 0.0]) == "unchanged"
    assert word_of([0.3, 0.3, 0.4]) == word_of([0.001, 0.002, 0.001]) == "unknown"
    assert word_of([0.001, 0.002, 0.001, 0.002]) == "same"
    assert word_of([0.001, 0.001, 0.001, 0.001], stands_out=False) == "unknown"


def figures(values: list[float]) -> list[CaseFigures]:
    return [CaseFigures(number, {SHARE: value}, frozenset()) for number, value in enumerate(values)]


def judged_rows(cases: dict[str, list[float]], runs: Runs, zone: float = 0.01) -> dict[str, CaseFigureRow]:
    cells = [ComparedCell(name, name, name, runs.loaded, ()) for name in cases]
    found = case_figure_rows(cells, {name: figures(values) for name, values in cases.items()}, zone)
    return {row.cell: row for row in found}


def test_of_cases_that_do_nothing_one_study_in_twenty_calls_any_better_or_worse(runs: Runs) -> None:
    """Three idle cases whose differences are noise of 5 points: by Holm, at most 5 % of studies name one of them."""
    draw, studies, named = random.Random(8), 400, 0
    for _ in range(studies):
        cases = {name: [draw.gauss(0.5, 0.05 if name != "baseline" else 0.0) for _ in range(6)] for name in "xyz"}
        rows = judged_rows({"baseline": [0.5] * 6} | cases, runs)
        named += any(row.judgement in {"better", "worse"} for row in rows.values())
    assert named / studies <= 0.05 + 3 * sqrt(0.05 * 0.95 / studies)


def test_a_case_that_raises_a_share_is_better_and_the_zone_is_the_planners(runs: Runs) -> None:
    cases = {
        "baseline": [0.40, 0.50, 0.60, 0.50],
        "more": [0.45, 0.551, 0.65, 0.55],
        "hardly": [0.401, 0.502, 0.601, 0.501],
    }
    rows = judged_rows(cases, runs)
    assert (rows["more"].judgement, rows["hardly"].judgement, rows["baseline"].judgement) == ("better", "same", None)
    assert rows["more"].difference_mean == pytest.approx(0.201 / 4)
    assert judged_rows(cases, runs, zone=0.0001)["hardly"].judgement != "same"
    assert judged_rows(cases, runs, zone=0.2)["more"].judgement == "same"


def test_figures_are_of_the_last_twelve_months(known: Measured) -> None:
    """Doubling what came before the last twelve months changes none; adding to the last ones adds as much."""
    before = case_figures(known)
    dates = sorted(set(known.series["date"]))[-12:]
    early = known.series.assign(value=known.series["value"].where(known.series["date"].isin(dates), 2.0))
    assert case_figures(replace(known, series=early)).values == before.values
    pages = known.series["measure"] == "paper_pages"
    late = known.series.assign(value=known.series["value"] + 100.0 * pages)
    after = case_figures(replace(known, series=late)).values
    counted = min(len(dates), len(set(known.series.loc[pages, "date"])) - 0)
    assert after["paper_pages", "all"] - before.values["paper_pages", "all"] == pytest.approx(100.0 * min(12, counted))


def test_causes_of_waiting_in_office_hours_add_up_to_one(known: Measured) -> None:
    values = case_figures(known).values
    waiting = {scope: share for (measure, scope), share in values.items() if measure == "waiting_share"}
    assert "cause:office_closed" not in waiting
    assert sum(waiting.values()) == pytest.approx(1.0)
    last = max(row.year for row in known.causes)
    hours = {row.cause: row.value for row in known.causes if (row.year, row.group) == (last, "waiting")}
    open_hours = sum(value for cause, value in hours.items() if cause != "office_closed")
    assert waiting["cause:clerk_busy"] == pytest.approx(hours["clerk_busy"] / open_hours)
