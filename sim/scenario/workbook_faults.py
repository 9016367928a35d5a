"""Faults of a workbook in the words of its sheets: the cell, the column's heading, and what to do in a spreadsheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioError
from sim.scenario.keys import key_of, meaning, pattern, title_of
from sim.scenario.quantity import QUANTITY_PARTS
from sim.scenario.sheet import Sheet, folded, letters_of
from sim.scenario.workbook_sheets import PARAMETERS, PLAN
from sim.scenario.workbook_words import ROW, STATED, SheetKind, one_of

_CELL = re.compile(r"(.*!)[A-Z]{0,3}(\d+)", re.DOTALL)
_IN_BRACKETS = re.compile(r"\s*\([^)]*\)$")
_WITHOUT_ID = re.compile(rf"\.{ROW}\d+")
_MONEY = {"amount_million_vnd": "Số tiền (triệu đồng)", "year": "Năm"}
"""Columns of a table that a sheet with one column for each year has not."""
_OF_THE_HEADER = "E-TAB-001"
_SEE_THE_LIST = Words(
    "chọn trong danh sách của ô; nghĩa ở trang Danh mục", "choose from the cell's list; the sheet Danh mục explains it"
)
_BLANK = Words("ô trống", "the cell is empty")
_EXPLAINED = ("measure", "counted", "reading")
"""Drop-downs of more words than a line holds, which a sheet explains."""
_PARTS = {"kind": "law", "basis": "basis"}
"""Drop-downs of the parts of a number."""
_LISTED = ("một trong ", "1 hoặc 0")
"""How a repair begins that lists what a text file may hold."""
_WHAT_TO_DO: Mapping[str, Words] = {
    "E-QTY-001": Words(
        "chọn giá trị trong khoảng đó; muốn mọi lần mô phỏng dùng đúng giá trị này thì chọn phân bố “cố định”; hoặc ghi"
        " lại cả hai cột thấp và cao",
        "choose a value within it; to have every simulation use this very value choose “cố định” (fixed) under Phân bố;"
        " or restate both ends of the range",
    ),
    "E-INI-001": Words(
        "ghi hai cột thấp và cao, chọn phân bố, ví dụ “đều”",
        "fill in the columns thấp (low) and cao (high), and choose a Phân bố (law), as “đều”",
    ),
    "E-VOL-004": Words(
        "thêm vào trang Cơ quan một dòng cấp “ngoài tỉnh”, ví dụ Chính phủ và các bộ; hoặc ghi 0 % vào ô này",
        "add a row of the tier “ngoài tỉnh” (outside) to the sheet Cơ quan, such as the Government and ministries; or"
        " write 0 % into this cell",
    ),
    "E-TGT-007": Words(
        "ghi thủ tục vào trang Thủ tục, hoặc bỏ chỉ tiêu này", "fill in the sheet Thủ tục, or leave the target out"
    ),
    "E-BUD-009": Words(
        "ghi tổng mà kế hoạch in; không có thì chép lại các công thức tự cộng từ một bảng tính trắng (new … --excel)",
        "fill in the totals that the plan prints, or copy the formulas of sums from a blank workbook (new … --excel)",
    ),
    "E-BUD-011": Words("ghi kinh phí của kỳ này", "fill in the money of these years"),
}
"""Repairs that a text file would put in other words, by code."""


@dataclass
class Places:
    """Where the columns and keys of a workbook are.

    Attributes:
        kinds: what stands on each sheet, by the sheet as messages begin with it.
        letters: the letter of each column of each sheet, by the column's code.
        cells: the cell in which each key would get its value.
    """

    kinds: dict[str, SheetKind] = field(default_factory=dict)
    letters: dict[str, dict[str, str]] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)

    def note(self, sheet: Sheet, kind: SheetKind) -> None:
        """Takes a sheet, from its row of codes on."""
        codes = [folded(cell) for cell in sheet.rows[0][1]]
        self.kinds[sheet.prefix] = kind
        self.letters[sheet.prefix] = {code: letters_of(at) for at, code in enumerate(codes) if code}

    def sheet_of(self, place: str) -> str:
        """The sheet that a place is on, as messages begin with it; blank for another file."""
        return next((prefix for prefix in self.kinds if place.startswith(prefix)), "")


def in_words_of_the_sheets(errors: Iterable[ScenarioError], places: Places) -> list[ScenarioError]:
    """Returns the faults by cell and heading; a key that is missing is a blank cell, and none where that is unread."""
    known = list(errors)
    unread = {error.key for error in known if error.code != "E-KEY-003"}
    return [
        _in_words(error, places)
        for error in known
        if error.code != "E-KEY-003" or not unread & {error.key, ".".join(pattern(key_of(error.key)))}
    ]


def _in_words(error: ScenarioError, places: Places) -> ScenarioError:
    at_sheet = places.sheet_of(error.place)
    if at_sheet and error.code == _OF_THE_HEADER:
        return _with_heading(error, places.kinds[at_sheet])
    if error.key in places.cells and (error.code == "E-KEY-003" or not at_sheet):
        error = replace(error, place=places.cells[error.key])
        at_sheet = places.sheet_of(error.place)
    if not at_sheet or not error.key:
        return error
    kind = places.kinds[at_sheet]
    column = _column_of(error.key, kind)
    row = _CELL.fullmatch(error.place)
    if row is not None and column in places.letters[at_sheet] and row[1] == at_sheet:
        error = replace(error, place=f"{at_sheet}{places.letters[at_sheet][column]}{row[2]}")
    key = "" if error.key == kind.key else _WITHOUT_ID.sub("", error.key)
    error = replace(error, called=_heading(error.key, column, kind), key=key)
    return _mended(error, column, kind)


def _with_heading(error: ScenarioError, kind: SheetKind) -> ScenarioError:
    """A fault of the row of codes, which names the column that is missing by its heading too."""
    column = _column_of(error.key, kind)
    title = next((heading.title for heading in kind.headings if heading.code == column), "")
    named = Words(f"{error.reason.vi} (“{title}”)", f"{error.reason.en} (“{title}”)")
    return replace(error, key="", reason=named if title else error.reason)


def _column_of(key: str, kind: SheetKind) -> str:
    """The code of the column that a key is about: its own, or on a sheet of keys that of a part of a number."""
    codes = [heading.code for heading in kind.headings]
    if kind in (PLAN, PARAMETERS):
        whole, _, part = key.rpartition(".")
        known = meaning(key_of(whole)) if part in QUANTITY_PARTS else None
        return part if known is not None and (known.dimension is not None or known.is_profile) else "value"
    parts = key.split(".")
    name = ".".join(parts[2:] or parts[1:]) if key.startswith(f"{kind.key}.") else key
    return next((code for code in (name, f"{name}.value") if code in codes), name)


def _heading(key: str, column: str, kind: SheetKind) -> str:
    """What the sheet calls it, without the unit."""
    title = next((heading.title for heading in kind.headings if heading.code == column), _MONEY.get(column, ""))
    if kind in (PLAN, PARAMETERS):
        whole = key.removesuffix(f".{column}")
        named = STATED[whole].title if whole in STATED else title_of(whole).vi
        title = named if column == "value" or not named else f"{named}: {_IN_BRACKETS.sub('', title).lower()}"
    return _IN_BRACKETS.sub("", title)


def _mended(error: ScenarioError, column: str, kind: SheetKind) -> ScenarioError:
    """The fault with what to do in a spreadsheet."""
    if error.code == "E-KEY-003" or (error.code == "E-QTY-005" and error.key.endswith(".source")):
        return replace(error, reason=_BLANK, repair=_example(error.key, column, kind))
    laws = [heading.words for heading in kind.headings]
    if error.code in _WHAT_TO_DO and not (error.code == "E-QTY-001" and "law" not in laws):
        return replace(error, repair=_WHAT_TO_DO[error.code])
    words = next((heading.words for heading in kind.headings if heading.code == column), "")
    if error.code in ("E-QTY-003", "E-QTY-005"):
        words = _PARTS.get(error.key.rpartition(".")[2], "")
    if words and (error.repair.vi.startswith(_LISTED) or error.code in ("E-QTY-003", "E-QTY-005")):
        return replace(error, repair=one_of(words))
    if error.repair.vi.startswith(("ví dụ ", "viết ")):
        return replace(error, repair=Words(error.repair.vi.replace('"', ""), error.repair.en.replace('"', "")))
    return error


def _example(key: str, column: str, kind: SheetKind) -> Words:
    """What might stand in a blank cell."""
    words = next((heading.words for heading in kind.headings if heading.code == column), "")
    if words:
        return _SEE_THE_LIST if words in _EXPLAINED else one_of(words)
    stated = STATED.get(key)
    example = stated.example if stated is not None else kind.example.get(column, "")
    return Words(f"ví dụ {example}", f"for example {example}") if example else NOTHING
