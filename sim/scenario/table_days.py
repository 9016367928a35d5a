"""Days as tables show them: 2018-12-31 always, 31/12/2018 or 12/31/2018 where a column leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MIDNIGHT = re.compile(r"[ T]0{1,2}:00(:00)?(\.0+)?$", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)


def days_meant(text: str) -> dict[str, date]:
    """Returns the days that a text can mean, by the order of day, month and year: `ymd`, `dmy`, `mdy`."""
    text = _MIDNIGHT.sub("", text)
    found = _YEAR_FIRST.fullmatch(text)
    if found is not None:
        return _days({"ymd": (found[1], found[2], found[3])})
    found = _YEAR_LAST.fullmatch(text)
    if found is not None:
        return _days({"dmy": (found[3], found[2], found[1]), "mdy": (found[3], found[1], found[2])})
    return {}


def day_typed(text: str) -> date | None:
    """Returns the day that a person typed: year-month-day or, as offices write it, 31/3/2016; None where it is none."""
    meant = days_meant(text.strip())
    return meant.get("ymd") or meant.get("dmy")


def iso_day(text: str | None) -> str | None:
    """Returns a typed day as year-month-day; what is no day as it is, to be refused where it is used."""
    day = None if text is None else day_typed(text)
    return text if day is None else day.isoformat()


def day_orders(texts: Iterable[str]) -> set[str]:
    """Returns the orders without which some day of a column would be none."""
    orders = set()
    for text in texts:
        meant = days_meant(text.strip())
        if len(meant) == 1:
            orders |= meant.keys() - {"ymd"}
    return orders


def _days(written: dict[str, tuple[str, str, str]]) -> dict[str, date]:
    days = {}
    for order, (year, month, day) in written.items():
        try:
            days[order] = date(int(year), int(month), int(day))
        except ValueError:
            continue
    return days
