"""A search for the least money: the points it tried, and its answer in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sim.report.formatting import BLANK, interval_text, number_text, quantity_text, share_text
from sim.report.manifest import Manifest, count, manifest_from, number, text
from sim.report.passage import PageTable, Passage
from sim.report.phrases import say
from sim.report.study import Aim, StudyKey, read_aims, read_study_manifest, study_keys
from sim.report.thresholds import stated_limit
from sim.report.words import term
from sim.results.goal_tables import GoalPoint, goal_points
from sim.results.table import TableError
from sim.results.words import NOTHING, Lang, Words

_CHANCE = 0.05
SOURCES = ("TW", "DT", "SN")
"""Sources of money, as a search's table names them."""
_MOST_PARETO = 8
_TABLE = Words("Mọi điểm đã thử, rẻ nhất trước", "Every point tried, the cheapest first")
_COLUMNS = (
    Words("Kinh phí, triệu đồng", "Money, million VND"),
    Words("Đòn bẩy", "Levers"),
    Words("Đạt", "Reached"),
    Words("Tương lai mới", "Fresh futures"),
)


@dataclass(frozen=True, slots=True)
class GoalTables:
    """What the page of a search reads."""

    manifest: Manifest
    goal: Mapping[str, object]
    keys: tuple[StudyKey, ...]
    aims: tuple[Aim, ...]
    points: tuple[GoalPoint, ...]

    @property
    def verdict(self) -> str:
        """`found`, `unsure` or `infeasible`."""
        return text(self.goal, "verdict")

    @property
    def probability(self) -> float:
        """The share of futures that must reach the targets."""
        return number(self.goal, "probability") or 0.0

    @property
    def checks(self) -> int:
        """How many points might have been checked with fresh futures, one after the other."""
        return max(1, count(self.goal, "checks"))

    def is_certain(self, point: GoalPoint) -> bool:
        """Whether the fresh futures leave no more than 5 % for a claim that would be wrong.

        A point that only just fell short would do so well with 5 % divided by the points that might have been checked:
        each of them is another occasion to be lucky. Futures that share draws of a calibration count for as many as
        they are worth (the binomial tail as an incomplete beta function, which takes fractions).
        """
        if not point.fresh_reached or not point.fresh_n or not 0.0 < self.probability < 1.0:
            return False
        from scipy.special import betainc

        worth = point.fresh_worth or point.fresh_n
        reached = worth * point.fresh_reached / point.fresh_n
        by_luck = float(betainc(reached, worth - reached + 1.0, self.probability))
        return by_luck <= _CHANCE / self.checks

    @property
    def is_told(self) -> bool:
        """Whether more fresh futures would hardly tell more: the calibration has no more draws."""
        return self.goal.get("told") is True

    @property
    def chosen(self) -> GoalPoint:
        """The answer, or what came closest to one; raises TableError when there is no point."""
        wanted = count(self.goal, "closest")
        for one in self.points:
            if one.point == wanted:
                return one
        raise TableError("goal_points.csv: the answer is not among the points")

    @property
    def pareto(self) -> list[GoalPoint]:
        """Points that nothing beats in both money and chance, the cheapest first."""
        return sorted((one for one in self.points if one.is_pareto), key=lambda one: one.objective_million_vnd)


def read_goal_tables(folder: Path) -> GoalTables:
    """Read a goal's folder. Raises FileNotFoundError without its table, TableError when it cannot be read."""
    manifest = read_study_manifest(folder)
    goal, study = manifest.get("goal"), manifest["study"]
    if not isinstance(goal, dict) or not isinstance(study, dict):
        raise TableError("manifest.json: not a goal's")
    keys = study_keys(study)
    wanted = goal.get("targets")
    names = [str(name) for name in wanted] if isinstance(wanted, list) else []
    aims = tuple(aim for aim in read_aims(folder) if aim.target_id in names)
    points = goal_points({key.key: "" for key in keys}, SOURCES, names).read(folder)
    return GoalTables(manifest_from(manifest), goal, keys, aims, points)


