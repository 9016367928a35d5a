"""What is wrong with a scenario, in both languages, with the place and the way to put it right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sim.results.words import NOTHING, Lang, Words

MOST_FAULTS = 200
"""Causes reported of one table or one set of rules; a file with more is wrong as a whole."""

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
_SHOWN_SPANS = 5
_ROW = re.compile(r"(.*[:!])([A-Z]{0,3})(\d{1,9})", re.ASCII | re.DOTALL)


@dataclass(frozen=True)
class ScenarioError:
    """One fault: its code, `file:line` or `file:sheet!cell`, the key or column, why it is wrong and how to repair it.

    `cause` is what faults of one cause have in common where their reasons quote different values; such faults of one
    column are told as one, with the first place, and all the lines in `rows`.
    """

    code: str
    place: str
    key: str
    reason: Words
    repair: Words = NOTHING
    cause: str = ""
    rows: tuple[int, ...] = ()
    called: str = ""
    """What the sheet of a workbook calls the key or column."""

    def text(self, lang: Lang = "vi") -> str:
        """Returns one printable line; control characters from the file are escaped."""
        said = self.place.startswith((f"--set {self.key}=", f"--set {self.key}."))  # by what was typed
        key = "" if said else f"{self.called} ({self.key})" if self.called else self.key
        where = " ".join(part for part in (self.code, self.place, key) if part)
        repair = self.repair.text(lang)
        counted = f" ({self.counted.text(lang)})" if self.rows else ""
        return printable(f"{where}: {self.reason.text(lang)}" + (f"; {repair}" if repair else "") + counted)

    @property
    def counted(self) -> Words:
        """How many rows have the fault, and which; nothing when it is one."""
        if not self.rows:
            return NOTHING
        count, which = len(self.rows), _spans(self.rows)
        return Words(f"{count} dòng: {which}", f"{count} rows: {which}")


class ScenarioErrors(Exception):  # noqa: N818 - it carries many errors, and is named so
    """Every fault found in all files of a scenario, one for each cause; `errors` lists them by file and line."""

    def __init__(self, errors: Iterable[ScenarioError], sheets: Sequence[str] = ()) -> None:
        """Takes the faults; `sheets`, as places name them, come in their own order instead of the alphabet's."""

        def place(error: ScenarioError) -> tuple[int, tuple[str, int, str, str]]:
            where = _file_and_line(error)
            return (sheets.index(where[0]) if where[0] in sheets else len(sheets), where)

        self.errors: tuple[ScenarioError, ...] = tuple(sorted(one_a_cause(errors), key=place))
        super().__init__(self.text("en"))

    def text(self, lang: Lang = "vi") -> str:
        """Returns all faults, one a line."""
        return "\n".join(error.text(lang) for error in self.errors)


class Faults:
    """Collects what is wrong with a table or under a set of rules: each cause once, with the rows that have it."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, ...], ScenarioError] = {}
        self._rows: dict[tuple[str, ...], list[int]] = {}

    def __len__(self) -> int:
        return len(self._first)

    @property
    def is_full(self) -> bool:
        """Whether there are so many causes that no more need be looked for."""
        return len(self._first) >= MOST_FAULTS

    def add(self, error: ScenarioError) -> None:
        """Takes one fault, or one that stands for several rows already."""
        placed = _ROW.fullmatch(error.place)
        file, row = (placed[1], [int(placed[3])]) if placed else (error.place, [])
        cause = (error.code, file, error.key, error.cause or error.reason.en)
        self._first.setdefault(cause, error)
        self._rows.setdefault(cause, []).extend(error.rows or row)

    def errors(self) -> list[ScenarioError]:
        """Returns the faults in the order in which their causes were found."""
        return [replace(error, rows=_several(self._rows[cause])) for cause, error in self._first.items()]


def one_a_cause(errors: Iterable[ScenarioError]) -> list[ScenarioError]:
    """Returns faults with those of one cause as one."""
    faults = Faults()
    for error in errors:
        faults.add(error)
    return faults.errors()


def first_causes(errors: Iterable[ScenarioError]) -> list[ScenarioError]:
    """Returns the faults of the first `MOST_FAULTS` causes, and looks for no more when there are so many."""
    faults = Faults()
    for error in errors:
        faults.add(error)
        if faults.is_full:
            break
    return faults.errors()


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


def _several(rows: Iterable[int]) -> tuple[int, ...]:
    found = tuple(sorted(set(rows)))
    return found if len(found) > 1 else ()


def _spans(rows: Sequence[int]) -> str:
    """Rows as `2-344`, or the first few of many spans."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    texts = [str(first) if first == last else f"{first}-{last}" for first, last in spans[:_SHOWN_SPANS]]
    return ", ".join(texts) + (", …" if len(spans) > _SHOWN_SPANS else "")


def _file_and_line(error: ScenarioError) -> tuple[str, int, str, str]:
    placed = _ROW.fullmatch(error.place)
    if placed is None:
        return error.place, 0, "", ""  # as they were found: what is missing comes in the order of the schema
    return placed[1].rstrip(":"), int(placed[3]), error.key, error.code
