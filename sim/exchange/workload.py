"""Documents that agencies begin of their own accord, and dossiers that people file, month by month.

Each agency writes, or is called on, by a Poisson process whose rate follows hours, weekdays and months. The
process is drawn in its own operational time and carried over to the clock by the exact inverse of the rate's
integral, so a sharp morning peak is as large as it should be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sim.engine.clock import DAY_MS, HOUR_MS
from sim.engine.distributions import exponential
from sim.engine.draws import child, uniform
from sim.engine.jit import njit
from sim.engine.records import Records, record
from sim.engine.working_time import Shifts
from sim.exchange.codes import CHILD_DOCUMENT, DRAW_ARRIVAL, DRAW_FILED, DRAW_INTERNAL, FILED, INTERNAL
from sim.exchange.state import ARRIVAL, World

PIECE = record("start_ms length_ms", "before weight")
"""A stretch of clock time with one rate; `before` is the share of the month's documents that precede it."""

LONG_CLOSURE_DAYS = 6
"""A closure of this many days or more sends people to the counter when it ends: every Tết, and no other holiday
of 2010-2025 (30 April and 1 May with a moved day and a weekend reach five)."""

Index = NDArray[np.int64]
Shares = NDArray[np.float64]


@dataclass(frozen=True)
class Season:
    """Relative rates by hour of the day, weekday and month, while the office is open."""

    hours: Sequence[float]
    weekdays: Sequence[float]
    months: Sequence[float]
    after_closure: float = 1.0
    """Factor on the first days of work after a long closure, as at Tết."""
    after_closure_days: int = 0
    """How many days of work it lasts."""


