"""What the best and the worst of everything can do, in pairs that share all luck: no direction may be wrong.

Bounds that stand elsewhere: all lines, or the data centre, down for ever, circulation that needs no line, and slow and
fast shared lines in `tests/model/test_network_as_a_road.py`; no money in `tests/policy/test_plan_directions.py`;
each cause of adoption five times as strong, agency by agency, in `tests/policy/test_stronger_causes.py`; orders that
nobody feels in `tests/policy/test_orders.py`; the share of faults that redundancy bridges in
`tests/agents/test_outages.py`.

Two runs that share all luck still differ in hours, so that a delivery meets another refusal: `SHARE` is allowed for in
a share, `PERSON` in the users of an agency; sums over all replications must move the right way beyond that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from statistics import mean

import numpy as np
import pytest
from plans import SURE, buy, line, planned, total
from worlds import CALM, FROZEN, Kind, Office, Provinces, fixed, small_province

from sim.exchange import counting as c
from sim.exchange.codes import CAUSES, CLERK_BUSY, COMMUNE, COUNTER, LINK_BUSY, OFFICER_BUSY, OFFICERS, OUTAGE, REGISTRY
from sim.exchange.dossier_state import DOSSIER_FLOWS
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario

pytestmark = pytest.mark.slow

SHARE = 0.01
PERSON = 1
REPLICATIONS = range(6)
SEED = 7
INSIDE = range(4)
ORDER = (
    'mandates=[{id="order", title={vi="chỉ thị", en="order"}, start=2018-02-01, measured_from=2018-03-01,'
    ' allows_paperless=true, tiers=["office", "department", "district", "commune"], source="test"}]'
)
FILED_ONLINE = 'start.online_services=["tier:department", "tier:district", "tier:commune"]'
SERVICES = (
    Kind("paper", "commune", service_level=4, weight=3),
    Kind("permit", "district", work="ordinary", service_level=3, working_days=5),
    Kind("licence", "province", "dept.0", work="ordinary", service_level=3, working_days=5),
)
LINES = ("adsl", "ftth", "dedicated")
PERFECT = (
    *(fixed(f"network.{line_}.{way}", "1000 Mbit/s") for line_ in LINES for way in ("up", "down")),
    *(fixed(f"network.{line_}.faults_per_year", "0 /year") for line_ in LINES),
    *(fixed(f"network.{line_}.background_share", "0 %") for line_ in LINES),
    fixed("network.datacentre_faults_per_year", "0 /year"),
    fixed("network.power_faults_per_year", "0 /year"),
    fixed("network.malware_per_year", "0 /year"),
    fixed("network.web.server", "1 ms"),
)
VOLUMES = {
    "office_incoming": 20_000,
    "office_outgoing": 9_000,
    "department_incoming": 6_000,
    "department_outgoing": 3_000,
    "district_incoming": 8_000,
    "district_outgoing": 2_800,
    "room_incoming": 1_300,
    "room_outgoing": 900,
    "commune_incoming": 2_000,
    "commune_outgoing": 500,
}


def offices(times: int = 1) -> Sequence[Office]:
    """Communes on slow lines without e-office, everybody else on fibre with it; so many times the people.

    The Office has three clerks, so that its registry is not full: a full one sends paper the sooner the more there is
    to scan, so that more use elsewhere means less of it there.
    """
    return [
        replace(
            office,
            linked=office.tier != "commune",
            route="adsl" if office.tier == "commune" else "ftth",
            staff=40 * times,
            clerks=(3 if office.tier == "office" else 1) * times,
        )
        if office.tier != "outside"
        else office
        for office in small_province(3, 2, 3, population=20_000)
    ]


def town(
    provinces: Provinces, *sets: str, order: str = ORDER, money: float = 1.0, agencies: Sequence[Office] = ()
) -> LoadedScenario:
    """A year in which communes are given e-office over the web, staff are taught and heads get certificates."""
    loaded = provinces.load(
        agencies or offices(),
        sets=(*SURE, FILED_ONLINE, order, *sets),
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
        warm_up="1 months",
        personal=2,
        organisation=2,
        procedures=SERVICES,
    )
    lines = [line("I.1", 2018, 30.0 * money), line("II.1", 2018, 6.0 * money, "SN")]
    purchases = [
        buy("I.1", "eoffice_web_service", 8.0, share=0.8, tiers=("commune",)),
        buy("I.1", "token", 1.0, share=0.2),
        buy("II.1", "training_seat", 0.2),
    ]
    return planned(loaded, lines, purchases)


def lives(loaded: LoadedScenario) -> list[RunRecord]:
    return [simulate(loaded, SEED, replication) for replication in REPLICATIONS]


def accepted(record: RunRecord, tier: int) -> float:
    """Share of what one tier sends within the province that is accepted electronically, in the last half year."""
    flows = record.flows[-6:, tier, :4].sum(axis=(0, 1))
    return float(flows[c.ACCEPTED] / flows[c.DELIVERIES])


def circulating(record: RunRecord, tier: int) -> float:
    """Share of documents that go round on e-office inside the agencies of a tier, in the last half year."""
    flows = record.agency_flows[-6:, record.tiers == tier].sum(axis=(0, 1))
    return float(flows[c.A_CIRCULATING] / flows[c.A_HANDLED])


def users(record: RunRecord, tier: int) -> int:
    return int(record.stocks[-1]["users"][record.tiers == tier].sum())


def dossiers(record: RunRecord, what: str) -> int:
    return int(record.dossier_flows[record.first_month :, :, DOSSIER_FLOWS.index(what)].sum())


def late(record: RunRecord) -> float:
    """Share of the dossiers due that were late, open ones among them."""
    due = record.dossiers_due[record.first_month :].sum(axis=(0, 1))
    return float(due[1:].sum() / due.sum())


def waited_hours(record: RunRecord, *causes: int) -> float:
    """Waiting for these causes, in hours for each delivery."""
    return float(record.waits_ms[:, list(causes)].sum() / 3_600_000 / record.flows[..., c.DELIVERIES].sum())


def delivery_hours(record: RunRecord) -> float:
    """Mean hours until registration, of deliveries within the province; of open ones, what they have waited."""
    hours = (record.delays + record.pending)[record.first_month :, :4, c.TO_REGISTRATION].sum(axis=(0, 1))
    return float((hours * (np.arange(len(hours)) + 0.5)).sum() / hours.sum())


def swamped(record: RunRecord) -> float:
    """Share of deliveries that went on paper since a registry could not follow.

    Of exchange itself the share changes with who still gets round to writing.
    """
    inside = record.flows[:, :4, :4, c.DELIVERIES].sum()
    return float(record.causes[:, :4, :4, CAUSES.index("registry_swamped")].sum() / inside)


def load(record: RunRecord, kind: int) -> float:
    mine = record.station_kinds == kind
    return float(record.worked_ms[:, mine].sum() / record.staffed_ms[:, mine].sum())


Value = Callable[[RunRecord], float]


def never_less(less: Sequence[RunRecord], more: Sequence[RunRecord], value: Value, slack: float) -> float:
    """How much more, in the mean; no pair may lose more than the slack."""
    gains = [value(high) - value(low) for low, high in zip(less, more, strict=True)]
    assert min(gains) >= -slack, gains
    return mean(gains)


def use_never_falls(less: Sequence[RunRecord], more: Sequence[RunRecord]) -> float:
    """Exchange, circulation and people, tier by tier; returns the mean gain of the exchange of all tiers."""
    gains = []
    for tier in INSIDE:
        agencies = int((less[0].tiers == tier).sum())
        gains.append(never_less(less, more, lambda record, tier=tier: accepted(record, tier), SHARE))
        never_less(less, more, lambda record, tier=tier: circulating(record, tier), SHARE)
        never_less(less, more, lambda record, tier=tier: users(record, tier), PERSON * agencies)
    return mean(gains)


@pytest.fixture(scope="module")
def base(provinces: Provinces) -> list[RunRecord]:
    return lives(town(provinces))


def test_a_perfect_network_is_never_worse(provinces: Provinces, base: list[RunRecord]) -> None:
    """Endless lines that never break, in every tier and measure: use, exchange, filing online, hours."""
    perfect = lives(town(provinces, *PERFECT))
    assert use_never_falls(base, perfect) > 0.0
    assert never_less(perfect, base, lambda record: int(record.agency_flows[..., c.A_UNRESOLVED].sum()), 5) > 0.0
    few = 0.02 * mean(dossiers(record, "online") for record in base)
    assert never_less(base, perfect, lambda record: dossiers(record, "online"), few) > 0.0
    assert never_less(base, perfect, lambda record: -delivery_hours(record), 0.5) > 0.0
    for record in perfect:
        assert waited_hours(record, OUTAGE) == 0.0
        assert waited_hours(record, LINK_BUSY) < 0.001
        assert (
            record.agency_flows[..., c.A_ONLINE_FAILED].sum() < 0.001 * record.agency_flows[..., c.A_ONLINE_TRIES].sum()
        )
        assert dossiers(record, "portal_dead") == 0
    assert min(waited_hours(record, OUTAGE) for record in base) > 0.0


def test_a_ranking_five_times_as_strong_is_never_worse(provinces: Provinces) -> None:
    stated, strong = (
        lives(town(provinces, fixed("adoption.push_measured", strength))) for strength in ("0.276 /year", "1.38 /year")
    )
    assert use_never_falls(stated, strong) > 0.0
    for weak, hard in zip(stated, strong, strict=True):
        assert hard.stocks[-1]["level"].sum() >= weak.stocks[-1]["level"].sum()
    assert sum(r.stocks[-1]["users"].sum() for r in strong) > sum(r.stocks[-1]["users"].sum() for r in stated)


def test_no_orders_and_no_ranking_leave_more_on_paper(provinces: Provinces, base: list[RunRecord]) -> None:
    """And what no order allows to go without paper never does."""
    without = lives(town(provinces, order="mandates=[]"))
    use_never_falls(without, base)
    assert sum(r.stocks[-1]["users"].sum() for r in without) < sum(r.stocks[-1]["users"].sum() for r in base)
    for record in without:
        assert record.flows[:, :4, :4, c.ACCEPTED_ONLY].sum() == 0


def test_ten_times_the_money_buys_more_and_is_never_worse(provinces: Provinces, base: list[RunRecord]) -> None:
    rich = lives(town(provinces, money=10.0))
    assert use_never_falls(base, rich) > 0.0
    for poor, wealthy in zip(base, rich, strict=True):
        assert total(wealthy, "spent") > total(poor, "spent") > 0.0
        assert total(wealthy, "spent") <= total(wealthy, "arrived")
        for name in ("linked", "level", "eoffice_trained"):
            assert wealthy.stocks[-1][name].sum() >= poor.stocks[-1][name].sum(), name
    linked = [sum(int(r.stocks[-1]["linked"][r.tiers == COMMUNE].sum()) for r in records) for records in (base, rich)]
    assert linked[0] < linked[1] == 6 * len(rich), "every commune"


BUSY = (
    *FROZEN,
    *(fixed(f"volumes.{name}", f"{2 * number} /year") for name, number in VOLUMES.items()),
    fixed("dossiers.arrivals.per_head", "1 /year"),
)
"""Twice the stated volumes make queues. Nobody takes e-office up, so that more people dilute no course."""


def test_twice_the_staff_never_waits_longer(provinces: Provinces) -> None:
    """Clerks and officers twice over: less waiting for them, fewer dossiers late, no more paper for want of hands."""
    single = lives(town(provinces, *BUSY))
    double = lives(town(provinces, *BUSY, agencies=offices(2)))
    for cause in (CLERK_BUSY, OFFICER_BUSY):
        assert never_less(double, single, lambda record, cause=cause: waited_hours(record, cause), 0.0) > 0.0
    assert never_less(double, single, late, 0.002) > 0.0
    assert never_less(double, single, delivery_hours, 0.0) > 0.0
    for kind in (REGISTRY, OFFICERS):
        assert never_less(double, single, lambda record, kind=kind: load(record, kind), 0.0) > 0.05
    never_less(double, single, swamped, 0.001)


def test_three_times_the_volume_waits_longer_and_is_later(provinces: Provinces) -> None:
    """Fuller posts, longer waits, more dossiers late, and more paper since a registry cannot follow."""
    once, thrice = (
        lives(
            town(
                provinces,
                *FROZEN,
                *(fixed(f"volumes.{name}", f"{times * number} /year") for name, number in VOLUMES.items()),
                fixed("dossiers.arrivals.per_head", f"{0.5 * times} /year"),
            )
        )
        for times in (1, 3)
    )
    for few, many in zip(once, thrice, strict=True):
        begun = [record.tally["documents_created"] for record in (few, many)]
        assert 2.0 * begun[0] < begun[1] < 3.1 * begun[0], "less than thrice: whoever drowns answers and passes on less"
    for kind in (REGISTRY, OFFICERS, COUNTER):
        assert never_less(once, thrice, lambda record, kind=kind: load(record, kind), 0.0) > 0.05
    assert never_less(once, thrice, late, 0.001) > 0.0
    assert never_less(once, thrice, delivery_hours, 0.0) > 0.0
    assert never_less(once, thrice, lambda record: waited_hours(record, CLERK_BUSY, OFFICER_BUSY), 0.0) > 0.0
    assert never_less(once, thrice, swamped, 0.001) > 0.0


def doubled_centre(provinces: Provinces, *sets: str) -> list[list[RunRecord]]:
    """The same year with a data centre that breaks every other week, as it is and with redundancy from mid-February."""
    often = (*SURE, *FROZEN, fixed("network.datacentre_faults_per_year", "24 /year"), FILED_ONLINE, ORDER, *sets)
    loaded = provinces.load(offices(2), sets=often, start=date(2018, 1, 1), end=date(2018, 12, 31), procedures=SERVICES)
    bought = planned(loaded, [line("I.1", 2018, 20.0)], [buy("I.1", "datacentre_redundancy", 10.0)])
    return [lives(loaded), lives(bought)]


@pytest.mark.parametrize("calm", [True, False], ids=["nothing else breaks", "lines break too"])
def test_redundancy_never_raises_waiting(provinces: Provinces, calm: bool) -> None:
    """Faults have clocks of their own, so that bridging one moves no other: less downtime, less waiting, no more hours.

    Where lines break too, what came earlier may meet another line's fault: a twentieth of the waiting is allowed for in
    one pair, nothing in the mean. Of the mean hours of delivery it is an hour and a half: what a dead data centre sent
    on paper in time may now lie behind a recipient's line that is mended days later. Registries have hands to spare
    and nobody takes e-office up: at one that is full, fewer outages mean more scanning beside the paper.
    """
    quiet = tuple(text for text in CALM if "datacentre" not in text)
    alone, doubled = doubled_centre(provinces, *(quiet if calm else ()))
    for before, after in zip(alone, doubled, strict=True):
        assert after.datacentre_down_ms < before.datacentre_down_ms
    slack = (0.01 if calm else 0.05) * mean(waited_hours(record, OUTAGE) for record in alone)
    assert never_less(doubled, alone, lambda record: waited_hours(record, OUTAGE), slack) > 0.0
    assert never_less(doubled, alone, delivery_hours, 0.5 if calm else 1.5) > 0.0
    use_never_falls(alone, doubled)
