"""Totals over the replications, taken within each: what becomes of the plan's money, and what each cause accounts for.

Medians of lines do not add up to the median of their total: where money of one line comes in some replications and that
of another in others, the sum of the medians is an amount that happens in none. So totals come first. In the same way
the shares of a group of causes add up to one in each replication, and so do their means; shares of a sum of medians
would be shares of a total that no replication has.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import fsum

from sim.measure.measured import Measured
from sim.measure.verdicts import band_of
from sim.results.money_tables import MoneyRow
from sim.results.replication_tables import AccountRow
from sim.results.run_tables import CauseRow
from sim.scenario.loading import LoadedScenario

ALL = "all"

Key = tuple[str, str, str]
"""line, source, year; `all` for each that is summed over"""


def money_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[MoneyRow]:
    """Band of each total over the replications, of the years that were simulated.

    In order: the plan, each year, each source, each line, each line and source.
    """
    horizon = loaded.scenario.horizon
    years = range(horizon.start.year, horizon.end.year + 1)
    totals = [_totals(one, years) for one in measured]
    keys = sorted({key for one in totals for key in one}, key=_order)
    rows: list[MoneyRow] = []
    for line_id, source, year in keys:
        runs = [one[line_id, source, year] for one in totals if (line_id, source, year) in one]
        for entry in runs[0]:
            values = [run[entry] for run in runs]
            band = band_of(values)
            rows.append(
                MoneyRow(
                    line_id=line_id,
                    source=source,
                    year=year,
                    entry=entry,
                    median=band.median,
                    p05=band.p05,
                    p95=band.p95,
                    n=len(values),
                )
            )
    return rows


def _totals(one: Measured, years: range) -> dict[Key, dict[str, float]]:
    """One replication's totals by line, source and year."""
    accounts: dict[Key, list[AccountRow]] = {}
    for account in one.spending:
        if account.year in years:
            for key in _totals_of(account):
                accounts.setdefault(key, []).append(account)
    return {key: _entries(rows) for key, rows in accounts.items()}


def _totals_of(account: AccountRow) -> tuple[Key, ...]:
    """The totals to which an account belongs."""
    return (
        (ALL, ALL, ALL),
        (ALL, ALL, str(account.year)),
        (ALL, account.source, ALL),
        (account.line_id, ALL, ALL),
        (account.line_id, account.source, ALL),
    )


def _entries(accounts: Sequence[AccountRow]) -> dict[str, float]:
    """What the ledger has added up, and what follows from it, in million VND, in the order of the table.

    Planned = not arrived + arrived, arrived = committed + returned, committed = spent + under way (contracted, not yet
    delivered).
    """
    planned = fsum(account.planned for account in accounts)
    arrived = fsum(account.arrived for account in accounts)
    committed = fsum(account.committed for account in accounts)
    spent = fsum(account.spent for account in accounts)
    return {
        "planned": planned,
        "not_arrived": planned - arrived,
        "arrived": arrived,
        "committed": committed,
        "spent": spent,
        "under_way": committed - spent,
        "returned": fsum(account.returned for account in accounts),
    }


def _order(key: Key) -> tuple[object, ...]:
    line_id, source, year = key
    return line_id != ALL, line_id, source != ALL, source, year != ALL, year


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
