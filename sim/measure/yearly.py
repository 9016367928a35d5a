"""Certificates and delays by calendar year: monthly values brought to years, the last of a stock, the mean of a flow.

A delay that was longer than could be seen is marked as such.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from math import ceil, fsum
from typing import TYPE_CHECKING, Any

from sim.measure.delays import is_more_than
from sim.measure.measured import Measured, all_months
from sim.measure.verdicts import band_of
from sim.results.service_tables import CertificateRow, DelayRow

if TYPE_CHECKING:
    import pandas as pd

Yearly = Callable[["pd.Series[Any]"], float]
"""What makes a year of the months that have a value."""


def last_of(values: pd.Series[Any]) -> float:
    """What stands on the last day."""
    return float(values.iloc[-1])


def mean_of(values: pd.Series[Any]) -> float:
    """Mean of the months, each counting the same."""
    return fsum(values) / len(values)


def true_months(measured: Sequence[Measured], measures: Collection[str]) -> pd.DataFrame:
    """True values of some measures, month by month after the first day; blank months left out."""
    return all_months([replace(one, series=_true_months(one, measures)) for one in measured])


def _true_months(one: Measured, measures: Collection[str]) -> pd.DataFrame:
    months: pd.DataFrame = one.series
    wanted = months["measure"].isin(measures) & (months["version"] == "true") & (months["date"] != months["date"].min())
    found: pd.DataFrame = months[wanted].dropna(subset=["value"])
    return found


def yearly(measured: Sequence[Measured], measures: Mapping[str, Yearly]) -> pd.DataFrame:
    """One value a measure, scope, calendar year in which any month has a value, and replication."""
    import pandas as pd

    months = true_months(measured, measures)
    months["year"] = months["date"].dt.year
    by = ["measure", "scope", "year", "replication"]
    parts = [
        months[months["measure"] == measure].groupby(by)["value"].agg(how).reset_index()
        for measure, how in measures.items()
    ]
    return pd.concat(parts, ignore_index=True)


CERTIFICATES: dict[str, tuple[str, Yearly]] = {
    "certificates_active": ("certificates", last_of),
    "certificates_expiring_quarter": ("certificates", last_of),
    "certificates_expired": ("certificates", last_of),
    "token_wait_days": ("days", mean_of),
    "exchange_signed_share": ("share", mean_of),
    "refusal_share": ("share", mean_of),
}
"""Unit of each, and how its months make a year."""


def certificate_rows(measured: Sequence[Measured]) -> list[CertificateRow]:
    """How many certificates are in force, how long a token takes, what is refused, year by year, as it truly is.

    A band over the replications of each quantity and scope.
    """
    years = yearly(measured, {name: how for name, (_, how) in CERTIFICATES.items()})
    rows: list[CertificateRow] = []
    for quantity, (unit, _) in CERTIFICATES.items():
        mine = years[years["measure"] == quantity]
        for (scope, year), found in mine.groupby(["scope", "year"]):
            values = found["value"].tolist()
            band = band_of(values)
            rows.append(
                CertificateRow(
                    year=int(str(year)),
                    quantity=quantity,
                    scope=str(scope),
                    unit=unit,
                    median=band.median,
                    p05=band.p05,
                    p95=band.p95,
                    n=len(values),
                )
            )
    return rows


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
