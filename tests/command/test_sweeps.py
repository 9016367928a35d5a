"""`sweep`: each cell is what `run --set` gives, tables outlive kills, failed cells are rows, refusals come at once."""

from __future__ import annotations

import csv
import json
import shutil
import signal
from pathlib import Path

import pytest
from tiny_province import Lienthong, started, table

from sim.report.sweep import sweep_passages
from sim.report.sweep_matrix import answer_lines, matrix_text
from sim.report.sweep_tables import read_sweep_tables

OVER = ("--over", "budget.scale.I.1=0:2:3", "--over", "documents.wrong_address_share=0 %:40 %:2")
TABLES = ("cells", "response", "swings", "map", "codebook", "aims")


@pytest.fixture(scope="module")
def swept(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A finished sweep of six cells."""
    place = tmp_path_factory.mktemp("swept")
    process = started(place, "sweep", tiny, *OVER, "--workers", 0, "--out", "kept", "--json")
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    (place / "answer.json").write_text(out, encoding="utf-8")
    return place / "kept"


def test_every_cell_is_a_row_with_its_levers_money_and_measures(swept: Path) -> None:
    rows = table(swept, "cells")
    assert [(row["cell"], row["status"]) for row in rows] == [(str(number), "done") for number in range(6)]
    levers = [(row["budget.scale.I.1"], row["documents.wrong_address_share"]) for row in rows]
    assert levers == [(scale, share) for scale in ("0", "1", "2") for share in ("0", "0.4")]
    assert [float(row["planned_TW_million_vnd"]) for row in rows] == [0.0, 0.0, 100.0, 100.0, 200.0, 200.0]
    assert {row["column"] for row in table(swept, "codebook")} == set(rows[0])


def test_a_cell_is_what_run_gives_with_the_same_settings(
    swept: Path, tiny: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    settings = ("--set", "budget.scale.I.1=2.0", "--set", "documents.wrong_address_share.value=40 %")
    fixed = ("--set", 'documents.wrong_address_share.kind="fixed"')
    alone = ("--replications", 1, "--workers", 0, "--no-variance", "--out", "alone")
    ran = lienthong("run", tiny, *settings, *fixed, *alone)
    assert ran.returncode == 0, ran.stderr
    cell = table(swept, "cells")[5]
    for row in table(tmp_path / "alone", "targets"):
        name = row["target_id"] if row["reading"] == "plan" else f"{row['target_id']}:{row['reading']}"
        assert (cell[name], float(cell[f"{name}_reached"])) == (row["median"], float(row["p_reached"]))


def test_the_answer_names_every_key_and_the_pages_load_nothing(swept: Path) -> None:
    answer = json.loads((swept.parent / "answer.json").read_text(encoding="utf-8"))
    assert answer["simulations"] == {"asked": 6, "done": 6}
    assert {row["key"] for row in answer["swings"]} == {"budget.scale.I.1", "documents.wrong_address_share"}
    for lang, word in (("vi", "đòn bẩy"), ("en", "lever")):
        page = (swept / f"sweep.{lang}.html").read_text(encoding="utf-8")
        assert word in page
        assert "http://" not in page.replace("http://www.w3.org", "")
    pictures = {path.stem for path in (swept / "figures").glob("*.csv")}
    assert pictures == set()  # the target is alike in all six cells
    assert table(swept, "response") == table(swept, "map") == []  # six cells are too few for a curve
    assert {row["basis"] for row in answer["swings"]} == {"cells"}


def test_the_line_is_named_in_money_and_the_documents_stand_beside(
    swept: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    """Whatever the targets are of: what the line is, where the plan stands, and how shares and money go along it."""
    shutil.copytree(swept, tmp_path / "kept")
    short, said = (lienthong("report", "kept", *more).stdout for more in ((), ("--details",)))
    assert "Như nhau ở mọi trường hợp: 1 (electronic)." in short
    assert "Văn bản và kinh phí đi kèm" not in short, "one screen, the rest on request"
    assert "run.py extend kept --replications 3" in short
    assert "Kinh phí mục I.1 (Phần mềm), từ 0 triệu đồng đến 200 triệu đồng; kế hoạch: 100 triệu đồng" in said
    assert "budget.scale.I.1=0:2, kế hoạch là 1" in said
    beside = table(swept, "beside")
    cells = table(swept, "cells")
    for row in (row for row in beside if row["key"] == "budget.scale.I.1" and row["measure"] == "spent_million_vnd"):
        mine = [float(cell["spent_million_vnd"]) for cell in cells if cell["budget.scale.I.1"] == row["value"]]
        assert float(row["mean"]) == pytest.approx(sum(mine) / len(mine))
    shares = [row for row in beside if row["measure"] == "exchange_electronic_share"]
    assert {(row["key"], row["value"]) for row in shares} == {
        *(("budget.scale.I.1", level) for level in "012"),
        *(("documents.wrong_address_share", level) for level in ("0", "0.4")),
    }
    moved = {row["value"]: float(row["change"]) for row in shares if row["key"] == "documents.wrong_address_share"}
    assert moved["0"] == 0.0
    assert all(0.0 < float(row["mean"]) < 1.0 for row in shares)
    assert "Văn bản và kinh phí đi kèm" in said
    assert "Văn bản và kinh phí đi kèm" in (swept / "sweep.vi.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("moved", [False, True])
def test_targets_that_no_key_moves_are_told_in_one_list(
    swept: Path, tmp_path: Path, moved: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key whose interval leaves nought out is told by itself; without any the target only stands in the list."""
    monkeypatch.setattr("sim.report.sweep_tables.FEWEST_FOR_AN_INTERVAL", 1)
    folder = tmp_path / "kept"
    shutil.copytree(swept, folder)
    rows = table(folder, "swings")
    for row in rows:
        row["swing"], row["swing_low"], row["swing_high"] = "0.1", "-0.1", "0.3"
    rows[0]["swing_low"] = "0.05" if moved else "-0.05"
    with (folder / "swings.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    levels = table(folder, "levels")
    for at, row in enumerate(levels):
        row["mean"] = str(0.4 + 0.1 * at)
    with (folder / "levels.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(levels[0]))
        writer.writeheader()
        writer.writerows(levels)
    first, *passages, _ = sweep_passages(read_sweep_tables(folder), "en")
    assert "6 of 6 simulations" in first.opening
    assert [passage.opening.partition(" these ")[0] for passage in passages] == (
        ["Target 1 (electronic), “Electronic documents”:"] if moved else ["Not enough to tell whether"]
    )
    assert "not clear" in " ".join(passages[0].points)
    tables = read_sweep_tables(folder)
    told = "Clearly changed: 1 (electronic)." if moved else "Not told from no change (the 95% interval holds 0):"
    assert [line for line in answer_lines(tables, "en") if line.startswith(told)]
    matrix = " ".join(matrix_text(tables, "en", 160).split())
    assert ("+10.0 percentage points (+5.0 to +30.0)" in matrix) == moved
    assert "+10.0 percentage points (−10.0 to +30.0, not clear)" in matrix, "what is not told stands there too"
    monkeypatch.setattr("sim.report.sweep_tables.FEWEST_FOR_AN_INTERVAL", 4)
    few = " ".join(matrix_text(read_sweep_tables(folder), "en", 160).split())
    assert ("+10.0 percentage points" in few, "to +30.0" in few) == (True, False), "two simulations have no interval"


@pytest.mark.slow
def test_extend_gives_every_cell_one_more(swept: Path, tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    shutil.copytree(swept, tmp_path / "kept")
    extended = lienthong("extend", "kept", "--replications", 1, "--workers", 0, LIENTHONG_LANG="en")
    assert extended.returncode == 0, extended.stderr
    assert "12/12 replications, 6 already held" in extended.stderr
    assert lienthong("sweep", tiny, *OVER, "--replications", 2, "--workers", 0, "--out", "longer").returncode == 0
    for name in TABLES:
        assert (tmp_path / "kept" / f"{name}.csv").read_bytes() == (tmp_path / "longer" / f"{name}.csv").read_bytes()


def test_extend_refuses_a_sweep_whose_scenario_was_edited(swept: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    """The cells would be those of another scenario; what is there stays as it was."""
    shutil.copytree(swept, tmp_path / "kept")
    before = (tmp_path / "kept" / "cells.csv").read_bytes()
    scenario = tmp_path / "kept" / "scenario.resolved.toml"
    scenario.write_text(scenario.read_text(encoding="utf-8").replace("2016-01-15", "2016-01-16"), encoding="utf-8")
    refused = lienthong("extend", "kept", "--replications", 1, "--workers", 0, LIENTHONG_LANG="en")
    assert (refused.returncode, refused.stdout) == (3, "")
    assert refused.stderr.startswith("kept: changed since that run: the scenario in the folder;")
    assert (tmp_path / "kept" / "cells.csv").read_bytes() == before


def test_extend_goes_on_from_the_scenario_kept_in_the_folder(
    swept: Path, tiny: Path, tmp_path: Path, lienthong: Lienthong
) -> None:
    """What became of the file that was named once does not matter: neither an edit nor a command line is read."""
    shutil.copytree(swept, tmp_path / "kept")
    manifest = json.loads((tmp_path / "kept" / "manifest.json").read_text(encoding="utf-8"))
    manifest["argv"] = ["sweep", "gone.toml"]
    (tmp_path / "kept" / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    text = tiny.read_text(encoding="utf-8")
    try:
        tiny.write_text(text.replace("2016-01-15", "2016-01-16"), encoding="utf-8")
        extended = lienthong("extend", "kept", "--replications", 1, "--workers", 0, LIENTHONG_LANG="en")
    finally:
        tiny.write_text(text, encoding="utf-8")
    assert extended.returncode == 0, extended.stderr
    assert "12/12 replications, 6 already held" in extended.stderr


@pytest.mark.slow
def test_workers_and_a_kill_change_no_byte(swept: Path, tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    """The study is killed at its first finished cell; the same line goes on."""
    process = started(tmp_path, "sweep", tiny, *OVER, "--workers", 2, "--out", "again")
    assert process.stderr is not None
    for line in process.stderr:
        if line.startswith(("1/6", "2/6")):
            break
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert lienthong("sweep", tiny, *OVER, "--workers", 2, "--out", "again").returncode == 0
    for name in TABLES:
        assert (tmp_path / "again" / f"{name}.csv").read_bytes() == (swept / f"{name}.csv").read_bytes(), name


def test_a_cell_that_cannot_be_is_a_row_with_its_reason(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    """Each end by itself is a scenario; both high ends together are more than all documents."""
    over = ("--over", "documents.secret_share=1 %:70 %:2", "--over", "documents.never_electronic_share=1 %:70 %:2")
    ran = lienthong("sweep", tiny, *over, "--workers", 0, "--out", "some", LIENTHONG_LANG="en")
    assert ran.returncode == 4, ran.stderr
    rows = table(tmp_path / "some", "cells")
    assert [row["status"] for row in rows] == ["done", "done", "done", "failed"]
    assert "E-" in rows[3]["error"]
    assert "cell 3" in ran.stderr
    status = lienthong("status", "some", LIENTHONG_LANG="en")
    assert "3/4 replications, 1 failed" in status.stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "name a key"),
        (("--over", "budget.scale.IX=0:2"), 3, 'the plan has no "IX"'),
        (("--over", "network.pol_interval=1 min:2 min"), 3, 'did you mean "network.poll_interval"?'),
        (("--over", "network.poll_interval=2:1 min"), 3, "the low end is not below the high end"),
        (("--over", "network.poll_interval=1:2"), 3, "has no unit"),
        (("--over", "people.clerks_added=0:1.5"), 3, "whole numbers are wanted"),
        (("--over", "people.clerks_added"), 3, "no range of its own"),
        (("--over", "people.scan", "--over", "people.scan=1:2 min"), 3, "named twice"),
        (("--over", "horizon.start=1:2"), 3, "not a number of the scenario that can be varied"),
        (("--over", "people.scan=1:9 min:999", "--over", "people.draft=1:9 h:999"), 2, "more than 20000"),
    ],
)
def test_what_cannot_be_varied_is_refused(
    tiny: Path, words: tuple[str, ...], code: int, said: str, tmp_path: Path, lienthong: Lienthong
) -> None:
    ran = lienthong("sweep", tiny, *words, "--out", "none", LIENTHONG_LANG="en")
    assert (ran.returncode, said in ran.stderr) == (code, True), ran.stderr
    assert not (tmp_path / "none").exists()


def test_dry_run_counts_cells_and_writes_nothing(tiny: Path, tmp_path: Path, lienthong: Lienthong) -> None:
    words = ("--design", "lhs", "--samples", 7, "--replications", 3, "--dry-run", "--json", "--out", "none")
    ran = lienthong("sweep", tiny, *OVER, *words)
    answer = json.loads(ran.stdout)
    assert (answer["cells"], answer["simulations"]) == (7, {"asked": 21, "left": 21})
    assert not (tmp_path / "none").exists()
