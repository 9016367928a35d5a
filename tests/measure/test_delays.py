"""Delays with some not finished: Kaplan and Meier's estimate from whole-hour bins."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measured_runs import Runs
from numpy.typing import NDArray

from sim.measure.delays import is_more_than, quantile_hours
from sim.measure.payload import decode, encode
from sim.measure.yearly import delay_rows, is_longer

BINS = 50
Counts = NDArray[np.int64]


def bins(**counts: int) -> Counts:
    """A histogram from `h3=10`: ten in the bin of three whole hours."""
    histogram = np.zeros(BINS, np.int64)
    for name, number in counts.items():
        histogram[int(name[1:])] = number
    return histogram


def by_product_limit(finished: Counts, waiting: Counts, share: float) -> float:
    """Kaplan and Meier item by item: at one time, those who finish go before those who are still waiting."""
    items = [(hour, 0) for hour in range(BINS) for _ in range(finished[hour])]
    items += [(hour, 1) for hour in range(BINS) for _ in range(waiting[hour])]
    survival, at_risk = 1.0, len(items)
    for hour in range(BINS - 1):
        done = sum(1 for item in items if item == (hour, 0))
        if at_risk == 0:
            break
        survival *= (at_risk - done) / at_risk
        if survival <= 1.0 - share:
            return hour + 0.5
        at_risk -= sum(1 for item in items if item[0] == hour)
    return max(hour for hour, _ in items) + 1.0


def test_by_hand() -> None:
    """Forty: 10 done in hour 1, 10 given up waiting in hour 2, 15 done in hour 3, 5 done in hour 9.

    S(1) = 30/40 = 0.75; 20 remain after the censored; S(3) = 0.75 * 5/20 = 0.1875; S(9) = 0.
    """
    finished, waiting = bins(h1=10, h3=15, h9=5), bins(h2=10)
    assert quantile_hours(finished, waiting, 0.25) == 1.5
    assert quantile_hours(finished, waiting, 0.26) == 3.5
    assert quantile_hours(finished, waiting, 0.8125) == 3.5
    assert quantile_hours(finished, waiting, 0.82) == 9.5


def test_leaving_the_unfinished_out_would_flatter() -> None:
    """Nine tenths of the finished were done in an hour, but half of all still wait."""
    finished, waiting = bins(h0=45, h20=5), bins(h30=50)
    assert quantile_hours(finished, waiting, 0.5) == 20.5
    assert quantile_hours(finished, np.zeros(BINS, np.int64), 0.5) == 0.5
    assert quantile_hours(finished, waiting, 0.95) == 31.0, "more than all have waited, to the hour"
    assert is_more_than(31.0)
    assert not is_more_than(20.5)


def test_fewer_than_thirty_say_nothing() -> None:
    assert quantile_hours(bins(h2=29), bins(), 0.5) is None
    assert quantile_hours(bins(h2=30), bins(), 0.5) == 2.5
    assert quantile_hours(bins(h2=20), bins(h40=10), 0.5) == 2.5


def test_the_open_last_bin_is_only_a_bound() -> None:
    finished = np.zeros(BINS, np.int64)
    finished[BINS - 1] = 100
    assert quantile_hours(finished, bins(), 0.5) == BINS
    finished[3] = 100
    assert quantile_hours(finished, bins(), 0.5) == 3.5


UNTIED = (0.0503, 0.5003, 0.7503, 0.9503)
"""Shares that no count below a thousand items meets exactly."""


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, BINS - 2), min_size=30, max_size=120), st.sampled_from(UNTIED))
def test_without_censoring_it_is_the_plain_quantile(hours: list[int], share: float) -> None:
    """The least hour by which at least this share is done."""
    finished = np.bincount(hours, minlength=BINS).astype(np.int64)
    plain = next(h for h in sorted(hours) if sum(1 for other in hours if other <= h) >= share * len(hours) - 1e-9)
    assert quantile_hours(finished, np.zeros(BINS, np.int64), share) == plain + 0.5


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    st.lists(st.integers(0, BINS - 2), min_size=30, max_size=60),
    st.lists(st.integers(0, BINS - 2), max_size=30),
    st.sampled_from(UNTIED),
)
def test_against_the_product_limit_item_by_item(done: list[int], waiting: list[int], share: float) -> None:
    finished = np.bincount(done, minlength=BINS).astype(np.int64)
    left = np.bincount(waiting, minlength=BINS).astype(np.int64)
    assert quantile_hours(finished, left, share) == by_product_limit(finished, left, share)


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.lists(st.integers(0, BINS - 2), min_size=35, max_size=60), st.data(), st.sampled_from(UNTIED))
def test_more_censoring_never_shortens(done: list[int], data: st.DataObject, share: float) -> None:
    """Whoever was done at hour h is now only known to have waited until h: the quantile cannot fall."""
    finished = np.bincount(done, minlength=BINS).astype(np.int64)
    waiting = np.zeros(BINS, np.int64)
    before = quantile_hours(finished, waiting, share)
    for hour in data.draw(st.lists(st.sampled_from(done), max_size=10, unique=True)):
        finished[hour] -= 1
        waiting[hour] += 1
        after = quantile_hours(finished, waiting, share)
        assert before is not None
        assert after is not None
        assert after >= before
        before = after


def test_a_share_met_exactly_counts_as_met() -> None:
    """27 of 36 are done by hour 2: three quarters, exactly."""
    assert quantile_hours(bins(h0=24, h1=2, h2=1, h3=9), bins(), 0.75) == 2.5


@pytest.mark.parametrize("share", [0.5003, 0.9503])
def test_merging_months_is_exact(share: float) -> None:
    """Histograms add: two months together give the quantile of all their items."""
    rng = np.random.default_rng(7)
    one, two = rng.integers(0, 6, BINS), rng.integers(0, 6, BINS)
    one[-1] = two[-1] = 0
    items = np.sort(np.concatenate([np.repeat(np.arange(BINS), one), np.repeat(np.arange(BINS), two)]))
    plain = items[int(np.ceil(share * len(items))) - 1]
    assert quantile_hours(one + two, np.zeros(BINS, np.int64), share) == plain + 0.5


def test_a_quantile_is_longer_than_shown_where_a_delay_up_to_it_is() -> None:
    """Four known delays and one of which nobody saw the end: further back, it moves only what lies beyond it."""
    delays = [(1.0, False), (2.0, False), (3.0, True), (4.0, False), (5.0, False)]
    assert [is_longer(delays, share) for share in (0.0, 0.25, 0.26, 0.5, 1.0)] == [False, False, True, True, True]
    assert not any(is_longer([(hours, False) for hours, _ in delays], share) for share in (0.0, 0.5, 1.0))
    assert is_longer([(9.0, True)], 0.05)


def test_delays_by_year_mark_the_months_whose_end_nobody_saw(runs: Runs) -> None:
    """One replication's year made whole hours, as of what was not done at the end: that year is longer, no other."""
    measured = [decode(encode(record, runs.loaded)) for record in runs.records]
    plain = delay_rows(measured)
    assert {row.scope for row in plain} >= {"all", "tier:commune", "channel:paper"}
    assert {row.year for row in plain} == {2018, 2019}
    (year,) = (row for row in plain if (row.measure, row.scope, row.year) == ("delivery_hours_p95", "all", 2018))
    assert (year.longer_in, year.p95_longer, year.n) == (0, False, len(measured))
    series = measured[0].series.copy()
    mine = (series["measure"] == "delivery_hours_p95") & (series["scope"] == "all")
    series.loc[mine & (series["date"].dt.year == 2018), "value"] = 1_000.0
    late = delay_rows([replace(measured[0], series=series), *measured[1:]])
    (year,) = (row for row in late if (row.measure, row.scope, row.year) == ("delivery_hours_p95", "all", 2018))
    assert (year.longer_in, year.p95_longer, year.p05_longer) == (1, True, False)
    assert [row for row in late if row.year == 2019] == [row for row in plain if row.year == 2019]
