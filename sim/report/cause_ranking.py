"""Which causes of a group are largest, and which of these cannot be told apart."""

from __future__ import annotations

from collections.abc import Sequence

from sim.results.run_tables import CauseRow

CAUSES_NAMED = 3
SMALLEST_SHARE_NAMED = 0.005


def largest_causes(causes: Sequence[CauseRow], group: str) -> list[tuple[CauseRow, float]]:
    """The largest causes of a group's last year, each with its mean share of the simulations' own totals."""
    rows = [(row, row.share_mean) for row in causes if row.group == group and row.share_mean is not None]
    last_year = max((row.year for row, _ in rows), default=0)
    latest = [pair for pair in rows if pair[0].year == last_year]
    ordered = sorted(latest, key=lambda pair: (-pair[1], pair[0].cause))
    return [pair for pair in ordered[:CAUSES_NAMED] if pair[1] >= SMALLEST_SHARE_NAMED]


def leading_causes(found: Sequence[tuple[CauseRow, float]]) -> list[tuple[CauseRow, float]]:
    """The largest cause with those that may as well be larger: each one's mean lies in the other's 5-95 % range."""
    if not found:
        return []
    (first, share), *others = found
    return [found[0], *(pair for pair in others if _holds(first, pair[1]) and _holds(pair[0], share))]


def _holds(row: CauseRow, share: float) -> bool:
    return row.share_p05 is not None and row.share_p95 is not None and row.share_p05 <= share <= row.share_p95
