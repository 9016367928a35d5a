"""The course of a dossier from the counter to the result, through one agency or several.

At each place of the procedure's path officers work on it and a leader signs; between places it goes over the
same lines as documents do, if the sender holds a certificate, or by courier where the two are not linked. The
receiver takes such a leg as it comes: between two offices of one system no signature is checked.
"""

from agents.citizen import can_open, choose_channel, comes_again_ms, fetches_ms, is_served_online
from agents.counter import counter_work_ms, due_ms, is_complete, take_in
from agents.dossier_result import ready, waits_in_the_hall
from agents.dossier_waits import PAYMENT, SUPPLEMENT, VISITED, clock_stops, opening_after, outside_days, pause_days
from agents.service import service_ms
from sim.engine.clock import DAY_MS, HOUR_MS
from sim.engine.distributions import lognormal_median
from sim.engine.draws import uniform
from sim.engine.jit import njit, njit_apart
from sim.engine.working_time import next_open
from sim.exchange import counting as c
from sim.exchange import dossier_counting as f
from sim.exchange.certificates import holder_can_sign
from sim.exchange.codes import (
    AT_OUTSIDE_BODY,
    AWAIT_LINE,
    AWAIT_VISIT,
    BY_POST,
    CHECK,
    COME_BACK,
    COURIER,
    DONE,
    DRAW_COMPLETE,
    DRAW_PERSON,
    DRAW_RESULT,
    DRAW_SIZE,
    ENTER_LEG,
    FETCH,
    FILE_BY_POST,
    HAND_OVER,
    LEAVE,
    LINKED,
    ONLINE,
    ORDINARY,
    OUTSIDE_BODY,
    PAPER,
    PATH_ENDS,
    PAUSE,
    PICK_UP,
    POLL,
    PROCESS,
    RECEIVE,
    RESULT_BY_POST,
    ROUTE_NONE,
    SEND,
    SERVE,
    SIGN_RESULT,
    URGENT,
    VISIT,
    WAIT,
)
from sim.exchange.dossier_path import agency_at, place_at
from sim.exchange.dossiers import open_dossier
from sim.exchange.links import next_poll
from sim.exchange.post import arrival_by_post
from sim.exchange.state import World

OVER = -1
"""Place of a dossier whose path is over: it goes back to where it was filed."""
DRAW_SUPPLEMENT, DRAW_WITHDRAWN = 1, 3
"""Occasions of `DRAW_RESULT`."""


@njit_apart
def file_dossier(w: World, key: int, intake: int, now: int) -> int:
    """A citizen or a firm files a dossier: the job that carries it."""
    j = open_dossier(w, key, intake, RECEIVE)
    d = w.dossiers[w.jobs[j].dossier]
    d.channel = choose_channel(w, w.jobs[j].dossier, now)
    c.count_at(w, intake, c.A_DOSSIERS, 1)
    if d.channel == BY_POST:
        w.jobs[j].step = FILE_BY_POST
    elif d.channel == ONLINE:
        w.jobs[j].step = CHECK
        c.count_at(w, intake, c.A_DOSSIERS_ONLINE, 1)
    return j


@njit
def dossier_route(w: World, j: int, now: int) -> int:
    """The station the dossier goes to now; `WAIT` until `finish_ms`; or `LEAVE`."""
    job = w.jobs[j]
    d = w.dossiers[job.dossier]
    if job.step == CHECK and d.channel == ONLINE:
        _open_or_wait(w, j, now)
    step = job.step
    if step == DONE:
        return LEAVE
    job.attempts = d.leg
    job.urgency = _line(w, job.dossier, step)
    station = _desk(w, j, step)
    if station >= 0:
        return station
    job.finish_ms = _over_ms(w, j, step, now)
    return WAIT


@njit
def _open_or_wait(w: World, j: int, now: int) -> None:
    """What came online is opened over the office's line; while that is down it lies there, and its clock runs."""
    job = w.jobs[j]
    d = w.dossiers[job.dossier]
    if not can_open(w, job.dossier, now):
        job.step = AWAIT_LINE
        if d.received_ms < 0:
            d.received_ms = now


@njit
def _over_ms(w: World, j: int, step: int, now: int) -> int:
    """When a wait away from any desk or line is over."""
    job = w.jobs[j]
    d = w.dossiers[job.dossier]
    if step == COME_BACK:
        return comes_again_ms(w, j, now)
    if step == PICK_UP:
        return fetches_ms(w, j, now)
    if step in (FILE_BY_POST, RESULT_BY_POST, COURIER):
        return arrival_by_post(w, j, now, d.leg)
    if step == POLL:
        return next_poll(w, job.recipient, now)
    if step in (AWAIT_LINE, AWAIT_VISIT):
        at_visit = step == AWAIT_VISIT
        later = now + (int(w.rules[0].site_visit_days * DAY_MS) if at_visit else HOUR_MS)
        office = d.holder if at_visit else d.intake
        return next_open(w.shifts, w.first_shift, w.agencies[office].staff_calendar, later)
    days = pause_days(w, job.dossier) if step == PAUSE else outside_days(w, job.dossier)
    return opening_after(w, job.dossier, now, days)


