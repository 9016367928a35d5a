"""What money does to the exchange, under common luck: the plan against the same province without it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from plans import buy, line, planned, total
from worlds import Provinces, fixed, small_province

from sim.measure.flows import Counting, flow_ratio
from sim.model.money_alone import MoneyAlone
from sim.model.record import MONEY as MONEY_ENTRIES
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario, load

ORDER = (
    'mandates=[{id="order", title={vi="chỉ thị", en="order"}, start=2017-06-01, measured_from=2017-06-01,'
    ' allows_paperless=true, tiers=["office", "department", "district", "commune"], source="test"}]'
)
NO_MONEY = (fixed("budget.central_reliability", "0 %"), fixed("budget.provincial_reliability", "0 %"))
MONEY = (fixed("budget.central_reliability", "100 %"), fixed("budget.provincial_reliability", "100 %"))
PROMPT = (
    fixed("budget.stop_share", "0 %"),
    fixed("budget.slip_share", "0 %"),
    "budget.eoffice_form=web_service",
    fixed("budget.procurement", "30 days"),
    fixed("start.commune_mail_share", "0 %"),
    fixed("adoption.installed_to_registry", "6 /year"),
)
DEPLOYED = ("linked", "route", "trained")
MONTH_ENDS = [date(2018, month, 28) for month in range(1, 13)]
NOISE = 0.0005
"""A handful of refusals more or less: deliveries that came at another hour met other luck."""


def exchanged(record: RunRecord, last_months: int = 3) -> float:
    """Share of deliveries between agencies of the province sent electronically in the last months."""
    last = len(record.months) - 1
    share = flow_ratio(record, "exchange_electronic_share", "all", Counting()).share(last - last_months + 1, last)
    assert share is not None
    return share


def little(provinces: Provinces, *sets: str, times: float = 1.0) -> LoadedScenario:
    """Communes without e-office or mail; a plan that buys it, lines, training and certificates."""
    offices = [
        replace(office, linked=office.tier != "commune", route="adsl" if office.tier == "commune" else "ftth")
        for office in small_province(departments=2, districts=2, communes=3)
    ]
    loaded = provinces.load(
        offices,
        sets=(ORDER, *PROMPT, *sets),
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
        warm_up="1 months",
        personal=2,
        organisation=2,
    )
    amounts = ("I.1", 80.0, "TW"), ("I.1", 40.0, "DT"), ("II.1", 30.0, "SN")
    lines = [line(line_id, 2018, times * amount, source) for line_id, amount, source in amounts]
    purchases = [
        buy("I.1", "eoffice_web_service", 8.0, share=0.7, tiers=("commune",)),
        buy("I.1", "internet_upgrade", 4.0, share=0.3, tiers=("commune",)),
        buy("II.1", "training_seat", 0.2, share=0.5),
        buy("II.1", "token", 1.0, share=0.5),
    ]
    return planned(loaded, lines, purchases)


def test_without_money_the_exchange_stays_behind(provinces: Provinces) -> None:
    """In each of six replications nothing is deployed, and at the end less goes electronically."""
    with_money, without = little(provinces, *MONEY), little(provinces, *NO_MONEY)
    for replication in range(6):
        rich, poor = (simulate(loaded, 11, replication) for loaded in (with_money, without))
        assert total(poor, "arrived") == total(poor, "spent") == 0.0
        for name in DEPLOYED:
            assert (poor.stocks[name] == poor.stocks[name][0]).all(), name
            assert (rich.stocks[name][-1] >= poor.stocks[name][-1]).all(), name
        assert (rich.stocks["level"][-1] >= poor.stocks["level"][-1]).all()
        assert exchanged(poor) < exchanged(rich)


def accepted(record: RunRecord) -> float:
    """Deliveries between agencies of the province accepted electronically in the last three months."""
    last = len(record.months) - 1
    share = flow_ratio(record, "exchange_electronic_share", "all", Counting(event="accepted")).share(last - 2, last)
    assert share is not None
    return share


def deployed(record: RunRecord) -> dict[str, int]:
    """What stands at the end: sites on e-office, lines, people who learnt, and what the money has brought."""
    last = record.stocks[-1]
    return {
        "on e-office": int((last["level"] > 0).sum()),
        "lines": int(last["route"].sum()),
        "trained in e-office": int(last["eoffice_trained"].sum()),
        "spent": round(total(record, "spent")),
    }


def test_ten_times_the_money_deploys_no_less_and_none_deploys_nothing(provinces: Provinces) -> None:
    """With the few project teams as drawn, which then bind: no money <= the plan <= ten times the plan."""
    none, base, tenfold = (
        little(provinces, *NO_MONEY),
        little(provinces, *MONEY),
        little(provinces, *MONEY, times=10.0),
    )
    gained = []
    for replication in range(4):
        poor, plain, rich = (simulate(loaded, 11, replication) for loaded in (none, base, tenfold))
        for name, number in deployed(plain).items():
            assert deployed(poor)[name] <= number <= deployed(rich)[name], (replication, name)
        gained.append([accepted(plain) - accepted(poor), accepted(rich) - accepted(plain)])
    assert (np.array(gained).mean(axis=0) >= 0.0).all()
    assert np.array(gained)[:, 0].min() >= -NOISE


@pytest.mark.parametrize("order", ["table", "small_first"])
def test_more_teams_are_never_later(provinces: Provinces, order: str) -> None:
    """Whoever has something in some month under one team has it by then under two, four and twenty."""
    slow = (fixed("budget.sites_per_month", "1"), fixed("budget.accounts_per_month", "1"), f"budget.order={order}")
    done = []
    for teams in (1, 2, 4, 20):
        loaded = little(provinces, *MONEY, *slow, fixed("budget.project_teams", str(teams)))
        alone = MoneyAlone(loaded, ("I.1", "II.1"), MONTH_ENDS)
        spent = MONEY_ENTRIES.index("spent")
        done.append([alone.draw(11, number).money[:, :, spent].sum(axis=1) for number in range(20)])
    for fewer, more in pairwise(done):
        for before, after in zip(fewer, more, strict=True):
            assert (after >= before - 1e-9).all()
    assert np.array(done[1]).sum() > np.array(done[0]).sum()


def test_luck_before_the_money_is_the_same(provinces: Provinces) -> None:
    """Until money is settled both provinces live the very same months: documents, outages, absences, habits."""
    rich, poor = (simulate(little(provinces, *sets), 11, 0) for sets in (MONEY, NO_MONEY))
    settled = round(rich.parameters["budget.approval_month"])
    months = rich.first_month + settled - 1
    assert months >= 3
    for name in ("waits_ms", "worked_ms", "agency_flows"):
        np.testing.assert_array_equal(getattr(rich, name)[:months], getattr(poor, name)[:months])
    np.testing.assert_array_equal(rich.stocks[:settled], poor.stocks[:settled])


@pytest.mark.slow
def test_binh_dinh_without_money() -> None:
    """Three years of the shipped province, three replications: nothing is deployed, and the exchange is poorer."""
    lost = []
    for replication in range(3):
        rich, poor = (
            simulate(load("binh_dinh_2016_2020", sets=sets, until="2018-12-31"), 3, replication)
            for sets in (MONEY, NO_MONEY)
        )
        assert total(poor, "arrived") == 0.0
        assert total(rich, "spent") > 0.0
        for name in DEPLOYED:
            assert (poor.stocks[name] == poor.stocks[name][0]).all(), name
        lost.append(exchanged(rich) - exchanged(poor))
    assert min(lost) >= -NOISE
    assert sum(lost) / len(lost) > 0.01
