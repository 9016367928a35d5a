"""Cases side by side: differences by hand, how often the intervals hold, Holm's rule, the two tables."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import sqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measured_runs import Runs, named
from scipy.stats import t

from sim.measure.comparison import (
    ComparedCell,
    Difference,
    comparison_tables,
    holm,
    kept_for_comparison,
    mean_interval,
    paired_difference,
    told,
)
from sim.measure.comparison import compared as held_together
from sim.measure.measured import Measured
from sim.measure.pairs import pairs_of
from sim.measure.payload import decode, encode
from sim.measure.summary import tables
from sim.measure.targets import readings
from sim.results.replication_tables import AccountRow, OutcomeRow
from sim.results.table import FilledTable

TARGET = "exchange"


def rows_of(runs: Runs, value: float | None) -> tuple[OutcomeRow, ...]:
    """Every reading of every target with this value, reached from a half upwards."""
    return tuple(
        OutcomeRow(target.id, reading.name, reading.measure, reading.scope, value, bool(value and value >= 0.5), None)
        for target in runs.loaded.scenario.targets
        for reading in readings(target)
    )


@pytest.fixture(scope="session")
def known(runs: Runs) -> Measured:
    """A replication whose parts the tests replace."""
    return decode(encode(runs.records[0], runs.loaded))


def cell(
    runs: Runs, known: Measured, name: str, values: Sequence[float | None], spent: Sequence[float] = ()
) -> ComparedCell:
    """A case whose targets all have these values, one for each replication."""
    measured = [
        replace(
            known,
            replication=number,
            targets=rows_of(runs, value),
            spending=tuple(
                AccountRow("I.1", "DT", year, 9.0, 9.0, 9.0, amount / 2, 0.0)
                for amount in spent[number : number + 1]
                for year in (2018, 2019)
            ),
        )
        for number, value in enumerate(values)
    ]
    return ComparedCell(name, f"{name} vi", f"{name} en", runs.loaded, tuple(measured))


def by_name(cells: Sequence[ComparedCell]) -> dict[str, FilledTable[Any]]:
    return {filled.table.name: filled for filled in comparison_tables(cells)}


def compared(*cells: ComparedCell) -> dict[str, dict[str, Any]]:
    """By cell, the row of one target as the plan counts it."""
    rows = named(by_name(cells)["compare"])
    return {row["cell"]: row for row in rows if (row["target_id"], row["reading"]) == (TARGET, "plan")}


def test_paired_difference_by_hand() -> None:
    """Differences 1, 2, 3: mean 2, standard error 1/sqrt 3, t of two degrees 4.3027: 2 ± 2.4841."""
    found = paired_difference({0: 2.0, 1: 12.0, 2: 23.0, 7: 99.0}, {0: 1.0, 1: 10.0, 2: 20.0, 9: -50.0})
    assert found.mean == pytest.approx(2.0)
    assert (found.low, found.high) == pytest.approx((2 - 2.4841377, 2 + 2.4841377))
    assert found.p_value == pytest.approx(0.0741799)  # t = 3.4641 with two degrees of freedom


def test_pairing_takes_away_what_both_share() -> None:
    """Values that spread over a hundred but always differ by one: as sure as ten equal signs, and no more."""
    baseline = {number: 100.0 * number for number in range(10)}
    found = paired_difference({number: value + 1.0 for number, value in baseline.items()}, baseline)
    assert (found.mean, found.low, found.high, found.p_value) == (1.0, None, None, 2.0**-9)
    same = paired_difference(baseline, baseline)
    assert (same.mean, same.low, same.high, same.p_value) == (0.0, 0.0, 0.0, 1.0)


def test_two_equal_differences_are_no_proof_and_rounding_is_no_spread() -> None:
    """Both of two simulations reach one target more: an even chance, if the case does nothing."""
    assert paired_difference({0: 4.0, 1: 6.0}, {0: 3.0, 1: 5.0}) == Difference(1.0, None, None, 0.5)
    by_tenths = paired_difference({0: 0.1 + 0.2, 1: 0.7}, {0: 0.2, 1: 0.6})
    assert (by_tenths.low, by_tenths.high, by_tenths.p_value) == (None, None, 0.5)
    assert paired_difference({0: 0.1 + 0.2, 1: 0.3}, {0: 0.3, 1: 0.3}) == Difference(0.0, 0.0, 0.0, 1.0)


def test_too_few_pairs_are_blank() -> None:
    assert paired_difference({0: 1.0}, {1: 1.0}) == Difference(None, None, None, None)
    assert paired_difference({0: 1.5, 1: 2.0}, {0: 1.0}) == Difference(0.5, None, None, None)
    with pytest.raises(ValueError, match="two values"):
        mean_interval([1.0])


@pytest.mark.parametrize(("n", "quantile"), [(2, 12.7062047), (5, 2.7764451), (10, 2.2621572), (20, 2.0930241)])
def test_half_width_is_students_quantile(n: int, quantile: float) -> None:
    """Of -1 and 1 in equal parts and a nought: the standard error is known, the rest is the quantile."""
    values = [1.0, -1.0] * (n // 2) + [0.0] * (n % 2)
    error = (2 * (n // 2) / (n - 1) / n) ** 0.5
    assert mean_interval(values) == pytest.approx((-quantile * error, quantile * error))


@pytest.mark.parametrize("n", [3, 10])
def test_the_interval_holds_as_often_as_it_says(n: int) -> None:
    """Of 4,000 samples about 95 % cover the true mean; four standard errors are 1.4 points."""
    draw = random.Random(20170317)
    covered = 0
    for _ in range(4000):
        low, high = mean_interval([draw.gauss(5.0, 2.0) for _ in range(n)])
        covered += low <= 5.0 <= high
    assert covered / 4000 == pytest.approx(0.95, abs=0.014)


def test_holm_by_hand() -> None:
    """Sorted 0.01, 0.013, 0.03, 0.04 against 0.05/4, /3, /2, /1: the third fails, so the fourth falls with it."""
    found = holm({"d": 0.04, "a": 0.01, "c": 0.03, "b": 0.013})
    assert found == {"a": True, "b": True, "c": False, "d": False}
    assert holm({"a": 0.05}) == {"a": True}
    assert holm({"a": 0.026, "b": 0.026}) == {"a": False, "b": False}
    assert holm({}) == {}


def test_holm_errs_no_more_often_than_it_says() -> None:
    """Of 4,000 families of five true nulls at most 5 % (and 4 standard errors) call anything significant."""
    draw = random.Random(7)
    wrong = sum(any(holm({str(test): draw.random() for test in range(5)}).values()) for _ in range(4000))
    assert 0.03 < wrong / 4000 < 0.064


def test_an_interval_leaves_out_zero_just_where_the_difference_stands_out() -> None:
    """500 comparisons of four cases of 4 to 9 pairs, some moved: interval and verdict never contradict each other."""
    draw, both = random.Random(11), Counter[bool]()
    for _ in range(500):
        n = draw.randint(4, 9)
        baseline = {r: draw.gauss(0.5, 0.02) for r in range(n)}
        values = {
            (case, "a1"): {r: baseline[r] + draw.choice((0.0, 0.03)) + draw.gauss(0.0, 0.02) for r in baseline}
            for case in "abcd"
        }
        for found in held_together(values, {"a1": baseline}, {"a1"}, None).values():
            low, high = found.difference.low, found.difference.high
            assert low is not None
            assert high is not None
            assert found.stands_out == (not low <= 0.0 <= high)
            both[bool(found.stands_out)] += 1
    assert min(both[True], both[False]) > 100


def test_intervals_of_several_cases_hold_together() -> None:
    """Of 1,500 families of four true nulls at least 95 % (less 3 standard errors) have no interval without zero."""
    draw = random.Random(5)
    held = 0
    for _ in range(1500):
        baseline = dict.fromkeys(range(6), 0.5)
        values = {(case, "a1"): {r: 0.5 + draw.gauss(0.0, 0.05) for r in range(6)} for case in "abcd"}
        found = held_together(values, {"a1": baseline}, {"a1"}, None)
        held += not any(one.difference.low > 0.0 or one.difference.high < 0.0 for one in found.values())  # type: ignore[operator]
    assert held / 1500 > 0.95 - 3 * sqrt(0.95 * 0.05 / 1500)


def test_the_table_by_hand(runs: Runs, known: Measured) -> None:
    baseline = cell(runs, known, "baseline", [0.40, 0.50, 0.60, 0.50], [10.0, 20.0, 30.0, 40.0])
    better = cell(runs, known, "option:a", [0.51, 0.61, 0.70, 0.60], [20.0, 30.0, 40.0, 90.0])
    same = cell(runs, known, "option:b", [0.40, 0.50, 0.60, 0.50], [10.0, 20.0, 30.0, 40.0])
    rows = compared(baseline, better, same)
    assert list(rows) == ["baseline", "option:a", "option:b"]
    assert rows["baseline"]["median"] == 0.5
    assert (rows["baseline"]["n"], rows["baseline"]["p_reached"]) == (4, 0.75)
    assert [rows["baseline"][name] for name in rows["baseline"] if name.startswith(("difference", "holm"))] == [
        None
    ] * 4
    assert rows["option:a"]["difference_mean"] == pytest.approx(0.105)
    of_two = t.ppf(1.0 - 0.05 / 2 / 2, 3)  # the first of two tests is held against 0.05 / 2
    assert rows["option:a"]["difference_low"] == pytest.approx(0.105 - of_two * 0.005773503 / 2)
    assert (rows["option:a"]["holm_significant"], rows["option:b"]["holm_significant"]) == (1, 0)
    assert (rows["option:b"]["difference_mean"], rows["option:b"]["difference_high"]) == (0.0, 0.0)
    assert [row["spent_median_million_vnd"] for row in rows.values()] == [25.0, 35.0, 25.0]
    assert (rows["option:a"]["title_vi"], rows["option:a"]["title_en"]) == ("option:a vi", "option:a en")


def test_of_few_pairs_the_pairs_are_told_and_no_interval(runs: Runs, known: Measured) -> None:
    """Two pairs, 12 and 37 points more: Student's interval would reach from -134 to +183 points."""
    few = compared(cell(runs, known, "baseline", [0.05, 0.59]), cell(runs, known, "option:a", [0.17, 0.96]))["option:a"]
    assert (few["difference_low"], few["difference_high"], few["holm_significant"]) == (None, None, 0)
    pairs = {name: value for name, value in few.items() if name.startswith("pair")}
    assert (pairs["pairs"], pairs["pair_higher"], pairs["pair_lower"]) == (2, 2, 0)
    assert [pairs[name] for name in ("pair_low", "pair_high", "pair_mean")] == pytest.approx([0.12, 0.37, 0.565])
    alike = compared(cell(runs, known, "baseline", [0.3, 0.4]), cell(runs, known, "same", [0.3, 0.4]))["same"]
    assert (alike["difference_low"], alike["difference_high"], alike["pair_higher"]) == (0.0, 0.0, 0)


