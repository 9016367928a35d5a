"""What signatures do to a province: expiries, lists out of reach, old tokens, waves of issue and of expiry."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray
from worlds import CALM, FROZEN, Provinces, fixed, play, record_of, small_province

from sim.engine.clock import DAY_MS
from sim.exchange import counting as c
from sim.exchange.codes import (
    COMMUNE,
    NO_SIGNATURE,
    OTHER_TITLE,
    OUTSIDE,
    PRINT,
    REFUSED_TO_PAPER,
    REVOKED,
    SEAL_MISSING,
    SEND,
    UNVERIFIED,
    WRONG_ADDRESS,
)
from sim.exchange.state import World
from sim.model.province import Province
from sim.model.record import RunRecord

START = date(2019, 3, 1)
SOUND = (
    *FROZEN,
    *CALM,
    *(
        fixed(f"signatures.{name}_share", "0 %")
        for name in ("pin_lock", "old_token", "foreign", "changed", "unsealed", "unstamped", "hard_fail")
    ),
    fixed("signatures.churn", "0 %"),
    fixed("documents.message_limit", "10000 MB"),
    fixed("documents.mailbox_limit", "100000 MB"),
    fixed("signatures.list_faults_per_year", "0 /year"),
    fixed("signatures.list_interval", "1 day"),
    fixed("signatures.list_grace", "6 hours"),
)
"""Nothing goes wrong with any signature, line or address."""
QUIET = tuple(
    fixed(f"volumes.{tier}_{way}", f"{number} /year")
    for tier in ("office", "department", "district", "commune")
    for way, number in (("outgoing", 60), ("incoming", 400))
)


def paperless(world: World) -> None:
    """All work, draft and sign online, and no head asks for paper beside what is signed."""
    inside = world.agencies["tier"] < OUTSIDE
    world.agencies["level"][inside] = 4
    world.agencies["users"][inside] = world.agencies["staff"][inside]
    world.agencies["paperless_allowed"] = world.agencies["paperless"] = 1
    world.agencies["threshold"] = 0.0


def certified(world: World) -> None:
    """Paperless, and communes, which have no certificate on the first day, with as many as they can hold."""
    paperless(world)
    places = int(world.rules["places"][0])
    for agency in np.flatnonzero(world.agencies["tier"] == COMMUNE):
        held = slice(agency * places, agency * places + 1 + int(world.agencies["leaders_count"][agency]))
        world.certificates["valid_until_ms"][held] = 1000 * DAY_MS


def run(
    provinces: Provinces,
    *sets: str,
    end: date = date(2019, 4, 30),
    certificates: int = 40,
    meddle: Callable[[Province], None] = lambda _: None,
) -> tuple[Province, RunRecord]:
    """A paperless province whose signatures are sound but for what the test sets."""
    loaded = provinces.load(
        small_province(clerks=3),
        sets=(*SOUND, *sets),
        start=START,
        end=end,
        personal=certificates,
        organisation=certificates,
    )

    def last_long(running: Province) -> None:
        held = running.traffic.world.certificates["valid_until_ms"] != 0
        running.traffic.world.certificates["valid_until_ms"][held] = 1000 * DAY_MS
        meddle(running)

    running = play(loaded, prepare=certified if certificates else paperless, meddle=last_long)
    return running, record_of(running)


def at(running: Province, day: date) -> int:
    return int(running.founded.clock.at(day))


def inside(record: RunRecord, month: int, what: int) -> int:
    """A count of the deliveries issued in a month by one agency of the province to another."""
    return int(record.flows[month, :OUTSIDE, :OUTSIDE, what].sum())


def causes(record: RunRecord, month: int) -> NDArray[np.int64]:
    return np.asarray(record.causes[month].reshape(-1, record.causes.shape[-1]).sum(axis=0))


def begun(running: Province, record: RunRecord, step: int) -> NDArray[np.int64]:
    """When jobs came for the first time to a step at an agency of the province."""
    world = running.traffic.world
    visits = record.visits[(record.visits["step"] == step) & (record.visits["attempts"] == 0)]
    visits = visits[visits["station"] >= 0]  # the outside's own people are not stations
    inside = world.agencies["tier"][world.stations["agency"][visits["station"]]] < OUTSIDE
    return np.sort(np.asarray(visits["entered_ms"][inside]))


def test_expired_and_not_renewed_means_paper_the_same_day(provinces: Provinces) -> None:
    """All end on 14 March at midnight and new ones take a year: from that day's first document paper goes along."""
    ends = date(2019, 3, 14)

    def expire(running: Province) -> None:
        held = running.traffic.world.certificates["valid_until_ms"] != 0
        running.traffic.world.certificates["valid_until_ms"][held] = at(running, ends)

    running, record = run(provinces, fixed("signatures.lead_time", "365 days"), meddle=expire)
    sent, printed = begun(running, record, SEND), begun(running, record, PRINT)
    edge = at(running, ends)
    assert (sent < edge).sum() > 100
    assert printed.min() >= edge, "not one paper before"
    assert printed.min() < edge + DAY_MS, "paper on the very day"
    days = [at(running, date(2019, 3, day)) for day in range(14, 31)]
    for morning, evening in pairwise(days):
        (electronic, paper) = (int(((w >= morning) & (w < evening)).sum()) for w in (sent, printed))
        assert paper == electronic, "every message that day had its paper"
    assert inside(record, 1, c.ACCEPTED_SIGNED) == 0
    assert inside(record, 1, c.SENT_ONLY) == 0
    assert inside(record, 1, c.SENT) > 100
    assert causes(record, 1)[NO_SIGNATURE] == record.flows[1, ..., c.SENT].sum()


