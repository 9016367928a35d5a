"""Facts of the exchange, added up as they happen; what they mean is computed after the run.

A delivery belongs to the month in which its document was issued, a circulation to the month it ends.
"""

from sim.engine.clock import HOUR_MS
from sim.engine.jit import njit
from sim.exchange.codes import NO_SIGNATURE, OUTSIDE, SECRET
from sim.exchange.state import AGENCY_CAUSES, AGENCY_FLOWS, DELAY_BINS, FLOWS, World

DELIVERIES = FLOWS.index("deliveries")
SECRETS = FLOWS.index("secret")
NEVERS = FLOWS.index("never_electronic")
SENT = FLOWS.index("sent_electronic")
SENT_ONLY = FLOWS.index("sent_only_electronic")
ACCEPTED = FLOWS.index("accepted_electronic")
ACCEPTED_ONLY = FLOWS.index("accepted_only_electronic")
ACCEPTED_SIGNED = FLOWS.index("accepted_signed")
REGISTERED = FLOWS.index("registered")
HANDLED = FLOWS.index("handled")
ATTEMPTS = FLOWS.index("attempts")
REFUSED = FLOWS.index("refused")
UNVERIFIED = FLOWS.index("accepted_unverified")
A_ISSUED = AGENCY_FLOWS.index("issued")
A_ISSUED_ELECTRONIC = AGENCY_FLOWS.index("issued_electronic")
A_DELIVERIES_OUT = AGENCY_FLOWS.index("deliveries_out")
A_ELECTRONIC_OUT = AGENCY_FLOWS.index("electronic_out")
A_ACCEPTED_OUT = AGENCY_FLOWS.index("accepted_out")
A_HANDLED = AGENCY_FLOWS.index("handled")
A_WHOLLY_ONLINE = AGENCY_FLOWS.index("handled_wholly_online")
A_CIRCULATING = AGENCY_FLOWS.index("handled_circulating")
A_ATTEMPTS = AGENCY_FLOWS.index("attempts")
A_REFUSED = AGENCY_FLOWS.index("refused")
A_LATE = AGENCY_FLOWS.index("late")
A_IN_OUTAGE = AGENCY_FLOWS.index("in_outage")
A_PAGES = AGENCY_FLOWS.index("pages")
A_DOSSIERS = AGENCY_FLOWS.index("dossiers")
A_DOSSIERS_ONLINE = AGENCY_FLOWS.index("dossiers_online")
A_DOSSIERS_DONE = AGENCY_FLOWS.index("dossiers_done")
A_DOSSIERS_LATE = AGENCY_FLOWS.index("dossiers_late")
A_ONLINE_TRIES = AGENCY_FLOWS.index("online_tries")
A_ONLINE_FAILED = AGENCY_FLOWS.index("online_failed")
A_UNRESOLVED = AGENCY_FLOWS.index("unresolved")
A_CAUSES = AGENCY_FLOWS.index(AGENCY_CAUSES[0])
"""The first of the causes for which a delivery was not electronic."""
TO_REGISTRATION, TO_HANDLED, BY_CHANNEL = 0, 1, 2
"""Kinds of delay; until registered by one channel is `BY_CHANNEL` and the channel's code."""


@njit
def count(w: World, j: int, what: int, by: int) -> None:
    """Add to a count of deliveries, by month of issue and the tiers of sender and recipient."""
    job = w.jobs[j]
    month = w.documents[job.document].month
    w.flows[month, w.agencies[job.sender].tier, w.agencies[job.recipient].tier, what] += by


@njit
def count_cause(w: World, j: int, cause: int, by: int) -> None:
    """Add to the causes for which deliveries were not electronic, or took paper along, by tiers and by sender."""
    job = w.jobs[j]
    month = w.documents[job.document].month
    recipient_tier = w.agencies[job.recipient].tier
    w.causes[month, w.agencies[job.sender].tier, recipient_tier, cause] += by
    if SECRET <= cause < NO_SIGNATURE and recipient_tier != OUTSIDE:
        w.agency_flows[month, job.sender, A_CAUSES + cause - SECRET] += by


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
