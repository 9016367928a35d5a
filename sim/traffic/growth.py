"""More room for what is in flight, when a backlog outgrows the pools."""

import numpy as np
from numpy.typing import NDArray

from sim.engine.records import Records
from sim.exchange.dossier_state import empty_dossiers
from sim.exchange.state import CROSSING, PAPER, VISIT, World, empty_jobs


def grow(world: World) -> World:
    """The same world with twice the slots for jobs, documents, dossiers, and for traces and what leaves, if kept."""
    jobs = empty_jobs(2 * len(world.jobs))
    jobs[: len(world.jobs)] = world.jobs
    documents = np.zeros(2 * len(world.documents), PAPER)
    documents[: len(world.documents)] = world.documents
    dossiers = empty_dossiers(2 * len(world.dossiers))
    dossiers[: len(world.dossiers)] = world.dossiers
    visits = world.visits
    if world.tally["tracing"][0]:
        visits = np.zeros(2 * len(world.visits), VISIT)
        visits[: len(world.visits)] = world.visits
    leaving = world.leaving
    if world.rules["among_provinces"][0]:
        leaving = np.zeros(2 * len(world.leaving), CROSSING)
        leaving[: len(world.leaving)] = world.leaving
    return world._replace(
        jobs=jobs,
        documents=documents,
        dossiers=dossiers,
        visits=visits,
        leaving=leaving,
        free_jobs=_more_free(world.free_jobs, world.tally, "free_jobs", len(world.jobs)),
        free_documents=_more_free(world.free_documents, world.tally, "free_documents", len(world.documents)),
        free_dossiers=_more_free(world.free_dossiers, world.tally, "free_dossiers", len(world.dossiers)),
    )


def _more_free(free: NDArray[np.int64], tally: Records, name: str, slots: int) -> NDArray[np.int64]:
    """Free list with the new slots below the old ones, so that known slots are used first."""
    number = int(tally[name][0])
    longer = np.empty(2 * slots, np.int64)
    longer[:slots] = np.arange(2 * slots - 1, slots - 1, -1)
    longer[slots : slots + number] = free[:number]
    tally[name][0] = slots + number
    return longer
