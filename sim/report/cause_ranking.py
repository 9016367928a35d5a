"""Which causes of a group are largest, and which of these cannot be told apart."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from sim.results.run_tables import CauseRow

CAUSES_NAMED = 3
SMALLEST_SHARE_NAMED = 0.005


def last_year_by(due: date | None, years: Iterable[int], stopped: date | None = None) -> int | None:
    """The last of some years that is over on the due date; else the year in which that date falls, if it is there.

    Args:
        due: the date; None for the last year of all.
        years: of a table.
        stopped: the last day simulated, where that cuts a year short.
    """
    known = sorted(set(years))
    if due is None:
        return known[-1] if known else None
    over = [year for year in known if _end_of(year, stopped) <= due]
    return over[-1] if over else next((year for year in known if year == due.year), None)


def _end_of(year: int, stopped: date | None) -> date:
    return stopped if stopped is not None and stopped.year == year else date(year, 12, 31)


def largest_causes(
    causes: Sequence[CauseRow], group: str, due: date | None = None, stopped: date | None = None
) -> list[tuple[CauseRow, float]]:
    """The largest causes of a group in one year, each with its mean share of the simulations' own totals.

    Args:
        causes: of a run.
        group: of the causes.
        due: for the last year that is over by then; None for the last year of all.
        stopped: the last day simulated, where that cuts a year short.
    """
    rows = [(row, row.share_mean) for row in causes if row.group == group and row.share_mean is not None]
    year = last_year_by(due, (row.year for row, _ in rows), stopped)
    latest = [pair for pair in rows if pair[0].year == year]
    ordered = sorted(latest, key=lambda pair: (-pair[1], pair[0].cause))
    return [pair for pair in ordered[:CAUSES_NAMED] if pair[1] >= SMALLEST_SHARE_NAMED]


def grown_by_composition(row: CauseRow, causes: Sequence[CauseRow], stopped: date | None = None) -> CauseRow | None:
    """The first year of a cause whose share has grown since mostly because other causes shrank; None of any other.

    Mostly: its number grew by less than the square root of what its share grew by, or not at all. A year cut short by
    the simulation is set against none.
    """
    mine = sorted((one for one in causes if (one.group, one.cause) == (row.group, row.cause)), key=lambda one: one.year)
    if not mine or mine[0].year >= row.year or (stopped is not None and stopped.year == row.year):
        return None
    first = mine[0]
    if not (first.share_mean and row.share_mean and first.median and row.median):
        return None
    share, number = row.share_mean / first.share_mean, row.median / first.median
    return first if share > 1.0 and number < math.sqrt(share) else None


def leading_causes(found: Sequence[tuple[CauseRow, float]]) -> list[tuple[CauseRow, float]]:
    """The largest cause with those that may as well be larger: each one's mean lies in the other's 5-95 % range."""
    if not found:
        return []
    (first, share), *others = found
    return [found[0], *(pair for pair in others if _holds(first, pair[1]) and _holds(pair[0], share))]


def _holds(row: CauseRow, share: float) -> bool:
    return row.share_p05 is not None and row.share_p95 is not None and row.share_p05 <= share <= row.share_p95
