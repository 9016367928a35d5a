"""What is wrong with a scenario, in both languages, with the place and the way to put it right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sim.results.words import NOTHING, Lang, Words

MOST_FAULTS = 200
"""Faults reported of one table or one set of rules; a file with more is wrong as a whole."""

_SHOWN_VALUE_LETTERS = 60


@dataclass(frozen=True)
class ScenarioError:
    """One fault: its code, `file:line`, the key or column, why it is wrong and how to repair it."""

    code: str
    place: str
    key: str
    reason: Words
    repair: Words = NOTHING

    def text(self, lang: Lang = "vi") -> str:
        """Returns one printable line; control characters from the file are escaped."""
        where = " ".join(part for part in (self.code, self.place, self.key) if part)
        repair = self.repair.text(lang)
        return printable(f"{where}: {self.reason.text(lang)}" + (f"; {repair}" if repair else ""))


class ScenarioErrors(Exception):  # noqa: N818 - it carries many errors, and is named so
    """Every fault found in all files of a scenario; `errors` lists them by file and line."""

    def __init__(self, errors: Iterable[ScenarioError]) -> None:
        self.errors: tuple[ScenarioError, ...] = tuple(sorted(dict.fromkeys(errors), key=_file_and_line))
        super().__init__(self.text("en"))

    def text(self, lang: Lang = "vi") -> str:
        """Returns all faults, one a line."""
        return "\n".join(error.text(lang) for error in self.errors)


def printable(text: str) -> str:
    """Returns `text` with control and direction-changing characters written as escapes."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


def shown(value: object) -> str:
    """Returns a value as a message quotes it: printable and not longer than a line."""
    text = printable(value if isinstance(value, str) else str(value))
    return text if len(text) <= _SHOWN_VALUE_LETTERS else text[: _SHOWN_VALUE_LETTERS - 1] + "…"


def _file_and_line(error: ScenarioError) -> tuple[str, int, str, str]:
    file, _, line = error.place.rpartition(":")
    return (file, int(line), error.key, error.code) if line.isdecimal() else (error.place, 0, error.key, error.code)
