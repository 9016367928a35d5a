"""Nothing is lost: what entered is done, or still on its way, at the end of every replication."""

from collections.abc import Mapping

from sim.exchange.codes import DELIVERY, ELECTRONIC_TWIN, PAPER_TWIN, REPEAT
from sim.exchange.state import World
from sim.policy.ledger import Ledger

TOLERANCE_MILLION_VND = 1e-6


class ConservationError(RuntimeError):
    """Something was lost or made from nothing: a bug in the model, never a result."""


def check_conservation(world: World, ledger: Ledger) -> None:
    """Compare what entered with what left and what is in flight.

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
        "references to documents": (int(world.documents["outstanding"].sum()), len(jobs)),
    }
    _raise_if_unequal(counted)
    gap = ledger.imbalance_million_vnd()
    if gap > TOLERANCE_MILLION_VND:
        raise ConservationError(f"money does not add up: {gap:.6f} million VND neither committed nor returned")
    overspent = ledger.overspent_million_vnd()
    if overspent > TOLERANCE_MILLION_VND:
        raise ConservationError(f"money does not add up: {overspent:.6f} million VND paid that nobody committed")


def _raise_if_unequal(counted: Mapping[str, tuple[int, int]]) -> None:
    wrong = [
        f"{what}: {entered} entered, {found} accounted for"
        for what, (entered, found) in counted.items()
        if entered != found
    ]
    if wrong:
        raise ConservationError("conservation broken: " + "; ".join(wrong))
