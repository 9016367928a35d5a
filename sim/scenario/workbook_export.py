"""A scenario written as a workbook for a planner: drop-downs, notes, totals by formula, to be edited and read back.

Every sheet has its title, what stands on it and an example, then totals, headings, a row of column codes by which the
sheet is read again, and the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.scenario.budget_rules import EVERYTHING
from sim.scenario.keys import ANY_ID, ROW_LISTS, Key, key_of, meaning, schema_keys, title_of
from sim.scenario.own import OwnScenario, number_text, row_cells
from sim.scenario.quantity import QUANTITY_PARTS
from sim.scenario.sheet import letters_of
from sim.scenario.table_set import TABLES
from sim.scenario.units import EXAMPLES
from sim.scenario.workbook_sheets import (
    AGENCIES,
    CONTENTS,
    EMPTY,
    LINES,
    LISTS,
    OPEN_WORDS,
    PARAMETERS,
    PLAN,
    PURCHASES,
    SHEETS,
    STATED,
    TOTALS,
    WORDS,
    Heading,
    SheetKind,
)

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

Defaults = Mapping[Key, Any]
Titles = Mapping[str, Mapping[str, str]]
"""Words for codes that reports know: measures, readings, scopes."""

_TITLE, _ABOUT, _EXAMPLE, _SUMS, _HEADINGS, _CODES, _FIRST = range(7)
_SPARE_ROWS = 200
"""Rows below the last one that have drop-downs and formulas already."""
_MOST_LINES = 4
_PAGE_WIDTH = 240.0
"""Characters across a printed page that can still be read."""
_LAST_SUMMED = 2_000
"""Row down to which money is added up."""
_BLANK_ROWS = 12
"""Of them, those that look like rows to be filled in."""
_EXACT_DIGITS = 15
_MANY = frozenset({"tiers", "funded_by", "readings"})
"""Columns that may name several things of their drop-down."""
_SUMMED = frozenset({"staff", "leaders", "clerk_posts", "rooms", "it_staff", "mailboxes"})
_SECTIONS: Mapping[str, str] = {
    "run": "Cách tính",
    "calendar": "Lịch làm việc",
    "volumes": "Số lượng văn bản",
    "matrix": "Ai gửi cho ai",
    "seasons": "Nhịp trong ngày, tuần, năm",
    "documents": "Văn bản",
    "people": "Con người và thời gian làm việc",
    "network": "Mạng, hệ thống",
    "post": "Chuyển bản giấy",
    "signatures": "Chữ ký số",
    "start": "Hiện trạng sử dụng lúc đầu",
    "equipment": "Trang thiết bị lúc đầu",
    "adoption": "Người dùng tiếp nhận cái mới",
    "dossiers": "Hồ sơ một cửa",
    "budget": "Kinh phí về và được chi ra sao",
    "reporting": "Số báo cáo khác thực tế ra sao",
    "purchases": "Tỷ lệ, đơn giá ghi đè trang Nội dung chi",
}
_EXAMPLE_YEARS = ("2027", "2028", "2029", "2030", "2031")


@dataclass(frozen=True)
class Guide:
    """What the first sheet says of the way on: the file's name and how the program is called."""

    file_name: str
    program: str


def scenario_workbook(own: OwnScenario, defaults: Defaults, guide: Guide, titles: Titles | None = None) -> bytes:
    """Returns a workbook that holds a scenario.

    Args:
        own: what the scenario's files say.
        defaults: what every province starts from, by key, shown beside.
        guide: what the first sheet says.
        titles: words for measures, readings and scopes, in the drop-downs.
    """
    from xlsxwriter.workbook import Workbook

    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    workbook = Workbook(stream, options)
    workbook.set_properties({"title": guide.file_name, "created": datetime(2000, 1, 1)})  # noqa: DTZ001 - same bytes each time
    _Writer(workbook, own, defaults, guide, titles or {}).write()
    workbook.close()
    return stream.getvalue()


