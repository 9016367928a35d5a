"""Curves through cells: known polynomials are found, their intervals hold, chances are those of the futures."""

from __future__ import annotations

from math import isnan, sqrt

import numpy as np
import pytest
from scipy.special import ndtr

from sim.studies.designs import points_of
from sim.studies.response import Swept, response_of
from sim.studies.surface import fitted, shape_for

POINTS = points_of("lhs", 2, 40, (), seed=11)


def truth(points: np.ndarray) -> np.ndarray:
    x, y = points[:, 0], points[:, 1]
    return 2.0 + 3.0 * x - y + 1.5 * x * x + 2.0 * x * y


def along_x(x: float) -> float:
    """The truth with y averaged over the cells."""
    return float(truth(np.column_stack([np.full(len(POINTS), x), POINTS[:, 1]])).mean())


def test_a_polynomial_is_found_exactly() -> None:
    response = response_of(Swept(POINTS, truth(POINTS)[:, None], common_luck=True))
    assert response is not None
    for x, point in zip((0.0, 0.3, 1.0), response.curve(0, (0.0, 0.3, 1.0)), strict=True):
        assert point.mean == pytest.approx(along_x(x), abs=1e-9)
        assert (point.low, point.high) == pytest.approx((point.mean, point.mean), abs=1e-6)
        assert isnan(point.p05)  # one future says nothing of others
    assert response.predicted_share == pytest.approx(1.0)
    assert response.swing(0).mean == pytest.approx(along_x(1.0) - along_x(0.0))


def test_the_shape_is_no_richer_than_the_cells() -> None:
    full = shape_for(POINTS)
    assert full is not None
    assert full.count == 6
    few = shape_for(POINTS[:8])
    assert few is not None
    assert (few.count, few.products) == (5, ())
    assert shape_for(POINTS[:3]) is None
    assert shape_for(np.array([[0.0, 0.5], [1.0, 0.5], [0.0, 0.5], [1.0, 0.5]])) is None
    two_levels = shape_for(points_of("grid", 2, 1, (2, 5), seed=0))
    assert two_levels is not None
    assert two_levels.squares == (1,)


@pytest.mark.parametrize("common_luck", [False, True])
def test_intervals_of_a_curve_hold_as_often_as_they_say(common_luck: bool) -> None:
    """Of 1,000 studies 95 % cover the true mean at x = 0.8, within four standard errors (2.8 points).

    With their own luck the cells' noise is what makes the interval; with common luck six futures, each with a slope
    and a level of its own, whose mean is the truth.
    """
    draw = np.random.default_rng(5)
    covered = 0
    for _ in range(1000):
        if common_luck:
            level, slope = draw.normal(0.0, 1.0, 6), draw.normal(0.0, 2.0, 6)
            values = truth(POINTS)[:, None] + level + slope * POINTS[:, :1]
        else:
            values = truth(POINTS)[:, None] + draw.normal(0.0, 1.0, (40, 1))
        response = response_of(Swept(POINTS, values, common_luck))
        assert response is not None
        point = response.at({0: 0.8})
        covered += point.low <= along_x(0.8) <= point.high
    assert covered / 1000 == pytest.approx(0.95, abs=4 * sqrt(0.95 * 0.05 / 1000))


def test_chances_are_the_share_of_futures() -> None:
    """Futures shifted by -2, -1, 0, 1, 2: at a limit half above the middle two of five reach it."""
    values = truth(POINTS)[:, None] + np.array([-2.0, -1.0, 0.0, 1.0, 2.0])
    response = response_of(Swept(POINTS, values, common_luck=True))
    assert response is not None
    point = response.at({0: 0.5}, limit=along_x(0.5) + 0.5)
    assert (point.reached, point.of) == (2.0, 5)
    assert point.mean == pytest.approx(along_x(0.5))
    assert point.p05 == pytest.approx(along_x(0.5) - 1.8)


def test_chances_under_own_luck_follow_the_spread_of_the_cells() -> None:
    """Noise of standard deviation 2: at a limit 2 above the mean the chance is that of one deviation."""
    draw = np.random.default_rng(9)
    points = points_of("sobol", 2, 2048, (), seed=2)
    response = response_of(Swept(points, truth(points)[:, None] + draw.normal(0.0, 2.0, (2048, 1)), common_luck=False))
    assert response is not None
    middle = response.at({0: 0.5}).mean
    found = response.at({0: 0.5}, limit=middle + 2.0)
    assert found.reached == pytest.approx(float(ndtr(-1.0)), abs=0.02)
    assert found.of == 0
    assert response.predicted_share == pytest.approx(truth(points).var() / (truth(points).var() + 4.0), abs=0.06)


