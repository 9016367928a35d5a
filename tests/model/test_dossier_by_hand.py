"""One dossier alone: every time stamp of its way, its due date and its end, written down by hand.

Thursday 7 March 2019 is an ordinary day; all work takes its stated time, waits drawn in whole days last one day,
and nothing happens to the dossier but what the test wants. Times are local; a step is shown as (step, enters the
line, begins, is done).
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from dossier_bench import (
    COMMUNE_COUNTER,
    DEPARTMENT_COUNTER,
    DISTRICT_COUNTER,
    KEY,
    LINKED,
    SIMPLE,
    DossierBench,
    at,
    bench,
    names,
    shares,
    table,
)
from worlds import Kind, Provinces

from sim.engine.clock import DAY_MS, HOUR_MS, MINUTE_MS
from sim.exchange.codes import LATENESS

TODAY = Kind("today", working_days=0, same_day=True)
BY_CLOSING = Kind("by_closing", working_days=0)
"""Due by the end of the day on which it was received, though nobody waits in the hall for it."""
COPIES = Kind("copies", work="copies", working_days=0, same_day=True)
LONG_LEADERS = 'calendar.leader.weekdays=["07:00-11:30", "13:30-18:00"]'


def test_through_three_tiers_and_back_by_courier(provinces: Provinces, engine: str) -> None:
    """Commune, district, department and back: counter 10, officer 12 + 5, leader 2, register 6; ten hours a courier."""
    world = bench(provinces, [LINKED], engine=engine)
    world.file(at("03-07T08:00"))
    rows = table(world, world.run())
    assert rows[:-2] == [
        ("RECEIVE", "07/03 08:00:00", "07/03 08:00:00", "07/03 08:10:00"),
        ("PROCESS", "07/03 08:10:00", "07/03 08:10:00", "07/03 08:27:00"),
        ("SIGN_RESULT", "07/03 08:27:00", "07/03 08:27:00", "07/03 08:29:00"),
        ("COURIER", "07/03 08:29:00", "07/03 08:29:00", "07/03 20:00:00"),  # the 10:00 post and ten hours
        ("ENTER_LEG", "07/03 20:00:00", "08/03 07:00:00", "08/03 07:06:00"),
        ("PROCESS", "08/03 07:06:00", "08/03 07:06:00", "08/03 07:23:00"),
        ("SIGN_RESULT", "08/03 07:23:00", "08/03 07:23:00", "08/03 07:25:00"),
        ("COURIER", "08/03 07:25:00", "08/03 07:25:00", "08/03 20:00:00"),
        ("ENTER_LEG", "08/03 20:00:00", "11/03 07:00:00", "11/03 07:06:00"),
        ("PROCESS", "11/03 07:06:00", "11/03 07:06:00", "11/03 07:23:00"),
        ("SIGN_RESULT", "11/03 07:23:00", "11/03 07:23:00", "11/03 07:25:00"),
        ("COURIER", "11/03 07:25:00", "11/03 07:25:00", "11/03 20:00:00"),
        ("ENTER_LEG", "11/03 20:00:00", "12/03 07:00:00", "12/03 07:06:00"),
    ]
    (waits, fetched, *_), (handed, *times) = rows[-2], rows[-1]
    assert (waits, fetched, handed) == ("PICK_UP", "12/03 07:06:00", "HAND_OVER")
    assert all("12/03 07:06" < time < "12/03 17:01" for time in times), "fetched the same day, while the office is open"
    given = world.visit("HAND_OVER")
    assert given.finished_ms - given.began_ms == 3 * MINUTE_MS
    assert world.due() == at("03-14T17:00")
    assert [world.count(what) for what in ("received", "done", "late", "courier_legs")] == [1, 1, 0, 3]
    assert world.gone()


def test_where_its_time_went(provinces: Provinces) -> None:
    """The same dossier: each millisecond from reception to the result is booked to one place, none to two."""
    world = bench(provinces, [LINKED])
    world.file(at("03-07T08:00"))
    world.run()
    d = world.dossier()
    spent = {name: int(d[name]) for name in LATENESS}
    couriers = (11 * HOUR_MS + 31 * MINUTE_MS) + 2 * (12 * HOUR_MS + 35 * MINUTE_MS)
    # at the other two: register from 20:00 to 7:06, three days on the weekend, then 17 + 2 minutes
    elsewhere = (11 * HOUR_MS + 6 * MINUTE_MS) + (59 * HOUR_MS + 6 * MINUTE_MS) + 2 * 19 * MINUTE_MS
    assert spent == {
        "counter": 11 * HOUR_MS + 6 * MINUTE_MS,  # the commune's own register, the night included
        "officer": 17 * MINUTE_MS,
        "leader": 2 * MINUTE_MS,
        "other_agency": elsewhere,
        "outside_body": 0,
        "site_visit": 0,
        "citizen": 0,
        "transfer": couriers,
        "outage": 0,
    }
    ready = world.visit("PICK_UP").entered_ms
    assert sum(spent.values()) == ready - d.received_ms


def linked_ends(provinces: Provinces, engine: str = "compiled", kind: Kind = LINKED) -> DossierBench:
    """The three agencies of the linked procedure as they must be for every leg to be electronic."""
    world = bench(provinces, [kind], engine=engine)
    world.run_software(COMMUNE_COUNTER, DISTRICT_COUNTER, DEPARTMENT_COUNTER)
    for agency_id in (COMMUNE_COUNTER, DISTRICT_COUNTER, DEPARTMENT_COUNTER):
        world.certify(agency_id)
    return world


def test_through_three_tiers_over_the_lines(provinces: Provinces, engine: str) -> None:
    """Digitised at the counter, signed with the agencies' certificates: all done within the morning."""
    world = linked_ends(provinces, engine)
    world.file(at("03-07T08:00"))
    rows = table(world, world.run())
    assert rows[:-2] == [
        ("RECEIVE", "07/03 08:00:00", "07/03 08:00:00", "07/03 08:14:00"),  # 10 + 4 for keying in and scanning
        ("PROCESS", "07/03 08:14:00", "07/03 08:14:00", "07/03 08:31:00"),
        ("SIGN_RESULT", "07/03 08:31:00", "07/03 08:31:00", "07/03 08:33:00"),
        ("SEND", "07/03 08:33:00", "07/03 08:33:00", "07/03 08:33:05.001"),
        ("SERVE", "07/03 08:33:05.001", "07/03 08:33:05.001", "07/03 08:33:07.001"),
        ("POLL", "07/03 08:33:07.001", "07/03 08:33:07.001", "07/03 08:45:00"),
        ("FETCH", "07/03 08:45:00", "07/03 08:45:00", "07/03 08:45:02.501"),
        ("ENTER_LEG", "07/03 08:45:02.501", "07/03 08:45:02.501", "07/03 08:48:02.501"),
        ("PROCESS", "07/03 08:48:02.501", "07/03 08:48:02.501", "07/03 09:05:02.501"),
        ("SIGN_RESULT", "07/03 09:05:02.501", "07/03 09:05:02.501", "07/03 09:07:02.501"),
        ("SEND", "07/03 09:07:02.501", "07/03 09:07:02.501", "07/03 09:07:07.502"),
        ("SERVE", "07/03 09:07:07.502", "07/03 09:07:07.502", "07/03 09:07:09.502"),
        ("POLL", "07/03 09:07:09.502", "07/03 09:07:09.502", "07/03 09:15:00"),
        ("FETCH", "07/03 09:15:00", "07/03 09:15:00", "07/03 09:15:02.501"),
        ("ENTER_LEG", "07/03 09:15:02.501", "07/03 09:15:02.501", "07/03 09:18:02.501"),
        ("PROCESS", "07/03 09:18:02.501", "07/03 09:18:02.501", "07/03 09:35:02.501"),
        ("SIGN_RESULT", "07/03 09:35:02.501", "07/03 09:35:02.501", "07/03 09:37:02.501"),
        ("SEND", "07/03 09:37:02.501", "07/03 09:37:02.501", "07/03 09:37:07.502"),
        ("SERVE", "07/03 09:37:07.502", "07/03 09:37:07.502", "07/03 09:37:09.502"),
        ("POLL", "07/03 09:37:09.502", "07/03 09:37:09.502", "07/03 09:45:00"),
        ("FETCH", "07/03 09:45:00", "07/03 09:45:00", "07/03 09:45:02.501"),
        ("ENTER_LEG", "07/03 09:45:02.501", "07/03 09:45:02.501", "07/03 09:48:02.501"),
    ]
    assert [world.count(what) for what in ("electronic_legs", "courier_legs", "done")] == [3, 0, 1]


