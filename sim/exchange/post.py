"""Paper between agencies: collected at fixed hours, days on the way by distance."""

from sim.engine.clock import DAY_MS
from sim.engine.distributions import lognormal
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.engine.working_time import next_open
from sim.exchange.codes import COMMUNE, DISTRICT, DRAW_TRANSIT, OUTSIDE
from sim.exchange.state import World


@njit
def next_mail_run(w: World, agency: int, now: int) -> int:
    """The next time the post is collected, at or after now, on a day on which the agency works."""
    runs = w.rules[0].mail_run_count
    calendar = w.agencies[agency].staff_calendar
    day = now // DAY_MS
    while True:
        for run in range(runs):
            at = day * DAY_MS + w.mail_runs_ms[run]
            if at >= now and _works_on(w, calendar, day):
                return int(at)
        day = max(day + 1, next_open(w.shifts, w.first_shift, calendar, (day + 1) * DAY_MS) // DAY_MS)


@njit
def _works_on(w: World, calendar: int, day: int) -> bool:
    opening = next_open(w.shifts, w.first_shift, calendar, day * DAY_MS)
    return opening < (day + 1) * DAY_MS


@njit
def arrival_by_post(w: World, j: int, now: int, occasion: int) -> int:
    """When a paper that is ready now reaches its recipient's door; `occasion` tells one journey from another."""
    job = w.jobs[j]
    rules = w.rules[0]
    a = w.agencies[job.sender].tier
    b = w.agencies[job.recipient].tier
    if OUTSIDE in (a, b):
        mean_ms = rules.transit_outside_ms
        leaves = now if a == OUTSIDE else next_mail_run(w, job.sender, now)
    else:
        leaves = next_mail_run(w, job.sender, now)
        if COMMUNE in (a, b):
            mean_ms = rules.transit_commune_ms
        elif DISTRICT in (a, b):
            mean_ms = rules.transit_district_ms
        else:
            mean_ms = rules.transit_local_ms
    u = uniform(rules.luck, job.key, DRAW_TRANSIT, occasion)
    return leaves + max(1, int(lognormal(u, mean_ms, rules.transit_spread)))
