"""What weights say of the unknowns themselves: which of them moved by more than chance would move any."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, pstdev

from sim.measure.verdicts import Band
from sim.measure.weighing import Weights, alike, weighted_band

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
        p_value: how likely chance moves the mean of an unknown that has nothing to do with the weights so far.
    """

    before: Band
    after: Band
    shift: float
    spread_left: float
    p_value: float

    def is_learnt(self, unknowns: int) -> bool:
        """Whether it moved by more than chance would move the farthest of so many (Bonferroni)."""
        return self.p_value * unknowns < CHANCE


def learnt_of(values: Sequence[float], weights: Weights) -> Learnt | None:
    """What the weights say of one unknown; None where it was the same in every draw.

    The mean of weighed draws that have nothing to do with their weights has the variance of the draws by the sum of
    the squared weights, less what the plain mean takes from it: 1 / effective - 1 / n.
    """
    n, mean, spread = len(values), fmean(values), pstdev(values)
    if spread == 0.0:
        return None
    after = sum(weight * value for weight, value in zip(weights.each, values, strict=True))
    variance = sum(weight * (value - after) ** 2 for weight, value in zip(weights.each, values, strict=True))
    by_chance = math.sqrt(max(0.0, 1.0 / weights.effective - 1.0 / n))
    shift = (after - mean) / spread
    p_value = 2.0 * NormalDist().cdf(-abs(shift) / by_chance) if by_chance else 1.0
    return Learnt(
        weighted_band(values, alike(n)), weighted_band(values, weights), shift, math.sqrt(variance) / spread, p_value
    )
