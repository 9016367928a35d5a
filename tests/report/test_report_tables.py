from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fake_run import target_records, write_fake_run

from sim.report.manifest import manifest_from
from sim.report.run_tables import read_run_tables
from sim.results.cell_text import clean_text
from sim.results.run_tables import deciding_rows
from sim.results.table import TableError


def test_reads_every_table(run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    assert [row.target_id for row in deciding_rows(tables.targets)] == ["a3", "a2", "a4", "c2"]
    assert deciding_rows(tables.targets)[0].reading == "plan"
    assert sum(row.planned_million_vnd for row in tables.spending) == pytest.approx(37752.5)
    assert tables.manifest.replications_asked == 20
    assert {row.basis for row in tables.parameters} == {"assumed", "derived", "reported", "plan"}


def test_a_blank_cell_is_none_and_zero_stays_zero(tmp_path: Path) -> None:
    records = target_records()
    records[2] |= {"median": ""}
    row = read_run_tables(write_fake_run(tmp_path / "run", targets=records)).targets[2]
    assert (row.median, row.p_reached) == (None, 0.0)


@pytest.mark.parametrize(
    ("right", "wrong", "column"), [("0.871", "x", "median"), ("0.79", "inf", "p05"), ("2020-12-31", "31/12/20", "due")]
)
def test_a_bad_cell_names_file_line_and_column(tmp_path: Path, right: str, wrong: str, column: str) -> None:
    folder = write_fake_run(tmp_path / "run")
    lines = (folder / "targets.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    assert right in lines[2]
    lines[2] = lines[2].replace(right, wrong)
    (folder / "targets.csv").write_text("".join(lines), encoding="utf-8")
    with pytest.raises(TableError, match=rf"^targets.csv:3 {column}: '{wrong}'"):
        read_run_tables(folder)


@pytest.mark.parametrize("name", ["targets.csv", "series.csv", "saturation.csv"])
def test_no_table_may_be_absent(tmp_path: Path, name: str) -> None:
    folder = write_fake_run(tmp_path / "run")
    (folder / name).unlink()
    with pytest.raises(FileNotFoundError, match=name):
        read_run_tables(folder)


def test_a_broken_manifest_is_named(tmp_path: Path) -> None:
    folder = write_fake_run(tmp_path / "run")
    (folder / "manifest.json").write_text("{", encoding="utf-8")
    with pytest.raises(TableError, match=r"manifest\.json:1"):
        read_run_tables(folder)


def test_text_is_composed_and_freed_of_controls() -> None:
    decomposed = unicodedata.normalize("NFD", "Đường truyền")
    assert decomposed != "Đường truyền"
    assert clean_text(decomposed) == "Đường truyền"
    assert clean_text("a\x1b[31mb\u202ec\nd") == "a [31mbc d"


def test_notes_fall_back_to_the_other_language() -> None:
    assert manifest_from({"notes": [{"vi": "chỉ tiếng Việt"}]}).notes == (("chỉ tiếng Việt", "chỉ tiếng Việt"),)
