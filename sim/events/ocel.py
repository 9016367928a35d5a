"""The log as OCEL 2.0 (www.ocel-standard.org) in its SQLite form.

Of the standard's three forms this one is written and read piece by piece; JSON and XML must be held whole. Activities
and kinds of object have their names in the language asked for; the tables are named by codes, which stay.
"""

from __future__ import annotations

from pathlib import Path

from sim.engine.clock import SECOND_MS
from sim.events.activities import ACTIVITIES, OBJECTS, QUALIFIERS
from sim.events.flat import Moment
from sim.events.staging import CHANGING, Staging
from sim.results.words import Lang

_TYPELESS = """
CREATE TABLE ocel.event_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE ocel.object_map_type (ocel_type TEXT PRIMARY KEY, ocel_type_map TEXT);
CREATE TABLE ocel.event (
    ocel_id TEXT PRIMARY KEY, ocel_type TEXT, FOREIGN KEY (ocel_type) REFERENCES event_map_type (ocel_type))
    WITHOUT ROWID;
CREATE TABLE ocel.object (
    ocel_id TEXT PRIMARY KEY, ocel_type TEXT, FOREIGN KEY (ocel_type) REFERENCES object_map_type (ocel_type))
    WITHOUT ROWID;
CREATE TABLE ocel.event_object (
    ocel_event_id TEXT, ocel_object_id TEXT, ocel_qualifier TEXT,
    PRIMARY KEY (ocel_event_id, ocel_object_id, ocel_qualifier),
    FOREIGN KEY (ocel_event_id) REFERENCES event (ocel_id), FOREIGN KEY (ocel_object_id) REFERENCES object (ocel_id))
    WITHOUT ROWID;
CREATE TABLE ocel.object_object (
    ocel_source_id TEXT, ocel_target_id TEXT, ocel_qualifier TEXT,
    PRIMARY KEY (ocel_source_id, ocel_target_id, ocel_qualifier),
    FOREIGN KEY (ocel_source_id) REFERENCES object (ocel_id), FOREIGN KEY (ocel_target_id) REFERENCES object (ocel_id))
    WITHOUT ROWID;
"""
_OF_AN_EVENT = (
    ("queued", "TIMESTAMP", "moment(queued_ms)"),
    ("started", "TIMESTAMP", "moment(started_ms)"),
    ("waited_seconds", "REAL", f"(started_ms - queued_ms) / {SECOND_MS}.0"),
    ("took_seconds", "REAL", f"(time_ms - started_ms) / {SECOND_MS}.0"),
    ("attempt", "INTEGER", "attempt"),
    ("channel", "TEXT", "channel"),
    ("outcome", "TEXT", "outcome"),
    ("size_bytes", "INTEGER", "size_bytes"),
)
_OF_AN_OBJECT = {
    "document": (
        "documents",
        (
            ("kind", "TEXT", "kind"),
            ("urgency", "TEXT", "urgency"),
            ("secret", "BOOLEAN", "secret"),
            ("never_electronic", "BOOLEAN", "never_electronic"),
            ("pages", "INTEGER", "pages"),
            ("drafted", "TEXT", "drafted"),
            ("sealed", "BOOLEAN", "sealed"),
            ("state", "TEXT", "state"),
        ),
    ),
    "delivery": (
        "deliveries",
        (
            ("channel", "TEXT", "channel"),
            ("cause", "TEXT", "cause"),
            ("size_bytes", "INTEGER", "size_bytes"),
            ("state", "TEXT", "state"),
        ),
    ),
    "paper_copy": ("copies", (("state", "TEXT", "state"),)),
    "signature": ("signatures", (("kind", "TEXT", "kind"), ("fault", "TEXT", "fault"))),
    "dossier": (
        "dossiers",
        (
            ("procedure", "TEXT", "procedure"),
            ("filed", "TEXT", "filed"),
            ("home", "TEXT", "district_id"),
            ("received", "TIMESTAMP", "received_ms"),
            ("due", "TIMESTAMP", "due_ms"),
            ("state", "TEXT", "state"),
        ),
    ),
    "agency": (
        "agencies",
        (
            ("name", "TEXT", "name"),
            ("tier", "TEXT", "tier"),
            ("staff_persons", "INTEGER", "staff"),
            ("eoffice_level", "INTEGER", "level"),
        ),
    ),
    "post": ("posts", (("kind", "TEXT", "kind"), ("places", "INTEGER", "places"))),
    "line": ("lines", (("kind", "TEXT", "kind"),)),
}
"""Each kind of object: the table it is gathered in, and its attributes: name, type, column of that table."""
_TAKE_PART = {
    "document_id": "document",
    "delivery_id": "delivery",
    "copy_id": "paper_copy",
    "dossier_id": "dossier",
    "signature_id": "signature",
    "agency_id": "place",
    "sender_id": "sender",
    "recipient_id": "recipient",
    "post_id": "post",
    "line_id": "line",
}
"""Columns of an event that name an object, and how that takes part."""
_ISSUED = {
    "delivery": "SELECT 'e' || position, d.id FROM log JOIN deliveries d USING (document_id) WHERE code = 'issued'",
    "paper_copy": "SELECT 'e' || position, c.id FROM log JOIN deliveries d USING (document_id)"
    " JOIN copies c ON c.delivery_id = d.id WHERE code = 'issued'",
}
"""What comes into being as a document is issued takes part in that."""
_RELATIONS = {
    "delivers": "SELECT id, document_id FROM deliveries",
    "from": "SELECT id, sender_id FROM deliveries",
    "to": "SELECT id, recipient_id FROM deliveries",
    "copy_of": "SELECT id, delivery_id FROM copies",
    "issued_by": "SELECT id, agency_id FROM documents",
    "answers": "SELECT document_id, delivery_id FROM answers",
    "signs": "SELECT id, document_id FROM signatures",
    "made_by": "SELECT id, coalesce(post_id, agency_id) FROM signatures",
    "filed_at": "SELECT id, intake_id FROM dossiers",
    "belongs_to": "SELECT id, agency_id FROM posts UNION SELECT id, agency_id FROM lines WHERE agency_id IS NOT NULL",
    "under": "SELECT id, parent_id FROM agencies WHERE parent_id IS NOT NULL",
}
"""How objects stand to one another, source first."""
_FROM_THE_BEGINNING = "1970-01-01T00:00:00.000+00:00"
"""When the standard dates the values that objects have from the first and keep."""


