"""Toy models of a start, importable by worker processes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

from sim.studies.cell import Cell, Task
from sim.studies.executors import Executor
from sim.studies.fitting import Candidate, Tried, tried_of
from sim.studies.journal import Journal
from sim.studies.replications import run_tasks

TRUTH = 0.3


def drawn(spec: object, number: int) -> tuple[float, float]:
    """A share from nought to one and some noise, a function of (spec, number) alone."""
    dice = random.Random(f"{spec}/{number}")
    return dice.random(), dice.gauss(0.0, 0.02)


def reporting(spec: object, number: int) -> bytes:
    """What is reported is the share itself with noise, and half of it at most by those who use half."""
    share, noise = drawn(spec, number)
    values = {"use": share + noise, "half": 0.5 * share}
    return Candidate(number, {"share": share}, values, {"half": ["half", 0.5]}).encoded()


def stumbling(spec: object, number: int) -> bytes:
    """Fails now and then."""
    if number % 4 == 3:
        raise ArithmeticError(f"volumes of candidate {number} contradict each other")
    return reporting(spec, number)


def wordy(spec: object, number: int) -> bytes:
    """Returns something else than a candidate."""
    return f"{spec} {number}".encode()


def toy_cell(name: str = "toy") -> Cell:
    return Cell(name, f'{{"start":"{name}"}}', 7, name)


def try_candidates(cells: Sequence[tuple[Cell, int]], folder: Path, executor: Executor) -> list[Tried]:
    """Candidates 0, 1, 2... of each cell, kept in a journal as the runner keeps them."""
    with Journal.to_write(folder) as journal:
        run_tasks([Task(cell, number) for cell, most in cells for number in range(most)], journal, executor)
        return [tried_of(journal, cell, most) for cell, most in cells]
