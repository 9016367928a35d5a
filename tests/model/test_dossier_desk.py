"""What a desk does with one dossier: papers by courier, filing for the citizen, a day that passes."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from dossier_bench import COMMUNE_COUNTER, KEY, bench, shares
from worlds import Kind, Provinces

from sim.engine.clock import MINUTE_MS
from sim.exchange.codes import ENTER_LEG, PAUSE
from sim.model.dossier_months import overdue_now


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2019-{text}")


def test_what_comes_by_courier_is_entered_as_paper_whatever_software_stands_there(provinces: Provinces) -> None:
    """The district runs the software, the commune does not: six minutes for a paper, not two for a file."""
    world = bench(provinces, [Kind("allowance", steps="own;district", working_days=5)])
    world.works(register_paper=6 * MINUTE_MS, register_electronic=2 * MINUTE_MS)
    world.run_software("dist.0")
    world.file(at("03-05T08:00"))
    visits = world.run()
    entered = visits[(visits["step"] == ENTER_LEG) & (visits["key"] == KEY)]
    assert [int(v["finished_ms"] - v["began_ms"]) for v in entered] == [6 * MINUTE_MS] * 2


def test_filing_online_for_the_citizen_takes_the_officer_keying_in(provinces: Provinces) -> None:
    times = {}
    for assisted in (0, 100):
        world = bench(provinces, [Kind("licence", service_level=3)])
        world.world.rules["assisted_share"] = assisted / 100
        world.offer_online(COMMUNE_COUNTER, share=0.0)
        world.file(at("03-05T08:00"))
        world.run()
        taken = world.visit("RECEIVE")
        times[assisted] = int(taken.finished_ms - taken.began_ms)
    assert times == {0: 10 * MINUTE_MS, 100: 14 * MINUTE_MS}


def test_a_dossier_past_its_day_counts_as_overdue_until_its_result(provinces: Provinces) -> None:
    world = bench(provinces, [Kind("permit", working_days=1, site_visit=True)])
    world.file(at("03-05T08:00"))
    due = int(world.at(date(2019, 3, 6), 17))
    counted = {}
    for when in (due, due + 1):
        world.run(when)
        counted[when] = sum(overdue_now(world.world, when))
    assert counted == {due: 0, due + 1: 1}
    world.run()
    assert world.count("late") == 1
    assert sum(overdue_now(world.world, world.founded.end_ms)) == 0


@pytest.mark.parametrize("software", [True, False])
def test_a_dossier_that_lawfully_waits_for_its_applicant_is_not_overdue(provinces: Provinces, software: bool) -> None:
    """Due on Wednesday, asked for papers on Tuesday that come days later: overdue only if nobody wrote the slip."""
    world = bench(provinces, [Kind("held", working_days=1)], happens=shares(supplement_share=100))
    world.world.rules["supplement_days"] = 9.0
    if software:
        world.run_software("com.0.0")
    world.file(at("03-05T08:00"), key=3)
    plain_due = int(world.at(date(2019, 3, 6), 17))
    world.run(plain_due + 1)
    waiting = world.world.jobs[world.world.jobs["alive"] == 1]
    assert waiting["step"].tolist() == [PAUSE]
    assert sum(overdue_now(world.world, plain_due + 1)) == (0 if software else 1)
    world.run()
    assert world.count("late") == (0 if software else 1)


def test_a_clock_that_stops_too_late_leaves_the_dossier_overdue(provinces: Provinces) -> None:
    """Its day was past when the applicant was asked."""
    kind = Kind("held", steps="own;district", working_days=1)
    world = bench(provinces, [kind], happens=shares(supplement_share=100, pause_noted_share=100))
    world.world.rules["supplement_days"] = 9.0
    world.file(at("03-05T16:00"), key=3)
    now = int(world.at(date(2019, 3, 5), 17))
    while world.world.jobs["step"][world.world.jobs["alive"] == 1].tolist() != [PAUSE]:
        now += 60 * MINUTE_MS
        world.run(now)
    slot = int(np.flatnonzero(world.world.dossiers["key"] == 3)[0])
    asked_ms = int(world.world.jobs["entered_ms"][world.world.jobs["alive"] == 1][0])
    for due_ms, overdue in ((asked_ms - 1, 1), (asked_ms, 0)):
        world.world.dossiers["due_ms"][slot] = due_ms
        assert sum(overdue_now(world.world, now + 5 * MINUTE_MS)) == overdue
