"""The causes of each group's last year as tables of the page, the largest share first."""

from __future__ import annotations

from sim.report.figures.causes import CauseGroup, cause_groups
from sim.report.formatting import BLANK, interval_text, number_text, share_text, unit_text, year_text
from sim.report.passage import PageTable
from sim.report.phrases import COLUMNS, SENTENCES, capital, say
from sim.report.run_tables import RunTables
from sim.report.words import CAUSES, term
from sim.results.run_tables import CauseRow
from sim.results.words import Lang, Words

_AMOUNT = Words("Số lượng (khoảng 5–95%)", "Amount (5–95% range)")
_SHARE = Words("Tỷ trọng (khoảng 5–95%)", "Share (5–95% range)")
_MILLION, _THOUSAND = Words("triệu {unit}", "million {unit}"), Words("nghìn {unit}", "thousand {unit}")
_SCALED_FROM = 10_000.0
"""Hours from here on are sums over a whole province: read in thousands and millions."""


def cause_tables(tables: RunTables, language: Lang) -> list[PageTable]:
    """A table a group; none where the run recorded no causes."""
    return [_table(group, tables, language) for group in cause_groups(tables.causes, tables.manifest.stopped)]


def cause_name(cause: str, language: Lang) -> str:
    """A cause at the start of a line; an unknown id exactly as given."""
    return capital(term("cause", cause, language)) if cause in CAUSES else cause


def cause_amount(row: CauseRow, language: Lang) -> str:
    """The median with its range and unit: `20.342 lượt gửi (14.753–29.998)`, `42,2 triệu giờ (27,2–469,8)`."""
    if row.median is None:
        return BLANK
    unit, scale, decimals = unit_text(row.unit, language), 1.0, 0
    if row.unit == "hours" and row.median >= _SCALED_FROM:
        words, scale, decimals = (_MILLION, 1e6, 1) if row.median >= 1e6 else (_THOUSAND, 1e3, 0)
        unit = say(words, language, unit=unit)
    ends = [BLANK if end is None else number_text(end / scale, decimals, language) for end in (row.p05, row.p95)]
    return f"{number_text(row.median / scale, decimals, language)} {unit} ({'–'.join(ends)})"


def _table(group: CauseGroup, tables: RunTables, language: Lang) -> PageTable:
    rows = sorted((bar.last for bar in group.bars), key=lambda row: -(row.share_mean or 0.0))
    lines = tuple((cause_name(row.cause, language), cause_amount(row, language), _share(row, language)) for row in rows)
    year = year_text(rows[0].year, tables.manifest.stopped, language)
    runs = number_text(max(row.n for row in rows), 0, language)
    columns = (COLUMNS["cause"].text(language), _AMOUNT.text(language), _SHARE.text(language))
    note = say(SENTENCES["cause_scope"], language, year=year, n=runs)
    return PageTable(term("cause_group", group.group, language), columns, lines, note)


def _share(row: CauseRow, language: Lang) -> str:
    if row.share_mean is None:
        return BLANK
    return f"{share_text(row.share_mean, language)} ({interval_text(row.share_p05, row.share_p95, 'share', language)})"
