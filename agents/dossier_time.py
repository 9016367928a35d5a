"""Where a dossier's time goes, so that a late one can be said to be late for a reason."""

from agents.counter import note_counter_wait
from sim.engine.jit import njit
from sim.exchange.codes import (
    AWAIT_VISIT,
    CHECK,
    COURIER,
    ENTER_LEG,
    FETCH,
    OUTSIDE_BODY,
    POLL,
    PROCESS,
    RECEIVE,
    SEND,
    SERVE,
    SIGN_RESULT,
    VISIT,
)
from sim.exchange.state import World


@njit
def dossier_began(w: World, j: int, now: int, down_ms: int, open_ms: int) -> None:
    """Account for the wait that ends as work begins."""
    job = w.jobs[j]
    if job.step == RECEIVE:
        note_counter_wait(w, j, now, open_ms)
    if down_ms > 0 and job.step != SIGN_RESULT:
        w.dossiers[job.dossier].outage += down_ms
        dossier_spent(w, j, -down_ms)


@njit
def dossier_spent(w: World, j: int, passed_ms: int) -> None:
    """Time at one step, booked to where it passed; lawful pauses are left out.

    What passed before reception is forgotten when the dossier is taken in.
    """
    job = w.jobs[j]
    d = w.dossiers[job.dossier]
    step = job.step
    where = job.recipient if step == ENTER_LEG else d.holder
    if step == CHECK:
        d.counter += passed_ms
    elif step in (PROCESS, SIGN_RESULT, ENTER_LEG):
        if where != d.intake:
            d.other_agency += passed_ms
        elif step == SIGN_RESULT:
            d.leader += passed_ms
        elif step == ENTER_LEG:
            d.counter += passed_ms
        else:
            d.officer += passed_ms
    elif step in (AWAIT_VISIT, VISIT):
        d.site_visit += passed_ms
    elif step == OUTSIDE_BODY:
        d.outside_body += passed_ms
    elif step in (COURIER, SEND, SERVE, POLL, FETCH):
        d.transfer += passed_ms
