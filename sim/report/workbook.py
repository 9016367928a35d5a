"""Sheets of typed cells as a spreadsheet, so that no text can become a formula, a link or markup.

The same sheets give the same bytes on one computer: the date inside the file is given, never the clock's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Literal

from sim.report.formatting import UnitKind
from sim.report.phrases import COLUMNS
from sim.report.words import VERDICTS, scope_text, term
from sim.results.columns import AgencyPlace
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import Lang, Words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS_PER_SHEET = 1_000_000
"""A sheet holds 1,048,576 rows; what is more goes to a second one."""
LONGEST_TEXT = 32_000
"""A cell holds 32,767 UTF-16 units."""
LONGEST_SHEET_NAME = 31
MOST_PRINTED_ROWS = 120
FIRST_PRINTED_ROWS = 40
"""A longer sheet prints its first rows only: it is there to be filtered and looked up."""
CONTENTS = Words("Mục lục", "Contents")
_SHEET, _ABOUT, _ROWS = Words("Trang", "Sheet"), Words("Nội dung", "What it holds"), Words("Số dòng", "Rows")
_PRINTING = Words(
    f"In ra: khổ A4 ngang; trang có hơn {MOST_PRINTED_ROWS} dòng chỉ in {FIRST_PRINTED_ROWS} dòng đầu (muốn in hết: xóa"
    " vùng in).",
    f"Printing: A4 landscape; of a sheet of more than {MOST_PRINTED_ROWS} rows the first {FIRST_PRINTED_ROWS} are"
    " printed (clear the print area to print all).",
)
VERDICT_FILLS: dict[str, str] = {
    "reachable": "#C6E0B4",
    "at risk": "#FFE699",
    "out of reach": "#F8CBAD",
    "undecided": "#D9E1F2",
    "too close to call": "#D9E1F2",
}
"""The colour of each group of verdicts."""
_LINE_POINTS, _MOST_LINES = 13.0, 12
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
    """A heading in both languages, how wide the column is in characters, and whose it is."""

    heading: Words
    width: float = 14.0
    language: Lang | None = None
    """Of a column of words: a workbook of another language leaves it out."""
    coloured: bool = False
    """Its cells are verdicts, each group of which has its colour."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name in both languages (`Kinh phí - Spending`), title, headings, and rows of cells.

    `filtered` gives each heading a filter.
    """

    name: str
    title: Words
    columns: tuple[Column, ...]
    rows: tuple[tuple[CellValue, ...], ...]
    filtered: bool = True


@dataclass(frozen=True)
class Charts:
    """A sheet of charts: its name and title, and what fills it."""

    name: Words
    title: Words
    fill: Callable[[Workbook, Worksheet], None]


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


def workbook_bytes(
    sheets: Sequence[Sheet], title: str, created: date, language: Lang = "vi", charts: Charts | None = None
) -> bytes:
    """The workbook in one language as a file's content.

    Args:
        sheets: the tables, in order.
        title: of the file.
        created: the date inside it.
        language: the other language's columns are left out.
        charts: name of a sheet behind the first table, and what fills it.
    """
    from xlsxwriter.workbook import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(stream, options)
    workbook.set_properties(
        {"title": safe_text(title)[:255], "created": datetime(created.year, created.month, created.day)}  # noqa: DTZ001
    )
    pens = _Pens(workbook)
    taken: set[str] = set()
    contents = workbook.add_worksheet(sheet_name(CONTENTS.text(language), taken))
    listed: list[tuple[str, str, int | None]] = []
    for place, sheet in enumerate(sheets):
        for part in _parts(in_language(sheet, language)):
            name = sheet_name(part.name, taken)
            _write_sheet(workbook.add_worksheet(name), part, pens, language)
            listed.append((name, part.title.text(language), len(part.rows)))
        if place == 0 and charts is not None:
            name = sheet_name(charts.name.text(language), taken)
            charts.fill(workbook, workbook.add_worksheet(name))
            listed.append((name, charts.title.text(language), None))
    _write_contents(contents, safe_text(title), listed, pens, language)
    workbook.close()
    return stream.getvalue()


def in_language(sheet: Sheet, language: Lang) -> Sheet:
    """A sheet with the columns of one language, named in it."""
    kept = [at for at, column in enumerate(sheet.columns) if column.language in (None, language)]
    vietnamese, _, english = sheet.name.partition(" - ")
    rows = tuple(tuple(row[at] for at in kept if at < len(row)) for row in sheet.rows)
    name = vietnamese if language == "vi" or not english else english
    return replace(sheet, name=name, columns=tuple(sheet.columns[at] for at in kept), rows=rows)


def _write_contents(
    worksheet: Worksheet, title: str, listed: Sequence[tuple[str, str, int | None]], pens: _Pens, language: Lang
) -> None:
    """What sheets there are, each a link; the first thing that is seen."""
    worksheet.write_string(0, 0, title, pens.title)
    for at, (heading, width) in enumerate(((_SHEET, 26.0), (_ABOUT, 90.0), (_ROWS, 10.0))):
        worksheet.set_column(at, at, width)
        worksheet.write_string(1, at, heading.text(language), pens.heading)
    for row, (name, about, count) in enumerate(listed, 2):
        quoted = name.replace("'", "''")
        worksheet.write_url(row, 0, f"internal:'{quoted}'!A1", pens.link, name)
        worksheet.write_string(row, 1, safe_text(about), pens.text)
        if count is not None:
            worksheet.write_number(row, 2, count, pens.numbers["count"])
    worksheet.write_string(len(listed) + 3, 0, _PRINTING.text(language), pens.plain)
    worksheet.freeze_panes(2, 0)
    _print_on_a4(worksheet, 1)
    worksheet.activate()


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
        self.plain: Format = workbook.add_format(top)
        self.link: Format = workbook.add_format({**top, "font_color": "#1F4E9E", "underline": 1})
        self.verdicts: dict[str, Format] = {
            group: workbook.add_format({"bg_color": colour}) for group, colour in VERDICT_FILLS.items()
        }
        self.text: Format = workbook.add_format({**top, "text_wrap": True, "num_format": "@"})
        self.date: Format = workbook.add_format({**top, "num_format": "dd/mm/yyyy", "align": "left"})
        self.numbers: dict[str, Format] = {
            kind: workbook.add_format({**top, "num_format": text}) for kind, text in _NUMBER_FORMATS.items()
        }


def _write_sheet(worksheet: Worksheet, sheet: Sheet, pens: _Pens, language: Lang) -> None:
    worksheet.write_string(0, 0, safe_text(sheet.title.text(language)), pens.title)
    for at, column in enumerate(sheet.columns):
        worksheet.set_column(at, at, column.width)
        worksheet.write_string(1, at, safe_text(column.heading.text(language)), pens.heading)
        if column.coloured:
            _colour_verdicts(worksheet, at, len(sheet.rows), pens, language)
    worksheet.set_row(1, 42)
    for at, cells in enumerate(sheet.rows, start=2):
        worksheet.set_row(at, _height(cells, sheet.columns))
        for place, cell in enumerate(cells):
            _write_cell(worksheet, at, place, cell, pens)
    worksheet.freeze_panes(2, 1 if sheet.filtered and sheet.columns[0].width <= _WIDEST_FROZEN else 0)
    if sheet.filtered and sheet.rows:
        worksheet.autofilter(1, 0, 1 + len(sheet.rows), len(sheet.columns) - 1)
    _print_on_a4(worksheet, 1)
    if sheet.filtered and len(sheet.rows) > MOST_PRINTED_ROWS:
        worksheet.print_area(0, 0, 1 + FIRST_PRINTED_ROWS, len(sheet.columns) - 1)


def _print_on_a4(worksheet: Worksheet, heading_row: int) -> None:
    """A4 landscape, as wide as the page, headings on every page, page numbers."""
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    worksheet.set_footer("&L&A&R&P/&N")
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(heading_row)


def _height(cells: Sequence[CellValue], columns: Sequence[Column]) -> float:
    """Points that a row of wrapped texts takes; not every program fits rows by itself."""
    lines = max(
        (1 + int(len(cell) / (1.2 * columns[at].width)) for at, cell in enumerate(cells) if isinstance(cell, str)),
        default=1,
    )
    return _LINE_POINTS * min(lines, _MOST_LINES)


def _colour_verdicts(worksheet: Worksheet, column: int, rows: int, pens: _Pens, language: Lang) -> None:
    for group, look in pens.verdicts.items():
        words = VERDICTS[group].text(language)
        rule = {"type": "text", "criteria": "begins with", "value": words, "format": look}
        worksheet.conditional_format(2, column, 1 + max(rows, 1), column, rule)


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


def both(words: Words, width: float = 32.0, *, coloured: bool = False) -> tuple[Column, Column]:
    """Two columns for one thing said in Vietnamese and in English, of which a workbook has one."""
    return Column(words, width, "vi", coloured), Column(words, width, "en", coloured)


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


def target_cells(targets: Sequence[TargetRow], target_id: str) -> tuple[CellValue, ...]:
    """A target's id and its title in both languages."""
    row = next((row for row in deciding_rows(targets) if row.target_id == target_id), None)
    return (target_id, row.title("vi"), row.title("en")) if row else (target_id, target_id, target_id)


def yes_no(answer: bool) -> tuple[str, str]:
    """Yes or no in Vietnamese and in English."""
    return ("có", "yes") if answer else ("không", "no")


def terms(kind: str, term_id: str) -> tuple[str, str]:
    """The word for an id in Vietnamese and in English."""
    return term(kind, term_id, "vi"), term(kind, term_id, "en")


def scopes(scope: str, groups: Mapping[str, Words] | None = None) -> tuple[str, str]:
    """A scope in Vietnamese and in English, a group by its title."""
    return scope_text(scope, "vi", groups), scope_text(scope, "en", groups)


def named(*names: str) -> tuple[Column, ...]:
    """Columns of ordinary width by the names of their headings."""
    return tuple(Column(COLUMNS[name]) for name in names)
