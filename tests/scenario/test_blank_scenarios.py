"""A scenario is begun from a blank workbook or folder that says what is missing; nothing is overwritten."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from openpyxl.workbook import Workbook
from scenario_workbook import edited, exported, faults

from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import load
from sim.scenario.new import import_workbook, new, new_workbook
from sim.scenario.workbook_words import STATED

if TYPE_CHECKING:
    from conftest import Small


def test_a_blank_workbook_says_what_is_missing_in_order_and_ends_in_a_scenario(
    small: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(small.root.parent)
    path = new_workbook("mine", None, "python run.py", root=small.root)
    found = faults(small, path)
    filled = [key for key in STATED if key not in ("name", "title.en", "horizon.warm_up")]
    rows = {key: 7 + at for at, key in enumerate(STATED)}
    stated = [("E-KEY-003", f"Kế hoạch!B{rows[key]}") for key in filled if not key.startswith("signatures.")]
    assert [(code, place) for code, place, _ in found] == [*stated, ("E-AGY-007", "Cơ quan!7")]
    values = {
        "title.vi": "Tỉnh mình",
        "title.en": "Mine",
        "plan.decision": "1/QĐ",
        "plan.decided": "02/01/2027",
        "plan.source": "x",
        "horizon.start": datetime(2027, 1, 1),  # noqa: DTZ001
        "horizon.end": "31/12/2028",
    }

    def change(book: Workbook) -> None:
        for key, value in values.items():
            book["Kế hoạch"][f"B{rows[key]}"] = value
        for row, line in enumerate(SMALL_AGENCIES, 7):
            for at, cell in enumerate(line.split(","), 1):
                book["Cơ quan"].cell(row, at, cell or None)

    edited(path, change)
    loaded = load(path, root=small.root)
    assert (loaded.scenario.name, len(loaded.agencies)) == ("mine", 4)
    assert [row.tier for row in loaded.agencies] == ["outside", "office", "department", "commune"]


SMALL_AGENCIES = [
    "office,Văn phòng UBND tỉnh,,Văn phòng,Office,,75,5,3,0,3,cáp quang FTTH,có,có,có,52,kế hoạch,x",
    "so.a,department,,Sở A,A,,80,4,2,0,2,ftth,1,1,1,56,giả định,x",
    "ngoai,ngoài tỉnh,,Chính phủ,Government,,0,0,0,0,0,mạng chuyên dùng,có,có,không,1,kế hoạch,x",
    "xa.a,cấp xã,,Xã A,A,5000,21,3,0.7,0,0,ADSL,có,không,không,0,giả định,x",
]


def test_a_blank_folder_says_what_is_missing_and_how_to_fill_it(small: Small) -> None:
    path = new("mine", None, small.root)
    assert sorted(file.name for file in path.parent.iterdir()) == [
        "agencies.csv",
        "budget.csv",
        "budget_totals.csv",
        "mine.toml",
        "purchases.csv",
    ]
    with pytest.raises(ScenarioErrors) as refused:
        load("mine", root=small.root)
    keys = [error.key for error in refused.value.errors]
    assert keys[:2] == ["title.vi", "plan.decision"]
    assert {"plan.decision", "plan.decided", "plan.source", "horizon.start", "horizon.end", "agencies"} <= set(keys)
    assert {error.code for error in refused.value.errors} == {"E-KEY-003", "E-AGY-007"}


def test_the_examples_of_a_blank_folder_are_valid_once_they_are_no_comments(small: Small) -> None:
    path = new("mine", None, small.root)
    text = path.read_text(encoding="utf-8")
    kept = [line.removeprefix("# ") if "=" in line or line.startswith("# [[") else line for line in text.split("\n")]
    path.write_text("\n".join(kept), encoding="utf-8")
    table = path.with_name("agencies.csv")
    table.write_text(table.read_text(encoding="utf-8-sig") + "\n".join(SMALL_CODES) + "\n", encoding="utf-8")
    loaded = load("mine", root=small.root)
    assert [target.id for target in loaded.scenario.targets] == ["a3"]
    assert loaded.scenario.plan.decided == date(2026, 3, 17)
    assert [row.agency_id for row in loaded.agencies] == ["ngoai", "office", "so.a", "xa.a"]


SMALL_CODES = [
    "office,office,,Văn phòng,Office,,75,5,3,0,3,ftth,1,1,1,52,plan,x",
    "so.a,department,,Sở A,A,,80,4,2,0,2,ftth,1,1,1,56,assumed,x",
    "ngoai,outside,,Chính phủ,Government,,0,0,0,0,0,dedicated,1,1,0,1,plan,x",
    "xa.a,commune,,Xã A,A,5000,21,3,0.7,0,0,adsl,1,0,0,0,assumed,x",
]


def test_nothing_is_overwritten(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small.root.parent)
    path = exported(small)
    before = path.read_bytes()
    new("taken", "small", small.root)
    for again in (
        lambda: exported(small),
        lambda: new_workbook("small", "small", "x", root=small.root),
        lambda: new("taken", None, small.root),
        lambda: import_workbook(str(path), None, small.root),
        lambda: import_workbook(str(path), "taken", small.root),
        lambda: import_workbook(str(path), str(small.root), small.root),
    ):
        with pytest.raises(ScenarioErrors) as refused:
            again()
        assert refused.value.errors[0].code == "E-NEW-002"
    assert path.read_bytes() == before
    assert not list(small.root.glob("provinces/.*")), "nothing half-made is left"
