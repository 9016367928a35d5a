"""Money of each source and year: what of it arrives, who may buy with it, and what goes back."""

from __future__ import annotations

import pytest
from bare_province import BOUGHT, END, PLAN, QUIET, START, bare, installed, province, run
from plans import buy, line, total
from worlds import Provinces, fixed

from agents.project_team import ProjectTeam
from sim.policy.plan_lines import DrawnPurchase


def test_the_books_balance_in_every_replication(provinces: Provinces) -> None:
    """By account: what its source was cut to arrives; spent within committed, committed and returned make it up."""
    loaded = provinces.load(bare(), sets=QUIET, start=START, end=END)
    came = set()
    for replication in range(12):
        record = run(loaded, PLAN, BOUGHT, replication)
        assert len(record.accounts) == len(PLAN)
        for account in record.accounts:
            part = record.parameters[f"budget.arrival.{account.source}.{account.year}"]
            assert account.arrived == pytest.approx(account.planned * part)
            assert account.committed + account.returned == pytest.approx(account.arrived, abs=1e-6)
            assert 0.0 <= account.spent <= account.committed + 1e-9
            came.add((account.source, account.arrived > 0.0))
        assert total(record, "returned", "IV.1") == total(record, "arrived", "IV.1"), "nobody buys with it"
    assert {("TW", True), ("TW", False), ("DT", True), ("SN", True)} <= came


def test_no_central_money_buys_nothing_central(provinces: Provinces) -> None:
    loaded = province(provinces, fixed("budget.central_reliability", "0 %"))
    for replication in range(3):
        record = run(loaded, PLAN, BOUGHT, replication)
        assert total(record, "planned", source="TW") == 55.0
        assert total(record, "arrived", source="TW") == 0.0
        assert total(record, "spent", source="TW") == 0.0
        assert (record.stocks["route"] == record.stocks["route"][0]).all(), "only central money buys lines here"
        assert (record.stocks["trained"] == record.stocks["trained"][0]).all(), "seats are for central money only"
        assert total(record, "spent", "I.1", "DT") == pytest.approx(7.0), "its stated half of what came, one unit"
        assert installed(record) == 1


def test_a_purchase_uses_only_the_money_it_may(provinces: Provinces) -> None:
    """Central money builds, recurrent money keeps up; a third source finds no taker and goes back."""
    lines = [line("I.1", 2018, 30.0, "TW"), line("I.1", 2018, 12.0, "SN"), line("I.1", 2018, 9.0, "DT")]
    purchases = [
        buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",), funded_by=("TW",)),
        buy("I.1", "other", None, funded_by=("SN",)),
    ]
    record = run(province(provinces), lines, purchases)
    assert installed(record) == 3
    assert total(record, "spent", source="TW") == pytest.approx(30.0)
    assert total(record, "spent", source="SN") == pytest.approx(12.0)
    assert (total(record, "spent", source="DT"), total(record, "returned", source="DT")) == (0.0, 9.0)


def test_a_stopped_order_returns_its_money(provinces: Provinces) -> None:
    record = run(province(provinces, fixed("budget.stop_share", "100 %")), PLAN, BOUGHT)
    assert total(record, "spent") == 0.0
    assert total(record, "returned") == total(record, "arrived") == 165.0
    assert installed(record) == 0


def test_money_before_the_horizon_or_after_its_end_is_not_spent(provinces: Provinces) -> None:
    """2017 is history; 2019 is planned, but nothing of it arrives before the end."""
    lines = [line("I.1", year, 30.0) for year in (2017, 2018, 2019)]
    record = run(province(provinces), lines, [buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",))])
    found = {account.year: (account.planned, account.arrived) for account in record.accounts}
    assert found == {2018: (30.0, 30.0), 2019: (30.0, 0.0)}
    assert installed(record) == 3


def test_a_team_takes_its_own_line_and_sources() -> None:
    free = ProjectTeam(DrawnPurchase(buy("I.1", "other", None), 1.0, 0.0))
    bound = ProjectTeam(DrawnPurchase(buy("I.1", "other", None, funded_by=("TW", "SN")), 1.0, 0.0))
    assert [free.takes("I.1", source) for source in ("TW", "DT", "SN")] == [True, True, True]
    assert [bound.takes("I.1", source) for source in ("TW", "DT", "SN")] == [True, False, True]
    assert not free.takes("I.2", "TW")
