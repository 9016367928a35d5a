"""Which agencies of a tier are served first: the order chosen changes who, never how many."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from agents.project_team import by_tier, in_order
from sim.exchange import counting as c
from sim.scenario.kinds import SERVING_ORDERS

TIERS = [0, 3, 2, 3, 3, 4]
POPULATIONS = [0, 500, 9_000, 2_000, 1_000, 0]
STAFF = [70, 25, 90, 19, 21, 0]


def served(order: str) -> list[int]:
    flows = np.zeros((2, len(TIERS), 100))
    flows[1, [1, 3, 4], c.A_HANDLED] = [5, 7, 90]
    agencies = [{"staff": staff} for staff in STAFF]
    world = SimpleNamespace(agencies=agencies, agency_flows=flows)
    means: Any = SimpleNamespace(
        agencies=by_tier(TIERS), order=order, populations=POPULATIONS, traffic=SimpleNamespace(world=world)
    )
    return in_order(means, ("district", "commune"))


@pytest.mark.parametrize(
    ("order", "communes"),
    [("table", [1, 3, 4]), ("population", [3, 4, 1]), ("traffic", [4, 3, 1]), ("small_first", [3, 4, 1])],
)
def test_tiers_stand_as_stated_and_agencies_within_them_as_chosen(order: str, communes: list[int]) -> None:
    assert served(order) == [2, *communes]


def test_every_order_serves_the_same_agencies() -> None:
    assert {tuple(sorted(served(order))) for order in SERVING_ORDERS} == {(1, 2, 3, 4)}
