"""Causes by year over the replications: how much each accounts for, and its share of its group.

A share is taken within each replication. The shares of a group then add up to one in each, and so do their means;
shares of a sum of medians would be shares of a total that no replication has.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import fsum
from typing import Any

from sim.measure.payload import Measured
from sim.measure.verdicts import quantile

CAUSES = ("year", "group", "cause", "unit", "median", "p05", "p95", "n", "share_mean", "share_p05", "share_p95")
_BAND = (0.5, 0.05, 0.95)


def cause_rows(measured: Sequence[Measured]) -> list[tuple[Any, ...]]:
    """Each cause of each year: its band, then mean and band of its share over the replications that have any.

    The shares are blank where the group is empty in every replication.
    """
    values: defaultdict[tuple[Any, ...], list[float]] = defaultdict(list)
    for one in measured:
        for year, group, cause, unit, value in one.causes:
            values[year, group, cause, unit].append(value)
    shares = [_shares(one) for one in measured]
    rows: list[tuple[Any, ...]] = []
    for (year, group, cause, unit), kept in values.items():
        mine = [found[year, group].get(cause, 0.0) for found in shares if (year, group) in found]
        band = (fsum(mine) / len(mine), quantile(mine, 0.05), quantile(mine, 0.95)) if mine else (None, None, None)
        rows.append((year, group, cause, unit, *(quantile(kept, at) for at in _BAND), len(kept), *band))
    return rows


def _shares(one: Measured) -> dict[tuple[int, str], dict[str, float]]:
    """One replication's share of each cause by year and group; groups without anything are left out."""
    amounts: defaultdict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    for year, group, cause, _, value in one.causes:
        amounts[year, group][cause] = value
    return {
        key: {cause: value / whole for cause, value in found.items()}
        for key, found in amounts.items()
        if (whole := fsum(found.values()))
    }
