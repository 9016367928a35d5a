"""Options side by side: each met the same luck as the baseline, so differences are taken replication by replication."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import floor, fsum, sqrt
from statistics import variance
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from scipy.special import stdtr, stdtrit

from sim.measure.agency_quarters import NO_QUARTERS
from sim.measure.measured import Measured
from sim.measure.milestones import MilestoneDraws, milestones_alone
from sim.measure.pairs import ROUNDING, Pairs, pairs_of
from sim.measure.parameters import parameter_rows
from sim.measure.shared_draws import Sharing, sharing_in
from sim.measure.summary import series_frame, target_rows
from sim.measure.targets import readings
from sim.measure.verdicts import quantile
from sim.results.comparison_tables import COMPARE, COMPARE_SERIES, FEWEST_PAIRS, CompareRow
from sim.results.run_tables import PARAMETERS, TARGETS, TargetRow
from sim.results.table import FilledTable
from sim.scenario.loading import LoadedScenario
from sim.scenario.measures import THINGS_COUNTED

if TYPE_CHECKING:
    import pandas as pd

SIGNIFICANCE = 0.05

_PAPERS = ("name", "title", "volumes", "matrix", "seasons", "documents", "dossiers", "baselines", "counts", "run")
_PEOPLE_AND_LINES = ("people", "network", "post", "signatures", "adoption", "reporting", "mandates")
_WITHOUT_MONEY = frozenset((*_PAPERS, *_PEOPLE_AND_LINES))
"""Sections that `sim.model.money_alone` never reads: money rests on agencies, equipment, prices, lines and teams."""

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
    milestones: Mapping[str, MilestoneDraws] = field(default_factory=dict)
    """Targets of money from the money alone, which take the place of what replications make of them."""


class Difference(NamedTuple):
    """How much more an option gives than the baseline, on average over the replications that both finished."""

    mean: float | None
    low: float | None
    """With `high`, the interval of the mean by Student's t, of 95 % unless it is held against others; None below two
    pairs, and where all differ alike: how far they might spread is then not known."""
    high: float | None
    p_value: float | None
    """Of the two-sided paired t test that the mean is zero; of n equal differences, that of n equal signs."""
    error: float | None = None
    """Standard error of the mean, where there is an interval."""
    freedom: float = 1.0
    """Degrees of freedom of Student's t."""

    def at(self, level: float) -> Difference:
        """The same with the interval that leaves out zero just where the test is passed at this level."""
        if self.mean is None or self.error is None:
            return self
        half = float(stdtrit(self.freedom, 1.0 - level / 2.0)) * self.error
        return self._replace(low=self.mean - half, high=self.mean + half)


_NO_DIFFERENCE = Difference(None, None, None, None)


def comparison_tables(cells: Sequence[ComparedCell]) -> tuple[FilledTable[Any], ...]:
    """The tables of a comparison, and the baseline's own targets and parameters, which say what is compared.

    Raises:
        ValueError: without a cell.
    """
    if not cells:
        raise ValueError("nothing to compare")
    baseline = cells[0]
    described = _target_rows(baseline)
    return (
        COMPARE.filled(_compare(cells)),
        COMPARE_SERIES.filled(_series(cells)),
        TARGETS.filled(described),
        PARAMETERS.filled(parameter_rows(baseline.loaded)),
    )


def kept_for_comparison(one: Measured, loaded: LoadedScenario) -> Measured:
    """A replication without what a comparison does not read, so that many cells fit in memory."""
    wanted = {(plan.measure, plan.scope) for plan, *_ in map(readings, loaded.scenario.targets)}
    curves = zip(one.series["measure"], one.series["scope"], strict=True)
    series = one.series[[curve in wanted for curve in curves]]
    return replace(
        one,
        series=series,
        years=(),
        districts=(),
        quarters=NO_QUARTERS,
        causes=(),
        agencies=(),
        parameters={},
        facts={},
    )


def milestones_of_cases(cases: Sequence[LoadedScenario], seed: int) -> Iterator[Mapping[str, MilestoneDraws]]:
    """The milestones of case after case from its money alone; cases with the same money are drawn once."""
    drawn: dict[str, Mapping[str, MilestoneDraws]] = {}
    for loaded in cases:
        money = _money_of(loaded)
        if money not in drawn:
            drawn[money] = milestones_alone(loaded, seed)
        yield drawn[money]


def _money_of(loaded: LoadedScenario) -> str:
    """All that the money of a scenario may rest on, as text."""
    settings = loaded.scenario.model_dump_json(exclude=set(_WITHOUT_MONEY))
    return f"{settings} {loaded.agencies} {loaded.budget} {loaded.purchases} {loaded.procedures}"


