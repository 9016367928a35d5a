"""The event list hands out events in their documented order; lines are served by urgency, then in turn."""

from __future__ import annotations

import heapq
import random

import numpy as np
import pytest

from sim.engine.event_list import (
    MINUTE_BITS,
    NEVER,
    RING_BITS,
    drop,
    empty_event_list,
    first_ms,
    longer,
    pending,
    schedule,
)
from sim.engine.heap import ARRIVED, DUE, FINISHED, WOKE, drop_first, empty_heap, job_of, mark, push, rank, version_of
from sim.engine.queues import call_next, join_line, leave_place, take_place
from sim.exchange.building import StationList, empty_lines
from sim.exchange.codes import REGISTRY, URGENCIES
from sim.exchange.state import empty_jobs


@pytest.mark.parametrize(("moments", "seed"), [(3, 1), (50, 2), (10**12, 3)])
def test_events_come_out_in_order_of_time_rank_and_key(moments: int, seed: int) -> None:
    """Whatever order they were scheduled in, and however pushes and pops alternate."""
    luck = random.Random(seed)
    heap, size = empty_heap(4096), np.zeros(1, np.int64)
    ours: list[tuple[int, ...]] = []
    theirs: list[tuple[int, ...]] = []
    plain: list[tuple[int, ...]] = []
    for key in luck.sample(range(1 << 40), 6000):
        while (theirs and luck.random() < 0.47) or len(theirs) == 4096:
            ours.append(tuple(int(heap[0][name]) for name in ("time_ms", "rank", "key", "mark")))
            drop_first(heap, size)
            plain.append(heapq.heappop(theirs))
        event = (luck.randrange(moments), rank(luck.randrange(4), luck.randrange(-1, 3)), key, mark(key % 4096, key))
        push(heap, size, *event)
        heapq.heappush(theirs, event)
        assert size[0] == len(theirs)
    assert len(ours) > 2000
    assert ours == plain


ROUND_MS = 1 << (MINUTE_BITS + RING_BITS)


@pytest.mark.parametrize(
    ("ahead_ms", "seed"),
    [(3, 11), (5 << MINUTE_BITS, 12), (ROUND_MS, 13), (4 * ROUND_MS, 14)],
    ids=["one moment", "a few minutes", "a round of the ring", "several rounds"],
)
def test_an_event_list_hands_out_events_as_one_sorted_list_does(ahead_ms: int, seed: int) -> None:
    """However far ahead they are planned, and however often more room is needed on the way."""
    luck = random.Random(seed)
    events = empty_event_list(4)
    sorted_list: list[tuple[int, ...]] = []
    now = taken = doublings = 0
    for key in luck.sample(range(1 << 40), 5000):
        if pending(events) == len(events.near):
            events, doublings = longer(events), doublings + 1
        event = (now + luck.randrange(ahead_ms), rank(luck.randrange(4), luck.randrange(3)), key, mark(key % 4096, key))
        schedule(events, *event)
        heapq.heappush(sorted_list, event)
        while sorted_list and luck.random() < 0.48:
            until_ms = now + luck.randrange(2 * ahead_ms)
            due = sorted_list[0][0] < until_ms
            found = int(first_ms(events, until_ms))
            assert found == sorted_list[0][0] if due else found == NEVER or found >= until_ms
            if not due:
                break
            first = events.near[0]
            assert (first.time_ms, first.rank, first.key, first.mark) == sorted_list[0]
            now = heapq.heappop(sorted_list)[0]
            drop(events)
            taken += 1
        assert pending(events) == len(sorted_list)
    assert taken > 2000
    assert doublings > 3


def test_rank_puts_kind_before_station() -> None:
    order = [rank(kind, station) for kind in (FINISHED, WOKE, DUE, ARRIVED) for station in (-1, 0, 1, 5000)]
    assert order == sorted(order)
    assert len(set(order)) == len(order)


def test_a_mark_names_its_job_and_version() -> None:
    for job in (0, 1, 5_000_000, 2**31 - 1):
        for version in (0, 1, 2**31 - 1, 2**31, 2**31 + 5):
            marked = mark(job, version)
            assert job_of(marked) == job
            assert version_of(marked) == version % 2**31


def test_lines_are_served_by_urgency_and_then_in_turn() -> None:
    luck = random.Random(4)
    jobs = empty_jobs(300)
    stations = StationList()
    for agency in range(3):
        stations.add(REGISTRY, agency, -1, 1)
    records = stations.array()
    head, tail = empty_lines(3)
    lines: list[list[list[int]]] = [[[] for _ in range(URGENCIES)] for _ in range(3)]
    free = list(range(300))
    served = 0
    for _ in range(20_000):
        station = luck.randrange(3)
        if free and luck.random() < 0.5:
            j = free.pop(luck.randrange(len(free)))
            jobs[j].urgency = luck.randrange(URGENCIES)
            join_line(jobs, records, head, tail, station, j)
            lines[station][jobs[j].urgency].append(j)
        else:
            expected = next((line.pop(0) for line in lines[station] if line), -1)
            assert call_next(jobs, records, head, tail, station) == expected
            free += [expected] if expected >= 0 else []
            served += expected >= 0
        assert records["waiting"].tolist() == [sum(map(len, line)) for line in lines]
    assert served > 5000


def test_places_are_freed_in_any_order() -> None:
    luck = random.Random(5)
    jobs = empty_jobs(60)
    stations = StationList()
    stations.add(REGISTRY, 0, -1, 60)
    records = stations.array()
    inside: set[int] = set()
    for _ in range(5000):
        j = luck.randrange(60)
        if j in inside:
            leave_place(jobs, records, 0, j)
            inside.remove(j)
        else:
            take_place(jobs, records, 0, j)
            inside.add(j)
        found = []
        at = int(records[0].serving)
        while at >= 0:
            found.append(at)
            at = int(jobs[at].next)
        assert sorted(found) == sorted(inside)
        assert records[0].busy == len(inside)
