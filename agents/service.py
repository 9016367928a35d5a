"""How long one piece of a person's work takes: the mean is the rule's, the deviation is the document's."""

from sim.engine.distributions import duration
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.codes import DRAW_SERVICE
from sim.exchange.state import World


@njit
def service_ms(w: World, j: int, mean_ms: float) -> int:
    """Working milliseconds of this job's present step, drawn about `mean_ms`."""
    rules = w.rules[0]
    u = uniform(rules.luck, w.jobs[j].key, DRAW_SERVICE, w.jobs[j].step + 64 * w.jobs[j].attempts)
    return duration(rules.service_shape, rules.spread, mean_ms, u)