def unreachable_from(day: date) -> Callable[[Province], None]:
    """The publisher of the lists cannot be reached from a day's first moment."""

    def meddle(running: Province) -> None:
        def fall() -> None:
            running.traffic.world.rules["list_reachable"] = 0

        running.env.timeout(at(running, day)).callbacks.append(lambda _: fall())

    return meddle


@pytest.mark.parametrize("share", ["100 %", "0 %"])
def test_lists_out_of_reach(provinces: Provinces, share: str) -> None:
    """From Saturday 30 March; Friday's list ends on Saturday at 06:00. What April brings cannot be verified."""
    setting = fixed("signatures.hard_fail_share", share)
    _, record = run(provinces, setting, meddle=unreachable_from(date(2019, 3, 30)))
    _, sound = run(provinces, setting)
    assert inside(sound, 0, c.ACCEPTED_SIGNED) > 100
    assert sound.refusals.sum() == 0
    assert sound.flows[..., c.UNVERIFIED].sum() == 0
    assert inside(record, 1, c.ACCEPTED_SIGNED) == 0
    if share == "0 %":
        assert record.refusals.sum() == 0
        assert inside(record, 1, c.UNVERIFIED) == inside(record, 1, c.ACCEPTED) > 100
        same = inside(record, 1, c.ACCEPTED) - inside(sound, 1, c.ACCEPTED)
        assert abs(same) <= 3, "but for what came in the last minutes: a list that cannot be had is waited for"
    else:
        assert inside(record, 1, c.ACCEPTED) == 0
        assert record.refusals[1, UNVERIFIED] == record.refusals[1].sum() > 100
        assert causes(record, 1)[REFUSED_TO_PAPER] > 50
        assert inside(record, 1, c.REGISTERED) > 50, "and it arrives, on paper"


def test_old_tokens_are_refused_until_the_new_ones_come(provinces: Provinces) -> None:
    """All leaders have just been posted and sign on; certificates end in May, new ones are asked for on 1 April."""

    def posted(running: Province) -> None:
        certificates = running.traffic.world.certificates
        places = int(running.traffic.world.rules["places"][0])
        held = np.flatnonzero(certificates["valid_until_ms"])
        certificates["former_ms"][held[held % places > 0]] = 0
        certificates["valid_until_ms"][held] = at(running, date(2019, 5, 10))

    sets = (fixed("signatures.lead_time", "10 days"), fixed("signatures.renew_ahead", "45 days"))
    _, record = run(provinces, *sets, end=date(2019, 5, 31), meddle=posted)
    assert record.refusals.sum() == record.refusals[:, OTHER_TITLE].sum(), "nothing else is wrong"
    assert [inside(record, month, c.REFUSED) > 100 for month in range(3)] == [True, True, False]
    assert inside(record, 2, c.REFUSED) == 0
    assert causes(record, 0)[REFUSED_TO_PAPER] > 50, "no clerk can correct a title"
    assert inside(record, 2, c.ACCEPTED_SIGNED) == inside(record, 2, c.ACCEPTED) > 100
    assert len(record.token_waits) == 7 * 3


def wave(month_of_order: date) -> Callable[[Province], None]:
    """Every agency asks for all its tokens on one day."""

    def meddle(running: Province) -> None:
        def order() -> None:
            for agency in range(7):
                while running.desk.buy(agency):
                    pass

        running.env.timeout(at(running, month_of_order)).callbacks.append(lambda _: order())

    return meddle