@njit
def _desk(w: World, j: int, step: int) -> int:
    """The person or line that takes this step; -1 if it is a wait."""
    job = w.jobs[j]
    d = w.dossiers[job.dossier]
    holder = w.agencies[d.holder]
    if step in (RECEIVE, CHECK, HAND_OVER):
        return int(w.agencies[d.intake].counter)
    if step in (PROCESS, VISIT):
        return int(holder.officers)
    if step == SIGN_RESULT:
        return _leader_on_duty(w, d.holder, d.key)
    if step == ENTER_LEG:
        return int(w.agencies[job.recipient].registry)
    if step == SEND:
        return int(holder.uplink)
    if step == FETCH:
        return int(w.agencies[job.recipient].downlink)
    return 0 if step == SERVE else -1


@njit
def _leader_on_duty(w: World, agency: int, key: int) -> int:
    """The leader it falls to, or, while that one is away, the next who is there."""
    a = w.agencies[agency]
    number = int(uniform(w.rules[0].luck, key, DRAW_PERSON, 4) * a.leaders_count)
    for i in range(a.leaders_count):
        station = a.leaders_first + (number + i) % a.leaders_count
        if w.stations[station].up == 1:
            return int(station)
    return int(a.leaders_first + number)


@njit
def _line(w: World, dossier: int, step: int) -> int:
    """Who stands at the desk, or waits in the hall for a paper of the same day, comes before ordinary papers."""
    if step in (RECEIVE, HAND_OVER):
        return URGENT
    return URGENT if waits_in_the_hall(w, dossier) and step in (PROCESS, SIGN_RESULT) else ORDINARY


@njit
def dossier_work_ms(w: World, j: int) -> int:
    """Working time of a person on the dossier's present step."""
    job = w.jobs[j]
    rules = w.rules[0]
    d = w.dossiers[job.dossier]
    if job.step in (RECEIVE, CHECK, HAND_OVER):
        return counter_work_ms(w, j)
    procedure = w.procedures[d.procedure]
    if job.step == PROCESS:
        return service_ms(w, j, procedure.process_ms + (0.0 if procedure.same_day == 1 else rules.review_result_ms))
    if job.step == VISIT:
        return service_ms(w, j, rules.site_visit_ms)
    if job.step == SIGN_RESULT:
        return service_ms(w, j, rules.sign_result_ms)
    return service_ms(w, j, rules.register_paper_ms if job.channel == PAPER else rules.register_electronic_ms)


@njit
def dossier_after(w: World, j: int, now: int) -> None:
    """What the end of the present step brings about."""
    job = w.jobs[j]
    step = job.step
    if step in (RECEIVE, CHECK):
        job.step = _checked(w, j, now)
    elif step == COME_BACK:
        channel = w.dossiers[job.dossier].channel
        job.step = CHECK if channel in (ONLINE, BY_POST) else RECEIVE
    elif step in (FILE_BY_POST, AWAIT_LINE):
        job.step = CHECK
    elif step in (PICK_UP, HAND_OVER, RESULT_BY_POST):
        job.step = HAND_OVER if step == PICK_UP else DONE
    elif step in (SEND, SERVE, POLL, FETCH, COURIER):
        job.step = _on_the_way(step)
    elif step == ENTER_LEG:
        _entered(w, j, now)
    elif step == SIGN_RESULT:
        _signed(w, j, now)
    else:
        _worked_on(w, j, now)


@njit
def _on_the_way(step: int) -> int:
    """What follows on the lines between two agencies, as for documents, and at the end of any way."""
    if step == SEND:
        return SERVE
    if step == SERVE:
        return POLL
    return FETCH if step == POLL else ENTER_LEG


@njit
def _worked_on(w: World, j: int, now: int) -> None:
    job = w.jobs[j]
    step = job.step
    if step == PROCESS:
        job.step = _processed(w, job.dossier)
    elif step == AWAIT_VISIT:
        job.step = VISIT
    else:
        if step == PAUSE:
            _pause_over(w, job.dossier, now - job.entered_ms)
        job.step = _next_here(w, job.dossier)


