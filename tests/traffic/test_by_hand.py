"""One document alone: every time stamp of its way, written down by hand.

Friday 8 March 2019 is an ordinary day; all work takes its stated time (no luck), there is one recipient, and
nothing else is on its way. Times are local; a step is shown as (step, enters the line, begins, is done).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import numpy as np
import pytest
from worlds import CALM, CONSTANT, LEADERS_ALL_DAY, Bench, Provinces, fixed, small_province, steps

from sim.engine.clock import HOUR_MS, MINUTE_MS, SECOND_MS
from sim.engine.records import Records
from sim.exchange.codes import DEPARTMENT, EXOGENOUS, INTERNAL, MISSING_FILE, REFUSALS, TOO_LARGE
from sim.exchange.state import AGENCY_FLOWS, FLOWS

WORK = (
    fixed("people.draft", "60 min"),
    fixed("people.review", "10 min"),
    fixed("people.sign_wet", "5 min"),
    fixed("people.sign_digital", "3 min"),
    fixed("people.issue", "4 min"),
    fixed("people.scan", "8 min"),
    fixed("people.send_electronic", "2 min"),
    fixed("people.print_copy", "2 min"),
    fixed("people.register_paper", "6 min"),
    fixed("people.register_electronic", "3 min"),
    fixed("people.file_duplicate", "1 min"),
    fixed("people.correct_refused", "20 min"),
    fixed("people.annotate", "1 min"),
    fixed("people.handle", "30 min"),
    fixed("people.duty_call", "45 min"),
)
WIRE = (
    # one page of 1,000,001 bytes at 8 Mbit/s without overhead: 1000.001 ms, cut off, and one begun millisecond
    fixed("documents.pages_mean", "1"),
    fixed("documents.scan_size_median", "1 MB"),
    fixed("documents.size_spread", "0"),
    fixed("documents.transport_overhead", "1"),
    fixed("network.ftth.up", "8 Mbit/s"),
    fixed("network.ftth.down", "16 Mbit/s"),
    fixed("network.ftth.background_share", "0 %"),
    fixed("network.gateway", "15 s"),
    fixed("network.message_service", "2 s"),
    fixed("network.poll_interval", "15 min"),
    fixed("post.local", "10 h"),
    fixed("post.spread", "0"),
)
ALIKE = (fixed("volumes.department_spread", "0"), fixed("volumes.commune_spread", "0"))
PLAIN = CALM + CONSTANT + LEADERS_ALL_DAY + WORK + WIRE + ALIKE
KEY = 123_456_789
SENDER, RECIPIENT = "dept.0", "dept.1"
UNUSED_EOFFICE, ONLINE = 1, 3


def bench(
    provinces: Provinces,
    engine: str,
    *sets: str,
    level: int,
    end: date = date(2019, 3, 31),
    start: date = date(2018, 12, 1),
) -> Bench:
    """Two departments that write only to each other; one answers nothing."""
    loaded = provinces.load(small_province(2, 1, 1), sets=PLAIN + sets, start=start, end=end)
    world = Bench(loaded, engine=engine)
    world.world.agencies["level"] = level
    world.world.agencies["users"] = 0
    world.world.agencies["reply_odds"] = 0.0
    world.world.agencies["poll_phase_ms"] = 0
    world.world.tier_odds[DEPARTMENT] = [0.0, 1.0, 1.0, 1.0, 1.0, 0.0]
    return world


@pytest.fixture(params=["compiled", "simpy"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def table(world: Bench, visits: Records) -> list[tuple[str, ...]]:
    """Visits as the tests write them: times without the date while it does not change."""
    rows = []
    for name, visit in zip(steps(visits), visits, strict=True):
        times = [world.moment(int(visit[field])) for field in ("entered_ms", "began_ms", "finished_ms")]
        rows.append((name, *(text(time) for time in times)))
    return rows


def text(moment: datetime) -> str:
    shown = moment.strftime("%d/%m %H:%M:%S")
    return shown + (f".{moment.microsecond // 1000:03d}" if moment.microsecond else "")


def on_paper(world: Bench, day: date, hour: int, minute: int = 0, kind: int = EXOGENOUS) -> list[tuple[str, ...]]:
    world.begin((world.at(day, hour, minute), KEY, SENDER, kind))
    return table(world, world.run())


def test_over_a_weekend_on_paper(provinces: Provinces, engine: str) -> None:
    """Drafting pauses at 17:00 and goes on on Monday; the 10:00 mail; ten hours on the way; Tuesday morning."""
    world = bench(provinces, engine, level=UNUSED_EOFFICE)
    assert on_paper(world, date(2019, 3, 8), 16, 30) == [
        ("DRAFT", "08/03 16:30:00", "08/03 16:30:00", "11/03 07:30:00"),
        ("REVIEW", "11/03 07:30:00", "11/03 07:30:00", "11/03 07:40:00"),
        ("SIGN", "11/03 07:40:00", "11/03 07:40:00", "11/03 07:45:00"),
        ("ISSUE", "11/03 07:45:00", "11/03 07:45:00", "11/03 07:49:00"),
        ("PRINT", "11/03 07:49:00", "11/03 07:49:00", "11/03 07:51:00"),
        ("POST", "11/03 07:51:00", "11/03 07:51:00", "11/03 20:00:00"),
        ("REGISTER_PAPER", "11/03 20:00:00", "12/03 07:00:00", "12/03 07:06:00"),
        ("ANNOTATE", "12/03 07:06:00", "12/03 07:06:00", "12/03 07:07:00"),
        ("HANDLE", "12/03 07:07:00", "12/03 07:07:00", "12/03 07:37:00"),
    ]
    waits = world.world.waits_ms.sum(axis=0)
    assert waits.tolist() == [
        # office closed: drafting 16:30 to 7:30 less its hour of work, and the post that came at 20:00
        int(62 * HOUR_MS + 11 * HOUR_MS),
        0,
        0,
        0,
        0,
        0,
        12 * HOUR_MS + 9 * MINUTE_MS,
        0,
    ]


def test_work_that_ends_as_the_office_closes_is_done(provinces: Provinces, engine: str) -> None:
    """The draft is finished at 17:00; its review begins when the office opens, not at 17:00."""
    world = bench(provinces, engine, level=UNUSED_EOFFICE)
    assert on_paper(world, date(2019, 3, 7), 16)[:2] == [
        ("DRAFT", "07/03 16:00:00", "07/03 16:00:00", "07/03 17:00:00"),
        ("REVIEW", "07/03 17:00:00", "08/03 07:00:00", "08/03 07:10:00"),
    ]


def test_over_lunch_and_the_leaders_hours(provinces: Provinces, engine: str) -> None:
    """A leader who signs from 9:30 and from 15:30 only."""
    hours = 'calendar.leader.weekdays=["09:30-11:30", "15:30-17:00"]'
    world = bench(provinces, engine, hours, level=UNUSED_EOFFICE)
    assert on_paper(world, date(2019, 3, 7), 11, 0)[:4] == [
        ("DRAFT", "07/03 11:00:00", "07/03 11:00:00", "07/03 14:00:00"),
        ("REVIEW", "07/03 14:00:00", "07/03 14:00:00", "07/03 14:10:00"),
        ("SIGN", "07/03 14:10:00", "07/03 15:30:00", "07/03 15:35:00"),
        ("ISSUE", "07/03 15:35:00", "07/03 15:35:00", "07/03 15:39:00"),
    ]


@pytest.mark.parametrize(
    ("day", "back"),
    [
        (date(2019, 2, 1), "11/02 07:30:00"),  # Tết Kỷ Hợi: closed from 2 to 10 February
        (date(2019, 1, 4), "05/01 07:30:00"),  # the Saturday that makes up for 31 December
        (date(2018, 12, 28), "02/01 07:30:00"),  # 31 December and 1 January closed
    ],
    ids=["Tết", "make-up Saturday", "New Year"],
)
def test_over_holidays(provinces: Provinces, engine: str, day: date, back: str) -> None:
    world = bench(provinces, engine, level=UNUSED_EOFFICE)
    assert on_paper(world, day, 16, 30)[0][3] == back


def test_the_post_is_collected_on_working_days_only(provinces: Provinces, engine: str) -> None:
    """Ready on Friday at 16:12, after the last mail of the week (16:00): Monday's 10:00."""
    world = bench(provinces, engine, level=UNUSED_EOFFICE)
    rows = {row[0]: row for row in on_paper(world, date(2019, 3, 8), 14, 51)}
    assert rows["PRINT"][3] == "08/03 16:12:00"
    assert rows["POST"][3] == "11/03 20:00:00"


