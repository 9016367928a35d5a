"""Distributions of uncertain parameters: a value with a 5 % and a 95 % point, by kind.

Lognormal for positive rates, beta for shares, triangular and uniform where stated. Each is evaluated at one
uniform, so that the same replication asks the same unknown province in every option.

A lognormal is stated by three points where an ordinary one has room for two: its median `m` (the stated value) and its
5 % and 95 % points `l` and `h`. So the logarithm has a spread of its own on each side of the median,

    ln x(u) = ln m + z(u) * ln(m / l) / z95   for u < 1/2,      ln x(u) = ln m + z(u) * ln(h / m) / z95   else,

with `z` the normal quantile and z95 = z(0.95): Fechner's two-piece normal law (K. F. Wallis, Statistical Science 29(1),
2014, 106-112) of the logarithm, its halves joined at the median, so that each holds half of the probability. Where
m * m = l * h it is the ordinary lognormal.
"""

import math
from functools import lru_cache

from sim.engine.distributions import normal_quantile
from sim.engine.normal import NORMAL_95

_STEPS = 60


def quantile(kind: str, value: float, low: float, high: float, u: float) -> float:
    """The `u` quantile of a law whose 5 % and 95 % points are `low` and `high`.

    `value` is the median of a lognormal law, the mode of a triangular one, the mean of a beta one that may be 0 or 1,
    and otherwise only the planner's default.

    Raises:
        ValueError: if the points do not fit the kind (a lognormal needs 0 < low < value < high).
    """
    if kind == "fixed" or low == high:
        return value
    if kind == "uniform":
        return low + (u - 0.05) * (high - low) / 0.9
    if kind == "lognormal":
        return _lognormal(value, low, high, u)
    if kind == "triangular":
        return _triangular(value, low, high, u)
    if kind == "beta":
        return _beta(value, low, high, u)
    raise ValueError(f"unknown kind of quantity {kind!r}")


def _lognormal(median: float, low: float, high: float, u: float) -> float:
    if low <= 0.0:
        raise ValueError("a lognormal quantity needs a low point above zero")
    if not low < median < high:
        raise ValueError("a lognormal quantity needs its value, the median, between its low and high points")
    side = math.log(median / low) if u < 0.5 else math.log(high / median)
    return median * math.exp(side / NORMAL_95 * float(normal_quantile(u)))


def _triangular(mode: float, low: float, high: float, u: float) -> float:
    start, end = _triangle_ends(mode, low, high)
    rising = (mode - start) / (end - start) if end > start else 0.0
    if u < rising:
        return start + math.sqrt(u * (end - start) * (mode - start))
    return end - math.sqrt((1.0 - u) * (end - start) * (end - mode))


@lru_cache(maxsize=4096)
def _triangle_ends(mode: float, low: float, high: float) -> tuple[float, float]:
    """Ends of the triangle whose 5 % and 95 % points are given: a fixed point, found by repetition."""
    start, end = low, high
    for _ in range(200):
        width = end - start
        left = max(mode - start, 1e-300)
        right = max(end - mode, 1e-300)
        start = low - math.sqrt(0.05 * width * left) if low < mode else mode
        end = high + math.sqrt(0.05 * width * right) if high > mode else mode
    return start, end


def _beta(value: float, low: float, high: float, u: float) -> float:
    """A share that can be 0 (or 1) at its end point has `value` as mean and keeps the other point."""
    from scipy.special import betaincinv

    if low <= 0.0:
        a, b = _beta_with_mean(value, high, 0.95)
    elif high >= 1.0:
        b, a = _beta_with_mean(1.0 - value, 1.0 - low, 0.95)
    else:
        a, b = _beta_shape(low, high)
    return float(betaincinv(a, b, u))


@lru_cache(maxsize=4096)
def _beta_with_mean(mean: float, point: float, share: float) -> tuple[float, float]:
    """Shape of the beta law with this mean and this share below `point`."""
    small, large = 0.3 / min(mean, 1.0 - mean), 1e7  # with less weight a share is a coin of 0 and 1
    for _ in range(_STEPS):
        weight = math.sqrt(small * large)
        if _share_below(mean * weight, (1.0 - mean) * weight, point) < share:
            small = weight
        else:
            large = weight
    return mean * large, (1.0 - mean) * large


@lru_cache(maxsize=4096)
def _beta_shape(low: float, high: float) -> tuple[float, float]:
    """Shape of the beta law with these 5 % and 95 % points, by bisection in mean and weight."""
    small, large = 1e-3, 1e7
    for _ in range(_STEPS):
        weight = math.sqrt(small * large)
        mean = _mean_with_low_point(weight, low)
        if _share_below(mean * weight, (1.0 - mean) * weight, high) < 0.95:
            small = weight
        else:
            large = weight
    mean = _mean_with_low_point(small, low)
    return mean * small, (1.0 - mean) * small


def _mean_with_low_point(weight: float, low: float) -> float:
    """Mean at which a beta law of this weight has its 5 % point at `low`."""
    below, above = low, 1.0
    for _ in range(_STEPS):
        mean = 0.5 * (below + above)
        if _share_below(mean * weight, (1.0 - mean) * weight, low) > 0.05:
            below = mean
        else:
            above = mean
    return below


def _share_below(a: float, b: float, x: float) -> float:
    from scipy.special import betainc

    return float(betainc(a, b, x))
