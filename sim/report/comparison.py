"""The same plan under several cases, the first of which is the baseline: its tables, and differences in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.report.formatting import BLANK, UnitKind, number_text, signed_number, unit_kind, unit_of_difference
from sim.report.manifest import Manifest, read_manifest
from sim.report.phrases import say
from sim.report.words import target_label
from sim.results.comparison_tables import (
    CASE_FIGURES,
    CASE_ORDER,
    COMPARE,
    COMPARE_SERIES,
    PROPOSALS,
    Case,
    CaseFigureRow,
    CaseOrderRow,
    CompareRow,
    CompareSeriesRow,
    ProposalRow,
)
from sim.results.run_tables import TARGETS, TargetRow, deciding_rows, plan_numbers
from sim.results.words import Lang, Words

UNCHANGED = Words("không đổi", "no change")
CLEAR = Words("đủ cơ sở", "clear")
SMALL = Words("không đáng kể", "too small to mind")
UNCLEAR = Words("chưa đủ cơ sở", "not clear")


@dataclass(frozen=True, slots=True)
class ComparedTarget:
    """One target under the reading that decides: its row in each case, by the case's name."""

    target_id: str
    number: int
    reading: str
    described: TargetRow | None
    rows: Mapping[str, CompareRow]

    @property
    def label(self) -> str:
        """What it is called: number and id."""
        return target_label(self.number, self.target_id)

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
    proposals: tuple[ProposalRow, ...] = ()
    figures: tuple[CaseFigureRow, ...] = ()
    order: tuple[CaseOrderRow, ...] = ()

    @property
    def cases(self) -> tuple[Case, ...]:
        """The cases in the order of the table, the baseline first; one name is one case."""
        by_name: dict[str, Case] = {}
        for row in self.rows:
            by_name.setdefault(row.case.name, row.case)
        return tuple(by_name.values())

    @property
    def proposals_by_the_end(self) -> tuple[ProposalRow, ...]:
        """What the cases cost in the years compared; a period that ends early leaves out what is paid after it."""
        end = self.manifest.horizon_end
        return tuple(row for row in self.proposals if end is None or row.year is None or row.year <= end.year)

    @property
    def targets(self) -> tuple[ComparedTarget, ...]:
        """Each target under its first reading, with its number in the plan's order."""
        described = {row.target_id: row for row in deciding_rows(self.described)}
        numbers = plan_numbers(self.rows)
        reading: dict[str, str] = {}
        for row in self.rows:
            reading.setdefault(row.target_id, row.reading)
        return tuple(
            ComparedTarget(
                target_id,
                numbers[target_id],
                first,
                described.get(target_id),
                {row.case.name: row for row in self.rows if (row.target_id, row.reading) == (target_id, first)},
            )
            for target_id, first in reading.items()
        )


def read_compare_tables(folder: Path) -> CompareTables:
    """Read a compare folder: manifest and compare.csv must be there; months and the targets' description may be absent.

    Raises FileNotFoundError when a required table is missing, TableError when one cannot be read.
    """
    return CompareTables(
        manifest=read_manifest(folder),
        rows=COMPARE.read(folder),
        series=COMPARE_SERIES.read_if_there(folder),
        described=TARGETS.read_if_there(folder),
        proposals=PROPOSALS.read_if_there(folder),
        figures=CASE_FIGURES.read_if_there(folder),
        order=CASE_ORDER.read_if_there(folder),
    )


def with_differences(target: ComparedTarget, cases: Sequence[Case]) -> list[CompareRow]:
    """A target's rows that have a difference, in the order of the cases."""
    rows = [target.rows[case.name] for case in cases if case.name in target.rows]
    return [row for row in rows if row.difference_mean is not None]


def is_unchanged(row: CompareRow) -> bool:
    """Whether every pair of simulations gave the very same value with and without the case."""
    return row.difference_mean == 0 and not row.difference_low and not row.difference_high