def test_ready_at_the_very_minute_of_the_mail(provinces: Provinces, engine: str) -> None:
    world = bench(provinces, engine, level=UNUSED_EOFFICE)
    rows = {row[0]: row for row in on_paper(world, date(2019, 3, 8), 8, 39)}
    assert rows["PRINT"][3] == "08/03 10:00:00"
    assert rows["POST"][3] == "08/03 20:00:00"


def test_an_internal_paper_goes_round_the_house(provinces: Provinces, engine: str) -> None:
    world = bench(provinces, engine, level=UNUSED_EOFFICE)
    assert on_paper(world, date(2019, 3, 7), 7, 30, INTERNAL) == [
        ("DRAFT", "07/03 07:30:00", "07/03 07:30:00", "07/03 08:30:00"),
        ("REVIEW", "07/03 08:30:00", "07/03 08:30:00", "07/03 08:40:00"),
        ("SIGN", "07/03 08:40:00", "07/03 08:40:00", "07/03 08:45:00"),
        ("ISSUE", "07/03 08:45:00", "07/03 08:45:00", "07/03 08:49:00"),
        ("ANNOTATE", "07/03 08:49:00", "07/03 08:49:00", "07/03 08:50:00"),
        ("HANDLE", "07/03 08:50:00", "07/03 08:50:00", "07/03 09:20:00"),
    ]


