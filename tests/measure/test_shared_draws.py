"""Intervals of runs that share draws of a calibration hold as often as they say: in worlds whose truth is known."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from calibrated_worlds import run, unknowns

from sim.measure.comparison import paired_difference
from sim.measure.influence import is_noticeable, rank_correlation, ranks
from sim.measure.shared_draws import Chance, SharedDraws
from sim.measure.variance import split
from sim.measure.verdicts import verdict, wilson
from sim.measure.weighing import alike, weighted_verdict, weights_of
from sim.measure.worth import worth_measuring


@pytest.mark.parametrize("likeness", [0.9, 0.1])
@pytest.mark.parametrize("n", [20, 100])
def test_intervals_of_chances_hold_the_truth_as_often_as_they_say(n: int, likeness: float) -> None:
    """150 draws worth some 15: too narrow (n taken as independent) and too wide (worth 15 whatever n) both fail.

    Wilson's own coverage of a chance of a half lies within two points of 95 % at these n.
    """
    worlds, limit = 400, 0.0
    found = [run(seed, n, likeness) for seed in range(worlds)]
    chances = [Chance([value > limit for value in values], shared) for values, shared in found]
    held = sum(low <= 0.5 <= high for low, high in (one.interval for one in chances)) / worlds
    assert held == pytest.approx(0.955, abs=0.02 + 3 * math.sqrt(0.05 * 0.95 / worlds))
    if n == 100:
        plain = [wilson(sum(one.reached), n) for one in chances]
        assert sum(low <= 0.5 <= high for low, high in plain) / worlds < 0.92, "as if they were independent"
    if n == 100 and likeness < 0.5:
        worth = sum(one.shared.worth(one.reached) for one in chances) / worlds
        assert worth > 2 * sum(one.shared.table_worth for one in chances) / worlds, "luck is worth something"


def test_intervals_of_differences_hold_the_truth_as_often_as_they_say() -> None:
    worlds, n, held, plain = 400, 100, 0, 0
    for seed in range(worlds):
        values, shared = run(seed, n, 0.9)
        option = dict(enumerate(values))
        zero = dict.fromkeys(option, 0.0)
        of = paired_difference(option, zero, shared.of)
        independent = paired_difference(option, zero)
        assert None not in (of.low, of.high, independent.low, independent.high)
        held += of.low <= 0.0 <= of.high
        plain += independent.low <= 0.0 <= independent.high
    assert held / worlds == pytest.approx(0.95, abs=0.025 + 3 * math.sqrt(0.05 * 0.95 / worlds))
    assert plain / worlds < 0.8


def some(reached: int, n: int) -> Sequence[bool]:
    return [number < reached for number in range(n)]


@pytest.mark.parametrize(("reached", "n"), [(0, 20), (13, 20), (20, 20), (70, 100), (81, 100), (160, 200)])
def test_where_no_draw_is_shared_all_is_as_of_independent_replications(reached: int, n: int) -> None:
    chance = Chance(some(reached, n), SharedDraws.none(n))
    assert chance.interval == wilson(reached, n)
    assert chance.verdict(0.8) == verdict(reached, n, 0.8)
    assert not chance.is_told()


def test_more_of_the_same_rows_cannot_decide() -> None:
    """Ten rows, each coming out as it always does: a hundred replications are worth ten, and a thousand no more."""
    shared = shared_by_tens()
    chance = Chance([row < 6 for row in shared.rows], shared)
    assert chance.shared.worth(chance.reached) == pytest.approx(10.0)
    assert chance.verdict(0.8) == "too close to call"
    assert verdict(60, 100, 0.8) == "at risk"
    assert chance.is_told()


WORLDS = 100
"""Of each test below."""
ALLOWED = WORLDS * 0.05 + 3 * math.sqrt(WORLDS * 0.05 * 0.95)
"""Of them, in which a claim of 95 % may be wrong, with three standard errors."""


def test_unknowns_and_figures_that_have_nothing_to_do_with_a_target_are_seldom_named() -> None:
    """Twelve of them, a hundred replications of some forty draws. A figure has luck beside its unknown."""
    wrong: Counter[str] = Counter()
    for seed in range(WORLDS):
        values, shared = run(seed, 100, 0.9)
        luck = np.random.default_rng(seed)
        drawn = luck.normal(size=(12, 150))[:, list(shared.rows)]
        largest = max(abs(rank_correlation(one, values) or 0.0) for one in drawn.tolist())
        wrong["unknown"] += is_noticeable(largest, shared.worth(ranks(values)), 12)
        wrong["as if"] += is_noticeable(largest, 100, 12)
        figures = dict(enumerate((drawn + luck.normal(size=drawn.shape)).tolist()))
        wrong["figure"] += bool(worth_measuring(figures, values, shared=shared))
        wrong["figure as if"] += bool(worth_measuring(figures, values))
    assert max(wrong["unknown"], wrong["figure"]) <= ALLOWED < min(wrong["as if"], wrong["figure as if"])


def test_intervals_of_weighed_chances_hold_the_truth_as_often_as_they_say() -> None:
    """Weighed by a figure that goes with luck alone, which leaves the chance at a half."""
    wrong: Counter[bool] = Counter()
    for seed in range(WORLDS):
        values, shared = run(seed, 100, 0.9)
        luck = random.Random(seed)
        weights = weights_of([([luck.gauss() for _ in values], 0.0, 2.0)], 100)
        reached = [value > 0.0 for value in values]
        for shares in (True, False):
            said = weighted_verdict(reached, weights, 0.8, shared if shares else None)
            wrong[shares] += not said.low <= 0.5 <= said.high
    assert wrong[True] <= ALLOWED < wrong[False]
    told = weighted_verdict([row % 10 < 6 for row in range(100)], alike(100), 0.8, shared_by_tens())
    assert told.verdict == "too close to call"
    assert shared_by_tens().draws_worth(alike(100).each) == pytest.approx(10.0)
    assert weighted_verdict([row % 10 < 6 for row in range(100)], alike(100), 0.8).verdict == "at risk"


def shared_by_tens() -> SharedDraws:
    return SharedDraws(tuple(number % 10 for number in range(100)), 10.0)


def test_the_part_of_luck_is_known_as_well_as_the_draws_allow() -> None:
    """A tenth in truth, a hundred pairs of some forty draws: how far the draws themselves spread is little known."""
    told: Counter[bool] = Counter()
    wrong: Counter[bool] = Counter()
    worlds = 80
    for seed in range(worlds):
        first, shared = run(seed, 100, 0.9)
        again = random.Random(seed)
        known = unknowns(seed, shared)
        second = {at: math.sqrt(0.9) * one + math.sqrt(0.1) * again.gauss() for at, one in enumerate(known)}
        for shares in (True, False):
            found = split(dict(enumerate(first)), second, shared.of if shares else None)
            if found.luck_low is None or found.luck_high is None:
                continue
            told[shares] += 1
            wrong[shares] += not found.luck_low <= 0.1 <= found.luck_high
    assert told[True] > 0.8 * worlds
    assert wrong[True] <= worlds * 0.05 + 3 * math.sqrt(worlds * 0.05 * 0.95) < wrong[False]
