"""Orders to use e-office: on which day each takes effect, and whom they bind on a day."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from sim.engine.clock import DAY_MS
from sim.exchange.codes import TIERS
from sim.scenario.plan_schema import Mandate


def dated(orders: Iterable[Mandate], p: Mapping[str, float]) -> list[Mandate]:
    """The orders with the days on which they take effect in this replication."""
    found = []
    for order in orders:
        late = timedelta(days=int(p.get(f"mandates.{order.id}.delay", order.delay.value) // DAY_MS))
        measured = None if order.measured_from is None else order.measured_from + late
        found.append(order.model_copy(update={"start": order.start + late, "measured_from": measured}))
    return found


def in_force(orders: Iterable[Mandate], today: date) -> tuple[list[bool], list[bool]]:
    """For each tier: is at least one order to use e-office in force, and is at least one of them measured?

    Several orders at once push no harder than one; one that only allows something orders nobody.
    """
    ordered = [False] * len(TIERS)
    measured = [False] * len(TIERS)
    for order in orders:
        if not order.binds:
            continue
        for tier in (TIERS.index(name) for name in order.tiers):
            ordered[tier] |= order.start <= today
            measured[tier] |= order.measured_from is not None and order.measured_from <= today
    return ordered, measured
