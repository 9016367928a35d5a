"""What one replication leaves behind: counts, states, accounts. Everything that is measured is read from it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.engine.records import Records
from sim.model.standing import Standing
from sim.policy.ledger import ENTRIES, Account

Counts = NDArray[np.int64]
Amounts = NDArray[np.float64]

_STOCK = (
    "level",
    "users",
    "staff",
    "trained",
    "eoffice_trained",
    "linked",
    "route",
    "lan",
    "security",
    "mail_users",
    "organisation",
    "personal",
    "paperless",
    "inspected",
    "supports",
    "cio",
    "onestop",
    "online_services",
    "expiring",
    "expired",
    "computers",
    "website",
    "video",
    "private_line",
    "it_person",
    "sector_database",
    "key_databases",
)
STOCK = np.dtype([*((name, np.int64) for name in _STOCK), ("experience", np.float64)])
"""State of one agency on the last day of a month. `experience`: the share of what it tried electronically that went
well in the month before the last."""


MONEY = (*ENTRIES[ENTRIES.index("arrived") :], "idle")
"""Money of an account so far, in million VND. `returned` is what stopped orders gave back, `idle` what lies with a
project team that has nothing more to buy with it: everybody is served, or it is less than one more unit costs. What is
laid aside for a first unit, or for the only one, is not idle."""


@dataclass(frozen=True, repr=False)
class RunRecord:
    """One replication of one scenario. Axes as in `sim.exchange.state.World`; months include the warm-up."""

    seed: int
    replication: int
    months: tuple[date, ...]
    """First days of the simulated months."""
    last_day: date
    first_month: int
    agency_ids: tuple[str, ...]
    tiers: Counts
    station_kinds: Counts
    station_agencies: Counts
    staffed_ms: Counts
    """[month, station] working time of the station's places."""
    stocks: Records
    """[0: state at the start, then month ends; agency]"""
    service_ids: tuple[str, ...]
    """Procedures that could be offered online."""
    service_tiers: Counts
    """Tier of each one's intake."""
    service_procedures: Counts
    """Procedures of the province's catalogue that each one stands for."""
    service_levels: Counts
    """[as stocks; service] online level"""
    flows: Counts
    causes: Counts
    refusals: Counts
    agency_flows: Counts
    delays: Counts
    pending: Counts
    waits_ms: Counts
    dossier_flows: Counts
    lateness: Counts
    counter_waits: Counts
    dossiers_due: Counts
    """[month in which they were due, tier of intake, (in time, late, overdue at the end)]"""
    overdue: Counts
    """[state as in `stocks`, tier of intake] dossiers past their day with no result yet."""
    token_waits: tuple[tuple[int, float], ...]
    """(month in which a token was handed over, days since it was asked for)"""
    audited: int
    """Verified deliveries that were signed and verified for real, all with the verdict that was modelled."""
    citizens: Counts
    """[state as in `stocks`, (people, willing to file online)]"""
    worked_ms: Counts
    accounts: tuple[Account, ...]
    money: Amounts
    """[state as in `stocks`, account, entry of `MONEY`]"""
    parameters: dict[str, float]
    tally: dict[str, int]
    fanout: tuple[float, ...]
    unmet: float
    redraws: int
    """How often the volumes were drawn again, because a draw could not hold together."""
    reactions: Mapping[int, Records]
    """By calendar year, for each agency what it did about overload: `people`, `helper_days`, `overtime_ms`."""
    datacentre_down_ms: int
    datacentre_down: Counts
    """[state as in `stocks`] the same so far; an outage counts whole from its first day."""
    malware_incidents: int
    unserved: Mapping[str, Sequence[int]]
    """Agencies left without what the plan buys for others, by kind of thing."""
    standing: Mapping[int, Standing]
    """For each state of a due date, of a year's end and of the last day, what project teams have in hand."""
    visits: Records
    """Traced visits, empty unless asked for."""
    groups: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Agencies of each named group."""
    parameters_before: dict[str, float] | None = None
    """Those until the day on which options act; None where they act from the beginning."""

    def __repr__(self) -> str:
        """One line: a record's arrays would fill a screen a thousand times over."""
        months = len(self.months) - self.first_month
        agencies = len(self.agency_ids)
        return f"<RunRecord of replication {self.replication}, seed {self.seed}: {months} months, {agencies} agencies>"
