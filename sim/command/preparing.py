"""Compiling the model once, before workers start, so that no two of them do it at the same time."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sim.command.case import Case
from sim.command.console import Console
from sim.engine import jit
from sim.engine.clock import add_months
from sim.province import simulate
from sim.scenario.errors import Words
from sim.scenario.loading import LoadedScenario


def is_prepared(engine: str) -> bool:
    """Whether an earlier run on this machine has compiled all that this scheduler needs."""
    return bool(os.environ.get("NUMBA_DISABLE_JIT")) or (jit.is_compiled() and _mark(engine).exists())


def prepare(case: Case, console: Console) -> None:
    """Simulate the first month, which compiles the whole model; says so, for it takes a minute."""
    if is_prepared(case.engine):
        return
    console.say(
        Words(
            "chuẩn bị mô hình lần đầu trên máy này, khoảng một phút",
            "preparing the model for the first time on this machine, about a minute",
        )
    )
    with suppress(Exception):  # whatever is wrong with the model is said of the replication that meets it
        simulate(_first_month(case.loaded), case.seed, 0, engine=case.engine, certain=True)
        _mark(case.engine).touch()


def _mark(engine: str) -> Path:
    return jit.cache_folder() / f"prepared-{engine}"


def _first_month(loaded: LoadedScenario) -> LoadedScenario:
    horizon = loaded.scenario.horizon
    end = min(horizon.end, add_months(horizon.start.replace(day=1), 1))
    short = loaded.scenario.model_copy(update={"horizon": horizon.model_copy(update={"end": end})})
    return replace(loaded, scenario=short)
