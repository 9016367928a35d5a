"""What a planner may turn on the plan's money: scale it, move it to other years, divide the same total differently.

A lever names a line by its id, a chapter as `chapter.II`, a source as `source.TW`, or `all`. It acts on money from
the year of the plan's decision on; earlier money is history. Money that an option adds has its own amount and year.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from sim.results.words import Words
from sim.scenario.errors import ScenarioError
from sim.scenario.facts import Facts
from sim.scenario.keys import ARRIVAL, BUDGET_LEVERS
from sim.scenario.plan_schema import Budget
from sim.scenario.schema import Scenario
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import SOURCES, BudgetLine

Number = TypeVar("Number", int, float)

ALL = "all"
_CHAPTER, _SOURCE = "chapter.", "source."


def turned(lines: Sequence[BudgetLine], budget: Budget, decided_year: int) -> tuple[BudgetLine, ...]:
    """The plan's lines with the levers applied: first divided anew, then scaled, then moved to other years.

    Lines of one source that are moved into the same year are added together. Money is never moved before the year of
    the decision: what would go there stays in that year.
    """
    if not (budget.scale or budget.shift_years or budget.redivide):
        return tuple(lines)
    history = [line for line in lines if line.year < decided_year]
    open_lines = _redivided([line for line in lines if line.year >= decided_year], budget.redivide)
    moved: dict[tuple[str, str, int], BudgetLine] = {}
    for line in open_lines:
        year = max(decided_year, line.year + sum(_factors(line, budget.shift_years)))
        amount = line.amount_million_vnd
        for factor in _factors(line, budget.scale):
            amount *= factor
        there = moved.get((line.line_id, line.source, year))
        amount += there.amount_million_vnd if there else 0.0
        moved[line.line_id, line.source, year] = replace(line, year=year, amount_million_vnd=amount)
    return (*history, *moved.values())


def turned_on_a_day(lines: Sequence[BudgetLine], before: Scenario, scenario: Scenario) -> tuple[BudgetLine, ...]:
    """The plan's lines where options turn them in the middle of it: those of years that are still to be settled.

    Args:
        lines: with the levers that stood before, which stand on.
        before: the scenario as it is before the options' day.
        scenario: with the options.
    """
    new = {
        table: {
            name: by
            for name, by in getattr(scenario.budget, table).items()
            if name not in getattr(before.budget, table)
        }
        for table in BUDGET_LEVERS
    }
    first_year = scenario.changeover.first_year or scenario.plan.decided.year
    return turned(lines, scenario.budget.model_copy(update=new), first_year)


def lever_names(lines: Sequence[BudgetLine]) -> list[str]:
    """Every name that a lever may carry for these lines."""
    chapters = dict.fromkeys(f"{_CHAPTER}{line.chapter}" for line in lines)
    sources = [f"{_SOURCE}{source}" for source in SOURCES]
    return [ALL, *sources, *chapters, *dict.fromkeys(line.line_id for line in lines)]


def lever_rules(facts: Facts) -> Iterator[ScenarioError]:
    """Yields an error for each lever on money that the plan does not have, or that cannot be divided anew."""
    known = lever_names(facts.tables.budget)
    for table in BUDGET_LEVERS:
        named: Mapping[str, float] = getattr(facts.scenario.budget, table)
        for name in named:
            if table == ARRIVAL:
                yield from _arrival_is_right(facts, name)
            elif facts.tables.budget and name not in known:
                reason = Words(f"kế hoạch không có “{name}”", f'the plan has no "{name}"')
                yield facts.fault("E-BUD-007", f"budget.{table}.{name}", reason, _near(name, known))
            elif table == "redivide" and (name == ALL or name.startswith(_SOURCE)):
                reason = Words(
                    "chỉ chia lại được một mục hay một phần của kế hoạch",
                    "only a line or a chapter can get another part of the same total",
                )
                yield facts.fault("E-BUD-008", f"budget.{table}.{name}", reason)


def _arrival_is_right(facts: Facts, name: str) -> Iterator[ScenarioError]:
    """What comes is said of a source in a year."""
    source, _, year = name.partition(".")
    horizon = facts.scenario.horizon
    if source not in SOURCES or not year.isdigit() or not horizon.start.year <= int(year) <= horizon.end.year:
        reason = Words(f"“{name}” không phải nguồn và năm", f'"{name}" is not a source and a year of the horizon')
        example = f"{ARRIVAL}.TW.{horizon.end.year}"
        yield facts.fault("E-BUD-007", f"budget.{ARRIVAL}.{name}", reason, Words(f"ví dụ {example}", f"as {example}"))


def _near(name: str, known: Collection[str]) -> Words:
    chapter = f"{_CHAPTER}{name}"
    if chapter in known:
        return Words(f"cả phần là “{chapter}”", f'the whole chapter is "{chapter}"')
    near = did_you_mean(name, known)
    forms = "all, source.TW, chapter.I, LINE"
    return near if near.en else Words(f"viết {forms}", f"write one of {forms}")


def is_meant(name: str, line: BudgetLine) -> bool:
    """Whether a lever of this name acts on a line."""
    return name in (ALL, line.line_id, f"{_CHAPTER}{line.chapter}", f"{_SOURCE}{line.source}")


def _factors(line: BudgetLine, levers: Mapping[str, Number]) -> list[Number]:
    return [value for name, value in levers.items() if is_meant(name, line)]


def _redivided(lines: list[BudgetLine], parts: Mapping[str, float]) -> list[BudgetLine]:
    """Named lines get their factor; the others of the same source and year give or take what keeps the total."""
    if not parts:
        return lines
    groups: defaultdict[tuple[str, int], list[BudgetLine]] = defaultdict(list)
    for line in lines:
        groups[line.source, line.year].append(line)
    return [line for group in groups.values() for line in _same_total(group, parts)]


def _same_total(group: list[BudgetLine], parts: Mapping[str, float]) -> list[BudgetLine]:
    total = sum(line.amount_million_vnd for line in group)
    wanted: dict[str, float] = {}
    for line in group:
        factors = _factors(line, parts)
        if factors:
            wanted[line.line_id] = line.amount_million_vnd
            for factor in factors:
                wanted[line.line_id] *= factor
    asked = sum(wanted.values())
    others = sum(line.amount_million_vnd for line in group if line.line_id not in wanted)
    if asked <= 0.0 and others <= 0.0:
        return group
    if asked > total or others <= 0.0:
        wanted = {line_id: amount / asked * total for line_id, amount in wanted.items()}
        asked = total
    rest = (total - asked) / others if others > 0.0 else 0.0
    return [
        replace(line, amount_million_vnd=wanted.get(line.line_id, line.amount_million_vnd * rest)) for line in group
    ]
