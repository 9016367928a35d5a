"""A response over a box of levers: a polynomial by least squares, no richer than the cells can bear."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import nan

import numpy as np
from numpy.typing import NDArray

from sim.studies.designs import Points

Values = NDArray[np.float64]

CELLS_PER_TERM = 1.5
"""A term is taken only if there are this many cells for each: below, a curve would follow single cells."""


@dataclass(frozen=True)
class Shape:
    """Which terms a surface has: the constant, the keys, some of their squares and products."""

    linear: tuple[int, ...]
    squares: tuple[int, ...]
    products: tuple[tuple[int, int], ...]

    def terms(self, points: Points) -> Values:
        """One row a point, one column a term; keys are centred, so that terms are little alike."""
        x = 2.0 * points - 1.0
        columns = [np.ones(len(points)), *(x[:, k] for k in self.linear)]
        columns += [x[:, k] ** 2 for k in self.squares]
        columns += [x[:, j] * x[:, k] for j, k in self.products]
        return np.column_stack(columns)

    @property
    def count(self) -> int:
        """Number of terms."""
        return 1 + len(self.linear) + len(self.squares) + len(self.products)


@dataclass(frozen=True)
class Surface:
    """A fitted surface.

    Attributes:
        shape: its terms.
        weights: of each term.
        covariance: of the weights, for a residual variance of one.
        variance: of the residuals; nan when there are as many terms as cells.
        freedom: residual degrees of freedom.
        predicted_share: share of the variance of a cell that the other cells predict (Q2 by leaving one out), at most
            1; nan where it cannot be told.
    """

    shape: Shape
    weights: Values
    covariance: Values
    variance: float
    freedom: int
    predicted_share: float

    def at(self, terms: Values) -> Values:
        """The response at rows of terms."""
        return np.asarray(terms @ self.weights)

    def error(self, terms: Values) -> Values:
        """Standard error of the response at rows of terms, from the residuals."""
        spread = np.einsum("ij,jk,ik->i", terms, self.covariance, terms)
        return np.asarray(np.sqrt(np.maximum(spread, 0.0) * self.variance))


def shape_for(points: Points) -> Shape | None:
    """The richest shape that these cells can bear; None when there are too few to say anything.

    A key with two values bends nowhere, one with a single value is left out.
    """
    values = [len(np.unique(points[:, k])) for k in range(points.shape[1])]
    linear = tuple(k for k, n in enumerate(values) if n > 1)
    squares = tuple(k for k, n in enumerate(values) if n > 2)
    products = tuple(combinations(linear, 2))
    cells = len(np.unique(points, axis=0))
    for shape in (Shape(linear, squares, products), Shape(linear, squares, ()), Shape(linear, (), ())):
        if linear and cells >= max(shape.count + 1, CELLS_PER_TERM * shape.count):
            terms = shape.terms(points)
            if np.linalg.matrix_rank(terms) == shape.count:
                return shape
    return None


def fitted(points: Points, values: Values, shape: Shape | None = None) -> Surface | None:
    """The surface through these cells, by least squares; None when they are too few."""
    shape = shape or shape_for(points)
    if shape is None or len(values) < shape.count:
        return None
    terms = shape.terms(points)
    if np.linalg.matrix_rank(terms) < shape.count:
        return None
    covariance = np.asarray(np.linalg.inv(terms.T @ terms), dtype=np.float64)
    weights = covariance @ (terms.T @ values)
    residuals = values - terms @ weights
    freedom = len(values) - shape.count
    variance = float(residuals @ residuals) / freedom if freedom > 0 else nan
    leverage = np.einsum("ij,jk,ik->i", terms, covariance, terms)
    total = float(((values - values.mean()) ** 2).sum())
    share = nan
    if freedom > 0 and total > 0.0 and float(leverage.max()) < 1.0 - 1e-9:
        share = 1.0 - float(((residuals / (1.0 - leverage)) ** 2).sum()) / total
    return Surface(shape, weights, covariance, variance, freedom, share)
