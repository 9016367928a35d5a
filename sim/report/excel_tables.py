"""Tables as a Vietnamese Excel opens them: headings and states in words, beside the names that the documents use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from sim.report.formatting import unit_kind
from sim.report.phrases import capital
from sim.report.target_years import YEAR_STATES
from sim.report.words import scope_text, term, verdict_text
from sim.results.columns import SHARE
from sim.results.csv_text import EXCEL, CsvValue, Percent, csv_text
from sim.results.table import Table
from sim.results.words import Words

Row = TypeVar("Row")
_KINDS = {
    name: name
    for name in ("measure", "tier", "reading", "version", "cause", "channel", "station", "basis", "distribution")
} | {"group": "cause_group"}
"""Which words the cells of a column are, by the column's name."""

_STATE = "Tình trạng"
_OF_THE_MEASURE = ("median", "p05", "p25", "p75", "p95", "value", "mean", "threshold")
"""Columns that are in the unit of the row's measure."""


def excel_text(table: Table[Row], rows: Iterable[Row], groups: Mapping[str, Words] | None = None) -> str:
    """The rows with Vietnamese headings and words, semicolons, decimal commas and a byte-order mark.

    Args:
        table: what the columns are.
        rows: of the table.
        groups: titles of the groups of agencies that scopes name.

    Raises:
        ValueError: as `Table.text`.
    """
    names = [column.name for column in table.columns]
    header = [f"{_heading(column.about.vi)} [{column.name}]" for column in table.columns]
    shares = {column.name for column in table.columns if column.about.unit == SHARE}
    return csv_text(header, (_said(names, table.cells(row), shares, groups or {}) for row in rows), EXCEL)


def _said(
    names: Sequence[str], cells: Sequence[CsvValue], shares: Collection[str], groups: Mapping[str, Words]
) -> list[CsvValue]:
    """A row's cells: words for ids, per cent for shares, be it the column's unit or that of the row's measure."""
    of_row = dict(zip(names, cells, strict=True))
    unit = unit_kind(str(of_row.get("measure") or ""), str(of_row.get("unit") or ""))
    counted = _OF_THE_MEASURE if unit == "share" and of_row.get("measure") else ()
    return [
        Percent(cell)
        if isinstance(cell, float) and (name in shares or name in counted)
        else _in_words(name, cell, groups)
        for name, cell in of_row.items()
    ]


def _heading(meaning: str) -> str:
    """What a column holds, without the list of what may stand in it."""
    short = meaning.partition(": ")[0].removesuffix("; trống")
    if "," not in short and " " not in short and short.isascii():  # the list begins at once
        return _STATE if "_" in short else capital(meaning)
    return capital(short)


def _state(cell: str) -> str:
    """A verdict, or the state of a target's year, a baseline, a milestone, a project or a measured figure."""
    known = [term(kind, cell, "vi") for kind in ("baseline_state", "milestone_state", "project_state", "figure_state")]
    other = YEAR_STATES[cell].text("vi") if cell in YEAR_STATES else verdict_text(cell, "vi")
    return next((words for words in known if words != cell), other)


def _in_words(column: str, cell: CsvValue, groups: Mapping[str, Words]) -> CsvValue:
    if not isinstance(cell, str) or not cell:
        return cell
    if column == "state" or column.endswith("verdict"):
        return _state(cell)
    if column == "scope":
        return scope_text(cell, "vi", groups)
    return term(_KINDS[column], cell, "vi") if column in _KINDS else cell
