"""An option written for one plan and laid over another: its years and days move with the plan.

An overlay's file says with `written_for` for which decision its years and amounts were stated. Years in its texts
stand in braces, `{2018}`, so that what is said moves with what is done.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Any

from pydantic import Field, ValidationError, model_validator

from sim.results.words import Words
from sim.scenario.entries import frozen_value
from sim.scenario.errors import ScenarioError
from sim.scenario.layers import Layer
from sim.scenario.proposal import WRITTEN_FOR
from sim.scenario.quantity import Section
from sim.scenario.toml_source import TomlDocument

_YEAR_SAID = re.compile(r"\{(\d{4})\}")
_MONTHS = (
    "",
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAY_SAID = re.compile(rf"(\d{{1,2}})([/ ])(\d{{1,2}}|{'|'.join(_MONTHS[1:])})\2\{{(\d{{4}})\}}")
"""A day in a text, `1/6/{2017}` or `1 June {2017}`."""


class WrittenFor(Section):
    """The plan that an overlay's years and amounts were stated for."""

    decision: str
    """Its number, as the plan's own `plan.decision`."""
    first: Annotated[int, Field(ge=1990, le=2100)]
    """Year in which an option can act first: of the decision, or the plan's first one."""
    last: Annotated[int, Field(ge=1990, le=2100)]
    """The plan's last year; what is paid up to it is paid up to the other plan's last year."""

    @model_validator(mode="after")
    def _in_order(self) -> WrittenFor:
        if self.last < self.first:
            raise ValueError("last before first")
        return self


@dataclass(frozen=True)
class Acting:
    """From when on options act in the middle of a plan: a month's first day, and the first year still to be settled."""

    day: date
    first_year: int


@dataclass(frozen=True)
class PlanYears:
    """When a plan was decided and its first and last year."""

    decided: date
    first: int
    last: int
    acting: Acting | None = None
    """When options act, where not from the plan's own first days on."""


def plan_years(layers: Sequence[Layer]) -> PlanYears | None:
    """The years of the scenario that the layers make up; None where it does not state them rightly."""
    entries = {key: entry.value for layer in layers for key, entry in layer.entries.items()}
    keys = ("plan", "decided"), ("horizon", "start"), ("horizon", "end")
    decided, start, end = (entries.get(key) for key in keys)
    if not (isinstance(decided, date) and isinstance(start, date) and isinstance(end, date)):
        return None
    return PlanYears(decided, max(decided.year, start.year), end.year)


def written_for(tree: Mapping[str, Any]) -> WrittenFor | None:
    """What an overlay says it was written for; None where it says nothing, or nothing right."""
    written = tree.get(WRITTEN_FOR)
    if not isinstance(written, Mapping):
        return None
    try:
        return WrittenFor.model_validate({key: frozen_value(value) for key, value in written.items()}, strict=True)
    except ValidationError:
        return None


def written_for_faults(document: TomlDocument) -> Iterator[ScenarioError]:
    """A `written_for` that cannot be read."""
    if WRITTEN_FOR in document.tree and written_for(document.tree) is None:
        example = '{ decision = "900/QĐ-UBND", first = 2017, last = 2020 }'
        reason = Words("không đọc được, hoặc năm không hợp lệ", "cannot be read, or its years are none of a plan")
        repair = Words(f"ví dụ {example}, năm từ 1990 đến 2100", f"for example {example}, years from 1990 to 2100")
        yield ScenarioError("E-OVL-003", document.place((WRITTEN_FOR,)), WRITTEN_FOR, reason, repair)


def moved(document: TomlDocument, plan: PlanYears | None) -> TomlDocument:
    """The overlay as it is for the plan: years of money and days of orders as far from the plan's first year.

    A day that would come before the plan's decision moves the whole overlay a year later. Of money in several years,
    what would come after a shorter plan is left out. An overlay that does not say what it was written for keeps its
    years; without a plan the years stay too, and only the braces go.
    """
    tree, written = document.tree, written_for(document.tree)
    if written is None:
        return document
    if plan is None:
        return replace(document, tree=_moved(tree, 0, written.last, written.last))
    whole = _moved_for(plan, tree, written)
    lines = whole.get("extra_lines", ())
    within = [line for line in lines if not (isinstance(line.get("year"), int) and line["year"] > plan.last)]
    if within:
        whole["extra_lines"] = within
    if plan.acting is not None and "costs" in whole:
        whole["costs"] = [cost for cost in whole["costs"] if _first_paid(cost) <= plan.last]
    return replace(document, tree=whole)