@pytest.mark.parametrize(
    "missing", ["", "software here", "software there", "line here", "line there", "certificate", "certificate in force"]
)
def test_a_leg_is_electronic_only_if_everything_is_there(provinces: Provinces, missing: str) -> None:
    """From the commune to its district; whatever one thing is missing, a courier goes."""
    world = linked_ends(provinces, kind=Kind("one", steps="own;district", working_days=9))
    here, there = world.agency(COMMUNE_COUNTER), world.agency(DISTRICT_COUNTER)
    if missing == "software here":
        here.onestop = 0
    elif missing == "software there":
        there.onestop = 0
    elif missing == "line here":
        here.route = 0
    elif missing == "line there":
        there.route = 0
    elif missing:
        world.certify(COMMUNE_COUNTER, until_ms=0)
        if missing == "certificate in force":  # it ends with the millisecond before the leader's signature is done
            world.certify(COMMUNE_COUNTER, until_ms=world.at(date(2019, 3, 7), 8, 33))
    world.file(at("03-07T08:00"))
    world.run(world.at(date(2019, 3, 7), 9))
    assert [world.count("electronic_legs"), world.count("courier_legs")] == ([0, 1] if missing else [1, 0])


def test_a_certificate_serves_up_to_its_last_millisecond(provinces: Provinces) -> None:
    world = linked_ends(provinces, kind=Kind("one", steps="own;district", working_days=9))
    world.certify(COMMUNE_COUNTER, until_ms=world.at(date(2019, 3, 7), 8, 33) + 1)
    world.file(at("03-07T08:00"))
    world.run(world.at(date(2019, 3, 7), 9))
    assert world.count("electronic_legs") == 1


