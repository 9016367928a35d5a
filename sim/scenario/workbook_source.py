"""A whole scenario in a workbook: its sheets found by their columns, its cells read as a layer and as tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.results.words import Words
from sim.scenario.chain import file_layer
from sim.scenario.consequences import NO_MONEY
from sim.scenario.entries import Entry, Provenance
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.files import refusal
from sim.scenario.keys import Key
from sim.scenario.layers import Layer
from sim.scenario.places import DEFAULTS, shown_path
from sim.scenario.sheet import Row, Sheet, columns, folded, header_at, letters_of
from sim.scenario.table_file import damaged
from sim.scenario.table_set import MAY_BE_ABSENT, TABLES
from sim.scenario.tables import BudgetLine, BudgetTotal
from sim.scenario.workbook_cells import blank_cells, blank_list_cells, coded, dated, key_entries, list_entries
from sim.scenario.workbook_faults import Places
from sim.scenario.workbook_sheets import CONTENTS, LISTS, PARAMETERS, PLAN, SHEETS
from sim.scenario.workbook_tables import LINES, TOTALS
from sim.scenario.workbook_words import WORDS, SheetKind

_YEAR = re.compile(r"(?:19|20)\d\d", re.ASCII)
_MOST_ROWS = 20_000
_LIKE = 0.6
"""Part of a kind's columns by which a sheet of another name is known."""


@dataclass
class Book:
    """A workbook as `load` takes it.

    Attributes:
        path: the file.
        layers: the defaults, unless it stands alone, and what its sheets of keys and lists set.
        tables: sheets of each table, by the table's key.
        sheets: the sheets as places name them, in the order in which a planner fills them in.
        recognised: what was read otherwise than it looks.
        places: where its columns and keys are.
    """

    path: Path
    layers: list[Layer]
    tables: dict[str, tuple[Sheet, ...]] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    recognised: tuple[Words, ...] = ()
    places: Places = field(default_factory=Places)


def read_book(path: Path, root: Path, errors: list[ScenarioError]) -> Book:
    """Returns what a workbook holds; what is wrong with its cells goes to `errors`, by sheet and cell.

    Raises:
        ScenarioErrors: it is no workbook, or none of a scenario.
    """
    from sim.scenario.xlsx_source import workbook_sheets  # with openpyxl, which text files do without

    shown_as = shown_path(path, root)
    sheets = workbook_sheets(path, shown_as, _MOST_ROWS)
    found, recognised = _kinds_of(sheets, shown_as, errors)
    entries: dict[Key, Entry] = {}
    tables: dict[str, tuple[Sheet, ...]] = {}
    places = Places()
    for kind in SHEETS:
        sheet = found.get(kind.key)
        if sheet is None:
            continue
        below = _from_header(sheet, kind, errors)
        if below is None:
            continue
        places.note(below, kind)
        if kind in (PLAN, PARAMETERS):
            entries |= key_entries(below, errors)
            places.cells |= blank_cells(below)
        elif kind.key in TABLES:
            tables |= _table_of(below, kind, errors)
        else:
            entries |= list_entries(below, kind, errors)
            places.cells |= blank_list_cells(below, kind)
    is_complete = _is_complete(entries, errors)
    defaults = None if is_complete else file_layer(root / DEFAULTS, "defaults", root, errors)
    unset = {
        tuple(name.strip().split(".")): entries[("unset",)].origin
        for name in (_header(entries, "unset") or "").split(";")
        if name.strip()
    }
    settled = {key: entry for key, entry in entries.items() if key not in (("complete",), ("unset",))}
    for key in [one for one, parts in tables.items() if not any(len(part.rows) > 1 for part in parts)]:
        if defaults is not None and tuple(key.split(".")) in defaults.entries:
            del tables[key]  # a sheet left blank says nothing
    layer = Layer("scenario", path.parent, _with_tables(settled, tables, path, is_complete=is_complete), unset)
    order = tuple(found[kind.key].prefix for kind in SHEETS if kind.key in found)
    return Book(path, [defaults, layer] if defaults else [layer], tables, order, tuple(recognised), places)


def _is_complete(entries: Mapping[Key, Entry], errors: list[ScenarioError]) -> bool:
    """Whether the workbook says that it states every key; Excel turns a typed `true` into a cell that reads 1."""
    said = (_header(entries, "complete") or "").strip().casefold()
    yes_no = {word.casefold(): code for code, word in WORDS["yes_no"].items()}
    meant = {"": "0", "false": "0", "true": "1", "0": "0", "1": "1", **yes_no}.get(said)
    if meant is None:
        reason = Words(f"“{shown(said)}” không phải có hay không", f'"{shown(said)}" is neither yes nor no')
        place = entries[("complete",)].origin.place
        errors.append(
            ScenarioError("E-KEY-004", place, "complete", reason, Words("ghi có hoặc không", "true or false"))
        )
    return meant == "1"


