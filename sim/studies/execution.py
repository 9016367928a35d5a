"""How a study is run: everything that decides no result."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sim.scenario.files import as_on_disk
from sim.studies.deadline import Deadline
from sim.studies.shard import Shard

RESULTS = Path("results")
"""Where run folders are made unless told otherwise: beneath the folder one stands in."""


@dataclass(frozen=True)
class Execution:
    """How a study is run.

    Attributes:
        out: the run folder; None for one in `results`, named by the scenario and the results.
        workers: processes on this machine, 0 for this very process; None for as many as there are cores for us.
        shard: the part of the replications to run here; None for all of them.
        deadline: when the answer must be there, whatever is done by then.
        cluster: address of the scheduler whose workers run them; empty for processes on this machine.
        simulate: whether missing replications are run; without, tables come from what is there.
        resume: the line that goes on after an interruption; told as it is.
        typed: the words of the command, which the manifest keeps for information.
    """

    out: Path | None = None
    workers: int | None = None
    shard: Shard | None = None
    deadline: Deadline | None = None
    cluster: str = ""
    simulate: bool = True
    resume: str = ""
    typed: tuple[str, ...] = ()

    def folder(self, name: str) -> Path:
        """The folder asked for, else one of that name, with a name of its own for a shard.

        Raises:
            ScenarioErrors: a name is longer than a disk takes.
        """
        if self.out is not None:
            return as_on_disk(self.out)
        shard = f"-shard-{self.shard.number}-of-{self.shard.of}" if self.shard else ""
        return RESULTS / f"{name}{shard}"

    def processes(self) -> int:
        """Processes asked for, else as many as the machine has cores for us."""
        if self.workers is not None:
            return self.workers
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
