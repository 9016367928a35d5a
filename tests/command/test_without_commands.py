"""A study without a command line: the same folder as the command makes, and everything told to a listener."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sim import studies
from sim.command.exit_codes import INTERRUPTED
from sim.results.words import Words
from sim.studies.execution import Execution
from sim.studies.manifest import opened
from sim.studies.progress import REPLICATIONS_DONE, Progress, Silent
from sim.studies.refusals import SpecRefusedError
from sim.studies.spec import CompareSpec, GoalSpec, ReplicatedSpec, RunSpec, SweepSpec


class Heard:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.counted: list[str] = []

    def say(self, words: Words) -> None:
        self.said.append(words.en)

    def progress(self, counted: Words = REPLICATIONS_DONE) -> Progress:
        self.counted.append(counted.en)
        return Silent()


@pytest.mark.parametrize(
    "spec", [CompareSpec(scenario="x"), SweepSpec(scenario="x"), GoalSpec(scenario="x")], ids=lambda spec: spec.kind
)
def test_what_is_not_whole_is_refused_before_anything_is_written(
    spec: ReplicatedSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.studies.case.load", lambda *_, **__: _Nothing())
    monkeypatch.setattr("sim.measure.contradictions.refuse_contradictory_volumes", lambda _: None)
    monkeypatch.setattr("sim.studies.sweep.case_of", lambda *_: _Nothing())
    monkeypatch.setattr("sim.studies.goal_study.case_of", lambda *_: _Nothing())
    with pytest.raises(SpecRefusedError):
        studies.run(spec, Execution(out=tmp_path / "out"))
    assert not (tmp_path / "out").exists()


class _Nothing:
    """A scenario that is never looked at."""


def test_a_run_is_started_and_reopened_without_a_command(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    heard = Heard()
    before = set(sys.modules)
    spec = RunSpec(scenario=str(tiny), replications=2, variance=False)
    result = studies.run(spec, Execution(out=tmp_path / "out", workers=0), heard)

    assert (result.ending, result.manifest["status"], result.manifest["replications_done"]) == ("answered", "done", 2)
    assert opened(str(tmp_path / "out")).spec == spec
    assert (tmp_path / "out" / "report.en.html").is_file()
    assert f"results go to {tmp_path / 'out'}" in heard.said
    assert heard.counted == ["{done}/{total} replications"]
    assert not [name for name in set(sys.modules) - before if name.startswith("sim.command")]

    again = studies.run(spec, Execution(out=tmp_path / "out", workers=0), heard)
    assert heard.said[-1] == f"already there in {tmp_path / 'out'}"
    assert again.manifest == result.manifest

    (tmp_path / "out" / "report.en.html").unlink()
    monkeypatch.setattr("sim.report.folder.write_report", _pressed_ctrl_c)
    going_on = Execution(out=tmp_path / "out", workers=0, resume="the same line")
    assert studies.run(spec, going_on, heard).ending == "interrupted"
    *_, kept, how = heard.said
    assert kept.endswith(f"all simulations and tables are done and kept in {tmp_path / 'out'}")
    assert how == "stopped; what is finished is kept. Go on with:\nthe same line"
    from sim.command import main as program

    assert program.main(["report", str(tmp_path / "out"), "--lang", "en"]) == INTERRUPTED
    assert f"stopped; the results in {tmp_path / 'out'} are as they were." in capsys.readouterr().err


def _pressed_ctrl_c(*_: object) -> None:
    raise KeyboardInterrupt
