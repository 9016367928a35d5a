"""Replications in worker processes.

A pool of our own rather than `concurrent.futures`: when a worker is killed we know which replication it was at, the
others go on undisturbed, and no thread of the pool can hang on a broken pipe. Each worker holds one replication at a
time, so a kill of everything loses no more replications than there are workers.
"""

import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from multiprocessing.reduction import ForkingPickler
from pathlib import Path

from sim.studies.cell import Task
from sim.studies.executors import Died, Event, Reached, Waiting, ended
from sim.studies.worker import Fraction, Initializer, Message, Model, NotStarted, Outcome, Ready, worker_main

_STARTS_THAT_MAY_FAIL = 3
_SECONDS_TO_BE_GONE = 5.0
SECONDS_UNTIL_STOPPED_IS_SAID = 5.0
SECONDS_UNTIL_SILENCE_IS_SAID = 180.0
"""Longer than compiling the model takes, of which a worker says nothing."""


class WorkerStartError(Exception):
    """Worker processes cannot be started; the text says why. No replication is to blame."""


@dataclass(eq=False)
class _Worker:
    """A worker process as the parent sees it."""

    process: SpawnProcess
    connection: Connection
    ready: bool = False
    cell_hash: str = ""
    task: Task | None = None
    started: float = field(default_factory=time.monotonic)
    timed_out: bool = False
    heard: float = field(default_factory=time.monotonic)
    """When it last gave a sign."""
    said: bool = False
    """Whether its silence was told."""

    def pid(self) -> int:
        return self.process.pid or 0


