"""Money within the simulated years: what totals are, the section of the page, and the sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum

from sim.report.formatting import BLANK, date_text, in_two_lines, number_text, period_text, quantity_text
from sim.report.manifest import Manifest
from sim.report.phrases import COLUMNS, capital, say
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.report.workbook import ID, RUNS, CellValue, Column, Quantity, Sheet, both, cells, named, terms
from sim.results.money_tables import MoneyRow, SpendingRow
from sim.results.words import Lang, Words

ALL = "all"
ENTRIES = ("planned", "arrived", "committed", "spent", "under_way", "returned")
"""Entries of a total that the report shows, in the order money goes through them."""

Totals = dict[str, MoneyRow]
"""By entry."""
_EVERY = Words("tất cả", "all")
_SENTENCE = Words(
    "kế hoạch {planned}; được bố trí {arrived}{rest}; đã giải ngân {spent}{band}",
    "{planned} planned; {arrived} arrived{rest}; {spent} spent{band}",
)
_REST = Words(", còn lại không về", ", the rest never came")
_SENTENCE_CUT = Words(
    "kế hoạch {planned}, tính cả năm {year}; đến {day} được bố trí {arrived}, đã giải ngân {spent}{band}",
    "{planned} planned, all of {year} counted; by {day} {arrived} arrived and {spent} spent{band}",
)
MONEY_LEAD = Words("Kinh phí (triệu đồng, trung vị):", "Money (million VND, medians):")
"""What stands before that sentence."""


def totals(money: Sequence[MoneyRow], *, line_id: str = ALL, source: str = ALL, year: str = ALL) -> Totals:
    """One total over lines, sources and years; empty where the table does not have it."""
    key = (line_id, source, year)
    return {row.entry: row for row in money if (row.line_id, row.source, row.year) == key}


def amount_of(found: Totals, entry: str) -> float | None:
    """The median of one entry, million VND; None where it is not recorded."""
    row = found.get(entry)
    return None if row is None else row.median


def money_text(tables: RunTables, language: Lang) -> str:
    """The plan's money, what arrived and what was spent, in million VND; empty where the run has none."""
    plan = totals(tables.money)
    amounts = {name: amount_of(plan, name) for name in ("planned", "arrived", "spent")}
    known = {name: number_text(amount, 1, language) for name, amount in amounts.items() if amount is not None}
    if len(known) < len(amounts):
        return ""
    low, high = plan["spent"].p05, plan["spent"].p95
    ends = BLANK if None in (low, high) else "–".join(number_text(end or 0.0, 1, language) for end in (low, high))
    known["band"] = f" ({ends})" if ends != BLANK else ""
    if (day := tables.manifest.stopped) is not None:
        return say(_SENTENCE_CUT, language, year=day.year, day=date_text(day, language), **known)
    rest = "" if known["arrived"] == known["planned"] else _REST.text(language)
    return say(_SENTENCE, language, rest=rest, **known)


@dataclass(frozen=True, slots=True)
class SimulatedMoney:
    """Lines of the years the simulation covers, the lines outside, and the day it stopped when that is mid-year."""

    inside: tuple[SpendingRow, ...]
    outside: tuple[SpendingRow, ...]
    stopped: date | None

    @property
    def years(self) -> tuple[int, ...]:
        """Years with a line inside the simulated period, in order."""
        return tuple(sorted({row.year for row in self.inside}))


def simulated_money(spending: Sequence[SpendingRow], manifest: Manifest) -> SimulatedMoney:
    """Split the lines by whether their year lies in the horizon of the manifest; without a horizon all are inside."""
    start, end = manifest.horizon_start, manifest.horizon_end
    first = start.year if start else min((row.year for row in spending), default=0)
    last = end.year if end else max((row.year for row in spending), default=0)
    inside = tuple(row for row in spending if first <= row.year <= last)
    outside = tuple(row for row in spending if not first <= row.year <= last)
    return SimulatedMoney(inside, outside, manifest.stopped if any(row.year == last for row in inside) else None)


def money_notes(money: SimulatedMoney, language: Lang) -> list[str]:
    """What the sums count, and what they leave out."""
    if not money.inside:
        return []
    unit = Words(
        "Đơn vị: triệu đồng. Trong từng lần mô phỏng: được bố trí = cam kết chi + phần chưa cam kết khi hết kỳ"
        " mô phỏng (cuối kế hoạch thì hủy dự toán, nộp trả); "
        "cam kết chi = đã giải ngân + đang thực hiện. Mỗi ô là trung vị (khoảng 5–95%) của chính tổng đó qua n = {n} "
        "lần mô phỏng, nên các trung vị trong bảng không nhất thiết cộng khớp với nhau. Khoảng 5–95% của từng nội "
        "dung: money.csv.",
        "Million VND. In each simulation arrived = committed + what is uncommitted at the end of the period (returned "
        "where the plan ends with it) and committed = spent + under way. Each cell "
        "is the median (5–95% range) of that very total over n = {n} simulations, so medians in the table need not add "
        "up. Ranges of single items: money.csv.",
    )
    notes = [say(unit, language, n=number_text(max(row.n for row in money.inside), 0, language))]
    if money.stopped is not None:
        cut = Words(
            "Mô phỏng dừng ngày {day}; kế hoạch năm {year} vẫn tính cả năm.",
            "The simulation stops on {day}; the plan of {year} still counts the whole year.",
        )
        notes.append(say(cut, language, day=date_text(money.stopped, language), year=money.stopped.year))
    if money.outside:
        years = [row.year for row in money.outside]
        left_out = Words(
            "Không tính {planned} ghi kế hoạch cho {period}, ngoài giai đoạn mô phỏng.",
            "Left out: {planned} planned for {period}, outside the simulated period.",
        )
        planned = quantity_text(fsum(row.planned_million_vnd for row in money.outside), "million_vnd", language)
        notes.append(say(left_out, language, planned=planned, period=_years_text(years, language)))
    return notes


