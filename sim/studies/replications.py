"""Replications of one model, run until the journal holds them all. Knows no province: the model is a callable.

A replication's result is a function of (cell, replication) alone, so the order, the number of workers and any
interruption change no byte of what the journal holds in the end.
"""

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Self

from sim.studies.cell import Cell, Task
from sim.studies.executors import Died, Event, Executor, Finished, InProcess, Raised, Reached, Waiting
from sim.studies.journal import Journal
from sim.studies.progress import Progress, Silent
from sim.studies.worker import Initializer, Model
from sim.studies.worker_processes import WorkerProcesses

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_SHOW_CURSOR = b"\x1b[?25h"
_Handler = Callable[[int, FrameType | None], object] | int | signal.Handlers | None


class Interrupted(KeyboardInterrupt):
    """A study was stopped from outside; every finished replication is in the journal and the same call resumes it.

    Attributes:
        signal_number: which signal came.
        missing: how many replications are still to be run.
    """

    def __init__(self, signal_number: int, missing: int) -> None:
        super().__init__(f"interrupted by {signal.Signals(signal_number).name}; {missing} replications left to run")
        self.signal_number = signal_number
        self.missing = missing

    @property
    def exit_code(self) -> int:
        """130 for Ctrl-C, 143 for a polite kill, 129 for a closed terminal."""
        return 128 + self.signal_number


class Interruption:
    """Heeds Ctrl-C, a polite kill and a closed terminal.

    While the block runs, notes the first such signal in `received`; the second ends the process at once.

    A signal the process ignores (nohup, a background job) stays ignored. Outside the main thread, or when not
    `active`, nothing is changed.
    """

    def __init__(self, *, active: bool = True) -> None:
        self.received: int | None = None
        self._active = active and threading.current_thread() is threading.main_thread()
        self._before: dict[signal.Signals, _Handler] = {}

    def _note(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 - the form of a signal handler
        if self.received is not None:
            if os.isatty(2):
                os.write(2, _SHOW_CURSOR)
            os._exit(128 + number)
        self.received = number

    def __enter__(self) -> Self:
        if self._active:
            for number in _SIGNALS:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._note)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)


_SECONDS_BETWEEN_LOOKS = 0.2


@dataclass(frozen=True)
class Summary:
    """How a study stands after a call.

    Attributes:
        requested: replications asked for, over all cells.
        held: of these, already done before the call.
        done: done now, the held ones included.
        failed: (cell hash, replication) of those that failed; the journal has their seeds and errors.
        missing: not run, because the deadline came first.
    """

    requested: int
    held: int
    done: int
    failed: tuple[tuple[str, int], ...]
    missing: int


def run_replications(
    model: Model,
    cell: Cell,
    replications: Iterable[int],
    journal: Journal,
    *,
    workers: int,
    progress: Progress | None = None,
    initializer: Initializer | None = None,
    time_limit_seconds: float | None = None,
    retry_failed: bool = True,
) -> Summary:
    """Run those replications of one cell that the journal does not hold yet. Arguments as for `run_tasks`."""
    tasks = [Task(cell, replication) for replication in replications]
    executor = local_executor(model, workers and min(workers, len(tasks) or 1), initializer, time_limit_seconds)
    try:
        return run_tasks(tasks, journal, executor, progress, retry_failed=retry_failed)
    finally:
        executor.stop()


def local_executor(
    model: Model, workers: int, initializer: Initializer | None = None, time_limit_seconds: float | None = None
) -> Executor:
    """Worker processes on this machine, or this very process when `workers` is 0 (which knows no time limit)."""
    if workers == 0:
        return InProcess(model, initializer)
    return WorkerProcesses(model, workers, initializer, time_limit_seconds)


def run_tasks(
    tasks: Sequence[Task],
    journal: Journal,
    executor: Executor,
    progress: Progress | None = None,
    *,
    retry_failed: bool = True,
    deadline_seconds: float | None = None,
) -> Summary:
    """Run those tasks, of any number of cells, that the journal does not hold yet, and keep each as it ends.

    A replication that raises is kept as failed and stops nothing. One whose worker dies is tried once more, alone on
    the machine, after all others; if the worker dies again it is kept as failed.

    Args:
        tasks: in the order in which to start them; a repeated one counts once.
        journal: opened for writing; only this process writes.
        executor: runs them; stays usable for another call unless an error is raised.
        progress: told what happens.
        retry_failed: run again what an earlier call left as failed.
        deadline_seconds: give up what runs after so long. What is then held leans towards quick replications: use the
            unbroken beginning 0, 1, 2... of each cell only.

    Raises:
        Interrupted: Ctrl-C or a polite kill; what ended is kept, the workers are gone.
        JournalWriteError: the disk refused a row; the journal is sound, the workers are gone.
        WorkerStartError: workers cannot be started.
        ValueError: a replication number is negative.
    """
    study = _Study(tasks, journal, executor, progress or Silent(), retry_failed=retry_failed)
    with Interruption(active=not isinstance(executor, InProcess)) as interruption:
        try:
            study.run(interruption, deadline_seconds)
        except BaseException as error:
            executor.stop()
            if type(error) is KeyboardInterrupt:
                raise Interrupted(signal.SIGINT, study.missing()) from None
            raise
        finally:
            study.progress.end()
    return study.summary()


