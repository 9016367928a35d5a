"""A whole scenario goes to Excel and back: nothing is lost, and what is wrong is named by sheet and cell."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from sim.scenario.errors import ScenarioErrors
from sim.scenario.keys import ANY_ID, ROW_LISTS, schema_keys
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.new import export, import_workbook, new, new_workbook
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
PROVINCE = "provinces/small.toml"
RICH = """
[people]
scan = "3 min"
service_shape = "exponential"

[budget]
lines = "tables/budget.csv"
totals = "tables/totals.csv"
purchases = "tables/purchases.csv"

[budget.scale]
"II.1" = 1.25
all = 1

[budget.shift_years]
"chapter.I" = -1

[purchases."I.1".dedicated_link]
share = { value = "55 %", low = "50 %", high = "60 %", kind = "triangular", basis = "assumed", source = "của tỉnh" }

[calendar]
overrides = "tables/calendar.csv"
always_open = false

[calendar.commune]
weekdays = ["07:30-11:30", "13:00-17:00"]
saturday = ["07:30-11:00"]
basis = "reported"
source = "quy định của tỉnh"

[seasons.months]
weights = [1, 1.125, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 2.5]
basis = "assumed"
source = "=SUM(1)"

[start]
onestop_software = ["dept.a", "dist.a"]
online_services = []

[[targets]]
id = "a-4"
title = { vi = "Tên có “ngoặc”, dấu phẩy; chấm phẩy", en = "- leading dash" }
measure = "eoffice_linked_share"
scope = "tiers:department+district+commune"
threshold = { value = "100 %", kind = "fixed", basis = "plan", source = "12.500" }
due = 2017-12-31
unit = "agency"
event = "state"
exclude_secret = false
window_months = 6
version = "true"
source = "007"

[[mandates]]
id = "later"
title = { vi = "Chỉ thị sau", en = "Later" }
start = 2016-09-01
delay = { value = "30 days", low = "10 days", high = "60 days", kind = "uniform", basis = "assumed", source = "x" }
measured_from = 2017-01-01
allows_paperless = true
binds = false
tiers = ["office"]
source = "test"

[[extra_lines]]
id = "more"
title = { vi = "Thêm", en = "More" }
source = "SN"
year = 2017
amount = { value = "128 million VND", kind = "fixed", basis = "assumed", source = "x" }
kind = "training_seat"
unit_cost = { value = "0.375 million VND", low = "0.15 million VND", high = "0.8 million VND", kind = "lognormal", \
basis = "assumed", source = "x" }
tiers = ["district", "commune"]

[[baselines]]
id = "mail"
measure = "email_user_share"
reported = { value = "70 %", low = "55 %", high = "72.5 %", kind = "uniform", basis = "reported", source = "x" }
fitted = false
source = "x"

[[counts]]
id = "seals"
measure = "organisation_certificates"
reported = { value = 41, low = 15, high = 41, kind = "uniform", basis = "reported", source = "x" }
source = "x"
"""
PATHS = ("agencies", *(key for key in TABLES if "." in key))


def content(loaded: LoadedScenario) -> dict[str, Any]:
    """All that is simulated, less where tables are and how each number was spelled."""
    scenario = loaded.scenario.model_dump(mode="json", by_alias=True)
    for path in PATHS:
        section, _, name = path.rpartition(".")
        inside = scenario[section] if section else scenario
        inside[name] = bool(inside[name])
    tables = ("agencies", "plan_lines", "budget_totals", "purchases", "calendar_overrides", "start_states")
    rows = {name: getattr(loaded, name) for name in (*tables, "start_residuals", "procedures")}
    return {"scenario": scenario} | {name: [asdict(row) | {"place": ""} for row in some] for name, some in rows.items()}


@pytest.fixture
def rich(small: Small) -> Small:
    """The small province with something on every sheet that nobody's program writes."""
    small.write(PROVINCE, (small.root / PROVINCE).read_text(encoding="utf-8") + RICH)
    return small


def exported(small: Small) -> Path:
    return export("small", small.root.parent / "small.xlsx", "python run.py", root=small.root)