def _formats(workbook: Workbook) -> dict[str, Format]:
    base = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    box = {**base, "border": 1, "border_color": "#D0D0D0"}
    looks: dict[str, dict[str, Any]] = {
        "title": {**base, "bold": True, "font_size": 14},
        "text": {**base, "text_wrap": True},
        "link": {**base, "font_color": "#1F4E9E", "underline": 1},
        "example": {**base, "italic": True, "font_color": "#808080", "num_format": "@"},
        "heading": {**base, "bold": True, "text_wrap": True, "bg_color": "#DCE6F1", "border": 1},
        "code": {**base, "font_size": 8, "font_color": "#808080", "bg_color": "#F2F2F2"},
        "section": {**base, "bold": True, "bg_color": "#F2F2F2"},
        "plain": {**base, "num_format": "@"},
        "entry": {**box, "bg_color": "#FFFBE6", "num_format": "@", "text_wrap": True},
        "number": {**box, "bg_color": "#FFFBE6", "num_format": "General"},
        "money": {**box, "bg_color": "#FFFBE6", "num_format": "#,##0.###"},
        "day": {**box, "bg_color": "#FFFBE6", "num_format": "dd/mm/yyyy", "align": "left"},
        "auto": {**box, "bg_color": "#EFEFEF", "num_format": "#,##0.###;-#,##0.###;"},
        "default": {**box, "font_color": "#808080", "text_wrap": True},
        "wrong": {"bg_color": "#F8CBAD"},
    }
    return {name: workbook.add_format(look) for name, look in looks.items()}


