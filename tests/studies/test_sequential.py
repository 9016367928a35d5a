"""Enough replications: the number is the one theory gives, and intervals cover as they say although it was chosen."""

from __future__ import annotations

from math import comb, sqrt

import numpy as np
import pytest

from sim.measure.comparison import mean_interval
from sim.measure.verdicts import wilson
from sim.studies.sequential import (
    BATCH,
    FEWEST,
    MOST,
    half_widths,
    mean_half_width,
    replications_wanted,
    share_half_width,
    within_reach,
)

NONE: frozenset[str] = frozenset()


def run_until_sure(draw: np.random.Generator, wanted: float) -> list[float]:
    """Values of mean 5 and deviation 2, in batches, until the rule is content."""
    values: list[float] = []
    while (n := replications_wanted({"x": values}, {"x": wanted}, NONE, len(values))) > len(values):
        values += draw.normal(5.0, 2.0, n - len(values)).tolist()
    return values


def test_half_widths_are_those_of_the_printed_intervals() -> None:
    values = [1.0, 4.0, 2.0, 8.0]
    low, high = mean_interval(values)
    assert mean_half_width(values) == pytest.approx((high - low) / 2)
    low, high = wilson(3, 8)
    assert share_half_width([True] * 3 + [False] * 5) == pytest.approx((high - low) / 2)
    found = half_widths({"x": [*values, 99.0], "p": [1.0, 0.0, 1.0, 1.0, 0.0]}, frozenset("p"), 4)
    assert found == {"x": mean_half_width(values), "p": share_half_width([True, False, True, True])}
    assert mean_half_width([1.0]) == share_half_width([]) == float("inf")


def test_what_is_within_reach_is_the_width_at_the_most() -> None:
    draw = np.random.default_rng(5)
    values = draw.normal(0.5, 0.1, MOST).tolist()
    reached = [float(value > 0.4) for value in values]
    results = {"x": values, "p": reached, "once": [1.0]}
    found = within_reach(results, frozenset("p"), MOST)
    assert found == {name: width for name, width in half_widths(results, frozenset("p"), MOST).items() if name in "xp"}
    early = within_reach(results, frozenset("p"), 20)
    assert early["x"] == pytest.approx(1.96 * 0.1 / sqrt(MOST), rel=4 / sqrt(2 * 19))
    assert within_reach({"p": [1.0] * 5}, frozenset("p"), 5)["p"] == pytest.approx(share_half_width([True] * MOST))


def test_the_number_is_what_theory_gives() -> None:
    """For a half-width of 0.5 and a deviation of 2: about (1.96 x 2 / 0.5)^2 = 61, and a batch or two of looking on."""
    draw = np.random.default_rng(3)
    numbers = [len(run_until_sure(draw, 0.5)) for _ in range(300)]
    assert all(n % BATCH == 0 for n in numbers)
    assert 61 - BATCH <= np.mean(numbers) <= 61 + 2 * BATCH


@pytest.mark.parametrize("wanted", [0.4, 0.8])
def test_intervals_cover_although_the_number_was_chosen_by_the_data(wanted: float) -> None:
    """Stopping when the interval is narrow costs coverage; looking a batch ahead keeps that within 2 points."""
    draw = np.random.default_rng(11)
    covered = 0
    for _ in range(1000):
        low, high = mean_interval(run_until_sure(draw, wanted))
        covered += low <= 5.0 <= high
    assert covered / 1000 >= 0.95 - 0.02 - 4 * sqrt(0.95 * 0.05 / 1000)


def test_wilson_intervals_cover_as_they_say() -> None:
    """Exactly, by the binomial law: 95 % within a point in the mean over all probabilities; nowhere below 0.83."""
    for n in (20, 50, 100):
        coverage = []
        for share in np.linspace(0.005, 0.995, 199).tolist():
            held = [k for k in range(n + 1) if wilson(k, n)[0] <= share <= wilson(k, n)[1]]
            coverage.append(sum(comb(n, k) * share**k * (1 - share) ** (n - k) for k in held))
        assert np.mean(coverage) == pytest.approx(0.95, abs=0.01)
        assert min(coverage) > 0.83


def test_every_measure_must_be_met_twice_running() -> None:
    """x is narrow from the start, y only in the second batch: a third confirms it."""
    still = [1.0] * 40
    restless = [0.0, 9.0] * 5 + [4.5] * 190
    results = {"x": still, "y": restless}
    assert replications_wanted({"x": [], "y": []}, {"x": 1.0, "y": 1.0}, NONE, 0) == FEWEST
    ends = [
        done
        for done in range(FEWEST, 200, BATCH)
        if replications_wanted({k: of[:done] for k, of in results.items()}, {"x": 1.0, "y": 1.5}, NONE, done) == done
    ]
    first = next(n for n in range(BATCH, 200, BATCH) if mean_half_width(restless[:n]) <= 1.5)
    assert ends[0] == first + BATCH


def test_it_ends_at_the_most() -> None:
    assert replications_wanted({"x": [0.0, 9.0] * (MOST // 2)}, {"x": 1e-9}, NONE, MOST) == MOST
    assert replications_wanted({"x": [0.0, 9.0] * 10}, {"x": 1e-9}, NONE, 20) == 30
