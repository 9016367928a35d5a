"""Certificates: handed out at the start, ending by expiry and posting, made anew by the desk, issued when bought."""

from __future__ import annotations

import math
from datetime import date
from functools import partial

import numpy as np
import pytest
from worlds import ALWAYS_OPEN, CALM, Bench, Office, Provinces, fixed, small_province

from agents.certificate_authority import certificates_at_start
from agents.certificate_desk import CertificateDesk
from sim.engine.clock import DAY_MS, HOUR_MS
from sim.exchange.certificates import holder_can_sign
from sim.exchange.codes import COMMUNE
from sim.model.simulate import simulate

LIFE_MS = 5 * 365 * DAY_MS
MONTH_MS = 30 * DAY_MS
LEAD_MS = 21 * DAY_MS
WORK_MS = 2 * HOUR_MS


@pytest.fixture
def bench(provinces: Provinces) -> Bench:
    """Eight agencies: the Office with two leaders, and so on, nobody certified, and no closing time."""
    return Bench(provinces.load(small_province(departments=3), sets=ALWAYS_OPEN))


def desk_of(bench: Bench, **numbers: float) -> CertificateDesk:
    """A desk of a thousand people who take two hours each, where nothing happens but what is given."""
    quiet = {
        "lead_time": LEAD_MS,
        "life": LIFE_MS,
        "renew_ahead": 0.0,
        "desk_staff": 1000.0,
        "desk_work": WORK_MS,
        "revocation": 5.0 * DAY_MS,
        "churn": 0.0,
        "pin_lock_share": 0.0,
        "old_token_share": 0.0,
    }
    assert set(numbers) <= set(quiet)
    return CertificateDesk(
        bench.env, bench.traffic, {f"signatures.{name}": value for name, value in (quiet | numbers).items()}
    )


def turns(bench: Bench, desk: CertificateDesk, *months: int) -> None:
    """Let the desk go through its list at the end of these thirty-day months."""
    for month in months:
        bench.when(month * MONTH_MS, partial(desk.turn_of_month, month))


def can_sign(bench: Bench, agency: int, holder: int, *times_ms: int) -> list[bool]:
    """Run on, and say at each of these times whether the holder can sign."""
    answers = []
    for time_ms in times_ms:
        bench.run(time_ms + 1)
        answers.append(bool(holder_can_sign(bench.world, agency, holder, time_ms)))
    return answers


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
        "signatures.foreign_share": 0.0,
    }
    certificates_at_start(bench.world, p)
    valid = (bench.world.certificates["valid_until_ms"] > 0).reshape(-1, places(bench))
    return int(valid[:, 0].sum()), int(valid[:, 1:].sum())


@pytest.mark.parametrize(("organisations", "personal"), [(0, 0), (3, 5), (5, 10), (2.4, 4.6)])
def test_counts_at_the_start(bench: Bench, organisations: float, personal: float) -> None:
    assert given_out(bench, organisations, personal) == (round(organisations), round(personal))


def test_no_more_than_there_are_agencies_and_leaders_down_to_districts(bench: Bench) -> None:
    """What a plan counts beyond them belongs to bodies that are not simulated, not to communes."""
    assert given_out(bench, 100, 100) == (5, 10)
    none = np.flatnonzero(bench.world.agencies["tier"] >= COMMUNE)
    slots = bench.world.certificates["valid_until_ms"].reshape(-1, places(bench))
    assert len(none) == 4
    assert (slots[none] == 0).all()


def test_handed_out_from_the_office_downwards(bench: Bench) -> None:
    given_out(bench, 2, 3)
    valid = (bench.world.certificates["valid_until_ms"] > 0).reshape(-1, places(bench))
    assert valid[:3].tolist() == [[True, True, True], [True, True, False], [False, False, False]]


def test_all_are_in_force_and_of_different_ages(bench: Bench) -> None:
    given_out(bench, 5, 10)
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
    """Valid to day 40; noticed on day 60; the new one is there 21 days and two hours later, for its life."""
    slot = 2 * places(bench) + 1
    certificate = bench.world.certificates[slot]
    certificate["valid_from_ms"], certificate["valid_until_ms"] = -DAY_MS, 40 * DAY_MS
    turns(bench, desk_of(bench), 1, 2)
    assert can_sign(bench, 2, 1, MONTH_MS) == [True]
    assert int(certificate["requested_ms"]) == -1, "a certificate in force is left alone"
    there_ms = 81 * DAY_MS + WORK_MS
    times = (40 * DAY_MS - 1, 40 * DAY_MS, there_ms - 1, there_ms)
    assert can_sign(bench, 2, 1, *times) == [True, False, False, True]
    assert (int(certificate["valid_from_ms"]), int(certificate["valid_until_ms"])) == (there_ms, there_ms + LIFE_MS)
    assert int(certificate["generation"]) == 1
    assert bench.world.certificates["generation"].sum() == 1, "nobody else got one"


