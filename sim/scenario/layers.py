"""Layers of settings: what each file sets, laid over what the files below it set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from sim.results.words import Words
from sim.scenario.entries import Entry, Provenance
from sim.scenario.errors import ScenarioError
from sim.scenario.keys import ROW_LISTS, Key
from sim.scenario.proposal import Proposal
from sim.scenario.toml_text import toml_value


class Change(NamedTuple):
    """One value that a layer replaced."""

    key: str
    old: str
    new: str
    layer: str


@dataclass(frozen=True)
class Layer:
    """What one file (or one `--set`) sets, key by key, and which keys of the layers below it deletes."""

    name: str
    folder: Path
    entries: Mapping[Key, Entry]
    unset: Mapping[Key, Provenance] = field(default_factory=dict)
    proposal: Proposal | None = None
    """What an option, regime or future says of itself."""
    fixes: bool = False
    """A number given by itself is meant to be that number; elsewhere it moves the middle of the range below it."""


@dataclass
class Settings:
    """The result of laying layers over one another."""

    entries: dict[Key, Entry] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    tables: set[Key] = field(default_factory=set)
    """Every key beneath which a layer wrote something, whether or not it is still there."""

    def origins(self) -> dict[Key, Provenance]:
        """Returns where every value was written."""
        return {key: entry.origin for key, entry in self.entries.items()}

    def below(self, prefix: Key) -> list[Key]:
        """Returns the keys at or beneath `prefix`; beneath a value there is none."""
        if prefix in self.entries:
            return [prefix]
        return [key for key in self.entries if key[: len(prefix)] == prefix]

    def drop(self, prefix: Key, layer: str) -> None:
        """Deletes a key with all beneath it and logs that."""
        for key in self.below(prefix):
            self.changes.append(Change(".".join(key), toml_value(self.entries.pop(key).value), "", layer))

    def tree(self) -> dict[str, Any]:
        """Returns the nested tables; mandates and targets are tuples in order of first appearance."""
        tree: dict[str, Any] = {}
        for key, entry in self.entries.items():
            table = tree
            for part in key[:-1]:
                table = table.setdefault(part, {})
            table[key[-1]] = entry.value
        for rows in ROW_LISTS:
            if isinstance(tree.get(rows, {}), dict):
                tree[rows] = tuple(tree.get(rows, {}).values())
        return tree

    def row_ids(self, rows: str) -> list[str]:
        """Returns the ids of the mandates or targets in the order `tree` lists them."""
        return list(dict.fromkeys(key[1] for key in self.entries if key[0] == rows and len(key) > 1))


def lay(settings: Settings, layer: Layer) -> list[ScenarioError]:
    """Lays one layer over the settings below it; returns an error for each `unset` key that is not there."""
    errors = []
    for key, origin in layer.unset.items():
        if settings.below(key):
            settings.drop(key, layer.name)
        else:
            reason = Words("không có gì để xóa ở tham số này", "there is nothing to unset at this key")
            errors.append(ScenarioError("E-KEY-001", origin.place, ".".join(key), reason))
    _forget_ranges(settings, layer)
    fixed = {**_fixed_kinds(settings, layer), **_own_sources(settings, layer)} if layer.fixes else {}
    for key, entry in {**layer.entries, **fixed}.items():
        if key in settings.tables:
            settings.drop(key, layer.name)
        for length in range(1, len(key)):
            if key[:length] in settings.entries:
                settings.drop(key[:length], layer.name)
        old = settings.entries.get(key)
        settings.entries[key] = entry
        if old is not None and old.value != entry.value:
            text = toml_value(old.value), toml_value(entry.value)
            settings.changes.append(Change(".".join(key), *text, layer.name))
    settings.tables |= {key[:length] for key in layer.entries for length in range(1, len(key))}
    return errors


def _fixed_kinds(settings: Settings, layer: Layer) -> dict[Key, Entry]:
    """`kind = "fixed"` for each drawn number that the layer gives by itself; it must still lie in its range.

    A number that comes with an end of its range goes on being drawn, from the range that is given.
    """
    kinds = {
        key: (*key[:-1], "kind")
        for key in layer.entries
        if key[-1] == "value" and not any((*key[:-1], end) in layer.entries for end in ("low", "high"))
    }
    return {
        kind: Entry("fixed", layer.entries[key].origin)
        for key, kind in kinds.items()
        if kind in settings.entries and kind not in layer.entries
    }


SET_BY_HAND = "assumed: set for this run with --set"
"""Where a number comes from that somebody gave on the command line: not from where the one before it did."""


def _own_sources(settings: Settings, layer: Layer) -> dict[Key, Entry]:
    """Basis and source of each number that the layer gives by itself, in place of those of the number before it."""
    values = [key for key in layer.entries if key[-1] == "value"]
    said = {(*key[:-1], part): (text, key) for key in values for part, text in _OWN.items()}
    return {
        name: Entry(text, layer.entries[key].origin)
        for name, (text, key) in said.items()
        if name in settings.entries and name not in layer.entries
    }


_OWN = {"basis": "assumed", "source": SET_BY_HAND}


def _forget_ranges(settings: Settings, layer: Layer) -> None:
    """A layer that declares a number fixed and gives no range takes the lower layers' range away."""
    for key, entry in layer.entries.items():
        if key[-1] == "kind" and entry.value == "fixed":
            for part in ("low", "high"):
                bound = (*key[:-1], part)
                if bound in settings.entries and bound not in layer.entries:
                    settings.drop(bound, layer.name)
