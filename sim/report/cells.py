"""One cell of a table: text, number, whole number, day or yes/no, as a run folder writes it.

Blank cells are kept as None: a share over fewer than 30 items has no value, and none is invented. Text is brought to
one Unicode form and stripped of control characters, since it goes to terminals, figures, pages and workbooks.
"""

from __future__ import annotations

import csv
import math
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from sim.results.table import TableError

Row = TypeVar("Row")
Record = Mapping[str, object]
_YES = frozenset(["true", "yes", "1", "1.0"])
_NO = frozenset(["false", "no", "0", "0.0", ""])
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")


def clean_text(value: object) -> str:
    """Text in composed Unicode (NFC) without control or bidirectional characters; None becomes empty."""
    composed = unicodedata.normalize("NFC", "" if value is None else str(value))
    kept = (" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in composed)
    return "".join(letter for letter in kept if letter not in _BIDI_CONTROLS).strip()


def text(record: Record, column: str) -> str:
    """The cleaned text of a record's cell; a missing column is empty."""
    return clean_text(record.get(column))


def number(record: Record, column: str) -> float | None:
    """A finite number of a record, None where the cell is blank; raises TableError."""
    raw = text(record, column)
    if raw in {"", "nan"}:
        return None
    try:
        value = float(raw)
    except ValueError:
        raise TableError(f"{column}: {raw!r} is not a number") from None
    if not math.isfinite(value):
        raise TableError(f"{column}: {raw!r} is not finite")
    return value


def count(record: Record, column: str) -> int:
    """A whole number of a record, 0 where the cell is blank; raises TableError."""
    return round(number(record, column) or 0)


def day(record: Record, column: str) -> date | None:
    """A day written yyyy-mm-dd, None where the cell is blank; raises TableError."""
    raw = text(record, column)
    if not raw:
        return None
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise TableError(f"{column}: {raw!r} is not a date of the form yyyy-mm-dd") from None


def yes(record: Record, column: str) -> bool:
    """A yes/no cell; blank is no; raises TableError on anything that is neither."""
    raw = text(record, column).casefold()
    if raw in _YES:
        return True
    if raw in _NO:
        return False
    raise TableError(f"{column}: {raw!r} is neither true nor false")


def read_table(path: Path, convert: Callable[[Record], Row], *, required: bool = False) -> tuple[Row, ...]:
    """Every row of a CSV file; none where an optional file is absent.

    Raises FileNotFoundError when a required file is missing, TableError with file and line when a cell is bad.
    """
    if not required and not path.exists():
        return ()
    rows: list[Row] = []
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        for record in reader:
            try:
                rows.append(convert(record))
            except TableError as problem:
                raise TableError(f"{path.name}:{reader.line_num} {problem}") from None
    return tuple(rows)
