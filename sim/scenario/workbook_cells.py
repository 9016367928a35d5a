"""Cells of a scenario's workbook as the values that a text file would hold, each with its sheet and cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sim.results.sources import as_stated
from sim.results.words import NOTHING, Words
from sim.scenario.entries import Entry, Provenance
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.keys import ANY_ID, Key, KeyMeaning, key_of, meaning
from sim.scenario.numerals import readings, tidy
from sim.scenario.quantity import QUANTITY_PARTS
from sim.scenario.sheet import Sheet, folded, letters_of
from sim.scenario.table_file import damaged
from sim.scenario.workbook_sheets import PARAMETERS, PLAN, SHOWN
from sim.scenario.workbook_values import UnreadError, code_of, day_of, number_of, refuse_excel_error, typed_as
from sim.scenario.workbook_words import ROW, SheetKind

_ROW_ID = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_CODES_AGAIN = Words("chép lại hàng mã cột từ bản export", "copy the row of column codes from an export")
_NOTES_ELSEWHERE = Words("xóa cột đó; ghi chú thì để ở trang khác", "delete it; notes belong on another sheet")
_PART_WORDS = {"kind": "law", "basis": "basis"}


@dataclass(frozen=True)
class _Columns:
    """A sheet whose columns were found, and where faults go."""

    sheet: Sheet
    places: Mapping[str, int]
    errors: list[ScenarioError]
    strange: frozenset[int] = frozenset()
    """Places of columns that the sheet should not have, which is said once."""

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row below the header that has something in it: its number, and its cells by code."""
        for number, cells in self.sheet.rows[1:]:
            row = {code: cells[at] if at < len(cells) else "" for code, at in self.places.items()}
            self._note_unnamed(number, cells)
            yield number, row

    def _note_unnamed(self, number: int, cells: Sequence[str]) -> None:
        named = {*self.places.values(), *self.strange}
        for at, cell in enumerate(cells):
            if cell.strip() and at not in named:
                letters = letters_of(at)
                reason = Words(
                    f"cột {letters} không có mã mà có dữ liệu", f"column {letters} has no code but is filled"
                )
                repair = Words(
                    "xóa ô đó, hoặc chuyển ghi chú ra trang khác", "clear it, or move the note to another sheet"
                )
                place = f"{self.sheet.prefix}{letters}{number}"
                self.errors.append(ScenarioError("E-TAB-004", place, "", reason, repair, f"unnamed {at}"))

    def place(self, code: str, row: int) -> str:
        """`file:sheet!cell`."""
        return f"{self.sheet.prefix}{letters_of(self.places[code])}{row}"

    def origin(self, code: str, row: int) -> Provenance:
        """Where a value comes from."""
        return Provenance("scenario", self.place(code, row), 0)

    def fault(self, code: str, column: str, row: int, key: str, reason: Words, repair: Words = NOTHING) -> None:
        """Notes what is wrong with a cell."""
        self.errors.append(ScenarioError(code, self.place(column, row), key, reason, repair))


def coded(sheet: Sheet, kind: SheetKind, errors: list[ScenarioError]) -> Sheet:
    """Returns a table whose drop-down words are the codes of text files; an unknown word is left to the table's rules.

    Args:
        sheet: from its row of codes on.
        kind: what stands on it; sources are read back as text files have them.
        errors: takes words that are none of their drop-down's, by cell.
    """
    header = [folded(cell) for cell in sheet.rows[0][1]]
    headings = [heading for heading in kind.headings if heading.code in header]
    by_place = {header.index(one.code): (one.code, one.words) for one in headings if one.words}
    sources = [header.index(one.code) for one in headings if one.says_source]
    rows = [sheet.rows[0]]
    for number, cells in sheet.rows[1:]:
        read = [as_stated(cell) if at in sources else cell for at, cell in enumerate(cells)]
        for at, (code, name) in by_place.items():
            if at < len(read) and read[at].strip():
                try:
                    read[at] = ";".join(code_of(part, name) for part in read[at].split(";") if part.strip())
                except UnreadError as wrong:
                    place = f"{sheet.prefix}{letters_of(at)}{number}"
                    errors.append(ScenarioError(wrong.code, place, code, wrong.reason, wrong.repair))
        rows.append((number, read))
    return replace(sheet, rows=rows)


def dated(sheet: Sheet) -> Sheet:
    """Returns a table whose days, typed as text, are read day first as their heading says."""
    header = [folded(cell) for cell in sheet.rows[0][1]]
    if "date" not in header:
        return sheet
    at = header.index("date")
    rows = [sheet.rows[0]]
    for number, cells in sheet.rows[1:]:
        day = day_of(cells[at]) if at < len(cells) else None
        rows.append((number, cells if day is None else [*cells[:at], day.isoformat(), *cells[at + 1 :]]))
    return replace(sheet, rows=rows)


