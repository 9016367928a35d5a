"""Vietnamese working calendars: which hours of which days an office works.

Public holidays and make-up working days come from the `holidays` package; a table of overrides, each
with its decree, corrects it where the Government announced otherwise.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from sim.engine.clock import DAY_MS, MINUTE_MS
from sim.engine.working_time import SHIFT, Index, Shifts

SATURDAY = 5
CLOSED, WORKING, WEEKEND = 0, 1, 2


@dataclass(frozen=True)
class OpeningHours:
    """Shifts of an ordinary working day, in minutes after midnight."""

    weekdays: tuple[tuple[int, int], ...]
    saturday: tuple[tuple[int, int], ...] = ()
    post_share: float = 1.0
    """Share of each shift that is worked, from its opening on: a 0.7 post works 0.7 of each shift."""


def parse_shifts(texts: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Turn `07:00-11:30` into minutes after midnight.

    Raises:
        ValueError: if a text is not two times of day in order.
    """
    shifts = []
    for text in texts:
        start, end = (_minutes(part) for part in text.split("-"))
        if not 0 <= start < end <= 24 * 60:
            raise ValueError(f"shift {text!r} does not run forward within one day")
        shifts.append((start, end))
    return tuple(shifts)


def _minutes(text: str) -> int:
    hours, minutes = text.strip().split(":")
    if not 0 <= int(minutes) < 60:
        raise ValueError(f"{text!r} is not a time of day")
    return int(hours) * 60 + int(minutes)


def day_kinds(first: date, last: date, overrides: Mapping[date, bool]) -> list[int]:
    """Closed, working or ordinary weekend, for each day from `first` to `last`.

    `overrides` says for given dates whether the State works, whatever the package holds.
    """
    import holidays

    # the years on either side too: a make-up Saturday is filed under the year of the day off
    vietnam = holidays.country_holidays("VN", years=range(first.year - 1, last.year + 2), language="vi")
    kinds = []
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if overrides.get(day, vietnam.is_working_day(day)):
            kinds.append(WORKING)
        elif day in overrides or day in vietnam:
            kinds.append(CLOSED)
        else:
            kinds.append(WEEKEND)
    return kinds


def build_calendars(kinds: Sequence[int], first: date, hours: Sequence[OpeningHours]) -> tuple[Shifts, Index]:
    """Lay out the shifts of several kinds of office over the same working days.

    A make-up working Saturday has weekday hours; an ordinary Saturday has its own, if any.

    Raises:
        ValueError: if a calendar never opens, since work would then never end.
    """
    parts: list[Shifts] = []
    first_shift = np.zeros((len(hours), len(kinds)), np.int64)
    midnights = np.arange(len(kinds), dtype=np.int64) * DAY_MS
    begin = 0
    for c, opening in enumerate(hours):
        shifts = _shifts(kinds, first, opening)
        if len(shifts) == 0:
            raise ValueError("a calendar has no working hour")
        first_shift[c] = begin + np.searchsorted(shifts["close_ms"], midnights, side="right")
        last = shifts[-1]
        worked_ms = last["worked_before_ms"] + last["close_ms"] - last["open_ms"]
        forever = 1 << 60  # work that outlasts the calendar ends in a shift that never comes
        parts += [shifts, np.array([(forever, 2 * forever, worked_ms)], SHIFT)]
        begin += len(shifts) + 1
    return np.concatenate(parts), first_shift


def _shifts(kinds: Sequence[int], first: date, opening: OpeningHours) -> Shifts:
    """The shifts of one kind of office, in the order of time."""
    days = np.arange(len(kinds), dtype=np.int64)
    kind = np.asarray(kinds)
    saturday = (kind == WEEKEND) & ((first.weekday() + days) % 7 == SATURDAY)
    parts = [np.zeros(0, SHIFT)]
    for open_days, shifts in ((days[kind == WORKING], opening.weekdays), (days[saturday], opening.saturday)):
        for start, end in shifts:
            part = np.zeros(len(open_days), SHIFT)
            part["open_ms"] = open_days * DAY_MS + start * MINUTE_MS
            part["close_ms"] = part["open_ms"] + int((end - start) * MINUTE_MS * opening.post_share)
            parts.append(part[part["close_ms"] > part["open_ms"]])
    found = np.concatenate(parts)
    found = found[np.argsort(found["open_ms"], kind="stable")]
    lengths_ms = found["close_ms"] - found["open_ms"]
    found["worked_before_ms"] = np.cumsum(lengths_ms) - lengths_ms
    return found
