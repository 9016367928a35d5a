"""Targets year by year in words: how each number is counted, and where it stands before and after the due date."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.formatting import unit_kind
from sim.report.phrases import COLUMNS, say
from sim.report.run_tables import RunTables
from sim.report.words import verdict_text
from sim.report.workbook import ID, RUNS, CellValue, Column, Quantity, Sheet, both, cells, named, terms
from sim.results.run_tables import NOT_DUE, PAST_DUE, TARGETS_BY_YEAR, TargetYearRow
from sim.results.words import Lang, Words

_TWELVE = Words("mười hai tháng gần nhất", "last twelve months")
_MONTHS = Words("{n} tháng gần nhất", "last {n} months")
_ON_THE_DAY = Words("tình trạng đúng ngày đó", "as it stands on the day")
_STATES = {NOT_DUE: Words("chưa đến hạn", "not due yet"), PAST_DUE: Words("đã qua hạn", "past its due date")}
AS_OF = Words("Tính đến ngày", "As of")
WINDOW = Words("Cách tính", "Counted over")
_REACHED = Words("Tỷ lệ lần mô phỏng đạt ngưỡng", "Share of simulations at the threshold")
_STATE = Words("Tình trạng, kết luận", "State or verdict")


def window_text(months: int | None, language: Lang) -> str:
    """Over how many months a number is counted."""
    if months is None:
        return _ON_THE_DAY.text(language)
    return _TWELVE.text(language) if months == 12 else say(_MONTHS, language, n=months)


def state_text(row: TargetYearRow, language: Lang) -> str:
    """Not due, past its due date, or the verdict."""
    return _STATES[row.state].text(language) if row.state in _STATES else verdict_text(row.state, language)


def windows_at_due(rows: Sequence[TargetYearRow]) -> dict[tuple[str, str], Words]:
    """Over what the number of a verdict is counted, by target and reading."""
    return {
        (row.target_id, row.reading): Words(window_text(row.window_months, "vi"), window_text(row.window_months, "en"))
        for row in rows
        if row.is_due
    }


def target_years_sheet(tables: RunTables) -> Sheet:
    """Every target under every reading, year by year."""
    columns = (
        Column(ID, 8.0),
        *both(COLUMNS["target"], 44.0),
        *both(COLUMNS["reading"], 30.0),
        *named("year"),
        Column(AS_OF),
        *both(WINDOW, 24.0),
        *named("median", "p05", "p95"),
        Column(_REACHED),
        *named("threshold"),
        *both(_STATE, 24.0),
        RUNS,
    )
    return Sheet(
        "Theo năm - By year", TARGETS_BY_YEAR.title, columns, tuple(_cells(row) for row in tables.targets_by_year)
    )


def _cells(row: TargetYearRow) -> tuple[CellValue, ...]:
    kind = unit_kind(row.measure)
    return cells(
        row.target_id,
        row.title("vi"),
        row.title("en"),
        *terms("reading", row.reading),
        Quantity(row.year, "year"),
        row.as_of,
        window_text(row.window_months, "vi"),
        window_text(row.window_months, "en"),
        *(Quantity(value, kind) for value in (row.median, row.p05, row.p95)),
        Quantity(row.p_reached, "share"),
        Quantity(row.threshold, kind),
        state_text(row, "vi"),
        state_text(row, "en"),
        row.n,
    )