def _header(entries: Mapping[Key, Entry], name: str) -> str | None:
    entry = entries.get((name,))
    return None if entry is None else str(entry.value)


def _with_tables(
    entries: Mapping[Key, Entry], tables: Mapping[str, Sequence[Sheet]], path: Path, *, is_complete: bool
) -> dict[Key, Entry]:
    """The entries, with the version of the schema and the name of each table."""
    beside: dict[Key, Entry] = {("schema",): Entry(1, Provenance("scenario", path.name, 0))}
    for key in TABLES:
        part = next(iter(tables.get(key, ())), None)
        if key in tables and part is None:  # its sheet could not be read, which is said already
            beside[tuple(key.split("."))] = Entry(path.name, Provenance("scenario", path.name, 0))
        elif part is not None:
            origin = Provenance("scenario", f"{part.prefix}{part.first_row}", 0)
            beside[tuple(key.split("."))] = Entry(f"{path.name}:{part.name}", origin)
        elif is_complete and key in MAY_BE_ABSENT:
            beside[tuple(key.split("."))] = Entry("", Provenance("scenario", path.name, 0))
    return {**beside, **entries}


def _kinds_of(
    sheets: Sequence[Sheet], shown_as: str, errors: list[ScenarioError]
) -> tuple[dict[str, Sheet], list[Words]]:
    """The sheet of each kind, known by name or else by its columns; absent and doubled ones go to `errors`."""
    found: dict[str, Sheet] = {}
    recognised = []
    for sheet in sheets:
        kind = _kind_of(sheet)
        if kind is None:
            if sheet.rows and _plain(sheet.name) not in (_plain(CONTENTS), _plain(LISTS)):
                said = shown(sheet.name)
                recognised.append(
                    Words(f"{shown_as}: không đọc trang “{said}”", f'{shown_as}: sheet "{said}" not read')
                )
            continue
        if kind.key in found:
            one, other = shown(found[kind.key].name), shown(sheet.name)
            reason = Words(f"hai trang “{one}” và “{other}” cùng một bảng", f'"{one}" and "{other}" are the same table')
            repair = Words("gộp vào một trang, xóa trang kia", "put the rows on one and delete the other")
            errors.append(ScenarioError("E-XLS-006", f"{sheet.prefix}1", "", reason, repair))
            continue
        found[kind.key] = sheet
        if _plain(sheet.name) != _plain(kind.name):
            said = shown(sheet.name)
            recognised.append(
                Words(f"{shown_as}: trang “{said}” là “{kind.name}”", f'{shown_as}: sheet "{said}" is "{kind.name}"')
            )
    if not found:
        reason = Words("sổ tính này không phải kịch bản", "this workbook is no scenario: it has none of its sheets")
        repair = Words("bắt đầu từ lệnh new … --excel hoặc export", "start from the command new … --excel or export")
        raise refusal("E-XLS-007", shown_as, reason, repair)
    for kind in SHEETS:
        if kind.key not in found:
            reason = Words(f"thiếu trang “{kind.name}”", f'the sheet "{kind.name}" is missing')
            repair = Words(
                "chép lại trang đó từ bản export; không dùng thì để trống các dòng, đừng xóa trang",
                "copy it back from an export; leave its rows blank if it is not used, but keep the sheet",
            )
            errors.append(ScenarioError("E-XLS-007", shown_as, "", reason, repair))
    return found, recognised


def _kind_of(sheet: Sheet) -> SheetKind | None:
    name = _plain(sheet.name)
    for kind in SHEETS:
        if _plain(kind.name) == name:
            return kind
    best, most = None, (0.0, 0)
    cells = [row for _, row in sheet.rows[:30]]
    for kind in SHEETS:
        codes = _codes(kind)
        _, named = header_at(cells, codes)
        like = (named / len(codes), len(codes))
        if like[0] >= _LIKE and like > most:
            best, most = kind, like
    if best is PLAN or best is PARAMETERS:  # of the same columns: told apart by what is on them
        at = header_at(cells, _codes(PLAN))[0]
        position = [folded(cell) for cell in cells[at]].index("key") if "key" in map(folded, cells[at]) else 0
        keys = {row[position] for _, row in sheet.rows if len(row) > position}
        return PLAN if "plan.decision" in keys else PARAMETERS
    return best


def _codes(kind: SheetKind) -> tuple[str, ...]:
    return tuple(heading.code for heading in kind.headings)


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def _from_header(sheet: Sheet, kind: SheetKind, errors: list[ScenarioError]) -> Sheet | None:
    """The sheet from its row of codes on; None after noting that it has none."""
    at, named = header_at((row for _, row in sheet.rows), _codes(kind))
    if not named:
        listed = ", ".join(_codes(kind))
        reason = Words("không còn hàng mã cột dưới tiêu đề", "the row of column codes under the headings is gone")
        repair = Words(f"ghi lại hàng mã: {listed}", f"write it again: {listed}")
        errors.append(ScenarioError("E-TAB-001", f"{sheet.prefix}1", "", reason, repair))
        return None
    number = sheet.rows[at][0]
    repeated = sheet.rows[at][1]
    rows = [sheet.rows[at], *(row for row in sheet.rows[at + 1 :] if row[1] != repeated)]
    return replace(sheet, rows=rows, first_row=number + 1, recognised=[])


