"""Sheets of a workbook of Excel with the values that were last stored: the only filled one, or all of them."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from sim.results.words import Words
from sim.scenario.errors import ScenarioErrors, shown
from sim.scenario.files import read_bytes, refusal
from sim.scenario.numerals import certain
from sim.scenario.sheet import HEADER_WITHIN, Merged, Row, Sheet, letters_of

XLSX_LIMIT_BYTES = 16 << 20
UNPACKED_LIMIT_BYTES = 64 << 20
"""Most bytes of XML in a workbook: 20,000 rows of 14 columns are about a fifth of it."""
_MOST_PARTS = 2_000
_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 64
"""Columns looked at: the widest table has 25."""

_ZIP, _OLE = b"PK", b"\xd0\xcf\x11\xe0"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})([0-9]{1,7}):[A-Z]{1,3}([0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_STORED = re.compile(rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f\b[^>]*/>)\s*<(?:\w+:)?v>[^<]")
_FAR_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(?:[0-9]{8,}|[2-9][0-9]{6})"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"')
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def workbook_sheet(path: Path, shown_as: str, most_rows: int) -> Sheet:
    """Returns the filled rows of the only visible sheet that has any.

    At most one row more than a table may have is kept.

    Raises:
        ScenarioErrors: the file is no workbook, too large, locked or damaged, or not exactly one sheet is filled.
    """
    return _opened(path, shown_as, lambda data: _sheet(data, shown_as, most_rows))


def workbook_sheets(path: Path, shown_as: str, most_rows: int) -> list[Sheet]:
    """Returns the filled rows of every sheet, hidden ones too, in the order of their tabs.

    Raises:
        ScenarioErrors: the file is no workbook, too large, locked or damaged.
    """
    return _opened(path, shown_as, lambda data: _sheets(data, shown_as, most_rows))


Read = TypeVar("Read")


def _opened(path: Path, shown_as: str, read: Callable[[bytes], Read]) -> Read:
    data = read_bytes(path, shown_as, XLSX_LIMIT_BYTES)
    _refuse_no_workbook(data, shown_as)
    try:
        _refuse_bombs(data, shown_as)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of decorations that it does not keep
            return read(data)
    except ScenarioErrors:
        raise
    except ImportError:
        reason = Words("đọc .xlsx cần gói openpyxl", "reading .xlsx takes the package openpyxl")
        raise refusal("E-XLS-001", shown_as, reason, Words("pip install openpyxl", "pip install openpyxl")) from None
    except Exception as error:  # noqa: BLE001 - whatever a damaged file makes the library raise, the file is at fault
        what = shown(f"{type(error).__name__}: {error}")
        reason = Words(f"sổ tính hỏng, không đọc được ({what})", f"the workbook is damaged ({what})")
        raise refusal("E-XLS-001", shown_as, reason, _SAVE_AGAIN) from None


_SAVE_AGAIN = Words("mở bằng Excel rồi lưu lại thành .xlsx", "open it in Excel and save it as .xlsx")


def _refuse_no_workbook(data: bytes, shown_as: str) -> None:
    if data.startswith(_OLE):
        reason = Words(
            "tệp có mật khẩu, hoặc là sổ tính đời cũ (.xls)", "the workbook has a password, or is an old .xls"
        )
        repair = Words("bỏ mật khẩu và lưu thành .xlsx", "take the password off and save it as .xlsx")
        raise refusal("E-XLS-001", shown_as, reason, repair)
    if not data.startswith(_ZIP):
        reason = Words("tệp không phải sổ tính .xlsx", "the file is no .xlsx workbook")
        repair = Words("nếu là CSV thì đặt tên .csv", "if it is CSV, give it a name that ends in .csv")
        raise refusal("E-XLS-001", shown_as, reason, repair)


def _refuse_bombs(data: bytes, shown_as: str) -> None:
    """Looks at what the parts say of their size, beyond which none is unpacked, and at their beginnings."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [part for part in archive.infolist() if part.filename.lower().endswith((".xml", ".rels", ".vml"))]
        if len(archive.infolist()) > _MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED_LIMIT_BYTES:
            size = f"{UNPACKED_LIMIT_BYTES >> 20} MiB"
            reason = Words(f"sổ tính bung ra lớn hơn {size}", f"the workbook unpacks to more than {size}")
            raise refusal("E-XLS-002", shown_as, reason, _TABLE_ALONE)
        if any(_is_strange(archive.read(part)) for part in parts):
            reason = Words(
                "sổ tính có khai báo DTD, mã lạ hoặc dòng quá xa",
                "the workbook has a DTD, a strange encoding or far rows",
            )
            raise refusal("E-XLS-002", shown_as, reason, _SAVE_AGAIN)


