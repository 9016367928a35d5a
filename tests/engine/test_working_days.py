"""Time limits in working days, against a plain count over a list of closed days, day by day, in Python's own dates."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.calendars import OpeningHours, build_calendars, day_kinds
from sim.engine.clock import DAY_MS
from sim.engine.working_days import closing_ms, limit_ms, opening_ms, working_day_after

FIRST, LAST = date(2018, 12, 20), date(2020, 3, 31)
DAYS = (LAST - FIRST).days + 1
CLOSED = {
    # 31/12/2018 against 5/1/2019, Tết Kỷ Hợi, Hùng kings (14/4 was a Sunday), 29/4 against 4/5, 2/9, Tết Canh Tý
    "2018-12-31",
    "2019-01-01",
    "2019-02-04",
    "2019-02-05",
    "2019-02-06",
    "2019-02-07",
    "2019-02-08",
    "2019-04-15",
    "2019-04-29",
    "2019-04-30",
    "2019-05-01",
    "2019-09-02",
    "2020-01-01",
    "2020-01-23",
    "2020-01-24",
    "2020-01-27",
    "2020-01-28",
    "2020-01-29",
}
MAKE_UP = {"2019-01-05", "2019-05-04"}
NO_SATURDAY_COUNTER = {"2020-01-25"}
"""A Saturday that is itself a holiday."""

OFFICE, SATURDAY, AFTERNOON = range(3)
HOURS = (
    OpeningHours(((420, 690), (810, 1020))),
    OpeningHours(((420, 690), (810, 1020)), saturday=((420, 690),)),
    OpeningHours(((840, 1020),)),
)
SHIFTS, INDEX = build_calendars(day_kinds(FIRST, LAST, {}), FIRST, HOURS)
LATEST = DAYS - 120
"""No limit that the tests draw runs past the end of the calendar."""


def full_day(day: date) -> bool:
    text = day.isoformat()
    return text in MAKE_UP or (day.weekday() < 5 and text not in CLOSED)


def works(calendar: int, day: date) -> bool:
    text = day.isoformat()
    saturday = day.weekday() == 5 and text not in CLOSED | NO_SATURDAY_COUNTER
    return full_day(day) or (calendar == SATURDAY and saturday)


def closes(calendar: int, day: date) -> time:
    return time(17, 0) if full_day(day) or calendar != SATURDAY else time(11, 30)


def next_working_day(calendar: int, day: date) -> date:
    day += timedelta(days=1)
    while not works(calendar, day):
        day += timedelta(days=1)
    return day


def limit(calendar: int, filed: datetime, working_days: int) -> datetime:
    """The closing of the last day of the limit, counted on one's fingers."""
    day = filed.date()
    for _ in range(working_days):
        day = next_working_day(calendar, day)
    if not works(calendar, day):
        day = next_working_day(calendar, day)
    return datetime.combine(day, closes(calendar, day))


def moment(time_ms: int) -> datetime:
    return datetime.combine(FIRST, time(0)) + timedelta(milliseconds=int(time_ms))


def ms(at: datetime) -> int:
    return (at - datetime.combine(FIRST, time(0))) // timedelta(milliseconds=1)


CALENDAR = st.integers(0, len(HOURS) - 1)
MOMENT = st.integers(0, LATEST * DAY_MS - 1)


@given(CALENDAR, MOMENT, st.integers(0, 60))
@settings(derandomize=True, deadline=None, max_examples=600)
def test_a_limit_is_what_one_counts_on_ones_fingers(calendar: int, start_ms: int, days: int) -> None:
    assert moment(limit_ms(SHIFTS, INDEX, calendar, start_ms, days)) == limit(calendar, moment(start_ms), days)


@given(CALENDAR, st.integers(0, LATEST), st.integers(1, 60))
@settings(derandomize=True, deadline=None, max_examples=400)
def test_the_so_manyeth_working_day(calendar: int, day: int, number: int) -> None:
    """Exactly so many working days lie after the one and up to the other, which is itself one."""
    after = int(working_day_after(SHIFTS, INDEX, calendar, day, number))
    between = [FIRST + timedelta(days=at) for at in range(day + 1, after + 1)]
    assert sum(works(calendar, one) for one in between) == number
    assert works(calendar, between[-1])