@dataclass
class _Writer:
    """Writes the sheets of one workbook."""

    workbook: Workbook
    own: OwnScenario
    defaults: Defaults
    guide: Guide
    titles: Titles
    lists: dict[str, str] = field(default_factory=dict)
    """The range of each drop-down's words."""
    formats: dict[str, Format] = field(init=False)

    def __post_init__(self) -> None:
        self.formats = _formats(self.workbook)

    def write(self) -> None:
        """Writes every sheet."""
        contents = self.workbook.add_worksheet(CONTENTS)
        sheets = [(kind, self.workbook.add_worksheet(kind.name)) for kind in SHEETS]
        self._lists_sheet(self.workbook.add_worksheet(LISTS))
        for kind, sheet in sheets:
            if kind in (PLAN, PARAMETERS):
                self._key_sheet(sheet, kind)
            elif kind.key in TABLES:
                self._table_sheet(sheet, kind)
            else:
                self._list_sheet(sheet, kind)
        self._contents_sheet(contents)

    def word(self, words: str, code: str) -> str:
        """What a cell of a drop-down shows for a code."""
        said = self.titles.get(words, {}).get(code, "")
        return f"{said} ({code})" if said else WORDS[words].get(code, code)

    def _contents_sheet(self, sheet: Worksheet) -> None:
        title = self.own.entries.get(("title", "vi"), "Kịch bản mới")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, str(title), self.formats["title"])
        program, file = self.guide.program, self.guide.file_name
        steps = (
            (
                "Điền lần lượt từng trang dưới đây; ô nền vàng là ô điền, ô nền xám tự tính. Rê chuột lên tiêu đề cột"
                " để xem cách ghi. Hàng mã nhỏ dưới tiêu đề để chương trình đọc lại: không xóa."
            ),
            "Ngày ghi ngày/tháng/năm. Không gộp ô, không xóa trang, không xóa cột; dòng không dùng thì xóa.",
            f"Lưu lại (.xlsx) rồi kiểm tra, mọi lỗi nêu rõ trang và ô:   {program} check {file}",
            f"Mô phỏng:   {program} run {file}",
            f"Đổi ra thư mục tệp văn bản (không bắt buộc):   {program} import {file}",
        )
        for at, step in enumerate(steps, 1):
            sheet.write_string(at, 0, f"Bước {at}" if at > 2 else "Lưu ý", self.formats["text"])
            sheet.write_string(at, 1, step, self.formats["text"])
            sheet.set_row(at, _height([(step, 100.0)]))
        row = len(steps) + 2
        for at, heading in enumerate(("Trang", "Nội dung")):
            sheet.write_string(row, at, heading, self.formats["heading"])
        for kind in SHEETS:
            row += 1
            sheet.write_url(row, 0, f"internal:'{kind.name}'!A1", self.formats["link"], kind.name)
            needed = "Bắt buộc. " if kind.required else ""
            sheet.write_string(row, 1, f"{needed}{kind.about}", self.formats["text"])
            sheet.set_row(row, _height([(f"{needed}{kind.about}", 100.0)]))
        row += 1
        sheet.write_url(row, 0, f"internal:'{LISTS}'!A1", self.formats["link"], LISTS)
        sheet.write_string(row, 1, "Các từ trong danh sách chọn và nghĩa. Không sửa.", self.formats["text"])
        _printed(sheet, row)
        sheet.activate()

    def _lists_sheet(self, sheet: Worksheet) -> None:
        sheet.write_string(0, 0, "Các từ trong danh sách chọn (không sửa)", self.formats["title"])
        for at, (name, words) in enumerate(WORDS.items()):
            first, second = 2 * at, 2 * at + 1
            sheet.set_column(first, first, 30)
            sheet.set_column(second, second, 24)
            sheet.write_string(2, first, _LIST_TITLES[name], self.formats["heading"])
            sheet.write_string(2, second, "mã trong tệp văn bản", self.formats["heading"])
            for row, code in enumerate(words, 3):
                sheet.write_string(row, first, self.word(name, code), self.formats["text"])
                sheet.write_string(row, second, code, self.formats["code"])
            letters = letters_of(first)
            self.lists[name] = f"='{LISTS}'!${letters}$4:${letters}${3 + len(words)}"
        sheet.freeze_panes(3, 0)
        _printed(sheet, 2)

    def _head(self, sheet: Worksheet, kind: SheetKind, headings: Sequence[Heading]) -> None:
        """Title, what it is, example, headings with their notes, and codes."""
        sheet.write_string(_TITLE, 0, kind.name, self.formats["title"])
        sheet.write_url(_TITLE, 3, f"internal:'{CONTENTS}'!A1", self.formats["link"], "về Mục lục")
        sheet.write_string(_ABOUT, 0, kind.about)
        if kind.example:
            sheet.set_row(_EXAMPLE, 15)
        for at, heading in enumerate(headings):
            sheet.set_column(at, at, heading.width, self.formats["plain" if _is_text(heading) else "text"])
            sheet.write_string(_HEADINGS, at, heading.title, self.formats["heading"])
            sheet.write_string(_CODES, at, heading.code, self.formats["code"])
            if heading.note:
                sheet.write_comment(_HEADINGS, at, heading.note, {"x_scale": 1.6, "author": ""})
            if heading.code in kind.example:
                said = kind.example[heading.code]
                sheet.write_string(_EXAMPLE, at, f"Ví dụ: {said}" if at == 0 else said, self.formats["example"])
        sheet.set_row(_HEADINGS, 45)
        sheet.freeze_panes(_FIRST, 1)
        _printed(sheet, _CODES, _HEADINGS, width=sum(heading.width for heading in headings))

    def _drop_downs(self, sheet: Worksheet, headings: Sequence[Heading], last: int) -> None:
        for at, heading in enumerate(headings):
            if not heading.words or heading.code in _MANY:
                continue
            strict = heading.words not in OPEN_WORDS
            sheet.data_validation(
                _FIRST,
                at,
                last,
                at,
                {
                    "validate": "list",
                    "source": self.lists[heading.words],
                    "error_title": heading.title[:32],
                    "error_message": "Chọn một từ trong danh sách.",
                    "show_error": strict,
                },
            )

    # Sheets of keys

    def _key_sheet(self, sheet: Worksheet, kind: SheetKind) -> None:
        self._head(sheet, kind, kind.headings)
        row, section = _FIRST, ""
        for key in self._keys(kind):
            name = ".".join(key)
            if kind is PARAMETERS and key[0] != section:
                section = key[0]
                sheet.write_string(row, 0, _SECTIONS.get(section, section), self.formats["section"])
                row += 1
            self._key_row(sheet, row, key, name)
            row += 1
        last = row + (30 if kind is PARAMETERS else 0)
        self._drop_downs(sheet, kind.headings, last)
        sheet.freeze_panes(_FIRST, 1)

    def _keys(self, kind: SheetKind) -> Iterator[Key]:
        if kind is PLAN:
            yield from (key_of(name) for name in STATED)
            yield from (key for key, used in ((("complete",), self.own.complete), (("unset",), self.own.unset)) if used)
            return
        shown = {
            key
            for key, known in schema_keys().items()
            if not known.is_table and key[0] not in (*ROW_LISTS, "schema", "purchases") and ANY_ID not in key
        }
        listed = [key for key in schema_keys() if key in shown and ".".join(key) not in STATED]
        listed = [key for key in listed if ".".join(key) not in TABLES]
        more: dict[Key, None] = {}
        for key in self.own.entries:
            whole = self._whole(key)
            if whole[0] not in (*ROW_LISTS, "schema") and ".".join(whole) not in (*STATED, *TABLES):
                more[whole] = None
        extra = [key for key in more if key not in shown]
        yield from sorted(
            [*listed, *extra], key=lambda key: list(_SECTIONS).index(key[0]) if key[0] in _SECTIONS else len(_SECTIONS)
        )

    def _whole(self, key: Key) -> Key:
        """The key of a quantity that an entry is a part of; the key itself of anything else."""
        around = meaning(key[:-1]) if len(key) > 1 else None
        return key[:-1] if around is not None and (around.dimension or around.is_profile) else key

    def _key_row(self, sheet: Worksheet, row: int, key: Key, name: str) -> None:
        known, stated = meaning(key), STATED.get(name)
        title = stated.title if stated else title_of(name).vi or name
        column = {heading.code: at for at, heading in enumerate(PLAN.headings)}
        sheet.write_string(row, column["title"], title, self.formats["text"])
        sheet.write_string(row, column["key"], name, self.formats["code"])
        if known is not None and known.dimension:
            sheet.write_string(row, column["unit"], EXAMPLES[known.dimension], self.formats["default"])
        elif stated and stated.example:
            sheet.write_string(row, column["unit"], f"ví dụ {stated.example}", self.formats["default"])
        if stated:
            sheet.write_comment(row, column["value"], stated.note, {"x_scale": 1.6, "author": ""})
        self._default_cells(sheet, row, key, column)
        source = self.own.entries.get((*key, "source"), self.own.entries.get(key, ""))
        sheet.set_row(row, _height([(title, 52.0), (str(source), 44.0)]))
        is_whole = known is not None and bool(known.dimension or known.is_profile)
        for part in QUANTITY_PARTS:
            at = column[part]
            written = self._own_part(key, part, is_whole=is_whole)
            if written is None:
                is_day = known is not None and "date" in str(known.holds)
                sheet.write_blank(row, at, None, self.formats["day" if is_day and part == "value" else "entry"])
            else:
                words = {"kind": "law", "basis": "basis"}.get(part, "") if is_whole else ""
                self._value(sheet, row, at, written, words)

    def _own_part(self, key: Key, part: str, *, is_whole: bool) -> Any:
        if key == ("complete",):
            return "true" if part == "value" else None
        if key == ("unset",):
            return "; ".join(self.own.unset) if part == "value" else None
        if not is_whole:
            return self.own.entries.get(key) if part == "value" else None
        named = "weights" if part == "value" and (*key, "weights") in self.own.entries else part
        return self.own.entries.get((*key, named))

    def _default_cells(self, sheet: Worksheet, row: int, key: Key, column: Mapping[str, int]) -> None:
        value = next(
            (self.defaults[one] for one in (key, (*key, "value"), (*key, "weights")) if one in self.defaults), None
        )
        if value is not None:
            sheet.write_string(row, column["default"], _plain(value), self.formats["default"])
        low, high = self.defaults.get((*key, "low")), self.defaults.get((*key, "high"))
        if low is not None and high is not None:
            sheet.write_string(row, column["default_range"], f"{_plain(low)} … {_plain(high)}", self.formats["default"])

    # Sheets of lists

    def _list_sheet(self, sheet: Worksheet, kind: SheetKind) -> None:
        self._head(sheet, kind, kind.headings)
        row = _FIRST
        for row_id in self.own.row_ids(kind.key):
            values = self._row_values(kind, row_id)
            sheet.set_row(row, _height((str(value), kind.headings[at].width) for at, value in enumerate(values)))
            for at, (heading, written) in enumerate(zip(kind.headings, values, strict=True)):
                if written is not None:
                    self._value(sheet, row, at, written, heading.words)
                else:
                    sheet.write_blank(row, at, None, self.formats["entry"])
            row += 1
        self._blank_rows(sheet, kind, row, _BLANK_ROWS)
        self._drop_downs(sheet, kind.headings, row + _SPARE_ROWS)

    def _row_values(self, kind: SheetKind, row_id: str) -> list[Any]:
        return [self.own.entries.get((kind.key, row_id, *heading.code.split("."))) for heading in kind.headings]

    def _blank_rows(self, sheet: Worksheet, kind: SheetKind, row: int, count: int) -> None:
        days = {"due", "start", "measured_from", "date"}
        for blank in range(row, row + count):
            for at, heading in enumerate(kind.headings):
                look = "day" if heading.code in days else "entry" if _is_text(heading) else "number"
                sheet.write_blank(blank, at, None, self.formats[look])

    # Sheets of tables

    def _table_sheet(self, sheet: Worksheet, kind: SheetKind) -> None:
        if kind in (LINES, TOTALS):
            self._money_sheet(sheet, kind)
            return
        self._head(sheet, kind, kind.headings)
        rows = self.own.tables.get(kind.key, ())
        for row, one in enumerate(rows, _FIRST):
            cells = row_cells(one)
            sheet.set_row(row, _height((str(cells[heading.code]), heading.width) for heading in kind.headings))
            for at, heading in enumerate(kind.headings):
                self._table_cell(sheet, row, at, heading, cells[heading.code])
        last = _FIRST + len(rows) + _SPARE_ROWS
        if not rows or kind.required:
            self._blank_rows(sheet, kind, _FIRST + len(rows), _BLANK_ROWS)
        self._drop_downs(sheet, kind.headings, last)
        column = {heading.code: letters_of(at) for at, heading in enumerate(kind.headings)}
        if kind is AGENCIES:
            self._agency_sums(sheet, kind, last)
        if kind is PURCHASES:
            lines, shares = (f"${column[name]}${_FIRST + 1}:${column[name]}${last}" for name in ("line_id", "share"))
            where = f"{column['share']}{_FIRST + 1}:{column['share']}{last}"
            broken = f"=SUMIF({lines},${column['line_id']}{_FIRST + 1},{shares})>1.0000001"
            sheet.conditional_format(where, {"type": "formula", "criteria": broken, "format": self.formats["wrong"]})
            source = f"='{LINES.name}'!$A${_FIRST + 1}:$A${_FIRST + 1 + 2 * _SPARE_ROWS}"
            sheet.data_validation(_FIRST, 0, last, 0, {"validate": "list", "source": source, "show_error": False})

    def _agency_sums(self, sheet: Worksheet, kind: SheetKind, last: int) -> None:
        sheet.write_string(_SUMS, 0, "Cộng", self.formats["section"])
        rows = self.own.tables.get(kind.key, ())
        for at, heading in enumerate(kind.headings):
            if heading.code in _SUMMED:
                letters = letters_of(at)
                total = sum(getattr(row, heading.code) for row in rows)
                formula = f"=SUM({letters}{_FIRST + 1}:{letters}{last + 1})"
                sheet.write_formula(_SUMS, at, formula, self.formats["auto"], total)
        parent = next(at for at, heading in enumerate(kind.headings) if heading.code == "parent_id")
        source = f"='{kind.name}'!$A${_FIRST + 1}:$A${last + 1}"
        sheet.data_validation(_FIRST, parent, last, parent, {"validate": "list", "source": source})

    def _table_cell(self, sheet: Worksheet, row: int, at: int, heading: Heading, cell: Any) -> None:
        if heading.words and isinstance(cell, str) and cell:
            cell = "; ".join(self.word(heading.words, part) for part in cell.split(";"))
        elif heading.code == "date":
            cell = date.fromisoformat(cell)
        self._value(sheet, row, at, cell, "")

    def _value(self, sheet: Worksheet, row: int, at: int, value: Any, words: str) -> None:
        """One cell as what it is: a day, a number or text."""
        match value:
            case bool():
                sheet.write_string(row, at, WORDS["yes_no"]["1" if value else "0"], self.formats["entry"])
            case date() if value.year >= 1900:
                sheet.write_datetime(row, at, value, self.formats["day"])
            case int() | float() if _is_exact(value):
                sheet.write_number(row, at, value, self.formats["number"])
            case int() | float():
                sheet.write_string(row, at, number_text(value), self.formats["entry"])
            case tuple():
                said = "; ".join(self.word(words, str(part)) if words else _plain(part) for part in value)
                sheet.write_string(row, at, said or EMPTY, self.formats["entry"])
            case _:
                text = self.word(words, str(value)) if words and value else str(value)
                if text:
                    sheet.write_string(row, at, text, self.formats["entry"])
                else:
                    sheet.write_blank(row, at, None, self.formats["entry"])

    # Money

    def _money_sheet(self, sheet: Worksheet, kind: SheetKind) -> None:
        rows = self._money_rows(kind)
        years = self._years()
        total = Heading("total", "Cả kỳ", "Tổng các năm, triệu đồng", 12.0)
        fixed = tuple(heading for heading in kind.headings if heading.code != "total")
        sums = total if kind is TOTALS else Heading("sum", "Cộng (tự tính)", "Tổng các năm, triệu đồng", 12.0)
        of_years = tuple(
            Heading(year, f"Năm {year} (triệu đồng)", "Ô trống: không có khoản này", 12.0) for year in years
        )
        headings = (*fixed, sums, *of_years)
        self._head(sheet, kind, headings)
        spare = _BLANK_ROWS
        last = _FIRST + len(rows) + spare
        at_sum = len(fixed)
        if not years_known(self.own):
            self._years_by_formula(sheet, at_sum + 1, years)
        for row in range(_FIRST, last):
            titles, amounts = rows[row - _FIRST] if row - _FIRST < len(rows) else ((), {})
            sheet.set_row(row, _height((text, fixed[at].width) for at, text in enumerate(titles)))
            for at, heading in enumerate(fixed):
                if at < len(titles):
                    said = self.word(heading.words, titles[at]) if heading.words else titles[at]
                    sheet.write_string(row, at, said, self.formats["entry"])
                else:
                    sheet.write_blank(row, at, None, self.formats["entry"])
            if kind is LINES:
                self._line_amounts(sheet, row, at_sum, years, amounts)
            elif titles:
                self._total_amounts(sheet, row, at_sum, (*titles,), amounts)
        self._drop_downs(sheet, headings, last)
        if kind is LINES:
            sheet.write_string(_SUMS, 0, "Cộng", self.formats["section"])
            for at in range(at_sum, at_sum + 1 + len(years)):
                letters = letters_of(at)
                year = years[at - at_sum - 1] if at > at_sum else ""
                amount = sum(one.get(year, 0.0) if year else sum(one.values()) for _, one in rows)
                formula = f"=SUM({letters}{_FIRST + 1}:{letters}{_LAST_SUMMED})"
                sheet.write_formula(_SUMS, at, formula, self.formats["auto"], amount)

    def _line_amounts(
        self, sheet: Worksheet, row: int, at_sum: int, years: Sequence[str], amounts: Mapping[str, float]
    ) -> None:
        first, end = letters_of(at_sum + 1), letters_of(at_sum + 20)
        formula = f"=SUM({first}{row + 1}:{end}{row + 1})"
        sheet.write_formula(row, at_sum, formula, self.formats["auto"], sum(amounts.values()))
        for at, year in enumerate(years, at_sum + 1):
            if year in amounts:
                self._amount(sheet, row, at, amounts[year])
            else:
                sheet.write_blank(row, at, None, self.formats["money"])

    def _total_amounts(
        self, sheet: Worksheet, row: int, at_sum: int, titles: tuple[str, ...], amounts: Mapping[str, float]
    ) -> None:
        """The stated totals: a formula where the lines add up to what is stated, else the number."""
        scope, source = titles
        lines = self.own.tables.get(LINES.key, ())
        for at, year in enumerate(("total", *self._years()), at_sum):
            if year not in amounts:
                sheet.write_blank(row, at, None, self.formats["money"])
                continue
            added = sum(
                line.amount_million_vnd
                for line in lines
                if line.source == source
                and scope in (EVERYTHING, line.chapter, line.line_id)
                and year in ("total", str(line.year))
            )
            if abs(added - amounts[year]) > 1e-9:
                self._amount(sheet, row, at, amounts[year])
            else:
                sheet.write_formula(row, at, _sum_formula(row, at - at_sum), self.formats["money"], amounts[year])

    def _amount(self, sheet: Worksheet, row: int, at: int, amount: float) -> None:
        if _is_exact(amount):
            sheet.write_number(row, at, amount, self.formats["money"])
        else:
            sheet.write_string(row, at, number_text(amount), self.formats["entry"])

    def _money_rows(self, kind: SheetKind) -> list[tuple[tuple[str, ...], dict[str, float]]]:
        """Rows of lines or totals: their titles, and their amounts by year."""
        rows: dict[tuple[str, ...], dict[str, float]] = {}
        fixed = [heading.code for heading in kind.headings if heading.code != "total"]
        for one in self.own.tables.get(kind.key, ()):
            titles = tuple(getattr(one, code) for code in fixed)
            rows.setdefault(titles, {})[str(one.year)] = one.amount_million_vnd
        is_blank = not rows and not self.own.tables.get(LINES.key)
        if kind is TOTALS and is_blank and ("budget", "lines") not in self.defaults:
            rows = {(EVERYTHING, source): {"total": 0.0} for source in WORDS["money"]}
        return list(rows.items())

    def _years(self) -> list[str]:
        own = [str(row.year) for key in (LINES.key, TOTALS.key) for row in self.own.tables.get(key, ())]
        start, end = (self.own.entries.get(("horizon", which)) for which in ("start", "end"))
        if isinstance(start, date) and isinstance(end, date):
            own += [str(year) for year in range(start.year, end.year + 1)]
        return sorted(set(own) - {"total"}) or list(_EXAMPLE_YEARS)

    def _years_by_formula(self, sheet: Worksheet, at: int, years: Sequence[str]) -> None:
        """The years of a blank plan follow its first day."""
        start = f"'{PLAN.name}'!$B${_FIRST + 1 + list(STATED).index('horizon.start')}"
        for place in range(len(years)):
            word = f"năm {place + 1}"
            formula = f'=IF(ISNUMBER({start}),YEAR({start})+{place},"{word}")'
            sheet.write_formula(_CODES, at + place, formula, self.formats["code"], word)
            sheet.write_string(_HEADINGS, at + place, f"Năm thứ {place + 1} (triệu đồng)", self.formats["heading"])