_TABLE_ALONE = Words("chép riêng bảng sang sổ tính mới", "copy the table alone into a new workbook")


def _is_strange(part: bytes) -> bool:
    """Whether XML declares entities, hides in an encoding or numbers its rows as no spreadsheet does."""
    is_wide = part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in part[:64]
    return is_wide or any(sign.search(part) is not None for sign in (_DOCTYPE, _FAR_ROW))


def _sheet(data: bytes, shown_as: str, most_rows: int) -> Sheet:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    visible = [one for one in book.worksheets if one.sheet_state == "visible"]
    filled = [one for one in visible if next(_filled(one, shown_as), None) is not None]
    hidden = [one.title for one in book.worksheets if one.sheet_state != "visible"]
    if len(filled) != 1:
        raise _not_one_sheet([one.title for one in filled], hidden, shown_as)
    sheet = Sheet(shown_as, [], name=filled[0].title)
    vietnamese, english = _quoted([sheet.name])
    sheet.recognised.append(Words(f"trang {vietnamese}", f"sheet {english}"))
    if hidden:
        vietnamese, english = _quoted(hidden)
        sheet.recognised.append(Words(f"không đọc trang ẩn {vietnamese}", f"hidden sheet {english} not read"))
    _read_into(sheet, filled[0], shown_as, most_rows)
    _look_into_part(sheet, filled[0], data)
    return sheet


def _sheets(data: bytes, shown_as: str, most_rows: int) -> list[Sheet]:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    found = []
    for source in book.worksheets:
        sheet = Sheet(shown_as, [], name=source.title)
        source.reset_dimensions()
        for number, row in enumerate(source.iter_rows(max_col=_MOST_COLUMNS), 1):
            cells = [_cell_text(cell) for cell in row]
            while cells and not cells[-1].strip():
                del cells[-1]
            if cells:
                sheet.rows.append((number, cells))
            if number > _MOST_ROWS or len(sheet.rows) > most_rows + HEADER_WITHIN:
                said = shown(source.title)
                reason = Words(f"trang “{said}” có hơn {most_rows} dòng", f'sheet "{said}" has over {most_rows} rows')
                raise refusal("E-XLS-002", shown_as, reason, _TABLE_ALONE)
        _look_into_part(sheet, source, data)
        found.append(sheet)
    return found


