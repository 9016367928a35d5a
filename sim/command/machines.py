"""Where replications are run: processes on this machine, or the workers of a cluster."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from sim.command.case import Case
from sim.command.console import Console
from sim.results.words import Words
from sim.studies.executors import Executor
from sim.studies.replications import local_executor

if TYPE_CHECKING:
    from sim.command.carrying_out import Order


def executor_of(order: Order, case: Case, tasks: int, console: Console) -> Executor:
    """Start what was asked for.

    Args:
        order: names the cluster, or the number of processes here.
        case: the case, or the baseline of several.
        tasks: how many replications there are to run at most.
        console: told which.

    Raises:
        ClusterError: the cluster cannot be used.
        ModuleNotFoundError: the extra `cluster` is not installed.
    """
    if order.cluster:
        from sim.command.packed import packed, program, replicate_packed
        from sim.studies.dask_cluster import DaskCluster

        cluster = DaskCluster(order.cluster, replicate_packed, packed, program)
        vietnamese = f"chạy trên cụm {order.cluster}, {cluster.workers} tiến trình"
        console.say(Words(vietnamese, f"running on the cluster {order.cluster}, workers: {cluster.workers}"))
        return cluster
    from sim.command.model import replicate
    from sim.command.preparing import prepare

    prepare(case, console)
    return local_executor(replicate, min(order.workers, tasks))


def refuse_without_extra(cluster: str) -> None:
    """Say before anything is begun that the package is missing.

    Raises:
        ModuleNotFoundError: a cluster is asked for and the extra `cluster` is not installed.
    """
    if cluster and find_spec("distributed") is None:
        raise ModuleNotFoundError("No module named 'distributed'", name="distributed")