@given(st.lists(st.tuples(st.floats(0.0, 1.0), st.floats(0.0, 1.0)), min_size=1, max_size=7))
def test_no_share_is_said_to_rise_above_all_or_to_fall_below_none(values: list[tuple[float, float]]) -> None:
    """What is told lies within what the baseline's level leaves, and around the mean; below four pairs nothing is."""
    case, other = (dict(enumerate(column)) for column in zip(*values, strict=True))
    pairs = pairs_of(case, other)
    assert pairs is not None
    found = told(paired_difference(case, other), pairs, is_share=True)
    without = sum(other.values()) / len(other)
    assert found.mean is not None
    if found.low is None or found.high is None:
        assert found.p_value is None or len(values) >= 4
        return
    assert len(values) >= 4 or (found.low, found.high, pairs.higher, pairs.lower) == (0.0, 0.0, 0, 0)
    assert -without - 1e-6 <= found.low <= found.mean + 1e-6
    assert found.mean - 1e-6 <= found.high <= 1.0 - without + 1e-6
    assert pairs.least - 1e-6 <= found.mean <= pairs.most + 1e-6


def test_a_difference_counts_among_all_cases(runs: Runs, known: Measured) -> None:
    """Alone it is significant (p = 0.03), beside three cases that change nothing it is not."""
    values = [0.5, 0.5, 0.5, 0.5]
    baseline = cell(runs, known, "baseline", values)
    slight = cell(runs, known, "slight", [0.53, 0.51, 0.54, 0.52])
    assert compared(baseline, slight)["slight"]["holm_significant"] == 1
    others = [cell(runs, known, name, [0.49, 0.51, 0.5, 0.5]) for name in ("a", "b", "c")]
    assert compared(baseline, slight, *others)["slight"]["holm_significant"] == 0


