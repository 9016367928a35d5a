"""The one-stop counter: takes dossiers in, checks them, and hands results over.

Whoever sits there serves the citizen in front of the desk before what came online or by post. Where the
one-stop software runs, or an officer files online for the citizen, each dossier is also keyed in and scanned.
"""

from agents.service import service_ms
from sim.engine.clock import DAY_MS, HOUR_MS
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.engine.working_days import limit_ms
from sim.exchange import dossier_counting as f
from sim.exchange.codes import ASSISTED, CHECK, DRAW_COMPLETE, HAND_OVER, ONLINE
from sim.exchange.state import World

CUT_OFF_MS = 15 * HOUR_MS
"""What is taken in after 15:00 for the same day may be given back the next working day (Decree 23/2015, Art. 7)."""


@njit
def counter_work_ms(w: World, j: int) -> int:
    """Work at the desk on one dossier at its present step."""
    job = w.jobs[j]
    rules = w.rules[0]
    d = w.dossiers[job.dossier]
    if job.step == HAND_OVER:
        return service_ms(w, j, rules.hand_over_ms)
    if job.step == CHECK and d.channel == ONLINE:
        return service_ms(w, j, rules.online_check_ms)
    mean = rules.copies_ms if w.procedures[d.procedure].copies == 1 else rules.counter_ms
    if w.agencies[d.intake].onestop == 1 or d.channel == ASSISTED:
        mean += rules.digitise_ms
    return service_ms(w, j, mean)


@njit
def is_complete(w: World, j: int) -> bool:
    """Is everything there? Whoever was asked back brings it the second time."""
    rules = w.rules[0]
    d = w.dossiers[w.jobs[j].dossier]
    if d.returns > 0 or w.procedures[d.procedure].copies == 1:
        return True
    missing = rules.incomplete_online_share if d.channel == ONLINE else rules.incomplete_share
    return bool(uniform(rules.luck, d.key, DRAW_COMPLETE, 0) >= missing)


@njit
def take_in(w: World, j: int, since_ms: int, now: int) -> None:
    """The dossier is received: a slip with the day of the result is printed, and the lawful clock runs.

    It runs from `since_ms`: for what came online or by post from when it lay there complete.
    """
    d = w.dossiers[w.jobs[j].dossier]
    d.received_ms = since_ms
    d.counter = now - since_ms
    d.outage = 0
    d.due_ms = due_ms(w, w.jobs[j].dossier)
    f.count_dossier(w, w.jobs[j].dossier, f.RECEIVED)


@njit
def due_ms(w: World, dossier: int) -> int:
    """The end of the working day by which the result is owed, lawful pauses added."""
    d = w.dossiers[dossier]
    days = w.procedures[d.procedure].working_days
    if days == 0 and w.procedures[d.procedure].same_day == 1 and d.received_ms % DAY_MS >= CUT_OFF_MS:
        days = 1
    calendar = w.agencies[d.intake].staff_calendar
    return limit_ms(w.shifts, w.first_shift, calendar, d.received_ms, days + d.paused_days)


@njit
def note_counter_wait(w: World, j: int, now: int, open_ms: int) -> None:
    """How long the citizen sat before the desk; whoever still waits at closing comes again and keeps the place."""
    job = w.jobs[j]
    f.count_counter_wait(w, job.dossier, open_ms)
    if now // DAY_MS > job.entered_ms // DAY_MS:
        f.count_dossier(w, job.dossier, f.SENT_HOME)
