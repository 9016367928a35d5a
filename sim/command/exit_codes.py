"""What the program's exit code tells a script."""

from __future__ import annotations

from sim.results.words import Words

DONE = 0
BUG = 1
USAGE = 2
INVALID = 3
"""A scenario, a run folder or another input cannot be used as it is."""
SOME_FAILED = 4
NOT_MET = 5
"""What was asked to hold does not: a signature that does not pass."""
EXTRA_MISSING = 6
INTERRUPTED = 130
"""Stopped from outside; what was finished is kept and the same command goes on from there."""


def refusal(error: BaseException) -> tuple[Words, int] | None:
    """What to say of a refused input and the exit code; None for anything else, which is then a bug."""
    from sim.studies import refusals

    words = refusals.refusal(error)
    return None if words is None else (words, _code(error))


def _code(error: BaseException) -> int:
    from sim.studies.dask_cluster import ClusterError
    from sim.studies.journal_file import JournalWriteError
    from sim.studies.refusals import ProvincesLostError
    from sim.studies.worker_processes import WorkerStartError

    match error:
        case JournalWriteError() | ClusterError() | WorkerStartError() | ProvincesLostError():
            return SOME_FAILED
        case ModuleNotFoundError():
            return EXTRA_MISSING
        case _:
            return INVALID
