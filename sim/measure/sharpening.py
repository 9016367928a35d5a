"""Many draws of a thinned world, corrected by the full replications there are: the same answer, known more closely.

In a thinned world only one in so many documents begins, so that a replication costs a small part of a full one, and it
has the very same unknowns and luck. What it says is off by what queues do; the replications that were simulated both
ways say by how much. This is double sampling with the difference estimator (Cochran 1977, chapter 12), the two-level
case of multilevel Monte Carlo (Giles 2015): unbiased whatever thinning leaves out, and narrower where the difference
between both ways varies less than the value itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, hypot, inf, sqrt
from statistics import correlation, covariance, fmean, variance

from scipy.special import stdtrit

from sim.engine.normal import NORMAL_975
from sim.measure.verdicts import wilson_share

MOST_DRAWS_EACH = 50
"""Thinned draws for each full replication, at most: beyond it the correction is all that is uncertain."""
_PSEUDO_PAIRS = 2.0
"""Pairs added to those seen, half a pair to each of the four ways a pair can come out (Agresti and Min 2005): that
none of twenty pairs disagrees does not show that none ever does."""


@dataclass(frozen=True)
class Costs:
    """Seconds of one full replication and of one thinned one."""

    full: float
    thinned: float

    def gain(self, pairs: int, draws: int, worth: float) -> float:
        """Times the simulating that full replications alone would need to be worth so many, over the time spent."""
        return worth * self.full / (pairs * self.full + draws * self.thinned)


@dataclass(frozen=True)
class SharpMean:
    """A mean: from the full replications alone, and with the thinned draws.

    Attributes:
        plain, plain_half: mean of the full replications and half of its 95 % interval.
        mean, half: with the thinned draws; those of before where they do not narrow it.
        worth: independent full replications that would give the same interval.
        correlation: between the two ways, over the pairs; None where one of them is the same in all.
        is_sharper: whether the thinned draws make it surer. Its interval is narrower then, but where the few full
            replications came out alike by luck, which the many draws do not.
    """

    plain: float
    plain_half: float
    mean: float
    half: float
    worth: float
    correlation: float | None
    is_sharper: bool


def sharp_mean(
    full: Sequence[float], paired: Sequence[float], draws: Sequence[float], worth: tuple[float, float] | None = None
) -> SharpMean:
    """A target's mean from both levels.

    Args:
        full: value in each full replication.
        paired: value of the thinned world with the unknowns and luck of the same replication.
        draws: values of all thinned draws, the paired ones among them.
        worth: independent replications that the pairs and that all draws are worth, where some share their unknowns;
            None where none do.

    Raises:
        ValueError: there are fewer than two pairs, or fewer draws than pairs.
    """
    n, m = _worth(full, paired, draws, worth)
    differences = [a - b for a, b in zip(full, paired, strict=True)]
    of_full, of_difference = _variance_of_full(paired, differences, draws), variance(differences)
    student = float(stdtrit(len(full) - 1, 0.975))
    plain, plain_half = fmean(full), student * sqrt(variance(full) / n)
    squared = of_difference * (1.0 / n - 1.0 / m) + of_full / m
    is_sharper = m > n and squared < of_full / n
    return SharpMean(
        plain=plain,
        plain_half=plain_half,
        mean=fmean(draws) + fmean(differences) if is_sharper else plain,
        half=student * sqrt(squared) if is_sharper else plain_half,
        worth=of_full / squared if is_sharper else n,
        correlation=correlation(full, paired) if variance(full) * variance(paired) else None,
        is_sharper=is_sharper,
    )


@dataclass(frozen=True)
class SharpChance:
    """How likely a target is reached: from the full replications alone, and with the thinned draws.

    Attributes:
        plain, plain_low, plain_high: share of the full replications and Wilson's 95 % interval.
        p, low, high: with the thinned draws; those of before where they do not narrow it.
        disagreeing: pairs of which one reaches the target and the other does not.
    """

    plain: float
    plain_low: float
    plain_high: float
    p: float
    low: float
    high: float
    disagreeing: int


def sharp_chance(
    full: Sequence[bool], paired: Sequence[bool], draws: Sequence[bool], worth: tuple[float, float] | None = None
) -> SharpChance:
    """A target's chance from both levels.

    As of the mean, the error has two parts: of the chance itself, as over all draws (Wilson's interval), and of the
    correction, over the pairs; they are joined side by side (Zou and Donner 2008). Arguments and errors as of
    `sharp_mean`.
    """
    n, m = _worth(full, paired, draws, worth)
    plain = sum(full) / len(full)
    plain_low, plain_high = wilson_share(plain, n)
    gained = sum(a and not b for a, b in zip(full, paired, strict=True))
    lost = sum(b and not a for a, b in zip(full, paired, strict=True))
    p = min(1.0, max(0.0, sum(draws) / len(draws) + (gained - lost) / len(full)))
    off = NORMAL_975 * sqrt(_of_disagreement(gained, lost, len(full)) * max(0.0, 1.0 / n - 1.0 / m))
    all_low, all_high = wilson_share(p, m)
    low, high = max(0.0, p - hypot(p - all_low, off)), min(1.0, p + hypot(all_high - p, off))
    if m <= n or high - low >= plain_high - plain_low:
        p, low, high = plain, plain_low, plain_high
    return SharpChance(plain, plain_low, plain_high, p, low, high, gained + lost)


def best_draws(of_full: float, of_difference: float, pairs: int, costs: Costs) -> int:
    """Thinned draws beside so many pairs that narrow a mean most for the time, from its variances (Cochran 12.5).

    At most `MOST_DRAWS_EACH` for each pair; only the pairs where thinning cannot help.

    Args:
        of_full: variance of the value.
        of_difference: variance of the difference between both ways.
        pairs: full replications, each of which has its thinned one.
        costs: of one of each.
    """
    explained = of_full - of_difference
    if explained <= 0.0:
        return pairs
    pair = costs.full + costs.thinned
    ratio = sqrt(explained * pair / (of_difference * costs.thinned)) if of_difference else inf
    return ceil(pairs * min(max(ratio, 1.0), MOST_DRAWS_EACH))


def _worth(
    full: Sequence[object], paired: Sequence[object], draws: Sequence[object], worth: tuple[float, float] | None
) -> tuple[float, float]:
    n, m = len(full), len(draws)
    if n < 2 or len(paired) != n or m < n:
        raise ValueError(f"{n} full replications, {len(paired)} paired with them and {m} draws")
    return (float(n), float(m)) if worth is None else worth


def _variance_of_full(paired: Sequence[float], differences: Sequence[float], draws: Sequence[float]) -> float:
    """Variance of a full replication: that of the many draws, with what the pairs say of the difference.

    Of a few full replications alone it is poorly known; twenty that came out alike would be taken for certain.
    """
    together = covariance(paired, differences)
    return max(0.0, variance(draws) + 2.0 * together + variance(differences))


def _of_disagreement(gained: int, lost: int, n: int) -> float:
    """Variance of the difference between both ways of one replication, which is 1, 0 or -1."""
    pairs = n + _PSEUDO_PAIRS
    up, down = (gained + 0.5) / pairs, (lost + 0.5) / pairs
    return up + down - (up - down) ** 2