def test_only_replications_that_both_finished_are_paired(runs: Runs, known: Measured) -> None:
    baseline = cell(runs, known, "baseline", [0.2, 0.4, None, 0.4])
    option = cell(runs, known, "option:a", [0.9, 0.5, 0.5, 0.6, 0.7])
    kept = replace(option, measured=option.measured[1:])
    row = compared(baseline, kept)["option:a"]
    assert row["difference_mean"] == pytest.approx(0.15)
    assert row["n"] == 4


def test_a_case_that_failed_altogether_is_shown_blank(runs: Runs, known: Measured) -> None:
    rows = compared(cell(runs, known, "baseline", [0.2, 0.4]), cell(runs, known, "broken", []))
    assert rows["broken"]["n"] == 0
    blank = {name: value for name, value in rows["broken"].items() if value is None}
    assert set(rows["broken"]) - set(blank) == {"cell", "title_vi", "title_en", "target_id", "reading", "n", "number"}
    with pytest.raises(ValueError, match="nothing to compare"):
        comparison_tables([])


def test_baseline_rows_are_those_of_its_own_run(runs: Runs) -> None:
    """Also when what a comparison does not read has been left out."""
    measured = [decode(encode(record, runs.loaded)) for record in runs.records]
    kept = tuple(kept_for_comparison(one, runs.loaded) for one in measured)
    found = by_name([ComparedCell("baseline", "gốc", "baseline", runs.loaded, kept)])
    own = tables(runs.loaded, measured)
    compare, targets, series = named(found["compare"]), named(own["targets"]), named(own["series"])
    shared = [name for name in targets[0] if name in compare[0] and not name.startswith("title")]
    assert len(shared) == 11
    assert [[row[name] for name in shared] for row in compare] == [[row[name] for name in shared] for row in targets]
    for name in ("targets", "parameters"):
        assert found[name].text() == own[name].text()
    wanted = {(target.measure, target.scope) for target in runs.loaded.scenario.targets}
    months = named(found["compare_series"])
    columns = [name for name in months[0] if name in series[0]]
    assert [[row[name] for name in columns] for row in months] == [
        [row[name] for name in columns] for row in series if (row["measure"], row["scope"]) in wanted
    ]


def test_months_of_a_comparison_name_the_points_that_took_longer(runs: Runs) -> None:
    """As the series of a run does, of the points that stand there."""
    measured = []
    for record in runs.records[:2]:
        one = decode(encode(record, runs.loaded))
        months = one.series.copy()
        months.loc[months["measure"] == "delivery_hours_p95", "value"] = 700.0
        measured.append(replace(one, series=months))
    found = by_name([ComparedCell("baseline", "gốc", "baseline", runs.loaded, tuple(measured))])
    marked = {row["measure"]: row["longer"] for row in named(found["compare_series"]) if row["longer"]}
    assert marked["delivery_hours_p95"] == "median;p05;p95"
