"""A disk that takes no more, or nothing at all: one plain line, a healthy journal, and the same command goes on."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_province import ROOT, Do, Lienthong

from sim.studies.journal import Journal

LIMITED = """
import os, resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""


def limited(folder: Path, most_bytes: int, *words: object) -> subprocess.CompletedProcess[str]:
    """The program, none of whose files may grow beyond so many bytes, as on a disk that is full."""
    command = [sys.executable, "-c", LIMITED, str(most_bytes), str(ROOT / "run.py"), *map(str, words)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIENTHONG", "LANG", "LC_"))}
    return subprocess.run(command, cwd=folder, env=kept, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.slow
def test_wherever_the_disk_gets_full_one_line_tells_it_and_the_run_goes_on_to_the_same_tables(
    tiny: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    words = ("run", tiny, "--replications", 24, "--workers", 2)
    whole = lienthong(*words, "--out", "whole")
    assert whole.returncode == 0, whole.stderr
    reached = set()
    for most_bytes in (20_000, 100_000, 220_000, 400_000, 600_000):
        full = limited(tmp_path, most_bytes, *words, "--out", "full")
        last = full.stderr.splitlines()[-1]
        assert (full.stdout, "Traceback" in full.stderr) == ("", False), full.stderr
        assert "không ghi được" in last
        journal = tmp_path / "full" / "runs.sqlite"
        reached.add((full.returncode, Path(last.partition(": ")[0]).suffix))
        if journal.exists() and journal.stat().st_size:
            with Journal.to_write(tmp_path / "full") as healthy:
                assert healthy.verify() >= 0
    assert {code for code, _ in reached} == {3, 4}, "tables and journal were both refused"
    assert len(reached) >= 3, "the disk got full at different files"
    assert lienthong(*words, "--out", "full").returncode == 0
    for table in sorted((tmp_path / "whole").glob("*.csv")):
        assert (tmp_path / "full" / table.name).read_bytes() == table.read_bytes()


def test_a_place_that_lets_nothing_be_written_is_told_in_one_line(tiny: Path, do: Do) -> None:
    for out in ("/sys/lienthong", "/proc/lienthong"):
        code, answer, err = do("run", tiny, "--replications", 1, "--workers", 0, "--out", out)
        assert (code, answer) == (3, "")
        assert err.startswith(f"{out}: cannot be written: ")
        assert err.count("\n") == 1


def test_results_of_a_newer_version_are_refused_with_what_to_do(tiny: Path, tmp_path: Path, do: Do) -> None:
    words = ("run", tiny, "--replications", 1, "--workers", 0, "--shard", "1/2", "--out", "part")
    assert do(*words)[0] == 0
    with sqlite3.connect(tmp_path / "part" / "runs.sqlite") as journal:
        journal.execute("PRAGMA user_version = 99")
    journal.close()
    for refused in (do(*words), do("merge", "part", "--out", "merged")):
        assert refused[:2] == (3, "")
        assert "written by a newer version of lienthong (schema 99, this one reads 1); use that version" in refused[2]
    listed = do("status", "part")
    assert listed[0] == 0
    assert "unreadable: " in listed[1]
    assert "newer version" in listed[1]
