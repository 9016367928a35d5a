"""One document alone: every time stamp of its way, written down by hand.

Friday 8 March 2019 is an ordinary day; all work takes its stated time (no luck), there is one recipient, and
nothing else is on its way. Times are local; a step is shown as (step, enters the line, begins, is done).
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hand_bench import KEY, ONLINE, SENDER, UNUSED_EOFFICE, bench, on_paper, table
from worlds import Provinces, fixed

from sim.engine.clock import HOUR_MS, MINUTE_MS
from sim.exchange.codes import INTERNAL, MISSING_FILE, REFUSALS, TOO_LARGE
from sim.exchange.state import FLOWS


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


def test_a_slip_of_three_levels_goes_to_every_leader_once_and_then_to_a_room(provinces: Provinces, engine: str) -> None:
    """Two leaders note it one after another, in either order; then the head of a room, who sits among the officers."""
    world = bench(provinces, engine, "people.annotation_levels=3", level=UNUSED_EOFFICE)
    world.begin((world.at(date(2019, 3, 7), 7, 30), KEY, SENDER, INTERNAL))
    visits = world.run()
    assert table(world, visits)[4:] == [
        ("ANNOTATE", "07/03 08:49:00", "07/03 08:49:00", "07/03 08:50:00"),
        ("ANNOTATE", "07/03 08:50:00", "07/03 08:50:00", "07/03 08:51:00"),
        ("ANNOTATE", "07/03 08:51:00", "07/03 08:51:00", "07/03 08:52:00"),
        ("HANDLE", "07/03 08:52:00", "07/03 08:52:00", "07/03 09:22:00"),
    ]
    (agency,) = set(visits["recipient"][4:].tolist())
    a = world.world.agencies[agency]
    *noting, room = visits["station"][4:7].tolist()
    assert sorted(noting) == [int(a["leaders_first"]), int(a["leaders_first"]) + 1]
    assert room == int(a["officers"])


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
