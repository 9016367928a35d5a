"""Lines, gateways and the message service: machine work, in wall time.

A gateway packs and sends one message at a time, first come first served, so that a big scan holds up
what stands behind it; that is why no capacity is shared out among messages under way.
"""

from sim.engine.clock import SECOND_MS
from sim.engine.jit import njit
from sim.exchange.codes import FETCH, PACK, SEND
from sim.exchange.state import World

BITS = 8


@njit
def transfer_ms(octets: int, overhead: float, rate_bps: int) -> int:
    """Time to move a file over a line, at least one millisecond."""
    return 1 + int(octets * overhead * BITS * SECOND_MS) // rate_bps


@njit
def machine_work_ms(w: World, j: int, station: int) -> int:
    """Work of a gateway, a line or the message service on one message."""
    job = w.jobs[j]
    rules = w.rules[0]
    if job.step == PACK:
        return int(max(1, rules.gateway_ms))
    if job.step in (SEND, FETCH):
        return transfer_ms(job.octets, rules.transport_overhead, w.stations[station].rate_bps)
    return int(max(1, rules.message_service_ms))


@njit
def next_poll(w: World, agency: int, now: int) -> int:
    """When this agency's e-office, or the clerk who reads its mailbox, next asks for messages."""
    interval = w.rules[0].poll_interval_ms
    phase = w.agencies[agency].poll_phase_ms % interval
    return int(now + (phase - now) % interval)
