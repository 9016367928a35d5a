"""A number of the model with its range, how it varies, what it rests on and where it comes from; sections of them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict

from sim.results.words import LANGUAGES, NOTHING, Lang, Words
from sim.scenario.errors import shown
from sim.scenario.suggest import did_you_mean
from sim.scenario.units import BASE_UNIT, Dimension, UnitError, in_words, parse, render


class Section(BaseModel):
    """What every section of a scenario is: a frozen group of keys; a key that is not listed is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


Kind = Literal["fixed", "lognormal", "beta", "triangular", "uniform"]
Basis = Literal["plan", "reported", "derived", "assumed"]

KINDS: tuple[str, ...] = get_args(Kind)
BASES: tuple[str, ...] = get_args(Basis)
THINGS = "things"
"""Unit of a threshold that is a number of things; any other is a share."""
QUANTITY_PARTS = ("value", "low", "high", "kind", "basis", "source")
PROFILE_PARTS = ("weights", "basis", "source")


class Quantity(BaseModel):
    """A value in base units; `low` and `high` are its 5 % and 95 % points when it is uncertain."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    low: float | None = None
    high: float | None = None
    kind: Kind = "fixed"
    basis: Basis
    source: str
    unit: str


class Weights(BaseModel):
    """Relative weights of the hours, days or months of a cycle."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    weights: tuple[float, ...]
    basis: Basis
    source: str


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one part of a quantity."""

    part: str
    code: str
    reason: Words
    repair: Words = NOTHING


class QuantityError(ValueError):
    """A quantity is badly written; `problems` names each part that is wrong."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.reason.en for problem in problems))


@dataclass(frozen=True)
class Measured:
    """Marks a schema field as a quantity of one dimension."""

    dimension: Dimension

    def read(self, written: object) -> object:
        """Turns what a file says into a `Quantity`, for pydantic."""
        return written if isinstance(written, Quantity) else read_quantity(written, self.dimension)


@dataclass(frozen=True)
class Wanted(Measured):
    """Marks what a target must reach: a share with its unit, or a number of things without one."""

    def read(self, written: object) -> object:
        """Turns what a file says into a `Quantity`, for pydantic; one of things has the unit `THINGS`."""
        if isinstance(written, Quantity) or not is_of_things(written):
            return super().read(written)
        return read_quantity(written, "count").model_copy(update={"unit": THINGS})


def is_of_things(written: object) -> bool:
    """Whether a threshold is written as a number of things: without a unit."""
    value = written.get("value") if isinstance(written, Mapping) else written
    if isinstance(value, str):
        return value.strip().isdecimal()
    return isinstance(value, int | float) and not isinstance(value, bool)


@dataclass(frozen=True)
class Cycle:
    """Marks a schema field as a profile of weights."""

    def read(self, written: object) -> object:
        """Turns what a file says into `Weights`, for pydantic."""
        return written if isinstance(written, Weights) else read_profile(written)


_DURATION, _RATE, _SIZE, _SHARE = Measured("duration"), Measured("rate"), Measured("size"), Measured("share")
_COUNT, _MONEY, _PER_YEAR, _CYCLE = Measured("count"), Measured("money"), Measured("per_year"), Cycle()

Duration = Annotated[Quantity, _DURATION, BeforeValidator(_DURATION.read)]
"""Milliseconds of wall-clock time."""
Rate = Annotated[Quantity, _RATE, BeforeValidator(_RATE.read)]
"""Bits a second."""
Size = Annotated[Quantity, _SIZE, BeforeValidator(_SIZE.read)]
"""Bytes."""
Share = Annotated[Quantity, _SHARE, BeforeValidator(_SHARE.read)]
"""Between 0 and 1."""
Threshold = Annotated[Quantity, Wanted("share"), BeforeValidator(Wanted("share").read)]
"""A share between 0 and 1 or, with the unit `THINGS`, a number of things."""
Count = Annotated[Quantity, _COUNT, BeforeValidator(_COUNT.read)]
"""A number of things, or a pure number, not negative."""
Money = Annotated[Quantity, _MONEY, BeforeValidator(_MONEY.read)]
"""Million VND."""
MoneyIfAny = Annotated[Quantity | None, _MONEY, BeforeValidator(_MONEY.read)]
"""Million VND, where there is a price at all."""
PerYear = Annotated[Quantity, _PER_YEAR, BeforeValidator(_PER_YEAR.read)]
"""Occurrences a year."""
Profile = Annotated[Weights, _CYCLE, BeforeValidator(_CYCLE.read)]
"""Relative weights over a cycle."""