@pytest.mark.parametrize(
    ("filed", "days", "due"),
    [
        ("02-01T08:00", 5, "02-15T17:00"),  # Tết Kỷ Hợi: closed from 2 to 10 February
        ("02-01T08:00", 1, "02-11T17:00"),
        ("01-04T08:00", 1, "01-05T17:00"),  # the Saturday that makes up for 31 December
        ("03-08T16:40", 2, "03-12T17:00"),
        ("03-08T16:55", 2, "03-13T17:00"),  # taken in only on Monday at 7:05: the limit runs from then
    ],
)
def test_due_dates(provinces: Provinces, filed: str, days: int, due: str) -> None:
    world = bench(provinces, [Kind(f"days{days}", working_days=days)])
    world.file(at(filed))
    world.run()
    assert world.due() == at(due)


@pytest.mark.parametrize(
    ("filed", "due"),
    [
        ("03-07T14:49:59.999", "03-07T17:00"),
        ("03-07T14:50", "03-08T17:00"),  # taken in at 15:00
        ("03-08T15:30", "03-11T17:00"),
        ("02-01T15:30", "02-11T17:00"),
    ],
)
def test_what_comes_in_after_three_in_the_afternoon_may_wait_a_day(provinces: Provinces, filed: str, due: str) -> None:
    """Same-day matters (Decree 23/2015, Art. 7), over a weekend and over Tết."""
    world = bench(provinces, [TODAY])
    world.file(at(filed))
    world.run()
    assert world.due() == at(due)


def test_the_three_oclock_rule_is_for_those_who_wait_in_the_hall_only(provinces: Provinces) -> None:
    world = bench(provinces, [BY_CLOSING])
    world.file(at("03-07T15:30"))
    world.run()
    assert world.due() == at("03-07T17:00")


@pytest.mark.parametrize(
    ("filed", "late"),
    [
        ("03-07T16:31", 0),  # 10 + 12 + 5 + 2 minutes: signed as the office closes, due by its closing
        ("03-07T16:31:00.001", 1),
        ("03-07T16:32", 1),
        ("03-07T16:00", 0),
    ],
)
def test_late_by_a_millisecond_is_late(provinces: Provinces, engine: str, filed: str, late: int) -> None:
    """The leader signs until 18:00, so that the result may come a millisecond or a minute after the limit."""
    world = bench(provinces, [BY_CLOSING], LONG_LEADERS, engine=engine)
    world.file(at(filed))
    world.run()
    ready = world.visit("SIGN_RESULT").finished_ms
    due = world.dossier().due_ms
    assert (world.dossier().late, world.count("late")) == (late, late)
    assert (ready > due) == bool(late)
    if filed.endswith("16:31"):
        assert ready == due


def test_one_millisecond_and_one_minute_past_the_limit(provinces: Provinces) -> None:
    """The leader's two minutes end just past 17:00, by exactly as much as the citizen came later."""
    for filed, over_ms in (("03-07T16:31:00.001", 1), ("03-07T16:32", MINUTE_MS)):
        world = bench(provinces, [BY_CLOSING], LONG_LEADERS)
        world.file(at(filed))
        world.run()
        assert world.visit("SIGN_RESULT").finished_ms - world.dossier().due_ms == over_ms
        assert world.count("late") == 1
        assert world.world.lateness.sum() == 1


