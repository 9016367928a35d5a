"""Any executor of the standard library carries replications; a pool broken by a death is begun anew."""

from __future__ import annotations

import multiprocessing
import threading
from collections.abc import Callable
from concurrent import futures
from functools import partial
from pathlib import Path

import study_toys
from study_toys import payload_of, toy_cell

from sim.studies.cell import Cell, Task
from sim.studies.futures import Futures
from sim.studies.journal import Journal
from sim.studies.replications import Summary, run_tasks
from sim.studies.worker import Model

Begin = Callable[[], futures.Executor]


def processes() -> futures.Executor:
    return futures.ProcessPoolExecutor(2, multiprocessing.get_context("spawn"))


def ran(begin: Begin, model: Model, folder: Path, count: int = 8, cell: Cell | None = None) -> Summary:
    executor = Futures(model, begin, 2)
    try:
        with Journal.to_write(folder) as journal:
            return run_tasks([Task(cell or toy_cell(), number) for number in range(count)], journal, executor)
    finally:
        executor.stop()


def test_a_death_breaks_the_pool_and_costs_only_the_replication_that_causes_it(tmp_path: Path) -> None:
    summary = ran(processes, study_toys.always_killed, tmp_path)
    assert summary.done == 7
    assert [number for _, number in summary.failed] == [2]
    with Journal.to_read(tmp_path) as journal:
        rows = {row.replication: row for row in journal.rows(toy_cell().cell_hash)}
    assert rows[2].error.startswith("BrokenProcessPool")
    assert all(row.payload == payload_of("toy", number) for number, row in rows.items() if number != 2)


def test_threads_of_one_process_run_one_replication_at_a_time(tmp_path: Path) -> None:
    begin = partial(futures.ThreadPoolExecutor, 4)
    assert ran(begin, alone, tmp_path, 20).done == 20


_within = threading.Lock()


def alone(spec: object, replication: int) -> bytes:
    if not _within.acquire(blocking=False):
        raise RuntimeError("two at a time")
    payload = study_toys.sleepy(spec, replication)
    _within.release()
    return payload


def test_a_spec_is_packed_for_workers_that_do_not_see_our_disk(tmp_path: Path) -> None:
    executor = Futures(study_toys.quick, partial(futures.ThreadPoolExecutor, 1), 1, pack=lambda spec: f"packed {spec}")
    with Journal.to_write(tmp_path) as journal:
        run_tasks([Task(toy_cell(), 3)], journal, executor)
        executor.stop()
        assert dict(journal.payloads(toy_cell().cell_hash)) == {3: payload_of("packed toy", 3)}
