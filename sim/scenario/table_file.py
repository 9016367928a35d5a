"""The rows of a table file, CSV or workbook: its columns found by name, its rows checked to have them all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from pathlib import Path

from sim.results.words import Words
from sim.scenario.cells import Cells, TableCells
from sim.scenario.csv_source import csv_sheet
from sim.scenario.errors import Faults, ScenarioError, shown
from sim.scenario.places import WORKBOOK
from sim.scenario.sheet import Sheet, columns, folded, header_at, letters_of, may_be_left_out
from sim.scenario.suggest import nearest

_FEW = 3
"""A row of which at most a third is filled is none of the table's."""


def read_rows(
    path: Path, shown_as: str, row_type: type, most_rows: int, faults: Faults, recognised: list[Words]
) -> Iterator[Cells]:
    """Yields the rows of a table, CSV or workbook, whose header names the columns of `row_type` in any order.

    What is wrong goes to `faults`; one line on how it was read, when that is worth a word, to `recognised`.

    Raises:
        ScenarioErrors: the file cannot be read at all.
    """
    if path.suffix.lower() == WORKBOOK:
        from sim.scenario.xlsx_source import workbook_sheet  # with openpyxl, which a CSV does without

        sheet = workbook_sheet(path, shown_as, most_rows)
    else:
        sheet = csv_sheet(path, shown_as, columns(row_type), most_rows, faults)
    yield from sheet_rows(sheet, row_type, most_rows, faults, recognised)


def sheet_rows(
    sheet: Sheet, row_type: type, most_rows: int, faults: Faults, recognised: list[Words]
) -> Iterator[Cells]:
    """Yields the rows of a table whose sheet was read already, as `read_rows`."""
    names = columns(row_type)
    table = _table(sheet, row_type, names, faults)
    if table is None:
        return
    yield from _filled(sheet, table, tuple(table.positions), most_rows)
    said = [*sheet.recognised, *table.told]
    if said:
        where = f"{sheet.shown_as}:{sheet.name}" if sheet.letters else sheet.shown_as
        recognised.append(Words(*(f"{where}: {', '.join(one.text(lang) for one in said)}" for lang in ("vi", "en"))))


def _table(sheet: Sheet, row_type: type, names: Sequence[str], faults: Faults) -> TableCells | None:
    """Finds the columns; None after noting why they are not all there."""
    if not sheet.rows:
        if not len(faults):
            faults.add(sheet.fault("E-TAB-001", 1, Words("tệp rỗng", "the file is empty"), _right(names)))
        return None
    at, _ = header_at((cells for _, cells in sheet.rows), names)
    line, header = sheet.rows[at]
    found = [folded(cell) for cell in header]
    spare = may_be_left_out(row_type)
    names = [name for name in names if name in found or name not in spare]
    wrong = _wrong_header(sheet, line, header, found, names)
    if wrong is not None:
        if not _is_readable(sheet, found, names):
            faults.add(wrong)
            return None
        amiss = [
            *(name for name in names if name not in found),
            *(name for name in found if name and name not in names),
        ]
        faults.add(replace(wrong, key=amiss[0]))
    absent = frozenset(name for name in names if name not in found)
    positions = {name: found.index(name) for name in names if name in found}
    wrong = damaged(sheet, line, max(positions.values()))
    if wrong is not None:
        faults.add(wrong)
        return None
    if at:
        one = Words(f"bỏ qua {at} dòng trên tiêu đề", f"{at} rows above the header skipped")
        sheet.recognised.append(one if at > 1 else Words(one.vi, "1 row above the header skipped"))
    usual = [positions[name] for name in positions if name not in spare]  # those that may be left out stand anywhere
    if sorted(usual) != usual:
        sheet.recognised.append(Words("cột theo thứ tự khác", "columns in another order"))
    _tell_blanks(sheet, len([name for name in found if not name]))
    numeric = frozenset(one.name for one in fields(row_type) if "int" in str(one.type) or "float" in str(one.type))
    letters = {name: letters_of(place) for name, place in positions.items()} if sheet.name else {}
    letters |= sheet.letters
    below = [row for row in sheet.rows[at + 1 :] if row[1] != header]
    again = len(sheet.rows) - at - 1 - len(below)
    if again:
        one = Words(f"bỏ qua {again} dòng lặp lại tiêu đề", f"{again} repeated header rows skipped")
        sheet.recognised.append(one if again > 1 else Words(one.vi, "1 repeated header row skipped"))
    strange = frozenset(at for at, name in enumerate(found) if at not in positions.values() and (name or absent))
    return TableCells(sheet.prefix, below, positions, numeric, faults, letters, absent, strange)


