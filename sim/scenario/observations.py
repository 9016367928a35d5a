"""What other places published, to be set beside a simulation and never tuned to: dossiers, and shapes of the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
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
SHAPES = SCENARIOS / "observations" / "shapes_other_places.csv"
PARALLEL, SLOPE, LAG, MONEY_USED = "parallel_share", "logit_slope", "tier_lag_years", "money_used_share"
OF_WHOLE_RUN = (SLOPE, LAG, MONEY_USED)
"""Shapes that are of a whole plan, whatever its years."""
SHAPED = (
    "exchange_electronic_share",
    "exchange_electronic_only_share",
    "internal_electronic_share",
    "email_user_share",
    "eoffice_installed_share",
    PARALLEL,
    *OF_WHOLE_RUN,
)
"""What can be read from the months of a run: parallel is electronic less electronic only, the slope is of electronic
deliveries a year, the lag from half of the departments to half of a tier with e-office, money used is spent of what was
planned."""
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

    @property
    def last_day(self) -> date:
        """The last day of its period."""
        year, month = map(int, self.period.rpartition("/")[2].split("-"))
        return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def observations(path: Path = OTHER_PROVINCES, measured: Sequence[str] = OBSERVED) -> tuple[Observation, ...]:
    """Read a table of published figures.

    Args:
        path: the file.
        measured: what its figures may be of.

    Raises:
        ScenarioErrors: the file cannot be read, or something in it is wrong; all of it at once.
    """
    faults = Faults()
    found = [_observation(cells, measured) for cells in read_rows(path, path.name, Observation, _MOST_ROWS, faults, [])]
    if len(faults):
        raise ScenarioErrors(faults.errors())
    return tuple(found)


def _observation(cells: Cells, measured: Sequence[str]) -> Observation:
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
        measure=cells.choice("measure", measured),
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