def test_electronically_with_paper_behind(provinces: Provinces, engine: str) -> None:
    """Scanned, sent and printed by one clerk; fetched at the quarter; the paper copy is filed the next day."""
    world = bench(provinces, engine, level=ONLINE)
    assert on_paper(world, date(2019, 3, 7), 7, 30) == [
        ("DRAFT", "07/03 07:30:00", "07/03 07:30:00", "07/03 08:30:00"),
        ("REVIEW", "07/03 08:30:00", "07/03 08:30:00", "07/03 08:40:00"),
        ("SIGN", "07/03 08:40:00", "07/03 08:40:00", "07/03 08:45:00"),
        ("ISSUE", "07/03 08:45:00", "07/03 08:45:00", "07/03 08:59:00"),  # 4 + scan 8 + send 2
        ("PACK", "07/03 08:59:00", "07/03 08:59:00", "07/03 08:59:15"),
        ("SEND", "07/03 08:59:15", "07/03 08:59:15", "07/03 08:59:16.001"),
        ("SERVE", "07/03 08:59:16.001", "07/03 08:59:16.001", "07/03 08:59:18.001"),
        ("POLL", "07/03 08:59:18.001", "07/03 08:59:18.001", "07/03 09:00:00"),
        ("FETCH", "07/03 09:00:00", "07/03 09:00:00", "07/03 09:00:00.501"),
        ("PRINT", "07/03 08:59:00", "07/03 08:59:00", "07/03 09:01:00"),
        ("REGISTER_ELECTRONIC", "07/03 09:00:00.501", "07/03 09:00:00.501", "07/03 09:03:00.501"),
        ("ANNOTATE", "07/03 09:03:00.501", "07/03 09:03:00.501", "07/03 09:04:00.501"),
        ("HANDLE", "07/03 09:04:00.501", "07/03 09:04:00.501", "07/03 09:34:00.501"),
        ("POST", "07/03 09:01:00", "07/03 09:01:00", "07/03 20:00:00"),
        ("REGISTER_PAPER", "07/03 20:00:00", "08/03 07:00:00", "08/03 07:01:00"),
    ]
    tally = world.world.tally
    assert [int(tally[name][0]) for name in ("deliveries_created", "twins_created", "twins_filed")] == [1, 1, 1]


LINE_MS = 1_001
SEND_BEGINS = 15 * SECOND_MS


def sent(provinces: Provinces, engine: str, disturb: Callable[[Bench, int], None]) -> tuple[Bench, Records]:
    """The same document on the line, disturbed from 8:59 (its issue) on."""
    world = bench(provinces, engine, level=ONLINE)
    issued = world.at(date(2019, 3, 7), 8, 59)
    world.begin((world.at(date(2019, 3, 7), 7, 30), KEY, SENDER, EXOGENOUS))
    disturb(world, issued)
    return world, world.run()


def line(world: Bench) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([world.agency(SENDER)["uplink"]], np.int64)


def of_step(visits: Records, name: str) -> Records:
    return visits[[step == name for step in steps(visits)]]


