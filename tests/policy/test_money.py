"""Money to deployments: nothing without money, nothing beyond it, at the pace of the teams."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from plans import SURE, buy, line, planned, total
from worlds import FROZEN, Office, Provinces, fixed, small_province

from agents.project_team import ProjectTeam
from sim.exchange.codes import COMMUNE, ROUTE_DEDICATED
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.policy.plan_lines import DrawnPurchase
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import BudgetLine, Purchase

START, END = date(2018, 1, 1), date(2018, 8, 31)
QUIET = (
    fixed("volumes.office_outgoing", "200 /year"),
    fixed("volumes.office_incoming", "500 /year"),
    fixed("volumes.department_outgoing", "100 /year"),
    fixed("volumes.department_incoming", "300 /year"),
    fixed("volumes.district_outgoing", "200 /year"),
    fixed("volumes.district_incoming", "800 /year"),
    fixed("volumes.commune_outgoing", "60 /year"),
    fixed("volumes.commune_incoming", "200 /year"),
)
"""Little traffic, since money is what is looked at."""


def bare(communes: int = 6) -> tuple[Office, ...]:
    """A province whose communes have no e-office and slow lines."""
    return tuple(
        replace(office, linked=office.tier != "commune", route="adsl" if office.tier == "commune" else office.route)
        for office in small_province(departments=2, districts=1, communes=communes)
    )


def province(provinces: Provinces, *sets: str, end: date = END) -> LoadedScenario:
    """The bare province with frozen adoption and sure money, save for these settings."""
    return provinces.load(bare(), sets=(*FROZEN, *SURE, *QUIET, *sets), start=START, end=end)


def run(loaded: LoadedScenario, lines: list[BudgetLine], purchases: list[Purchase], replication: int = 0) -> RunRecord:
    """One replication with this money."""
    return simulate(planned(loaded, lines, purchases), 7, replication)


def installed(record: RunRecord, row: int = -1) -> int:
    """Communes with e-office at one of the record's states."""
    return int((record.stocks["level"][row][record.tiers == COMMUNE] >= 1).sum())


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


PLAN = [
    line("I.1", 2018, 40.0, "TW"),
    line("I.1", 2018, 20.0, "DT"),
    line("II.1", 2018, 60.0, "SN"),
    line("III.1", 2018, 15.0, "TW"),
    line("IV.1", 2018, 30.0, "DT"),
]
BOUGHT = [
    buy("I.1", "eoffice_web_service", 7.0, share=0.6, tiers=("commune",)),
    buy("I.1", "training_seat", 0.3, share=0.4, tiers=("commune", "district"), funded_by=("TW",)),
    buy("II.1", "token", 1.1, share=0.5),
    buy("II.1", "other", None, share=0.5),
    buy("III.1", "dedicated_link", 6.0, tiers=("district", "commune")),
]


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


def test_a_line_is_divided_as_stated(provinces: Provinces) -> None:
    """60 million at 1 to 3: 15 for tokens, 45 for communes."""
    purchases = [
        buy("I.1", "token", 1.0, share=0.25, tiers=("commune",)),
        buy("I.1", "eoffice_web_service", 10.0, share=0.75, tiers=("commune",)),
    ]
    record = run(province(provinces), [line("I.1", 2018, 60.0)], purchases)
    tokens = record.stocks["organisation"][-1].sum() + record.stocks["personal"][-1].sum()
    assert (tokens, installed(record)) == (15, 4)
    assert total(record, "returned") == pytest.approx(5.0)


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


def test_a_stopped_order_returns_its_money(provinces: Provinces) -> None:
    record = run(province(provinces, fixed("budget.stop_share", "100 %")), PLAN, BOUGHT)
    assert total(record, "spent") == 0.0
    assert total(record, "returned") == total(record, "arrived") == 165.0
    assert installed(record) == 0


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


def test_the_years_programme_gives_nothing_to_what_nobody_needs(provinces: Provinces) -> None:
    """Everybody is linked already: the part of the link goes to communes that have no e-office."""
    lines = [line("I.1", 2018, 60.0)]
    purchases = [
        buy("I.1", "eoffice_link", 1.0, share=0.5),
        buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",), share=0.5),
    ]
    loaded = province(provinces)
    record = run(loaded, lines, purchases)
    assert installed(record) == 6
    assert total(record, "spent") == pytest.approx(60.0)
    alone = [*purchases, buy("I.2", "eoffice_alone", 10.0, tiers=("commune",))]
    assert installed(run(loaded, lines, alone)) == 6, "what would have to be linked is planned, but has no money"
    to_come = [*lines, line("I.2", 2019, 60.0)]
    assert installed(run(loaded, to_come, alone)) == 3, "a line is still to buy what would have to be linked"


