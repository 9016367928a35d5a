"""A real scheduler and two workers, as processes on this machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from distributed import Client

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
WORKERS = 2
_SECONDS_TO_START = 120.0
"""Interpreters that load the cluster's libraries on a machine that is busy."""


class Cluster:
    """Scheduler and workers; `address` is `tcp://HOST:PORT`."""

    def __init__(self, folder: Path, environment: Mapping[str, str]) -> None:
        self._folder = folder
        path = os.pathsep.join([str(ROOT), str(HERE)])
        quick = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "PYTHONPATH": path}
        self._environment = {**os.environ, **quick, **environment}
        file = folder / "scheduler.json"
        place = ("--scheduler-file", file, "--no-dashboard")
        self.scheduler = self._started("dask_scheduler", *place, "--host", "127.0.0.1", "--port", "0")
        self.address = str(self._written(file)["address"])
        self.workers = [self.worker() for _ in range(WORKERS)]
        with Client(self.address, timeout=_SECONDS_TO_START) as client:
            client.wait_for_workers(WORKERS, timeout=_SECONDS_TO_START)

    def worker(self) -> subprocess.Popen[bytes]:
        """One more worker, with a nanny that starts it again when it dies."""
        words = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1", "--local-directory", self._folder)
        return self._started("dask_worker", self.address, *words)

    def stop(self) -> None:
        """End every process that was started."""
        for process in [*self.workers, self.scheduler]:
            process.terminate()
        for process in [*self.workers, self.scheduler]:
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
            process.kill()
            process.wait()

    def _started(self, program: str, *words: object) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *map(str, words)]
        with (self._folder / f"{program}.log").open("ab") as log:
            return subprocess.Popen(command, cwd=self._folder, env=self._environment, stdout=log, stderr=log)

    def _written(self, file: Path) -> dict[str, object]:
        until = time.monotonic() + 60
        while time.monotonic() < until and self.scheduler.poll() is None:
            with suppress(FileNotFoundError, json.JSONDecodeError):
                found: dict[str, object] = json.loads(file.read_text(encoding="utf-8"))
                return found
            time.sleep(0.05)
        raise AssertionError((self._folder / "dask_scheduler.log").read_text(encoding="utf-8"))


@contextmanager
def cluster_in(folder: Path, **environment: str) -> Iterator[Cluster]:
    """A cluster while the block runs."""
    cluster = Cluster(folder, environment)
    try:
        yield cluster
    finally:
        cluster.stop()
