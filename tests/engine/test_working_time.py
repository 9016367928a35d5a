"""Office hours, against a counter that knows nothing but a list of closed days and walks minute by minute."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sim.engine.calendars import CLOSED, WEEKEND, WORKING, OpeningHours, build_calendars, day_kinds, parse_shifts
from sim.engine.clock import DAY_MS, HOUR_MS, MINUTE_MS, Clock, add_months, month_ends
from sim.engine.working_time import add_working, is_open, next_open, worked_by, working_between

FIRST, LAST = date(2018, 12, 20), date(2020, 3, 31)
DAYS = (LAST - FIRST).days + 1
CLOSED_DAYS = {
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
HOLIDAY_WEEKENDS = {"2019-04-14", "2020-01-25", "2020-01-26"}
HOURS = (
    OpeningHours(((420, 690), (810, 1020))),
    OpeningHours(((420, 690), (810, 1020)), saturday=((420, 690),)),
    OpeningHours(((420, 690), (810, 1020)), post_share=0.7),
    OpeningHours(((570, 690), (930, 1020))),
)
OFFICE, SATURDAY_COUNTER, PART_POST, LEADER = range(4)


def works(day: date) -> bool:
    text = day.isoformat()
    return text in MAKE_UP or (day.weekday() < 5 and text not in CLOSED_DAYS)


def open_minutes(calendar: int) -> NDArray[np.bool_]:
    """Minute by minute from the first midnight: is the office open?"""
    minutes = np.zeros(DAYS * 1440, bool)
    for offset in range(DAYS):
        day = FIRST + timedelta(days=offset)
        plain_saturday = day.weekday() == 5 and not works(day) and day.isoformat() not in HOLIDAY_WEEKENDS
        if not works(day) and not (plain_saturday and calendar == SATURDAY_COUNTER):
            continue
        shifts = {
            OFFICE: [(420, 690), (810, 1020)],
            SATURDAY_COUNTER: [(420, 690)] if plain_saturday else [(420, 690), (810, 1020)],
            PART_POST: [(420, 420 + 189), (810, 810 + 147)],  # 0.7 of 270 and of 210 minutes
            LEADER: [(570, 690), (930, 1020)],
        }[calendar]
        for start, end in shifts:
            minutes[offset * 1440 + start : offset * 1440 + end] = True
    return minutes


COUNTERS = [open_minutes(calendar) for calendar in range(4)]
WORKED = [np.concatenate([[0], np.cumsum(minutes)]) for minutes in COUNTERS]
SHIFTS, INDEX = build_calendars(day_kinds(FIRST, LAST, {}), FIRST, HOURS)
CALENDAR = st.integers(0, 3)
LAST_MOMENT = (DAYS - 100) * DAY_MS
MOMENT = st.integers(0, LAST_MOMENT)
WORK = st.integers(1, 12 * 24 * HOUR_MS)


def ends(calendar: int, start_ms: int, work_ms: int) -> int:
    return int(add_working(SHIFTS, INDEX, calendar, start_ms, work_ms))


def between(calendar: int, start_ms: int, end_ms: int) -> int:
    return int(working_between(SHIFTS, INDEX, calendar, start_ms, end_ms))


def opens(calendar: int, time_ms: int) -> bool:
    return bool(is_open(SHIFTS, INDEX, calendar, time_ms))


def at(text: str) -> int:
    return int((datetime.fromisoformat(text) - datetime.combine(FIRST, time(0))) / timedelta(milliseconds=1))


@pytest.mark.parametrize("calendar", range(4))
def test_every_minute_agrees_with_the_counter(calendar: int) -> None:
    minutes = range(0, (DAYS - 1) * 1440, 7)
    assert [opens(calendar, m * MINUTE_MS) for m in minutes] == COUNTERS[calendar][minutes].tolist()
    worked = [int(worked_by(SHIFTS, INDEX, calendar, m * MINUTE_MS)) for m in minutes]
    assert worked == (WORKED[calendar][minutes] * MINUTE_MS).tolist()


@given(CALENDAR, st.integers(0, (DAYS - 100) * 1440), st.integers(1, 15_000))
@settings(derandomize=True, max_examples=400, deadline=None)
def test_work_ends_when_the_counter_has_counted_it(calendar: int, start: int, work: int) -> None:
    """The first minute by which `work` open minutes have passed since `start`."""
    end = int(np.searchsorted(WORKED[calendar], WORKED[calendar][start] + work))
    assert ends(calendar, start * MINUTE_MS, work * MINUTE_MS) == end * MINUTE_MS


@given(CALENDAR, st.integers(0, (DAYS - 60) * 1440))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_the_next_opening_is_the_counters_next_open_minute(calendar: int, minute: int) -> None:
    following = minute + int(np.argmax(COUNTERS[calendar][minute:]))
    assert next_open(SHIFTS, INDEX, calendar, minute * MINUTE_MS) == following * MINUTE_MS


@given(CALENDAR, MOMENT, WORK)
@settings(derandomize=True, max_examples=400, deadline=None)
def test_work_done_between_start_and_end_is_the_work(calendar: int, start: int, work: int) -> None:
    end = ends(calendar, start, work)
    assert between(calendar, start, end) == work
    assert opens(calendar, end - 1)
    assert between(calendar, start, end - 1) == work - 1


@given(CALENDAR, MOMENT, WORK, WORK)
@settings(derandomize=True, max_examples=400, deadline=None)
def test_work_in_two_parts_is_work_in_one(calendar: int, start: int, first: int, second: int) -> None:
    assert ends(calendar, ends(calendar, start, first), second) == ends(calendar, start, first + second)


@given(CALENDAR, MOMENT, MOMENT, MOMENT)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_working_time_adds_up_over_any_middle(calendar: int, a: int, b: int, c: int) -> None:
    assert between(calendar, a, b) + between(calendar, b, c) == between(calendar, a, c)
    assert between(calendar, a, b) == -between(calendar, b, a)
    assert 0 <= between(calendar, min(a, b), max(a, b)) <= abs(b - a)


@given(CALENDAR, MOMENT, MOMENT, WORK, WORK)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_later_start_or_more_work_never_ends_sooner(calendar: int, a: int, b: int, v: int, w: int) -> None:
    assert ends(calendar, min(a, b), v) <= ends(calendar, max(a, b), v)
    assert ends(calendar, a, min(v, w)) <= ends(calendar, a, max(v, w))


@given(CALENDAR, MOMENT)
@settings(derandomize=True, max_examples=300, deadline=None)
def test_opening_is_open_and_nothing_before_it_is(calendar: int, moment: int) -> None:
    opening = int(next_open(SHIFTS, INDEX, calendar, moment))
    assert opening >= moment
    assert opens(calendar, opening)
    assert between(calendar, moment, opening) == 0
    assert opening == moment or not opens(calendar, opening - 1)
    assert ends(calendar, moment, 1) == opening + 1


BY_HAND = [
    ("an afternoon's hour", OFFICE, "2019-03-08T15:00", 60, "2019-03-08T16:00"),
    ("up to the closing minute", OFFICE, "2019-03-08T16:00", 60, "2019-03-08T17:00"),
    ("over lunch", OFFICE, "2019-03-08T11:15", 30, "2019-03-08T13:45"),
    ("begun at lunch", OFFICE, "2019-03-08T12:00", 30, "2019-03-08T14:00"),
    ("over a weekend", OFFICE, "2019-03-08T16:30", 60, "2019-03-11T07:30"),
    ("over Tết", OFFICE, "2019-02-01T16:30", 60, "2019-02-11T07:30"),
    ("into the make-up Saturday", OFFICE, "2019-01-04T16:30", 60, "2019-01-05T07:30"),
    ("from the make-up Saturday", OFFICE, "2019-01-05T16:30", 60, "2019-01-07T07:30"),
    ("over the Monday made up for", OFFICE, "2018-12-28T16:30", 60, "2019-01-02T07:30"),
    ("over a leap day that works", OFFICE, "2020-02-28T16:30", 60, "2020-03-02T07:30"),
    ("Saturday counter", SATURDAY_COUNTER, "2019-03-08T16:30", 60, "2019-03-09T07:30"),
    ("Saturday counter closes at noon", SATURDAY_COUNTER, "2019-03-09T11:00", 60, "2019-03-11T07:30"),
    ("no Saturday counter on a holiday Sunday", SATURDAY_COUNTER, "2019-03-10T08:00", 1, "2019-03-11T07:01"),
    ("0.7 of a post: 189 minutes a morning", PART_POST, "2019-03-08T10:00", 19, "2019-03-08T13:40"),
    ("0.7 of a post: 336 minutes a day", PART_POST, "2019-03-07T07:00", 337, "2019-03-08T07:01"),
    ("a leader's half-days", LEADER, "2019-03-08T08:00", 121, "2019-03-08T15:31"),
]


@pytest.mark.parametrize(
    ("calendar", "start", "minutes", "end"), [row[1:] for row in BY_HAND], ids=[r[0] for r in BY_HAND]
)
def test_by_hand(calendar: int, start: str, minutes: int, end: str) -> None:
    assert ends(calendar, at(start), minutes * MINUTE_MS) == at(end)


def test_a_leap_day_on_a_working_weekday_works() -> None:
    first = date(2016, 2, 22)
    shifts, index = build_calendars(day_kinds(first, date(2016, 3, 31), {}), first, HOURS[:1])
    leap_ms = (date(2016, 2, 29) - first).days * DAY_MS
    assert not is_open(shifts, index, 0, leap_ms + 7 * HOUR_MS - 1)
    assert is_open(shifts, index, 0, leap_ms + 7 * HOUR_MS)
    assert working_between(shifts, index, 0, leap_ms, leap_ms + DAY_MS) == 8 * HOUR_MS


def test_day_kinds_agree_with_the_decrees() -> None:
    kinds = day_kinds(FIRST, LAST, {})
    for offset, kind in enumerate(kinds):
        day = FIRST + timedelta(days=offset)
        closed = day.isoformat() in CLOSED_DAYS | HOLIDAY_WEEKENDS
        assert kind == (WORKING if works(day) else CLOSED if closed else WEEKEND), day


def test_an_override_stands_above_the_package() -> None:
    days = [date(2019, 3, 8), date(2019, 3, 9), date(2019, 2, 5)]
    overrides = {days[0]: False, days[1]: True, days[2]: True}
    assert [day_kinds(day, day, overrides)[0] for day in days] == [CLOSED, WORKING, WORKING]
    assert [day_kinds(day, day, {})[0] for day in days] == [WORKING, WEEKEND, CLOSED]


def test_a_closed_saturday_has_no_counter() -> None:
    """A Saturday that an override closes is a holiday, not an ordinary weekend."""
    saturday = date(2019, 3, 9)
    shifts, index = build_calendars(
        day_kinds(saturday, saturday + timedelta(3), {saturday: False}), saturday, HOURS[1:2]
    )
    assert next_open(shifts, index, 0, 0) == 2 * DAY_MS + 7 * HOUR_MS


@given(MOMENT, MOMENT, st.integers(0, 30 * DAY_MS))
@settings(derandomize=True, max_examples=200, deadline=None)
def test_an_office_that_never_closes_counts_the_clock(a: int, b: int, work: int) -> None:
    """Round the clock, working time is clock time, over midnights too."""
    shifts, index = ROUND_THE_CLOCK
    assert is_open(shifts, index, 0, a)
    assert next_open(shifts, index, 0, a) == a
    assert working_between(shifts, index, 0, a, b) == b - a
    assert add_working(shifts, index, 0, a, work) == a + work


ROUND_THE_CLOCK = build_calendars([WORKING] * DAYS, FIRST, [OpeningHours(((0, 1440),))])


def test_the_sliver_between_two_shifts_is_closed() -> None:
    """The closing millisecond is closed, the opening one is open; touching shifts leave no gap."""
    shifts, index = build_calendars([WORKING] * 3, FIRST, [OpeningHours(((420, 480), (480, 540)))])
    assert is_open(shifts, index, 0, 8 * HOUR_MS - 1)
    assert is_open(shifts, index, 0, 8 * HOUR_MS)
    assert not is_open(shifts, index, 0, 9 * HOUR_MS)
    assert not is_open(shifts, index, 0, 7 * HOUR_MS - 1)
    assert add_working(shifts, index, 0, 7 * HOUR_MS, 90 * MINUTE_MS) == 8 * HOUR_MS + 30 * MINUTE_MS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "07:00",
        "11:30-07:00",
        "07:00-07:00",
        "07:60-08:00",
        "23:00-24:01",
        "07:00-11:30-13:00",
        "7h-11h",
        "-1:00-02:00",
    ],
)
def test_shifts_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_shifts([text])


def test_shifts_are_read_as_minutes() -> None:
    assert parse_shifts(["07:00-11:30", "13:30-24:00"]) == ((420, 690), (810, 1440))


def test_a_calendar_that_never_opens_is_refused() -> None:
    """Otherwise work would never end."""
    with pytest.raises(ValueError, match="no working hour"):
        build_calendars([CLOSED, WEEKEND], date(2019, 3, 9), HOURS[:1])
    with pytest.raises(ValueError, match="no working hour"):
        build_calendars([WORKING], FIRST, [OpeningHours(((420, 690),), post_share=0.0)])


def test_the_clock_turns_dates_to_milliseconds_and_back() -> None:
    clock = Clock(date(2015, 10, 1))
    for text in ("2015-10-01T00:00:00", "2016-02-29T13:30:01.250", "2020-12-31T23:59:59.999"):
        moment = datetime.fromisoformat(text)
        ms = clock.at(moment.date(), moment.time())
        assert clock.moment(ms) == moment
        assert clock.day(ms) == moment.date()
    assert clock.at(date(2016, 3, 1)) - clock.at(date(2016, 2, 28)) == 2 * DAY_MS
    assert clock.day(DAY_MS - 1) == date(2015, 10, 1)


def test_months_over_year_ends_and_leap_days() -> None:
    assert [add_months(date(2016, 1, 31), n) for n in (-1, 0, 1, 12)] == [
        date(2015, 12, 1),
        date(2016, 1, 1),
        date(2016, 2, 1),
        date(2017, 1, 1),
    ]
    assert month_ends(date(2015, 12, 15), date(2016, 3, 31)) == [
        date(2015, 12, 31),
        date(2016, 1, 31),
        date(2016, 2, 29),
        date(2016, 3, 31),
    ]
    assert month_ends(date(2016, 1, 1), date(2016, 2, 28)) == [date(2016, 1, 31)]
