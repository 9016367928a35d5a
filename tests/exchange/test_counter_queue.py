"""A district's one-stop counter through a year of days, against the forward equations of M(t)/M/c.

Two clerks, exponential work, people who come by the hour; whoever still sits there at closing is first the next
morning, and work under way is taken up where it was left, so that on working time one day continues the other.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property
from math import sqrt

import numpy as np
import pytest
from numpy.typing import NDArray
from time_dependent_queue import Counter, CounterDay, day
from worlds import CALM, EXPONENTIAL, ORIGIN, Kind, Provinces, fixed, small_province

from sim.engine.clock import DAY_MS, HOUR_MS, MINUTE_MS
from sim.exchange.codes import RECEIVE
from sim.exchange.dossier_state import DOSSIER_FLOWS
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario

START, END = date(2019, 3, 1), date(2020, 2, 29)
HOLIDAYS = {
    # Hùng kings (14/4 was a Sunday), 29/4 against 4/5, 2/9, New Year, Tết Canh Tý
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
MAKE_UP = "2019-05-04"
RATES = {7: 6.0, 8: 15.0, 9: 12.0, 10: 4.0, 13: 8.0, 14: 14.0, 15: 11.0, 16: 6.0}
"""People an hour; closed from 11 to 13 o'clock."""
SERVICE_MINUTES = 10.0
CLERKS = 2
LEFT_OUT = 5
"""Days at either end: at first the counter is empty, at last not everybody has been served."""
WEEK = 5
INHABITANTS = 10_000


