"""The two streams: standard output carries the answer and nothing else, standard error all that is said meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Mapping
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

from sim.results.words import Lang, Words
from sim.scenario.errors import printable
from sim.studies.listener import REPLICATIONS_DONE
from sim.studies.progress import ENGLISH, VIETNAMESE, Progress

JSON_SCHEMA = 1
_WIDTH_OF_A_FILE = 100


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

    def answer(self, text: str) -> None:
        """The answer on standard output.

        Raises:
            FileWriteError: what standard output leads to is full or broken.
        """
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
        self.answer(json.dumps(whole, ensure_ascii=not is_unicode, indent=2, allow_nan=False))

    def width(self) -> int:
        """Columns the answer may take."""
        is_terminal = sys.stdout is not None and sys.stdout.isatty()
        return shutil.get_terminal_size((_WIDTH_OF_A_FILE, 24)).columns if is_terminal else _WIDTH_OF_A_FILE


def _forget_stdout() -> None:
    """What is still in the buffer goes nowhere; otherwise Python would complain of it once more at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
