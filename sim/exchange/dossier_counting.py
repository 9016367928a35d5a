"""Facts of dossiers, added up as they happen; what they mean is computed after the run."""

from sim.engine.clock import MINUTE_MS
from sim.engine.jit import njit
from sim.exchange.dossier_state import DOSSIER_FLOWS, WAIT_MINUTES
from sim.exchange.state import World

F_FILED = DOSSIER_FLOWS.index("filed")
F_AT_COUNTER = DOSSIER_FLOWS.index("at_counter")
F_ONLINE = DOSSIER_FLOWS.index("online")
F_ASSISTED = DOSSIER_FLOWS.index("assisted")
F_BY_POST = DOSSIER_FLOWS.index("by_post")
FILEABLE = DOSSIER_FLOWS.index("fileable")
RECEIVED = DOSSIER_FLOWS.index("received")
SENT_HOME = DOSSIER_FLOWS.index("sent_home")
ASKED_BACK = DOSSIER_FLOWS.index("asked_back")
GIVEN_UP = DOSSIER_FLOWS.index("given_up")
RESULTS = DOSSIER_FLOWS.index("done")
LATE = DOSSIER_FLOWS.index("late")
RECORDED_LATE = DOSSIER_FLOWS.index("recorded_late")
RETURNED = DOSSIER_FLOWS.index("returned")
ELECTRONIC_LEGS = DOSSIER_FLOWS.index("electronic_legs")
COURIER_LEGS = DOSSIER_FLOWS.index("courier_legs")
PAUSED = DOSSIER_FLOWS.index("paused")
FIRMS = DOSSIER_FLOWS.index("national_firm")
FIRMS_ONLINE = DOSSIER_FLOWS.index("national_firm_online")
INVESTMENTS = DOSSIER_FLOWS.index("national_investment")
INVESTMENTS_ONLINE = DOSSIER_FLOWS.index("national_investment_online")
PORTAL_DEAD = DOSSIER_FLOWS.index("portal_dead")


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
