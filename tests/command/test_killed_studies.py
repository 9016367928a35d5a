"""`kill -9` of the program and its workers at random moments: the study resumed ends in the same bytes.

Ten times for a run. A comparison has the same journal and workers: what is its own, cells and their tables, is hit by
five.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tiny_province import ROOT, Lienthong

from sim.studies.journal import Journal
from sim.studies.journal_file import JournalUnreadableError

pytestmark = pytest.mark.slow

MOMENTS = {
    "run": ["starting"] * 3 + ["simulating"] * 5 + ["reporting"] * 2,
    "compare": ["starting", "simulating", "simulating", "simulating", "reporting"],
}
STUDIES = {"run": ("--replications", 60), "compare": ("--options", "poll_5_min", "--replications", 35)}
SIMULATIONS = 70


class Killed:
    """The program in a process group of its own, to be killed at one moment."""

    def __init__(self, folder: Path, words: tuple[object, ...], luck: random.Random) -> None:
        self._folder = folder / "killed"
        self._luck = luck
        self._before = self._rows()
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "run.py"), *map(str, words)],
            cwd=folder,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def at(self, moment: str) -> bool:
        """Kill parent, group, or a worker and then the parent; whether it was still alive."""
        if moment == "simulating":
            more = self._luck.randint(1, SIMULATIONS // 8)
            self._until(lambda: self._rows() >= min(self._before + more, SIMULATIONS - 1))
        elif moment == "reporting":
            self._until(lambda: self._rows() >= SIMULATIONS)
        time.sleep(self._luck.uniform(0.0, 0.05 if moment == "simulating" else 1.5))
        whom = self._luck.choice(["parent", "group", "worker"])
        if whom == "worker":
            for pid in [*workers(self.process.pid)][:1]:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            time.sleep(self._luck.uniform(0.0, 0.3))
        alive = self.process.poll() is None
        with suppress(ProcessLookupError):
            if whom == "group":
                os.killpg(self.process.pid, signal.SIGKILL)
            else:
                self.process.kill()
        self.process.wait()
        return alive

    def _rows(self) -> int:
        try:
            with Journal.to_read(self._folder) as journal:
                return journal.verify()
        except JournalUnreadableError:
            return 0

    def _until(self, true: Callable[[], bool]) -> None:
        until = time.monotonic() + 300
        while not true() and self.process.poll() is None and time.monotonic() < until:
            time.sleep(0.01)


def workers(parent: int) -> Iterator[int]:
    """The processes that the program has started."""
    for entry in sorted(Path("/proc").iterdir()):
        if entry.name.isdigit() and int(entry.name) != parent:
            with suppress(OSError, IndexError):
                if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    yield int(entry.name)


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.csv"))}


@pytest.mark.parametrize("study", STUDIES)
def test_kills_at_random_moments_change_no_byte(study: str, tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    words = (study, tiny, *STUDIES[study], "--workers", 2)
    undisturbed = lienthong(*words, "--out", "undisturbed")
    assert undisturbed.returncode == 0, undisturbed.stderr
    luck = random.Random(f"kills of {study}")
    hits = sum(Killed(tmp_path, (*words, "--out", "killed"), luck).at(moment) for moment in MOMENTS[study])
    assert hits >= 0.8 * len(MOMENTS[study]), "most of them came while it was at work"
    resumed = lienthong(*words, "--out", "killed")
    assert resumed.returncode == 0, resumed.stderr
    manifest = json.loads((tmp_path / "killed" / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["status"], manifest["failures"]) == ("done", [])
    assert tables(tmp_path / "killed") == tables(tmp_path / "undisturbed")
    assert len(tables(tmp_path / "killed")) >= 4
    assert not list((tmp_path / "killed").rglob("*.partial"))
    with Journal.to_read(tmp_path / "killed") as journal:
        assert journal.verify() == SIMULATIONS
