"""Trying every option beside a run that is done: in its own folder, for a stated time, going on where it stopped."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sim.measure.measured import Measured
from sim.measure.payload import decode
from sim.measure.shared_draws import sharing_in
from sim.results.remedy_tables import REMEDIES
from sim.results.words import Words
from sim.studies.execution import Execution
from sim.studies.executor_choice import executor_of
from sim.studies.executors import Executor
from sim.studies.folder import RunFolder
from sim.studies.journal import Journal
from sim.studies.league import league_rows
from sim.studies.manifest import DONE, INTERRUPTED, REMEDIES_KEPT, RUNNING, TABLES_WRITTEN, checksums, write_manifest
from sim.studies.progress import Listener
from sim.studies.remedies import Remedy, Screening, against_first, remedies_beside, tasks_for
from sim.studies.replications import run_tasks
from sim.studies.run_tables import draw_report, has_report, write_codebook
from sim.studies.runner import StudyResult
from sim.studies.single_case import SingleCase

_COUNTED = Words("{done}/{total} lần thử phương án", "{done}/{total} trials of options")


def screen_remedies(
    result: StudyResult, study: SingleCase, budget_seconds: float, execution: Execution, listener: Listener
) -> StudyResult:
    """Try the options until the time is up, write `remedies.csv` and draw the report with it.

    The time is that of all calls together: one that was stopped goes on with what is left of it, one that used it all
    does nothing, and a longer time adds to it.

    Args:
        result: the run that is done, with its folder.
        study: what was run.
        budget_seconds: seconds for reading, simulating and tabulating.
        execution: how it is run.
        listener: told what happens.

    Raises:
        FolderBusyError, InputRefusedError, ClusterError, WorkerStartError, JournalWriteError, FileWriteError: as a run.
    """
    folder = RunFolder.opened(result.path)
    with Journal.to_write(folder.path) as journal:
        work = _Trial(result, study, budget_seconds, execution, listener, folder, journal)
        return work.to_the_end()


@dataclass
class _Trial:
    """One call: the run folder whose lock is held, and the time."""

    result: StudyResult
    study: SingleCase
    budget_seconds: float
    execution: Execution
    listener: Listener
    folder: RunFolder
    journal: Journal

    def __post_init__(self) -> None:
        self._began = time.monotonic()
        self._manifest: dict[str, Any] = dict(self.result.manifest)
        self._kept: Mapping[str, Any] = self._manifest.get(REMEDIES_KEPT, {})
        self._before = float(self._kept.get("spent_seconds", 0.0))
        self._executor: Executor | None = None
        self._screening: Screening | None = None

    def to_the_end(self) -> StudyResult:
        """Try, tabulate, report."""
        if self._is_there():
            self.listener.say(
                Words("các phương án đã được thử đủ thời gian", "the options have been tried for so long")
            )
            return self._answered(())
        try:
            self._try_options()
        except KeyboardInterrupt:
            if self._screening is not None:
                self._write(self._screening, INTERRUPTED)
            said = self.execution.resume
            vietnamese = f"đã dừng; những lần thử đã xong vẫn giữ nguyên. Chạy tiếp bằng:\n{said}"
            self.listener.say(Words(vietnamese, f"stopped; trials that are finished are kept. Go on with:\n{said}"))
            return replace(self.result, manifest=self._manifest, ending="interrupted")
        finally:
            if self._executor is not None:
                self._executor.stop()
        draw_report(self.folder.path, "run", self.listener, self.execution.processes())
        failed = int(self._manifest[REMEDIES_KEPT]["failed"])
        return self._answered([_failed_words(failed)] if failed else ())

    def _answered(self, more: Sequence[Words]) -> StudyResult:
        if not has_report(self.folder.path, "run"):
            draw_report(self.folder.path, "run", self.listener, self.execution.processes())
        return replace(self.result, manifest=self._manifest, remarks=(*self.result.remarks, *more))

    def _is_there(self) -> bool:
        """Whether the time was used up before, or there is nothing left to try on the replications that are there."""
        if self._kept.get("status") != DONE or not (self.folder.path / REMEDIES.file).is_file():
            return False
        is_whole = self._kept["simulations"] + self._kept["failed"] >= self._kept["most"]
        alike = self._kept["pairs"] == len(self._base_numbers())
        return (is_whole and alike) or self._before >= self.budget_seconds

    def _seconds_left(self) -> float:
        return self.budget_seconds - self._spent()

    def _spent(self) -> float:
        return self._before + time.monotonic() - self._began

    def _try_options(self) -> None:
        self.listener.say(Words("đọc các phương án", "reading the options"))
        numbers = self._base_numbers()
        base = self._measured(self.study.case.run_hash, numbers)
        screening = Screening(self.study, base, self._remedies())
        self._screening = screening
        held: dict[str, dict[int, Measured]] = {one.name: {} for one in screening.applicable}
        self._settle(screening, RUNNING)
        for one in screening.applicable:
            if one.case is not None:
                one.case.write_into(self.folder, one.under)
        self._take_in(screening.applicable, held, numbers)
        for words, wanted in screening.rounds(held):
            if self._seconds_left() <= 0.0:
                break
            self._run(words, wanted)
            self._take_in(list(dict.fromkeys(one for one, _ in wanted)), held, numbers)
        self._write(screening, DONE)

    def _remedies(self) -> list[Remedy]:
        """All there are: those meant against what stops the targets first, since time may not suffice for more."""
        from sim.report.reasons import targets_by_reason
        from sim.report.run_tables import read_run_tables

        return against_first(
            list(remedies_beside(self.study)), list(targets_by_reason(read_run_tables(self.folder.path)))
        )

    def _run(self, words: Words, wanted: Sequence[tuple[Remedy, int]]) -> None:
        tasks = tasks_for(wanted, self.folder.path)
        if all(task.replication in self.journal.held(task.cell.cell_hash) for task in tasks):
            return
        self.listener.say(words)
        if self._executor is None:
            workers = self.execution.processes()
            self._executor = executor_of(
                self.study.case, len(tasks), self.listener, workers=workers, cluster=self.execution.cluster
            )
        run_tasks(
            tasks,
            self.journal,
            self._executor,
            self.listener.progress(_COUNTED),
            retry_failed=False,
            deadline_seconds=max(0.0, self._seconds_left()),
        )
        if self._screening is not None:
            self._settle(self._screening, RUNNING)

    def _base_numbers(self) -> list[int]:
        """Replications of the plan itself: the beginning without a gap, those that failed left out."""
        return list(
            _beginning(self.journal, self.study.case.run_hash, range(int(self._manifest["replications_asked"])))
        )

    def _take_in(
        self, remedies: Sequence[Remedy], held: dict[str, dict[int, Measured]], numbers: Sequence[int]
    ) -> None:
        """Read what the journal has of them and we have not: of each the beginning without a gap.

        What is done beyond a gap is there because it was quick.
        """
        for one in remedies:
            cell_hash, mine = one.cell(self.folder.path).cell_hash, held[one.name]
            wanted = [number for number in _beginning(self.journal, cell_hash, numbers) if number not in mine]
            if wanted:
                mine.update(self._measured(cell_hash, wanted))

    def _measured(self, cell_hash: str, numbers: Sequence[int]) -> dict[int, Measured]:
        wanted = set(numbers)
        payloads = self.journal.payloads(cell_hash)
        return {number: decode(payload, months=False) for number, payload in payloads if number in wanted}

    def _write(self, screening: Screening, status: str) -> None:
        """Tabulate what the journal holds."""
        numbers = self._base_numbers()
        held: dict[str, dict[int, Measured]] = {one.name: {} for one in screening.applicable}
        self._take_in(screening.applicable, held, numbers)
        tried = screening.tried(held)
        # No option was chosen by its gains where all of them have every replication.
        is_whole = all(len(of) == len(numbers) for of in held.values())
        sizes = 1 if is_whole else len(screening.sizes)
        case = self.study.case
        targets, sharing = case.loaded.scenario.targets, sharing_in(case.loaded, case.seed)
        base = self._measured(case.run_hash, numbers)
        self.folder.write_text(REMEDIES.file, REMEDIES.text(league_rows(targets, base, tried, sizes, sharing)))
        write_codebook(self.folder)
        self._manifest |= {TABLES_WRITTEN: checksums(self.folder.path)}
        self._settle(screening, status)

    def _settle(self, screening: Screening, status: str) -> None:
        """Keep in the manifest how far it is."""
        statuses = [
            found
            for one in screening.applicable
            for found in self.journal.held(one.cell(self.folder.path).cell_hash).values()
        ]
        self._manifest[REMEDIES_KEPT] = {
            "status": status,
            "budget_seconds": self.budget_seconds,
            "spent_seconds": round(self._spent(), 1),
            "options": len(screening.remedies),
            "pairs": len(self._base_numbers()),
            "simulations": statuses.count("done"),
            "failed": statuses.count("failed"),
            "most": screening.most,
        }
        write_manifest(self.folder, self._manifest)


def _beginning(journal: Journal, cell_hash: str, numbers: Sequence[int]) -> Iterator[int]:
    held = journal.held(cell_hash)
    for number in numbers:
        if number not in held:
            return
        if held[number] == "done":
            yield number


def _failed_words(failed: int) -> Words:
    return Words(
        f"{failed} lần thử phương án bị lỗi và không được tính", f"{failed} trials of options failed and are left out"
    )
