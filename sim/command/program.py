"""How the person called the program, to be repeated in help and in the line that resumes a run."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path


def program() -> str:
    """The program as it was called: `lienthong`, or `python run.py`."""
    called = Path(sys.argv[0]).name
    return f"python {called}" if called.endswith(".py") else called or "lienthong"


def command_line() -> str:
    """The exact line that was typed, ready to be typed again."""
    script = Path(sys.argv[0]).name
    return shlex.join([script, *sys.argv[1:]] if script == "lienthong" else sys.orig_argv)
