"""The first two working days of March in a tiny province, an event a line: a change of behaviour can be read.

Both schedulers must give the same lines as the file beside this test.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import date
from difflib import unified_diff
from pathlib import Path

import pytest
from recorded import BUSY, recorded
from worlds import Kind, Provinces, fixed, small_province

from sim.results.event_tables import EventRow

GOLDEN = Path(__file__).with_name("golden_trace.txt")
ACCEPT = "LIENTHONG_ACCEPT_TRACE=1 .venv/bin/python -m pytest -n 0 tests/events/test_golden_trace.py"
PROCEDURES = (
    Kind("copy", work="copies", working_days=0, same_day=True, weight=2),
    Kind("deed", "district", steps="own;commune", service_level=4, site_visit=True, working_days=5, weight=2),
    Kind("licence", "province", "dept.0", service_level=3, weight=1),
)


def lines(rows: Iterable[EventRow]) -> list[str]:
    """When done (and begun, if before); what, to which document (d) or dossier (h), where, channel, outcome."""
    names: dict[str, str] = {}
    told = []
    for row in rows:
        letter = "d" if row.case_type == "document" else "h"
        name = names.setdefault(row.case_id, f"{letter}{len(names) + 1}")
        to = f">{row.recipient_id}" if row.recipient_id else ""
        copy = " (paper copy)" if row.copy_id else ""
        where = row.post_id or row.line_id or row.agency_id or "-"
        outcome = f" = {row.outcome}" if row.outcome else ""
        ended, began = (moment[:23].replace("T", " ") for moment in (row.time, row.started))
        begun = f"({began[5:]})" if began < ended else ""
        channel = f", {row.channel}" if row.channel else ""
        told.append(f"{ended} {begun:<20}  {row.activity_code:<22} {name}{to}{copy}  {where}{channel}{outcome}")
    return told


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_the_same_things_happen_as_ever(provinces: Provinces, tmp_path: Path, engine: str) -> None:
    """If they are meant to differ now: accept the new trace, read its difference, and tell it in CHANGELOG.md."""
    loaded = provinces.load(
        small_province(1, 1, 1, population=300),
        sets=(*BUSY, fixed("dossiers.arrivals.per_head", "12 /year")),
        start=date(2019, 3, 1),
        end=date(2019, 3, 4),
        organisation=3,
        personal=4,
        procedures=PROCEDURES,
    )
    found = lines(recorded(loaded, tmp_path / "log.sqlite", engine=engine).rows)
    if os.environ.get("LIENTHONG_ACCEPT_TRACE") == "1" and engine == "compiled":
        GOLDEN.write_text("\n".join(found) + "\n", encoding="utf-8")
    kept = GOLDEN.read_text(encoding="utf-8").splitlines()
    difference = "\n".join(unified_diff(kept, found, "as ever", f"now, by {engine}", lineterm="", n=2))
    assert not difference, (
        f"{difference}\n\nIf this is meant, accept it with\n  {ACCEPT}\nand explain it in CHANGELOG.md"
    )
