"""One replication as the tables of a run see it: what was measured of it, named and typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sim.measure.agency_quarters import AgencyQuarters
from sim.results.replication_tables import (
    MONTHS,
    AccountRow,
    AgencyStateRow,
    CauseAmountRow,
    DistrictValueRow,
    MilestoneStateRow,
    OutcomeRow,
    StartValueRow,
    YearValueRow,
)

if TYPE_CHECKING:
    import pandas as pd

PLAN = "plan"
"""The reading of a target that is the plan's own."""


@dataclass(frozen=True, eq=False)
class Measured:
    """One replication as tables see it.

    Attributes:
        series: the columns of `MONTHS`, month by month.
        targets: each target under each reading.
        years: the same at the end of each year.
        districts: the plan's reading of each, over the agencies of each district alone.
        quarters: agencies by quarter.
        causes: by year.
        spending: each account of the plan.
        agencies: as they ended.
        parameters: what was drawn, by key.
        facts: fan-out, tallies and other single facts.
        baselines: what would have been reported of the start.
        milestones: planned money by what had become of it at the due date.
    """

    replication: int
    seed: int
    series: pd.DataFrame
    targets: tuple[OutcomeRow, ...]
    years: tuple[YearValueRow, ...]
    districts: tuple[DistrictValueRow, ...]
    quarters: AgencyQuarters
    causes: tuple[CauseAmountRow, ...]
    spending: tuple[AccountRow, ...]
    agencies: tuple[AgencyStateRow, ...]
    parameters: Mapping[str, float]
    facts: Mapping[str, Any]
    baselines: tuple[StartValueRow, ...]
    milestones: tuple[MilestoneStateRow, ...]

    def outcome(self, target_id: str, reading: str = PLAN) -> OutcomeRow | None:
        """A target under one reading; None when the scenario has no such target."""
        return next((row for row in self.targets if (row.target_id, row.reading) == (target_id, reading)), None)


def all_months(measured: Sequence[Measured]) -> pd.DataFrame:
    """The months of several replications below each other: `replication`, then the columns of `MONTHS`."""
    import pandas as pd

    parts = [one.series.assign(replication=one.replication) for one in measured]
    months = pd.concat(parts, ignore_index=True) if parts else MONTHS.frame(()).assign(replication=0)
    return months[["replication", *(column.name for column in MONTHS.columns)]]
