"""Every start and end of service, to the millisecond, against queues written plainly by hand.

The traced entries into one line and the work that each job turned out to need are given to recursions that know
nothing of the engine; they must give the traced starts. Ties: several jobs may enter a line in one millisecond;
the engine then lets them stand in the order of its events (time, kind, station, key), which is the order in which
they are called; the recursions take that order over and check everything else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from plain_queues import WorkingLine, by_urgency, kiefer_wolfowitz, lindley
from worlds import (
    CALM,
    EXPONENTIAL,
    LEADERS_ALL_DAY,
    NOBODY_REACTS,
    Bench,
    Kind,
    Provinces,
    fixed,
    play,
    record_of,
    small_province,
    visits_of,
)

from sim.engine.clock import DAY_MS, HOUR_MS, MINUTE_MS
from sim.engine.draws import uniform
from sim.engine.records import Records
from sim.exchange import codes
from sim.exchange.codes import DRAW_URGENCY, FLASH, INTERNAL, ISSUE, ORDINARY, URGENT, VERY_URGENT
from sim.exchange.founding import Founded
from sim.exchange.state import World
from sim.model.province import Province

SENDER = "dept.0"
ALIKE = (fixed("volumes.department_spread", "0"), fixed("volumes.commune_spread", "0"))
BUSY = (
    *LEADERS_ALL_DAY,
    *ALIKE,
    fixed("people.draft", "20 min"),
    fixed("people.review", "4 min"),
    fixed("people.sign_wet", "3 min"),
    fixed("people.issue", "10 min"),
    fixed("people.annotate", "2 min"),
    fixed("people.handle", "20 min"),
)

IN_ONE_LINE = (
    Kind("allowance", steps="own;district;dept.0", working_days=5, weight=2),
    Kind("deed", "district", steps="own;commune;outside", working_days=10, site_visit=True, financial_duty=True),
    Kind("permit", "province", "dept.0", steps="own;office", working_days=7),
)
"""Nobody waits in the hall, files online or by post, so that at every desk all stand in the line of one urgency."""


def line_of(founded: Founded, station: int) -> WorkingLine:
    """Office hours of a station as plain numbers."""
    calendar = int(founded.world.stations[station]["calendar"])
    if calendar < 0:
        return WorkingLine([0], [1 << 61])
    shifts = founded.calendars[calendar]
    return WorkingLine(shifts["open_ms"].tolist(), shifts["close_ms"].tolist())


def in_order(visits: Records, station: int) -> Records:
    """The visits to one station in the order in which they entered its line."""
    mine = visits[visits["station"] == station]
    return np.asarray(mine[np.lexsort((mine["began_ms"], mine["entered_ms"]))])


def worked(line: WorkingLine, visits: Records, name: str) -> list[int]:
    return [line.worked(int(time)) for time in visits[name]]


def office(provinces: Provinces, *sets: str, clerks: float = 1, seed: int = 1) -> Bench:
    """A province in which one department writes papers for itself, nine in ten of its clerks' time."""
    offices = [
        replace(o, clerks=clerks, staff=20, leaders=3) if o.agency_id == SENDER else o for o in small_province(1, 1, 1)
    ]
    loaded = provinces.load(offices, sets=(*CALM, *BUSY, *sets), start=date(2019, 3, 1), end=date(2019, 3, 31))
    return Bench(loaded, seed=seed)


def write_internal(bench: Bench, gap_ms: float, seed: int, until_ms: int | None = None) -> list[int]:
    """Internal papers, a mean gap apart, at any hour of any day; their keys."""
    luck = np.random.default_rng(seed)
    times = np.cumsum(luck.exponential(gap_ms, 20_000)).astype(np.int64)
    times = times[times < (until_ms or bench.founded.end_ms - DAY_MS)]
    keys = luck.integers(1, 1 << 62, len(times))
    bench.begin(*((int(t), int(k), SENDER, INTERNAL) for t, k in zip(times, keys, strict=True)))
    return [int(key) for key in keys]


