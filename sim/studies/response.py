"""What a swept study shows: how a value goes with each lever, how sure that is, and how often a limit is reached.

Cells stand in rows, replications in columns. Under common luck every cell meets the same replications, so a surface
is fitted to each replication by itself and the spread over replications is what nobody can know beforehand. With
their own luck the spread of the cells about the surface stands in for it, and the chance of a limit is a logistic
regression on which cells reached it. Replications that share draws of a calibration count for as many as they are
worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import nan

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from sim.engine.normal import NORMAL_95
from sim.measure.comparison import half_width
from sim.measure.shared_draws import SharedDraws
from sim.studies.designs import Points
from sim.studies.surface import Shape, Surface, Values, fitted, shape_for

_PRIOR_SPREAD = 2.5
"""Weakly informative: a lever is not taken to change the odds more than some hundredfold unless the cells say so
(Gelman, Jakulin, Pittau and Su, Annals of Applied Statistics 2, 2008, with a normal for their Cauchy law)."""
_ODDS_STEPS = 50


def odds_weights(terms: Values, reached: Values) -> Values | None:
    """Weights of the log odds, whose mean chance over the cells is the share that reached; None if all or none did.

    Args:
        terms: [cell, term], the first of them constant.
        reached: [cell] 1 where the limit was reached, else 0.
    """
    share = float(reached.mean())
    if share in (0.0, 1.0):
        return None
    precision = np.full(terms.shape[1], _PRIOR_SPREAD**-2)
    precision[0] = 0.0
    weights = np.zeros(terms.shape[1])
    weights[0] = np.log(share / (1.0 - share))
    for _ in range(_ODDS_STEPS):
        chances = chances_at(terms, weights)
        slope = terms.T @ (reached - chances) - precision * weights
        bend = (terms * (chances * (1.0 - chances))[:, None]).T @ terms + np.diag(precision)
        step = np.linalg.solve(bend, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-10:
            break
    return weights


def chances_at(terms: Values, weights: Values) -> Values:
    """Chance of reaching the limit at rows of terms."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(terms @ weights, -500.0, 500.0))))


_EDGE = 0.002
"""Shares nearer than this to 0 or 1 are taken for so near: a logit has no end."""
_BETTER = 0.01
"""The other scale must predict this much more of the variance, or the plain one stays."""


@dataclass(frozen=True)
class Swept:
    """One value over all cells.

    Attributes:
        points: [cell, key] in the unit cube.
        values: [cell, replication]; nan where a simulation is missing.
        common_luck: whether a replication's number means the same luck in every cell.
        bounds: least and greatest value there can be.
        draws: [cell, replication] which row of a calibration each has its unknowns from; None where none is shared.
    """

    points: Points
    values: Values
    common_luck: bool
    bounds: tuple[float, float] = (-np.inf, np.inf)
    draws: NDArray[np.int64] | None = None

    def shared(self, chosen: NDArray[np.bool_], cells: NDArray[np.intp] | slice = slice(None)) -> SharedDraws:
        """Which draws share those that are chosen among some cells: [cell, replication], or [replication] in common."""
        if self.draws is None:
            return SharedDraws.none(int(chosen.sum()))
        rows = self.draws[0] if chosen.ndim == 1 else self.draws[cells]
        return SharedDraws(tuple(rows[chosen].tolist()))


@dataclass(frozen=True)
class Point:
    """The response at one place.

    Attributes:
        mean: expected value.
        low: with `high`, its 95 % interval; nan where it cannot be told.
        high: see `low`.
        p05: with `p95`, where nine of ten single futures lie; nan under one replication of common luck.
        p95: see `p05`.
        reached: how many of `of` futures are at the limit or above (of shares: the chance, times `of`); nan where
            that cannot be told.
        of: futures judged by; 0 where `reached` is a chance, from which of the cells are at the limit.
        worth: independent futures that these are worth.
    """

    mean: float
    low: float
    high: float
    p05: float
    p95: float
    reached: float
    of: int
    worth: float


@dataclass(frozen=True)
class Link:
    """The scale on which a polynomial is fitted: as it stands, or logits, on which shares level off at both ends."""

    is_logit: bool

    def forth(self, values: Values) -> Values:
        """From the value's own scale."""
        if not self.is_logit:
            return values
        inside = np.clip(values, _EDGE, 1.0 - _EDGE)
        return np.asarray(np.log(inside / (1.0 - inside)))

    def back(self, fitted_values: Values) -> Values:
        """To the value's own scale."""
        return np.asarray(1.0 / (1.0 + np.exp(-fitted_values))) if self.is_logit else fitted_values

    def slope(self, fitted_values: Values) -> Values:
        """Derivative of `back`."""
        shares = self.back(fitted_values)
        return shares * (1.0 - shares) if self.is_logit else np.ones_like(fitted_values)


