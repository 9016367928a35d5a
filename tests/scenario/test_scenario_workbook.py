"""A whole scenario goes to Excel and back: nothing is lost, and what is wrong is named by sheet and cell."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from scenario_workbook import cell_of, content, edited, exported, faults, with_cell

from sim.results.sources import CATALOGUE, pairs
from sim.scenario.keys import ANY_ID, ROW_LISTS, schema_keys
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.scenario.new import export, import_workbook
from sim.scenario.quantity import QUANTITY_PARTS
from sim.scenario.sheet import columns
from sim.scenario.table_set import TABLES
from sim.scenario.workbook_cells import example_codes, example_entry
from sim.scenario.workbook_sheets import SHEETS
from sim.scenario.workbook_tables import LINES, TOTALS
from sim.scenario.workbook_words import STATED, WORDS
from sim.studies.case import case_of

if TYPE_CHECKING:
    from conftest import Small

PROVINCES = [item.name for item in list_scenarios() if item.kind == "scenario" and not item.errors]


QUICK = ("binh_dinh_2016_2020", "ba_ria_vung_tau_2011_2015")
"""One with dossiers and the longest list of money, one with roll-outs by list and moves."""


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in PROVINCES]
)
def test_a_shipped_scenario_comes_back_whole(name: str, tmp_path: Path) -> None:
    before = load(name)
    path = export(name, tmp_path / f"{name}.xlsx", "python run.py")
    strings = ZipFile(path).read("xl/sharedStrings.xml").decode()
    in_english = [en for file in CATALOGUE.glob("*.toml") for en, _ in pairs(file) if f">{escape(en)}<" in strings]
    assert in_english == [], "an office reads where numbers come from in Vietnamese"
    from_sheets = load(path)
    assert content(from_sheets) == content(before)
    assert from_sheets.recognised == ()
    _, folder = import_workbook(str(path), str(tmp_path / "back"))
    from_files = load(folder)
    assert content(from_files) == content(before)
    hashes = {case_of(loaded).loaded.content_hash for loaded in (before, from_sheets, from_files)}
    assert len(hashes) == 1, "a run of either is the same run"


def test_everything_that_a_scenario_may_say_comes_back(rich: Small) -> None:
    before = rich.load()
    path = exported(rich)
    assert content(load(path, root=rich.root)) == content(before)
    renamed = path.rename(path.with_name("tên khác.xlsx"))
    assert load(renamed, root=rich.root).content_hash == before.content_hash, "a file's name simulates nothing"
    path = renamed.rename(path)
    _, folder = import_workbook(str(path), str(rich.root.parent / "back"), rich.root)
    assert content(load(folder, root=rich.root)) == content(before)
    again = export(str(folder), rich.root.parent / "again.xlsx", "python run.py", root=rich.root)
    assert content(load(again, root=rich.root)) == content(before)


def test_what_a_scenario_extends_and_unsets_is_written_out(rich: Small) -> None:
    child = 'extends = "small"\nunset = ["mandates.order"]\nname = "con"\n[people]\nscan = "5 min"\n'
    rich.write("provinces/child.toml", child)
    path = export("child", rich.root.parent / "child.xlsx", "python run.py", root=rich.root)
    loaded = load(path, root=rich.root)
    assert content(loaded) == content(load("child", root=rich.root))
    assert loaded.layers == ("defaults", "scenario")
    assert loaded.provenance["people.scan"].place == f"{path}:Tham số!{_row_of(path, 'people.scan')}"


def _row_of(path: Path, key: str) -> str:
    sheet = load_workbook(path)["Tham số"]
    return next(f"B{row}" for row, cells in enumerate(sheet.iter_rows(values_only=True), 1) if key in cells)


def test_a_scenario_that_stands_alone_still_does(rich: Small) -> None:
    rich.write("provinces/alone.toml", rich.load().resolved_toml())
    path = export("alone", rich.root.parent / "alone.xlsx", "python run.py", root=rich.root)
    loaded = load(path, root=rich.root)
    assert loaded.layers == ("scenario",)
    assert content(loaded) == content(load("alone", root=rich.root))
    plan = load_workbook(path)["Kế hoạch"]
    where = next(f"B{row}" for row, cells in enumerate(plan.iter_rows(values_only=True), 1) if "complete" in cells)
    for word in (True, "TRUE", "có"):
        assert load(edited(path, with_cell("Kế hoạch", where, word)), root=rich.root).layers == ("scenario",), word
    (found, *_) = faults(rich, edited(path, with_cell("Kế hoạch", where, "maybe")))
    assert found[:2] == ("E-KEY-004", f"Kế hoạch!{where}")


SOFFICE = shutil.which("soffice")


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
@pytest.mark.parametrize("name", PROVINCES)
def test_a_workbook_that_libreoffice_saved_again_comes_back_whole(name: str, tmp_path: Path) -> None:
    path = export(name, tmp_path / f"{name}.xlsx", "python run.py")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    words = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "xlsx",
        "--outdir",
        str(tmp_path / "saved"),
        str(path),
    ]
    done = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    saved = tmp_path / "saved" / path.name
    if not saved.exists() and "could not be loaded" in done.stderr:
        pytest.skip("LibreOffice is here without Calc")
    assert content(load(saved)) == content(load(name))


def test_the_columns_of_the_sheets_are_those_of_the_tables_and_the_schema() -> None:
    by_key = {kind.key: [heading.code for heading in kind.headings] for kind in SHEETS}
    for key, kind in TABLES.items():
        years = {LINES.key: ["year", "amount_million_vnd"], TOTALS.key: ["year", "amount_million_vnd"]}.get(key, [])
        codes = [code for code in by_key[key] if (key, code) != (TOTALS.key, "total")]
        assert [*codes, *years] == list(columns(kind.row_type)), key
    for rows in ROW_LISTS:
        wanted = set()
        for key, known in schema_keys().items():
            if key[:2] == (rows, ANY_ID) and not known.is_table:
                code = ".".join(key[2:])
                wanted |= {f"{code}.{part}" for part in QUANTITY_PARTS} if known.dimension else {code}
        assert set(by_key[rows]) == wanted, rows
    missing = [key for key, known in schema_keys().items() if known.is_required and ".".join(key) in STATED]
    assert {".".join(key) for key in missing} == STATED.keys() - {"title.en"}, "the English may be left out"


def test_examples_and_drop_downs_hold_words_that_are_read() -> None:
    for kind in SHEETS:
        codes = {heading.code for heading in kind.headings}
        assert {code for code in kind.example if not code.isdigit()} <= codes, kind.name
        if kind.key in ROW_LISTS:
            assert example_entry(kind)["id"]
        elif kind.example:
            assert example_codes(kind, {code: text for code, text in kind.example.items() if code in codes})
    for words in WORDS.values():
        assert len({word.casefold() for word in words.values()}) == len(words)


def test_drop_downs_totals_and_print_settings_are_there(rich: Small) -> None:
    book = load_workbook(exported(rich))
    assert book.sheetnames[0] == "Mục lục"
    agencies, money, totals = book["Cơ quan"], book["Kinh phí"], book["Tổng kinh phí"]
    rules = agencies.data_validations.dataValidation
    lists = {str(rule.sqref)[0]: rule.formula1 for rule in rules}
    assert "'Danh mục'!" in lists["B"]
    assert lists["C"].startswith("'Cơ quan'!$A$7")
    assert money["F7"].value == "=SUM(G7:Z7)"
    assert money["G4"].value.startswith("=SUM(G7:G")
    assert "SUMIFS('Kinh phí'!$F$7" in totals["C7"].value
    for sheet in book.worksheets[1:-1]:
        assert sheet.freeze_panes == "B7", sheet.title
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.print_title_rows == "$5:$6"
    assert book["Chỉ tiêu"]["F5"].comment.text
    last = agencies.max_row  # a blank row: ids and shares stay what is typed, people are numbers
    looks = {agencies.cell(6, at).value: agencies.cell(last, at).number_format for at in range(1, 19)}
    assert (looks["agency_id"], looks["name_vi"], looks["staff"]) == ("@", "@", "General")
    counts = book["Số đếm ban đầu"]
    head = {cell.value: cell.column for cell in counts[6]}
    assert counts.cell(8, head["reported.source"]).number_format == "@", "a source is words, whatever the title counts"
    assert book["Chỉ tiêu"].cell(9, 12).number_format == "dd/mm/yyyy"


def test_stored_totals_are_what_excel_would_compute(rich: Small) -> None:
    values = load_workbook(exported(rich), data_only=True)
    assert [cell.value for cell in values["Kinh phí"][7][5:8]] == [150.5, 100, 50.5]
    assert [cell.value for cell in values["Kinh phí"][4][5:8]] == [170.5, 100, 70.5]
    assert values["Tổng kinh phí"]["C7"].value == 150.5


# What planners do to a workbook


def test_rows_are_added_moved_and_changed(rich: Small) -> None:
    path = exported(rich)

    def change(book: Workbook) -> None:
        money = book["Kinh phí"]
        money["G9"], money["A9"], money["B9"] = 30, "II.2", "II"
        money["C9"], money["D9"], money["E9"] = "Thêm", "More", "ĐT"
        book["Tham số"][_row_of(path, "documents.secret_share")] = 0.125
        book["Tham số"][_row_of(path, "documents.secret_share")].number_format = "0.0%"

    loaded = load(edited(path, change), root=rich.root)
    assert [(line.line_id, line.source, line.amount_million_vnd) for line in loaded.plan_lines][-1] == (
        "II.2",
        "DT",
        30,
    )
    assert loaded.scenario.documents.secret_share.value == 0.125
    assert loaded.provenance["documents.secret_share"].place.endswith(_row_of(path, "documents.secret_share"))


def test_sheets_may_be_renamed_moved_and_joined_by_others(rich: Small) -> None:
    path = exported(rich)

    def change(book: Workbook) -> None:
        for kind in SHEETS:
            book[kind.name].title = f"x {kind.name[:20]}"
        book.move_sheet("x Cơ quan", 5)
        book.create_sheet("Ghi chú của tôi")["A1"] = "nhớ hỏi Sở Nội vụ"

    loaded = load(edited(path, change), root=rich.root)
    assert content(loaded) == content(rich.load())
    said = [line.vi for line in loaded.recognised]
    assert f"{path}: trang “x Cơ quan” là “Cơ quan”" in said
    assert f"{path}: không đọc trang “Ghi chú của tôi”" in said


def test_hidden_sheets_and_rows_are_read(rich: Small) -> None:
    def change(book: Workbook) -> None:
        book["Chỉ tiêu"].sheet_state = "hidden"
        book["Cơ quan"].row_dimensions[9].hidden = True

    assert content(load(edited(exported(rich), change), root=rich.root)) == content(rich.load())


@pytest.mark.parametrize("written", ["31/12/2017", "2017-12-31", 43100, datetime(2017, 12, 31)])  # noqa: DTZ001 - as openpyxl takes it
def test_days_may_be_days_text_or_numbers(small: Small, written: object) -> None:
    path = exported(small)
    cell = cell_of(path, "Chỉ tiêu", "due", 7)

    def change(book: Workbook) -> None:
        book["Chỉ tiêu"][cell] = written
        book["Kế hoạch"]["B11"] = "01/03/2016"

    loaded = load(edited(path, change), root=small.root)
    assert loaded.scenario.targets[0].due == date(2017, 12, 31)
    assert loaded.scenario.plan.decided == date(2016, 3, 1), "day first, as the heading says"


def test_a_workbook_of_before_targets_had_numbers_is_read(small: Small) -> None:
    def change(book: Workbook) -> None:
        sheet = book["Chỉ tiêu"]
        sheet.delete_cols(next(cell.column for cell in sheet[6] if cell.value == "number"))

    assert content(load(edited(exported(small), change), root=small.root)) == content(small.load())


def test_the_same_scenario_gives_the_same_workbook(small: Small) -> None:
    first = exported(small).read_bytes()
    (small.root.parent / "small.xlsx").unlink()
    assert exported(small).read_bytes() == first
