"""Where replications are run, and the model compiled there once, before workers start.

Processes on this machine, or the workers of a cluster; of several processes one compiles and the others wait.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from sim.engine import jit
from sim.engine.clock import add_months
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario
from sim.studies.case import Case
from sim.studies.executors import Executor
from sim.studies.listener import Listener
from sim.studies.model_spec import replicate
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


def is_prepared(engine: str) -> bool:
    """Whether an earlier run on this machine has compiled all that this scheduler needs."""
    return bool(os.environ.get("NUMBA_DISABLE_JIT")) or (jit.is_compiled() and _mark(engine).exists())


def prepare(case: Case, listener: Listener) -> None:
    """Simulate the first month, which compiles the whole model; says so, for it takes a minute."""
    if is_prepared(case.engine):
        return
    listener.say(
        Words(
            "chuẩn bị mô hình lần đầu trên máy này, khoảng một phút",
            "preparing the model for the first time on this machine, about a minute",
        )
    )
    compile_once(case.loaded, case.seed, case.engine)


def compile_once(loaded: LoadedScenario, seed: int, engine: str) -> None:
    """Compile what this scheduler needs unless it is done; of several processes one does it and the others wait."""
    if is_prepared(engine):
        return
    from sim.model.simulate import simulate  # loads the compiler, which what is only asked or counted can do without

    with suppress(Exception), _alone():  # whatever is wrong with the model is said of the replication that meets it
        if not is_prepared(engine):
            simulate(_first_month(loaded), seed, 0, engine=engine, certain=True)
            _mark(engine).touch()


@contextmanager
def _alone() -> Iterator[None]:
    folder = jit.cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / ".preparing", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _mark(engine: str) -> Path:
    return jit.cache_folder() / f"prepared-{engine}"


def _first_month(loaded: LoadedScenario) -> LoadedScenario:
    horizon = loaded.scenario.horizon
    end = min(horizon.end, add_months(horizon.start.replace(day=1), 1))
    short = loaded.scenario.model_copy(update={"horizon": horizon.model_copy(update={"end": end})})
    return replace(loaded, scenario=short)