def test_a_wave_of_issue_is_a_wave_of_expiry_a_life_later(provinces: Provinces) -> None:
    """21 tokens asked for on 10 April 2019 for a year: in the spring of 2020, and only then, all near their end."""
    sets = (
        *QUIET,
        fixed("signatures.life", "365 days"),
        fixed("signatures.lead_time", "14 days"),
        fixed("signatures.renew_ahead", "5 days"),
        fixed("signatures.desk_staff", "2"),
        fixed("signatures.desk_work", "2 h"),
    )
    end = date(2020, 6, 30)
    running, record = run(provinces, *sets, end=end, certificates=0, meddle=wave(date(2019, 4, 10)))
    handed = sorted(when for when, _ in running.desk.waits_ms)[:21]
    assert date(2019, 4, 24) <= running.founded.clock.day(handed[0])
    assert running.founded.clock.day(handed[-1]) <= date(2019, 5, 6)
    notes = [at(running, first) for first in running.founded.months] + [running.founded.end_ms]
    expiring = record.stocks["expiring"].sum(axis=1).tolist()
    ahead = [sum(0 < when + 365 * DAY_MS - note <= 91 * DAY_MS for when in handed) for note in notes]
    assert max(ahead) == 21
    renewed = sorted(when for when, _ in running.desk.waits_ms)[21:]
    before = [k for k, note in enumerate(notes) if not renewed or note <= min(renewed)]
    assert [expiring[k] for k in before] == [ahead[k] for k in before]
    peak = running.founded.months[expiring.index(21)]
    assert date(2020, 1, 1) < peak < date(2020, 4, 1)
    assert record.stocks["expired"].sum(axis=1).max() > 0, (
        "five days ahead of the end is too late for a two weeks' wait"
    )


def test_one_person_hands_out_a_wave_more_slowly_than_four(provinces: Provinces) -> None:
    """Nobody waits less than the lead time; by hand, one person at two hours each of eight needs 21 / 4 days."""
    waits = []
    for people in (1, 4):
        sets = (
            *QUIET,
            fixed("signatures.lead_time", "12 days"),
            fixed("signatures.desk_staff", str(people)),
            fixed("signatures.desk_work", "2 h"),
        )
        running, record = run(provinces, *sets, certificates=0, meddle=wave(date(2019, 3, 6)))
        assert len(record.token_waits) == 21
        assert min(days for _, days in record.token_waits) >= 12.0
        waits.append([running.founded.clock.moment(when) for when, _ in running.desk.waits_ms][-1])
    # ready on Monday 18 March: four a day, one more on Monday 25; or sixteen on Monday, five by Tuesday at eleven
    assert (waits[0].month, waits[0].day, waits[0].hour) == (3, 25, 9)
    assert (waits[1].month, waits[1].day, waits[1].hour) == (3, 19, 11)


def test_a_fault_of_signing_is_mended_only_when_it_was_refused_for(provinces: Provinces) -> None:
    """Each first attempt goes to a wrong address: every forgotten seal is still there on the next one."""
    run_with = fixed("signatures.unsealed_share", "50 %"), fixed("documents.wrong_address_share", "60 %")
    _, mixed = run(provinces, *run_with)
    _, alone = run(provinces, run_with[0])
    refused, total = int(mixed.refusals[:, SEAL_MISSING].sum()), int(mixed.flows[..., c.ATTEMPTS].sum())
    expected, whole = int(alone.refusals[:, SEAL_MISSING].sum()), int(alone.flows[..., c.ATTEMPTS].sum())
    assert mixed.refusals[:, WRONG_ADDRESS].sum() > 50
    delivered = int(mixed.flows[..., c.DELIVERIES].sum())
    share, plain = refused / delivered, expected / int(alone.flows[..., c.DELIVERIES].sum())
    error = (plain * (1.0 - plain) / delivered) ** 0.5
    assert abs(share - plain) < 6.0 * error, (refused, total, expected, whole)


def posted_on(day: date) -> Callable[[Province], None]:
    """Every leader gets another post that day and goes on signing with the old token."""

    def meddle(running: Province) -> None:
        def post() -> None:
            world = running.traffic.world
            for slot in np.flatnonzero(world.certificates["valid_until_ms"] != 0):
                if slot % int(world.rules["places"][0]) > 0:
                    world.certificates["former_ms"][slot] = int(running.env.now)
                    running.env.process(running.desk._revoke(int(slot), 0))

        running.env.timeout(at(running, day)).callbacks.append(lambda _: post())

    return meddle


@pytest.mark.parametrize(("after", "listed"), [("10 days", True), ("200 days", False)])
def test_an_old_token_is_refused_by_its_title_until_a_list_names_it(
    provinces: Provinces, after: str, listed: bool
) -> None:
    """Posted on 1 March; revoked ten days later, the reason from then on is the revocation, else always the title."""
    revoked_after = fixed("signatures.revocation", after)
    _, record = run(provinces, revoked_after, meddle=posted_on(START))
    assert record.refusals[0, OTHER_TITLE] > 10
    assert (record.refusals[1, REVOKED] > 10) == listed
    assert (record.refusals[1, OTHER_TITLE] > 10) != listed
