"""The OCEL 2.0 file keeps to the standard's rules, and pm4py reads out of it what was put in."""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from recorded import Log

from sim.events.activities import ACTIVITIES, OBJECTS, QUALIFIERS
from sim.events.ocel import write_ocel
from sim.events.xes import write_xes

COUNTED = {"document": "documents", "delivery": "deliveries", "dossier": "dossiers", "signature": "signatures"}


@pytest.fixture(scope="module")
def file(log: Log, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(tmp_path_factory.mktemp("ocel")) / "log.sqlite"
    write_ocel(log.staging, path, log.moment, "en")
    return path


@pytest.fixture(scope="module")
def database(file: Path) -> Any:
    connection = sqlite3.connect(file)
    yield connection
    connection.close()


def ids(database: sqlite3.Connection, query: str) -> set[str]:
    return {name for (name,) in database.execute(query)}


def test_its_tables_are_those_of_the_standard(database: sqlite3.Connection) -> None:
    """https://www.ocel-standard.org/specification/formats/sqlite: six tables, and one for each type."""
    tables = ids(database, "SELECT name FROM sqlite_master WHERE type = 'table'")
    typed = {f"event_{code}" for code in ACTIVITIES} | {f"object_{code}" for code in OBJECTS}
    alike = {"event", "object", "event_object", "object_object", "event_map_type", "object_map_type"}
    assert tables == typed | alike
    assert dict(database.execute("SELECT ocel_type_map, ocel_type FROM event_map_type")) == {
        code: words.en for code, words in ACTIVITIES.items()
    }
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    allowed = {"TEXT", "TIMESTAMP", "INTEGER", "REAL", "BOOLEAN"}
    for table in typed:
        columns = {name: kind for _, name, kind, *_ in database.execute(f"PRAGMA table_info({table})")}
        assert columns["ocel_time"] == "TIMESTAMP"
        assert set(columns.values()) <= allowed
        assert ("ocel_changed_field" in columns) is table.startswith("object_")


def test_every_event_and_object_has_its_row_and_its_company(log: Log, database: sqlite3.Connection) -> None:
    for kind, codes in (("event", ACTIVITIES), ("object", OBJECTS)):
        everything = ids(database, f"SELECT ocel_id FROM {kind}")
        rows: list[str] = []
        for code in codes:
            of_type = database.execute(
                f"SELECT ocel_id FROM {kind} JOIN {kind}_map_type USING (ocel_type) WHERE ocel_type_map = ?", (code,)
            ).fetchall()
            first = " WHERE ocel_changed_field IS NULL" if kind == "object" else ""
            detailed = database.execute(f"SELECT ocel_id FROM {kind}_{code}{first}").fetchall()
            assert sorted(of_type) == sorted(detailed), code
            rows += [name for (name,) in detailed]
        assert len(rows) == len(set(rows)) == len(everything)
    alone = "SELECT ocel_id FROM event EXCEPT SELECT ocel_event_id FROM event_object"
    assert ids(database, alone) == set()
    cases = (
        "SELECT ocel_id FROM object WHERE ocel_type IN ('document', 'delivery', 'paper copy', 'dossier', 'signature')"
    )
    assert ids(database, f"{cases} EXCEPT SELECT ocel_object_id FROM event_object") == set()
    assert len(log.rows) == len(ids(database, "SELECT ocel_id FROM event"))
    qualifiers = ids(database, "SELECT ocel_qualifier FROM event_object UNION SELECT ocel_qualifier FROM object_object")
    assert qualifiers == {words.en for words in QUALIFIERS.values()}


def history(database: sqlite3.Connection, code: str, field: str) -> dict[str, list[tuple[str, object]]]:
    """When which value of a field was noted, by object."""
    query = f"SELECT ocel_id, ocel_time, {field} FROM object_{code} WHERE ocel_changed_field = ? ORDER BY rowid"
    told: dict[str, list[tuple[str, object]]] = {}
    for name, time, value in database.execute(query, (field,)):
        told.setdefault(name, []).append((time, value))
    return told


def test_what_changes_is_dated_when_it_changed(log: Log, database: sqlite3.Connection) -> None:
    """Only what lasts is dated as the standard dates what was so from the first."""
    for code, column, kind, states in (
        ("issued", "document_id", "document", {"issued"}),
        ("result_ready", "dossier_id", "dossier", {"in_time", "late", "returned"}),
        ("handled", "delivery_id", "delivery", {"handled"}),
    ):
        query = f"SELECT {column}, time_ms FROM log WHERE code = ? AND {column} IS NOT NULL"
        happened = {name: log.moment(ms) for name, ms in log.staging.connection.execute(query, (code,))}
        told = history(database, kind, "state")
        dated = {name: time for name in happened for time, value in told[name] if value in states}
        assert dated == happened
    for kind, field in (("document", "state"), ("delivery", "state"), ("delivery", "channel"), ("post", "places")):
        told = history(database, kind, field)
        assert max(map(len, told.values())) > 1, (kind, field)
        for values in told.values():
            assert [time for time, _ in values] == sorted(time for time, _ in values)
            assert all(before[1] != after[1] for before, after in pairwise(values))
            assert all("2019-0" in time and time.endswith("+07:00") for time, _ in values)
    first = "SELECT state, channel FROM object_delivery WHERE ocel_changed_field IS NULL GROUP BY state, channel"
    assert database.execute(first).fetchall() == [(None, None)]


def test_places_of_posts_are_those_of_the_day(log: Log, database: sqlite3.Connection) -> None:
    """Helpers and overtime among them."""
    told = history(database, "post", "places")
    assert told.keys() == ids(database, "SELECT ocel_id FROM object WHERE ocel_type = 'post'")
    assert max(map(len, told.values())) > 1
    last = {name: values[-1][1] for name, values in told.items()}
    assert last == dict(log.ask("SELECT id, places FROM posts"))


def test_names_are_those_of_the_language(log: Log, tmp_path: Path) -> None:
    write_ocel(log.staging, tmp_path / "log.sqlite", log.moment, "vi")
    connection = sqlite3.connect(tmp_path / "log.sqlite")
    assert ids(connection, "SELECT ocel_type FROM object") == {words.vi for words in OBJECTS.values()}
    assert ids(connection, "SELECT ocel_type FROM event") <= {words.vi for words in ACTIVITIES.values()}
    connection.close()


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_pm4py_reads_it(log: Log, file: Path, tmp_path: Path) -> None:
    import pm4py
    from pm4py.objects.ocel.validation import ocel20_rel_validation

    _, unsatisfied = ocel20_rel_validation.apply(str(file))
    assert unsatisfied == []
    ocel = pm4py.read_ocel2(str(file))
    assert len(ocel.events) == len(log.rows)
    number = ocel.objects["ocel:type"].value_counts()
    assert log.record is not None
    tally = log.record.tally
    assert number["document"] == tally["documents_created"]
    assert number["delivery"] == tally["deliveries_created"]
    assert number["paper copy"] == tally["twins_created"]
    assert number["dossier"] == tally["dossiers_filed"]
    assert number["signature"] == log.staging.count("signatures")
    states = ocel.object_changes[ocel.object_changes["ocel:field"] == "state"]
    last = states.sort_values("ocel:timestamp", kind="stable").groupby("ocel:oid").last()
    deliveries = last[last["ocel:type"] == "delivery"]
    assert (deliveries["state"] == "handled").sum() == tally["deliveries_handled"]
    assert last[last["ocel:type"] == "dossier"]["state"].value_counts().to_dict() == log.states("dossiers")
    handled = ocel.events[ocel.events["ocel:activity"] == "Document handled"]
    first = handled["ocel:timestamp"].min().tz_convert("Asia/Ho_Chi_Minh")
    assert f"{first.isoformat(timespec='milliseconds')}" == min(
        row.time for row in log.rows if row.activity_code == "handled"
    )
    chosen = pm4py.filter_ocel_object_types(ocel, ["document", "delivery"])
    graph = pm4py.discover_ocdfg(chosen)
    assert graph["object_types"] == {"document", "delivery"}
    write_xes(log.staging, tmp_path / "log.xes", log.moment, "en")
    frame = pm4py.read_xes(str(tmp_path / "log.xes"))
    ends = frame[frame["lifecycle:transition"] == "complete"]
    assert len(ends) == len(log.rows)
    assert frame["case:concept:name"].nunique() == tally["documents_created"] + tally["dossiers_filed"]
    assert set(ends["concept:name"]) == {row.activity for row in log.rows}
    assert ends["org:group"].notna().mean() > 0.9
