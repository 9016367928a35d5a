"""The journal of a run: one row per finished replication, safe against being killed at any moment.

One process writes, any number read meanwhile. Every row is written in one transaction forced to disk, and carries a
SHA-256 over all it says, checked each time it is read. No date or time of day is kept; `seconds` and `worker_pid` are
for the person who watches and never go into a table that is exported.
"""

import copy
import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sim.studies.cell import Cell, hash_of_cell
from sim.studies.journal_file import JOURNAL_FILE, check_pages, open_to_read, open_to_write, reading, writing
from sim.studies.journal_row import CellRow, JournalDamagedError, ReplicationRow, Status
from sim.studies.lock import FolderLock


class JournalConflictError(Exception):
    """Two journals hold different results for the same cell and replication, which must not be: a bug somewhere.

    Attributes:
        path: one journal.
        other: the other.
        replication: the number of the replication.
        label: the cell's.
    """

    def __init__(self, path: Path, other: Path, replication: int, label: str) -> None:
        super().__init__(
            f"{other}: replication {replication} of {label} differs from {path}, though scenario, seed and program are"
            " the same; run that replication again on both machines, and leave out the folder that is wrong"
        )
        self.path = path
        self.other = other
        self.replication = replication
        self.label = label


class Journal:
    """The journal of one run folder. Use `Journal.to_write` or `Journal.to_read`, as a context manager."""

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: FolderLock | None) -> None:
        self.path = path
        self._connection = connection
        self._lock = lock
        self._first: int | None = None

    @classmethod
    def to_write(cls, folder: Path) -> "Journal":
        """Open or begin the folder's journal as its only writer.

        Raises:
            FolderBusyError: another process is writing in the folder.
            JournalDamagedError: the file is damaged or is not a journal of this program.
            JournalVersionError: it is of an older or newer version.
            JournalWriteError: disk full, read-only, no permission.
        """
        lock = FolderLock(folder)
        path = folder / JOURNAL_FILE
        try:
            connection = open_to_write(path)
        except BaseException:
            lock.release()
            raise
        return cls(path, connection, lock)

    @classmethod
    def to_read(cls, folder: Path) -> "Journal":
        """Open the folder's journal for reading, also while another process writes.

        Raises:
            JournalUnreadableError: there is none, its writer has not begun it, or the disk refuses.
            JournalDamagedError: the file is damaged or is not a journal of this program.
            JournalVersionError: it is of an older or newer version.
        """
        path = folder / JOURNAL_FILE
        return cls(path, open_to_read(path), None)

    def add_cell(self, cell: Cell) -> None:
        """Keep a cell's label, seed and description; a cell already there stays as it is.

        Raises:
            JournalWriteError: the disk refuses.
        """
        values = (cell.cell_hash, cell.label, str(cell.seed), cell.description)
        with writing(self.path):
            self._connection.execute("INSERT OR IGNORE INTO cells VALUES (?, ?, ?, ?)", values)

    def record_done(self, cell: Cell, replication: int, seconds: float, worker_pid: int, payload: bytes) -> bool:
        """Keep a finished replication; replaces a failed row, never a done one. Returns whether it was written.

        Raises:
            JournalWriteError: the disk refuses; the journal is as it was before.
        """
        return self._record(ReplicationRow.done(cell, replication, seconds, worker_pid, payload))

    def record_failed(self, cell: Cell, replication: int, seconds: float, worker_pid: int, error: str) -> bool:
        """Keep a failed replication with its error; never replaces a done one. Returns whether it was written.

        Raises:
            JournalWriteError: the disk refuses; the journal is as it was before.
        """
        return self._record(ReplicationRow.failed(cell, replication, seconds, worker_pid, error))

    def held(self, cell_hash: str) -> dict[int, Status]:
        """The replications of a cell the journal holds, done or failed; quick, payloads are not read.

        Raises:
            JournalDamagedError: the file is damaged.
        """
        query = "SELECT replication, status FROM replications WHERE cell_hash = ? ORDER BY replication"
        with reading(self.path):
            return dict(self._connection.execute(query, (cell_hash,)).fetchall())

    def times(self) -> dict[tuple[str, int], tuple[float, Status]]:
        """Wall seconds and status of every replication by (cell hash, number); quick, payloads are not read.

        Raises:
            JournalDamagedError: the file is damaged.
        """
        query = "SELECT cell_hash, replication, seconds, status FROM replications ORDER BY cell_hash, replication"
        with reading(self.path):
            found = self._connection.execute(query).fetchall()
        return {(cell_hash, number): (seconds, status) for cell_hash, number, seconds, status in found}

    def rows(self, cell_hash: str, only: Sequence[int] | None = None) -> Iterator[ReplicationRow]:
        """The rows of a cell in the order of their replications, each checked against its SHA-256.

        Args:
            cell_hash: the cell.
            only: these replications alone, in this order; None for all.

        Raises:
            JournalDamagedError: a row is not what was written; names it.
        """
        query = (
            "SELECT cell_hash, replication, status, seed, seconds, worker_pid, error, payload, sha256"
            " FROM replications WHERE cell_hash = ?"
        )
        asked = [(cell_hash,)] if only is None else [(cell_hash, number) for number in only]
        query += " ORDER BY replication" if only is None else " AND replication = ?"
        with reading(self.path):
            for key in asked:
                for values in self._connection.execute(query, key):
                    yield ReplicationRow.checked(self.path, values)

    def payloads(self, cell_hash: str) -> Iterator[tuple[int, bytes]]:
        """(replication, payload) of the done replications of a cell, in order, each checked.

        Raises:
            JournalDamagedError: a row is not what was written; names it.
        """
        done = (row for row in self.rows(cell_hash) if row.status == "done")
        return ((row.replication, row.payload) for row in done if self._first is None or row.replication < self._first)

    def first(self, replications: int) -> Self:
        """This same journal, of which `payloads` gives the replications below that number only.

        For tables of a study that was cut short: what is done beyond the unbroken beginning 0, 1, 2... is there
        because it was quick, and would lean the answer.
        """
        beginning = copy.copy(self)
        beginning._first = replications
        return beginning

    def cells(self) -> list[CellRow]:
        """Every cell, in the order of its hash, each checked against it.

        Raises:
            JournalDamagedError: a cell is not what was written; names it.
        """
        with reading(self.path):
            found = self._connection.execute("SELECT * FROM cells ORDER BY cell_hash").fetchall()
        cells = []
        for cell_hash, label, seed, description in found:
            if hash_of_cell(seed, description) != cell_hash:
                raise JournalDamagedError(self.path, f"the cell {cell_hash!r}")
            cells.append(CellRow(cell_hash, str(label), int(seed), description))
        return cells

    def verify(self) -> int:
        """Check every page, cell and row; returns the number of rows. Worth its time before a report is written.

        Raises:
            JournalDamagedError: names the first thing that is damaged.
        """
        with reading(self.path):
            check_pages(self.path, self._connection)
            orphans = self._connection.execute("PRAGMA foreign_key_check").fetchall()
        if orphans:
            raise JournalDamagedError(self.path, "a row whose cell is missing")
        return sum(1 for cell in self.cells() for _ in self.rows(cell.cell_hash))

    def digest(self) -> str:
        """SHA-256 over all done payloads in the order of (cell, replication): equal if and only if the results are."""
        digest = hashlib.sha256()
        for cell in self.cells():
            for replication, payload in self.payloads(cell.cell_hash):
                digest.update(f"{cell.cell_hash} {replication} {len(payload)}\n".encode())
                digest.update(payload)
        return digest.hexdigest()

    def refuse_conflict(self, other: "Journal") -> None:
        """Compare what both journals hold.

        Raises:
            JournalConflictError: they hold different results for one replication, named.
            JournalDamagedError: a row is not what was written.
        """
        labels = {cell.cell_hash: cell.label for cell in self.cells()}
        for cell in other.cells():
            if cell.cell_hash in labels:
                own = {number: hashlib.sha256(payload).digest() for number, payload in self.payloads(cell.cell_hash)}
                for number, payload in other.payloads(cell.cell_hash):
                    if own.get(number) not in (None, hashlib.sha256(payload).digest()):
                        raise JournalConflictError(self.path, other.path, number, cell.label)

    def merge_from(self, other: "Journal") -> int:
        """Take over what another journal (a shard run elsewhere) holds; returns the number of rows taken.

        Raises:
            JournalConflictError: both hold the same replication with different results.
            JournalDamagedError: a row of the other is damaged.
            JournalWriteError: the disk refuses.
        """
        self.refuse_conflict(other)
        taken = 0
        for cell in other.cells():
            self.add_cell(Cell(cell.label, cell.description, cell.seed, None))
            own = self.held(cell.cell_hash)
            for row in other.rows(cell.cell_hash):
                mine = own.get(row.replication)
                if mine is None or (mine == "failed" and row.status == "done"):
                    taken += self._record(row)
        return taken

    def close(self) -> None:
        """Fold the write-ahead log into the one file, which can then be read from any medium, and free the folder."""
        if self._lock is not None:
            with suppress(sqlite3.Error):  # a reader is at work or the disk is full: the log stays, nothing is lost
                self._connection.execute("PRAGMA journal_mode = DELETE")
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def _record(self, row: ReplicationRow) -> bool:
        statement = (
            "INSERT INTO replications (cell_hash, replication, status, seed, seconds, worker_pid, error, payload,"
            " sha256) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (cell_hash, replication) DO UPDATE SET"
            " status = excluded.status, seed = excluded.seed, seconds = excluded.seconds,"
            " worker_pid = excluded.worker_pid, error = excluded.error, payload = excluded.payload,"
            " sha256 = excluded.sha256 WHERE replications.status = 'failed'"
        )
        with writing(self.path):
            return self._connection.execute(statement, row.values()).rowcount > 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
