"""When documents are written: a Poisson process that follows hours, weekdays and months exactly."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from worlds import CALM, Bench, Office, Provinces, fixed, small_province

from sim.engine.clock import DAY_MS, HOUR_MS, add_months
from sim.engine.draws import luck_of
from sim.engine.records import Records
from sim.exchange.codes import EXOGENOUS, INTERNAL
from sim.exchange.state import ARRIVAL
from sim.exchange.workload import Season, Workload, days_after_closure, in_order

START = date(2018, 1, 1)
SENDER = "dept.0"
OFFICE_HOURS = ((7 * 60, 11 * 60 + 30), (13 * 60 + 30, 17 * 60))
HOURS = [0, 0, 0, 0, 0, 0, 0, 0.7, 1.1, 1.3, 1.3, 0.9, 0, 0.8, 1.1, 1.3, 1.2, 0, 0, 0, 0, 0, 0, 0]
WEEKDAYS = [1.25, 1.05, 1.0, 0.95, 0.95, 0.3, 0]
MONTHS = [0.95, 0.75, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.1, 1.25]
SHIPPED = Season(HOURS, WEEKDAYS, MONTHS)
PEAK = Season([0.1] * 9 + [20.0] + [0.1] * 14, [1.0] * 7, [1.0] * 12)
"""Quiet, one sharp hour from nine to ten, quiet."""


def year(provinces: Provinces, *offices: Office) -> Bench:
    loaded = provinces.load(
        offices or small_province(2, 1, 2),
        sets=(*CALM, fixed("volumes.department_spread", "0"), fixed("volumes.growth", "0 %")),
        start=START,
        end=date(2018, 12, 31),
    )
    return Bench(loaded)


def workload(bench: Bench, season: Season, one_in: int = 1) -> Workload:
    tiers = np.minimum(bench.world.agencies["tier"], 3).astype(np.int64)
    yearly = {EXOGENOUS: bench.world.agencies["outgoing"], INTERNAL: bench.world.agencies["internal"]}
    return Workload(season, bench.founded.clock.origin, bench.founded.calendars[:4], tiers, 0, yearly, one_in)


def month(bench: Bench, work: Workload, first: date, replication: int, growth: float = 1.0) -> Records:
    """Everything that is begun in one month, in one replication."""
    bench.world.rules["luck"] = luck_of(99, replication)
    start, end = bench.at(first), bench.at(add_months(first, 1))
    return in_order(work.month(bench.world, first, start, end, growth))


def hours_of_the_year(bench: Bench, season: Season) -> NDArray[np.float64]:
    """[day, hour] share of the year's documents, from the calendar of working days and the weights alone."""
    shares = np.zeros((365, 24))
    working = {int(open_ms) // DAY_MS for open_ms in bench.founded.calendars[1]["open_ms"]}
    for day in range(365):
        today = START + timedelta(days=day)
        if day in working:
            for hour in range(24):
                minutes = sum(max(0, min(b, 60 * hour + 60) - max(a, 60 * hour)) for a, b in OFFICE_HOURS)
                weight = season.hours[hour] * season.weekdays[today.weekday()] * season.months[today.month - 1]
                shares[day, hour] = weight * minutes
    return np.asarray(shares / shares.sum())


def days_and_hours(arrivals: Records) -> NDArray[np.int64]:
    counts = np.zeros((365, 24), np.int64)
    np.add.at(counts, (arrivals["time_ms"] // DAY_MS, arrivals["time_ms"] % DAY_MS // HOUR_MS), 1)
    return counts


def of_sender(bench: Bench, arrivals: Records, kind: int = EXOGENOUS) -> Records:
    mine = (arrivals["sender"] == bench.ids[SENDER]) & (arrivals["kind"] == kind)
    return np.asarray(arrivals[mine]).view(np.recarray)


@pytest.fixture(scope="module")
def years(provinces: Provinces) -> tuple[Bench, Records]:
    """Twenty years of one department, month by month, each in a replication of its own."""
    bench = year(provinces)
    work = workload(bench, SHIPPED)
    drawn = [
        of_sender(bench, month(bench, work, date(2018, m, 1), replication))
        for replication in range(20)
        for m in range(1, 13)
    ]
    return bench, np.concatenate(drawn).view(np.recarray)


@pytest.mark.parametrize("view", ["hour", "weekday", "month", "day"])
def test_counts_follow_the_profile_in_number_and_shape(years: tuple[Bench, Records], view: str) -> None:
    """Against the expected numbers themselves, so that a year too large or too small fails as well."""
    bench, arrivals = years
    expected = 20 * float(bench.agency(SENDER)["outgoing"]) * hours_of_the_year(bench, SHIPPED)
    counts = days_and_hours(arrivals)
    days = [START + timedelta(days=day) for day in range(365)]
    groups = {
        "hour": np.tile(np.arange(24), (365, 1)),
        "weekday": np.repeat([[day.weekday()] for day in days], 24, axis=1),
        "month": np.repeat([[day.month] for day in days], 24, axis=1),
        "day": np.repeat([[i] for i in range(365)], 24, axis=1),
    }[view]
    seen = np.bincount(groups.ravel(), counts.ravel())
    wanted = np.bincount(groups.ravel(), expected.ravel())
    assert (seen[wanted == 0] == 0).all(), "nothing is written while the office is closed"
    bins = wanted >= 5
    assert bins.sum() >= 5
    chi_square = float(((seen - wanted)[bins] ** 2 / wanted[bins]).sum())
    assert 1e-4 < stats.chi2.sf(chi_square, bins.sum()) < 1 - 1e-4


def test_a_sharp_peak_is_as_large_as_it_should_be(provinces: Provinces) -> None:
    """Thinning with the rate at the start of a gap loses several per cent of such a peak."""
    bench = year(provinces)
    work = workload(bench, PEAK)
    drawn = [of_sender(bench, month(bench, work, date(2018, 3, 1), r)) for r in range(150)]
    hours = np.concatenate([d["time_ms"] for d in drawn]) % DAY_MS // HOUR_MS
    shares = hours_of_the_year(bench, PEAK)[59:90]
    expected = 150 * float(bench.agency(SENDER)["outgoing"]) * shares
    peak = int((hours == 9).sum())
    error = np.sqrt(expected[:, 9].sum())
    assert error < 0.008 * expected[:, 9].sum(), "too few to notice a loss of three per cent"
    assert abs(peak - expected[:, 9].sum()) < 4 * error
    quiet = expected.sum() - expected[:, 9].sum()
    assert abs(len(hours) - peak - quiet) < 4 * np.sqrt(quiet)


def test_counts_are_poisson(provinces: Provinces) -> None:
    """Variance and mean of a month's and of a morning's count agree; neighbouring months are unrelated."""
    bench = year(provinces)
    work = workload(bench, SHIPPED)
    bench.agency(SENDER)["outgoing"] = 600.0
    march = [of_sender(bench, month(bench, work, date(2018, 3, 1), r)) for r in range(400)]
    april = [of_sender(bench, month(bench, work, date(2018, 4, 1), r)) for r in range(400)]
    first_week = [int((d["time_ms"] < bench.at(date(2018, 3, 8))).sum()) for d in march]
    for counts in ([len(d) for d in march], first_week):
        dispersion = np.var(counts, ddof=1) / np.mean(counts) * 399
        assert 1e-4 < stats.chi2.cdf(dispersion, 399) < 1 - 1e-4
    assert abs(np.corrcoef([len(d) for d in march], [len(d) for d in april])[0, 1]) < 4 / np.sqrt(400)
    mean = 600.0 * hours_of_the_year(bench, SHIPPED)[59:90].sum()
    sizes = np.bincount([min(max(len(d), 30), 75) for d in march], minlength=76)
    values = np.arange(31, 75)
    pmf = stats.poisson.pmf(values, mean)
    bins = pmf * 400 >= 5
    chi_square = float(((sizes[31:75] - 400 * pmf)[bins] ** 2 / (400 * pmf[bins])).sum())
    assert stats.chi2.sf(chi_square, bins.sum()) > 1e-4


def test_in_operational_time_gaps_are_exponential(years: tuple[Bench, Records]) -> None:
    """The exact inverse: carried over to the integral of the rate, the process has unit exponential gaps."""
    bench, _ = years
    work = workload(bench, SHIPPED)
    shares = hours_of_the_year(bench, SHIPPED)
    per_ms = np.zeros((365, 24))
    for hour in range(24):
        minutes = sum(max(0, min(b, 60 * hour + 60) - max(a, 60 * hour)) for a, b in OFFICE_HOURS)
        per_ms[:, hour] = shares[:, hour] / (minutes * 60_000) if minutes else 0.0
    before = np.concatenate([[0.0], np.cumsum(shares.ravel())])
    gaps = []
    for replication in range(6):
        for m in (3, 10):
            drawn = of_sender(bench, month(bench, work, date(2018, m, 1), replication))["time_ms"]
            cell, into = drawn // HOUR_MS, drawn % HOUR_MS
            into = np.where(cell % 24 == 13, into - HOUR_MS // 2, into)  # the afternoon opens at half past
            passed = (before[cell] + into * per_ms.ravel()[cell]) * float(bench.agency(SENDER)["outgoing"])
            gaps.append(np.diff(passed))
    assert len(np.concatenate(gaps)) > 2_000
    assert stats.kstest(np.concatenate(gaps), "expon").pvalue > 1e-4


def test_another_agency_moves_nobody_elses_documents(provinces: Provinces) -> None:
    """Luck is keyed by the agency, not by its place in the table."""
    few = small_province(2, 1, 2)
    more = (*few, Office("com.0.10", "commune", "dist.0"), Office("dept.00", "department", "office"))
    before, after = year(provinces, *few), year(provinces, *more)
    ids = [office.agency_id for office in few if office.tier in ("office", "department", "district")]
    for bench in (before, after):
        for agency_id in ids:
            bench.agency(agency_id)["outgoing"] = 900.0
            bench.agency(agency_id)["internal"] = 300.0
    drawn = [month(bench, workload(bench, SHIPPED), date(2018, 5, 1), 3) for bench in (before, after)]
    for agency_id in ids:
        ours, theirs = (
            rows[rows["sender"] == bench.ids[agency_id]][["time_ms", "key", "kind"]]
            for bench, rows in zip((before, after), drawn, strict=True)
        )
        assert len(ours) > 50
        assert ours.tolist() == theirs.tolist()
    assert len(drawn[1]) > len(drawn[0])


def test_growth_scales_and_kinds_are_apart(provinces: Provinces) -> None:
    bench = year(provinces)
    work = workload(bench, SHIPPED)
    means = {
        (growth, kind): np.mean(
            [len(of_sender(bench, month(bench, work, date(2018, 6, 1), r, growth), kind)) for r in range(60)]
        )
        for growth in (1.0, 2.0)
        for kind in (EXOGENOUS, INTERNAL)
    }
    share = hours_of_the_year(bench, SHIPPED)[151:181].sum()
    for (growth, kind), mean in means.items():
        yearly = float(bench.agency(SENDER)["internal" if kind == INTERNAL else "outgoing"])
        assert abs(mean - growth * yearly * share) < 4 * np.sqrt(growth * yearly * share / 60)


def test_arrivals_come_in_order_and_once(provinces: Provinces) -> None:
    bench = year(provinces)
    work = workload(bench, SHIPPED)
    drawn = [month(bench, work, date(2018, m, 1), 1) for m in range(1, 13)]
    keys = np.concatenate([d["key"] for d in drawn])
    assert len(np.unique(keys)) == len(keys) > 5_000
    for d in drawn:
        assert (np.diff(d["time_ms"]) >= 0).all()


def test_a_thinned_world_has_one_in_so_many_of_the_very_same_documents(provinces: Provinces) -> None:
    bench = year(provinces)
    for m in (1, 2, 12):
        full = month(bench, workload(bench, SHIPPED), date(2018, m, 1), 1)
        few = month(bench, workload(bench, SHIPPED, 7), date(2018, m, 1), 1)
        np.testing.assert_array_equal(few, full[full["key"] % 7 == 0])
        assert abs(len(few) - len(full) / 7) < 4 * np.sqrt(len(full) * 6 / 49)


def test_a_long_closure_is_tet_and_nothing_else(provinces: Provinces) -> None:
    """In five years of the calendar, the first day of work after a long closure lies in January or February."""
    bench = Bench(provinces.load(small_province(1, 1, 1), start=date(2016, 1, 1), end=date(2020, 12, 31)))
    days = days_after_closure(bench.founded.calendars[1], 1)
    back = [day for day in (bench.founded.clock.day(day * DAY_MS) for day in sorted(days)) if day.year <= 2020]
    assert [day.year for day in back] == [2016, 2017, 2018, 2019, 2020]
    assert {day.month for day in back} <= {1, 2}


def test_arrivals_of_one_moment_stand_in_order_of_identity() -> None:
    """As a sort by time and then by identity puts them, however many share a moment."""
    luck = np.random.default_rng(3)
    months = []
    for number in (4000, 300):
        drawn = np.zeros(number, ARRIVAL).view(np.recarray)
        drawn["time_ms"], drawn["key"] = luck.integers(0, 900, number), luck.permutation(number)
        months.append(drawn)
    together = np.concatenate(months)
    expected = sorted(zip(together["time_ms"].tolist(), together["key"].tolist(), strict=True))
    ordered = in_order(*months)
    assert list(zip(ordered["time_ms"].tolist(), ordered["key"].tolist(), strict=True)) == expected