def read_quantity(written: object, dimension: Dimension) -> Quantity:
    """Returns the quantity written as a table or, without a basis, refuses it.

    Raises:
        QuantityError: names every part that is wrong.
    """
    table = written if isinstance(written, Mapping) else {"value": written}
    problems = _unknown_parts(table, QUANTITY_PARTS)
    numbers: dict[str, float] = {}
    for part in ("value", "low", "high"):
        if part in table:
            try:
                numbers[part] = parse(table[part], dimension)
            except UnitError as error:
                problems.append(Problem(part, error.code, error.reason, error.repair))
    if "value" not in table:
        problems.append(_missing("value"))
    problems += _origin_problems(table)
    kind = table.get("kind", "fixed")
    of_kind = _kind_problems(kind, table)
    if not of_kind and "value" in numbers and len(numbers) == sum(part in table for part in ("value", "low", "high")):
        of_kind = _range_problems(numbers, str(kind), dimension)
    problems += of_kind
    if problems:
        raise QuantityError(problems)
    return Quantity.model_validate(
        numbers | {"kind": kind, "basis": table["basis"], "source": table["source"], "unit": BASE_UNIT[dimension]}
    )


def read_profile(written: object) -> Weights:
    """Returns the weights written as a table.

    Raises:
        QuantityError: a weight is negative or not a number, all are zero, or the origin is missing.
    """
    table = written if isinstance(written, Mapping) else {"weights": written}
    problems = _unknown_parts(table, PROFILE_PARTS) + _origin_problems(table)
    weights = table.get("weights", ())
    if not _are_weights(weights):
        reason = Words(
            "trọng số phải là các số không âm, không phải tất cả bằng 0",
            "weights must be numbers not below zero, and not all zero",
        )
        problems.append(Problem("weights", "E-QTY-006", reason))
    if problems:
        raise QuantityError(problems)
    return Weights.model_validate(table)


def _are_weights(weights: object) -> bool:
    if not isinstance(weights, list | tuple):
        return False
    plain = all(isinstance(weight, int | float) and not isinstance(weight, bool) for weight in weights)
    return plain and all(0 <= weight <= 1e12 for weight in weights) and any(weights)


def _unknown_parts(table: Mapping[str, object], known: tuple[str, ...]) -> list[Problem]:
    return [
        Problem(part, "E-KEY-001", Words("không có tham số này", "unknown key"), did_you_mean(part, known))
        for part in table
        if part not in known
    ]


def _missing(part: str) -> Problem:
    reason = Words(f"thiếu “{part}”", f'"{part}" is missing')
    return Problem(part, "E-KEY-003", reason)


def _origin_problems(table: Mapping[str, object]) -> list[Problem]:
    problems = []
    basis, source = table.get("basis"), table.get("source")
    if basis is None and source is None:
        reason = Words("số liệu không có căn cứ và nguồn", "the number has neither basis nor source")
        repair = Words('thêm basis = "assumed", source = "…"', 'add basis = "assumed", source = "…"')
        return [Problem("", "E-QTY-005", reason, repair)]
    if basis not in BASES:
        said = Words("không có" if basis is None else shown(basis), "none" if basis is None else shown(basis))
        reason = Words(f"căn cứ (basis): {said.vi}", f"basis is {said.en}")
        problems.append(Problem("basis", "E-QTY-005", reason, Words(" | ".join(BASES), "one of " + ", ".join(BASES))))
    if not isinstance(source, str) or not source.strip():
        reason = Words("thiếu nguồn của số liệu", "the number has no source")
        problems.append(Problem("source", "E-QTY-005", reason, Words('source = "…"', 'write source = "…"')))
    return problems


