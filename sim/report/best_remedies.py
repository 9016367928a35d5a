"""Three remedies: what each gives over all targets, what it costs in equipment and people, who decides."""

from __future__ import annotations

from collections.abc import Sequence

from sim.report.formatting import BLANK, number_text, signed_number
from sim.report.phrases import say
from sim.results.remedy_tables import ALL_TARGETS, RemedyRow
from sim.results.words import Lang, Words

REMEDIES_SHOWN = 3
_NOT_TRIED = Words("Chưa thử phương án nào.", "No option was tried.")
WHAT_A_POINT_IS = Words(
    "Điểm: cộng phần tăng của mọi chỉ tiêu, mỗi chỉ tiêu chỉ tính đến ngưỡng; một điểm là 1 điểm %, hoặc 1% ngưỡng nếu"
    " chỉ tiêu không tính bằng %.",
    "Points: the gains of all targets added, each counted up to its threshold; a point is a percentage point, or 1% of"
    " the threshold of a target that is no percentage.",
)
NONE_BETTER = Words("Chưa phương án nào rõ ràng tốt hơn.", "No option is clearly better yet.")
HIGHEST = Words("Cao nhất, chưa đủ cơ sở:", "The highest, not yet known:")
NOTHING_GAINS = Words(
    "Không phương án nào đã thử tăng quá 1 điểm.", "No option that was tried gains more than a point."
)
TOO_FEW = Words(
    "Số lần thử còn quá ít để nói phương án nào hơn.", "Too few runs of each yet to say which option gains more."
)
_POINT = Words(
    "({k}) {title}: {gain} điểm ({range}), {cost}{who}.", "({k}) {title}: {gain} points ({range}), {cost}{who}."
)
_RANGE = Words("{low} đến {high}; {n} lần", "{low} to {high}; {n} replications")
_ALIKE = Words("{n} lần, lần nào cũng vậy", "{n} replications, all alike")
_NO_RANGE = Words("{n} lần, quá ít để nêu số", "{n} replications, too few for a figure")
_COST = Words(
    "thiết bị {equipment}, con người {people} triệu đồng", "equipment {equipment}, people {people} million VND"
)
NO_COST = Words("không nêu khoản tiền nào", "no amount stated")
_WHO = Words("; {who} quyết định", "; decided by {who}")
_AND_MORE = Words(" và {count} phương án khác", " and {count} more")
_UNTRIED = ("not_tried", "not_applicable")
_SOME_TRIED = Words(
    "Mới thử {tried} trong {all} phương án áp dụng được.", "Only {tried} of the {all} options that apply were tried."
)
_FEW_TRIED = Words(
    "Mới thử {tried} trong {all} phương án áp dụng được ({names}).",
    "Only {tried} of the {all} options that apply were tried ({names}).",
)
_TIED = Words("Ngang nhau, chưa phân định được hơn kém: {names}.", "Tied, neither clearly ahead: {names}.")


def remedies_text(remedies: Sequence[RemedyRow], language: Lang, *, is_whole: bool) -> str:
    """The best options in the league's order, numbered; where none is clearly better, the highest and that so.

    Args:
        remedies: the table; empty where no option was tried.
        language: of every word.
        is_whole: who decides, too.
    """
    return " ".join(remedy_points(remedies, language, is_whole=is_whole)) or _NOT_TRIED.text(language)


def remedy_points(remedies: Sequence[RemedyRow], language: Lang, *, is_whole: bool) -> list[str]:
    """The same a sentence each; nothing where no option was tried."""
    options = [row for row in remedies if row.target_id == ALL_TARGETS and row.verdict not in _UNTRIED]
    if not options:
        return []
    waiting = sum(row.target_id == ALL_TARGETS and row.verdict == "not_tried" for row in remedies)
    better = [row for row in options if row.verdict == "better"]
    gaining = better or [row for row in options if row.verdict == "unknown" and (row.gain_points or 0.0) > 0.0]
    best = [row for row in gaining if is_quotable(row)]
    counted = _counted(options, waiting, language, is_named=not best)
    if gaining and not best:
        return [*counted, TOO_FEW.text(language)]
    if not best:
        return [*counted, NOTHING_GAINS.text(language), WHAT_A_POINT_IS.text(language)]
    said = [WHAT_A_POINT_IS] if better else [NONE_BETTER, WHAT_A_POINT_IS, HIGHEST]
    opening = [words.text(language) for words in said]
    shown = enumerate(best[:REMEDIES_SHOWN], start=1)
    points = [_point(k, row, language, is_whole=is_whole) for k, row in shown]
    return [*counted, *opening, *points, *(_ties(best, language) if better else [])]


def _counted(options: Sequence[RemedyRow], waiting: int, language: Lang, *, is_named: bool) -> list[str]:
    """How many of those that apply there was time for; which, where they are few and none is told of below."""
    if not waiting:
        return []
    names = "; ".join(row.title(language) for row in options)
    wording = _FEW_TRIED if is_named and len(options) <= REMEDIES_SHOWN else _SOME_TRIED
    return [say(wording, language, names=names, tried=len(options), all=len(options) + waiting)]


def _point(k: int, row: RemedyRow, language: Lang, *, is_whole: bool) -> str:
    who = row.decided_by_vi if language == "vi" else row.decided_by_en
    return say(
        _POINT,
        language,
        k=k,
        title=row.title(language),
        gain=points_text(row.gain_points, language),
        range=range_text(row, language),
        cost=_cost(row, language),
        who=say(_WHO, language, who=who) if who and is_whole else "",
    )


def is_quotable(row: RemedyRow) -> bool:
    """Whether its gain may be quoted: one trial, or a few that happen to be alike, is nobody's figure to sign."""
    return row.low is not None or row.verdict != "unknown"


def points_text(points: float | None, language: Lang) -> str:
    """A gain with its sign."""
    return BLANK if points is None else signed_number(points / 100.0, "share", language)


def range_text(row: RemedyRow, language: Lang) -> str:
    """The interval of the gain and of how many replications it is; why there is none, where there is none."""
    if row.low is None or row.high is None:
        return say(_ALIKE if is_quotable(row) else _NO_RANGE, language, n=row.replications)
    low, high = points_text(row.low, language), points_text(row.high, language)
    return say(_RANGE, language, low=low, high=high, n=row.replications)


def _cost(row: RemedyRow, language: Lang) -> str:
    if not row.cost_million_vnd:
        return NO_COST.text(language)
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
