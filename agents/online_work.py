"""Work on the web e-office: each task asks the agency's line and the data centre for its pages.

An e-office on a server in the house needs only that server. The shared web service needs the agency's line and the
data centre, and a page that does not come within the patience of whoever asked for it makes that task go on paper.
Every task counts as an attempt of its agency, so that people learn from what failed.
"""

from sim.engine.distributions import lognormal_median
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange import counting as c
from sim.exchange.codes import DRAW_PATIENCE, OUTSIDE, PROCESSES_ONLINE
from sim.exchange.links import NEVER, page_ms
from sim.exchange.state import World

DRAFTING, SIGNING, SEALING, ANNOTATING, HANDLING = range(5)
"""Which task of a document asks: each has a patience of its own."""
OFF_LINE = 4
"""Bit of `interrupted`: the document left e-office inside its agency, since a page did not come."""


@njit
def page_comes(w: World, agency: int, key: int, task: int, now: int) -> bool:
    """Do this task's pages come before whoever does it gives up?"""
    a = w.agencies[agency]
    c.count_at(w, agency, c.A_ONLINE_TRIES, 1)
    if a.own_server == 1:
        good = w.stations[a.gateway].up == 1
    else:
        response_ms = page_ms(w, agency, now)
        good = response_ms != NEVER and response_ms <= _patience_ms(w, key, task, response_ms)
    if not good:
        c.count_at(w, agency, c.A_ONLINE_FAILED, 1)
    return bool(good)


@njit
def _patience_ms(w: World, key: int, task: int, response_ms: float) -> float:
    """How long this person waits for a page; nobody less than the least, so that most tasks need no draw."""
    rules = w.rules[0]
    if response_ms <= rules.least_patience_ms:
        return float(rules.least_patience_ms)
    u = uniform(rules.luck, key, DRAW_PATIENCE, task)
    return float(max(rules.least_patience_ms, lognormal_median(u, rules.patience_ms, rules.patience_spread)))


@njit
def circulates(w: World, j: int, agency: int, task: int, now: int) -> bool:
    """Does the document stay in e-office through this task? Once out on paper it stays out."""
    job = w.jobs[j]
    d = w.documents[job.document]
    if w.agencies[agency].level < PROCESSES_ONLINE or d.secret == 1 or d.never_electronic == 1:
        return False
    if job.interrupted & OFF_LINE == 0 and not page_comes(w, agency, job.key, task, now):
        job.interrupted |= OFF_LINE
    return bool(job.interrupted & OFF_LINE == 0)


@njit
def count_web_users(w: World) -> None:
    """People of the province who share the web e-office's server from this month on."""
    users = 0
    for i in range(w.agencies.shape[0]):
        a = w.agencies[i]
        if a.tier != OUTSIDE and a.level >= PROCESSES_ONLINE and a.own_server == 0:
            users += a.users
    w.rules[0].web_users = users
