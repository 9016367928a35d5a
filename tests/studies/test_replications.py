"""What becomes of replications that end, raise, hang, or take their worker with them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import study_toys
from study_toys import payload_of, toy_cell

from sim.studies.cell import Cell, Task
from sim.studies.journal import Journal
from sim.studies.progress import Silent
from sim.studies.replications import Interrupted, local_executor, run_replications, run_tasks
from sim.studies.worker_processes import WorkerStartError


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal.to_write(tmp_path) as opened:
        yield opened


def table(journal: Journal, cell: Cell) -> dict[int, bytes]:
    return dict(journal.payloads(cell.cell_hash))


def failures(journal: Journal, cell: Cell) -> dict[int, str]:
    return {row.replication: row.error for row in journal.rows(cell.cell_hash) if row.status == "failed"}


def test_one_worker_two_workers_and_no_worker_give_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for workers, order in ((0, range(9)), (1, range(8, -1, -1)), (2, [4, 0, 8, 2, 6, 1, 7, 3, 5])):
        folder = tmp_path / str(workers)
        folder.mkdir()
        with Journal.to_write(folder) as journal:
            summary = run_replications(study_toys.sleepy, toy_cell(), order, journal, workers=workers)
            assert (summary.requested, summary.done, summary.failed) == (9, 9, ())
            assert table(journal, toy_cell()) == {r: payload_of("toy", r) for r in range(9)}
            digests.add(journal.digest())
    assert len(digests) == 1


def test_only_what_is_missing_is_run(journal: Journal) -> None:
    ran: list[int] = []

    def model(spec: object, replication: int) -> bytes:
        ran.append(replication)
        return payload_of(spec, replication)

    run_replications(model, toy_cell(), [0, 3], journal, workers=0)
    summary = run_replications(model, toy_cell(), range(5), journal, workers=0)
    assert ran == [0, 3, 1, 2, 4]
    assert (summary.held, summary.done, summary.missing) == (2, 5, 0)


def test_another_seed_or_description_is_another_cell(journal: Journal) -> None:
    first = toy_cell()
    other_seed = Cell(first.label, first.description, 8, first.spec)
    other_scenario = Cell(first.label, '{"scenario":"other"}', 7, first.spec)
    other_label = Cell("renamed", first.description, 7, first.spec)
    run_replications(study_toys.quick, first, range(2), journal, workers=0)
    for cell, held in ((other_seed, 0), (other_scenario, 0), (other_label, 2)):
        assert run_replications(study_toys.quick, cell, range(2), journal, workers=0).held == held


@pytest.mark.parametrize("workers", [0, 2])
def test_a_replication_that_raises_is_kept_with_its_error_and_stops_nothing(journal: Journal, workers: int) -> None:
    summary = run_replications(study_toys.raising, toy_cell(), range(6), journal, workers=workers)
    errors = failures(journal, toy_cell())
    assert summary.failed == ((toy_cell().cell_hash, 1), (toy_cell().cell_hash, 4))
    assert sorted(table(journal, toy_cell())) == [0, 2, 3, 5]
    assert "ArithmeticError: no convergence in replication 4" in errors[4]
    assert all(row.seed == 7 for row in journal.rows(toy_cell().cell_hash))


def test_a_failed_replication_gives_way_to_a_later_success_unless_it_is_to_be_left(journal: Journal) -> None:
    run_replications(study_toys.raising, toy_cell(), range(6), journal, workers=0)
    left = run_replications(study_toys.quick, toy_cell(), range(6), journal, workers=0, retry_failed=False)
    assert len(left.failed) == 2
    again = run_replications(study_toys.quick, toy_cell(), range(6), journal, workers=0)
    assert (again.held, again.done, again.failed) == (4, 6, ())
    assert table(journal, toy_cell()) == {r: payload_of("toy", r) for r in range(6)}


@pytest.mark.parametrize(("model", "word"), [("exiting", "SystemExit"), ("wrong_kind", "not bytes")])
def test_an_exit_or_a_wrong_result_is_a_failure_too(journal: Journal, model: str, word: str) -> None:
    summary = run_replications(getattr(study_toys, model), toy_cell(), range(3), journal, workers=1)
    assert summary.done == 2
    assert [word in error for error in failures(journal, toy_cell()).values()] == [True]


def test_a_replication_whose_worker_is_killed_once_is_tried_again(journal: Journal, tmp_path: Path) -> None:
    cell = toy_cell(spec=str(tmp_path))
    summary = run_replications(study_toys.killed_on_first_try, cell, range(6), journal, workers=2)
    assert summary.done == 6
    assert (tmp_path / "tried-2").exists()
    assert table(journal, cell) == {r: payload_of("same", r) for r in range(6)}


def test_a_replication_that_always_kills_its_worker_is_kept_as_failed(journal: Journal) -> None:
    summary = run_replications(study_toys.always_killed, toy_cell(), range(6), journal, workers=2)
    assert summary.failed == ((toy_cell().cell_hash, 2),)
    assert sorted(table(journal, toy_cell())) == [0, 1, 3, 4, 5]
    assert "killed by SIGKILL" in failures(journal, toy_cell())[2]


def test_a_replication_that_hangs_is_stopped_at_the_time_limit(journal: Journal) -> None:
    summary = run_replications(study_toys.hanging, toy_cell(), range(4), journal, workers=2, time_limit_seconds=0.5)
    assert summary.done == 3
    assert failures(journal, toy_cell()) == {1: "stopped after 0.5 s"}


def test_the_deadline_leaves_the_rest_missing(journal: Journal) -> None:
    executor = local_executor(study_toys.hanging, 1)
    tasks = [Task(toy_cell(), replication) for replication in range(4)]
    summary = run_tasks(tasks, journal, executor, deadline_seconds=1.0)
    assert (summary.done, summary.missing, summary.failed) == (1, 3, ())


def test_workers_that_cannot_start_are_told_at_once_and_blame_no_replication(journal: Journal) -> None:
    with pytest.raises(WorkerStartError, match="no table for the province"):
        run_replications(study_toys.quick, toy_cell(), range(3), journal, workers=1, initializer=study_toys.bad_start)
    assert journal.held(toy_cell().cell_hash) == {}


def test_several_cells_share_the_workers_and_each_gets_its_own_spec(journal: Journal) -> None:
    cells = [toy_cell(name, spec=name) for name in ("a", "b", "c")]
    executor = local_executor(study_toys.quick, 2)
    tasks = [Task(cell, replication) for replication in range(4) for cell in cells]
    try:
        summary = run_tasks([*tasks, *tasks], journal, executor)
    finally:
        executor.stop()
    assert summary.requested == summary.done == 12
    for cell in cells:
        assert table(journal, cell) == {r: payload_of(cell.label, r) for r in range(4)}


def test_negative_replications_are_refused(journal: Journal) -> None:
    with pytest.raises(ValueError, match="numbered from 0"):
        run_replications(study_toys.quick, toy_cell(), [-1], journal, workers=0)


def test_ctrl_c_in_this_very_process_keeps_what_is_done(journal: Journal) -> None:
    with pytest.raises(Interrupted) as caught:
        run_replications(study_toys.pressing_ctrl_c, toy_cell(), range(5), journal, workers=0)
    assert (caught.value.exit_code, caught.value.missing) == (130, 2)
    assert sorted(table(journal, toy_cell())) == [0, 1, 2]


class Listener(Silent):
    def __init__(self) -> None:
        self.fractions: list[float] = []
        self.tasks: set[tuple[str, int]] = set()
        self.ends = 0

    def within(self, task: tuple[str, int], fraction: float) -> None:
        self.fractions.append(fraction)
        self.tasks.add(task)

    def end(self) -> None:
        self.ends += 1


def test_a_worker_tells_how_far_it_is(journal: Journal) -> None:
    listener = Listener()
    run_replications(study_toys.telling, toy_cell(), [0], journal, workers=1, progress=listener)
    assert listener.fractions[0] == 0.0
    assert {0.5, 1.0} & set(listener.fractions)
    assert listener.fractions == sorted(listener.fractions)
    assert listener.tasks == {(toy_cell().cell_hash, 0)}
    assert listener.ends == 1
