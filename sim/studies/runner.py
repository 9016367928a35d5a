"""Running a study: its folder filled with replications, then tables and pages. What is done stays done."""

from __future__ import annotations

import shutil
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sim.results.words import Words
from sim.scenario.measures import MILESTONE
from sim.studies.cell import Task
from sim.studies.execution import Execution, Shard
from sim.studies.executor_choice import refuse_without_extra
from sim.studies.folder import FolderRefusedError, RunFolder
from sim.studies.journal import Journal
from sim.studies.manifest import (
    DONE,
    INTERRUPTED,
    PARTIAL,
    RUNNING,
    SOME_FAILED,
    TABLES_WRITTEN,
    checksums,
    edited_tables,
)
from sim.studies.other_run import difference_words
from sim.studies.progress import CASES_OF_MONEY, Lines, Listener, NowAndThen, Progress
from sim.studies.provisional import FirstLook, WithFirstLook
from sim.studies.refusals import InputRefusedError, refusal
from sim.studies.remarks import failures_of, failures_text, gap_words, simulations_words
from sim.studies.run_tables import draw_report, has_report
from sim.studies.spec import spec_as_json
from sim.studies.study import SearchStudy, Study
from sim.studies.tasks import Tally, statuses_of, tasks_of
from sim.studies.work import Work

LOG = "error.log"

_DECIDING_TABLES_ONLY = ("indifference",)
"""Fields of a spec that decide what is made of the replications, and so do not change the name of the results."""
_AFTERWARDS = Words("chưa kể viết bảng và vẽ hình", "without the tables and pictures")
_OF_MONEY_ALONE = ("run", "compare")
"""Kinds of study in whose tables targets rest on draws of the money alone."""
Ending = Literal["answered", "shard", "nothing", "interrupted"]


@dataclass(frozen=True)
class StudyResult:
    """How a study stands after a call.

    Attributes:
        study: what was run.
        path: the run folder, as it was named.
        manifest: what the folder says of itself.
        ending: `answered` with tables and pages, `shard` without for a part to be merged, `nothing` when no
            replication that counts is there, `interrupted` when it was stopped from outside.
        remarks: what is to be said after the answer, which has the notes of the manifest: gaps, failures.
    """

    study: Study | SearchStudy
    path: Path
    manifest: Mapping[str, Any]
    ending: Ending
    remarks: tuple[Words, ...] = ()


def run_study(study: Study | SearchStudy, execution: Execution, listener: Listener) -> StudyResult:
    """Fill the run folder and write its tables and pages; what is there already is not run again.

    The folder of a study whose answer is elsewhere, as that of a fit, is removed once the answer is there.

    Raises:
        FolderRefusedError, FolderBusyError: the folder cannot be used.
        InputRefusedError: the scenario in the folder was edited, or it holds another run.
        ClusterError, WorkerStartError: there is nobody to run it.
        FileWriteError, JournalWriteError: the disk refuses.
        ModuleNotFoundError: a cluster is asked for and the extra `cluster` is not installed.
    """
    refuse_without_extra(execution.cluster)
    path = execution.folder(study.folder_name)
    try:
        folder = RunFolder.claim(path, study.run_hash)
    except FolderRefusedError as refused:
        words = difference_words(path, study.case, study.spec.kind)
        if words is None:
            raise
        raise InputRefusedError(words) from refused
    result = _in_folder(study, execution, path, folder, listener)
    if result.ending == "answered" and isinstance(study, SearchStudy) and study.page_kind is None:
        shutil.rmtree(folder.path, ignore_errors=True)
    return result


def _in_folder(
    study: Study | SearchStudy, execution: Execution, path: Path, folder: RunFolder, listener: Listener
) -> StudyResult:
    """Run what is missing as the only writer of the folder."""
    with Journal.to_write(folder.path) as journal:
        folder.clear_partials()
        work = Work(study, execution, path, folder, journal, listener)
        try:
            if isinstance(study, SearchStudy):
                return _Searched(study, work).to_the_end()
            return _Replicated(study, work).to_the_end()
        except KeyboardInterrupt:
            listener.say(
                Words(
                    f"đã dừng; kết quả đã có vẫn giữ nguyên. Chạy tiếp bằng:\n{execution.resume}",
                    f"stopped; what is finished is kept. Go on with:\n{execution.resume}",
                )
            )
            return StudyResult(study, path, work.manifest, "interrupted")
        except Exception as error:
            _log(folder, error)
            raise
        finally:
            work.stop()


