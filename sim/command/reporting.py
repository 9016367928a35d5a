"""`report RUN`: pictures and pages again, the answer once more; the tables for Excel; or why a target fails.

`brief RUN`: one page for a leader.
"""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sim.command import exit_codes
from sim.command.comparison_answer import comparison_answer
from sim.command.console import Console
from sim.command.program import command_line
from sim.command.specs import words_of
from sim.command.study_answers import answer_run, answer_study
from sim.command.where import why
from sim.results.words import Words
from sim.studies.lock import FolderLock
from sim.studies.manifest import OpenedFolder, opened
from sim.studies.refusals import InputRefusedError
from sim.studies.run_tables import draw_brief, draw_report, refuse_without_tables, write_excel_tables
from sim.studies.spec import RunSpec

_FOR_EXCEL = Words(
    "ghi các bảng dạng CSV cho Excel, có thể mất một phút", "writing the tables for Excel, which may take a minute"
)
_FIRST: Mapping[str, Words] = {
    "targets": Words("Mở trước, các chỉ tiêu", "Open first, the targets"),
    "targets_by_year": Words("các chỉ tiêu theo năm", "the targets by year"),
    "compare": Words("Mở trước, các chỉ tiêu theo từng trường hợp", "Open first, the targets by case"),
    "codebook": Words("nghĩa của từng cột", "what each column holds"),
}
"""Tables for Excel that are named among all that were written."""


def report(words: Namespace, console: Console) -> int:
    """Rewrite the report and say what the study said; with `--excel-csv` write the tables for Excel and name them.

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
        refuse_without_tables(folder.path, shown=words.run)
        why(folder.path, words.why, words.where, console)
        return exit_codes.DONE
    if words.excel_csv:
        console.say(_FOR_EXCEL)
    try:
        with FolderLock(folder.path):
            written = (
                write_excel_tables(folder, run.manifest)
                if words.excel_csv
                else draw_report(folder.path, kind, console, os.cpu_count() or 1)
            )
    except KeyboardInterrupt:
        return _stopped(words, console)
    pages = [Path(words.run) / path.relative_to(folder.path) for path in written]
    if console.as_json:
        console.answer_json("report", {"folder": words.run, "files": [str(path) for path in pages]})
    elif words.excel_csv:
        console.answer("\n".join(map(str, pages)))
        for first in _open_first(pages):
            console.say(first)
    else:
        _say_again(run, words, console)
    return exit_codes.DONE


def _open_first(pages: Sequence[Path]) -> Iterator[Words]:
    """Which of many tables has the answer, and which says what the columns of the others hold."""
    by_name = {page.stem: page for page in pages}
    for name, about in _FIRST.items():
        if name in by_name:
            yield Words(f"{about.vi}: {by_name[name]}", f"{about.en}: {by_name[name]}")


def _stopped(words: Namespace, console: Console) -> int:
    """Say that the results are untouched, and the line that writes what was being written."""
    line = command_line(words.typed)
    console.say(
        Words(
            f"đã dừng; kết quả trong {words.run} vẫn giữ nguyên. Viết lại bằng:\n{line}",
            f"stopped; the results in {words.run} are as they were. Write it again with:\n{line}",
        )
    )
    return exit_codes.INTERRUPTED


def _say_again(run: OpenedFolder, words: Namespace, console: Console) -> None:
    """What the study in a folder said when it was done."""
    shown, spec = Path(words.run), run.spec
    if isinstance(spec, RunSpec):
        again = [*words_of(spec), "--out", words.run]
        answer_run(shown, run.manifest, "report", console, again=again, typed=words.typed, details=words.details)
    elif spec.kind == "compare":
        comparison_answer(shown, run.manifest, "report", console, details=words.details)
    else:
        answer_study(spec.kind, shown, run.manifest, "report", console, details=words.details)


def brief(words: Namespace, console: Console) -> int:
    """Write one A4 page for a leader, as PDF and as Word document; the answer is its two files."""
    run = opened(words.run)
    folder, kind = run.folder, run.spec.kind
    if kind != "run":
        reason = Words(
            f"{words.run}: chỉ kết quả của lệnh run mới có bản tóm tắt một trang; thư mục này của {kind}",
            f"{words.run}: only what run makes has a one-page brief; this folder is of {kind}",
        )
        raise InputRefusedError(reason)
    try:
        with FolderLock(folder.path):
            written = draw_brief(folder.path, console.lang)
    except KeyboardInterrupt:
        return _stopped(words, console)
    files = [str(Path(words.run) / path.relative_to(folder.path)) for path in written]
    if console.as_json:
        console.answer_json("brief", {"folder": words.run, "files": files})
    else:
        console.answer("\n".join(files))
    return exit_codes.DONE
