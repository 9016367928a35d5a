"""Studies: what is asked of many replications, run and kept in a folder. Nothing here knows a command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.studies.execution import Execution
    from sim.studies.progress import Listener
    from sim.studies.runner import StudyResult
    from sim.studies.spec import ReplicatedSpec


def run(spec: ReplicatedSpec, execution: Execution | None = None, listener: Listener | None = None) -> StudyResult:
    """Run what a spec asks, as its command does: the same folder, journal and resume, tables and pages.

    Args:
        spec: what is asked.
        execution: how it is run; None for a folder in `results` and as many processes as there are cores.
        listener: told what happens meanwhile; None for nobody.

    Raises:
        SpecRefusedError: what is asked is not whole.
        ScenarioErrors: everything wrong with the scenario or with what is laid over it.
        FolderRefusedError, FolderBusyError: the folder cannot be used.
        FileWriteError, JournalWriteError: the disk refuses.
    """
    from sim.studies.execution import Execution
    from sim.studies.opening import study_of
    from sim.studies.progress import NoListener
    from sim.studies.runner import run_study

    return run_study(study_of(spec), execution or Execution(), listener or NoListener())
