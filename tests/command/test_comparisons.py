"""`compare`: the same luck for all cases, the answer side by side, resumed to the byte, refused with the way out."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tiny_province import Lienthong, started, table

from sim.command import main as program
from sim.scenario.loading import load
from sim.studies.case import case_of
from sim.studies.comparison import comparison
from sim.studies.journal import Journal
from sim.studies.spec import CompareSpec

CASES = ("--options", "leaders_sign_daily_more,poll_5_min", "--adoptions", "campaign")
NAMES = ["baseline", "option:leaders_sign_daily_more", "option:poll_5_min", "adoption:campaign"]
REGIMES = ("voluntary", "project", "mandate", "campaign")
OPTION = """\
title = {{ vi = "{name} vi", en = "{name} en" }}
description = {{ vi = "thử", en = "test" }}
group = "network"
decided_by = {{ vi = "Sở TTTT", en = "the department" }}
cost = {{ vi = "không", en = "none" }}
source = "test"

[set]
"network.{key}" = {{ value = {value}, kind = "fixed", basis = "assumed", source = "{source}" }}
"""


@pytest.fixture(scope="session")
def first(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Three replications of four cases in the folder `kept`, answered for a machine."""
    folder = tmp_path_factory.mktemp("compared")
    process = started(folder, "compare", tiny, *CASES, "--replications", 3, "--workers", 0, "--out", "kept", "--json")
    out, err = process.communicate(timeout=600)
    return subprocess.CompletedProcess([str(folder / "kept")], process.returncode, out, err)


@pytest.fixture
def kept(first: subprocess.CompletedProcess[str], tmp_path: Path) -> Path:
    """A copy of that run folder, as `kept` in `tmp_path`."""
    folder = tmp_path / "kept"
    shutil.copytree(first.args[0], folder)
    return folder


def contents(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "compare.csv").read_bytes(), (folder / "compare_series.csv").read_bytes()


def test_a_comparison_leaves_its_tables_and_a_clean_answer(first: subprocess.CompletedProcess[str]) -> None:
    assert first.returncode == 0, first.stderr
    folder, answer = Path(first.args[0]), json.loads(first.stdout)
    assert [cell["cell"] for cell in answer["cells"]] == NAMES
    rows = table(folder, "compare")
    assert [(row["cell"], row["reading"]) for row in rows] == [
        (name, reading) for name in NAMES for reading in ("plan", "true", "accepted")
    ]
    assert [(row["cell"], row["median"]) for row in answer["targets"]] == [
        (row["cell"], float(row["median"])) for row in rows
    ]
    assert {row["n"] for row in rows} == {"3"}
    assert answer["replications"] == {"asked": 3, "done": 3, "failed": 0}
    assert {(row["difference_mean"], row["holm_significant"]) for row in rows[:3]} == {("", "")}
    assert all(row["pair_low"] <= row["difference_mean"] <= row["pair_high"] for row in answer["targets"][3:])
    assert {(row["pairs"], row["difference_low"] in (None, 0.0)) for row in answer["targets"][3:]} == {(3, True)}
    order = answer["order"]
    assert sorted(row["cell"] for row in order) == sorted(NAMES)
    assert [row["mean"] for row in order] == sorted((row["mean"] for row in order), reverse=True)
    assert {row["title_vi"] for row in rows if row["cell"] == "adoption:campaign"} == {"Chiến dịch"}
    assert "12/12 lần chạy" in first.stderr
    assert not list(folder.rglob("*.partial"))


def test_the_manifest_lists_the_cells_and_where_their_scenarios_are(first: subprocess.CompletedProcess[str]) -> None:
    folder = Path(first.args[0])
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["status"], manifest["scenario"]) == ("done", "tinh-nho")
    assert [cell["cell"] for cell in manifest["cells"]] == NAMES
    for cell in manifest["cells"]:
        resolved = load(folder / cell["folder"] / "scenario.resolved.toml")
        assert resolved.content_hash == cell["scenario_hash"]
    with Journal.to_read(folder) as journal:
        assert {row.cell_hash for row in journal.cells()} == {cell["cell_hash"] for cell in manifest["cells"]}


