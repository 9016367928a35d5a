"""A TOML file read safely: its contents and the line of every key."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.results.words import Words
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.files import TOML_LIMIT_BYTES, read_text
from sim.scenario.toml_scan import KeyPath, ScanError, scan

_READER_LINE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
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
    tree, lines = parse_toml(text, shown_as)
    return TomlDocument(path, shown_as, tree, lines)


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
        line = _READER_LINE.search(said)
        place = f"{shown_as}:{line[1] if line else 1}"
        what = shown(_READER_LINE.sub("", said).strip())
        reason = Words(f"không phải TOML: {what}", f"not TOML: {what}")
        raise ScenarioErrors([ScenarioError("E-TOML-001", place, "", reason)]) from None
