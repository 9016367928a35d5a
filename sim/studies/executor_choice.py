"""Where replications are run: processes on this machine, or the workers of a cluster."""

from __future__ import annotations

from importlib.util import find_spec

from sim.results.words import Words
from sim.studies.case import Case
from sim.studies.executors import Executor
from sim.studies.model_spec import replicate
from sim.studies.preparing import prepare
from sim.studies.progress import Listener
from sim.studies.replications import local_executor
from sim.studies.worker import Model


def executor_of(
    case: Case, most: int, listener: Listener, *, workers: int, cluster: str = "", model: Model | None = None
) -> Executor:
    """Start what runs the replications.

    Args:
        case: the case, or the baseline of several.
        most: how many replications there are to run at most.
        listener: told which machines, and when the model is compiled.
        workers: processes on this machine; 0 for this very process.
        cluster: address of the scheduler whose workers run them instead; empty for this machine.
        model: called for each replication on this machine; None for the whole model.

    Raises:
        ClusterError: the cluster cannot be used.
        ModuleNotFoundError: the extra `cluster` is not installed.
    """
    if cluster:
        from sim.studies.dask_cluster import DaskCluster
        from sim.studies.remote_spec import packed, program, replicate_packed

        executor = DaskCluster(cluster, replicate_packed, packed, program)
        vietnamese = f"chạy trên cụm {cluster}, {executor.workers} tiến trình"
        listener.say(Words(vietnamese, f"running on the cluster {cluster}, workers: {executor.workers}"))
        return executor
    prepare(case, listener)
    return local_executor(model or replicate, min(workers, most))


def refuse_without_extra(cluster: str) -> None:
    """Say before anything is begun that the package is missing.

    Raises:
        ModuleNotFoundError: a cluster is asked for and the extra `cluster` is not installed.
    """
    if cluster and find_spec("distributed") is None:
        raise ModuleNotFoundError("No module named 'distributed'", name="distributed")
