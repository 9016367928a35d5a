"""Settings written back as TOML that reads to the same values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sim.scenario.numerals import certain

_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def toml_value(value: object) -> str:
    """Returns one value as TOML; a kind of value that TOML does not have is written as text."""
    match value:
        case bool():
            text = "true" if value else "false"
        case float():
            text = certain(repr(value))
        case int():
            text = repr(value)
        case date():
            text = value.isoformat()
        case list() | tuple():
            text = "[" + ", ".join(toml_value(item) for item in value) + "]"
        case Mapping():
            text = "{ " + ", ".join(f"{_key(str(name))} = {toml_value(item)}" for name, item in value.items()) + " }"
        case _:
            text = '"' + "".join(_letter(letter) for letter in str(value)) + '"'
    return text


def toml_text(tree: Mapping[str, Any]) -> str:
    """Returns nested tables as a TOML document: plain keys first, then a table for each section."""
    return "\n".join(_lines(tree, ())) + "\n"


def _lines(tree: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[str]:
    tables = {}
    rows = {}
    for name, value in tree.items():
        if isinstance(value, Mapping) and not _is_inline(value):
            tables[name] = value
        elif isinstance(value, tuple | list) and value and all(isinstance(item, Mapping) for item in value):
            rows[name] = value
        else:
            yield f"{_key(name)} = {toml_value(value)}"
    for name, table in tables.items():
        yield ""
        yield f"[{_path(*path, name)}]"
        yield from _lines(table, (*path, name))
    for name, entries in rows.items():
        for entry in entries:
            yield ""
            yield f"[[{_path(*path, name)}]]"
            yield from (f"{_key(key)} = {toml_value(value)}" for key, value in entry.items())


def _is_inline(table: Mapping[str, Any]) -> bool:
    leaf = {"value", "weights", "vi"} & table.keys()
    return bool(leaf) and not any(isinstance(value, Mapping) for value in table.values())


def _path(*parts: str) -> str:
    return ".".join(_key(part) for part in parts)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else toml_value(name)


def _letter(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return letter if letter.isprintable() else f"\\U{ord(letter):08X}"
