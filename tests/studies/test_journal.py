"""Rows are there once, whole and unaltered, or the journal says what is wrong."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from study_toys import payload_of, toy_cell

from sim.results.atomic_files import FileWriteError
from sim.studies.cell import Cell, canonical_json
from sim.studies.journal import Journal, JournalConflictError
from sim.studies.journal_file import SCHEMA_VERSION, JournalUnreadableError, JournalVersionError
from sim.studies.journal_row import JournalDamagedError
from sim.studies.lock import FolderBusyError

CELL = toy_cell()


def fill(folder: Path, replications: range) -> None:
    with Journal.to_write(folder) as journal:
        journal.add_cell(CELL)
        for replication in replications:
            journal.record_done(CELL, replication, 0.25, 4321, payload_of("toy", replication))


def test_a_done_row_is_never_replaced_and_a_failed_one_by_success_only(tmp_path: Path) -> None:
    with Journal.to_write(tmp_path) as journal:
        journal.add_cell(CELL)
        journal.add_cell(CELL)
        assert journal.record_failed(CELL, 0, 1.0, 1, "first error")
        assert journal.record_done(CELL, 0, 2.0, 2, b"result")
        assert not journal.record_done(CELL, 0, 3.0, 3, b"another result")
        assert not journal.record_failed(CELL, 0, 3.0, 3, "late error")
        (row,) = journal.rows(CELL.cell_hash)
    assert (row.status, row.payload, row.error, row.seconds, row.worker_pid) == ("done", b"result", "", 2.0, 2)


def test_rows_come_back_as_written_in_order_whatever_the_order_of_writing(tmp_path: Path) -> None:
    with Journal.to_write(tmp_path) as journal:
        journal.add_cell(CELL)
        for replication in (10, 2, 33, 0):
            journal.record_done(CELL, replication, 0.1, 5, bytes([replication]) * 3)
        journal.record_failed(CELL, 5, 0.1, 5, "lỗi \udcff của mô hình")
    with Journal.to_read(tmp_path) as journal:
        assert [r for r, _ in journal.payloads(CELL.cell_hash)] == [0, 2, 10, 33]
        assert dict(journal.payloads(CELL.cell_hash))[33] == b"!!!"
        errors = [row.error for row in journal.rows(CELL.cell_hash) if row.status == "failed"]
        assert errors == ["lỗi \\udcff của mô hình"]
        assert [(c.label, c.seed, c.description) for c in journal.cells()] == [("toy", 7, '{"scenario":"toy"}')]
        assert journal.verify() == 5


def test_a_seed_of_any_size_is_kept(tmp_path: Path) -> None:
    cell = Cell("big", "{}", 2**127 + 1, None)
    with Journal.to_write(tmp_path) as journal:
        journal.add_cell(cell)
        journal.record_done(cell, 0, 0.1, 5, b"")
        assert [row.seed for row in journal.rows(cell.cell_hash)] == [2**127 + 1]


def test_the_digest_says_whether_results_are_equal_and_nothing_about_time(tmp_path: Path) -> None:
    digests = []
    for number, (seconds, payload) in enumerate([(0.1, b"a"), (9.9, b"a"), (0.1, b"b")]):
        folder = tmp_path / str(number)
        folder.mkdir()
        with Journal.to_write(folder) as journal:
            journal.add_cell(CELL)
            journal.record_done(CELL, 0, seconds, number, payload)
            digests.append(journal.digest())
    assert digests[0] == digests[1] != digests[2]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE replications SET payload = zeroblob(length(payload)) WHERE replication = 3",
        "UPDATE replications SET payload = 'text' WHERE replication = 3",
        "UPDATE replications SET replication = 77 WHERE replication = 3",
        "UPDATE replications SET status = 'failed' WHERE replication = 3",
        "UPDATE replications SET seed = '8' WHERE replication = 3",
        "UPDATE replications SET seconds = 1e999 WHERE replication = 3",
        "UPDATE replications SET error = 'x' WHERE replication = 3",
        "UPDATE replications SET sha256 = '' WHERE replication = 3",
    ],
)
def test_a_changed_row_is_named(tmp_path: Path, statement: str) -> None:
    fill(tmp_path, range(4))
    with sqlite3.connect(tmp_path / "runs.sqlite") as raw:
        raw.execute(statement)
    raw.close()
    with Journal.to_read(tmp_path) as journal, pytest.raises(JournalDamagedError, match=r"replication (3|77) of"):
        list(journal.rows(CELL.cell_hash))


def test_one_changed_byte_of_a_payload_on_disk_is_found(tmp_path: Path) -> None:
    fill(tmp_path, range(4))
    path = tmp_path / "runs.sqlite"
    content = bytearray(path.read_bytes())
    where = content.index(payload_of("toy", 2)[:32]) + 10
    content[where] ^= 1
    path.write_bytes(content)
    with Journal.to_read(tmp_path) as journal, pytest.raises(JournalDamagedError, match="replication 2 of the cell"):
        journal.verify()


def test_any_changed_byte_gives_the_same_rows_or_a_clear_refusal(tmp_path: Path) -> None:
    fill(tmp_path, range(4))
    good = (tmp_path / "runs.sqlite").read_bytes()
    luck = random.Random(5)
    refused = 0
    for _ in range(150):
        content = bytearray(good)
        content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
        (tmp_path / "runs.sqlite").write_bytes(content)
        try:
            with Journal.to_read(tmp_path) as journal:
                journal.verify()
                found = dict(journal.payloads(CELL.cell_hash))
        except (JournalDamagedError, JournalUnreadableError):
            refused += 1
        else:
            assert found == {r: payload_of("toy", r) for r in range(4)}
    assert refused > 20


def test_a_torn_log_gives_an_unbroken_beginning_or_a_clear_refusal(tmp_path: Path) -> None:
    source, copy = tmp_path / "source", tmp_path / "copy"
    source.mkdir()
    copy.mkdir()
    luck = random.Random(6)
    lengths = set()
    with Journal.to_write(source) as journal:
        journal.add_cell(CELL)
        for replication in range(6):
            journal.record_done(CELL, replication, 0.1, 1, payload_of("toy", replication))
        log = (source / "runs.sqlite-wal").read_bytes()
        for cut in sorted(luck.randrange(len(log)) for _ in range(40)):
            shutil.rmtree(copy)
            copy.mkdir()
            shutil.copy(source / "runs.sqlite", copy)
            (copy / "runs.sqlite-wal").write_bytes(log[:cut])
            with Journal.to_write(copy) as torn:
                found = dict(torn.payloads(CELL.cell_hash))
            assert found == {r: payload_of("toy", r) for r in range(len(found))}
            lengths.add(len(found))
    assert len(lengths) > 3


def test_a_file_of_another_kind_or_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "runs.sqlite"
    path.write_bytes(b"these are the planner's own notes, not a database" * 50)
    before = path.read_bytes()
    for opened in (Journal.to_write, Journal.to_read):
        with pytest.raises(JournalDamagedError):
            opened(tmp_path)
    assert path.read_bytes() == before
    path.unlink()

    fill(tmp_path, range(1))
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE VIEW replications2 AS SELECT 1")
    raw.close()
    for opened in (Journal.to_write, Journal.to_read):
        with pytest.raises(JournalDamagedError, match="schema"):
            opened(tmp_path)


@pytest.mark.parametrize(("version", "age"), [(SCHEMA_VERSION + 1, "a newer"), (SCHEMA_VERSION - 1, "an older")])
def test_a_journal_of_another_version_is_refused_with_what_to_do_and_left_alone(
    tmp_path: Path, version: int, age: str
) -> None:
    path = tmp_path / "runs.sqlite"
    fill(tmp_path, range(3))
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {version}")
    raw.close()
    before = path.read_bytes()
    for opened in (Journal.to_write, Journal.to_read):
        with pytest.raises(JournalVersionError, match=f"{age} version of lienthong .*use that version"):
            opened(tmp_path)
    assert path.read_bytes() == before
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    raw.close()
    with Journal.to_write(tmp_path) as journal:
        assert journal.verify() == 3


def test_a_link_in_place_of_the_journal_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "run").mkdir()
    fill(tmp_path / "real", range(1))
    (tmp_path / "run" / "runs.sqlite").symlink_to(tmp_path / "real" / "runs.sqlite")
    with pytest.raises(JournalDamagedError, match="symbolic link"):
        Journal.to_write(tmp_path / "run")


def test_reading_what_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(JournalUnreadableError, match="no journal here"):
        Journal.to_read(tmp_path)
    (tmp_path / "runs.sqlite").touch()
    with pytest.raises(JournalUnreadableError, match="nothing has been written"):
        Journal.to_read(tmp_path)


def test_a_second_writer_is_refused_and_the_folder_is_free_after_close(tmp_path: Path) -> None:
    with Journal.to_write(tmp_path), pytest.raises(FolderBusyError, match=f"process {os.getpid()}"):
        Journal.to_write(tmp_path)
    with Journal.to_write(tmp_path) as journal:
        journal.add_cell(CELL)
    assert sorted(entry.name for entry in tmp_path.iterdir()) == [".lock", "runs.sqlite"]
    assert (tmp_path / "runs.sqlite").read_bytes()[18:20] == b"\x01\x01", "readable from a read-only medium"


FULL_DISK = """
import resource, sys
from pathlib import Path
from study_toys import payload_of, toy_cell
from sim.studies.journal import Journal
from sim.studies.journal_file import JournalWriteError

