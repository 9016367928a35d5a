"""`run`, `extend`, `report`, `status` on a real model: the folder, the answer, and what is refused."""

from __future__ import annotations

import csv
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader
from tiny_province import ROOT, Lienthong, started

from sim.results.run_folder import RUN_TABLES
from sim.studies.journal import Journal
from sim.studies.lock import FolderLock

FILES = (
    "manifest.json scenario.resolved.toml provenance.json runs.sqlite targets.csv series.csv replications.csv"
    " causes.csv spending.csv money.csv certificates.csv saturation.csv saturated_posts.csv delays.csv agencies.csv"
    " targets_by_year.csv targets_by_district.csv agencies_by_quarter.csv overtime.csv"
    " parameters.csv variance.csv influence.csv mandates.csv"
    " report.vi.html report.en.html"
)
COMPARED = tuple(table.file for table in RUN_TABLES)


@pytest.fixture(scope="session")
def first(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """Two replications in the folder `kept`, answered for a machine."""
    folder = tmp_path_factory.mktemp("first")
    process = started(folder, "run", tiny, "--replications", 2, "--workers", 0, "--out", "kept", "--json")
    out, err = process.communicate(timeout=600)
    return subprocess.CompletedProcess([str(folder / "kept")], process.returncode, out, err)


@pytest.fixture
def kept(first: subprocess.CompletedProcess[str], tmp_path: Path) -> Path:
    """A copy of that run folder, as `kept` in `tmp_path`."""
    folder = tmp_path / "kept"
    shutil.copytree(first.args[0], folder)
    return folder


@contextmanager
def untouched(folder: Path) -> Iterator[None]:
    """Asserts that no file in a folder is written meanwhile."""
    before = {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))}
    yield
    assert {path: path.stat().st_mtime_ns for path in sorted(folder.rglob("*"))} == before


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in COMPARED}