def test_an_outage_in_mid_transfer(provinces: Provinces, engine: str) -> None:
    """400 ms are sent, the line is down for an hour, 601 ms follow; the gateway sends once more, in vain."""

    def an_hour_down(world: Bench, issued: int) -> None:
        broken = issued + SEND_BEGINS + 400
        world.when(broken, lambda: world.traffic.pause(line(world)))
        world.when(broken + HOUR_MS, lambda: world.traffic.resume(line(world)))

    world, visits = sent(provinces, engine, an_hour_down)
    issued = world.at(date(2019, 3, 7), 8, 59)
    first, again = of_step(visits, "SEND")
    assert first["began_ms"] == issued + SEND_BEGINS
    assert first["finished_ms"] == issued + SEND_BEGINS + LINE_MS + HOUR_MS
    assert again["entered_ms"] == again["began_ms"] == first["finished_ms"]
    assert again["finished_ms"] == first["finished_ms"] + LINE_MS
    assert len(of_step(visits, "REGISTER_ELECTRONIC")) == 1
    tally = world.world.tally
    assert [int(tally[name][0]) for name in ("repeats_created", "repeats_dropped")] == [1, 1]
    assert world.world.waits_ms.sum(axis=0)[5] == HOUR_MS


def test_a_line_that_is_down_keeps_what_comes_to_it(provinces: Provinces, engine: str) -> None:
    """Broken while the gateway still packs: the transfer begins as the line comes back, and is not repeated."""

    def down_early(world: Bench, issued: int) -> None:
        world.when(issued + 5 * SECOND_MS, lambda: world.traffic.pause(line(world)))
        world.when(issued + HOUR_MS, lambda: world.traffic.resume(line(world)))

    world, visits = sent(provinces, engine, down_early)
    (send,) = of_step(visits, "SEND")
    issued = world.at(date(2019, 3, 7), 8, 59)
    assert (send["entered_ms"], send["began_ms"]) == (issued + SEND_BEGINS, issued + HOUR_MS)
    assert send["finished_ms"] == issued + HOUR_MS + LINE_MS
    assert world.world.tally["repeats_created"] == 0
    assert world.world.waits_ms.sum(axis=0)[5] == HOUR_MS - SEND_BEGINS


def test_a_line_that_gets_slower_in_mid_transfer(provinces: Provinces, engine: str) -> None:
    """After 501 ms the rate halves: the 500 ms left take 1,000; after 250 of them it is five times as fast."""

    def change(world: Bench, issued: int) -> None:
        uplink = int(world.agency(SENDER)["uplink"])
        begins = issued + SEND_BEGINS
        world.when(begins + 501, lambda: world.traffic.change_rate(uplink, 4_000_000))
        world.when(begins + 751, lambda: world.traffic.change_rate(uplink, 20_000_000))

    world, visits = sent(provinces, engine, change)
    (send,) = of_step(visits, "SEND")
    assert send["finished_ms"] - send["began_ms"] == 501 + 250 + 750 // 5
    station = int(world.agency(SENDER)["uplink"])
    assert world.world.worked_ms[:, station].sum() == 501 + 250 + 150


def test_a_rate_that_changes_while_the_line_is_down(provinces: Provinces, engine: str) -> None:
    def change(world: Bench, issued: int) -> None:
        uplink = int(world.agency(SENDER)["uplink"])
        begins = issued + SEND_BEGINS
        world.when(begins + 501, lambda: world.traffic.pause(line(world)))
        world.when(begins + 600, lambda: world.traffic.change_rate(uplink, 4_000_000))
        world.when(begins + 900, lambda: world.traffic.resume(line(world)))

    _, visits = sent(provinces, engine, change)
    assert int(of_step(visits, "SEND")[0]["finished_ms"] - of_step(visits, "SEND")[0]["began_ms"]) == 900 + 1_000


def test_an_outage_at_the_very_end_of_a_transfer(provinces: Provinces, engine: str) -> None:
    """Slow actors come first within a millisecond: the line is down before the last byte is through."""

    def at_the_end(world: Bench, issued: int) -> None:
        end = issued + SEND_BEGINS + LINE_MS
        world.when(end, lambda: world.traffic.pause(line(world)))
        world.when(end + 7, lambda: world.traffic.resume(line(world)))

    world, visits = sent(provinces, engine, at_the_end)
    issued = world.at(date(2019, 3, 7), 8, 59)
    assert of_step(visits, "SEND")[0]["finished_ms"] == issued + SEND_BEGINS + LINE_MS + 7


