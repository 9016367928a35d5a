"""The rows of a run folder's tables as the report knows them: targets, months, causes, money, parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sim.report.language import Language


def _title(title_vi: str, title_en: str, language: Language) -> str:
    return (title_vi or title_en) if language == "vi" else (title_en or title_vi)


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target under one reading; the first row of each target_id is the reading that decides."""

    target_id: str
    title_vi: str
    title_en: str
    measure: str
    scope: str
    reading: str
    threshold: float | None
    due: date | None
    median: float | None
    p05: float | None
    p95: float | None
    p_reached: float | None
    p_low: float | None
    p_high: float | None
    n: int
    first_reached: date | None
    verdict: str

    def title(self, language: Language) -> str:
        """The target's title in the language, else in the other one, else its id."""
        return _title(self.title_vi, self.title_en, language) or self.target_id


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """One month of one measure, true or as reported: quantiles over the replications."""

    date: date
    measure: str
    scope: str
    version: str
    unit: str
    median: float | None
    p05: float | None
    p25: float | None
    p75: float | None
    p95: float | None
    n: int


@dataclass(frozen=True, slots=True)
class CauseRow:
    """How many deliveries, or how many hours, one cause accounts for in one year."""

    year: int
    group: str
    cause: str
    unit: str
    median: float | None
    p05: float | None
    p95: float | None
    n: int


@dataclass(frozen=True, slots=True)
class SpendingRow:
    """One plan line, source and year: money planned, arrived, spent and returned, in million VND."""

    line_id: str
    title_vi: str
    title_en: str
    source: str
    year: int
    planned_million_vnd: float
    arrived_median: float | None
    spent_median: float | None
    returned_median: float | None
    n: int

    def title(self, language: Language) -> str:
        """The line's title in the language, else in the other one, else its id."""
        return _title(self.title_vi, self.title_en, language) or self.line_id


@dataclass(frozen=True, slots=True)
class ParameterRow:
    """One number the model used, as its file gives it, with its range, basis and source."""

    key: str
    unit: str
    low: str
    value: str
    high: str
    kind: str
    basis: str
    source: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What was run: scenario, seed, how many replications were asked for and done, model version."""

    scenario: str
    title_vi: str
    title_en: str
    seed: str
    replications_done: int
    replications_asked: int
    replications_failed: int
    model_version: str
    scenario_hash: str
    horizon_start: date | None
    horizon_end: date | None
    engine: str
    options: tuple[str, ...]
    future: str
    adoption: str
    notes: tuple[tuple[str, str], ...]

    def title(self, language: Language) -> str:
        """The scenario's title in the language, else in the other one, else its name."""
        return _title(self.title_vi, self.title_en, language) or self.scenario


@dataclass(frozen=True, slots=True)
class RunTables:
    """Everything the report reads from one run folder."""

    manifest: Manifest
    targets: tuple[TargetRow, ...]
    series: tuple[SeriesRow, ...]
    causes: tuple[CauseRow, ...]
    spending: tuple[SpendingRow, ...]
    parameters: tuple[ParameterRow, ...]


def deciding_rows(targets: Sequence[TargetRow]) -> tuple[TargetRow, ...]:
    """The first row of each target, in the plan's order: the reading the verdict rests on."""
    first: dict[str, TargetRow] = {}
    for row in targets:
        first.setdefault(row.target_id, row)
    return tuple(first.values())
