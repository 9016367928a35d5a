"""One replication of a run folder again, in this process: its error told whole, its result beside the one kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from sim.results.words import Words
from sim.scenario.errors import shown
from sim.scenario.suggest import did_you_mean
from sim.studies.cell import Cell
from sim.studies.goal_study import GoalStudy
from sim.studies.journal import Journal
from sim.studies.journal_row import ReplicationRow
from sim.studies.manifest import OpenedFolder
from sim.studies.model_spec import ModelSpec, replicate
from sim.studies.opening import reopened
from sim.studies.refusals import InputRefusedError
from sim.studies.remarks import SECOND_LUCK
from sim.studies.worker import run_one


@dataclass(frozen=True)
class Replay:
    """How a replication went when it was run again.

    Attributes:
        cell: the case; empty for a run, which has one only.
        replication: its number.
        seed: the study's seed.
        seconds: wall time it took.
        error: why it failed, as a traceback; empty when it came to its end.
        verdict: how that compares with what the journal holds.
    """

    cell: str
    replication: int
    seed: int
    seconds: float
    error: str
    verdict: Words

    @property
    def failed(self) -> bool:
        """Whether it came to no result."""
        return bool(self.error)


def replay(run: OpenedFolder, cell: str | None = None, replication: int | None = None) -> Replay:
    """Run one replication again and write nothing.

    Args:
        run: the folder.
        cell: the case; None for the first in which one failed, or the first of all where a replication is named.
        replication: its number; None for the first that failed.

    Raises:
        InputRefusedError: none failed and none is named, there is no such case, or another version ran it.
    """
    cells = cells_of(run)
    if cell is not None and cell not in cells:
        raise no_such_case(cell, cells)
    with Journal.to_read(run.folder.path) as journal:
        name, number = _chosen(run, cells, journal, cell, replication)
        kept = {row.replication: row for row in journal.rows(cells[name].cell_hash)}
    outcome = run_one(replicate, cast("ModelSpec", cells[name].spec), number)
    verdict = _verdict(outcome.payload, kept.get(number))
    return Replay(name, number, cells[name].seed, outcome.seconds, outcome.error, verdict)


def cells_of(run: OpenedFolder) -> dict[str, Cell]:
    """The cases of a folder by name, the repetitions with another luck among them.

    Raises:
        InputRefusedError: it holds no replications to run again, or another version ran them.
    """
    study = reopened(run)
    if isinstance(study, GoalStudy):
        reason = Words("goal tự chọn điểm thử, không có lần nào để chạy lại", "goal chooses what to try; replay a run")
        raise InputRefusedError(Words(f"{run.shown}: {reason.vi}", f"{run.shown}: {reason.en}"))
    cells = dict(study.cells(run.folder.path))
    repeated = study.repeated(run.folder.path)
    if repeated is not None:
        cells[SECOND_LUCK] = repeated
    return cells


def no_such_case(cell: str, cells: Mapping[str, Cell]) -> InputRefusedError:
    """The refusal of a case that is not there."""
    hint, named = did_you_mean(cell, cells), shown(cell)
    vietnamese, english = f"không có trường hợp “{named}”; {hint.vi}", f'there is no case "{named}"; {hint.en}'
    return InputRefusedError(Words(vietnamese.rstrip("; "), english.rstrip("; ")))


def _chosen(
    run: OpenedFolder, cells: Mapping[str, Cell], journal: Journal, cell: str | None, replication: int | None
) -> tuple[str, int]:
    if replication is not None:
        return cell if cell is not None else next(iter(cells)), replication
    for name, one in cells.items():
        failed = [number for number, status in journal.held(one.cell_hash).items() if status == "failed"]
        if failed and cell in (None, name):
            return name, failed[0]
    nothing = Words("không có lần nào hỏng", "none has failed")
    repair = Words("nêu lần cần chạy lại bằng --replication N", "name one with --replication N")
    raise InputRefusedError(Words(f"{run.shown}: {nothing.vi}; {repair.vi}", f"{run.shown}: {nothing.en}; {repair.en}"))


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
    return Words("cho kết quả KHÁC với kết quả đã lưu", "gives a DIFFERENT result from the one that is kept")
