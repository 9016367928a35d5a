"""Which key matters: elementary effects, Sobol' indices and PAWN, with intervals, from points and values alone."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.engine.normal import NORMAL_975
from sim.studies.chance import CHANCE, chance_of_exchanges, chance_of_steps, stands_out
from sim.studies.designs import MORRIS_LEVELS, Points, problem_of
from sim.studies.surface import Values

Method = Literal["morris", "sobol", "pawn"]
Rows = NDArray[np.int64]

SLICES = 10
"""Conditions on a key for PAWN: tenths of its range, or fewer where there are few cells."""
FEWEST_PER_SLICE = 6
FEWEST_CELLS = 2 * FEWEST_PER_SLICE
FEWEST_TRAJECTORIES = 2
FEWEST_BASE_POINTS = 8
NEARLY_ALL = 0.9
_SHUFFLES = 20_000
_RAREST_SEEN = 1e-3
"""The rarest chance that so many shuffles tell: some twenty of them are beyond."""
_MOST_AT_ONCE = 4_000_000
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
        is_noticeable: whether it stands out from nothing; where no key does anything to any of the values looked at,
            one does so in 5 % of studies.
    """

    index: float
    low: float
    high: float
    second: float
    is_noticeable: bool


def effects_of(
    method: Method,
    points: Points,
    values: NDArray[np.float64],
    seed: int,
    *,
    beside: int = 1,
    rows: Sequence[int] | None = None,
) -> list[Effect]:
    """One effect a key; empty where too few cells are finished.

    Cells whose unknowns are of one draw of a calibration need no care while the keys are varied by a design, which
    knows nothing of the draws: were a key to do nothing, its steps would be as good as independent. Where the keys are
    what was drawn (`rows`), cells of one draw have the same keys, and draws are shuffled and resampled instead of
    cells.

    Args:
        method: `morris` wants trajectories, `sobol` crossed samples, `pawn` takes any points.
        points: [cell, key] in the unit cube, in the order of the design.
        values: of each cell, or [cell, future] where all cells met the same futures; nan where one failed. A
            trajectory or a base point that has a cell without any value is left out whole.
        seed: of the resampling.
        beside: values, as this one of a target, that are looked at together: the more, the rarer a key must be.
        rows: `pawn` only: which draw each cell has its keys from, where these were drawn; None where cells differ.

    Raises:
        ModuleNotFoundError: SALib is not installed (`morris`, `sobol`).
    """
    keys = points.shape[1]
    each = _whole_futures(values.reshape(len(values), -1))
    if method == "morris":
        points, each = _whole_groups(points, each, keys + 1)
        return _morris(points, each, seed, beside) if len(each) >= FEWEST_TRAJECTORIES * (keys + 1) else []
    if method == "sobol":
        points, each = _whole_groups(points, each, keys + 2)
        return _sobol(each, keys, seed, beside) if len(each) >= FEWEST_BASE_POINTS * (keys + 2) else []
    there = np.isfinite(each).any(axis=1)
    if there.sum() < FEWEST_CELLS:
        return []
    of = np.arange(len(each)) if rows is None else np.unique(np.array(rows), return_inverse=True)[1]
    return _pawn(points[there], np.nanmean(each[there], axis=1), seed, beside, of[there])


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


def _morris(points: Points, values: NDArray[np.float64], seed: int, beside: int) -> list[Effect]:
    from SALib.analyze import morris

    keys = points.shape[1]
    named = stands_out(chance_of_steps(points, values), beside)
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


def _sobol(values: NDArray[np.float64], keys: int, seed: int, beside: int) -> list[Effect]:
    from SALib.analyze import sobol

    means = np.nanmean(values, axis=1)
    if float(means.min()) == float(means.max()):
        return [Effect(0.0, 0.0, 0.0, 0.0, is_noticeable=False)] * keys
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a resample may not vary; its index is then left out
        found = sobol.analyze(problem_of(keys), means, calc_second_order=False, num_resamples=1000, seed=seed % 2**32)
    total, half = np.asarray(found["ST"], float), np.nan_to_num(np.asarray(found["ST_conf"], float))
    first = np.asarray(found["S1"], float)
    named = stands_out(chance_of_exchanges(values, keys), beside)
    return [
        Effect(float(t), max(0.0, float(t - h)), float(t + h), float(s), is_noticeable=bool(is_named))
        for t, h, s, is_named in zip(total, half, first, named, strict=True)
    ]


def pawn_index(place: Values, values: Values, slices: int) -> float:
    """PAWN (Pianosi and Wagener 2018): median over slices of the Kolmogorov distance from the whole."""
    order = np.argsort(values, kind="stable")
    slice_of = np.empty(len(place), np.int64)
    slice_of[np.argsort(place, kind="stable")] = np.arange(len(place)) * slices // len(place)
    return float(_distances(slice_of[order][None, :], slices, _last_of_equals(values[order]))[0])


