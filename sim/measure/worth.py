"""What is worth measuring in the middle of a plan: which figures of that day go with how a target ends.

Knowing a figure narrows a target by the part of its variance that goes with it, on average over what the figure may
turn out to be (the expected reduction of the posterior variance, for a linear relation of ranks). Figures are taken
one after another, each for what it adds to those before it, and only while that is more than chance among all that
could have been taken.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.measure.influence import is_noticeable, ranks
from sim.measure.shared_draws import SharedDraws

MOST_FIGURES = 3
_LEAST_SPREAD = 1e-9
_Figure = TypeVar("_Figure", bound=Hashable)


@dataclass(frozen=True)
class Worth(Generic[_Figure]):
    """One figure that is worth measuring, beside those taken before it.

    Attributes:
        figure: what would be measured.
        correlation: its rank correlation with the target, what the figures before it say taken off both.
        spread_left: the target's spread once this and the figures before it are known, of the spread before: the root
            of what is left of the variance of ranks, with the usual allowance for figures that were chosen to fit.
    """

    figure: _Figure
    correlation: float
    spread_left: float


def worth_measuring(
    figures: Mapping[_Figure, Sequence[float]],
    target: Sequence[float],
    targets: int = 1,
    shared: SharedDraws | None = None,
) -> list[Worth[_Figure]]:
    """The figures that narrow a target most, at most `MOST_FIGURES`; none where chance would do as well.

    Args:
        figures: what each replication says of each figure on the day; all have a value.
        target: what the target comes to in each replication.
        targets: how many targets are asked about, for chance would name something for one of many.
        shared: draws of a calibration that replications share; None where they share none.
    """
    n = len(target)
    left = _centred(target)
    whole = float(left @ left)
    if whole <= _LEAST_SPREAD:
        return []
    columns = {key: _centred(values) for key, values in figures.items()}
    columns = {key: column for key, column in columns.items() if column @ column > _LEAST_SPREAD}
    tested = len(columns) * targets
    taken: list[Worth[_Figure]] = []
    while columns and len(taken) < MOST_FIGURES:
        found = {key: _correlation(column, left) for key, column in columns.items()}
        best = max(found, key=lambda key: abs(found[key]))
        known = len(taken) + 1
        told = n if shared is None else shared.worth_together(columns[best].tolist(), left.tolist())
        if n - known < _FEWEST_LEFT or not is_noticeable(found[best], told - len(taken), tested):
            break
        axis = columns.pop(best)
        axis = axis / np.sqrt(axis @ axis)
        left = left - (axis @ left) * axis
        columns = {key: column - (axis @ column) * axis for key, column in columns.items()}
        columns = {key: column for key, column in columns.items() if column @ column > _LEAST_SPREAD * n}
        unexplained = float(left @ left) / whole * (n - 1) / (n - 1 - known)
        taken.append(Worth(best, found[best], min(1.0, unexplained) ** 0.5))
    return taken


_FEWEST_LEFT = 5
"""Replications beyond the figures taken below which nothing more can be told."""


def _centred(values: Sequence[float]) -> NDArray[np.float64]:
    return np.asarray(ranks(values)) - (len(values) + 1) / 2.0


def _correlation(one: NDArray[np.float64], other: NDArray[np.float64]) -> float:
    scale = float(np.sqrt((one @ one) * (other @ other)))
    return float(one @ other) / scale if scale > _LEAST_SPREAD else 0.0
