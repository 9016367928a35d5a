"""What nobody knows: the stated low and high are the 5 % and 95 % points, for every kind."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate

from sim.engine.uncertainty import quantile

UNIT = st.floats(0.001, 0.999)


def hits(kind: str, value: float, low: float, high: float) -> None:
    """The 5 % and 95 % points are where the scenario says, and more luck never means less."""
    width = high - low
    assert quantile(kind, value, low, high, 0.05) == pytest.approx(low, abs=1e-6 * width)
    assert quantile(kind, value, low, high, 0.95) == pytest.approx(high, abs=1e-6 * width)
    values = [quantile(kind, value, low, high, u) for u in np.linspace(0.001, 0.999, 60)]
    assert all(a < b for a, b in itertools.pairwise(values))


@given(st.floats(1e-3, 1e6), st.floats(1.01, 100.0))
@settings(derandomize=True, max_examples=60, deadline=None)
def test_lognormal_points(low: float, ratio: float) -> None:
    hits("lognormal", low * ratio**0.3, low, low * ratio)
    middle = quantile("lognormal", low, low, low * ratio, 0.5)
    assert middle == pytest.approx(low * ratio**0.5, rel=1e-12)


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
    with pytest.raises(ValueError, match="unknown kind"):
        quantile("normal", 1.0, 0.5, 2.0, 0.5)
