"""`brief RUN`: one A4 page for a leader, as PDF and as Word document."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from sim.command import exit_codes
from sim.command.console import Console
from sim.command.program import program
from sim.results.words import Words
from sim.studies.lock import FolderLock
from sim.studies.manifest import opened
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import draw_brief


def brief(words: Namespace, console: Console) -> int:
    """Write the page in the console's language; the answer is its two files."""
    run = opened(words.run)
    folder, kind = run.folder, run.spec.kind
    if kind != "run":
        reason = Words(
            f"{words.run}: chỉ kết quả của lệnh run mới có bản tóm tắt một trang; thư mục này của {kind}",
            f"{words.run}: only what run makes has a one-page brief; this folder is of {kind}",
        )
        raise InputRefusedError(reason)
    with FolderLock(folder.path):
        written = draw_brief(folder.path, console.lang, program())
    files = [str(Path(words.run) / path.relative_to(folder.path)) for path in written]
    if console.as_json:
        console.answer_json("brief", {"folder": words.run, "files": files})
    else:
        console.answer("\n".join(files))
    return exit_codes.DONE
