"""Dossiers by whole calendar year and tier of intake, over the replications; beside what other provinces published.

Counts are added up by replication before any share is taken; the median of a share is not the share of medians.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import TYPE_CHECKING

from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, TIERS
from sim.measure.scopes import tiers_of
from sim.measure.verdicts import quantile
from sim.scenario.loading import LoadedScenario
from sim.scenario.observations import Observation, observations
from sim.scenario.population import people_by_agency

if TYPE_CHECKING:
    from sim.measure.payload import Measured

DOSSIERS = ("year", "tier", "quantity", "unit", "median", "p05", "p95", "per_inhabitant", "n")
CHECKS = (
    "observation_id",
    "place_name",
    "period",
    "measure",
    "scope",
    "unit",
    "observed",
    "observed_low",
    "observed_high",
    "year",
    "median",
    "p05",
    "p95",
    "n",
    "relation",
    "derived_parameter",
    "confidence",
    "note_vi",
    "note_en",
    "source",
)
ALL = "all"
_TIERS = tuple(TIERS[tier] for tier in (DEPARTMENT, DISTRICT, COMMUNE))
_SHARES: dict[str, tuple[str, tuple[str, ...]]] = {
    "real_late_share": ("late", ("results",)),
    "recorded_late_share": ("recorded_late", ("results",)),
    "returned_share": ("returned", ("returned", "results")),
    "online_share": ("online", ("filed",)),
    "offered_online_share": ("online", ("fileable",)),
    "filed_by_post_share": ("by_post", ("filed",)),
    "fileable_share": ("fileable", ("filed",)),
    "assisted_share": ("assisted", ("online",)),
}
_PUNCTUAL = {"real_on_time_share": "real_late_share", "recorded_on_time_share": "recorded_late_share"}
YEARLY_SHARES = (*_PUNCTUAL, *_SHARES)

Counts = Mapping[str, float]
Row = tuple[object, ...]


def inhabitants(loaded: LoadedScenario) -> float | None:
    """People of the province on the table of agencies; None where a district's are not known."""
    try:
        people = people_by_agency(loaded.agencies)
    except ValueError:
        return None
    return fsum(people[row.agency_id] for row in loaded.agencies if row.tier == "district") or None


def added(one: Measured, year: str, tiers: Sequence[str]) -> dict[str, float]:
    """A replication's counts of one year, summed over tiers of intake; empty when the year was not simulated."""
    counted: Mapping[str, Counts] = one.facts.get("dossiers", {})
    rows = [counted[key] for tier in tiers if (key := f"{year}/{tier}") in counted]
    return {name: fsum(row[name] for row in rows) for name in rows[0]} if rows else {}


def share_of(counts: Counts, measure: str) -> float | None:
    """One of `YEARLY_SHARES` of a year's counts; None of nothing."""
    if measure in _PUNCTUAL:
        late = share_of(counts, _PUNCTUAL[measure])
        return None if late is None else 1.0 - late
    part, wholes = _SHARES[measure]
    whole = fsum(counts.get(name, 0.0) for name in wholes)
    return counts[part] / whole if whole else None


def dossier_year_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[Row]:
    """Each whole year, tier (and all together) and quantity: band over the replications, and per inhabitant."""
    people = inhabitants(loaded)
    rows: list[Row] = []
    for year in _years(measured):
        for tier in (ALL, *_TIERS):
            runs = [added(one, year, _TIERS if tier == ALL else (tier,)) for one in measured]
            runs = [counts for counts in runs if counts]
            for name in runs[0]:
                median, *ends = _band([counts[name] for counts in runs])
                each = median / people if people and median is not None else None
                rows.append((int(year), tier, name, "dossiers", median, *ends, each, len(runs)))
            for measure in YEARLY_SHARES:
                shares = [share for counts in runs if (share := share_of(counts, measure)) is not None]
                rows.append((int(year), tier, measure, "share", *_band(shares), None, len(shares)))
    return rows


def check_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[Row]:
    """Each published figure beside the last whole year simulated; none when no dossier was."""
    years = _years(measured)
    people = inhabitants(loaded)
    if not years:
        return []
    rows: list[Row] = []
    for stated in observations():
        values = [_counterpart(one, years[-1], stated, people) for one in measured]
        known = [value for value in values if value is not None]
        median, low, high = _band(known)
        least = stated.value if stated.low is None else stated.low
        most = stated.value if stated.high is None else stated.high
        rows.append(
            (
                *(stated.observation_id, stated.place_name, stated.period, stated.measure, stated.scope, stated.unit),
                *(stated.value, stated.low, stated.high, int(years[-1]), median, low, high, len(known)),
                *(_relation((least, most), low, high), stated.derived_parameter, stated.confidence),
                *(stated.note_vi, stated.note_en, stated.source),
            )
        )
    return rows


def _years(measured: Sequence[Measured]) -> list[str]:
    return sorted({key.partition("/")[0] for one in measured for key in one.facts.get("dossiers", {})})


def _band(values: Sequence[float]) -> list[float | None]:
    return [quantile(values, share) if values else None for share in (0.5, 0.05, 0.95)]


def _counterpart(one: Measured, year: str, stated: Observation, people: float | None) -> float | None:
    """The same quantity in a replication's year."""
    scope = [TIERS[tier] for tier in tiers_of(stated.scope) if TIERS[tier] in _TIERS]
    counts, whole = added(one, year, scope), added(one, year, _TIERS)
    if not whole or not whole["filed"]:
        return None
    if stated.measure == "dossiers_per_head":
        return counts["filed"] / people if people else None
    if stated.measure == "intake_share":
        return counts["filed"] / whole["filed"]
    if stated.measure == "department_of_both_share":
        return added(one, year, (TIERS[DEPARTMENT],))["filed"] / counts["filed"] if counts["filed"] else None
    return share_of(counts, stated.measure)


def _relation(observed: tuple[float, float], low: float | None, high: float | None) -> str:
    """Where the simulated 5-95 % range lies against what was published."""
    if low is None or high is None:
        return ""
    if high < observed[0]:
        return "below"
    return "above" if low > observed[1] else "overlapping"
