"""A scenario's workbook as tests write, change and read it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.new import export
from sim.scenario.table_set import TABLES

if TYPE_CHECKING:
    from conftest import Small


PATHS = ("agencies", *(key for key in TABLES if "." in key))


def content(loaded: LoadedScenario) -> dict[str, Any]:
    """All that is simulated, less where tables are and how each number was spelled."""
    scenario = loaded.scenario.model_dump(mode="json", by_alias=True)
    for path in PATHS:
        section, _, name = path.rpartition(".")
        inside = scenario[section] if section else scenario
        inside[name] = bool(inside[name])
    tables = ("agencies", "plan_lines", "budget_totals", "purchases", "calendar_overrides", "start_states")
    rows = {name: getattr(loaded, name) for name in (*tables, "start_residuals", "procedures")}
    return {"scenario": scenario} | {name: [asdict(row) | {"place": ""} for row in some] for name, some in rows.items()}


def exported(small: Small) -> Path:
    return export("small", small.root.parent / "small.xlsx", "python run.py", root=small.root)


def with_cell(sheet: str, cell: str, value: object) -> Callable[[Workbook], None]:
    """A change that puts a value into one cell."""

    def change(book: Workbook) -> None:
        book[sheet][cell] = value

    return change


def edited(path: Path, change: Callable[[Workbook], None], *, keep_formulas: bool = False) -> Path:
    """The workbook changed and saved; formulas become the values they had, as openpyxl keeps one or the other."""
    book = load_workbook(path, data_only=not keep_formulas)
    change(book)
    book.save(path)
    return path


def faults(small: Small, path: Path) -> list[tuple[str, str, str]]:
    with pytest.raises(ScenarioErrors) as refused:
        load(path, root=small.root)
    assert all(error.reason.vi != error.reason.en for error in refused.value.errors)
    return [
        (error.code, error.place.removeprefix(f"{path}:"), f"{error.reason.vi}; {error.repair.vi}")
        for error in refused.value.errors
    ]


def cell_of(path: Path, sheet: str, code: str, row: int) -> str:
    """The cell of a column, by its code."""
    codes = [cell.value for cell in load_workbook(path)[sheet][6]]
    return f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[codes.index(code)]}{row}"