class Response:
    """The fitted response of one value; `None` from `response_of` where there are too few cells."""

    def __init__(
        self,
        swept: Swept,
        shape: Shape,
        surfaces: Sequence[Surface],
        link: Link,
        shared: SharedDraws,
        *,
        by_replication: bool,
    ) -> None:
        self._swept = swept
        self._shape = shape
        self._surfaces = surfaces
        self._link = link
        self._shared = shared
        self._by_replication = by_replication

    @property
    def predicted_share(self) -> float:
        """Share of the variance between cells that the fit predicts (Q2), in the middle of the replications."""
        shares = [surface.predicted_share for surface in self._surfaces]
        return float(np.nanmedian(shares)) if np.isfinite(shares).any() else nan

    def curve(self, key: int, places: Sequence[float], limit: float = nan) -> list[Point]:
        """Along one key, the other keys averaged over the cells."""
        return [self.at({key: place}, limit) for place in places]

    def at(self, fixed: dict[int, float], limit: float = nan) -> Point:
        """With some keys fixed, the other keys averaged over the cells."""
        terms = self._terms(fixed)
        if self._by_replication:
            futures = [self._mean(surface, terms) for surface in self._surfaces]
            point = self._of_futures(futures, limit)
            if np.isnan(limit) or not np.isfinite(self._swept.bounds).all():
                return point
            return replace(point, reached=self._chance(terms, limit) * point.of, worth=self._shared.worth(futures))
        surface = self._surfaces[0]
        return self._of_cells(surface, self._mean(surface, terms), self._gradient(surface, terms), terms, limit)

    def swing(self, key: int) -> Point:
        """How much more the upper end of a key gives than its lower end, the other keys averaged over the cells."""
        upper, lower = self._terms({key: 1.0}), self._terms({key: 0.0})
        moved = [self._mean(surface, upper) - self._mean(surface, lower) for surface in self._surfaces]
        if self._by_replication:
            return self._of_futures(moved, nan, bounds=(-np.inf, np.inf))
        surface = self._surfaces[0]
        half = self._half(surface, self._gradient(surface, upper) - self._gradient(surface, lower))
        return Point(moved[0], moved[0] - half, moved[0] + half, nan, nan, nan, 0, 0.0)

    def _terms(self, fixed: dict[int, float]) -> Values:
        points = self._swept.points.copy()
        for key, place in fixed.items():
            points[:, key] = place
        return self._shape.terms(points)

    def _mean(self, surface: Surface, terms: Values) -> float:
        least, greatest = self._swept.bounds
        return float(np.clip(self._link.back(surface.at(terms)).mean(), least, greatest))

    def _gradient(self, surface: Surface, terms: Values) -> Values:
        """How the mean over the cells moves with each weight of the fit."""
        return np.asarray((self._link.slope(surface.at(terms))[:, None] * terms).mean(axis=0))

    def _half(self, surface: Surface, gradient: Values) -> float:
        if surface.freedom <= 0:
            return nan
        return float(stdtrit(surface.freedom, 0.975)) * float(surface.error(gradient[None, :])[0])

    def _of_futures(self, found: Sequence[float], limit: float, bounds: tuple[float, float] | None = None) -> Point:
        least, greatest = bounds or self._swept.bounds
        futures = np.array(found)
        mean, n = float(futures.mean()), len(futures)
        worth = self._shared.worth(futures.tolist())
        half = half_width(float(futures.std(ddof=1)), worth)
        p05, p95 = (float(np.quantile(futures, share)) for share in (0.05, 0.95))
        there = futures >= limit - 1e-12
        reached = nan if np.isnan(limit) else float(there.sum())
        told = worth if np.isnan(limit) else self._shared.worth(there.tolist())
        return Point(mean, max(least, mean - half), min(greatest, mean + half), p05, p95, reached, n, told)

    def _of_cells(self, surface: Surface, mean: float, gradient: Values, terms: Values, limit: float) -> Point:
        least, greatest = self._swept.bounds
        half = self._half(surface, gradient)
        low, high = float(np.clip(mean - half, least, greatest)), float(np.clip(mean + half, least, greatest))
        if self._swept.common_luck or surface.freedom <= 0:
            return Point(mean, low, high, nan, nan, nan, 0, 0.0)
        fits = surface.at(terms)
        spread = np.maximum(np.sqrt(surface.variance + surface.error(terms) ** 2), 1e-300)
        ends = (float(self._link.back(fits + sign * NORMAL_95 * spread).mean()) for sign in (-1.0, 1.0))
        p05, p95 = (float(np.clip(end, least, greatest)) for end in ends)
        return Point(mean, low, high, p05, p95, nan if np.isnan(limit) else self._chance(terms, limit), 0, 0.0)

    def _chance(self, terms: Values, limit: float) -> float:
        """From which cells reached the limit, not from how they spread: values pile up where they can go no further."""
        rows, places = np.nonzero(np.isfinite(self._swept.values))
        reached = (self._swept.values[rows, places] >= limit - 1e-12).astype(np.float64)
        weights = odds_weights(self._shape.terms(self._swept.points[rows]), reached)
        return float(reached[0]) if weights is None else float(chances_at(terms, weights).mean())


