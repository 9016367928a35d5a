"""A TOML file read safely: its contents and the line of every key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sim.results.words import Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.files import TOML_LIMIT_BYTES, read_text
from sim.scenario.table_days import days_meant
from sim.scenario.toml_scan import KeyPath, ScanError, scan

_DAY = re.compile(r"(?<![\d\"/])\d{1,2}[/.-]\d{1,2}[/.-]\d{4}(?![\d\"])", re.ASCII)
_CURLED = "“”„‘’"
_READER_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True, eq=False)
class TomlDocument:
    """One TOML file: its tables, the line of each key, and the name it goes by in messages."""

    path: Path
    shown_as: str
    tree: Mapping[str, Any]
    lines: Mapping[KeyPath, int]

    def line_of(self, path: KeyPath) -> int:
        """Returns the line of a key, else of the nearest table around it, else 1."""
        for length in range(len(path), 0, -1):
            line = self.lines.get(path[:length])
            if line is not None:
                return line
        return 1

    def place(self, path: KeyPath) -> str:
        """Returns `file:line` of a key."""
        return f"{self.shown_as}:{self.line_of(path)}"


def read_toml(path: Path, shown_as: str) -> TomlDocument:
    """Reads one file.

    Raises:
        ScenarioErrors: the file cannot be read, is not TOML, or would exhaust memory.
    """
    text = read_text(path, shown_as, TOML_LIMIT_BYTES)
    return _document(path, text, shown_as)


@lru_cache(maxsize=256)
def _document(path: Path, text: str, shown_as: str) -> TomlDocument:
    """A text once read is kept: a scenario, what it extends and its options are asked for again and again."""
    return TomlDocument(path, shown_as, *parse_toml(text, shown_as))


def parse_toml(text: str, shown_as: str) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    """Returns the tables of a TOML text and the line of each key.

    Raises:
        ScenarioErrors: the text is not TOML, or is built to exhaust memory.
    """
    text = text.replace("\r\n", "\n")
    try:
        lines = scan(text)
    except ScanError as error:
        place = f"{shown_as}:{error.line}"
        raise ScenarioErrors([ScenarioError(error.code, place, error.key, error.reason, error.repair)]) from None
    try:
        return tomllib.loads(text), lines
    except (ValueError, RecursionError) as error:
        said = str(error)
        found = _READER_LINE.search(said)
        line = int(found[1]) if found else 1
        written = [*text.split("\n"), ""][line - 1].strip()
        what = _READER_LINE.sub("", said).strip()
        reason = Words(f"dòng này không phải TOML: “{shown(written)}”", f'not TOML: {shown(what)}: "{shown(written)}"')
        raise ScenarioErrors(
            [ScenarioError("E-TOML-001", f"{shown_as}:{line}", "", reason, _repair(written))]
        ) from None


def _repair(line: str) -> Words:
    """What commonly makes a line none of TOML."""
    day = _DAY.search(line)
    days = sorted(set(days_meant(day[0]).values())) if day else []
    if days:
        written = [one.isoformat() for one in days]
        return Words(f"ngày viết {' hoặc '.join(written)}", f"write the date as {' or '.join(written)}")
    if any(mark in line for mark in _CURLED):
        return Words(
            'dùng dấu " thẳng, không dùng dấu cong của Word', 'use straight " marks, not the curled ones of Word'
        )
    return Words('văn bản phải đặt trong "…"', 'text must stand in "…"')
