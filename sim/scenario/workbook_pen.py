"""How cells of a scenario's workbook are written: the layout of a sheet, its looks, notes, drop-downs and printing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, get_args, get_type_hints

from sim.scenario.keys import Key
from sim.scenario.own import OwnScenario, number_text
from sim.scenario.table_set import TABLES
from sim.scenario.workbook_sheets import CONTENTS
from sim.scenario.workbook_words import EMPTY, OPEN_WORDS, WORDS, Heading, SheetKind

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Defaults = Mapping[Key, Any]
Titles = Mapping[str, Mapping[str, str]]
"""Words for codes that reports know: measures, readings, scopes."""

TITLE, ABOUT, EXAMPLE, SUMS, HEADINGS, CODES, FIRST = range(7)
"""Rows of a sheet, from 0: what stands above the rows of a table, and the first of these."""
SPARE_ROWS = 200
"""Rows below the last one that have drop-downs already."""
BLANK_ROWS = 12
"""Of them, those that look like rows to be filled in."""
LAST_SUMMED = 2_000
"""Row down to which money is added up."""
_MOST_LINES = 4
_PAGE_WIDTH = 240.0
"""Characters across a printed page that can still be read."""
_EXACT_DIGITS = 15
_MANY = frozenset({"tiers", "funded_by", "readings"})
"""Columns that may name several things of their drop-down."""
_DAYS = frozenset({"due", "start", "measured_from"})
"""Columns of lists that hold a day; lists write every other value with its unit, as text."""


def _formats(workbook: Workbook) -> dict[str, Format]:
    base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    box = {**base, "border": 1, "border_color": "#D0D0D0"}
    looks: dict[str, dict[str, Any]] = {
        "title": {**base, "bold": True, "font_size": 14},
        "text": {**base, "text_wrap": True},
        "link": {**base, "font_color": "#1F4E9E", "underline": 1},
        "example": {**base, "italic": True, "font_color": "#808080", "num_format": "@"},
        "heading": {**base, "bold": True, "text_wrap": True, "bg_color": "#DCE6F1", "border": 1},
        "code": {**base, "font_size": 8, "font_color": "#808080", "bg_color": "#F2F2F2"},
        "section": {**base, "bold": True, "bg_color": "#F2F2F2"},
        "plain": {**base, "num_format": "@"},
        "entry": {**box, "bg_color": "#FFFBE6", "num_format": "@", "text_wrap": True},
        "number": {**box, "bg_color": "#FFFBE6", "num_format": "General"},
        "money": {**box, "bg_color": "#FFFBE6", "num_format": "#,##0.###"},
        "day": {**box, "bg_color": "#FFFBE6", "num_format": "dd/mm/yyyy", "align": "left"},
        "auto": {**box, "bg_color": "#EFEFEF", "num_format": "#,##0.###;-#,##0.###;"},
        "default": {**box, "font_color": "#808080", "text_wrap": True},
        "wrong": {"bg_color": "#F8CBAD"},
    }
    return {name: workbook.add_format(look) for name, look in looks.items()}


@dataclass
class Pen:
    """Writes cells of one workbook.

    Attributes:
        workbook: the file.
        own: what the scenario's files say.
        defaults: what every province starts from, by key.
        titles: words for measures, readings and scopes.
        lists: the range of each drop-down's words.
        formats: looks of cells by name.
    """

    workbook: Workbook
    own: OwnScenario
    defaults: Defaults
    titles: Titles
    lists: dict[str, str] = field(default_factory=dict)
    formats: dict[str, Format] = field(init=False)

    def __post_init__(self) -> None:
        self.formats = _formats(self.workbook)

    def word(self, words: str, code: str) -> str:
        """What a cell of a drop-down shows for a code."""
        said = self.titles.get(words, {}).get(code, "")
        return f"{said} ({code})" if said else WORDS[words].get(code, code)

    def head(self, sheet: Worksheet, kind: SheetKind, headings: Sequence[Heading]) -> None:
        """Title, what it is, example, headings with their notes, and codes."""
        sheet.write_string(TITLE, 0, kind.name, self.formats["title"])
        sheet.write_url(TITLE, 3, f"internal:'{CONTENTS}'!A1", self.formats["link"], "về Mục lục")
        sheet.write_string(ABOUT, 0, kind.about)
        if kind.example:
            sheet.set_row(EXAMPLE, 15)
        for at, heading in enumerate(headings):
            sheet.set_column(
                at, at, heading.width, self.formats["plain" if _look(kind, heading) == "entry" else "text"]
            )
            sheet.write_string(HEADINGS, at, heading.title, self.formats["heading"])
            sheet.write_string(CODES, at, heading.code, self.formats["code"])
            if heading.note:
                sheet.write_comment(HEADINGS, at, heading.note, {"x_scale": 1.6, "author": ""})
            if heading.code in kind.example:
                said = kind.example[heading.code]
                sheet.write_string(EXAMPLE, at, f"Ví dụ: {said}" if at == 0 else said, self.formats["example"])
        sheet.set_row(HEADINGS, 45)
        sheet.ignore_errors({"number_stored_as_text": "A1:AZ5000"})  # ids such as 1.10 are meant as text
        sheet.freeze_panes(FIRST, 1)
        printed(sheet, CODES, HEADINGS, width=sum(heading.width for heading in headings))

    def drop_downs(self, sheet: Worksheet, headings: Sequence[Heading], last: int) -> None:
        """The drop-down of each column that has one, down to the row `last`."""
        for at, heading in enumerate(headings):
            if not heading.words or heading.code in _MANY:
                continue
            strict = heading.words not in OPEN_WORDS
            sheet.data_validation(
                FIRST,
                at,
                last,
                at,
                {
                    "validate": "list",
                    "source": self.lists[heading.words],
                    "error_title": heading.title[:32],
                    "error_message": "Chọn một từ trong danh sách.",
                    "show_error": strict,
                },
            )

    def blank_rows(self, sheet: Worksheet, kind: SheetKind, row: int, count: int) -> None:
        """Rows that look like rows to be filled in."""
        for blank in range(row, row + count):
            for at, heading in enumerate(kind.headings):
                sheet.write_blank(blank, at, None, self.formats[_look(kind, heading)])

    def value(self, sheet: Worksheet, row: int, at: int, value: Any, words: str) -> None:
        """One cell as what it is: a day, a number or text."""
        match value:
            case bool():
                sheet.write_string(row, at, WORDS["yes_no"]["1" if value else "0"], self.formats["entry"])
            case date() if value.year >= 1900:
                sheet.write_datetime(row, at, value, self.formats["day"])
            case int() | float() if is_exact(value):
                sheet.write_number(row, at, value, self.formats["number"])
            case int() | float():
                sheet.write_string(row, at, number_text(value), self.formats["entry"])
            case tuple():
                said = "; ".join(self.word(words, str(part)) if words else plain(part) for part in value)
                sheet.write_string(row, at, said or EMPTY, self.formats["entry"])
            case _:
                text = self.word(words, str(value)) if words and value else str(value)
                if text:
                    sheet.write_string(row, at, text, self.formats["entry"])
                else:
                    sheet.write_blank(row, at, None, self.formats["entry"])


def is_exact(value: float) -> bool:
    """Whether Excel, which keeps fifteen digits, keeps a number as it is."""
    return float(f"{value:.{_EXACT_DIGITS}g}") == value


def _look(kind: SheetKind, heading: Heading) -> str:
    """How a cell to be filled in looks: Excel must not take an id for a number, nor a percentage for its fraction."""
    if heading.words:
        return "entry"
    if kind.key in TABLES:
        holds = get_type_hints(TABLES[kind.key].row_type).get(heading.code, float)  # a year of a money table has none
        return {int: "number", float: "number", date: "day"}.get(next(iter(get_args(holds)), holds), "entry")
    return "day" if heading.code in _DAYS else "entry"


def plain(value: object) -> str:
    """Returns a value as text."""
    match value:
        case bool():
            return WORDS["yes_no"]["1" if value else "0"]
        case int() | float():
            return number_text(value)
        case date():
            return f"{value:%d/%m/%Y}"
        case tuple():
            return "; ".join(plain(part) for part in value)
        case _:
            return str(value)


def height(texts: Iterable[tuple[str, float]]) -> float:
    """Points that a row of wrapped texts takes, each with the width of its column; other programs do not fit it."""
    lines = max((1 + int(len(text) / (1.25 * width)) for text, width in texts), default=1)
    return 13.5 * min(lines, _MOST_LINES)


def printed(sheet: Worksheet, last_of_head: int, first_of_head: int | None = None, width: float = 0.0) -> None:
    """A4 landscape, a wide sheet over a few pages beside each other, headings on every page, page numbers."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1 + int(width / _PAGE_WIDTH), 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P/&N")
    if first_of_head is not None:
        sheet.repeat_rows(first_of_head, last_of_head)
