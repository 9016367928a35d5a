"""One row of the journal, and the checksum that shows whether it is still what was written."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from sim.studies.cell import Cell

Status = Literal["done", "failed"]
Values = tuple[str, int, str, str, float, int, str, bytes, str]
_KINDS = (str, int, str, str, float, int, str, bytes, str)


class JournalDamagedError(Exception):
    """A part of the journal is not what was written. Nothing is repaired or left out silently.

    Attributes:
        path: the journal.
        part: what is damaged.
    """

    def __init__(self, path: Path, part: str) -> None:
        super().__init__(f"{path}: damaged: {part}")
        self.path = path
        self.part = part


@dataclass(frozen=True)
class CellRow:
    """A cell as the journal keeps it."""

    cell_hash: str
    label: str
    seed: int
    description: str


@dataclass(frozen=True)
class ReplicationRow:
    """One replication as the journal keeps it.

    Attributes:
        cell_hash: which case.
        replication: which replication of it.
        status: `done` with a payload, or `failed` with an error.
        seed: the study's seed.
        seconds: wall time the worker took; never to be exported.
        worker_pid: the worker's process number; never to be exported.
        error: why it failed; empty when done.
        payload: the model's record; empty when failed.
    """

    cell_hash: str
    replication: int
    status: Status
    seed: int
    seconds: float
    worker_pid: int
    error: str
    payload: bytes

    @classmethod
    def done(cls, cell: Cell, replication: int, seconds: float, worker_pid: int, payload: bytes) -> "ReplicationRow":
        """The row of a replication that came to its end."""
        return cls(cell.cell_hash, replication, "done", cell.seed, float(seconds), worker_pid, "", payload)

    @classmethod
    def failed(cls, cell: Cell, replication: int, seconds: float, worker_pid: int, error: str) -> "ReplicationRow":
        """The row of a replication that did not; undecodable letters of the error are escaped."""
        text = error.encode("utf-8", "backslashreplace").decode()
        return cls(cell.cell_hash, replication, "failed", cell.seed, float(seconds), worker_pid, text, b"")

    @classmethod
    def checked(cls, path: Path, found: Sequence[object]) -> "ReplicationRow":
        """The row made of the nine values found in the database.

        Raises:
            JournalDamagedError: the values are not those that were written.
        """
        name = f"replication {found[1]!r} of the cell {found[0]!r}"
        if not all(isinstance(value, kind) for value, kind in zip(found, _KINDS, strict=True)):
            raise JournalDamagedError(path, name)
        values = cast("Values", tuple(found))
        if _checksum(values) != values[8]:
            raise JournalDamagedError(path, name)
        status: Status = "done" if values[2] == "done" else "failed"
        return cls(values[0], values[1], status, int(values[3]), *values[4:8])

    def values(self) -> Values:
        """The nine values to be written, the checksum last."""
        bare: Values = (
            self.cell_hash,
            self.replication,
            self.status,
            str(self.seed),
            self.seconds,
            self.worker_pid,
            self.error,
            self.payload,
            "",
        )
        return (*bare[:8], _checksum(bare))


def _checksum(values: Values) -> str:
    digest = hashlib.sha256(repr(values[:7]).encode("utf-8", "backslashreplace"))
    digest.update(values[7])
    return digest.hexdigest()
