"""Dossiers by whole calendar year and tier of intake, over the replications; beside what other provinces published.

Counts are added up by replication before any share is taken; the median of a share is not the share of medians.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum

from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, TIERS
from sim.measure.measured import Measured
from sim.measure.scopes import tiers_of
from sim.measure.verdicts import band_of
from sim.results.service_tables import DossierCheckRow, DossierRow
from sim.scenario.districts import home_tier, people_by_agency
from sim.scenario.loading import LoadedScenario
from sim.scenario.observations import Observation, observations

ALL = "all"
INTAKE_TIERS = tuple(TIERS[tier] for tier in (DEPARTMENT, DISTRICT, COMMUNE))
_SHARES: dict[str, tuple[str, tuple[str, ...]]] = {
    "real_late_share": ("due_late", ("due",)),
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


def inhabitants(loaded: LoadedScenario) -> float | None:
    """People of the province on the table of agencies; None where those of a district, or a commune, are not known."""
    try:
        people = people_by_agency(loaded.agencies)
    except ValueError:
        return None
    homes = home_tier(loaded.agencies)
    return fsum(people[row.agency_id] for row in loaded.agencies if row.tier == homes) or None


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


def dossier_year_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[DossierRow]:
    """Each whole year, tier (and all together) and quantity: band over the replications, and per inhabitant."""
    people = inhabitants(loaded)
    rows: list[DossierRow] = []
    for year in _years(measured):
        for tier in (ALL, *INTAKE_TIERS):
            runs = [added(one, year, INTAKE_TIERS if tier == ALL else (tier,)) for one in measured]
            runs = [counts for counts in runs if counts]
            rows += [
                _year_row(year, tier, name, "dossiers", [counts[name] for counts in runs], people) for name in runs[0]
            ]
            for measure in YEARLY_SHARES:
                shares = [share for counts in runs if (share := share_of(counts, measure)) is not None]
                rows.append(_year_row(year, tier, measure, "share", shares, None))
    return rows


def _year_row(
    year: str, tier: str, quantity: str, unit: str, values: Sequence[float], people: float | None
) -> DossierRow:
    band = band_of(values)
    return DossierRow(
        year=int(year),
        tier=tier,
        quantity=quantity,
        unit=unit,
        median=band.median,
        p05=band.p05,
        p95=band.p95,
        per_inhabitant=band.median / people if people and band.median is not None else None,
        n=len(values),
    )


def check_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[DossierCheckRow]:
    """Each published figure beside the last whole year simulated; none when no dossier was."""
    years = _years(measured)
    people = inhabitants(loaded)
    if not years:
        return []
    rows: list[DossierCheckRow] = []
    for stated in observations():
        values = [_counterpart(one, years[-1], stated, people) for one in measured]
        known = [value for value in values if value is not None]
        band = band_of(known)
        least = stated.value if stated.low is None else stated.low
        most = stated.value if stated.high is None else stated.high
        rows.append(
            DossierCheckRow(
                observation_id=stated.observation_id,
                place_name=stated.place_name,
                period=stated.period,
                measure=stated.measure,
                scope=stated.scope,
                unit=stated.unit,
                observed=stated.value,
                observed_low=stated.low,
                observed_high=stated.high,
                year=int(years[-1]),
                median=band.median,
                p05=band.p05,
                p95=band.p95,
                n=len(known),
                relation=_relation((least, most), band.p05, band.p95),
                derived_parameter=stated.derived_parameter or None,
                confidence=stated.confidence,
                note_vi=stated.note_vi,
                note_en=stated.note_en,
                source=stated.source,
            )
        )
    return rows


def _years(measured: Sequence[Measured]) -> list[str]:
    return sorted({key.partition("/")[0] for one in measured for key in one.facts.get("dossiers", {})})


def _counterpart(one: Measured, year: str, stated: Observation, people: float | None) -> float | None:
    """The same quantity in a replication's year."""
    scope = [TIERS[tier] for tier in tiers_of(stated.scope) if TIERS[tier] in INTAKE_TIERS]
    counts, whole = added(one, year, scope), added(one, year, INTAKE_TIERS)
    if not whole or not whole["filed"]:
        return None
    if stated.measure == "dossiers_per_head":
        return counts["filed"] / people if people else None
    if stated.measure == "intake_share":
        return counts["filed"] / whole["filed"]
    if stated.measure == "department_of_both_share":
        return added(one, year, (TIERS[DEPARTMENT],))["filed"] / counts["filed"] if counts["filed"] else None
    return share_of(counts, stated.measure)


def _relation(observed: tuple[float, float], low: float | None, high: float | None) -> str | None:
    """Where the simulated 5-95 % range lies against what was published."""
    if low is None or high is None:
        return None
    if high < observed[0]:
        return "below"
    return "above" if low > observed[1] else "overlapping"
