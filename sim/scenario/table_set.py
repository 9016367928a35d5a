"""The tables that a scenario names: where each is, and all of them read."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from sim.results.words import NOTHING, Words
from sim.scenario.agreeing_draws import AGREEING_DRAWS, CALIBRATE_AGAIN
from sim.scenario.dossier_rules import WITHOUT_DOSSIERS
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.facts import Tables
from sim.scenario.layers import Layer, Settings
from sim.scenario.places import other_table, shown_path, table_file
from sim.scenario.procedures import PROCEDURES
from sim.scenario.sheet import Sheet
from sim.scenario.start_rules import FIT_AGAIN
from sim.scenario.start_states import START_RESIDUALS, START_STATES
from sim.scenario.tables import AGENCIES, BUDGET, CALENDAR, PURCHASES, TOTALS, TableKind, read_sheets, read_table

Row = TypeVar("Row")

TABLES: Mapping[str, TableKind[Any]] = {
    "agencies": AGENCIES,
    "budget.lines": BUDGET,
    "budget.totals": TOTALS,
    "budget.purchases": PURCHASES,
    "calendar.overrides": CALENDAR,
    "start.fitted": START_STATES,
    "start.residuals": START_RESIDUALS,
    "dossiers.procedures": PROCEDURES,
    "calibration.draws": AGREEING_DRAWS,
}
"""The key under which a scenario names each table, and what kind of table it is."""
MAY_BE_ABSENT = ("budget.totals", "start.fitted", "start.residuals", "dossiers.procedures", "calibration.draws")
"""Tables that a scenario may do without, by an empty name."""

_STATE_AGENCIES = Words(
    "ghi mỗi cơ quan một dòng: Văn phòng UBND tỉnh, các sở, huyện (nếu có), xã, và bên ngoài tỉnh",
    "write one agency a line: the provincial office, departments, districts if any, communes, and those outside",
)
_STATE_TOTALS = Words(
    "không gì đối chiếu số tiền: ghi tổng như kế hoạch in, ví dụ TOTAL,TW,total,100; kế hoạch không in tổng thì bỏ"
    ' bảng này: totals = ""',
    "nothing checks the amounts: state the totals that the plan prints, as TOTAL,TW,total,100; where it prints none"
    ' leave the table out: totals = ""',
)


def table_files(
    settings: Settings, layers: Sequence[Layer], root: Path, errors: list[ScenarioError], but: Container[str] = ()
) -> dict[str, Path]:
    """Returns the file of each table that the settings name, by key; what cannot be one goes to `errors`.

    Tables `but` those are looked for: the others stand in the scenario's own workbook.
    """
    folders = {layer.name: layer.folder for layer in layers}
    files = {}
    for name in TABLES:
        if name in but:
            continue
        entry = settings.entries.get(tuple(name.split(".")))
        if entry is None or not isinstance(entry.value, str):
            continue
        if not entry.value and name in MAY_BE_ABSENT:
            continue
        place, folder = entry.origin.place, folders[entry.origin.layer]
        try:
            found = table_file(entry.value, folder, root)
        except ScenarioErrors as refused:
            errors.extend(refused.errors)
            continue
        if found is None:
            errors.append(_no_table(entry.value, place, name))
        elif not found.exists():
            reason = Words(f"không có tệp {shown(entry.value)}", f"no such file {shown(entry.value)}")
            errors.append(ScenarioError("E-FILE-001", place, name, reason, other_table(entry.value, folder, root)))
        else:
            files[name] = found
    return files


def _no_table(written: str, place: str, name: str) -> ScenarioError:
    said = shown(written)
    reason = Words(
        f"“{said}” không phải tệp .csv hay .xlsx trong thư mục kịch bản",
        f'"{said}" is not a .csv or .xlsx inside the scenarios folder or the folder of this file',
    )
    is_sheet = written.lower().endswith((".xls", ".xlsm", ".xlsb", ".ods"))
    repair = Words("lưu bảng thành .xlsx", "save the table as .xlsx") if is_sheet else NOTHING
    return ScenarioError("E-FILE-006", place, name, reason, repair)


def read_tables(
    files: Mapping[str, Path],
    sheets: Mapping[str, Sequence[Sheet]],
    root: Path,
    errors: list[ScenarioError],
    recognised: list[Words],
) -> Tables:
    """Returns every table, its rows in file order.

    Args:
        files: tables that are files, by key.
        sheets: tables that stand in the scenario's own workbook, by key.
        root: the folder of scenarios.
        errors: takes what is wrong with them.
        recognised: takes how each was read, where that is worth a line.
    """
    places = {key: shown_path(file, root) for key, file in files.items()}
    places |= {key: parts[0].shown_as for key, parts in sheets.items() if parts}

    def rows(key: str, kind: TableKind[Row]) -> tuple[Row, ...]:
        if key in sheets:
            return tuple(read_sheets(kind, sheets[key], errors, recognised))
        return tuple(read_table(kind, files[key], places[key], errors, recognised)) if key in files else ()

    def some_rows(key: str, kind: TableKind[Row], code: str, repair: Words) -> tuple[Row, ...]:
        already = len(errors)
        found = rows(key, kind)
        if key in places and not found and len(errors) == already:
            reason = Words("bảng không có dòng nào", "the table has no row")
            first = next((part for part in sheets.get(key, ())), None)
            place = f"{places[key]}:1" if first is None else f"{first.prefix}{first.first_row}"
            errors.append(ScenarioError(code, place, key, reason, repair))
        return found

    def fit_rows(key: str, kind: TableKind[Row], code: str = "E-INI-003", repair: Words = FIT_AGAIN) -> tuple[Row, ...]:
        """Nobody writes such a table by hand, so that one of other columns is an older program's."""
        already = len(errors)
        found = some_rows(key, kind, code, repair)
        errors[already:] = [replace(one, repair=repair) if one.code == "E-TAB-001" else one for one in errors[already:]]
        return found

    budget = rows("budget.lines", BUDGET)
    has_money = bool(budget or errors)
    return Tables(
        agencies=some_rows("agencies", AGENCIES, "E-AGY-007", _STATE_AGENCIES),
        budget=budget,
        budget_totals=some_rows("budget.totals", TOTALS, "E-BUD-009", _STATE_TOTALS) if has_money else (),
        purchases=rows("budget.purchases", PURCHASES),
        calendar_overrides=rows("calendar.overrides", CALENDAR),
        start_states=fit_rows("start.fitted", START_STATES),
        start_residuals=fit_rows("start.residuals", START_RESIDUALS),
        procedures=some_rows("dossiers.procedures", PROCEDURES, "E-DOS-011", WITHOUT_DOSSIERS),
        agreeing_draws=fit_rows("calibration.draws", AGREEING_DRAWS, "E-CAL-003", CALIBRATE_AGAIN),
    )