def edited(path: Path, change: Callable[[Workbook], None], *, keep_formulas: bool = False) -> Path:
    """The workbook changed and saved; formulas become the values they had, as openpyxl keeps one or the other."""
    book = load_workbook(path, data_only=not keep_formulas)
    change(book)
    book.save(path)
    return path


def faults(small: Small, path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(ScenarioErrors) as refused:
        load(path, root=small.root)
    assert all(error.reason.vi != error.reason.en for error in refused.value.errors)
    return [
        (error.code, error.place.removeprefix(f"{path}:"), f"{error.reason.vi}; {error.repair.vi}")
        for error in refused.value.errors
    ]


def cell_of(path: Path, sheet: str, code: str, row: int) -> str:
    """The cell of a column, by its code."""
    codes = [cell.value for cell in load_workbook(path)[sheet][6]]
    return f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[codes.index(code)]}{row}"


@pytest.mark.parametrize("name", PROVINCES)
def test_a_shipped_scenario_comes_back_whole(name: str, tmp_path: Path) -> None:
    before = load(name)
    path = export(name, tmp_path / f"{name}.xlsx", "python run.py")
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
        assert load(edited(path, _set("Kế hoạch", where, word)), root=rich.root).layers == ("scenario",), word
    assert faults(rich, edited(path, _set("Kế hoạch", where, "maybe")))[0][:2] == ("E-KEY-004", f"Kế hoạch!{where}")


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


