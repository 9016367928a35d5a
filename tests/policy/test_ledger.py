"""Accounts: every đồng by line, source and year, oldest money first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.policy.ledger import ENTRIES, Ledger, Purse

A, B = ("I.1", "TW", 2018), ("I.1", "DT", 2019)


def two_years() -> tuple[Ledger, Purse]:
    """Ten million of 2018 and twenty of 2019 in one purse."""
    ledger = Ledger()
    return ledger, Purse([ledger.arrive(*A, 10.0), ledger.arrive(*B, 20.0)])


def entries(ledger: Ledger, account: tuple[str, str, int]) -> dict[str, float]:
    """One account, what is not nought."""
    return {name: amount for name in ENTRIES if (amount := getattr(ledger.accounts[account], name))}


def test_oldest_money_goes_first_and_the_rest_returns_to_its_own_year() -> None:
    ledger, purse = two_years()
    ledger.pay(ledger.commit(purse, 15.0))
    ledger.give_back(purse)
    assert entries(ledger, A) == {"arrived": 10.0, "committed": 10.0, "spent": 10.0}
    assert entries(ledger, B) == {"arrived": 20.0, "committed": 5.0, "spent": 5.0, "returned": 15.0}
    assert ledger.imbalance_million_vnd() == 0.0
    assert purse.amount_million_vnd == 0.0


def test_more_than_came_cannot_be_committed() -> None:
    ledger, purse = two_years()
    with pytest.raises(ValueError, match="cannot commit more than has come"):
        ledger.commit(purse, 30.001)
    assert purse.amount_million_vnd == 30.0
    assert ledger.overspent_million_vnd() == 0.0


def test_a_contract_that_falls_through_is_money_again() -> None:
    ledger, purse = two_years()
    contract = ledger.commit(purse, 12.0)
    assert purse.amount_million_vnd == 18.0
    ledger.release(purse, contract)
    assert purse.amount_million_vnd == 30.0
    ledger.pay(ledger.commit(purse, 10.0))
    assert entries(ledger, A) == {"arrived": 10.0, "committed": 10.0, "spent": 10.0}


def test_contracted_but_not_delivered_is_not_spent() -> None:
    ledger, purse = two_years()
    ledger.commit(purse, 12.0)
    ledger.give_back(purse)
    assert entries(ledger, B) == {"arrived": 20.0, "committed": 2.0, "returned": 18.0}
    assert ledger.imbalance_million_vnd() == 0.0


def test_what_went_missing_shows() -> None:
    ledger, purse = two_years()
    purse.parcels.pop()
    ledger.give_back(purse)
    assert ledger.imbalance_million_vnd() == 20.0
    ledger.accounts[A].spent += 3.0
    assert ledger.overspent_million_vnd() == 3.0


@settings(max_examples=100, derandomize=True)
@given(
    st.lists(st.floats(0.001, 1e5), min_size=1, max_size=8),
    st.lists(st.tuples(st.sampled_from(["pay", "release", "keep"]), st.floats(0.0, 1.0)), max_size=20),
)
def test_books_balance_whatever_is_bought(amounts: list[float], deeds: list[tuple[str, float]]) -> None:
    """Commit shares of what is left, pay some, release some; then return the rest."""
    ledger = Ledger()
    purse = Purse([ledger.arrive("I.1", "DT", 2016 + i, amount) for i, amount in enumerate(amounts)])
    paid = set_aside = 0.0
    for deed, share in deeds:
        part = purse.amount_million_vnd * share
        contract = ledger.commit(purse, part)
        assert sum(parcel.amount_million_vnd for parcel in contract) == pytest.approx(part, abs=1e-6)
        if deed == "release":
            ledger.release(purse, contract)
            continue
        set_aside += part
        if deed == "pay":
            ledger.pay(contract)
            paid += part
    ledger.give_back(purse)
    assert ledger.imbalance_million_vnd() <= 1e-6
    assert ledger.overspent_million_vnd() <= 1e-9
    accounts = ledger.accounts.values()
    assert sum(a.spent for a in accounts) == pytest.approx(paid, abs=1e-6)
    assert sum(a.committed for a in accounts) == pytest.approx(set_aside, abs=1e-6)
    assert all(a.committed <= a.arrived + 1e-9 for a in accounts)