def _table_of(sheet: Sheet, kind: SheetKind, errors: list[ScenarioError]) -> dict[str, tuple[Sheet, ...]]:
    """The sheets of one table by its key; nothing for a table that may be absent and has no row."""
    if not kind.required and len(sheet.rows) < 2:
        return {}
    readable = dated(coded(sheet, kind, errors))
    if kind is LINES:
        return {kind.key: tuple(_by_year(readable, kind, BudgetLine, errors))}
    if kind is TOTALS:
        return {kind.key: tuple(_by_year(readable, kind, BudgetTotal, errors))}
    return {kind.key: (readable,)}


def _by_year(sheet: Sheet, kind: SheetKind, row_type: type, errors: list[ScenarioError]) -> Iterator[Sheet]:
    """A sheet with a column for each year as one table for each: the rows that have money in it."""
    number, header = sheet.rows[0]
    codes = [folded(cell) for cell in header]
    named = [heading.code for heading in kind.headings if heading.code != "total"]
    places = {code: codes.index(code) for code in named if code in codes}
    money = {at: code for at, code in enumerate(codes) if _YEAR.fullmatch(code) or (kind is TOTALS and code == "total")}
    kept = replace(
        sheet, unstored=[(row, cell) for row, cell in sheet.unstored if _column(cell) in {*places.values(), *money}]
    )
    wrong = damaged(kept, number, max([*places.values(), *money], default=0))
    if wrong is not None:
        errors.append(wrong)
        return
    _note_strays(sheet, places, money, codes, errors)
    names = columns(row_type)
    present = [name for name in names if name in places]
    empty = replace(sheet, rows=[(number, [*present, "year", "amount_million_vnd"])], unstored=[], merged=())
    if not money or len(present) < len(named):
        yield empty
        return
    for at, year in money.items():
        rows: list[Row] = []
        for row, cells in sheet.rows[1:]:
            padded = cells + [""] * (len(codes) - len(cells))
            if padded[at].strip():
                rows.append((row, [*(padded[places[name]] for name in present), year, padded[at]]))
        letters = {name: letters_of(places[name]) for name in present}
        letters |= {"year": letters_of(at), "amount_million_vnd": letters_of(at)}
        yield replace(empty, rows=[*empty.rows, *rows], letters=letters)


def _note_strays(
    sheet: Sheet, places: Mapping[str, int], money: Mapping[int, str], codes: Sequence[str], errors: list[ScenarioError]
) -> None:
    """Notes rows without any money, and money in a column without a year; years that cannot be read, once."""
    line = places.get("line_id")
    has_lines = line is not None and any(cells[line].strip() for _, cells in sheet.rows[1:] if line < len(cells))
    if has_lines and not money:
        reason = Words("hàng này không có năm nào đọc được", "no year can be read in this row")
        repair = Words(
            "sửa ngày đầu kỳ mô phỏng ở trang Kế hoạch, các năm tính theo ngày ấy; hoặc ghi năm vào hàng này",
            "mend the first day simulated on the sheet Kế hoạch, from which the years follow; or write years here",
        )
        errors.append(ScenarioError("E-TAB-002", f"{sheet.prefix}{sheet.rows[0][0]}", NO_MONEY, reason, repair))
    for row, cells in sheet.rows[1:]:
        filled = {at for at, cell in enumerate(cells) if cell.strip()}
        if money and filled & set(places.values()) and not filled & money.keys():
            reason = Words("dòng không có số tiền của năm nào", "the row has no money in any year")
            repair = Words("ghi số tiền, hoặc xóa dòng", "write an amount, or delete the row")
            errors.append(ScenarioError("E-TAB-002", f"{sheet.prefix}{row}", NO_MONEY, reason, repair))
        for at in sorted(filled - set(places.values()) - money.keys()):
            if at < len(codes) and codes[at]:
                continue
            letters = letters_of(at)
            reason = Words(
                f"cột {letters} có số liệu mà hàng mã không ghi năm", f"column {letters} is filled but names no year"
            )
            repair = Words(
                f"ghi năm vào ô {letters}{sheet.rows[0][0]}, hoặc xóa cột",
                f"write the year into {letters}{sheet.rows[0][0]}",
            )
            place = f"{sheet.prefix}{letters}{row}"
            errors.append(ScenarioError("E-TAB-004", place, "", reason, repair, f"unnamed {at}"))


def _column(cell: str) -> int:
    place = 0
    for letter in cell.rstrip("0123456789"):
        place = 26 * place + ord(letter) - ord("A") + 1
    return place - 1
