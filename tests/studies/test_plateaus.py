"""Levels of a key that a sweep does not tell apart stand in one run; no share differs by more than 100 points."""

from __future__ import annotations

import numpy as np
import pytest

from sim.studies.cell_means import difference, groups_along, plateaus
from sim.studies.response import Swept

POINTS = np.array([[0.0], [1 / 3], [2 / 3], [1.0]])
LUCK = np.array([-0.02, 0.0, 0.01, 0.02, -0.01])


def swept(*rows: np.ndarray) -> Swept:
    return Swept(POINTS, np.array(rows), common_luck=True, bounds=(0.0, 1.0))


def test_a_rise_that_levels_off_is_one_step_and_one_plateau() -> None:
    study = swept(0.2 + LUCK, 0.7 + LUCK, 0.7 + LUCK[::-1], 0.705 - LUCK)
    assert plateaus(study, groups_along(study, 0, 0.8)) == [1, 2, 2, 2]


def test_a_slow_rise_is_cut_where_it_differs_from_where_it_began() -> None:
    """Each neighbour alone is not told apart, the ends are."""
    steps = [0.4 + 0.02 * at + 1.5 * LUCK[[(at + shift) % 5 for shift in range(5)]] for at in range(4)]
    study = swept(*steps)
    groups = groups_along(study, 0, 0.8)
    assert difference(study, groups[0], groups[-1]).low > 0.0
    assert plateaus(study, groups) == [1, 1, 1, 2]


def test_one_future_tells_only_what_is_the_very_same() -> None:
    study = swept(*(np.array([value]) for value in (0.3, 0.3, 0.5, 0.5)))
    assert plateaus(study, groups_along(study, 0, 0.8)) == [1, 1, 2, 2]


@pytest.mark.parametrize("common_luck", [True, False])
def test_a_difference_of_shares_goes_from_bound_to_bound(common_luck: bool) -> None:
    values = np.array([[0.0, 0.3], [0.1, 0.2], [0.5, 0.6], [1.0, 0.6]])
    study = Swept(POINTS, values, common_luck, (0.0, 1.0))
    groups = groups_along(study, 0, 0.8)
    apart = difference(study, groups[0], groups[-1])
    assert (apart.high, apart.mean) == (1.0, pytest.approx(0.65))
    assert apart.low >= -1.0