def test_a_run_leaves_its_whole_folder_and_a_clean_answer(first: subprocess.CompletedProcess[str]) -> None:
    assert first.returncode == 0, first.stderr
    folder = Path(first.args[0])
    assert [name for name in FILES.split() if not (folder / name).is_file()] == []
    assert not list(folder.rglob("*.partial"))
    answer = json.loads(first.stdout)
    with (folder / "targets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["reading"] for row in rows] == [target["reading"] for target in answer["targets"]]
    assert answer["targets"][0]["target_id"] == "electronic"
    assert 0 < answer["targets"][0]["median"] < 1
    assert answer["targets"][0]["n"] == 2
    assert answer["replications"] == {"asked": 2, "done": 2, "failed": 0}
    assert (answer["schema"], answer["status"], answer["folder"]) == (1, "done", "kept")
    assert "2/2 lần chạy" in first.stderr, "none more under another luck, of which two pairs tell nothing"


def test_the_manifest_says_what_was_run(first: subprocess.CompletedProcess[str]) -> None:
    manifest = json.loads((Path(first.args[0]) / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["status"] == "done"
    assert manifest["title_vi"] == "Tỉnh nhỏ"
    assert manifest["argv"][:1] == ["run"]
    assert manifest["seed"] == json.loads(first.stdout)["seed"]
    assert (manifest["horizon_start"], manifest["horizon_end"]) == ("2016-01-01", "2016-03-31")
    provenance = json.loads((Path(first.args[0]) / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["values"]["plan.decided"]["file"].endswith("tiny.toml")
    assert provenance["values"]["network.poll_interval"]["layer"] == "defaults"


def test_the_same_run_again_answers_without_writing(tiny: Path, kept: Path, lienthong: Lienthong) -> None:
    with untouched(kept / "figures"):
        before = contents(kept), (kept / "report.vi.html").stat().st_mtime_ns
        again = lienthong("run", tiny, "--replications", 2, "--out", "kept", LIENTHONG_LANG="en")
        assert again.returncode == 0
        assert again.stderr == "already there in kept\n"
        assert again.stdout.startswith("Small province\n")
        assert "\nReport: kept/report.en.html\n" in again.stdout
        assert before == (contents(kept), (kept / "report.vi.html").stat().st_mtime_ns)


def test_only_what_is_missing_is_made_again(kept: Path, tiny: Path, lienthong: Lienthong) -> None:
    before = contents(kept)
    (kept / "series.csv").unlink()
    (kept / "report.vi.html").unlink()
    again = lienthong("run", tiny, "--replications", 2, "--out", "kept")
    assert again.returncode == 0
    assert contents(kept) == before
    assert (kept / "report.vi.html").is_file()
    assert "chuẩn bị" not in again.stderr


def test_extend_gives_what_one_longer_run_gives(
    kept: Path, tiny: Path, tmp_path: Path, lienthong: Lienthong, first: subprocess.CompletedProcess[str]
) -> None:
    extended = lienthong("extend", "kept", "--replications", 1, "--workers", 0)
    assert extended.returncode == 0
    assert "2 đã có sẵn" in extended.stderr
    whole = lienthong("run", tiny, "--replications", 3, "--workers", 2, "--out", "whole", "--json")
    assert json.loads(whole.stdout)["replications"]["done"] == 3
    assert contents(kept) == contents(tmp_path / "whole")
    assert contents(kept) != contents(Path(first.args[0]))


def test_a_run_copied_elsewhere_runs_from_its_own_files(kept: Path, lienthong: Lienthong) -> None:
    again = lienthong("run", "kept/scenario.resolved.toml", "--replications", 2, "--out", "kept")
    assert (again.returncode, again.stderr) == (0, "đã có sẵn trong kept\n")


def test_report_is_rewritten_from_the_tables_alone(kept: Path, lienthong: Lienthong) -> None:
    tables = contents(kept)
    page = (kept / "report.en.html").read_bytes()
    (kept / "report.en.html").write_text("lost", encoding="utf-8")
    (kept / "runs.sqlite").unlink()
    again = lienthong("report", "kept", "--json", PYTHONHASHSEED="2")
    assert again.returncode == 0
    assert "kept/report.en.html" in json.loads(again.stdout)["files"]
    assert json.loads(again.stdout).keys() == {"schema", "command", "folder", "files"}
    assert (kept / "report.en.html").read_bytes() == page
    assert contents(kept) == tables
    assert "\nBáo cáo: kept/report.vi.html\n" in lienthong("report", "kept").stdout, "without the journal too"


def test_report_says_again_what_the_run_said(kept: Path, tiny: Path, lienthong: Lienthong) -> None:
    """Board, reasons, page, brief and the next commands; in full with `--details`; commands can be pasted."""
    words = ("run", tiny, "--replications", 2, "--out", "kept")
    said, again = lienthong(*words).stdout, lienthong("report", "kept").stdout
    assert said.splitlines()[:-1] == again.splitlines()[:-1], "all but how the run is asked again"
    assert "\n? 1 (electronic) " in said
    assert "\nBáo cáo: kept/report.vi.html\n" in said
    run_py = shlex.join([sys.executable, str(ROOT / "run.py")])
    assert f"\nMột trang A4 cho lãnh đạo (PDF, Word):\n{run_py} brief kept\n" in said
    assert f"\n{run_py} extend kept --replications " in said
    assert shlex.split(again.splitlines()[-1])[2:5] == ["run", str(tiny), "--replications"]
    assert len(said.splitlines()) < 40
    lienthong("brief", "kept")
    assert "\nMột trang A4 cho lãnh đạo (PDF, Word): kept/brief.vi.pdf\n" in lienthong("report", "kept").stdout
    older = kept / "brief.vi.pdf"
    os.utime(older, ns=(1, max(file.stat().st_mtime_ns for file in kept.glob("*.csv")) - 1))
    again_said = lienthong("report", "kept").stdout
    assert f"; tệp brief.vi.pdf đang có là của kết quả trước, cần viết lại:\n{run_py} brief kept\n" in again_said
    full = lienthong("report", "kept", "--details").stdout
    assert full == lienthong(*words, "--details").stdout.replace(said.splitlines()[-1], again.splitlines()[-1])
    assert "chỉ cấp tỉnh và cấp huyện" in full or "theo số thực tế" in full
    assert len(full) > len(said)


@pytest.mark.parametrize(("lang", "verdict"), [("vi", "chưa đủ cơ sở kết luận"), ("en", "undecided")])
def test_brief_writes_one_page_for_paper_and_for_word(
    lang: str, verdict: str, kept: Path, lienthong: Lienthong
) -> None:
    made = lienthong("brief", "kept", "--lang", lang)
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.split() == [f"kept/brief.{lang}.pdf", f"kept/brief.{lang}.docx"]
    (page,) = PdfReader(kept / f"brief.{lang}.pdf").pages
    assert verdict in page.extract_text().casefold()
    title = {"vi": "Văn bản điện tử", "en": "Electronic documents"}[lang]
    assert re.search(rf"(?<!\d)1\. {title}", page.extract_text()), "the target by its number in the plan's order"
    assert "--" not in page.extract_text(), "no command on a page for a leader"
    foot = (kept / f"report.{lang}.html").read_text("utf-8").partition("<footer>")[2]
    assert re.search(r"\.venv/bin/python run\.py run \S+ .*--replications \d+ --seed \d+</p>", foot), "it is there"
    word = Document(str(kept / f"brief.{lang}.docx"))
    assert verdict in " ".join(cell.text for cell in word.tables[0].columns[1].cells).casefold()


def test_brief_answers_for_a_machine_and_refuses_what_has_no_tables(kept: Path, lienthong: Lienthong) -> None:
    made = lienthong("brief", "kept", "--json")
    assert json.loads(made.stdout)["files"] == ["kept/brief.vi.pdf", "kept/brief.vi.docx"]
    (kept / "targets.csv").unlink()
    refused = lienthong("brief", "kept")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "thiếu bảng targets.csv:" in refused.stderr
    assert refused.stderr.count("\n") == 1
    manifest = json.loads((kept / "manifest.json").read_text(encoding="utf-8"))
    asked = {name: value for name, value in manifest["spec"].items() if name not in ("variance", "half_widths")}
    text = json.dumps(manifest | {"spec": asked | {"kind": "compare"}})
    (kept / "manifest.json").write_text(text, encoding="utf-8")
    other = lienthong("brief", "kept", "--lang", "en")
    assert (other.returncode, other.stdout) == (3, "")
    assert "only what run makes has a one-page brief" in other.stderr


def test_status_tells_how_far_each_run_is(kept: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(kept, broken)
    (broken / "runs.sqlite").write_bytes(b"no journal at all" * 100)
    (tmp_path / "other").mkdir()
    listed = lienthong("status", ".", "--json")
    runs = {run["folder"]: run for run in json.loads(listed.stdout)["runs"]}
    assert set(runs) == {"kept", "broken"}
    assert (runs["kept"]["status"], runs["kept"]["done"], runs["kept"]["asked"]) == ("done", 2, 2)
    assert runs["broken"]["status"] == "unreadable"
    told = lienthong("status", "kept", LIENTHONG_LANG="en")
    assert told.stdout == "kept  2/2 replications  done  Small province, to 31 Mar 2016\n"
    manifest = kept / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"done"', '"running"'), encoding="utf-8")
    assert "bị ngắt" in lienthong("status", "kept").stdout


def test_status_finds_runs_beside_results_and_in_folders_within(
    kept: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    inside = tmp_path / "results" / "studies" / "one"
    shutil.copytree(kept, inside)
    listed = json.loads(lienthong("status", "--json").stdout)["runs"]
    assert [run["folder"] for run in listed] == ["results/studies/one", "kept"]
    (inside / "manifest.json").unlink()
    told = lienthong("status", "results", LIENTHONG_LANG="en").stdout
    assert "manifest.json is missing; give the same command again: finished replications are kept" in told


@pytest.mark.parametrize(
    ("text", "said"), [("", "it is empty"), ("{}", "it is empty"), ('{"a": 1}', "lienthong did not write it")]
)
def test_an_empty_manifest_is_not_one_of_another_version(
    text: str, said: str, kept: Path, lienthong: Lienthong
) -> None:
    (kept / "manifest.json").write_text(text, encoding="utf-8")
    refused = lienthong("report", "kept", LIENTHONG_LANG="en").stderr
    assert f"cannot be read: {said}; delete the file and give the same command again" in refused
    assert "another version" not in refused


def test_no_runs_yet_is_an_empty_answer_and_an_unknown_folder_a_fault(lienthong: Lienthong) -> None:
    empty = lienthong("status")
    assert (empty.returncode, empty.stdout) == (0, "")
    unknown = lienthong("status", "nowhere")
    assert (unknown.returncode, unknown.stdout) == (3, "")


def test_a_damaged_manifest_is_refused_with_a_repair_that_keeps_the_replications(
    tiny: Path, kept: Path, lienthong: Lienthong
) -> None:
    before = contents(kept)
    (kept / "manifest.json").write_text('{"schema": 2,', encoding="utf-8")
    refused = lienthong("report", "kept", LIENTHONG_LANG="en")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (3, "", 1)
    assert "cut off or damaged in line 1" in refused.stderr
    assert "delete the file and give the same command again" in refused.stderr
    (kept / "manifest.json").unlink()
    again = lienthong("run", tiny, "--replications", 2, "--out", "kept", LIENTHONG_LANG="en")
    assert again.returncode == 0, again.stderr
    assert "1/4" not in again.stderr, "no replication is run again"
    assert contents(kept) == before


@pytest.mark.parametrize("words", [("report", "kept"), ("brief", "kept"), ("extend", "kept", "--replications", 1)])
def test_a_folder_without_a_run_is_refused(words: tuple[object, ...], tmp_path: Path, lienthong: Lienthong) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "targets.csv").write_text("mine\n", encoding="utf-8")
    with untouched(tmp_path):
        refused = lienthong(*words)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr == "kept: không có kết quả chạy nào của lienthong trong đó\n"


@pytest.mark.slow
def test_without_variance_nothing_is_run_twice(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    """Of ten replications, from which on luck is told apart; of fewer none is run twice."""
    words = ("run", tiny, "--replications", 10, "--workers", 0)
    assert lienthong(*words, "--out", "both").returncode == 0
    plain = lienthong(*words, "--no-variance", "--out", "plain")
    assert plain.returncode == 0
    assert "10/10 lần chạy" in plain.stderr
    both, once = tmp_path / "both", tmp_path / "plain"
    differing = [name for name in COMPARED if (once / name).read_bytes() != (both / name).read_bytes()]
    assert differing == ["variance.csv"]


def pairs(folder: Path) -> set[str]:
    with (folder / "variance.csv").open(encoding="utf-8", newline="") as file:
        return {row["n_pairs"] for row in csv.DictReader(file)}


def test_orders_are_listed_as_the_plan_gives_them(first: subprocess.CompletedProcess[str]) -> None:
    lines = (Path(first.args[0]) / "mandates.csv").read_text(encoding="utf-8").splitlines()
    assert lines == [
        "mandate_id,title_vi,title_en,start,measured_from,tiers",
        "order,Chỉ thị,Directive,2016-02-01,,office;department;district;commune",
    ]


def test_somebody_elses_folder_is_refused_untouched(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "chapter.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to("thesis")
    with untouched(tmp_path):
        for out, reason in (
            ("thesis", "không phải do lienthong tạo"),
            ("file", "là tệp"),
            ("link", "liên kết"),
            ("file/below", "một phần đường dẫn không phải thư mục"),
        ):
            refused = lienthong("run", tiny, "--replications", 1, "--out", out)
            assert (refused.returncode, refused.stdout) == (3, "")
            assert reason in refused.stderr
            assert refused.stderr.count("\n") == 1


def test_another_runs_folder_is_refused(tiny: Path, kept: Path, lienthong: Lienthong) -> None:
    with untouched(kept):
        for other, difference in (
            (("--seed", 5), "số khởi tạo 20170317, nay là 5"),
            (("--engine", "simpy"), "simpy"),
            (("--set", "network.poll_interval=6 min"), "network.poll_interval"),
        ):
            refused = lienthong("run", tiny, "--replications", 2, *other, "--out", "kept")
            assert (refused.returncode, refused.stdout) == (3, "")
            assert difference in refused.stderr


def test_a_scenario_edited_in_the_run_folder_is_refused(tiny: Path, kept: Path, lienthong: Lienthong) -> None:
    path = kept / "scenario.resolved.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("2016-01-15", "2016-01-16"), encoding="utf-8")
    before = contents(kept)
    for words in (("extend", "kept", "--replications", 1), ("run", tiny, "--replications", 3, "--out", "kept")):
        refused = lienthong(*words)
        assert (refused.returncode, refused.stdout) == (3, "")
    assert contents(kept) == before


def test_a_folder_in_use_is_refused_at_once(tiny: Path, kept: Path, lienthong: Lienthong) -> None:
    with FolderLock(kept):
        for words in (("report", "kept"), ("run", tiny, "--replications", 3, "--out", "kept")):
            refused = lienthong(*words)
            assert (refused.returncode, refused.stdout) == (3, "")
            assert "một lần chạy khác" in refused.stderr


def test_dry_run_estimates_and_writes_nothing(tiny: Path, kept: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    with untouched(tmp_path):
        rough = json.loads(lienthong("run", tiny, "--set", "run.seed=3", "--dry-run", "--json", "--out", "new").stdout)
        known = lienthong("run", tiny, "--replications", 10, "--workers", 2, "--dry-run", "--json", "--out", "kept")
    told = json.loads(known.stdout)
    assert (told["basis"], told["replications"]) == ("measured", {"asked": 10, "held": 2, "left": 8})
    assert told["simulations"] == {"asked": 20, "left": 18}
    with Journal.to_read(kept) as journal:
        took = [seconds for seconds, _ in journal.times().values()]
    assert 8 * min(took) <= told["seconds"] < 8 * max(took) + 30, "sixteen, two at a time"
    assert rough["replications"]["held"] == 0
    assert not (tmp_path / "new").exists()


def test_every_kind_of_study_is_estimated_by_the_same_time_of_a_simulation(
    tiny: Path, kept: Path, lienthong: Lienthong
) -> None:
    """What one simulation takes hangs on the scenario and the machine, not on who asks; nor on the horizon's length."""
    over = ("--over", "budget.scale.I.1=0:2:3")
    asked: tuple[tuple[object, ...], ...] = (
        ("run", tiny),
        ("compare", tiny, "--options", "poll_5_min"),
        ("sweep", tiny, *over),
        ("goal", tiny, "--target", 1, *over),
    )
    told = [json.loads(lienthong(*words, "--dry-run", "--json", "--out", "new").stdout) for words in asked]
    assert {one["basis"] for one in told} == {"measured"}
    assert len({one["seconds_each"] for one in told}) == 1
    assert told[-1]["seconds"] > told[0]["seconds"]
    short = json.loads(lienthong("run", tiny, "--until", "29/02/2016", "--dry-run", "--json", "--out", "new").stdout)
    assert short["basis"] == "measured"
    assert short["seconds_each"] < told[0]["seconds_each"]
    assert "mỗi lần mô phỏng" in lienthong("goal", tiny, "--target", 1, *over, "--dry-run").stdout


def test_a_dry_run_says_what_the_run_would_say_of_its_period(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    """A day as offices write it is taken; a period beyond the plan, or before any target, is told."""
    beyond = lienthong("run", tiny, "--until", "31/12/2016", "--dry-run", "--out", "new")
    assert (beyond.returncode, "Mô phỏng đến 31/12/2016, quá ngày cuối của kế hoạch (31/03/2016)" in beyond.stderr) == (
        0,
        True,
    )
    early = lienthong("compare", tiny, "--until", "2016-02-29", "--options", "poll_5_min", "--dry-run")
    assert "Kỳ mô phỏng hết trước hạn của mọi chỉ tiêu" in early.stderr
    none = lienthong("run", tiny, "--until", "31/13/2016", "--dry-run")
    assert (none.returncode, "không phải ngày dạng 2018-12-31 hay 31/12/2018" in none.stderr) == (3, True), none.stderr
    assert not (tmp_path / "new").exists()


def test_tables_edited_by_hand_are_not_taken_for_results(tiny: Path, kept: Path, lienthong: Lienthong) -> None:
    before = contents(kept)
    targets = kept / "targets.csv"
    targets.write_bytes(targets.read_bytes() + b"\n")
    (kept / "money.csv").unlink()
    again = lienthong("run", tiny, "--replications", 2, "--out", "kept", LIENTHONG_LANG="en")
    assert again.returncode == 0, again.stderr
    assert contents(kept) == before
    assert "already there" not in again.stderr
    targets.write_bytes(targets.read_bytes() + b"\n")
    again = lienthong("run", tiny, "--replications", 2, "--out", "kept", LIENTHONG_LANG="en")
    assert "edited or removed since: targets.csv; written anew" in again.stderr
    assert contents(kept) == before


def test_an_input_table_edited_in_the_folder_is_refused(tiny: Path, kept: Path, lienthong: Lienthong) -> None:
    table = kept / "tables" / "agencies.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",75,5,3,", ",76,5,3,", 1), encoding="utf-8")
    again = lienthong("run", tiny, "--replications", 2, "--out", "kept", LIENTHONG_LANG="en")
    assert again.returncode == 3
    assert "was changed after the run was begun; run it into another folder" in again.stderr
    assert "already there" not in again.stderr


def test_an_edited_table_is_another_run_and_says_which(
    tiny: Path, kept: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    shutil.copytree(tiny.parent, tmp_path / "mine")
    table = tmp_path / "mine" / "agencies.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",75,5,3,", ",76,5,3,", 1), encoding="utf-8")
    with untouched(kept):
        again = lienthong("run", tmp_path / "mine" / tiny.name, "--out", "kept", LIENTHONG_LANG="en")
    assert again.returncode == 3
    assert "the folder holds the results of another run: edited tables: tables/agencies.csv;" in again.stderr


def test_another_setting_in_the_same_folder_is_named(tiny: Path, kept: Path, lienthong: Lienthong) -> None:
    with untouched(kept):
        again = lienthong("run", tiny, "--out", "kept", "--set", "network.poll_interval=7 min", LIENTHONG_LANG="en")
    assert again.returncode == 3
    assert "edited scenario: network.poll_interval" in again.stderr
