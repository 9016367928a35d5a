"""Where and when: each agency by quarter, how far it uses e-office, what it sends electronically, what stops the rest.

An agency's exchange is what it issues to agencies of the province, by month of issue. What was neither accepted
electronically nor sent on paper had no answer yet when the simulation ended: `unanswered`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.clock import month_end
from sim.exchange import counting as c
from sim.exchange.codes import OUTSIDE
from sim.exchange.state import AGENCY_CAUSES
from sim.model.record import Counts, RunRecord

Quarter = tuple[int, int]
"""Calendar year, and 1 to 4."""
DELIVERIES, ACCEPTED, FIRST_CAUSE = 0, 1, 2
"""What is counted: deliveries, those accepted electronically, and those not electronic by cause."""


@dataclass(frozen=True, eq=False)
class AgencyQuarters:
    """One replication's agencies by quarter; its size does not depend on what was sent.

    Attributes:
        agency_ids: agencies of the province.
        quarters: calendar quarters, the last perhaps not whole.
        levels: [agency, quarter] level of e-office use at the quarter's end.
        connected: for each agency, the day at which its e-office is first seen linked with the others'; None: never.
        counts: [`DELIVERIES`, `ACCEPTED`, causes; agency; quarter].
    """

    agency_ids: tuple[str, ...]
    quarters: tuple[Quarter, ...]
    levels: NDArray[np.int8]
    connected: tuple[date | None, ...]
    counts: Counts

    def plain(self) -> dict[str, Any]:
        """As JSON holds it."""
        return {
            "agency_ids": list(self.agency_ids),
            "quarters": [list(quarter) for quarter in self.quarters],
            "levels": self.levels.tolist(),
            "connected": [day and day.isoformat() for day in self.connected],
            "counts": self.counts.tolist(),
        }


def read_quarters(plain: Mapping[str, Any]) -> AgencyQuarters:
    """From what `AgencyQuarters.plain` gives.

    Raises:
        KeyError, TypeError, ValueError: it is not that.
    """
    return AgencyQuarters(
        agency_ids=tuple(plain["agency_ids"]),
        quarters=tuple((int(year), int(quarter)) for year, quarter in plain["quarters"]),
        levels=np.array(plain["levels"], np.int8),
        connected=tuple(None if day is None else date.fromisoformat(day) for day in plain["connected"]),
        counts=np.array(plain["counts"], np.int64),
    )


NO_QUARTERS = AgencyQuarters((), (), np.zeros((0, 0), np.int8), (), np.zeros((0, 0, 0), np.int64))
"""Of a replication whose months are not wanted."""


def agency_quarters(record: RunRecord) -> AgencyQuarters:
    """What a record says of its agencies, quarter by quarter from the first counted month."""
    inside = np.flatnonzero(record.tiers != OUTSIDE)
    counted = record.months[record.first_month :]
    of_month = [(first.year, (first.month + 2) // 3) for first in counted]
    quarters = tuple(dict.fromkeys(of_month))
    flows = record.agency_flows[record.first_month :, inside]
    wanted = [c.A_DELIVERIES_OUT, c.A_ACCEPTED_OUT, *range(c.A_CAUSES, c.A_CAUSES + len(AGENCY_CAUSES))]
    counts = np.zeros((len(wanted), len(inside), len(quarters)), np.int64)
    for month, quarter in enumerate(of_month):
        counts[:, :, quarters.index(quarter)] += flows[month][:, wanted].T
    last_rows = [max(row for row, one in enumerate(of_month, start=1) if one == quarter) for quarter in quarters]
    return AgencyQuarters(
        agency_ids=tuple(record.agency_ids[agency] for agency in inside),
        quarters=quarters,
        levels=record.stocks["level"][last_rows][:, inside].T.astype(np.int8),
        connected=_connected(record, inside),
        counts=counts,
    )


def _connected(record: RunRecord, agencies: Counts) -> tuple[date | None, ...]:
    """The day before the first, or the end of the month, on which an agency's e-office is first seen linked."""
    counted = record.months[record.first_month :]
    days = [date.fromordinal(counted[0].toordinal() - 1), *(min(month_end(m), record.last_day) for m in counted)]
    linked = record.stocks["linked"][:, agencies] == 1
    return tuple(days[int(np.argmax(of_one))] if of_one.any() else None for of_one in linked.T)


def stopped(counts: Counts) -> Counts:
    """What was not accepted electronically, by cause and then `unanswered`, from counts of `AgencyQuarters`."""
    by_cause = counts[FIRST_CAUSE:]
    unanswered = counts[DELIVERIES] - counts[ACCEPTED] - by_cause.sum(axis=0)
    return np.concatenate([by_cause, unanswered[None]])
