"""What a visit costs beside the bare event list: a ratio, because seconds say more of the machine than of the model."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sim.scenario.loading import load

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "benchmarks"))

from kernel import bare_visit_ns
from watched import SCENARIO, watch

PENDING = 60_000
MOST = 8.0
"""Measured 3 to 6 on quiet and on crowded machines; one function that is no longer compiled costs far more."""


@pytest.mark.slow
def test_a_visit_costs_a_few_times_the_bare_event_list() -> None:
    loaded = load(SCENARIO, until="2016-01-15", sets=["plan.decided=2016-01-04", "horizon.warm_up=0 days"])
    watch(loaded)  # compiled by now, and memory touched
    ratios = []
    for _ in range(2):
        bare = bare_visit_ns(PENDING, 1_000_000)
        ratios.append(watch(loaded).visit_ns / bare)
    assert min(ratios) < MOST, ratios