def mean_interval(values: Sequence[float], confidence: float = 0.95, worth: float | None = None) -> tuple[float, float]:
    """Student's t interval of a mean.

    Args:
        values: of which the mean is.
        confidence: how often it holds.
        worth: independent values that they are worth; None for all.

    Raises:
        ValueError: of fewer than two values.
    """
    if len(values) < 2:
        raise ValueError("an interval needs two values")
    n = worth or len(values)
    mean = fsum(values) / len(values)
    half = half_width(sqrt(variance(values)), n, 0.5 + confidence / 2)
    return mean - half, mean + half


def half_width(deviation: float, worth: float, sure: float = 0.975) -> float:
    """Half of Student's t interval of a mean.

    Args:
        deviation: standard deviation of the values.
        worth: independent values that they are worth.
        sure: chance of each of its ends not to be passed.
    """
    return float(stdtrit(_freedom(worth), sure)) * deviation / sqrt(worth)


def _freedom(worth: float) -> float:
    return max(1.0, worth - 1)


def paired_difference(
    option: Mapping[int, float], baseline: Mapping[int, float], sharing: Sharing | None = None
) -> Difference:
    """Option minus baseline over the replications that have both; blank without any.

    Args:
        option: its values by replication.
        baseline: the same.
        sharing: which draws some replications share; None where none does.
    """
    both = sorted(option.keys() & baseline.keys())
    differences = [option[r] - baseline[r] for r in both]
    if not differences:
        return _NO_DIFFERENCE
    worth = sharing(both).worth(differences) if sharing else len(both)
    mean = fsum(differences) / len(differences)
    if len(differences) < 2:
        return Difference(mean, None, None, None)
    if not are_alike(differences):
        error = sqrt(variance(differences) / worth)
        chance = 2.0 * float(stdtr(_freedom(worth), -abs(mean) / error))
        return Difference(mean, None, None, chance, error, _freedom(worth)).at(SIGNIFICANCE)
    if are_alike([0.0, *differences]):
        return Difference(0.0, 0.0, 0.0, 1.0)
    return Difference(mean, None, None, chance_of_equal_signs(floor(worth)))


def told(found: Difference, pairs: Pairs | None, *, is_share: bool) -> Difference:
    """What is told of a difference: of few pairs neither interval nor test, of a share none that no share can have.

    Args:
        found: the difference with its interval.
        pairs: what it is the mean of; None without any.
        is_share: whether the values are shares, from 0 to 1.
    """
    if pairs is None or found.mean is None or found.low == found.high == 0.0:
        return found
    if pairs.number < FEWEST_PAIRS:
        return Difference(found.mean, None, None, None)
    if not is_share or found.low is None or found.high is None:
        return found
    without = pairs.mean - found.mean
    return found._replace(low=max(found.low, -without), high=min(found.high, 1.0 - without))


def chance_of_equal_signs(n: int) -> float:
    """That n differences have one sign where there is none: all that equal ones tell, since they do not spread."""
    return 2.0 ** (1 - n)


def are_alike(values: Sequence[float]) -> bool:
    """Whether values are the same but for rounding."""
    return max(values) - min(values) <= ROUNDING * max(1.0, *map(abs, values))


def holm(p_values: Mapping[str, float], level: float = SIGNIFICANCE) -> dict[str, bool]:
    """Which of several tests are significant when all of them together may err with this chance (Holm 1979)."""
    return {name: p_values[name] <= mine for name, mine in holm_levels(p_values, level).items()}


def holm_levels(p_values: Mapping[str, float], level: float = SIGNIFICANCE) -> dict[str, float]:
    """The level that each of several tests is held against: its own step, or the step at which the tests stopped."""
    levels: dict[str, float] = {}
    stopped: float | None = None
    for place, name in enumerate(sorted(p_values, key=lambda one: p_values[one])):
        levels[name] = level / (len(p_values) - place) if stopped is None else stopped
        if p_values[name] > levels[name]:
            stopped = levels[name]
    return levels


def values_by_question(cell: ComparedCell) -> dict[Question, dict[int, float]]:
    """Each target under each reading, by replication; milestones by draw of the money, as far as both cases have it."""
    found: defaultdict[Question, dict[int, float]] = defaultdict(dict)
    for one in cell.measured:
        for row in one.targets:
            if row.target_id in cell.milestones:
                found[row.target_id, row.reading] = dict(enumerate(cell.milestones[row.target_id].shares))
            elif row.value is not None:
                found[row.target_id, row.reading][one.replication] = row.value
    return found


def sharing_of(cell: ComparedCell) -> Sharing | None:
    """Which draws the replications of a case share; None without any replication."""
    return sharing_in(cell.loaded, cell.measured[0].seed) if cell.measured else None


Asked = TypeVar("Asked", bound=Hashable)


class Compared(NamedTuple):
    """A difference between a case and the baseline, held against those of the other cases."""

    difference: Difference
    """Its interval leaves out zero just where it stands out."""
    pairs: Pairs | None
    stands_out: bool | None
    """Whether it is significant, the cases being several; None without a difference."""


