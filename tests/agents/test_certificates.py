"""Certificates: handed out at the start, ending by expiry and posting, made anew, issued when bought."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest
from worlds import CALM, Bench, Office, Provinces, fixed, small_province

from agents.certificate_authority import certificates_at_start, issue, renew_month
from agents.leader import holds_certificate
from sim.engine.clock import DAY_MS
from sim.exchange.codes import OUTSIDE
from sim.province import simulate

LIFE_MS = 5 * 365 * DAY_MS
MONTH_MS = 30 * DAY_MS
LEAD_MS = 21 * DAY_MS


@pytest.fixture
def bench(provinces: Provinces) -> Bench:
    """Eight agencies: the Office with two leaders, and so on, and nobody certified."""
    return Bench(provinces.load(small_province(departments=3)))


def places(bench: Bench) -> int:
    """Certificate places of an agency."""
    return int(bench.world.rules["places"][0])


def given_out(bench: Bench, organisations: float, personal: float) -> tuple[int, int]:
    """Organisation and personal certificates in force after handing out so many."""
    bench.world.certificates["valid_from_ms"] = bench.world.certificates["valid_until_ms"] = 0
    p = {
        "signatures.life": float(LIFE_MS),
        "signatures.organisation_at_start": organisations,
        "signatures.personal_at_start": personal,
    }
    certificates_at_start(bench.world, p)
    valid = (bench.world.certificates["valid_until_ms"] > 0).reshape(-1, places(bench))
    return int(valid[:, 0].sum()), int(valid[:, 1:].sum())


@pytest.mark.parametrize(("organisations", "personal"), [(0, 0), (3, 5), (8, 16), (2.4, 4.6)])
def test_counts_at_the_start(bench: Bench, organisations: float, personal: float) -> None:
    assert given_out(bench, organisations, personal) == (round(organisations), round(personal))


def test_no_more_than_there_are_agencies_and_leaders(bench: Bench) -> None:
    assert given_out(bench, 100, 100) == (8, 16)
    outside = np.flatnonzero(bench.world.agencies["tier"] == OUTSIDE)
    slots = bench.world.certificates["valid_until_ms"].reshape(-1, places(bench))
    assert (slots[outside] == 0).all()


def test_handed_out_from_the_office_downwards(bench: Bench) -> None:
    given_out(bench, 2, 3)
    valid = (bench.world.certificates["valid_until_ms"] > 0).reshape(-1, places(bench))
    assert valid[:3].tolist() == [[True, True, True], [True, True, False], [False, False, False]]


def test_all_are_in_force_and_of_different_ages(bench: Bench) -> None:
    given_out(bench, 8, 16)
    kept = bench.world.certificates[bench.world.certificates["valid_until_ms"] > 0]
    assert (kept["valid_from_ms"] <= 0).all()
    assert (kept["valid_until_ms"] - kept["valid_from_ms"] == LIFE_MS).all()
    ages = -kept["valid_from_ms"] / LIFE_MS
    assert len(set(ages)) == len(kept)
    assert 0.2 < ages.mean() < 0.8


def test_a_run_starts_with_the_stated_counts(provinces: Provinces) -> None:
    loaded = provinces.load(small_province(), sets=CALM, personal=5, organisation=3)
    for replication in range(3):
        record = simulate(loaded, 1, replication)
        assert record.stocks["organisation"][0].sum() == 3
        assert record.stocks["personal"][0].sum() == 5


def test_expiry_and_renewal_by_hand(bench: Bench) -> None:
    """Valid to day 40; noticed on day 60; the new one counts from day 61, 21 days after the end, for its life."""
    slot = 2 * places(bench) + 1
    certificate = bench.world.certificates[slot]
    certificate["valid_from_ms"], certificate["valid_until_ms"] = -DAY_MS, 40 * DAY_MS
    assert holds_certificate(bench.world, 2, 1, 40 * DAY_MS - 1)
    assert not holds_certificate(bench.world, 2, 1, 40 * DAY_MS)
    renew_month(bench.world, MONTH_MS, 1, 0.0, LEAD_MS, LIFE_MS)
    assert int(certificate["valid_until_ms"]) == 40 * DAY_MS, "a certificate in force is left alone"
    renew_month(bench.world, 2 * MONTH_MS, 2, 0.0, LEAD_MS, LIFE_MS)
    assert (int(certificate["valid_from_ms"]), int(certificate["valid_until_ms"])) == (
        61 * DAY_MS,
        61 * DAY_MS + LIFE_MS,
    )
    assert int(certificate["renewals"]) == 1
    assert not holds_certificate(bench.world, 2, 1, 61 * DAY_MS - 1)
    assert holds_certificate(bench.world, 2, 1, 61 * DAY_MS)
    assert bench.world.certificates["renewals"].sum() == 1, "nobody else got one"


def test_a_certificate_on_its_way_is_not_ended(bench: Bench) -> None:
    issue(bench.world, 0, 3 * MONTH_MS, LIFE_MS)
    for month in (1, 2):
        renew_month(bench.world, month * MONTH_MS, month, 12.0, LEAD_MS, LIFE_MS)
    assert not holds_certificate(bench.world, 0, 0, 3 * MONTH_MS - 1)
    assert holds_certificate(bench.world, 0, 0, 3 * MONTH_MS)


def test_churn_is_the_stated_yearly_share(provinces: Provinces) -> None:
    """Seven hundred holders, four years of postings at 6 % a year, each gone for the lead time."""
    bench = Bench(provinces.load(small_province(staff=300, leaders=100)))
    given_out(bench, 100, 1000)
    world = bench.world
    world.certificates["valid_until_ms"] = np.where(world.certificates["valid_until_ms"] > 0, 1 << 50, 0)
    holders = int((world.certificates["valid_until_ms"] > 0).sum())
    assert holders == 7 * 101
    for month in range(48):
        renew_month(world, month * MONTH_MS, 24200 + month, 0.06, 0, 1 << 50)
    renewals, trials = int(world.certificates["renewals"].sum()), 48 * holders
    odds = 0.06 / 12
    assert abs(renewals - trials * odds) < 4.0 * math.sqrt(trials * odds * (1.0 - odds))


def test_a_posting_leaves_a_gap_of_the_lead_time(bench: Bench) -> None:
    given_out(bench, 8, 16)
    bench.world.certificates["valid_until_ms"] *= 100
    before = bench.world.certificates.copy()
    renew_month(bench.world, MONTH_MS, 1, 6.0, LEAD_MS, LIFE_MS)
    renewed = bench.world.certificates["renewals"] == 1
    assert 4 <= renewed.sum() <= 20
    assert (bench.world.certificates["valid_from_ms"][renewed] == MONTH_MS + LEAD_MS).all()
    np.testing.assert_array_equal(bench.world.certificates[~renewed], before[~renewed])


def test_issue_serves_the_agency_first_then_its_leaders(bench: Bench) -> None:
    order = []
    for _ in range(3):
        before = bench.world.certificates["valid_until_ms"].copy()
        assert issue(bench.world, 3, 5 * DAY_MS, LIFE_MS)
        (slot,) = np.flatnonzero(bench.world.certificates["valid_until_ms"] != before)
        order.append(int(slot) - 3 * places(bench))
        assert int(bench.world.certificates["valid_from_ms"][slot]) == 5 * DAY_MS
        assert int(bench.world.certificates["valid_until_ms"][slot]) == 5 * DAY_MS + LIFE_MS
    assert order == [0, 1, 2]
    full = bench.world.certificates.copy()
    assert not issue(bench.world, 3, 9 * DAY_MS, LIFE_MS)
    np.testing.assert_array_equal(bench.world.certificates, full)


def test_an_agency_with_fewer_leaders_never_reaches_into_the_next(provinces: Provinces) -> None:
    """Places are counted by the agency with most leaders; others leave theirs empty."""
    offices = [Office("office", "office", leaders=5), *small_province()[1:]]
    bench = Bench(provinces.load(offices))
    assert places(bench) == 6
    for _ in range(10):
        issue(bench.world, 1, 0, LIFE_MS)
    slots = bench.world.certificates["valid_until_ms"].reshape(-1, 6)
    assert (slots[1] > 0).tolist() == [True, True, True, False, False, False]
    assert (np.delete(slots, 1, axis=0) == 0).all()
    assert not holds_certificate(bench.world, 1, 6, 1)
    assert not holds_certificate(bench.world, 1, 7, 1)


def test_without_money_nobody_is_ever_certified(provinces: Provinces) -> None:
    loaded = provinces.load(
        small_province(), sets=(fixed("signatures.churn", "0 %"),), start=date(2018, 1, 1), end=date(2018, 4, 30)
    )
    record = simulate(loaded, 1, 0)
    assert record.stocks["organisation"].sum() + record.stocks["personal"].sum() == 0
