"""Targets year by year in words: how each number is counted, and where it stands before and after the due date."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.formatting import BLANK, date_text, quantity_text, range_text, unit_kind
from sim.report.passage import PageTable, target_labels
from sim.report.phrases import COLUMNS, say
from sim.report.run_tables import RunTables
from sim.report.tally import sign_of
from sim.report.thresholds import marks_text
from sim.report.words import is_of_money_alone, verdict_text
from sim.report.workbook import ID, RUNS, CellValue, Column, Quantity, Sheet, both, cells, named, terms
from sim.results.run_tables import (
    NOT_DUE,
    PAST_DUE,
    TARGETS_BY_YEAR,
    SeriesRow,
    TargetRow,
    TargetYearRow,
    deciding_rows,
)
from sim.results.words import LANGUAGES, Lang, Words

_TWELVE = Words("mười hai tháng gần nhất", "last twelve months")
_MONTHS = Words("{n} tháng gần nhất", "last {n} months")
_ON_THE_DAY = Words("tình trạng đúng ngày đó", "as it stands on the day")
YEAR_STATES = {NOT_DUE: Words("chưa đến hạn", "not due yet"), PAST_DUE: Words("đã qua hạn", "past its due date")}
AS_OF = Words("Tính đến ngày", "As of")
WINDOW = Words("Tính trong", "Counted over")
_DUE = Words("hạn {day}", "due {day}")
_NOTE = Words(
    "Trung vị (khoảng 5–95%) vào ngày cuối năm, năm đến hạn thì vào ngày hạn, có dấu kết luận: ✓ đạt được, ▲ có nguy "
    "cơ, ✕ khó hoàn thành, ? chưa đủ cơ sở, ≈ không phân định được, như ở bảng kết luận. Mọi cách tính: "
    "targets_by_year.csv.",
    "Median (5–95% range) on the last day of the year, in the year it is due on that day, with the verdict's sign: "
    "✓ reachable, ▲ at risk, ✕ out of reach, ? undecided, ≈ too close to call, as among the verdicts. Every reading: "
    "targets_by_year.csv.",
)
_MILESTONE_NOTE = Words(
    " Mốc hoàn thành, ngày đến hạn: trước hết là số ở bảng kết luận, tính riêng từ kinh phí, rút hàng nghìn lần; dòng "
    "dưới, như mọi năm khác, là của các lần mô phỏng.",
    " Milestones on the day they are due: first the number among the verdicts, from the money alone, drawn thousands "
    "of times; the line below, as in every other year, is that of the simulations.",
)
_DRAWN = Words("{value}: riêng kinh phí", "{value}: money alone")
_SIMULATED = Words("{value}: mô phỏng", "{value}: simulations")
OF_THRESHOLD = Words("Về ngưỡng", "On the threshold")
_REACHED = Words("Tỷ lệ lần mô phỏng đạt ngưỡng", "Share of simulations at the threshold")
_STATE = Words("Tình trạng, kết luận", "State or verdict")


def window_text(months: int | None, language: Lang) -> str:
    """Over how many months a number is counted."""
    if months is None:
        return _ON_THE_DAY.text(language)
    return _TWELVE.text(language) if months == 12 else say(_MONTHS, language, n=months)


def state_text(row: TargetYearRow, language: Lang) -> str:
    """Not due, past its due date, or the verdict."""
    return state_in_words(row.state, language)


def state_in_words(state: str, language: Lang) -> str:
    """The same of a state as the table holds it."""
    return YEAR_STATES[state].text(language) if state in YEAR_STATES else verdict_text(state, language)


def windows_at_due(rows: Sequence[TargetYearRow]) -> dict[tuple[str, str], Words]:
    """Over what the number of a verdict is counted, by target and reading."""
    return {
        (row.target_id, row.reading): Words(window_text(row.window_months, "vi"), window_text(row.window_months, "en"))
        for row in rows
        if row.is_due
    }


def months_counted(rows: Sequence[TargetYearRow], language: Lang) -> dict[tuple[str, str], str]:
    """The same for those that are counted over months; what stands on the day needs no word beside it."""
    return {
        (row.target_id, row.reading): window_text(row.window_months, language)
        for row in rows
        if row.is_due and row.window_months is not None
    }


def years_table(tables: RunTables, language: Lang) -> PageTable | None:
    """Each target by the reading that decides, year by year; None where the run has no such table."""
    deciding = {(row.target_id, row.reading) for row in deciding_rows(tables.targets)}
    found: dict[str, list[TargetYearRow]] = {}
    for row in tables.targets_by_year:
        if (row.target_id, row.reading) in deciding:
            found.setdefault(row.target_id, []).append(row)
    if not found:
        return None
    years = sorted({row.year for rows in found.values() for row in rows})
    labels = target_labels(tables.targets)
    lines = []
    for target_id, rows in found.items():
        by_year = {row.year: row for row in rows}
        cells_of_years = [_year_cell(by_year.get(year), tables.series, language) for year in years]
        named_so = f"{labels[target_id]}. {rows[0].title(language)}"
        lines.append((named_so, window_text(rows[-1].window_months, language), *cells_of_years))
    columns = (COLUMNS["target"].text(language), WINDOW.text(language), *map(str, years))
    alone = any(is_of_money_alone(row.state) for rows in found.values() for row in rows)
    note = _NOTE.text(language) + (_MILESTONE_NOTE.text(language) if alone else "")
    return PageTable(TARGETS_BY_YEAR.title.text(language), columns, tuple(lines), note)


def _year_cell(row: TargetYearRow | None, series: Sequence[SeriesRow], language: Lang) -> str:
    """Median and range over the simulations; in the year it is due the sign of its verdict, and the day.

    A milestone is judged from draws of the money alone: their number, which stands among the verdicts too, comes
    first, then that of the simulations.
    """
    if row is None:
        return BLANK
    lines = [_value_text(row, row.measure, language)]
    if is_of_money_alone(row.state):
        lines = [say(_DRAWN, language, value=lines[0])]
        if simulated := simulated_beside(row, series):
            lines.append(say(_SIMULATED, language, value=_value_text(simulated, row.measure, language)))
    if row.is_due:
        lines[0] = f"{sign_of(row.state)} {lines[0]}"
    if row.is_due and (row.as_of.month, row.as_of.day) != (12, 31):
        lines.append(say(_DUE, language, day=date_text(row.as_of, language)))
    return "\n".join(lines)


def _value_text(row: TargetYearRow | SeriesRow, measure: str, language: Lang) -> str:
    if row.median is None:
        return BLANK
    kind = unit_kind(measure)
    return f"{quantity_text(row.median, kind, language)} ({range_text(row.p05, row.p95, kind, row.n, language)})"


def simulated_beside(row: TargetYearRow, series: Sequence[SeriesRow]) -> SeriesRow | None:
    """What the simulations have on the day of a number that was computed from the money alone; None if nothing."""
    what = (row.measure, row.scope, "true", row.as_of)
    same = (one for one in series if (one.measure, one.scope, one.version, one.date) == what)
    return next((one for one in same if one.median is not None), None)


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
        *both(_STATE, 24.0, coloured=True),
        RUNS,
        *both(OF_THRESHOLD, 30.0),
    )
    judged = {(row.target_id, row.reading): row for row in tables.targets}
    rows = tuple(_cells(row, judged.get((row.target_id, row.reading))) for row in tables.targets_by_year)
    return Sheet("Theo năm - By year", TARGETS_BY_YEAR.title, columns, rows)


def _cells(row: TargetYearRow, judged: TargetRow | None) -> tuple[CellValue, ...]:
    """A year's cells; the threshold stands as the plan states it, beside what is to be said of it."""
    kind = unit_kind(row.measure)
    threshold = row.threshold if judged is None else judged.shown_threshold
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
        Quantity(threshold, kind),
        state_text(row, "vi"),
        state_text(row, "en"),
        row.n,
        *("" if judged is None else marks_text(judged, language) for language in LANGUAGES),
    )