class _Replicated:
    """A study whose cells are known from the beginning."""

    def __init__(self, study: Study, work: Work) -> None:
        self._study = study
        self._work = work
        self._execution = work.execution
        self._journal = work.journal
        self._listener = work.listener
        self._sure = study.sure
        self._cells = study.cells(work.folder.path)
        self._repeated = study.repeated(work.folder.path)
        self._count_to(study.wanted)
        self._warned = False

    def to_the_end(self) -> StudyResult:
        """Run what is missing, tabulate, report."""
        work, study = self._work, self._study
        folder, kind = work.folder.path, study.spec.kind
        if self._is_complete() and self._is_untouched():
            self._listener.say(Words(f"đã có sẵn trong {work.path}", f"already there in {work.path}"))
        else:
            work.begin(spec_as_json(study.spec))
            work.say_where()
            self._say_of_second_luck()
            self._settle(RUNNING)
            self._replicate()
            while self._grows():
                self._replicate()
            work.stop()
            self._settle(RUNNING)
            if self._execution.shard is not None and self._count.has_gaps():
                return self._shard_only()
            if not self._has_result():
                return self._without_result()
            counted = self._journal.first(self._count.below)
            self._say_tables()
            study.write_tables(work.folder, counted, NowAndThen(self._listener, CASES_OF_MONEY))
            work.settle({TABLES_WRITTEN: checksums(folder)})
            work.note_redraws(counted, (cell.cell_hash for cell in self._cells.values()))
        if not has_report(folder, kind) or work.manifest["status"] == RUNNING:
            draw_report(folder, kind, self._listener, self._execution.processes())
        gaps = self._count.has_gaps()
        self._settle(PARTIAL if gaps else DONE)
        return self._result("answered", gaps=gaps)

    def _say_tables(self) -> None:
        """That tables take a while where targets rest on the money alone, which is drawn anew for each case."""
        targets = self._study.case.loaded.scenario.targets
        if self._study.spec.kind in _OF_MONEY_ALONE and any(target.measure == MILESTONE for target in targets):
            self._listener.say(
                Words(
                    "viết bảng kết quả; chỉ tiêu chỉ phụ thuộc kinh phí được tính thử riêng, có thể mất vài phút",
                    "writing the tables; targets of money alone are drawn by themselves, which may take minutes",
                )
            )

    def _without_result(self) -> StudyResult:
        """None succeeded: no table is written, and nothing is pretended."""
        self._settle(PARTIAL)
        return self._result("nothing", gaps=self._count.has_gaps())

    def _shard_only(self) -> StudyResult:
        """A part of the replications: kept for the merge, with no table and no verdict of its own."""
        self._settle(PARTIAL)
        return self._result("shard", gaps=False)

    def _result(self, ending: Ending, *, gaps: bool) -> StudyResult:
        remarks = [self._gap_words()] if gaps else []
        failures = self._work.manifest["failures"]
        if failures:
            remarks.append(failures_text(failures, len(self._tasks)))
        return StudyResult(self._study, self._work.path, self._work.manifest, ending, tuple(remarks))

    def _count_to(self, wanted: int) -> None:
        self._count = Tally(self._journal, self._cells, wanted)
        self._asked = self._count.asked
        self._tasks = tasks_of(self._study, self._work.folder.path, self._asked, self._execution.shard)

    def _is_complete(self) -> bool:
        manifest = self._work.manifest
        if self._work.is_new or manifest["status"] != DONE or not self._study.has_tables(self._work.folder.path):
            return False
        done = self._work.are_done(self._tasks) and self._is_asked_alike(manifest["spec"])
        return done and self._asked == int(manifest["replications_done"]) and self._wanted() <= self._asked

    def _is_untouched(self) -> bool:
        """Whether nobody has edited what the folder holds: its inputs, which is refused, or its tables.

        Raises:
            InputRefusedError: a scenario or input table in the folder was edited.
        """
        self._study.write_into(self._work.folder)
        edited = edited_tables(self._work.folder.path, self._work.manifest)
        if edited:
            named = ", ".join(edited)
            self._listener.say(
                Words(
                    f"bảng kết quả đã bị sửa hoặc xóa từ lần ghi trước: {named}; ghi lại từ các lần chạy đã lưu",
                    f"tables of results were edited or removed since: {named}; written anew from the kept replications",
                )
            )
        return not edited

    def _is_asked_alike(self, kept: Mapping[str, Any]) -> bool:
        """Whether the tables that are there answer what is asked now."""
        now = spec_as_json(self._study.spec)
        return all(kept.get(name) == now.get(name) for name in _DECIDING_TABLES_ONLY)

    def _wanted(self) -> int:
        """Replications that the half-widths asked for need, as far as can be told from what is done."""
        if self._sure is None or self._count.has_gaps():
            return self._asked
        cell = next(iter(self._cells.values()))
        return self._sure.replications(self._journal, cell.cell_hash, self._asked)

    def _grows(self) -> bool:
        """Ask for another batch where the half-widths need it, and say how close they are."""
        if self._sure is None or self._count.has_gaps():
            return False
        cell, wanted = next(iter(self._cells.values())), self._wanted()
        self._listener.say(self._sure.standing(self._journal, cell.cell_hash, self._asked))
        if wanted <= self._asked:
            return False
        self._warn_once(self._sure.too_narrow(self._journal, cell.cell_hash, self._asked))
        self._count_to(wanted)
        return True

    def _warn_once(self, words: Words | None) -> None:
        if words is not None and not self._warned:
            self._warned = True
            self._listener.say(words)

    def _replicate(self) -> None:
        if not self._execution.simulate or self._work.are_done(self._tasks):
            return
        try:
            self._work.run(self._tasks, look=self._first_look)
        except KeyboardInterrupt:
            self._count_beginning()
            self._settle(INTERRUPTED)
            if self._execution.shard is None:
                done, asked = self._each_standing() if len(self._cells) > 1 else self._standing()
                vietnamese = f"đang dừng; {done}/{asked} lần chạy đã xong, được giữ lại"
                english = f"stopping; {done} of {asked} simulations are done and kept"
                if self._has_result():
                    vietnamese += "; đang ghi bảng từ đó, có thể mất một phút (Ctrl-C lần nữa để bỏ qua)"
                    english += "; their tables are being written, which may take a minute (Ctrl-C again to skip them)"
                self._listener.say(Words(vietnamese, english))
                if self._has_result():
                    counted, told = self._journal.first(self._count.below), NowAndThen(self._listener, CASES_OF_MONEY)
                    self._study.write_tables(self._work.folder, counted, told)
            raise
        self._count_beginning()

    def _first_look(self, progress: Progress) -> Progress:
        """Time left is without the tables and pictures; a whole run of one case also shows how its targets stand."""
        if isinstance(progress, Lines) and self._execution.shard is None:
            progress.followed_by = _AFTERWARDS
        if self._study.spec.kind != "run" or self._execution.shard is not None:
            return progress
        (cell,) = self._cells.values()
        look = FirstLook(self._study.case.loaded, self._journal, cell.cell_hash)
        return WithFirstLook(progress, look, self._asked)

    def _gap_words(self) -> Words:
        if self._study.by_cell:
            return simulations_words(*self._standing(), self._execution.resume)
        return gap_words(self._asked, self._count.counted(), self._count.later(), self._execution.resume)

    def _count_beginning(self) -> None:
        """A shard is incomplete by design; completeness is checked on merge."""
        if self._execution.shard is None:
            self._count.cut_short()

    def _has_result(self) -> bool:
        return bool(self._count.counted()) or (self._study.by_cell and self._standing()[0] > 0)

    def _standing(self) -> tuple[int, int]:
        """Replications done and asked for: of the whole study, or one by one where a cell counts by itself."""
        return self._each_standing() if self._study.by_cell else (len(self._count.counted()), self._asked)

    def _each_standing(self) -> tuple[int, int]:
        """Simulations of all cases, those of another luck with them, done and asked for."""
        return list(statuses_of(self._tasks, self._journal).values()).count("done"), len(self._tasks)

    def _say_of_second_luck(self) -> None:
        """Why more is simulated than was asked for, where it is."""
        again = 0 if self._repeated is None else sum(one.cell == self._repeated for one in self._tasks)
        if again:
            self._listener.say(
                Words(
                    f"thêm {again} lần chạy để tách ảnh hưởng của tham số và yếu tố ngẫu nhiên (--no-variance để bỏ)",
                    f"{again} more replications to tell parameters from luck (--no-variance leaves them out)",
                )
            )

    def _settle(self, status: str) -> None:
        """Keep in the manifest how far the run is; a replication of several cases is done when all have it.

        Where replications failed, an end says that before anything else.
        """
        failures = failures_of(self._journal, self._cells, self._repeated)
        now: dict[str, Any] = {
            "status": SOME_FAILED if failures and status in (DONE, PARTIAL) else status,
            "replications_asked": self._asked,
            "replications_done": len(self._count.counted()),
            "replications_failed": self._count.failed(),
            "failures": failures,
            "shard": self._shard_text(self._execution.shard),
            "simulations_asked": len(self._tasks),
        }
        if self._study.by_cell:
            now["simulations_done"] = self._standing()[0]
        self._work.settle(now)

    def _shard_text(self, shard: Shard | None) -> str:
        return str(shard) if shard is not None and self._count.has_gaps() else ""