def years_known(own: OwnScenario) -> bool:
    """Says whether a scenario has a first day or money, so that its sheets of money have their years."""
    return isinstance(own.entries.get(("horizon", "start")), date) or bool(own.tables.get(LINES.key))


def _sum_formula(row: int, place: int) -> str:
    """What a total sums: the column of its year, or of all years, of the lines of its source within its scope."""
    letters = letters_of(len(LINES.headings) + place)
    lines = f"'{LINES.name}'!"
    span = f"${_FIRST + 1}:${{}}${_LAST_SUMMED}"

    def column(name: str) -> str:
        return f"{lines}${name}{span.format(name)}"

    amounts, source = column(letters), f"{column('E')},$B{row + 1}"
    scope = f"$A{row + 1}"
    of_all = f"SUMIFS({amounts},{source})"
    of_chapter = f"SUMIFS({amounts},{source},{column('B')},{scope})"
    of_line = f"SUMIFS({amounts},{source},{column('A')},{scope})"
    return f'=IF({scope}="{EVERYTHING}",{of_all},IF(COUNTIF({column("B")},{scope})>0,{of_chapter},{of_line}))'


def _is_exact(value: float) -> bool:
    """Whether Excel, which keeps fifteen digits, keeps a number as it is."""
    return float(f"{value:.{_EXACT_DIGITS}g}") == value


