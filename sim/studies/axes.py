"""What a study varies: `--over KEY=lo:hi[:n]` read against the scenario, and the settings that put a key at a value."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.engine.uncertainty import quantile
from sim.results.words import Words
from sim.scenario.choices import CHOICES, OPEN, Choice, choice_of
from sim.scenario.drawn import quantities
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.keys import ANY_ID, BUDGET_LEVERS, key_of, lever_bounds, meaning, spellings
from sim.scenario.loading import LoadedScenario
from sim.scenario.numerals import AMBIGUOUS, certain, is_ambiguous, readings, tidy, two_readings, values_within
from sim.scenario.quantity import Quantity
from sim.scenario.suggest import did_you_mean
from sim.scenario.toml_text import toml_value
from sim.scenario.units import BASE_UNIT, Dimension, UnitError, parse, render

OVER = "--over"
DEFAULT_LEVELS = 5
MOST_LEVELS = 1_000
SHIFT = "budget.shift_years."
WHOLE = frozenset(
    [
        "people.clerks_added",
        "network.desk_staff",
        "network.message_service_capacity",
        "network.retry_limit",
        "signatures.personal_at_start",
        "signatures.organisation_at_start",
    ]
)
"""Keys that count people or things: only whole numbers are tried."""
_MIDDLE = 0.9
"""A range covers nine tenths of what an unknown may be: from its 5 % to its 95 % point."""


@dataclass(frozen=True)
class Axis:
    """One key that a study varies.

    Attributes:
        key: as `--set` takes it.
        low: the lower end, in base units.
        high: the upper end.
        levels: values in a grid.
        dimension: what the key measures; None for a plain number.
        unknown: the quantity whose law the values follow; None for a lever, whose values are spread evenly.
        alternatives: of a choice, what the key may say; its values are their numbers.
        is_open: whether such a choice is left open by the scenario, and so is something that nobody knows.
    """

    key: str
    low: float
    high: float
    levels: int
    dimension: Dimension | None
    unknown: Quantity | None = None
    alternatives: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def is_lever(self) -> bool:
        """Whether bounds were chosen; otherwise the key is an unknown over its own range."""
        return self.unknown is None and not self.is_open

    @property
    def is_whole(self) -> bool:
        """Whether only whole numbers make sense."""
        return bool(self.alternatives) or self.key in WHOLE or self.key.startswith(SHIFT)

    @property
    def unit(self) -> str:
        """Unit of the values; `1` for plain numbers and shares."""
        return "1" if self.dimension is None else BASE_UNIT[self.dimension]

    def value(self, place: float) -> float:
        """The value at a place from 0 to 1: evenly between bounds, or that share of an unknown's middle nine tenths."""
        if self.alternatives:  # each has the same part of the way from 0 to 1
            return float(min(len(self.alternatives) - 1, int(place * len(self.alternatives))))
        q = self.unknown
        if q is None or q.low is None or q.high is None:
            value = self.low + place * (self.high - self.low)
        else:
            share = 0.5 + (place - 0.5) * _MIDDLE
            value = max(0.0, quantile(q.kind, q.value, q.low, q.high, share))
            value = min(value, 1.0) if q.unit == "1" and q.high <= 1.0 and self.dimension == "share" else value
        return float(round(value)) if self.is_whole else float(f"{value:.9g}")

    def place(self, value: float) -> float:
        """The place from 0 to 1 of a lever's value."""
        return (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5

    def written(self, value: float) -> str:
        """A value as a planner writes it."""
        if self.alternatives:
            return self.alternatives[int(value)]
        if self.dimension is None:
            return str(int(value)) if self.is_whole else certain(f"{value:.9g}")
        return render(value, self.dimension)

    def settings(self, value: float) -> tuple[str, ...]:
        """What `--set` takes to put the key at a value, certain."""
        if self.alternatives:
            return (f"{self.key}={toml_value(self.written(value))}",)
        if self.dimension is None:
            return (f"{self.key}={int(value) if self.is_whole else certain(repr(value))}",)
        written = self.written(value)
        written = written if self.dimension == "count" else toml_value(written)
        return f"{self.key}.value={written}", f"{self.key}.kind={toml_value('fixed')}"


def axes_of(texts: Sequence[str], loaded: LoadedScenario) -> list[Axis]:
    """Read `KEY=lo:hi[:n]`, or `KEY` alone for an unknown over its own range.

    Raises:
        ScenarioErrors: everything wrong with any of them.
    """
    errors: list[ScenarioError] = []
    axes = []
    for text in texts:
        try:
            axes.append(_axis(text, loaded))
        except ScenarioErrors as refused:
            errors += refused.errors
    for key, times in Counter(axis.key for axis in axes).items():
        if times > 1:
            errors.append(_fault("E-SWP-004", key, Words("tham số được nêu hai lần", "the key is named twice")))
    if errors:
        raise ScenarioErrors(errors)
    return axes


def unknowns_of(loaded: LoadedScenario) -> list[Axis]:
    """Every quantity of the scenario that has a range, and every choice that it leaves open."""
    ranged = [_unknown(key, quantity) for key, quantity in quantities(loaded.scenario) if quantity.kind != "fixed"]
    open_choices = [_chosen(choice, loaded) for choice in CHOICES if choice.stated(loaded.scenario) == OPEN]
    return ranged + open_choices


def _axis(text: str, loaded: LoadedScenario) -> Axis:
    name, equals, bounds = text.partition("=")
    name = name.strip()
    key = key_of(name)
    choice = choice_of(name)
    if choice is not None and not equals:
        return _chosen(choice, loaded)
    known = meaning(key)
    is_budget = key[0] == "budget" and len(key) > 2 and key[1] in BUDGET_LEVERS
    if known is None or (known.dimension is None and not is_budget):
        reason = Words("không phải số có thể thay đổi của kịch bản", "not a number of the scenario that can be varied")
        lines = {line.line_id.casefold(): f"budget.scale.{line.line_id}" for line in loaded.plan_lines or loaded.budget}
        lever = lines.get(name.casefold())
        repair = did_you_mean(lever or name, [lever] if lever else _numbers_of(key))
        raise ScenarioErrors([_fault("E-SWP-001", name, reason, repair)])
    if not equals:
        return _over_its_range(name, loaded)
    low, high, levels = _bounds(name, bounds, known.dimension)
    axis = Axis(name, low, high, levels, known.dimension)
    if axis.is_whole and (low != int(low) or high != int(high)):
        raise ScenarioErrors([_fault("E-SWP-002", name, Words("cần số nguyên", "whole numbers are wanted"))])
    return axis


def _numbers_of(near: tuple[str, ...]) -> Iterator[str]:
    """Keys that can be varied, with the ids of the key that was meant."""
    for name in spellings(near):
        known = meaning(key_of(name))
        if known is not None and known.dimension is not None and ANY_ID not in name:
            yield name


def _over_its_range(name: str, loaded: LoadedScenario) -> Axis:
    found = dict(quantities(loaded.scenario)).get(name)
    if found is None or found.kind == "fixed":
        reason = Words("tham số không có khoảng riêng", "the key has no range of its own")
        repair = Words(f"viết {shown(name)}=thấp:cao", f"write {shown(name)}=low:high")
        raise ScenarioErrors([_fault("E-SWP-003", name, reason, repair)])
    return _unknown(name, found)


def _chosen(choice: Choice, loaded: LoadedScenario) -> Axis:
    alternatives = choice.alternatives
    last = len(alternatives) - 1
    is_open = choice.stated(loaded.scenario) == OPEN
    return Axis(choice.key, 0.0, float(last), len(alternatives), None, alternatives=alternatives, is_open=is_open)


def _unknown(key: str, quantity: Quantity) -> Axis:
    known = meaning(key_of(key))
    low, high = quantity.low, quantity.high
    whole = quantity.value if low is None else low, quantity.value if high is None else high
    return Axis(key, *whole, DEFAULT_LEVELS, known.dimension if known else None, quantity)


def _bounds(name: str, text: str, dimension: Dimension | None) -> tuple[float, float, int]:
    parts = [part.strip() for part in text.split(":")]
    levels = DEFAULT_LEVELS
    if len(parts) == 3 and parts[2].isascii() and parts[2].isdigit() and 1 <= int(parts[2]) <= MOST_LEVELS:
        levels = int(parts.pop())
    if len(parts) != 2:
        reason = Words(f"“{shown(text)}” không có dạng thấp:cao[:số mức]", f'"{shown(text)}" is not low:high[:levels]')
        example = "budget.scale.II.2a=0.5:2:4"
        repair = Words(f"ví dụ {example}", f"for example {example}")
        raise ScenarioErrors([_fault("E-SWP-002", name, reason, repair)])
    low, high = _numbers(name, parts[0], parts[1], dimension)
    if not low < high:
        reason = Words("đầu thấp không nhỏ hơn đầu cao", "the low end is not below the high end")
        raise ScenarioErrors([_fault("E-SWP-002", name, reason)])
    return low, high, levels


def _numbers(name: str, low: str, high: str, dimension: Dimension | None) -> tuple[float, float]:
    if dimension is not None:
        unit = high.lstrip("+-0123456789.,").strip()
        low = f"{low} {unit}" if unit and not low.lstrip("+-0123456789.,").strip() else low
        try:
            return parse(low, dimension), parse(high, dimension)
        except UnitError as error:
            raise ScenarioErrors([_fault(error.code, name, error.reason, error.repair)]) from error
    bounds = lever_bounds(key_of(name)) or (-math.inf, math.inf)
    numbers = []
    for text in (low, high):
        meant = values_within(tidy(text), *bounds)
        if is_ambiguous(text) and len(meant) != 1:
            raise ScenarioErrors([_fault(AMBIGUOUS, name, *two_readings(tidy(text)))])
        numbers += (meant or [reading.value for reading in readings(tidy(text)).values()])[:1]
    if len(numbers) != 2:
        reason = Words(
            f"“{shown(low)}:{shown(high)}” không phải hai số", f'"{shown(low)}:{shown(high)}" is not two numbers'
        )
        raise ScenarioErrors([_fault("E-SWP-002", name, reason)])
    return float(numbers[0]), float(numbers[1])


def _fault(code: str, key: str, reason: Words, repair: Words | None = None) -> ScenarioError:
    return ScenarioError(code, OVER, shown(key), reason, repair or Words("", ""))


def settings_of(axes: Sequence[Axis], values: Sequence[float]) -> tuple[str, ...]:
    """What `--set` takes to put every key at its value."""
    return tuple(text for axis, value in zip(axes, values, strict=True) for text in axis.settings(value))


def corners(axes: Sequence[Axis]) -> Iterator[tuple[str, ...]]:
    """Settings at the ends of each key by itself: what is refused there is refused before anything runs."""
    for axis in axes:
        yield axis.settings(axis.value(0.0))
        yield axis.settings(axis.value(1.0))
