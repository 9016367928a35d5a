"""Causes by year over the replications: how much each accounts for, and its share of its group.

A share is taken within each replication. The shares of a group then add up to one in each, and so do their means;
shares of a sum of medians would be shares of a total that no replication has.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import fsum

from sim.measure.measured import Measured
from sim.measure.verdicts import band_of
from sim.results.run_tables import CauseRow


def cause_rows(measured: Sequence[Measured]) -> list[CauseRow]:
    """Each cause of each year: its band, then mean and band of its share over the replications that have any.

    The shares are blank where the group is empty in every replication.
    """
    values: defaultdict[tuple[int, str, str, str], list[float]] = defaultdict(list)
    for one in measured:
        for amount in one.causes:
            values[amount.year, amount.group, amount.cause, amount.unit].append(amount.value)
    shares = [_shares(one) for one in measured]
    rows: list[CauseRow] = []
    for (year, group, cause, unit), kept in values.items():
        mine = [found[year, group].get(cause, 0.0) for found in shares if (year, group) in found]
        band, share = band_of(kept), band_of(mine)
        rows.append(
            CauseRow(
                year=year,
                group=group,
                cause=cause,
                unit=unit,
                median=band.median,
                p05=band.p05,
                p95=band.p95,
                n=len(kept),
                share_mean=fsum(mine) / len(mine) if mine else None,
                share_p05=share.p05,
                share_p95=share.p95,
            )
        )
    return rows


def _shares(one: Measured) -> dict[tuple[int, str], dict[str, float]]:
    """One replication's share of each cause by year and group; groups without anything are left out."""
    amounts: defaultdict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    for row in one.causes:
        amounts[row.year, row.group][row.cause] = row.value
    return {
        key: {cause: value / whole for cause, value in found.items()}
        for key, found in amounts.items()
        if (whole := fsum(found.values()))
    }
