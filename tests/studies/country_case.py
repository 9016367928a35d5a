"""A tiny country: three provinces generated from a test province, for some weeks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from worlds import Office, Provinces, fixed, small_province

from sim.scenario.country import Country, CountryProvince, Exchange

BODY = "out.provinces"
LIKE = CountryProvince("like", "Tỉnh mẫu", "Pattern", 9_000, 1, 3)
ROWS = (
    LIKE,
    CountryProvince("twice", "Tỉnh gấp đôi", "Twice", 18_000, 2, 6),
    CountryProvince("small", "Tỉnh nhỏ", "Small", 6_000, 1, 2),
)
MUCH_OUTSIDE = (fixed("volumes.from_outside_share", "20 %"), fixed("volumes.to_outside_share", "20 %"))


def tiny_country(root: Path, *, share: str = "60 %", window: str = "3 h", days: int = 17, **loading: Any) -> Country:
    """Three provinces that write to each other a good deal."""
    offices = (*small_province(population=9_000), Office(BODY, "outside", route="dedicated", linked=False))
    pattern = Provinces(root).load(
        offices, sets=MUCH_OUTSIDE, start=date(2019, 3, 1), end=date(2019, 3, days), **loading
    )
    origin = {"kind": "fixed", "basis": "assumed", "source": "test"}
    exchange = Exchange.model_validate(
        {"body": BODY, "between_share": {"value": share, **origin}, "window": {"value": window, **origin}}
    )
    return Country(pattern, LIKE, ROWS, exchange)


def alone(country: Country) -> Country:
    """The pattern's province as a country of its own."""
    return replace(country, provinces=(LIKE,))
