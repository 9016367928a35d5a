"""Laws of single quantities, each by inversion of one uniform.

Only scalar `math` functions: NumPy's array transcendentals differ in their last bits between processors.
"""

import math

from sim.engine.jit import njit

CONSTANT, EXPONENTIAL, LOGNORMAL = 0, 1, 2


@njit
def _polynomial(
    x: float, a7: float, a6: float, a5: float, a4: float, a3: float, a2: float, a1: float, a0: float
) -> float:
    """Value of a polynomial of degree 7, highest coefficient first."""
    return ((((((a7 * x + a6) * x + a5) * x + a4) * x + a3) * x + a2) * x + a1) * x + a0


@njit
def normal_quantile(u: float) -> float:
    """Standard normal quantile (Wichura 1988, algorithm AS 241, about 16 digits)."""
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        above = _polynomial(
            r,
            2509.0809287301226727,
            33430.575583588128105,
            67265.770927008700853,
            45921.953931549871457,
            13731.693765509461125,
            1971.5909503065514427,
            133.14166789178437745,
            3.387132872796366608,
        )
        below = _polynomial(
            r,
            5226.495278852545925,
            28729.085735721942674,
            39307.89580009271061,
            21213.794301586595867,
            5394.1960214247511077,
            687.1870074920579083,
            42.313330701600911252,
            1.0,
        )
        return q * above / below
    r = math.sqrt(-math.log(min(u, 1.0 - u)))
    if r <= 5.0:
        r -= 1.6
        above = _polynomial(
            r,
            7.7454501427834140764e-4,
            0.0227238449892691845833,
            0.24178072517745061177,
            1.27045825245236838258,
            3.64784832476320460504,
            5.7694972214606914055,
            4.6303378461565452959,
            1.42343711074968357734,
        )
        below = _polynomial(
            r,
            1.05075007164441684324e-9,
            5.475938084995344946e-4,
            0.0151986665636164571966,
            0.14810397642748007459,
            0.68976733498510000455,
            1.6763848301838038494,
            2.05319162663775882187,
            1.0,
        )
    else:
        r -= 5.0
        above = _polynomial(
            r,
            2.01033439929228813265e-7,
            2.71155556874348757815e-5,
            0.0012426609473880784386,
            0.026532189526576123093,
            0.29656057182850489123,
            1.7848265399172913358,
            5.4637849111641143699,
            6.6579046435011037772,
        )
        below = _polynomial(
            r,
            2.04426310338993978564e-15,
            1.4215117583164458887e-7,
            1.8463183175100546818e-5,
            7.868691311456132591e-4,
            0.0148753612908506148525,
            0.13692988092273580531,
            0.59983220655588793769,
            1.0,
        )
    return -(above / below) if q < 0.0 else above / below


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
