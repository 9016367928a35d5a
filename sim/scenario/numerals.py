"""Numbers as people type them and spreadsheets save them: which mark is the decimal one, which one parts thousands.

A Vietnamese Excel writes 1.234,5 where an English one writes 1,234.5, so that 2.500 is two thousand five hundred here
and two and a half there. A number is read where every convention agrees, or where the column or file that it stands in
leaves one convention only; what is left open is asked about and never guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

from sim.results.words import Words

Mark = Literal[".", ","]
MARKS: tuple[Mark, Mark] = (".", ",")

AMBIGUOUS = "E-UNIT-005"
LONGEST = 40
"""Letters of the longest text that is looked at as a number."""

_PLAIN = re.compile(r"\d{1,15}|0\.\d{1,15}|\d{1,12}\.(?:\d{1,2}|\d{4,15})|\d{4,12}\.\d{3}", re.ASCII)
_TWO_WAYS = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
_MINUS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-"})
_THOUSANDS = r"[1-9]\d{{0,2}}(?:{mark}\d{{3}})+"
_WRITTEN = {
    decimal: re.compile(
        rf"(?P<whole>[+-]?(?:\d{{1,18}}|{_THOUSANDS.format(mark=re.escape(parting))}"
        rf"|{_THOUSANDS.format(mark=' ')}))(?:{re.escape(decimal)}(?P<part>\d{{1,20}}))?",
        re.ASCII,
    )
    for decimal, parting in ((".", ","), (",", "."))
}
_SCIENTIFIC = re.compile(r"([+-]?\d{1,18})(?:([.,])(\d{1,20}))?[eE]([+-]?\d{1,2})", re.ASCII)


class Reading(NamedTuple):
    """What a text means when one mark is taken for the decimal one."""

    value: Decimal
    decimals: int
    """Digits behind the decimal mark."""
    groups: int
    """Places where the other mark parts thousands."""


def tidy(text: str) -> str:
    """Returns a typed number in plain letters: usual digits, minus and spaces, whatever keyboard wrote them."""
    if text.isascii():
        return text.strip()
    return " ".join(unicodedata.normalize("NFKC", text.translate(_MINUS)).split())


def is_plain(text: str) -> bool:
    """Says whether a text is a number from 0 up with at most a decimal point, the same under every convention."""
    return _PLAIN.fullmatch(text) is not None


def readings(text: str) -> dict[Mark, Reading]:
    """Returns what a tidy text means under each decimal mark that it can be read with; empty when it is no number."""
    if len(text) > LONGEST:
        return {}
    scientific = _SCIENTIFIC.fullmatch(text)
    if scientific is not None:
        whole, mark, part, exponent = scientific.groups()
        value = Decimal(f"{whole}.{part or '0'}e{exponent}")
        return {own: Reading(value, len(part or ""), 0) for own in MARKS if mark in (None, own)}
    found: dict[Mark, Reading] = {}
    for mark, parting in (MARKS, MARKS[::-1]):
        written = _WRITTEN[mark].fullmatch(text)
        if written is not None:
            part = written["part"] or ""
            whole = written["whole"].replace(parting, "").replace(" ", "")
            found[mark] = Reading(Decimal(f"{whole}.{part or '0'}"), len(part), written["whole"].count(parting))
    return found


def values_within(text: str, low: float, high: float) -> list[Decimal]:
    """Returns the values between two bounds that a tidy number can have, whatever convention wrote it."""
    values = sorted({reading.value for reading in readings(text).values()})
    return [value for value in values if low <= value <= high]


def is_ambiguous(text: str) -> bool:
    """Says whether a text by itself could be a number or its thousandfold, as 2.500 and 2,500."""
    return _TWO_WAYS.fullmatch(tidy(text)) is not None


def two_readings(text: str) -> tuple[Words, Words]:
    """Returns why an ambiguous number is not read, and its two readings written so that nobody can mistake them."""
    plain = re.sub("[.,]", "", text)
    decimal = text.replace(",", ".").rstrip("0").rstrip(".")
    decimal += "0" if is_ambiguous(decimal) else ""
    reason = Words(
        f"“{text}” đọc được hai cách: dấu phân nghìn hay dấu thập phân",
        f'"{text}" is ambiguous: a thousands separator or a decimal point',
    )
    return reason, Words(f"viết {plain} hoặc {decimal}", f"write {plain} or {decimal}")


def certain(number: str) -> str:
    """Returns a number written with a decimal point so that it cannot be taken for its thousandfold."""
    return f"{number}0" if is_ambiguous(number) else number


@dataclass
class Evidence:
    """What the numbers of a column, or of a file, tell of the convention that wrote them.

    Sets hold decimal marks: `proven` those without which some number would be none, `grouped` those beside which the
    other mark was seen parting thousands, `long` those seen with three and more decimals.
    """

    proven: set[Mark] = field(default_factory=set)
    grouped: set[Mark] = field(default_factory=set)
    long: set[Mark] = field(default_factory=set)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Evidence:
        """Reads what some cells tell; texts that are no numbers tell nothing."""
        told = cls()
        for text in set(texts):
            if not text.isdigit():
                told._add(tidy(text).removesuffix("%").rstrip())
        return told

    def _add(self, text: str) -> None:
        found = readings(text)
        if len(found) != 1:
            return
        ((mark, reading),) = found.items()
        self.proven.add(mark)
        if reading.groups:
            self.grouped.add(mark)
        if reading.decimals >= 3:
            self.long.add(mark)


def decimal_mark(text: str, column: Evidence, file: Evidence) -> Mark | None:
    """Returns the decimal mark with which an ambiguous number of a table is certainly written; None: it must be asked.

    A column that shows one convention decides, save that 2.500 beside 50.5 stays open: nobody who writes 50.5 adds
    zeros to 2.5. A file decides where it shows a mark parting thousands, or decimal commas. Decimal points alone say
    nothing of what a comma or another column means: the tables that come with the program use them, and planners add
    rows of their own.
    """
    own: Mark = "." if "." in text else ","
    other: Mark = "," if own == "." else "."
    if column.proven:
        if len(column.proven) > 1:
            return None
        if other in column.proven:
            return other if other == "," or other in column.grouped else None
        return own if own in column.long or not text.endswith("0") else None
    if own in file.proven and other in file.proven:
        return None
    if other in file.grouped or (other == "," and other in file.proven):
        return other
    return own if own in file.grouped and not text.endswith("0") else None
