"""What is wrong with a scenario, in both languages, with the place and the way to put it right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sim.results.words import NOTHING, Lang, Words

MOST_FAULTS = 200
"""Faults reported of one table or one set of rules; a file with more is wrong as a whole."""

_SHOWN_VALUE_LETTERS = 60
_MARKS = ("Mn", "Me")
_MOST_MARKS = 2
"""Marks on one letter: Vietnamese has two at most, a vowel's and a tone."""
_UNSEEN = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {
    chr(code)
    for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
    for code in range(first, last + 1)
}
"""Characters without shape that Unicode counts as letters, marks or symbols (Default_Ignorable_Code_Point, UAX 44)."""
_FROM_THE_RIGHT = ("R", "AL", "AN")


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
    """Returns `text` with every character that could hide, move or colour something written as an escape.

    Those are control characters, line breaks, what cannot be seen or changes the direction of writing, letters of
    alphabets written from the right, and marks piled on one letter.
    """
    if text.isascii() and text.isprintable():
        return text
    written, marks = [], 0
    for letter in text:
        marks = marks + 1 if unicodedata.category(letter) in _MARKS else 0
        is_plain = not _is_hidden(letter) and unicodedata.bidirectional(letter) not in _FROM_THE_RIGHT
        is_plain = is_plain and letter.isprintable() and marks <= _MOST_MARKS
        written.append(letter if is_plain else letter.encode("unicode_escape").decode())
    return "".join(written)


def has_hidden_letters(text: str) -> bool:
    """Returns whether `text` has characters that a reader cannot see, or that change the direction of writing."""
    return any(_is_hidden(letter) for letter in text)


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in _UNSEEN or letter in _FILLERS


def shown(value: object, most: int = _SHOWN_VALUE_LETTERS) -> str:
    """Returns a value as a message quotes it: printable and not longer than a line, or than `most` letters."""
    text = printable(value if isinstance(value, str) else str(value))
    return text if len(text) <= most else text[: most - 1] + "…"


def _file_and_line(error: ScenarioError) -> tuple[str, int, str, str]:
    file, _, line = error.place.rpartition(":")
    return (file, int(line), error.key, error.code) if line.isdecimal() else (error.place, 0, error.key, error.code)
