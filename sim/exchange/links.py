"""Lines, gateways, the message service and the pages of the web e-office: machine work, in wall time.

A gateway packs and sends one message at a time, first come first served, so that a big scan holds up
what stands behind it; that is why no capacity is shared out among messages under way.
"""

from sim.engine.clock import DAY_MS, HOUR_MS, SECOND_MS
from sim.engine.jit import njit
from sim.exchange.codes import FETCH, PACK, SEND, URGENT
from sim.exchange.state import World

BITS = 8
DATA_CENTRE = 0
"""Station of the message service; the shared web service stands in the same room."""
NEVER = -1.0
"""Response time of what is down or overloaded."""


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


@njit
def is_cut_off(w: World, station: int, urgency: int, now: int) -> bool:
    """Has this line, or the data centre, been down so long that a clerk no longer waits for it?

    What is urgent does not wait at all.
    """
    s = w.stations[station]
    if s.up == 1:
        return False
    return bool(urgency <= URGENT or now - s.down_since_ms > w.rules[0].give_up_ms)


@njit
def page_ms(w: World, agency: int, now: int) -> float:
    """Response time of one page of the shared web service at this agency now, or `NEVER`.

    The line is shared by the pages of everybody at work there (mean response of a processor-sharing queue with
    Poisson arrivals, S / (1 - load): Kleinrock, Queueing Systems II, 4.4) and by the message it may be fetching;
    the server likewise, over the users of the whole province.
    """
    a = w.agencies[agency]
    line = w.stations[a.downlink]
    if line.up == 0 or w.stations[DATA_CENTRE].up == 0:
        return NEVER
    rules = w.rules[0]
    rush = w.rush[(now % DAY_MS) // HOUR_MS] * rules.pages_per_hour / HOUR_MS
    alone_ms = rules.page_octets * rules.transport_overhead * BITS * SECOND_MS / line.rate_bps
    line_load = a.users * rush * alone_ms
    server_load = rules.web_users * rush * rules.page_server_ms / rules.page_server_places
    if line_load >= 1.0 or server_load >= 1.0:
        return NEVER
    return float(alone_ms * (1 + line.busy) / (1.0 - line_load) + rules.page_server_ms / (1.0 - server_load))
