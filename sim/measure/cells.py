"""Rows of a study's cells: one for each cell and replication, with its levers, its money and its measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from sim.measure.flows import EXCHANGE, INTERNAL, SUBMISSION
from sim.measure.measured import PLAN, Measured
from sim.measure.targets import readings, threshold_of
from sim.results.columns import MONEY
from sim.results.study_tables import CELLS, AimRow, CellColumnRow, CellRow
from sim.scenario.budget_levers import turned
from sim.scenario.keys import BUDGET_LEVERS, key_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import SOURCES

_MONEY = ("planned", "arrived", "spent")
_SPENT = "spent_million_vnd"
BESIDE = (*EXCHANGE, SUBMISSION, INTERNAL[1], _SPENT)
"""Measures of the whole province that a sweep shows beside the targets, whatever these are of."""
_MONTHS = 12


@dataclass(frozen=True)
class CellRun:
    """One replication of one cell.

    Attributes:
        cell: number from 0.
        replication: number from 0.
        seed: under which it can be run again.
        levers: value of each key, in base units.
        measured: what came out; None when it failed or was not run.
        error: last line of what went wrong; empty when nothing did.
    """

    cell: int
    replication: int
    seed: int
    levers: tuple[float, ...]
    measured: Measured | None
    error: str


def cell_rows(loaded: LoadedScenario, keys: Sequence[str], runs: Sequence[CellRun]) -> list[CellRow]:
    """One row a run, failed ones too: their measures are blank and their error is named."""
    targets = [(target.id, reading.name) for target in loaded.scenario.targets for reading in readings(target)]
    return [_row(one, keys, targets) for one in runs]


def _columns(target_id: str, reading: str) -> tuple[str, str]:
    name = target_id if reading == PLAN else f"{target_id}:{reading}"
    return name, f"{name}_reached"


def _row(one: CellRun, keys: Sequence[str], targets: Sequence[tuple[str, str]]) -> CellRow:
    measured = one.measured
    return CellRow(
        cell=one.cell,
        replication=one.replication,
        seed=one.seed,
        status="failed" if one.error else "missing" if measured is None else "done",
        error=one.error or None,
        keys=dict(zip(keys, one.levers, strict=True)),
        money=_money(measured),
        outcomes=_outcomes(measured, targets),
    )


def _money(measured: Measured | None) -> dict[str, float | None]:
    """Each kind of money from each source, then of all sources; blank for a run that is not there."""
    found: dict[str, float | None] = {}
    for name in _MONEY:
        for source in SOURCES:
            found[f"{name}_{source}_million_vnd"] = None if measured is None else _sum(measured, name, source)
    for name in _MONEY:
        amounts = [found[f"{name}_{source}_million_vnd"] for source in SOURCES]
        found[f"{name}_million_vnd"] = None if measured is None else fsum(amount or 0.0 for amount in amounts)
    return found


def _outcomes(measured: Measured | None, targets: Sequence[tuple[str, str]]) -> dict[str, float | None]:
    """Each target's value under each reading, and 1 where it is reached; blank for a run that is not there."""
    rows = {} if measured is None else {(row.target_id, row.reading): row for row in measured.targets}
    found: dict[str, float | None] = {}
    for target in targets:
        value, reached = _columns(*target)
        found[value] = rows[target].value if rows else None
        found[reached] = int(rows[target].reached) if rows else None
    return found


def _sum(measured: Measured, entry: str, source: str) -> float:
    return fsum(getattr(account, entry) for account in measured.spending if account.source == source)


def value_of(measured: Measured, target_id: str, reading: str = PLAN) -> float | None:
    """A target's value in one replication."""
    outcome = measured.outcome(target_id, reading)
    return outcome.value if outcome else None


def last_months(measured: Measured, measure: str) -> float | None:
    """The mean of the whole province's last twelve months of a measure; of money spent, all that is spent."""
    if measure == _SPENT:
        return spent_million_vnd(measured)
    series = measured.series
    mine = series[(series["measure"] == measure) & (series["scope"] == "all") & (series["version"] == "true")]
    known = [float(value) for value in mine.sort_values("date")["value"].tail(_MONTHS).dropna()]
    return fsum(known) / len(known) if known else None


