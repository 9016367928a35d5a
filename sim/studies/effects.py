"""Which key matters: elementary effects, Sobol' indices and PAWN, with intervals, from points and values alone."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.engine.normal import NORMAL_975
from sim.studies.chance import CHANCE, chance_of_exchanges, chance_of_steps, stands_out
from sim.studies.designs import MORRIS_LEVELS, Points, problem_of
from sim.studies.surface import Values

Method = Literal["morris", "sobol", "pawn"]

SLICES = 10
"""Conditions on a key for PAWN: tenths of its range, or fewer where there are few cells."""
FEWEST_PER_SLICE = 6
FEWEST_CELLS = 2 * FEWEST_PER_SLICE
FEWEST_TRAJECTORIES = 2
FEWEST_BASE_POINTS = 8
NEARLY_ALL = 0.9
_SHUFFLES = 4_000
_RESAMPLES = 200


@dataclass(frozen=True)
class Effect:
    """What one key does to a value.

    Attributes:
        index: mean size of the change over the key's whole range (`morris`, in the value's unit); total share of the
            variance, interactions included (`sobol`); how far fixing the key moves the whole distribution, 0 to 1
            (`pawn`).
        low: with `high`, its 95 % interval by resampling.
        high: see `low`.
        second: spread of the change, which is zero where the key acts evenly and by itself (`morris`); share of the
            variance that the key removes by itself (`sobol`); what chance alone would give to the strongest of as many
            keys (`pawn`).
        is_noticeable: whether it stands out from nothing; where no key does anything, one does so in 5 % of studies.
    """

    index: float
    low: float
    high: float
    second: float
    is_noticeable: bool


def effects_of(method: Method, points: Points, values: NDArray[np.float64], seed: int) -> list[Effect]:
    """One effect a key; empty where too few cells are finished.

    Args:
        method: `morris` wants trajectories, `sobol` crossed samples, `pawn` takes any points.
        points: [cell, key] in the unit cube, in the order of the design.
        values: of each cell, or [cell, future] where all cells met the same futures; nan where one failed. A
            trajectory or a base point that has a cell without any value is left out whole.
        seed: of the resampling.

    Raises:
        ModuleNotFoundError: SALib is not installed (`morris`, `sobol`).
    """
    keys = points.shape[1]
    each = _whole_futures(values.reshape(len(values), -1))
    if method == "morris":
        points, each = _whole_groups(points, each, keys + 1)
        return _morris(points, each, seed) if len(each) >= FEWEST_TRAJECTORIES * (keys + 1) else []
    if method == "sobol":
        points, each = _whole_groups(points, each, keys + 2)
        return _sobol(each, keys, seed) if len(each) >= FEWEST_BASE_POINTS * (keys + 2) else []
    there = np.isfinite(each).any(axis=1)
    return _pawn(points[there], np.nanmean(each[there], axis=1), seed) if there.sum() >= FEWEST_CELLS else []


def _whole_futures(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The futures that nearly all cells have met, as many as the future that most have met.

    A future that only some cells have met would put its own level into what differs between cells.
    """
    met = np.isfinite(values).sum(axis=0)
    return values[:, met >= NEARLY_ALL * met.max()]


def _whole_groups(points: Points, values: NDArray[np.float64], size: int) -> tuple[Points, NDArray[np.float64]]:
    whole = len(values) // size * size
    kept = np.isfinite(values[:whole]).any(axis=1).reshape(-1, size).all(axis=1)
    rows = np.repeat(kept, size)
    return points[:whole][rows], values[:whole][rows]


