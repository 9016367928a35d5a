"""How sure, when replications share draws of all that is unknown.

A run that draws from a calibration has its unknowns from a table of few rows, so that two replications of one row
differ by luck alone. They are a sample in clusters: n of them are worth n by the design effect (Kish 1965). How alike
replications of one row come out is estimated from the run itself, by the analysis of variance between rows and within
them; where it cannot be, they are taken to come out the same.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from sim.measure.verdicts import MOST_REPLICATIONS, TOO_CLOSE, decided, more_for_share, wilson_share
from sim.scenario.agreeing_draws import draws_taken, equal_draws
from sim.scenario.loading import LoadedScenario

_CAREFUL_PAIRS = 10
"""Pairs of one row, taken to have come out the same, that are added to those there are: few pairs tell little."""
_AS_GOOD = 0.8
"""Of what all replications of a table can be worth: above it, more of them tell hardly more."""


@dataclass(frozen=True)
class SharedDraws:
    """Which row of its table each of some replications has its unknowns from.

    Attributes:
        rows: by place; all different where no table is drawn from.
        table_worth: draws that the whole table is worth; infinite without one.
    """

    rows: tuple[int, ...]
    table_worth: float = math.inf

    @staticmethod
    def none(n: int) -> SharedDraws:
        """Of n replications that share nothing."""
        return SharedDraws(tuple(range(n)))

    @cached_property
    def is_any(self) -> bool:
        """Whether any two replications share a row."""
        return len(set(self.rows)) < len(self.rows)

    @cached_property
    def _overlap(self) -> float:
        """Chance that two replications, taken at random with putting back, have one row."""
        n = len(self.rows)
        return sum(times * times for times in Counter(self.rows).values()) / (n * n)

    def of(self, places: Iterable[int]) -> SharedDraws:
        """Some of them."""
        return SharedDraws(tuple(self.rows[place] for place in places), self.table_worth)

    def worth(self, values: Sequence[float]) -> float:
        """As many independent replications would give as sure a mean of these values."""
        return self._worth(self.likeness(values)) if self.is_any else float(len(values))

    def worth_weighed(self, values: Sequence[float], weights: Sequence[float]) -> float:
        """As `worth`, of a mean in which replications have weights that add up to 1."""
        alike = self.likeness(values) if self.is_any else 1.0
        apart = sum(weight * weight for weight in weights)
        return 1.0 / ((1.0 - alike) * apart + alike / self.draws_worth(weights))

    def draws_worth(self, weights: Sequence[float]) -> float:
        """Rows of equal weight that would be worth the same as those of weighed replications (Kish 1965)."""
        by_row: defaultdict[int, float] = defaultdict(float)
        for row, weight in zip(self.rows, weights, strict=True):
            by_row[row] += weight
        return 1.0 / sum(weight * weight for weight in by_row.values())

    def worth_together(self, ones: Sequence[float], others: Sequence[float]) -> float:
        """As many independent replications would give as sure a correlation of two values that are unrelated.

        Their products come out alike in one row only as far as both values do.
        """
        return self._worth(self.likeness(ones) * self.likeness(others)) if self.is_any else float(len(ones))

    def _worth(self, alike: float) -> float:
        return 1.0 / ((1.0 - alike) / len(self.rows) + alike * self._overlap)

    def worth_of(self, replications: int, values: Sequence[float]) -> float:
        """Independent ones that so many replications of the table would be worth, as alike in a row as these are."""
        if replications <= self.table_worth:
            return float(replications)
        alike = self.likeness(values)
        return 1.0 / ((1.0 - alike) / replications + alike / self.table_worth)

    def replications_worth(self, wanted: float, values: Sequence[float]) -> float:
        """Replications of the table that would be worth so many independent ones; infinite where none are."""
        if wanted <= self.table_worth:
            return wanted
        alike = self.likeness(values)
        left = 1.0 / wanted - alike / self.table_worth
        return (1.0 - alike) / left if left > 0.0 else math.inf

    def is_told(self, values: Sequence[float]) -> bool:
        """Whether more replications of the same table would hardly make the mean surer."""
        if self.table_worth == math.inf:
            return False
        return self.worth(values) > _AS_GOOD * self.table_worth / self.likeness(values)

    def likeness(self, values: Sequence[float]) -> float:
        """Correlation between replications of one row: 1 when luck changes nothing, 0 when it is all."""
        groups: defaultdict[int, list[float]] = defaultdict(list)
        for value, row in zip(values, self.rows, strict=True):
            groups[row].append(value)
        n, k, mean = len(values), len(groups), fmean(values)
        if k in (1, n) or min(values) == max(values):
            return 1.0
        means = [(len(group), fmean(group)) for group in groups.values()]
        between = sum(times * (one - mean) ** 2 for times, one in means) / (k - 1)
        centred = (value - fmean(group) for group in groups.values() for value in group)
        within = sum(one * one for one in centred) / (n - k)
        usual = (n - n * n * self._overlap / n) / (k - 1)
        found = min(1.0, max(0.0, (between - within) / (between + (usual - 1.0) * within)))
        pairs = sum(times * (times - 1) / 2 for times, _ in means)
        return (found * pairs + _CAREFUL_PAIRS) / (pairs + _CAREFUL_PAIRS)


Sharing = Callable[[Sequence[int]], SharedDraws]
"""Which draws some replications of a seed share, by their numbers."""


def sharing_in(loaded: LoadedScenario, seed: int) -> Sharing:
    """Which draws replications of a seed share; none where the scenario draws from its ranges."""
    draws = loaded.agreeing_draws
    if not draws:
        return lambda replications: SharedDraws.none(len(replications))
    table_worth = equal_draws(draws)
    known: dict[int, int] = {}

    def shared(replications: Sequence[int]) -> SharedDraws:
        asked = [number for number in replications if number not in known]
        if asked:
            known.update(zip(asked, draws_taken(draws, seed, asked), strict=True))
        return SharedDraws(tuple(known[number] for number in replications), table_worth)

    return shared


def shared_draws(loaded: LoadedScenario, seed: int, replications: Sequence[int]) -> SharedDraws:
    """Which draws these replications of a seed share."""
    return sharing_in(loaded, seed)(replications)


@dataclass(frozen=True)
class Chance:
    """How likely something is, from replications that may share draws."""

    reached: Sequence[bool]
    shared: SharedDraws

    @property
    def n(self) -> int:
        """Replications."""
        return len(self.reached)

    @property
    def p(self) -> float:
        """The part that reaches it."""
        return sum(self.reached) / self.n

    @property
    def worth(self) -> float:
        """Independent replications that these are worth."""
        return self.shared.worth(self.reached)

    @cached_property
    def interval(self) -> tuple[float, float]:
        """Wilson's, at as many replications as these are worth.

        Raises:
            ValueError: without replications.
        """
        if not self.reached:
            raise ValueError("no replication, no interval")
        return wilson_share(self.p, self.worth)

    def is_told(self) -> bool:
        """Whether more replications of the same table would hardly tell more."""
        return self.shared.is_told(self.reached)

    def verdict(self, required: float) -> str:
        """`reachable`, `out of reach`, `at risk`, `undecided (m more)` or `too close to call`.

        More replications of the same rows tell no more of the rows than there is: where that would not decide, it is
        too close to call, and only a calibration on more draws helps.
        """
        known = decided(*self.interval, required)
        if known is not None:
            return known
        effective = math.floor(self.worth)
        more = more_for_share(self.p, effective, required)
        if more is None:
            return TOO_CLOSE
        in_all = self.shared.replications_worth(effective + more, self.reached)
        more = max(more, math.ceil(min(in_all, 2 * MOST_REPLICATIONS)) - self.n)
        return TOO_CLOSE if self.n + more > MOST_REPLICATIONS else f"undecided ({more} more)"
