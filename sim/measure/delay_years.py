"""How long documents take, year by year, a delay that was longer than could be seen marked as such."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from sim.measure.delays import is_more_than
from sim.measure.measured import Measured
from sim.measure.verdicts import band_of
from sim.measure.yearly import mean_of, true_months
from sim.results.service_tables import DelayRow

DELAYS = ("delivery_hours_median", "delivery_hours_p95", "handling_hours_median")

Delay = tuple[float, bool]
"""Hours, and whether it took longer than these."""


def delay_rows(measured: Sequence[Measured]) -> list[DelayRow]:
    """Each delay of each scope by calendar year: the mean of its months, over the replications."""
    months = true_months(measured, DELAYS)
    months["year"] = months["date"].dt.year
    months["open"] = months["value"].map(is_more_than)
    by = ["measure", "scope", "year"]
    found = months.groupby([*by, "replication"], sort=False).agg({"value": mean_of, "open": "any"})
    rows: list[DelayRow] = []
    for key, mine in found.groupby(level=by, sort=False):
        measure, scope, year = (str(part) for part in key)
        delays = [(float(value), bool(is_open)) for value, is_open in zip(mine["value"], mine["open"], strict=True)]
        band = band_of([hours for hours, _ in delays])
        rows.append(
            DelayRow(
                year=int(year),
                measure=measure,
                scope=scope,
                median=band.median,
                p05=band.p05,
                p95=band.p95,
                median_longer=is_longer(delays, 0.5),
                p05_longer=is_longer(delays, 0.05),
                p95_longer=is_longer(delays, 0.95),
                longer_in=sum(is_open for _, is_open in delays),
                n=len(delays),
            )
        )
    return rows


def is_longer(delays: Sequence[Delay], share: float) -> bool:
    """Is this quantile only known from below?

    It is where any delay up to it may be longer than the hours known: put further back, it makes the quantile longer.
    """
    ordered = sorted(delays)
    last = ceil(share * (len(ordered) - 1))
    return any(is_open for _, is_open in ordered[: last + 1])
