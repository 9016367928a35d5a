"""The SQLite file behind a journal: its one schema, how it is opened, and what its errors mean in plain words."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sim.results.atomic_files import FileWriteError
from sim.studies.journal_row import JournalDamagedError

JOURNAL_FILE = "runs.sqlite"
SCHEMA_VERSION = 1
_APPLICATION_ID = 0x4C54484A
_SCHEMA = {  # WITHOUT ROWID: no index apart from the rows, whose damage could hide one
    "cells": (
        "CREATE TABLE cells (cell_hash TEXT PRIMARY KEY, label TEXT NOT NULL, seed TEXT NOT NULL,"
        " description TEXT NOT NULL) WITHOUT ROWID"
    ),
    "replications": (
        "CREATE TABLE replications (cell_hash TEXT NOT NULL REFERENCES cells, replication INTEGER NOT NULL,"
        " status TEXT NOT NULL CHECK (status IN ('done', 'failed')), seed TEXT NOT NULL, seconds REAL NOT NULL,"
        " worker_pid INTEGER NOT NULL, error TEXT NOT NULL, payload BLOB NOT NULL, sha256 TEXT NOT NULL,"
        " PRIMARY KEY (cell_hash, replication)) WITHOUT ROWID"
    ),
}
_PLAIN = {
    "SQLITE_FULL": "the disk is full",
    "SQLITE_READONLY": "the disk or the file is read-only",
    "SQLITE_PERM": "permission is denied",
    "SQLITE_IOERR": "the disk reports an input/output error or a size limit",
    "SQLITE_CANTOPEN": "it cannot be opened or made",
    "SQLITE_BUSY": "another program keeps it locked",
    "SQLITE_LOCKED": "another program keeps it locked",
}


class JournalWriteError(FileWriteError):
    """The disk refused a row; all rows acknowledged before stand, and the run can be taken up again."""


class JournalUnreadableError(Exception):
    """There is no journal in the folder, nothing in it yet, or the disk does not let it be read.

    Attributes:
        path: the journal.
        reason: a plain sentence part.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


class JournalVersionError(Exception):
    """The journal was written by another version of the program, whose rows may mean something else; left untouched.

    Attributes:
        path: the journal.
        found: its schema version.
        newer: whether the program that wrote it is newer than this one.
    """

    def __init__(self, path: Path, found: int) -> None:
        self.path = path
        self.found = found
        self.newer = found > SCHEMA_VERSION
        age = "a newer" if self.newer else "an older"
        super().__init__(
            f"{path}: written by {age} version of lienthong (schema {found}, this one reads {SCHEMA_VERSION});"
            " use that version, or run into another folder; nothing was changed"
        )

    def __reduce__(self) -> tuple[type["JournalVersionError"], tuple[Path, int]]:
        """Pickle by its parts, not by the sentence."""
        return type(self), (self.path, self.found)


def open_to_write(path: Path) -> sqlite3.Connection:
    """Open the file, or begin it, with every commit forced to disk; all its pages are looked at first.

    Raises:
        JournalDamagedError: damaged, or not a journal of this program.
        JournalVersionError: of an older or newer version.
        JournalWriteError: the disk refuses.
    """
    with writing(path):
        connection = _connected(path, "rwc")
        try:
            check_pages(path, connection)
            if _names(connection):
                _check_schema(path, connection)  # first of all: what is not ours is left as it is
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            if not _names(connection):
                _begin(connection)
            _check_schema(path, connection)
        except BaseException:
            connection.close()
            raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """Open the file read-only, also while its writer works.

    Raises:
        JournalDamagedError: damaged, or not a journal of this program.
        JournalVersionError: of an older or newer version.
        JournalUnreadableError: there is none, its writer has not begun it, or the disk refuses.
    """
    if not path.is_file():
        raise JournalUnreadableError(path, "there is no journal here")
    with reading(path):
        connection = _connected(path, "ro")
        try:
            _refuse_empty(path, connection)
            _check_schema(path, connection)
        except BaseException:
            connection.close()
            raise
    return connection


def check_pages(path: Path, connection: sqlite3.Connection) -> None:
    """Let SQLite look at every page.

    Raises:
        JournalDamagedError: with SQLite's first complaint.
    """
    complaint = connection.execute("PRAGMA integrity_check(1)").fetchone()
    if complaint is None or complaint[0] != "ok":
        raise JournalDamagedError(path, f"its pages: {complaint and complaint[0]}")


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    if path.is_symlink():
        raise JournalDamagedError(path, "the file is a symbolic link, which is not followed")
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _begin(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in _SCHEMA.values():
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _names(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master")]


def _refuse_empty(path: Path, connection: sqlite3.Connection) -> None:
    if not _names(connection):
        raise JournalUnreadableError(path, "nothing has been written in it yet")


def _check_schema(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file that is not exactly a journal: a view or trigger planted in it would run while we read."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    found = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"))
    if application == _APPLICATION_ID and version != SCHEMA_VERSION:
        raise JournalVersionError(path, int(version))
    if application != _APPLICATION_ID or found != _SCHEMA:
        raise JournalDamagedError(path, "its schema is not that of a journal of lienthong")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn SQLite's errors while writing into JournalWriteError or JournalDamagedError."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", "")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            raise JournalDamagedError(path, f"its pages: {error}") from error
        reason = _plain(error)
        if reason is None:
            raise
        raise JournalWriteError(path, reason) from error


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn SQLite's errors while reading into JournalUnreadableError or JournalDamagedError."""
    try:
        yield
    except (sqlite3.ProgrammingError, sqlite3.InterfaceError):
        raise
    except sqlite3.DatabaseError as error:
        reason = _plain(error)
        if reason is None:
            raise JournalDamagedError(path, f"its pages: {error}") from error
        raise JournalUnreadableError(path, reason) from error


def _plain(error: sqlite3.Error) -> str | None:
    name = getattr(error, "sqlite_errorname", "")
    return next((text for start, text in _PLAIN.items() if name.startswith(start)), None)
