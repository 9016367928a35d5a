"""What the program is asked to predict before anybody compares: `scenarios/predictions/asked.csv`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sim.scenario.cells import Cells
from sim.scenario.errors import Faults, ScenarioErrors
from sim.scenario.places import SCENARIOS
from sim.scenario.table_file import read_rows

PREDICTIONS_ASKED = SCENARIOS / "predictions" / "asked.csv"
DAY, YEAR = "day", "year"
DELIVERED = ("deliveries_count", "deliveries_accepted_count")
"""Deliveries of documents between agencies of the province in a year, and those accepted electronically."""
_MOST_ROWS = 1000


@dataclass(frozen=True)
class AskedValue:
    """One value to be predicted.

    Attributes:
        scenario: of which.
        date: the day it is of.
        window: `day` or `year`, the calendar year up to the day.
        measure: a measure of `series.csv`, or one of `DELIVERED`.
        scope: over whom.
        definition_vi, definition_en: what is counted, and among what.
    """

    scenario: str
    date: date
    window: str
    measure: str
    scope: str
    definition_vi: str
    definition_en: str


def asked_values(scenario: str) -> tuple[AskedValue, ...]:
    """What is asked of one scenario, in the order of the file.

    Raises:
        ScenarioErrors: the file cannot be read, or something in it is wrong; all of it at once.
    """
    faults, path = Faults(), PREDICTIONS_ASKED
    found = [_asked(cells) for cells in read_rows(path, path.name, AskedValue, _MOST_ROWS, faults, [])]
    if len(faults):
        raise ScenarioErrors(faults.errors())
    return tuple(one for one in found if one.scenario == scenario)


def _asked(cells: Cells) -> AskedValue:
    return AskedValue(
        scenario=cells.identity("scenario"),
        date=cells.day("date"),
        window=cells.choice("window", (DAY, YEAR)),
        measure=cells.text("measure"),
        scope=cells.text("scope"),
        definition_vi=cells.text("definition_vi"),
        definition_en=cells.text("definition_en"),
    )