class _Study:
    """The tasks still to run, those running, and those waiting to be tried once more alone."""

    def __init__(
        self, tasks: Sequence[Task], journal: Journal, executor: Executor, progress: Progress, *, retry_failed: bool
    ) -> None:
        self.progress = progress
        self._journal = journal
        self._executor = executor
        self._tasks = {task.key: task for task in tasks}
        if any(replication < 0 for _, replication in self._tasks):
            raise ValueError("replications are numbered from 0")
        self._cells = {task.cell.cell_hash: task.cell for task in tasks}
        held = self._statuses()
        self._held = sum(1 for status in held.values() if status == "done")
        settled = held.keys() if not retry_failed else {key for key, status in held.items() if status == "done"}
        self._waiting = deque(task for key, task in self._tasks.items() if key not in settled)
        self._skipped = len(self._tasks) - len(self._waiting)
        self._alone: deque[Task] = deque()
        self._died_once: set[tuple[str, int]] = set()

    def run(self, interruption: Interruption, deadline_seconds: float | None) -> None:
        """Go on until nothing is left, a signal comes or the deadline passes."""
        until = None if deadline_seconds is None else time.monotonic() + deadline_seconds
        self.progress.begin(len(self._tasks), self._skipped, self._executor.workers, deadline_seconds)
        for cell in self._cells.values():
            self._journal.add_cell(cell)
        while self._waiting or self._alone or self._executor.running():
            self._submit()
            self._take_in(self._executor.wait(_SECONDS_BETWEEN_LOOKS))
            self.progress.tick()
            if interruption.received is not None:
                self._take_in(self._executor.wait(0))
                raise Interrupted(interruption.received, self.missing())
            if until is not None and time.monotonic() > until:
                self._executor.stop()
                return

    def missing(self) -> int:
        """How many of the tasks the journal does not hold."""
        return len(self._tasks) - len(self._statuses())

    def summary(self) -> Summary:
        """How the journal stands on the tasks."""
        statuses = self._statuses()
        failed = tuple(sorted(key for key, status in statuses.items() if status == "failed"))
        done = len(statuses) - len(failed)
        return Summary(len(self._tasks), self._held, done, failed, len(self._tasks) - len(statuses))

    def _statuses(self) -> dict[tuple[str, int], str]:
        return {
            (cell_hash, replication): status
            for cell_hash in self._cells
            for replication, status in self._journal.held(cell_hash).items()
            if (cell_hash, replication) in self._tasks
        }

    def _submit(self) -> None:
        while self._waiting and self._executor.capacity() > 0:
            self._start(self._waiting.popleft())
        if self._alone and not self._waiting and not self._executor.running() and self._executor.capacity() > 0:
            self._start(self._alone.popleft())

    def _start(self, task: Task) -> None:
        self._executor.submit(task)
        self.progress.within(task.key, 0.0)

    def _take_in(self, events: Iterable[Event]) -> None:
        for event in events:
            match event:
                case Reached(task, fraction):
                    self.progress.within(task.key, fraction)
                case Waiting(task, seconds, pid, stopped):
                    self.progress.waiting(task.key, seconds, pid, stopped=stopped)
                case Died(task, timed_out=False) if task.key not in self._died_once:
                    self._died_once.add(task.key)
                    self._alone.append(task)
                case Finished() | Raised() | Died():
                    self._keep(event)

    def _keep(self, event: Finished | Raised | Died) -> None:
        task = event.task
        if isinstance(event, Finished):
            self._journal.record_done(task.cell, task.replication, event.seconds, event.worker_pid, event.payload)
        else:
            self._journal.record_failed(task.cell, task.replication, event.seconds, event.worker_pid, event.error)
        self.progress.finished(task.key, event.seconds, failed=not isinstance(event, Finished))