def test_a_renewal_asked_for_in_time_leaves_no_gap(bench: Bench) -> None:
    """Valid to day 60; asked for 45 days ahead, on day 30: in hand on day 51, the old one is taken back that day."""
    certificate = bench.world.certificates[2 * places(bench)]
    certificate["valid_from_ms"], certificate["valid_until_ms"] = -DAY_MS, 60 * DAY_MS
    desk = desk_of(bench, renew_ahead=45.0 * DAY_MS)
    turns(bench, desk, 1, 2)
    there_ms = 51 * DAY_MS + WORK_MS
    assert all(can_sign(bench, 2, 0, 40 * DAY_MS, there_ms - 1, there_ms, 60 * DAY_MS, 70 * DAY_MS))
    assert int(certificate["generation"]) == 1
    slot = 2 * places(bench)
    assert there_ms <= desk.book[slot, 0].revoked_ms <= there_ms + 1000
    assert desk.book[slot, 1].until_ms == there_ms + LIFE_MS
    assert desk.waits_ms == [(there_ms, LEAD_MS + WORK_MS)]


def test_a_certificate_on_its_way_is_not_ended(bench: Bench) -> None:
    desk = desk_of(bench, lead_time=3.0 * MONTH_MS, churn=12.0)
    assert desk.buy(0)
    turns(bench, desk, 1, 2)
    there_ms = 3 * MONTH_MS + WORK_MS
    assert can_sign(bench, 0, 0, there_ms - 1, there_ms) == [False, True]


def test_churn_is_the_stated_yearly_share(provinces: Provinces) -> None:
    """Four hundred holders, four years of postings at 6 % a year, each gone for a millisecond."""
    bench = Bench(provinces.load(small_province(staff=300, leaders=100), sets=ALWAYS_OPEN))
    given_out(bench, 100, 1000)
    world = bench.world
    world.certificates["valid_until_ms"] = np.where(world.certificates["valid_until_ms"] > 0, 1 << 50, 0)
    holders = int((world.certificates["valid_until_ms"] > 0).sum())
    assert holders == 4 * 101
    desk = desk_of(bench, churn=0.06, lead_time=0.0, desk_work=1.0, life=float(1 << 50))
    for month in range(48):
        desk.turn_of_month(24200 + month)
        bench.run((month + 1) * HOUR_MS)
    renewed, trials = int(world.certificates["generation"].sum()), 48 * holders
    odds = 0.06 / 12
    assert abs(renewed - trials * odds) < 4.0 * math.sqrt(trials * odds * (1.0 - odds))


