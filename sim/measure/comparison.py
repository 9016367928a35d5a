"""Options side by side: each met the same luck as the baseline, so differences are taken replication by replication."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import fsum, sqrt
from statistics import variance
from typing import NamedTuple

from scipy.special import stdtr, stdtrit

from sim.measure.payload import Measured
from sim.measure.summary import PARAMETERS, TARGETS, Row, Table, parameter_rows, series_rows, target_rows
from sim.measure.targets import readings
from sim.measure.verdicts import quantile
from sim.scenario.loading import LoadedScenario

COMPARE = (
    "cell",
    "title_vi",
    "title_en",
    "target_id",
    "reading",
    "median",
    "p05",
    "p95",
    "p_reached",
    "p_low",
    "p_high",
    "n",
    "verdict",
    "difference_mean",
    "difference_low",
    "difference_high",
    "spent_median_million_vnd",
    "holm_significant",
)
COMPARE_SERIES = ("cell", "title_vi", "title_en", "date", "measure", "scope", "version", "median", "p05", "p95", "n")
SIGNIFICANCE = 0.05
_TAKEN = tuple(TARGETS.index(name) for name in COMPARE[COMPARE.index("target_id") : COMPARE.index("verdict") + 1])
_SPENT = 6

Question = tuple[str, str]
"""target id, reading"""


@dataclass(frozen=True)
class ComparedCell:
    """One case of a comparison with its finished replications; the first of a comparison is the baseline."""

    cell: str
    title_vi: str
    title_en: str
    loaded: LoadedScenario
    measured: tuple[Measured, ...]


class Difference(NamedTuple):
    """How much more an option gives than the baseline, on average over the replications that both finished."""

    mean: float | None
    low: float | None
    """With `high`, the 95 % interval of the mean by Student's t; None below two pairs."""
    high: float | None
    p_value: float | None
    """Of the two-sided paired t test that the mean is zero."""


def comparison_tables(cells: Sequence[ComparedCell]) -> dict[str, Table]:
    """The tables of a comparison, and the baseline's own targets and parameters, which say what is compared.

    Raises:
        ValueError: without a cell.
    """
    if not cells:
        raise ValueError("nothing to compare")
    baseline = cells[0]
    described = target_rows(baseline.loaded, baseline.measured) if baseline.measured else []
    return {
        "compare": (COMPARE, _compare(cells)),
        "compare_series": (COMPARE_SERIES, _series(cells)),
        "targets": (TARGETS, described),
        "parameters": (PARAMETERS, parameter_rows(baseline.loaded)),
    }


def kept_for_comparison(one: Measured, loaded: LoadedScenario) -> Measured:
    """A replication without what a comparison does not read, so that many cells fit in memory."""
    wanted = {(plan.measure, plan.scope) for plan, *_ in map(readings, loaded.scenario.targets)}
    series = [row for row in one.series if (row[1], row[2]) in wanted]
    return replace(one, series=series, causes=[], agencies=[], parameters={}, facts={})


def mean_interval(values: Sequence[float], confidence: float = 0.95) -> tuple[float, float]:
    """Student's t interval of a mean.

    Raises:
        ValueError: of fewer than two values.
    """
    if len(values) < 2:
        raise ValueError("an interval needs two values")
    mean = fsum(values) / len(values)
    half = float(stdtrit(len(values) - 1, 0.5 + confidence / 2)) * _standard_error(values)
    return mean - half, mean + half


def paired_difference(option: Mapping[int, float], baseline: Mapping[int, float]) -> Difference:
    """Option minus baseline over the replications that have both; blank without any."""
    differences = [option[r] - baseline[r] for r in sorted(option.keys() & baseline.keys())]
    if not differences:
        return Difference(None, None, None, None)
    mean = fsum(differences) / len(differences)
    if len(differences) < 2:
        return Difference(mean, None, None, None)
    return Difference(mean, *mean_interval(differences), _p_value(mean, differences))


def holm(p_values: Mapping[str, float], level: float = SIGNIFICANCE) -> dict[str, bool]:
    """Which of several tests are significant when all of them together may err with this chance (Holm 1979)."""
    kept: dict[str, bool] = {}
    still = True
    for place, name in enumerate(sorted(p_values, key=lambda one: p_values[one])):
        still = still and p_values[name] <= level / (len(p_values) - place)
        kept[name] = still
    return kept


def _standard_error(values: Sequence[float]) -> float:
    return sqrt(variance(values) / len(values)) if min(values) < max(values) else 0.0


def _p_value(mean: float, differences: Sequence[float]) -> float:
    error = _standard_error(differences)
    if error == 0.0:
        return 1.0 if mean == 0.0 else 0.0
    return 2.0 * float(stdtr(len(differences) - 1, -abs(mean) / error))


def values_by_question(cell: ComparedCell) -> dict[Question, dict[int, float]]:
    """Each target under each reading, by replication."""
    found: defaultdict[Question, dict[int, float]] = defaultdict(dict)
    for one in cell.measured:
        for target_id, reading, _, _, value, *_ in one.targets:
            if value is not None:
                found[target_id, reading][one.replication] = value
    return found


def _differences(cells: Sequence[ComparedCell]) -> dict[tuple[str, Question], Difference]:
    baseline = values_by_question(cells[0])
    return {
        (cell.cell, question): paired_difference(values, baseline.get(question, {}))
        for cell in cells[1:]
        for question, values in values_by_question(cell).items()
    }


def _significant(differences: Mapping[tuple[str, Question], Difference]) -> dict[tuple[str, Question], int]:
    tests: defaultdict[Question, dict[str, float]] = defaultdict(dict)
    for (cell, question), difference in differences.items():
        if difference.p_value is not None:
            tests[question][cell] = difference.p_value
    return {(cell, question): int(is_one) for question in tests for cell, is_one in holm(tests[question]).items()}


def _compare(cells: Sequence[ComparedCell]) -> list[Row]:
    differences = _differences(cells)
    significant = _significant(differences)
    rows: list[Row] = []
    for cell in cells:
        spent = _spent_median(cell)
        for row in _of_targets(cell):
            key = cell.cell, (row[0], row[1])
            found = differences.get(key, Difference(None, None, None, None))
            named = (cell.cell, cell.title_vi, cell.title_en)
            rows.append((*named, *row, found.mean, found.low, found.high, spent, significant.get(key)))
    return rows


def _of_targets(cell: ComparedCell) -> list[Row]:
    """Targets as the run's own table has them; blank when every replication of the cell failed."""
    if cell.measured:
        return [tuple(row[i] for i in _TAKEN) for row in target_rows(cell.loaded, cell.measured)]
    blank = (None,) * 6
    return [
        (target.id, reading.name, *blank, 0, "")
        for target in cell.loaded.scenario.targets
        for reading in readings(target)
    ]


def _spent_median(cell: ComparedCell) -> float | None:
    if not cell.measured:
        return None
    return quantile([fsum(row[_SPENT] for row in one.spending) for one in cell.measured], 0.5)


def _series(cells: Sequence[ComparedCell]) -> list[Row]:
    return [
        (cell.cell, cell.title_vi, cell.title_en, day, measure, scope, version, median, p05, p95, n)
        for cell in cells
        for day, measure, scope, version, _, median, p05, _, _, p95, n in series_rows(cell.measured)
    ]
