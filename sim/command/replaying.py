"""`replay RUN`: one replication again, in this process, with its error told whole and its result compared."""

from __future__ import annotations

import hashlib
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import cast

from sim.command import exit_codes
from sim.command.console import Console
from sim.results.words import Words
from sim.scenario.errors import shown
from sim.scenario.suggest import did_you_mean
from sim.studies.cell import Cell
from sim.studies.failures import SECOND_LUCK
from sim.studies.goal_study import GoalStudy
from sim.studies.journal import Journal
from sim.studies.journal_row import ReplicationRow
from sim.studies.manifest import opened
from sim.studies.model_spec import ModelSpec, replicate
from sim.studies.opening import reopened
from sim.studies.refusals import InputRefusedError
from sim.studies.worker import run_one


def replay(words: Namespace, console: Console) -> int:
    """Run it again and write nothing; the code is 4 when it fails again.

    Raises:
        InputRefusedError: none failed and none is named, there is no such case, or another version ran it.
    """
    run = opened(words.run)
    study = reopened(run)
    if isinstance(study, GoalStudy):
        reason = Words("goal tự chọn điểm thử, không có lần nào để chạy lại", "goal chooses what to try; replay a run")
        raise InputRefusedError(Words(f"{words.run}: {reason.vi}", f"{words.run}: {reason.en}"))
    cells = dict(study.cells(run.folder.path))
    repeated = study.repeated(run.folder.path)
    cells |= {SECOND_LUCK: repeated} if repeated is not None else {}
    with Journal.to_read(run.folder.path) as journal:
        name, number = _asked(words, cells, journal)
        rows = {row.replication: row for row in journal.rows(cells[name].cell_hash)}
    outcome = run_one(replicate, cast("ModelSpec", cells[name].spec), number)
    verdict = _verdict(outcome.payload, rows.get(number))
    if console.as_json:
        content = {
            "folder": words.run,
            "cell": name,
            "replication": number,
            "seed": cells[name].seed,
            "status": "failed" if outcome.payload is None else "done",
            "seconds": round(outcome.seconds, 3),
            "error": outcome.error,
            "says": verdict.en,
        }
        console.answer_json("replay", content)
    else:
        which = f" {name}" if name else ""
        vietnamese = f"lần chạy {number}{which} (số khởi tạo {cells[name].seed}): {verdict.vi}"
        english = f"replication {number}{which} (seed {cells[name].seed}): {verdict.en}"
        console.answer(Words(vietnamese, english).text(console.lang))
        if outcome.error:
            console.say_text(outcome.error.rstrip())
    return exit_codes.SOME_FAILED if outcome.payload is None else exit_codes.DONE


def _asked(words: Namespace, cells: Mapping[str, Cell], journal: Journal) -> tuple[str, int]:
    if words.cell is not None and words.cell not in cells:
        hint = did_you_mean(words.cell, cells)
        named = shown(words.cell)
        vietnamese, english = f"không có trường hợp “{named}”; {hint.vi}", f'there is no case "{named}"; {hint.en}'
        raise InputRefusedError(Words(vietnamese.rstrip("; "), english.rstrip("; ")))
    if words.replication is not None:
        return words.cell if words.cell is not None else next(iter(cells)), words.replication
    for name, cell in cells.items():
        failed = [number for number, status in journal.held(cell.cell_hash).items() if status == "failed"]
        if failed and words.cell in (None, name):
            return name, failed[0]
    nothing = Words("không có lần nào hỏng", "none has failed")
    repair = Words("nêu lần cần chạy lại bằng --replication N", "name one with --replication N")
    place = Path(words.run)
    raise InputRefusedError(Words(f"{place}: {nothing.vi}; {repair.vi}", f"{place}: {nothing.en}; {repair.en}"))


def _verdict(payload: bytes | None, row: ReplicationRow | None) -> Words:
    """How it went, beside what the journal holds."""
    if payload is None:
        again = " lần nữa" if row is not None and row.status == "failed" else ""
        return Words(f"hỏng{again}", "failed again" if again else "failed")
    if row is None or row.status == "failed":
        return Words("lần này xong, không lỗi", "came to its end this time, without an error")
    same = hashlib.sha256(payload).digest() == hashlib.sha256(row.payload).digest()
    if same:
        return Words("cho đúng kết quả đã lưu", "gives the very result that is kept")
    return Words("cho kết quả KHÁC với kết quả đã lưu", "gives ANOTHER result than the one that is kept")
