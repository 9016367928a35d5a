"""Faults that only follow from cells that could not be read: they go once the cells are put right, and are not told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from sim.scenario.errors import ScenarioError

_CELL = re.compile(r"(.*[:!])[A-Z]{0,3}(\d+)", re.ASCII | re.DOTALL)

_WHO_IS_THERE = ("agency_id", "tier", "parent_id", "population", "rooms")
_WHAT_IS_PAID = ("line_id", "chapter", "source", "year", "amount_million_vnd")
_HOW_MANY = ("tier", "staff", "leaders", "clerk_posts", "it_staff")
_LEVELS = ("service_level", "level3_year", "level4_year")
_ITS_ROW: Mapping[str, tuple[str, ...]] = {
    "E-AGY-002": ("parent_id",),
    "E-AGY-004": _HOW_MANY,
    "E-AGY-005": ("eoffice_installed",),
    "E-BUD-001": ("scope", "source", "year", "amount_million_vnd"),
    "E-DOS-002": ("intake_tier",),
    "E-DOS-003": ("intake_tier", "agency_id"),
    "E-DOS-004": _LEVELS,
    "E-DOS-006": ("working_days",),
}
"""Columns that a rule compares with the one that it names, in the same row."""
_OF_A_QUANTITY = ("E-QTY-001", "E-QTY-002")
"""Rules on a value and its range, whose columns begin alike: `share`, `share_low`, `share_high`."""
_RESTS_ON: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("E-AGY-003", "E-AGY-006", "E-VOL-001", "E-VOL-004", "E-DOS-002", "E-DOS-003", "E-DOS-008", "E-DOS-010"),
        ("agencies", _WHO_IS_THERE),
    ),
    "E-DOS-005": ("dossiers.procedures", ("intake_tier", "volume_weight")),
    "E-DOS-012": ("agencies", _WHO_IS_THERE),
    **dict.fromkeys(("E-TGT-004", "E-GRP-001", "E-BUD-012", "E-EQP-001", "E-EQP-003"), ("agencies", _WHO_IS_THERE)),
    **dict.fromkeys(
        ("E-BUD-001", "E-BUD-002", "E-BUD-004", "E-BUD-007", "E-BUD-008", "E-BUD-009", "E-BUD-011", "E-TGT-006"),
        ("budget.lines", _WHAT_IS_PAID),
    ),
    "E-BUD-005": ("budget.purchases", ("line_id", "kind", "share", "funded_by")),
}
"""Table and columns of it that a rule looks at as a whole, beside the row or key that it names."""


def own_faults(
    faults: Iterable[ScenarioError], unread: Iterable[ScenarioError], table_names: Mapping[str, str]
) -> list[ScenarioError]:
    """Returns the faults of rules that are none of the tables' unread cells over again.

    Args:
        faults: what the rules found.
        unread: what could not be read in the tables.
        table_names: the key of each table, and the name of its file, or `file:sheet`, in messages.
    """
    cells: dict[tuple[str, int], set[str]] = {}
    columns: dict[str, set[str]] = {}
    for error in unread:
        file, row = _file_and_row(error.place)
        for one in error.rows or (row,):
            cells.setdefault((file, one), set()).add(error.key)
        for name in {_bare(file), file.rstrip(":!")}:
            columns.setdefault(name, set()).add(error.key)
    return [fault for fault in faults if not _follows(fault, cells, columns, table_names)]


def _follows(
    fault: ScenarioError,
    cells: Mapping[tuple[str, int], set[str]],
    columns: Mapping[str, set[str]],
    table_names: Mapping[str, str],
) -> bool:
    unread = cells.get(_file_and_row(fault.place), set())
    if unread & {fault.key, *_ITS_ROW.get(fault.code, ())}:
        return True
    if fault.code in _OF_A_QUANTITY and any(column.startswith(fault.key.rpartition(".")[2]) for column in unread):
        return True
    table, looked_at = _RESTS_ON.get(fault.code, ("", ()))
    wrong = columns.get(table_names.get(table, ""), set())
    return bool(wrong & {"", *looked_at})


def _file_and_row(place: str) -> tuple[str, int]:
    """The file, with the sheet of a workbook, and the row; 0 when the place names none."""
    placed = _CELL.fullmatch(place)
    return (placed[1], int(placed[2])) if placed else (place, 0)


def _bare(file: str) -> str:
    """The file without the sheet and what parts it from the row."""
    return re.sub(r":([^:]*!)?$", "", file)
