"""Carrying out what a command asks for: the run folder filled with replications, then tables and the answer."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sim.command import exit_codes
from sim.command import manifest as kept
from sim.command.console import Console
from sim.command.partial import answer_shard, gap_words, simulations_words
from sim.results.words import Words
from sim.studies.case import Case
from sim.studies.cell import Cell
from sim.studies.deadline import Deadline
from sim.studies.executor_choice import executor_of
from sim.studies.failures import failures_of, failures_text
from sim.studies.folder import RunFolder
from sim.studies.half_widths import UntilSure
from sim.studies.journal import Journal
from sim.studies.replications import run_tasks
from sim.studies.shard import Shard
from sim.studies.tasks import Tally, statuses_of, tasks_of

LOG = "error.log"


@dataclass(frozen=True)
class Order:
    """What was asked for.

    Attributes:
        command: the command's name, for the answer.
        path: the run folder.
        wanted: replications of each case there should be in the end.
        workers: processes.
        resume: the command line that goes on after an interruption.
        shard: the part of the replications to run here; None for all of them.
        deadline: when the answer must be there, whatever is done by then.
        cluster: address of the scheduler whose workers run them; empty for processes on this machine.
        sure: half-widths until which replications are added; None for a fixed number.
        simulate: whether missing replications are run; without, tables come from what is there.
    """

    command: str
    path: Path
    wanted: int
    workers: int
    resume: str
    shard: Shard | None = None
    deadline: Deadline | None = None
    cluster: str = ""
    simulate: bool = True
    sure: UntilSure | None = None


class Study(Protocol):
    """What is simulated in one run folder, and what becomes of the results."""

    @property
    def run_hash(self) -> str:
        """The name of the results."""

    @property
    def case(self) -> Case:
        """The case, or the baseline of several."""

    @property
    def by_cell(self) -> bool:
        """Whether single cells are a result while others are missing."""

    def cells(self, folder: Path) -> Mapping[str, Cell]:
        """By name, the cells that get every replication; a case alone has no name."""

    def repeated(self, folder: Path) -> Cell | None:
        """The cell whose first replications tell luck from parameters, if that is wanted."""

    def write_into(self, folder: RunFolder) -> None:
        """Put the scenarios into the folder; raises as `Case.write_into`."""

    def first_manifest(self, folder: RunFolder) -> dict[str, Any]:
        """The manifest of a run that begins; writes what goes with it."""

    def has_tables(self, folder: Path) -> bool:
        """Whether all tables are there."""

    def write_tables(self, folder: RunFolder, journal: Journal) -> None:
        """Write every table anew from the replications that are done."""

    def has_report(self, folder: Path) -> bool:
        """Whether there is no report to be drawn any more."""

    def draw_report(self, folder: Path, console: Console) -> None:
        """Write pictures and pages from the tables."""

    def answer(self, shown: Path, manifest: Mapping[str, Any], command: str, console: Console) -> None:
        """Print what came out."""


def carry_out(order: Order, study: Study, console: Console) -> int:
    """Fill the run folder and answer; whatever stops it, what is finished stays."""
    folder = RunFolder.claim(order.path, study.run_hash)
    with Journal.to_write(folder.path) as journal:
        folder.clear_partials()
        try:
            return _Carried(order, study, folder, journal, console).to_the_end()
        except KeyboardInterrupt:
            console.say(
                Words(
                    f"đã dừng; kết quả đã có vẫn giữ nguyên. Chạy tiếp bằng:\n{order.resume}",
                    f"stopped; what is finished is kept. Go on with:\n{order.resume}",
                )
            )
            return exit_codes.INTERRUPTED
        except Exception as error:
            _log(folder, error)
            raise


class _Carried:
    """One call on one run folder, whose lock is held."""

    def __init__(self, order: Order, study: Study, folder: RunFolder, journal: Journal, console: Console) -> None:
        self._order = order
        self._study = study
        self._folder = folder
        self._journal = journal
        self._console = console
        self._cells = study.cells(folder.path)
        self._repeated = study.repeated(folder.path)
        self._count = Tally(journal, self._cells, order.wanted)
        self._asked = self._count.asked
        self._tasks = tasks_of(study, folder.path, self._asked, order.shard)
        self._manifest = kept.read_manifest(folder.path)
        self._warned = False

    def to_the_end(self) -> int:
        """Run what is missing, tabulate, report, answer."""
        if self._is_complete():
            self._console.say(Words(f"đã có sẵn trong {self._order.path}", f"already there in {self._order.path}"))
        else:
            self._begin()
            self._replicate()
            while self._grows():
                self._replicate()
            self._settle(kept.RUNNING)
            if self._order.shard is not None and self._count.has_gaps():
                return self._shard_only(self._order.shard)
            if not self._has_result():
                return self._without_result()
            self._study.write_tables(self._folder, self._journal.first(self._count.below))
        if not self._study.has_report(self._folder.path) or self._manifest_now()["status"] == kept.RUNNING:
            self._study.draw_report(self._folder.path, self._console)
        failed = bool(self._manifest_now()["failures"])
        gaps = self._count.has_gaps()
        self._settle(kept.SOME_FAILED if failed else kept.PARTIAL if gaps else kept.DONE)
        self._answer()
        if gaps:
            self._console.say(self._gap_words())
        self._tell_failures()
        return exit_codes.SOME_FAILED if failed else exit_codes.DONE

    def _without_result(self) -> int:
        """None succeeded: no table is written, and nothing is pretended."""
        self._settle(kept.SOME_FAILED if self._manifest_now()["failures"] else kept.PARTIAL)
        if self._console.as_json:
            self._answer()
        if self._count.has_gaps():
            self._console.say(self._gap_words())
        self._tell_failures()
        return exit_codes.SOME_FAILED

    def _shard_only(self, shard: Shard) -> int:
        """A part of the replications: kept for the merge, with no table and no verdict of its own."""
        failed = bool(self._manifest_now()["failures"])
        self._settle(kept.SOME_FAILED if failed else kept.PARTIAL)
        answer_shard(self._order.path, shard, self._manifest_now(), self._order.command, self._console)
        self._tell_failures()
        return exit_codes.SOME_FAILED if failed else exit_codes.DONE

    def _is_complete(self) -> bool:
        manifest = self._manifest
        if manifest is None or manifest["status"] != kept.DONE or not self._study.has_tables(self._folder.path):
            return False
        statuses = statuses_of(self._tasks, self._journal)
        done = all(statuses.get(task.key) == "done" for task in self._tasks)
        return done and self._asked == int(manifest["replications_done"]) and self._wanted() <= self._asked

    def _begin(self) -> None:
        self._study.write_into(self._folder)
        if self._manifest is None:
            self._manifest = self._study.first_manifest(self._folder)
        self._settle(kept.RUNNING)
        self._console.say(Words(f"kết quả ghi vào {self._order.path}", f"results go to {self._order.path}"))

    def _wanted(self) -> int:
        """Replications that the half-widths asked for need, as far as can be told from what is done."""
        if self._order.sure is None or self._count.has_gaps():
            return self._asked
        cell = next(iter(self._cells.values()))
        return self._order.sure.replications(self._journal, cell.cell_hash, self._asked)

    def _grows(self) -> bool:
        """Ask for another batch where the half-widths need it, and say how close they are."""
        if self._order.sure is None:
            return False
        cell, wanted = next(iter(self._cells.values())), self._wanted()
        self._console.say(self._order.sure.standing(self._journal, cell.cell_hash, self._asked))
        if wanted <= self._asked:
            return False
        self._warn_once(self._order.sure.too_narrow(self._journal, cell.cell_hash, self._asked))
        self._count = Tally(self._journal, self._cells, wanted)
        self._asked = self._count.asked
        self._tasks = tasks_of(self._study, self._folder.path, self._asked, self._order.shard)
        return True

    def _warn_once(self, words: Words | None) -> None:
        if words is not None and not self._warned:
            self._warned = True
            self._console.say(words)

    def _replicate(self) -> None:
        statuses = statuses_of(self._tasks, self._journal)
        if not self._order.simulate or all(statuses.get(task.key) == "done" for task in self._tasks):
            return
        try:
            self._run_tasks()
        except KeyboardInterrupt:
            self._count_beginning()
            self._settle(kept.INTERRUPTED)
            if self._order.shard is None:
                done, asked = self._standing()
                vietnamese = f"đang dừng; ghi bảng từ {done}/{asked} lần chạy đã xong"
                english = f"stopping; writing tables from the {done} of {asked} replications that are done"
                self._console.say(Words(vietnamese, english))
                if self._has_result():
                    self._study.write_tables(self._folder, self._journal.first(self._count.below))
            raise
        self._count_beginning()

    def _run_tasks(self) -> None:
        from sim.studies.progress import ENGLISH, VIETNAMESE
        from sim.studies.progress_bar import progress_on

        texts = VIETNAMESE if self._console.lang == "vi" else ENGLISH
        executor = executor_of(
            self._study.case,
            len(self._tasks),
            self._console,
            workers=self._order.workers,
            cluster=self._order.cluster,
        )
        self._manifest = self._manifest_now() | {"workers": executor.workers}
        kept.write_manifest(self._folder, self._manifest)
        deadline = self._order.deadline
        seconds = None if deadline is None else deadline.seconds_to_simulate()
        try:
            progress = progress_on(sys.stderr, texts)
            run_tasks(self._tasks, self._journal, executor, progress, deadline_seconds=seconds)
        finally:
            executor.stop()

    def _gap_words(self) -> Words:
        if self._study.by_cell:
            return simulations_words(*self._standing(), self._order.resume)
        return gap_words(self._asked, self._count.counted(), self._count.later(), self._order.resume)

    def _count_beginning(self) -> None:
        """A shard is incomplete by design; completeness is checked on merge."""
        if self._order.shard is None:
            self._count.cut_short()

    def _has_result(self) -> bool:
        return bool(self._count.counted()) or (self._study.by_cell and self._standing()[0] > 0)

    def _standing(self) -> tuple[int, int]:
        """Replications done and asked for: of the whole study, or one by one where a cell counts by itself."""
        if not self._study.by_cell:
            return len(self._count.counted()), self._asked
        return list(statuses_of(self._tasks, self._journal).values()).count("done"), len(self._tasks)

    def _manifest_now(self) -> dict[str, Any]:
        return self._manifest or {}

    def _settle(self, status: str) -> None:
        """Keep in the manifest how far the run is; a replication of several cases is done when all have it."""
        now = {
            "status": status,
            "replications_asked": self._asked,
            "replications_done": len(self._count.counted()),
            "replications_failed": self._count.failed(),
            "failures": failures_of(self._journal, self._cells, self._repeated),
            "shard": str(self._order.shard) if self._order.shard is not None and self._count.has_gaps() else "",
        }
        now["simulations_asked"] = len(self._tasks)
        if self._study.by_cell:
            now["simulations_done"] = self._standing()[0]
        if self._manifest_now().items() >= now.items():
            return
        self._manifest = self._manifest_now() | now
        kept.write_manifest(self._folder, self._manifest)

    def _answer(self) -> None:
        self._study.answer(self._order.path, self._manifest_now(), self._order.command, self._console)

    def _tell_failures(self) -> None:
        failures = self._manifest_now()["failures"]
        if failures:
            self._console.say(failures_text(failures, len(self._tasks)))


def _log(folder: RunFolder, error: Exception) -> None:
    """Keep the traceback of a bug where the planner can send it from; a refusal needs none."""
    from sim.studies.refusals import refusal

    if refusal(error) is None:
        with suppress(Exception):
            path = folder.write_text(LOG, "".join(traceback.format_exception(error)))
            error.add_note(f"{path}.")