class WorkerProcesses:
    """Replications in worker processes on this machine, started afresh (spawn) so that they share nothing with us.

    Args:
        model: a top-level function of (spec, replication) that returns bytes; it and `initializer` must pickle.
        workers: how many processes, at least one.
        initializer: run once in each worker before its first replication.
        time_limit_seconds: a replication still running after so long is killed and counts as failed.
    """

    def __init__(
        self,
        model: Model,
        workers: int,
        initializer: Initializer | None = None,
        time_limit_seconds: float | None = None,
    ) -> None:
        self.workers = max(workers, 1)
        self._setup = bytes(ForkingPickler.dumps((model, initializer)))
        self._time_limit = time_limit_seconds
        self._pool: list[_Worker] = []
        self._failed_starts = 0
        self._looked = time.monotonic()

    def capacity(self) -> int:
        """Workers that are ready and idle; those that died are replaced here."""
        while len(self._pool) < self.workers:
            self._pool.append(_spawned(self._setup))
        return sum(1 for worker in self._pool if worker.ready and worker.task is None)

    def running(self) -> int:
        """Workers that are at a replication."""
        return sum(1 for worker in self._pool if worker.task is not None)

    def submit(self, task: Task) -> None:
        """Hand the replication to an idle worker, one that already has its cell if there is any."""
        idle = [worker for worker in self._pool if worker.ready and worker.task is None]
        cell_hash = task.cell.cell_hash
        worker = next((known for known in idle if known.cell_hash == cell_hash), idle[0])
        worker.task, worker.started = task, time.monotonic()
        worker.heard, worker.said = worker.started, False
        with suppress(BrokenPipeError, ConnectionResetError):  # it is dead, and `wait` will find it so
            if worker.cell_hash != cell_hash:
                worker.connection.send(("spec", task.cell.spec))
                worker.cell_hash = cell_hash
            worker.connection.send(("run", task.replication))

    def wait(self, seconds: float) -> list[Event]:
        """What the workers said, and which of them died.

        Raises:
            WorkerStartError: workers do not come up.
        """
        self._kill_overdue()
        watched = {worker.connection: worker for worker in self._pool}
        sentinels = {worker.process.sentinel: worker for worker in self._pool}
        if not watched:
            time.sleep(seconds)
        signs = wait([*watched, *sentinels], timeout=seconds)
        heard = [worker for worker in self._pool if worker.connection in signs or worker.process.sentinel in signs]
        events = [event for worker in heard for event in self._hear(worker)]
        return [*events, *self._silent()]

    def stop(self) -> None:
        """Kill every worker and wait for it to be gone."""
        for worker in self._pool:
            worker.process.kill()
        until = time.monotonic() + _SECONDS_TO_BE_GONE
        for worker in self._pool:
            worker.process.join(max(until - time.monotonic(), 0.0))
            worker.connection.close()
        self._pool.clear()

    def _silent(self) -> Iterator[Waiting]:
        """Workers that are halted, or have long given no sign: each is told once, until it is heard again."""
        now = time.monotonic()
        away, self._looked = now - self._looked, now
        for worker in self._pool:
            if away > SECONDS_UNTIL_STOPPED_IS_SAID:  # it was we who were halted, or asleep
                worker.heard = now
            silence = now - worker.heard
            if worker.task is None or worker.said or silence < SECONDS_UNTIL_STOPPED_IS_SAID:
                continue
            stopped = _is_stopped(worker.pid())
            if stopped or silence > SECONDS_UNTIL_SILENCE_IS_SAID:
                worker.said = True
                yield Waiting(worker.task, silence, worker.pid(), stopped)

    def _kill_overdue(self) -> None:
        if self._time_limit is None:
            return
        now = time.monotonic()
        for worker in self._pool:
            if worker.task is not None and now - worker.started > self._time_limit:
                worker.timed_out = True
                worker.process.kill()

    def _hear(self, worker: _Worker) -> Iterator[Event]:
        alive = worker.process.is_alive()  # asked first: what it said before dying is then all in the pipe
        try:
            while worker.connection.poll():
                worker.heard, worker.said = time.monotonic(), False
                yield from self._understand(worker, worker.connection.recv())
        except (EOFError, OSError):
            alive = False
        if not alive:
            yield from self._bury(worker)

    def _understand(self, worker: _Worker, message: Message) -> Iterator[Event]:
        task = worker.task
        match message:
            case Ready():
                worker.ready, self._failed_starts = True, 0
            case NotStarted(error):
                raise WorkerStartError(error)
            case Fraction(value) if task is not None:
                yield Reached(task, value)
            case Outcome() as outcome if task is not None:
                worker.task = None
                yield ended(task, outcome, worker.pid())

    def _bury(self, worker: _Worker) -> Iterator[Event]:
        worker.process.kill()
        worker.process.join(_SECONDS_TO_BE_GONE)
        worker.connection.close()
        self._pool.remove(worker)
        cause = _cause_of_death(worker.process.exitcode)
        if worker.task is not None:
            seconds = time.monotonic() - worker.started
            error = f"stopped after {self._time_limit} s" if worker.timed_out else f"the worker process {cause}"
            yield Died(worker.task, error, seconds, worker.pid(), worker.timed_out)
        elif not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _STARTS_THAT_MAY_FAIL:
                raise WorkerStartError(f"the worker process {cause} before it was ready")


def _is_stopped(pid: int) -> bool:
    """Whether a process was halted by a signal (SIGSTOP, Ctrl-Z) and waits to be continued."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[:1] == ["T"]


def _spawned(setup: bytes) -> _Worker:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=worker_main, args=(theirs, os.getpid()), daemon=True)
    with ctrl_c_held():
        process.start()
    theirs.close()
    with suppress(BrokenPipeError, ConnectionResetError):  # it died at once, and `wait` will find it so
        ours.send_bytes(setup)
    return _Worker(process, ours)


@contextmanager
def ctrl_c_held() -> Iterator[None]:
    """Keep Ctrl-C from a worker until it has said that it ignores it: it is born with our mask."""
    resource_tracker.ensure_running()  # it would lift the mask again
    held = {signal.SIGINT, signal.SIGHUP}
    before = signal.pthread_sigmask(signal.SIG_BLOCK, held)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _cause_of_death(exit_code: int | None) -> str:
    if exit_code is not None and exit_code < 0:
        return f"was killed by {signal.Signals(-exit_code).name}; the machine may be short of memory"
    return f"ended by itself with code {exit_code}"
