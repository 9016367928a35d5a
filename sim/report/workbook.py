"""Sheets of typed cells as a spreadsheet, so that no text can become a formula, a link or markup.

The same sheets give the same bytes on one computer: the date inside the file is given, never the clock's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from sim.report.formatting import UnitKind
from sim.report.phrases import COLUMNS
from sim.report.words import scope_text, term
from sim.results.agency_place import AgencyPlace
from sim.results.words import Words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS_PER_SHEET = 1_000_000
"""A sheet holds 1,048,576 rows; what is more goes to a second one."""
LONGEST_TEXT = 32_000
"""A cell holds 32,767 UTF-16 units."""
LONGEST_SHEET_NAME = 31
_FORBIDDEN_IN_NAMES = frozenset("[]:*?/\\")
_FIRST_EXCEL_YEAR = 1900
_WIDEST_FROZEN = 24.0
_NUMBER_FORMATS: dict[str, str] = {
    "share": "0.0%",
    "hours": "#,##0.0",
    "million_vnd": "#,##0.0",
    "count": "#,##0",
    "plain": "General",
    "year": "0",
}

NumberKind = UnitKind | Literal["plain", "year"]
ID = Words("Mã", "Id")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the way it is printed; None is an empty cell."""

    value: float | None
    kind: NumberKind


CellValue = str | int | float | date | Quantity | None


@dataclass(frozen=True, slots=True)
class Column:
    """A heading in both languages, and how wide the column is in characters."""

    heading: Words
    width: float = 14.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name and title, headings, and rows of cells; `filtered` gives each heading a filter."""

    name: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    filtered: bool = True


def cells(*values: CellValue) -> tuple[CellValue, ...]:
    """One row of cells."""
    return values


def safe_text(text: str) -> str:
    """Text as a cell may hold it; a leading and closing markup tag that the writer would pass on raw is broken."""
    kept = text[:LONGEST_TEXT]
    return kept + " " if kept.startswith("<r>") and kept.endswith("</r>") else kept


def sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that a workbook accepts and that no other sheet has; it is taken from then on."""
    letters = "".join(" " if letter in _FORBIDDEN_IN_NAMES else letter for letter in wanted)
    base = letters.strip().strip("'").strip() or "Sheet"
    for number in range(1, 10_000):
        ending = "" if number == 1 else f" ({number})"
        name = base[: LONGEST_SHEET_NAME - len(ending)] + ending
        if name.casefold() not in taken and name.casefold() != "history":
            break
    taken.add(name.casefold())
    return name


def workbook_bytes(sheets: Sequence[Sheet], title: str, created: date) -> bytes:
    """The workbook as a file's content."""
    from xlsxwriter.workbook import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(stream, options)
    workbook.set_properties(
        {"title": safe_text(title)[:255], "created": datetime(created.year, created.month, created.day)}  # noqa: DTZ001
    )
    pens = _Pens(workbook)
    taken: set[str] = set()
    for sheet in sheets:
        for part in _parts(sheet):
            _write_sheet(workbook.add_worksheet(sheet_name(part.name, taken)), part, pens)
    workbook.close()
    return stream.getvalue()


def _parts(sheet: Sheet) -> Iterator[Sheet]:
    starts = range(0, max(len(sheet.rows), 1), ROWS_PER_SHEET)
    for start in starts:
        title = sheet.title
        if len(starts) > 1:
            part = f" ({start // ROWS_PER_SHEET + 1}/{len(starts)})"
            title = Words(f"{title.vi}, phần{part}", f"{title.en}, part{part}")
        yield Sheet(sheet.name, title, sheet.columns, sheet.rows[start : start + ROWS_PER_SHEET], sheet.filtered)


