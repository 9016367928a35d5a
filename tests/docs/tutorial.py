"""The tutorial as its reader follows it: commands to type, and tables to copy into the sheets of a workbook."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pages import PROGRAM, text_of

HEADINGS, CODES, FIRST = 5, 6, 7
"""Rows of a sheet of the workbook: names of its columns, their codes, and where one begins to fill in."""
_SHEET = re.compile(r"(?:Trang|Sheet) \*\*([^*]+)\*\*")


@dataclass(frozen=True)
class Step:
    """Either the words of a command, or a table for the sheet of that name."""

    command: tuple[str, ...] = ()
    sheet: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def steps(page: Path) -> Iterator[Step]:
    """What the page tells to do, in order: each table belongs to the sheet named last."""
    sheet = ""
    lines = text_of(page).splitlines()
    for number, line in enumerate(lines):
        named = _SHEET.match(line)
        if named is not None:
            sheet = named[1]
        elif line.startswith(PROGRAM):
            yield Step(command=tuple(shlex.split(line.removeprefix(PROGRAM))))
        elif line.startswith("|---"):
            rows = [lines[number - 1], *takewhile(lambda row: row.startswith("|"), lines[number + 1 :])]
            cells = [tuple(cell.strip() for cell in row[1:-1].split("|")) for row in rows]
            yield Step(sheet=sheet, rows=tuple(cells))


def fill(workbook: Path, tables: Sequence[Step]) -> None:
    """Type the tables into the workbook as a person does who finds columns and lines by their names, and save it.

    A spreadsheet program computes years and sums when it saves; here they are written in their place.
    """
    book = load_workbook(workbook)
    typed = {table.sheet: table.rows for table in tables}
    for sheet, rows in typed.items():
        _type_in(book[sheet], rows)
    start = book["Kế hoạch"].cell(_lines_of(book["Kế hoạch"])["Ngày đầu kỳ mô phỏng"], 2).value.year
    for sheet in ("Kinh phí", "Tổng kinh phí"):
        for number in range(1, 6):
            column = _columns_of(book[sheet])[f"Năm thứ {number} (triệu đồng)"]
            book[sheet].cell(CODES, column).value = start + number - 1
    heading, *lines = typed["Kinh phí"]
    source, first_year = heading.index("Nguồn vốn"), heading.index("Năm thứ 1 (triệu đồng)")
    for row in book["Tổng kinh phí"].iter_rows(min_row=FIRST):
        if row[0].value:
            row[2].value = row[3].value = sum(int(line[first_year]) for line in lines if line[source] == row[1].value)
    book.save(workbook)


def _columns_of(sheet: Worksheet) -> dict[str, int]:
    return {str(cell.value): cell.column for cell in sheet[HEADINGS]}


def _lines_of(sheet: Worksheet) -> dict[str, int]:
    """The lines that the sheet names itself, by name; none where each is to be filled in."""
    return {str(row[0].value): row[0].row for row in sheet.iter_rows(min_row=FIRST, max_col=1) if row[0].value}


def _type_in(sheet: Worksheet, rows: Sequence[Sequence[str]]) -> None:
    columns, named = _columns_of(sheet), _lines_of(sheet)
    for place, row in enumerate(rows[1:], start=FIRST):
        at = named[row[0]] if named else place
        for heading, text in zip(rows[0], row, strict=True):
            if text and not (named and heading == rows[0][0]):
                cell = sheet.cell(at, columns[heading])
                cell.value, cell.number_format = _typed(text, cell.number_format)


def _typed(text: str, number_format: str) -> tuple[object, str]:
    """What Excel makes of a text that is typed: a number, a percentage, a date, or the text."""
    if re.fullmatch(r"\d{2}/\d{2}/\d{4}", text):
        return datetime.strptime(text, "%d/%m/%Y").date(), "dd/mm/yyyy"  # noqa: DTZ007 - a day
    if re.fullmatch(r"\d+ %", text):
        return int(text.removesuffix(" %")) / 100, "0%"
    if re.fullmatch(r"\d+(,\d+)?", text):
        return float(text.replace(",", ".")) if "," in text else int(text), number_format
    return text, number_format