@given(CALENDAR, MOMENT, st.integers(0, 30), st.integers(0, 30))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_a_limit_prolonged_is_a_limit_from_its_last_day(calendar: int, start_ms: int, days: int, more: int) -> None:
    """So a lawful pause of n working days moves the end by n working days, wherever it falls."""
    whole = int(limit_ms(SHIFTS, INDEX, calendar, start_ms, days + more))
    first = int(limit_ms(SHIFTS, INDEX, calendar, start_ms, days))
    if days == 0 and not works(calendar, moment(start_ms).date()):
        # what starts on a day off has its first day on the next working day, which is then day one, not day nought
        assert whole == limit_ms(SHIFTS, INDEX, calendar, first, max(0, more - 1))
    else:
        assert whole == limit_ms(SHIFTS, INDEX, calendar, first, more)


@pytest.mark.parametrize(
    ("filed", "days", "due"),
    [
        ("2019-03-07T08:00", 0, "2019-03-07T17:00"),
        ("2019-03-07T16:59:59.999", 0, "2019-03-07T17:00"),
        ("2019-03-07T08:00", 1, "2019-03-08T17:00"),
        ("2019-03-08T08:00", 1, "2019-03-11T17:00"),  # over a weekend
        ("2019-03-09T08:00", 0, "2019-03-11T17:00"),  # filed on a Saturday
        ("2019-03-10T23:59:59.999", 1, "2019-03-11T17:00"),  # filed on a Sunday night
        ("2019-02-01T16:00", 5, "2019-02-15T17:00"),  # Tết Kỷ Hợi from 2 to 10 February
        ("2019-02-05T00:00", 3, "2019-02-13T17:00"),  # filed at Tết
        ("2020-01-22T09:00", 2, "2020-01-31T17:00"),  # Tết Canh Tý from 23 to 29 January
        ("2019-01-04T09:00", 1, "2019-01-05T17:00"),  # the Saturday that makes up for 31 December
        ("2018-12-28T09:00", 3, "2019-01-04T17:00"),  # 31 December and 1 January closed
        ("2019-04-26T09:00", 2, "2019-05-03T17:00"),  # 29 April to 1 May closed
        ("2019-05-03T09:00", 2, "2019-05-06T17:00"),  # 4 May made up for it
    ],
)
def test_limits_read_from_a_wall_calendar(filed: str, days: int, due: str) -> None:
    start_ms = ms(datetime.fromisoformat(filed))
    assert moment(limit_ms(SHIFTS, INDEX, OFFICE, start_ms, days)) == datetime.fromisoformat(due)


def test_a_counter_open_on_saturday_morning_counts_the_day() -> None:
    """Its limit of one day from Friday ends on Saturday at 11:30; an office's on Monday."""
    friday = ms(datetime.fromisoformat("2019-03-08T09:00"))
    assert moment(limit_ms(SHIFTS, INDEX, SATURDAY, friday, 1)) == datetime.fromisoformat("2019-03-09T11:30")
    assert moment(limit_ms(SHIFTS, INDEX, AFTERNOON, friday, 1)) == datetime.fromisoformat("2019-03-11T17:00")


@given(CALENDAR, st.integers(0, LATEST))
@settings(derandomize=True, deadline=None, max_examples=300)
def test_when_a_day_opens_and_closes(calendar: int, offset: int) -> None:
    """A day off opens and closes as the next working day does."""
    day = FIRST + timedelta(days=offset)
    if not works(calendar, day):
        day = next_working_day(calendar, day)
    opens = time(14, 0) if calendar == AFTERNOON else time(7, 0)
    assert moment(opening_ms(SHIFTS, INDEX, calendar, offset)) == datetime.combine(day, opens)
    assert moment(closing_ms(SHIFTS, INDEX, calendar, offset)) == datetime.combine(day, closes(calendar, day))


def test_a_limit_beyond_the_calendar_never_comes() -> None:
    """Nothing that is due after the calendar's end can be late within it."""
    end_ms = DAYS * DAY_MS
    assert limit_ms(SHIFTS, INDEX, OFFICE, end_ms - 3 * DAY_MS, 200) > end_ms
