"""What agencies get by the calendar, agency by agency, whatever the plan's money does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from plans import SURE, buy, line, planned, total
from worlds import CALM, FROZEN, Provinces, fixed, small_province

from sim.exchange.codes import NOT_INSTALLED, UNUSED
from sim.model.money_alone import MoneyAlone
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.kinds import UnitKind
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import AT_ONCE, Rollout, Title
from sim.scenario.quantity import Quantity

NAMED = Title(vi="tên", en="name")
QUIET = tuple(
    fixed(f"volumes.{tier}_{way}", f"{number} /year")
    for way, numbers in (("outgoing", (200, 100, 200, 60)), ("incoming", (500, 300, 800, 200)))
    for tier, number in zip(("office", "department", "district", "commune"), numbers, strict=True)
)
START, END = date(2018, 1, 1), date(2018, 6, 30)


def bare(provinces: Provinces) -> LoadedScenario:
    """Nobody has e-office; two departments, a district, two communes."""
    loaded = provinces.load(
        small_province(departments=2, districts=1, communes=2, linked=False),
        sets=(*FROZEN, *SURE, *CALM, *QUIET, fixed("equipment.website_share", "0 %")),
        start=START,
        end=END,
    )
    rows = tuple(replace(row, eoffice_installed=False, eoffice_linked=False) for row in loaded.agencies)
    return replace(loaded, agencies=rows, budget=(), purchases=())


def rollout(kind: UnitKind, start: date, *agencies: str, delay: Quantity = AT_ONCE, name: str = "r") -> Rollout:
    return Rollout(id=name, title=NAMED, kind=kind, agencies=agencies, start=start, delay=delay, source="test")


def with_rollouts(loaded: LoadedScenario, *rollouts: Rollout) -> LoadedScenario:
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"rollouts": rollouts}))


def levels(record: RunRecord, agency: str) -> list[int]:
    """Usage levels at the start and at each month's end."""
    return [int(level) for level in record.stocks["level"][:, record.agency_ids.index(agency)]]


def test_each_agency_gets_it_on_its_day_and_nobody_else_does(provinces: Provinces) -> None:
    loaded = with_rollouts(
        bare(provinces),
        rollout("eoffice_alone", date(2018, 2, 28), "dept.0", name="a"),
        rollout("eoffice_installation", date(2018, 4, 1), "tier:district", name="b"),
        rollout("website", date(2018, 4, 1), "dept.1", name="c"),
    )
    record = simulate(loaded, 3, 0)
    none, there = NOT_INSTALLED, UNUSED
    assert levels(record, "dept.0") == [none, none, there, there, there, there, there]
    assert levels(record, "dist.0") == [none, none, none, none, there, there, there]
    assert levels(record, "dept.1") == levels(record, "com.0.0") == [none] * 7
    linked = record.stocks["linked"][-1]
    assert [int(linked[record.agency_ids.index(name)]) for name in ("dept.0", "dist.0")] == [0, 1]
    website = record.stocks["website"][:, record.agency_ids.index("dept.1")]
    assert website.tolist() == [0, 0, 0, 0, 1, 1, 1]
    assert not record.accounts, "the plan's money has no part in it"


def test_a_delay_moves_the_day_and_one_beyond_the_horizon_never_comes(provinces: Provinces) -> None:
    day = 86_400_000.0

    def late(days: int) -> Quantity:
        return Quantity(value=days * day, basis="assumed", source="test", unit="ms")

    loaded = with_rollouts(
        bare(provinces),
        rollout("eoffice_alone", date(2018, 2, 28), "dept.0", delay=late(31), name="a"),
        rollout("eoffice_alone", date(2018, 2, 28), "dept.1", delay=late(400), name="b"),
    )
    record = simulate(loaded, 3, 0)
    assert levels(record, "dept.0") == [0, 0, 0, 1, 1, 1, 1]
    assert levels(record, "dept.1") == [0] * 7


def test_what_came_before_the_first_day_changes_nothing_now(provinces: Provinces) -> None:
    plain = bare(provinces)
    told = with_rollouts(plain, rollout("eoffice_alone", date(2009, 12, 31), "dept.0"))
    one, other = simulate(plain, 3, 0), simulate(told, 3, 0)
    assert np.array_equal(one.stocks, other.stocks)
    assert np.array_equal(one.flows, other.flows)


def test_money_is_not_spent_on_who_was_served_by_the_calendar_with_and_without_traffic(provinces: Provinces) -> None:
    """Two departments, 10 each: one has it already when the money comes in February, so that half is returned."""
    plain = planned(
        bare(provinces), [line("I.1", 2018, 20.0)], [buy("I.1", "eoffice_alone", 10.0, tiers=("department",))]
    )
    told = with_rollouts(plain, rollout("eoffice_alone", date(2018, 1, 31), "dept.0"))
    assert (total(simulate(plain, 3, 0), "spent"), total(simulate(told, 3, 0), "spent")) == (20.0, 10.0)
    for loaded, paid in ((plain, 20.0), (told, 10.0)):
        accounts = MoneyAlone(loaded, ["I.1"], [END]).draw(3, 0).accounts
        assert sum(account.spent for account in accounts) == paid