def test_by_post_there_and_back(provinces: Provinces, engine: str) -> None:
    """With the 10:00 post and ten hours on the way; checked the next morning, from when the limit runs."""
    world = bench(provinces, [SIMPLE], engine=engine, happens=shares(post_share=100))
    world.file(at("03-07T08:00"))
    rows = table(world, world.run())
    assert rows == [
        ("FILE_BY_POST", "07/03 08:00:00", "07/03 08:00:00", "07/03 20:00:00"),
        ("CHECK", "07/03 20:00:00", "08/03 07:00:00", "08/03 07:10:00"),
        ("PROCESS", "08/03 07:10:00", "08/03 07:10:00", "08/03 07:27:00"),
        ("SIGN_RESULT", "08/03 07:27:00", "08/03 07:27:00", "08/03 07:29:00"),
        ("RESULT_BY_POST", "08/03 07:29:00", "08/03 07:29:00", "08/03 20:00:00"),
    ]
    assert [world.count(what) for what in ("by_post", "at_counter", "done")] == [1, 0, 1]
    assert world.gone()


@pytest.mark.parametrize(("level", "visit"), [(3, ["PICK_UP", "HAND_OVER"]), (4, [])])
def test_online_at_level_four_needs_no_visit(provinces: Provinces, level: int, visit: list[str]) -> None:
    """At level 3 the result is still fetched; the limit runs from when it was sent in."""
    world = bench(provinces, [Kind(f"level{level}", service_level=level)])
    world.offer_online(COMMUNE_COUNTER)
    world.file(at("03-07T11:28"))
    rows = table(world, world.run())
    assert rows[:3] == [
        ("CHECK", "07/03 11:28:00", "07/03 11:28:00", "07/03 13:34:00"),
        ("PROCESS", "07/03 13:34:00", "07/03 13:34:00", "07/03 13:51:00"),
        ("SIGN_RESULT", "07/03 13:51:00", "07/03 13:51:00", "07/03 13:53:00"),
    ]
    assert [row[0] for row in rows[3:]] == visit
    assert world.moment(int(world.dossier().received_ms)) == at("03-07T11:28")
    assert [world.count(what) for what in ("online", "fileable", "at_counter", "done")] == [1, 1, 0, 1]
    assert world.world.citizens["online_done"].sum() == 1
    assert world.gone()


def test_copies_are_certified_while_one_waits(provinces: Provinces) -> None:
    """No officer, and the result is handed over at once: counter, leader, counter; complete by nature."""
    world = bench(provinces, [COPIES], happens=shares(incomplete_share=100, post_share=100))
    world.file(at("03-07T08:00"))
    assert table(world, world.run()) == [
        ("RECEIVE", "07/03 08:00:00", "07/03 08:00:00", "07/03 08:04:00"),
        ("SIGN_RESULT", "07/03 08:04:00", "07/03 08:04:00", "07/03 08:06:00"),
        ("HAND_OVER", "07/03 08:06:00", "07/03 08:06:00", "07/03 08:09:00"),
    ]


def test_a_deed_waits_for_the_visit_the_outside_body_and_the_payment(provinces: Provinces, engine: str) -> None:
    """District, five days to the visit, the commune by courier, a day outside, one to pay, back by courier."""
    kind = Kind("deed", "district", steps="own;commune;outside", working_days=20, site_visit=True, financial_duty=True)
    world = bench(provinces, [kind], engine=engine, happens=shares(pause_noted_share=100))
    world.file(at("03-07T08:00"), DISTRICT_COUNTER)
    rows = table(world, world.run())
    assert rows[:-2] == [
        ("RECEIVE", "07/03 08:00:00", "07/03 08:00:00", "07/03 08:10:00"),
        ("PROCESS", "07/03 08:10:00", "07/03 08:10:00", "07/03 08:27:00"),
        ("AWAIT_VISIT", "07/03 08:27:00", "07/03 08:27:00", "12/03 08:27:00"),
        ("VISIT", "12/03 08:27:00", "12/03 08:27:00", "12/03 11:27:00"),
        ("SIGN_RESULT", "12/03 11:27:00", "12/03 11:27:00", "12/03 11:29:00"),
        ("COURIER", "12/03 11:29:00", "12/03 11:29:00", "13/03 02:00:00"),  # the 16:00 post
        ("ENTER_LEG", "13/03 02:00:00", "13/03 07:00:00", "13/03 07:06:00"),
        ("PROCESS", "13/03 07:06:00", "13/03 07:06:00", "13/03 07:23:00"),
        ("OUTSIDE_BODY", "13/03 07:23:00", "13/03 07:23:00", "14/03 07:00:00"),
        ("PAUSE", "14/03 07:00:00", "14/03 07:00:00", "15/03 07:00:00"),
        ("SIGN_RESULT", "15/03 07:00:00", "15/03 07:00:00", "15/03 07:02:00"),
        ("COURIER", "15/03 07:02:00", "15/03 07:02:00", "15/03 20:00:00"),
        ("ENTER_LEG", "15/03 20:00:00", "18/03 07:00:00", "18/03 07:06:00"),
    ]
    d = world.dossier()
    assert d.site_visit == 5 * DAY_MS + 3 * HOUR_MS
    assert d.outside_body == 23 * HOUR_MS + 37 * MINUTE_MS
    assert d.paused_days == 1
    assert world.due() == at("04-05T17:00")  # 20 + 1 working days