@njit
def _checked(w: World, j: int, now: int) -> int:
    """Incomplete: the applicant must come again. Complete: the lawful clock runs, online from when it came in."""
    job = w.jobs[j]
    d = w.dossiers[job.dossier]
    d.leg += 1
    if is_complete(w, j):
        came_ms = job.entered_ms if job.step == CHECK else now
        waited_ms = came_ms - d.received_ms if d.received_ms >= 0 else 0
        take_in(w, j, came_ms - waited_ms, now)
        d.counter -= waited_ms
        d.outage += waited_ms
        return PROCESS if w.procedures[d.procedure].process_ms > 0.0 else SIGN_RESULT
    d.returns += 1
    d.received_ms = -1
    f.count_dossier(w, job.dossier, f.ASKED_BACK)
    if uniform(w.rules[0].luck, d.key, DRAW_COMPLETE, 1) < w.rules[0].give_up_share:
        f.count_dossier(w, job.dossier, f.GIVEN_UP)
        return DONE
    return COME_BACK


@njit
def _processed(w: World, dossier: int) -> int:
    """An officer has worked on it; at the first place it may prove that there will be no result."""
    d = w.dossiers[dossier]
    if d.place == 0 and uniform(w.rules[0].luck, d.key, DRAW_RESULT, DRAW_WITHDRAWN) < w.rules[0].withdrawn_share:
        d.returned = 1
        return SIGN_RESULT
    return _next_here(w, dossier)


@njit
def _next_here(w: World, dossier: int) -> int:
    """What else is called for before the leader signs: a visit, a further paper, an outside body, a payment."""
    d = w.dossiers[dossier]
    procedure = w.procedures[d.procedure]
    if d.asked & VISITED == 0 and procedure.site_visit == 1:
        d.asked |= VISITED
        return AWAIT_VISIT
    if d.asked & SUPPLEMENT == 0 and procedure.working_days > 0:
        d.asked |= SUPPLEMENT
        if uniform(w.rules[0].luck, d.key, DRAW_RESULT, DRAW_SUPPLEMENT) < w.rules[0].supplement_share:
            f.count_dossier(w, dossier, f.PAUSED)
            return PAUSE
    code = place_at(w, dossier, d.place + 1)
    if code == AT_OUTSIDE_BODY:
        d.place += 1
        return OUTSIDE_BODY
    if code == PATH_ENDS and d.asked & PAYMENT == 0 and procedure.financial_duty == 1:
        d.asked |= PAYMENT
        f.count_dossier(w, dossier, f.PAUSED)
        return PAUSE
    return SIGN_RESULT


@njit
def _pause_over(w: World, dossier: int, lasted_ms: int) -> None:
    """What the applicant owed has come; whether the lawful clock stood still meanwhile."""
    d = w.dossiers[dossier]
    rules = w.rules[0]
    if clock_stops(rules.luck, d.key, d.asked, w.agencies[d.intake].onestop, rules.pause_noted_share):
        d.paused_days += pause_days(w, dossier)
        d.due_ms = due_ms(w, dossier)
    else:
        d.citizen += lasted_ms


@njit
def _signed(w: World, j: int, now: int) -> None:
    """Signed here: on to the next agency of the path, or back to where it was filed, or ready."""
    job = w.jobs[j]
    d = w.dossiers[job.dossier]
    d.leg += 1
    d.place += 1
    target = -1 if d.returned == 1 else agency_at(w, job.dossier, d.place)
    if target < 0:
        d.place = OVER
        target = d.intake
    if target != d.holder:
        _start_leg(w, j, target, now)
    elif d.place == OVER:
        job.step = ready(w, j, now)
    else:
        job.step = PROCESS


@njit
def _entered(w: World, j: int, now: int) -> None:
    """The other agency's register has it: work there, or the result is back where it was asked for."""
    job = w.jobs[j]
    d = w.dossiers[job.dossier]
    d.holder = job.recipient
    job.step = ready(w, j, now) if d.place == OVER else PROCESS


@njit
def _start_leg(w: World, j: int, target: int, now: int) -> None:
    """Electronically if both ends run the software and are connected and the sender can sign; else by courier."""
    job = w.jobs[j]
    rules = w.rules[0]
    d = w.dossiers[job.dossier]
    job.sender = d.holder
    job.recipient = target
    here = w.agencies[d.holder]
    there = w.agencies[target]
    linked = here.onestop == 1 and there.onestop == 1 and ROUTE_NONE not in (here.route, there.route)
    linked = linked and is_served_online(w, d.holder, now) and is_served_online(w, target, now)
    if linked and holder_can_sign(w, d.holder, 0, now):
        median = rules.scan_size_median * w.procedures[d.procedure].pages / rules.pages_mean
        u = uniform(rules.luck, d.key, DRAW_SIZE, d.leg)
        job.octets = int(lognormal_median(u, median, rules.size_spread)) + 1
        f.count_dossier(w, job.dossier, f.ELECTRONIC_LEGS)
        job.channel = LINKED
        job.step = SEND
    else:
        f.count_dossier(w, job.dossier, f.COURIER_LEGS)
        job.channel = PAPER
        job.step = COURIER
