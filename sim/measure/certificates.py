"""Certificates and signatures by calendar year: how many are in force, how long a token takes, what is refused."""

from __future__ import annotations

from collections.abc import Sequence

from sim.measure.measured import Measured
from sim.measure.verdicts import band_of
from sim.measure.yearly import Yearly, last_of, mean_of, yearly
from sim.results.service_tables import CertificateRow

QUANTITIES: dict[str, tuple[str, Yearly]] = {
    "certificates_active": ("certificates", last_of),
    "certificates_expiring_quarter": ("certificates", last_of),
    "certificates_expired": ("certificates", last_of),
    "token_wait_days": ("days", mean_of),
    "exchange_signed_share": ("share", mean_of),
    "refusal_share": ("share", mean_of),
}
"""Unit of each, and how its months make a year."""


def certificate_rows(measured: Sequence[Measured]) -> list[CertificateRow]:
    """Band over the replications of each quantity, scope and year; as it truly is."""
    years = yearly(measured, {name: how for name, (_, how) in QUANTITIES.items()})
    rows: list[CertificateRow] = []
    for quantity, (unit, _) in QUANTITIES.items():
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
