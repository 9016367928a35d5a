"""What the comparison shows, in words: which case helps which target, what changes a verdict, and what it costs."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.compare_tables import ComparedTarget, CompareTables, with_differences
from sim.report.difference_text import (
    difference_text,
    is_unchanged,
    nothing_changes,
    points_number,
    signed_number,
    unit_of_difference,
)
from sim.report.formatting import number_text, quantity_text
from sim.report.passage import Passage
from sim.report.phrases import capital, say
from sim.report.words import verdict_text
from sim.results.comparison_tables import Case, CompareRow
from sim.results.words import Lang, Words

SMALLEST_MONEY_NAMED_MILLION_VND = 1.0
FEWEST_TOLD_TOGETHER = 2
"""From so many on, targets that no case changes are told in one sentence."""
_MILLION_PER_BILLION = 1_000.0


def verdict_class(verdict: str) -> str:
    """A verdict without the count of replications still needed."""
    return verdict.partition(" (")[0]


def comparison_passages(tables: CompareTables, language: Lang) -> list[Passage]:
    """First what each target gains, then what each case costs; empty where there is nothing to compare."""
    cases = tables.cases
    if len(cases) < 2:
        return []
    opening = Words(
        "So sánh {count} trường hợp với “{baseline}”, n = {n} lần mô phỏng. Mọi trường hợp gặp cùng tham số và cùng "
        "may rủi, nên chênh lệch dưới đây tính theo từng cặp, kèm khoảng tin cậy 95%; “rõ” là còn ý nghĩa ở mức 5% "
        "sau khi hiệu chỉnh Holm.",
        "{count} cases against “{baseline}”, n = {n} simulations. All cases meet the same parameters and the same "
        "luck, so differences are taken pair by pair, with their 95% confidence interval; “clear” is significant at "
        "5% after Holm's correction.",
    )
    runs = number_text(max((row.n for row in tables.rows), default=0), 0, language)
    said = say(opening, language, count=len(cases) - 1, baseline=cases[0].title(language), n=runs)
    still = [target for target in tables.targets if nothing_changes(target, cases)]
    told = [target for target in tables.targets if target not in still or len(still) < FEWEST_TOLD_TOGETHER]
    gains = [_target_text(target, cases, language) for target in told]
    if len(told) < len(tables.targets):
        gains.append(_still_text(still, language))
    money = _money_passage(tables, language)
    return [Passage(said, tuple(gains)), *([money] if money else [])]


def _still_text(still: Sequence[ComparedTarget], language: Lang) -> str:
    """The targets that no case changes, by their numbers."""
    wording = Words(
        "Không trường hợp nào làm thay đổi các chỉ tiêu {names}.", "No case changes anything for targets {names}."
    )
    return say(wording, language, names=", ".join(str(target.number) for target in still))


def _target_text(target: ComparedTarget, cases: Sequence[Case], language: Lang) -> str:
    rows = with_differences(target, cases)
    named = say(
        Words("chỉ tiêu {number} “{title}”", "target {number} “{title}”"),
        language,
        number=target.number,
        title=target.title(language),
    )
    better = sorted(
        (row for row in rows if row.holm_significant and (row.difference_mean or 0.0) > 0), key=_largest_first
    )
    worse = sorted(
        (row for row in rows if row.holm_significant and (row.difference_mean or 0.0) < 0), key=_largest_first
    )
    unclear = [row for row in rows if not row.holm_significant and not is_unchanged(row)]
    unchanged = [row for row in rows if is_unchanged(row)]
    unit = unit_of_difference(target.kind, language)
    parts = [
        _listed(Words("tăng rõ với {cases}", "clearly more with {cases}"), better, target, unit, language),
        _listed(Words("giảm rõ với {cases}", "clearly less with {cases}"), worse, target, unit, language),
        _named(Words("chưa rõ khác biệt: {names}", "not clearly different: {names}"), unclear, language),
        _named(Words("không làm thay đổi gì: {names}", "changing nothing: {names}"), unchanged, language),
        _verdict_changes(target, rows, cases[0], language),
    ]
    said = "; ".join(part for part in parts if part)
    return f"{capital(named)}: {said or Words('không có số liệu', 'no data').text(language)}."


def _largest_first(row: CompareRow) -> float:
    return -abs(row.difference_mean or 0.0)


def _listed(words: Words, rows: Sequence[CompareRow], target: ComparedTarget, unit: str, language: Lang) -> str:
    if not rows:
        return ""
    measured = Words("{difference} {unit}", "{difference} {unit}")
    each = [
        f"“{row.case.title(language)}” "
        + say(measured, language, difference=difference_text(row, target.kind, language), unit=unit).strip()
        for row in rows
    ]
    return say(words, language, cases=", ".join(each))


def _named(words: Words, rows: Sequence[CompareRow], language: Lang) -> str:
    if not rows:
        return ""
    return say(words, language, names=", ".join(f"“{row.case.title(language)}”" for row in rows))


def _verdict_changes(target: ComparedTarget, rows: Sequence[CompareRow], baseline: Case, language: Lang) -> str:
    first = target.rows.get(baseline.name)
    if first is None or not first.verdict:
        return ""
    changed: dict[str, list[str]] = {}
    for row in rows:
        if row.verdict and verdict_class(row.verdict) != verdict_class(first.verdict):
            changed.setdefault(verdict_class(row.verdict), []).append(f"“{row.case.title(language)}”")
    before = verdict_text(verdict_class(first.verdict), language)
    if not changed:
        return say(Words("kết luận không đổi: {before}", "the verdict stays: {before}"), language, before=before)
    wording = Words(
        "kết luận đổi từ {before} thành {after} với {names}", "the verdict goes from {before} to {after} with {names}"
    )
    return "; ".join(
        say(wording, language, before=before, after=verdict_text(after, language), names=", ".join(names))
        for after, names in changed.items()
    )


def spent_by_case(tables: CompareTables) -> dict[str, float]:
    """Median spending of each case that has one, million VND."""
    return {
        row.case.name: row.spent_median_million_vnd for row in tables.rows if row.spent_median_million_vnd is not None
    }


def _money_passage(tables: CompareTables, language: Lang) -> Passage | None:
    cases = tables.cases
    spent = spent_by_case(tables)
    before = spent.get(cases[0].name)
    if before is None:
        return None
    opening = Words(
        "Kinh phí đã chi của “{baseline}”: {amount} (trung vị). Của các trường hợp khác, trung vị trừ trung vị:",
        "Money spent in “{baseline}”: {amount} (median). In the other cases, median less median:",
    )
    points = tuple(
        _case_money(case, spent[case.name] - before, tables.targets, language)
        for case in cases[1:]
        if case.name in spent
    )
    amount = quantity_text(before, "million_vnd", language)
    return Passage(say(opening, language, baseline=cases[0].title(language), amount=amount), points)


def _case_money(case: Case, more: float, targets: Sequence[ComparedTarget], language: Lang) -> str:
    title = case.title(language)
    if abs(more) < SMALLEST_MONEY_NAMED_MILLION_VND:
        return say(Words("“{title}”: không chi thêm.", "“{title}”: nothing more is spent."), language, title=title)
    amount = quantity_text(abs(more), "million_vnd", language)
    if more < 0:
        return say(Words("“{title}”: bớt {amount}.", "“{title}”: {amount} less."), language, title=title, amount=amount)
    gains = [
        (target, row)
        for target in targets
        if (row := target.rows.get(case.name)) and row.holm_significant and (row.difference_mean or 0.0) > 0
    ]
    if not gains:
        nothing = Words(
            "“{title}”: thêm {amount}, chưa chỉ tiêu nào tăng rõ.",
            "“{title}”: {amount} more, and no target clearly gains.",
        )
        return say(nothing, language, title=title, amount=amount)
    target, row = max(gains, key=lambda pair: points_number(pair[1].difference_mean or 0.0, pair[0].kind))
    worth = Words(
        "“{title}”: thêm {amount}; mỗi tỷ đồng chi thêm ứng với {gain} {unit} ở chỉ tiêu {number}.",
        "“{title}”: {amount} more; each billion VND more goes with {gain} {unit} in target {number}.",
    )
    gain = (row.difference_mean or 0.0) / (more / _MILLION_PER_BILLION)
    return say(
        worth,
        language,
        title=title,
        amount=amount,
        gain=signed_number(gain, target.kind, language),
        unit=unit_of_difference(target.kind, language),
        number=target.number,
    )
