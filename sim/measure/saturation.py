"""People who cannot do more: each kind of station in the last twelve months, each post of each agency by year.

Past nineteen twentieths of the staffed time a queue hardly empties any more, whatever the order of service; what is
reported of delays there depends on how long it has been growing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import numpy as np

from sim.exchange.codes import COUNTER, LEADER, OFFICERS, REGISTRY, STATION_KINDS
from sim.measure.measured import Measured
from sim.measure.verdicts import band_of
from sim.measure.yearly import mean_of, true_months
from sim.model.record import RunRecord
from sim.results.service_tables import SaturatedPostRow, SaturationRow
from sim.scenario.districts import agency_places
from sim.scenario.loading import LoadedScenario

POSTS = (REGISTRY, LEADER, OFFICERS, COUNTER)
MEASURE = "station_utilisation"
SATURATED = 0.95
MONTHS = 12


def saturation_rows(measured: Sequence[Measured]) -> list[SaturationRow]:
    """Each kind of station by tier: mean utilisation of the last twelve months, and in how many it is past 0.95."""
    months = true_months(measured, [MEASURE])
    last = months.groupby(["scope", "replication"]).tail(MONTHS)
    means = last.groupby(["scope", "replication"])["value"].agg(mean_of)
    rows: list[SaturationRow] = []
    for scope, found in means.groupby(level="scope"):
        values = found.tolist()
        band = band_of(values)
        rows.append(
            SaturationRow(
                scope=str(scope),
                median=band.median,
                p05=band.p05,
                p95=band.p95,
                saturated_in=sum(value > SATURATED for value in values),
                n=len(values),
            )
        )
    return rows


def saturated_posts(record: RunRecord) -> Iterator[list[object]]:
    """Year, kind, agency and utilisation of each post that a calendar year, or what is simulated of it, overloads.

    A mean over the agencies of a tier hides that some drown while others idle, and the last year hides the others.
    """
    years = np.array([first.year for first in record.months])
    counted = np.arange(len(years)) >= record.first_month
    for year in sorted(set(years[counted].tolist())):
        months = counted & (years == year)
        for kind in POSTS:
            for agency in sorted(set(record.station_agencies[record.station_kinds == kind].tolist())):
                mine = (record.station_kinds == kind) & (record.station_agencies == agency)
                staffed = int(record.staffed_ms[months][:, mine].sum())
                used = int(record.worked_ms[months][:, mine].sum()) / staffed if staffed else 0.0
                if used > SATURATED:
                    yield [year, STATION_KINDS[kind], record.agency_ids[agency], used]


def saturated_post_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[SaturatedPostRow]:
    """Posts overloaded in any replication, by year: in how many, and how busy at most."""
    found: defaultdict[tuple[int, str, str], list[float]] = defaultdict(list)
    for one in measured:
        for year, post, agency, used in one.facts.get("saturated", ()):
            found[year, post, agency].append(used)
    known = agency_places(loaded.agencies)
    return [
        SaturatedPostRow(
            **asdict(known[agency]), year=year, post=post, saturated_in=len(used), n=len(measured), highest=max(used)
        )
        for (year, post, agency), used in sorted(found.items())
    ]
