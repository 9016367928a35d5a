"""Faults that only follow from others: they go once the cause is put right, and are not told.

The cause is a cell that could not be read, a key that is missing or broken, or a horizon that ends before it begins.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sim.scenario.errors import ScenarioError, one_a_cause
from sim.scenario.keys import Key, key_of

UNKNOWN_AGENCY, NO_DISTRICTS = "unknown agency", "no districts"
"""Causes that two faults of one code tell apart: an id that no row has, and a tier that none is of."""
NO_MONEY = "year"
"""Column named where a line has no money in any year, so that the table of lines lacks it."""

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
    **dict.fromkeys(("E-AGY-003", "E-VOL-001", "E-DOS-002", "E-DOS-003", "E-DOS-008"), ("agencies", _WHO_IS_THERE)),
    f"E-AGY-003 {NO_DISTRICTS}": ("agencies", ("agency_id", "tier")),
    **dict.fromkeys(("E-AGY-006", "E-VOL-004"), ("agencies", ("tier",))),
    "E-DOS-005": ("dossiers.procedures", ("intake_tier", "volume_weight")),
    "E-DOS-012": ("agencies", _WHO_IS_THERE),
    **dict.fromkeys(("E-EQP-001", "E-EQP-003"), ("agencies", _WHO_IS_THERE)),
    **dict.fromkeys(
        (
            f"E-AGY-003 {UNKNOWN_AGENCY}",
            f"E-TGT-004 {UNKNOWN_AGENCY}",
            "E-GRP-001",
            "E-ROL-002",
            "E-BUD-012",
            "E-DOS-010",
        ),
        ("agencies", ("agency_id",)),
    ),
    f"E-TGT-004 {NO_DISTRICTS}": ("agencies", ("tier",)),
    **dict.fromkeys(("E-BUD-001", "E-BUD-007", "E-BUD-008", "E-BUD-009", "E-BUD-011"), ("budget.lines", _WHAT_IS_PAID)),
    **dict.fromkeys(("E-BUD-002", "E-BUD-004", "E-TGT-006"), ("budget.lines", ("line_id", "chapter", NO_MONEY))),
    "E-BUD-005": ("budget.purchases", ("line_id", "kind", "share", "funded_by")),
}
"""Table and columns of it that a rule looks at as a whole, beside the row or key that it names, by code and cause."""
_DAYS = ("horizon.start", "horizon.end")
_WHAT_IS_COUNTED = ("measure", "scope", "event", "lines", "readings", "exclude_secret", "exclude_never_electronic")
_COMPARES: Mapping[str, tuple[str, ...]] = {
    "E-DATE-001 horizon.end": _DAYS,
    "E-DATE-001 plan.decided": _DAYS,
    "E-DATE-002 horizon.end": _DAYS,
    **dict.fromkeys(("E-DATE-003", "E-DATE-007"), ("horizon.end", "*.start")),
    **dict.fromkeys(("E-DATE-006", "E-ROL-003"), (*_DAYS, "*.start")),
    "E-DATE-005": ("plan.decided", *_DAYS),
    **dict.fromkeys(("E-BUD-011", "E-RUN-001", "E-TGT-001", "E-DOS-004", "E-DOS-013"), _DAYS),
    **dict.fromkeys(
        ("E-TGT-005", "E-TGT-006", "E-TGT-007", "E-TGT-009"), tuple(f"*.{part}" for part in _WHAT_IS_COUNTED)
    ),
    **dict.fromkeys(("E-TGT-008", "E-UNIT-001"), ("*.measure", "*.lines")),
    "E-BUD-004": ("budget.lines",),
    "E-TGT-010": ("targets",),
}
"""Keys with which a rule compares the one that it names, by code or code and key; `*` is the named one's own row."""
_NO_PERIOD = (("E-DATE-001", "horizon.end"), ("E-DATE-002", "horizon.end"), ("E-DATE-002", "horizon.start"))
"""Faults after which nothing is compared with the horizon."""


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
    absent: dict[str, set[str]] = {}
    for error in unread:
        file, row = _file_and_row(error.place)
        if error.code == "E-TAB-001":
            absent.setdefault(file, set()).add(error.key)
        for one in error.rows or (row,):
            cells.setdefault((file, one), set()).add(error.key)
        for name in {_bare(file), file.rstrip(":!")}:
            columns.setdefault(name, set()).add(error.key)
    left = []
    for fault in faults:
        own = [
            one
            for one in _row_by_row(fault)
            if not _follows(one, _unread_beside(one, cells, absent), columns, table_names)
        ]
        if own:
            left.append(fault if len(own) == max(1, len(fault.rows)) else one_a_cause(own)[0])
    return left


def _row_by_row(fault: ScenarioError) -> list[ScenarioError]:
    """A fault that several rows have, once for each."""
    before = fault.place.rstrip("0123456789")
    return [replace(fault, place=f"{before}{row}", rows=()) for row in fault.rows] or [fault]


def _unread_beside(
    fault: ScenarioError, cells: Mapping[tuple[str, int], set[str]], absent: Mapping[str, set[str]]
) -> set[str]:
    """Columns that could not be read in the row of a fault."""
    file, row = _file_and_row(fault.place)
    return cells.get((file, row), set()) | absent.get(file, set())


def without_followers(faults: Sequence[ScenarioError], broken: Collection[Key]) -> list[ScenarioError]:
    """Returns the faults of rules but those at keys that are broken, and those that compare with one.

    A horizon that is itself at fault is compared with no more.
    """
    first = {".".join(key) for key in broken}
    left = [fault for fault in faults if not _is_below(fault.key, first) and not _compares(fault, first)]
    wrong = {fault.key for fault in left if (fault.code, fault.key) in _NO_PERIOD}
    return [fault for fault in left if fault.key in wrong or not _compares(fault, wrong)]


def _compares(fault: ScenarioError, broken: Collection[str]) -> bool:
    row = ".".join(key_of(fault.key)[:2]) if fault.key else ""
    looked_at = _COMPARES.get(f"{fault.code} {fault.key}", _COMPARES.get(fault.code, ()))
    return any(_is_below(name.replace("*", row), broken) or name in broken for name in looked_at)


def _is_below(name: str, keys: Collection[str]) -> bool:
    return any(f"{name}.".startswith(f"{key}.") for key in keys)


def _follows(
    fault: ScenarioError, unread: set[str], columns: Mapping[str, set[str]], table_names: Mapping[str, str]
) -> bool:
    """Whether a fault goes once the cells `unread` in its row, and the columns that its rule looks at, are read."""
    if unread & {fault.key, *_ITS_ROW.get(fault.code, ())}:
        return True
    if fault.code in _OF_A_QUANTITY and any(column.startswith(fault.key.rpartition(".")[2]) for column in unread):
        return True
    cause = fault.cause.partition(":")[0]
    table, looked_at = _RESTS_ON.get(f"{fault.code} {cause}", _RESTS_ON.get(fault.code, ("", ())))
    wrong = columns.get(table_names.get(table, ""), set())
    return bool(wrong & {"", *looked_at})


def _file_and_row(place: str) -> tuple[str, int]:
    """The file, with the sheet of a workbook, and the row; 0 when the place names none."""
    placed = _CELL.fullmatch(place)
    return (placed[1], int(placed[2])) if placed else (place, 0)


def _bare(file: str) -> str:
    """The file without the sheet and what parts it from the row."""
    return re.sub(r":([^:]*!)?$", "", file)