@pytest.fixture(scope="module")
def real(provinces: Provinces) -> Province:
    """Two months of a whole small province, one class of documents and of dossiers, with all that then happens."""
    loaded = provinces.load(
        small_province(3, 2, 4, population=8000),
        sets=(*CALM, *NOBODY_REACTS, fixed("dossiers.counter.post_share", "0 %")),
        start=date(2019, 2, 1),
        end=date(2019, 3, 31),
        procedures=IN_ONE_LINE,
    )
    running = play(loaded, seed=11, certain=True)
    record_of(running)  # closes the books: work under way is credited up to the last day
    return running


def in_service(world: World, station: int) -> list[Any]:
    """Jobs that a station is working on at the end: they are not traced yet."""
    found = []
    j = int(world.stations[station].serving)
    while j >= 0:
        found.append(world.jobs[j])
        j = int(world.jobs[j].next)
    return found


def test_every_station_of_a_province_serves_in_turn(real: Province) -> None:
    """Clerks, officers, leaders, counters, gateways, lines and the message service, over Tết, weekends and lunches."""
    world = real.traffic.world
    visits = visits_of(world)
    checked: Counter[str] = Counter()
    waited = 0
    for station, s in enumerate(world.stations):
        line = line_of(real.founded, station)
        mine = in_order(visits, station)
        rows = [(int(v["entered_ms"]), int(v["began_ms"]), line.worked(int(v["finished_ms"]))) for v in mine]
        # work that is not done at the end keeps its place for good
        rows += [(int(job.entered_ms), int(job.began_ms), 1 << 60) for job in in_service(world, station)]
        rows.sort()
        entered = [line.worked(row[0]) for row in rows]
        works = [row[2] - line.worked(row[1]) for row in rows]
        starts = kiefer_wolfowitz(entered, works, int(s["capacity"])) if rows else []
        assert [line.begin(start) for start in starts] == [row[1] for row in rows], station
        ends = [line.end(start + work) for start, work in zip(starts, works, strict=True) if work < 1 << 50]
        assert ends == [int(v["finished_ms"]) for v in mine], station
        assert min(works, default=1) >= 1
        waited += sum(start > entry for start, entry in zip(starts, entered, strict=True))
        checked[codes.STATION_KINDS[int(s["kind"])]] += len(rows)
    assert set(checked) == set(codes.STATION_KINDS)
    assert checked["counter"] > 500, "communes have none of their own"
    assert checked.total() > 20_000
    assert waited > 2_000


@pytest.mark.parametrize("seed", [1, 2])
def test_one_clerk_after_lindley(provinces: Provinces, seed: int) -> None:
    bench = office(provinces, *EXPONENTIAL, seed=seed)
    write_internal(bench, 33 * MINUTE_MS, seed)
    visits = bench.run()
    station = int(bench.agency(SENDER)["registry"])
    assert bench.world.stations[station]["capacity"] == 1
    mine = in_order(visits, station)
    line = line_of(bench.founded, station)
    entered, began, finished = (worked(line, mine, name) for name in ("entered_ms", "began_ms", "finished_ms"))
    starts = lindley(entered, [end - start for start, end in zip(began, finished, strict=True)])
    assert [line.begin(start) for start in starts] == mine["began_ms"].tolist()
    assert len(mine) > 600
    assert np.mean([b > a for a, b in zip(entered, starts, strict=True)]) > 0.4


