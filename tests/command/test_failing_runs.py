"""What a run says and keeps when replications fail, when none succeeds, and when the program has a bug."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sim.command import main as program


def failing(bad: set[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on these replications fail in this process."""
    from sim.model.simulate import simulate as real

    def simulate(loaded: Any, seed: int, replication: int, **words: Any) -> Any:
        if replication in bad:
            raise ValueError(f"first line\nthe office lost document {seed % 2}")
        return real(loaded, seed, replication, **words)

    monkeypatch.setattr("sim.model.simulate.simulate", simulate)
    monkeypatch.setattr("sim.studies.executor_choice.prepare", lambda *_: None)


def test_failed_replications_are_told_and_tried_again(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["run", str(tiny), "--replications", "3", "--workers", "0", "--out", str(tmp_path / "out"), "--json"]
    failing({0, 2}, monkeypatch)
    monkeypatch.setattr("sim.studies.tasks.REPEATED", 3)
    assert program.main([*words, "--lang", "en"]) == 4
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert answer["replications"] == {"asked": 3, "done": 1, "failed": 2}
    assert [(failure.get("cell"), failure["replication"]) for failure in answer["failures"]] == [
        (None, 0),
        (None, 2),
        ("second_luck", 0),
        ("second_luck", 2),
    ]
    assert answer["failures"][0]["seed"] == answer["seed"]
    assert [target["n"] for target in answer["targets"]] == [1, 1, 1]
    assert "4 of 6 replications failed" in captured.err
    assert f"replication 0, 2 (seed {answer['seed']}): ValueError: first line" not in captured.err
    assert f"replication 0, 2 (seed {answer['seed']}): the office lost document" in captured.err
    assert f"replication 0, 2 under another luck (seed {answer['seed']}): the office lost" in captured.err
    assert "Traceback" not in captured.err
    monkeypatch.undo()
    monkeypatch.setattr("sim.studies.tasks.REPEATED", 3)
    assert program.main(words) == 0
    assert json.loads(capsys.readouterr().out)["replications"] == {"asked": 3, "done": 3, "failed": 0}


def test_when_none_succeeds_no_table_is_written(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    failing({0, 1}, monkeypatch)
    words = ["run", str(tiny), "--replications", "2", "--workers", "0", "--out", str(tmp_path / "out")]
    assert program.main(words) == 4
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "2/2 lần chạy hỏng" in captured.err
    assert not list((tmp_path / "out").glob("*.csv"))
    assert not list((tmp_path / "out").glob("report*"))


def test_a_bug_leaves_its_traceback_in_the_run_folder(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ArithmeticError("medians")

    failing(set(), monkeypatch)
    monkeypatch.setattr("sim.measure.summary.tables", broken)
    monkeypatch.delenv("LIENTHONG_DEBUG", raising=False)
    out = tmp_path / "out"
    words = ["run", str(tiny), "--replications", "1", "--workers", "0", "--out", str(out), "--lang", "en"]
    assert program.main(words) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "Traceback" not in captured.err
    assert str(out / "error.log") in captured.err.splitlines()[-1]
    assert "in broken" in (out / "error.log").read_text(encoding="utf-8")
    monkeypatch.undo()
    assert program.main(words) == 0
    assert json.loads((out / "manifest.json").read_text(encoding="utf-8"))["status"] == "done"
