"""The two streams: standard output carries the answer and nothing else, standard error all that is said meanwhile."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Mapping
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from sim.command.program import program
from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.studies.progress import ENGLISH, REPLICATIONS_DONE, VIETNAMESE, Progress

JSON_SCHEMA = 1
_WIDTH_OF_A_FILE = 100
_NARROWEST_SCREEN = 40
_BEYOND_ASCII = re.compile(r"[^\n -~]")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_SECOND_COLUMN = re.compile(r"\s*\S+(?: \S+)* {2,}(?=\S)")


class Console:
    """Says things in one language. A reader who has gone away is no fault; a full disk under the answer is one."""

    def __init__(self, lang: Lang, *, as_json: bool = False) -> None:
        self.lang: Lang = lang
        self.as_json = as_json
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")

    def say(self, words: Words) -> None:
        """A message on standard error; a closed one is no reason to stop."""
        self.say_text(words.text(self.lang))

    def say_text(self, text: str) -> None:
        """A message already in the right language; control characters are escaped, lines kept."""
        if sys.stderr is not None:
            with suppress(OSError, ValueError):
                sys.stderr.write("\n".join(printable(line) for line in text.split("\n")) + "\n")
                sys.stderr.flush()

    def progress(self, counted: Words = REPLICATIONS_DONE) -> Progress:
        """A bar or lines on standard error."""
        from sim.studies.progress_bar import progress_on

        texts = VIETNAMESE if self.lang == "vi" else ENGLISH
        return progress_on(sys.stderr, {**texts, "done": counted.text(self.lang)})

    def answer(self, text: str, *, coloured: bool = False) -> None:
        """The answer on standard output; at a terminal no line is longer than it is wide.

        Control characters, which a scenario's texts may hold, are escaped; an answer in colour was cleaned before.

        Raises:
            FileWriteError: what standard output leads to is full or broken.
        """
        if not coloured:
            text = "\n".join(map(printable, text.split("\n")))
        columns = screen_columns()
        self._write(text if columns is None else wrapped(text, columns))

    def _write(self, text: str) -> None:
        if sys.stdout is None:
            return
        try:
            sys.stdout.write(text if text.endswith("\n") else f"{text}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            _forget_stdout()
        except OSError as error:
            from sim.results.atomic_files import FileWriteError, plain_reason

            _forget_stdout()
            raise FileWriteError(Path("stdout"), plain_reason(error)) from error

    def answer_json(self, command: str, content: Mapping[str, object]) -> None:
        """The answer for a machine; raises as `answer`."""
        whole = {"schema": JSON_SCHEMA, "command": command, **content}
        is_unicode = sys.stdout is not None and (sys.stdout.encoding or "").lower().startswith("utf")
        text = json.dumps(whole, ensure_ascii=not is_unicode, indent=2, allow_nan=False)
        self._write(
            _BEYOND_ASCII.sub(lambda letter: letter[0] if letter[0].isprintable() else _escaped(letter[0]), text)
        )

    def width(self) -> int:
        """Columns the answer may take: those of the terminal, or always as many in a file."""
        return answer_width()


def _escaped(letter: str) -> str:
    """A letter as JSON writes it in ASCII."""
    return json.dumps(letter)[1:-1]


def screen_columns() -> int | None:
    """Columns of the terminal that shows the answer, 40 at least; None when it goes to a file or another program."""
    if sys.stdout is None or not sys.stdout.isatty():
        return None
    return max(shutil.get_terminal_size((_WIDTH_OF_A_FILE, 24)).columns, _NARROWEST_SCREEN)


def answer_width() -> int:
    """Columns the answer may take."""
    return screen_columns() or _WIDTH_OF_A_FILE


def wrapped(text: str, columns: int) -> str:
    """A text in lines of so many columns at most, broken between words and set in as the line was.

    What stands after two blanks or more, as in a list of names with their titles, stays a column of its own. A word
    that is longer, such as a path, is left whole, and so is a command, which is there to be copied.
    """
    return "\n".join(part for line in text.split("\n") for part in _parts(line, columns))


def _parts(line: str, columns: int) -> list[str]:
    if columns_of(line) <= columns or line.lstrip().startswith(f"{program()} "):
        return [line]
    blanks = " " * min(len(line) - len(line.lstrip(" ")), columns // 4)
    second = _SECOND_COLUMN.match(line)
    part = second[0] if second and columns_of(second[0]) < columns else blanks
    indent = columns_of(part) if second and columns_of(part) <= columns // 2 else len(blanks) + 2
    parts = []
    for word in line.removeprefix(part).split():
        longer = part + word if part.endswith(" ") or not part else f"{part} {word}"
        if columns_of(longer) > columns and part.strip():
            parts.append(part.rstrip())
            longer = " " * indent + word
        part = longer
    return [*parts, part]


def columns_of(text: str) -> int:
    """Columns that a text takes: none for a mark on a letter or a colour, two for a letter as wide as Chinese ones."""
    shown = _COLOUR.sub("", text)
    if shown.isascii():
        return len(shown)
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in shown
    )


def _forget_stdout() -> None:
    """What is still in the buffer goes nowhere; otherwise Python would complain of it once more at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