def _kind_problems(kind: object, table: Mapping[str, object]) -> list[Problem]:
    if kind not in KINDS:
        reason = Words(f"không biết kiểu phân bố {shown(kind)}", f"unknown kind {shown(kind)}")
        return [Problem("kind", "E-QTY-003", reason, Words(" | ".join(KINDS), "one of " + ", ".join(KINDS)))]
    has_range = "low" in table and "high" in table
    if kind == "fixed" and "kind" not in table and ("low" in table or "high" in table):
        reason = Words("có khoảng mà không nói kiểu phân bố", "a range is given but not how the number varies")
        return [Problem("kind", "E-QTY-003", reason, Words('kind = "lognormal"', 'add kind = "lognormal"'))]
    if kind != "fixed" and not has_range:
        reason = Words(f"phân bố {kind} cần cả hai đầu của khoảng (low, high)", f"kind {kind} needs both low and high")
        return [Problem("low" if "low" not in table else "high", "E-QTY-003", reason)]
    return []


def _outside(numbers: Mapping[str, float], dimension: Dimension, lang: Lang) -> str:
    said = in_words(numbers["value"], dimension, lang)
    bounds = " … ".join(in_words(numbers[part], dimension, lang) for part in ("low", "high") if part in numbers)
    return Words(f"{said} nằm ngoài khoảng {bounds}", f"{said} is outside its range {bounds}").text(lang)


def _range_problems(numbers: Mapping[str, float], kind: str, dimension: Dimension) -> list[Problem]:
    value, low, high = numbers["value"], numbers.get("low", -math.inf), numbers.get("high", math.inf)
    if low > high:
        reason = Words("đầu thấp (low) lớn hơn đầu cao (high)", "low is above high")
        return [Problem("low", "E-QTY-002", reason)]
    if not low <= value <= high:
        vi, en = (_outside(numbers, dimension, lang) for lang in LANGUAGES)
        alone = f'{{ value = "{render(value, dimension)}", kind = "fixed" }}'
        repair = Words(
            f"chọn giá trị trong khoảng đó; muốn mọi lần mô phỏng dùng đúng giá trị này thì ghi {alone}; hoặc ghi lại "
            "cả low và high",
            f"choose a value within it; to have every simulation use this very value write {alone}; or restate low and "
            "high too",
        )
        reason = Words(vi, en)
        return [Problem("value", "E-QTY-001", reason, repair)]
    if kind != "fixed" and low == high:
        reason = Words("đầu thấp (low) bằng đầu cao (high)", "low equals high")
        return [Problem("low", "E-QTY-002", reason, Words('kind = "fixed"', 'write kind = "fixed"'))]
    if (kind in ("lognormal", "beta") and low <= 0) or (kind == "beta" and high >= 1):
        bound = "0 < low" if kind == "lognormal" else "0 < low, high < 1"
        reason = Words(f"phân bố {kind} cần {bound}", f"kind {kind} needs {bound}")
        return [Problem("low" if low <= 0 else "high", "E-QTY-003", reason)]
    if kind == "lognormal" and value in (low, high):
        reason = Words(
            "phân bố log-chuẩn (lognormal) có giá trị là trung vị, nên phải nằm giữa hai đầu của khoảng",
            "the value of a lognormal is its median, so it must lie between low and high",
        )
        return [
            Problem(
                "value", "E-QTY-003", reason, Words("dùng phân bố tam giác (triangular)", 'use kind = "triangular"')
            )
        ]
    return []