def key_entries(sheet: Sheet, errors: list[ScenarioError]) -> dict[Key, Entry]:
    """Returns what a sheet of keys sets; what is wrong goes to `errors`."""
    found = _columns(sheet, PLAN, errors)
    entries: dict[Key, Entry] = {}
    if found is None:
        return entries
    first: dict[str, int] = {}
    for row, cells in found.rows():
        name = cells["key"].strip()
        parts = {part: cells[part].strip() for part in QUANTITY_PARTS if cells[part].strip()}
        if not parts:
            continue
        if not name:
            reason = Words("dòng này không có mã tham số", "this row names no key")
            found.fault("E-KEY-004", "key", row, "", reason, Words("ghi mã ở cột cuối", "write it in the last column"))
        elif name in first:
            where = first[name]
            reason = Words(f"tham số này đã ghi ở dòng {where}", f"the key is set in row {where} already")
            found.fault("E-TAB-005", "key", row, name, reason)
        else:
            first[name] = row
            key = key_of(name)
            entries |= _entries_of(found, row, key, meaning(key), {part: (part, text) for part, text in parts.items()})
    return entries


def blank_cells(sheet: Sheet) -> dict[str, str]:
    """Returns the cell in which each key of a sheet of keys would get its value."""
    header = [folded(cell) for cell in sheet.rows[0][1]]
    if not {"key", "value"} <= set(header):
        return {}
    at, letters = header.index("key"), letters_of(header.index("value"))
    return {cells[at].strip(): f"{sheet.prefix}{letters}{row}" for row, cells in sheet.rows[1:] if at < len(cells)}


def list_entries(sheet: Sheet, kind: SheetKind, errors: list[ScenarioError]) -> dict[Key, Entry]:
    """Returns what a sheet of targets, mandates or another list sets; what is wrong goes to `errors`."""
    found = _columns(sheet, kind, errors)
    entries: dict[Key, Entry] = {}
    if found is None:
        return entries
    first: dict[str, int] = {}
    for row, cells in found.rows():
        row_id = cells["id"].strip()
        if not any(cell.strip() for cell in cells.values()):
            continue
        if not _ROW_ID.fullmatch(row_id):
            reason = Words("cần mã gồm chữ không dấu, số, _ hoặc -", "needs an id of letters, digits, _ or -")
            found.fault("E-ID-002", "id", row, f"{kind.key}.id", reason)
            if not _is_entry(kind, cells):
                continue
            cells["id"] = row_id = f"{ROW}{row}"  # so that the rest of the row is looked at too
        elif row_id in first:
            where = first[row_id]
            reason = Words(f"mã “{row_id}” đã dùng ở dòng {where}", f'id "{row_id}" is used in row {where} already')
            found.fault("E-ID-001", "id", row, f"{kind.key}.{row_id}", reason)
            cells["id"] = row_id = f"{ROW}{row}"
        first[row_id] = row
        entries |= _row_entries(found, row, kind, row_id, cells)
    return entries


def _is_entry(kind: SheetKind, cells: Mapping[str, str]) -> bool:
    """Whether a row without an id is one of the list and no note: half of what must be stated is."""
    wanted = [code for code in cells if (known := meaning((kind.key, ANY_ID, *code.split(".")))) and known.is_required]
    return 2 * sum(bool(cells[code].strip()) for code in wanted if code != "id") >= len(wanted)


def blank_list_cells(sheet: Sheet, kind: SheetKind) -> dict[str, str]:
    """Returns the cell in which each key of the entries of a list would get its value."""
    header = [folded(cell) for cell in sheet.rows[0][1]]
    codes = {heading.code: header.index(heading.code) for heading in kind.headings if heading.code in header}
    found: dict[str, str] = {}
    for row, cells in sheet.rows[1:] if "id" in codes else ():
        row_id = cells[codes["id"]].strip() if codes["id"] < len(cells) else ""
        for name in dict.fromkeys((row_id, f"{ROW}{row}")):
            for code, at in codes.items():
                key = f"{kind.key}.{name}.{code.removesuffix('.value')}"
                found.setdefault(key, f"{sheet.prefix}{letters_of(at)}{row}")
    return found


def _row_entries(found: _Columns, row: int, kind: SheetKind, row_id: str, cells: Mapping[str, str]) -> dict[Key, Entry]:
    by_key: dict[Key, dict[str, tuple[str, str]]] = {}
    words = {heading.code: heading.words for heading in kind.headings}
    entries: dict[Key, Entry] = {}
    for code, text in cells.items():
        if not text.strip():
            continue
        path = tuple(code.split("."))
        known = meaning((kind.key, ANY_ID, *path))
        if known is None:  # a part of a quantity
            by_key.setdefault(path[:-1], {})[path[-1]] = (code, text.strip())
            continue
        key = (kind.key, row_id, *path)
        entries |= _entries_of(found, row, key, known, {"value": (code, text.strip())}, words.get(code, ""))
    for path, parts in by_key.items():
        key = (kind.key, row_id, *path)
        entries |= _entries_of(found, row, key, meaning((kind.key, ANY_ID, *path)), parts)
    return entries


