"""What is wrong in a scenario's workbook is named by sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from openpyxl.workbook import Workbook
from scenario_workbook import edited, exported, faults, with_cell

from sim.scenario.errors import ScenarioErrors
from sim.scenario.new import import_workbook

if TYPE_CHECKING:
    from conftest import Small


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
    (with_cell("Kế hoạch", "B10", None), "E-KEY-003", "Kế hoạch!B10", "ô trống"),
    (with_cell("Kế hoạch", "B12", "#REF!"), "E-TAB-002", "Kế hoạch!B12", "lỗi của Excel"),
    (with_cell("Kế hoạch", "B13", None), "E-KEY-003", "Kế hoạch!B13", "ví dụ 01/01/2026"),
    (with_cell("Cơ quan", "S6", "ghi_chu"), "E-TAB-001", "Cơ quan!6", "ghi_chu"),
    (with_cell("Cơ quan", "B8", "sở ngành"), "E-TAB-002", "Cơ quan!B8", "sở, ban, ngành"),
    (with_cell("Cơ quan", "M9", "x"), "E-TAB-002", "Cơ quan!M9", "chọn một trong: có; không"),
    (with_cell("Cơ quan", "C9", "dist.z"), "E-AGY-003", "Cơ quan!C9", "dist.z"),
    (with_cell("Cơ quan", "F10", "2.500"), "E-UNIT-005", "Cơ quan!F10", "hai cách"),
    (with_cell("Kinh phí", "H7", "2.500"), "E-UNIT-005", "Kinh phí!H7", "hai cách"),
    (with_cell("Kinh phí", "K8", 5), "E-TAB-004", "Kinh phí!K8", "ghi năm vào ô K6"),
    (with_cell("Kinh phí", "A12", "IV"), "E-TAB-002", "Kinh phí!12", "không có số tiền"),
    (with_cell("Nội dung chi", "C7", "nửa"), "E-TAB-002", "Nội dung chi!C7", "không âm"),
    (with_cell("Nội dung chi", "E8", None), "E-TAB-002", "Nội dung chi!E8", "ghi lại đúng giá trị"),
    (with_cell("Chỉ tiêu", "Z7", "ghi chú"), "E-TAB-004", "Chỉ tiêu!Z7", "chuyển ghi chú"),
    (with_cell("Chỉ tiêu", "D7", "exchange_electronic_shar"), "E-TGT-002", "Chỉ tiêu!D7", "có phải"),
    (with_cell("Chỉ tiêu", "D8", None), "E-KEY-003", "Chỉ tiêu!D8", "chọn trong danh sách"),
    (with_cell("Chỉ tiêu", "E8", "tier:xa"), "E-TGT-004", "Chỉ tiêu!E8", "tier:commune"),
    (with_cell("Chỉ tiêu", "B9", "thêm"), "E-ID-002", "Chỉ tiêu!A9", "cần mã"),
]
"""What one cell is made, and how that is told; in the order of the sheets."""


def _no_years(book: Workbook) -> None:
    """As their formulas give while the first day simulated cannot be read."""
    for cell in book["Kinh phí"][6]:
        if str(cell.value).isdigit():
            cell.value = "năm 1"


DAMAGED = {
    "years that are none": (_no_years, "E-TAB-002", "Kinh phí!6", "sửa ngày đầu kỳ"),
    "an unknown agency": (with_cell("Cơ quan", "C9", "dist.z"), "E-AGY-003", "Cơ quan!C9", "dist.z"),
    "a printed total that is none": (with_cell("Tổng kinh phí", "C7", 151), "E-BUD-001", "Tổng kinh phí!7", "150,5"),
    "no unit": (with_cell("Kế hoạch", "B15", 3), "E-UNIT-001", "Kế hoạch!B15", "đơn vị"),
    "out of range": (with_cell("Kế hoạch", "C15", "5 tháng"), "E-QTY-003", "Kế hoạch!E15", "chọn một trong: cố định"),
    "no day": (with_cell("Kế hoạch", "B14", "12/31/2017"), "E-TAB-002", "Kế hoạch!B14", "ngày/tháng/năm"),
    "a column deleted": (_no_column, "E-TAB-001", "Chỉ tiêu!6", "measure (“Đo bằng”)"),
    "the codes deleted": (_no_codes, "E-TAB-001", "Chỉ tiêu!1", "hàng mã"),
    "a sheet deleted": (_no_sheet, "E-XLS-007", "", "Văn bản chỉ đạo"),
    "a sheet doubled": (_two_sheets, "E-XLS-006", "Chỉ tiêu (2)!1", "gộp"),
    "a note beside": (with_cell("Kế hoạch", "P9", "ghi chú"), "E-TAB-004", "Kế hoạch!P9", "ghi chú ra trang khác"),
    "merged cells": (_merged, "E-XLS-004", "Cơ quan!H8", "gộp ô"),
    "merged cells of a list": (_merged_targets, "E-XLS-004", "Chỉ tiêu!A7", "gộp ô"),
}


OF_TEXT_FILES = re.compile(r' = "|\bkind = |[{}]|\[\[')


@pytest.mark.parametrize(("change", "code", "place", "word"), DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_sheet_is_named(
    rich: Small, change: Callable[[Workbook], None], code: str, place: str, word: str
) -> None:
    path = edited(exported(rich), change)
    found = [(one, at.removeprefix(str(path)), said) for one, at, said in faults(rich, path)]
    assert (code, place) in [one[:2] for one in found]
    told = next(said for *where, said in found if where == [code, place])
    assert word in told
    assert not OF_TEXT_FILES.search(told), "what to do is said as one does it in a spreadsheet"


def test_every_fault_of_every_sheet_comes_at_once_by_cell_in_the_order_of_the_sheets(rich: Small) -> None:
    def change(book: Workbook) -> None:
        for one, *_ in WRONG[::-1]:
            one(book)

    found = faults(rich, edited(exported(rich), change))
    assert [(code, place) for code, place, _ in found] == [(code, place) for _, code, place, _ in WRONG]
    for (*_, word), (*_, said) in zip(WRONG, found, strict=True):
        assert word in said
        assert not OF_TEXT_FILES.search(said), "what to do is said as one does it in a spreadsheet"


def test_formulas_that_nothing_has_computed_are_refused(rich: Small) -> None:
    path = edited(exported(rich), lambda _: None, keep_formulas=True)
    assert [(code, place) for code, place, _ in faults(rich, path)] == [("E-XLS-005", "Tổng kinh phí!C7")]
    path.unlink()
    path = edited(exported(rich), with_cell("Kế hoạch", "B12", '="a"&"b"'), keep_formulas=True)
    assert ("E-XLS-005", "Kế hoạch!B12") in [(code, place) for code, place, _ in faults(rich, path)]


def test_another_workbook_is_no_scenario(small: Small) -> None:
    book = Workbook()
    book.active["A1"] = "Danh sách"
    path = small.root.parent / "x.xlsx"
    book.save(path)
    ((code, place, said),) = faults(small, path)
    assert (code, place) == ("E-XLS-007", str(path))
    assert "new … --excel" in said


def test_a_workbook_with_faults_is_not_imported_in_part(small: Small) -> None:
    path = edited(exported(small), DAMAGED["no unit"][0])
    with pytest.raises(ScenarioErrors):
        import_workbook(str(path), str(small.root.parent / "back"), small.root)
    assert not (small.root.parent / "back").exists()
