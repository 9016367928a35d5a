"""Tables as CSV text: the same bytes for the same values, and harmless when a spreadsheet opens them.

Numbers: whole numbers in full; other numbers with ten significant digits, no trailing zeros. Ten digits keep every
count and every thousandth of a million dong of a provincial plan, and drop the last bits that mean nothing. A missing
value is an empty cell. NaN and infinity are refused, for they are a bug in what made the table.

Text: quoted as RFC 4180 says; lines end with a single line feed. A text cell that a spreadsheet could take for a
formula (it starts with = + - @, a tab, a carriage return or a line feed, or their full-width forms) gets an apostrophe
in front. Control characters become U+FFFD.
"""

import math
from collections.abc import Iterable, Sequence

CsvValue = str | int | float | None

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROL = {code: "\ufffd" for code in (*range(32), 127) if chr(code) not in "\t\r\n"}


def csv_text(header: Sequence[str], rows: Iterable[Sequence[CsvValue]]) -> str:
    """A whole table as CSV text.

    Raises:
        ValueError: a row is not as long as the header, or a number is NaN or infinite.
    """
    lines = [_line([_text_cell(name) for name in header])]
    for row in rows:
        if len(row) != len(header):
            raise ValueError(f"a row has {len(row)} cells under a header of {len(header)}: {row!r}")
        lines.append(_line([csv_cell(value) for value in row]))
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
    return "\n".join([_line([_text_cell(name) for name in header])[:-1], *lines, ""])


def _quoted_cells(column: Sequence[CsvValue]) -> list[str]:
    """The cells of a column; a value that comes again is not written anew."""
    known: dict[CsvValue, str] = {}
    for value in column:
        if value not in known:
            known[value] = _quoted(csv_cell(value))
    return [known[value] for value in column]


def csv_cell(value: CsvValue) -> str:
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
    if isinstance(value, float):
        return _number_cell(value)
    return str(int(value))


def _line(cells: Sequence[str]) -> str:
    """One line. The standard library's writer would leave a lone carriage return unquoted, which splits the row."""
    return ",".join(_quoted(cell) for cell in cells) + "\n" if list(cells) != [""] else '""\n'


def _quoted(cell: str) -> str:
    if any(mark in cell for mark in ',"\r\n'):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _number_cell(value: float) -> str:
    if not math.isfinite(value):
        raise ValueError(f"{value!r} cannot stand in a table; leave the cell empty instead")
    return format(float(value) + 0.0, ".10g")  # + 0.0 turns -0.0 into 0.0


def _text_cell(text: str) -> str:
    clean = text.translate(_CONTROL).encode("utf-8", "replace").decode()
    return f"'{clean}" if clean.startswith(_FORMULA_STARTS) else clean
