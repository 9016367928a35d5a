"""The rows of a table as its file holds them, and where its header is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import islice
from typing import NamedTuple

from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioError

HEADER_WITHIN = 30
"""Filled rows among which the header is looked for: tables often have a title above."""

Row = tuple[int, list[str]]
"""Its number in the file, and its cells."""


class Merged(NamedTuple):
    """Cells of a workbook that were made one."""

    name: str
    last_row: int
    first_column: int


@dataclass
class Sheet:
    """The filled rows of a table, and what was recognised in reading them."""

    shown_as: str
    rows: list[Row]
    recognised: list[Words] = field(default_factory=list)
    blank_rows: int = 0
    separator: str = ""
    """Between the cells of a CSV file; empty for a workbook."""
    name: str = ""
    """Of the sheet of a workbook."""
    merged: Sequence[Merged] = ()
    unstored: Sequence[tuple[int, str]] = ()
    """Row and name of the cells of a workbook whose formula has no stored value."""
    letters: Mapping[str, str] = field(default_factory=dict)
    """Columns of a workbook by name, where the rows were put together from a sheet of another shape."""
    first_row: int = 1
    """Where the first row of an empty table would stand."""

    @property
    def prefix(self) -> str:
        """What goes before a row in messages."""
        return f"{self.shown_as}:{self.name}!" if self.name else f"{self.shown_as}:"

    def fault(self, code: str, row: int, reason: Words, repair: Words = NOTHING, cause: str = "") -> ScenarioError:
        """Returns what is wrong with one of its rows."""
        return ScenarioError(code, f"{self.prefix}{row}", "", reason, repair, cause)


def columns(row_type: type) -> tuple[str, ...]:
    """Returns the header of a table; a field whose metadata say `column: False` has none."""
    return tuple(one.name for one in fields(row_type) if one.name != "place" and one.metadata.get("column", True))


def may_be_left_out(row_type: type) -> frozenset[str]:
    """Returns the columns that a table may do without: those of fields whose metadata say `optional: True`."""
    return frozenset(one.name for one in fields(row_type) if one.metadata.get("optional", False))


def folded(name: str) -> str:
    """Returns a column's name whatever case and spaces it was given."""
    return "_".join(name.strip(" \t\r\n\ufeff\u00a0'\"").casefold().split())


def header_at(rows: Iterable[Sequence[str]], names: Sequence[str]) -> tuple[int, int]:
    """Returns the place of the row that names most of the columns, and how many it names."""
    best = (0, 0)
    for at, cells in enumerate(islice(rows, HEADER_WITHIN)):
        if list(cells) == list(names):
            return at, len(names)
        named = len(set(names) & {folded(cell) for cell in cells})
        if named > best[1]:
            best = (at, named)
        if named == len(names):
            break
    return best


def letters_of(place: int) -> str:
    """Returns a column's place as a spreadsheet names it: A, B ... Z, AA."""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
