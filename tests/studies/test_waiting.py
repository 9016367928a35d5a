"""A worker that gives no sign is told of; a limit of the machine is told with its remedy."""

from __future__ import annotations

import errno
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from study_toys import sleepy, toy_cell

from sim.studies import worker_processes
from sim.studies.journal import Journal
from sim.studies.progress import ENGLISH, VIETNAMESE, Lines
from sim.studies.refusals import refusal
from sim.studies.replications import run_replications
from sim.studies.worker_processes import WorkerProcesses

ROOT = Path(__file__).resolve().parents[2]


class StopsFirst(Lines):
    """Halts the worker of the first replication, and continues it once that was said."""

    pid = 0

    def within(self, task: tuple[str, int], fraction: float) -> None:
        super().within(task, fraction)
        children = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text(encoding="ascii").split()
        if not self.pid and children:
            self.pid = max(map(int, children))
            os.kill(self.pid, signal.SIGSTOP)

    def waiting(self, task: tuple[str, int], seconds: float, pid: int, *, stopped: bool) -> None:
        super().waiting(task, seconds, pid, stopped=stopped)
        assert (pid, stopped) == (self.pid, True)
        os.kill(pid, signal.SIGCONT)


@pytest.mark.skipif(sys.platform != "linux", reason="reads the state of a process in /proc")
def test_a_halted_worker_is_told_of_and_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_processes, "SECONDS_UNTIL_STOPPED_IS_SAID", 0.6)
    said = io.StringIO()
    progress = StopsFirst(ENGLISH, said)
    with Journal.to_write(tmp_path) as journal:
        summary = run_replications(sleepy, toy_cell(), range(2), journal, workers=1, progress=progress)
    assert summary.done == 2
    lines = [line for line in said.getvalue().splitlines() if "halted" in line]
    assert lines == [ENGLISH["stopped"].format(replication=0, pid=progress.pid)]
    assert f"kill -CONT {progress.pid}" in lines[0]


def test_silence_is_told_once_until_a_sign(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    Lines(VIETNAMESE, said).waiting(("cell", 7), 200.0, 99, stopped=False)
    assert said.getvalue() == "lần chạy 7: tiến trình 99 không báo gì đã 4 phút, đang chờ; bỏ bằng kill -KILL 99\n"


def test_a_pause_of_our_own_is_no_silence_of_the_worker() -> None:
    pool = WorkerProcesses(sleepy, 1)
    pool._looked = time.monotonic() - 3600
    assert list(pool._silent()) == []
    assert pool._looked > time.monotonic() - 60


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (OSError(errno.EMFILE, "Too many open files"), "ulimit -n 1024"),
        (MemoryError(), "ulimit -v unlimited"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "--workers 1"),
        (ImportError("libopenblas.so: failed to map segment from shared object"), "ulimit -v unlimited"),
        (RuntimeError("can't start new thread"), "ulimit -u"),
        (OSError(errno.EAGAIN, "Resource temporarily unavailable"), "ulimit -u"),
    ],
)
def test_limits_of_the_machine_have_a_remedy(error: Exception, remedy: str) -> None:
    words = refusal(error)
    assert words is not None
    assert remedy in words.vi
    assert remedy in words.en
    assert words.vi != words.en


@pytest.mark.parametrize("error", [RuntimeError("boom"), OSError(errno.EBADF, "Bad file descriptor"), KeyError("x")])
def test_other_errors_remain_bugs(error: Exception) -> None:
    assert refusal(error) is None


SPAWN = """
import resource
from study_toys import quick, toy_cell
from sim.studies.cell import Task
from sim.studies.refusals import refusal
from sim.studies.worker_processes import WorkerProcesses
pool = WorkerProcesses(quick, 2)
resource.setrlimit(resource.RLIMIT_NOFILE, (6, 6))
try:
    pool.capacity()
except Exception as error:
    print(refusal(error).en)
"""


def test_workers_that_cannot_be_started_for_want_of_files() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SPAWN],
        env={**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests' / 'studies'}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "too many files are open at once (the limit is 6)" in done.stdout, done.stderr
