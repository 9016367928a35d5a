"""Where a log gathers while a replication runs: a database on disk, so that memory does not grow with the horizon."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

BATCH = 5_000

_SCHEMA = """
CREATE TABLE raw (
    number INTEGER PRIMARY KEY, time_ms INTEGER, code TEXT, case_type TEXT, case_id TEXT, document_id TEXT,
    delivery_id TEXT, copy_id TEXT, dossier_id TEXT, agency_id TEXT, post_id TEXT, line_id TEXT, sender_id TEXT,
    recipient_id TEXT, signature_id TEXT, queued_ms INTEGER, started_ms INTEGER, attempt INTEGER, channel TEXT,
    outcome TEXT, size_bytes INTEGER);
CREATE TABLE documents (
    id TEXT PRIMARY KEY, kind TEXT, urgency TEXT, secret INTEGER, never_electronic INTEGER, pages INTEGER,
    agency_id TEXT, drafted TEXT, sealed INTEGER, state TEXT, noted_ms INTEGER) WITHOUT ROWID;
CREATE TABLE deliveries (
    id TEXT PRIMARY KEY, document_id TEXT, sender_id TEXT, recipient_id TEXT, channel TEXT, cause TEXT,
    size_bytes INTEGER, state TEXT, noted_ms INTEGER) WITHOUT ROWID;
CREATE TABLE copies (id TEXT PRIMARY KEY, delivery_id TEXT, state TEXT, noted_ms INTEGER) WITHOUT ROWID;
CREATE TABLE signatures (
    id TEXT PRIMARY KEY, document_id TEXT, kind TEXT, post_id TEXT, agency_id TEXT, fault TEXT) WITHOUT ROWID;
CREATE TABLE dossiers (
    id TEXT PRIMARY KEY, procedure TEXT, filed TEXT, intake_id TEXT, district_id TEXT, received_ms INTEGER,
    due_ms INTEGER, state TEXT, noted_ms INTEGER) WITHOUT ROWID;
CREATE TABLE answers (document_id TEXT PRIMARY KEY, delivery_id TEXT) WITHOUT ROWID;
CREATE TABLE agencies (
    id TEXT PRIMARY KEY, name TEXT, tier TEXT, parent_id TEXT, staff INTEGER, level INTEGER, noted_ms INTEGER);