def levers_text(tables: GoalTables, point: GoalPoint, language: Lang) -> str:
    """`Hệ số kinh phí mục II.2a: 1,35; …`."""
    return "; ".join(f"{key.title(language)}: {key.value_text(point.values[key.key], language)}" for key in tables.keys)


def money_text(point: GoalPoint, language: Lang) -> str:
    """All money, and by source."""
    parts = ", ".join(
        f"{term('money_source', name, language)} {number_text(point.cost_from(name), 0, language)}" for name in SOURCES
    )
    wording = Words("{total} triệu đồng ({parts})", "{total} million VND ({parts})")
    total = number_text(point.cost_million_vnd, 0, language)
    return say(wording, language, total=total, parts=parts)


def wanted_text(tables: GoalTables, language: Lang) -> str:
    """What was asked for."""
    named = ", ".join(f"{aim.label} “{aim.title(language)}”" for aim in tables.aims)
    wording = Words(
        "Cần đạt {together}chỉ tiêu {named} với xác suất ít nhất {probability}; đã thử {points} điểm.",
        "Wanted{together}: target {named}, with probability {probability} at least; {points} points tried.",
    )
    together = Words("cùng lúc ", " together") if len(tables.aims) > 1 else NOTHING
    return say(
        wording,
        language,
        together=together.text(language),
        named=named,
        probability=share_text(tables.probability, language),
        points=len(tables.points),
    )


def confidence_text(tables: GoalTables, point: GoalPoint, language: Lang) -> str:
    """How the answer did in futures it had not met, and what that allows to say."""
    if point.fresh_reached is None:
        return ""
    interval = interval_text(point.fresh_low, point.fresh_high, "share", language)
    counted = {"k": point.fresh_reached, "n": point.fresh_n, "interval": interval, "checks": tables.checks}
    if tables.verdict == "unsure":
        wording = Words(
            "Kiểm lại với {n} tương lai mới: chỉ {k} lần đạt (khoảng 95%: {interval}), chưa đủ; cần thêm tiền hoặc thêm"
            " điểm thử.",
            "Checked with {n} fresh futures: only {k} reach it (95% interval {interval}), which is not enough; it takes"
            " more money, or more points.",
        )
    elif tables.is_certain(point):
        wording = Words(
            "Kiểm lại với {n} tương lai mới: {k} lần đạt (khoảng 95%: {interval}): chắc chắn ở mức 95%, đã tính đến"
            " {checks} điểm có thể phải kiểm lại.",
            "Checked with {n} fresh futures: {k} reach it (95% interval {interval}): certain at the 95% level, the"
            " number of points that might have been checked ({checks}) allowed for.",
        )
    elif tables.is_told:
        wording = Words(
            "Kiểm lại với {n} tương lai mới: {k} lần đạt (khoảng 95%: {interval}): đạt, nhưng chưa chắc chắn ở mức 95%"
            " khi tính đến {checks} điểm có thể phải kiểm lại; quá sát để phân định với hiệu chỉnh này, thêm --recheck"
            " cũng hầu như không chắc hơn.",
            "Checked with {n} fresh futures: {k} reach it (95% interval {interval}): it holds, yet is not certain at"
            " the 95% level with the number of points that might have been checked ({checks}) allowed for; it is too"
            " close to call with this calibration, and a larger --recheck would hardly make it surer.",
        )
    else:
        wording = Words(
            "Kiểm lại với {n} tương lai mới: {k} lần đạt (khoảng 95%: {interval}): đạt, nhưng chưa chắc chắn ở mức 95%"
            " khi tính đến {checks} điểm có thể phải kiểm lại; thêm --recheck để chắc hơn.",
            "Checked with {n} fresh futures: {k} reach it (95% interval {interval}): it holds, yet is not certain at"
            " the 95% level with the number of points that might have been checked ({checks}) allowed for; a larger"
            " --recheck makes it surer.",
        )
    return say(wording, language, **counted)


