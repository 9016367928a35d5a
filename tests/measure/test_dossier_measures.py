"""Measures of dossiers against sums by hand: two tiers, three months, a few dossiers each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from measured_runs import Runs

from sim.exchange import dossier_counting as f
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, LATENESS
from sim.measure.dossier_years import added, check_rows, dossier_year_rows, share_of
from sim.measure.dossiers import (
    are_simulated,
    counter_wait_minutes,
    dossier_ratio,
    dossier_rows,
    lateness,
    yearly_counts,
)
from sim.measure.measured import Measured
from sim.measure.payload import decode, encode
from sim.measure.ratio import FEWEST_ITEMS
from sim.measure.series import series
from sim.model.record import RunRecord
from sim.report.measure_words import MEASURES as TITLES
from sim.scenario.asked_predictions import DELIVERED
from sim.scenario.measures import MEASURES


@pytest.fixture
def empty(runs: Runs) -> RunRecord:
    """A record with no dossier in it, whose arrays the tests fill."""
    record = runs.records[0]
    blank = {
        name: np.zeros_like(getattr(record, name))
        for name in ("dossier_flows", "lateness", "counter_waits", "dossiers_due")
    }
    return replace(record, citizens=np.zeros_like(record.citizens), **blank)


def count(record: RunRecord, month: int, tier: int, **numbers: int) -> None:
    """Put numbers into a month and tier, by the names of their columns."""
    for name, number in numbers.items():
        record.dossier_flows[month, tier, getattr(f, name)] = number


def test_nothing_filed_is_not_simulated(empty: RunRecord) -> None:
    assert not are_simulated(empty)
    count(empty, 4, COMMUNE, F_FILED=1)
    assert are_simulated(empty)


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("dossier_online_share", (20 + 10 + 30) / (100 + 300)),
        ("dossier_unassisted_online_share", (20 + 30) / (100 + 300)),
        ("dossier_offered_online_share", (20 + 10 + 30) / (40 + 50 + 60 + 10)),
        ("business_registration_online_share", 45 / 60),
        ("dossier_linked_share", 7 / (7 + 21 + 12)),
        ("dossier_returned_share", (4 + 6) / (4 + 6 + 80 + 120)),
        ("dossier_recorded_on_time_share", 1 - (2 + 1) / (80 + 120)),
    ],
)
def test_shares_by_hand(empty: RunRecord, measure: str, expected: float) -> None:
    """Numerators and denominators of two tiers and two months, added before dividing."""
    count(
        empty,
        5,
        DEPARTMENT,
        F_FILED=100,
        F_ONLINE=20,
        F_ASSISTED=10,
        FILEABLE=40,
        FIRMS=60,
        FIRMS_ONLINE=45,
        INVESTMENTS=10,
        ELECTRONIC_LEGS=7,
        COURIER_LEGS=21,
        RETURNED=4,
        RESULTS=80,
        LATE=20,
        RECORDED_LATE=2,
    )
    count(
        empty,
        6,
        DISTRICT,
        F_FILED=300,
        F_ONLINE=30,
        FILEABLE=50,
        COURIER_LEGS=12,
        RETURNED=6,
        RESULTS=120,
        LATE=6,
        RECORDED_LATE=1,
    )
    count(empty, 8, COMMUNE, F_FILED=9999, RESULTS=9999, LATE=9999)
    assert dossier_ratio(empty, measure, "all").share(5, 6) == pytest.approx(expected)


def test_what_was_due_and_is_still_open_is_late(empty: RunRecord) -> None:
    """In time among all that were due in the month: those finished late and those not finished are both late."""
    empty.dossiers_due[5, DEPARTMENT] = (60, 20, 0)
    empty.dossiers_due[6, DISTRICT] = (40, 6, 74)
    empty.dossiers_due[8, COMMUNE] = (0, 0, 9999)
    count(empty, 5, DEPARTMENT, RESULTS=9999)
    share = dossier_ratio(empty, "dossier_on_time_share", "all")
    assert share.share(5, 6) == pytest.approx(100 / 200)
    assert share.share(8, 8) == 0.0
    assert dossier_ratio(empty, "dossier_on_time_share", "tier:district").share(5, 6) == pytest.approx(40 / 120)


def test_a_dossier_counts_at_the_tier_that_takes_it_in(empty: RunRecord) -> None:
    count(empty, 5, DEPARTMENT, F_FILED=100, F_ONLINE=50)
    count(empty, 5, COMMUNE, F_FILED=900)
    shares = {
        scope: dossier_ratio(empty, "dossier_online_share", scope).share(5, 5)
        for scope in ("all", "tier:department", "tier:commune", "tiers:province+district", "tier:district")
    }
    assert shares == {
        "all": 0.05,
        "tier:department": 0.5,
        "tier:commune": 0.0,
        "tiers:province+district": 0.5,
        "tier:district": None,
    }


def test_waits_are_quantiles_of_the_histogram(empty: RunRecord) -> None:
    empty.counter_waits[5, DISTRICT, [0, 10, 45]] = (60, 34, 6)
    assert counter_wait_minutes(empty, (DISTRICT,), 5, 0.5) == 0.0
    assert counter_wait_minutes(empty, (DISTRICT,), 5, 0.9) == 10.0
    assert counter_wait_minutes(empty, (DISTRICT, COMMUNE), 5, 0.95) == 45.0
    assert counter_wait_minutes(empty, (COMMUNE,), 5, 0.5) is None


def test_a_wait_of_too_few_is_blank(empty: RunRecord) -> None:
    empty.counter_waits[5, COMMUNE, 3] = FEWEST_ITEMS - 1
    assert counter_wait_minutes(empty, (COMMUNE,), 5, 0.5) is None
    empty.counter_waits[5, COMMUNE, 3] += 1
    assert counter_wait_minutes(empty, (COMMUNE,), 5, 0.5) == 3.0


def test_monthly_rows_add_up_over_tiers(empty: RunRecord) -> None:
    first = empty.first_month
    for tier, filed in ((DEPARTMENT, 3), (DISTRICT, 20), (COMMUNE, 100)):
        count(empty, first, tier, F_FILED=filed)
    empty.citizens[0] = (1000, 20)
    days = ["start", *(month.isoformat() for month in empty.months[first:])]
    rows = {(day, measure, scope): value for day, measure, scope, _, _, value in dossier_rows(empty, days)}
    assert rows[days[1], "dossiers_filed", "all"] == 123.0
    assert rows[days[1], "dossiers_filed", "tier:district"] == 20.0
    assert rows[days[2], "dossiers_filed", "all"] == 0.0
    assert rows["start", "citizen_online_share", "all"] == 0.02
    assert rows[days[1], "citizen_online_share", "all"] is None


def test_lateness_adds_up_over_tiers_and_months(empty: RunRecord) -> None:
    empty.lateness[5, DISTRICT, LATENESS.index("officer")] = 4
    empty.lateness[6, COMMUNE, LATENESS.index("officer")] = 3
    empty.lateness[6, COMMUNE, LATENESS.index("leader")] = 2
    empty.lateness[7, COMMUNE, LATENESS.index("leader")] = 90
    found = dict(lateness(empty, [5, 6]))
    assert list(found) == list(LATENESS)
    assert (found["officer"], found["leader"]) == (7.0, 2.0)
    assert sum(found.values()) == 9.0


def test_years_are_whole_or_left_out(empty: RunRecord) -> None:
    """The record runs from January 2018 to February 2019: one whole year."""
    first = empty.first_month
    assert empty.months[first] == date(2018, 1, 1)
    count(empty, first, COMMUNE, F_FILED=10, F_ONLINE=1, F_ASSISTED=2, F_BY_POST=3, RESULTS=5, LATE=2, FILEABLE=4)
    count(empty, first + 11, COMMUNE, F_FILED=30, RESULTS=25, LATE=1, RECORDED_LATE=1, RETURNED=2, SENT_HOME=6)
    count(empty, first + 12, COMMUNE, F_FILED=7000)
    empty.dossiers_due[first, COMMUNE], empty.dossiers_due[first + 11, COMMUNE] = (20, 2, 0), (4, 1, 8)
    empty.dossiers_due[first + 12, COMMUNE] = 7000
    count(empty, first - 1, COMMUNE, F_FILED=7000)
    counted = yearly_counts(empty)
    assert set(counted) == {"2018/department", "2018/district", "2018/commune"}
    assert counted["2018/commune"] == {
        "filed": 40.0,
        "results": 30.0,
        "late": 3.0,
        "due": 35.0,
        "due_late": 11.0,
        "recorded_late": 1.0,
        "returned": 2.0,
        "fileable": 4.0,
        "online": 3.0,
        "assisted": 2.0,
        "by_post": 3.0,
        "sent_home": 6.0,
    }
    assert set(counted["2018/district"].values()) == {0.0}


COUNTED = (
    "filed",
    "results",
    "late",
    "due",
    "due_late",
    "recorded_late",
    "returned",
    "fileable",
    "online",
    "assisted",
    "by_post",
    "sent_home",
)
BLANK = dict.fromkeys(COUNTED, 0.0)


def one(known: Measured, number: int, **by_tier: dict[str, float]) -> Measured:
    """A replication whose only year, 2018, has these counts."""
    counted = {f"2018/{tier}": BLANK | by_tier.get(tier, {}) for tier in ("department", "district", "commune")}
    return replace(known, replication=number, facts=known.facts | {"dossiers": counted})


def settled(number: float, late: float) -> dict[str, float]:
    """So many filed and with a result, all due in the year."""
    return {"filed": number, "results": number, "due": number, "due_late": late}


@pytest.fixture
def three(runs: Runs) -> list[Measured]:
    """Three replications: 100, 200 and 600 dossiers, of which 10, 50 and 60 late."""
    known = decode(encode(runs.records[0], runs.loaded))
    return [
        one(known, 0, department=settled(20.0, late=10.0), commune={"filed": 80.0}),
        one(known, 1, department=settled(50.0, late=50.0), commune={"filed": 150.0}),
        one(
            known,
            2,
            department={"filed": 60.0, "results": 60.0, "due": 60.0, "recorded_late": 15.0},
            commune={"filed": 540.0, "results": 60.0, "due": 60.0, "due_late": 60.0},
        ),
    ]


def test_a_year_is_added_up_before_a_share_is_taken(three: list[Measured]) -> None:
    both = added(three[2], "2018", ("department", "commune"))
    assert share_of(both, "real_late_share") == 0.5
    assert share_of(both, "real_on_time_share") == 0.5
    assert share_of(both, "recorded_on_time_share") == 1 - 15 / 120
    assert share_of(added(three[2], "2018", ("district",)), "real_late_share") is None
    assert added(three[2], "2017", ("district",)) == {}


def test_the_table_of_years_by_hand(runs: Runs, three: list[Measured]) -> None:
    agencies = tuple(replace(row, population=1000 if row.tier == "district" else None) for row in runs.loaded.agencies)
    people = 1000.0 * sum(row.tier == "district" for row in agencies)
    found = dossier_year_rows(replace(runs.loaded, agencies=agencies), three)
    rows = {(row.tier, row.quantity): row for row in found}
    filed = rows["all", "filed"]
    assert (filed.year, filed.unit, filed.median, filed.n) == (2018, "dossiers", 200.0, 3)
    assert (filed.p05, filed.p95) == pytest.approx((110.0, 560.0))
    assert filed.per_inhabitant == pytest.approx(200.0 / people)
    late = rows["department", "real_late_share"]
    assert (late.median, late.p05, late.p95) == (0.5, pytest.approx(0.05), pytest.approx(0.95))
    assert (late.per_inhabitant, late.n) == (None, 3)
    none = rows["district", "real_late_share"]
    assert (none.median, none.p05, none.p95, none.per_inhabitant, none.n) == (None, None, None, None, 0)


def test_published_figures_stand_beside_the_same_quantity(runs: Runs, three: list[Measured]) -> None:
    rows = {row.observation_id: row for row in check_rows(runs.loaded, three)}
    part = rows["long_an_province_part"]
    assert (part.observed, part.median, part.n) == (0.07, 0.2, 3)
    assert part.relation == "above"
    assert part.derived_parameter == "dossiers.arrivals.province_share"
    on_time = rows["vinh_phuc_centre_on_time"]
    assert (on_time.median, on_time.derived_parameter) == (1.0, None)
    assert on_time.relation == "overlapping"
    assert rows["vinh_phuc_centre_online"].relation == "below"


def test_without_dossiers_there_is_no_table(runs: Runs) -> None:
    known = [decode(encode(record, runs.loaded)) for record in runs.records]
    assert dossier_year_rows(runs.loaded, [replace(one, facts={"dossiers": {}}) for one in known]) == []
    assert check_rows(runs.loaded, [replace(one, facts={"dossiers": {}}) for one in known]) == []


def test_every_measure_with_a_title_is_computed(empty: RunRecord) -> None:
    """A title that nothing computes would promise a number that no run has; and what is computed has a title."""
    count(empty, 4, COMMUNE, F_FILED=1)
    computed = {row[1] for row in series(empty, {}, {"milestone(built)": (), "project_finished_count(built)": ()})}
    assert {name.partition("(")[0] for name in computed} | set(DELIVERED) == set(TITLES), "of whole years: predictions"
    assert set(MEASURES) <= set(TITLES)