def _is_readable(sheet: Sheet, found: Sequence[str], names: Sequence[str]) -> bool:
    """Whether the other columns are sure all the same: a workbook's sheet lacks one, or has some more."""
    missing = [name for name in names if name not in found]
    return bool(sheet.name) and len(missing) <= 1 and all(found.count(name) <= 1 for name in names)


def damaged(sheet: Sheet, header_row: int, last_column: int) -> ScenarioError | None:
    """Returns what makes the cells below the header of a workbook something else than they look."""
    merged = [one for one in sheet.merged if one.last_row >= header_row and one.first_column <= last_column]
    if merged:
        said = ", ".join(one.name for one in merged[:3]) + (", …" if len(merged) > 3 else "")
        reason = Words(f"có ô gộp {said}: không rõ giá trị của từng dòng", f"merged cells {said} leave rows blank")
        repair = Words("bỏ gộp ô và điền từng dòng", "unmerge them and fill in every row")
        return ScenarioError("E-XLS-004", f"{sheet.prefix}{merged[0].name.partition(':')[0]}", "", reason, repair)
    unstored = [name for row, name in sheet.unstored if row >= header_row]
    if unstored:
        said = ", ".join(unstored[:3]) + (", …" if len(unstored) > 3 else "")
        reason = Words(f"công thức chưa có giá trị lưu sẵn: {said}", f"formulas without a stored value: {said}")
        repair = Words(
            "mở bằng Excel, LibreOffice hay WPS rồi lưu lại", "open it in Excel, LibreOffice or WPS and save it"
        )
        return ScenarioError("E-XLS-005", f"{sheet.prefix}{unstored[0]}", "", reason, repair)
    return None


def _tell_blanks(sheet: Sheet, blank_columns: int) -> None:
    rows = sheet.blank_rows
    if rows:
        sheet.recognised.append(
            Words(f"bỏ qua {rows} dòng trống", f"{rows} blank row{'s' if rows > 1 else ''} skipped")
        )
    if blank_columns:
        many = "s" if blank_columns > 1 else ""
        sheet.recognised.append(
            Words(f"bỏ qua {blank_columns} cột trống", f"{blank_columns} blank column{many} skipped")
        )


def _filled(sheet: Sheet, table: TableCells, names: Sequence[str], most_rows: int) -> Iterator[Cells]:
    """The rows below the header that have a cell for every column."""
    positions = list(table.positions.values())
    needed, in_order = max(positions) + 1, positions == list(range(len(positions))) and not table.absent
    blank = dict.fromkeys(table.absent, "")
    for count, (line, cells) in enumerate(table.rows, 1):
        if count > most_rows:
            reason = Words(f"bảng có hơn {most_rows} dòng", f"the table has more than {most_rows} rows")
            table.faults.add(sheet.fault("E-TAB-003", line, reason))
            return
        if sheet.name and len(cells) < needed:
            cells.extend([""] * (needed - len(cells)))
        filled = len(cells) - cells.count("")
        if len(cells) != len(positions) or not in_order or filled * _FEW <= needed:
            wrong = _note(sheet, line, cells, needed) if filled * _FEW <= needed else None
            wrong = wrong or _misfit(sheet, line, cells, table, needed)
            if wrong is not None:
                table.faults.add(wrong)
                continue
            yield Cells(table, line, blank | {name: cells[at] for name, at in table.positions.items()})
        else:
            yield Cells(table, line, dict(zip(names, cells, strict=True)))


def _note(sheet: Sheet, line: int, cells: list[str], needed: int) -> ScenarioError | None:
    """What is wrong with a row of a few filled cells: it is a note, a heading or a total; nothing for a wider one."""
    filled = [cell for cell in cells if cell.strip()]
    if len(filled) * _FEW > needed or _other_separator(sheet, cells, needed):
        return None
    reason = Words(
        f"dòng chỉ có {len(filled)} / {needed} ô: “{shown(filled[0])}”",
        f'only {len(filled)} of the {needed} cells of the row are filled: "{shown(filled[0])}"',
    )
    repair = Words("để ghi chú, đề mục và dòng cộng ra ngoài bảng", "keep notes, headings and sums out of the table")
    return sheet.fault("E-TAB-004", line, reason, repair, "note")


