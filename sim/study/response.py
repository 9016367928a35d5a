"""What a swept study shows: how a value goes with each lever, how sure that is, and how often a limit is reached.

Cells stand in rows, replications in columns. Under common luck every cell meets the same replications, so a surface
is fitted to each replication by itself and the spread over replications is what nobody can know beforehand. With one
replication a cell the spread of the cells about the surface stands in for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import nan, sqrt

import numpy as np
from scipy.special import ndtr, stdtrit

from sim.study.designs import Points
from sim.study.surface import Shape, Surface, Values, fitted, shape_for

_Z90 = 1.6448536269514722


@dataclass(frozen=True)
class Swept:
    """One value over all cells.

    Attributes:
        points: [cell, key] in the unit cube.
        values: [cell, replication]; nan where a simulation is missing.
        common_luck: whether a replication's number means the same luck in every cell.
        bounds: least and greatest value there can be.
    """

    points: Points
    values: Values
    common_luck: bool
    bounds: tuple[float, float] = (-np.inf, np.inf)


@dataclass(frozen=True)
class Point:
    """The response at one place.

    Attributes:
        mean: expected value.
        low: with `high`, its 95 % interval; nan where it cannot be told.
        high: see `low`.
        p05: with `p95`, where nine of ten single futures lie; nan under one replication of common luck.
        p95: see `p05`.
        reached: how many of `of` futures are at the limit or above; nan where that cannot be told.
        of: futures judged by; 0 where `reached` is a probability read off the residuals.
    """

    mean: float
    low: float
    high: float
    p05: float
    p95: float
    reached: float
    of: int


class Response:
    """The fitted response of one value; `None` from `response_of` where there are too few cells."""

    def __init__(self, swept: Swept, shape: Shape, surfaces: Sequence[Surface], *, by_replication: bool) -> None:
        self._swept = swept
        self._shape = shape
        self._surfaces = surfaces
        self._by_replication = by_replication

    @property
    def predicted_share(self) -> float:
        """Share of the variance between cells that the fit predicts (Q2), in the middle of the replications."""
        shares = [surface.predicted_share for surface in self._surfaces]
        return float(np.nanmedian(shares)) if np.isfinite(shares).any() else nan

    def curve(self, key: int, places: Sequence[float], limit: float = nan) -> list[Point]:
        """Along one key, the other keys averaged over the cells."""
        return [self._point(self._averaged({key: place}), limit) for place in places]

    def at(self, fixed: dict[int, float], limit: float = nan) -> Point:
        """With some keys fixed, the other keys averaged over the cells."""
        return self._point(self._averaged(fixed), limit)

    def swing(self, key: int) -> Point:
        """How much more the upper end of a key gives than its lower end, the other keys averaged over the cells."""
        row = self._averaged({key: 1.0}) - self._averaged({key: 0.0})
        return self._point(row, nan, is_difference=True)

    def _averaged(self, fixed: dict[int, float]) -> Values:
        points = self._swept.points.copy()
        for key, place in fixed.items():
            points[:, key] = place
        return np.asarray(self._shape.terms(points).mean(axis=0))[None, :]

    def _point(self, row: Values, limit: float, *, is_difference: bool = False) -> Point:
        least, greatest = (-np.inf, np.inf) if is_difference else self._swept.bounds
        if self._by_replication:
            futures = np.array([float(surface.at(row)[0]) for surface in self._surfaces]).clip(least, greatest)
            mean, n = float(futures.mean()), len(futures)
            half = float(stdtrit(n - 1, 0.975)) * float(futures.std(ddof=1)) / sqrt(n) if n > 1 else nan
            low, high = max(least, mean - half), min(greatest, mean + half)
            p05, p95 = (float(np.quantile(futures, share)) for share in (0.05, 0.95))
            reached = nan if np.isnan(limit) else float((futures >= limit - 1e-12).sum())
            return Point(mean, low, high, p05, p95, reached, n)
        surface = self._surfaces[0]
        mean, error = float(surface.at(row)[0]), float(surface.error(row)[0])
        half = float(stdtrit(surface.freedom, 0.975)) * error if surface.freedom > 0 else nan
        low, high = float(np.clip(mean - half, least, greatest)), float(np.clip(mean + half, least, greatest))
        if self._swept.common_luck or is_difference:
            return Point(float(np.clip(mean, least, greatest)), low, high, nan, nan, nan, 0)
        spread = sqrt(surface.variance + error**2) if surface.freedom > 0 else nan
        chance = float(ndtr((mean - limit) / spread)) if spread > 0.0 else float(mean >= limit)
        p05, p95 = (float(np.clip(mean + sign * _Z90 * spread, least, greatest)) for sign in (-1, 1))
        return Point(float(np.clip(mean, least, greatest)), low, high, p05, p95, nan if np.isnan(limit) else chance, 0)


def response_of(swept: Swept) -> Response | None:
    """Fit the response; None where there are too few finished cells for even a plane."""
    columns = [column for column in swept.values.T if np.isfinite(column).any()]
    if swept.common_luck and len(columns) > 1:
        surfaces, shapes = [], []
        for column in columns:
            there = np.isfinite(column)
            shape = shape_for(swept.points[there])
            if shape is not None:
                shapes.append(shape)
        shape = min(shapes, key=lambda one: one.count, default=None)
        for column in columns if shape else ():
            there = np.isfinite(column)
            surface = fitted(swept.points[there], column[there], shape)
            surfaces += [surface] if surface else []
        if shape is None or len(surfaces) < 2:
            return None
        return Response(swept, shape, surfaces, by_replication=True)
    rows, places = np.nonzero(np.isfinite(swept.values))
    points, values = swept.points[rows], swept.values[rows, places]
    shape = shape_for(points) if len(values) else None
    surface = fitted(points, values, shape)
    if shape is None or surface is None:
        return None
    return Response(swept, shape, [surface], by_replication=False)
