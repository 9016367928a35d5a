"""Laws by inversion: against SciPy's own, and their moments from the generator's draws."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats

from sim.engine.distributions import (
    CONSTANT,
    EXPONENTIAL,
    LOGNORMAL,
    duration,
    exponential,
    geometric,
    lognormal,
    lognormal_median,
    normal_quantile,
)
from sim.engine.draws import luck_of, uniform

GRID = np.concatenate([np.logspace(-16, -3, 60), np.linspace(0.002, 0.998, 400), 1.0 - np.logspace(-3, -15, 60)])
DRAWS = 100_000
MINUTE = 60_000.0


@pytest.fixture(scope="module")
def luck() -> NDArray[np.float64]:
    """One stream of draws for all the moments."""
    replication = luck_of(20170317, 4)
    return np.array([uniform(replication, entity, 9, 0) for entity in range(DRAWS)])


def test_normal_quantile_against_scipy() -> None:
    ours = np.array([normal_quantile(u) for u in GRID])
    np.testing.assert_allclose(ours, stats.norm.ppf(GRID), rtol=2e-14, atol=1e-15)


def test_continuous_laws_against_scipy() -> None:
    pairs = [
        ([exponential(u, 4.0) for u in GRID], stats.expon.isf(GRID, scale=4.0)),
        ([lognormal(u, 3.0, 0.6) for u in GRID], stats.lognorm.ppf(GRID, 0.6, scale=3.0 * math.exp(-0.18))),
        ([lognormal_median(u, 3.0, 0.6) for u in GRID], stats.lognorm.ppf(GRID, 0.6, scale=3.0)),
    ]
    for ours, theirs in pairs:
        np.testing.assert_allclose(ours, theirs, rtol=1e-13)


LAWS: dict[str, tuple[Callable[[float], float], float, float]] = {
    "exponential": (lambda u: exponential(u, 5.0), 5.0, 25.0),
    "lognormal": (lambda u: lognormal(u, 5.0, 0.6), 5.0, 25.0 * (math.exp(0.36) - 1.0)),
    "lognormal by median": (
        lambda u: lognormal_median(u, 5.0, 0.5),
        5.0 * math.exp(0.125),
        25.0 * math.exp(0.25) * (math.exp(0.25) - 1.0),
    ),
    "geometric": (lambda u: geometric(u, 5.0), 5.0, 20.0),
    "constant work": (lambda u: duration(CONSTANT, 0.6, 4 * MINUTE, u), 4 * MINUTE, 0.0),
    "exponential work": (lambda u: duration(EXPONENTIAL, 0.6, 4 * MINUTE, u), 4 * MINUTE, (4 * MINUTE) ** 2),
    "lognormal work": (
        lambda u: duration(LOGNORMAL, 0.6, 4 * MINUTE, u),
        4 * MINUTE,
        (4 * MINUTE) ** 2 * (math.exp(0.36) - 1.0),
    ),
}


@pytest.mark.parametrize(("law", "mean", "variance"), LAWS.values(), ids=LAWS.keys())
def test_mean_and_variance(
    luck: NDArray[np.float64], law: Callable[[float], float], mean: float, variance: float
) -> None:
    values = np.array([law(u) for u in luck])
    if variance == 0.0:
        assert (values == mean).all()
        return
    assert abs(values.mean() - mean) < 4.0 * values.std() / math.sqrt(DRAWS)
    squares = (values - mean) ** 2
    assert abs(squares.mean() - variance) < 4.0 * squares.std() / math.sqrt(DRAWS)


def test_geometric_has_every_probability_right(luck: NDArray[np.float64]) -> None:
    counts = np.bincount([min(geometric(u, 2.5), 20) for u in luck], minlength=21)[1:]
    expected = DRAWS * stats.geom.pmf(np.arange(1, 21), 0.4)
    expected[-1] = DRAWS * stats.geom.sf(19, 0.4)
    assert stats.chisquare(counts, expected).pvalue > 1e-4
    assert all(geometric(u, 1.0) == 1 for u in luck[:100])


def test_work_is_whole_milliseconds_and_at_least_one() -> None:
    assert [duration(CONSTANT, 0.0, mean, 0.5) for mean in (0.0, 0.4, 1.49, 1.5, 60_000.0)] == [1, 1, 1, 2, 60_000]
    assert min(duration(EXPONENTIAL, 0.0, 1.0, u) for u in GRID) == 1
