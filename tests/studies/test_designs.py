"""Where a study looks: every corner of a grid, one point in each slice, the same points for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from sim.studies.designs import DESIGNS, points_of, size_of

LEVELS = (3, 2, 4)


@pytest.mark.parametrize("design", DESIGNS)
def test_points_are_in_the_box_as_many_as_announced_and_the_same_again(design: str) -> None:
    points = points_of(design, 3, 10, LEVELS, seed=7)
    assert len(points) == size_of(design, 3, 10, LEVELS)
    assert points.min() >= 0.0
    assert points.max() <= 1.0
    assert np.array_equal(points, points_of(design, 3, 10, LEVELS, seed=7))
    if design != "grid":
        assert not np.array_equal(points, points_of(design, 3, 10, LEVELS, seed=8))


def test_a_grid_has_every_combination_once_with_both_ends() -> None:
    points = points_of("grid", 3, 1, LEVELS, seed=0)
    assert len({tuple(point) for point in points.tolist()}) == 24
    for key, levels in enumerate(LEVELS):
        assert sorted(set(points[:, key].tolist())) == pytest.approx([step / (levels - 1) for step in range(levels)])


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_key() -> None:
    points = points_of("lhs", 4, 25, (), seed=3)
    for key in range(4):
        assert sorted((points[:, key] * 25).astype(int).tolist()) == list(range(25))


def test_trajectories_change_one_key_at_a_time() -> None:
    """A Morris trajectory of three keys has four points, and each step moves one key by two thirds."""
    points = points_of("morris", 3, 5, (), seed=1)
    steps = np.abs(np.diff(points.reshape(5, 4, 3), axis=1))
    assert ((steps > 1e-9).sum(axis=2) == 1).all()
    assert steps.max(axis=2) == pytest.approx(np.full((5, 3), 2 / 3))


def test_crossed_samples_differ_from_their_base_in_one_key() -> None:
    points = points_of("saltelli", 3, 8, (), seed=1).reshape(8, 5, 3)
    for key in range(3):
        changed = np.abs(points[:, 1 + key] - points[:, 0]) > 1e-12
        assert not np.delete(changed, key, axis=1).any()


def test_nothing_to_look_at_is_refused() -> None:
    with pytest.raises(ValueError, match="a key and a point"):
        points_of("lhs", 0, 10, (), seed=1)
    with pytest.raises(ValueError, match="unknown design"):
        points_of("random", 2, 10, (), seed=1)