def _is_text(heading: Heading) -> bool:
    """Whether a column is one of words, which Excel must not take for a number or a day."""
    return bool(heading.words) or not any(
        mark in heading.title for mark in ("(người)", "(vị trí)", "triệu đồng", "Tỷ lệ", "Số ", "Phòng", "Hộp thư")
    )


def _plain(value: object) -> str:
    match value:
        case bool():
            return WORDS["yes_no"]["1" if value else "0"]
        case int() | float():
            return number_text(value)
        case date():
            return f"{value:%d/%m/%Y}"
        case tuple():
            return "; ".join(_plain(part) for part in value)
        case _:
            return str(value)


def _height(texts: Iterable[tuple[str, float]]) -> float:
    """Points that a row of wrapped texts takes, each with the width of its column; other programs do not fit it."""
    lines = max((1 + int(len(text) / (1.25 * width)) for text, width in texts), default=1)
    return 13.5 * min(lines, _MOST_LINES)


def _printed(sheet: Worksheet, last_of_head: int, first_of_head: int | None = None, width: float = 0.0) -> None:
    """A4 landscape, a wide sheet over a few pages beside each other, headings on every page, page numbers."""
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1 + int(width / _PAGE_WIDTH), 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&L&A&R&P/&N")
    if first_of_head is not None:
        sheet.repeat_rows(first_of_head, last_of_head)


_LIST_TITLES: Mapping[str, str] = {
    "yes_no": "có, không",
    "tier": "cấp",
    "intake_tier": "nơi tiếp nhận",
    "money": "nguồn vốn",
    "route": "đường truyền",
    "basis": "căn cứ",
    "law": "phân bố",
    "bought": "mua gì",
    "day": "ngày",
    "work": "khối lượng việc",
    "portal": "nộp qua",
    "counted_as": "tính vào chỉ tiêu",
    "unit": "đếm theo",
    "event": "tính khi",
    "version": "số liệu",
    "measure": "đo bằng",
    "counted": "đếm gì",
    "reading": "cách hiểu khác",
    "state": "kết quả ước lượng",
    "scope": "phạm vi",
}
