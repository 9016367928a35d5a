"""Internet at home, between the years in which surveys counted it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

_BEFORE_2016 = ((2010.5, "home_internet_2010"), (2016.0, "home_internet_2016"))
_FROM_2016 = ((2016.0, "home_internet_2016"), (2019.0, "home_internet_2019"), (2022.0, "home_internet_2022"))


def home_internet(p: Mapping[str, float], today: date) -> float:
    """Share of people with internet at home (surveys of mid-2010 and of the beginnings of later years)."""
    at = years_of(today)
    dated = _BEFORE_2016 if at < _BEFORE_2016[-1][0] else _FROM_2016
    return on_a_logit_line(tuple((year, p[f"dossiers.citizens.{name}"]) for year, name in dated), at)


def on_a_logit_line(points: tuple[tuple[float, float], ...], at: float) -> float:
    """Value between dated shares, straight in the logit; beyond the outer ones it goes on as between the last two."""
    for year, share in points:
        if at == year:
            return share  # as surveyed, to the last bit
    (a, first), (b, second) = points[0], points[1]
    for i in range(1, len(points) - 1):
        if at > points[i][0]:
            (a, first), (b, second) = points[i], points[i + 1]
    slope = (_logit(second) - _logit(first)) / (b - a)
    return 1.0 / (1.0 + math.exp(-(_logit(first) + slope * (at - a))))


def years_of(today: date) -> float:
    """A month as a fraction of years."""
    return today.year + (today.month - 1) / 12


def _logit(share: float) -> float:
    share = min(1.0 - 1e-9, max(1e-9, share))
    return math.log(share / (1.0 - share))
