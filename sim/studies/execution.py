"""How a study is run, by which part and until when: everything that decides no result."""

from __future__ import annotations

import os
import re
import time
from dataclasses import dataclass
from pathlib import Path

from sim.scenario.files import as_on_disk

_SHARD = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})", re.ASCII)


@dataclass(frozen=True)
class Shard:
    """One office's part of a study, when several machines without a cluster share its replications.

    The `number`-th of `of` parts, counted from 1: every `of`-th replication, in all cells alike. So each shard has the
    same share of what is asked for, a comparison keeps its pairs, and shards stay the same when more replications are
    asked for later.
    """

    number: int
    of: int

    @classmethod
    def read(cls, text: str) -> Shard | None:
        """The shard written `2/3`; None when the text is no such thing, or names a part that is not there."""
        found = _SHARD.fullmatch(text)
        if found is None or int(found[1]) > int(found[2]):
            return None
        return cls(int(found[1]), int(found[2]))

    def holds(self, replication: int) -> bool:
        """Whether that replication is this shard's to run."""
        return replication % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"


_LONGEST_RESERVE_SECONDS = 15.0
_RESERVE_SHARE = 0.10


@dataclass(frozen=True)
class Deadline:
    """`--deadline 20min`: when the answer must be there, the time to write it included.

    Attributes:
        until: a moment on this machine's monotonic clock.
        reserve_seconds: what is kept back before it to write tables and report.
    """

    until: float
    reserve_seconds: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """So long from now."""
        reserve = min(_LONGEST_RESERVE_SECONDS, _RESERVE_SHARE * seconds)
        return cls(time.monotonic() + seconds, reserve)

    def seconds_to_simulate(self) -> float:
        """Seconds left for replications; 0 when it has passed."""
        return max(self.until - self.reserve_seconds - time.monotonic(), 0.0)


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
