"""Replications weighed by what has been measured: importance weights, their effective number, weighted verdicts.

Each replication is one draw of all that is unknown and of luck. What was measured is taken as the replication's own
value plus a normal error that is independent from figure to figure, so that a replication weighs as the product of the
normal densities (importance sampling with the prior as proposal; Kish 1965 for the effective number).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from sim.engine.normal import NORMAL_975
from sim.measure.shared_draws import SharedDraws
from sim.measure.verdicts import NO_BAND, TOO_CLOSE, Band, decided, more_for_share, wilson_share

FARTHEST = 2.0
"""Errors at 95 % between a figure and the nearest replication at which none comes near it: four standard errors."""
_DIGITS = 9
"""Kept of an effective number, so that of n equal replications it is n."""
ENOUGH = 10.0
"""Effective replications below which the next step is to simulate more."""

TOO_FEW = 3.0
"""Effective replications below which nothing is said: a median of two is no median."""


@dataclass(frozen=True)
class Weights:
    """How much each replication counts; they add up to 1."""

    each: tuple[float, ...]

    @cached_property
    def effective(self) -> float:
        """Kish's effective number: as many equal replications would be worth the same."""
        return round(1.0 / sum(weight * weight for weight in self.each), _DIGITS)


def alike(n: int) -> Weights:
    """All the same."""
    return Weights((1.0 / n,) * n)


def is_met(simulated: Sequence[float | None], value: float, plus_minus: float) -> bool:
    """Whether any replication comes near a figure."""
    return any(one is not None and abs(one - value) <= FARTHEST * plus_minus for one in simulated)


def nearest(simulated: Sequence[float | None], value: float) -> float | None:
    """The simulated value nearest to a figure; the lower of two as near."""
    there = [one for one in simulated if one is not None]
    return min(there, key=lambda one: (abs(one - value), one)) if there else None


def weights_of(figures: Sequence[tuple[Sequence[float | None], float, float]], n: int) -> Weights:
    """Weigh replications.

    Args:
        figures: of each figure what every replication says of it, its value and its error at 95 %; a replication that
            says nothing of a figure is taken to be as likely as the mean of those that do.
        n: replications.
    """
    logs = [0.0] * n
    for simulated, value, plus_minus in figures:
        terms = [None if one is None else -0.5 * (NORMAL_975 * (one - value) / plus_minus) ** 2 for one in simulated]
        told = [term for term in terms if term is not None]
        if not told:
            continue
        highest = max(told)
        mean = highest + math.log(fmean(math.exp(term - highest) for term in told))
        logs = [log + (mean if term is None else term) for log, term in zip(logs, terms, strict=True)]
    top = max(logs)
    raw = [math.exp(log - top) for log in logs]
    total = sum(raw)
    return Weights(tuple(one / total for one in raw))


def weighted_band(values: Sequence[float | None], weights: Weights) -> Band:
    """Median, 5 % and 95 % points of weighted values; where the weights are equal, those of `band_of`."""
    there = sorted((value, weight) for value, weight in zip(values, weights.each, strict=True) if value is not None)
    total = sum(weight for _, weight in there)
    if not total:
        return NO_BAND
    shares = [(value, weight / total) for value, weight in there]
    return Band(*(_quantile(shares, share) for share in (0.5, 0.05, 0.95)))


def _quantile(ordered: Sequence[tuple[float, float]], share: float) -> float:
    """The usual quantile, linear between order statistics, of weighted values (Akinshin 2023, weighted type 7).

    Each value counts by the part of a window, one effective value wide, that its stretch of all weights fills.
    """
    effective = 1.0 / sum(weight * weight for _, weight in ordered)
    left = share * (effective - 1.0) / effective
    right = left + 1.0 / effective
    found, below = 0.0, 0.0
    for value, weight in ordered:
        if below >= right:
            break
        above = below + weight
        if above > left:
            found += value * (min(above, right) - max(below, left)) * effective
        below = above
    return found


@dataclass(frozen=True)
class WeightedVerdict:
    """How likely a target is reached, with Wilson's interval at the effective number, and the verdict that allows."""

    p: float
    low: float
    high: float
    verdict: str


def weighted_verdict(
    reached: Sequence[bool], weights: Weights, required: float, shared: SharedDraws | None = None
) -> WeightedVerdict:
    """The verdict of weighted replications, as `sim.measure.verdicts.verdict` gives it of as many equal ones.

    What more would decide is told in replications to be simulated, of which as few agree with the figures as of these.

    Args:
        reached: whether each replication reaches the target.
        weights: of each.
        required: chance that is enough.
        shared: draws of a calibration that replications share; None where they share none.
    """
    n = len(weights.each)
    shared = shared or SharedDraws.none(n)
    p = min(1.0, sum(weight for one, weight in zip(reached, weights.each, strict=True) if one))
    worth = shared.worth_weighed(reached, weights.each) if shared.is_any else weights.effective
    low, high = wilson_share(p, worth)
    said = decided(low, high, required)
    if said is None:
        effective = max(1, math.floor(worth))
        more = more_for_share(p, effective, required)
        said = TOO_CLOSE if more is None else _asking(effective + more, more, n, weights.effective, shared, reached)
    return WeightedVerdict(p, low, high, said)


def _asking(wanted: int, more: int, n: int, effective: float, shared: SharedDraws, reached: Sequence[bool]) -> str:
    """How many replications more are worth so many, of which `more` are missing; too close where none are."""
    of_one = n / effective
    in_all = shared.replications_worth(wanted * of_one, reached)
    if in_all == math.inf:
        return TOO_CLOSE
    return f"undecided ({max(math.ceil(more * of_one), math.ceil(in_all) - n if shared.is_any else 0)} more)"
