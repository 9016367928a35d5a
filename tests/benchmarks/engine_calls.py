"""What single calls of the engine cost, measured alone, many in a row, on the calendar of the province."""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sim.engine.distributions import lognormal
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.engine.working_time import Index, Shifts, add_working, is_open, working_between
from sim.exchange.addressing import choose_recipients
from sim.exchange.codes import EXOGENOUS
from sim.exchange.founding import found
from sim.exchange.state import World
from sim.exchange.writing import write_document
from sim.scenario.drawn import draw_parameters

TIMES = 1_000_000
ROUNDS = 3
HOUR_MS = 3_600_000
SPAN_MS = 300 * 24 * HOUR_MS


@njit
def draws(number: int) -> float:
    total = 0.0
    for i in range(number):
        total += uniform(1, i, 2, 3)
    return total


@njit
def lognormals(number: int) -> float:
    total = 0.0
    for i in range(number):
        total += lognormal((i + 0.5) / number, 600.0, 0.5)
    return total


@njit
def added(shifts: Shifts, first_shift: Index, at: NDArray[np.int64]) -> int:
    total = 0
    for i in range(at.shape[0]):
        total += add_working(shifts, first_shift, 0, at[i], HOUR_MS // 4)
    return total


@njit
def opened(shifts: Shifts, first_shift: Index, at: NDArray[np.int64]) -> int:
    total = 0
    for i in range(at.shape[0]):
        total += is_open(shifts, first_shift, 0, at[i])
    return total


@njit
def between(shifts: Shifts, first_shift: Index, at: NDArray[np.int64]) -> int:
    total = 0
    for i in range(at.shape[0]):
        total += working_between(shifts, first_shift, 0, at[i], at[i] + 20 * HOUR_MS)
    return total


@njit
def addressed(w: World, slot: int, senders: NDArray[np.int64]) -> int:
    total = 0
    d = w.documents[slot]
    for i in range(senders.shape[0]):
        d.key = (i + 1) * 1_000_003
        d.sender = senders[i]
        total += choose_recipients(w, slot)
    return total


def choosing_us(loaded: Any, documents: int = 50_000) -> float:
    """Microseconds of choosing recipients, for each delivery, of documents that agencies begin themselves."""
    w = found(loaded, draw_parameters(loaded.scenario, 1, certain=True), 1).world
    outgoing = np.asarray(w.agencies["outgoing"])
    senders = np.random.default_rng(1).choice(len(outgoing), documents, p=outgoing / outgoing.sum())
    slot = write_document(w, 1, 1, int(senders[0]), EXOGENOUS, -1, -1)
    deliveries = addressed(w, slot, senders)
    begun = time.process_time()
    addressed(w, slot, senders)
    return (time.process_time() - begun) / deliveries * 1e6


def engine_ns(loaded: Any) -> dict[str, float]:
    """Nanoseconds of one call of each."""
    w = found(loaded, draw_parameters(loaded.scenario, 1, certain=True), 1).world
    at = (np.random.default_rng(1).random(TIMES) * SPAN_MS).astype(np.int64)
    acts: dict[str, Callable[[], object]] = {
        "a draw": lambda: draws(TIMES),
        "a lognormal duration of its draw": lambda: lognormals(TIMES),
        "adding working time": lambda: added(w.shifts, w.first_shift, at),
        "is the office open": lambda: opened(w.shifts, w.first_shift, at),
        "working time between two instants": lambda: between(w.shifts, w.first_shift, at),
    }
    return {name: _median_ns(act) for name, act in acts.items()}


def _median_ns(act: Callable[[], object]) -> float:
    act()
    seconds = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        act()
        seconds.append(time.process_time() - begun)
    return statistics.median(seconds) / TIMES * 1e9