@pytest.mark.parametrize("clerks", [1, 3])
def test_the_most_urgent_first(provinces: Provinces, clerks: int) -> None:
    """Four urgencies, nobody interrupted; where the door is closed, all who came since stand in line at opening."""
    bench = office(
        provinces,
        *EXPONENTIAL,
        fixed("documents.flash_share", "20 %"),
        fixed("documents.very_urgent_share", "25 %"),
        fixed("documents.urgent_share", "30 %"),
        fixed("people.issue", f"{9 * clerks} min"),
        clerks=clerks,
    )
    keys = write_internal(bench, 33 * MINUTE_MS, 3, until_ms=20 * DAY_MS)
    urgency = {key: urgency_of(bench, key) for key in keys}
    visits = bench.run()
    station = int(bench.agency(SENDER)["registry"])
    mine = visits[(visits["station"] == station)]
    line = line_of(bench.founded, station)
    assert (mine["step"] == ISSUE).all()
    mine = mine[np.argsort(mine["entered_ms"], kind="stable")]
    assert_no_clashes(mine)
    entered, began, finished = (worked(line, mine, name) for name in ("entered_ms", "began_ms", "finished_ms"))
    works = [end - start for start, end in zip(began, finished, strict=True)]
    arrivals = [(time, urgency[int(key)]) for time, key in zip(entered, mine["key"], strict=True)]
    starts = by_urgency(arrivals, works, clerks)
    left = bench.world.stations[station]
    assert left.waiting == left.busy == 0, "everybody must have been served for the comparison to be complete"
    assert len(mine) > 0.8 * len(keys)
    assert [line.begin(start) for start in starts] == mine["began_ms"].tolist()
    waits = {u: np.mean([s - a[0] for s, a in zip(starts, arrivals, strict=True) if a[1] == u]) for u in range(4)}
    assert waits[VERY_URGENT] < waits[URGENT] < waits[ORDINARY]
    assert Counter(urgency.values()).keys() == {FLASH, VERY_URGENT, URGENT, ORDINARY}


def urgency_of(bench: Bench, key: int) -> int:
    """One draw divides documents by urgency, the most urgent first."""
    rules = bench.world.rules[0]
    u = float(uniform(int(rules.luck), key, DRAW_URGENCY, 0))
    bounds = np.cumsum([rules.flash_share, rules.very_urgent_share, rules.urgent_share])
    return int(np.searchsorted(bounds, u, side="right"))


def assert_no_clashes(visits: Records) -> None:
    """Entries and ends of service that share a millisecond would leave the order of calling open."""
    entries = Counter(visits["entered_ms"].tolist())
    assert not entries.keys() & set(visits["finished_ms"].tolist())
    assert max(entries.values()) == 1


def test_office_hours_only_stretch_the_clock(provinces: Provinces) -> None:
    """Papers that come in office hours: the run with office hours, on its working time, is the run without any."""
    bench = office(provinces, *EXPONENTIAL, clerks=2, seed=4)
    line = line_of(bench.founded, int(bench.agency(SENDER)["officers"]))
    luck = np.random.default_rng(4)
    working_ms = np.cumsum(luck.exponential(9 * MINUTE_MS, 900)).astype(np.int64)
    working_ms = working_ms[working_ms < line.worked(bench.founded.end_ms - 2 * DAY_MS)]
    keys = luck.integers(1, 1 << 62, len(working_ms)).tolist()
    bench.begin(*((line.begin(int(t)), key, SENDER, INTERNAL) for t, key in zip(working_ms, keys, strict=True)))
    hours = bench.run()
    unbounded = office(provinces, *EXPONENTIAL, "calendar.always_open=true", clerks=2, seed=4)
    unbounded.begin(*((int(t), key, SENDER, INTERNAL) for t, key in zip(working_ms, keys, strict=True)))
    clock = unbounded.run(line.worked(bench.founded.end_ms))
    assert len(hours) > 2_000
    assert (hours["finished_ms"] > hours["entered_ms"] + 12 * HOUR_MS).any(), "some work spans a night"

    def rows(visits: Records, carried: WorkingLine | None) -> list[tuple[int, ...]]:
        names = ("entered_ms", "began_ms", "finished_ms")
        return sorted(
            (int(v["key"]), int(v["step"]), *(carried.worked(int(v[n])) if carried else int(v[n]) for n in names))
            for v in visits
        )

    assert rows(hours, line) == rows(clock, None)


