"""`report RUN`: pictures and pages again from the tables of a run folder."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.results import draw_report
from sim.studies.folder import RunFolder
from sim.studies.lock import FolderLock


def report(words: Namespace, console: Console) -> int:
    """Rewrite the report; the answer is the pages."""
    folder = RunFolder.opened(Path(words.run))
    with FolderLock(folder.path):
        written = draw_report(folder.path, console)
    pages = [Path(words.run) / path.relative_to(folder.path) for path in written]
    if console.as_json:
        console.answer_json("report", {"folder": words.run, "files": [str(path) for path in pages]})
    else:
        console.answer("\n".join(str(path) for path in pages if path.suffix == ".html"))
    return exit_codes.DONE
