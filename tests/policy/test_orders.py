"""Orders to use e-office: from their day on, measured or not, known or drawn, and felt or not."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from plans import SURE, planned
from worlds import Provinces, fixed, small_province

from sim.engine.clock import DAY_MS
from sim.measure.payload import encode
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.policy.orders import dated, in_force
from sim.scenario.drawn import draw_parameters
from sim.scenario.keys import title_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.quantity import read_quantity

ORDER = (
    '{{id="{id}", title={{vi="chỉ thị", en="order"}}, start={start}, {measured} allows_paperless={paperless},'
    ' tiers=["office", "department", "district", "commune"], source="test"}}'
)
KEEN = tuple(fixed(f"adoption.push_{name}", "1 /year") for name in ("mandate", "measured"))


def orders(
    provinces: Provinces, *given: tuple[str, date, date | None, bool], sets: tuple[str, ...] = KEEN
) -> LoadedScenario:
    """A province under these orders, with money for nothing."""
    rows = [
        ORDER.format(
            id=name,
            start=start,
            paperless=str(paperless).lower(),
            measured=f"measured_from={measured}," if measured else "",
        )
        for name, start, measured, paperless in given
    ]
    loaded = provinces.load(
        small_province(),
        sets=(f"mandates=[{', '.join(rows)}]", *SURE, *sets),
        start=date(2018, 1, 1),
        end=date(2018, 10, 31),
        personal=4,
        organisation=4,
    )
    return planned(loaded, [], [])


def same(one: RunRecord, other: RunRecord, last: int | None = None) -> bool:
    """Same traffic in these months, and same states at their starts."""
    return all(
        np.array_equal(getattr(one, name)[:last], getattr(other, name)[:last])
        for name in ("flows", "agency_flows", "stocks", "waits_ms", "worked_ms")
    )


MARCH, JUNE = date(2018, 3, 1), date(2018, 6, 1)


def test_two_orders_push_no_harder_than_one(provinces: Provinces) -> None:
    """Three orders in force from the same day, two of them measured, leave the records of one."""
    one = simulate(orders(provinces, ("a", MARCH, MARCH, True)), 5, 0)
    three = simulate(
        orders(provinces, ("a", MARCH, MARCH, True), ("b", MARCH, None, False), ("c", MARCH, MARCH, True)), 5, 0
    )
    assert same(one, three)
    none = simulate(orders(provinces), 5, 0)
    assert not same(one, none)


def test_an_order_changes_nothing_before_its_day(provinces: Provinces) -> None:
    with_order = simulate(orders(provinces, ("a", JUNE, None, True)), 5, 0)
    without = simulate(orders(provinces), 5, 0)
    assert same(with_order, without, 5)
    assert with_order.stocks["users"][6].sum() > without.stocks["users"][6].sum()


def test_measuring_raises_use(provinces: Provinces) -> None:
    """Over five replications of the same luck, more users and higher levels on average at the end."""
    gains = []
    for replication in range(5):
        plain = simulate(orders(provinces, ("a", MARCH, None, True)), 5, replication)
        measured = simulate(orders(provinces, ("a", MARCH, MARCH, True)), 5, replication)
        gains.append(int(measured.stocks["users"][-1].sum()) - int(plain.stocks["users"][-1].sum()))
        assert measured.stocks["level"][-1].sum() >= plain.stocks["level"][-1].sum()
    assert sum(gains) > 0
    assert sum(gain > 0 for gain in gains) >= 4


def test_orders_without_effect_are_no_orders(provinces: Provinces) -> None:
    """Declared, ranked and inspected, but nobody feels them: record by record as if they had never been issued."""
    idle = tuple(fixed(f"adoption.push_{name}", "0 /year") for name in ("mandate", "measured"))
    declared = orders(provinces, ("a", MARCH, MARCH, False), ("b", JUNE, None, False), sets=idle)
    without = orders(provinces, sets=idle)
    said, unsaid = simulate(declared, 5, 0), simulate(without, 5, 0)
    assert same(said, unsaid)
    assert encode(said, declared) == encode(unsaid, without), "to the byte, in all that is measured"


def test_an_order_on_an_unknown_day_is_drawn_and_told(provinces: Provinces) -> None:
    """Between its first day and its last, ranking with it, the same day for the same province of unknowns."""
    loaded = orders(provinces, ("a", MARCH, MARCH, False))
    late = read_quantity(
        {
            "value": "60 days",
            "low": "10 days",
            "high": "190 days",
            "kind": "uniform",
            "basis": "assumed",
            "source": "x",
        },
        "duration",
    )
    order = loaded.scenario.mandates[0].model_copy(update={"delay": late})
    unknown = loaded.scenario.model_copy(update={"mandates": (order,)})
    days = set()
    for luck in range(50):
        p = draw_parameters(unknown, luck)
        (drawn,) = dated((order,), p)
        assert drawn.start == drawn.measured_from == MARCH + timedelta(days=int(p["mandates.a.delay"] / DAY_MS))
        assert timedelta(0) <= drawn.start - MARCH <= timedelta(days=200)
        days.add(drawn.start)
    assert len(days) > 20
    assert dated((order,), draw_parameters(unknown, 1, certain=True))[0].start == MARCH + timedelta(days=60)
    assert title_of("mandates.a.delay").en == "Delay of the order “a”"


def test_in_force_by_hand(provinces: Provinces) -> None:
    loaded = orders(provinces, ("a", MARCH, JUNE, False), ("b", JUNE, None, False))
    mandates = loaded.scenario.mandates
    only_departments = [mandates[0].model_copy(update={"tiers": ("department",)}), mandates[1]]
    expected = [
        (date(2018, 2, 28), [False] * 5, [False] * 5),
        (MARCH, [False, True, False, False, False], [False] * 5),
        (date(2018, 5, 31), [False, True, False, False, False], [False] * 5),
        (JUNE, [True, True, True, True, False], [False, True, False, False, False]),
    ]
    for day, ordered, measured in expected:
        assert in_force(only_departments, day) == (ordered, measured)
    allowed = [order.model_copy(update={"binds": False}) for order in only_departments]
    assert in_force(allowed, JUNE) == ([False] * 5, [False] * 5)
