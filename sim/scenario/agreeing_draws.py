"""Draws of all that is unknown which agree with what was measured, as `calibrate` leaves them.

A row names one draw by its seed and number, as a run made it, and says how much it weighs. A scenario that names such
a table takes the unknowns of each replication (parameters, choices, money and the past, drawn together) from one of
its rows instead of from the stated ranges; what happens by chance afterwards is each replication's own.

Replications take the rows in turn, each as often as it weighs, so that few of them share a row while there are as many
rows as that; those that do are not independent (`sim.measure.shared_draws`).

What the planner sets wins, as with fitted starting states: a number that is fixed is what it is in every draw, and a
range laid over one is drawn at the place in its range where the row stands in its own.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from sim.results.words import Words
from sim.scenario.cells import Cells
from sim.scenario.errors import ScenarioError
from sim.scenario.quantity import Quantity
from sim.scenario.start_states import StartState, hexadecimal, seed_in
from sim.scenario.tables import TableKind

MOST_DRAWS = 10_000
WEIGHT_DIGITS = 9
"""Digits after the point with which weights stand in the table."""
_PRIOR_DIGITS = 16


@dataclass(frozen=True)
class AgreeingDraw:
    """One draw of all that is unknown."""

    seed: int
    """Seed of the run that made it."""
    replication: int
    """Its number there; with the seed it gives every unknown."""
    weight: float
    """How well it agrees with what was measured; those of a table are taken relative to each other."""
    prior: str
    """What it was drawn from, as `prior_of` puts it."""
    place: str = field(default="", compare=False)


def luck_of_unknowns(draws: Sequence[AgreeingDraw], seed: int, replication: int) -> int:
    """The luck by which a replication's unknowns are drawn: that of one of the draws, or without any its own."""
    from sim.engine.draws import luck_of  # loads numba, which reading a scenario can do without

    if not draws:
        return luck_of(seed, replication)
    chosen = draws[draws_taken(draws, seed, [replication])[0]]
    return luck_of(chosen.seed, chosen.replication)


def draws_taken(draws: Sequence[AgreeingDraw], seed: int, replications: Iterable[int]) -> list[int]:
    """Which of the draws each replication takes, by its place in the table.

    Where the replications of a seed fall among the weights is van der Corput's sequence from a start that the seed
    gives (systematic resampling that can be gone on with; Cranley and Patterson 1976): any run of numbers takes each
    draw as often as it weighs, to one or two, and over the seeds each replication takes it with its weight.
    """
    from sim.engine.draws import identity, luck_of, uniform
    from sim.scenario.choices import DRAW_PARAMETER

    below = list(accumulate(draw.weight for draw in draws))
    start = float(uniform(luck_of(seed, 0), identity("calibration.draws"), DRAW_PARAMETER, 0))
    places = ((start + _van_der_corput(number)) % 1.0 for number in replications)
    return [min(bisect_right(below, place * below[-1]), len(draws) - 1) for place in places]


def _van_der_corput(number: int) -> float:
    """The binary digits of a number mirrored at the point: 0, 1/2, 1/4, 3/4, 1/8 ..."""
    place, digit = 0.0, 0.5
    while number:
        place += digit * (number & 1)
        number, digit = number >> 1, digit / 2.0
    return place


def equal_draws(draws: Sequence[AgreeingDraw]) -> float:
    """As many draws of equal weight would be worth the same (Kish 1965)."""
    weights = [draw.weight for draw in draws]
    return sum(weights) ** 2 / sum(weight * weight for weight in weights)


def prior_of(quantities: Iterable[tuple[str, Quantity]], states: Iterable[StartState]) -> str:
    """What unknowns are drawn from, in sixteen digits: others when a range or a starting state is another."""
    said = [f"{key}={one.value!r},{one.low!r},{one.high!r},{one.kind}" for key, one in quantities]
    said += [f"{one.seed},{one.candidate},{one.ranges}" for one in states]
    return hashlib.sha256("\n".join(sorted(said)).encode()).hexdigest()[:_PRIOR_DIGITS]


def draw_faults(draws: Sequence[AgreeingDraw]) -> Iterator[ScenarioError]:
    """Yields draws that stand twice, and a table that chooses none."""
    first: dict[tuple[int, int], str] = {}
    for draw in draws:
        where = first.setdefault((draw.seed, draw.replication), draw.place)
        if where != draw.place:
            reason = Words(f"lần rút {draw.replication} đã có ở {where}", f"draw {draw.replication} stands in {where}")
            yield ScenarioError("E-CAL-001", draw.place, "replication", reason)
    if draws and not sum(draw.weight for draw in draws):
        reason = Words("mọi trọng số đều bằng 0", "every weight is 0")
        yield ScenarioError("E-CAL-002", draws[0].place, "weight", reason, CALIBRATE_AGAIN)


def _agreeing_draw(cells: Cells) -> AgreeingDraw:
    return AgreeingDraw(
        seed=seed_in(cells),
        replication=cells.whole("replication", 10**9),
        weight=cells.number("weight", 1),
        prior=hexadecimal(cells, "prior", _PRIOR_DIGITS),
        place=cells.place,
    )


CALIBRATE_AGAIN = Words(
    'hiệu chỉnh lại bằng lệnh calibrate, hoặc đặt calibration.draws = ""',
    'calibrate again, or set calibration.draws = ""',
)
AGREEING_DRAWS = TableKind(AgreeingDraw, _agreeing_draw, MOST_DRAWS, "agreeing_draws", "agreeing_draws.csv")