def _distances(slice_of: NDArray[np.int64], slices: int, last: Values) -> Values:
    """Median distance of the slices of cells, for each of several orders [order, cell] of their values.

    `last` marks the last of equal values.
    """
    n = slice_of.shape[1]
    inside = slice_of[:, None, :] == np.arange(slices)[None, :, None]
    below = inside.cumsum(axis=2) / inside.sum(axis=2)[:, :, None]
    gaps = np.abs(below - np.arange(1, n + 1) / n) * last
    found: Values = np.median(gaps.max(axis=2), axis=1)
    return found


def _last_of_equals(ordered: Values) -> Values:
    return np.append(ordered[1:] != ordered[:-1], True).astype(float)


def slices_for(cells: int) -> int:
    """Tenths, or as many slices as have six cells each."""
    return max(2, min(SLICES, cells // FEWEST_PER_SLICE))


def chance_level(values: Values, looked_at: int, seed: int, rows: Rows | None = None) -> float:
    """The PAWN index that the strongest of so many keys without any effect passes in 5 % of studies.

    Far beyond what shuffling shows, the tail goes on as that of Kolmogorov's distance does: the logarithm of the chance
    falls with the square of the distance.

    Args:
        values: of each cell.
        looked_at: keys, over all targets.
        seed: of the shuffling.
        rows: the draw each cell has its keys from, which are shuffled whole; None where cells differ.
    """
    last = _last_of_equals(np.sort(values)).tobytes()
    if rows is None or len(set(rows.tolist())) == len(rows):
        found = _of_shuffled(last, seed % 2**32)
    else:
        found = _of_shuffled_draws(last, rows[np.argsort(values, kind="stable")].tobytes(), seed % 2**32)
    chance = 1.0 - (1.0 - CHANCE) ** (1.0 / looked_at)
    if chance >= _RAREST_SEEN:
        return float(np.quantile(found, 1.0 - chance))
    near, far = (float(np.quantile(found, 1.0 - one)) for one in (10.0 * _RAREST_SEEN, _RAREST_SEEN))
    if near >= far:  # hardly two different values: no tail to go by, so that nothing is named
        return 1.0
    falls = log(10.0) / (far**2 - near**2)
    return min(1.0, sqrt(far**2 + log(_RAREST_SEEN / chance) / falls))


@lru_cache(maxsize=64)
def _of_shuffled(last: bytes, seed: int) -> Values:
    """PAWN indices of a key without effect, by shuffling; the same for all targets whose values tie alike."""
    marks = np.frombuffer(last)
    cells = len(marks)
    slices = slices_for(cells)
    slice_of, draw = np.arange(cells) * slices // cells, np.random.default_rng(seed)
    at_once = max(1, min(_SHUFFLES, _MOST_AT_ONCE // (cells * slices)))
    found = []
    for start in range(0, _SHUFFLES, at_once):
        orders = np.tile(slice_of, (min(at_once, _SHUFFLES - start), 1))
        found.append(_distances(draw.permuted(orders, axis=1), slices, marks))
    return np.concatenate(found)


@lru_cache(maxsize=64)
def _of_shuffled_draws(last: bytes, rows: bytes, seed: int) -> Values:
    """As `_of_shuffled`, where cells of one draw stay together; `rows` in the order of the values."""
    marks, row_of = np.frombuffer(last), np.frombuffer(rows, np.int64)
    cells = len(marks)
    slices = slices_for(cells)
    slice_at, draw = np.arange(cells) * slices // cells, np.random.default_rng(seed)
    at_once = max(1, min(_SHUFFLES, _MOST_AT_ONCE // (cells * slices)))
    found = []
    for start in range(0, _SHUFFLES, at_once):
        places = draw.random((min(at_once, _SHUFFLES - start), int(row_of.max()) + 1))[:, row_of]
        order = np.argsort(places, axis=1, kind="stable")
        slice_of = np.empty_like(order)
        np.put_along_axis(slice_of, order, np.broadcast_to(slice_at, order.shape), axis=1)
        found.append(_distances(slice_of, slices, marks))
    return np.concatenate(found)


def _resampled(rows: Rows, draw: np.random.Generator) -> list[NDArray[np.intp]]:
    """Places of cells, again and again as many draws as there are, each with all its cells."""
    n = int(rows.max()) + 1
    times = draw.integers(0, n, (_RESAMPLES, n))
    if n == len(rows):
        return list(times)
    members = np.split(np.argsort(rows, kind="stable"), np.cumsum(np.bincount(rows))[:-1])
    return [np.concatenate([members[row] for row in one]) for one in times.tolist()]


def _pawn(points: Points, values: Values, seed: int, beside: int, of: NDArray[np.intp]) -> list[Effect]:
    draw = np.random.default_rng(seed % 2**32)
    n, keys = points.shape
    rows = np.unique(of, return_inverse=True)[1].astype(np.int64)
    slices = slices_for(n)
    level = chance_level(values, keys * beside, seed, rows)
    found = []
    for key in range(keys):
        index = pawn_index(points[:, key], values, slices)
        half = 0.0
        if index > level:
            again = [pawn_index(points[some, key], values[some], slices) for some in _resampled(rows, draw)]
            half = NORMAL_975 * float(np.std(again, ddof=1))
        low, high = max(0.0, index - half), min(1.0, index + half)
        found.append(Effect(index, low, high, level, is_noticeable=index > level))
    return found
