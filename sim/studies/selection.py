"""Which of several cases is best, when all met the same futures: said only when the error it may carry is kept.

With k cases, every claim about a pair holds with confidence 1 - a/(k - 1), one-sided, by Student's t on paired
differences. Then, whichever case looks best, the chance of calling one best that is worse than the true best by more
than the indifference zone is at most a (Bonferroni over the pairs with the true best); and the true best is among
those still in contention with chance 1 - a at least.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, fsum, inf, sqrt
from statistics import variance

from scipy.special import stdtrit

ERROR = 0.05
FEWEST = 3
MOST_NAMED = 10_000


@dataclass(frozen=True)
class Selection:
    """What may be said of the best.

    Attributes:
        best: the case with the highest mean.
        means: of each case over the futures that all have, the highest first.
        is_decided: whether `best` is the best or within the indifference zone of it.
        contenders: cases that may still be the best, `best` first.
        futures: replications that all cases have.
        more: how many more replications would decide if means and spreads stayed; 0 when decided, None when too many.
    """

    best: str
    means: Mapping[str, float]
    is_decided: bool
    contenders: tuple[str, ...]
    futures: int
    more: int | None


def selected(values: Mapping[str, Mapping[int, float]], indifference: float, error: float = ERROR) -> Selection | None:
    """The best of several cases; None with fewer than two cases or three common futures.

    Args:
        values: of each case, by replication.
        indifference: differences up to this do not matter to the planner.
        error: chance of a wrong claim.
    """
    shared = sorted(set.intersection(*(set(of) for of in values.values()))) if values else []
    if len(values) < 2 or len(shared) < FEWEST:
        return None
    means = {case: fsum(of[r] for r in shared) / len(shared) for case, of in values.items()}
    ordered = sorted(means, key=lambda case: (-means[case], list(values).index(case)))
    best, n = ordered[0], len(shared)
    t = float(stdtrit(n - 1, 1.0 - error / (len(values) - 1)))

    def spread(one: str, other: str) -> float:
        return sqrt(variance([values[one][r] - values[other][r] for r in shared]))

    halves = {other: t * spread(best, other) / sqrt(n) for other in ordered[1:]}
    gaps = {other: means[best] - means[other] for other in ordered[1:]}
    decided = all(gaps[other] - halves[other] >= -indifference for other in gaps)
    contenders = [
        case
        for case in ordered
        if not any(means[other] - means[case] > t * spread(other, case) / sqrt(n) for other in ordered if other != case)
    ]
    more = 0 if decided else _more(halves, gaps, indifference, n)
    return Selection(best, {case: means[case] for case in ordered}, decided, tuple(contenders), n, more)


def _more(halves: Mapping[str, float], gaps: Mapping[str, float], indifference: float, n: int) -> int | None:
    """A half-width shrinks with the root of the replications until it fits between gap and indifference."""
    rooms = {other: gaps[other] + indifference for other in halves}
    wanted = max(n * (halves[other] / rooms[other]) ** 2 if rooms[other] > 0.0 else inf for other in halves)
    return ceil(wanted) - n if wanted <= MOST_NAMED else None


def variance_ratio(one: Mapping[int, float], other: Mapping[int, float]) -> float | None:
    """Variance of paired differences over that of differences between independent replications; None if there is none.

    One over it is how many times as many independent replications would be as sharp.
    """
    shared = sorted(one.keys() & other.keys())
    if len(shared) < 2:
        return None
    apart = variance([one[r] for r in shared]) + variance([other[r] for r in shared])
    return variance([one[r] - other[r] for r in shared]) / apart if apart > 0.0 else None
