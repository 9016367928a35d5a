"""Facts of the exchange, added up as they happen; what they mean is computed after the run.

A delivery belongs to the month in which its document was issued, a circulation to the month it ends.
"""

from sim.engine.clock import HOUR_MS
from sim.engine.jit import njit
from sim.exchange.state import AGENCY_FLOWS, DELAY_BINS, FLOWS, World

(
    DELIVERIES,
    SECRETS,
    NEVERS,
    SENT,
    SENT_ONLY,
    ACCEPTED,
    ACCEPTED_ONLY,
    ACCEPTED_SIGNED,
    REGISTERED,
    HANDLED,
    ATTEMPTS,
    REFUSED,
    UNVERIFIED,
) = range(len(FLOWS))
(
    A_ISSUED,
    A_ISSUED_ELECTRONIC,
    A_DELIVERIES_OUT,
    A_ELECTRONIC_OUT,
    A_HANDLED,
    A_WHOLLY_ONLINE,
    A_CIRCULATING,
    A_ATTEMPTS,
    A_REFUSED,
    A_LATE,
    A_IN_OUTAGE,
    A_PAGES,
    A_DOSSIERS,
    A_DOSSIERS_ONLINE,
    A_DOSSIERS_DONE,
    A_DOSSIERS_LATE,
) = range(len(AGENCY_FLOWS))
TO_REGISTRATION, TO_HANDLED = 0, 1


@njit
def count(w: World, j: int, what: int, by: int) -> None:
    """Add to a count of deliveries, by month of issue and the tiers of sender and recipient."""
    job = w.jobs[j]
    month = w.documents[job.document].month
    w.flows[month, w.agencies[job.sender].tier, w.agencies[job.recipient].tier, what] += by


@njit
def count_cause(w: World, j: int, cause: int, by: int) -> None:
    """Add to the causes for which deliveries were not electronic, or took paper along."""
    job = w.jobs[j]
    month = w.documents[job.document].month
    w.causes[month, w.agencies[job.sender].tier, w.agencies[job.recipient].tier, cause] += by


@njit
def count_at(w: World, agency: int, what: int, by: int) -> None:
    """Add to an agency's count of the present month."""
    w.agency_flows[w.rules[0].month, agency, what] += by


@njit
def delay_bin(duration_ms: int) -> int:
    """Whole hours, the last bin open-ended."""
    return min(DELAY_BINS - 1, duration_ms // HOUR_MS)


@njit
def count_delay(w: World, j: int, which: int, duration_ms: int) -> None:
    """Add a finished delay to the histogram of its month of issue."""
    job = w.jobs[j]
    month = w.documents[job.document].month
    w.delays[month, w.agencies[job.recipient].tier, which, delay_bin(duration_ms)] += 1


@njit
def count_wait(w: World, cause: int, wait_ms: int) -> None:
    """Add waiting time to its cause."""
    w.waits_ms[w.rules[0].month, cause] += wait_ms
