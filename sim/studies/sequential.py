"""When there are enough replications: every half-width asked for is met, and still met a batch later.

Looking one batch ahead keeps a lucky narrow interval from ending the study too early, which would make 95 % intervals
hold less often than they say (Hoad, Robinson and Davies 2010). Only whole batches are looked at, so the number of
replications is a function of the results alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, inf, isnan, sqrt

from scipy.special import stdtrit

from sim.engine.normal import NORMAL_975

BATCH = 10
MOST = 1_000
FEWEST = 2 * BATCH


def mean_half_width(values: Sequence[float]) -> float:
    """Half of Student's 95 % interval of a mean; infinite for fewer than two values."""
    n = len(values)
    return float(stdtrit(n - 1, 0.975)) * _deviation(values) / sqrt(n) if n >= 2 else inf


def share_half_width(reached: Sequence[bool]) -> float:
    """Half of Wilson's 95 % interval of a probability; infinite without a value."""
    n = len(reached)
    return _wilson_half(sum(reached) / n, n) if n else inf


def _deviation(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return sqrt(fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


def _wilson_half(share: float, n: int) -> float:
    return NORMAL_975 / (1.0 + NORMAL_975**2 / n) * sqrt(share * (1.0 - share) / n + NORMAL_975**2 / (4.0 * n * n))


def half_widths(results: Mapping[str, Sequence[float]], of_shares: frozenset[str], n: int) -> dict[str, float]:
    """The half-width of each measure after the first `n` results; nan results are left out."""
    found = {}
    for name, values in results.items():
        known = [value for value in values[:n] if not isnan(value)]
        if name in of_shares:
            found[name] = share_half_width([value > 0.5 for value in known])
        else:
            found[name] = mean_half_width(known)
    return found


def within_reach(results: Mapping[str, Sequence[float]], of_shares: frozenset[str], n: int) -> dict[str, float]:
    """The half-width of each measure after `MOST` replications, were they to spread as the first `n`.

    Measures that are known too little to tell are left out.
    """
    found = {}
    for name, values in results.items():
        known = [value for value in values[:n] if not isnan(value)]
        if name in of_shares and known:
            found[name] = _wilson_half(sum(value > 0.5 for value in known) / len(known), MOST)
        elif name not in of_shares and len(known) >= 2:
            found[name] = float(stdtrit(MOST - 1, 0.975)) * _deviation(known) / sqrt(MOST)
    return found


def replications_wanted(
    results: Mapping[str, Sequence[float]], wanted: Mapping[str, float], of_shares: frozenset[str], done: int
) -> int:
    """How many replications there should be: `done` when that is enough, else the next whole batch, at most `MOST`.

    Args:
        results: of each measure by replication, `done` of them; 1 or 0 where a target is reached or not.
        wanted: half-width of each measure.
        of_shares: measures whose results are 1 or 0.
        done: replications there are.
    """
    if done >= MOST:
        return done
    ends = [n for n in range(FEWEST - BATCH, done + 1, BATCH) if n > 0]
    met = [all(width <= wanted[name] for name, width in half_widths(results, of_shares, n).items()) for n in ends]
    if len(met) >= 2 and met[-1] and met[-2]:
        return done
    return min(MOST, max(FEWEST, (done // BATCH + 1) * BATCH))
