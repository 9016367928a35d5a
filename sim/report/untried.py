"""Options of the catalogue that work on what stops the targets, where a run tried none: offered, nothing promised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from math import inf

from sim.report.cause_ranking import largest_causes, leading_causes
from sim.report.formatting import number_text
from sim.report.held_up import main_reason
from sim.report.manifest import Offered
from sim.report.milestones import stops_of
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import Lang, Words

MOST_OFFERED = 3
_OFFERED = Words(
    "Phương án trong danh mục nhắm vào các nguyên nhân trên (chưa rõ kết quả): {options}.",
    "Options of the catalogue meant against these causes (effect not known): {options}.",
)
_COST = Words("{amount} triệu đồng", "{amount} million VND")
_PAID = Words("{cost}: {what}", "{cost}: {what}")
_NO_COST = Words("không nêu khoản tiền nào", "no amount stated")


def untried_text(tables: RunTables, language: Lang) -> str:
    """Which options say that they are meant against the main reasons, the cheapest of each first; empty for none."""
    offered = tables.manifest.offered
    cheapest = sorted(offered, key=lambda name: (offered[name].cost_million_vnd or inf, name))
    names = dict.fromkeys(
        name for reason in _main_reasons(tables) for name in cheapest if reason in offered[name].against
    )
    if not names:
        return ""
    options = "; ".join(_option(offered[name], language) for name in list(names)[:MOST_OFFERED])
    return say(_OFFERED, language, options=options)


def _option(one: Offered, language: Lang) -> str:
    amount = one.cost_million_vnd
    cost = say(_COST, language, amount=number_text(amount, 0, language)) if amount else _NO_COST.text(language)
    if amount and one.paid_for is not None:
        cost = say(_PAID, language, cost=cost, what=one.paid_for.text(language))
    return f"{one.title.text(language)} ({cost})"


def _main_reasons(tables: RunTables) -> list[str]:
    """What stops the targets that are not safely reached: by how many targets each stops, the usual first."""
    missed = [row for row in deciding_rows(tables.targets) if row.verdict and row.verdict != "reachable"]
    counted = Counter(reason for row in missed if row.p_reached != 1.0 for reason in _reasons(row, tables))
    return [reason for reason, _ in counted.most_common()]


def _reasons(row: TargetRow, tables: RunTables) -> Iterator[str]:
    if reason := main_reason(row, tables):
        yield reason
    elif stops := stops_of([one for one in tables.milestones if one.target_id == row.target_id]):
        yield stops[0].state
    elif row.measure.startswith(("exchange_", "submission_")):
        yield from _causes(tables, row)


def _causes(tables: RunTables, row: TargetRow) -> Sequence[str]:
    found = largest_causes(tables.causes, "not_electronic", row.due, tables.manifest.stopped)
    return [cause.cause for cause, _ in leading_causes(found)]
