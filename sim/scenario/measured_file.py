"""The file of what a province has measured of its plan: one line a figure, with its day and its error.

One set of columns for `update`, which a province fills in, and for `scenarios/observations/`, which was published.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sim.engine.normal import NORMAL_975
from sim.results.words import Words
from sim.scenario.cells import Cells
from sim.scenario.errors import Faults, ScenarioErrors
from sim.scenario.observations import CONFIDENCES
from sim.scenario.places import SCENARIOS
from sim.scenario.table_file import read_rows

OBSERVATIONS = SCENARIOS / "observations"
CALIBRATION = "calibration.draws"
"""What rests on a figure that is kept for `calibrate`: it tests nothing, and counts once."""
VERSIONS = ("reported", "true")
_MOST_ROWS = 500
_MOST = 1e12
SHARE = "share"
"""Unit of what is a part of a whole."""


@dataclass(frozen=True)
class MeasuredFigure:
    """One figure of the plan's course, as it was measured or reported.

    Attributes:
        date: the day it is of.
        measure: what was measured, by the name that `monthly_series.csv` gives it.
        scope: over whom.
        version: `reported` as agencies report, `true` as somebody has checked it.
        value: the figure, in the measure's unit; a share as a fraction.
        plus_minus: what it may be off by, either way, at 95 %; in the same unit.
        source: where it was read.
        unit: of the value, as the run has it; a file may say so too.
        definition_vi, definition_en: what was counted, and among what.
        optimism_low, optimism_high: what the reporting agencies' own optimism may have added, beyond what the run's
            `reported` has of it already.
        confidence: how well the figure and its definition are known.
        feeds: the parameter, or the baseline, that rests on this figure, which is then no test of the model.
    """

    date: date
    measure: str
    scope: str
    version: str
    value: float
    plus_minus: float
    source: str
    unit: str = field(default="", metadata={"optional": True})
    definition_vi: str = field(default="", metadata={"optional": True})
    definition_en: str = field(default="", metadata={"optional": True})
    optimism_low: float = field(default=0.0, metadata={"optional": True})
    optimism_high: float = field(default=0.0, metadata={"optional": True})
    confidence: str = field(default="", metadata={"optional": True})
    feeds: str = field(default="", metadata={"optional": True})
    place: str = field(default="", compare=False)

    @property
    def optimism(self) -> float:
        """What a self-report is expected to add: the middle of its range."""
        return (self.optimism_low + self.optimism_high) / 2.0

    @property
    def error(self) -> float:
        """What the figure may be off by at 95 %, its optimism's range (taken as uniform) being a part of that."""
        spread = (self.optimism_high - self.optimism_low) ** 2 / 12.0
        return NORMAL_975 * math.sqrt((self.plus_minus / NORMAL_975) ** 2 + spread) if spread else self.plus_minus

    def error_with(self, model_error: float) -> float:
        """The same, with what the model itself may be off by in a share, either way, at 95 %."""
        return math.hypot(self.error, model_error) if self.unit == SHARE else self.error


Simulated = Mapping[tuple[str, str, str], str]
"""The unit of everything simulated, by measure, scope and version."""


def observed_file(scenario: str) -> Path | None:
    """The published figures of a province of its own, by the scenario's name; None where none are known."""
    path = OBSERVATIONS / f"{scenario}.csv"
    return path if path.is_file() else None


def measured_figures(
    path: Path, simulated: Simulated, days: tuple[date, date], recognised: list[Words], *, published: bool = False
) -> tuple[MeasuredFigure, ...]:
    """Read the file; a line whose `value` is blank has not been measured yet and is left out.

    Args:
        path: a CSV file or workbook with the columns of `MeasuredFigure`.
        simulated: what the run can say.
        days: the first and the last simulated day.
        recognised: how the file was read goes here, where that is worth a line.
        published: the file is the scenario's, whatever the run covers: figures of a later day, or of what the run
            does not simulate, are left out.

    Raises:
        ScenarioErrors: the file cannot be read, or something in it is wrong; all of it at once.
    """
    faults = Faults()
    found: dict[tuple[object, ...], MeasuredFigure] = {}
    for cells in read_rows(path, str(path), MeasuredFigure, _MOST_ROWS, faults, recognised):
        if cells.is_blank("value") or (published and _is_elsewhere(cells, simulated, days[1])):
            continue
        figure = _figure(cells, simulated, days)
        if published and "date" not in cells.unread and figure.date <= days[0]:
            cells.fault("date", _STARTING, _TO_BASELINES, cause="start")
        key = (figure.date, figure.measure, figure.scope, figure.version)
        if cells.unread:
            continue
        if key in found:
            where = found[key].place
            cells.fault("value", Words(f"đã có ở {where}", f"stands in {where} already"), _ONE)
        found.setdefault(key, figure)
    if len(faults):
        raise ScenarioErrors(faults.errors())
    return tuple(found.values())


