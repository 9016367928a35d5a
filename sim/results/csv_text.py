"""Tables as CSV text: the same bytes for the same values, and harmless when a spreadsheet opens them.

Numbers: whole numbers in full; other numbers with ten significant digits, no trailing zeros. Ten digits keep every
count and every thousandth of a million dong of a provincial plan, and drop the last bits that mean nothing. A missing
value is an empty cell. NaN and infinity are refused, for they are a bug in what made the table.

Text: quoted as RFC 4180 says; lines end with a single line feed. A text cell that a spreadsheet could take for a
formula (it starts with = + - @, a tab, a carriage return or a line feed, or their full-width forms) gets an apostrophe
in front; so does one that starts with apostrophes and then so, which `unguarded` could not tell from it otherwise.
Control characters become U+FFFD.

Excel opens a CSV file as the computer's language writes numbers, and takes it for UTF-8 only with a byte-order mark
(U+FEFF): `EXCEL` writes that, semicolons and decimal commas, as Excel itself does in Vietnamese.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

CsvValue = str | int | float | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROL = {code: "\ufffd" for code in (*range(32), 127) if chr(code) not in "\t\r\n"}


@dataclass(frozen=True)
class Dialect:
    """How a table is written: what is before it, between cells, at the end of a line, and in a decimal fraction."""

    start: str = ""
    separator: str = ","
    line_end: str = "\n"
    decimal: str = "."


PLAIN = Dialect()
EXCEL = Dialect(start="\ufeff", separator=";", line_end="\r\n", decimal=",")


class Percent(float):
    """A share that a spreadsheet is to show in per cent, to five figures: 15,58% where the plain tables have 0.1558."""


def csv_text(header: Sequence[str], rows: Iterable[Sequence[CsvValue]], dialect: Dialect = PLAIN) -> str:
    """A whole table as CSV text.

    Raises:
        ValueError: a row is not as long as the header, or a number is NaN or infinite.
    """
    lines = [dialect.start, _line([_text_cell(name) for name in header], dialect)]
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row has {len(row)} cells under a header of {len(header)}: {row!r}")
        lines.append(_line([csv_cell(value, dialect) for value in row], dialect))
    return "".join(lines)


def csv_text_of_columns(header: Sequence[str], columns: Sequence[Sequence[CsvValue]]) -> str:
    """The same text from columns instead of rows, for long tables whose columns hold few different values.

    Raises:
        ValueError: columns differ in length or in number from the header, or a number is NaN or infinite.
    """
    if len(columns) != len(header):
        raise ValueError(f"{len(columns)} columns under a header of {len(header)}")
    if len(columns) < 2:
        return csv_text(header, zip(*columns, strict=True))
    lines = map(",".join, zip(*map(_quoted_cells, columns), strict=True))
    return "\n".join([_line([_text_cell(name) for name in header], PLAIN)[:-1], *lines, ""])


def _quoted_cells(column: Sequence[CsvValue]) -> list[str]:
    """The cells of a column; a value that comes again is not written anew."""
    known: dict[CsvValue, str] = {}
    for value in column:
        if value not in known:
            known[value] = _quoted(csv_cell(value), PLAIN)
    return [known[value] for value in column]


def csv_cell(value: CsvValue, dialect: Dialect = PLAIN) -> str:
    """One value as it stands in a CSV cell, before quoting.

    Raises:
        ValueError: the number is NaN or infinite.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _text_cell(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Percent):
        return _number_cell(float(f"{100.0 * value:.5g}")).replace(".", dialect.decimal) + "%"
    if isinstance(value, float):
        return _number_cell(value).replace(".", dialect.decimal)
    return str(int(value))


def unguarded(cell: str) -> str:
    """The text that a text cell holds: without the apostrophe that was put in front when it was written."""
    return cell[1:] if cell.startswith("'") and _needs_guard(cell[1:]) else cell


def _line(cells: Sequence[str], dialect: Dialect) -> str:
    """One line. The standard library's writer would leave a lone carriage return unquoted, which splits the row."""
    line = dialect.separator.join(_quoted(cell, dialect) for cell in cells) if list(cells) != [""] else '""'
    return line + dialect.line_end


def _quoted(cell: str, dialect: Dialect) -> str:
    if any(mark in cell for mark in (dialect.separator, '"', "\r", "\n")):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _number_cell(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value!r} cannot stand in a table; leave the cell empty instead")
    return format(float(value) + 0.0, ".10g")  # + 0.0 turns -0.0 into 0.0


def _text_cell(text: str) -> str:
    clean = text.translate(_CONTROL).encode("utf-8", "replace").decode()
    return f"'{clean}" if _needs_guard(clean) else clean


def _needs_guard(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA_STARTS)
