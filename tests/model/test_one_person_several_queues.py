"""Documents and dossiers share officers and leaders: more of the one makes the other wait; nobody is at two places."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import sqrt

import numpy as np
import pytest
from worlds import (
    CALM,
    NOBODY_REACTS,
    SOME_OF_EVERYTHING,
    Bench,
    Kind,
    Office,
    Provinces,
    fixed,
    play,
    record_of,
    small_province,
    visits_of,
)

from sim.exchange.codes import ANNOTATE, COUNTER, DRAFT, HANDLE, LEADER, OFFICERS, REVIEW, SIGN
from sim.measure.payload import encode
from sim.model.conservation import BESIDE_LEADERS, PEOPLE, ConservationError, check_people
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario

SHARED = "dist.0"
SEEDS = range(8)
LOADED = (
    *CALM,
    *NOBODY_REACTS,
    fixed("dossiers.arrivals.province_share", "0 %"),
    fixed("dossiers.arrivals.commune_share", "0 %"),
    fixed("dossiers.work.ordinary", "60 min"),
    fixed("dossiers.work.sign", "4 min"),
    fixed("volumes.reply_share", "0 %"),
    fixed("volumes.relay_share", "0 %"),
)
NO_HELP = (fixed("people.lent_share", "0 %"), fixed("people.overtime_a_year", "0 h"))
"""Everybody stays at their own desk for the hours of the office."""
ONE_KIND = (Kind("licence", "district", work="ordinary", working_days=5),)


def with_dossiers(provinces: Provinces, per_head: float) -> LoadedScenario:
    """A district whose officers are busy with documents for part of the day, and with as many dossiers as asked."""
    return provinces.load(
        small_province(2, 1, 2, population=45_000, staff=40),
        sets=(*LOADED, *NO_HELP, fixed("dossiers.arrivals.per_head", f"{per_head} /year")),
        start=date(2019, 3, 1),
        end=date(2019, 5, 31),
        procedures=ONE_KIND,
    )


@pytest.fixture(scope="module")
def pairs(provinces: Provinces) -> list[tuple[RunRecord, RunRecord]]:
    """The same documents, and once as many or twice as many dossiers, under several lucks."""
    few, many = with_dossiers(provinces, 0.25), with_dossiers(provinces, 0.5)

    def traced(loaded: LoadedScenario, seed: int) -> RunRecord:
        return simulate(loaded, seed, 0, tracing=True, certain=True)

    return [(traced(few, seed), traced(many, seed)) for seed in SEEDS]


def waited_ms(record: RunRecord, kind: int, steps: tuple[int, ...]) -> dict[tuple[int, int], int]:
    """How long each document waited for these people of the district, by document and step."""
    agency = record.agency_ids.index(SHARED)
    stations = np.flatnonzero((record.station_kinds == kind) & (record.station_agencies == agency))
    mine = record.visits[np.isin(record.visits["station"], stations) & np.isin(record.visits["step"], steps)]
    waits = mine["began_ms"] - mine["entered_ms"]
    return {(int(k), int(s)): int(w) for k, s, w in zip(mine["key"], mine["step"], waits, strict=True)}


@pytest.mark.parametrize(
    ("kind", "steps"),
    [(OFFICERS, (HANDLE,)), (OFFICERS, (DRAFT, REVIEW)), (LEADER, (SIGN, ANNOTATE))],
    ids=["incoming documents", "outgoing documents", "leaders"],
)
def test_twice_the_dossiers_make_documents_wait_longer(
    pairs: list[tuple[RunRecord, RunRecord]], kind: int, steps: tuple[int, ...]
) -> None:
    """The same documents, met by the same luck; by more than the scatter over seeds."""
    longer = []
    for few, many in pairs:
        before, after = waited_ms(few, kind, steps), waited_ms(many, kind, steps)
        both = before.keys() & after.keys()
        assert len(both) > 100
        longer.append(np.mean([after[one] - before[one] for one in both]))
    mean, error = float(np.mean(longer)), float(np.std(longer, ddof=1)) / sqrt(len(longer))
    assert mean > 4 * error > 0


def test_the_same_people_in_both(pairs: list[tuple[RunRecord, RunRecord]]) -> None:
    """Twice as many dossiers, not one officer, leader or clerk more: by their staffed hours, and by their keys."""
    filed = np.array([[record.tally["dossiers_filed"] for record in pair] for pair in pairs]).sum(axis=0)
    assert abs(filed[1] - 2 * filed[0]) < 4 * sqrt(filed[1] + 4 * filed[0])
    for few, many in pairs:
        np.testing.assert_array_equal(few.staffed_ms, many.staffed_ms)
        assert few.tally["documents_created"] == many.tally["documents_created"]


def most_at_once(began: np.ndarray, finished: np.ndarray) -> int:
    """The largest number of intervals that hold any one moment; an end frees its place for a start."""
    times = np.concatenate([finished, began])
    steps = np.concatenate([np.full(len(finished), -1), np.full(len(began), 1)])
    order = np.lexsort((steps, times))
    return int(np.cumsum(steps[order]).max(initial=0))


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_nobody_is_in_two_places(provinces: Provinces, engine: str) -> None:
    """At no moment do the visits under way at a desk outnumber its places, nor an agency's all its people.

    Where nobody helps out; of helpers `tests/agents/test_office_manager.py` says more.
    """
    loaded = provinces.load(
        small_province(2, 1, 3, population=9000),
        sets=(*NO_HELP, fixed("people.clerks_added", "0"), fixed("people.staff_cut_share", "0 %")),
        start=date(2019, 3, 1),
        end=date(2019, 4, 15),
        procedures=SOME_OF_EVERYTHING,
    )
    running = play(loaded, engine=engine, seed=3, prepare=lambda world: world.agencies["online"].fill(1))
    record_of(running, 3)
    world = running.traffic.world
    visits = visits_of(world)
    full = 0
    for station in np.flatnonzero(np.isin(world.stations["kind"], PEOPLE)):
        mine = visits[(visits["station"] == station) & (visits["finished_ms"] > visits["began_ms"])]
        most = most_at_once(mine["began_ms"], mine["finished_ms"])
        assert most <= world.stations["most"][station], station
        full += most == world.stations["most"][station]
    assert full > 10, "desks that were full at some time"
    people = np.isin(world.stations["kind"], PEOPLE)
    for agency in range(len(world.agencies)):
        stations = np.flatnonzero(people & (world.stations["agency"] == agency))
        mine = visits[np.isin(visits["station"], stations)]
        staff = max(int(world.agencies["staff"][agency]), int(world.agencies["leaders_count"][agency]) + BESIDE_LEADERS)
        assert most_at_once(mine["began_ms"], mine["finished_ms"]) <= staff


def test_the_sweep_itself_counts_what_overlaps() -> None:
    """Back to back is one place, a shared millisecond two."""
    assert most_at_once(np.array([0, 5]), np.array([5, 9])) == 1
    assert most_at_once(np.array([0, 4]), np.array([5, 9])) == 2
    assert most_at_once(np.array([0, 1, 2]), np.array([9, 9, 3])) == 3


@pytest.mark.parametrize("kind", [COUNTER, OFFICERS])
def test_more_places_than_people_are_refused(provinces: Provinces, kind: int) -> None:
    bench = Bench(provinces.load(small_province(population=9000), procedures=SOME_OF_EVERYTHING))
    check_people(bench.world)
    agency = bench.ids[SHARED]
    mine = np.isin(bench.world.stations["kind"], PEOPLE) & (bench.world.stations["agency"] == agency)
    spare = int(bench.world.agencies["staff"][agency]) - int(bench.world.stations["capacity"][mine].sum())
    assert spare >= 0
    desk = np.flatnonzero(mine & (bench.world.stations["kind"] == kind))[0]
    bench.world.stations["capacity"][desk] += spare
    check_people(bench.world)
    bench.world.stations["capacity"][desk] += 1
    with pytest.raises(ConservationError, match=f"two places: agency {agency}: 21 places, 20 people"):
        check_people(bench.world)


@pytest.mark.parametrize("staff", [2, 3, 4, 5, 7, 12, 40, 200])
@pytest.mark.parametrize("leaders", [1, 3])
def test_however_few_the_staff_desks_do_not_outnumber_them(provinces: Provinces, staff: int, leaders: int) -> None:
    """Counters and registries that the parameters would give more people than there are, in offices of all sizes."""
    staff = max(staff, leaders + 1)
    offices = [
        Office(
            o.agency_id,
            o.tier,
            o.parent,
            staff=staff,
            leaders=leaders,
            clerks=1,
            population=o.population,
            linked=o.linked,
        )
        for o in small_province(2, 1, 2, population=9000)
    ]
    sets = (fixed("dossiers.counter.posts_district", "12"), fixed("people.officer_document_share", "100 %"))
    loaded = provinces.load(offices, sets=sets, procedures=SOME_OF_EVERYTHING)
    for seed in range(5):
        bench = Bench(loaded, seed=seed)
        check_people(bench.world)
    counters = bench.world.stations[bench.world.stations["kind"] == COUNTER]
    assert (counters["capacity"] >= 1).all()


def test_officers_sit_where_the_work_is(provinces: Provinces) -> None:
    """A district of nine times the people has nine times the time for dossiers; a department with more of the papers
    has as much more time for them; the means of the tier are as stated."""
    people = {"dist.0": 90_000, "dist.1": 10_000, "com.0.0": 90_000, "com.1.0": 10_000}
    rows = [replace(row, population=people.get(row.agency_id), staff=95) for row in small_province(4, 2, 1)]
    nowhere_else = [fixed(f"dossiers.arrivals.{tier}_share", "0 %") for tier in ("province", "commune")]
    sets = (*nowhere_else, fixed("people.officer_document_share", "20 %"), fixed("dossiers.work.officer_share", "10 %"))
    bench = Bench(provinces.load(rows, sets=sets, procedures=ONE_KIND))
    world = bench.world

    def others(agency_id: str) -> int:
        a = bench.agency(agency_id)
        desks = [int(world.stations["capacity"][a[post]]) for post in ("registry", "counter") if a[post] >= 0]
        return 95 - 2 - sum(desks)

    def officers(agency_id: str) -> int:
        return int(world.stations["capacity"][bench.agency(agency_id)["officers"]])

    assert officers("dist.0") == round(others("dist.0") * (0.20 + 0.10 * 1.8))
    assert officers("dist.1") == round(others("dist.1") * (0.20 + 0.10 * 0.2))
    departments = [f"dept.{i}" for i in range(4)]
    weights = np.array([float(bench.agency(name)["weight"]) for name in departments])
    assert weights.max() > 2 * weights.min()
    for name, weight in zip(departments, weights / weights.mean(), strict=True):
        assert officers(name) == max(1, round(others(name) * min(1.0, 0.20 * weight)))


def test_same_seed_same_bytes(provinces: Provinces) -> None:
    """And another seed others."""
    loaded = provinces.load(
        small_province(population=9000), start=date(2019, 3, 1), end=date(2019, 4, 30), procedures=SOME_OF_EVERYTHING
    )
    once, again, other = (encode(simulate(loaded, seed, 2), loaded) for seed in (5, 5, 6))
    assert once == again
    assert once != other
    assert simulate(loaded, 5, 2).tally["dossiers_finished"] > 100