def days_after_closure(shifts: Shifts, number: int) -> set[int]:
    """Days since the origin that are among the first `number` of work after a long closure."""
    days = np.unique(shifts["open_ms"] // DAY_MS)
    returns = np.flatnonzero(np.diff(days) > LONG_CLOSURE_DAYS) + 1
    return {int(day) for first in returns for day in days[first : first + number]}


def month_pieces(shifts: Shifts, season: Season, origin: date, start_ms: int, end_ms: int) -> tuple[Records, float]:
    """Cut one calendar's shifts between two moments into pieces of one rate each.

    The pieces' shares add up to one; the second result is their total weight in weighted milliseconds.
    """
    here = shifts[(shifts["close_ms"] > start_ms) & (shifts["open_ms"] < end_ms)]
    opening, closing = np.maximum(here["open_ms"], start_ms), np.minimum(here["close_ms"], end_ms)
    day_rates = _day_rates(shifts, season, origin, here["open_ms"] // DAY_MS)
    first_hour = opening // HOUR_MS
    hours = -(-closing // HOUR_MS) - first_hour
    of = np.repeat(np.arange(len(here)), hours)
    hour = first_hour[of] + np.arange(len(of)) - (np.cumsum(hours) - hours)[of]
    at = np.maximum(hour * HOUR_MS, opening[of])
    length_ms = np.minimum((hour + 1) * HOUR_MS, closing[of]) - at
    weights = np.array(season.hours)[hour % 24]
    for rates in day_rates:
        weights = weights * rates[of]
    weights *= length_ms
    there = weights > 0.0
    weights = weights[there]
    added = np.cumsum(weights)
    total = float(added[-1]) if len(added) else 0.0
    pieces = np.zeros(len(weights), PIECE)
    pieces["start_ms"] = at[there]
    pieces["length_ms"] = length_ms[there]
    pieces["weight"] = shares = weights / total
    pieces["before"][1:] = np.cumsum(shares)[:-1]
    return pieces, total


def _day_rates(shifts: Shifts, season: Season, origin: date, days: Index) -> tuple[Shares, Shares, Shares]:
    """Factors of these days since the origin: by weekday, by month and after a long closure."""
    months = (np.datetime64(origin, "D") + days).astype("datetime64[M]").astype(np.int64) % 12
    after = np.ones(len(days))
    if season.after_closure_days:
        returning = days_after_closure(shifts, season.after_closure_days)
        after[np.isin(days, list(returning))] = season.after_closure
    return np.array(season.weekdays)[(origin.weekday() + days) % 7], np.array(season.months)[months], after


@njit
def _draw_month(
    w: World, agency: int, month: int, mean: float, kind: int, one_in: int, pieces: Records, out: Records, n: int
) -> int:
    """Append one agency's arrivals of a month to `out` from row `n` on; the new number of rows.

    Of a thinned world only those stay whose identity `one_in` divides; they are the same as in the full one.
    """
    if mean <= 0.0 or pieces.shape[0] == 0:
        return n
    luck = w.rules[0].luck
    purpose = DRAW_INTERNAL if kind == INTERNAL else DRAW_FILED if kind == FILED else DRAW_ARRIVAL
    stream = child(w.agencies[agency].key, CHILD_DOCUMENT + purpose, month)
    passed = 0.0
    piece = 0
    last = pieces.shape[0] - 1
    number = 0
    while n < out.shape[0]:
        passed += exponential(uniform(luck, stream, purpose, number), 1.0) / mean
        if passed >= 1.0:
            return n
        while piece < last and pieces[piece].before + pieces[piece].weight <= passed:
            piece += 1
        key = child(stream, CHILD_DOCUMENT, number)
        number += 1
        if key % one_in != 0:
            continue
        p = pieces[piece]
        into = min(0.999999999, (passed - p.before) / p.weight)
        out[n].time_ms = p.start_ms + int(into * p.length_ms)
        out[n].key = key
        out[n].sender = agency
        out[n].kind = kind
        n += 1
    return n


@njit
def _draw_all(
    w: World,
    month: int,
    rates: Shares,
    kinds: Index,
    calendars: Index,
    shares: Shares,
    first: Index,
    one_in: int,
    pieces: Records,
    out: Records,
) -> int:
    n = 0
    for agency in range(w.agencies.shape[0]):
        c = calendars[agency]
        mine = pieces[first[c] : first[c + 1]]
        for k in range(kinds.shape[0]):
            n = _draw_month(w, agency, month, rates[k, agency] * shares[c], kinds[k], one_in, mine, out, n)
    return n


def in_order(*months: Records) -> Records:
    """Arrivals of several workloads in order of time, and of identity at one time."""
    together = np.concatenate(months)
    time_ms = np.ascontiguousarray(together["time_ms"])
    order = np.argsort(time_ms, kind="stable")
    times = time_ms[order]
    at_once = times[1:] == times[:-1]
    if at_once.any():
        tied = np.flatnonzero(np.append(at_once, False) | np.append(False, at_once))
        rows = order[tied]
        order[tied] = rows[np.lexsort((together["key"][rows], time_ms[rows]))]
    return together[order]


class Workload:
    """Draws the documents, or the dossiers, of one month for all agencies, one agency after another."""

    def __init__(
        self,
        season: Season,
        origin: date,
        calendars: Sequence[Shifts],
        of_agency: Index,
        year_start_ms: int,
        yearly: Mapping[int, Shares],
        one_in: int = 1,
    ) -> None:
        """`calendars[of_agency[a]]` are the shifts in which agency `a` writes or is called on.

        `yearly` holds the first year's number by kind of arrival and agency; of them one in so many is drawn.

        Yearly volumes are those of the twelve months from `year_start_ms`, whatever the run's own length.
        """
        self._season = season
        self._origin = origin
        self._calendars = calendars
        self._of_agency = of_agency
        self._kinds = np.array(list(yearly), np.int64)
        self._yearly = yearly
        self._one_in = one_in
        year_end_ms = year_start_ms + 365 * DAY_MS
        self._year = [month_pieces(c, season, origin, year_start_ms, year_end_ms)[1] for c in calendars]

    def month(self, world: World, first_day: date, start_ms: int, end_ms: int, growth: float) -> Records:
        """Arrivals between two midnights, agency by agency; `growth` scales the first year's numbers."""
        parts = [month_pieces(c, self._season, self._origin, start_ms, end_ms) for c in self._calendars]
        first = np.concatenate([[0], np.cumsum([len(part) for part, _ in parts])]).astype(np.int64)
        pieces = np.concatenate([part for part, _ in parts])
        shares = np.array([weight / year for (_, weight), year in zip(parts, self._year, strict=True)])
        rates = np.array(list(self._yearly.values()), np.float64) * growth
        mean = float((rates * shares[self._of_agency]).sum()) / self._one_in
        out = np.zeros(int(mean + 10.0 * mean**0.5) + 64, ARRIVAL)
        index = first_day.year * 12 + first_day.month - 1
        number = _draw_all(world, index, rates, self._kinds, self._of_agency, shares, first, self._one_in, pieces, out)
        if number >= len(out):
            raise RuntimeError("a month's arrivals exceed their mean by ten standard deviations")
        return out[:number]
