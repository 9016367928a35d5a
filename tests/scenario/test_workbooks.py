"""Tables in workbooks of Excel: one sheet is read as it was stored, and whatever could deceive is refused by name."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook
from table_dialects import rows_of, workbook
from xlsxwriter.workbook import Workbook as ComputedWorkbook

from sim.scenario.errors import ScenarioErrors
from sim.studies.case import case_of

if TYPE_CHECKING:
    from conftest import Small

    from sim.scenario.errors import ScenarioError

BUDGET = "tables/budget.xlsx"
HEADER = ["line_id", "chapter", "title_vi", "title_en", "source", "year", "amount_million_vnd"]
ROWS: list[list[Any]] = [
    HEADER,
    ["I.1", "I", "Mạng", "Network", "TW", 2016, 100],
    ["I.1", "I", "Mạng", "Network", "TW", 2017, 50.5],
    ["II.1", "II", "Chữ ký số", "Signatures", "SN", 2017, 20],
]


@pytest.fixture
def with_workbook(small: Small) -> Small:
    """The small province, whose budget is a workbook."""
    small.edit("defaults.toml", "tables/budget.csv", BUDGET)
    (small.root / "tables/budget.csv").unlink()
    return small


def book_of(rows: list[list[Any]] = ROWS) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.active.title = "Kinh phí"
    return book


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def only_fault(small: Small, data: bytes) -> ScenarioError:
    small.write(BUDGET, data)
    (fault,) = small.faults()
    assert fault.reason.vi != fault.reason.en
    return fault


def test_numbers_are_numbers_whatever_they_look_like(with_workbook: Small) -> None:
    book = book_of()
    book.active["G2"].number_format = "#,##0.000"
    with_workbook.write(BUDGET, saved(book))
    loaded = with_workbook.load()
    assert [line.amount_million_vnd for line in loaded.budget] == [100, 50.5, 20]
    assert [line.vi for line in loaded.recognised] == ["scenarios/tables/budget.xlsx: trang “Kinh phí”"]


def test_thousandths_and_noise_of_arithmetic(with_workbook: Small) -> None:
    with_workbook.write("tables/totals.csv", "scope,source,year,amount_million_vnd\nTOTAL,SN,total,20\n")
    book = book_of()
    book.active["G2"], book.active["G3"] = 2.125, 0.1 + 0.2
    with_workbook.write(BUDGET, saved(book))
    assert [line.amount_million_vnd for line in with_workbook.load().budget] == [2.125, 0.3, 20]


def test_a_number_stored_as_text_is_asked_about_at_its_cell(with_workbook: Small) -> None:
    book = book_of()
    book.active["G3"], book.active["G4"] = "2.500", "20"
    fault = only_fault(with_workbook, saved(book))
    assert (fault.code, fault.place) == ("E-UNIT-005", "scenarios/tables/budget.xlsx:Kinh phí!G3")


def test_a_table_that_does_not_begin_in_the_corner(with_workbook: Small) -> None:
    rows = [[], [None, "KINH PHÍ"], [], *([None, None, *row] for row in ROWS[:2]), []]
    rows += [[None, None, *row] for row in ROWS[2:]]
    with_workbook.write(BUDGET, saved(book_of(rows)))
    loaded = with_workbook.load()
    assert loaded.plan_lines[0].place == "scenarios/tables/budget.xlsx:Kinh phí!5"
    assert loaded.recognised[0].en.endswith(
        'sheet "Kinh phí", 1 row above the header skipped, 2 blank rows skipped, 2 blank columns skipped'
    )


def test_days_are_days(small: Small) -> None:
    small.edit("defaults.toml", "tables/calendar.csv", "tables/calendar.xlsx")
    rows = [["date", "kind", "name_vi", "decree", "basis"], [datetime(2017, 1, 7), "working", "a", "b", "reported"]]  # noqa: DTZ001 - as openpyxl takes it
    small.write("tables/calendar.xlsx", saved(book_of([*rows, [date(2017, 12, 31), "closed", "a", "b", "reported"]])))
    assert [day.date.isoformat() for day in small.load().calendar_overrides] == ["2017-01-07", "2017-12-31"]


def test_yes_and_no_of_excel(small: Small) -> None:
    rows: list[list[Any]] = rows_of(small.root / "tables/agencies.csv")
    at = rows[0].index("lan")
    for row in rows[1:]:
        row[at] = row[at] == "1"
    before = small.load().agencies
    small.write("tables/agencies.xlsx", saved(book_of(rows)))
    small.edit("provinces/small.toml", "tables/agencies.csv", "tables/agencies.xlsx")
    assert small.load().agencies == before


def two_sheets(book: Workbook) -> None:
    book.create_sheet("Ghi chú")["A1"] = "x"


def hidden_only(book: Workbook) -> None:
    book.create_sheet("Trống")
    book.active.sheet_state = "hidden"
    book.active = 1


def merged(book: Workbook) -> None:
    book.active.merge_cells("B2:B3")


def formula(book: Workbook) -> None:
    book.active["G2"] = "=50+50"


def excel_error(book: Workbook) -> None:
    book.active["G2"] = "#DIV/0!"


def emptied(book: Workbook) -> None:
    book.active.delete_rows(1, 9)


SPOILT: dict[str, tuple[Callable[[Workbook], None], str, str, str]] = {
    "two sheets": (two_sheets, "E-XLS-003", ".xlsx", '"Kinh phí", "Ghi chú"'),
    "hidden": (hidden_only, "E-XLS-003", ".xlsx", "unhide"),
    "merged": (merged, "E-XLS-004", ".xlsx:Kinh phí!B2", "B2:B3"),
    "formula": (formula, "E-XLS-005", ".xlsx:Kinh phí!G2", "in Excel, LibreOffice or WPS and save"),
    "error": (excel_error, "E-TAB-002", ".xlsx:Kinh phí!G2", "#DIV/0!"),
    "empty": (emptied, "E-XLS-003", ".xlsx", "empty"),
}


@pytest.mark.parametrize(("spoil", "code", "place", "word"), SPOILT.values(), ids=SPOILT)
def test_what_is_not_one_plain_table_is_refused_with_its_cell(
    with_workbook: Small, spoil: Callable[[Workbook], None], code: str, place: str, word: str
) -> None:
    book = book_of()
    spoil(book)
    fault = only_fault(with_workbook, saved(book))
    assert fault.code == code
    assert fault.place.endswith(place)
    assert word in fault.text("en")


def test_what_is_hidden_or_computed_is_told(with_workbook: Small) -> None:
    book = book_of()
    book.create_sheet("Nháp")["A1"] = 1
    book["Nháp"].sheet_state = "hidden"
    book.active.row_dimensions[3].hidden = True
    with_workbook.write(BUDGET, saved(book))
    told = with_workbook.load().recognised[0]
    assert told.en.endswith('sheet "Kinh phí", hidden sheet "Nháp" not read, 1 hidden row read too')
    stored = io.BytesIO()
    with ComputedWorkbook(stored) as written:
        sheet = written.add_worksheet("Kinh phí")
        for at, row in enumerate(ROWS):
            sheet.write_row(at, 0, row)
        sheet.write_formula("G2", "=50+50", value=100)
    with_workbook.write(BUDGET, stored.getvalue())
    assert "formulas at their stored values" in with_workbook.load().recognised[0].en


def repacked(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def far_row(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData>')


def wide(part: bytes) -> bytes:
    rows = b"".join(b'<row r="%d"><c r="XFD%d"/></row>' % (n, n) for n in range(5, 20_000))
    return part.replace(b"</sheetData>", rows + b"</sheetData>")


def bomb(part: bytes) -> bytes:
    return part.replace(b"</worksheet>", b" " * (65 << 20) + b"</worksheet>")


def entities(part: bytes) -> bytes:
    lol = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    return part.replace(b"<worksheet", b'<!DOCTYPE w [<!ENTITY l0 "ha">' + lol + b"]><worksheet", 1)


def last_row(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576" t="inlineStr"/></row></sheetData>')


HOSTILE = {
    "last row": (last_row, ""),
    "far row": (far_row, "E-XLS-002"),
    "wide rows": (wide, ""),
    "unpacks to 65 MiB": (bomb, "E-XLS-002"),
    "entities": (entities, "E-XLS-002"),
    "cut XML": (lambda part: part[:-40], "E-XLS-001"),
}


@pytest.mark.parametrize(("change", "code"), HOSTILE.values(), ids=HOSTILE)
def test_bombs_and_damage_take_little_time_and_memory(
    with_workbook: Small, change: Callable[[bytes], bytes], code: str
) -> None:
    with_workbook.write(BUDGET, repacked(saved(book_of()), SHEET, change))
    started = time.process_time()
    if code:
        (fault,) = with_workbook.faults()
        assert (fault.code, fault.place) == (code, "scenarios/tables/budget.xlsx")
    else:
        with_workbook.load()
    assert time.process_time() - started < 8
    if not code:
        return  # its parts are small
    tracemalloc.start()
    with suppress(ScenarioErrors):
        with_workbook.load()
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak_bytes < 200e6


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"line_id,chapter\n", ".csv"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "password"),
        (b"PK\x03\x04 cut", "damaged"),
        (workbook([["a"]])[:900], "damaged"),
        (b"", "no .xlsx"),
    ],
)
def test_what_is_no_workbook_is_told_apart(with_workbook: Small, data: bytes, word: str) -> None:
    fault = only_fault(with_workbook, data)
    assert fault.code == "E-XLS-001"
    assert word in fault.text("en")


def test_a_workbook_named_csv_is_told(small: Small) -> None:
    small.write("tables/budget.csv", saved(book_of()))
    fault = next(fault for fault in small.faults() if fault.code == "E-FILE-004")
    assert ".xlsx" in fault.repair.vi


def test_a_case_carries_its_workbook_along(with_workbook: Small) -> None:
    with_workbook.write(BUDGET, saved(book_of()))
    loaded = with_workbook.load()
    case = case_of(loaded)
    assert "tables/budget_lines.xlsx" in case.files
    assert case.loaded.budget == loaded.budget
