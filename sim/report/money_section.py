"""The money tables of the report: by year and source, and by line of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.formatting import BLANK, in_two_lines, number_text, period_text
from sim.report.phrases import COLUMNS, capital
from sim.report.run_tables import RunTables
from sim.report.simulated_money import COLUMNS as AMOUNT_COLUMNS
from sim.report.simulated_money import Totals, money_notes, simulated_money, totals
from sim.report.words import term
from sim.results.money_tables import MoneyRow, SpendingRow
from sim.results.words import Lang


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
    columns = [name for name in AMOUNT_COLUMNS if name in plan]
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
