"""Which replications a study wants, and which of them its journal holds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sim.studies.cell import Task
from sim.studies.journal import Journal
from sim.studies.shard import Shard

if TYPE_CHECKING:
    from sim.command.carrying_out import Study

REPEATED = 10
"""Replications that are run once more under another luck."""


def tasks_of(study: Study, folder: Path, asked: int, shard: Shard | None = None) -> list[Task]:
    """Every replication wanted: each number in all cells before the next, then those under another luck.

    A shard has its replications in all cells, so that pairs stay together; where a cell counts by itself it has its
    part of all of them.
    """
    cells, repeated = study.cells(folder), study.repeated(folder)
    tasks = [Task(cell, number) for number in range(asked) for cell in cells.values()]
    again = [] if repeated is None else [Task(repeated, number) for number in range(min(REPEATED, asked))]
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
