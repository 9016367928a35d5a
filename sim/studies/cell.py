"""A cell: one fully stated case of a study (a scenario with its options, future and seed)."""

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property


def canonical_json(value: object) -> str:
    """The one JSON text of a value: keys sorted, no blanks, letters as they are, no NaN or infinity.

    Raises:
        ValueError: a number is NaN or infinite.
        TypeError: the value is not made of JSON's own kinds.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


@dataclass(frozen=True)
class Cell:
    """One case to be replicated.

    Attributes:
        label: what a planner calls it; may change without changing the results.
        description: canonical JSON of *everything* that decides the results except the seed: the resolved scenario
            (or its hash), the overlays and the hash of the model's sources. See `canonical_json`.
        seed: the study's seed; a replication's draws are a function of (seed, replication) alone.
        spec: what the model is handed, bytes or anything that pickles; sent once to each worker.
    """

    label: str
    description: str
    seed: int
    spec: object

    @cached_property
    def cell_hash(self) -> str:
        """SHA-256 (hexadecimal) of seed and description: the key under which results are kept."""
        return hash_of_cell(self.seed, self.description)


@dataclass(frozen=True)
class Task:
    """One replication of one cell."""

    cell: Cell
    replication: int

    @property
    def key(self) -> tuple[str, int]:
        """The pair (cell hash, replication) under which the journal keeps it."""
        return self.cell.cell_hash, self.replication


def hash_of_cell(seed: int, description: str) -> str:
    """SHA-256 (hexadecimal) of a cell's seed and canonical description."""
    return hashlib.sha256(f"{seed}\n{description}".encode()).hexdigest()
