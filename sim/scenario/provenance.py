"""Which layer, file and line each value of a scenario comes from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sim.scenario.keys import Key


class Provenance(NamedTuple):
    """Where one value was written."""

    layer: str
    file: str
    line: int

    @property
    def place(self) -> str:
        """`file:line`, or the command-line option that set the value."""
        return f"{self.file}:{self.line}" if self.line else self.file


def find(origins: Mapping[Key, Provenance], key: Key) -> Provenance | None:
    """Returns the origin of a key: of its value, else of what is beneath it, else of the table round it."""
    for exact in (key, (*key, "value"), (*key, "weights"), (*key, "id")):
        if exact in origins:
            return origins[exact]
    for length in range(len(key), 0, -1):
        around = key[:length]
        if around in origins:
            return origins[around]
        for other, origin in origins.items():
            if other[:length] == around:
                return origin
    return None
