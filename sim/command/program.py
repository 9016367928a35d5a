"""How the person called the program, to be repeated in help and in the line that resumes a run."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from pathlib import Path


def program() -> str:
    """The program as it was called: `lienthong`, or `python run.py`."""
    called = Path(sys.argv[0]).name
    return f"python {called}" if called.endswith(".py") else called or "lienthong"


def command_line(typed: Sequence[str], words: Sequence[str] | None = None) -> str:
    """The exact line that was typed, or one that calls the program the same way with other words.

    Args:
        typed: the words that followed the program.
        words: put these in their place.
    """
    before = sys.orig_argv[: len(sys.orig_argv) - len(typed)]
    is_script = Path(sys.argv[0]).name == "lienthong" or sys.orig_argv[len(before) :] != list(typed)
    return shlex.join([*(["lienthong"] if is_script else before), *(typed if words is None else words)])
