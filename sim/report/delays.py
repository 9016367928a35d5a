"""How long documents take, with the mark of a delay that was longer than the simulation could see."""

from __future__ import annotations

from sim.report.formatting import BLANK, number_text, unit_text
from sim.report.passage import PageTable
from sim.report.phrases import COLUMNS, capital, say
from sim.report.run_tables import RunTables
from sim.report.words import scope_text, term
from sim.report.workbook import RUNS, Column, Quantity, Sheet, both, cells, named, scopes, terms
from sim.results.service_tables import DelayRow
from sim.results.words import Lang, Words

_TITLE = Words("Thời gian chuyển và xử lý văn bản", "Time to deliver and to handle documents")
_NOTE = Words(
    "Giờ, kể cả ngoài giờ làm việc: bình quân các tháng trong năm theo tháng ban hành, trung vị (khoảng 5–95%) qua các "
    "lần mô phỏng; n = {n}. Dấu “>”: có tháng mà phần văn bản được nói đến chưa xong khi mô phỏng kết thúc, nên thực "
    "ra còn lâu hơn. Từng cấp: delays.csv.",
    "Hours, closed ones included: mean of the year's months by month of issue, median (5–95% range) over the "
    "simulations; n = {n}. “>”: in some months the share spoken of was not done when the simulation ended, so that it "
    "takes longer still. By tier: delays.csv.",
)


def _shown(tables: RunTables) -> list[DelayRow]:
    return [row for row in tables.delays if row.scope == "all" or row.scope.startswith("channel:")]


def delay_table(tables: RunTables, language: Lang) -> PageTable | None:
    """The whole province and each channel by year; None where the run has no such table."""
    shown = _shown(tables)
    if not shown:
        return None
    years = sorted({row.year for row in shown})
    found = {(row.measure, row.scope, row.year): row for row in shown}
    lines = dict.fromkeys((row.measure, row.scope) for row in shown)
    rows = tuple(
        (
            capital(term("measure", measure, language)),
            capital(scope_text(scope, language)),
            *(delay_text(found.get((measure, scope, year)), language) for year in years),
        )
        for measure, scope in lines
    )
    columns = (COLUMNS["measure"].text(language), COLUMNS["scope"].text(language), *(str(year) for year in years))
    note = say(_NOTE, language, n=number_text(max(row.n for row in shown), 0, language))
    return PageTable(_TITLE.text(language), columns, rows, note)


def delay_text(row: DelayRow | None, language: Lang) -> str:
    """`> 340 giờ (12–> 900)`; a dash without a value."""
    if row is None or row.median is None:
        return BLANK
    middle, low, high = (
        _hours(value, longer, language)
        for value, longer in ((row.median, row.median_longer), (row.p05, row.p05_longer), (row.p95, row.p95_longer))
    )
    return f"{middle} {unit_text('hours', language)} ({low}–{high})"


def _hours(value: float | None, longer: bool, language: Lang) -> str:
    if value is None:
        return BLANK
    return ("> " if longer else "") + number_text(value, 0 if value >= 10.0 else 1, language)


def delays_sheet(tables: RunTables) -> Sheet:
    """Every delay of every scope."""
    columns = (
        *named("year"),
        *both(COLUMNS["measure"], 40.0),
        *both(COLUMNS["scope"], 22.0),
        *named("median", "p05", "p95"),
        Column(Words("Số lần mô phỏng lâu hơn", "Simulations that take longer"), 16.0),
        RUNS,
    )
    rows = tuple(
        cells(
            Quantity(row.year, "year"),
            *terms("measure", row.measure),
            *scopes(row.scope),
            *(Quantity(value, "hours") for value in (row.median, row.p05, row.p95)),
            row.longer_in,
            row.n,
        )
        for row in tables.delays
    )
    return Sheet("Thời gian - Delays", _TITLE, columns, rows)
