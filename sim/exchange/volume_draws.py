"""Volumes that are drawn until they hold together.

Each volume has a range of its own, so that a draw may ask for more documents than anybody receives. Such a draw is no
province: all uncertain volumes and weights of the matrix are then drawn again, all else stays. The number of the
attempt is part of each draw's key, so that the outcome is a function of scenario, seed and replication alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sim.engine.draws import child
from sim.exchange.agencies import members, ordered
from sim.exchange.codes import TIERS
from sim.exchange.volumes import Members, Volumes, VolumesContradictError, balance
from sim.scenario.drawn import draw_quantity, simulated
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import AgencyRow

MOST_REDRAWS = 100
REDRAWN_SECTIONS = ("volumes", "matrix")
REDRAW = 2100
"""What luck is derived for when volumes are drawn again."""


class NoVolumesError(VolumesContradictError):
    """No attempt gave volumes that hold together; trying again cannot help."""

    def __str__(self) -> str:
        return f"{super().__str__()} in each of {MOST_REDRAWS} draws; change these volumes, trying again cannot help"


class Drawn(NamedTuple):
    """Parameters whose volumes hold together, and how often they had to be drawn again."""

    parameters: dict[str, float]
    volumes: Volumes
    redraws: int


def members_of(loaded: LoadedScenario, p: Mapping[str, float], luck: int) -> Members:
    """Who the volumes are for."""
    return weighed(loaded.agencies, p, luck)


def weighed(agencies: Sequence[AgencyRow], p: Mapping[str, float], luck: int) -> Members:
    """Agencies as those the volumes are for."""
    rows = ordered(agencies)
    return members(rows, [TIERS.index(row.tier) for row in rows], p, luck)


def attempt(loaded: LoadedScenario, p: dict[str, float], unknown: int, number: int) -> dict[str, float]:
    """The parameters with volumes and matrix as this attempt draws them; attempt 0 is the draw itself."""
    if number == 0:
        return p
    again = child(unknown, REDRAW, number)
    redrawn = {
        key: draw_quantity(key, quantity, again)
        for key, quantity in simulated(loaded.scenario)
        if key.partition(".")[0] in REDRAWN_SECTIONS
    }
    return {**p, **redrawn}


def drawn_volumes(
    loaded: LoadedScenario, p: dict[str, float], unknown: int, luck: int, *, certain: bool = False
) -> Drawn:
    """Parameters with balanced volumes, from those first drawn.

    Args:
        loaded: the scenario.
        p: the parameters drawn by `unknown`.
        unknown: the luck that drew them.
        luck: the luck of everything else, which agencies' sizes follow.
        certain: `p` are the stated values; there is nothing to draw again.

    Raises:
        VolumesContradictError: if no attempt holds together.
    """
    number = 0
    while True:
        parameters = attempt(loaded, p, unknown, number)
        try:
            return Drawn(parameters, balance(members_of(loaded, parameters, luck), parameters), number)
        except VolumesContradictError as contradiction:
            if certain:
                raise
            if number == MOST_REDRAWS:
                raise NoVolumesError(contradiction.kind) from contradiction
            number += 1
