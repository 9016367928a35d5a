"""Facts of dossiers, added up as they happen; what they mean is computed after the run."""

from sim.engine.clock import MINUTE_MS
from sim.engine.jit import njit
from sim.exchange.dossier_state import DOSSIER_FLOWS, WAIT_MINUTES
from sim.exchange.state import World

(
    F_FILED,
    F_AT_COUNTER,
    F_ONLINE,
    F_ASSISTED,
    F_BY_POST,
    FILEABLE,
    RECEIVED,
    SENT_HOME,
    ASKED_BACK,
    GIVEN_UP,
    RESULTS,
    LATE,
    RECORDED_LATE,
    RETURNED,
    ELECTRONIC_LEGS,
    COURIER_LEGS,
    PAUSED,
    FIRMS,
    FIRMS_ONLINE,
    INVESTMENTS,
    INVESTMENTS_ONLINE,
) = range(len(DOSSIER_FLOWS))


@njit
def count_dossier(w: World, dossier: int, what: int) -> None:
    """Add one to a count of the present month, by the tier of intake."""
    tier = w.agencies[w.dossiers[dossier].intake].tier
    w.dossier_flows[w.rules[0].month, tier, what] += 1


@njit
def count_counter_wait(w: World, dossier: int, open_ms: int) -> None:
    """Add a citizen's wait before the counter, in minutes of office hours, to the month's histogram."""
    tier = w.agencies[w.dossiers[dossier].intake].tier
    w.counter_waits[w.rules[0].month, tier, min(WAIT_MINUTES - 1, open_ms // MINUTE_MS)] += 1