def working_days(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [d for d in days if d.isoformat() == MAKE_UP or (d.weekday() < 5 and d.isoformat() not in HOLIDAYS)]


def counter_alone(provinces: Provinces) -> LoadedScenario:
    """Dossiers come to one district only, and none ever leaves its officers."""
    year = working_days(START, START + timedelta(days=364))
    per_head = sum(RATES.values()) * len(year) / INHABITANTS
    hours = [RATES.get(hour, 0.0) for hour in range(24)]
    return provinces.load(
        small_province(1, 1, 1, population=INHABITANTS),
        sets=(
            *CALM,
            *EXPONENTIAL,
            'calendar.district.weekdays=["07:00-11:00", "13:00-17:00"]',
            f"dossiers.arrivals.hours={{ weights = {hours}, {ORIGIN} }}",
            f"dossiers.arrivals.weekdays={{ weights = {[1] * 7}, {ORIGIN} }}",
            f"dossiers.arrivals.months={{ weights = {[1] * 12}, {ORIGIN} }}",
            fixed("dossiers.arrivals.monday_factor", "1"),
            fixed("dossiers.arrivals.after_tet_factor", "1"),
            fixed("dossiers.arrivals.per_head", f"{per_head} /year"),
            fixed("dossiers.arrivals.province_share", "0 %"),
            fixed("dossiers.arrivals.commune_share", "0 %"),
            fixed("dossiers.counter.posts_district", str(CLERKS)),
            fixed("dossiers.counter.ordinary", f"{SERVICE_MINUTES} min"),
            fixed("dossiers.counter.hand_over", "1 s"),
            fixed("dossiers.counter.incomplete_share", "0 %"),
            fixed("dossiers.counter.post_share", "0 %"),
            fixed("dossiers.work.long", "9000 h"),
        ),
        start=START,
        end=END,
        procedures=(Kind("endless", "district", work="long"),),
    )


class Year:
    """What stood at the counter on each day of one replication."""

    def __init__(self, record: RunRecord, start: date) -> None:
        """Read the visits of people who came in person."""
        self.record = record
        self._start = start
        self.visits = record.visits[record.visits["step"] == RECEIVE]

    @cached_property
    def waiting(self) -> NDArray[np.float64]:
        """[working day, hour end] people in the line."""
        days = [(d - self._start).days for d in working_days(START, END)][LEFT_OUT:-LEFT_OUT]
        ends = np.array([[d * DAY_MS + (hour + 1) * HOUR_MS for hour in RATES] for d in days])
        entered, began = (np.sort(self.visits[name]) for name in ("entered_ms", "began_ms"))
        return (np.searchsorted(entered, ends, "right") - np.searchsorted(began, ends, "right")).astype(float)

    def total(self, what: str) -> int:
        """A count over all months and tiers."""
        return int(self.record.dossier_flows[..., DOSSIER_FLOWS.index(what)].sum())


@pytest.fixture(scope="module")
def years(provinces: Provinces) -> list[Year]:
    loaded = counter_alone(provinces)
    return [Year(simulate(loaded, 31, r, tracing=True, certain=True), START) for r in range(4)]


@pytest.fixture(scope="module")
def exact() -> CounterDay:
    """The same eight hours day after day, until one is as the one before; the last of them."""
    days = 8
    counter = Counter(list(RATES.values()) * days, CLERKS, SERVICE_MINUTES, most_present=150)
    times = [8.0 * day_ + hour for day_ in (days - 2, days - 1) for hour in range(1, 9)]
    found = day(counter, times)
    assert found.lost < 1e-9
    assert found.waiting[:8] == pytest.approx(found.waiting[8:], rel=1e-4)
    return CounterDay(found.hours[8:], found.waiting[8:], found.present[8:], found.all_busy[8:], found.lost)


def weekly(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Means of five days, since a long line at closing is still felt the next morning."""
    whole = values[: len(values) // WEEK * WEEK]
    return np.asarray(whole.reshape(-1, WEEK, *values.shape[1:]).mean(axis=1))


def test_as_many_come_as_the_hours_say(years: list[Year]) -> None:
    """A Poisson number of them, in each hour of the day apart."""
    days = len(working_days(START, END)) * len(years)
    came = np.concatenate([year.visits["entered_ms"] % DAY_MS // HOUR_MS for year in years])
    for hour, rate in RATES.items():
        assert abs(int((came == hour).sum()) - rate * days) < 4 * sqrt(rate * days), hour
    assert set(came.tolist()) == set(RATES)


def test_the_line_by_the_hour(years: list[Year], exact: CounterDay) -> None:
    weeks = np.concatenate([weekly(year.waiting) for year in years])
    error = weeks.std(axis=0, ddof=1) / sqrt(len(weeks))
    assert (error < 0.12 * exact.waiting.max()).all(), "enough days to tell a wrong line from bad luck"
    assert (np.abs(weeks.mean(axis=0) - exact.waiting) < 4 * error).all()


def test_those_who_are_sent_home_at_closing(years: list[Year], exact: CounterDay) -> None:
    """As many as stand in line at 17:00; all of them, and nobody else, are counted."""
    weeks = np.concatenate([weekly(year.waiting[:, -1]) for year in years])
    error = weeks.std(ddof=1) / sqrt(len(weeks))
    days = len(years) * len(working_days(START, END))
    for year in years:
        later = year.visits["began_ms"] // DAY_MS > year.visits["entered_ms"] // DAY_MS
        assert year.total("sent_home") == later.sum()
    sent = sum(year.total("sent_home") for year in years)
    assert abs(sent / days - exact.waiting[-1]) < 4 * error
    assert sent > 300


def test_waits_in_the_hall_are_counted_in_office_hours(years: list[Year]) -> None:
    """To the minute, lunch left out; besides those of one day, only the few who came again, or are being served."""
    for year in years:
        began, came = year.visits["began_ms"], year.visits["entered_ms"]
        same_day = began // DAY_MS == came // DAY_MS
        over_lunch = (came % DAY_MS < 12 * HOUR_MS) & (began % DAY_MS > 12 * HOUR_MS)
        minutes = (began - came - 2 * HOUR_MS * over_lunch)[same_day] // MINUTE_MS
        waits = year.record.counter_waits.sum(axis=(0, 1))
        counted = np.bincount(minutes, minlength=len(waits))
        assert (waits >= counted).all()
        assert 0 <= int((waits - counted).sum()) - year.total("sent_home") <= CLERKS