def test_what_is_left_of_work_that_is_done_goes_to_the_line(provinces: Provinces) -> None:
    """2018: 20 of 30 million for mail, 30 for three communes. 2019: the 10 that were left and 20 new for the others."""
    loaded = province(provinces, end=date(2019, 6, 30))
    record = run(
        loaded,
        [line("I.1", 2018, 60.0), line("I.1", 2019, 20.0)],
        [
            buy("I.1", "mail_upgrade", 20.0, share=0.5),
            buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",), share=0.5),
        ],
    )
    assert installed(record, 12) == 3
    assert installed(record) == 6
    assert [account.spent for account in record.accounts] == pytest.approx([60.0, 20.0])
    assert total(record, "returned") == pytest.approx(0.0)


def test_what_must_come_first_keeps_the_part_of_what_follows(provinces: Provinces) -> None:
    """No commune can join before its district has the software; its money waits for that and goes to nothing else."""
    record = run(
        province(provinces, end=date(2019, 6, 30)),
        [line("I.1", 2018, 100.0), line("I.1", 2019, 1.0)],
        [
            buy("I.1", "onestop_software", 40.0, tiers=("district",), share=0.4),
            buy("I.1", "onestop_commune_software", 10.0, tiers=("commune",), share=0.6),
        ],
    )
    assert int(record.stocks["onestop"][-1][record.tiers == COMMUNE].sum()) == 6


def seats(record: RunRecord) -> int:
    """Seats taken in general training."""
    return int(record.stocks["trained"][-1].sum() - record.stocks["trained"][0].sum())


def test_what_follows_is_done_when_all_have_it_though_its_predecessor_is_still_bought(provinces: Provinces) -> None:
    """2019: a second department gets software; all communes have joined, so that two sevenths of 70 are for seats."""
    record = run(
        province(provinces, 'start.onestop_software=["tier:district"]', end=date(2019, 6, 30)),
        [line("I.1", 2018, 100.0), line("I.1", 2019, 70.0)],
        [
            buy("I.1", "onestop_software", 40.0, tiers=("department",), share=0.5),
            buy("I.1", "onestop_commune_software", 5.0, tiers=("commune",), share=0.3),
            buy("I.1", "general_seat", 1.0, share=0.2),
        ],
    )
    assert seats(record) == 20 + 20
    assert total(record, "spent") == pytest.approx(2 * 40.0 + 30.0 + 40.0)


def test_a_key_database_made_is_done(provinces: Provinces) -> None:
    """Its project is over with one for each keeper, so that the next year's 20 million are all for seats."""
    record = run(
        province(provinces, end=date(2019, 6, 30)),
        [line("I.1", 2018, 20.0), line("I.1", 2019, 20.0)],
        [
            buy("I.1", "key_database", 10.0, tiers=("agency:dept.0",), share=0.5),
            buy("I.1", "general_seat", 1.0, share=0.5),
        ],
    )
    assert seats(record) == 10 + 20
    assert int(record.stocks["key_databases"][-1].sum() - record.stocks["key_databases"][0].sum()) == 1


@pytest.mark.parametrize("kind", ["second_line", "vpn_link"])
def test_what_needs_a_line_is_not_done_before_there_is_one(provinces: Provinces, kind: str) -> None:
    """60 million for three communes' first line; the other 60 wait for them and buy three of what goes with a line."""
    loaded = province(provinces, end=date(2019, 6, 30))
    rows = tuple(replace(row, route="none" if row.tier == "commune" else row.route) for row in loaded.agencies)
    record = run(
        replace(loaded, agencies=rows),
        [line("I.1", 2018, 120.0), line("I.1", 2019, 1.0)],
        [
            buy("I.1", "internet_upgrade", 20.0, tiers=("commune",), share=0.5),
            buy("I.1", kind, 10.0, tiers=("commune",), share=0.5),
        ],
    )
    assert int((record.stocks["route"][-1][record.tiers == COMMUNE] > 0).sum()) == 3
    assert total(record, "spent") == pytest.approx(3 * 20.0 + 3 * 10.0)


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


def test_money_before_the_horizon_or_after_its_end_is_not_spent(provinces: Provinces) -> None:
    """2017 is history; 2019 is planned, but nothing of it arrives before the end."""
    lines = [line("I.1", year, 30.0) for year in (2017, 2018, 2019)]
    record = run(province(provinces), lines, [buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",))])
    found = {account.year: (account.planned, account.arrived) for account in record.accounts}
    assert found == {2018: (30.0, 30.0), 2019: (30.0, 0.0)}
    assert installed(record) == 3


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


def test_a_team_takes_its_own_line_and_sources() -> None:
    free = ProjectTeam(DrawnPurchase(buy("I.1", "other", None), 1.0, 0.0))
    bound = ProjectTeam(DrawnPurchase(buy("I.1", "other", None, funded_by=("TW", "SN")), 1.0, 0.0))
    assert [free.takes("I.1", source) for source in ("TW", "DT", "SN")] == [True, True, True]
    assert [bound.takes("I.1", source) for source in ("TW", "DT", "SN")] == [True, False, True]
    assert not free.takes("I.2", "TW")
