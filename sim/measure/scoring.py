"""How a prediction fared against a reported figure: what would have been reported, its score, and naive forecasts."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from statistics import NormalDist

from scipy.special import expit, logit

from sim.engine.normal import NORMAL_975
from sim.measure.weighing import Weights

_PARTS = 20
DAYS_A_YEAR = 365.25


def would_be_reported(
    simulated: Sequence[float | None], optimism: float, error: float, *, is_share: bool
) -> tuple[float, ...]:
    """What the replications say would have been reported, in order: each simulated value, its optimism and error.

    Args:
        simulated: of each replication; None where it says nothing.
        optimism: what a self-report is expected to add.
        error: what the figure may be off by at 95 %, either way.
        is_share: whether the value is a share.
    """
    offs = _offs(optimism, error)
    return tuple(
        sorted(value for one in simulated if one is not None for value in _reported(one, offs, is_share=is_share))
    )


def weighed_reports(
    simulated: Sequence[float | None], weights: Sequence[float], optimism: float, error: float, *, is_share: bool
) -> tuple[list[float], Weights]:
    """As `would_be_reported`, of replications that do not count alike: the values, and how much each counts.

    Args:
        simulated: of each replication; None where it says nothing.
        weights: how much each replication counts.
        optimism: what a self-report is expected to add.
        error: what the figure may be off by at 95 %, either way.
        is_share: whether the value is a share.

    Raises:
        ZeroDivisionError: no replication that counts says anything.
    """
    offs = _offs(optimism, error)
    told = [(one, weight) for one, weight in zip(simulated, weights, strict=True) if one is not None]
    total = sum(weight for _, weight in told)
    values = [value for one, _ in told for value in _reported(one, offs, is_share=is_share)]
    return values, Weights(tuple(weight / total / _PARTS for _, weight in told for _ in offs))


def _offs(optimism: float, error: float) -> list[float]:
    """A normal error by equally likely points, on top of what a self-report adds."""
    law = NormalDist(optimism, error / NORMAL_975)
    return [law.inv_cdf((part + 0.5) / _PARTS) for part in range(_PARTS)]


def _reported(simulated: float, offs: Sequence[float], *, is_share: bool) -> Iterator[float]:
    """A share stays between nothing and all."""
    most = 1.0 if is_share else math.inf
    return (min(most, max(0.0, simulated + off)) for off in offs)


def crps(predicted: Sequence[float], value: float) -> float:
    """The continuous ranked probability score of equally likely values, in their unit: 0 is perfect.

    E|X - y| - E|X - X'| / 2 (Gneiting and Raftery 2007, equation 21), whose second mean over values in order is a sum
    with weights 2i - n - 1. Of one value it is the absolute error.

    Args:
        predicted: in ascending order.
        value: what was observed.
    """
    n = len(predicted)
    apart = math.fsum(abs(one - value) for one in predicted) / n
    spread = math.fsum((2 * place - n - 1) * one for place, one in enumerate(predicted, start=1)) / (n * n)
    return apart - spread


def share_below(predicted: Sequence[float], value: float) -> float:
    """The share of a prediction, in ascending order, below what was observed; of equal values half."""
    return (bisect_left(predicted, value) + bisect_right(predicted, value)) / 2 / len(predicted)


def rank(simulated: Sequence[float | None], value: float) -> int:
    """The place of a value among the replications in order: 1 below all, one more than their number above all."""
    below = sum(one is not None and one < value for one in simulated)
    return 1 + below + sum(one == value for one in simulated) // 2


Point = tuple[date, float]
"""A day, and a value on it."""


def straight_line(first: Point, second: Point, day: date) -> float:
    """The value on a day if it went on along the line through two points."""
    years = (second[0] - first[0]).days / DAYS_A_YEAR
    return second[1] + (second[1] - first[1]) / years * (day - second[0]).days / DAYS_A_YEAR


def logistic(first: Point, second: Point, day: date) -> float | None:
    """The share on a day if its logit went on along the line through two points; None where one has no logit."""
    if not all(0.0 < value < 1.0 for _, value in (first, second)):
        return None
    begun, last = ((at, float(logit(value))) for at, value in (first, second))
    return float(expit(straight_line(begun, last, day)))
