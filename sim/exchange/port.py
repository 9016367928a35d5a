"""What slow actors may ask of the traffic, whichever scheduler carries it."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.engine.records import Records
from sim.exchange.state import World

Stations = NDArray[np.int64]


class Traffic(Protocol):
    """Documents under way. `world` must be read anew at every use: a backlog may have moved it to more room."""

    world: World

    def expect(self, arrivals: Records) -> None:
        """Documents about to be written."""

    def pause(self, stations: Stations) -> None:
        """These stations go out of order; work under way stops where it is."""

    def resume(self, stations: Stations) -> None:
        """These stations work again."""

    def change_rate(self, station: int, rate_bps: int) -> None:
        """A line's speed changes; transfers under way are timed anew."""

    def change_capacity(self, station: int, capacity: int) -> None:
        """Staff join or leave a station; who is at work finishes."""

    def change_capacities(self, stations: Stations, capacities: NDArray[np.int64]) -> None:
        """The same for several stations."""

    def show_lines(self) -> None:
        """Let the world's lines say who waits where, for those who look; a scheduler may keep its own."""

    def run(self, until_ms: int) -> None:
        """Let slow actors and traffic go on up to, not including, this time."""
