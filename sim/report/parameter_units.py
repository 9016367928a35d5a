"""Parameters in units that people use: minutes and days for the model's milliseconds, megabytes for bytes."""

from __future__ import annotations

from dataclasses import dataclass

from sim.report.formatting import unit_text
from sim.report.rows import ParameterRow
from sim.results.words import Lang, Words

_SCALES: dict[str, tuple[tuple[float, Words], ...]] = {
    "ms": (
        (86_400_000.0, Words("ngày (24 giờ)", "days (24 hours)")),
        (3_600_000.0, Words("giờ", "hours")),
        (60_000.0, Words("phút", "minutes")),
        (1_000.0, Words("giây", "seconds")),
    ),
    "byte": ((1e6, Words("MB", "MB")), (1e3, Words("kB", "kB"))),
    "bit/s": ((1e6, Words("Mbit/s", "Mbit/s")), (1e3, Words("kbit/s", "kbit/s"))),
}
_PLAIN = {
    "1": Words("", ""),
    "/year": Words("mỗi năm", "per year"),
    "million VND": Words("triệu đồng", "million VND"),
}


@dataclass(frozen=True, slots=True)
class ReadableParameter:
    """A parameter's numbers as text in one unit; text that is no number stays as it is."""

    low: str
    value: str
    high: str
    unit: str


def readable_parameter(row: ParameterRow, language: Lang) -> ReadableParameter:
    """The three numbers in the largest unit of which the value has at least two, else in the smallest."""
    scales = _SCALES.get(row.unit)
    amount = _number(row.value)
    if scales is None or amount is None:
        words = _PLAIN.get(row.unit)
        unit = unit_text(row.unit, language) if words is None else words.text(language)
        return ReadableParameter(row.low, row.value, row.high, unit)
    factor, words = next((scale for scale in scales if abs(amount) >= 2 * scale[0]), scales[-1])
    low, value, high = (_scaled(text, factor) for text in (row.low, row.value, row.high))
    return ReadableParameter(low, value, high, words.text(language))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _scaled(text: str, factor: float) -> str:
    amount = _number(text)
    return text if amount is None else f"{amount / factor:.6g}"