def signers(world: DossierBench) -> list[int]:
    """Who signed which dossier, in the order of their keys."""
    visits = world.world.visits[: int(world.world.tally["visits_kept"][0])]
    signed = visits[[name == "SIGN_RESULT" for name in names(visits)]]
    return [int(s) for s in signed["station"][np.argsort(signed["key"])]]


def test_while_a_leader_is_away_the_next_one_signs(provinces: Provinces) -> None:
    """Of three leaders the second is away: hers go to the third, nobody else's move; the day after all is as ever."""
    keys = [1000 + n for n in range(30)]
    found = []
    for away in (False, True):
        world = bench(provinces, [SIMPLE], leaders=3)
        first = int(world.agency(COMMUNE_COUNTER).leaders_first)
        if away:
            absent = np.array([first + 1], np.int64)
            world.when(0, lambda world=world, absent=absent: world.traffic.pause(absent))
        for n, key in enumerate(keys):
            world.file(at("03-07T08:00") + timedelta(minutes=n), key=key)
        world.run(world.at(date(2019, 3, 20)))
        found.append([station - first for station in signers(world)])
    there, away_ = found
    assert len(there) == len(keys)
    assert set(there) == {0, 1, 2}
    assert away_ == [2 if leader == 1 else leader for leader in there]


def test_while_all_leaders_are_away_results_wait(provinces: Provinces) -> None:
    world = bench(provinces, [SIMPLE], leaders=2)
    first = int(world.agency(COMMUNE_COUNTER).leaders_first)
    both = np.array([first, first + 1], np.int64)
    world.when(0, lambda: world.traffic.pause(both))
    world.when(world.at(date(2019, 3, 15), 9), lambda: world.traffic.resume(both))
    world.file(at("03-07T08:00"))
    world.run()
    assert world.moment(int(world.visit("SIGN_RESULT").began_ms)) == at("03-15T09:00")
    assert world.count("late") == 1
    late_for = dict(zip(LATENESS, world.world.lateness.sum(axis=(0, 1)).tolist(), strict=True))
    assert late_for == {**dict.fromkeys(LATENESS, 0), "leader": 1}


def test_the_one_at_the_desk_comes_before_what_came_online(provinces: Provinces) -> None:
    """Every place at the counter is taken; a form sent in at 8:01 waits for a citizen who comes at 8:02."""
    world = bench(provinces, [Kind("level3", service_level=3)])
    world.offer_online(COMMUNE_COUNTER, share=0.0)
    places = int(world.world.stations[world.agency(COMMUNE_COUNTER).counter].capacity)
    for n in range(places):
        world.file(at("03-07T08:00"), key=10 + n)
    world.when(world.at(date(2019, 3, 7), 8, 1), lambda: world.offer_online(COMMUNE_COUNTER))
    world.file(at("03-07T08:01"), key=KEY)
    world.when(world.at(date(2019, 3, 7), 8, 2), lambda: world.offer_online(COMMUNE_COUNTER, share=0.0))
    for n in range(places):
        world.file(at("03-07T08:02"), key=50 + n)
    world.run()
    assert {int(world.visit("RECEIVE", 50 + n).began_ms) for n in range(places)} == {world.at(date(2019, 3, 7), 8, 10)}
    assert int(world.visit("CHECK").began_ms) == world.at(date(2019, 3, 7), 8, 20)