def test_the_baseline_is_what_run_gives(tiny: Path, kept: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    """Row by row, to the letter."""
    ran = lienthong("run", tiny, "--replications", 3, "--workers", 0, "--no-variance", "--out", "alone")
    assert ran.returncode == 0, ran.stderr
    shared = ("target_id", "reading", "median", "p05", "p95", "p_reached", "p_low", "p_high", "n", "verdict")
    months = ("date", "measure", "scope", "version", "median", "p05", "p95", "n")
    alone = tmp_path / "alone"
    assert of_baseline(kept, "compare", shared) == [[row[name] for name in shared] for row in table(alone, "targets")]
    assert of_baseline(kept, "compare_series", months) == [
        [row[name] for name in months]
        for row in table(alone, "series")
        if (row["measure"], row["scope"]) == ("exchange_electronic_share", "all")
    ]


def of_baseline(folder: Path, name: str, columns: tuple[str, ...]) -> list[list[str]]:
    return [[row[column] for column in columns] for row in table(folder, name) if row["cell"] == "baseline"]


def test_every_adoption_regime_runs_and_compares_like_an_option() -> None:
    """A regime is a cell with the hash that `run --adoption` gives it; the one the plan follows is the baseline."""
    study = comparison(CompareSpec(scenario="binh_dinh_2016_2020", compared_adoptions=tuple(REGIMES)))
    hashes = {name: cell.cell_hash for name, cell in study.cells(Path()).items()}
    others = [name for name in REGIMES if name != "mandate"]
    alone = [case_of(load("binh_dinh_2016_2020", adoption=name)).run_hash for name in others]
    assert [hashes[f"adoption:{name}"] for name in others] == alone
    assert hashes["adoption:mandate"] == hashes["baseline"]
    assert len(set(hashes.values())) == 4


def test_the_same_comparison_again_answers_without_writing(tiny: Path, kept: Path, lienthong: Lienthong) -> None:
    before = {path: path.stat().st_mtime_ns for path in sorted(kept.rglob("*")) if path.is_file()}
    again = lienthong("compare", tiny, *CASES, "--replications", 3, "--out", "kept", LIENTHONG_LANG="en")
    assert (again.returncode, again.stderr) == (0, "already there in kept\n")
    assert again.stdout.startswith("Small province\n4 cases, 3 of 3 simulations each.")
    assert again.stdout.endswith("Report: kept/compare.en.html\n")
    surer, command, _ = again.stdout.splitlines()[-3:]
    assert re.fullmatch(r"For intervals about half as wide \(9 more simulations of each case, about \d+ s\):", surer)
    assert command.endswith("run.py extend kept --replications 9")
    after = {path: path.stat().st_mtime_ns for path in before if path.name not in (".lock", "runs.sqlite")}
    assert {path: before[path] for path in after} == after


@pytest.mark.slow
def test_more_replications_go_on_from_what_is_there(
    tiny: Path, kept: Path, tmp_path: Path, lienthong: Lienthong, first: subprocess.CompletedProcess[str]
) -> None:
    more = lienthong("compare", tiny, *CASES, "--replications", 4, "--workers", 1, "--out", "kept")
    assert more.returncode == 0
    assert "16/16 lần chạy, 12 đã có sẵn" in more.stderr
    lienthong("compare", tiny, *CASES, "--replications", 4, "--workers", 2, "--out", "whole")
    assert contents(kept) == contents(tmp_path / "whole")
    assert contents(kept) != contents(Path(first.args[0]))


def stopping(after: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """From now on the program is stopped by Ctrl-C at this replication in this process."""
    from sim.model.simulate import simulate as real

    count = 0

    def simulate(*values: Any, **words: Any) -> Any:
        nonlocal count
        if count == after:
            raise KeyboardInterrupt
        count += 1
        return real(*values, **words)

    monkeypatch.setattr("sim.model.simulate.simulate", simulate)
    monkeypatch.setattr("sim.studies.executor_choice.prepare", lambda *_: None)
    return lambda: count


@pytest.mark.parametrize("after", [3])
@pytest.mark.slow
def test_an_interrupted_comparison_resumes_to_the_same_bytes(
    after: int,
    tiny: Path,
    tmp_path: Path,
    first: subprocess.CompletedProcess[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out"
    words = ["compare", str(tiny), *CASES, "--replications", "3", "--workers", "0", "--out", str(out)]
    stopping(after, monkeypatch)
    assert program.main(words) == 130
    stopped = capsys.readouterr()
    assert (stopped.out, stopped.err.count("Chạy tiếp bằng:")) == ("", 1)
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["status"], manifest["replications_done"]) == ("interrupted", after // 4)
    assert (out / "compare.csv").is_file() == (after >= 4)
    monkeypatch.undo()
    ran = stopping(12, monkeypatch)
    assert program.main(words) == 0
    assert ran() == 12 - after
    assert contents(out) == contents(Path(first.args[0]))


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_comparison_stopped_by_a_signal_resumes_to_the_same_bytes(
    number: int, tiny: Path, tmp_path: Path, first: subprocess.CompletedProcess[str], lienthong: Lienthong
) -> None:
    words = ("compare", tiny, *CASES, "--replications", 3, "--workers", 2, "--out", "stopped")
    process = started(tmp_path, *words, PYTHONUNBUFFERED="1")
    log = tmp_path / "stopped" / "runs.sqlite-wal"
    deadline = time.monotonic() + 300
    while not (log.exists() and log.stat().st_size > 30_000) and time.monotonic() < deadline and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(number)
    process.communicate(timeout=300)
    assert process.returncode == (130 if number == signal.SIGINT else -signal.SIGKILL)
    resumed = lienthong(*words)
    assert resumed.returncode == 0, resumed.stderr
    assert contents(tmp_path / "stopped") == contents(Path(first.args[0]))


def test_options_of_ones_own_are_named_by_path(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    """A value given again changes nothing: its replications are the baseline's, and are not run twice.

    Asked from 20 February on they act from March on: up to then every series is the baseline's.
    """
    again = load(tiny).scenario.network.retry_limit
    for name, key, value, source in (
        ("same", "retry_limit", f"{again.value:.0f}", again.source),
        ("Chậm hơn", "poll_interval", '"600 min"', "test"),
    ):
        text = OPTION.format(name=name, key=key, value=value, source=source)
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    words = ("--options", "./same.toml,./Chậm hơn.toml", "--replications", 2, "--workers", 0, "--out", "out")
    done = lienthong("compare", tiny, *words, "--options-from", "20/2/2016")
    assert done.returncode == 0, done.stderr
    assert "4/4 lần chạy" in done.stderr
    rows = {row["cell"]: row for row in table(tmp_path / "out", "compare") if row["reading"] == "plan"}
    assert list(rows) == ["baseline", "option:same", "option:Chậm hơn"]
    assert [rows["option:same"][name] for name in ("difference_low", "difference_high", "holm_significant")] == [
        "0",
        "0",
        "0",
    ]
    assert rows["option:same"]["median"] == rows["baseline"]["median"]
    assert rows["option:Chậm hơn"]["title_en"] == "Chậm hơn en"
    assert (tmp_path / "out" / "cells" / "option-cham-hon" / "scenario.resolved.toml").is_file()
    assert "Phương án có hiệu lực từ 1/3/2016" in done.stdout
    assert json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["options_from"] == "2016-03-01"
    series: dict[str, list[tuple[str, ...]]] = {"baseline": [], "option:Chậm hơn": []}
    for row in table(tmp_path / "out", "compare_series"):
        if row["cell"] in series:
            series[row["cell"]].append((row["date"], row["measure"], row["scope"], row["version"], row["median"]))
    base, slower = series.values()
    changed = {ours[0] for ours, theirs in zip(base, slower, strict=True) if ours != theirs}
    assert changed == {"2016-03-31"}
    figures = [row for row in table(tmp_path / "out", "case_figures") if row["cell"] == "option:same"]
    assert {(row["difference_mean"], row["judgement"]) for row in figures} == {("0", "unchanged")}


def test_what_all_cases_share_is_in_the_baseline_too(tiny: Path, lienthong: Lienthong) -> None:
    """A shared regime gives way to a compared one; a shared option is met again as a clash when it is compared."""
    dry = ("--dry-run", "--json", "--replications", 7)
    told = json.loads(lienthong("compare", tiny, "--adoption", "mandate", "--adoptions", "project", *dry).stdout)
    assert (told["command"], told["cells"]) == ("compare --dry-run", 2)
    assert told["replications"] == {"asked": 7, "held": 0, "left": 7}
    assert told["simulations"] == {"asked": 14, "left": 14}
    refused = lienthong("compare", tiny, "--option", "poll_5_min", "--options", "poll_5_min", *dry)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "poll_5_min" in refused.stderr


def test_nothing_is_written_to_the_tree_by_a_dry_run(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    told = lienthong("compare", tiny, *CASES, "--dry-run")
    assert told.returncode == 0
    assert "4 trường hợp, " in told.stdout
    assert "results/tinh-nho-compare@" in told.stdout
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "reasons", "code"),
    [
        (("--options", "poll_5_mim"), ['no "poll_5_mim" in options/; did you mean "poll_5_min"?'], 3),
        (("--adoptions", "campain"), ['no "campain" in adoption/; did you mean "campaign"?'], 3),
        (("--futures", "storm_year"), ['no "storm_year" in futures/; did you mean "storm_years"?'], 3),
        (
            ("--options", "poll_5_mim,second_team", "--adoptions", "campain"),
            ['"poll_5_mim"', '"second_team"', '"campain"'],
            3,
        ),
        (("--options", "poll_5_min", "--options", "poll_5_min"), ['"poll_5_min" is named twice'], 3),
        (("--options", "ups_lines,", "--futures", "ups_lines"), ['no "ups_lines" in futures/'], 3),
        ((), ["nothing to compare: name some --options, --adoptions or --futures", "usage: "], 2),
        (("--options", ","), ["nothing to compare"], 2),
        (("--option", "poll_5_min"), ["nothing to compare"], 2),
        (("--adoption", "campaign", "--no-variance"), ["--no-variance"], 2),
    ],
)
def test_what_cannot_be_compared_is_refused_before_anything_is_written(
    words: tuple[str, ...],
    reasons: list[str],
    code: int,
    tiny: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert program.main(["compare", str(tiny), *words, "--lang", "en"]) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert [reason for reason in reasons if reason not in captured.err] == []
    assert list(tmp_path.iterdir()) == []


def test_a_failed_replication_is_told_with_its_case(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One replication of one case fails: the others count, and the pair is left out of the difference."""
    from sim.model.simulate import simulate as real

    def simulate(loaded: Any, seed: int, replication: int, **words: Any) -> Any:
        if replication == 1 and loaded.scenario.network.poll_interval.value == 300_000:
            raise ValueError("the office lost a document")
        return real(loaded, seed, replication, **words)

    monkeypatch.setattr("sim.model.simulate.simulate", simulate)
    monkeypatch.setattr("sim.studies.executor_choice.prepare", lambda *_: None)
    out = tmp_path / "out"
    words = ["compare", str(tiny), "--options", "poll_5_min", "--replications", "3", "--workers", "0", "--lang", "en"]
    assert program.main([*words, "--out", str(out), "--json"]) == 4
    captured = capsys.readouterr()
    answer = json.loads(captured.out)
    assert answer["replications"] == {"asked": 3, "done": 2, "failed": 1}
    assert [(failure["cell"], failure["replication"]) for failure in answer["failures"]] == [("option:poll_5_min", 1)]
    assert "1 of 6 replications failed" in captured.err
    assert f"replication 1 of option:poll_5_min (seed {answer['seed']}): ValueError: the office lost" in captured.err
    assert [row["n"] for row in answer["targets"] if row["reading"] == "plan"] == [3, 2]
    monkeypatch.undo()
    assert program.main([*words, "--out", str(out)]) == 0


def test_status_counts_what_all_cases_have(kept: Path, lienthong: Lienthong) -> None:
    told = lienthong("status", "kept", LIENTHONG_LANG="en")
    titles = "Baseline, Leaders keep more hours for signing, Ask for new messages every 5 minutes, Campaign"
    assert told.stdout == f"kept  3/3 replications  done  Small province, to 31 Mar 2016, {titles}\n"


def test_the_report_of_a_comparison_is_rewritten_from_its_tables(kept: Path, lienthong: Lienthong) -> None:
    pages = {lang: (kept / f"compare.{lang}.html").read_bytes() for lang in ("vi", "en")}
    (kept / "compare.vi.html").unlink()
    (kept / "runs.sqlite").unlink()
    again = lienthong("report", "kept", PYTHONHASHSEED="2")
    assert again.returncode == 0
    assert again.stdout.startswith("Tỉnh nhỏ\n4 trường hợp")
    assert again.stdout.endswith("\nBáo cáo: kept/compare.vi.html\n"), "the matrix once more"
    assert {lang: (kept / f"compare.{lang}.html").read_bytes() for lang in pages} == pages
    details = lienthong("report", "kept", "--details")
    assert len(details.stdout.splitlines()) > len(again.stdout.splitlines())
    assert "Lãnh đạo dành thêm giờ duyệt, ký" in pages["vi"].decode()
    (kept / "targets.csv").unlink()
    refused = lienthong("report", "kept")
    assert (refused.returncode, refused.stdout) == (3, "")


@pytest.mark.slow
def test_extend_gives_what_the_longer_comparison_gives(
    tiny: Path, kept: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    """One more replication of each case, and only that, also where the folder was merged from shards."""
    manifest = json.loads((kept / "manifest.json").read_text(encoding="utf-8"))
    manifest["argv"] = ["--json", *manifest["argv"], "--shard", "1/2"]
    (kept / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    extended = lienthong("extend", "kept", "--replications", 1, "--workers", 0, LIENTHONG_LANG="en")
    assert extended.returncode == 0, extended.stderr
    assert "16/16 replications, 12 already held" in extended.stderr
    assert extended.stdout.startswith("Small province")
    longer = lienthong("compare", tiny, *CASES, "--replications", 4, "--workers", 0, "--out", "longer")
    assert longer.returncode == 0, longer.stderr
    assert contents(kept) == contents(tmp_path / "longer")


def test_a_scenario_edited_in_the_folder_is_refused(tiny: Path, kept: Path, lienthong: Lienthong) -> None:
    path = kept / "cells" / "adoption-campaign" / "scenario.resolved.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2016-01-15", "2016-01-16"), encoding="utf-8")
    refused = lienthong("compare", tiny, *CASES, "--replications", 4, "--out", "kept")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "đã bị sửa sau khi bắt đầu chạy" in refused.stderr