def _set(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def _no_column(book: Workbook) -> None:
    book["Chỉ tiêu"].delete_cols(4)


def _no_sheet(book: Workbook) -> None:
    del book["Văn bản chỉ đạo"]


def _two_sheets(book: Workbook) -> None:
    book.copy_worksheet(book["Chỉ tiêu"]).title = "Chỉ tiêu (2)"


def _merged(book: Workbook) -> None:
    book["Cơ quan"].merge_cells("H8:H9")


def _merged_targets(book: Workbook) -> None:
    book["Chỉ tiêu"].merge_cells("A7:A8")


def _no_codes(book: Workbook) -> None:
    book["Chỉ tiêu"].delete_rows(6)


WRONG = [
    (_set("Kế hoạch", "B10", None), "E-KEY-003", "Kế hoạch!B10", "thiếu"),
    (_set("Kế hoạch", "B12", "#REF!"), "E-TAB-002", "Kế hoạch!B12", "lỗi của Excel"),
    (_set("Cơ quan", "B8", "sở ngành"), "E-TAB-002", "Cơ quan!B8", "sở, ban, ngành"),
    (_set("Cơ quan", "F10", "2.500"), "E-UNIT-005", "Cơ quan!F10", "hai cách"),
    (_set("Kinh phí", "H7", "2.500"), "E-UNIT-005", "Kinh phí!H7", "hai cách"),
    (_set("Kinh phí", "K8", 5), "E-TAB-004", "Kinh phí!K8", "ghi năm vào ô K6"),
    (_set("Kinh phí", "A12", "IV"), "E-TAB-002", "Kinh phí!12", "không có số tiền"),
    (_set("Chỉ tiêu", "Z7", "ghi chú"), "E-TAB-004", "Chỉ tiêu!Z7", "chuyển ghi chú"),
    (_set("Chỉ tiêu", "D7", "exchange_electronic_shar"), "E-TGT-002", "Chỉ tiêu!D7", "có phải"),
    (_set("Chỉ tiêu", "B9", "thêm"), "E-ID-002", "Chỉ tiêu!A9", "cần mã"),
]
"""What one cell is made, and how that is told; in the order of the sheets."""
DAMAGED = {
    "an unknown agency": (_set("Cơ quan", "C9", "dist.z"), "E-AGY-003", "Cơ quan!9", "dist.z"),
    "a printed total that is none": (_set("Tổng kinh phí", "C7", 151), "E-BUD-001", "Tổng kinh phí!7", "150.5"),
    "no unit": (_set("Kế hoạch", "B15", 3), "E-UNIT-001", "Kế hoạch!B15", "đơn vị"),
    "no day": (_set("Kế hoạch", "B14", "12/31/2017"), "E-TAB-002", "Kế hoạch!B14", "ngày/tháng/năm"),
    "a column deleted": (_no_column, "E-TAB-001", "Chỉ tiêu!6", "measure (Đo bằng)"),
    "the codes deleted": (_no_codes, "E-TAB-001", "Chỉ tiêu!1", "hàng mã"),
    "a sheet deleted": (_no_sheet, "E-XLS-007", "", "Văn bản chỉ đạo"),
    "a sheet doubled": (_two_sheets, "E-XLS-006", "Chỉ tiêu (2)!1", "gộp"),
    "merged cells": (_merged, "E-XLS-004", "Cơ quan!H8", "gộp ô"),
    "merged cells of a list": (_merged_targets, "E-XLS-004", "Chỉ tiêu!A7", "gộp ô"),
}


@pytest.mark.parametrize(("change", "code", "place", "word"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_sheet_is_named(
    rich: Small, change: Callable[[Workbook], None], code: str, place: str, word: str
) -> None:
    path = edited(exported(rich), change)
    found = [(one, at.removeprefix(str(path)), said) for one, at, said in faults(rich, path)]
    assert (code, place) in [one[:2] for one in found]
    assert word in next(said for *where, said in found if where == [code, place])


def test_every_fault_of_every_sheet_comes_at_once_by_cell_in_the_order_of_the_sheets(rich: Small) -> None:
    def change(book: Workbook) -> None:
        for one, *_ in WRONG[::-1]:
            one(book)

    found = faults(rich, edited(exported(rich), change))
    assert [(code, place) for code, place, _ in found] == [(code, place) for _, code, place, _ in WRONG]
    for (*_, word), (*_, said) in zip(WRONG, found, strict=True):
        assert word in said


def test_formulas_that_nothing_has_computed_are_refused(rich: Small) -> None:
    path = edited(exported(rich), lambda _: None, keep_formulas=True)
    assert [(code, place) for code, place, _ in faults(rich, path)] == [("E-XLS-005", "Tổng kinh phí!C7")]
    path.unlink()
    path = edited(exported(rich), _set("Kế hoạch", "B12", '="a"&"b"'), keep_formulas=True)
    assert ("E-XLS-005", "Kế hoạch!B12") in [(code, place) for code, place, _ in faults(rich, path)]


def test_another_workbook_is_no_scenario(small: Small) -> None:
    book = Workbook()
    book.active["A1"] = "Danh sách"
    path = small.root.parent / "x.xlsx"
    book.save(path)
    ((code, place, said),) = faults(small, path)
    assert (code, place) == ("E-XLS-007", str(path))
    assert "new … --excel" in said


# Beginning


def test_a_blank_workbook_says_what_is_missing_in_order_and_ends_in_a_scenario(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.root.parent)
    path = new_workbook("mine", None, "python run.py", root=small.root)
    found = faults(small, path)
    filled = [key for key in STATED if key not in ("name", "title.en", "horizon.warm_up")]
    rows = {key: 7 + at for at, key in enumerate(STATED)}
    stated = [("E-KEY-003", f"Kế hoạch!B{rows[key]}") for key in filled if not key.startswith("signatures.")]
    assert [(code, place) for code, place, _ in found] == [*stated, ("E-AGY-007", "Cơ quan!7")]
    values = {
        "title.vi": "Tỉnh mình",
        "title.en": "Mine",
        "plan.decision": "1/QĐ",
        "plan.decided": "02/01/2027",
        "plan.source": "x",
        "horizon.start": datetime(2027, 1, 1),  # noqa: DTZ001
        "horizon.end": "31/12/2028",
    }

    def change(book: Workbook) -> None:
        for key, value in values.items():
            book["Kế hoạch"][f"B{rows[key]}"] = value
        for row, line in enumerate(SMALL_AGENCIES, 7):
            for at, cell in enumerate(line.split(","), 1):
                book["Cơ quan"].cell(row, at, cell or None)

    edited(path, change)
    loaded = load(path, root=small.root)
    assert (loaded.scenario.name, len(loaded.agencies)) == ("mine", 4)
    assert [row.tier for row in loaded.agencies] == ["outside", "office", "department", "commune"]


SMALL_AGENCIES = [
    "office,Văn phòng UBND tỉnh,,Văn phòng,Office,,75,5,3,0,3,cáp quang FTTH,có,có,có,52,kế hoạch,x",
    "so.a,department,,Sở A,A,,80,4,2,0,2,ftth,1,1,1,56,giả định,x",
    "ngoai,ngoài tỉnh,,Chính phủ,Government,,0,0,0,0,0,mạng chuyên dùng,có,có,không,1,kế hoạch,x",
    "xa.a,cấp xã,,Xã A,A,5000,21,3,0.7,0,0,ADSL,có,không,không,0,giả định,x",
]


def test_a_blank_folder_says_what_is_missing_and_how_to_fill_it(small: Small) -> None:
    path = new("mine", None, small.root)
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "agencies.csv",
        "budget.csv",
        "budget_totals.csv",
        "mine.toml",
        "purchases.csv",
    ]
    with pytest.raises(ScenarioErrors) as refused:
        load("mine", root=small.root)
    keys = [error.key for error in refused.value.errors]
    assert keys[:2] == ["title.vi", "plan.decision"]
    assert {"plan.decision", "plan.decided", "plan.source", "horizon.start", "horizon.end", "agencies"} <= set(keys)
    assert {error.code for error in refused.value.errors} == {"E-KEY-003", "E-AGY-007"}


def test_the_examples_of_a_blank_folder_are_valid_once_they_are_no_comments(small: Small) -> None:
    path = new("mine", None, small.root)
    text = path.read_text(encoding="utf-8")
    kept = [line.removeprefix("# ") if "=" in line or line.startswith("# [[") else line for line in text.split("\n")]
    path.write_text("\n".join(kept), encoding="utf-8")
    table = path.with_name("agencies.csv")
    table.write_text(table.read_text(encoding="utf-8-sig") + "\n".join(SMALL_CODES) + "\n", encoding="utf-8")
    loaded = load("mine", root=small.root)
    assert [target.id for target in loaded.scenario.targets] == ["a3"]
    assert loaded.scenario.plan.decided == date(2026, 3, 17)
    assert [row.agency_id for row in loaded.agencies] == ["ngoai", "office", "so.a", "xa.a"]


SMALL_CODES = [
    "office,office,,Văn phòng,Office,,75,5,3,0,3,ftth,1,1,1,52,plan,x",
    "so.a,department,,Sở A,A,,80,4,2,0,2,ftth,1,1,1,56,assumed,x",
    "ngoai,outside,,Chính phủ,Government,,0,0,0,0,0,dedicated,1,1,0,1,plan,x",
    "xa.a,commune,,Xã A,A,5000,21,3,0.7,0,0,adsl,1,0,0,0,assumed,x",
]


def test_nothing_is_overwritten(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root.parent)
    path = exported(small)
    before = path.read_bytes()
    new("taken", "small", small.root)
    for again in (
        lambda: exported(small),
        lambda: new_workbook("small", "small", "x", root=small.root),
        lambda: new("taken", None, small.root),
        lambda: import_workbook(str(path), None, small.root),
        lambda: import_workbook(str(path), "taken", small.root),
        lambda: import_workbook(str(path), str(small.root), small.root),
    ):
        with pytest.raises(ScenarioErrors) as refused:
            again()
        assert refused.value.errors[0].code == "E-NEW-002"
    assert path.read_bytes() == before
    assert not list(small.root.glob("provinces/.*")), "nothing half-made is left"


def test_a_workbook_with_faults_is_not_imported_in_part(small: Small) -> None:
    path = edited(exported(small), DAMAGED["no unit"][0])
    with pytest.raises(ScenarioErrors):
        import_workbook(str(path), str(small.root.parent / "back"), small.root)
    assert not (small.root.parent / "back").exists()


def test_the_same_scenario_gives_the_same_workbook(small: Small) -> None:
    first = exported(small).read_bytes()
    (small.root.parent / "small.xlsx").unlink()
    assert exported(small).read_bytes() == first
