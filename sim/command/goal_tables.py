"""What a search for the least money leaves: every point tried, and the answer in a few numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING, Any

from sim.measure.cells import aim_rows, is_reached, value_of
from sim.measure.summary import PARAMETERS, Table, parameter_rows
from sim.measure.verdicts import quantile, wilson
from sim.scenario.tables import SOURCES
from sim.studies.goal import Tried

if TYPE_CHECKING:
    from sim.command.goal_seeking import Goal

FOUND, UNSURE, INFEASIBLE = "found", "unsure", "infeasible"


def goal_tables(sought: Goal) -> tuple[dict[str, Table], dict[str, Any]]:
    """The tables and what the manifest says of the answer."""
    search = sought.search
    pareto = {one.candidate for one in search.pareto(sought.tried)}
    checked = {one.candidate: one for one in sought.checked}
    answer = _answer(sought)
    targets = [target.id for target in sought.targets]
    header = (
        *("point", *(axis.key for axis in sought.axes), *(f"cost_{source}_million_vnd" for source in SOURCES)),
        *("cost_million_vnd", "objective_million_vnd", "reached", "n", "p_reached", "p_low", "p_high"),
        *("deciding_margin", "is_pareto", "is_answer", "fresh_reached", "fresh_n", "fresh_low", "fresh_high"),
        *(column for target in targets for column in (f"{target}_median", f"{target}_p_reached")),
    )
    rows = [
        (
            *_place(sought, one),
            *_chances(one),
            _known(one.deciding_margin(sought.probability)),
            int(one.candidate in pareto),
            int(answer is not None and one.candidate == answer.candidate),
            *_fresh(checked.get(one.candidate)),
            *(cell for target in targets for cell in _of_target(sought, one, target)),
        )
        for one in sought.tried
    ]
    loaded = sought.base.loaded
    return (
        {
            "goal_points": (header, rows),
            "aims": aim_rows(loaded),
            "parameters": (PARAMETERS, parameter_rows(loaded)),
        },
        _outcome(sought, answer),
    )


def _answer(sought: Goal) -> Tried | None:
    """The point that held against fresh futures; else the one that came nearest to it; None when none was enough."""
    if not sought.checked:
        return None
    held = [one for one in sought.checked if one.is_enough(sought.probability)]
    chosen = held[0] if held else max(sought.checked, key=lambda one: one.chance())
    return next(one for one in sought.tried if one.candidate == chosen.candidate)


def _outcome(sought: Goal, answer: Tried | None) -> dict[str, Any]:
    if answer is None:
        closest = sought.search.closest(sought.tried)
        tried = len(sought.tried)
        return {"verdict": INFEASIBLE, "answer": None, "closest": closest.candidate, "points": tried, "checks": 0}
    fresh = next(one for one in sought.checked if one.candidate == answer.candidate)
    held = fresh.is_enough(sought.probability)
    return {
        "verdict": FOUND if held else UNSURE,
        "answer": answer.candidate,
        "closest": answer.candidate,
        "points": len(sought.tried),
        "checks": len(sought.to_check()),
    }


def _place(sought: Goal, one: Tried) -> Sequence[float]:
    values = sought.values_of(one.candidate)
    money = sought.cost_by_source(values)
    costs = [money[source] for source in SOURCES]
    return (one.candidate, *values, *costs, sum(costs), float(sought.search.costs[one.candidate]))


def _chances(one: Tried) -> Sequence[float]:
    reached, n = one.reached(), len(one.margins)
    return (reached, n, reached / n, *wilson(reached, n))


def _fresh(one: Tried | None) -> Sequence[float | None]:
    if one is None:
        return (None,) * 4
    return (one.reached(), len(one.margins), *wilson(one.reached(), len(one.margins)))


def _of_target(sought: Goal, one: Tried, target_id: str) -> tuple[float | None, float]:
    """Median and share of the first futures, those of the search."""
    futures = sought.measured[one.candidate][: len(one.margins)]
    values = [value for each in futures if each is not None and (value := value_of(each, target_id)) is not None]
    reached = sum(each is not None and is_reached(each, target_id) for each in futures)
    return (quantile(values, 0.5) if values else None), reached / len(futures)


def _known(value: float) -> float | None:
    return round(value, 12) if isfinite(value) else None
