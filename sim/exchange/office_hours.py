"""Which hours each agency keeps, and how long its registry's posts are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sim.engine.calendars import WORKING, OpeningHours, build_calendars, day_kinds, parse_shifts
from sim.engine.clock import Clock
from sim.engine.working_time import Index, Shifts
from sim.exchange.codes import COMMUNE, TIERS
from sim.scenario.loading import LoadedScenario
from sim.scenario.office_schema import OfficeHours
from sim.scenario.tables import AgencyRow

DAYS_BEYOND = 400
"""Calendars reach this far past the last day, so that work begun on it can be timed."""
LEADER_CALENDAR = 4
OFFICER_AND_RECEPTION = 2


def clerk_posts(row: AgencyRow, weight: float, p: Mapping[str, float]) -> float:
    """Posts of a registry: its clerks and the part-time ones of its rooms.

    The table's posts are those of a mean agency of the tier; one with more papers has more clerks, by halves
    of a post (assumed: no staffing list was found). Somebody is always left to be an officer, and one to receive.
    """
    if row.clerk_posts <= 0.0:
        return 0.0
    own = row.clerk_posts if weight <= 1.0 else math.ceil(2.0 * row.clerk_posts * weight) / 2.0
    most = max(1, row.staff - row.leaders - OFFICER_AND_RECEPTION)
    return min(own + row.rooms * p["people.room_clerk_share"], float(most))


def office_calendars(
    loaded: LoadedScenario, rows: Sequence[AgencyRow], posts: Sequence[float], clock: Clock
) -> tuple[Shifts, Index, list[int]]:
    """Calendars 0-3 by tier, 4 for leaders, then one for each share of a clerk's post; and each agency's of these."""
    calendar = loaded.scenario.calendar
    last = loaded.scenario.horizon.end + timedelta(days=DAYS_BEYOND)
    overrides = {day.date: day.kind == "working" for day in loaded.calendar_overrides}
    by_tier = [calendar.office, calendar.department, calendar.district, calendar.commune, calendar.leader]
    if calendar.always_open:
        kinds = [WORKING] * ((last - clock.origin).days + 1)
        everyone = [OpeningHours(((0, 24 * 60),))] * len(by_tier)
        shifts, first_shift = build_calendars(kinds, clock.origin, everyone)
        return shifts, first_shift, [min(TIERS.index(row.tier), COMMUNE) for row in rows]
    opening = [_hours(hours) for hours in by_tier]
    clerk: dict[tuple[int, float], int] = {}
    mine = []
    for row, post in zip(rows, posts, strict=True):
        tier = min(TIERS.index(row.tier), COMMUNE)
        share = post / math.ceil(post) if post > 0 else 1.0
        if (tier, share) not in clerk:
            clerk[tier, share] = len(opening)
            opening.append(_hours(by_tier[tier], share))
        mine.append(clerk[tier, share])
    shifts, first_shift = build_calendars(day_kinds(clock.origin, last, overrides), clock.origin, opening)
    return shifts, first_shift, mine


def _hours(hours: OfficeHours, post_share: float = 1.0) -> OpeningHours:
    return OpeningHours(parse_shifts(hours.weekdays), parse_shifts(hours.saturday), post_share)


def span(first_shift: Index, calendar: int, number: int) -> slice:
    """Where one calendar's shifts lie among all, its closing sentinel left out."""
    begin = int(first_shift[calendar, 0])
    end = int(first_shift[calendar + 1, 0]) if calendar + 1 < len(first_shift) else number
    return slice(begin, end - 1)
