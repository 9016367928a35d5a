"""Nothing is lost: what entered is done, or still on its way, at the end of every replication."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.engine.records import Records
from sim.exchange.codes import (
    BEFORE_RESULT,
    COUNTER,
    DELIVERY,
    DOSSIER,
    ELECTRONIC_TWIN,
    LEADER,
    OFFICERS,
    PAPER_TWIN,
    REGISTRY,
    REPEAT,
)
from sim.exchange.dossier_counting import (
    F_ASSISTED,
    F_AT_COUNTER,
    F_BY_POST,
    F_FILED,
    F_ONLINE,
    LATE,
    RECEIVED,
    RESULTS,
    RETURNED,
)
from sim.exchange.state import World
from sim.policy.ledger import Ledger

Counts = NDArray[np.int64]
TOLERANCE_MILLION_VND = 1e-6
PEOPLE = (REGISTRY, OFFICERS, LEADER, COUNTER)
BESIDE_LEADERS = 3
"""A clerk, an officer and a counter: what any office of ours has beside its leaders, however few its staff."""
_CHANNELS = [F_AT_COUNTER, F_ONLINE, F_ASSISTED, F_BY_POST]


class ConservationError(RuntimeError):
    """Something was lost or made from nothing: a bug in the model, never a result."""


def check_conservation(world: World, ledger: Ledger) -> None:
    """Compare what entered with what left and what is in flight.

    Args:
        world: the world as it stands.
        ledger: its money.

    Raises:
        ConservationError: naming what does not add up.
    """
    tally = {name: int(world.tally[name][0]) for name in world.tally.dtype.names or ()}
    jobs = world.jobs[world.jobs["alive"] == 1]
    kinds = jobs["kind"]
    deliveries = jobs[kinds == DELIVERY]
    counted = {
        "jobs": (tally["jobs_created"], tally["jobs_finished"] + len(jobs)),
        "job slots": (len(world.jobs), tally["free_jobs"] + len(jobs)),
        "documents": (
            tally["documents_created"],
            tally["documents_finished"] + len(world.documents) - tally["free_documents"],
        ),
        "deliveries to registration": (
            tally["deliveries_created"],
            tally["deliveries_registered"] + int((deliveries["registered_ms"] < 0).sum()),
        ),
        "deliveries to handling": (tally["deliveries_created"], tally["deliveries_handled"] + len(deliveries)),
        "paper and electronic twins": (
            tally["twins_created"],
            tally["twins_filed"] + int(((kinds == PAPER_TWIN) | (kinds == ELECTRONIC_TWIN)).sum()),
        ),
        "repeats": (tally["repeats_created"], tally["repeats_dropped"] + int((kinds == REPEAT).sum())),
        "deliveries by month": (tally["deliveries_created"], int(world.flows[..., 0].sum())),
        "deliveries by cause": (tally["deliveries_created"], int(world.causes.sum())),
        "references to documents": (int(world.documents["outstanding"].sum()), int((kinds != DOSSIER).sum())),
        "dossiers": (tally["dossiers_filed"], tally["dossiers_finished"] + int((kinds == DOSSIER).sum())),
        "dossier slots": (len(world.dossiers), tally["free_dossiers"] + int((kinds == DOSSIER).sum())),
        "dossiers by month": (tally["dossiers_filed"], int(world.dossier_flows[..., F_FILED].sum())),
        "dossiers by channel": (tally["dossiers_filed"], int(world.dossier_flows[..., _CHANNELS].sum())),
        "dossiers to a result": (
            int(world.dossier_flows[..., RECEIVED].sum()),
            _results(world, jobs[kinds == DOSSIER]),
        ),
        "dossiers by due day": (int(world.dossier_flows[..., RESULTS].sum()), int(world.dossier_dues.sum())),
        "late dossiers by cause": (int(world.dossier_flows[..., LATE].sum()), int(world.lateness.sum())),
        **_places(world, jobs),
    }
    _raise_if_unequal(counted)
    gap = ledger.imbalance_million_vnd()
    if gap > TOLERANCE_MILLION_VND:
        raise ConservationError(f"money does not add up: {gap:.6f} million VND neither committed nor returned")
    overspent = ledger.overspent_million_vnd()
    if overspent > TOLERANCE_MILLION_VND:
        raise ConservationError(f"money does not add up: {overspent:.6f} million VND paid that nobody committed")


def _results(world: World, jobs: Records) -> int:
    """Dossiers received that have a result or were returned, and those under way to one."""
    ended = int(world.dossier_flows[..., [RESULTS, RETURNED]].sum())
    under_way = np.isin(jobs["step"], BEFORE_RESULT) & (world.dossiers["received_ms"][jobs["dossier"]] >= 0)
    return ended + int(under_way.sum())


def _places(world: World, jobs: Records) -> dict[str, tuple[int, int]]:
    """Each busy place serves exactly one job and no station more than it ever had places: nobody is at two at once."""
    serving = np.bincount(jobs["station"][jobs["serving"] == 1], minlength=len(world.stations))
    return {
        "busy places": (int(world.stations["busy"].sum()), int(serving.sum())),
        "stations busy with other than they serve": (0, int((world.stations["busy"] != serving).sum())),
        "stations that serve more than they have places": (0, int((serving > world.stations["most"]).sum())),
    }


def check_people(world: World) -> None:
    """On the first day no agency has more places at its stations than staff: one person, one place.

    Raises:
        ConservationError: naming the agency's number.
    """
    people = np.isin(world.stations["kind"], PEOPLE)
    agencies, capacity = world.stations["agency"][people], world.stations["capacity"][people]
    places = np.bincount(agencies, weights=capacity, minlength=len(world.agencies))
    allowed = np.maximum(world.agencies["staff"], world.agencies["leaders_count"] + BESIDE_LEADERS)
    wrong = [f"agency {i}: {int(places[i])} places, {int(allowed[i])} people" for i in np.flatnonzero(places > allowed)]
    if wrong:
        raise ConservationError("people at two places: " + "; ".join(wrong))


def _raise_if_unequal(counted: Mapping[str, tuple[int, int]]) -> None:
    wrong = [
        f"{what}: {entered} entered, {found} accounted for"
        for what, (entered, found) in counted.items()
        if entered != found
    ]
    if wrong:
        raise ConservationError("conservation broken: " + "; ".join(wrong))
