"""`run --remedies`: options tried in the futures of the run, stopped and gone on with, offered where not asked."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import pytest
from tiny_province import ROOT, Lienthong, table

from sim.command.remedies import offer
from sim.results.words import Words
from sim.scenario.listing import Listed
from sim.scenario.proposal import proposal_of
from sim.scenario.toml_source import read_toml
from sim.studies.journal import Journal
from sim.studies.remedies import Remedy, against_first

OPTION = """\
title = {{ vi = "{name} vi", en = "{name} en" }}
description = {{ vi = "thử", en = "test" }}
group = "staffing"
decided_by = {{ vi = "Sở TTTT", en = "the department" }}
cost = {{ vi = "có", en = "some" }}
source = "test"

[[costs]]
of = "people"
title = {{ vi = "công", en = "work" }}
source = "SN"
years = [2016, 2017]
a_year = {{ value = "250 million VND", kind = "fixed", basis = "assumed", source = "test" }}

[set]
{settings}
"""
SETTING = '"{key}" = {{ value = "{value}", kind = "fixed", basis = "assumed", source = "test" }}\n'
OPTIONS = {
    "helps": {"start.installed_unused_share": "0 %", "documents.never_electronic_share": "0 %"},
    "idle": {"dossiers.citizens.fee_cut": "50 %"},
    "same": {},
    "wrong": {"people.no_such_key": "1"},
}
"""One that helps, one about dossiers, which no target counts, one that changes nothing, one that fits no scenario."""
ASKED = ("--replications", 3, "--no-variance", "--workers", 0, "--out", "kept")


@pytest.fixture(scope="session")
def ambitious(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny province with a target that it misses, and the options beside it."""
    folder = tmp_path_factory.mktemp("ambitious")
    shutil.copytree(tiny.parent, folder, dirs_exist_ok=True)
    path = folder / "tiny.toml"
    path.write_text(tiny.read_text(encoding="utf-8").replace('value = "40 %"', 'value = "95 %"'), encoding="utf-8")
    for name, keys in OPTIONS.items():
        settings = "".join(SETTING.format(key=key, value=value) for key, value in keys.items())
        (folder / f"{name}.toml").write_text(OPTION.format(name=name, settings=settings), encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def own_options(ambitious: Path) -> Iterator[None]:
    """Only these options are there."""
    files = [ambitious.parent / f"{name}.toml" for name in OPTIONS]
    trees = [read_toml(file, file.name).tree for file in files]
    listed = tuple(
        Listed("option", file.stem, file, Words("", ""), (), proposal_of(tree))
        for file, tree in zip(files, trees, strict=True)
    )
    with (
        patch("sim.studies.remedies.list_scenarios", lambda: listed),
        patch("sim.command.remedies.list_scenarios", lambda: listed),
    ):
        yield


def trials(folder: Path) -> int:
    """Simulations that the folder keeps beside those of the run itself."""
    with Journal.to_read(folder) as journal:
        return len(journal.times()) - 3


def test_options_against_what_stops_the_targets_are_tried_first() -> None:
    """Time may not suffice for the others."""

    def one(name: str, *against: str) -> Remedy:
        proposal = proposal_of(read_toml(ROOT / f"scenarios/options/{name}.toml", name).tree)
        assert proposal is not None
        return Remedy(name, replace(proposal, against=against), None)

    remedies = [one("busiest_first"), one("clerks_busiest", "late"), one("counter_staff", "x", "not_arrived")]
    in_order = against_first([*remedies, one("second_line")], ["not_arrived", "late", "slipped"])
    assert [remedy.name for remedy in in_order] == ["counter_staff", "clerks_busiest", "busiest_first", "second_line"]


def test_options_are_tried_stopped_and_gone_on_with(ambitious: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    kept = tmp_path / "kept"
    plain = lienthong("run", ambitious, *ASKED)
    assert plain.returncode == 0, plain.stderr
    offered = re.search(r"\nĐiều gì giúp đạt chỉ tiêu \(thử 4 phương án .*\):\n(.*)\n", plain.stdout)
    assert offered
    typed = shlex.split(offered[1])
    assert typed[1:] == [str(ROOT / "run.py"), "run", str(ambitious), *map(str, ASKED), "--remedies", "5min"]
    assert not (kept / "remedies.csv").exists()

    stopped = _stopped_after(2, lienthong, ambitious)
    assert stopped.returncode == 130
    assert "--remedies" in stopped.stderr.rpartition("Chạy tiếp bằng:")[2]
    assert trials(kept) == 2
    assert {row["verdict"] for row in table(kept, "remedies")} <= {
        "unknown",
        "not_tried",
        "unchanged",
        "not_applicable",
    }
    assert re.search(r"phương án: 2/6 lần thử, .* trong 10 phút, bị ngắt", lienthong("status", "kept").stdout)

    whole = lienthong("run", ambitious, *ASKED, "--remedies", "10m", "--json")
    assert whole.returncode == 0, whole.stderr
    assert trials(kept) == 6
    answer = json.loads(whole.stdout)
    assert answer["screening"]["simulations"] == answer["screening"]["most"] == 6
    _check_table(kept)
    again = lienthong("run", ambitious, *ASKED, "--remedies", "10m", "--details")
    assert "đã được thử" in again.stderr
    assert trials(kept) == 6
    assert (tmp_path / "kept" / "report.vi.html").read_text(encoding="utf-8").count('id="remedies"') == 1
    _check_answer(again.stdout)
    short = lienthong("report", "kept").stdout
    first = short.partition("Điều gì giúp đạt chỉ tiêu\n")[2]
    assert re.search(
        r"\(1\) helps vi: \+\S+ điểm \(.*3 lần.*thiết bị 0, con người 500 triệu đồng", " ".join(first.split())
    )
    assert "--remedies" not in first


def _stopped_after(simulations: int, lienthong: Lienthong, ambitious: Path) -> object:
    """The run as it ends when Ctrl-C comes after so many trials."""
    from sim.studies import model_spec
    from sim.studies.model_spec import ModelSpec

    done = []

    def some(spec: ModelSpec, replication: int) -> bytes:
        if len(done) == simulations:
            raise KeyboardInterrupt
        done.append(replication)
        return model_spec.replicate(spec, replication)

    with patch("sim.studies.executor_choice.replicate", some):
        return lienthong("run", ambitious, *ASKED, "--remedies", "10min")


def _check_table(kept: Path) -> None:
    rows = table(kept, "remedies")
    assert [row["option"] for row in rows if row["target_id"] == "all"] == ["helps", "idle", "same", "wrong"]
    of = {(row["option"], row["target_id"]): row for row in rows}
    assert float(of["helps", "electronic"]["gain_points"]) > 1.0
    assert of["helps", "all"]["gain_points"] == of["helps", "electronic"]["gain_points"], "the target is never reached"
    assert {row["cost_people_million_vnd"] for row in rows} == {"500"}
    assert {row["cost_source"] for row in rows} == {"SN 500"}
    for name, reason in (("idle", ""), ("same", "không đổi giá trị nào của kịch bản này")):
        assert {of[name, at]["verdict"] for at in ("all", "electronic")} == {"unchanged"}
        assert (of[name, "all"]["gain_points"], of[name, "all"]["replications"]) == ("0", "3")
        assert of[name, "all"]["reason_vi"] == reason
    assert of["wrong", "all"]["verdict"] == "not_applicable"
    assert "no_such_key" in of["wrong", "all"]["reason_vi"]
    assert {row["table"] for row in table(kept, "codebook")} >= {"targets", "remedies"}
    better = of["helps", "all"]["verdict"] == "better"
    expected = float(of["helps", "all"]["gain_points"]) / 0.5
    worth = of["helps", "all"]["points_per_billion_vnd"]
    assert float(worth) == pytest.approx(expected) if better else worth == ""


def _check_answer(said: str) -> None:
    text = " ".join(said.partition("Điều gì giúp đạt chỉ tiêu")[2].split())
    assert text.startswith("3 phương án, mỗi phương án đặt lên chính các tương lai của lần mô phỏng này (3 lần).")
    assert "Nhóm 1 – helps vi: +" in text
    assert "500 triệu đồng (con người 500)" in text
    assert "Không làm thay đổi chỉ tiêu nào trong mọi lần đã thử: idle vi; same vi." in text
    assert "Không áp dụng được: wrong vi." in text
    assert "--remedies" not in text, "what was asked is not offered"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--remedies", "0min"), "--remedies: phải dài hơn 0; ví dụ 30min"),
        (("--remedies", "nhanh"), "--remedies: "),
        (
            ("--remedies", "10m", "--shard", "1/2"),
            "--remedies không đi cùng --shard: hãy gộp các phần bằng merge trước",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_with_words(
    ambitious: Path, tmp_path: Path, lienthong: Lienthong, words: tuple[str, ...], said: str
) -> None:
    refused = lienthong("run", ambitious, *ASKED, *words)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert said in refused.stderr
    assert not (tmp_path / "kept").exists()


def test_a_dry_run_tells_how_far_the_time_goes(ambitious: Path, lienthong: Lienthong) -> None:
    told = lienthong("run", ambitious, *ASKED, "--remedies", "30min", "--dry-run").stdout
    assert re.search(
        r"sau đó thử 4 phương án trong 30 phút: chừng 12 lần mô phỏng; mỗi phương án 2 lần mất khoảng", told
    )


def test_options_that_there_was_no_time_for_are_offered_with_a_longer_time(tmp_path: Path) -> None:
    """The time of the command counts what was used: 25 minutes and what the rest takes."""
    (tmp_path / "remedies.csv").touch()
    rows = [{"target_id": "all", "verdict": verdict} for verdict in ("unknown", "not_tried", "not_tried")]
    manifest = {"options": [], "remedies": {"spent_seconds": 1500.0}}
    again = ["run", "plan", "--remedies", "25min", "--workers", "2"]
    with patch("sim.command.remedies.records", lambda *_: rows), patch("sim.command.remedies._minutes", lambda *_: 30):
        step = offer(tmp_path, manifest, again)
        assert step is not None
        assert step.about.en.startswith("Try the 2 options left (about 30 minutes more;")
        assert step.words == ["run", "plan", "--workers", "2", "--remedies", "55min"]
        del rows[1:]
        assert offer(tmp_path, manifest, again) is None


def test_a_long_screening_is_offered_for_half_an_hour_and_none_where_no_target_is_due(tmp_path: Path) -> None:
    with patch("sim.command.remedies._minutes", lambda *_: 510):
        with patch("sim.command.remedies.records", lambda *_: [{"target_id": "a1"}]):
            step = offer(tmp_path, {"options": []}, ["run", "plan"])
        assert step is not None
        assert list(step.words[-2:]) == ["--remedies", "30min"]
        assert "would take about 510" in step.about.en
        with patch("sim.command.remedies.records", lambda *_: []):
            assert offer(tmp_path, {"options": []}, ["run", "plan"]) is None