def _entries_of(
    found: _Columns, row: int, key: Key, known: KeyMeaning | None, parts: Mapping[str, tuple[str, str]], words: str = ""
) -> dict[Key, Entry]:
    """The entries of one key; `parts` has the column and the text of each part that is filled in."""
    is_whole = known is not None and (known.dimension is not None or known.is_profile)
    entries: dict[Key, Entry] = {}
    for part, (column, text) in parts.items():
        try:
            refuse_excel_error(text)
            _refuse_part_of_plain(part, is_whole=is_whole)
            value: object
            if is_whole and part in _PART_WORDS:
                value = code_of(text, _PART_WORDS[part])
            elif is_whole and known is not None and known.is_profile and part == "value":
                value = tuple(number_of(one) for one in text.split(";") if one.strip())
            elif is_whole:
                value = text
            else:
                value = typed_as(text, str if known is None else known.holds, words)
            if isinstance(value, str) and not words and (column if is_whole else key[-1]).endswith("source"):
                value = as_stated(value)
        except UnreadError as wrong:
            found.fault(wrong.code, column, row, ".".join(key), wrong.reason, wrong.repair)
            continue
        named = "weights" if known is not None and known.is_profile and part == "value" else part
        entries[(*key, named) if is_whole else key] = Entry(value, found.origin(column, row))
    return entries


def _columns(sheet: Sheet, kind: SheetKind, errors: list[ScenarioError]) -> _Columns | None:
    """The columns of a sheet; None after noting which are missing, or that its cells are not what they look."""
    number, header = sheet.rows[0]
    names = [folded(cell) for cell in header]
    codes = [heading.code for heading in kind.headings]
    spare = {heading.code for heading in kind.headings if heading.may_be_absent}
    spare |= set(SHOWN) if kind in (PLAN, PARAMETERS) else set()
    missing = [code for code in codes if code not in names and code not in spare]
    unknown = [cell for cell, name in zip(header, names, strict=True) if name and name not in codes]
    if missing or unknown:
        listed = ", ".join(missing if len(missing) == 1 else (f"{code} (“{_title(kind, code)}”)" for code in missing))
        strange = ", ".join(map(shown, unknown))
        reason = Words(
            "; ".join(
                filter(None, (f"thiếu cột {listed}" if missing else "", f"có cột lạ {strange}" if unknown else ""))
            ),
            " and ".join(
                filter(
                    None,
                    (f"lacks {', '.join(missing)}" if missing else "", f"has unknown {strange}" if unknown else ""),
                )
            ),
        )
        repair = _CODES_AGAIN if missing else _NOTES_ELSEWHERE
        lacked = f"{kind.key}.{ANY_ID}.{missing[0]}" if len(missing) == 1 else ""
        errors.append(ScenarioError("E-TAB-001", f"{sheet.prefix}{number}", lacked, reason, repair))
        if len(missing) > 1 or missing == ["id"] or kind in (PLAN, PARAMETERS):
            return None
    places = {code: names.index(code) for code in codes if code in names}
    wrong = damaged(sheet, number, max(places.values()))
    if wrong is not None:
        errors.append(wrong)
        return None
    others = frozenset(at for at, name in enumerate(names) if at not in places.values() and (name or missing))
    return _Columns(sheet, places, errors, others)


def _title(kind: SheetKind, code: str) -> str:
    return next(heading.title for heading in kind.headings if heading.code == code)


def _refuse_part_of_plain(part: str, *, is_whole: bool) -> None:
    if not is_whole and part != "value":
        reason = Words("tham số này chỉ nhận cột Giá trị", "this key takes a value alone")
        raise UnreadError("E-KEY-004", reason, Words("xóa ô này", "clear the cell"))


def example_codes(kind: SheetKind, example: Mapping[str, str]) -> dict[str, str]:
    """Returns an example row of a table in the codes and marks of a text file."""
    words = {heading.code: heading.words for heading in kind.headings}
    found = {}
    for code, text in example.items():
        parts = [code_of(part, words[code]) for part in text.split(";") if part.strip()] if words.get(code) else [text]
        plain = tidy(";".join(parts))
        found[code] = plain.replace(",", ".") if readings(plain) else ";".join(parts)
    return found


def example_entry(kind: SheetKind) -> dict[str, object]:
    """Returns an example entry of a list as a text file would hold it."""
    header = [heading.code for heading in kind.headings]
    cells = [kind.example.get(code, "") for code in header]
    sheet = Sheet("", [(1, header), (2, cells)], name=kind.name)
    tree: dict[str, object] = {}
    parts: dict[str, dict[str, object]] = {}
    for key, entry in list_entries(sheet, kind, []).items():
        if len(key) > 3:
            tree[key[2]] = parts.setdefault(key[2], {})
            parts[key[2]][key[3]] = entry.value
        else:
            tree[key[2]] = entry.value
    return tree
