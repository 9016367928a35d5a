"""The money tables of the report: by year, and by line of the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.report.formatting import BLANK, number_text
from sim.report.language import Language, in_language
from sim.report.periods import period_text
from sim.report.phrases import COLUMNS
from sim.report.rows import RunTables, SpendingRow
from sim.report.simulated_money import COLUMNS as AMOUNT_COLUMNS
from sim.report.simulated_money import money_notes, simulated_money, sum_amounts
from sim.report.words import term


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of a money table; amounts in million VND, as text."""

    title: str
    source: str
    years: str
    amounts: tuple[str, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class MoneySection:
    """Both tables with the headings of their amounts, and what they count."""

    notes: tuple[str, ...]
    columns: tuple[str, ...]
    by_year: tuple[MoneyLine, ...]
    by_line: tuple[MoneyLine, ...]


def money_section(tables: RunTables, language: Language) -> MoneySection | None:
    """The tables for the simulated years; None where the run has no money in them."""
    money = simulated_money(tables.spending, tables.manifest)
    if not money.inside:
        return None
    recorded = [name for name, _ in sum_amounts(money.inside).by_column()]
    columns = [name for name in AMOUNT_COLUMNS if name in recorded]
    by_line: dict[tuple[str, str], list[SpendingRow]] = {}
    for row in money.inside:
        by_line.setdefault((row.line_id, row.source), []).append(row)
    total = _line(money.inside, in_language(COLUMNS["total"], language), "", columns, language, total=True)
    years = tuple(
        _line([row for row in money.inside if row.year == year], str(year), "", columns, language)
        for year in money.years
    )
    lines = tuple(
        _line(rows, rows[0].title(language), term("money_source", rows[0].source, language), columns, language)
        for rows in by_line.values()
    )
    return MoneySection(
        notes=tuple(money_notes(money, language)),
        columns=tuple(in_language(COLUMNS[name], language) for name in columns),
        by_year=(*years, total),
        by_line=(*lines, total),
    )


def _line(
    rows: Sequence[SpendingRow],
    title: str,
    source: str,
    columns: Sequence[str],
    language: Language,
    *,
    total: bool = False,
) -> MoneyLine:
    amounts = dict(sum_amounts(rows).by_column())
    return MoneyLine(
        title=title,
        source=source,
        years=period_text([row.year for row in rows], None, language),
        amounts=tuple(number_text(amounts[name], 1, language) if name in amounts else BLANK for name in columns),
        total=total,
    )