def test_a_flash_document_calls_people_from_home(provinces: Provinces, engine: str) -> None:
    """Hỏa tốc, Saturday 20:00: everybody is called, 45 minutes each time, and nobody waits for Monday."""
    world = bench(provinces, engine, fixed("documents.flash_share", "100 %"), level=UNUSED_EOFFICE)
    rows = on_paper(world, date(2019, 3, 9), 20)
    assert rows == [
        ("DRAFT", "09/03 20:00:00", "09/03 20:00:00", "09/03 21:45:00"),
        ("REVIEW", "09/03 21:45:00", "09/03 21:45:00", "09/03 22:40:00"),
        ("SIGN", "09/03 22:40:00", "09/03 22:40:00", "09/03 23:30:00"),
        ("ISSUE", "09/03 23:30:00", "09/03 23:30:00", "10/03 00:19:00"),
        ("PRINT", "10/03 00:19:00", "10/03 00:19:00", "10/03 01:06:00"),
        ("POST", "10/03 01:06:00", "10/03 01:06:00", "11/03 20:00:00"),
        ("REGISTER_PAPER", "11/03 20:00:00", "11/03 20:00:00", "11/03 20:51:00"),
        ("ANNOTATE", "11/03 20:51:00", "11/03 20:51:00", "11/03 21:37:00"),
        ("HANDLE", "11/03 21:37:00", "11/03 21:37:00", "11/03 22:52:00"),
    ]
    assert world.world.worked_ms.sum() == 0


def test_a_leader_who_is_away_signs_on_return(provinces: Provinces, engine: str) -> None:
    """Away from Thursday's midnight to Tuesday's: the paper lies on the desk; work begun is finished then."""
    world = bench(provinces, engine, fixed("people.sign_wet", "10 min"), level=UNUSED_EOFFICE)
    agency = world.agency(SENDER)
    leaders = np.arange(agency["leaders_first"], agency["leaders_first"] + agency["leaders_count"])
    world.when(world.at(date(2019, 3, 7), 8, 45), lambda: world.traffic.pause(leaders))
    world.when(world.at(date(2019, 3, 12), 0), lambda: world.traffic.resume(leaders))
    rows = on_paper(world, date(2019, 3, 7), 7, 30)
    assert rows[2] == ("SIGN", "07/03 08:40:00", "07/03 08:40:00", "12/03 07:05:00")


def test_nobody_at_the_registry(provinces: Provinces, engine: str) -> None:
    """No clerk from 8:00 to 9:30: the document waits, though it is within office hours."""
    world = bench(provinces, engine, level=UNUSED_EOFFICE)
    registry = int(world.agency(SENDER)["registry"])
    world.when(world.at(date(2019, 3, 7), 8), lambda: world.traffic.change_capacity(registry, 0))
    world.when(world.at(date(2019, 3, 7), 9, 30), lambda: world.traffic.change_capacity(registry, 2))
    rows = on_paper(world, date(2019, 3, 7), 7, 30)
    assert rows[3] == ("ISSUE", "07/03 08:45:00", "07/03 09:30:00", "07/03 09:34:00")


def test_a_refused_message_is_corrected_and_sent_again(provinces: Provinces, engine: str) -> None:
    """No readable file at first: refused at the recipient's registry, put right by the sender's clerk, accepted."""
    world = bench(provinces, engine, fixed("documents.missing_file_share", "100 %"), level=ONLINE)
    rows = on_paper(world, date(2019, 3, 7), 7, 30)
    again = [row for row in rows if row[0] in ("REGISTER_ELECTRONIC", "CORRECT", "PACK")]
    assert [(row[0], row[3]) for row in again] == [
        ("PACK", "07/03 08:59:15"),
        ("REGISTER_ELECTRONIC", "07/03 09:03:00.501"),
        ("CORRECT", "07/03 09:23:00.501"),
        ("PACK", "07/03 09:23:15.501"),
        ("REGISTER_ELECTRONIC", "07/03 09:33:00.501"),
    ]
    assert world.world.refusals.sum(axis=0).tolist() == [int(cause == MISSING_FILE) for cause in range(len(REFUSALS))]
    assert world.world.tally["deliveries_registered"] == 1


