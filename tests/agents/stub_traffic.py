"""A traffic without documents that notes who was out of order, when."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.engine.records import Records
from sim.exchange.state import World


class StubTraffic:
    """Notes each station's pauses as (from, until); fails on a second pause or a resume of what works."""

    def __init__(self, env: simpy.Environment, world: World) -> None:
        """Nobody is out of order."""
        self.env = env
        self.world = world
        self.down: dict[int, int] = {}
        self.spells: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self.rates: list[tuple[int, int, int]] = []

    def expect(self, arrivals: Records) -> None:
        """No documents here."""
        raise AssertionError(f"{len(arrivals)} documents, where none belong")

    def pause(self, stations: NDArray[np.int64]) -> None:
        """Note when each went out of order."""
        for station in stations:
            assert int(station) not in self.down, "already out of order"
            self.down[int(station)] = int(self.env.now)

    def resume(self, stations: NDArray[np.int64]) -> None:
        """Note how long each was out of order."""
        for station in stations:
            self.spells[int(station)].append((self.down.pop(int(station)), int(self.env.now)))

    def change_rate(self, station: int, rate_bps: int) -> None:
        """Note a line's new speed."""
        self.rates.append((int(self.env.now), station, rate_bps))

    def change_capacity(self, station: int, capacity: int) -> None:
        """No staffing here."""
        raise AssertionError(f"station {station} given {capacity} places, where staff stay")

    def run(self, until_ms: int) -> None:
        """Let the slow actors act up to, not including, this time."""
        while self.env.peek() < until_ms:
            self.env.step()

    def down_ms(self, station: int, until_ms: int) -> int:
        """Time a station was out of order before a moment."""
        ended = sum(min(end, until_ms) - begin for begin, end in self.spells[station])
        return ended + max(0, until_ms - self.down.get(station, until_ms))
