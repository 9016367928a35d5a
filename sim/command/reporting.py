"""`report RUN`: pictures and pages again from the tables of a run folder, or the tables as Excel opens them."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.results.words import Words
from sim.studies.lock import FolderLock
from sim.studies.manifest import opened
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import draw_report, write_excel_tables


def report(words: Namespace, console: Console) -> int:
    """Rewrite the report, or with `--excel-csv` the tables for Excel; the answer is the pages, or those tables."""
    run = opened(words.run)
    folder, kind = run.folder, run.spec.kind
    if kind == "init":
        reason = Words("init không có báo cáo", "an init has no report")
        raise InputRefusedError(Words(f"{words.run}: {reason.vi}", f"{words.run}: {reason.en}"))
    with FolderLock(folder.path):
        written = (
            write_excel_tables(folder, run.manifest) if words.excel_csv else draw_report(folder.path, kind, console)
        )
    pages = [Path(words.run) / path.relative_to(folder.path) for path in written]
    if console.as_json:
        console.answer_json("report", {"folder": words.run, "files": [str(path) for path in pages]})
    else:
        console.answer("\n".join(str(path) for path in pages if words.excel_csv or path.suffix == ".html"))
    return exit_codes.DONE
