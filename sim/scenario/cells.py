"""One row of a table that somebody else wrote, read cell by cell, keeping every fault."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from sim.results.csv_text import unguarded
from sim.results.words import NOTHING, Words
from sim.scenario.errors import Faults, ScenarioError, shown
from sim.scenario.numerals import (
    AMBIGUOUS,
    Evidence,
    Mark,
    Reading,
    decimal_mark,
    is_plain,
    readings,
    tidy,
    two_readings,
)
from sim.scenario.suggest import did_you_mean
from sim.scenario.table_days import day_orders, days_meant

_WHOLE = re.compile(r"\d{1,12}", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}", re.ASCII)
_EXCEL_ERROR = re.compile(r"#(REF!|N/A|DIV/0!|VALUE!|NAME\?|NULL!|NUM!|SPILL!|CALC!|#+)")
_LOST = re.compile(r"\?.*[^\W\d_]")
"""A question mark before letters: what a spreadsheet writes for one that its code page lacks."""
_MISREAD = re.compile("\ufffd|á[»º]|Ä[‘\u0090\u0091]|Æ[°¯]")
"""UTF-8 that was read as Windows-1252, and the mark for what could not be read: no word has them."""
_FLAGS = {"1": True, "true": True, "0": False, "false": False}
_HARD_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2007\u2009", " "))
_LINE_BREAKS = re.compile(r"[ \t]*[\r\n\v\u2028\u2029]+[ \t]*")
_LONGEST_TEXT = 1000
_LONGEST_ID = 64
_MOST_OF_A_PERCENTAGE = 10
"""Greatest value of a column in which a percent sign makes sense."""

_BREAKS_READ = Words("xuống dòng trong ô đọc như dấu cách", "line breaks in cells read as spaces")
_NUMBER_WANTED = Words("cần một số", "a number is wanted")
_END_WANTED = Words(
    "cần một số; không biết khoảng thì ghi lại đúng giá trị",
    "a number is wanted; where no range is known repeat the value",
)
_DECIMAL_COMMA = Words("dấu phẩy thập phân", "decimal comma")
_PARTED_BY = {
    ".": Words("dấu chấm phân nghìn", "points between thousands"),
    ",": Words("dấu phẩy phân nghìn", "commas between thousands"),
    " ": Words("dấu cách phân nghìn", "spaces between thousands"),
}


def unknown_word(text: str) -> Words:
    """Why a cell that takes one of some words cannot be read."""
    return Words(f"không biết “{shown(text)}”", f'unknown word "{shown(text)}"')


@dataclass
class TableCells:
    """All cells of one table, and what its rows have in common.

    `prefix` goes before a row in messages: `file:`, or `file:sheet!` of a workbook, whose cells have `letters`.
    """

    prefix: str
    rows: list[tuple[int, list[str]]]
    positions: dict[str, int]
    numeric: frozenset[str]
    faults: Faults
    letters: dict[str, str] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    """Columns that the sheet lacks, which is said once."""
    strange: frozenset[int] = frozenset()
    """Places of columns that the table does not have, which is said once."""
    told: dict[Words, None] = field(default_factory=dict)
    """What was recognised in the cells, each thing once."""
    _evidence: dict[str, Evidence] = field(default_factory=dict)

    def column(self, name: str) -> list[str]:
        """Returns the cells of one column."""
        at = self.positions.get(name)
        return [] if at is None else [cells[at] for _, cells in self.rows if at < len(cells)]

    def evidence(self, name: str = "") -> Evidence:
        """Returns what the numbers of one column, or of all columns of numbers, tell of how they are written."""
        if name not in self._evidence:
            wanted = [name] if name else sorted(self.numeric)
            self._evidence[name] = Evidence.of(cell for one in wanted for cell in self.column(one))
        return self._evidence[name]

    def tell(self, words: Words) -> None:
        """Notes that something was recognised."""
        self.told[words] = None


@dataclass
class Cells:
    """One row of a table; each reader returns the cell, or a stand-in after noting what is wrong with it."""

    table: TableCells
    row: int
    cells: dict[str, str]
    unread: set[str] = field(default_factory=set)
    """Columns whose cells of this row are not what they should be."""

    @property
    def place(self) -> str:
        """`file:line`, or `file:sheet!row`."""
        return f"{self.table.prefix}{self.row}"

    def fault(
        self, column: str, reason: Words, repair: Words = NOTHING, code: str = "E-TAB-002", cause: str = ""
    ) -> None:
        """Notes what is wrong with a cell; faults of one cause in one column become one."""
        self.unread.add(column)
        if column in self.table.absent:
            return
        place = f"{self.table.prefix}{self.table.letters.get(column, '')}{self.row}"
        self.table.faults.add(ScenarioError(code, place, column, reason, repair, cause))

    def is_blank(self, column: str) -> bool:
        """Says whether a cell is empty."""
        return not self.cells[column].strip()

    def text(self, column: str, *, may_be_empty: bool = False) -> str:
        """Returns a printable text, in Unicode form C."""
        text = self._clean(column)
        if not text and not may_be_empty:
            self._empty(column)
        elif len(text) > _LONGEST_TEXT:
            self.fault(column, Words("chữ quá dài", f"longer than {_LONGEST_TEXT} letters"))
        elif self._has_lost_letters(column, text):
            reason = Words(
                f"“{shown(text)}” đã mất hoặc sai chữ khi lưu", f'"{shown(text)}" lost its letters when it was saved'
            )
            repair = Words("lưu lại từ bản gốc thành CSV UTF-8 hoặc .xlsx", "save the original as CSV UTF-8 or .xlsx")
            self.fault(column, reason, repair, cause="lost letters")
        elif not text.isprintable():
            reason = Words("có ký tự điều khiển hoặc ẩn", f"has control or invisible characters: {shown(text)}")
            self.fault(column, reason, cause="invisible")
        elif text.startswith("#") and _EXCEL_ERROR.fullmatch(text):
            self._excel_error(column, text)
        return text

    def english(self, column: str, vietnamese: str) -> str:
        """Returns the English text, or the Vietnamese of another column where an office left the English blank."""
        return self.text(column, may_be_empty=True) or self._clean(vietnamese)

    def _has_lost_letters(self, column: str, text: str) -> bool:
        if "?" in text and column.endswith("_vi") and _LOST.search(text):
            return True
        return not text.isascii() and _MISREAD.search(text) is not None

    def identity(self, column: str, *, may_be_empty: bool = False) -> str:
        """Returns an id: ASCII letters, digits and `. _ / -`."""
        text = self.cells[column].strip()
        if not text and not may_be_empty:
            self._empty(column)
        elif text and not _ID.fullmatch(text):
            reason = Words(f"“{shown(text)}” không dùng làm mã được", f'"{shown(text)}" is not an id')
            repair = Words(
                "ghi mã, không ghi tên: chữ không dấu, số và . _ / -",
                f"write the id, not a name: letters, digits and . _ / -, at most {_LONGEST_ID}",
            )
            self.fault(column, reason, repair, cause="id")
        return text

    def number(self, column: str, high: float, *, empty: float | None = None) -> float:
        """Returns a number from 0 to `high`; `empty` stands for an empty cell where one is allowed."""
        text = self.cells[column].strip()
        if not text and empty is not None:
            return empty
        written = float(text) if is_plain(text) else self._number(column, text, 0, high)
        if written is None:
            return 0.0
        if written > high:
            repair = Words("", "")
            if high == 1 and written <= 100:
                repair = Words(f"viết {text} % nếu là phần trăm", f"write {text} % if it is a percentage")
            reason = Words(f"{shown(text)} lớn hơn {high:.12g}", f"{shown(text)} is above {high:.12g}")
            self.fault(column, reason, repair, cause="above")
            return high
        return float(written)

    def whole(self, column: str, high: int, *, low: int = 0) -> int:
        """Returns a whole number from `low` to `high`."""
        text = self.cells[column].strip()
        if _WHOLE.fullmatch(text):
            if low <= int(text) <= high:
                return int(text)
        elif readings(tidy(text)) and not tidy(text).startswith("-"):
            written = self._number(column, text, low, high)
            if written is None:
                return low
            if written == int(written) and low <= written <= high:
                return int(written)
        if text:
            reason = Words(
                f"“{shown(text)}” không phải số nguyên từ {low} đến {high}",
                f'"{shown(text)}" is not a whole number from {low} to {high}',
            )
            self.fault(column, reason, cause="whole")
        else:
            self._empty(column, _NUMBER_WANTED)
        return low

    def flag(self, column: str) -> bool:
        """Returns a yes or no, written 1 or 0."""
        text = self.cells[column].strip().lower()
        if not text:
            self._empty(column, Words("1 hoặc 0", "1 or 0"))
        elif text not in _FLAGS and self.table.letters:
            self.fault(column, unknown_word(self.cells[column].strip()))  # in the words of its drop-down, said once
        elif text not in _FLAGS:
            self.fault(
                column, Words(f"“{shown(text)}” phải là 1 hoặc 0", f'"{shown(text)}" must be 1 or 0'), cause="flag"
            )
        return _FLAGS.get(text, False)

    def choice(self, column: str, known: Sequence[str]) -> str:
        """Returns one of the `known` words."""
        return self.member(column, self.cells[column].strip(), known)

    def member(self, column: str, text: str, known: Sequence[str]) -> str:
        """Checks that `text`, taken from the cell, is one of the `known` words."""
        if text in known:
            return text
        listed = ", ".join(known)
        near = did_you_mean(text, known)
        repair = near if near != NOTHING else Words(f"một trong {listed}", f"one of {listed}")
        if text:
            self.fault(column, unknown_word(text), repair)
        else:
            self._empty(column, repair)
        return known[0]

    def members(self, column: str, known: Sequence[str]) -> tuple[str, ...]:
        """Returns the `known` words that a cell lists with semicolons between them."""
        return tuple(self.member(column, word, known) for word in self.listed(column))

    def listed(self, column: str) -> tuple[str, ...]:
        """Returns what a cell lists with semicolons between."""
        return tuple(part.strip() for part in self.cells[column].split(";") if part.strip())

    def day(self, column: str) -> date:
        """Returns a date written 2018-12-31, or as a spreadsheet shows one where its order is certain."""
        text = self.cells[column].strip()
        meant = days_meant(text)
        if len(meant) > 1:
            orders = day_orders(self.table.column(column))
            meant = {order: day for order, day in meant.items() if orders == {order}} or meant
        if not meant:
            reason = Words(
                f"“{shown(text)}” không phải ngày dạng 2018-12-31", f'"{shown(text)}" is not like 2018-12-31'
            )
            self.fault(column, reason, cause="day")
            return date.min
        if len(set(meant.values())) > 1:
            one, other = (day.isoformat() for day in meant.values())
            reason = Words(f"“{text}” đọc được hai cách", f'"{text}" is ambiguous: which is the month?')
            self.fault(column, reason, Words(f"viết {one} hoặc {other}", f"write {one} or {other}"), "E-TAB-007", "day")
            return date.min
        order, day = next(iter(meant.items()))
        if order != "ymd":
            shape = Words("ngày/tháng/năm", "day/month/year") if order == "dmy" else Words("tháng/ngày/năm", "m/d/y")
            self.table.tell(Words(f"ngày viết {shape.vi}", f"dates as {shape.en}"))
        return day

    def _number(self, column: str, text: str, low: float, high: float) -> Decimal | None:
        """Reads a number that is not plain; None after noting why it cannot be read."""
        written = tidy(text)
        is_percentage = written.endswith("%") and high <= _MOST_OF_A_PERCENTAGE
        body = written[:-1].rstrip() if is_percentage else written
        found = readings(body)
        scale = 100 if is_percentage else 1
        values = {reading.value for reading in found.values()}
        if not values or min(values) < 0:
            self._no_number(column, text)
            return None
        if len(values) > 1:
            found = self._settled(column, body, found, (low * scale, high * scale))
        if not found:
            return None
        mark, reading = next(iter(found.items()))
        self._tell_marks(mark, reading, body, is_one_way=len(found) == 1)
        return reading.value / scale

    def _settled(
        self, column: str, body: str, found: dict[Mark, Reading], span: tuple[float, float]
    ) -> dict[Mark, Reading]:
        """The one reading that the column's bounds or its other cells leave of an ambiguous number, else a question."""
        possible = {mark: reading for mark, reading in found.items() if span[0] <= reading.value <= span[1]}
        if len(possible) == 1:
            return possible
        mark = decimal_mark(body, self.table.evidence(column), self.table.evidence())
        if mark is not None:
            return {mark: found[mark]}
        reason, repair = two_readings(body)
        in_excel = Words(
            f"{repair.vi} (Excel: định dạng General, không dấu phân nghìn), hoặc dùng thẳng tệp .xlsx",
            f"{repair.en} (Excel: number format General, no thousands separator), or name the .xlsx itself",
        )
        if self.table.letters:
            in_excel = Words(f"{repair.vi}, và lưu ô dạng số", f"{repair.en}, and store the cell as a number")
        self.fault(column, reason, in_excel, AMBIGUOUS, cause="two ways")
        return {}

    def _tell_marks(self, mark: Mark, reading: Reading, body: str, *, is_one_way: bool) -> None:
        if is_one_way and reading.decimals and mark == ",":
            self.table.tell(_DECIMAL_COMMA)
        if reading.groups:
            self.table.tell(_PARTED_BY["," if mark == "." else "."])
        elif " " in body:
            self.table.tell(_PARTED_BY[" "])

    def _no_number(self, column: str, text: str) -> None:
        if not text:
            self._empty(column, _END_WANTED if column.endswith(("_low", "_high")) else _NUMBER_WANTED)
        elif _EXCEL_ERROR.fullmatch(text):
            self._excel_error(column, text)
        else:
            reason = Words(f"“{shown(text)}” không phải số không âm", f'"{shown(text)}" is not a number from 0 up')
            repair = Words("chỉ ghi số, ví dụ 1250 hoặc 0.7", "write the number alone, as 1250 or 0.7")
            if text.strip("-–—") == "":
                repair = Words("ghi 0 nếu là không", "write 0 if it means nothing")
            self.fault(column, reason, repair, cause="number")

    def _empty(self, column: str, repair: Words = NOTHING) -> None:
        self.fault(column, Words("ô trống", "the cell is empty"), repair)

    def _excel_error(self, column: str, text: str) -> None:
        if text.startswith("##"):
            reason = Words(f"{text}: cột quá hẹp lúc lưu", f"{text}: the column was too narrow when it was saved")
            repair = Words("nới cột rồi lưu lại", "widen it in Excel and save again")
        else:
            reason = Words(f"{text} là lỗi của Excel", f"{text} is an error of Excel, not a value")
            repair = Words("sửa công thức rồi lưu lại", "mend the formula and save again")
        self.fault(column, reason, repair)

    def _clean(self, column: str) -> str:
        text = self.cells[column].strip()
        if text.startswith("'") and not self.table.letters:
            text = unguarded(text)
        if text.isascii() and text.isprintable():
            return text
        text = unicodedata.normalize("NFC", text)
        if not text.isprintable():
            text = text.translate(_HARD_SPACES).strip()
            if _LINE_BREAKS.search(text):
                text = _LINE_BREAKS.sub(" ", text)
                self.table.tell(_BREAKS_READ)
        return text
