"""A log holds what the books of the replication hold: nothing more, nothing less, nothing else."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from recorded import Log, busy_province, recorded
from worlds import MENDED_AT_ONCE, Kind, Office, Provinces, fixed

from sim.events.activities import ACTIVITIES, OBJECTS
from sim.exchange.codes import REFUSALS
from sim.exchange.counting import ACCEPTED, ACCEPTED_SIGNED, UNVERIFIED
from sim.exchange.dossier_counting import (
    ASKED_BACK,
    COURIER_LEGS,
    ELECTRONIC_LEGS,
    F_ASSISTED,
    F_AT_COUNTER,
    F_BY_POST,
    F_ONLINE,
    GIVEN_UP,
    LATE,
    RECEIVED,
    RESULTS,
    RETURNED,
)
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.results.event_tables import EventRow
from sim.scenario.loading import LoadedScenario

TABLES = ("documents", "deliveries", "copies", "signatures", "dossiers")


def the_record(log: Log) -> RunRecord:
    assert log.record is not None
    return log.record


def flows(record: RunRecord, what: int) -> int:
    return int(record.flows[..., what].sum())


def dossiers(record: RunRecord, *what: int) -> list[int]:
    return [int(record.dossier_flows[..., one].sum()) for one in what]


def happened(log: Log, code: str) -> Counter[str]:
    """How often something happened, by what came of it."""
    return Counter(row.outcome or "" for row in log.rows if row.activity_code == code)


def test_everything_that_came_into_being_is_there(log: Log) -> None:
    tally = the_record(log).tally
    made = ("documents_created", "deliveries_created", "twins_created", "dossiers_filed")
    tables = ("documents", "deliveries", "copies", "dossiers")
    assert [log.staging.count(table) for table in tables] == [tally[name] for name in made]
    assert min(log.staging.count(table) for table in tables) > 30
    codes = Counter(row.activity_code for row in log.rows)
    assert codes["begun"] == tally["documents_created"]
    assert codes["dossier_filed"] == tally["dossiers_filed"]


def test_deliveries_end_as_the_books_say(log: Log) -> None:
    record = the_record(log)
    states = log.states("deliveries")
    assert states["handled"] == record.tally["deliveries_handled"] > 100
    assert states["handled"] + states["registered"] == record.tally["deliveries_registered"]
    assert sum(states.values()) == record.tally["deliveries_created"]


def test_dossiers_end_as_the_books_say(log: Log) -> None:
    record = the_record(log)
    states = log.states("dossiers")
    results, late, returned, given_up = dossiers(record, RESULTS, LATE, RETURNED, GIVEN_UP)
    assert min(results, late, returned, given_up) > 0
    assert states["in_time"] == results - late
    assert (states["late"], states["returned"], states["given_up"]) == (late, returned, given_up)
    codes = Counter(row.activity_code for row in log.rows)
    told = ("dossier_received", "dossier_asked_back", "dossier_given_up")
    assert [codes[code] for code in told] == dossiers(record, RECEIVED, ASKED_BACK, GIVEN_UP)
    assert codes["result_ready"] == results + returned
    ways = dict(log.ask("SELECT filed, count(*) FROM dossiers GROUP BY filed"))
    names = ("at_counter", "online", "assisted", "by_post")
    assert [ways.get(name, 0) for name in names] == dossiers(record, F_AT_COUNTER, F_ONLINE, F_ASSISTED, F_BY_POST)
    sent, carried = dossiers(record, ELECTRONIC_LEGS, COURIER_LEGS)
    legs = log.ask("SELECT count(*) FROM log WHERE code IN ('leg_sent', 'leg_carried')")[0][0]
    assert 0 < legs <= sent + carried


def test_signatures_are_judged_as_the_books_say(log: Log) -> None:
    record = the_record(log)
    refused = happened(log, "refused")
    by_reason = {reason: int(number) for reason, number in zip(REFUSALS, record.refusals.sum(axis=0), strict=True)}
    assert refused == Counter({reason: number for reason, number in by_reason.items() if number})
    assert {"wrong_address", "missing_file", "seal_missing", "stamp_missing", "content_changed"} <= refused.keys()
    taken_in = happened(log, "received") + Counter(
        row.outcome for row in log.rows if row.activity_code == "copy_filed" and row.outcome
    )
    assert taken_in["verified"] == flows(record, ACCEPTED_SIGNED) > 10
    assert taken_in.total() == flows(record, ACCEPTED)
    outside = {"out.gov"}
    inside = [row for row in log.rows if row.activity_code in ("received", "copy_filed") and row.outcome]
    unverified = sum(row.outcome == "not_verified" and row.recipient_id not in outside for row in inside)
    assert unverified == flows(record, UNVERIFIED)
    assert happened(log, "verified")["seal_missing"] == refused["seal_missing"]


def test_a_signature_is_one_that_was_made(log: Log) -> None:
    """A seal that was forgotten is none; what is sent again after a fault of signing bears a new one."""
    issued = happened(log, "issued")
    assert min(issued[outcome] for outcome in ("sealed", "not_sealed", "seal_forgotten")) > 3
    assert log.ask("SELECT count(*) FROM documents WHERE sealed = 1") == [(issued["sealed"],)]
    fault_of = dict(log.ask("SELECT id, fault FROM signatures"))
    assert set(fault_of.values()) == {"none", "changed_after_signing", "no_time_stamp"}
    kinds = dict(log.ask("SELECT kind, count(*) FROM signatures GROUP BY kind"))
    anew = [row for row in log.rows if row.activity_code == "corrected" and row.signature_id]
    assert {row.outcome for row in anew} == {"content_changed", "seal_missing", "stamp_missing"}
    assert len({row.signature_id for row in anew}) == len(anew) > 5
    assert kinds["organisation"] == issued["sealed"] + len(anew)
    assert kinds["leader"] == happened(log, "signed")["token"]
    causes = {"content_changed": "changed_after_signing", "stamp_missing": "no_time_stamp", "passed": "none"}
    for row in log.rows:
        if row.activity_code == "verified":
            fault = fault_of[row.signature_id] if row.signature_id else None
            assert fault == causes.get(str(row.outcome), None if row.outcome == "seal_missing" else fault), row
    made = {row.signature_id for row in log.rows if row.activity_code in ("signed", "issued", "corrected")}
    assert made - {None} == set(fault_of)


def test_what_is_refused_came_electronically(provinces: Provinces, tmp_path: Path) -> None:
    """Also where the refusal ends that way, and paper goes instead."""
    small_limit = busy_province(provinces, fixed("documents.message_limit", "1 MB"))
    log = recorded(small_limit, tmp_path / "log.sqlite")
    told = [row for row in log.rows if row.activity_code in ("relayed", "verified", "refused", "received")]
    assert happened(log, "refused")["too_large"] > 5
    assert {row.channel for row in told} == {"linked", "mail"}
    assert {row.channel for row in log.rows if row.activity_code in ("printed", "carried")} == {"paper"}


def test_a_dossier_is_filed_once_more_each_time_it_was_sent_back(log: Log) -> None:
    """What is done to it, and how often it goes to another agency, is no attempt."""
    filings: dict[str, int] = {}
    for row in log.rows:
        if row.dossier_id is not None:
            before = filings.get(row.dossier_id, 1)
            filings[row.dossier_id] = before + (row.activity_code == "dossier_brought_again")
            assert row.attempt == filings[row.dossier_id], row
    assert 1 < max(filings.values()) < 6
    assert sum(filings.values()) - len(filings) == happened(log, "dossier_brought_again").total()


def test_only_what_goes_over_the_network_has_a_size(log: Log) -> None:
    for row in log.rows:
        if row.document_id is not None:
            assert (row.size_bytes is not None) == (row.channel in ("linked", "mail")), row
    on_paper: dict[str, bool] = {}
    for row in log.rows:
        if row.dossier_id is not None and row.sender_id is not None:
            if row.activity_code in ("leg_sent", "leg_carried"):
                on_paper[row.dossier_id] = row.activity_code == "leg_carried"
            assert (row.size_bytes is None) == on_paper[row.dossier_id], row
    assert {row.size_bytes is None for row in log.rows if row.activity_code == "leg_registered"} == {True, False}


def test_duplicates_are_told_as_the_books_say(provinces: Provinces, tmp_path: Path) -> None:
    """Lines that break in mid-transfer."""
    loaded = busy_province(
        provinces,
        *MENDED_AT_ONCE,
        fixed("network.ftth.up", "100 kbit/s"),
        fixed("network.ftth.down", "100 kbit/s"),
        fixed("network.ftth.faults_per_year", "8000 /year"),
        fixed("network.ftth.repair", "10 min"),
    )
    log = recorded(loaded, tmp_path / "log.sqlite")
    tally = the_record(log).tally
    assert tally["repeats_created"] >= happened(log, "duplicate_sent").total() >= tally["repeats_dropped"] > 5
    assert happened(log, "duplicate_dropped").total() == tally["repeats_dropped"]


def test_what_could_not_be_opened_is_told_when_that_was_so(log: Log) -> None:
    """What came online as the line was down; it is looked at again after an hour."""
    of_dossiers: dict[str, list[EventRow]] = {}
    for row in log.rows:
        if row.dossier_id is not None:
            of_dossiers.setdefault(row.dossier_id, []).append(row)
    met = 0
    for rows in of_dossiers.values():
        for before, row, after in zip(rows, rows[1:], rows[2:], strict=False):
            if row.activity_code == "dossier_not_opened":
                met += 1
                assert row.queued == row.started == row.time, "no time passes in it"
                assert before.activity_code == row.activity_code or before.time == row.time, "looked at as it came"
                assert after.activity_code in ("dossier_not_opened", "dossier_received", "dossier_asked_back")
                waited = datetime.fromisoformat(after.queued) - datetime.fromisoformat(row.time)
                assert waited >= timedelta(hours=1)
    assert met > 3


def test_replies_and_relays_are_tied_to_what_they_answer(log: Log) -> None:
    answering = {name for (name,) in log.ask("SELECT id FROM documents WHERE kind IN ('reply', 'relay')")}
    tied = {name for (name,) in log.ask("SELECT document_id FROM answers JOIN documents ON documents.id = document_id")}
    assert answering == tied
    assert len(tied) > 5


def test_time_runs_forward_and_every_name_is_known(log: Log) -> None:
    rows = log.rows
    assert [row.event_id for row in rows] == list(range(1, len(rows) + 1))
    assert all(before.time <= after.time for before, after in pairwise(rows))
    assert all(row.queued <= row.started <= row.time for row in rows)
    assert {row.activity_code for row in rows} <= ACTIVITIES.keys()
    missing = ACTIVITIES.keys() - {row.activity_code for row in rows}
    assert missing <= {"duplicate_sent", "duplicate_dropped"}, missing
    posts = {name for (name,) in log.ask("SELECT id FROM posts UNION SELECT id FROM lines")}
    assert {row.post_id or row.line_id for row in rows} - {None} <= posts


def test_the_time_of_a_step_is_told_once(log: Log) -> None:
    """What comes of a step at once takes no time of its own, so that waits and work can be added up."""
    took = [row for row in log.rows if row.queued < row.time]
    steps = {
        (row.case_id, row.delivery_id, row.copy_id, row.post_id, row.line_id, row.queued, row.time) for row in took
    }
    assert len(steps) == len(took)
    assert {row.took_seconds for row in log.rows if row.activity_code in ("verified", "result_ready")} == {0.0}
    received = [row for row in log.rows if row.activity_code == "received"]
    assert {row.took_seconds > 0 for row in received if row.post_id} == {True}, "a clerk's work"
    assert {row.took_seconds for row in received if row.line_id} == {0.0}, "told by the message service's event"


def test_names_differ_in_each_language() -> None:
    for names in (ACTIVITIES, OBJECTS):
        for lang in ("vi", "en"):
            assert len({words.text(lang) for words in names.values()}) == len(names)  # type: ignore[arg-type]


def of_cases(rows: list[EventRow], cases: set[str]) -> list[tuple[object, ...]]:
    return [
        (row.time, row.activity_code, row.case_id, row.delivery_id, row.outcome) for row in rows if row.case_id in cases
    ]


def test_a_sample_is_whole_and_part_of_a_larger_one(busy: LoadedScenario, log: Log, tmp_path: Path) -> None:
    """What is chosen hangs on identity alone, and everything of it is there: answers and relays too."""
    everything = log.rows
    cases: set[str] = set()
    for number, share in enumerate((0.1, 0.4)):
        sample = recorded(busy, tmp_path / f"{number}.sqlite", share)
        rows = sample.rows
        chosen = {name for table in ("documents", "dossiers") for (name,) in sample.ask(f"SELECT id FROM {table}")}
        assert cases < chosen
        cases = chosen
        assert of_cases(rows, cases) == of_cases(everything, cases)
        assert len(rows) == sum(row.case_id in cases for row in everything)
        tied = {frozenset(pair) for pair in sample.ask("SELECT document_id, substr(delivery_id, 1, 16) FROM answers")}
        known = {name for (name,) in log.ask("SELECT id FROM documents")}
        assert all(len(pair & cases) != 1 for pair in tied if pair <= known)
    total = log.staging.count("documents") + log.staging.count("dossiers")
    assert len(cases) / total == pytest.approx(0.4, abs=0.12)


def test_an_option_meets_the_same_documents(provinces: Provinces, log: Log, tmp_path: Path) -> None:
    """The n-th document that an agency writes in a month has one identity, so that its ways can be compared."""
    query = "SELECT id FROM {} WHERE {} ORDER BY id"
    often = busy_province(provinces, fixed("network.poll_interval", "1 min"))
    sample = recorded(often, tmp_path / "log.sqlite", 0.3)
    for table, which in (("documents", "kind IN ('of_its_own', 'internal')"), ("dossiers", "1")):
        chosen = sample.ask(query.format(table, which))
        everything = log.ask(query.format(table, which))
        assert set(chosen) < set(everything)
        assert len(chosen) / len(everything) == pytest.approx(0.3, abs=0.06)
    assert sample.ask("SELECT count(*) FROM log WHERE code = 'found'") != [(0,)]


def test_a_window_holds_what_happened_in_it(busy: LoadedScenario, log: Log, tmp_path: Path) -> None:
    window = recorded(busy, tmp_path / "window.sqlite", first=date(2019, 5, 8), last=date(2019, 5, 14))
    assert window.record is None, "it stopped on the last day asked for"
    inside = [row for row in log.rows if "2019-05-08" <= row.time[:10] <= "2019-05-14"]
    cases = {row.case_id for row in inside}
    assert sorted(of_cases(window.rows, cases), key=str) == sorted(of_cases(inside, cases), key=str)
    assert len(window.rows) == len(inside) > 200


def test_what_is_in_a_window_is_there_with_all_its_own(busy: LoadedScenario, log: Log, tmp_path: Path) -> None:
    """Also what came into being before: signatures, copies, and what a document answers; nothing else is."""
    first, last = date(2019, 5, 20), date(2019, 5, 31)
    window = recorded(busy, tmp_path / "window.sqlite", first=first, last=last)
    assert min(row.time[:10] for row in window.rows) == "2019-05-20"
    known = {table: {name for (name,) in window.ask(f"SELECT id FROM {table}")} for table in TABLES}
    for row in window.rows:
        named = (row.document_id, row.delivery_id, row.copy_id, row.signature_id, row.dossier_id)
        for name, table in zip(named, TABLES, strict=True):
            assert name is None or name in known[table], row
    everything = {table: {name for (name,) in log.ask(f"SELECT id FROM {table}")} for table in TABLES}
    for table in ("deliveries", "signatures"):
        whole = {name for name in everything[table] if name.partition("/")[0] in known["documents"]}
        assert known[table] == whole
    early = {row.signature_id for row in log.rows if row.activity_code == "issued" and row.time < "2019-05-20"}
    assert known["signatures"] & early
    answered = "SELECT document_id, delivery_id FROM answers JOIN documents ON documents.id = document_id"
    pairs = window.ask(answered)
    assert {delivery for _, delivery in pairs} <= known["deliveries"]
    assert set(pairs) == {pair for pair in log.ask(answered) if pair[0] in known["documents"]}
    assert known["documents"] < everything["documents"]
    over = {row.dossier_id for row in log.rows if row.activity_code == "result_handed_over" and row.time < "2019-05-20"}
    assert over - {None}
    assert not over & known["dossiers"]


def test_in_two_tiers_people_are_at_home_in_communes(provinces: Provinces, tmp_path: Path) -> None:
    """Without districts, an applicant's home is the commune itself."""
    offices = (
        *(Office(name, tier) for name, tier in (("office", "office"), ("dept.0", "department"))),
        *(Office(f"com.{i}", "commune", population=9_000, staff=40) for i in range(2)),
        Office("out.gov", "outside", route="dedicated", linked=False),
    )
    kinds = (Kind("copy", work="copies", working_days=0, same_day=True), Kind("permit", "province", "dept.0"))
    loaded = provinces.load(offices, procedures=kinds, start=date(2026, 3, 1), end=date(2026, 3, 4))
    homes = dict(recorded(loaded, tmp_path / "log.sqlite").ask("SELECT id, district_id FROM dossiers"))
    assert len(homes) > 10
    assert set(homes.values()) == {"com.0", "com.1"}


def test_recording_changes_nothing_and_needs_little_room(busy: LoadedScenario, log: Log) -> None:
    alone = simulate(busy, 8, 0)
    record = the_record(log)
    for name in ("flows", "causes", "refusals", "agency_flows", "delays", "dossier_flows", "waits_ms", "worked_ms"):
        assert np.array_equal(getattr(alone, name), getattr(record, name)), name
    differ = {name for name, number in alone.tally.items() if number != record.tally[name]}
    assert differ <= {"tracing", "visits_kept"}
    assert len(record.visits) < record.tally["visits"] / 50, "visits are taken over as they come"
