"""From an order that lets paper go to each agency's own rule: everybody in time, nobody on the first day."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from worlds import Bench, Provinces, fixed, small_province

from agents.steering_committee import mandates
from sim.exchange.codes import OUTSIDE
from sim.policy.orders import dated

START, ORDERED = date(2017, 1, 1), date(2017, 6, 1)
OFFICES = small_province(departments=4, districts=4, communes=60)
TIERS = '["office", "department", "district", "commune", "outside"]'


def order(name: str, start: date) -> str:
    return (
        f'{{id="{name}", title={{vi="quy định", en="order"}}, start={start}, allows_paperless=true,'
        f' tiers={TIERS}, source="test"}}'
    )


def first_days(provinces: Provinces, takes: str, *orders: str) -> tuple[np.ndarray, np.ndarray]:
    """Days after `ORDERED` at which each agency may first send without paper, and who is outside."""
    sets = (fixed("adoption.paper_rule", takes), f"mandates=[{', '.join(orders)}]")
    loaded = provinces.load(OFFICES, sets=sets, start=START, end=date(2019, 12, 31))
    bench = Bench(loaded)
    mean_ms = bench.p["adoption.paper_rule"]
    given = dated(loaded.scenario.mandates, bench.p)
    bench.env.process(mandates(bench.env, bench.traffic, bench.founded.clock, given, mean_ms))
    allowed = np.full(len(bench.world.agencies), 10_000)
    for late in range(-3, 900):
        bench.env.run(until=bench.at(ORDERED + timedelta(days=late)) + 1)
        allowed[(bench.world.agencies["paperless_allowed"] == 1) & (allowed == 10_000)] = late
    return allowed, bench.world.agencies["tier"] == OUTSIDE


def test_without_a_rule_of_their_own_all_may_on_the_day(provinces: Provinces) -> None:
    """Agencies that need no time may stop paper on the day of the order, and not before."""
    allowed, _ = first_days(provinces, "0 days", order("one", ORDERED))
    assert set(allowed.tolist()) == {0}


def test_agencies_follow_one_by_one(provinces: Provinces) -> None:
    """300 days on average: 63 % within them, some at once, some years later; the outside on the day."""
    allowed, outside = first_days(provinces, "300 days", order("one", ORDERED))
    inside = allowed[~outside]
    assert set(allowed[outside].tolist()) == {0}
    assert len(inside) == 249
    within = float((inside <= 300).mean())
    assert abs(within - 0.632) < 0.09  # three standard errors of 249 agencies
    assert inside.min() <= 10
    assert (inside > 600).any()


def test_an_earlier_order_makes_nobody_later_and_the_slow_stay_slow(provinces: Provinces) -> None:
    """A second order 200 days later changes nothing; one 100 days earlier brings each forward by 100 days."""
    alone, outside = first_days(provinces, "100 days", order("one", ORDERED))
    again, _ = first_days(provinces, "100 days", order("one", ORDERED), order("two", ORDERED + timedelta(days=200)))
    before, _ = first_days(provinces, "100 days", order("one", ORDERED), order("two", ORDERED - timedelta(days=100)))
    assert (alone == again).all()
    seen = (before > -3) & ~outside & (alone < 10_000)
    assert seen.sum() > 30
    assert (alone[seen] - before[seen] == 100).all()
