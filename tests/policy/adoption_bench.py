"""Hazards of adoption, all nought but those named, and months of it at a few agencies."""

from __future__ import annotations

import math

import numpy as np
from worlds import Bench

from sim.engine.records import Records
from sim.policy.adoption import adopt
from sim.policy.pressures import MONTH_MS, YEAR_MS, hazards, pressure

STAFF = 4000
NOBODY = {
    f"adoption.{name}": 0.0
    for name in (
        "base",
        "push_training",
        "push_leader",
        "push_mandate",
        "push_measured",
        "inspection_weight",
        "imitation",
        "colleague_weight",
        "lapse",
        "turnover",
        "installed_to_registry",
        "regulation",
        "fall",
        "low_experience",
        "deserted_share",
        "training_fading",
        "rotation",
        "address_change",
        "leader_support_share",
        "leader_support_cio_share",
        "paperless_threshold_low",
        "paperless_threshold_high",
    )
}
NOBODY |= {"adoption.experience_memory": YEAR_MS, "adoption.patience": 6 * MONTH_MS, "adoption.reference_strength": 1.0}
NO_ORDER = pressure([False] * 5, [False] * 5)
ORDERED = pressure([True] * 5, [False] * 5)
MEASURED = pressure([True] * 5, [True] * 5)


def yearly(**named: float) -> Records:
    """Hazards a year, all others nought."""
    return hazards({**NOBODY, **{f"adoption.{name}": value for name, value in named.items()}})


def users(bench: Bench) -> Records:
    """Users at each agency of the province."""
    inside = bench.world.agencies["tier"] < 4
    return np.array(bench.world.agencies["users"][inside])


def months(bench: Bench, number: int, row: Records, pushed: Records = NO_ORDER, first: int = 24217) -> list[int]:
    """Users in the province after each month."""
    found = []
    for month in range(first, first + number):
        adopt(bench.world, month, row, pushed, 0)
        found.append(int(users(bench).sum()))
    return found


def standard_errors(count: float, n: int, odds: float) -> float:
    """How far a binomial count lies from its mean, in standard errors."""
    return (count - n * odds) / math.sqrt(n * odds * (1.0 - odds))