class _Pens:
    """The formats of one workbook."""

    def __init__(self, workbook: Workbook) -> None:
        top = {"valign": "top", "font_name": "Arial", "font_size": 10}
        self.title: Format = workbook.add_format({**top, "bold": True, "font_size": 13})
        self.heading: Format = workbook.add_format(
            {**top, "bold": True, "text_wrap": True, "bg_color": "#E8EDF3", "bottom": 1}
        )
        self.text: Format = workbook.add_format({**top, "text_wrap": True, "num_format": "@"})
        self.date: Format = workbook.add_format({**top, "num_format": "dd/mm/yyyy", "align": "left"})
        self.numbers: dict[str, Format] = {
            kind: workbook.add_format({**top, "num_format": text}) for kind, text in _NUMBER_FORMATS.items()
        }


def _write_sheet(worksheet: Worksheet, sheet: Sheet, pens: _Pens) -> None:
    worksheet.write_string(0, 0, safe_text(f"{sheet.title.vi} – {sheet.title.en}"), pens.title)
    for at, column in enumerate(sheet.columns):
        worksheet.set_column(at, at, column.width)
        worksheet.write_string(1, at, safe_text(f"{column.heading.vi}\n{column.heading.en}"), pens.heading)
    worksheet.set_row(1, 42)
    for at, cells in enumerate(sheet.rows, start=2):
        for place, cell in enumerate(cells):
            _write_cell(worksheet, at, place, cell, pens)
    worksheet.freeze_panes(2, 1 if sheet.filtered and sheet.columns[0].width <= _WIDEST_FROZEN else 0)
    if sheet.filtered and sheet.rows:
        worksheet.autofilter(1, 0, 1 + len(sheet.rows), len(sheet.columns) - 1)
    worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(1)


def _write_cell(worksheet: Worksheet, row: int, column: int, cell: CellValue, pens: _Pens) -> None:
    if isinstance(cell, Quantity):
        if cell.value is not None:
            worksheet.write_number(row, column, cell.value, pens.numbers[cell.kind])
    elif isinstance(cell, str):
        if cell:
            worksheet.write_string(row, column, safe_text(cell), pens.text)
    elif isinstance(cell, date):
        if cell.year >= _FIRST_EXCEL_YEAR:
            worksheet.write_datetime(row, column, cell, pens.date)
        else:
            worksheet.write_string(row, column, cell.isoformat(), pens.text)
    elif cell is not None:
        worksheet.write_number(row, column, cell, pens.numbers["plain"])


RUNS = Column(Words("Số lần (n)", "Simulations (n)"), 11.0)


def both(words: Words, width: float = 32.0) -> tuple[Column, Column]:
    """Two columns for one thing said in Vietnamese and in English."""
    return (
        Column(Words(f"{words.vi} (tiếng Việt)", f"{words.en} (Vietnamese)"), width),
        Column(Words(f"{words.vi} (tiếng Anh)", f"{words.en} (English)"), width),
    )


AGENCY_COLUMNS: tuple[Column, ...] = (
    Column(ID, 22.0),
    *both(COLUMNS["agency"], 40.0),
    *both(COLUMNS["tier"], 18.0),
    *both(COLUMNS["district"], 26.0),
)
"""The first columns of every sheet that goes by agency."""


def agency_cells(place: AgencyPlace) -> tuple[CellValue, ...]:
    """Their cells."""
    names = (place.agency_id, place.name("vi"), place.name("en"))
    return (*names, *terms("tier", place.tier), place.district("vi"), place.district("en"))


def yes_no(answer: bool) -> tuple[str, str]:
    """Yes or no in Vietnamese and in English."""
    return ("có", "yes") if answer else ("không", "no")


def terms(kind: str, term_id: str) -> tuple[str, str]:
    """The word for an id in Vietnamese and in English."""
    return term(kind, term_id, "vi"), term(kind, term_id, "en")


def scopes(scope: str) -> tuple[str, str]:
    """A scope in Vietnamese and in English."""
    return scope_text(scope, "vi"), scope_text(scope, "en")


def named(*names: str) -> tuple[Column, ...]:
    """Columns of ordinary width by the names of their headings."""
    return tuple(Column(COLUMNS[name]) for name in names)