def _morris(points: Points, values: NDArray[np.float64], seed: int) -> list[Effect]:
    from SALib.analyze import morris

    keys = points.shape[1]
    named = stands_out(chance_of_steps(points, values))
    means = np.nanmean(values, axis=1)
    found = morris.analyze(
        problem_of(keys), points, means, num_levels=MORRIS_LEVELS, num_resamples=1000, seed=seed % 2**32
    )
    size, half = np.asarray(found["mu_star"], float), np.nan_to_num(np.asarray(found["mu_star_conf"], float))
    spread = np.nan_to_num(np.asarray(found["sigma"], float))
    return [
        Effect(float(m), max(0.0, float(m - h)), float(m + h), float(s), is_noticeable=bool(is_named))
        for m, h, s, is_named in zip(size, half, spread, named, strict=True)
    ]


def _sobol(values: NDArray[np.float64], keys: int, seed: int) -> list[Effect]:
    from SALib.analyze import sobol

    means = np.nanmean(values, axis=1)
    if float(means.min()) == float(means.max()):
        return [Effect(0.0, 0.0, 0.0, 0.0, is_noticeable=False)] * keys
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a resample may not vary; its index is then left out
        found = sobol.analyze(problem_of(keys), means, calc_second_order=False, num_resamples=1000, seed=seed % 2**32)
    total, half = np.asarray(found["ST"], float), np.nan_to_num(np.asarray(found["ST_conf"], float))
    first = np.asarray(found["S1"], float)
    named = stands_out(chance_of_exchanges(values, keys))
    return [
        Effect(float(t), max(0.0, float(t - h)), float(t + h), float(s), is_noticeable=bool(is_named))
        for t, h, s, is_named in zip(total, half, first, named, strict=True)
    ]


def pawn_index(place: Values, values: Values, slices: int) -> float:
    """PAWN (Pianosi and Wagener 2018): median over slices of the Kolmogorov distance from the whole."""
    order = np.argsort(values, kind="stable")
    slice_of = np.empty(len(place), np.int64)
    slice_of[np.argsort(place, kind="stable")] = np.arange(len(place)) * slices // len(place)
    return _distance(slice_of[order], slices, _last_of_equals(values[order]))


def _distance(slice_of: np.ndarray[tuple[int], np.dtype[np.int64]], slices: int, last: Values) -> float:
    """Median distance of the slices of cells in the order of their values; `last` marks the last of equal values."""
    n = len(slice_of)
    inside = slice_of[None, :] == np.arange(slices)[:, None]
    below = inside.cumsum(axis=1) / inside.sum(axis=1)[:, None]
    gaps = np.abs(below - np.arange(1, n + 1) / n) * last
    return float(np.median(gaps.max(axis=1)))


def _last_of_equals(ordered: Values) -> Values:
    return np.append(ordered[1:] != ordered[:-1], True).astype(float)


def slices_for(cells: int) -> int:
    """Tenths, or as many slices as have six cells each."""
    return max(2, min(SLICES, cells // FEWEST_PER_SLICE))


def chance_level(values: Values, keys: int, seed: int) -> float:
    """The PAWN index that the strongest of so many keys without any effect passes in 5 % of studies."""
    draw = np.random.default_rng(seed % 2**32)
    slices = slices_for(len(values))
    slice_of = np.arange(len(values)) * slices // len(values)
    last = _last_of_equals(np.sort(values))
    found = [_distance(draw.permutation(slice_of), slices, last) for _ in range(_SHUFFLES)]
    return float(np.quantile(found, (1.0 - CHANCE) ** (1.0 / keys)))


def _pawn(points: Points, values: Values, seed: int) -> list[Effect]:
    draw = np.random.default_rng(seed % 2**32)
    n, keys = points.shape
    slices = slices_for(n)
    level = chance_level(values, keys, seed)
    found = []
    for key in range(keys):
        index = pawn_index(points[:, key], values, slices)
        half = 0.0
        if index > level:
            rows = draw.integers(0, n, (_RESAMPLES, n))
            again = [pawn_index(points[row, key], values[row], slices) for row in rows]
            half = NORMAL_975 * float(np.std(again, ddof=1))
        low, high = max(0.0, index - half), min(1.0, index + half)
        found.append(Effect(index, low, high, level, is_noticeable=index > level))
    return found