def test_a_posting_leaves_a_gap_of_the_lead_time(bench: Bench) -> None:
    given_out(bench, 5, 10)
    bench.world.certificates["valid_until_ms"] *= 100
    before = bench.world.certificates.copy()
    turns(bench, desk_of(bench, churn=6.0), 1)
    bench.run(MONTH_MS + 1)
    asked = bench.world.certificates["requested_ms"] == MONTH_MS
    assert 4 <= asked.sum() <= 20
    for slot in np.flatnonzero(asked).tolist():
        assert not holder_can_sign(bench.world, slot // places(bench), slot % places(bench), MONTH_MS + 1)
    bench.run(MONTH_MS + LEAD_MS + WORK_MS + 1)
    assert ((bench.world.certificates["generation"] == 1) == asked).all()
    assert (bench.world.certificates["valid_from_ms"][asked] == MONTH_MS + LEAD_MS + WORK_MS).all()
    np.testing.assert_array_equal(bench.world.certificates[~asked], before[~asked])


def test_the_posted_who_keep_the_old_token_sign_on_with_it(bench: Bench) -> None:
    """Leaders only: the organisation's own token names no title, and is handed in."""
    given_out(bench, 5, 10)
    bench.world.certificates["valid_until_ms"] *= 100
    turns(bench, desk_of(bench, churn=12.0, old_token_share=1.0), 1)
    bench.run(MONTH_MS + DAY_MS)
    slots = bench.world.certificates.reshape(-1, places(bench))[:5]
    assert (slots["former_ms"][:, 1:] == MONTH_MS).all()
    assert (slots["unusable"][:, 1:] == 0).all()
    assert (slots["former_ms"][:, 0] == -1).all()
    assert (slots["unusable"][:, 0] == 1).all()
    bench.run(MONTH_MS + LEAD_MS + WORK_MS + 1)
    assert (slots["former_ms"] == -1).all()
    assert (slots["unusable"] == 0).all()
    assert (slots["generation"] == 1).all()


def test_a_locked_token_lies_there_until_the_desk_has_reset_it(bench: Bench) -> None:
    """One person for 15 locked tokens, two hours each: the k-th works again after 2 k hours; none is made anew."""
    given_out(bench, 5, 10)
    bench.world.certificates["valid_until_ms"] *= 100
    turns(bench, desk_of(bench, pin_lock_share=12.0, desk_staff=1.0), 1)
    for done in range(15):
        bench.run(MONTH_MS + done * WORK_MS + 1)
        assert int(bench.world.certificates["unusable"].sum()) == 15 - done
        bench.run(MONTH_MS + (done + 1) * WORK_MS - 1)
        assert int(bench.world.certificates["unusable"].sum()) == 15 - done
    bench.run(MONTH_MS + 15 * WORK_MS + 1)
    assert int(bench.world.certificates["unusable"].sum()) == 0
    assert int(bench.world.certificates["generation"].sum()) == 0


def test_the_desk_serves_the_agency_first_then_its_leaders(bench: Bench) -> None:
    """One person, two hours each: tokens two hours apart, each valid from the hour it is handed over."""
    desk = desk_of(bench, desk_staff=1.0)
    assert [desk.buy(3) for _ in range(4)] == [True, True, True, False]
    bench.run(LEAD_MS + 3 * WORK_MS + 1)
    slots = bench.world.certificates.reshape(-1, places(bench))
    there = [LEAD_MS + k * WORK_MS for k in (1, 2, 3)]
    assert slots["valid_from_ms"][3].tolist() == there
    assert slots["valid_until_ms"][3].tolist() == [at + LIFE_MS for at in there]
    assert (np.delete(slots["valid_until_ms"], 3, axis=0) == 0).all()
    full = bench.world.certificates.copy()
    assert not desk.buy(3)
    np.testing.assert_array_equal(bench.world.certificates, full)


def test_a_wave_at_a_small_desk_by_hand(provinces: Provinces) -> None:
    """24 tokens ready on a Monday morning, one person, two hours each of an eight-hour day: four a day, six days."""
    bench = Bench(provinces.load(small_province(departments=3)))
    monday = bench.at(date(2019, 3, 11))
    desk = desk_of(bench, lead_time=float(monday), desk_staff=1.0)
    for agency in range(8):
        assert [desk.buy(agency) for _ in range(3)] == [True] * 3
    bench.run(bench.at(date(2019, 3, 20)))
    hours = [bench.moment(when) for when, _ in desk.waits_ms]
    assert [(at.day, at.hour, at.minute) for at in hours[:5]] == [
        (11, 9, 0),
        (11, 11, 0),
        (11, 15, 0),
        (11, 17, 0),
        (12, 9, 0),
    ]
    assert len(hours) == 24
    assert (hours[-1].day, hours[-1].hour) == (18, 17)
    assert all(when == wait for when, wait in desk.waits_ms), "all were asked for at the start"


def test_an_agency_with_fewer_leaders_never_reaches_into_the_next(provinces: Provinces) -> None:
    """Places are counted by the agency with most leaders; others leave theirs empty."""
    offices = [Office("office", "office", leaders=5), *small_province()[1:]]
    bench = Bench(provinces.load(offices))
    assert places(bench) == 6
    desk = desk_of(bench, lead_time=0.0, desk_work=1.0)
    for _ in range(10):
        desk.buy(1)
    bench.run(7 * DAY_MS)
    slots = bench.world.certificates["valid_until_ms"].reshape(-1, 6)
    assert (slots[1] > 0).tolist() == [True, True, True, False, False, False]
    assert (np.delete(slots, 1, axis=0) == 0).all()
    assert not holder_can_sign(bench.world, 1, 6, 1)
    assert not holder_can_sign(bench.world, 1, 7, 1)


def test_without_money_nobody_is_ever_certified(provinces: Provinces) -> None:
    loaded = provinces.load(
        small_province(), sets=(fixed("signatures.churn", "0 %"),), start=date(2018, 1, 1), end=date(2018, 4, 30)
    )
    record = simulate(loaded, 1, 0)
    assert record.stocks["organisation"].sum() + record.stocks["personal"].sum() == 0