def _years_text(years: Sequence[int], language: Lang) -> str:
    single = min(years) == max(years)
    words = Words("năm {period}", "{period}") if single else Words("các năm {period}", "{period}")
    return say(words, language, period=period_text(years, None, language))


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of a money table; amounts in million VND, as text."""

    title: str
    source: str
    years: str
    amounts: tuple[str, ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class MoneySection:
    """Both tables with the headings of their amounts, and what they count."""

    notes: tuple[str, ...]
    columns: tuple[str, ...]
    by_year: tuple[MoneyLine, ...]
    by_line: tuple[MoneyLine, ...]


def money_section(tables: RunTables, language: Lang) -> MoneySection | None:
    """The tables for the simulated years; None where the run has no money in them."""
    money = simulated_money(tables.spending, tables.manifest)
    plan = totals(tables.money)
    if not money.inside or not plan:
        return None
    columns = [name for name in ENTRIES if name in plan]
    by_line: dict[tuple[str, str], list[SpendingRow]] = {}
    for row in money.inside:
        by_line.setdefault((row.line_id, row.source), []).append(row)
    every_year = period_text(money.years, None, language)
    total_title = COLUMNS["total"].text(language)
    total = MoneyLine(total_title, "", every_year, _amounts(plan, columns, language), total=True)
    years = [
        MoneyLine(str(year), "", str(year), _amounts(totals(tables.money, year=str(year)), columns, language))
        for year in money.years
    ]
    sources = [
        MoneyLine(
            capital(term("money_source", source, language)),
            "",
            every_year,
            _amounts(totals(tables.money, source=source), columns, language),
        )
        for source in dict.fromkeys(row.source for row in money.inside)
    ]
    lines = [
        MoneyLine(
            rows[0].title(language),
            term("money_source", source, language),
            period_text([row.year for row in rows], None, language),
            _amounts(totals(tables.money, line_id=line_id, source=source), columns, language, with_range=False),
        )
        for (line_id, source), rows in by_line.items()
    ]
    return MoneySection(
        notes=tuple(money_notes(money, language)),
        columns=tuple(COLUMNS[name].text(language) for name in columns),
        by_year=(*years, *sources, total),
        by_line=(*lines, total),
    )


def _amounts(found: Totals, columns: Sequence[str], language: Lang, *, with_range: bool = True) -> tuple[str, ...]:
    return tuple(_amount(found.get(name), language, with_range=with_range) for name in columns)


def _amount(row: MoneyRow | None, language: Lang, *, with_range: bool) -> str:
    """Median, with its range below where it has one and it is wanted."""
    if row is None or row.median is None:
        return BLANK
    median = number_text(row.median, 1, language)
    if not with_range or row.p05 is None or row.p95 is None or row.p05 == row.p95:
        return median
    ends = f"{number_text(row.p05, 0, language)}–{number_text(row.p95, 0, language)}"
    return in_two_lines(f"{median} ({ends})")


def money_sheet(tables: RunTables) -> Sheet:
    """Every total and entry, median and range; a sheet of headings where the run has no money in it."""
    titles = {row.line_id: (row.title("vi"), row.title("en")) for row in tables.spending}
    columns = (
        Column(ID, 8.0),
        *both(COLUMNS["line"], 44.0),
        *both(COLUMNS["source"], 26.0),
        *both(COLUMNS["year"], 10.0),
        *both(COLUMNS["entry"], 34.0),
        *named("median", "p05", "p95"),
        RUNS,
    )
    rows: list[tuple[CellValue, ...]] = []
    for row in tables.money:
        every = (_EVERY.vi, _EVERY.en)
        line = every if row.line_id == ALL else titles.get(row.line_id, (row.line_id, row.line_id))
        source = every if row.source == ALL else terms("money_source", row.source)
        year = every if row.year == ALL else (row.year, row.year)
        rows.append(
            cells(
                "" if row.line_id == ALL else row.line_id,
                *line,
                *source,
                *year,
                *terms("money_entry", row.entry),
                *(Quantity(value, "million_vnd") for value in (row.median, row.p05, row.p95)),
                row.n,
            )
        )
    title = Words(
        "Tổng kinh phí (triệu đồng; trung vị của tổng trong từng lần mô phỏng)",
        "Totals of money (million VND; medians of each simulation's total)",
    )
    return Sheet("Tổng kinh phí - Money", title, columns, tuple(rows))
