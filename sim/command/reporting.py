"""`report RUN`: pictures and pages again from the tables of a folder, those tables for Excel, or why a target fails."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.where import why
from sim.results.words import Words
from sim.studies.lock import FolderLock
from sim.studies.manifest import opened
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import draw_report, has_tables, write_excel_tables


def report(words: Namespace, console: Console) -> int:
    """Rewrite the report, or with `--excel-csv` the tables for Excel; the answer is the pages, or those tables.

    With `--why` nothing is written: the answer is why a target fails.
    """
    run = opened(words.run)
    folder, kind = run.folder, run.spec.kind
    if kind == "init":
        reason = Words("init không có báo cáo", "an init has no report")
        raise InputRefusedError(Words(f"{words.run}: {reason.vi}", f"{words.run}: {reason.en}"))
    if words.where is not None and words.why is None:
        raise InputRefusedError(
            Words(
                "--where đi cùng --why, ví dụ --why a3 --where …", "--where goes with --why, as in --why a3 --where …"
            )
        )
    if words.why is not None:
        if kind != "run":
            alone = Words("--why chỉ dùng cho một lần mô phỏng (run)", "--why is of a run")
            raise InputRefusedError(Words(f"{words.run}: {alone.vi}", f"{words.run}: {alone.en}"))
        if not has_tables(folder.path):
            nothing = Words("chưa có bảng kết quả", "there are no tables yet")
            raise InputRefusedError(Words(f"{words.run}: {nothing.vi}", f"{words.run}: {nothing.en}"))
        why(folder.path, words.why, words.where, console)
        return exit_codes.DONE
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
