"""The tables of a compare folder: the same province under several cases, the first of which is the baseline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sim.report.cells import Record, TableError, count, day, number, read_table, text, yes
from sim.report.formatting import UnitKind, unit_kind
from sim.report.rows import Manifest, TargetRow, deciding_rows
from sim.report.tables import read_manifest, target_row
from sim.results.words import Lang


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a comparison: the baseline, or the baseline with one more option, adoption regime or future."""

    name: str
    title_vi: str
    title_en: str

    def title(self, language: Lang) -> str:
        """The case's title in the language, else in the other one, else its name."""
        first, second = (self.title_vi, self.title_en) if language == "vi" else (self.title_en, self.title_vi)
        return first or second or self.name


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One target under one reading in one case, and how much more it is than in the baseline, pair by pair."""

    case: Case
    target_id: str
    reading: str
    median: float | None
    p05: float | None
    p95: float | None
    p_reached: float | None
    p_low: float | None
    p_high: float | None
    n: int
    verdict: str
    difference_mean: float | None
    difference_low: float | None
    difference_high: float | None
    spent_median_million_vnd: float | None
    holm_significant: bool


@dataclass(frozen=True, slots=True)
class CompareSeriesRow:
    """One month of one measure in one case."""

    case: Case
    date: date
    measure: str
    scope: str
    version: str
    median: float | None
    p05: float | None
    p95: float | None
    n: int


@dataclass(frozen=True, slots=True)
class ComparedTarget:
    """One target under the reading that decides: its row in each case, by the case's name."""

    target_id: str
    number: int
    reading: str
    described: TargetRow | None
    rows: Mapping[str, CompareRow]

    def title(self, language: Lang) -> str:
        """The target's title; its id where the folder does not describe its targets."""
        return self.described.title(language) if self.described else self.target_id

    @property
    def kind(self) -> UnitKind:
        """How its values are printed; a share where the folder does not describe its targets, as plans' targets are."""
        return unit_kind(self.described.measure) if self.described else "share"


@dataclass(frozen=True, slots=True)
class CompareTables:
    """Everything the comparison page reads; `described` are the baseline's targets where targets.csv is there."""

    manifest: Manifest
    rows: tuple[CompareRow, ...]
    series: tuple[CompareSeriesRow, ...]
    described: tuple[TargetRow, ...]

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases in the order of the table, the baseline first; one name is one case."""
        by_name: dict[str, Case] = {}
        for row in self.rows:
            by_name.setdefault(row.case.name, row.case)
        return tuple(by_name.values())

    @property
    def targets(self) -> tuple[ComparedTarget, ...]:
        """Each target under its first reading, numbered from 1 in the order of the table."""
        described = {row.target_id: row for row in deciding_rows(self.described)}
        reading: dict[str, str] = {}
        for row in self.rows:
            reading.setdefault(row.target_id, row.reading)
        return tuple(
            ComparedTarget(
                target_id,
                at,
                first,
                described.get(target_id),
                {row.case.name: row for row in self.rows if (row.target_id, row.reading) == (target_id, first)},
            )
            for at, (target_id, first) in enumerate(reading.items(), start=1)
        )


def _case(record: Record) -> Case:
    return Case(text(record, "cell"), text(record, "title_vi"), text(record, "title_en"))


def compare_row(record: Record) -> CompareRow:
    """One record of compare.csv; raises TableError on a bad number or a bad yes/no."""
    return CompareRow(
        case=_case(record),
        target_id=text(record, "target_id"),
        reading=text(record, "reading"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        p_reached=number(record, "p_reached"),
        p_low=number(record, "p_low"),
        p_high=number(record, "p_high"),
        n=count(record, "n"),
        verdict=text(record, "verdict"),
        difference_mean=number(record, "difference_mean"),
        difference_low=number(record, "difference_low"),
        difference_high=number(record, "difference_high"),
        spent_median_million_vnd=number(record, "spent_median_million_vnd"),
        holm_significant=yes(record, "holm_significant"),
    )


def compare_series_row(record: Record) -> CompareSeriesRow:
    """One record of compare_series.csv; raises TableError on a bad number or a missing date."""
    month_end = day(record, "date")
    if month_end is None:
        raise TableError("date: missing")
    return CompareSeriesRow(
        case=_case(record),
        date=month_end,
        measure=text(record, "measure"),
        scope=text(record, "scope"),
        version=text(record, "version"),
        median=number(record, "median"),
        p05=number(record, "p05"),
        p95=number(record, "p95"),
        n=count(record, "n"),
    )


def read_compare_tables(folder: Path) -> CompareTables:
    """Read a compare folder: manifest and compare.csv must be there; months and the targets' description may be absent.

    Raises FileNotFoundError when a required table is missing, TableError when one cannot be read.
    """
    return CompareTables(
        manifest=read_manifest(folder),
        rows=read_table(folder / "compare.csv", compare_row, required=True),
        series=read_table(folder / "compare_series.csv", compare_series_row),
        described=read_table(folder / "targets.csv", target_row),
    )


def with_differences(target: ComparedTarget, cases: Sequence[Case]) -> list[CompareRow]:
    """A target's rows that have a difference, in the order of the cases."""
    rows = [target.rows[case.name] for case in cases if case.name in target.rows]
    return [row for row in rows if row.difference_mean is not None]