def test_the_engines_numbers_in_system_are_those_of_the_trace(provinces: Provinces) -> None:
    """Looked at a thousand times, the engine's waiting and busy are the visits that the trace has open then.

    With it Little's identity holds on the path: the integral of the number in system is the sum of sojourns.
    """
    bench = office(provinces, *EXPONENTIAL, clerks=2, seed=5)
    write_internal(bench, 30 * MINUTE_MS, 5, until_ms=20 * DAY_MS)
    looks: list[tuple[int, list[int]]] = []

    def look() -> None:
        stations = bench.world.stations
        looks.append((int(bench.env.now), (stations["waiting"] + stations["busy"]).tolist()))

    moments = sorted(np.random.default_rng(6).integers(0, 20 * DAY_MS, 1000).tolist())
    for moment in moments:
        bench.when(moment, look)
    visits = bench.run()
    assert int(bench.world.tally["jobs_created"][0]) == int(bench.world.tally["jobs_finished"][0])
    seen = 0
    for moment, numbers in looks:
        # what happens in this very millisecond comes after the look
        open_now = visits[(visits["entered_ms"] < moment) & (visits["finished_ms"] >= moment)]
        counted = Counter(open_now["station"].tolist())
        assert {s: n for s, n in enumerate(numbers) if n} == dict(counted)
        seen += sum(numbers)
    assert seen > 2_000
    station = int(bench.agency(SENDER)["officers"])
    mine = visits[visits["station"] == station]
    assert integral_of_number(mine) == int((mine["finished_ms"] - mine["entered_ms"]).sum())


def integral_of_number(visits: Records) -> int:
    """Area under the number in system, walked event by event."""
    events = sorted([(int(t), 1) for t in visits["entered_ms"]] + [(int(t), -1) for t in visits["finished_ms"]])
    area = number = 0
    last = events[0][0]
    for time, step in events:
        area += number * (time - last)
        number += step
        last = time
    assert number == 0
    return area


def test_waiting_and_work_are_accounted_for_to_the_millisecond(real: Province) -> None:
    """The causes of waiting and the work of stations, counted as they happened, add up to the traced sojourns.

    Causes of waiting are those of documents; dossiers keep their own account of where their time went.
    """
    world, end_ms = real.traffic.world, real.founded.end_ms
    visits = visits_of(world)
    waits = dict(zip(codes.WAITS, world.waits_ms.sum(axis=0).tolist(), strict=True))
    for step, name in ((codes.POST, "post"), (codes.POLL, "polling")):
        mine = visits[visits["step"] == step]
        assert waits[name] == int((mine["finished_ms"] - mine["entered_ms"]).sum()) > 0
    dossiers = np.unique(visits["key"][visits["step"] > codes.DONE])
    sojourns = begun = of_dossiers = 0
    for station in range(len(world.stations)):
        line = line_of(real.founded, station)
        mine = visits[visits["station"] == station]
        works = [line.worked(int(v["finished_ms"])) - line.worked(int(v["began_ms"])) for v in mine]
        open_jobs = in_service(world, station)
        parts = [line.worked(end_ms) - line.worked(int(job.began_ms)) for job in open_jobs]
        assert int(world.worked_ms[:, station].sum()) == sum(works) + sum(parts), station
        other = ~np.isin(mine["key"], dossiers)
        of_dossiers += sum(work for work, is_other in zip(works, other, strict=True) if not is_other)
        sojourns += int((mine["finished_ms"] - mine["entered_ms"])[other].sum())
        for job, part in zip(open_jobs, parts, strict=True):
            if job.kind == codes.DOSSIER:
                of_dossiers += part
            else:
                begun += part + int(job.began_ms) - int(job.entered_ms)
    at_stations = sum(waits[name] for name in codes.WAITS if name not in ("post", "polling"))
    assert at_stations + int(world.worked_ms.sum()) - of_dossiers == sojourns + begun
