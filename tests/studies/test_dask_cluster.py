"""A real scheduler and two workers give the bytes of local processes; what dies there is noticed and told."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
import study_toys
from country_case import tiny_country
from dask_processes import WORKERS, Cluster, cluster_in
from study_toys import payload_of, toy_cell

from sim.studies import dask_cluster
from sim.studies.cell import Cell, Task
from sim.studies.country import HeldHere, run_country
from sim.studies.country_holders import held_by_cluster
from sim.studies.dask_cluster import LOST, NO_SCHEDULER, OTHER_PROGRAM, ClusterError, DaskCluster
from sim.studies.journal import Journal
from sim.studies.progress import Silent
from sim.studies.replications import run_replications, run_tasks
from sim.studies.worker import Model

COUNT = 30


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster_in(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def connected(cluster: Cluster, model: Model) -> DaskCluster:
    return DaskCluster(cluster.address, model, study_toys.as_sent, study_toys.version)


def ran(cluster: Cluster, model: Model, cell: Cell, count: int, journal: Journal) -> tuple[int, tuple[int, ...]]:
    executor = connected(cluster, model)
    try:
        summary = run_tasks([Task(cell, number) for number in range(count)], journal, executor)
    finally:
        executor.stop()
    return summary.done, tuple(number for _, number in summary.failed)


def test_the_bytes_are_those_of_local_processes_and_both_workers_take_part(cluster: Cluster, tmp_path: Path) -> None:
    for name in ("local", "cluster"):
        (tmp_path / name).mkdir()
    with Journal.to_write(tmp_path / "local") as local, Journal.to_write(tmp_path / "cluster") as far:
        run_replications(study_toys.sleepy, toy_cell(), range(COUNT), local, workers=2)
        assert ran(cluster, study_toys.sleepy, toy_cell(), COUNT, far) == (COUNT, ())
        assert far.digest() == local.digest()
        pids = {row.worker_pid for row in far.rows(toy_cell().cell_hash)}
    assert len(pids) == WORKERS
    assert os.getpid() not in pids


def test_a_model_that_raises_is_an_outcome_with_its_traceback(cluster: Cluster, tmp_path: Path) -> None:
    with Journal.to_write(tmp_path) as journal:
        assert ran(cluster, study_toys.raising, toy_cell(), 6, journal) == (4, (1, 4))
        errors = {row.replication: row.error for row in journal.rows(toy_cell().cell_hash) if row.status == "failed"}
    assert "no convergence in replication 1" in errors[1]
    assert "Traceback" in errors[4]


def test_a_worker_killed_once_costs_nothing(cluster: Cluster, tmp_path: Path) -> None:
    cell = toy_cell("shared", str(tmp_path))
    with Journal.to_write(tmp_path) as journal:
        assert ran(cluster, study_toys.killed_on_first_try, cell, 8, journal) == (8, ())
        assert dict(journal.payloads(cell.cell_hash)) == {number: payload_of("same", number) for number in range(8)}
    assert (tmp_path / "tried-2").exists(), "the worker was killed"


def test_a_replication_that_kills_every_worker_is_kept_as_failed_and_the_others_are_done(
    cluster: Cluster, tmp_path: Path
) -> None:
    with Journal.to_write(tmp_path) as journal:
        assert ran(cluster, study_toys.always_killed, toy_cell(), 6, journal) == (5, (2,))
        row = next(row for row in journal.rows(toy_cell().cell_hash) if row.replication == 2)
    assert (row.status, row.seed) == ("failed", 7)
    assert "KilledWorker" in row.error


def test_workers_of_another_version_are_refused_before_anything_is_run(cluster: Cluster) -> None:
    with pytest.raises(ClusterError, match=OTHER_PROGRAM) as caught:
        DaskCluster(cluster.address, study_toys.quick, study_toys.as_sent, study_toys.version_of_this_process)
    assert "tcp://127.0.0.1:" in caught.value.detail


def test_where_no_scheduler_answers_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_cluster, "_SECONDS_TO_ANSWER", 0.5)
    with pytest.raises(ClusterError, match=NO_SCHEDULER[:40]):
        DaskCluster("tcp://127.0.0.1:9", study_toys.quick, study_toys.as_sent, study_toys.version)


@pytest.mark.slow
def test_a_scheduler_that_is_killed_stops_the_study_with_all_that_was_finished(tmp_path: Path) -> None:
    (tmp_path / "cluster").mkdir()
    with cluster_in(tmp_path / "cluster") as own, Journal.to_write(tmp_path) as journal:
        executor = connected(own, study_toys.sleepy)
        progress = KillAfter(5, own.scheduler.pid)
        with pytest.raises(ClusterError, match=LOST[:40]):
            run_tasks([Task(toy_cell(), number) for number in range(400)], journal, executor, progress)
        executor.stop()
        held = dict(journal.payloads(toy_cell().cell_hash))
        assert journal.verify() == len(held) >= 5
        assert held == {number: payload_of("toy", number) for number in held}


@pytest.mark.slow
def test_a_country_is_the_same_on_the_workers_of_a_cluster(cluster: Cluster, tmp_path: Path) -> None:
    country = tiny_country(tmp_path, days=6)
    here = run_country(country, HeldHere(country, 7, "compiled"), 7)
    held = held_by_cluster(country, 7, "compiled", cluster.address)
    try:
        there = run_country(country, held, 7)
    finally:
        held.stop()
    assert (there.totals, there.handed_over, there.under_way) == (here.totals, here.handed_over, here.under_way)
    assert here.handed_over > 30


class KillAfter(Silent):
    """Kills a process when so many replications have ended."""

    def __init__(self, count: int, pid: int) -> None:
        self._left = count
        self._pid = pid

    def finished(self, *_: object, **__: object) -> None:
        self._left -= 1
        if self._left == 0:
            os.kill(self._pid, signal.SIGKILL)
