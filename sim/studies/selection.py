"""Which of several cases is best, when all met the same futures: said only when the error it may carry is kept.

With k cases, every claim about a pair holds with confidence 1 - a/(k - 1), one-sided, by Student's t on paired
differences. Then, whichever case looks best, the chance of calling one best that is worse than the true best by more
than the indifference zone is at most a (Bonferroni over the pairs with the true best); and the true best is among
those still in contention with chance 1 - a at least. Futures that share draws of a calibration count, pair by pair, for
as many as their differences are worth.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import ceil, fsum, inf, sqrt
from statistics import variance

from sim.measure.comparison import half_width
from sim.measure.shared_draws import SharedDraws, Sharing

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


def selected(
    values: Mapping[str, Mapping[int, float]], indifference: float, error: float = ERROR, sharing: Sharing | None = None
) -> Selection | None:
    """The best of several cases; None with fewer than two cases or three common futures.

    Args:
        values: of each case, by replication.
        indifference: differences up to this do not matter to the planner.
        error: chance of a wrong claim.
        sharing: which draws replications share; None where none does.
    """
    common = sorted(set.intersection(*(set(of) for of in values.values()))) if values else []
    if len(values) < 2 or len(common) < FEWEST:
        return None
    shared = sharing(common) if sharing else SharedDraws.none(len(common))
    means = {case: fsum(of[r] for r in common) / len(common) for case, of in values.items()}
    ordered = sorted(means, key=lambda case: (-means[case], list(values).index(case)))
    best, n = ordered[0], len(common)
    sure = 1.0 - error / (len(values) - 1)

    def apart(one: str, other: str) -> list[float]:
        return [values[one][r] - values[other][r] for r in common]

    @cache
    def half_of(one: str, other: str) -> float:
        differences = apart(one, other)
        return half_width(sqrt(variance(differences)), shared.worth(differences), sure)

    def half(one: str, other: str) -> float:
        return half_of(min(one, other), max(one, other))

    rooms = {other: means[best] - means[other] + indifference for other in ordered[1:]}
    halves = {other: half(best, other) for other in rooms}
    decided = all(rooms[other] >= halves[other] for other in rooms)
    contenders = [
        case
        for case in ordered
        if not any(means[other] - means[case] > half(other, case) for other in ordered if other != case)
    ]
    wanted = max(_wanted(halves[other], rooms[other], apart(best, other), shared) for other in rooms)
    more = 0 if decided else (max(1, ceil(wanted) - n) if wanted <= MOST_NAMED else None)
    return Selection(best, {case: means[case] for case in ordered}, decided, tuple(contenders), n, more)


def _wanted(half: float, room: float, differences: list[float], shared: SharedDraws) -> float:
    """Replications until a half-width, which shrinks with the root of what they are worth, fits into the room."""
    if room <= 0.0:
        return inf
    worth = shared.worth(differences) * (half / room) ** 2
    return shared.replications_worth(worth, differences)


def variance_ratio(one: Mapping[int, float], other: Mapping[int, float]) -> float | None:
    """Variance of paired differences over that of differences between independent replications; None if there is none.

    One over it is how many times as many independent replications would be as sharp.
    """
    shared = sorted(one.keys() & other.keys())
    if len(shared) < 2:
        return None
    apart = variance([one[r] for r in shared]) + variance([other[r] for r in shared])
    return variance([one[r] - other[r] for r in shared]) / apart if apart > 0.0 else None
