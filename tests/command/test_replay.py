"""`replay` runs one replication again, tells its error whole, and touches nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tiny_province import Do


def failing(bad: int, monkeypatch: pytest.MonkeyPatch) -> None:
    from sim.model.simulate import simulate as real

    def simulate(loaded: Any, seed: int, replication: int, **words: Any) -> Any:
        if replication == bad:
            raise ValueError("the office lost document 7")
        return real(loaded, seed, replication, **words)

    monkeypatch.setattr("sim.model.simulate.simulate", simulate)
    monkeypatch.setattr("sim.studies.executor_choice.prepare", lambda *_: None)


def test_the_failed_one_is_found_run_again_and_its_error_told_whole(
    tiny: Path, tmp_path: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("run", tiny, "--replications", 3, "--workers", 0, "--no-variance", "--shard", "1/1", "--out", "out")
    with monkeypatch.context() as broken:
        failing(1, broken)
        assert do(*words)[0] == 4
        before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")}
        code, out, err = do("replay", "out", "--json")
        answer = json.loads(out)
        assert (code, answer["replication"], answer["status"]) == (4, 1, "failed")
        assert answer["says"] == "failed again"
        code, out, err = do("replay", "out")
        assert (code, out) == (4, f"replication 1 (seed {answer['seed']}): failed again\n")
        assert err.startswith("Traceback")
        assert err.endswith("ValueError: the office lost document 7\n")
    code, out, _ = do("replay", "out")
    assert (code, out.partition("): ")[2]) == (0, "came to its end this time, without an error\n")
    code, out, _ = do("replay", "out", "--replication", 2)
    assert (code, out.partition("): ")[2]) == (0, "gives the very result that is kept\n")
    monkeypatch.setattr("sim.measure.payload.encode", lambda *_: b"something else")
    assert do("replay", "out", "--replication", 2)[1].endswith("gives a DIFFERENT result from the one that is kept\n")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*")} == before


def test_without_a_failure_one_must_be_named(tiny: Path, do: Do) -> None:
    assert do("run", tiny, "--replications", 3, "--workers", 0, "--shard", "1/2", "--out", "out")[0] == 0
    assert do("replay", "out") == (3, "", "out: none has failed; name one with --replication N\n")
    code, _, err = do("replay", "out", "--replication", 0, "--cell", "second_lucky")
    assert code == 3
    assert 'there is no case "second_lucky"; did you mean "second_luck"?' in err