def test_chances_of_values_that_pile_up_at_their_bound() -> None:
    """A share cannot pass 100 %: those that would are exactly there, and that is how often the limit is reached.

    The latent value is normal about 0.7 + 0.5 x; tolerances are four standard errors of a share at that place, from
    the tenth of the cells nearest to it.
    """
    draw = np.random.default_rng(8)
    points = points_of("lhs", 2, 1500, (), seed=4)
    latent = 0.7 + 0.5 * points[:, 0] + draw.normal(0.0, 0.25, len(points))
    values = np.clip(latent, 0.0, 1.0)
    response = response_of(Swept(points, values[:, None], common_luck=False, bounds=(0.0, 1.0)))
    assert response is not None
    for x in (0.1, 0.5, 0.9):
        true = float(ndtr((0.7 + 0.5 * x - 1.0) / 0.25))
        assert response.at({0: x}, limit=1.0).reached == pytest.approx(true, abs=4 * sqrt(true * (1 - true) / 150))
    assert response.at({}, limit=1.0).reached == pytest.approx(float((values >= 1.0).mean()), abs=1e-6)


def test_chances_of_shares_under_common_luck_are_those_of_the_cells() -> None:
    """Twelve futures, each with a level of its own, over forty cells; the pooled share that reached is kept."""
    draw = np.random.default_rng(9)
    latent = 0.8 + 0.3 * POINTS[:, :1] + draw.normal(0.0, 0.2, (1, 12)) + np.zeros((len(POINTS), 12))
    values = np.clip(latent, 0.0, 1.0)
    response = response_of(Swept(POINTS, values, common_luck=True, bounds=(0.0, 1.0)))
    assert response is not None
    point = response.at({}, limit=1.0)
    assert point.of == 12
    assert point.reached / point.of == pytest.approx(float((values >= 1.0).mean()), abs=1e-6)


def test_a_limit_that_every_cell_reaches_is_certain() -> None:
    values = np.full((len(POINTS), 1), 1.0)
    response = response_of(Swept(POINTS, values, common_luck=False, bounds=(0.0, 1.0)))
    assert response is not None
    assert [response.at({0: x}, limit=1.0).reached for x in (0.0, 0.5, 1.0)] == [1.0, 1.0, 1.0]
    never = response_of(Swept(POINTS, values - 0.5, common_luck=False, bounds=(0.0, 1.0)))
    assert never is not None
    assert never.at({0: 1.0}, limit=1.0).reached == 0.0


def test_missing_cells_are_left_out_and_too_few_say_nothing() -> None:
    values = truth(POINTS)[:, None].copy()
    values[::3] = np.nan
    response = response_of(Swept(POINTS, values, common_luck=True))
    assert response is not None
    assert response.at({0: 0.2, 1: 0.9}).mean == pytest.approx(float(truth(np.array([[0.2, 0.9]]))[0]))
    values[2:] = np.nan
    assert response_of(Swept(POINTS, values, common_luck=True)) is None


def test_values_stay_within_their_bounds() -> None:
    values = np.clip(POINTS[:, :1] * 1.5, 0.0, 1.0)
    response = response_of(Swept(POINTS, values, common_luck=True, bounds=(0.0, 1.0)))
    assert response is not None
    assert max(point.mean for point in response.curve(0, (0.9, 1.0))) == 1.0


@pytest.mark.parametrize("common_luck", [False, True])
def test_shares_that_level_off_are_followed_on_logits(common_luck: bool) -> None:
    """From 12 % to 99 % and flat from then on: a plain parabola would bend down again, logits do not."""
    points = points_of("grid", 2, 1, (7, 3), seed=0)
    latent = -2.0 + 7.0 * points[:, 0] + 0.3 * points[:, 1]
    draw = np.random.default_rng(4)
    luck = draw.normal(0.0, 0.2, 5) if common_luck else draw.normal(0.0, 0.05, (21, 1))
    values = 1.0 / (1.0 + np.exp(-(latent[:, None] + luck)))
    response = response_of(Swept(points, values, common_luck, bounds=(0.0, 1.0)))
    assert response is not None
    for place in (0.0, 0.5, 0.9, 1.0):
        rows = np.array([[-2.0 + 7.0 * place + 0.3 * y] for y in points[:, 1]]) + (luck if common_luck else 0.0)
        assert response.at({0: place}).mean == pytest.approx(float((1.0 / (1.0 + np.exp(-rows))).mean()), abs=0.01)
    assert response.predicted_share > 0.98
    swing = response.swing(0)
    assert swing.low < swing.mean < swing.high
    curve = [point.mean for point in response.curve(0, np.linspace(0.0, 1.0, 11).tolist())]
    assert curve == sorted(curve)


def test_residual_variance_has_its_freedom() -> None:
    """Noise of variance 4 on a plane: the mean estimate over 300 fits is 4, within four standard errors."""
    draw = np.random.default_rng(21)
    shape = shape_for(POINTS[:12])
    found = [fitted(POINTS, draw.normal(0.0, 2.0, 40), shape) for _ in range(300)]
    variances = [one.variance for one in found if one is not None]
    error = 4.0 * sqrt(2.0 / (found[0].freedom if found[0] else 1)) / sqrt(300)
    assert np.mean(variances) == pytest.approx(4.0, abs=4 * error)
