"""Differences from the baseline as a reader expects them: +12,3 (8,1 đến 16,4), shares in percentage points."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.compare_tables import ComparedTarget, CompareTables, with_differences
from sim.report.formatting import BLANK, UnitKind, number_text, unit_text
from sim.report.phrases import say
from sim.results.comparison_tables import Case, CompareRow
from sim.results.words import Lang, Words

UNCHANGED = Words("không đổi", "no change")
POINTS = Words("điểm %", "percentage points")


def points_number(value: float, kind: UnitKind) -> float:
    """A difference in the unit it is printed in: a share in percentage points."""
    return 100 * value if kind == "share" else value


def signed_number(value: float, kind: UnitKind, language: Lang) -> str:
    """A difference with its sign, without the unit; nought after rounding has none."""
    decimals = 0 if kind == "count" else 1
    shown = round(points_number(value, kind), decimals)
    sign = "+" if shown > 0 else "−" if shown < 0 else ""
    return sign + number_text(abs(shown), decimals, language)


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
    """Mean difference and its interval, without the unit; a dash where there is none, words where nothing changed."""
    if row.difference_mean is None:
        return BLANK
    if is_unchanged(row):
        return UNCHANGED.text(language)
    mean = signed_number(row.difference_mean, kind, language)
    if row.difference_low is None or row.difference_high is None:
        return mean
    low, high = (signed_number(value, kind, language) for value in (row.difference_low, row.difference_high))
    return say(Words("{mean} ({low} đến {high})", "{mean} ({low} to {high})"), language, mean=mean, low=low, high=high)


def unit_of_difference(kind: UnitKind, language: Lang) -> str:
    """The unit differences are printed in; empty for counts."""
    if kind == "share":
        return POINTS.text(language)
    return "" if kind == "count" else unit_text(kind, language)
