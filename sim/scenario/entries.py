"""What one file sets, key by key, each value with the place where it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sim.results.words import Words
from sim.scenario.errors import ScenarioError
from sim.scenario.keys import ROW_LISTS, Key, meaning, whole_names
from sim.scenario.toml_scan import KeyPath
from sim.scenario.toml_source import TomlDocument


class Provenance(NamedTuple):
    """Which layer, file and line a value of a scenario comes from."""

    layer: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """`file:line`, or the command-line option that set the value."""
        return f"{self.file}:{self.line}" if self.line else self.file


def find(origins: Mapping[Key, Provenance], key: Key) -> Provenance | None:
    """Returns the origin of a key: of its value, else of what is beneath it, else of the table round it."""
    for exact in (key, (*key, "value"), (*key, "weights"), (*key, "id")):
        if exact in origins:
            return origins[exact]
    for length in range(len(key), 0, -1):
        around = key[:length]
        if around in origins:
            return origins[around]
        for other, origin in origins.items():
            if other[:length] == around:
                return origin
    return None


_ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)


class Entry(NamedTuple):
    """One value and where it was written."""

    value: Any
    origin: Provenance


@dataclass
class EntryReader:
    """Reads the settings of one file for one layer; what is wrong with its lists goes to `errors`."""

    document: TomlDocument
    layer: str
    errors: list[ScenarioError] = field(default_factory=list)
    entries: dict[Key, Entry] = field(default_factory=dict)

    def read(self, tree: Mapping[str, Any]) -> None:
        """Takes the settings of a scenario file: nested tables, `[[mandates]]` and `[[targets]]`."""
        for name, value in tree.items():
            self._take(value, (name,), (name,))

    def read_dotted(self, table: Mapping[str, Any], name: str) -> None:
        """Takes the settings of an overlay's table, whose keys are dotted."""
        for key, value in table.items():
            self._take(value, tuple(key.split(".")), (name, key))

    def _take(self, value: object, key: Key, where: KeyPath) -> None:
        if len(key) == 1 and key[0] in ROW_LISTS and isinstance(value, list) and value:
            self._take_rows(value, key[0], where)
        elif isinstance(value, dict):
            for name, inner in value.items():
                self._take(inner, (*key, name), (*where, name))
        else:
            frozen = frozen_value(value)
            origin = Provenance(self.layer, self.document.shown_as, self.document.line_of(where))
            self.entries[entry_key(key, frozen)] = Entry(frozen, origin)

    def _take_rows(self, rows: Iterable[object], name: str, where: KeyPath) -> None:
        seen: set[str] = set()
        for index, row in enumerate(rows):
            place = self.document.place((*where, index))
            row_id = row.get("id") if isinstance(row, dict) else None
            if not isinstance(row_id, str) or not _ROW_ID.fullmatch(row_id):
                reason = Words("cần id gồm chữ không dấu, số, _ hoặc -", "needs an id of letters, digits, _ or -")
                self.errors.append(ScenarioError("E-ID-002", place, f"{name}.{index + 1}.id", reason))
            elif row_id in seen:
                reason = Words(f"id “{row_id}” đã dùng trong tệp này", f'id "{row_id}" is a duplicate in this file')
                self.errors.append(ScenarioError("E-ID-001", place, f"{name}.{row_id}", reason))
            else:
                seen.add(row_id)
                self._take(row, (name, row_id), (*where, index))


def entry_key(key: Key, value: object) -> Key:
    """Returns the key a bare value stands for: the `value` of a quantity, the `weights` of a profile."""
    key = whole_names(key)
    known = meaning(key)
    if known is not None and known.dimension is not None:
        return (*key, "value")
    if known is not None and known.is_profile and isinstance(value, tuple):
        return (*key, "weights")
    return key


def frozen_value(value: object) -> object:
    """Returns a value with its lists as tuples, all the way down."""
    if isinstance(value, list | tuple):
        return tuple(frozen_value(item) for item in value)
    return value