def compared(
    values: Mapping[tuple[str, Asked], Mapping[int, float]],
    baseline: Mapping[Asked, Mapping[int, float]],
    shares: Collection[Asked],
    sharing: Sharing | None,
) -> dict[tuple[str, Asked], Compared]:
    """Every difference with its interval, the cases being compared with the baseline by each question all at once.

    Args:
        values: of each case and question, by replication.
        baseline: of each question, by replication.
        shares: questions whose answers are shares, from 0 to 1.
        sharing: which draws some replications share.
    """
    pairs = {name: pairs_of(found, baseline.get(name[1], {})) for name, found in values.items()}
    alone = {name: paired_difference(found, baseline.get(name[1], {}), sharing) for name, found in values.items()}
    tests: defaultdict[Asked, dict[str, float]] = defaultdict(dict)
    for (cell, question), found in alone.items():
        one = told(found, pairs[cell, question], is_share=question in shares)
        if one.p_value is not None:
            tests[question][cell] = one.p_value
    levels = {question: holm_levels(chances) for question, chances in tests.items()}
    answers = {}
    for name, found in alone.items():
        cell, question = name
        level = levels.get(question, {}).get(cell)
        one = told(found.at(level) if level else found, pairs[name], is_share=question in shares)
        stands_out = level is not None and tests[question][cell] <= level
        answers[name] = Compared(one, pairs[name], None if one.mean is None else stands_out)
    return answers


def _differences(cells: Sequence[ComparedCell]) -> dict[tuple[str, Question], Compared]:
    counted = {target.id for target in cells[0].loaded.scenario.targets if target.measure in THINGS_COUNTED}
    baseline = values_by_question(cells[0])
    values = {
        (cell.cell, question): found for cell in cells[1:] for question, found in values_by_question(cell).items()
    }
    shares = {question for _, question in values if question[0] not in counted}
    return compared(values, baseline, shares, sharing_of(cells[0]))


def _compare(cells: Sequence[ComparedCell]) -> list[CompareRow]:
    differences = _differences(cells)
    rows: list[CompareRow] = []
    for cell in cells:
        spent = _spent_median(cell)
        targets = {(row.target_id, row.reading): row for row in _target_rows(cell)}
        for target in cell.loaded.scenario.targets:
            for reading in readings(target):
                question = target.id, reading.name
                found, pairs, stands_out = differences.get((cell.cell, question), (_NO_DIFFERENCE, None, None))
                row = _row(cell, question, targets.get(question), found, spent, stands_out)
                rows.append(replace(row, **pairs.columns) if pairs else row)
    return rows


def _row(
    cell: ComparedCell,
    question: Question,
    target: TargetRow | None,
    difference: Difference,
    spent: float | None,
    significant: bool | None,
) -> CompareRow:
    """A target as the cell's own table has it; blank when every replication of the cell failed."""
    target_id, reading = question
    return CompareRow(
        cell=cell.cell,
        title_vi=cell.title_vi,
        title_en=cell.title_en,
        target_id=target_id,
        reading=reading,
        median=target.median if target else None,
        p05=target.p05 if target else None,
        p95=target.p95 if target else None,
        p_reached=target.p_reached if target else None,
        p_low=target.p_low if target else None,
        p_high=target.p_high if target else None,
        n=target.n if target else 0,
        verdict=target.verdict if target else None,
        difference_mean=difference.mean,
        difference_low=difference.low,
        difference_high=difference.high,
        spent_median_million_vnd=spent,
        holm_significant=significant,
        number=cell.loaded.target_numbers.get(target_id),
    )


def _target_rows(cell: ComparedCell) -> list[TargetRow]:
    return target_rows(cell.loaded, cell.measured, cell.milestones) if cell.measured else []


def _spent_median(cell: ComparedCell) -> float | None:
    if not cell.measured:
        return None
    return quantile([fsum(account.spent for account in one.spending) for one in cell.measured], 0.5)


def _series(cells: Sequence[ComparedCell]) -> pd.DataFrame:
    """The columns of `COMPARE_SERIES`."""
    import pandas as pd

    parts = [
        series_frame(cell.measured).assign(cell=cell.cell, title_vi=cell.title_vi, title_en=cell.title_en)
        for cell in cells
    ]
    frame = pd.concat(parts, ignore_index=True)
    frame["longer"] = frame["longer"].map(_of_shown_points)
    return frame[[column.name for column in COMPARE_SERIES.columns]]


def _of_shown_points(longer: object) -> str | None:
    """Of the points that are longer than they say, those that a comparison shows; None for none."""
    shown = {column.name for column in COMPARE_SERIES.columns}
    named = longer.split(";") if isinstance(longer, str) else []
    return ";".join(name for name in named if name in shown) or None
