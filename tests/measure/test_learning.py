"""What weights say of unknowns, against a normal model whose posterior is known, and against chance alone."""

from __future__ import annotations

import math
import random
from statistics import NormalDist

import pytest

from sim.engine.normal import NORMAL_975
from sim.measure.learning import CHANCE, Learnt, learnt_of
from sim.measure.weighing import Weights, alike, weights_of

PRIOR, ERROR = NormalDist(0.5, 0.1), 0.05


def learnt(values: list[float], weights: Weights) -> Learnt:
    found = learnt_of(values, weights)
    assert found is not None
    return found


def test_a_measured_unknown_moves_and_narrows_as_the_conjugate_posterior() -> None:
    """Precision adds up (Gelman et al. 2013, 2.5); what has nothing to do with the figure stays."""
    draws, other = PRIOR.samples(20_000, seed=1), PRIOR.samples(20_000, seed=2)
    weights = weights_of([(draws, 0.65, NORMAL_975 * ERROR)], len(draws))
    precision = 1 / PRIOR.variance + 1 / ERROR**2
    mean, spread = (PRIOR.mean / PRIOR.variance + 0.65 / ERROR**2) / precision, precision**-0.5
    by_chance = 1 / math.sqrt(weights.effective)
    found = learnt(draws, weights)
    assert found.shift == pytest.approx((mean - PRIOR.mean) / PRIOR.stdev, abs=4 * by_chance)
    assert found.spread_left == pytest.approx(spread / PRIOR.stdev, abs=4 * by_chance)
    assert found.is_learnt(300)
    untouched = learnt(other, weights)
    assert not untouched.is_learnt(300)
    assert untouched.shift == pytest.approx(0, abs=4 * by_chance)
    assert untouched.spread_left == pytest.approx(1, abs=4 * by_chance)


@pytest.mark.parametrize("error", [1.0, 0.3, 0.1, 0.02])
def test_chance_calls_anything_learnt_as_seldom_as_it_says(error: float) -> None:
    """Worlds of 10 skewed unknowns that have nothing to do with the figure, worth from 70 draws down to two."""
    luck, worlds, n, unknowns = random.Random(3), 300, 100, 10
    false = 0
    for _ in range(worlds):
        weights = weights_of([([luck.gauss(0, 1) for _ in range(n)], 0.5, error)], n)
        found = [learnt([luck.lognormvariate(0, 1) for _ in range(n)], weights) for _ in range(unknowns)]
        false += any(one.is_learnt(unknowns) for one in found)
    assert false / worlds <= CHANCE + 3 * math.sqrt(CHANCE * (1 - CHANCE) / worlds)


def test_equal_weights_and_fixed_numbers_teach_nothing() -> None:
    same = learnt([1.0, 2.0, 4.0], alike(3))
    assert (same.shift, same.p_value) == (pytest.approx(0), 1.0)
    assert same.before == same.after
    assert learnt_of([0.1] * 6, alike(6)) is None
