"""What weights say of the unknowns themselves: which of them moved by more than chance would move any."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean

from sim.measure.influence import ranks
from sim.measure.verdicts import Band
from sim.measure.weighing import ENOUGH, Weights, alike, weighted_band

CHANCE = 0.05
"""Of anything being called learnt where nothing is to be learnt."""


@dataclass(frozen=True)
class Learnt:
    """One unknown before and after its draws are weighed.

    Attributes:
        before: as it was drawn.
        after: weighed.
        shift: how far the mean moved, in standard deviations of before.
        spread_left: the standard deviation after, of that before.
        p_value: how likely chance moves the mean rank of an unknown that has nothing to do with the weights so far.
        effective: draws that the weights are worth.
    """

    before: Band
    after: Band
    shift: float
    spread_left: float
    p_value: float
    effective: float

    def is_learnt(self, unknowns: int) -> bool:
        """Whether it moved by more than chance would move the farthest of so many (Bonferroni).

        Of few effective draws nothing is said: their mean is that of one or two, and no longer nearly normal.
        """
        return self.effective >= ENOUGH and self.p_value * unknowns < CHANCE


def learnt_of(values: Sequence[float], weights: Weights) -> Learnt | None:
    """What the weights say of one unknown; None where it was the same in every draw.

    The mean of weighed draws that have nothing to do with their weights has the variance of the draws by the sum of
    the squared weights, less what the plain mean takes from it: 1 / effective - 1 / n. It is taken of ranks, since one
    far draw of a skewed unknown would decide the mean of the values. The draws are independent: only a run that draws
    from no calibration is calibrated.
    """
    n, mean, spread = len(values), fmean(values), _spread(values)
    if min(values) == max(values):
        return None
    after = sum(weight * value for weight, value in zip(weights.each, values, strict=True))
    variance = sum(weight * (value - after) ** 2 for weight, value in zip(weights.each, values, strict=True))
    by_chance = math.sqrt(max(0.0, 1.0 / weights.effective - 1.0 / n))
    shift = (after - mean) / spread
    order = ranks(values)
    moved = (sum(w * rank for w, rank in zip(weights.each, order, strict=True)) - fmean(order)) / _spread(order)
    return Learnt(
        before=weighted_band(values, alike(n)),
        after=weighted_band(values, weights),
        shift=shift,
        spread_left=math.sqrt(variance) / spread,
        p_value=2.0 * NormalDist().cdf(-abs(moved) / by_chance) if by_chance else 1.0,
        effective=weights.effective,
    )


def _spread(values: Sequence[float]) -> float:
    """Standard deviation; `statistics.pstdev` takes ten times as long to get the last digit right."""
    mean = fmean(values)
    return math.sqrt(fmean((value - mean) ** 2 for value in values))
