"""How much of a target's spread nobody knows beforehand (parameters), and how much is luck that no study removes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import fsum
from statistics import variance
from typing import Any, NamedTuple

from sim.measure.payload import Measured
from sim.measure.targets import readings
from sim.scenario.loading import LoadedScenario

VARIANCE = ("target_id", "reading", "measure", "parameters_share", "luck_share", "n_pairs")
FEWEST_PAIRS = 5


class Split(NamedTuple):
    """Shares of a variance; both None where they cannot be told."""

    parameters: float | None
    luck: float | None
    pairs: int


def split(first: Mapping[int, float], second: Mapping[int, float]) -> Split:
    """Split the variance of `first` by replication, of which `second` repeats some under another luck.

    Two replications that share their parameters differ by luck alone, so half the mean square of their
    difference is the variance that luck brings. The rest comes from the parameters.
    """
    pairs = sorted(first.keys() & second.keys())
    values = list(first.values())
    if len(pairs) < FEWEST_PAIRS or min(values) == max(values):
        return Split(None, None, len(pairs))
    by_luck = fsum((first[r] - second[r]) ** 2 for r in pairs) / len(pairs) / 2.0
    luck = min(1.0, by_luck / variance(values))
    return Split(1.0 - luck, luck, len(pairs))


def variance_rows(
    loaded: LoadedScenario, first: Sequence[Measured], second: Sequence[Measured]
) -> list[tuple[Any, ...]]:
    """One row for each target and reading."""
    firsts, seconds = _values(first), _values(second)
    rows: list[tuple[Any, ...]] = []
    for target in loaded.scenario.targets:
        for reading in readings(target):
            key = target.id, reading.name
            found = split(firsts[key], seconds[key])
            rows.append((*key, reading.measure, found.parameters, found.luck, found.pairs))
    return rows


def _values(measured: Sequence[Measured]) -> defaultdict[tuple[str, str], dict[int, float]]:
    found: defaultdict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for one in measured:
        for target_id, reading, _, _, value, *_ in one.targets:
            if value is not None:
                found[target_id, reading][one.replication] = value
    return found
