"""What other provinces published of their one-stop dossiers, to be set beside a simulation and never tuned to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.results.words import Words
from sim.scenario.cells import Cells
from sim.scenario.errors import Faults, ScenarioErrors, shown
from sim.scenario.places import SCENARIOS
from sim.scenario.table_file import read_rows

OTHER_PROVINCES = SCENARIOS / "observations" / "one_stop_other_provinces.csv"
OBSERVED = (
    "dossiers_per_head",
    "intake_share",
    "department_of_both_share",
    "recorded_on_time_share",
    "real_late_share",
    "recorded_late_share",
    "returned_share",
    "online_share",
    "offered_online_share",
    "filed_by_post_share",
)
"""What can be read from a year's counts of dossiers."""
CONFIDENCES = ("high", "medium", "low")
_MOST_ROWS = 500
_MOST_A_HEAD = 10.0


@dataclass(frozen=True)
class Observation:
    """One published figure of one place and period."""

    observation_id: str
    place_name: str
    period: str
    """First and last month, as `2019-01/2019-03`."""
    measure: str
    scope: str
    value: float
    low: float | None
    """Lower end where a range was published."""
    high: float | None
    unit: str
    derived_parameter: str
    """Key of the parameter that rests on this figure, which then checks nothing; empty: it checks the model."""
    confidence: str
    note_vi: str
    note_en: str
    source: str


def observations(path: Path = OTHER_PROVINCES) -> tuple[Observation, ...]:
    """Read the table of published figures.

    Raises:
        ScenarioErrors: the file cannot be read, or something in it is wrong; all of it at once.
    """
    faults = Faults()
    found = [_observation(cells) for cells in read_rows(path, path.name, Observation, _MOST_ROWS, faults, [])]
    if len(faults):
        raise ScenarioErrors(faults.errors())
    return tuple(found)


def _observation(cells: Cells) -> Observation:
    low = _end(cells, "low")
    high = _end(cells, "high")
    value = cells.number("value", _MOST_A_HEAD)
    if not (value if low is None else low) <= value <= (value if high is None else high):
        said = shown(cells.cells["value"])
        cells.fault("value", Words(f"{said} nằm ngoài khoảng của nó", f"{said} is outside its own range"))
    return Observation(
        observation_id=cells.identity("observation_id"),
        place_name=cells.text("place_name"),
        period=cells.text("period"),
        measure=cells.choice("measure", OBSERVED),
        scope=cells.text("scope"),
        value=value,
        low=low,
        high=high,
        unit=cells.text("unit"),
        derived_parameter=cells.text("derived_parameter", may_be_empty=True),
        confidence=cells.choice("confidence", CONFIDENCES),
        note_vi=cells.text("note_vi"),
        note_en=cells.text("note_en"),
        source=cells.text("source"),
    )


def _end(cells: Cells, column: str) -> float | None:
    return cells.number(column, _MOST_A_HEAD) if cells.cells[column].strip() else None
