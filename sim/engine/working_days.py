"""Arithmetic on working days, in which the law counts time limits.

A day counts if the calendar has a shift on it. A limit of n working days runs from the working day after the
one it starts on, and ends at the closing of its last day.
"""

from sim.engine.clock import DAY_MS
from sim.engine.jit import njit
from sim.engine.working_time import Index, Shifts, shift_at


@njit
def working_day_after(shifts: Shifts, first_shift: Index, calendar: int, day: int, number: int) -> int:
    """The `number`-th working day after this day (which need not be one)."""
    for _ in range(number):
        day = shifts[shift_at(shifts, first_shift, calendar, (day + 1) * DAY_MS)].open_ms // DAY_MS
    return day


@njit
def opening_ms(shifts: Shifts, first_shift: Index, calendar: int, day: int) -> int:
    """When work begins on this working day."""
    return int(shifts[shift_at(shifts, first_shift, calendar, day * DAY_MS)].open_ms)


@njit
def closing_ms(shifts: Shifts, first_shift: Index, calendar: int, day: int) -> int:
    """When work ends on this working day; on a day off, on the next working day."""
    i = shift_at(shifts, first_shift, calendar, day * DAY_MS)
    day = shifts[i].open_ms // DAY_MS
    if day >= first_shift.shape[1]:
        return int(shifts[i].close_ms)
    while shifts[i + 1].open_ms < (day + 1) * DAY_MS:
        i += 1
    return int(shifts[i].close_ms)


@njit
def limit_ms(shifts: Shifts, first_shift: Index, calendar: int, start_ms: int, working_days: int) -> int:
    """The last moment of a limit of so many working days that starts now; 0 days end with the day itself."""
    day = working_day_after(shifts, first_shift, calendar, start_ms // DAY_MS, working_days)
    return closing_ms(shifts, first_shift, calendar, day)
