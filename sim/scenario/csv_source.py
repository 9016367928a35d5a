"""Reading a CSV table that somebody else wrote, cell by cell, keeping every fault."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.files import CSV_LIMIT_BYTES, read_text
from sim.scenario.suggest import did_you_mean

_NUMBER = re.compile(r"\d{1,12}(\.\d{1,9})?", re.ASCII)
_WHOLE = re.compile(r"\d{1,12}", re.ASCII)
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}", re.ASCII)
_FLAGS = {"1": True, "true": True, "0": False, "false": False}
_LONGEST_TEXT = 1000
_LONGEST_ID = 64


@dataclass
class Cells:
    """One row of a table; each reader returns the cell, or a stand-in after noting what is wrong with it."""

    place: str
    cells: dict[str, str]
    errors: list[ScenarioError] = field(default_factory=list)

    def fault(self, column: str, reason: Words, repair: Words = NOTHING, code: str = "E-TAB-002") -> None:
        """Notes what is wrong with a cell."""
        self.errors.append(ScenarioError(code, self.place, column, reason, repair))

    def text(self, column: str, *, may_be_empty: bool = False) -> str:
        """Returns a printable text, in Unicode form C."""
        text = unicodedata.normalize("NFC", self.cells[column].strip())
        if not text and not may_be_empty:
            self.fault(column, Words("ô trống", "the cell is empty"))
        elif len(text) > _LONGEST_TEXT:
            self.fault(column, Words("chữ quá dài", f"longer than {_LONGEST_TEXT} letters"))
        elif not text.isprintable():
            reason = Words("có ký tự điều khiển hoặc ẩn", f"has control or invisible characters: {shown(text)}")
            self.fault(column, reason)
        return text

    def identity(self, column: str, *, may_be_empty: bool = False) -> str:
        """Returns an id: ASCII letters, digits and `. _ / -`."""
        text = self.cells[column].strip()
        if not (_ID.fullmatch(text) or (may_be_empty and not text)):
            reason = Words(f"“{shown(text)}” không phải id", f'"{shown(text)}" is not an id')
            repair = Words("chữ không dấu, số và . _ / -", f"letters, digits and . _ / -, at most {_LONGEST_ID}")
            self.fault(column, reason, repair)
        return text

    def number(self, column: str, high: float, *, empty: float | None = None) -> float:
        """Returns a number from 0 to `high`; `empty` stands for an empty cell where one is allowed."""
        text = self.cells[column].strip()
        if not text and empty is not None:
            return empty
        if not _NUMBER.fullmatch(text):
            reason = Words(f"“{shown(text)}” không phải số không âm", f'"{shown(text)}" is not a number from 0 up')
            self.fault(column, reason, Words("dấu thập phân là dấu chấm", "the decimal mark is a point"))
            return 0.0
        value = float(text)
        if value > high:
            self.fault(column, Words(f"{text} lớn hơn {high:.12g}", f"{text} is above {high:.12g}"))
            return high
        return value

    def whole(self, column: str, high: int, *, low: int = 0) -> int:
        """Returns a whole number from `low` to `high`."""
        text = self.cells[column].strip()
        if _WHOLE.fullmatch(text) and low <= int(text) <= high:
            return int(text)
        reason = Words(
            f"“{shown(text)}” không phải số nguyên từ {low} đến {high}",
            f'"{shown(text)}" is not a whole number from {low} to {high}',
        )
        self.fault(column, reason)
        return low

    def flag(self, column: str) -> bool:
        """Returns a yes or no, written 1 or 0."""
        text = self.cells[column].strip().lower()
        if text not in _FLAGS:
            self.fault(column, Words(f"“{shown(text)}” phải là 1 hoặc 0", f'"{shown(text)}" must be 1 or 0'))
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
        self.fault(column, Words(f"không biết “{shown(text)}”", f'unknown word "{shown(text)}"'), repair)
        return known[0]

    def day(self, column: str) -> date:
        """Returns a date written 2018-12-31."""
        text = self.cells[column].strip()
        try:
            if len(text) == len("2018-12-31"):
                return date.fromisoformat(text)
        except ValueError:
            pass
        reason = Words(f"“{shown(text)}” không phải ngày dạng 2018-12-31", f'"{shown(text)}" is not like 2018-12-31')
        self.fault(column, reason)
        return date.min


def read_rows(
    path: Path, shown_as: str, columns: Sequence[str], most_rows: int, errors: list[ScenarioError]
) -> Iterator[Cells]:
    """Yields the rows of a table whose header is exactly `columns`; blank lines are skipped.

    What is wrong with the table, and with each row once it has been read, goes to `errors`.

    Raises:
        ScenarioErrors: the file cannot be read at all.
    """
    text = read_text(path, shown_as, CSV_LIMIT_BYTES)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start, count = 1, 0
    try:
        for cells in reader:
            place, first = f"{shown_as}:{start}", start == 1
            start = reader.line_num + 1
            if first:
                if cells != list(columns):
                    errors.append(_wrong_header(place, cells, columns))
                    return
            elif len(cells) == len(columns):
                row = Cells(place, dict(zip(columns, cells, strict=True)), errors)
                yield row
            elif cells:
                counted = f"{len(cells)} / {len(columns)}"
                reason = Words(f"dòng có {counted} ô", f"the row has {len(cells)} cells instead of {len(columns)}")
                errors.append(ScenarioError("E-TAB-004", place, "", reason, _QUOTE))
            count += 1
            if count > most_rows + 1:
                reason = Words(f"bảng có hơn {most_rows} dòng", f"the table has more than {most_rows} rows")
                errors.append(ScenarioError("E-TAB-003", place, "", reason))
                return
    except csv.Error as error:
        reason = Words(f"không đọc được CSV: {error}", f"not CSV: {error}")
        errors.append(ScenarioError("E-TAB-004", f"{shown_as}:{start}", "", reason, _QUOTE))
    if count == 0:
        reason = Words("tệp rỗng", "the file is empty")
        errors.append(ScenarioError("E-TAB-001", f"{shown_as}:1", "", reason))


_QUOTE = Words("ô có dấu phẩy phải đặt trong “…”", 'a cell with a comma must stand in "…"')


def _wrong_header(place: str, cells: Sequence[str], columns: Sequence[str]) -> ScenarioError:
    missing = [column for column in columns if column not in cells]
    extra = [shown(cell) for cell in cells if cell not in columns]
    if len(cells) == 1 and ";" in cells[0]:
        reason = Words("các cột ngăn bằng “;”", 'the columns are separated by ";"')
    elif not missing and not extra:
        reason = Words("các cột sai thứ tự", "the columns are in another order")
    else:
        reason = Words(
            f"dòng tiêu đề thiếu {', '.join(missing) or '–'}; thừa {', '.join(extra[:5]) or '–'}",
            f"the header lacks {', '.join(missing) or 'nothing'} and has unknown {', '.join(extra[:5]) or 'nothing'}",
        )
    return ScenarioError("E-TAB-001", place, "", reason, Words(f"đúng là: {','.join(columns)}", ",".join(columns)))
