"""What offices do about overload themselves: hours worked over and days of helping out, by year and tier."""

from __future__ import annotations

from sim.report.formatting import BLANK, interval_text, number_text, share_text
from sim.report.passage import PageTable
from sim.report.phrases import COLUMNS, capital, say
from sim.report.run_tables import RunTables
from sim.report.words import scope_text
from sim.report.workbook import RUNS, Column, Quantity, Sheet, both, cells, named, scopes
from sim.results.service_tables import OvertimeRow
from sim.results.words import Lang, Words

_TITLE = Words("Làm thêm giờ và hỗ trợ lẫn nhau theo năm", "Overtime and helping out by year")
_YEAR = Words("Năm", "Year")
_WHERE = Words("Phạm vi", "Where")
_HOURS = Words("Giờ làm thêm", "Hours worked over")
_USED = Words("So với mức được phép", "Of the hours allowed")
_HELPED = Words("Ngày công hỗ trợ bộ phận khác", "Days of helping out")
_STATED = Words("Chi phí nhân lực các phương án nêu, triệu đồng", "Cost of people that options state, million VND")
_ALLOWED = Words("Giờ làm thêm được phép", "Hours allowed")
_NOTE = Words(
    "Trung vị và khoảng 5–95% qua n = {n} lần mô phỏng, mọi công chức ở văn thư, bộ phận một cửa và phòng chuyên môn. "
    "Mức được phép: số giờ làm thêm tối đa mỗi người một năm nhân với số người. Mô phỏng "
    "không trả tiền làm thêm; chi phí nhân lực là số mà các phương án tự nêu, không do mô phỏng tính.",
    "Median and 5–95% range over n = {n} simulations, of everybody at registries, counters and among the officers. "
    "Allowed: most hours a person may work over in a year times the people. The simulation "
    "pays no overtime; cost of people is what options state themselves, not what the simulation comes to.",
)
_POINTS = (Words("trung vị", "median"), Words("mốc 5%", "5% point"), Words("mốc 95%", "95% point"))


def overtime_table(tables: RunTables, language: Lang) -> PageTable | None:
    """Each year of the whole province and of each tier that works over; None where nobody does and nobody helps."""
    if not any(row.hours_p95 or row.helper_days_p95 for row in tables.overtime):
        return None
    rows = [row for row in tables.overtime if row.scope == "all" or row.hours_p95 or row.helper_days_p95]
    costed = any(row.stated_people_million_vnd is not None for row in rows)
    columns = (_YEAR, _WHERE, _HOURS, _USED, _HELPED, *((_STATED,) if costed else ()))
    note = say(_NOTE, language, n=number_text(max(row.n for row in rows), 0, language))
    lines = tuple(_line(row, language)[: len(columns)] for row in rows)
    return PageTable(_TITLE.text(language), tuple(words.text(language) for words in columns), lines, note)


def _line(row: OvertimeRow, language: Lang) -> tuple[str, ...]:
    stated = row.stated_people_million_vnd
    used = BLANK
    if row.used_share_median is not None:
        ends = interval_text(row.used_share_p05, row.used_share_p95, "share", language)
        used = f"{share_text(row.used_share_median, language)} ({ends})"
    return (
        str(row.year),
        capital(scope_text(row.scope, language)),
        _band(row.hours_median, row.hours_p05, row.hours_p95, language),
        used,
        _band(row.helper_days_median, row.helper_days_p05, row.helper_days_p95, language),
        BLANK if stated is None else number_text(stated, 0, language),
    )


def _band(median: float | None, low: float | None, high: float | None, language: Lang) -> str:
    if median is None or low is None or high is None:
        return BLANK
    middle, lower, upper = (number_text(value, 0, language) for value in (median, low, high))
    return f"{middle} ({lower}–{upper})"


def overtime_sheet(tables: RunTables) -> Sheet:
    """Every year and tier."""
    columns = (
        *named("year"),
        *both(COLUMNS["scope"], 22.0),
        *_points(_HOURS),
        Column(_ALLOWED),
        *_points(_USED),
        *_points(_HELPED),
        Column(_STATED, 24.0),
        RUNS,
    )
    rows = tuple(
        cells(
            Quantity(row.year, "year"),
            *scopes(row.scope),
            *(Quantity(value, "plain") for value in (row.hours_median, row.hours_p05, row.hours_p95)),
            Quantity(row.allowed_hours_median, "plain"),
            *(Quantity(value, "share") for value in (row.used_share_median, row.used_share_p05, row.used_share_p95)),
            *(Quantity(value, "plain") for value in (row.helper_days_median, row.helper_days_p05, row.helper_days_p95)),
            Quantity(row.stated_people_million_vnd, "plain"),
            row.n,
        )
        for row in tables.overtime
    )
    return Sheet("Làm thêm - Overtime", _TITLE, columns, rows)


def _points(of: Words) -> tuple[Column, ...]:
    return tuple(Column(Words(f"{of.vi}, {point.vi}", f"{of.en}, {point.en}"), 16.0) for point in _POINTS)
