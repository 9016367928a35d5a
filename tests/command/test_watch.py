"""`watch` follows another process's run without touching it and ends with it."""

from __future__ import annotations

import json
import re
import signal
import time
from pathlib import Path

import pytest
from tiny_province import Do, started

from sim.command.watching import _Watched
from sim.studies import manifest as kept
from sim.studies.journal import Journal


@pytest.mark.slow
def test_it_tells_how_far_another_process_is_and_ends_with_its_code(tiny: Path, tmp_path: Path) -> None:
    run = started(tmp_path, "run", tiny, "--replications", 40, "--workers", 1, "--out", "far")
    until = time.monotonic() + 200
    while not (tmp_path / "far" / "manifest.json").exists() and time.monotonic() < until:
        time.sleep(0.02)
    watch = started(tmp_path, "watch", "far", "--lang", "en")
    out, err = watch.communicate(timeout=300)
    assert run.wait(timeout=300) == 0
    run.communicate()
    assert watch.returncode == 0
    assert out == "far  40/40 replications  done  Small province, to 31 Mar 2016\n"
    told = [tuple(map(int, found)) for found in re.findall(r"(\d+)/(\d+) replications", err)]
    assert {total for _, total in told} == {50}, "those under another luck are simulated too"
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert told[-1] == (50, 50)


@pytest.mark.slow
def test_a_run_that_is_killed_ends_the_watch_with_what_to_do(tiny: Path, tmp_path: Path) -> None:
    run = started(tmp_path, "run", tiny, "--replications", 400, "--workers", 1, "--out", "far")
    until = time.monotonic() + 200
    while not (tmp_path / "far" / "runs.sqlite-wal").exists() and time.monotonic() < until:
        time.sleep(0.02)
    watch = started(tmp_path, "watch", "far", "--lang", "en", "--json")
    time.sleep(2.0)
    run.send_signal(signal.SIGKILL)
    run.communicate()
    out, err = watch.communicate(timeout=60)
    assert watch.returncode == 130
    assert json.loads(out)["status"] == "interrupted"
    assert "no process is at it any more; type its command again to go on" in err


def test_watching_what_is_over_answers_at_once_and_writes_nothing(tiny: Path, tmp_path: Path, do: Do) -> None:
    words = ("run", tiny, "--replications", 3, "--workers", 0, "--no-variance", "--shard", "1/2", "--out", "part")
    assert do(*words)[0] == 0
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in (tmp_path / "part").rglob("*.*")}
    code, out, err = do("watch", "part")
    assert (code, out) == (0, "part  2/3 replications, shard 1/2  partial, resumable  Small province, to 31 Mar 2016\n")
    assert err == "", "nothing is counted up to its end once more"
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in (tmp_path / "part").rglob("*.*")} == before
    assert do("watch", "nowhere")[0] == 3


def test_the_time_left_is_learnt_from_what_the_other_process_finished(
    tiny: Path, tmp_path: Path, do: Do, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.command.console import Console

    assert do("run", tiny, "--replications", 2, "--workers", 0, "--no-variance", "--out", "far")[0] == 0
    folder = tmp_path / "far"
    manifest = kept.read_manifest(folder)
    assert manifest is not None
    asked = manifest | {"status": kept.RUNNING, "simulations_asked": 12, "workers": 2}
    (folder / "manifest.json").write_text(json.dumps(asked), encoding="utf-8")
    monkeypatch.setattr(Journal, "times", lambda _: {("cell", 0): (100.0, "done"), ("cell", 1): (140.0, "failed")})
    monkeypatch.setattr("sim.command.watching.writer_lives", lambda _: False)
    _Watched(folder, Console("en")).to_the_end()
    assert (
        capsys.readouterr().err.splitlines()[-1] == "2/12 replications, 1 failed, about 11 min left"
    )  # 10 x 120 s / 2
