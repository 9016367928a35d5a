"""From `new` to a verdict with tables edited in Excel, as typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from tiny_province import Lienthong

from sim.scenario import places


@pytest.fixture(autouse=True)
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of scenarios are made where the user stands, not in the sources that are tested."""
    monkeypatch.setattr(places, "IS_CLONE", False)


def test_a_workbook_is_edited_checked_simulated_and_imported(lienthong: Lienthong, tiny: Path, tmp_path: Path) -> None:
    made = lienthong("export", tiny, "--out", "mine.xlsx")
    assert (made.returncode, made.stdout) == (0, f"{tmp_path / 'mine.xlsx'}\n".replace(f"{tmp_path}/", ""))
    assert "check mine.xlsx" in made.stderr
    book = load_workbook(tmp_path / "mine.xlsx", data_only=True)
    book["Kinh phí"]["G7"] = 250
    book["Tổng kinh phí"]["C7"] = 250
    book.save(tmp_path / "mine.xlsx")
    checked = lienthong("check", "mine.xlsx")
    assert checked.returncode == 0, checked.stdout
    assert "31/03/2016, 13 cơ quan (và 1 nơi ngoài tỉnh: Chính phủ), 1 dòng kinh phí" in checked.stdout
    asked = ("--replications", 2, "--workers", 0, "--no-variance")
    ran = lienthong("run", "mine.xlsx", *asked, "--out", "from_sheets")
    assert ran.returncode == 0, ran.stderr
    assert lienthong("import", "mine.xlsx").stdout == "mine/mine.toml\n".replace("mine/", f"{tmp_path}/mine/")
    written = (tmp_path / "from_sheets" / "targets.csv").read_bytes()
    again = lienthong("run", "mine", *asked, "--out", "from_sheets")
    assert again.returncode == 0, again.stderr
    assert "đã có sẵn" in again.stderr, "the run of the text files is that of the workbook"
    assert (tmp_path / "from_sheets" / "targets.csv").read_bytes() == written
    assert ",250," in (tmp_path / "from_sheets" / "spending.csv").read_text(encoding="utf-8")


def test_faults_of_a_workbook_are_the_answer_of_check(lienthong: Lienthong, tiny: Path, tmp_path: Path) -> None:
    lienthong("export", tiny, "--out", "mine.xlsx")
    book = load_workbook(tmp_path / "mine.xlsx", data_only=True)
    book["Cơ quan"]["D17"] = None
    book.save(tmp_path / "mine.xlsx")
    refused = lienthong("check", "mine.xlsx")
    assert (refused.returncode, refused.stdout) == (
        3,
        "E-TAB-002 mine.xlsx:Cơ quan!D17 Tên cơ quan (name_vi): ô trống\n",
    )
    assert lienthong("import", "mine.xlsx").returncode == 3
    assert not (tmp_path / "mine").exists()


def test_a_sheet_that_cannot_be_read_is_told_once(lienthong: Lienthong, tiny: Path, tmp_path: Path) -> None:
    """As after a script that saves formulas without their values."""
    lienthong("export", tiny, "--out", "mine.xlsx")
    load_workbook(tmp_path / "mine.xlsx").save(tmp_path / "mine.xlsx")
    refused = lienthong("check", "mine.xlsx")
    assert [line.split()[:3] for line in refused.stdout.splitlines()] == [["E-XLS-005", "mine.xlsx:Tổng", "kinh"]]


def test_new_makes_a_blank_workbook_or_a_copy_and_touches_nothing(
    lienthong: Lienthong, tiny: Path, tmp_path: Path
) -> None:
    assert lienthong("new", "mine", "--excel").returncode == 0
    missing = lienthong("check", "mine.xlsx", "--lang", "en")
    assert missing.returncode == 3
    said = "E-KEY-003 mine.xlsx:Kế hoạch!B8 Tên kế hoạch (title.vi): the cell is empty; for example Tỉnh …"
    assert missing.stdout.startswith(said)
    refused = lienthong("new", "mine", "--excel", "--from", tiny)
    assert (refused.returncode, refused.stdout) == (3, "")
    assert "không ghi đè" in refused.stderr
    copied = lienthong("new", "copy", "--from", tiny)
    assert copied.returncode == 0
    names = {file.name for file in (tmp_path / "copy").iterdir()}
    assert names == {"copy.toml", "agencies.csv", "budget.csv", "budget_totals.csv", "purchases.csv"}
    assert "extends" not in (tmp_path / "copy" / "copy.toml").read_text(encoding="utf-8")
    assert "13 cơ quan" in lienthong("check", "copy").stdout
    blank = lienthong("new", "blank")
    assert "run blank" in blank.stderr
    assert "plan.decision" in lienthong("check", "blank").stdout


def test_a_workbook_names_measures_in_words(lienthong: Lienthong, tiny: Path, tmp_path: Path) -> None:
    lienthong("export", tiny)
    shown = load_workbook(tmp_path / "tiny.xlsx")["Chỉ tiêu"]["D7"].value
    assert shown.startswith("Văn bản điện tử trao đổi giữa các cơ quan")
    assert shown.endswith("(exchange_electronic_share)")
