"""Killing everything at any moment and taking up again ends in the same bytes; nobody is left behind."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from study_toys import payload_of, toy_cell

from sim.studies.journal import Journal
from sim.studies.journal_file import JournalUnreadableError

HERE = Path(__file__).parent
COUNT = 40


class Program:
    """The toy program as a process group of its own."""

    def __init__(self, folder: Path, model: str, count: int, workers: int) -> None:
        path = os.pathsep.join([str(HERE.parents[1]), str(HERE)])
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "study_toy_run.py"), str(folder), model, str(count), str(workers)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            env={**os.environ, "PYTHONPATH": path},
        )

    def result(self) -> tuple[int, str, str]:
        out, err = self.process.communicate(timeout=60)
        return self.process.returncode, out.strip(), err

    def wait_until(self, true: Callable[[], bool]) -> None:
        until = time.monotonic() + 30
        while not true():
            assert time.monotonic() < until, "it did not get that far"
            assert self.process.poll() is None, self.process.communicate()
            time.sleep(0.01)

    def members(self) -> list[int]:
        """The living processes of the group, workers included."""
        return [pid for pid, group, state in processes() if group == self.process.pid and state != "Z"]

    def gone(self) -> bool:
        """Whether within five seconds none of them is left."""
        until = time.monotonic() + 5
        while self.members() and time.monotonic() < until:
            time.sleep(0.02)
        return not self.members()


def processes() -> Iterator[tuple[int, int, str]]:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(FileNotFoundError, ProcessLookupError):
                state, _parent, group = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
                yield int(entry.name), int(group), state


def rows_in(folder: Path) -> int:
    try:
        with Journal.to_read(folder) as journal:
            return len(journal.held(toy_cell().cell_hash))
    except JournalUnreadableError:
        return 0


Start = Callable[..., Program]


@pytest.fixture(scope="module")
def start() -> Iterator[Start]:
    programs: list[Program] = []

    def begun(folder: Path, model: str = "sleepy", count: int = COUNT, workers: int = 2) -> Program:
        programs.append(Program(folder, model, count, workers))
        return programs[-1]

    yield begun
    for program in programs:
        if program.process.poll() is None:
            program.process.kill()
            program.process.communicate()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, start: Start) -> str:
    code, digest, err = start(tmp_path_factory.mktemp("undisturbed")).result()
    assert (code, err) == (0, "")
    return digest


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_random_moments_then_resumed_gives_the_undisturbed_bytes(
    tmp_path: Path, start: Start, undisturbed: str, seed: int
) -> None:
    luck = random.Random(seed)
    kept = 0
    for _ in range(4):
        program = start(tmp_path, workers=luck.choice([1, 2]))
        time.sleep(luck.uniform(0.0, 0.6))
        if luck.random() < 0.3:
            os.killpg(program.process.pid, signal.SIGKILL)
        else:
            program.process.kill()
        program.process.communicate()
        if (tmp_path / "runs.sqlite").exists() and rows_in(tmp_path):
            with Journal.to_read(tmp_path) as journal:
                rows = journal.verify()
                assert all(value == payload_of("toy", r) for r, value in journal.payloads(toy_cell().cell_hash))
            assert rows >= kept, "an acknowledged row was lost"
            kept = rows
    code, digest, _ = start(tmp_path, workers=luck.choice([1, 2])).result()
    assert (code, digest) == (0, undisturbed)


def test_workers_die_with_their_parent_and_no_more_than_their_replications_are_lost(
    tmp_path: Path, start: Start
) -> None:
    program = start(tmp_path, count=400)
    program.wait_until(lambda: rows_in(tmp_path) >= 10)
    program.process.kill()
    program.process.communicate()
    assert program.gone(), "a worker outlived its parent"
    with Journal.to_read(tmp_path) as journal:
        held = sorted(journal.held(toy_cell().cell_hash))
    assert held[-1] - len(held) < 2, "more than the two replications in flight are missing"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_keeps_all_rows_kills_the_workers_within_seconds_and_can_be_resumed(
    tmp_path: Path, start: Start, undisturbed: str, number: signal.Signals, code: int
) -> None:
    program = start(tmp_path)
    program.wait_until(lambda: rows_in(tmp_path) >= 5)
    os.killpg(program.process.pid, number)
    started = time.monotonic()
    found, out, err = program.result()
    assert (found, out) == (code, "")
    assert time.monotonic() - started < 5
    assert "Traceback" not in err
    assert f"interrupted by {number.name}" in err
    assert program.gone()
    assert 5 <= rows_in(tmp_path) < COUNT
    assert start(tmp_path).result()[:2] == (0, undisturbed)


def test_ctrl_c_while_the_workers_start_is_as_clean(tmp_path: Path, start: Start) -> None:
    program = start(tmp_path, model="very_sleepy")
    program.wait_until(lambda: len(program.members()) >= 3)
    os.killpg(program.process.pid, signal.SIGINT)
    code, out, err = program.result()
    assert (code, out) == (130, "")
    assert "Traceback" not in err
    assert program.gone()


def test_what_a_model_prints_does_not_mix_with_the_answer_and_a_second_run_is_refused(
    tmp_path: Path, start: Start
) -> None:
    first = start(tmp_path, model="very_sleepy")
    first.wait_until((tmp_path / "runs.sqlite").exists)
    first.wait_until(lambda: len(first.members()) >= 3)
    started = time.monotonic()
    code, _, err = start(tmp_path).result()
    assert code == 9
    assert f"another run (process {first.process.pid}) is writing in this folder" in err
    assert time.monotonic() - started < 5

    first.process.kill()
    out, _ = first.process.communicate()
    third = start(tmp_path)
    code, digest, err = third.result()
    assert out == ""
    assert (code, err, len(digest)) == (0, "", 64)


def test_a_reader_sees_rows_while_the_writer_works(tmp_path: Path, start: Start, undisturbed: str) -> None:
    program = start(tmp_path)
    program.wait_until(lambda: rows_in(tmp_path) >= 3)
    with Journal.to_read(tmp_path) as journal:
        assert journal.verify() >= 3
    assert program.result()[:2] == (0, undisturbed)
    with Journal.to_read(tmp_path) as journal:
        assert journal.digest() == undisturbed


PATIENT = """
import sys, time
from sim.studies.replications import Interruption
with Interruption() as interruption:
    sys.stdout.write("ready\\n")
    sys.stdout.flush()
    while interruption.received is None:
        time.sleep(0.01)
    sys.stdout.write("noted\\n")
    sys.stdout.flush()
    time.sleep(60)
"""


def test_a_second_ctrl_c_ends_the_process_at_once() -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", PATIENT], stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(HERE.parents[1])}
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGINT)
    assert process.stdout.readline() == "noted\n"
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=5)
    assert process.returncode == 130
