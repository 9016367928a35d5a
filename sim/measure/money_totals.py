"""What becomes of the plan's money: totals over lines, years and sources, taken within each replication.

Medians of lines do not add up to the median of their total: where money of one line comes in some replications and
that of another in others, the sum of the medians is an amount that happens in none. So totals come first.
"""

from collections.abc import Sequence
from math import fsum

from sim.measure.payload import Measured
from sim.measure.verdicts import quantile
from sim.scenario.loading import LoadedScenario

MONEY = ("line_id", "source", "year", "entry", "median", "p05", "p95", "n")
ALL = "all"
ENTRIES = ("planned", "not_arrived", "arrived", "committed", "spent", "under_way", "returned")
"""Million VND. Within a replication planned = not arrived + arrived, arrived = committed + returned, committed = spent
+ under way (contracted, not yet delivered)."""

Row = tuple[object, ...]
Key = tuple[str, str, str]
"""line, source, year; `all` for each that is summed over"""


def money_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[Row]:
    """Band of each total over the replications, of the years that were simulated.

    In order: the plan, each year, each source, each line, each line and source.
    """
    horizon = loaded.scenario.horizon
    years = range(horizon.start.year, horizon.end.year + 1)
    totals = [_totals(one, years) for one in measured]
    keys = sorted({key for one in totals for key in one}, key=_order)
    rows: list[Row] = []
    for key in keys:
        runs = [one[key] for one in totals if key in one]
        for entry in ENTRIES:
            values = [run[entry] for run in runs]
            rows.append((*key, entry, *(quantile(values, share) for share in (0.5, 0.05, 0.95)), len(values)))
    return rows


def _totals(one: Measured, years: range) -> dict[Key, dict[str, float]]:
    """One replication's totals by line, source and year."""
    accounts: dict[Key, list[list[float]]] = {}
    for line_id, source, year, *amounts in one.spending:
        if year in years:
            for key in _totals_of(line_id, source, year):
                accounts.setdefault(key, []).append(amounts)
    return {key: _entries([fsum(column) for column in zip(*rows, strict=True)]) for key, rows in accounts.items()}


def _totals_of(line_id: str, source: str, year: int) -> tuple[Key, ...]:
    """The totals to which an account belongs."""
    return (
        (ALL, ALL, ALL),
        (ALL, ALL, str(year)),
        (ALL, source, ALL),
        (line_id, ALL, ALL),
        (line_id, source, ALL),
    )


def _entries(amounts: Sequence[float]) -> dict[str, float]:
    planned, arrived, committed, spent, returned = amounts
    return {
        "planned": planned,
        "not_arrived": planned - arrived,
        "arrived": arrived,
        "committed": committed,
        "spent": spent,
        "under_way": committed - spent,
        "returned": returned,
    }


def _order(key: Key) -> tuple[object, ...]:
    line_id, source, year = key
    return line_id != ALL, line_id, source != ALL, source, year != ALL, year