def response_of(swept: Swept) -> Response | None:
    """Fit the response on the scale that predicts left-out cells better; None where cells are too few for a plane."""
    plain = _fitted_on(swept, Link(is_logit=False))
    if swept.bounds != (0.0, 1.0) or plain is None:
        return plain
    levelled = _fitted_on(swept, Link(is_logit=True))
    if levelled is None or not levelled.predicted_share > plain.predicted_share + _BETTER:
        return plain
    return levelled


def _fitted_on(swept: Swept, link: Link) -> Response | None:
    there = np.isfinite(swept.values)
    columns = [column for column in swept.values.T if np.isfinite(column).any()]
    by_replication = swept.common_luck and len(columns) > 1
    if not by_replication:
        rows, places = np.nonzero(there)
        columns = [swept.values[rows, places]]
        sites = [swept.points[rows]]
        shared = swept.shared(there)
    else:
        sites = [swept.points[np.isfinite(column)] for column in columns]
        columns = [column[np.isfinite(column)] for column in columns]
        shared = swept.shared(np.asarray(there.any(axis=0)))
    shapes = [shape_for(points) for points in sites if len(points)]
    shape = min((one for one in shapes if one is not None), key=lambda one: one.count, default=None)
    if shape is None:
        return None
    found = [_surface(points, column, shape, link) for points, column in zip(sites, columns, strict=True)]
    surfaces = [one for one in found if one is not None]
    if len(surfaces) < (2 if by_replication else 1):
        return None
    if by_replication:
        shared = shared.of(place for place, one in enumerate(found) if one is not None)
    elif shared.is_any and not swept.common_luck:
        surfaces = [_over_draws(surfaces[0], shape.terms(sites[0]), link.forth(columns[0]), shared)]
    return Response(swept, shape, surfaces, link, shared, by_replication=by_replication)


def _over_draws(surface: Surface, terms: Values, values: Values, shared: SharedDraws) -> Surface:
    """The surface with the covariance its weights have where cells of one draw of a calibration are off together.

    Cells that share a draw are off the surface by as much, as far as their residuals are alike (Moulton 1986). Where
    draws happen to lie so that a weight would be the surer for it, that is left out: how alike they are is a guess.
    """
    off = (values - surface.at(terms)).tolist()
    _, row_of = np.unique(np.array(shared.rows), return_inverse=True)
    summed = np.zeros((int(row_of.max()) + 1, terms.shape[1]))
    np.add.at(summed, row_of, terms)
    root = np.linalg.cholesky(surface.covariance)
    sizes, ways = np.linalg.eigh(root.T @ (summed.T @ summed) @ root)  # 1 in every way where no draw is shared
    wider = 1.0 + shared.likeness(off) * np.maximum(sizes - 1.0, 0.0)
    covariance = root @ (ways * wider) @ ways.T @ root.T
    freedom = max(1, round(surface.freedom * shared.worth(off) / len(off))) if surface.freedom > 0 else 0
    return replace(surface, covariance=covariance, freedom=freedom)


def _surface(points: Points, values: Values, shape: Shape, link: Link) -> Surface | None:
    """Fitted on the link's scale, judged on the value's own."""
    surface = fitted(points, link.forth(values), shape)
    if surface is None or not link.is_logit or surface.freedom <= 0:
        return surface
    terms = shape.terms(points)
    leverage = np.einsum("ij,jk,ik->i", terms, surface.covariance, terms)
    total = float(((values - values.mean()) ** 2).sum())
    if total <= 0.0 or float(leverage.max()) >= 1.0 - 1e-9:
        return surface
    fits = surface.at(terms)
    left_out = link.forth(values) - (link.forth(values) - fits) / (1.0 - leverage)
    share = 1.0 - float(((values - link.back(left_out)) ** 2).sum()) / total
    return replace(surface, predicted_share=share)
