"""Shares of one-stop dossiers: filed online, with a result in time, sent on electronically; waits at the counter.

A dossier counts at the tier that takes it in: for filing in the month it is filed; for time in the month in which
its result was due, and one that has none by then is late. Only the books speak of results alone, as reports do. The
province-wide figures hold what is filed on national portals too.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np

from sim.exchange import dossier_counting as f
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, LATENESS, TIERS
from sim.measure.ratio import FEWEST_ITEMS, Ratio
from sim.measure.scopes import tiers_of
from sim.model.record import Counts, RunRecord

ONLINE = "dossier_online_share"
ON_TIME, RECORDED = "dossier_on_time_share", "dossier_recorded_on_time_share"
_PARTS: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    ONLINE: ((f.F_ONLINE, f.F_ASSISTED), (f.F_FILED,)),
    "dossier_unassisted_online_share": ((f.F_ONLINE,), (f.F_FILED,)),
    "dossier_offered_online_share": ((f.F_ONLINE, f.F_ASSISTED), (f.FILEABLE, f.FIRMS, f.INVESTMENTS)),
    "business_registration_online_share": ((f.FIRMS_ONLINE,), (f.FIRMS,)),
    "investment_certificate_online_share": ((f.INVESTMENTS_ONLINE,), (f.INVESTMENTS,)),
    "dossier_linked_share": ((f.ELECTRONIC_LEGS,), (f.ELECTRONIC_LEGS, f.COURIER_LEGS)),
    "dossier_returned_share": ((f.RETURNED,), (f.RETURNED, f.RESULTS)),
    RECORDED: ((f.RECORDED_LATE,), (f.RESULTS,)),
}
DOSSIER_SHARES = (*_PARTS, ON_TIME)
INTAKE = (DEPARTMENT, DISTRICT, COMMUNE)
SCOPES = ("all", "tiers:province+district", "tier:department", "tier:district", "tier:commune")


def are_simulated(record: RunRecord) -> bool:
    """Was any dossier filed?"""
    return bool(record.dossier_flows[..., f.F_FILED].any())


def dossier_ratio(record: RunRecord, measure: str, scope: str) -> Ratio:
    """One of `DOSSIER_SHARES` for the dossiers taken in at a scope's tiers.

    Raises:
        ValueError: if the scope names no tier.
    """
    if measure == ON_TIME:
        due = record.dossiers_due[:, list(tiers_of(scope))].sum(axis=1)
        whole = due.sum(axis=1)
        return Ratio(np.asarray(due[:, 0]), np.asarray(whole), np.zeros_like(whole))
    flows = record.dossier_flows[:, list(tiers_of(scope))].sum(axis=1)
    parts, wholes = _PARTS[measure]
    part = flows[:, list(parts)].sum(axis=1)
    whole = flows[:, list(wholes)].sum(axis=1)
    if measure == RECORDED:
        part = whole - part
    return Ratio(np.asarray(part), np.asarray(whole), np.zeros_like(whole))


def counter_wait_minutes(record: RunRecord, tiers: tuple[int, ...], month: int, share: float) -> float | None:
    """A quantile of citizens' waits before the desk, in minutes of office hours; None of too few."""
    waits = record.counter_waits[month, list(tiers)].sum(axis=0)
    total = int(waits.sum())
    if total < FEWEST_ITEMS:
        return None
    return float(np.searchsorted(np.cumsum(waits), share * total))


def dossier_rows(record: RunRecord, days: list[str]) -> Iterator[tuple[str, str, str, str, str, float | None]]:
    """Monthly counts and waits by tier of intake: date, measure, scope, version, unit, value."""
    scopes = {"all": INTAKE, **{f"tier:{TIERS[tier]}": (tier,) for tier in INTAKE}}
    for scope, tiers in scopes.items():
        for day, month in zip(days[1:], range(record.first_month, len(record.months)), strict=True):
            filed = record.dossier_flows[month, list(tiers), f.F_FILED].sum()
            yield day, "dossiers_filed", scope, "true", "dossiers", float(filed)
            for measure, share in (("counter_wait_minutes_median", 0.5), ("counter_wait_minutes_p95", 0.95)):
                yield day, measure, scope, "true", "minutes", counter_wait_minutes(record, tiers, month, share)
        for row, day in enumerate(days):
            yield day, "dossiers_overdue", scope, "true", "dossiers", float(record.overdue[row, list(tiers)].sum())
    for row, day in enumerate(days):
        people, willing = (int(n) for n in record.citizens[row])
        yield day, "citizen_online_share", "all", "true", "share", willing / people if people else None


def lateness(record: RunRecord, months: list[int]) -> Iterator[tuple[str, float]]:
    """Late dossiers of these months by where most of their time went; they add up to all late ones."""
    late = record.lateness[months].sum(axis=(0, 1))
    for name, number in zip(LATENESS, late, strict=True):
        yield name, float(number)


def yearly_counts(record: RunRecord) -> dict[str, dict[str, float]]:
    """Whole calendar years only: dossiers filed and results, late ones really and by the books, by tier."""
    found: dict[str, dict[str, float]] = {}
    for year in sorted({first.year for first in record.months[record.first_month :]}):
        months = [m for m in range(record.first_month, len(record.months)) if record.months[m].year == year]
        if len(months) != len([date(year, m, 1) for m in range(1, 13)]):
            continue
        flows: Counts = record.dossier_flows[months].sum(axis=0)
        due: Counts = record.dossiers_due[months].sum(axis=0)
        for tier in INTAKE:
            row = flows[tier]
            found[f"{year}/{TIERS[tier]}"] = {
                "filed": float(row[f.F_FILED]),
                "results": float(row[f.RESULTS]),
                "late": float(row[f.LATE]),
                "due": float(due[tier].sum()),
                "due_late": float(due[tier, 1:].sum()),
                "recorded_late": float(row[f.RECORDED_LATE]),
                "returned": float(row[f.RETURNED]),
                "fileable": float(row[f.FILEABLE] + row[f.FIRMS] + row[f.INVESTMENTS]),
                "online": float(row[f.F_ONLINE] + row[f.F_ASSISTED]),
                "assisted": float(row[f.F_ASSISTED]),
                "by_post": float(row[f.F_BY_POST]),
                "sent_home": float(row[f.SENT_HOME]),
            }
    return found
