"""A dossier held up by its applicant: what its limit, its end and its visits become, written down by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from dossier_bench import COMMUNE_COUNTER, LINKED, SIMPLE, DossierBench, at, bench, names, shares, table
from worlds import Kind, Provinces, fixed

WORKING_DAYS_OFF = {"2019-02-04", "2019-02-05", "2019-02-06", "2019-02-07", "2019-02-08"}


def working_days_between(first: date, last: date) -> int:
    """Working days after the one up to the other, around Tết Kỷ Hợi."""
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    return sum(day.weekday() < 5 and day.isoformat() not in WORKING_DAYS_OFF for day in days)


def paused(provinces: Provinces, key: int, *, asked: str, **happens: int) -> tuple[DossierBench, int]:
    """A dossier that is held up by its applicant over Tết; how many working days it stood still."""
    kind = Kind("held", working_days=8, financial_duty=asked == "payment")
    drawn = fixed(f"dossiers.work.{'financial' if asked == 'payment' else 'supplement'}_days", "4")
    world = bench(provinces, [kind], drawn, happens=shares(**happens))
    world.file(at("01-30T08:00"), key=key)
    world.run()
    pause = world.visit("PAUSE", key)
    asked_on, back = (world.moment(int(pause[name])).date() for name in ("entered_ms", "finished_ms"))
    assert world.moment(int(pause.finished_ms)).time().isoformat() == "07:00:00"
    return world, working_days_between(asked_on, back)


PLAIN_DUE = "2019-02-18"
"""Eight working days after Wednesday 30 January: 31/1, 1/2, then 11-15/2 and 18/2."""


@pytest.mark.parametrize("asked", ["supplement", "payment"])
def test_a_lawful_pause_moves_the_limit_by_its_working_days(provinces: Provinces, asked: str) -> None:
    met = set()
    for key in range(1, 9):
        happens = {"supplement_share": 100 * (asked == "supplement"), "pause_noted_share": 100}
        world, days = paused(provinces, key, asked=asked, **happens)
        due = world.due(key)
        met.add(days)
        assert days >= 1
        assert world.dossier(key).paused_days == days
        assert due.hour == 17
        assert working_days_between(date.fromisoformat(PLAIN_DUE), due.date()) == days
        assert (world.count("paused"), world.dossier(key).citizen) == (1, 0)
    assert len(met) > 2, "pauses of several lengths"


@pytest.mark.parametrize("asked", ["supplement", "payment"])
def test_a_pause_that_nobody_wrote_down_moves_nothing(provinces: Provinces, asked: str) -> None:
    """The clock runs on, and the days are the applicant's."""
    world, days = paused(provinces, 3, asked=asked, supplement_share=100 * (asked == "supplement"))
    assert days >= 1
    assert world.due(3).date().isoformat() == PLAIN_DUE
    pause = world.visit("PAUSE", 3)
    assert world.dossier(3).citizen == pause.finished_ms - pause.entered_ms
    assert world.dossier(3).paused_days == 0


def test_the_software_writes_the_slip_of_a_pause_itself(provinces: Provinces) -> None:
    world = bench(provinces, [SIMPLE], happens=shares(supplement_share=100))
    world.run_software(COMMUNE_COUNTER)
    world.file(at("03-07T08:00"))
    world.run()
    assert world.dossier().paused_days == 1
    assert world.due() == at("03-13T17:00")


def test_a_further_paper_and_a_payment_add_up(provinces: Provinces) -> None:
    kind = Kind("both", working_days=3, financial_duty=True)
    world = bench(provinces, [kind], happens=shares(supplement_share=100, pause_noted_share=100))
    world.file(at("03-07T08:00"))
    assert names(world.run()) == ["RECEIVE", "PROCESS", "PAUSE", "PAUSE", "SIGN_RESULT", "PICK_UP", "HAND_OVER"]
    assert world.due() == at("03-14T17:00")  # three and two working days
    assert world.count("paused") == 2
    assert world.dossier().late == 0


def test_asked_back_then_complete(provinces: Provinces) -> None:
    """Found wanting on Thursday at 8:10, brought again a day later at the same hour; the limit runs from then."""
    world = bench(provinces, [SIMPLE], happens=shares(incomplete_share=100))
    world.file(at("03-07T08:00"))
    rows = table(world, world.run())
    assert rows[:3] == [
        ("RECEIVE", "07/03 08:00:00", "07/03 08:00:00", "07/03 08:10:00"),
        ("COME_BACK", "07/03 08:10:00", "07/03 08:10:00", "08/03 08:10:00"),
        ("RECEIVE", "08/03 08:10:00", "08/03 08:10:00", "08/03 08:20:00"),
    ]
    assert [world.count(what) for what in ("asked_back", "given_up", "received", "done")] == [1, 0, 1, 1]
    assert world.due() == at("03-13T17:00")
    assert world.gone()


def test_whoever_comes_again_on_a_day_off_waits_for_the_opening(provinces: Provinces) -> None:
    world = bench(provinces, [SIMPLE], happens=shares(incomplete_share=100))
    world.file(at("03-08T08:00"))
    world.run()
    assert world.moment(int(world.visit("COME_BACK").finished_ms)) == at("03-11T07:00")


def test_given_up_leaves(provinces: Provinces, engine: str) -> None:
    world = bench(provinces, [SIMPLE], engine=engine, happens=shares(incomplete_share=100, give_up_share=100))
    world.file(at("03-07T08:00"))
    assert names(world.run()) == ["RECEIVE"]
    assert [world.count(what) for what in ("asked_back", "given_up", "received", "done", "returned")] == [1, 1, 0, 0, 0]
    assert world.gone()


def test_withdrawn_comes_back_as_returned(provinces: Provinces, engine: str) -> None:
    """An officer looks at it and a leader signs a letter; the other agencies never see it, nor the statistics."""
    world = bench(provinces, [LINKED], engine=engine, happens=shares(withdrawn_share=100))
    world.file(at("03-07T08:00"))
    assert names(world.run()) == ["RECEIVE", "PROCESS", "SIGN_RESULT", "PICK_UP", "HAND_OVER"]
    assert [world.count(what) for what in ("received", "returned", "done", "late")] == [1, 1, 0, 0]
    assert world.gone()
