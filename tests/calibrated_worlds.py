"""Worlds whose truth is known and whose runs draw from a calibration: many replications, few draws of the unknown."""

from __future__ import annotations

import math
import random
from functools import cache

from sim.measure.shared_draws import SharedDraws
from sim.measure.weighing import Weights, weights_of
from sim.scenario.agreeing_draws import AgreeingDraw, draws_taken, equal_draws

ERROR = 0.1
"""Standard error of the figure, in standard deviations of the unknown before it is measured."""


@cache
def table(seed: int, draws: int = 150) -> tuple[tuple[float, ...], tuple[AgreeingDraw, ...]]:
    """Draws of an unknown, weighed by one figure of it, and each draw's place in what is then known of it.

    150 of them are worth some 15. The places are standard normal in truth.
    """
    luck = random.Random(seed)
    figure = luck.gauss() + ERROR * luck.gauss()
    unknown = [luck.gauss() for _ in range(draws)]
    weights: Weights = weights_of([(unknown, figure, 1.96 * ERROR)], draws)
    middle, spread = figure / (1 + ERROR**2), ERROR / math.sqrt(1 + ERROR**2)
    rows = tuple(AgreeingDraw(seed, number, weight, "0" * 16) for number, weight in enumerate(weights.each))
    return tuple((one - middle) / spread for one in unknown), rows


def shared_in(seed: int, n: int, draws: int = 150) -> SharedDraws:
    """Which draws the first replications share."""
    _, rows = table(seed, draws)
    return SharedDraws(tuple(draws_taken(rows, seed, range(n))), equal_draws(rows))


def unknowns(seed: int, shared: SharedDraws, draws: int = 150) -> list[float]:
    """The unknown in each replication."""
    known, _ = table(seed, draws)
    return [known[row] for row in shared.rows]


def run(seed: int, n: int, likeness: float, draws: int = 150) -> tuple[list[float], SharedDraws]:
    """What each replication comes to, normal in truth, of which the unknown makes a part and luck the rest."""
    shared, luck = shared_in(seed, n, draws), random.Random(-seed - 1)
    own, other = math.sqrt(likeness), math.sqrt(1 - likeness)
    return [own * one + other * luck.gauss() for one in unknowns(seed, shared, draws)], shared
