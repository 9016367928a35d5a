"""What a search for the least money leaves: every point tried, and the answer in a few numbers."""

from __future__ import annotations

from math import isfinite
from typing import Any

from sim.measure.cells import aim_rows, is_reached, value_of
from sim.measure.verdicts import quantile
from sim.results.goal_tables import GoalPoint, goal_points
from sim.results.study_tables import AIMS, AimRow
from sim.results.table import FilledTable
from sim.scenario.tables import SOURCES
from sim.studies.goal import Tried
from sim.studies.goal_search import GoalSearch

FOUND, UNSURE, INFEASIBLE = "found", "unsure", "infeasible"


def goal_tables(sought: GoalSearch) -> tuple[tuple[FilledTable[GoalPoint], FilledTable[AimRow]], dict[str, Any]]:
    """The tables and what the manifest says of the answer."""
    pareto = {one.candidate for one in sought.search.pareto(sought.tried)}
    checked = {one.candidate: one for one in sought.checked}
    answer = _answer(sought)
    table = goal_points(
        {axis.key: axis.unit for axis in sought.axes}, SOURCES, [target.id for target in sought.targets]
    )
    rows = [
        _point(
            sought,
            one,
            checked.get(one.candidate),
            is_pareto=one.candidate in pareto,
            is_answer=answer is not None and one.candidate == answer.candidate,
        )
        for one in sought.tried
    ]
    return (table.filled(rows), AIMS.filled(aim_rows(sought.base.loaded))), _outcome(sought, answer)


def _point(sought: GoalSearch, one: Tried, fresh: Tried | None, *, is_pareto: bool, is_answer: bool) -> GoalPoint:
    values = sought.values_of(one.candidate)
    money = sought.cost_by_source(values)
    reached, n = one.reached(), len(one.margins)
    p_low, p_high = sought.chance(one, sought.futures).interval
    fresh_reached = None if fresh is None else fresh.reached()
    fresh_n = None if fresh is None else len(fresh.margins)
    fresh_chance = None if fresh is None else sought.chance(fresh, sought.fresh_futures)
    fresh_low, fresh_high = (None, None) if fresh_chance is None else fresh_chance.interval
    return GoalPoint(
        point=one.candidate,
        values={axis.key: value for axis, value in zip(sought.axes, values, strict=True)},
        cost_by_source={f"cost_{source}_million_vnd": money[source] for source in SOURCES},
        cost_million_vnd=sum(money[source] for source in SOURCES),
        objective_million_vnd=float(sought.search.costs[one.candidate]),
        reached=reached,
        n=n,
        p_reached=reached / n,
        p_low=p_low,
        p_high=p_high,
        deciding_margin=_known(one.deciding_margin(sought.probability)),
        is_pareto=is_pareto,
        is_answer=is_answer,
        fresh_reached=fresh_reached,
        fresh_n=fresh_n,
        fresh_low=fresh_low,
        fresh_high=fresh_high,
        fresh_worth=None if fresh_chance is None else round(fresh_chance.worth, 9),
        outcomes=_outcomes(sought, one),
    )


def _outcomes(sought: GoalSearch, one: Tried) -> dict[str, float | None]:
    """Median and share of the first futures, those of the search, for each target wanted."""
    found: dict[str, float | None] = {}
    for target in sought.targets:
        median, share = _of_target(sought, one, target.id)
        found[f"{target.id}_median"], found[f"{target.id}_p_reached"] = median, share
    return found


def _answer(sought: GoalSearch) -> Tried | None:
    """The point that held against fresh futures; else the one that came nearest to it; None when none was enough."""
    if not sought.checked:
        return None
    held = [one for one in sought.checked if one.is_enough(sought.probability)]
    chosen = held[0] if held else max(sought.checked, key=lambda one: one.chance())
    return next(one for one in sought.tried if one.candidate == chosen.candidate)


def _outcome(sought: GoalSearch, answer: Tried | None) -> dict[str, Any]:
    if answer is None:
        closest = sought.search.closest(sought.tried)
        tried = len(sought.tried)
        return {
            "verdict": INFEASIBLE,
            "answer": None,
            "closest": closest.candidate,
            "points": tried,
            "checks": 0,
            "told": False,
        }
    fresh = next(one for one in sought.checked if one.candidate == answer.candidate)
    held = fresh.is_enough(sought.probability)
    return {
        "verdict": FOUND if held else UNSURE,
        "answer": answer.candidate,
        "closest": answer.candidate,
        "points": len(sought.tried),
        "checks": len(sought.to_check()),
        "told": sought.chance(fresh, sought.fresh_futures).is_told(),
    }


def _of_target(sought: GoalSearch, one: Tried, target_id: str) -> tuple[float | None, float]:
    futures = sought.measured[one.candidate][: len(one.margins)]
    values = [value for each in futures if each is not None and (value := value_of(each, target_id)) is not None]
    reached = sum(each is not None and is_reached(each, target_id) for each in futures)
    return (quantile(values, 0.5) if values else None), reached / len(futures)


def _known(value: float) -> float | None:
    return round(value, 12) if isfinite(value) else None
