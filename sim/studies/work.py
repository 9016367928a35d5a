"""Work on one run folder: its journal, its manifest, and the workers that run what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.results.words import Words
from sim.studies.cell import Task
from sim.studies.execution import Execution
from sim.studies.executor_choice import executor_of
from sim.studies.executors import Executor
from sim.studies.folder import RunFolder
from sim.studies.journal import Journal
from sim.studies.manifest import RUNNING, read_manifest, write_manifest
from sim.studies.progress import REPLICATIONS_DONE, Listener, Progress
from sim.studies.remarks import redraws_of, with_note
from sim.studies.replications import run_tasks
from sim.studies.study import Kept
from sim.studies.tasks import statuses_of
from sim.studies.worker import Model


class Work:
    """One call on one run folder, whose lock is held: its journal, its manifest and the workers."""

    def __init__(
        self, study: Kept, execution: Execution, path: Path, folder: RunFolder, journal: Journal, listener: Listener
    ) -> None:
        self.execution = execution
        self.path = path
        self.folder = folder
        self.journal = journal
        self.listener = listener
        self._study = study
        self._executor: Executor | None = None
        kept = read_manifest(folder.path)
        self.is_new = kept is None
        self.manifest: dict[str, Any] = kept or {}

    def begin(self, spec: Mapping[str, Any]) -> None:
        """Put scenarios and manifest there."""
        self._study.write_into(self.folder)
        if self.is_new:
            self.manifest = self._study.first_manifest(self.folder, self.execution.typed)
        self.settle({"status": RUNNING, "spec": spec})

    def say_where(self) -> None:
        """Name the folder; the notes of its manifest stand in the answer."""
        self.listener.say(Words(f"kết quả ghi vào {self.path}", f"results go to {self.path}"))

    def run(
        self,
        tasks: Sequence[Task],
        model: Model | None = None,
        counted: Words = REPLICATIONS_DONE,
        look: Callable[[Progress], Progress] = lambda shown: shown,
    ) -> None:
        """Run those of the tasks that the journal does not hold, until the deadline if there is one."""
        wanted = min(self.execution.processes(), len(tasks))
        if self._executor is not None and not self.execution.cluster and self._executor.workers < wanted:
            self.stop()
        if self._executor is None:
            self._executor = executor_of(
                self._study.case,
                len(tasks),
                self.listener,
                workers=self.execution.processes(),
                cluster=self.execution.cluster,
                model=model,
            )
            self.settle({"workers": self._executor.workers})
        deadline = self.execution.deadline
        seconds = None if deadline is None else deadline.seconds_to_simulate()
        progress = look(self.listener.progress(counted))
        run_tasks(tasks, self.journal, self._executor, progress, deadline_seconds=seconds)

    def are_done(self, tasks: list[Task]) -> bool:
        """Whether the journal holds all of them."""
        statuses = statuses_of(tasks, self.journal)
        return all(statuses.get(task.key) == "done" for task in tasks)

    def settle(self, now: Mapping[str, Any]) -> None:
        """Keep in the manifest what is so now."""
        if not self.manifest.items() >= now.items():
            self.manifest = {**self.manifest, **now}
            write_manifest(self.folder, self.manifest)

    def note_redraws(self, journal: Journal, cells: Iterable[str]) -> None:
        """Keep in the manifest, for its reader, how many simulations drew their volumes again."""
        found = redraws_of(journal, cells)
        if found:
            self.settle(with_note(self.manifest, found))

    def stop(self) -> None:
        """Free the workers."""
        if self._executor is not None:
            self._executor.stop()
            self._executor = None
