"""How sure: from replications that reach a target to a probability, its interval and a verdict."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from sim.engine.normal import NORMAL_975

UNLIKELY = 0.20
"""A target that is reached with less than this probability is out of reach."""
MOST_REPLICATIONS = 1000
_POINTS = 41
"""Equally likely values of a probability that stand for its posterior."""
REACHABLE, OUT_OF_REACH, AT_RISK, TOO_CLOSE = "reachable", "out of reach", "at risk", "too close to call"


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Wilson's score interval of a probability (Wilson 1927).

    Raises:
        ValueError: without replications.
    """
    if n <= 0:
        raise ValueError("no replication, no interval")
    return wilson_share(successes / n, n)


def decided(low: float, high: float, required: float) -> str | None:
    """The verdict an interval allows, or None while it straddles a boundary."""
    if low >= required:
        return REACHABLE
    if high <= UNLIKELY:
        return OUT_OF_REACH
    if low >= UNLIKELY and high <= required:
        return AT_RISK
    return None


def more_needed(successes: int, n: int, required: float, most: int = MOST_REPLICATIONS) -> int | None:
    """How many more replications would decide, at even odds; None if more than `most` in all."""
    return more_for_share(successes / n, n, required, most)


@lru_cache(maxsize=4096)
def more_for_share(share: float, n: int, required: float, most: int = MOST_REPLICATIONS) -> int | None:
    """As `more_needed`, of a share rather than a count.

    A few replications hardly know the probability that they are to tell from a boundary: three of four may be of one
    far from 80 %, or of one next to it. So the number is the median over what the probability may be, given the
    replications (Jeffreys' posterior; Brown, Cai and DasGupta 2001), of the fewest that tell it from both boundaries.
    """
    from scipy.special import betaincinv

    at = [(place + 0.5) / _POINTS for place in range(_POINTS)]
    likely = betaincinv(share * n + 0.5, (1.0 - share) * n + 0.5, at)
    needed = sorted(_fewest_deciding(float(one), n + 1, required, most) for one in likely)
    total = needed[_POINTS // 2]
    return None if total > most else total - n


def _fewest_deciding(share: float, fewest: int, required: float, most: int) -> int:
    """The fewest replications that decide at a share, `fewest` or more; one more than `most` where those do not.

    Wilson's intervals of one share lie within each other as replications are added, so that halving finds it.
    """
    low, high = fewest, most + 1
    while low < high:
        middle = (low + high) // 2
        if decided(*wilson_share(share, middle), required) is None:
            low = middle + 1
        else:
            high = middle
    return low


def wilson_share(share: float, n: float) -> tuple[float, float]:
    """Wilson's interval for an observed share rather than a count."""
    centre = (share + NORMAL_975**2 / (2 * n)) / (1 + NORMAL_975**2 / n)
    half = NORMAL_975 / (1 + NORMAL_975**2 / n) * math.sqrt(share * (1 - share) / n + NORMAL_975**2 / (4 * n * n))
    return max(0.0, centre - half), min(1.0, centre + half)


def verdict(successes: int, n: int, required: float) -> str:
    """`reachable`, `out of reach`, `at risk`, `undecided (m more)` or `too close to call`."""
    known = decided(*wilson(successes, n), required)
    if known is not None:
        return known
    more = more_needed(successes, n, required)
    return TOO_CLOSE if more is None else f"undecided ({more} more)"


def quantile(values: Sequence[float], share: float) -> float:
    """Sample quantile by linear interpolation between order statistics, upwards from the lower one.

    `np.quantile` interpolates downwards past the middle, which now and then changes the tenth digit of a table.

    Raises:
        ValueError: of nothing.
    """
    if not values:
        raise ValueError("no value, no quantile")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


class Band(NamedTuple):
    """Median, 5 % and 95 % points; None of nothing."""

    median: float | None
    p05: float | None
    p95: float | None


NO_BAND = Band(None, None, None)


def band_of(values: Sequence[float]) -> Band:
    """The band of some values."""
    return Band(quantile(values, 0.5), quantile(values, 0.05), quantile(values, 0.95)) if values else NO_BAND
