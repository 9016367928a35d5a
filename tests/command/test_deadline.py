"""A deadline gives the answer that time allows, and says of how much it is."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from tiny_province import Do

from sim.studies.execution import Deadline


def counts(folder: Path) -> set[str]:
    with (folder / "targets.csv").open(encoding="utf-8", newline="") as file:
        return {row["n"] for row in csv.DictReader(file)}


@pytest.mark.slow
def test_the_answer_at_the_deadline_says_of_how_many_and_the_same_command_goes_on(
    tiny: Path, tmp_path: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ("run", tiny, "--replications", 12, "--workers", 0, "--no-variance", "--json")
    with monkeypatch.context() as late:
        late.setattr("sim.studies.execution.Deadline.seconds_to_simulate", lambda _: 0.0)
        code, out, err = do(*words, "--deadline", "5 min", "--out", "cut")
    answer = json.loads(out)
    assert (code, answer["status"]) == (0, "partial")
    assert answer["replications"]["done"] == 1, "in this very process the one that is begun comes to its end"
    assert "1 of 12 replications; still to run: 1, 2, 3" in err
    assert counts(tmp_path / "cut") == {"1"}
    assert "INCOMPLETE: 1 of the 12 simulations" in (tmp_path / "cut" / "report.en.html").read_text("utf-8")
    assert do("status", "cut")[1].startswith("cut  1/12 replications  partial, resumable")
    assert do(*words, "--out", "cut")[0] == do(*words, "--out", "whole")[0] == 0
    for table in sorted((tmp_path / "whole").glob("*.csv")):
        assert (tmp_path / "cut" / table.name).read_bytes() == table.read_bytes()


def test_quick_replications_beyond_a_slow_one_are_kept_but_not_counted(
    tiny: Path, tmp_path: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.studies.replications import run_tasks as real

    def without_the_slow_one(tasks: Any, *values: Any, **words: Any) -> Any:
        return real([task for task in tasks if task.replication != 2], *values, **words)

    monkeypatch.setattr("sim.studies.work.run_tasks", without_the_slow_one)
    words = ("run", tiny, "--replications", 5, "--workers", 0, "--no-variance", "--out", "cut", "--deadline", "5 min")
    code, out, err = do(*words, "--json")
    assert code == 0
    assert json.loads(out)["replications"] == {"asked": 5, "done": 2, "failed": 0}
    assert counts(tmp_path / "cut") == {"2"}
    assert "2 of 5 replications; still to run: 2, 3, 4\n2 later ones are done and kept but not counted" in err
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    code, out, err = do(*words, "--json")
    assert json.loads(out)["replications"]["done"] == 5
    assert "4 already held" in err, "what was kept is not run again"


def test_a_deadline_nothing_fits_in_gives_no_table_and_no_success(
    tiny: Path, tmp_path: Path, do: Do, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.studies.execution.Deadline.seconds_to_simulate", lambda _: 0.0)
    monkeypatch.setattr("sim.studies.executors.InProcess.wait", lambda *_: [])
    code, out, err = do("run", tiny, "--replications", 4, "--workers", 0, "--deadline", "1 s", "--out", "none")
    assert (code, out) == (4, "")
    assert "0 of 4 replications; still to run: 0, 1, 2, 3" in err
    assert not list((tmp_path / "none").glob("*.csv"))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("20", "no unit"),
        ("0 min", "longer than 0"),
        ("-5 min", "is outside 0 …"),
        ("20 đồng", "it is money"),
        ("soon", "soon"),
    ],
)
def test_a_deadline_that_is_none_is_refused(text: str, said: str, do: Do) -> None:
    code, out, err = do("run", "x", f"--deadline={text}")
    assert (code, out) == (2, "")
    assert said in err


def test_a_tenth_but_never_more_than_a_quarter_of_a_minute_is_kept_for_the_tables() -> None:
    for seconds, simulated in ((10.0, 9.0), (1200.0, 1185.0)):
        left = Deadline.after(seconds).seconds_to_simulate()
        assert simulated - 1.0 < left <= simulated


def test_the_estimate_tells_how_many_fit_in(tiny: Path, do: Do) -> None:
    words = ("run", tiny, "--replications", 50, "--workers", 1, "--dry-run", "--json", "--engine", "simpy")
    few, many = (json.loads(do(*words, "--deadline", text)[1]) for text in ("8 min", "10 h"))
    each = few["affordable_simulations"]
    assert 0 < each < few["simulations"]["left"] == many["affordable_simulations"]