_STARTING = Words(
    "là số của ngày đầu, trạng thái mà mô phỏng xuất phát: không kiểm chứng được gì",
    "is a starting value, which the run departs from and which tests nothing",
)
_TO_BASELINES = Words("đưa vào [[baselines]] của kịch bản", "keep it among the scenario's [[baselines]]")
_ONE = Words("giữ một dòng", "keep one of the two")


def _figure(cells: Cells, simulated: Simulated, days: tuple[date, date]) -> MeasuredFigure:
    day = cells.day("date")
    first, last = days
    if "date" not in cells.unread and not first <= day <= last:
        said = f"{first:%d/%m/%Y}-{last:%d/%m/%Y}", f"{first.isoformat()} to {last.isoformat()}"
        cells.fault("date", Words(f"mô phỏng chỉ có {said[0]}", f"the run has {said[1]} only"), cause="day")
    measure = cells.choice("measure", _of(simulated, 0))
    scope = cells.member("scope", cells.cells["scope"].strip() or "all", _of(simulated, 1, measure))
    known = _of(simulated, 2, measure, scope)
    version = cells.cells["version"].strip() or next((one for one in VERSIONS if one in known), known[0])
    version = cells.member("version", version, known)
    unit = simulated.get((measure, scope, version), "")
    most = 1.0 if unit == "share" else _MOST
    value = cells.number("value", most)
    plus_minus = cells.number("plus_minus", most)
    if "plus_minus" not in cells.unread and plus_minus <= 0:
        reason = Words("sai số phải lớn hơn 0", "an error must be above 0")
        cells.fault("plus_minus", reason, Words("số đếm trọn cũng lệch ít nhiều", "even a full count is a little off"))
    if cells.cells.get("unit", "").strip() not in ("", unit):
        cells.fault("unit", Words(f"mô phỏng tính bằng {unit}", f"the run has it in {unit}"))
    low, high = (
        cells.number(column, most, empty=0.0) if column in cells.cells else 0.0
        for column in ("optimism_low", "optimism_high")
    )
    if low > high:
        cells.fault("optimism_low", Words("lớn hơn optimism_high", "above optimism_high"))
    return MeasuredFigure(
        date=day,
        measure=measure,
        scope=scope,
        version=version,
        value=value,
        plus_minus=plus_minus,
        source=cells.text("source", may_be_empty=True),
        unit=unit,
        definition_vi=_text(cells, "definition_vi"),
        definition_en=_text(cells, "definition_en"),
        optimism_low=low,
        optimism_high=high,
        confidence=cells.choice("confidence", CONFIDENCES) if _text(cells, "confidence") else "",
        feeds=_text(cells, "feeds"),
        place=cells.place,
    )


def _text(cells: Cells, column: str) -> str:
    return cells.text(column, may_be_empty=True) if column in cells.cells else ""


def _is_elsewhere(cells: Cells, simulated: Simulated, last: date) -> bool:
    """Whether a published figure is of a later day than the run's last, or of something that it does not have."""
    if cells.day("date") > last:
        return True
    scope = cells.cells["scope"].strip() or "all"
    return not _of(simulated, 2, cells.cells["measure"].strip(), scope)[0]


def _of(simulated: Simulated, part: int, *before: str) -> Sequence[str]:
    """What may stand in one part of a key, where the parts before it are given."""
    return list(dict.fromkeys(key[part] for key in simulated if key[:part] == before)) or [""]
