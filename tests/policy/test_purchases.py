"""What money buys: so many units at their price, for those who need them, and nothing without money."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from bare_province import QUIET, START, bare, installed, province, run
from plans import SURE, buy, line, total
from worlds import Provinces, fixed

from sim.exchange.codes import COMMUNE, ROUTE_DEDICATED


def test_a_unit_for_each_price_and_the_rest_returned(provinces: Provinces) -> None:
    """35 million at 10 a commune: three get it, in the order of the table, and 5 million go back."""
    record = run(
        province(provinces), [line("I.1", 2018, 35.0)], [buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",))]
    )
    communes = np.flatnonzero(record.tiers == COMMUNE)
    assert list(record.stocks["level"][-1][communes]) == [1, 1, 1, 0, 0, 0]
    assert list(record.stocks["linked"][-1][communes]) == [1, 1, 1, 0, 0, 0]
    (account,) = record.accounts
    assert (account.planned, account.arrived) == (35.0, 35.0)
    assert (account.spent, account.returned) == pytest.approx((30.0, 5.0))


def test_nobody_gets_what_nobody_needs(provinces: Provinces) -> None:
    """Money for ten of six communes: sixty million are spent, forty go back."""
    record = run(province(provinces), [line("I.1", 2018, 100.0)], [buy("I.1", "eoffice_web_service", 10.0)])
    assert installed(record) == 6
    assert total(record, "spent") == pytest.approx(60.0)
    assert total(record, "returned") == pytest.approx(40.0)


SITES = [
    ("eoffice_web_service", ("commune",), lambda record: record.stocks["level"] >= 1),
    ("dedicated_link", ("district", "commune"), lambda record: record.stocks["route"] == ROUTE_DEDICATED),
    ("internet_upgrade", ("commune",), lambda record: record.stocks["route"] >= 2),
    ("eoffice_link", ("commune",), lambda record: record.stocks["linked"] == 1),
    ("training_seat", ("district",), lambda record: record.stocks["eoffice_trained"]),
    ("general_seat", ("commune",), lambda record: record.stocks["trained"]),
    ("token", ("department",), lambda record: record.stocks["organisation"] + record.stocks["personal"]),
]


@pytest.mark.parametrize(("kind", "tiers", "units"), SITES)
@pytest.mark.parametrize("amount", [0.0, 3.9, 4.0, 11.0, 10_000.0])
def test_units_times_price_is_what_was_spent(
    provinces: Provinces, kind: str, tiers: tuple[str, ...], units: object, amount: float
) -> None:
    """Whatever is bought: new units at the agencies, times their price, are exactly what was paid."""
    assert callable(units)
    record = run(province(provinces), [line("I.1", 2018, amount)], [buy("I.1", kind, 4.0, tiers=tiers)])
    have = units(record).astype(np.int64)
    new = int(have[-1].sum() - have[0].sum())
    assert total(record, "spent") == pytest.approx(4.0 * new)
    assert new <= int(amount / 4.0)
    if kind != "eoffice_link":
        assert (new > 0) == (amount >= 4.0)


def test_only_what_is_bought_changes(provinces: Provinces) -> None:
    """With adoption frozen each kind of unit changes its own fields of its own tiers and nothing else."""
    fields = {
        "eoffice_web_service": {"level", "linked"},
        "dedicated_link": {"route"},
        "internet_upgrade": {"route"},
        "general_seat": {"trained"},
        "token": {"organisation", "personal"},
        "datacentre_redundancy": set(),
        "other": set(),
    }
    for kind, mine in fields.items():
        record = run(province(provinces), [line("I.1", 2018, 50.0)], [buy("I.1", kind, 4.0, tiers=("commune",))])
        before, after = record.stocks[0], record.stocks[-1]
        changed = {name for name in before.dtype.names if (before[name] != after[name]).any()}
        changed -= {"inspected", "paperless", "experience"}  # inspection, and what people make of traffic
        assert changed == mine, kind
        for name in mine:
            assert set(record.tiers[before[name] != after[name]]) == {COMMUNE}, kind


def test_without_money_nothing_is_ever_deployed(provinces: Provinces) -> None:
    """Adoption free: use may change, but not installation, links, lines, training or certificates."""
    loaded = provinces.load(
        bare(), sets=(*SURE, *QUIET), start=START, end=date(2019, 3, 31), personal=3, organisation=2
    )
    for replication in range(3):
        record = run(loaded, [], [], replication)
        for name in ("linked", "route", "trained", "lan"):
            assert (record.stocks[name] == record.stocks[name][0]).all(), name
        for name in ("organisation", "personal"):  # some expire and come back, none is new
            assert (record.stocks[name] <= record.stocks[name][0]).all(), name
        none = record.stocks["level"][0] == 0
        assert (record.stocks["level"][:, none] == 0).all()
        assert (record.stocks["users"][:, none] == 0).all()
        assert record.accounts == ()


def test_training_seats_never_exceed_staff(provinces: Provinces) -> None:
    """Seats for all are bought, not one more; the rest of the money goes back."""
    record = run(province(provinces), [line("I.1", 2018, 1000.0)], [buy("I.1", "general_seat", 0.5)])
    inside = record.stocks["staff"][0] > 0
    assert (record.stocks["trained"] <= record.stocks["staff"]).all()
    assert (record.stocks["trained"][-1][inside] == record.stocks["staff"][-1][inside]).all()
    seats = int((record.stocks["trained"][-1] - record.stocks["trained"][0]).sum())
    assert seats > 0
    assert total(record, "spent") == pytest.approx(0.5 * seats)


def test_a_dedicated_line_has_its_own_speed(provinces: Provinces) -> None:
    """Doubling what a dedicated line carries changes traffic only once such lines were bought."""
    loaded = [province(provinces, fixed("network.dedicated.up", rate)) for rate in ("2 Mbit/s", "4 Mbit/s")]
    bought = [line("I.1", 2018, 1000.0)], [buy("I.1", "dedicated_link", 10.0, tiers=("office", "department"))]
    without = [run(one, [], []) for one in loaded]
    np.testing.assert_array_equal(without[0].worked_ms, without[1].worked_ms)
    slow, fast = (run(one, *bought) for one in loaded)
    uplinks = (slow.station_kinds == 4) & np.isin(slow.station_agencies, [0, 1, 2])
    assert fast.worked_ms[4:, uplinks].sum() < 0.6 * slow.worked_ms[4:, uplinks].sum()


def test_of_two_alternatives_one_is_bought(provinces: Provinces) -> None:
    """Installations at 15 or the shared service at 5, as chosen or by odds; never some of each."""
    purchases = [buy("I.1", "eoffice_installation", 15.0), buy("I.1", "eoffice_web_service", 5.0)]
    found = {}
    by_odds = ["budget.eoffice_form=open", fixed("budget.web_service_odds", "0 %")]
    for name, sets in {
        "web": ["budget.eoffice_form=web_service"],
        "sites": ["budget.eoffice_form=installation"],
        "odds": by_odds,
    }.items():
        record = run(province(provinces, *sets), [line("I.1", 2018, 30.0)], purchases)
        found[name] = installed(record), record.parameters["budget.eoffice_form"]
    assert found == {"web": (6, 1.0), "sites": (2, 0.0), "odds": (2, 0.0)}


def test_without_an_alternative_installations_are_bought_anyway(provinces: Provinces) -> None:
    loaded = province(provinces, "budget.eoffice_form=web_service")
    record = run(loaded, [line("I.1", 2018, 30.0)], [buy("I.1", "eoffice_installation", 10.0)])
    assert installed(record) == 3
