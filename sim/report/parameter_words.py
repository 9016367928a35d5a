"""What each parameter is called and how its values read in an office's units.

The name is as the run's own table says; the key stays beside it, since files use the key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sim.report.formatting import unit_text
from sim.results.run_tables import ParameterRow
from sim.results.words import NOTHING, Lang, Words


def titles_of(parameters: Iterable[ParameterRow]) -> dict[str, Words]:
    """The titles of all parameters that have one, by key."""
    return {row.key: Words(row.title_vi, row.title_en) for row in parameters if row.title_vi or row.title_en}


def parameter_title(key: str, parameters: Iterable[ParameterRow], language: Lang) -> str:
    """The title; the key where it has none."""
    return titles_of(parameters).get(key, NOTHING).text(language) or key


def parameter_name(key: str, parameters: Iterable[ParameterRow], language: Lang) -> str:
    """The title with the key in brackets; the key alone when it has none."""
    title = titles_of(parameters).get(key, NOTHING).text(language)
    return f"{title} [{key}]" if title else key


_SCALES: dict[str, tuple[tuple[float, Words], ...]] = {
    "ms": (
        (86_400_000.0, Words("ngày đêm", "days of 24 hours")),
        (3_600_000.0, Words("giờ", "hours")),
        (60_000.0, Words("phút", "minutes")),
        (1_000.0, Words("giây", "seconds")),
    ),
    "byte": ((1e6, Words("MB", "MB")), (1e3, Words("kB", "kB"))),
    "bit/s": ((1e6, Words("Mbit/s", "Mbit/s")), (1e3, Words("kbit/s", "kbit/s"))),
}
_PLAIN = {"1": Words("", ""), "/year": Words("mỗi năm", "per year"), "million VND": Words("triệu đồng", "million VND")}
_TYPED = re.compile(r"([+-]?\d[\d.,]*)\s*(\D.*)?")
_TYPED_UNITS = (
    (("ms",), Words("mili giây", "ms")),
    (("s", "giây", "second", "seconds"), Words("giây", "s")),
    (("min", "phút", "minute", "minutes"), Words("phút", "min")),
    (("h", "giờ", "hour", "hours"), Words("giờ", "h")),
    (("day", "days", "ngày"), Words("ngày", "days")),
    (("week", "weeks", "tuần"), Words("tuần", "weeks")),
    (("month", "months", "tháng"), Words("tháng", "months")),
    (("year", "years", "năm"), Words("năm", "years")),
    (("VND", "đồng"), Words("đồng", "VND")),
    (("million VND", "triệu VND", "triệu đồng"), Words("triệu đồng", "million VND")),
    (("billion VND", "tỷ VND", "tỷ đồng", "tỉ VND", "tỉ đồng"), Words("tỷ đồng", "billion VND")),
    (("/year", "/năm"), Words("mỗi năm", "a year")),
)
"""Units as people type them, and as the page says them."""


@dataclass(frozen=True, slots=True)
class ReadableParameter:
    """A parameter's numbers in one unit."""

    low: float | None
    value: float
    high: float | None
    unit: str


def readable_parameter(row: ParameterRow, language: Lang) -> ReadableParameter:
    """The three numbers of a parameter, as `readable` gives them."""
    return readable(row.low, row.value, row.high, row.unit, language)


def readable(low: float | None, value: float, high: float | None, unit: str, language: Lang) -> ReadableParameter:
    """Three numbers in the largest unit of which the value has at least two, else in the smallest."""
    scales = _SCALES.get(unit)
    if scales is None:
        words = _PLAIN.get(unit)
        shown = unit_text(unit, language) if words is None else words.text(language)
        return ReadableParameter(low, value, high, shown)
    factor, words = next((scale for scale in scales if abs(value) >= 2 * scale[0]), scales[-1])
    scaled = (None if end is None else _scaled(end, factor) for end in (low, high))
    return ReadableParameter(next(scaled), _scaled(value, factor), next(scaled), words.text(language))


def _scaled(amount: float, factor: float) -> float:
    return float(f"{amount / factor:.6g}")


def typed_quantity_text(typed: str, language: Lang) -> str:
    """A value as somebody typed it, with its unit in the reader's language: `9 min` is `9 phút`; else as typed."""
    found = _TYPED.fullmatch(typed)
    unit = found[2].strip() if found and found[2] else ""
    words = next((words for names, words in _TYPED_UNITS if unit in names), None)
    return typed if found is None or words is None else f"{found[1]} {words.text(language)}"