folder = Path(sys.argv[1])
with Journal.to_write(folder) as journal:
    journal.add_cell(toy_cell())
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
    try:
        for replication in range(1000):
            journal.record_done(toy_cell(), replication, 0.1, 1, payload_of("toy", replication) * 10)
            print(replication, flush=True)
    except JournalWriteError as error:
        print(error.path.name, error.reason, sep=";")
        sys.exit(3)
"""


def test_a_disk_that_takes_no_more_is_told_plainly_and_what_was_acknowledged_stands(tmp_path: Path) -> None:
    here = Path(__file__).parent
    path = os.pathsep.join([str(here.parents[1]), str(here)])
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
    )
    *acknowledged, told = done.stdout.split("\n")[:-1]
    assert (done.returncode, done.stderr) == (3, "")
    assert told.startswith("runs.sqlite;the disk ")
    assert len(acknowledged) >= 3
    with Journal.to_write(tmp_path) as journal:
        assert journal.verify() == len(acknowledged)
        assert journal.record_done(CELL, len(acknowledged), 0.1, 1, b"room again")


def test_a_folder_that_cannot_be_written_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(FileWriteError) as caught:
        Journal.to_write(Path("/proc/self"))
    assert "/proc/self" in str(caught.value)
    with pytest.raises(FileWriteError, match="its folder does not exist"):
        Journal.to_write(tmp_path / "nowhere")


def test_merging_shards_gives_the_journal_of_one_run_and_refuses_contradictions(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("whole", "left", "right")]
    for folder, replications in zip(folders, (range(8), range(5), range(3, 8)), strict=True):
        folder.mkdir()
        fill(folder, replications)
    with Journal.to_write(folders[1]) as left, Journal.to_read(folders[2]) as right:
        assert left.merge_from(right) == 3
        with Journal.to_read(folders[0]) as whole:
            assert left.digest() == whole.digest()
    (tmp_path / "liar").mkdir()
    with Journal.to_write(tmp_path / "liar") as liar, Journal.to_read(folders[0]) as whole:
        liar.add_cell(CELL)
        liar.record_done(CELL, 4, 0.1, 1, b"something else")
        with pytest.raises(JournalConflictError, match="replication 4 of toy"):
            liar.merge_from(whole)


def test_canonical_json_is_one_text_for_one_value() -> None:
    assert canonical_json({"b": 1, "a": ["Bình Định", None]}) == '{"a":["Bình Định",null],"b":1}'
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json({"rate": float("nan")})
