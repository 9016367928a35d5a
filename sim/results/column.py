"""One column of a table: its type, what it means, how its cells are written and read."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Union, get_args, get_origin

from sim.results.cell_text import PARSERS, CellError, Value
from sim.results.words import Words

TYPE_NAMES: dict[type, str] = {str: "text", int: "integer", float: "number", date: "date", bool: "boolean"}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds, in both languages, and its unit (`share`, `million VND`, `days`; empty for none)."""

    vi: str
    en: str
    unit: str = ""

    def in_unit(self, unit: str) -> Column:
        """The same meaning in a unit."""
        return Column(self.vi, self.en, unit)


class TableError(ValueError):
    """A table cannot be read; `words` name file, line and column and say why, in both languages.

    Attributes:
        words: the whole message.
        table: the table's name; empty when the fault is of no declared table.
        column: the column's name; empty when the fault is not of one column.
    """

    def __init__(self, reason: Words | str, *, place: str = "", table: str = "", column: str = "") -> None:
        words = reason if isinstance(reason, Words) else Words(reason, reason)
        where = " ".join(part for part in (place, column) if part)
        if where:
            words = Words(f"{where}: {words.vi}", f"{where}: {words.en}")
        super().__init__(words.en)
        self.words = words
        self.table = table
        self.column = column


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column of a table as it is written and read.

    Attributes:
        name: as it stands in the header.
        type: `str`, `int`, `float`, `date` or `bool`.
        nullable: whether its cells may be blank.
        about: meaning and unit.
        group: the row's field that holds it among others; empty when the field is the column.
    """

    name: str
    type: type
    nullable: bool
    about: Column
    group: str = ""

    def cell(self, value: Any) -> str | int | float | None:
        """A value as the CSV file takes it.

        Raises:
            ValueError: it is blank and the column may not be.
        """
        if value is None or value == "":
            if not self.nullable:
                raise ValueError(f"{self.name} may not be blank")
            return None
        if self.type is date:
            return str(value.isoformat())
        if self.type is bool:
            return int(value)
        known: str | int | float = value
        return known

    def parsed(self, text: str) -> Value | None:
        """A cell's cleaned text as a value.

        Raises:
            CellError: it is blank and may not be, or is not of the column's type.
        """
        if text:
            return PARSERS[self.type](text)
        if not self.nullable:
            raise CellError(Words("ô trống", "missing"))
        return None


def is_group(hint: Any) -> bool:
    """Whether a field of this type stands for columns that the scenario names."""
    bare = get_args(hint)[0] if get_origin(hint) is Annotated else hint
    return get_origin(bare) is Mapping


def kind_of(hint: Any, name: str) -> tuple[type, bool]:
    """A column's type, and whether it may be blank.

    Raises:
        TypeError: no column has such a type.
    """
    choices = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    known = [one for one in choices if one is not types.NoneType]
    if len(known) != 1 or known[0] not in TYPE_NAMES:
        raise TypeError(f"{name} has a type that no column has: {hint}")
    return known[0], len(choices) > 1
