"""A CSV table as spreadsheets and people save it: separated by commas, semicolons or tabs, in UTF-8 or UTF-16."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sim.results.words import NOTHING, Words
from sim.scenario.errors import Faults
from sim.scenario.files import read_table_text
from sim.scenario.sheet import HEADER_WITHIN, Sheet, header_at

if TYPE_CHECKING:
    from _csv import Reader

_SEPARATOR_LINE = re.compile(r'"?sep=([,;|:\t])"?[,;|:\t]*(\r\n|\n|\r)', re.IGNORECASE)
_SEPARATORS = {
    ",": Words("dấu phẩy", "commas"),
    ";": Words("dấu chấm phẩy", "semicolons"),
    "\t": Words("dấu tab", "tabs"),
    "|": Words("dấu gạch đứng", "bars"),
}


def csv_sheet(path: Path, shown_as: str, names: Sequence[str], most_rows: int, faults: Faults) -> Sheet:
    """Returns the filled rows of a CSV table, separated as its header shows.

    At most one row more than a table may have is kept. What is no CSV goes to `faults`.

    Raises:
        ScenarioErrors: the file cannot be read at all.
    """
    text, is_utf16 = read_table_text(path, shown_as)
    return sheet_of_text(text, shown_as, names, most_rows, faults, is_utf16=is_utf16)


def sheet_of_text(
    text: str, shown_as: str, names: Sequence[str], most_rows: int, faults: Faults, *, is_utf16: bool
) -> Sheet:
    """The same of a text that was read already."""
    declared = _SEPARATOR_LINE.match(text)
    first_line = 1
    if declared is not None:
        text, first_line = text[declared.end() :], 2
    separator = _separator(text, declared[1] if declared else "", names)
    sheet = Sheet(shown_as, [], separator=separator)
    if is_utf16:
        sheet.recognised.append(Words("mã UTF-16", "UTF-16"))
    if separator != "," or declared is not None:
        sheet.recognised.append(_SEPARATORS.get(separator, Words(f"dấu “{separator}”", f'"{separator}"')))
    reader, line, wrapped = _reader(text, separator), first_line, 0
    try:
        for row in reader:
            cells = _unwrapped(row, separator)
            wrapped += cells is not row
            if any(map(str.strip, cells)):
                sheet.rows.append((line, cells))
            else:
                sheet.blank_rows += bool(cells)
            if len(sheet.rows) > most_rows + HEADER_WITHIN:
                break
            line = first_line + reader.line_num
    except csv.Error as error:
        if "field limit" in str(error):
            reason, repair = Words("ô quá dài", "a cell is too long"), NOTHING
        else:
            reason = Words(
                'dấu “"” mở mà không khép, hoặc khép rồi còn chữ',
                "a quotation mark is opened and never closed, or text follows the closing one",
            )
            repair = Words('trong ô viết "" thay cho "', 'inside a cell write "" for "')
        faults.add(sheet.fault("E-TAB-004", line, reason, repair))
    if wrapped:
        said = Words(
            f"{wrapped} dòng đặt cả trong ngoặc kép", f"{wrapped} line{'s' if wrapped > 1 else ''} in quotes as a whole"
        )
        sheet.recognised.append(said)
    return sheet


def _separator(text: str, declared: str, names: Sequence[str]) -> str:
    """The separator under which most of the columns are found, and the usual one when none tells."""
    best, most = ",", 0
    for separator in dict.fromkeys((declared, *_SEPARATORS) if declared else _SEPARATORS):
        _, named = header_at(_head(text, separator), names)
        if named > most:
            best, most = separator, named
        if named == len(names):
            break
    return best if most or not declared else declared


def _head(text: str, separator: str) -> Iterator[list[str]]:
    """The filled rows at the beginning, as far as they are CSV."""
    try:
        for row in _reader(text, separator):
            if any(map(str.strip, row)):
                yield _unwrapped(row, separator)
    except csv.Error:
        return


def _unwrapped(row: list[str], separator: str) -> list[str]:
    """The cells of a line that stands in quotes as a whole, as Excel saves one that it did not part; else the row."""
    if len(row) != 1 or separator not in row[0]:
        return row
    try:
        inner = list(_reader(row[0], separator))
    except csv.Error:
        return row
    return inner[0] if len(inner) == 1 else row


def _reader(text: str, separator: str) -> Reader:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