class _Searched:
    """A study that chooses what to simulate next."""

    def __init__(self, study: SearchStudy, work: Work) -> None:
        self._study = study
        self._work = work
        self._tasks: dict[tuple[str, int], Task] = {}

    def to_the_end(self) -> StudyResult:
        """Simulate round after round, tabulate, report."""
        work, study = self._work, self._study
        work.begin(spec_as_json(study.spec))
        if study.page_kind is not None:
            work.say_where()
        try:
            is_whole = self._all_rounds()
        except KeyboardInterrupt:
            work.settle({"status": INTERRUPTED, **self._counts()})
            raise
        work.stop()
        counts = self._counts()
        if not is_whole:
            work.settle({"status": PARTIAL, **counts})
            done, asked = counts["simulations_done"], counts["simulations_asked"]
            return StudyResult(
                study, work.path, work.manifest, "nothing", (simulations_words(done, asked, work.execution.resume),)
            )
        answer = study.write_tables(work.folder)
        work.settle({"status": SOME_FAILED if counts["simulations_failed"] else DONE, **answer, **counts})
        if study.page_kind is not None:
            work.note_redraws(work.journal, (cell_hash for cell_hash, _ in self._tasks))
            draw_report(work.folder.path, study.page_kind, work.listener, work.execution.processes())
        return StudyResult(study, work.path, work.manifest, "answered")

    def _all_rounds(self) -> bool:
        """Whether every round that was wanted came to its end; the deadline, or a merge, may leave one open."""
        work = self._work
        for tasks in self._study.rounds(work.folder.path, work.journal, work.listener):
            self._tasks |= {task.key: task for task in tasks}
            if work.are_done(list(tasks)):
                continue
            if work.execution.simulate:
                work.run(tasks, self._study.model, self._study.counted)
            if len(statuses_of(list(tasks), work.journal)) < len(tasks):
                return False
        return True

    def _counts(self) -> dict[str, int]:
        """How many simulations there are."""
        found = [
            status
            for cell_hash in dict.fromkeys(cell_hash for cell_hash, _ in self._tasks)
            for status in self._work.journal.held(cell_hash).values()
        ]
        return {
            "simulations_asked": len(self._tasks),
            "simulations_done": found.count("done"),
            "simulations_failed": found.count("failed"),
            **self._study.counts(),
        }


def _log(folder: RunFolder, error: Exception) -> None:
    """Keep the traceback of a bug where the planner can send it from; a refusal needs none."""
    if refusal(error) is None:
        with suppress(Exception):
            path = folder.write_text(LOG, "".join(traceback.format_exception(error)))
            error.add_note(f"{path}.")
