"""What nobody knows: the stated low and high are the 5 % and 95 % points, for every kind."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from sim.engine.uncertainty import quantile

UNIT = st.floats(0.001, 0.999)


def hits(kind: str, value: float, low: float, high: float) -> None:
    """The 5 % and 95 % points are where the scenario says, and more luck never means less."""
    width = high - low
    assert quantile(kind, value, low, high, 0.05) == pytest.approx(low, abs=1e-6 * width)
    assert quantile(kind, value, low, high, 0.95) == pytest.approx(high, abs=1e-6 * width)
    values = [quantile(kind, value, low, high, u) for u in np.linspace(0.001, 0.999, 60)]
    assert all(a < b for a, b in itertools.pairwise(values))


@given(st.floats(1e-3, 1e6), st.floats(1.01, 100.0), st.floats(0.05, 0.95))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_lognormal_points(low: float, ratio: float, place: float) -> None:
    """The stated value is the median, wherever between the two points it lies."""
    value = low * ratio**place
    hits("lognormal", value, low, low * ratio)
    assert quantile("lognormal", value, low, low * ratio, 0.5) == pytest.approx(value, rel=1e-12)


@given(st.floats(0.05, 5.0), st.floats(1.2, 30.0), st.floats(0.001, 0.999))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_a_lognormal_whose_value_is_the_geometric_mean_is_the_ordinary_one(low: float, ratio: float, u: float) -> None:
    law = stats.lognorm(s=np.log(ratio) / (2 * stats.norm.ppf(0.95)), scale=low * ratio**0.5)
    assert quantile("lognormal", low * ratio**0.5, low, low * ratio, u) == pytest.approx(float(law.ppf(u)), rel=1e-6)


@pytest.mark.parametrize(("value", "low", "high"), [(20_000.0, 10_000.0, 35_000.0), (1.4, 0.4, 1.9), (3.0, 2.5, 60.0)])
def test_a_lognormal_has_the_mean_and_the_chances_of_its_two_halves(value: float, low: float, high: float) -> None:
    """Each half is half of a lognormal: E x = m (exp(s*s/2) Phi(-s) below + exp(s*s/2) Phi(s) above)."""
    below, above = np.log(value / low) / stats.norm.ppf(0.95), np.log(high / value) / stats.norm.ppf(0.95)
    halves = np.exp(below**2 / 2) * stats.norm.cdf(-below) + np.exp(above**2 / 2) * stats.norm.cdf(above)
    found = integrate.quad(lambda u: quantile("lognormal", value, low, high, u), 0.0, 1.0, points=(0.5,), limit=400)[0]
    assert found == pytest.approx(value * halves, rel=2e-4)
    for share in (0.01, 0.2, 0.5, 0.8, 0.99):
        side = below if share < 0.5 else above
        there = value * np.exp(side * stats.norm.ppf(share))
        assert quantile("lognormal", value, low, high, share) == pytest.approx(there, rel=1e-6)


@given(st.floats(-50, 50), st.floats(0.01, 100))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_uniform_points(low: float, width: float) -> None:
    hits("uniform", low, low, low + width)


@given(st.floats(-50, 50), st.floats(0.01, 100), st.floats(0.02, 0.98))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_triangular_points(low: float, width: float, place: float) -> None:
    hits("triangular", low + place * width, low, low + width)


@given(st.floats(0.002, 0.9), st.floats(0.05, 0.95))
@settings(derandomize=True, max_examples=30, deadline=None)
def test_beta_points(low: float, place: float) -> None:
    high = low + place * (0.999 - low)
    hits("beta", (low + high) / 2, low, high)
    assert 0.0 < quantile("beta", low, low, high, 0.001) < quantile("beta", low, low, high, 0.999) < 1.0


@pytest.mark.parametrize(
    ("value", "low", "high"), [(0.1, 0.0, 0.4), (0.9, 0.7, 1.0), (0.02, 0.0, 0.06), (0.97, 0.9, 1.0)]
)
def test_a_share_that_may_be_nought_or_one_keeps_its_mean_and_its_other_point(
    value: float, low: float, high: float
) -> None:
    mean = integrate.quad(lambda u: quantile("beta", value, low, high, u), 0.0, 1.0, limit=200)[0]
    assert mean == pytest.approx(value, rel=1e-4)
    if low == 0.0:
        assert quantile("beta", value, low, high, 0.95) == pytest.approx(high, rel=1e-6)
    else:
        assert quantile("beta", value, low, high, 0.05) == pytest.approx(low, rel=1e-6)


def test_what_is_certain_stays_what_it_is() -> None:
    assert quantile("fixed", 3.5, 1.0, 9.0, 0.9) == 3.5
    assert quantile("lognormal", 2.0, 2.0, 2.0, 0.01) == 2.0


def test_points_that_do_not_fit_the_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        quantile("lognormal", 1.0, 0.0, 2.0, 0.5)
    for value in (1.0, 4.0, 0.5):
        with pytest.raises(ValueError, match="the median"):
            quantile("lognormal", value, 1.0, 4.0, 0.5)
    with pytest.raises(ValueError, match="unknown kind"):
        quantile("normal", 1.0, 0.5, 2.0, 0.5)
