"""Replications on the workers of a Dask cluster that somebody else has started (extra `cluster`)."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent import futures
from importlib import import_module
from typing import Any

from sim.studies.cell import Task
from sim.studies.executors import Event
from sim.studies.futures import Futures
from sim.studies.worker import Model

_SECONDS_TO_ANSWER = 20.0
_SECONDS_WITHOUT_WORKERS = 60.0
_SECONDS_BETWEEN_COUNTS = 2.0


class ClusterError(Exception):
    """The cluster cannot be used, or not any more; what is finished is kept.

    Attributes:
        address: of the scheduler.
        reason: a plain sentence part.
        detail: which worker, or what the library says; may be empty.
    """

    def __init__(self, address: str, reason: str, detail: str = "") -> None:
        super().__init__(f"{address}: {reason}" + (f" ({detail})" if detail else ""))
        self.address = address
        self.reason = reason
        self.detail = detail


NO_SCHEDULER = "no Dask scheduler answers there; start one with `dask scheduler`, and check host, port and firewall"
NO_WORKERS = "no worker is connected to the scheduler; start some with `dask worker HOST:PORT --nthreads 1`"
OTHER_PROGRAM = "a worker has another version of lienthong, Python or a package; install the same on all machines"
LOST = "the connection to the scheduler was lost; what is finished is kept and the same command goes on"


class DaskCluster:
    """An executor whose workers are another program's: as many replications at a time as it has workers.

    A worker that dies is noticed by the scheduler, which gives its replication to another one; one that kills several
    is reported as died.

    Args:
        address: of the scheduler, as `tcp://HOST:PORT`.
        model: a top-level function that the workers can import.
        pack: makes of a cell's spec what is sent along.
        version: a top-level function that names the program, asked of every worker before anything is run.

    Raises:
        ModuleNotFoundError: `distributed` is not installed.
        ClusterError: nobody answers, or with another version.
    """

    def __init__(
        self, address: str, model: Model, pack: Callable[[object], object], version: Callable[[], str]
    ) -> None:
        self._address = address
        self._client = connected(address)
        try:
            self.workers = len(checked_workers(self._client, address, version))
        except BaseException:
            self._client.close(timeout=2)
            raise
        self._futures = Futures(model, self._begin, self.workers, pack)
        self._counted = self._seen = time.monotonic()

    def capacity(self) -> int:
        """Workers without a replication; they may come and go."""
        self._recount()
        return self._futures.capacity()

    def running(self) -> int:
        """Replications handed over and not ended."""
        return self._futures.running()

    def submit(self, task: Task) -> None:
        """Hand a replication to the scheduler."""
        self._futures.submit(task)

    def wait(self, seconds: float) -> list[Event]:
        """What ended, as soon as something has.

        Raises:
            ClusterError: the scheduler is gone, or all workers are for a minute.
        """
        self._recount()
        events = self._futures.wait(seconds)
        if self._client.status != "running":
            raise ClusterError(self._address, LOST)
        return events

    def stop(self) -> None:
        """Take back what is not begun and leave; the cluster stays."""
        self._futures.stop()
        self._client.close(timeout=2)

    def _begin(self) -> futures.Executor:
        pool: futures.Executor = self._client.get_executor(pure=False)
        return pool

    def _recount(self) -> None:
        now = time.monotonic()
        if now - self._counted < _SECONDS_BETWEEN_COUNTS:
            return
        self._counted = now
        try:
            count = len(self._client.nthreads())
        except (OSError, TimeoutError, futures.CancelledError) as error:
            raise ClusterError(self._address, LOST) from error
        if count:
            self.workers = self._futures.workers = count
            self._seen = now
        elif now - self._seen > _SECONDS_WITHOUT_WORKERS:
            raise ClusterError(self._address, NO_WORKERS)


def checked_workers(client: Any, address: str, version: Callable[[], str]) -> list[str]:
    """The addresses of a cluster's workers, all of which have our program.

    Raises:
        ClusterError: there are none, or one has another version.
    """
    try:
        client.wait_for_workers(1, timeout=_SECONDS_TO_ANSWER)
    except TimeoutError as error:
        raise ClusterError(address, NO_WORKERS) from error
    said = client.run(version, on_error="return")
    for worker, answer in sorted(said.items()):
        if answer != version():
            detail = f"{worker}: {answer}" if isinstance(answer, Exception) else str(worker)
            raise ClusterError(address, OTHER_PROGRAM, detail)
    return list(said)


def connected(address: str) -> Any:
    """A client of the scheduler at that address.

    Raises:
        ModuleNotFoundError: `distributed` is not installed.
        ClusterError: nobody answers.
    """
    distributed: Any = import_module("distributed")
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters is said by ourselves, in one line
    try:
        return distributed.Client(address, timeout=_SECONDS_TO_ANSWER, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ClusterError(address, NO_SCHEDULER) from error