def beyond_plan(document: TomlDocument, plan: PlanYears | None) -> tuple[Words, ...]:
    """What of an option that acts in the middle of a plan comes after the plan's last year, and is left out of it."""
    written = written_for(document.tree)
    if written is None or plan is None or plan.acting is None:
        return ()
    whole = _moved_for(plan, document.tree, written)
    late = [(line, line["year"]) for line in whole.get("extra_lines", ()) if isinstance(line.get("year"), int)]
    late += [(cost, _first_paid(cost)) for cost in whole.get("costs", ())]
    titles = ((row.get("title"), year) for row, year in late if year > plan.last)
    return tuple(
        Words(f"{title.get('vi', '')}: năm {year}", f"{title.get('en', '')}: {year}")
        for title, year in titles
        if isinstance(title, Mapping)
    )


def _moved_for(plan: PlanYears, tree: Mapping[str, Any], written: WrittenFor) -> dict[str, Any]:
    """All of the overlay in the plan's years; a day before options act becomes the day on which they do."""
    by = _years_later(tree, written, plan)
    first = plan.acting.day if plan.acting is not None else None
    whole: dict[str, Any] = _moved(tree, by, written.last, plan.last, first)
    return whole


def _years_later(tree: Mapping[str, Any], written: WrittenFor, plan: PlanYears) -> int:
    """How many years later the overlay comes than it was written."""
    by = plan.first - written.first
    if any(_later(day, by) < plan.decided for day in _days(tree)):
        by += 1
    return by if plan.acting is None else max(by, _years_on(tree, plan.acting))


def _first_paid(cost: Mapping[str, Any]) -> int:
    """First year of a stated cost; 0 where it is not written rightly, which is refused where costs are read."""
    years = cost.get("years")
    return years[0] if isinstance(years, list | tuple) and years and isinstance(years[0], int) else 0


def _years_on(tree: Mapping[str, Any], acting: Acting) -> int:
    """How many years later an option begins, so that none of its money is settled and no day is of an earlier year."""
    years = [line["year"] for line in tree.get("extra_lines", ()) if isinstance(line.get("year"), int)]
    paid = [year for year in map(_first_paid, tree.get("costs", ())) if year]
    days = list(_days(tree))
    needed = [acting.first_year - min(years)] if years else []
    needed += [acting.day.year - day.year for day in days]
    return max(needed) if needed else acting.day.year - min(paid, default=acting.day.year)


def _later(day: date, years: int) -> date:
    """The same day of another year; the last of February for a leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _days(tree: Any) -> Iterator[date]:
    """Days on which something begins: orders, and settings that are a day."""
    if isinstance(tree, date):
        yield tree
    elif isinstance(tree, Mapping):
        for value in tree.values():
            yield from _days(value)
    elif isinstance(tree, list | tuple):
        for value in tree:
            yield from _days(value)


def _moved(value: Any, by: int, last_written: int, last: int, earliest: date | None = None) -> Any:
    if isinstance(value, date):
        return _day_moved(value, by, earliest)
    if isinstance(value, str):
        value = value if earliest is None else _DAY_SAID.sub(lambda said: _day_said(said, by, earliest), value)
        return _YEAR_SAID.sub(lambda said: str(int(said[1]) + by), value)
    if isinstance(value, list | tuple):
        return [_moved(part, by, last_written, last, earliest) for part in value]
    if not isinstance(value, Mapping):
        return value
    whole = {key: _moved(part, by, last_written, last, earliest) for key, part in value.items()}
    if isinstance(value.get("year"), int):
        whole["year"] = value["year"] + by
    years = value.get("years")
    if isinstance(years, list | tuple) and len(years) == 2 and all(isinstance(year, int) for year in years):
        first, end = years
        runs_on = first < end == last_written and first + by <= last
        whole["years"] = [first + by, last if runs_on else end + by]
    return whole


def _day_moved(day: date, by: int, earliest: date | None) -> date:
    later = _later(day, by)
    return later if earliest is None else max(later, earliest)


def _day_said(said: re.Match[str], by: int, earliest: date | None) -> str:
    """A day in a text as it is moved; as it stands where there is no such day."""
    number, between, month, year = said.groups()
    try:
        written = date(int(year), int(month) if month.isdigit() else _MONTHS.index(month), int(number))
    except ValueError:
        return said[0]
    day = _day_moved(written, by, earliest)
    named = str(day.month) if month.isdigit() else _MONTHS[day.month]
    return f"{day.day}{between}{named}{between}{day.year}"
