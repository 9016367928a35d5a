"""The order in which the plan's lines serve agencies: where it is assumed, districts differ by it, and pages say so."""

from __future__ import annotations

import re

from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.results.words import Lang, Words

_KEY = "budget.order"
_NOTE = Words(
    "Thứ tự phục vụ là giả định ({order}): nơi xếp sau thiếu trước, nên đây không phải xếp hạng các huyện, cơ quan.",
    "The order of service is assumed ({order}): who comes later goes short first, so this ranks neither districts nor "
    "agencies.",
)


def service_order(tables: RunTables, language: Lang) -> str:
    """The order in which a line serves agencies, as its parameter's title spells it; empty where it is drawn."""
    row = next((row for row in tables.parameters if row.key == _KEY and row.kind == "fixed"), None)
    named = re.search(rf"\b{int(row.value)}: ([^;)]+)", row.title(language)) if row else None
    return named[1] if named else ""


def order_note(tables: RunTables, language: Lang) -> str:
    """That places are told apart by an assumed order; empty where the order is drawn anew in every simulation."""
    order = service_order(tables, language)
    return say(_NOTE, language, order=order) if order else ""
