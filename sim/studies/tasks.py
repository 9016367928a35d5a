"""Which replications a study wants, which of them its journal holds, and which of those count."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from sim.results.evidence_tables import FEWEST_PAIRS
from sim.studies.cell import Cell, Task
from sim.studies.execution import Shard
from sim.studies.journal import Journal

REPEATED = FEWEST_PAIRS
"""Replications that are run once more under another luck, in a study of at least so many: fewer pairs tell nothing."""
FIRST_PAIRS = 2
"""Replications that every option beside a run gets before any is left behind."""


class Replicated(Protocol):
    """The cells of a study."""

    @property
    def by_cell(self) -> bool:
        """Whether single cells are a result while others are missing."""

    def cells(self, folder: Path) -> Mapping[str, Cell]:
        """By name, the cells that get every replication; a case alone has no name."""

    def repeated(self, folder: Path) -> Cell | None:
        """The cell whose first replications tell luck from parameters, if that is wanted."""


def tasks_of(study: Replicated, folder: Path, asked: int, shard: Shard | None = None) -> list[Task]:
    """Every replication wanted: each number in all cells before the next, then those under another luck.

    A shard has its replications in all cells, so that pairs stay together; where a cell counts by itself it has its
    part of all of them.
    """
    cells, repeated = study.cells(folder), study.repeated(folder)
    tasks = [Task(cell, number) for number in range(asked) for cell in cells.values()]
    again = [] if repeated is None or asked < REPEATED else [Task(repeated, number) for number in range(REPEATED)]
    wanted = {task.key: task for task in (*tasks, *again)}.values()
    if shard is None:
        return list(wanted)
    return [task for place, task in enumerate(wanted) if shard.holds(place if study.by_cell else task.replication)]


def statuses_of(tasks: list[Task], journal: Journal) -> dict[tuple[str, int], str]:
    """What the journal holds of these: done or failed, by (cell hash, replication)."""
    wanted = {task.key for task in tasks}
    return {
        (cell_hash, number): status
        for cell_hash in dict.fromkeys(cell_hash for cell_hash, _ in wanted)
        for number, status in journal.held(cell_hash).items()
        if (cell_hash, number) in wanted
    }


class Tally:
    """The replications 0 to `asked` of several cells, as the journal has them now.

    A replication is done when every cell has it. After `cut_short` only the unbroken beginning counts: what is done
    beyond it is there because it was quick, and would lean the answer.
    """

    def __init__(self, journal: Journal, cells: Mapping[str, Cell], wanted: int) -> None:
        self._journal = journal
        self._cells = cells
        held = [number for each in self._held() for number in each]
        self.asked = max([wanted, *(number + 1 for number in held)])
        self.below = self.asked

    def cut_short(self) -> None:
        """Count the unbroken beginning only."""
        held = self._held()
        broken = (number for number in range(self.asked) if not all(number in each for each in held))
        self.below = next(broken, self.asked)

    def counted(self) -> list[int]:
        """The done replications that tables rest on."""
        return [number for number in self._done() if number < self.below]

    def later(self) -> int:
        """How many are done and kept but not counted."""
        return sum(number >= self.below for number in self._done())

    def failed(self) -> int:
        """How many of those that could count failed in some cell."""
        held = self._held()
        return sum(any(each.get(number) == "failed" for each in held) for number in range(self.below))

    def has_gaps(self) -> bool:
        """Whether some that were asked for have not ended, neither done nor failed."""
        held = self._held()
        return not all(number in each for number in range(self.asked) for each in held)

    def _done(self) -> list[int]:
        held = self._held()
        return [number for number in range(self.asked) if all(each.get(number) == "done" for each in held)]

    def _held(self) -> list[dict[int, str]]:
        return [dict(self._journal.held(cell.cell_hash)) for cell in self._cells.values()]
