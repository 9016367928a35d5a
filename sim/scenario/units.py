"""Quantities as planners write them: a number, a space, a unit, in Vietnamese or English.

Base units: milliseconds, bit/s, bytes, shares of one, million VND, per year. Sizes and rates are decimal
(1 MB = 1,000,000 bytes). A month is 30 days and a year 365 days wherever a duration is meant.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Literal, NamedTuple

from sim.results.words import NOTHING, Lang, Words
from sim.scenario.errors import shown
from sim.scenario.numerals import AMBIGUOUS, certain, is_plain, readings, tidy, two_readings

Dimension = Literal["duration", "rate", "size", "share", "count", "money", "per_year"]

_SPLIT = re.compile(r"([+-]?[\d.,_]+(?: \d{3}(?!\d)[\d.,]*)*(?:[eE][+-]?\d+)?)\s*(.*)", re.ASCII | re.DOTALL)
_MOST_DIGITS = 15
_LONGEST_TEXT = 60
_PRECISION = 60
_NOT_NUMBERS = ("nan", "inf", "infinity", "+inf", "-inf", "+nan", "-nan")


class Limits(NamedTuple):
    """Smallest and largest believable value of a dimension, in base units."""

    low: float
    high: float


def _same(factor: str, *names: str) -> dict[str, Decimal]:
    return dict.fromkeys(names, Decimal(factor))


_SECOND, _HOUR, _DAY = 1000, 3_600_000, 86_400_000

UNITS: Mapping[Dimension, Mapping[str, Decimal]] = {
    "duration": _same("1", "ms")
    | _same(str(_SECOND), "s", "giây", "second", "seconds")
    | _same(str(60 * _SECOND), "min", "phút", "minute", "minutes")
    | _same(str(_HOUR), "h", "giờ", "hour", "hours")
    | _same(str(_DAY), "days", "day", "ngày")
    | _same(str(7 * _DAY), "weeks", "week", "tuần")
    | _same(str(30 * _DAY), "months", "month", "tháng")
    | _same(str(365 * _DAY), "years", "year", "năm"),
    "rate": {"bit/s": Decimal(1), "kbit/s": Decimal(10**3), "Mbit/s": Decimal(10**6), "Gbit/s": Decimal(10**9)},
    "size": {"B": Decimal(1), "kB": Decimal(10**3), "MB": Decimal(10**6), "GB": Decimal(10**9)},
    "share": _same("0.01", "%", "points", "point", "điểm", "điểm %"),
    "count": {"": Decimal(1)},
    "money": _same("0.000001", "VND", "đồng")
    | _same("1", "million VND", "triệu VND", "triệu đồng")
    | _same("1000", "billion VND", "tỷ VND", "tỷ đồng", "tỉ VND", "tỉ đồng"),
    "per_year": _same("1", "/year", "/năm"),
}
"""Every unit accepted, with the number of base units in one."""

BASE_UNIT: Mapping[Dimension, str] = {
    "duration": "ms",
    "rate": "bit/s",
    "size": "byte",
    "share": "1",
    "count": "1",
    "money": "million VND",
    "per_year": "/year",
}

EXAMPLES: Mapping[Dimension, Words] = {
    "duration": Words('"5 phút", "3 ngày"', '"5 min", "3 days"'),
    "rate": Words('"10 Mbit/s"', '"10 Mbit/s"'),
    "size": Words('"2,5 MB"', '"2.5 MB"'),
    "share": Words('"90 %", "8 điểm"', '"90 %", "8 points"'),
    "count": Words("3", "3"),
    "money": Words('"350 triệu đồng", "1,2 tỷ đồng"', '"350 million VND", "1.2 billion VND"'),
    "per_year": Words('"20000 /năm"', '"20000 /year"'),
}

LIMITS: Mapping[Dimension, Limits] = {
    "duration": Limits(0, 100 * 365 * _DAY),
    "rate": Limits(0, 1e12),
    "size": Limits(0, 1e12),
    "share": Limits(0, 1),
    "count": Limits(0, 1e9),
    "money": Limits(0, 1e9),
    "per_year": Limits(0, 1e9),
}

_RENDERED: Mapping[Dimension, tuple[str, ...]] = {
    "duration": ("days", "h", "min", "s", "ms"),
    "rate": ("Gbit/s", "Mbit/s", "kbit/s", "bit/s"),
    "size": ("GB", "MB", "kB", "B"),
    "share": ("%",),
    "count": ("",),
    "money": ("billion VND", "million VND", "VND"),
    "per_year": ("/year",),
}

_WORKING_TIME = ("workday", "workdays", "working days", "working day", "working hours", "ngày làm việc", "giờ làm việc")


class UnitError(ValueError):
    """A text is not a quantity of the dimension asked for; says why and shows a right one."""

    def __init__(self, code: str, reason: Words, repair: Words = NOTHING) -> None:
        self.code = code
        self.reason = reason
        self.repair = repair
        super().__init__(reason.en)


def parse(written: object, dimension: Dimension) -> float:
    """Returns a written quantity in base units.

    Raises:
        UnitError: no unit, another dimension's unit, not a plain number, or a value nobody can mean.
    """
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        raise _not_a_quantity(written, dimension)
    if isinstance(written, float) and not math.isfinite(written):
        raise _not_a_quantity(str(written), dimension)
    if isinstance(written, str):
        value = _parse_text(written, dimension)
    elif dimension == "count":
        value = float(written) if abs(written) < 10**30 else math.inf
    else:
        raise UnitError(
            "E-UNIT-001",
            Words(f"{shown(written)} thiếu đơn vị", f"{shown(written)} has no unit: a bare number"),
            _example(dimension),
        )
    _check_limits(value, written, dimension)
    return value + 0.0  # turns -0.0 into 0.0


def render(value: float, dimension: Dimension) -> str:
    """Returns base units as text that `parse` reads back to the same number."""
    with localcontext() as context:
        context.prec = _PRECISION
        exact = Decimal(repr(value))
        units, offered = UNITS[dimension], _RENDERED[dimension]
        chosen = next((unit for unit in offered if _is_round(exact / units[unit])), offered[-1])
        number = f"{exact / units[chosen]:f}"
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return f"{certain(number)} {chosen}".rstrip()


_VIETNAMESE = {
    "days": "ngày",
    "h": "giờ",
    "min": "phút",
    "s": "giây",
    "ms": "mili giây",
    "billion VND": "tỷ đồng",
    "million VND": "triệu đồng",
    "VND": "đồng",
    "/year": "/năm",
}


def in_words(value: float, dimension: Dimension, lang: Lang) -> str:
    """Returns base units as a reader of the language writes them: `1.5 min`, or `1,5 phút`."""
    text = render(value, dimension)
    if lang == "en":
        return text
    number, _, unit = text.partition(" ")
    return f"{number.replace('.', ',')} {_VIETNAMESE.get(unit, unit)}".rstrip()


def words_of(value: float, dimension: Dimension) -> Words:
    """Base units as readers of either language write them."""
    return Words(in_words(value, dimension, "vi"), in_words(value, dimension, "en"))


def _is_round(number: Decimal) -> bool:
    return number >= 1 and number == number.quantize(Decimal("0.01"))


def _parse_text(written: str, dimension: Dimension) -> float:
    text = " ".join(tidy(written).split())
    pieces = _SPLIT.fullmatch(text)
    if len(text) > _LONGEST_TEXT or pieces is None:
        raise _not_a_quantity(written, dimension)
    number = pieces[1]
    found = {Decimal(number)} if is_plain(number) else {reading.value for reading in readings(number).values()}
    if not found or "e" in number.lower() or abs(min(found)) >= 10**_MOST_DIGITS:
        raise _not_a_quantity(written, dimension)
    factor = _factor(pieces[2], written, dimension)
    with localcontext() as context:
        context.prec = _PRECISION
        values = {value * factor for value in found}
    if len(values) > 1:  # 1.375 % is no 1375 %
        low, high = LIMITS[dimension]
        values = {value for value in values if low <= value <= high}
    if len(values) != 1:
        raise UnitError(AMBIGUOUS, *two_readings(number))
    return float(values.pop())


def _factor(unit: str, written: str, dimension: Dimension) -> Decimal:
    known = UNITS[dimension]
    if unit in known:
        return known[unit]
    if not unit:
        raise UnitError(
            "E-UNIT-001",
            Words(f"“{shown(written)}” thiếu đơn vị", f'"{shown(written)}" has no unit: a bare number'),
            _example(dimension),
        )
    if unit in _WORKING_TIME:
        raise UnitError(
            "E-UNIT-003",
            Words(
                "không nhận thời gian làm việc ở đây: số này đếm theo giờ đồng hồ",
                "working time is not accepted here: this key counts wall-clock time",
            ),
            _example(dimension),
        )
    for other, units in UNITS.items():
        if unit in units:
            raise UnitError(
                "E-UNIT-003",
                Words(f"đơn vị “{unit}” không hợp: {_NAMES[other].vi}", f'wrong unit "{unit}": {_NAMES[other].en}'),
                _example(dimension),
            )
    near = difflib.get_close_matches(unit, [name for name in known if name], n=1, cutoff=0.5)
    hint = Words(f"có phải “{near[0]}”?", f'did you mean "{near[0]}"?') if near else _example(dimension)
    raise UnitError("E-UNIT-002", Words(f"không biết đơn vị “{shown(unit)}”", f'unknown unit "{shown(unit)}"'), hint)


_NAMES: Mapping[Dimension, Words] = {
    "duration": Words("là thời gian", "it measures time"),
    "rate": Words("là tốc độ đường truyền", "it measures a line rate"),
    "size": Words("là dung lượng", "it measures a file size"),
    "share": Words("là tỷ lệ", "it measures a share"),
    "count": Words("là số đếm", "it is a count"),
    "money": Words("là tiền", "it is money"),
    "per_year": Words("là số mỗi năm", "it is a number a year"),
}


def _check_limits(value: float, written: object, dimension: Dimension) -> None:
    limits = LIMITS[dimension]
    if limits.low <= value <= limits.high:
        return
    vietnamese, english = (f"0 … {in_words(limits.high, dimension, lang)}" for lang in ("vi", "en"))
    raise UnitError(
        "E-UNIT-006",
        Words(f"{shown(written)} ngoài khoảng {vietnamese}", f"{shown(written)} is outside {english}"),
        _example(dimension),
    )


def _not_a_quantity(written: object, dimension: Dimension) -> UnitError:
    if isinstance(written, str) and written.strip().casefold() in _NOT_NUMBERS:
        reason = Words(f"{shown(written)} không phải số hữu hạn", f"{shown(written)} is not a finite number")
    else:
        unit = NOTHING if dimension == "count" else Words(" có đơn vị", " with a unit")
        reason = Words(f"{shown(written)} không phải một số{unit.vi}", f"{shown(written)} is not a number{unit.en}")
    return UnitError("E-UNIT-004", reason, _example(dimension))


def _example(dimension: Dimension) -> Words:
    example = EXAMPLES[dimension]
    return Words(f"ví dụ {example.vi}", f"for example {example.en}")
