"""Tables as a Vietnamese Excel opens them: headings and states in words, beside the names that the documents use."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from sim.report.formatting import unit_kind, unit_text
from sim.report.phrases import capital
from sim.report.target_years import YEAR_STATES
from sim.report.words import scope_text, term, verdict_text
from sim.results.columns import SHARE
from sim.results.csv_text import EXCEL, CsvValue, Percent, csv_text
from sim.results.sources import source_text
from sim.results.table import Table
from sim.results.words import Words

Row = TypeVar("Row")
_KINDS: Mapping[str, tuple[str, ...]] = {
    **{
        name: (name,)
        for name in ("tier", "reading", "version", "cause", "channel", "station", "basis", "relation", "confidence")
    },
    "measure": ("measure", "dossier_quantity"),
    "moves": ("measure",),
    "quantity": ("dossier_quantity", "measure"),
    "group": ("cause_group",),
    "tiers": ("tier",),
    "post": ("station",),
    "entry": ("money_entry",),
    "source": ("money_source",),
    "kind": ("distribution",),
    "lacks": ("held_up_lack",),
    "reason": ("held_up_reason",),
}
"""Which words the cells of a column are, by the column's name; the first that has the cell."""
_OTHERS: Mapping[str, Mapping[str, Words]] = {
    "tiers": {"outside": Words("ngoài tỉnh", "outside the province")},
    "type": {
        "text": Words("chữ", "text"),
        "number": Words("số", "number"),
        "integer": Words("số nguyên", "integer"),
        "date": Words("ngày", "date"),
        "boolean": Words("có hoặc không", "boolean"),
    },
    "unit": {
        "million VND": Words("triệu đồng", "million VND"),
        "ms": Words("mili giây", "ms"),
        "dossiers per inhabitant and year": Words("hồ sơ một người một năm", "dossiers per inhabitant and year"),
    },
    "line_id": {},
    "year": {},
}
_ALL = Words("tất cả", "all")
_LIST = ("tiers", "moves")
"""Columns whose cells are lists, parted by semicolons."""

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
    days = {column.name for column in table.columns if column.type is date}
    cells = (_with_days(names, table.cells(row), days) for row in rows)
    return csv_text(header, (_said(names, row, shares, groups or {}) for row in cells), EXCEL)


def _with_days(names: Sequence[str], cells: Sequence[CsvValue], days: Collection[str]) -> list[CsvValue]:
    """Days as offices write them and a Vietnamese Excel reads them: 31/12/2020."""
    return [
        f"{date.fromisoformat(cell):%d/%m/%Y}" if name in days and isinstance(cell, str) and cell else cell
        for name, cell in zip(names, cells, strict=True)
    ]


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
        else in_words(name, cell, groups)
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


def in_words(column: str, cell: CsvValue, groups: Mapping[str, Words]) -> CsvValue:
    """A cell as a Vietnamese reader is to see it; `groups` are titles of those that scopes name."""
    if not isinstance(cell, str) or not cell:
        return cell
    if column == "state" or column.endswith("verdict"):
        return _state(cell)
    if column == "scope":
        return scope_text(cell, "vi", groups)
    if column in _LIST:
        return ";".join(_word(column, part) for part in cell.split(";"))
    return _word(column, cell)


def _word(column: str, cell: str) -> str:
    """The word for an id by the column it stands in; of a source that is a sentence, the sentence; else as it is."""
    said = [term(kind, cell, "vi") for kind in _KINDS.get(column, ())]
    said += [unit_text(cell, "vi")] if column == "unit" else []
    known = next((words for words in said if words != cell), None)
    if known is not None:
        return known
    if words := _OTHERS.get(column, {}).get(cell):
        return words.vi
    if column in (*_KINDS, *_OTHERS) and cell == "all":
        return _ALL.vi
    return source_text(cell, "vi") if column == "source" else cell
