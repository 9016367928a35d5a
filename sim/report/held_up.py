"""What keeps a target from being reached on its due date: who is short of it, what they lack, and why, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from sim.report.formatting import month_text, number_text, share_text
from sim.report.phrases import say
from sim.report.run_tables import RunTables
from sim.report.words import term
from sim.results.plan_tables import HeldUpRow
from sim.results.run_tables import TargetRow
from sim.results.words import Lang, Words

HAS_IT = "has_it"
Gap = Mapping[tuple[str, str], float]
"""Shares of what is lacking, by what it is and why."""
MOST_REASONS, MOST_IN_SHORT = 4, 2
SMALLEST_SHARE = 0.05
"""A reason of less is named only where fewer than two are larger."""
_SHORT_OF = Words(
    "trong {missed}/{n} lần mô phỏng không đạt chỉ tiêu, đến hạn bình quân {have}/{all} {unit} được tính, cần {wanted};"
    " trong phần còn thiếu để đạt ngưỡng (nơi gần được tính nhất kể trước): {parts}",
    "in the {missed} of {n} simulations that miss it, {have} of {all} {unit} count when it is due (mean), {wanted} are "
    "needed; of those missing to reach it (the nearest counted first): {parts}",
)
_IN_SHORT = Words("trong phần còn thiếu để đạt ngưỡng: {parts}", "of what is missing to reach it: {parts}")
_UNITS = {
    "agencies": Words("cơ quan", "agencies"),
    "persons": Words("người", "people"),
    "services": Words("thủ tục", "services"),
}
_OF_LACK = Words("{lack} – {reasons}", "{lack} – {reasons}")
_REASON = Words("{share} vì {reason}", "{share} because {reason}")
_ALL = Words("tất cả vì {reason}", "all because {reason}")
_LATER = Words(
    "ít nhất nửa số lần mô phỏng đạt và giữ được ba tháng, nhưng phải đến tháng {month} (sau hạn {months} tháng)",
    "at least half of the simulations come to hold it for three months, but only from {month} (months late: {months})",
)
_NOT_BY_THE_END = Words(
    "đến hết kỳ mô phỏng ({month}) quá nửa số lần vẫn chưa giữ được ngưỡng ba tháng liền",
    "when they end ({month}) more than half of the simulations have not held it for three months on end",
)
_MONTHS_A_YEAR = 12
_ROUNDING = 1e-9


def kept_back(target: TargetRow, tables: RunTables) -> list[HeldUpRow]:
    """What a target is short of, by reason, the largest first; empty where nothing is, or where it is not known."""
    return [row for row in tables.held_up if row.target_id == target.target_id and row.share]


def main_reason(target: TargetRow, tables: RunTables) -> str:
    """The largest single reason for what a target is short of; empty where it is not known."""
    shares: defaultdict[str, float] = defaultdict(float)
    for row in kept_back(target, tables):
        shares[row.reason] += row.share or 0.0
    return max(shares, key=lambda reason: shares[reason], default="")


def held_up_text(target: TargetRow, tables: RunTables, language: Lang, *, is_whole: bool = True) -> str:
    """Who is short of a target when it is due, what they lack and why; empty where the run's tables do not say.

    Args:
        target: under the plan's own reading.
        tables: of the run.
        language: of the text.
        is_whole: the numbers too, and when it is reached later; else the two largest reasons.
    """
    rows = kept_back(target, tables)
    if not rows:
        return ""
    gap = {(row.lacks or "", row.reason): row.share or 0.0 for row in rows}
    parts = gap_text(gap, language, MOST_REASONS if is_whole else MOST_IN_SHORT)
    if not is_whole:
        return say(_IN_SHORT, language, parts=parts)
    mine = [row for row in tables.held_up if row.target_id == target.target_id]
    have = sum(row.missed_mean or 0.0 for row in mine if row.reason == HAS_IT)
    said = say(
        _SHORT_OF,
        language,
        missed=number_text(rows[0].missed, 0, language),
        n=number_text(rows[0].n, 0, language),
        have=_number(have, language),
        all=_number(sum(row.missed_mean or 0.0 for row in mine), language),
        unit=_UNITS[rows[0].unit].text(language),
        wanted=_number(have + sum(row.short_mean or 0.0 for row in rows), language),
        parts=parts,
    )
    return "; ".join(part for part in (said, later_text(target, tables, language)) if part)


def share_of(reason: str, target: TargetRow, tables: RunTables) -> float:
    """How much of what a target is short of goes by one reason, 0..1."""
    return sum(row.share or 0.0 for row in kept_back(target, tables) if row.reason == reason)


def later_text(target: TargetRow, tables: RunTables, language: Lang) -> str:
    """When a target that most simulations miss is reached after all; empty where its due date ends the simulation."""
    end, first = tables.manifest.horizon_end, target.first_reached
    if (target.p_reached or 0.0) >= 0.5 or end is None or end <= target.due:
        return ""
    if first is None:
        return say(_NOT_BY_THE_END, language, month=month_text(end, language))
    if first <= target.due:
        return ""
    months = (first.year - target.due.year) * _MONTHS_A_YEAR + first.month - target.due.month
    return say(_LATER, language, month=month_text(first, language), months=number_text(months, 0, language))


def gap_text(gap: Gap, language: Lang, most: int = MOST_REASONS, *, has_lacks: bool = True) -> str:
    """By what is lacking, each with its reasons and their shares of the whole gap; small ones are left out.

    Args:
        gap: the largest first.
        language: of the text.
        most: so many reasons.
        has_lacks: whether what is lacking is said too.
    """
    large = [key for key, share in gap.items() if share >= SMALLEST_SHARE]
    by_lack: defaultdict[str, list[str]] = defaultdict(list)
    for lacks, reason in (large if len(large) > 1 else list(gap)[:2])[:most]:
        by_lack[lacks].append(because_text(reason, gap[lacks, reason], language))
    return "; ".join(
        say(_OF_LACK, language, lack=term("held_up_lack", lack, language), reasons=", ".join(reasons))
        if has_lacks
        else ", ".join(reasons)
        for lack, reasons in by_lack.items()
    )


def because_text(name: str, share: float, language: Lang) -> str:
    """`36,8% vì đợt mua phải lùi sang năm sau`: a reason and its share."""
    reason = term("held_up_reason", name, language)
    return say(_REASON if share < 1.0 - _ROUNDING else _ALL, language, share=share_text(share, language), reason=reason)


def _number(value: float, language: Lang) -> str:
    """A mean, with a decimal where it is not whole."""
    return number_text(value, 0 if abs(value - round(value)) < 0.05 or value >= 100.0 else 1, language)
