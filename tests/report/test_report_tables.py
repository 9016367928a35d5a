from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from fake_run import target_records, write_fake_run
from fake_tables import OPTIONAL_TABLES

from sim.report.cells import clean_text
from sim.report.rows import deciding_rows
from sim.report.tables import manifest_from, read_run_tables, target_row
from sim.results.table import TableError


def test_reads_every_table(run_folder: Path) -> None:
    tables = read_run_tables(run_folder)
    assert [row.target_id for row in deciding_rows(tables.targets)] == ["a3", "a2", "a4", "c2"]
    assert deciding_rows(tables.targets)[0].reading == "plan"
    assert sum(row.planned_million_vnd for row in tables.spending) == pytest.approx(37752.5)
    assert tables.manifest.replications_asked == 20
    assert {row.basis for row in tables.parameters} == {"assumed", "derived", "reported", "plan"}


def test_a_blank_cell_is_none_and_zero_stays_zero() -> None:
    record = target_records()[2]
    assert target_row(record | {"median": ""}).median is None
    assert target_row(record).p_reached == 0.0


@pytest.mark.parametrize(("column", "bad"), [("median", "0,95"), ("p05", "inf"), ("due", "31/12/2020")])
def test_a_bad_cell_names_file_line_and_column(tmp_path: Path, column: str, bad: str) -> None:
    records = target_records()
    records[1] |= {column: bad}
    folder = write_fake_run(tmp_path / "run", targets=records)
    with pytest.raises(TableError, match=rf"targets.csv:3 {column}: '{bad}'"):
        read_run_tables(folder)


def test_optional_tables_may_be_absent_but_required_ones_may_not(tmp_path: Path) -> None:
    folder = write_fake_run(tmp_path / "run")
    for name in OPTIONAL_TABLES:
        (folder / name).unlink()
    tables = read_run_tables(folder)
    for rows in (tables.causes, tables.spending, tables.parameters, tables.agencies, tables.variance):
        assert rows == ()
    assert (tables.influence, tables.mandates, tables.baselines) == ((), (), ())
    (folder / "series.csv").unlink()
    with pytest.raises(FileNotFoundError, match=r"series\.csv"):
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
