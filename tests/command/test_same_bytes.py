"""The same scenario and seed give the same tables, to the byte, however the run came about."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import time
from pathlib import Path

import pytest
from tiny_province import Lienthong, started

from sim.results.run_folder import RUN_TABLES

REPLICATIONS = 6
COMPARED = tuple(table.file for table in RUN_TABLES)

pytestmark = pytest.mark.slow


def tables(folder: Path) -> dict[str, bytes]:
    """The tables, and what is drawn of them; pages name the folder, which is another each time."""
    drawn = [*folder.glob("figures/*"), *folder.glob("*.xlsx")]
    names = [*COMPARED, *sorted(str(path.relative_to(folder)) for path in drawn)]
    return {name: (folder / name).read_bytes() for name in names}


def interrupted(folder: Path, tiny: Path, number: int) -> subprocess.CompletedProcess[str]:
    """A run that gets a signal once its journal holds a replication."""
    words = ("run", tiny, "--replications", REPLICATIONS, "--workers", 1, "--out", "stopped")
    process = started(folder, *words, PYTHONUNBUFFERED="1")
    deadline = time.monotonic() + 300
    while not begun(folder) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(number)
    out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def begun(folder: Path) -> bool:
    log = folder / "stopped" / "runs.sqlite-wal"
    return log.exists() and log.stat().st_size > 30_000


@pytest.fixture(autouse=True, scope="module")
def drawn_in_this_process() -> None:
    """They are not: two processes draw, which know of no blank pictures."""


@pytest.fixture(scope="module")
def plain(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables of one worker, undisturbed."""
    folder = tmp_path_factory.mktemp("plain")
    process = started(folder, "run", tiny, "--replications", REPLICATIONS, "--workers", 1, "--out", "one")
    _, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return tables(folder / "one")


@pytest.mark.parametrize(
    ("workers", "environment"),
    [
        (2, {"PYTHONHASHSEED": "1", "TZ": "Pacific/Apia", "LANG": "en_US.ISO-8859-1"}),
        (0, {"PYTHONHASHSEED": "3", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"}),
    ],
)
def test_workers_hash_seed_zone_and_locale_change_no_byte(
    workers: int, environment: dict[str, str], plain: dict[str, bytes], tiny: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    words = ("run", tiny, "--replications", REPLICATIONS, "--workers", workers, "--out", "again")
    again = lienthong(*words, **environment)
    assert again.returncode == 0, again.stderr
    assert tables(tmp_path / "again") == plain


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_resumes_by_the_line_it_prints(
    number: int, plain: dict[str, bytes], tiny: Path, tmp_path: Path
) -> None:
    stopped = interrupted(tmp_path, tiny, number)
    assert stopped.returncode == 130, stopped.stderr
    assert stopped.stdout == ""
    manifest = json.loads((tmp_path / "stopped" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "interrupted"
    assert 0 < manifest["replications_done"] < REPLICATIONS
    assert f"{manifest['replications_done']}/{REPLICATIONS} lần chạy đã xong" in stopped.stderr
    assert (tmp_path / "stopped" / "targets.csv").is_file()
    assert tables(tmp_path / "stopped") != plain
    *_, resume, _, shown = stopped.stderr.splitlines()
    assert "Ctrl-C lần nữa để bỏ qua" in stopped.stderr, "what takes a while can be left out"
    assert shlex.split(shown)[-2:] == ["report", "stopped"], "and how the targets stand can be read"
    resumed = subprocess.run(shlex.split(resume), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert resumed.returncode == 0, resumed.stderr
    held = re.search(r"(\d+) (?:đã có sẵn|already held)", resumed.stderr)
    assert held is not None
    assert int(held[1]) == manifest["replications_done"]
    assert tables(tmp_path / "stopped") == plain


def test_a_killed_run_resumes(plain: dict[str, bytes], tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    killed = interrupted(tmp_path, tiny, signal.SIGKILL)
    assert killed.returncode == -signal.SIGKILL
    assert "bị ngắt" in lienthong("status", "stopped").stdout
    resumed = lienthong("run", tiny, "--replications", REPLICATIONS, "--workers", 2, "--out", "stopped")
    assert resumed.returncode == 0, resumed.stderr
    assert tables(tmp_path / "stopped") == plain


@pytest.mark.parametrize("seconds", [0.5, 4.0])
def test_a_run_stopped_while_two_processes_draw_says_what_is_kept(seconds: float, tiny: Path, tmp_path: Path) -> None:
    """Sooner both are still starting, later both are drawing; Ctrl-C reaches them as it does the program."""
    words = ("run", tiny, "--replications", 2, "--workers", 2, "--out", "stopped")
    process = started(tmp_path, *words, new_session=True, PYTHONUNBUFFERED="1")
    assert process.stderr is not None
    for line in process.stderr:
        if "viết báo cáo" in line:
            break
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=300)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert "dừng khi đang viết báo cáo" in said
    assert not list((tmp_path / "stopped").glob("report*.xlsx"))
