"""Agencies that end without what the plan buys for others, in words; why is told as for the target that counts it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.agency_quarters import is_in
from sim.report.formatting import number_text
from sim.report.held_up import held_up_text, kept_back
from sim.report.missing_systems import kinds_that_move
from sim.report.passage import Passage, target_labels, targets_named
from sim.report.phrases import say
from sim.report.plan_ends import is_meant_for, reason_words, thing_text
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.results.plan_tables import UnservedRow
from sim.results.run_tables import TargetRow, deciding_rows
from sim.results.words import Lang, Words

MOST_NAMED = 6
"""Agencies named of each kind and reason."""
_UNSERVED = Words(
    "Cuối kỳ, ở quá nửa số lần mô phỏng (n = {n}), các cơ quan sau vẫn chưa có thứ mà kế hoạch mua cho nơi khác:",
    "At the end, in more than half of n = {n} simulations, these agencies still lack what the plan buys for others:",
)
_SEVERAL = Words(
    "{count} cơ quan {tier} chưa có {kind} ({listed}{more}) – {reason}.",
    "{count} agencies without {kind}, {tier} ({listed}{more}) – {reason}.",
)
_ONE = Words("{listed} chưa có {kind} – {reason}.", "{listed} without {kind} – {reason}.")
_AS_THE_TARGET = Words("như {target}, {why}", "as {target}, {why}")


def unserved_passage(tables: RunTables, language: Lang) -> Passage | None:
    """Agencies that usually end without what the plan buys, by kind and reason; None where nobody does."""
    groups: dict[tuple[str, str, str], list[UnservedRow]] = {}
    for row in tables.unserved:
        if row.unserved_share > 0.5 and is_meant_for(row):
            reason = _of_target(row, tables, language) or reason_words(row).text(language)
            groups.setdefault((row.kind, row.tier, reason), []).append(row)
    if not groups:
        return None
    points = tuple(_left_out(rows, reason, language) for (*_, reason), rows in groups.items())
    runs = number_text(tables.unserved[0].n, 0, language)
    return Passage(say(_UNSERVED, language, n=runs), points)


def _of_target(row: UnservedRow, tables: RunTables, language: Lang) -> str:
    """The reasons of the target that counts the thing, with their shares; empty where none does or none is known."""
    target = next((one for one in deciding_rows(tables.targets) if _counts(one, row, tables)), None)
    if target is None:
        return ""
    named = targets_named([target.target_id], target_labels(tables.targets), language)
    return say(_AS_THE_TARGET, language, target=named, why=held_up_text(target, tables, language, is_whole=False))


def _counts(target: TargetRow, row: UnservedRow, tables: RunTables) -> bool:
    is_moved = row.kind in kinds_that_move(target.measure, tables.parameters)
    return is_moved and is_in(row.tier, target.scope) and bool(kept_back(target, tables))


def _left_out(rows: Sequence[UnservedRow], reason: str, language: Lang) -> str:
    first = rows[0]
    listed = ", ".join(row.name(language) for row in rows[:MOST_NAMED])
    return say(
        _SEVERAL if len(rows) > 1 else _ONE,
        language,
        kind=thing_text(first, language),
        tier=term("tier", first.tier, language),
        count=number_text(len(rows), 0, language),
        listed=listed,
        more=" …" if len(rows) > MOST_NAMED else "",
        reason=reason,
    )