def shortfall_points(tables: GoalTables, point: GoalPoint, language: Lang) -> list[str]:
    """Target by target at one point, what fails most often first."""
    wording = Words(
        "chỉ tiêu {number}: đạt trong {share} số tương lai, trung vị {median}, ngưỡng {limit}",
        "target {number}: reached in {share} of the futures, median {median}, threshold {limit}",
    )
    return [
        say(
            wording,
            language,
            number=aim.label,
            share=share_text(point.share(aim.target_id), language),
            median=quantity_text(point.median(aim.target_id), aim.kind, language),
            limit=stated_limit(aim, language),
        )
        for aim in sorted(tables.aims, key=lambda aim: point.share(aim.target_id))
    ]


def goal_passages(tables: GoalTables, language: Lang) -> list[Passage]:
    """The answer first, then money against chance."""
    point = tables.chosen
    points: list[str] = []
    if tables.verdict == "infeasible":
        infeasible = Words(
            "Không khả thi trong các giới hạn đã cho: không điểm nào đạt đủ. Gần nhất là {money}, đạt {k}/{n} tương"
            " lai.",
            "Infeasible within the bounds given: no point reaches enough. The closest costs {money} and reaches {k} of"
            " {n} futures.",
        )
        opening = say(infeasible, language, money=money_text(point, language), k=point.reached, n=point.n)
    else:
        found = Words("Ít tiền nhất: {money}.", "Least money: {money}.")
        opening = say(found, language, money=money_text(point, language))
        points.append(confidence_text(tables, point, language))
    points.insert(0, levers_text(tables, point, language) + ".")
    points += [f"{text[:1].upper()}{text[1:]}." for text in shortfall_points(tables, point, language)]
    points += _unpriced(tables, language)
    pareto = tuple(_pareto_text(tables, one, language) for one in tables.pareto[-_MOST_PARETO:])
    heading = Words("Tiền đổi lấy xác suất:", "Money against probability:").text(language)
    return [Passage(wanted_text(tables, language)), Passage(opening, tuple(points)), Passage(heading, pareto)]


def _pareto_text(tables: GoalTables, point: GoalPoint, language: Lang) -> str:
    wording = Words("{money}: {k}/{n} tương lai đạt; {levers}", "{money}: {k} of {n} futures; {levers}")
    return say(
        wording,
        language,
        money=money_text(point, language),
        k=point.reached,
        n=point.n,
        levers=levers_text(tables, point, language),
    )


def _unpriced(tables: GoalTables, language: Lang) -> list[str]:
    prices = tables.goal.get("prices")
    priced = set(prices) if isinstance(prices, dict) else set()
    free = [
        key
        for key in tables.keys
        if not key.key.startswith(("budget.scale.", "budget.shift_years.", "budget.redivide.", "extra_lines."))
        and key.key not in priced
    ]
    wording = Words(
        "Chưa tính giá của “{title}”: coi như không tốn tiền (--price {key}=...).",
        "“{title}” has no price and counts as free (--price {key}=...).",
    )
    return [say(wording, language, title=key.title(language), key=key.key) for key in free]


def goal_table(tables: GoalTables, language: Lang) -> PageTable:
    """Every point, the cheapest first."""
    rows = tuple(
        (
            number_text(one.objective_million_vnd, 0, language),
            levers_text(tables, one, language),
            f"{one.reached}/{one.n}",
            BLANK if one.fresh_reached is None else f"{one.fresh_reached}/{one.fresh_n}",
        )
        for one in sorted(tables.points, key=lambda one: (one.objective_million_vnd, one.point))
    )
    return PageTable(_TABLE.text(language), tuple(one.text(language) for one in _COLUMNS), rows)