CREATE TABLE posts (id TEXT PRIMARY KEY, kind TEXT, agency_id TEXT, places INTEGER, noted_ms INTEGER);
CREATE TABLE lines (id TEXT PRIMARY KEY, kind TEXT, agency_id TEXT);
CREATE TABLE under_way (case_id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE changes (source TEXT, id TEXT, time_ms INTEGER, field TEXT, value);
"""
CHANGING = {
    "documents": ("drafted", "sealed", "state"),
    "deliveries": ("channel", "cause", "size_bytes", "state"),
    "copies": ("state",),
    "dossiers": ("received_ms", "due_ms", "state"),
    "agencies": ("level",),
    "posts": ("places",),
}
"""Columns that change with time, by table: each value is kept in `changes` with when it was first noted."""
_KEPT = """
CREATE TABLE kept (id TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO kept WITH RECURSIVE found (id) AS (
    SELECT case_id FROM log UNION SELECT case_id FROM under_way UNION
    SELECT deliveries.document_id FROM found JOIN answers ON answers.document_id = found.id
        JOIN deliveries ON deliveries.id = answers.delivery_id)
    SELECT id FROM found;
DELETE FROM documents WHERE id NOT IN (SELECT id FROM kept);
DELETE FROM deliveries WHERE document_id NOT IN (SELECT id FROM kept);
DELETE FROM copies WHERE delivery_id NOT IN (SELECT id FROM deliveries);
DELETE FROM signatures WHERE document_id NOT IN (SELECT id FROM kept);
DELETE FROM dossiers WHERE id NOT IN (SELECT id FROM kept);
"""
"""Cases of which something happened in the window or which are under way at its end, and what they answer: whole."""


def _follows(table: str, field: str) -> str:
    """Triggers that keep what a column says, from when on."""
    keeps = f"BEGIN INSERT INTO changes VALUES ('{table}', new.id, new.noted_ms, '{field}', new.{field}); END;"
    first = f"CREATE TRIGGER first_{table}_{field} AFTER INSERT ON {table} WHEN new.{field} IS NOT NULL {keeps}"
    differs = f"new.{field} IS NOT NULL AND new.{field} IS NOT old.{field}"
    return f"{first} CREATE TRIGGER next_{table}_{field} AFTER UPDATE ON {table} WHEN {differs} {keeps}"


def _way(table: str) -> str:
    """What a table does with a row of a thing it knows: later rows say how the thing stands; else the first stays."""
    if table not in CHANGING:
        return "ON CONFLICT DO NOTHING"
    fields = ", ".join(f"{field} = excluded.{field}" for field in (*CHANGING[table], "noted_ms"))
    return f"ON CONFLICT (id) DO UPDATE SET {fields} WHERE ?"


@dataclass(frozen=True)
class Window:
    """The part of simulated time that is recorded, in milliseconds: from the first to before the second."""

    from_ms: int
    until_ms: int

    def holds(self, time_ms: int) -> bool:
        """Is this moment inside?"""
        return self.from_ms <= time_ms < self.until_ms


class Happening(NamedTuple):
    """One event as it is gathered; see `sim.results.event_tables.EventRow`. Times in simulated milliseconds."""

    time_ms: int
    code: str
    case_type: str
    case_id: str
    document_id: str | None = None
    delivery_id: str | None = None
    copy_id: str | None = None
    dossier_id: str | None = None
    agency_id: str | None = None
    post_id: str | None = None
    line_id: str | None = None
    sender_id: str | None = None
    recipient_id: str | None = None
    signature_id: str | None = None
    queued_ms: int = 0
    started_ms: int = 0
    attempt: int = 1
    channel: str | None = None
    outcome: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True)
class Numbered:
    """An event of the finished log with its number, in order of time."""

    number: int
    happening: Happening


class Staging:
    """A log being gathered. Close it, or leave its `with` block, to let go of the file.

    Attributes:
        window: what happens outside it is no event of the log; how things stood before it is kept all the same.
    """

    def __init__(self, path: Path) -> None:
        """Begin an empty one in a new file."""
        self.connection = sqlite3.connect(path)
        self.connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        triggers = (_follows(table, field) for table, fields in CHANGING.items() for field in fields)
        self.connection.executescript(" ".join(triggers))
        self.window: Window | None = None
        self._events: list[Happening] = []
        self._rows: dict[str, list[tuple[object, ...]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def event(self, happening: Happening) -> None:
        """Something happened; left out if that was outside the window."""
        if self.window is not None and not self.window.holds(happening.time_ms):
            return
        self._events.append(happening)
        if len(self._events) >= BATCH:
            self.flush()

    def thing(self, table: str, *values: object, known: bool = False) -> None:
        """How a thing stands: a row of one of the tables of objects; `known`: only if nothing is known of it yet."""
        rows = self._rows.setdefault(table, [])
        rows.append((*values, not known) if table in CHANGING else values)
        if len(rows) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Put what is gathered on disk."""
        if self._events:
            places = ", ".join("?" * len(Happening._fields))
            self.connection.executemany(f"INSERT INTO raw VALUES (NULL, {places})", self._events)
            self._events.clear()
        for table, rows in self._rows.items():
            places = ", ".join("?" * (len(rows[0]) - (table in CHANGING)))
            self.connection.executemany(f"INSERT INTO {table} VALUES ({places}) {_way(table)}", rows)
        self._rows.clear()

    def finish(self) -> None:
        """All is gathered: number the events in order of time, those of one moment in the order they came.

        Cases of which nothing happened in the window, which are over and which nothing in it answers, are let go.
        """
        self.flush()
        self.connection.executescript(
            "CREATE TABLE log AS SELECT row_number() OVER (ORDER BY time_ms, number) AS position, * FROM raw"
            " ORDER BY time_ms, number; CREATE INDEX by_case ON log (case_type, case_id, position);"
            " CREATE INDEX by_code ON log (code); DROP TABLE raw; CREATE INDEX by_field ON changes (source, field);"
            + _KEPT
        )

    def events(self, order: str = "position") -> Iterator[Numbered]:
        """The numbered events, in order of time or of the columns named."""
        names = ", ".join(Happening._fields)
        rows = self.connection.execute(f"SELECT position, {names} FROM log ORDER BY {order}")
        return (Numbered(position, Happening(*values)) for position, *values in rows)

    def count(self, table: str) -> int:
        """How many rows a table has."""
        found: int = self.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return found
