"""What the cells of a sweep show by themselves along one key: means of groups of cells, with no curve between them.

A grid is grouped by the values of the key, other designs into lower, middle and upper third. Under common luck the
groups meet the same futures, so means and differences are taken future by future and their intervals come from the
spread over futures (Student's t); with their own luck every simulation is a case by itself (Welch's t). Those that
share draws of a calibration count for as many as they are worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, nan, sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.measure.comparison import SIGNIFICANCE, chance_of_equal_signs, half_width
from sim.measure.shared_draws import SharedDraws
from sim.studies.response import Swept
from sim.studies.surface import Values

MOST_LEVELS = 6
"""A key with more values than this is grouped into thirds."""
_THIRDS = 3
_LEAST = 2


@dataclass(frozen=True)
class Means:
    """A mean with its 95 % interval; nan where one cannot be told."""

    mean: float
    low: float = nan
    high: float = nan


@dataclass(frozen=True)
class Group:
    """Cells that stand together along a key.

    Attributes:
        place: of the key, from 0 to 1, the mean of its cells.
        cells: their numbers.
        level: the mean value.
        reached: simulations at the limit or above.
        simulations: of the group that have a value.
    """

    place: float
    cells: NDArray[np.intp]
    level: Means
    reached: int
    simulations: int


def groups_along(swept: Swept, key: int, limit: float) -> list[Group]:
    """The groups of cells along a key, the lowest first; those without any value are left out."""
    places = swept.points[:, key]
    levels, level_of = np.unique(places, return_inverse=True)
    if len(levels) <= MOST_LEVELS:
        members = [np.flatnonzero(level_of == number) for number in range(len(levels))]
    else:
        members = list(np.array_split(np.argsort(places, kind="stable"), _THIRDS))
    return [
        _group(swept, cells, float(places[cells].mean()), limit)
        for cells in members
        if np.isfinite(swept.values[cells]).any()
    ]


def plateaus(swept: Swept, groups: Sequence[Group]) -> list[int]:
    """Which run of neighbours each group stands in, from 1: a run ends where a group clearly differs from its first.

    Groups that give the very same differ in nothing, however few futures there are.
    """
    numbers: list[int] = []
    first = None
    for group in groups:
        apart = Means(0.0) if first is None else difference(swept, first, group)
        alike = apart.mean == 0.0 or apart.low <= 0.0 <= apart.high
        if first is None or not alike:
            first = group
        numbers.append((numbers[-1] if numbers else 1) + (0 if alike else 1))
    return numbers


def difference(swept: Swept, lower: Group, upper: Group) -> Means:
    """How much more the upper group gives than the lower one; under common luck in the futures that both have met.

    Its interval goes no further than from bound to bound: no share rises by more than 100 points.
    """
    mean = upper.level.mean - lower.level.mean
    least, most = swept.bounds
    bounds = least - most, most - least
    if swept.common_luck:
        apart = _by_future(swept, upper.cells) - _by_future(swept, lower.cells)
        shared = swept.shared(np.isfinite(apart))
        found = _of(apart, bounds, mean, shared)
        return found if _tells(found, _worth(_known(apart), shared)) else Means(found.mean)
    return _apart_by_simulations(swept, lower, upper, mean, bounds)


def _apart_by_simulations(swept: Swept, lower: Group, upper: Group, mean: float, bounds: tuple[float, float]) -> Means:
    """Of groups with their own luck. That both may have met one draw would make it surer, and is left out."""
    above, below = _known(swept.values[upper.cells]), _known(swept.values[lower.cells])
    if min(len(above), len(below)) < _LEAST:
        return Means(mean)
    n, m = (_worth(_known(swept.values[one.cells]), _shared_in(swept, one.cells)) for one in (upper, lower))
    parts = float(above.var(ddof=1)) / n, float(below.var(ddof=1)) / m
    error = sum(parts)
    if error <= 0.0:
        found = Means(mean, mean, mean)
        return found if _tells(found, min(n, m)) else Means(mean)
    freedom = error**2 / (parts[0] ** 2 / max(1.0, n - 1.0) + parts[1] ** 2 / max(1.0, m - 1.0))
    half = float(stdtrit(freedom, 0.975)) * sqrt(error)
    return Means(mean, max(bounds[0], mean - half), min(bounds[1], mean + half))


def _tells(found: Means, samples: float) -> bool:
    """Whether an interval may be shown: one of no width at all needs as many equal signs as make 5 %."""
    return found.low < found.high or found.mean == 0.0 or chance_of_equal_signs(floor(samples)) <= SIGNIFICANCE


def _shared_in(swept: Swept, cells: NDArray[np.intp]) -> SharedDraws:
    return swept.shared(np.isfinite(swept.values[cells]), cells)


def _worth(known: Values, shared: SharedDraws) -> float:
    return shared.worth(known.tolist())


def _group(swept: Swept, cells: NDArray[np.intp], place: float, limit: float) -> Group:
    values = _known(swept.values[cells])
    samples = _by_future(swept, cells) if swept.common_luck else values
    shared = swept.shared(np.isfinite(samples)) if swept.common_luck else _shared_in(swept, cells)
    level = _of(samples, swept.bounds, float(values.mean()), shared)
    return Group(place, cells, level, int((values >= limit - 1e-12).sum()), len(values))


def _by_future(swept: Swept, cells: NDArray[np.intp]) -> Values:
    """The mean of the cells in each future that all of them have met; nan in the others."""
    return np.asarray(swept.values[cells].mean(axis=0))


def _of(samples: Values, bounds: tuple[float, float], mean: float, shared: SharedDraws) -> Means:
    known = _known(samples)
    if len(known) < _LEAST:
        return Means(mean)
    mean = float(known.mean())
    worth = _worth(known, shared)
    half = half_width(float(known.std(ddof=1)), worth)
    return Means(mean, max(bounds[0], mean - half), min(bounds[1], mean + half))


def _known(values: Values) -> Values:
    return np.asarray(values[np.isfinite(values)])