def _other_separator(sheet: Sheet, cells: list[str], needed: int) -> str:
    """Another separator that would part a row which has too few cells."""
    found = (mark for mark in ";\t," if mark != sheet.separator and cells[0].count(mark) >= needed // 2)
    return "" if sheet.name else next(found, "")


def _misfit(sheet: Sheet, line: int, cells: list[str], table: TableCells, needed: int) -> ScenarioError | None:
    """What is wrong with a row that is not as long as its columns: nothing, when only blank cells are too many."""
    count = len(cells)
    if count < needed:
        other = _other_separator(sheet, cells, needed)
        if other:
            reason = Words(
                f"dòng ngăn cột bằng “{shown(other)}”, tiêu đề bằng “{shown(sheet.separator)}”",
                f'the row is separated by "{shown(other)}", the header by "{shown(sheet.separator)}"',
            )
            return sheet.fault("E-TAB-004", line, reason, Words("dùng một dấu ngăn", "use one separator"), "separator")
        reason = Words(f"dòng có {count} ô, phải là {needed}", f"the row has {count} cells instead of {needed}")
        return sheet.fault("E-TAB-004", line, reason, _quote(sheet), f"{count} cells")
    named = {*table.positions.values(), *table.strange}
    strange = next((at for at, cell in enumerate(cells) if at not in named and cell.strip()), None)
    if strange is None:
        return None
    if not sheet.name and strange >= needed:
        reason = Words(f"dòng có {count} ô, phải là {needed}", f"the row has {count} cells instead of {needed}")
        return sheet.fault("E-TAB-004", line, reason, _quote(sheet), f"{count} cells")
    letters, said = letters_of(strange), shown(cells[strange])
    reason = Words(f"cột {letters} không có tên mà có “{said}”", f'column {letters} has no name but holds "{said}"')
    repair = Words("xóa ô đó, hoặc chuyển ghi chú ra ngoài bảng", "clear it, or move the note out of the table")
    return sheet.fault("E-TAB-004", line, reason, repair, f"unnamed {strange}")


def _quote(sheet: Sheet) -> Words:
    mark = shown(sheet.separator)
    example = Words(", như 0,7,", ", as 0,7,") if mark == "," else Words("", "")
    return Words(
        f"ô có dấu “{mark}”{example.vi} phải đặt trong “…”", f'a cell with "{mark}" in it{example.en} must stand in "…"'
    )


def _wrong_header(
    sheet: Sheet, line: int, header: Sequence[str], found: Sequence[str], names: Sequence[str]
) -> ScenarioError | None:
    missing = [name for name in names if name not in found]
    unknown = [cell for cell, name in zip(header, found, strict=True) if name and name not in names]
    twice = [name for name in names if found.count(name) > 1]
    if not (missing or unknown or twice):
        return None
    right = _right(names)
    if not missing and not twice:
        right = Words(f"xóa cột đó; {right.vi}", f"delete it; {right.en}")
    if len(missing) == len(names):
        first = shown(sheet.separator.join(header))
        reason = Words(
            f"không thấy dòng tiêu đề, dòng đầu là “{first}”", f'there is no header row: the first row is "{first}"'
        )
        return sheet.fault("E-TAB-001", line, reason, right)
    parts = []
    if missing:
        parts.append(Words(f"thiếu cột {', '.join(missing)}", f"lacks {', '.join(missing)}"))
    if unknown:
        vietnamese, english = (", ".join(_guess(cell, names, lang) for cell in unknown[:5]) for lang in ("vi", "en"))
        parts.append(Words(f"có cột lạ {vietnamese}", f"has unknown {english}"))
    if twice:
        parts.append(Words(f"có hai cột {', '.join(twice)}", f"names {', '.join(twice)} twice"))
    reason = Words(
        "dòng tiêu đề " + "; ".join(part.vi for part in parts), "the header " + " and ".join(part.en for part in parts)
    )
    return sheet.fault("E-TAB-001", line, reason, right)


def _right(names: Sequence[str]) -> Words:
    listed = ",".join(names)
    return Words(f"các cột là: {listed}", f"the columns are {listed}")


def _guess(cell: str, names: Sequence[str], lang: str) -> str:
    """An unknown column with the known one that is nearest to it."""
    near = nearest(folded(cell), names)
    quoted = f"“{shown(cell)}”" if lang == "vi" else f'"{shown(cell)}"'
    if near is None:
        return quoted
    return f"{quoted} (có phải “{near}”?)" if lang == "vi" else f'{quoted} (did you mean "{near}"?)'
