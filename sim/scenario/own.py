"""What a scenario's own files say, above what every province starts from: what a workbook or a copy of it holds."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sim.scenario.facts import Tables
from sim.scenario.keys import Key
from sim.scenario.layers import Layer, Settings, lay
from sim.scenario.numerals import certain
from sim.scenario.sheet import columns
from sim.scenario.table_set import TABLES

_ROW = re.compile(r"(\d+)$", re.ASCII)


@dataclass(frozen=True)
class OwnScenario:
    """A scenario without the defaults: what its file and those that it extends set, in one, and its tables."""

    entries: Mapping[Key, Any] = field(default_factory=dict)
    """Every value by key, as written."""
    unset: tuple[str, ...] = ()
    """Keys of the defaults that it deletes."""
    complete: bool = False
    """It stands alone: no defaults are below it."""
    tables: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    """Rows of the tables that it names itself, by key, in file order."""

    def row_ids(self, rows: str) -> list[str]:
        """Returns the ids of the entries of a list, in order."""
        return list(dict.fromkeys(key[1] for key in self.entries if key[0] == rows and len(key) > 1))


def own_scenario(layers: Sequence[Layer], tables: Tables) -> OwnScenario:
    """Returns what the files of a scenario set.

    Args:
        layers: the defaults, if it has any below it, what it extends, itself; no overlays.
        tables: all its tables.
    """
    own, below = Settings(), Settings()
    unset: dict[Key, None] = {}
    for layer in layers:
        lay(own if layer.name != "defaults" else below, layer)
        if layer.name != "defaults":
            unset |= dict.fromkeys(layer.unset)
    gone = [key for key in unset if below.below(key) and not own.below(key)]
    entries = {key: entry.value for key, entry in own.entries.items()}
    named = {key: kind.rows for key, kind in TABLES.items() if entries.get(tuple(key.split(".")))}
    return OwnScenario(
        entries,
        tuple(".".join(key) for key in gone),
        all(layer.name != "defaults" for layer in layers),
        {key: tuple(sorted(getattr(tables, name), key=_place_of)) for key, name in named.items()},
    )


def _place_of(row: Any) -> int:
    """The line or row at which a row of a table stands; a table of several sheets keeps their order."""
    found = _ROW.search(row.place)
    return int(found[1]) if found else 0


def row_cells(row: Any) -> dict[str, Any]:
    """Returns one row of a table by column: text, or a number where the column holds numbers."""
    return {name: _cell(getattr(row, name)) for name in columns(type(row))}


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "1" if value else "0"
        case tuple():
            return ";".join(value)
        case date():
            return value.isoformat()
        case _:
            return value


def number_text(value: float) -> str:
    """Returns a number so that every reader takes it for the same: 2.125 could be taken for its thousandfold."""
    return certain(f"{Decimal(repr(value)):f}") if isinstance(value, float) else str(value)


def table_text(row_type: type, rows: Iterable[Any]) -> str:
    """Returns rows as a CSV table with its header."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns(row_type))
    for row in rows:
        cells = row_cells(row).values()
        writer.writerow([number_text(cell) if isinstance(cell, int | float) else cell for cell in cells])
    return out.getvalue()