def is_reached(measured: Measured, target_id: str, reading: str = PLAN) -> bool:
    """Whether one replication reaches a target."""
    outcome = measured.outcome(target_id, reading)
    return outcome is not None and outcome.reached


def spent_million_vnd(measured: Measured) -> float:
    """All that one replication spends."""
    return fsum(account.spent for account in measured.spending)


def planned_by_source(loaded: LoadedScenario, levers: Mapping[str, float] | None = None) -> dict[str, float]:
    """Million VND of the plan and its options by source, from the year of the decision to the last simulated.

    Args:
        loaded: the scenario.
        levers: values of `budget.scale.LINE` and its like, and of `extra_lines.ID.amount`, that take the place of the
            scenario's own; other keys cost nothing here.
    """
    first = loaded.scenario.plan.decided.year
    named = levers or {}
    tables = {table: dict(getattr(loaded.scenario.budget, table)) for table in BUDGET_LEVERS}
    for key, value in named.items():
        parts = key_of(key)
        if parts[0] == "budget" and parts[1] in tables:
            tables[parts[1]][parts[2]] = int(value) if parts[1] == "shift_years" else value
    budget = loaded.scenario.budget.model_copy(update=tables)
    lines = [(line.source, line.year, line.amount_million_vnd) for line in turned(loaded.plan_lines, budget, first)]
    lines += [
        (extra.source, extra.year, named.get(f"extra_lines.{extra.id}.amount", extra.amount.value))
        for extra in loaded.scenario.extra_lines
    ]
    last = loaded.scenario.horizon.end.year
    return {
        source: fsum(amount for of, year, amount in lines if of == source and first <= year <= last)
        for source in SOURCES
    }


def aim_rows(loaded: LoadedScenario) -> list[AimRow]:
    """What each target asks, for the pages."""
    required = loaded.scenario.run.required_probability.value
    return [
        AimRow(
            target_id=target.id,
            title_vi=target.title.vi,
            title_en=target.title.en,
            measure=target.measure,
            scope=target.scope,
            threshold=threshold_of(target),
            due=target.due,
            required_probability=required,
            number=loaded.target_numbers[target.id],
            stated_threshold=target.threshold.value,
        )
        for target in loaded.scenario.targets
    ]


def codebook(loaded: LoadedScenario, keys: Sequence[tuple[str, str, str]]) -> list[CellColumnRow]:
    """What each column of cells.csv is.

    Args:
        loaded: the scenario.
        keys: (key, unit, `lever` or `unknown`) of each key varied.
    """
    own = [
        CellColumnRow(column.name, column.about.unit or None, column.about.vi, column.about.en)
        for column in CELLS.columns
    ]
    return [*own, *_columns_explained(loaded, keys)]


def _columns_explained(loaded: LoadedScenario, keys: Sequence[tuple[str, str, str]]) -> Iterator[CellColumnRow]:
    for key, unit, role in keys:
        said = ("đòn bẩy do kế hoạch chọn", "lever, chosen") if role == "lever" else ("điều chưa biết", "unknown")
        yield CellColumnRow(key, unit or None, *said)
    named = {"planned": "theo kế hoạch", "arrived": "được bố trí", "spent": "đã giải ngân"}
    for name, vietnamese in named.items():
        for source in SOURCES:
            said = f"vốn {source} {vietnamese}", f"money {name}, source {source}"
            yield CellColumnRow(f"{name}_{source}_million_vnd", MONEY, *said)
    for name, vietnamese in named.items():
        said = f"kinh phí {vietnamese}, mọi nguồn", f"money {name}, all sources"
        yield CellColumnRow(f"{name}_million_vnd", MONEY, *said)
    for target in loaded.scenario.targets:
        for reading in readings(target):
            value, reached = _columns(target.id, reading.name)
            vi, en = f"{target.title.vi} ({reading.name})", f"{target.title.en} ({reading.name})"
            yield CellColumnRow(value, "1", vi, en)
            yield CellColumnRow(reached, "1", f"1 nếu đạt ngưỡng: {vi}", f"1 where the threshold is met: {en}")
