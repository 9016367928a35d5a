"""How often chance alone would give what a key shows in elementary effects or in Sobol' indices.

The mean size of a key's steps, and its total index, are above zero whatever the key does: noise has a size too. What
tells an effect from noise is that it comes again: from another place with the same sign, or at the same place in
another future. Noise here is what a cell's value would be, were the key only to shuffle the luck: new in each cell.

That futures may share draws of a calibration changes nothing here: what they share stands in both ends of a step, or,
where each cell has its own luck, is dealt to the cells as blindly as luck is.
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from sim.studies.designs import Points
from sim.studies.surface import Values

CHANCE = 0.05
"""Chance that any key is named for a value although none does anything to it."""
_ROUNDING = 1e-9


def stands_out(chances: Values, values: int = 1) -> NDArray[np.bool_]:
    """Which keys are named: however many are looked at, any is named by chance in 5 % of studies (Bonferroni).

    Args:
        chances: of each key.
        values: how many targets are looked at beside each other.
    """
    return chances * (len(chances) * values) <= CHANCE


def chance_of_steps(points: Points, values: NDArray[np.float64]) -> Values:
    """By key, the chance that a key without effect has steps that agree so well; 1 where too few are known.

    Where several futures were met both ways of coming again are looked at, and the smaller chance is doubled. Exact
    for noise that is normal.

    Args:
        points: [cell, key] in the unit cube, Morris trajectory after trajectory; each moves every key once.
        values: [cell, future]; nan where that future failed. Each cell has a value in some future.
    """
    steps, starts = _steps(points, values)
    means, _ = _steps(points, np.nanmean(values, axis=1, keepdims=True))
    futures = values.shape[1]
    chances = []
    for key in range(points.shape[1]):
        found = [_same_from_elsewhere(means[:, key, 0], starts[:, key])]
        if futures > 1:
            found.append(_same_in_other_futures(steps[:, key]))
        chances.append(min(1.0, len(found) * min(found)))
    return np.array(chances)


def chance_of_exchanges(values: NDArray[np.float64], keys: int) -> Values:
    """By key, the chance that a key without effect looks so in crossed samples (A, A with each key from B, B).

    What exchanging the key for that of another point changes goes with the value of that other point only if the key
    acts by itself; and it is alike in each future if the key acts at all. As for steps, the smaller chance is doubled
    where several futures were met.

    Args:
        values: [cell, future]; nan where that future failed. Each cell has a value in some future.
        keys: how many there are.
    """
    groups = values.reshape(-1, keys + 2, values.shape[1])
    means = np.nanmean(groups, axis=2)
    chances = []
    for key in range(keys):
        found = [_correlated(means[:, 1 + key] - means[:, 0], means[:, -1])]
        if values.shape[1] > 1:
            found.append(_same_in_other_futures(groups[:, 1 + key] - groups[:, 0]))
        chances.append(min(1.0, len(found) * min(found)))
    return np.array(chances)


def _steps(points: Points, values: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """[trajectory, key, future] change over the key's whole range, and [trajectory, key] lower end of each step."""
    keys = points.shape[1]
    places = points.reshape(-1, keys + 1, keys)
    reached = values.reshape(len(places), keys + 1, -1)
    moves = np.diff(places, axis=1)
    at = np.abs(moves).argmax(axis=1)  # the step that moves each key
    lengths = np.take_along_axis(moves, at[:, None, :], axis=1)[:, 0, :]
    sizes = np.take_along_axis(np.diff(reached, axis=1), at[:, :, None], axis=1) / lengths[:, :, None]
    return sizes, np.round(places.min(axis=1), 9)


def _same_from_elsewhere(sizes: Values, starts: Values) -> float:
    """F test that the mean step from each level is zero, against the spread among steps from the same level.

    Level by level, since a key that first raises and then lowers the value has a mean of zero over both.
    """
    levels, level = np.unique(starts, return_inverse=True)
    counts = np.bincount(level)
    means = np.bincount(level, sizes) / counts
    left = float(((sizes - means[level]) ** 2).sum())
    return _f_chance(float((counts * means**2).sum()), len(levels), left, len(sizes) - len(levels))


def _same_in_other_futures(sizes: NDArray[np.float64]) -> float:
    """F test that each change is zero on average over the futures, against its spread among them."""
    known = sizes[np.isfinite(sizes).all(axis=1)]
    count, futures = known.shape
    means = known.mean(axis=1)
    left = float(((known - means[:, None]) ** 2).sum())
    return _f_chance(futures * float((means**2).sum()), count, left, count * (futures - 1))


def _correlated(ones: Values, others: Values) -> float:
    """Student's test that two columns are not correlated."""
    a, b = ones - ones.mean(), others - others.mean()
    spread = sqrt(float((a**2).sum()) * float((b**2).sum()))
    if spread <= _ROUNDING**2:
        return 1.0
    shared = min(1.0, (float((a * b).sum()) / spread) ** 2)
    return _f_chance(shared, 1, 1.0 - shared, len(a) - 2)


def _f_chance(explained: float, degrees: int, left: float, degrees_left: int) -> float:
    from scipy.special import fdtrc

    if degrees_left < 1 or explained <= _ROUNDING**2:
        return 1.0
    if left <= _ROUNDING**2 * explained:
        return 0.0
    return float(fdtrc(degrees, degrees_left, (explained / degrees) / (left / degrees_left)))
