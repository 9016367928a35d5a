"""A four-way heap of events in one structured array.

Order at equal times is a property of the event, not of when it was scheduled: by `rank` (kind of event,
then station) and then by `key` (identity of the document or delivery). `mark` says which job, and which
version of its plans, the event belongs to; a plan that has changed since leaves its event stale.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engine.jit import njit
from sim.engine.records import record

EVENT = record("time_ms rank key mark")

Events = NDArray[Any]
Size = NDArray[np.int64]

FINISHED, WOKE, DUE, ARRIVED = range(4)
_STATIONS = 1 << 32
_VERSIONS = 1 << 31


def empty_heap(number: int) -> Events:
    """Room for this many pending events."""
    return np.zeros(number, EVENT)


@njit
def rank(kind: int, station: int) -> int:
    """Order of events of one instant: kind first, then station."""
    return kind * _STATIONS + station + 1


@njit
def mark(job: int, version: int) -> int:
    """A job and the version of its plan in one number."""
    return job * _VERSIONS + version % _VERSIONS


@njit
def job_of(marked: int) -> int:
    """The job a mark names."""
    return marked // _VERSIONS


@njit
def version_of(marked: int) -> int:
    """The version of the job's plan that a mark names."""
    return marked % _VERSIONS


@njit
def _before(heap: Events, a: int, time_ms: int, order: int, key: int) -> bool:
    if heap[a].time_ms != time_ms:
        return bool(heap[a].time_ms < time_ms)
    if heap[a].rank != order:
        return bool(heap[a].rank < order)
    return bool(heap[a].key < key)


@njit
def _sooner(heap: Events, a: int, b: int) -> int:
    """Whichever of two comes first."""
    return b if _before(heap, b, heap[a].time_ms, heap[a].rank, heap[a].key) else a


@njit
def push(heap: Events, size: Size, time_ms: int, order: int, key: int, marked: int) -> None:
    """Add one event; the caller has made sure there is room."""
    hole = size[0]
    size[0] = hole + 1
    while hole > 0:
        above = (hole - 1) >> 2
        if _before(heap, above, time_ms, order, key):
            break
        heap[hole] = heap[above]
        hole = above
    heap[hole].time_ms = time_ms
    heap[hole].rank = order
    heap[hole].key = key
    heap[hole].mark = marked


@njit
def drop_first(heap: Events, size: Size) -> None:
    """Remove the earliest event, which the caller has read from `heap[0]`."""
    last = size[0] - 1
    size[0] = last
    time_ms = heap[last].time_ms
    order = heap[last].rank
    key = heap[last].key
    marked = heap[last].mark
    hole = 0
    while True:
        least = 4 * hole + 1
        if least >= last:
            break
        if least + 3 < last:
            left = _sooner(heap, least, least + 1)
            right = _sooner(heap, least + 2, least + 3)
            least = _sooner(heap, left, right)
        else:
            for below in range(least + 1, last):
                least = _sooner(heap, least, below)
        if not _before(heap, least, time_ms, order, key):
            break
        heap[hole] = heap[least]
        hole = least
    heap[hole].time_ms = time_ms
    heap[hole].rank = order
    heap[hole].key = key
    heap[hole].mark = marked
