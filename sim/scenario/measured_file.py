"""The file of what a province has measured of its plan so far: one line a figure, with its day and its error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sim.results.words import Words
from sim.scenario.cells import Cells
from sim.scenario.errors import Faults, ScenarioErrors
from sim.scenario.table_file import read_rows

VERSIONS = ("reported", "true")
_MOST_ROWS = 500
_MOST = 1e12


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
    """

    date: date
    measure: str
    scope: str
    version: str
    value: float
    plus_minus: float
    source: str
    unit: str = field(default="", metadata={"column": False})
    """Unit of the value, as the run has it."""
    place: str = field(default="", compare=False)


Simulated = Mapping[tuple[str, str, str], str]
"""The unit of everything simulated, by measure, scope and version."""


def measured_figures(
    path: Path, simulated: Simulated, days: tuple[date, date], recognised: list[Words]
) -> tuple[MeasuredFigure, ...]:
    """Read the file; a line whose `value` is blank has not been measured yet and is left out.

    Args:
        path: a CSV file or workbook with the columns of `MeasuredFigure`.
        simulated: what the run can say.
        days: the first and the last simulated day.
        recognised: how the file was read goes here, where that is worth a line.

    Raises:
        ScenarioErrors: the file cannot be read, or something in it is wrong; all of it at once.
    """
    faults = Faults()
    found: dict[tuple[object, ...], MeasuredFigure] = {}
    for cells in read_rows(path, str(path), MeasuredFigure, _MOST_ROWS, faults, recognised):
        if cells.is_blank("value"):
            continue
        figure = _figure(cells, simulated, days)
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
    source = cells.text("source", may_be_empty=True)
    return MeasuredFigure(day, measure, scope, version, value, plus_minus, source, unit, cells.place)


def _of(simulated: Simulated, part: int, *before: str) -> Sequence[str]:
    """What may stand in one part of a key, where the parts before it are given."""
    return list(dict.fromkeys(key[part] for key in simulated if key[:part] == before)) or [""]
