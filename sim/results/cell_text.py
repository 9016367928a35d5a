"""One cell of a table, read from its text: words, numbers, whole numbers, days, yes or no.

Text is brought to one Unicode form and stripped of control characters, since it goes to terminals, figures, pages and
workbooks.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable
from datetime import date

from sim.results.words import Words

Value = str | int | float | date | bool
Parser = Callable[[str], Value]

_YES = frozenset(["true", "yes", "1", "1.0"])
_NO = frozenset(["false", "no", "0", "0.0"])
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff")


class CellError(ValueError):
    """A cell's text is not what its column holds; `words` say why in both languages."""

    def __init__(self, words: Words) -> None:
        super().__init__(words.en)
        self.words = words


def clean_text(value: object) -> str:
    """Text in composed Unicode (NFC) without control or bidirectional characters; None becomes empty."""
    text = "" if value is None else str(value)
    if text.isascii() and text.isprintable():
        return text.strip()
    composed = unicodedata.normalize("NFC", text)
    kept = (" " if unicodedata.category(letter) in {"Cc", "Cs"} else letter for letter in composed)
    return "".join(letter for letter in kept if letter not in _BIDI_CONTROLS).strip()


def number_of(text: str) -> float:
    """A finite number.

    Raises:
        CellError: it is none.
    """
    try:
        value = float(text)
    except ValueError:
        raise CellError(Words(f"{text!r} không phải là số", f"{text!r} is not a number")) from None
    if not math.isfinite(value):
        raise CellError(Words(f"{text!r} không hữu hạn", f"{text!r} is not finite"))
    return value


def count_of(text: str) -> int:
    """A whole number, which a spreadsheet may have saved as `3.0`.

    Raises:
        CellError: it is none.
    """
    if text.isdecimal() and text.isascii():
        return int(text)
    value = number_of(text)
    if not value.is_integer():
        raise CellError(Words(f"{text!r} không phải là số nguyên", f"{text!r} is not a whole number"))
    return int(value)


def day_of(text: str) -> date:
    """A day written yyyy-mm-dd.

    Raises:
        CellError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        vietnamese = f"{text!r} không phải là ngày dạng năm-tháng-ngày (yyyy-mm-dd)"
        raise CellError(Words(vietnamese, f"{text!r} is not a date of the form yyyy-mm-dd")) from None


def yes_of(text: str) -> bool:
    """A yes or no, written 1 or 0.

    Raises:
        CellError: it is neither.
    """
    folded = text.casefold()
    if folded in _YES:
        return True
    if folded in _NO:
        return False
    raise CellError(Words(f"{text!r} không phải là đúng (1) hay sai (0)", f"{text!r} is neither true nor false"))


PARSERS: dict[type, Parser] = {str: str, float: number_of, int: count_of, date: day_of, bool: yes_of}
"""What reads a cell of a column of each type; the text is cleaned, and not blank."""
