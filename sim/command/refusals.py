"""The exit code of each refusal; what it says is told by the part that knows it."""

from __future__ import annotations

from sim.command import exit_codes
from sim.results.words import Words
from sim.studies import refusals
from sim.studies.dask_cluster import ClusterError
from sim.studies.journal_file import JournalWriteError
from sim.studies.worker_processes import WorkerStartError


def refusal(error: BaseException) -> tuple[Words, int] | None:
    """What to say of a refused input and the exit code; None for anything else, which is then a bug."""
    words = refusals.refusal(error)
    return None if words is None else (words, _code(error))


def _code(error: BaseException) -> int:
    match error:
        case JournalWriteError() | ClusterError() | WorkerStartError():
            return exit_codes.SOME_FAILED
        case ModuleNotFoundError():
            return exit_codes.EXTRA_MISSING
        case _:
            return exit_codes.INVALID
