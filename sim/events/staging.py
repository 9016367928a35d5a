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
    agency_id TEXT, drafted TEXT, sealed INTEGER, end_state TEXT) WITHOUT ROWID;
CREATE TABLE deliveries (
    id TEXT PRIMARY KEY, document_id TEXT, sender_id TEXT, recipient_id TEXT, channel TEXT, cause TEXT,
    size_bytes INTEGER, end_state TEXT) WITHOUT ROWID;
CREATE TABLE copies (id TEXT PRIMARY KEY, delivery_id TEXT, end_state TEXT) WITHOUT ROWID;
CREATE TABLE signatures (
    id TEXT PRIMARY KEY, document_id TEXT, kind TEXT, post_id TEXT, agency_id TEXT, fault TEXT) WITHOUT ROWID;
CREATE TABLE dossiers (
    id TEXT PRIMARY KEY, procedure TEXT, filed TEXT, intake_id TEXT, district_id TEXT, received_ms INTEGER,
    due_ms INTEGER, end_state TEXT) WITHOUT ROWID;
CREATE TABLE answers (document_id TEXT PRIMARY KEY, delivery_id TEXT) WITHOUT ROWID;
CREATE TABLE agencies (id TEXT PRIMARY KEY, name TEXT, tier TEXT, parent_id TEXT, staff INTEGER, level INTEGER);
CREATE TABLE levels (agency_id TEXT, time_ms INTEGER, level INTEGER);
CREATE TABLE posts (id TEXT PRIMARY KEY, kind TEXT, agency_id TEXT, places INTEGER);
CREATE TABLE lines (id TEXT PRIMARY KEY, kind TEXT, agency_id TEXT);
"""
_WAYS = {
    "documents": "ON CONFLICT (id) DO UPDATE SET drafted = excluded.drafted, sealed = excluded.sealed,"
    " end_state = excluded.end_state",
    "deliveries": "ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, cause = excluded.cause,"
    " size_bytes = excluded.size_bytes, end_state = excluded.end_state",
    "copies": "ON CONFLICT (id) DO UPDATE SET end_state = excluded.end_state",
    "dossiers": "ON CONFLICT (id) DO UPDATE SET received_ms = excluded.received_ms, due_ms = excluded.due_ms,"
    " end_state = excluded.end_state",
}
"""What a table does with a row of a thing that it knows: later rows say how the thing stands; else the first stays."""


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
    """A log being gathered. Close it, or leave its `with` block, to let go of the file."""

    def __init__(self, path: Path) -> None:
        """Begin an empty one in a new file."""
        self.connection = sqlite3.connect(path)
        self.connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        self._events: list[Happening] = []
        self._rows: dict[tuple[str, bool], list[tuple[object, ...]]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def event(self, happening: Happening) -> None:
        """Something happened."""
        self._events.append(happening)
        if len(self._events) >= BATCH:
            self.flush()

    def thing(self, table: str, *values: object, known: bool = False) -> None:
        """How a thing stands: a row of one of the tables of objects; `known`: only if nothing is known of it yet."""
        self._rows.setdefault((table, known), []).append(values)

    def flush(self) -> None:
        """Put what is gathered on disk."""
        if self._events:
            places = ", ".join("?" * len(Happening._fields))
            self.connection.executemany(f"INSERT INTO raw VALUES (NULL, {places})", self._events)
            self._events.clear()
        for (table, known), rows in self._rows.items():
            places = ", ".join("?" * len(rows[0]))
            way = "ON CONFLICT DO NOTHING" if known else _WAYS.get(table, "ON CONFLICT DO NOTHING")
            self.connection.executemany(f"INSERT INTO {table} VALUES ({places}) {way}", rows)
        self._rows.clear()

    def finish(self) -> None:
        """All is gathered: number the events in order of time, those of one moment in the order they came."""
        self.flush()
        self.connection.executescript(
            "CREATE TABLE log AS SELECT row_number() OVER (ORDER BY time_ms, number) AS position, * FROM raw"
            " ORDER BY time_ms, number; CREATE INDEX by_case ON log (case_type, case_id, position);"
            " CREATE INDEX by_code ON log (code); DROP TABLE raw;"
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
