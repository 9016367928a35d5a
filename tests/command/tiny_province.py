"""A province of fourteen agencies and three months, and the program started as a person starts it."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from sim.scenario.sheet import columns
from sim.scenario.tables import AgencyRow, BudgetLine, BudgetTotal, Purchase

ROOT = Path(__file__).resolve().parents[2]
Lienthong = Callable[..., "subprocess.CompletedProcess[str]"]
Do = Callable[..., tuple[int, str, str]]

PROVINCE = """\
schema = 1
name = "tỉnh nhỏ"
title = { vi = "Tỉnh nhỏ", en = "Small province" }
agencies = "agencies.csv"

[plan]
decision = "1/QĐ-UBND"
decided = 2016-01-15
source = "test"

[horizon]
start = 2016-01-01
end = 2016-03-31
warm_up = { value = "1 months", kind = "fixed", basis = "assumed", source = "test" }

[budget]
lines = "budget.csv"
totals = "totals.csv"
purchases = "purchases.csv"

[signatures]
personal_at_start = { value = 6, kind = "fixed", basis = "assumed", source = "test" }
organisation_at_start = { value = 4, kind = "fixed", basis = "assumed", source = "test" }

[run]
audited_deliveries = 2

[[mandates]]
id = "order"
title = { vi = "Chỉ thị", en = "Directive" }
start = 2016-02-01
tiers = ["office", "department", "district", "commune"]
source = "test"

[[targets]]
id = "electronic"
title = { vi = "Văn bản điện tử", en = "Electronic documents" }
measure = "exchange_electronic_share"
scope = "all"
threshold = { value = "40 %", kind = "fixed", basis = "plan", source = "test" }
due = 2016-03-31
unit = "delivery"
event = "sent"
readings = ["true", "accepted"]
source = "test"
"""
AGENCIES = [
    "office,office,,Văn phòng UBND tỉnh,Provincial Office,,75,5,3,0,3,ftth,1,1,1,52,plan,test",
    "dept.a,department,,Sở Tài chính,Department of Finance,,80,4,2,0,2,ftth,1,1,1,56,plan,test",
    "dept.b,department,,Sở Nội vụ,Department of Home Affairs,,60,4,2,0,2,ftth,1,1,1,46,plan,test",
    *(f"dist.{d},district,,Huyện {d},District {d},,95,4,2,4,1,ftth,1,1,0,60,plan,test" for d in (1, 2)),
    *(
        f"com.{d}{c},commune,dist.{d},Xã {d}{c},Commune {d}{c},5000,21,3,0.7,0,0,adsl,1,{c % 2},0,0,plan,test"
        for d in (1, 2)
        for c in (1, 2, 3, 4)
    ),
    "out.gov,outside,,Chính phủ,Government,,0,0,0,0,0,dedicated,1,1,0,1,plan,test",
]
BUDGET = ["I.1,I,Phần mềm,Software,TW,2016,100"]
TOTALS = ["TOTAL,TW,total,100"]
PURCHASE = {
    "line_id": "I.1",
    "kind": "other",
    "share": "1",
    "share_low": "1",
    "share_high": "1",
    "title_vi": "Khác",
    "title_en": "Other",
    "basis": "assumed",
    "source": "test",
}
PURCHASES = [",".join(PURCHASE.get(column, "") for column in columns(Purchase))]


def write_tiny(folder: Path) -> Path:
    """Write the tiny province into a folder; returns its scenario file."""
    for name, kind, rows in (
        ("agencies", AgencyRow, AGENCIES),
        ("budget", BudgetLine, BUDGET),
        ("totals", BudgetTotal, TOTALS),
        ("purchases", Purchase, PURCHASES),
    ):
        text = "\n".join([",".join(columns(kind)), *rows]) + "\n"
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    path = folder / "tiny.toml"
    path.write_text(PROVINCE, encoding="utf-8")
    return path


def table(folder: Path, name: str) -> list[dict[str, str]]:
    """The rows of one table of a run folder, each by column."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def without_language() -> dict[str, str]:
    """The environment of these tests, less what would choose a language."""
    return {name: value for name, value in os.environ.items() if not name.startswith(("LIENTHONG", "LANG", "LC_"))}


def started(folder: Path, *words: object, new_session: bool = False, **environment: str) -> subprocess.Popen[str]:
    """The program, started in a folder, in Vietnamese unless the environment says otherwise.

    In a session of its own a signal can be sent to all its processes, as a terminal does.
    """
    return subprocess.Popen(
        [sys.executable, str(ROOT / "run.py"), *map(str, words)],
        cwd=folder,
        env=without_language() | environment,
        text=True,
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=new_session,
    )
