"""The tandem on this project's event list and queues, in one compiled loop.

Deliveries in flight take slots of a pool, as in the full model; the lines keep urgencies, of which one is used.
"""

import numpy as np
from numpy.typing import NDArray
from tandem.work import AGENCIES, SERVICE_PLACES, STATIONS, STEPS, Outcome, Work, seconds_of

from sim.engine.heap import FINISHED, Events, Size, drop_first, empty_heap, job_of, mark, push, rank
from sim.engine.jit import njit
from sim.engine.queues import Lines, Records, call_next, join_line, leave_place, take_place

JOB = np.dtype([(name, np.int64) for name in ("delivery", "step", "urgency", "next", "previous")])
STATION = np.dtype([(name, np.int64) for name in ("capacity", "busy", "waiting", "serving")])


@njit
def begin(jobs: Records, stations: Records, heap: Events, size: Size, j: int, station: int, now: int, ms: int) -> None:
    """A place is free: the work starts and its end is planned."""
    take_place(jobs, stations, station, j)
    push(heap, size, now + ms, rank(FINISHED, station), jobs[j].delivery, mark(j, 0))


@njit
def enter(
    jobs: Records,
    stations: Records,
    head: Lines,
    tail: Lines,
    heap: Events,
    size: Size,
    route: NDArray[np.int64],
    work_ms: NDArray[np.int64],
    j: int,
    now: int,
) -> None:
    """Begin at once where a place is free, else stand in line."""
    delivery, step = jobs[j].delivery, jobs[j].step
    station = route[delivery, step]
    if stations[station].busy < stations[station].capacity:
        begin(jobs, stations, heap, size, j, station, now, work_ms[delivery, step])
    else:
        join_line(jobs, stations, head, tail, station, j)


@njit
def pass_all(
    jobs: Records,
    free: NDArray[np.int64],
    stations: Records,
    head: Lines,
    tail: Lines,
    heap: Events,
    size: Size,
    arrival_ms: NDArray[np.int64],
    route: NDArray[np.int64],
    work_ms: NDArray[np.int64],
) -> int:
    """Sum of all sojourns in milliseconds; -1 if more were in flight than there are slots."""
    arrived = 0
    slots = free.shape[0]
    sojourns = 0
    while arrived < arrival_ms.shape[0] or size[0] > 0:
        if arrived < arrival_ms.shape[0] and (size[0] == 0 or arrival_ms[arrived] < heap[0].time_ms):
            if slots == 0:
                return -1
            slots -= 1
            j = free[slots]
            jobs[j].delivery = arrived
            jobs[j].step = 0
            enter(jobs, stations, head, tail, heap, size, route, work_ms, j, arrival_ms[arrived])
            arrived += 1
            continue
        now = heap[0].time_ms
        j = job_of(heap[0].mark)
        drop_first(heap, size)
        delivery = jobs[j].delivery
        station = route[delivery, jobs[j].step]
        leave_place(jobs, stations, station, j)
        follower = call_next(jobs, stations, head, tail, station)
        if follower >= 0:
            ms = work_ms[jobs[follower].delivery, jobs[follower].step]
            begin(jobs, stations, heap, size, follower, station, now, ms)
        jobs[j].step += 1
        if jobs[j].step < STEPS:
            enter(jobs, stations, head, tail, heap, size, route, work_ms, j, now)
        else:
            sojourns += now - arrival_ms[delivery]
            free[slots] = j
            slots += 1
    return sojourns


def run(work: Work, slots: int = 1 << 16) -> Outcome:
    """Run the tandem; compile with a short work first."""
    jobs = np.zeros(slots, JOB).view(np.recarray)
    stations = np.zeros(STATIONS, STATION).view(np.recarray)
    stations["capacity"] = [1] * (3 * AGENCIES) + [SERVICE_PLACES]
    stations["serving"] = -1
    head, tail = np.full((2, STATIONS, 4), -1, np.int64)
    heap, size = empty_heap(3 * AGENCIES + SERVICE_PLACES + 1), np.zeros(1, np.int64)
    free, route = np.arange(slots)[::-1].copy(), work.route()
    total: list[int] = []
    seconds = seconds_of(
        lambda: total.append(
            pass_all(jobs, free, stations, head, tail, heap, size, work.arrival_ms, route, work.work_ms)
        )
    )
    if total[0] < 0:
        raise AssertionError("more deliveries in flight than slots")
    return Outcome(seconds, total[0] / len(work.sender))
