"""Compiling the model once, before workers start, so that no two of them do it at the same time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sim.engine import jit
from sim.engine.clock import add_months
from sim.results.words import Words
from sim.scenario.loading import LoadedScenario
from sim.studies.case import Case
from sim.studies.listener import Listener


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
