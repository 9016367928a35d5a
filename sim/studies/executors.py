"""What runs replications: the few things every executor can do, what it reports, and the simplest one."""

import os
import time
from dataclasses import dataclass
from typing import Protocol

from sim.studies.cell import Task
from sim.studies.progress import listen_to_fractions
from sim.studies.worker import Initializer, Model, Outcome, run_one


@dataclass(frozen=True)
class Finished:
    """A replication came to its end."""

    task: Task
    payload: bytes
    seconds: float
    worker_pid: int


@dataclass(frozen=True)
class Raised:
    """A replication raised an error, which is its outcome; the worker lives."""

    task: Task
    error: str
    seconds: float
    worker_pid: int


@dataclass(frozen=True)
class Died:
    """The worker was killed or crashed while at the replication; `timed_out` if we killed it for taking too long."""

    task: Task
    error: str
    seconds: float
    worker_pid: int
    timed_out: bool


@dataclass(frozen=True)
class Reached:
    """A running replication has got so far (0 to 1)."""

    task: Task
    fraction: float


@dataclass(frozen=True)
class Waiting:
    """A running replication has given no sign for so long; `stopped` if its process was halted from outside."""

    task: Task
    seconds: float
    worker_pid: int
    stopped: bool


Event = Finished | Raised | Died | Reached | Waiting


def ended(task: Task, outcome: Outcome, worker_pid: int) -> Finished | Raised:
    """The event of a replication that ended in its worker."""
    if outcome.payload is None:
        return Raised(task, outcome.error, outcome.seconds, worker_pid)
    return Finished(task, outcome.payload, outcome.seconds, worker_pid)


class Executor(Protocol):
    """Runs replications somewhere; the caller asks how many more it can take, submits, and waits for events."""

    workers: int

    def capacity(self) -> int:
        """How many replications may be submitted now."""

    def running(self) -> int:
        """How many are submitted and not ended."""

    def submit(self, task: Task) -> None:
        """Begin a replication; only when `capacity` is above 0."""

    def wait(self, seconds: float) -> list[Event]:
        """What happened, as soon as something has, or nothing after so many seconds."""

    def stop(self) -> None:
        """Abandon what runs and free everything, within five seconds."""


class InProcess:
    """Runs each replication in this process, one after another: for debugging and profiling (`workers=0`)."""

    workers = 1

    def __init__(self, model: Model, initializer: Initializer | None = None) -> None:
        self._model = model
        self._tasks: list[Task] = []
        if initializer is not None:
            initializer()

    def capacity(self) -> int:
        """One at a time."""
        return 1 - len(self._tasks)

    def running(self) -> int:
        """0 or 1."""
        return len(self._tasks)

    def submit(self, task: Task) -> None:
        """Take it; it runs in `wait`."""
        self._tasks.append(task)

    def wait(self, seconds: float) -> list[Event]:
        """Run what was taken, to its end."""
        if not self._tasks:
            time.sleep(seconds)
            return []
        task = self._tasks.pop()
        events: list[Event] = []
        listen_to_fractions(lambda fraction: events.append(Reached(task, fraction)))
        outcome = run_one(self._model, task.cell.spec, task.replication)
        return [*events[-1:], ended(task, outcome, os.getpid())]

    def stop(self) -> None:
        """Forget what has not run."""
        self._tasks.clear()