def test_never_right_it_goes_on_paper(provinces: Provinces, engine: str) -> None:
    """Misaddressed every time (a hundred percent, no experience gained): after two attempts the paper counts."""
    world = bench(
        provinces,
        engine,
        fixed("documents.wrong_address_share", "100 %"),
        fixed("network.retry_limit", "2"),
        level=ONLINE,
    )
    world.when(world.at(date(2019, 3, 7), 9, 10), lambda: world.world.experience.fill(0))
    rows = on_paper(world, date(2019, 3, 7), 7, 30)
    assert sum(row[0] == "REGISTER_ELECTRONIC" for row in rows) == 2
    assert [row for row in rows if row[0] in ("REGISTER_PAPER", "HANDLE")] == [
        ("REGISTER_PAPER", "07/03 20:00:00", "08/03 07:00:00", "08/03 07:14:00"),  # 6 + scan 8: this copy counts
        ("HANDLE", "08/03 07:15:00", "08/03 07:15:00", "08/03 07:45:00"),
    ]
    flows = world.world.flows.sum(axis=(0, 1, 2))
    names = ("deliveries", "sent_electronic", "accepted_electronic", "registered", "handled", "refused")
    assert [int(flows[FLOWS.index(name)]) for name in names] == [1, 0, 0, 1, 1, 2]


def test_too_large_goes_on_paper_at_once(provinces: Provinces, engine: str) -> None:
    world = bench(provinces, engine, fixed("documents.message_limit", "1 MB"), level=ONLINE)
    rows = on_paper(world, date(2019, 3, 7), 7, 30)
    assert [row[0] for row in rows] == [
        "DRAFT",
        "REVIEW",
        "SIGN",
        "ISSUE",
        "PACK",
        "SEND",
        "SERVE",
        "PRINT",
        "POST",
        "REGISTER_PAPER",
        "ANNOTATE",
        "HANDLE",
    ]
    assert world.world.refusals.sum(axis=0).tolist() == [int(cause == TOO_LARGE) for cause in range(len(REFUSALS))]


def test_the_horizon_may_end_on_an_event(provinces: Provinces, engine: str) -> None:
    """What happens at the first millisecond after the horizon has not happened; one millisecond earlier it has."""
    for after_ms, done in ((0, 0), (1, 1)):
        world = bench(provinces, engine, level=UNUSED_EOFFICE)
        world.begin((world.at(date(2019, 3, 7), 7, 30), KEY, SENDER, INTERNAL))
        visits = world.run(world.at(date(2019, 3, 7), 8, 30) + after_ms)
        assert len(visits) == done


def power(world: Bench, agency_id: str, *names: str) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([int(world.agency(agency_id)[name]) for name in names], np.int64)


IN_OUTAGE = AGENCY_FLOWS.index("in_outage")


@pytest.mark.parametrize(
    ("agency_id", "names", "begins_ms"),
    [(SENDER, ("uplink",), SEND_BEGINS + 300), (RECIPIENT, ("downlink",), MINUTE_MS + 200)],
    ids=["uplink", "downlink"],
)
def test_a_broken_transfer_counts_as_bad_experience(
    provinces: Provinces, engine: str, agency_id: str, names: tuple[str, ...], begins_ms: int
) -> None:
    """Accepted in time, but it met an outage on its way, at whichever end: the sender remembers."""

    def half_an_hour(world: Bench, issued: int) -> None:
        stations = power(world, agency_id, *names)
        world.when(issued + begins_ms, lambda: world.traffic.pause(stations))
        world.when(issued + begins_ms + HOUR_MS // 2, lambda: world.traffic.resume(stations))

    world, visits = sent(provinces, engine, half_an_hour)
    slow = of_step(visits, "SEND" if agency_id == SENDER else "FETCH")[0]
    assert slow["finished_ms"] - slow["began_ms"] > HOUR_MS // 2
    assert world.world.agency_flows[:, world.ids[SENDER], IN_OUTAGE].sum() == 1


def test_a_gateway_that_stops_while_it_packs_sends_once(provinces: Provinces, engine: str) -> None:
    """Nothing had left yet, so there is nothing to repeat."""

    def no_power(world: Bench, issued: int) -> None:
        stations = power(world, SENDER, "gateway", "uplink", "downlink")
        world.when(issued + 5 * SECOND_MS, lambda: world.traffic.pause(stations))
        world.when(issued + 10 * MINUTE_MS, lambda: world.traffic.resume(stations))

    world, visits = sent(provinces, engine, no_power)
    (pack,) = of_step(visits, "PACK")
    assert pack["finished_ms"] - pack["began_ms"] == 10 * MINUTE_MS + 10 * SECOND_MS
    assert len(of_step(visits, "SEND")) == 1
    assert world.world.tally["repeats_created"] == 0
