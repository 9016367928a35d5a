"""People who cannot do more: how busy each kind of station is in the last twelve months simulated.

Past nineteen twentieths of the staffed time a queue hardly empties any more, whatever the order of service; what is
reported of delays there depends on how long it has been growing.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.measure.measured import Measured
from sim.measure.verdicts import band_of
from sim.measure.yearly import mean_of, true_months
from sim.results.service_tables import SaturationRow

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
