"""The least cost at which enough futures reach what is wanted: which points to try next, and what was found.

Every point meets the same futures, so what is asked of a point is one number: its margin in the future that only just
has to be reached. A smooth surface through these numbers says which cheaper points may do. What to try next is a
function of what has been tried alone, in batches of a fixed size, so neither workers nor interruptions change it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, inf, isfinite

import numpy as np

from sim.studies.designs import Points
from sim.studies.surface import Values

BATCH = 4
COST_TOLERANCE = 0.01
"""A point is not worth trying unless it is cheaper than the best by this share."""
_ROUNDING = 1e-9
_FAR = 0.02
"""Points nearer than this in the unit cube tell the same."""


@dataclass(frozen=True)
class Tried:
    """One point that was tried.

    Attributes:
        candidate: its place among the candidates.
        margins: in each future, by how much the target that falls shortest is passed; -inf where that failed.
    """

    candidate: int
    margins: tuple[float, ...]

    def reaches(self) -> tuple[bool, ...]:
        """Whether everything wanted is reached, future by future."""
        return tuple(margin >= -_ROUNDING for margin in self.margins)

    def reached(self) -> int:
        """In how many futures everything wanted is reached."""
        return sum(self.reaches())

    def chance(self) -> float:
        """Share of the futures."""
        return self.reached() / len(self.margins)

    def deciding_margin(self, probability: float) -> float:
        """The margin of the last future that has to be reached: at least zero exactly if enough are."""
        needed = max(1, ceil(probability * len(self.margins) - _ROUNDING))
        return sorted(self.margins, reverse=True)[needed - 1]

    def is_enough(self, probability: float) -> bool:
        """Whether so many futures are reached."""
        return self.chance() >= probability - _ROUNDING


@dataclass(frozen=True)
class Search:
    """What may be tried.

    Attributes:
        points: [candidate, key] in the unit cube, each a different one.
        costs: of each candidate.
        first: candidates to be tried before anything is known.
        probability: share of futures that has to be reached.
        most: points to try at most.
    """

    points: Points
    costs: Values
    first: tuple[int, ...]
    probability: float
    most: int

    def next_batch(self, tried: Sequence[Tried]) -> list[int]:
        """Which candidates to try next; none when the search is over."""
        if not tried:
            return list(self.first[: self.most])
        room = self.most - len(tried)
        known = {one.candidate for one in tried}
        best = self.best(tried)
        ceiling = inf if best is None else self.costs[best.candidate] * (1.0 - COST_TOLERANCE)
        open_ = np.array([n for n in range(len(self.points)) if n not in known and self.costs[n] < ceiling])
        if room <= 0 or len(open_) == 0:
            return []
        guess, doubt = self._guess(tried, self.points[open_])
        promising = guess >= -2.0 * doubt
        halfway = None if best is None else self._halfway(best, tried, open_)
        if best is not None and halfway is None and not promising.any():
            return []
        order = open_[np.lexsort((open_, self.costs[open_]))]
        place = {int(n): at for at, n in enumerate(open_)}
        by_cost = np.array([guess[place[int(n)]] for n in order])
        picks: list[int] = [] if halfway is None else [halfway]
        if best is not None and not promising.any():
            return picks[:room]
        for least in (0.0, doubt, -doubt):
            enough = np.flatnonzero(by_cost >= least)
            self._take(picks, order[enough], tried)
        self._take(picks, open_[np.lexsort((open_, -guess))], tried)
        while len(picks) < min(BATCH, len(open_)):
            farthest = self._farthest(open_[promising] if promising.any() else open_, picks, known)
            if farthest is None:
                break
            picks.append(farthest)
        return picks[: min(room, BATCH)]

    def best(self, tried: Sequence[Tried]) -> Tried | None:
        """The cheapest point that reaches enough; among equals the one with most to spare."""
        enough = [one for one in tried if one.is_enough(self.probability)]
        return min(enough, key=self._rank, default=None)

    def in_order(self, tried: Sequence[Tried]) -> list[Tried]:
        """Points that reach enough, the best first."""
        return sorted((one for one in tried if one.is_enough(self.probability)), key=self._rank)

    def closest(self, tried: Sequence[Tried]) -> Tried:
        """The point that reaches most."""
        return max(tried, key=lambda one: (one.chance(), one.deciding_margin(self.probability), -one.candidate))

    def pareto(self, tried: Sequence[Tried]) -> list[Tried]:
        """Points that no other one beats in both money and chance, the cheapest first."""
        kept: list[Tried] = []
        for one in sorted(tried, key=lambda one: (self.costs[one.candidate], -one.chance(), one.candidate)):
            if not kept or one.chance() > kept[-1].chance():
                kept.append(one)
        return kept

    def _rank(self, one: Tried) -> tuple[float, float, int]:
        return float(self.costs[one.candidate]), -one.deciding_margin(self.probability), one.candidate

    def _guess(self, tried: Sequence[Tried], points: Points) -> tuple[Values, float]:
        """Deciding margins expected at points, and how far such guesses were off at points that are known."""
        at = self.points[[one.candidate for one in tried]]
        margins = np.array([one.deciding_margin(self.probability) for one in tried])
        finite = margins[np.isfinite(margins)]
        worst = float(finite.min()) - 1.0 if len(finite) else -1.0
        margins = np.where(np.isfinite(margins), margins, worst)
        errors = [
            abs(float(_through(np.delete(at, n, 0), np.delete(margins, n), at[n : n + 1])[0]) - margins[n])
            for n in range(len(margins))
            if len(margins) > 2
        ]
        doubt = float(np.median(errors)) if errors else float(np.ptp(margins)) / 2.0
        return _through(at, margins, points), doubt

    def _halfway(self, best: Tried, tried: Sequence[Tried], among: Values) -> int | None:
        """Between the best point and the nearest cheaper one that is not enough, where a step may lie unseen."""
        at, cost = self.points[best.candidate], float(self.costs[best.candidate])
        short = [
            one.candidate
            for one in tried
            if not one.is_enough(self.probability) and self.costs[one.candidate] < cost * (1.0 - COST_TOLERANCE)
        ]
        if not short:
            return None
        nearest = min(short, key=lambda n: (float(np.abs(self.points[n] - at).max()), n))
        below = float(self.costs[nearest])
        between = among[(self.costs[among] > below) & (self.costs[among] < cost)]
        if cost - below <= 2.0 * COST_TOLERANCE * cost or len(between) == 0:
            return None
        middle = 0.5 * (at + self.points[nearest])
        return int(between[np.abs(self.points[between] - middle).max(axis=1).argmin()])

    def _take(self, picks: list[int], wanted: Sequence[int] | Values, tried: Sequence[Tried]) -> None:
        for candidate in wanted:
            others = [*picks, *(one.candidate for one in tried)]
            distance = np.abs(self.points[others] - self.points[int(candidate)]).max(axis=1).min()
            if distance >= _FAR or self._is_single_step(int(candidate), others):
                picks.append(int(candidate))
                return

    def _is_single_step(self, candidate: int, others: Sequence[int]) -> bool:
        """Near the end the distance gives way: a cheaper neighbour of a known point is worth a try."""
        return bool((self.costs[others] > self.costs[candidate] * (1.0 + COST_TOLERANCE)).all())

    def _farthest(self, among: Values, picks: Sequence[int], known: set[int]) -> int | None:
        left = [int(n) for n in among if int(n) not in picks]
        if not left:
            return None
        taken = self.points[[*known, *picks]]
        distances = np.abs(self.points[left][:, None, :] - taken[None, :, :]).max(axis=2).min(axis=1)
        return left[int(np.argmax(distances))]


def _through(at: Points, margins: Values, points: Points) -> Values:
    """A smooth surface through known margins; a flat one while fewer are known than a plane needs."""
    from scipy.interpolate import RBFInterpolator

    if len(at) < at.shape[1] + 2 or np.linalg.matrix_rank(at - at[0]) < at.shape[1]:
        nearest = np.abs(points[:, None, :] - at[None, :, :]).max(axis=2).argmin(axis=1)
        return np.asarray(margins[nearest], dtype=np.float64)
    surface = RBFInterpolator(at, margins, kernel="linear", degree=1, smoothing=1e-6)
    return np.asarray(surface(points), dtype=np.float64)


def candidates_of(levels: Sequence[int | None], seed: int) -> Points:
    """Points that may be tried: a fine lattice for one or two keys, else corners and a Sobol' sequence.

    Args:
        levels: of each key how many values it can take; None for as many as one likes.
        seed: of the sequence.
    """
    from sim.studies.designs import points_of

    keys = len(levels)
    if keys <= 2:
        finest = 401 if keys == 1 else 61
        points = points_of("grid", keys, 1, [min(n or finest, finest) for n in levels], seed)
    else:
        middle = [np.round(0.5 * (n - 1)) / (n - 1) if n and n > 1 else 0.5 for n in levels]
        corners = points_of("grid", keys, 1, [2] * keys, seed) if keys <= 8 else np.array([[0.0] * keys, [1.0] * keys])
        points = np.vstack([corners, [middle], points_of("sobol", keys, 4096, (), seed)])
    for key, n in enumerate(levels):
        if n is not None:
            points[:, key] = np.round(points[:, key] * (n - 1)) / (n - 1) if n > 1 else 0.0
    return np.unique(points, axis=0)


def first_points(points: Points, wished: Sequence[Sequence[float]], seed: int) -> tuple[int, ...]:
    """Candidates nearest to the wished places, the ends of the box, its middle, and a few spread over it."""
    from sim.studies.designs import points_of

    keys = points.shape[1]
    spread = points_of("sobol", keys, 2 * keys, (), seed).tolist()
    places = [*wished, [0.0] * keys, [1.0] * keys, [0.5] * keys, *spread]
    found = [int(np.abs(points - np.array(place)).max(axis=1).argmin()) for place in places]
    return tuple(dict.fromkeys(found))


def margin_of(values: Sequence[float | None], thresholds: Sequence[float]) -> float:
    """By how much the target that falls shortest is passed; -inf where one has no value."""
    gaps = [
        -inf if value is None or not isfinite(value) else value - at
        for value, at in zip(values, thresholds, strict=True)
    ]
    return min(gaps)
