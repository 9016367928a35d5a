"""Intervals of runs that share draws of a calibration hold as often as they say: in worlds whose truth is known."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from statistics import NormalDist

import pytest

from sim.measure.comparison import paired_difference
from sim.measure.shared_draws import Chance, SharedDraws
from sim.measure.verdicts import verdict, wilson
from sim.measure.weighing import Weights, weights_of
from sim.scenario.agreeing_draws import AgreeingDraw, draws_taken, equal_draws

ERROR = 0.1
"""Standard error of the figure, in standard deviations of the unknown before it is measured."""
KNOWN = NormalDist()


def table(seed: int, draws: int) -> tuple[list[float], list[AgreeingDraw], float]:
    """Draws of an unknown, weighed by one figure of it; and the place of each in what is then known of it."""
    luck = random.Random(seed)
    figure = luck.gauss() + ERROR * luck.gauss()
    unknown = [luck.gauss() for _ in range(draws)]
    weights: Weights = weights_of([(unknown, figure, 1.96 * ERROR)], draws)
    middle, spread = figure / (1 + ERROR**2), ERROR / math.sqrt(1 + ERROR**2)
    rows = [AgreeingDraw(seed, number, weight, "0" * 16) for number, weight in enumerate(weights.each)]
    return [(one - middle) / spread for one in unknown], rows, equal_draws(rows)


def run(seed: int, n: int, likeness: float, draws: int = 150) -> tuple[list[float], SharedDraws]:
    """What each replication comes to, normal in truth, of which the unknown makes a part and luck the rest."""
    unknown, rows, worth = table(seed, draws)
    luck = random.Random(-seed - 1)
    taken = tuple(draws_taken(rows, seed, range(n)))
    own, other = math.sqrt(likeness), math.sqrt(1 - likeness)
    return [own * unknown[row] + other * luck.gauss() for row in taken], SharedDraws(taken, worth)


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


def alone(n: int) -> SharedDraws:
    return SharedDraws(tuple(range(n)))


def some(reached: int, n: int) -> Sequence[bool]:
    return [number < reached for number in range(n)]


@pytest.mark.parametrize(("reached", "n"), [(0, 20), (13, 20), (20, 20), (70, 100), (81, 100), (160, 200)])
def test_where_no_draw_is_shared_all_is_as_of_independent_replications(reached: int, n: int) -> None:
    chance = Chance(some(reached, n), alone(n))
    assert chance.interval == wilson(reached, n)
    assert chance.verdict(0.8) == verdict(reached, n, 0.8)
    assert not chance.is_told()


def test_more_of_the_same_rows_cannot_decide() -> None:
    """Ten rows, each coming out as it always does: a hundred replications are worth ten, and a thousand no more."""
    rows = tuple(number % 10 for number in range(100))
    chance = Chance([row < 6 for row in rows], SharedDraws(rows, 10.0))
    assert chance.shared.worth(chance.reached) == pytest.approx(10.0)
    assert chance.verdict(0.8) == "too close to call"
    assert verdict(60, 100, 0.8) == "at risk"
    assert chance.is_told()
