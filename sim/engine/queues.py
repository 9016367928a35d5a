"""Queues and places of service, as intrusive lists through the job array.

A station's waiting jobs stand in one line per urgency; jobs in service form an unordered list. Links are
indices, -1 for none, so that nothing is allocated while the simulation runs.
"""

from typing import Any

from numpy.typing import NDArray

from sim.engine.jit import njit

Records = NDArray[Any]
Lines = NDArray[Any]


@njit
def join_line(jobs: Records, stations: Records, head: Lines, tail: Lines, station: int, j: int) -> None:
    """Stand at the end of the line of one's urgency."""
    urgency = jobs[j].urgency
    last = tail[station, urgency]
    jobs[j].next = -1
    if last >= 0:
        jobs[last].next = j
    else:
        head[station, urgency] = j
    tail[station, urgency] = j
    stations[station].waiting += 1


@njit
def next_in_line(head: Lines, station: int) -> int:
    """The first job of the most urgent line that is not empty; -1 if nobody waits."""
    for urgency in range(head.shape[1]):
        if head[station, urgency] >= 0:
            return int(head[station, urgency])
    return -1


@njit
def call_next(jobs: Records, stations: Records, head: Lines, tail: Lines, station: int) -> int:
    """Take the next in line; -1 if nobody waits."""
    if stations[station].waiting == 0:
        return -1
    j = next_in_line(head, station)
    urgency = jobs[j].urgency
    head[station, urgency] = jobs[j].next
    if jobs[j].next < 0:
        tail[station, urgency] = -1
    stations[station].waiting -= 1
    return int(j)


@njit
def take_place(jobs: Records, stations: Records, station: int, j: int) -> None:
    """Occupy one place of service."""
    first = stations[station].serving
    jobs[j].previous = -1
    jobs[j].next = first
    if first >= 0:
        jobs[first].previous = j
    stations[station].serving = j
    stations[station].busy += 1


@njit
def leave_place(jobs: Records, stations: Records, station: int, j: int) -> None:
    """Free the place of service."""
    before = jobs[j].previous
    after = jobs[j].next
    if before >= 0:
        jobs[before].next = after
    else:
        stations[station].serving = after
    if after >= 0:
        jobs[after].previous = before
    stations[station].busy -= 1
