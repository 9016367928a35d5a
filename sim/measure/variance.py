"""How much of a target's spread nobody knows beforehand (parameters), and how much is luck that no study removes."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import fsum
from statistics import variance
from typing import NamedTuple

from sim.measure.measured import Measured
from sim.measure.targets import readings
from sim.results.evidence_tables import VarianceRow
from sim.scenario.loading import LoadedScenario

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


def variance_rows(loaded: LoadedScenario, first: Sequence[Measured], second: Sequence[Measured]) -> list[VarianceRow]:
    """One row for each target and reading."""
    firsts, seconds = _values(first), _values(second)
    rows: list[VarianceRow] = []
    for target in loaded.scenario.targets:
        for reading in readings(target):
            key = target.id, reading.name
            found = split(firsts[key], seconds[key])
            rows.append(
                VarianceRow(
                    target_id=target.id,
                    reading=reading.name,
                    measure=reading.measure,
                    parameters_share=found.parameters,
                    luck_share=found.luck,
                    n_pairs=found.pairs,
                )
            )
    return rows


def _values(measured: Sequence[Measured]) -> defaultdict[tuple[str, str], dict[int, float]]:
    found: defaultdict[tuple[str, str], dict[int, float]] = defaultdict(dict)
    for one in measured:
        for row in one.targets:
            if row.value is not None:
                found[row.target_id, row.reading][one.replication] = row.value
    return found
