"""What a case of a comparison does to the targets: clear, clear but small, or not yet known."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from sim.report.comparison import ComparedTarget, CompareTables, is_unchanged, with_differences
from sim.report.formatting import UnitKind, number_text, signed_number, unit_of_difference
from sim.report.phrases import say
from sim.report.words import term, verdict_group, verdict_text
from sim.results.comparison_tables import Case, CompareRow
from sim.results.words import Lang, Words

SHARE = "exchange_electronic_share"
_A_POINT = 0.01
_LEAST_OF_A_NUMBER = 0.05
"""What a number with one decimal shows."""
_MOVES = {
    "clear": Words("Chỉ tiêu đổi đáng kể, đủ cơ sở kết luận: {parts}.", "Targets clearly moved: {parts}."),
    "small": Words(
        "Chỉ tiêu có đổi nhưng không đáng kể (chưa đến {minded}): {parts}.",
        "Targets that move, but by less than anybody minds ({minded}): {parts}.",
    ),
    "unknown": Words(
        "Chỉ tiêu khác có chênh lệch nhưng chưa đủ cơ sở kết luận: {parts}.",
        "Other targets that differ, not yet known whether by chance: {parts}.",
    ),
}


def targets_moved(case: Case, tables: CompareTables, shown: Collection[str], language: Lang) -> Iterator[str]:
    """What the case clearly does to the targets by the reading that decides, and whose verdict differs otherwise.

    Args:
        case: the case.
        tables: of the comparison.
        shown: targets that the table shows already.
        language: of the words.
    """
    told: dict[str, list[str]] = {name: [] for name in _MOVES}
    for target, row in _moving(case, tables):
        if target.target_id in shown and _verdict_stays(target, case, tables):
            continue
        moved = f"{target.label} {_moved(row, target.kind, language)}"
        before, after = _verdicts(target, case, tables)
        clear = how_clear(row, target, minded_share(tables))
        if before != after:
            moved += f" ({verdict_text(before, language)} → {verdict_text(after, language)})"
        if before != after or clear == "clear":
            told[clear].append(moved)
    minded = f"{number_text(100 * minded_share(tables), 1, language)} {unit_of_difference('share', language)}"
    for name, parts in told.items():
        if parts:
            yield say(_MOVES[name], language, parts="; ".join(parts), minded=minded)


def _verdicts(target: ComparedTarget, case: Case, tables: CompareTables) -> tuple[str, str]:
    """A target's verdict in the baseline and in the case."""
    before, after = (target.rows.get(name) for name in (tables.cases[0].name, case.name))
    return verdict_group(before.verdict if before else None), verdict_group(after.verdict if after else None)


def _verdict_stays(target: ComparedTarget, case: Case, tables: CompareTables) -> bool:
    before, after = _verdicts(target, case, tables)
    return before == after


def _moving(case: Case, tables: CompareTables) -> Iterator[tuple[ComparedTarget, CompareRow]]:
    """Targets that the case moves clearly, or by as much as anybody minds."""
    minded = minded_share(tables)
    for target in tables.targets:
        row = target.rows.get(case.name)
        if row is None or row not in with_differences(target, [case]) or is_unchanged(row):
            continue
        least = minded if target.kind == "share" else _LEAST_OF_A_NUMBER
        if row.holm_significant or abs(row.difference_mean or 0.0) >= least:
            yield target, row


def how_clear(row: CompareRow, target: ComparedTarget, minded: float) -> str:
    """Whether a target moves clearly, clearly but by less than anybody minds, or not for sure."""
    if not row.holm_significant:
        return "unknown"
    return "small" if target.kind == "share" and abs(row.difference_mean or 0.0) < minded else "clear"


def minded_share(tables: CompareTables) -> float:
    """The smallest difference in a share that anybody minds, as the comparison was asked."""
    return next((row.minded for row in tables.figures if (row.measure, row.scope) == (SHARE, "all")), _A_POINT)


def readings_moved(case: Case, tables: CompareTables, language: Lang) -> Iterator[str]:
    """Other readings that the case clearly moves, by as much as anybody minds, where the one that decides stays."""
    minded, parts = minded_share(tables), []
    for target in tables.targets:
        deciding = target.rows.get(case.name)
        if deciding is None or deciding.holm_significant:
            continue
        moved = [
            row
            for row in tables.rows
            if (row.cell, row.target_id) == (case.name, target.target_id)
            and row.reading != target.reading
            and how_clear(row, target, minded) == "clear"
        ]
        if moved:
            row = max(moved, key=lambda row: abs(row.difference_mean or 0.0))
            reading = term("reading", row.reading, language)
            parts.append(f"{target.label}, {reading}: {_moved(row, target.kind, language)}")
    if parts:
        wording = Words(
            "Chỉ cách tính khác đổi đáng kể, cách tính quyết định kết luận thì không: {parts}.",
            "Only another reading clearly moves, not the one that decides: {parts}.",
        )
        yield say(wording, language, parts="; ".join(parts))


def _moved(row: CompareRow, kind: UnitKind, language: Lang) -> str:
    return f"{signed_number(row.difference_mean or 0.0, kind, language)} {unit_of_difference(kind, language)}".strip()


def clear_labels(case: Case, tables: CompareTables) -> list[str]:
    """The targets that a case clearly moves by as much as anybody minds."""
    minded = minded_share(tables)
    return [target.label for target, row in _moving(case, tables) if how_clear(row, target, minded) == "clear"]
