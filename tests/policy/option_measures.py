"""What an option, a regime or a future may move: figures of one run, of which more or less is expected with it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.exchange import counting as c
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, LEADER_BUSY, OFFICE_CLOSED, OUTSIDE
from sim.exchange.dossier_state import DOSSIER_FLOWS
from sim.measure.stocks import stock_value
from sim.model.record import MONEY, RunRecord

Measure = Callable[[RunRecord], float]


def inside(what: int) -> Measure:
    """A count of deliveries between agencies of the province."""
    return lambda record: float(record.flows[:, :OUTSIDE, :OUTSIDE, what].sum())


def share(part: int, whole: int = c.DELIVERIES) -> Measure:
    return lambda record: inside(part)(record) / inside(whole)(record)


def waiting(cause: int) -> Measure:
    """Hours waited for one cause."""
    return lambda record: float(record.waits_ms[:, cause].sum()) / 3.6e6


def failed(record: RunRecord) -> float:
    """Share of tasks on the web e-office whose page did not come."""
    flows = record.agency_flows.sum(axis=(0, 1))
    return float(flows[c.A_ONLINE_FAILED]) / float(flows[c.A_ONLINE_TRIES])


def users(record: RunRecord) -> float:
    """Person-months of work in e-office."""
    return float(record.stocks["users"][:, record.tiers < OUTSIDE].sum())


def months_of(field: str, least: int = 1) -> Measure:
    """Agency-months in which agencies stand at this value of a stock or above."""
    return lambda record: float((record.stocks[field][:, record.tiers < OUTSIDE] >= least).sum())


def held(field: str) -> Measure:
    """What agencies have of something, over all months."""
    return lambda record: float(record.stocks[field][:, record.tiers < OUTSIDE].sum())


def dossiers(what: str) -> Measure:
    return lambda record: float(record.dossier_flows[..., DOSSIER_FLOWS.index(what)].sum())


def counter_minutes(record: RunRecord) -> float:
    """Mean wait at district and department counters."""
    waits = record.counter_waits[:, [DEPARTMENT, DISTRICT]].sum(axis=(0, 1))
    return float((waits * np.arange(len(waits))).sum() / waits.sum())


def token_days(record: RunRecord) -> float:
    """Mean wait for a certificate."""
    return float(np.mean([days for _, days in record.token_waits]))


def spent(record: RunRecord) -> float:
    return float(sum(account.spent for account in record.accounts))


def willing(record: RunRecord) -> float:
    """Citizen-months willing to file online."""
    return float(record.citizens[:, 1].sum())


def offered(record: RunRecord) -> float:
    """Service-months at level 3 or above."""
    return float((record.service_levels >= 3).sum())


def written_where_eoffice_is(record: RunRecord) -> float:
    """Documents issued by communes that have e-office at the end."""
    served = (record.tiers == COMMUNE) & (record.stocks[-1]["level"] >= 1)
    return float(record.agency_flows[:, served, c.A_ISSUED].sum())


def for_the_signature(record: RunRecord) -> float:
    """Hours waited for leaders, away, busy or not yet in; other waits for an office to open are alike on both sides."""
    return waiting(LEADER_BUSY)(record) + waiting(OFFICE_CLOSED)(record)


def spent_early(record: RunRecord) -> float:
    """Spending so far, summed over the ends of months: the earlier, the more."""
    return float(record.money[:, :, MONEY.index("spent")].sum())


def trained(record: RunRecord) -> float:
    value = stock_value(record, "trained_share", "all", len(record.stocks) - 1)
    assert value is not None
    return value