def write_ocel(staging: Staging, path: Path, moment: Moment, lang: Lang) -> None:
    """Write a finished log into a new file. Raises sqlite3.Error."""
    connection = staging.connection
    connection.create_function("moment", 1, lambda ms: None if ms is None else moment(ms), deterministic=True)
    connection.commit()
    connection.execute("ATTACH DATABASE ? AS ocel", (str(path),))
    connection.executescript("PRAGMA ocel.journal_mode = OFF; PRAGMA ocel.synchronous = OFF;" + _TYPELESS)
    connection.executescript("CREATE INDEX IF NOT EXISTS by_document ON deliveries (document_id);")
    for table, names in (("event", ACTIVITIES), ("object", OBJECTS)):
        titles = [(words.text(lang), code) for code, words in names.items()]
        connection.executemany(f"INSERT INTO ocel.{table}_map_type VALUES (?, ?)", titles)
    _write_objects(staging)
    _write_events(staging)
    _write_relations(staging, lang)
    connection.commit()
    connection.execute("DETACH DATABASE ocel")


def _write_objects(staging: Staging) -> None:
    """Objects with what they are from the first, then what changed of them and when, the first value included."""
    connection = staging.connection
    for code, (table, attributes) in _OF_AN_OBJECT.items():
        columns = ", ".join(f"{name} {kind}" for name, kind, _ in attributes)
        connection.execute(
            f"CREATE TABLE ocel.object_{code} (ocel_id TEXT, ocel_time TIMESTAMP, ocel_changed_field TEXT, {columns},"
            " FOREIGN KEY (ocel_id) REFERENCES object (ocel_id))"
        )
        connection.execute(
            f"INSERT INTO ocel.object SELECT id, ocel_type FROM {table}, ocel.object_map_type WHERE ocel_type_map = ?",
            (code,),
        )
        changing = CHANGING.get(table, ())
        lasting = [(name, column) for name, _, column in attributes if column not in changing]
        names = ", ".join(["ocel_id", "ocel_time", *(name for name, _ in lasting)])
        sources = ", ".join(["id", "?", *(column for _, column in lasting)])
        connection.execute(
            f"INSERT INTO ocel.object_{code} ({names}) SELECT {sources} FROM {table}", (_FROM_THE_BEGINNING,)
        )
        for name, kind, column in attributes:
            if column in changing:
                value = "moment(value)" if kind == "TIMESTAMP" else "value"
                connection.execute(
                    f"INSERT INTO ocel.object_{code} (ocel_id, ocel_time, ocel_changed_field, {name})"
                    f" SELECT id, moment(time_ms), ?, {value} FROM changes"
                    f" WHERE source = ? AND field = ? AND id IN (SELECT id FROM {table}) ORDER BY changes.rowid",
                    (name, table, column),
                )


def _write_events(staging: Staging) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind, _ in _OF_AN_EVENT)
    sources = ", ".join(source for _, _, source in _OF_AN_EVENT)
    staging.connection.execute(
        "INSERT INTO ocel.event SELECT 'e' || position, ocel_type FROM log"
        " JOIN ocel.event_map_type ON ocel_type_map = code ORDER BY position"
    )
    for code in ACTIVITIES:
        staging.connection.execute(
            f"CREATE TABLE ocel.event_{code} (ocel_id TEXT PRIMARY KEY, ocel_time TIMESTAMP, {columns},"
            " FOREIGN KEY (ocel_id) REFERENCES event (ocel_id)) WITHOUT ROWID"
        )
        staging.connection.execute(
            f"INSERT INTO ocel.event_{code} SELECT 'e' || position, moment(time_ms), {sources} FROM log"
            " WHERE code = ? ORDER BY position",
            (code,),
        )


def _write_relations(staging: Staging, lang: Lang) -> None:
    """Who takes part in what, and how things stand to one another; never with a thing that is not in the log."""
    for column, part in _TAKE_PART.items():
        select = f"SELECT 'e' || position, {column} FROM log"
        _relate(staging, "event_object", "ocel.event", select, QUALIFIERS[part].text(lang))
    for part, select in _ISSUED.items():
        _relate(staging, "event_object", "ocel.event", select, QUALIFIERS[part].text(lang))
    for part, select in _RELATIONS.items():
        _relate(staging, "object_object", "ocel.object", select, QUALIFIERS[part].text(lang))


def _relate(staging: Staging, table: str, sources: str, select: str, qualifier: str) -> None:
    """Write pairs that are both in the log; asked one by one, lest the planner walk through all pairs of objects."""
    staging.connection.execute(
        f"INSERT OR IGNORE INTO ocel.{table} WITH pairs (source, target) AS ({select})"
        f" SELECT source, target, ? FROM pairs WHERE EXISTS (SELECT 1 FROM {sources} WHERE ocel_id = source)"
        " AND EXISTS (SELECT 1 FROM ocel.object WHERE ocel_id = target)",
        (qualifier,),
    )
