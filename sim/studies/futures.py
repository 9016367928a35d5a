"""Replications through any executor of the standard library's `concurrent.futures`, or of a library that speaks it."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable
from concurrent import futures
from contextlib import suppress

from sim.studies.cell import Task
from sim.studies.executors import Died, Event, ended
from sim.studies.progress import listen_to_fractions
from sim.studies.worker import Model, Outcome, run_one

_one_at_a_time = threading.Lock()


class Futures:
    """Hands each replication to a pool as a future; takes in whatever becomes of it.

    Whatever the model raises is an outcome and comes back as one, so a future that fails tells of the pool: its worker
    died, or the replication could not be brought there. A pool that is broken by a death is begun anew.

    Args:
        model: a top-level function of (spec, replication) that returns bytes.
        begin: makes the pool.
        workers: how many replications at a time.
        pack: makes of a cell's spec what is sent along, for workers that do not see our disk.
    """

    def __init__(
        self,
        model: Model,
        begin: Callable[[], futures.Executor],
        workers: int,
        pack: Callable[[object], object] | None = None,
    ) -> None:
        self.workers = workers
        self._model = model
        self._begin = begin
        self._pack = pack
        self._pool: futures.Executor | None = None
        self._running: dict[futures.Future[tuple[Outcome, int]], tuple[Task, float]] = {}
        self._ended: queue.SimpleQueue[futures.Future[tuple[Outcome, int]]] = queue.SimpleQueue()

    def capacity(self) -> int:
        """Workers without a replication."""
        return max(self.workers - len(self._running), 0)

    def running(self) -> int:
        """Replications handed over and not ended."""
        return len(self._running)

    def submit(self, task: Task) -> None:
        """Hand a replication to the pool."""
        spec = task.cell.spec if self._pack is None else self._pack(task.cell.spec)
        try:
            future = self._begun().submit(run_there, self._model, spec, task.replication)
        except futures.BrokenExecutor:  # by a death nobody has waited for yet
            self._pool = None
            future = self._begun().submit(run_there, self._model, spec, task.replication)
        self._running[future] = task, time.monotonic()
        future.add_done_callback(self._ended.put)

    def wait(self, seconds: float) -> list[Event]:
        """What ended, as soon as something has."""
        ended_now = []
        with suppress(queue.Empty):
            ended_now.append(self._ended.get(timeout=seconds))
            while True:
                ended_now.append(self._ended.get_nowait())
        return [self._event(future) for future in ended_now if future in self._running]

    def stop(self) -> None:
        """Give up what is not begun and forget the rest; a worker elsewhere ends what it is at."""
        for future in [*self._running]:
            future.cancel()
        self._running.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=False)
            self._pool = None

    def _begun(self) -> futures.Executor:
        if self._pool is None:
            self._pool = self._begin()
        return self._pool

    def _event(self, future: futures.Future[tuple[Outcome, int]]) -> Event:
        task, started = self._running.pop(future)
        failure = futures.CancelledError("given up by the pool") if future.cancelled() else future.exception()
        if failure is None:
            outcome, pid = future.result()
            return ended(task, outcome, pid)
        if isinstance(failure, futures.BrokenExecutor):
            self._pool = None
        return Died(task, f"{type(failure).__name__}: {failure}", time.monotonic() - started, 0, timed_out=False)


def run_there(model: Model, spec: object, replication: int) -> tuple[Outcome, int]:
    """One replication in a worker of the pool, one at a time however many threads it has; and its process number."""
    with _one_at_a_time:
        listen_to_fractions(_unheard)
        return run_one(model, spec, replication), os.getpid()


def _unheard(_: float) -> None:
    """Nobody there listens to how far it is."""
