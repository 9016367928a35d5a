"""Three remedies: what each gives over all targets, what it costs in equipment and people, who decides."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.formatting import BLANK, number_text, signed_number
from sim.report.phrases import say
from sim.results.remedy_tables import ALL_TARGETS, RemedyRow
from sim.results.words import Lang, Words

REMEDIES_SHOWN = 3
_NOT_TRIED = Words(
    "Chưa thử phương án nào; cách thử ghi ở cuối trang.",
    "No option was tried; how to have them tried stands at the foot of the page.",
)
_BETTER = Words(
    "Điểm cộng qua mọi chỉ tiêu, mỗi chỉ tiêu chỉ tính đến ngưỡng.",
    "Points are added over all targets, each counted up to its threshold.",
)
_NONE_BETTER = Words(
    "Chưa phương án nào rõ ràng tốt hơn; cao nhất, chưa đủ cơ sở:", "No option is clearly better yet; highest so far:"
)
_NOTHING = Words("Không phương án nào đã thử tăng quá 1 điểm.", "No option that was tried gains more than a point.")
_TOO_FEW = Words(
    "Số lần thử còn quá ít để nói phương án nào hơn.", "Too few runs of each yet to say which option gains more."
)
_POINT = Words(
    "({k}) {title}: {gain} điểm ({range}), {cost}{who}.", "({k}) {title}: {gain} points ({range}), {cost}{who}."
)
_RANGE = Words("{low} đến {high}, {n} lần", "{low} to {high}, {n} runs")
_NO_RANGE = Words("{n} lần, chưa có khoảng tin cậy", "{n} runs, no interval")
_COST = Words(
    "thiết bị {equipment}, con người {people} triệu đồng", "equipment {equipment}, people {people} million VND"
)
_NO_COST = Words("không nêu khoản tiền nào", "no amount stated")
_WHO = Words("; {who} quyết định", "; decided by {who}")
_AND_MORE = Words(" và {count} phương án khác", " and {count} more")
_UNTRIED = ("not_tried", "not_applicable")
_SOME_TRIED = Words(
    "Mới thử {tried} trong {all} phương án áp dụng được.", "Only {tried} of the {all} options that apply were tried."
)
_TIED = Words("Ngang nhau, chưa phân định được hơn kém: {names}.", "Tied, neither clearly ahead: {names}.")


def remedies_text(remedies: Sequence[RemedyRow], language: Lang, *, is_whole: bool) -> str:
    """The best options in the league's order, numbered; where none is clearly better, the highest and that so.

    Args:
        remedies: the table; empty where no option was tried.
        language: of every word.
        is_whole: who decides, and what points are, too.
    """
    return " ".join(remedy_points(remedies, language, is_whole=is_whole)) or _NOT_TRIED.text(language)


def remedy_points(remedies: Sequence[RemedyRow], language: Lang, *, is_whole: bool) -> list[str]:
    """The same a sentence each; nothing where no option was tried."""
    options = [row for row in remedies if row.target_id == ALL_TARGETS and row.verdict not in _UNTRIED]
    if not options:
        return []
    waiting = sum(row.target_id == ALL_TARGETS and row.verdict == "not_tried" for row in remedies)
    counted = [say(_SOME_TRIED, language, tried=len(options), all=len(options) + waiting)] if waiting else []
    better = [row for row in options if row.verdict == "better"]
    best = better or [row for row in options if row.verdict == "unknown" and (row.gain_points or 0.0) > 0.0]
    if best and all(row.low is None for row in best):
        return [*counted, _TOO_FEW.text(language)]
    if not best:
        return [*counted, _NOTHING.text(language)]
    opening = [_BETTER.text(language)] * is_whole if better else [_NONE_BETTER.text(language)]
    shown = enumerate(best[:REMEDIES_SHOWN], start=1)
    points = [_point(k, row, language, is_whole=is_whole) for k, row in shown]
    return [*counted, *opening, *points, *(_ties(best, language) if better else [])]


def _point(k: int, row: RemedyRow, language: Lang, *, is_whole: bool) -> str:
    who = row.decided_by_vi if language == "vi" else row.decided_by_en
    return say(
        _POINT,
        language,
        k=k,
        title=row.title(language),
        gain=_points(row.gain_points, language),
        range=_range(row, language),
        cost=_cost(row, language),
        who=say(_WHO, language, who=who) if who and is_whole else "",
    )


def _points(points: float | None, language: Lang) -> str:
    return BLANK if points is None else signed_number(points / 100.0, "share", language)


def _range(row: RemedyRow, language: Lang) -> str:
    if row.low is None or row.high is None:
        return say(_NO_RANGE, language, n=row.replications)
    return say(_RANGE, language, low=_points(row.low, language), high=_points(row.high, language), n=row.replications)


def _cost(row: RemedyRow, language: Lang) -> str:
    if not row.cost_million_vnd:
        return _NO_COST.text(language)
    equipment, people = row.cost_equipment_million_vnd, row.cost_people_million_vnd
    return say(_COST, language, equipment=number_text(equipment, 0, language), people=number_text(people, 0, language))


def _ties(best: Sequence[RemedyRow], language: Lang) -> list[str]:
    """Which of the numbered options share a group within which none is clearly ahead, and how many more are in it."""
    groups: dict[int, list[int]] = {}
    for k, row in enumerate(best, start=1):
        if row.tie_group is not None:
            groups.setdefault(row.tie_group, []).append(k)
    tied = [numbers for numbers in groups.values() if len(numbers) > 1 and numbers[0] <= REMEDIES_SHOWN]
    groups_named = "; ".join(_named(numbers, language) for numbers in tied)
    return [say(_TIED, language, names=groups_named)] if tied else []


def _named(numbers: Sequence[int], language: Lang) -> str:
    shown = [f"({k})" for k in numbers if k <= REMEDIES_SHOWN]
    more = len(numbers) - len(shown)
    return ", ".join(shown) + (say(_AND_MORE, language, count=more) if more else "")