def moved_targets(tables: CompareTables) -> tuple[ComparedTarget, ...]:
    """The targets that some case changes, or all of them where no case changes any."""
    cases = tables.cases
    moved = [target for target in tables.targets if not nothing_changes(target, cases)]
    return tuple(moved) or tables.targets


def nothing_changes(target: ComparedTarget, cases: Sequence[Case]) -> bool:
    """Whether every case leaves a target exactly as the baseline has it."""
    rows = with_differences(target, cases)
    return bool(rows) and all(is_unchanged(row) for row in rows)


def difference_text(row: CompareRow, kind: UnitKind, language: Lang) -> str:
    """Mean difference and its interval, without the unit; a dash where there is none, words where nothing changed.

    Where no interval is told, how far the pairs themselves lie apart.
    """
    if row.difference_mean is None:
        return BLANK
    if is_unchanged(row):
        return UNCHANGED.text(language)
    mean = signed_number(row.difference_mean, kind, language)
    bounds = bounds_of(row)
    if bounds is None:
        return mean
    low, high = (signed_number(value, kind, language) for value in bounds)
    wording = Words("{mean} ({low} đến {high})", "{mean} ({low} to {high})")
    if row.difference_low is None:
        wording = _OF_ONE_PAIR if row.pairs == 1 else _OF_PAIRS
    return say(wording, language, mean=mean, low=low, high=high, n=row.pairs)


_OF_PAIRS = Words("{mean} ({low} đến {high} ở {n} cặp)", "{mean} ({low} to {high} in {n} pairs)")
_OF_ONE_PAIR = Words("{mean} (mới có 1 cặp)", "{mean} (1 pair so far)")


def bounds_of(row: CompareRow) -> tuple[float, float] | None:
    """The interval of a difference, else the smallest and the largest of its pairs; None where neither is known."""
    if row.difference_low is not None and row.difference_high is not None:
        return row.difference_low, row.difference_high
    return None if row.pair_low is None or row.pair_high is None else (row.pair_low, row.pair_high)


def agreeing_text(row: CompareRow | CaseFigureRow, language: Lang) -> str:
    """How many pairs go the way of their mean: `2/2 cặp tăng`; empty where pairs were not counted, or do not differ."""
    if not row.pairs or not row.difference_mean:
        return ""
    rises = row.difference_mean > 0.0
    wording = Words("{k}/{n} cặp tăng", "{k} of {n} pairs up") if rises else _PAIRS_DOWN
    agree = (row.pair_higher if rises else row.pair_lower) or 0
    return say(wording, language, k=number_text(agree, 0, language), n=number_text(row.pairs, 0, language))


_PAIRS_DOWN = Words("{k}/{n} cặp giảm", "{k} of {n} pairs down")


def difference_with_unit(row: CompareRow, kind: UnitKind, language: Lang) -> str:
    """The same with the unit after the mean: `+3,1 điểm % (+1,0 đến +5,2)`."""
    text = difference_text(row, kind, language)
    if row.difference_mean is None or is_unchanged(row):
        return text
    mean, _, rest = text.partition(" (")
    return f"{mean} {unit_of_difference(kind, language)}".strip() + (f" ({rest}" if rest else "")


def clearness_text(row: CompareRow, minded: float | None, language: Lang) -> str:
    """Whether a difference stands out with all cases compared; a dash where there is none to tell.

    Args:
        row: of a case and a target.
        minded: the smallest difference that anybody minds; None where any counts.
        language: of the words.
    """
    if row.difference_mean is None or row.holm_significant is None:
        return BLANK
    if is_unchanged(row):
        return UNCHANGED.text(language)
    if minded is not None and is_within(row, minded):
        return SMALL.text(language)
    return (CLEAR if row.holm_significant else UNCLEAR).text(language)


def is_within(row: CompareRow, minded: float) -> bool:
    """Whether a difference is known to be less than anybody minds: all its interval is, or its mean is and is known."""
    if row.holm_significant:
        return abs(row.difference_mean or 0.0) < minded
    if row.difference_low is None or row.difference_high is None:
        return False
    return -minded <= row.difference_low and row.difference_high <= minded
