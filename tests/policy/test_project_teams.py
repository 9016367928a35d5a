"""From the contract to the site: what is late deploys late, at the pace of the teams."""

from __future__ import annotations

from datetime import date

import pytest
from bare_province import installed, province, run
from plans import buy, line, total
from worlds import Provinces, fixed

from sim.exchange.codes import COMMUNE, ROUTE_DEDICATED


@pytest.mark.parametrize(
    "later",
    [
        fixed("budget.approval_month", "5"),
        fixed("budget.procurement", "90 days"),
        fixed("budget.sites_per_month", "1"),
        fixed("budget.slip_share", "100 %"),
    ],
)
def test_later_money_deploys_no_earlier(provinces: Provinces, later: str) -> None:
    """Under the same luck, at no month end has anyone more, and at some month end somebody has less."""
    lines = [line("I.1", 2018, 1000.0)]
    purchases = [buy("I.1", "dedicated_link", 10.0, tiers=("commune",))]
    soon = run(province(provinces), lines, purchases)
    late = run(province(provinces, later), lines, purchases)
    ahead = soon.stocks["route"] - late.stocks["route"]
    assert (ahead >= 0).all()
    assert (ahead > 0).any()


def test_a_slipped_order_waits_a_year(provinces: Provinces) -> None:
    """Money of mid-February 2018 with ten days of procurement is at work at the end of February 2019."""
    loaded = province(provinces, fixed("budget.slip_share", "100 %"), end=date(2019, 4, 30))
    record = run(loaded, [line("I.1", 2018, 30.0)], [buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",))])
    by_month = [installed(record, row) for row in range(len(record.stocks))]
    assert by_month == [0] * 14 + [3, 3, 3]


@pytest.mark.parametrize(("pace", "teams"), [(1, 1), (3, 1), (1, 2), (1, 4)])
def test_teams_equip_so_many_sites_a_month(provinces: Provinces, pace: int, teams: int) -> None:
    """From the contract on 25 February, every team one site each 30/pace days: state on each month's end."""
    loaded = province(provinces, fixed("budget.sites_per_month", str(pace)), fixed("budget.project_teams", str(teams)))
    record = run(loaded, [line("I.1", 2018, 1000.0)], [buy("I.1", "dedicated_link", 10.0, tiers=("commune",))])
    contract = date(2018, 2, 25)
    ends = [date(2018, 1, 1), *(date(2018, month, 1) for month in range(2, 10))]
    expected = [max(0, min(6, teams * int((end - contract).days * pace / 30))) for end in ends]
    dedicated = (record.stocks["route"][:, record.tiers == COMMUNE] == ROUTE_DEDICATED).sum(axis=1)
    assert list(dedicated) == expected


def test_two_lines_share_the_teams(provinces: Provinces) -> None:
    """Two teams, a month at each site, two lines with money for all six: one site of each a month; then both on one."""
    loaded = province(
        provinces,
        fixed("budget.sites_per_month", "1"),
        fixed("budget.accounts_per_month", "1"),
        fixed("budget.project_teams", "2"),
        end=date(2018, 11, 30),
    )
    record = run(
        loaded,
        [line("I.1", 2018, 1000.0), line("I.2", 2018, 40.0)],
        [
            buy("I.1", "dedicated_link", 10.0, tiers=("commune",)),
            buy("I.2", "eoffice_web_service", 10.0, tiers=("commune",)),
        ],
    )
    communes = record.tiers == COMMUNE
    dedicated = (record.stocks["route"][:, communes] == ROUTE_DEDICATED).sum(axis=1)
    opened = (record.stocks["level"][:, communes] >= 1).sum(axis=1)
    assert list(dedicated[2:9]) == [0, 1, 2, 3, 4, 6, 6]
    assert list(opened[2:9]) == [0, 1, 2, 3, 4, 4, 4]
    assert total(record, "spent") == pytest.approx(100.0)
