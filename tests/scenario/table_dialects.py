"""The same table as other programs save it, for the tests: separators, encodings, marks, blanks, workbooks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from xlsxwriter.workbook import Workbook

Rows = list[list[str]]

_NUMBER = re.compile(r"\d{1,12}(\.\d+)?", re.ASCII)


def rows_of(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def text_of(rows: Rows, separator: str = ",", line_end: str = "\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=line_end).writerows(rows)
    return out.getvalue()


def vietnamese(rows: Rows) -> Rows:
    """Numbers as an Excel in Vietnam shows them, without thousands marks."""
    return [rows[0]] + [[_comma(cell) for cell in row] for row in rows[1:]]


def _comma(cell: str) -> str:
    return cell.replace(".", ",") if _NUMBER.fullmatch(cell) else cell


def with_blanks(rows: Rows) -> Rows:
    """A title above, blank columns before and behind, blank rows between and below."""
    width = len(rows[0]) + 3
    blank = [""] * width
    framed = [["", *row, "", ""] for row in rows]
    title = ["", "BẢNG CỦA TỈNH", *[""] * (width - 2)]
    return [title, blank, *framed[:2], blank, *framed[2:], blank, blank]


def excel_vietnam(rows: Rows) -> bytes:
    """CSV UTF-8 of an Excel with Vietnamese settings."""
    return b"\xef\xbb\xbf" + text_of(vietnamese(rows), ";", "\r\n").encode()


def excel_unicode_text(rows: Rows) -> bytes:
    return text_of(vietnamese(rows), "\t", "\r\n").encode("utf-16")


def big_endian(rows: Rows) -> bytes:
    return b"\xfe\xff" + text_of(rows, ";").encode("utf-16-be")


def declared(rows: Rows) -> bytes:
    return ("sep=|\r\n" + text_of(rows, "|", "\r\n")).encode()


def old_mac(rows: Rows) -> bytes:
    return text_of(rows, ",", "\r").encode()


def framed(rows: Rows) -> bytes:
    return text_of(with_blanks(vietnamese(rows)), ";", "\r\n").encode()


def turned(rows: Rows) -> bytes:
    """Columns the other way round, and their names in capitals."""
    reversed_rows = [row[::-1] for row in rows]
    return text_of([[name.upper() for name in reversed_rows[0]], *reversed_rows[1:]]).encode()


def workbook(rows: Rows) -> bytes:
    """A workbook whose numbers are numbers."""
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Bảng")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if at and _NUMBER.fullmatch(cell):
                    sheet.write_number(at, column, float(cell))
                elif cell:
                    sheet.write_string(at, column, cell)
    return out.getvalue()


CSV_DIALECTS: dict[str, Callable[[Rows], bytes]] = {
    "Excel in Vietnam": excel_vietnam,
    "Unicode text of Excel": excel_unicode_text,
    "UTF-16 big-endian": big_endian,
    "declared separator": declared,
    "lines of an old Mac": old_mac,
    "title and blanks": framed,
    "columns turned round": turned,
}
