"""Targets by cases: how much each case moves each target, with a sign that says how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.case_matrix import SIGNS, MatrixCell
from sim.report.case_order import ordered_cases
from sim.report.case_targets import minded_share
from sim.report.comparison import ComparedTarget, CompareTables, is_unchanged, is_within
from sim.report.formatting import BLANK, UnitKind, number_text, points_number, quantity_text, rounded, signed_number
from sim.results.comparison_tables import Case, CompareRow
from sim.results.words import Lang, Words

_HEADING = Words(
    "Từng chỉ tiêu: mức của kịch bản gốc, rồi chênh lệch của từng trường hợp (điểm %, hoặc số đếm; “4/4”: số cặp lần "
    "mô phỏng cùng chiều). Không nêu chỉ tiêu mà mọi trường hợp đổi chưa đến mức làm tròn.",
    "Target by target: the baseline's level, then the difference of each case (points, or a number; “4/4”: pairs of "
    "simulations that agree). Targets that every case moves by less than is printed are left out.",
)
_TARGET = Words("Chỉ tiêu", "Target")


@dataclass(frozen=True, slots=True)
class TargetMatrix:
    """One row a target that some case moves by as much as is printed.

    Attributes:
        about: what it shows.
        headings: `Target`, the baseline, then the other cases in their order.
        rows: label and title of each target, and its cells.
    """

    about: str
    headings: tuple[str, ...]
    rows: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class TargetLine:
    """One target of it."""

    label: str
    title: str
    cells: tuple[MatrixCell, ...]


def target_matrix(tables: CompareTables, language: Lang) -> TargetMatrix | None:
    """How much every case moves every target; None where no case moves any by as much as is printed."""
    baseline, *_ = tables.cases
    cases = [case for case in ordered_cases(tables) if case != baseline]
    moving = [target for target in tables.targets if any(_is_seen(target, case) for case in cases)]
    if not moving:
        return None
    minded = minded_share(tables)
    return TargetMatrix(
        about=_HEADING.text(language),
        headings=(_TARGET.text(language), baseline.title(language), *(case.title(language) for case in cases)),
        rows=tuple(
            TargetLine(
                label=target.label,
                title=target.title(language),
                cells=(
                    MatrixCell(_level(target, baseline, cases, language), "", ""),
                    *(_cell(target.rows.get(case.name), target.kind, minded, language) for case in cases),
                ),
            )
            for target in moving
        ),
    )


def _is_seen(target: ComparedTarget, case: Case) -> bool:
    row = target.rows.get(case.name)
    return row is not None and _printed(row, target.kind) != 0.0


def _printed(row: CompareRow, kind: UnitKind) -> float:
    return rounded(points_number(row.difference_mean or 0.0, kind), 0 if kind == "count" else 1)


def _level(target: ComparedTarget, baseline: Case, cases: list[Case], language: Lang) -> str:
    """The baseline's mean over the pairs; its median in a folder without pairs."""
    for case in cases:
        row = target.rows.get(case.name)
        if row is not None and row.pair_mean is not None:
            return quantity_text(row.pair_mean - (row.difference_mean or 0.0), target.kind, language)
    alone = target.rows.get(baseline.name)
    return quantity_text(alone.median if alone else None, target.kind, language)


def _cell(row: CompareRow | None, kind: UnitKind, minded: float, language: Lang) -> MatrixCell:
    if row is None or row.difference_mean is None:
        return MatrixCell(BLANK, "", "")
    if is_unchanged(row):
        return MatrixCell("", f"{SIGNS['unchanged']} 0", "unchanged")
    if kind == "share" and is_within(row, minded):
        return MatrixCell("", f"±{number_text(100 * minded, 1, language)}", "same")
    difference = signed_number(row.difference_mean, kind, language)
    if row.holm_significant:
        judgement = "better" if row.difference_mean > 0.0 else "worse"
        return MatrixCell("", f"{SIGNS[judgement]} {difference}", judgement)
    agree = (row.pair_higher if row.difference_mean > 0.0 else row.pair_lower) or 0
    counted = f" ({agree}/{row.pairs})" if row.pairs else ""
    return MatrixCell("", f"{SIGNS['unknown']} {difference}{counted}", "unknown")
