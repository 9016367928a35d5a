"""A scenario written as a workbook for a planner: drop-downs, notes, totals by formula, to be edited and read back.

Every sheet has its title, what stands on it and an example, then totals, headings, a row of column codes by which the
sheet is read again, and the rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from sim.results.sources import source_text
from sim.scenario.keys import ANY_ID, ROW_LISTS, Key, key_of, meaning, schema_keys, title_of
from sim.scenario.own import OwnScenario, row_cells
from sim.scenario.quantity import QUANTITY_PARTS
from sim.scenario.sheet import letters_of
from sim.scenario.table_set import TABLES
from sim.scenario.units import EXAMPLES
from sim.scenario.workbook_money import MoneySheets
from sim.scenario.workbook_pen import BLANK_ROWS, FIRST, SPARE_ROWS, SUMS, Defaults, Pen, Titles, height, plain, printed
from sim.scenario.workbook_sheets import CONTENTS, LISTS, PARAMETERS, PLAN, SHEETS
from sim.scenario.workbook_tables import AGENCIES, LINES, PURCHASES, TOTALS
from sim.scenario.workbook_words import STATED, WORDS, Heading, SheetKind

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

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
    _Writer(Pen(workbook, own, defaults, titles or {}), guide).write()
    workbook.close()
    return stream.getvalue()


@dataclass(frozen=True)
class _Writer:
    """Writes the sheets of one workbook."""

    pen: Pen
    guide: Guide

    def write(self) -> None:
        """Writes every sheet."""
        contents = self.pen.workbook.add_worksheet(CONTENTS)
        sheets = [(kind, self.pen.workbook.add_worksheet(kind.name)) for kind in SHEETS]
        self._lists_sheet(self.pen.workbook.add_worksheet(LISTS))
        for kind, sheet in sheets:
            if kind in (PLAN, PARAMETERS):
                self._key_sheet(sheet, kind)
            elif kind.key in TABLES:
                self._table_sheet(sheet, kind)
            else:
                self._list_sheet(sheet, kind)
        self._contents_sheet(contents)

    def _contents_sheet(self, sheet: Worksheet) -> None:
        title = self.pen.own.entries.get(("title", "vi"), "Kịch bản mới")
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 100)
        sheet.write_string(0, 0, str(title), self.pen.formats["title"])
        program, file = self.guide.program, self.guide.file_name
        steps = (
            (
                "Điền lần lượt từng trang dưới đây; ô nền vàng là ô điền, ô nền xám tự tính. Rê chuột lên tiêu đề cột"
                " để xem cách ghi. Hàng mã nhỏ dưới tiêu đề để chương trình đọc lại: không xóa."
            ),
            "Ngày ghi ngày/tháng/năm. Không gộp ô, không xóa trang, không xóa cột; dòng không dùng thì xóa.",
            f"Lưu lại (.xlsx) rồi kiểm tra, mọi lỗi nêu rõ trang và ô:   {program} check {file}",
            f"Mô phỏng:   {program} run {file}",
            f"So sánh phương án, ví dụ:   {program} compare {file} --options clerks_busiest,second_line",
            f"Một trang A4 trình lãnh đạo, sau khi mô phỏng:   {program} brief THƯ_MỤC_KẾT_QUẢ",
            f"Đổi ra thư mục tệp văn bản (không bắt buộc):   {program} import {file}",
        )
        for at, step in enumerate(steps, 1):
            label = "Lưu ý" if at <= 2 else "Khác" if at == len(steps) else f"Bước {at}"
            sheet.write_string(at, 0, label, self.pen.formats["text"])
            sheet.write_string(at, 1, step, self.pen.formats["text"])
            sheet.set_row(at, height([(step, 100.0)]))
        row = len(steps) + 2
        for at, heading in enumerate(("Trang", "Nội dung")):
            sheet.write_string(row, at, heading, self.pen.formats["heading"])
        for kind in SHEETS:
            row += 1
            sheet.write_url(row, 0, f"internal:'{kind.name}'!A1", self.pen.formats["link"], kind.name)
            needed = "Bắt buộc. " if kind.required else ""
            sheet.write_string(row, 1, f"{needed}{kind.about}", self.pen.formats["text"])
            sheet.set_row(row, height([(f"{needed}{kind.about}", 100.0)]))
        row += 1
        sheet.write_url(row, 0, f"internal:'{LISTS}'!A1", self.pen.formats["link"], LISTS)
        sheet.write_string(row, 1, "Các từ trong danh sách chọn và nghĩa. Không sửa.", self.pen.formats["text"])
        printed(sheet, row)
        sheet.activate()

    def _lists_sheet(self, sheet: Worksheet) -> None:
        sheet.write_string(0, 0, "Các từ trong danh sách chọn (không sửa)", self.pen.formats["title"])
        for at, (name, words) in enumerate(WORDS.items()):
            first, second = 2 * at, 2 * at + 1
            sheet.set_column(first, first, 30)
            sheet.set_column(second, second, 24)
            sheet.write_string(2, first, _LIST_TITLES[name], self.pen.formats["heading"])
            sheet.write_string(2, second, "mã trong tệp văn bản", self.pen.formats["heading"])
            for row, code in enumerate(words, 3):
                sheet.write_string(row, first, self.pen.word(name, code), self.pen.formats["text"])
                sheet.write_string(row, second, code, self.pen.formats["code"])
            letters = letters_of(first)
            self.pen.lists[name] = f"='{LISTS}'!${letters}$4:${letters}${3 + len(words)}"
        sheet.freeze_panes(3, 0)
        printed(sheet, 2)

    def _key_sheet(self, sheet: Worksheet, kind: SheetKind) -> None:
        self.pen.head(sheet, kind, kind.headings)
        row, section = FIRST, ""
        for key in self._keys(kind):
            name = ".".join(key)
            if kind is PARAMETERS and key[0] != section:
                section = key[0]
                sheet.write_string(row, 0, _SECTIONS.get(section, section), self.pen.formats["section"])
                row += 1
            self._key_row(sheet, row, key, name)
            row += 1
        last = row + (30 if kind is PARAMETERS else 0)
        self.pen.drop_downs(sheet, kind.headings, last)
        sheet.freeze_panes(FIRST, 1)

    def _keys(self, kind: SheetKind) -> Iterator[Key]:
        if kind is PLAN:
            yield from (key_of(name) for name in STATED)
            yield from (
                key for key, used in ((("complete",), self.pen.own.complete), (("unset",), self.pen.own.unset)) if used
            )
            return
        shown = {
            key
            for key, known in schema_keys().items()
            if not known.is_table and key[0] not in (*ROW_LISTS, "schema", "purchases") and ANY_ID not in key
        }
        listed = [key for key in schema_keys() if key in shown and ".".join(key) not in STATED]
        listed = [key for key in listed if ".".join(key) not in TABLES]
        more: dict[Key, None] = {}
        for key in self.pen.own.entries:
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
        sheet.write_string(row, column["title"], title, self.pen.formats["text"])
        sheet.write_string(row, column["key"], name, self.pen.formats["code"])
        if known is not None and known.dimension:
            sheet.write_string(
                row, column["unit"], EXAMPLES[known.dimension].vi.replace('"', ""), self.pen.formats["default"]
            )
        elif stated and stated.example:
            sheet.write_string(row, column["unit"], f"ví dụ {stated.example}", self.pen.formats["default"])
        if stated:
            sheet.write_comment(row, column["value"], stated.note, {"x_scale": 1.6, "author": ""})
        self._default_cells(sheet, row, key, column)
        source = self.pen.own.entries.get((*key, "source"), self.pen.own.entries.get(key, ""))
        sheet.set_row(row, height([(title, 52.0), (source_text(str(source), "vi"), 44.0)]))
        is_whole = known is not None and bool(known.dimension or known.is_profile)
        for part in QUANTITY_PARTS:
            at = column[part]
            written = self._own_part(key, part, is_whole=is_whole)
            if written is None:
                is_day = known is not None and "date" in str(known.holds)
                sheet.write_blank(row, at, None, self.pen.formats["day" if is_day and part == "value" else "entry"])
            else:
                words = {"kind": "law", "basis": "basis"}.get(part, "") if is_whole else ""
                self.pen.value(sheet, row, at, written, words)

    def _own_part(self, key: Key, part: str, *, is_whole: bool) -> Any:
        if key == ("complete",):
            return "true" if part == "value" else None
        if key == ("unset",):
            return "; ".join(self.pen.own.unset) if part == "value" else None
        if not is_whole:
            found = self.pen.own.entries.get(key) if part == "value" else None
            return _in_vietnamese(found) if key[-1] == "source" else found
        named = "weights" if part == "value" and (*key, "weights") in self.pen.own.entries else part
        found = self.pen.own.entries.get((*key, named))
        return _in_vietnamese(found) if part == "source" else found

    def _default_cells(self, sheet: Worksheet, row: int, key: Key, column: Mapping[str, int]) -> None:
        value = next(
            (self.pen.defaults[one] for one in (key, (*key, "value"), (*key, "weights")) if one in self.pen.defaults),
            None,
        )
        if value is not None:
            said = _in_vietnamese(value) if key[-1] == "source" else value
            sheet.write_string(row, column["default"], plain(said), self.pen.formats["default"])
        low, high = self.pen.defaults.get((*key, "low")), self.pen.defaults.get((*key, "high"))
        if low is not None and high is not None:
            sheet.write_string(
                row, column["default_range"], f"{plain(low)} … {plain(high)}", self.pen.formats["default"]
            )

    def _list_sheet(self, sheet: Worksheet, kind: SheetKind) -> None:
        self.pen.head(sheet, kind, kind.headings)
        row = FIRST
        for row_id in self.pen.own.row_ids(kind.key):
            values = self._row_values(kind, row_id)
            sheet.set_row(row, height((str(value), kind.headings[at].width) for at, value in enumerate(values)))
            for at, (heading, written) in enumerate(zip(kind.headings, values, strict=True)):
                if written is not None:
                    self.pen.value(sheet, row, at, written, heading.words)
                else:
                    sheet.write_blank(row, at, None, self.pen.formats["entry"])
            row += 1
        self.pen.blank_rows(sheet, kind, row, BLANK_ROWS)
        self.pen.drop_downs(sheet, kind.headings, row + SPARE_ROWS)

    def _row_values(self, kind: SheetKind, row_id: str) -> list[Any]:
        entries = self.pen.own.entries
        found = [(one, entries.get((kind.key, row_id, *one.code.split(".")))) for one in kind.headings]
        return [_in_vietnamese(value) if heading.says_source else value for heading, value in found]

    def _table_sheet(self, sheet: Worksheet, kind: SheetKind) -> None:
        if kind in (LINES, TOTALS):
            MoneySheets(self.pen).write(sheet, kind)
            return
        self.pen.head(sheet, kind, kind.headings)
        rows = self.pen.own.tables.get(kind.key, ())
        for row, one in enumerate(rows, FIRST):
            cells = row_cells(one)
            cells |= {one.code: _in_vietnamese(cells[one.code]) for one in kind.headings if one.says_source}
            sheet.set_row(row, height((str(cells[heading.code]), heading.width) for heading in kind.headings))
            for at, heading in enumerate(kind.headings):
                self._table_cell(sheet, row, at, heading, cells[heading.code])
        last = FIRST + len(rows) + SPARE_ROWS
        if not rows or kind.required:
            self.pen.blank_rows(sheet, kind, FIRST + len(rows), BLANK_ROWS)
        self.pen.drop_downs(sheet, kind.headings, last)
        column = {heading.code: letters_of(at) for at, heading in enumerate(kind.headings)}
        if kind is AGENCIES:
            self._agency_sums(sheet, kind, last)
        if kind is PURCHASES:
            lines, shares = (f"${column[name]}${FIRST + 1}:${column[name]}${last}" for name in ("line_id", "share"))
            where = f"{column['share']}{FIRST + 1}:{column['share']}{last}"
            broken = f"=SUMIF({lines},${column['line_id']}{FIRST + 1},{shares})>1.0000001"
            sheet.conditional_format(
                where, {"type": "formula", "criteria": broken, "format": self.pen.formats["wrong"]}
            )
            source = f"='{LINES.name}'!$A${FIRST + 1}:$A${FIRST + 1 + 2 * SPARE_ROWS}"
            sheet.data_validation(FIRST, 0, last, 0, {"validate": "list", "source": source, "show_error": False})

    def _agency_sums(self, sheet: Worksheet, kind: SheetKind, last: int) -> None:
        sheet.write_string(SUMS, 0, "Cộng", self.pen.formats["section"])
        rows = self.pen.own.tables.get(kind.key, ())
        for at, heading in enumerate(kind.headings):
            if heading.code in _SUMMED:
                letters = letters_of(at)
                total = sum(getattr(row, heading.code) for row in rows)
                formula = f"=SUM({letters}{FIRST + 1}:{letters}{last + 1})"
                sheet.write_formula(SUMS, at, formula, self.pen.formats["auto"], total)
        parent = next(at for at, heading in enumerate(kind.headings) if heading.code == "parent_id")
        source = f"='{kind.name}'!$A${FIRST + 1}:$A${last + 1}"
        sheet.data_validation(FIRST, parent, last, parent, {"validate": "list", "source": source})

    def _table_cell(self, sheet: Worksheet, row: int, at: int, heading: Heading, cell: Any) -> None:
        if heading.words and isinstance(cell, str) and cell:
            cell = "; ".join(self.pen.word(heading.words, part) for part in cell.split(";"))
        elif heading.code == "date":
            cell = date.fromisoformat(cell)
        self.pen.value(sheet, row, at, cell, "")


def _in_vietnamese(source: Any) -> Any:
    """Where a number comes from, as an office reads it; what the catalogue does not have stays as written."""
    return source_text(source, "vi") if isinstance(source, str) else source


_LIST_TITLES: Mapping[str, str] = {
    "yes_no": "có, không",
    "tier": "cấp",
    "served": "cho cấp nào",
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
