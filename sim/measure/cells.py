"""The table of a study's cells: one row for each cell and replication, with its levers, its money and its measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from sim.measure.payload import Measured
from sim.measure.summary import Row, Table
from sim.measure.targets import PLAN, readings, threshold_of
from sim.scenario.budget_levers import turned
from sim.scenario.keys import BUDGET_LEVERS, key_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import SOURCES

AIMS = ("target_id", "title_vi", "title_en", "measure", "scope", "threshold", "due", "required_probability")
CODEBOOK = ("column", "unit", "meaning_vi", "meaning_en")
_PLANNED, _ARRIVED, _SPENT = 3, 4, 6
_MONEY = {"planned": _PLANNED, "arrived": _ARRIVED, "spent": _SPENT}


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


def cell_table(loaded: LoadedScenario, keys: Sequence[str], runs: Sequence[CellRun]) -> Table:
    """One row a run, failed ones too: their measures are blank and their error is named."""
    targets = [(target.id, reading.name) for target in loaded.scenario.targets for reading in readings(target)]
    header = (
        *("cell", "replication", "seed", "status", "error", *keys),
        *(f"{name}_{source}_million_vnd" for name in _MONEY for source in SOURCES),
        *(f"{name}_million_vnd" for name in _MONEY),
        *(column for key in targets for column in _columns(*key)),
    )
    return header, [_row(one, targets) for one in runs]


def _columns(target_id: str, reading: str) -> tuple[str, str]:
    name = target_id if reading == PLAN else f"{target_id}:{reading}"
    return name, f"{name}_reached"


def _row(one: CellRun, targets: Sequence[tuple[str, str]]) -> Row:
    measured = one.measured
    status = "failed" if one.error else "missing" if measured is None else "done"
    named = (one.cell, one.replication, one.seed, status, one.error, *one.levers)
    if measured is None:
        return (*named, *(None,) * (len(_MONEY) * (len(SOURCES) + 1) + 2 * len(targets)))
    money = [[_sum(measured, column, source) for source in SOURCES] for column in _MONEY.values()]
    found = {(row[0], row[1]): row for row in measured.targets}
    outcomes = [(found[key][4], int(found[key][5])) for key in targets]
    return (
        *named,
        *(amount for amounts in money for amount in amounts),
        *(fsum(amounts) for amounts in money),
        *(cell for outcome in outcomes for cell in outcome),
    )


def _sum(measured: Measured, column: int, source: str) -> float:
    return fsum(row[column] for row in measured.spending if row[1] == source)


def value_of(measured: Measured, target_id: str, reading: str = PLAN) -> float | None:
    """A target's value in one replication."""
    return next((row[4] for row in measured.targets if row[0] == target_id and row[1] == reading), None)


def is_reached(measured: Measured, target_id: str, reading: str = PLAN) -> bool:
    """Whether one replication reaches a target."""
    return any(row[5] for row in measured.targets if row[0] == target_id and row[1] == reading)


def spent_million_vnd(measured: Measured) -> float:
    """All that one replication spends."""
    return fsum(row[_SPENT] for row in measured.spending)


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


def aim_rows(loaded: LoadedScenario) -> Table:
    """What each target asks, for the pages."""
    required = loaded.scenario.run.required_probability.value
    return AIMS, [
        (
            *(target.id, target.title.vi, target.title.en, target.measure, target.scope),
            *(threshold_of(target), target.due.isoformat(), required),
        )
        for target in loaded.scenario.targets
    ]


def codebook(loaded: LoadedScenario, keys: Sequence[tuple[str, str, str]]) -> Table:
    """What each column of cells.csv is.

    Args:
        loaded: the scenario.
        keys: (key, unit, `lever` or `unknown`) of each key varied.
    """
    return CODEBOOK, list(_columns_explained(loaded, keys))


def _columns_explained(loaded: LoadedScenario, keys: Sequence[tuple[str, str, str]]) -> Iterator[Row]:
    yield "cell", "1", "số thứ tự của ô, từ 0", "number of the cell, from 0"
    yield "replication", "1", "số thứ tự lần chạy, từ 0", "number of the replication, from 0"
    yield "seed", "1", "số khởi tạo ngẫu nhiên", "random seed"
    yield "status", "", "done: xong; failed: hỏng; missing: chưa chạy", "done, failed or missing (not run yet)"
    yield "error", "", "lỗi của lần chạy hỏng", "what went wrong in a failed one"
    for key, unit, role in keys:
        said = ("đòn bẩy do kế hoạch chọn", "lever, chosen") if role == "lever" else ("điều chưa biết", "unknown")
        yield key, unit, *said
    named = {"planned": "theo kế hoạch", "arrived": "được cấp", "spent": "đã chi"}
    for name, vietnamese in named.items():
        for source in SOURCES:
            said = f"vốn {source} {vietnamese}", f"money {name}, source {source}"
            yield f"{name}_{source}_million_vnd", "million VND", *said
    for name, vietnamese in named.items():
        yield f"{name}_million_vnd", "million VND", f"kinh phí {vietnamese}, mọi nguồn", f"money {name}, all sources"
    for target in loaded.scenario.targets:
        for reading in readings(target):
            value, reached = _columns(target.id, reading.name)
            said = f"{target.title.vi} ({reading.name})", f"{target.title.en} ({reading.name})"
            yield value, "1", *said
            yield reached, "1", f"1 nếu đạt ngưỡng: {said[0]}", f"1 where the threshold is met: {said[1]}"
