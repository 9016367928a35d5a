"""Laws of single quantities, each by inversion of one uniform.

Only scalar `math` functions: NumPy's array transcendentals differ in their last bits between processors.
"""

import math

from sim.engine.jit import njit

CONSTANT, EXPONENTIAL, LOGNORMAL = 0, 1, 2


@njit
def normal_quantile(u: float) -> float:
    """Standard normal quantile (Wichura 1988, algorithm AS 241, about 16 digits)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        return (
            q
            * (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
            + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
            + 133.14166789178437745) * r + 3.387132872796366608)
            / (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
            + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
            + 42.313330701600911252) * r + 1.0)
        )
    r = math.sqrt(-math.log(min(u, 1.0 - u)))
    if r <= 5.0:
        r -= 1.6
        x = (
            (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
            + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
            + 4.6303378461565452959) * r + 1.42343711074968357734)
            / (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
            + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
            + 2.05319162663775882187) * r + 1.0)
        )
    else:
        r -= 5.0
        x = (
            (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
            + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
            + 5.4637849111641143699) * r + 6.6579046435011037772)
            / (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
            + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
            + 0.59983220655588793769) * r + 1.0)
        )
    return -x if q < 0.0 else x


@njit
def exponential(u: float, mean: float) -> float:
    """Exponential law with this mean."""
    return -math.log(u) * mean


@njit
def lognormal(u: float, mean: float, spread: float) -> float:
    """Lognormal law with this mean; `spread` is the standard deviation of the logarithm."""
    return mean * math.exp(spread * normal_quantile(u) - 0.5 * spread * spread)


@njit
def lognormal_median(u: float, median: float, spread: float) -> float:
    """Lognormal law with this median; `spread` is the standard deviation of the logarithm."""
    return median * math.exp(spread * normal_quantile(u))


@njit
def duration(shape: int, spread: float, mean_ms: float, u: float) -> int:
    """A service time in whole milliseconds, at least one, under the chosen law."""
    if shape == CONSTANT:
        value = mean_ms
    elif shape == EXPONENTIAL:
        value = exponential(u, mean_ms)
    else:
        value = lognormal(u, mean_ms, spread)
    return max(1, int(value + 0.5))


@njit
def geometric(u: float, mean: float) -> int:
    """Whole number from one upwards with this mean (at least one)."""
    if mean <= 1.0:
        return 1
    return 1 + int(math.log(u) / math.log(1.0 - 1.0 / mean))
