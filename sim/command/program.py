"""How the person called the program and in which language it answers.

The call is repeated in help and in every line that is there to be pasted.
"""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from sim.results.words import LANGUAGES, Lang

_SCRIPT = "lienthong"


def program() -> str:
    """The program as it can be typed again: `lienthong`, `.venv/bin/lienthong`, `.venv/bin/python run.py`."""
    called = Path(sys.argv[0])
    if called.stem == _SCRIPT and called.suffix in ("", ".exe"):
        return _script(called)
    before = sys.orig_argv[: len(sys.orig_argv) - len(sys.argv) + 1]
    if called.suffix == ".py" and before and Path(before[-1]).name == called.name:
        return shlex.join(before)
    return f"python {called.name}" if called.suffix == ".py" else _SCRIPT


def _script(called: Path) -> str:
    """The installed script by its name where the shell finds this very one, else by its path."""
    found = shutil.which(_SCRIPT)
    if not called.is_file() or (found is not None and Path(found).resolve() == called.resolve()):
        return _SCRIPT
    here = Path.cwd()
    return shlex.quote(str(called.relative_to(here) if called.is_relative_to(here) else called))


def command_line(typed: Sequence[str], words: Sequence[str] | None = None) -> str:
    """The exact line that was typed, or one that calls the program the same way with other words.

    Args:
        typed: the words that followed the program.
        words: put these in their place.
    """
    return f"{program()} {shlex.join(typed if words is None else words)}"


def chosen_language(argv: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Returns the language of all that is said: of `--lang`, `LIENTHONG_LANG` or `LANG`, the first that names one.

    Vietnamese when none does.
    """
    asked = [argv[place + 1] for place, word in enumerate(argv[:-1]) if word == "--lang"]
    asked += [word.partition("=")[2] for word in argv if word.startswith("--lang=")]
    for text in (*asked, environment.get("LIENTHONG_LANG", ""), environment.get("LANG", "")):
        for lang in LANGUAGES:
            if text == lang or text.lower().startswith((f"{lang}_", f"{lang}-", f"{lang}.")):
                return lang
    return "vi"
