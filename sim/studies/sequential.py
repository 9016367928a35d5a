"""When there are enough replications: every half-width asked for is met, and still met a batch later.

Looking one batch ahead keeps a lucky narrow interval from ending the study too early, which would make 95 % intervals
hold less often than they say (Hoad, Robinson and Davies 2010). Only whole batches are looked at, so the number of
replications is a function of the results alone.

Replications that share draws of a calibration count for as many as they are worth; where more of them would hardly
narrow an interval, its measure is done with, however wide it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum, inf, isnan, sqrt

from sim.engine.normal import NORMAL_975
from sim.measure.comparison import half_width
from sim.measure.shared_draws import SharedDraws

BATCH = 10
MOST = 1_000
FEWEST = 2 * BATCH


def mean_half_width(values: Sequence[float], shared: SharedDraws | None = None) -> float:
    """Half of Student's 95 % interval of a mean; infinite for fewer than two values.

    Args:
        values: of which the mean is.
        shared: the draws they share; None where they share none.
    """
    worth = len(values) if shared is None else shared.worth(values)
    return _student_half(values, worth) if len(values) >= 2 else inf


def share_half_width(reached: Sequence[bool], shared: SharedDraws | None = None) -> float:
    """Half of Wilson's 95 % interval of a probability; infinite without a value. Arguments as of `mean_half_width`."""
    n = len(reached)
    worth = n if shared is None else shared.worth(reached)
    return _wilson_half(sum(reached) / n, worth) if n else inf


def _student_half(values: Sequence[float], worth: float) -> float:
    return half_width(_deviation(values), worth)


def _deviation(values: Sequence[float]) -> float:
    mean = fsum(values) / len(values)
    return sqrt(fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


def _wilson_half(share: float, n: float) -> float:
    return NORMAL_975 / (1.0 + NORMAL_975**2 / n) * sqrt(share * (1.0 - share) / n + NORMAL_975**2 / (4.0 * n * n))


def half_widths(
    results: Mapping[str, Sequence[float]], of_shares: frozenset[str], n: int, shared: SharedDraws | None = None
) -> dict[str, float]:
    """The half-width of each measure after the first `n` results; nan results are left out."""
    found = {}
    for name, values in results.items():
        known, mine = _known(values[:n], shared)
        if name in of_shares:
            found[name] = share_half_width([value > 0.5 for value in known], mine)
        else:
            found[name] = mean_half_width(known, mine)
    return found


def _known(values: Sequence[float], shared: SharedDraws | None) -> tuple[list[float], SharedDraws]:
    """Those that are no nan, and the draws they share."""
    places = [place for place, value in enumerate(values) if not isnan(value)]
    mine = SharedDraws.none(len(places)) if shared is None else shared.of(places)
    return [values[place] for place in places], mine


def within_reach(
    results: Mapping[str, Sequence[float]], of_shares: frozenset[str], n: int, shared: SharedDraws | None = None
) -> dict[str, float]:
    """The half-width of each measure after `MOST` replications, were they to spread as the first `n`.

    Measures that are known too little to tell are left out.
    """
    found = {}
    for name, values in results.items():
        known, mine = _known(values[:n], shared)
        if name in of_shares and known:
            share = sum(value > 0.5 for value in known) / len(known)
            found[name] = _wilson_half(share, mine.worth_of(MOST, [value > 0.5 for value in known]))
        elif name not in of_shares and len(known) >= 2:
            found[name] = _student_half(known, mine.worth_of(MOST, known))
    return found


def told(
    results: Mapping[str, Sequence[float]], of_shares: frozenset[str], n: int, shared: SharedDraws | None
) -> set[str]:
    """Measures that more replications would hardly make surer after the first `n`: their table of draws is used up."""
    found = set()
    for name, values in results.items() if shared is not None else ():
        known, mine = _known(values[:n], shared)
        if known and mine.is_told([value > 0.5 for value in known] if name in of_shares else known):
            found.add(name)
    return found


def replications_wanted(
    results: Mapping[str, Sequence[float]],
    wanted: Mapping[str, float],
    of_shares: frozenset[str],
    done: int,
    shared: SharedDraws | None = None,
) -> int:
    """How many replications there should be: `done` when that is enough, else the next whole batch, at most `MOST`.

    Args:
        results: of each measure by replication, `done` of them; 1 or 0 where a target is reached or not.
        wanted: half-width of each measure.
        of_shares: measures whose results are 1 or 0.
        done: replications there are.
        shared: the draws they share; None where they share none.
    """
    if done >= MOST:
        return done

    def is_enough(n: int) -> bool:
        known = half_widths(results, of_shares, n, shared)
        open_ = {name for name, width in known.items() if width > wanted[name]}
        return open_ <= told(results, of_shares, n, shared)

    ends = [n for n in (done // BATCH * BATCH - BATCH, done // BATCH * BATCH) if n >= BATCH]
    if done >= FEWEST and all(is_enough(n) for n in ends):
        return done
    return min(MOST, max(FEWEST, (done // BATCH + 1) * BATCH))
