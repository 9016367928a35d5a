"""Arithmetic on working time: the only place that adds, subtracts or rounds office hours.

A calendar is a sorted run of shifts. `shifts` holds the shifts of all calendars one after another,
`first_shift[calendar, day]` points at the first shift that ends after that day's midnight, and
`worked_before_ms` counts the calendar's working time up to a shift's opening.
"""

import numpy as np
from numpy.typing import NDArray

from sim.engine.clock import DAY_MS
from sim.engine.jit import njit
from sim.engine.records import record

SHIFT = record("open_ms close_ms worked_before_ms")

Shifts = NDArray[np.void]
Index = NDArray[np.int64]


@njit
def shift_at(shifts: Shifts, first_shift: Index, calendar: int, time_ms: int) -> int:
    """The shift under way at this time, or else the next one."""
    day = min(time_ms // DAY_MS, first_shift.shape[1] - 1)  # work may be planned to end beyond the calendar
    i = first_shift[calendar, day]
    while shifts[i].close_ms <= time_ms:
        i += 1
    return int(i)


@njit
def is_open(shifts: Shifts, first_shift: Index, calendar: int, time_ms: int) -> bool:
    """True from the opening millisecond of a shift up to, not including, its closing one."""
    return bool(shifts[shift_at(shifts, first_shift, calendar, time_ms)].open_ms <= time_ms)


@njit
def next_open(shifts: Shifts, first_shift: Index, calendar: int, time_ms: int) -> int:
    """This time if the office is open, else the next opening."""
    return int(max(time_ms, shifts[shift_at(shifts, first_shift, calendar, time_ms)].open_ms))


@njit
def worked_by(shifts: Shifts, first_shift: Index, calendar: int, time_ms: int) -> int:
    """Working time of this calendar from its first shift up to this time."""
    i = shift_at(shifts, first_shift, calendar, time_ms)
    return int(shifts[i].worked_before_ms + max(0, time_ms - shifts[i].open_ms))


@njit
def working_between(shifts: Shifts, first_shift: Index, calendar: int, start_ms: int, end_ms: int) -> int:
    """Working time between two moments."""
    return worked_by(shifts, first_shift, calendar, end_ms) - worked_by(shifts, first_shift, calendar, start_ms)


@njit
def add_working(shifts: Shifts, first_shift: Index, calendar: int, start_ms: int, work_ms: int) -> int:
    """When work of this length ends that starts now, pausing whenever the office is closed."""
    i = shift_at(shifts, first_shift, calendar, start_ms)
    start_ms = max(start_ms, shifts[i].open_ms)
    while work_ms > shifts[i].close_ms - start_ms:
        work_ms -= shifts[i].close_ms - start_ms
        i += 1
        start_ms = shifts[i].open_ms
    return start_ms + work_ms