def _cell_text(cell: Any) -> str:
    """A cell's value as text; a number that is shown as a percentage has its sign, as if it had been typed."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in (cell.number_format or ""):
        hundredths = Decimal(f"{value * 100:.12g}")
        return f"{certain(f'{hundredths:f}')} %"
    return _text(value)


def _read_into(sheet: Sheet, source: Any, shown_as: str, most_rows: int) -> None:
    last = 0
    for number, cells in _filled(source, shown_as):
        sheet.blank_rows += number - last - 1 if last else 0
        last = number
        sheet.rows.append((number, cells))
        if len(sheet.rows) > most_rows + HEADER_WITHIN:
            break


def _filled(source: Any, shown_as: str) -> Iterator[Row]:
    """Rows with something in them, as text that means the same under every convention of writing numbers."""
    source.reset_dimensions()  # what a file says of its own size is not believed
    for number, values in enumerate(source.iter_rows(max_col=_MOST_COLUMNS, values_only=True), 1):
        if number > _MOST_ROWS:
            reason = Words(f"trang có hơn {_MOST_ROWS} dòng", f"the sheet has more than {_MOST_ROWS} rows")
            raise refusal("E-XLS-002", shown_as, reason, _TABLE_ALONE)
        if values.count(None) == len(values):
            continue
        cells = [_text(value) for value in values]
        while cells and not cells[-1].strip():
            del cells[-1]
        if cells:
            yield number, cells


def _text(value: object) -> str:
    match value:
        case None:
            text = ""
        case bool():
            text = "1" if value else "0"
        case float():
            # Excel keeps and shows fifteen digits; the rest is noise of its arithmetic.
            text = certain(f"{Decimal(f'{value:.15g}'):f}")
        case datetime():
            text = value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date() | time():
            text = value.isoformat()
        case _:
            text = str(value)
    return text


def _look_into_part(sheet: Sheet, source: Any, data: bytes) -> None:
    """Finds what openpyxl does not tell of a sheet that it streams: merged cells, hidden rows, formulas."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        part = archive.read(source._worksheet_path)
    sheet.merged = [_merged(found) for found in _MERGED.finditer(part)]
    hidden = len(_HIDDEN_ROW.findall(part))
    if hidden:
        many = "s" if hidden > 1 else ""
        sheet.recognised.append(Words(f"đọc cả {hidden} dòng ẩn", f"{hidden} hidden row{many} read too"))
    if _FORMULA.search(part):
        sheet.recognised.append(Words("công thức theo giá trị đã lưu", "formulas at their stored values"))
        if len(_FORMULA.findall(part)) > len(_STORED.findall(part)):
            sheet.unstored = list(_unstored(sheet, data))


def _merged(found: re.Match[bytes]) -> Merged:
    first_column = 0
    for letter in found[1].decode():
        first_column = 26 * first_column + ord(letter) - ord("A") + 1
    name = found[0].rpartition(b'ref="')[2].rstrip(b'"').decode()
    return Merged(name, int(found[3]), first_column - 1)


def _unstored(sheet: Sheet, data: bytes) -> Iterator[tuple[int, str]]:
    """Cells that are blank only because nothing has computed their formula since it was written."""
    from openpyxl import load_workbook

    filled: dict[int, list[str]] = dict(sheet.rows)
    source: Any = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)[sheet.name]
    source.reset_dimensions()
    for number, values in enumerate(source.iter_rows(max_col=_MOST_COLUMNS, values_only=True), 1):
        if number > _MOST_ROWS:
            return
        if values.count(None) == len(values):
            continue
        row = filled.get(number, [])
        for place, value in enumerate(values):
            if value not in (None, "") and not (place < len(row) and row[place]):
                yield number, f"{letters_of(place)}{number}"


def _not_one_sheet(filled: list[str], hidden: list[str], shown_as: str) -> ScenarioErrors:
    if filled:
        vietnamese, english = _quoted(filled)
        reason = Words(
            f"có {len(filled)} trang chứa dữ liệu: {vietnamese}", f"{len(filled)} sheets hold something: {english}"
        )
        repair = Words("để mỗi bảng một tệp, một trang", "keep one sheet in a workbook, one table a sheet")
    elif hidden:
        vietnamese, english = _quoted(hidden)
        reason = Words(f"ngoài trang ẩn {vietnamese} không có gì", f"there is nothing but the hidden sheet {english}")
        repair = Words("bỏ ẩn trang cần đọc", "unhide the sheet that is to be read")
    else:
        reason, repair = Words("sổ tính trống", "the workbook is empty"), _TABLE_ALONE
    return refusal("E-XLS-003", shown_as, reason, repair)


def _quoted(names: list[str]) -> tuple[str, str]:
    """Names of sheets in Vietnamese and English quotation marks, the first few of many."""
    more = ", …" if len(names) > 5 else ""
    said = [shown(name) for name in names[:5]]
    return ", ".join(f"“{name}”" for name in said) + more, ", ".join(f'"{name}"' for name in said) + more
