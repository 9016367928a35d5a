"""Where a job goes next, how long it takes there, and what its end brings about.

Both schedulers call these functions and nothing else that knows what a document is. To change what a
registry does with a refused delivery, change `agents/receipt.py`; both follow.
"""

from agents.dispatch import send_to_all
from agents.dossier_time import dossier_began, dossier_spent
from agents.handling import handled
from agents.leader import leader_work_ms, who_notes
from agents.officer import officer_work_ms, works_online
from agents.one_stop import dossier_after, dossier_route, dossier_work_ms, file_dossier
from agents.online_work import ANNOTATING, DRAFTING, OFF_LINE, circulates, page_comes
from agents.other_provinces import take_in
from agents.receipt import accept, paper_registered, refuse
from agents.registry_clerk import ACCEPTED, empties_mailbox, registry_work_ms, verdict_on_arrival
from agents.signing import leader_signed, seal
from sim.engine.draws import child
from sim.engine.jit import njit
from sim.engine.working_time import is_open, working_between
from sim.exchange import counting as c
from sim.exchange.certificates import holder_can_sign
from sim.exchange.codes import (
    ANNOTATE,
    CHILD_REPEAT,
    CLERK_BUSY,
    CORRECT,
    DOCUMENT,
    DONE,
    DOSSIER,
    DRAFT,
    DRAFTS_AND_SIGNS,
    FETCH,
    FILE_TWIN,
    FILED,
    FLASH,
    FROM_PROVINCE,
    HANDLE,
    INTERNAL,
    ISSUE,
    LEADER,
    LEADER_BUSY,
    LEAVE,
    LINK_BUSY,
    LINKED,
    MAIL,
    MAILBOX_FULL,
    OFFICE_CLOSED,
    OFFICER_BUSY,
    OFFICERS,
    OUTAGE,
    OUTSIDE,
    PACK,
    POLL,
    POLLING,
    POST,
    POSTAL,
    PRINT,
    REGISTER_ELECTRONIC,
    REGISTER_PAPER,
    REGISTRY,
    REPEAT,
    REVIEW,
    SEND,
    SERVE,
    SIGN,
    TOO_LARGE,
    WAIT,
)
from sim.exchange.links import machine_work_ms, next_poll
from sim.exchange.pool import spawn, take_job
from sim.exchange.post import arrival_by_post, next_mail_run
from sim.exchange.state import World
from sim.exchange.writing import fix_file, write_document

MESSAGE_SERVICE_STATION = 0
DELAYED, BROKEN = 1, 2
"""What an outage did to a message: it waited for the line, or the line broke in mid-transfer."""


@njit
def arrive(w: World, key: int, sender: int, kind: int, now: int) -> int:
    """A dossier is filed, or a document begins: an officer drafts it, or it comes from outside ready made.

    Of a delivery from another province `sender` is its row among those that come in.
    """
    if kind == FILED:
        return file_dossier(w, key, sender, now)
    if kind == FROM_PROVINCE:
        return take_in(w, sender)
    document = write_document(w, key, key, sender, kind, -1, -1)
    step = DRAFT if w.agencies[sender].tier != OUTSIDE else ISSUE
    return take_job(w, key, DOCUMENT, step, document)


@njit
def route(w: World, j: int, now: int) -> int:
    """The station the job goes to now; `WAIT` until `finish_ms`; or `LEAVE`."""
    job = w.jobs[j]
    step = job.step
    if job.kind == DOSSIER:
        return dossier_route(w, j, now)
    if step == DONE:
        return LEAVE
    if step == POST:
        job.finish_ms = arrival_by_post(w, j, now, 0)
        return WAIT
    if step == POLL:
        mail = job.channel == MAIL
        job.finish_ms = next_mail_run(w, job.recipient, now) if mail else next_poll(w, job.recipient, now)
        return WAIT
    if step == SERVE:
        return MESSAGE_SERVICE_STATION
    station = _place(w, j, step)
    if station < 0:
        job.finish_ms = now
        return WAIT
    if job.urgency == FLASH and _closed(w, station, now):
        job.finish_ms = now + int(w.rules[0].duty_call_ms) + work_ms(w, j, station, now)
        return WAIT
    return station


@njit
def _place(w: World, j: int, step: int) -> int:
    """The person or line that takes this step; -1 for the outside, whose own people are not modelled."""
    job = w.jobs[j]
    sender = w.agencies[job.sender]
    recipient = w.agencies[job.recipient]
    if step in (DRAFT, REVIEW):
        return int(sender.officers)
    if step == SIGN:
        return int(sender.leaders_first + w.documents[job.document].leader - 1)
    if step in (ISSUE, PRINT, CORRECT):
        return int(sender.registry)
    if step == PACK:
        return int(sender.gateway)
    if step == SEND:
        return int(sender.uplink)
    if step == FETCH:
        return int(recipient.downlink)
    if step == ANNOTATE:
        return who_notes(w, j)
    if step == HANDLE:
        return int(recipient.officers)
    return int(recipient.registry)


@njit
def _closed(w: World, station: int, now: int) -> bool:
    s = w.stations[station]
    return s.calendar >= 0 and (s.up == 0 or not is_open(w.shifts, w.first_shift, s.calendar, now))


@njit
def work_ms(w: World, j: int, station: int, now: int) -> int:
    """Working time of the job's step at this station."""
    kind = w.stations[station].kind
    if w.jobs[j].kind == DOSSIER and w.stations[station].calendar >= 0:
        return dossier_work_ms(w, j)
    if kind == REGISTRY:
        return registry_work_ms(w, j, now)
    if kind == OFFICERS:
        return officer_work_ms(w, j)
    if kind == LEADER:
        return leader_work_ms(w, j)
    return machine_work_ms(w, j, station)


@njit
def began(w: World, j: int, station: int, now: int) -> None:
    """Account for the wait that ends as work begins."""
    job = w.jobs[j]
    s = w.stations[station]
    job.serving = 1
    job.accounted_ms = 0
    wait = now - job.entered_ms
    down = s.down_ms - job.down_before_ms
    if job.kind == DOSSIER:
        dossier_began(w, j, now, down, _open_ms(w, j, station, now))
        return
    if wait <= 0:
        return
    if s.calendar < 0:
        c.count_wait(w, OUTAGE, down)
        c.count_wait(w, LINK_BUSY, wait - down)
        if down > 0:
            job.interrupted |= DELAYED
        return
    open_ms = _open_ms(w, j, station, now)
    c.count_wait(w, OFFICE_CLOSED, wait - open_ms)
    cause = CLERK_BUSY if s.kind == REGISTRY else LEADER_BUSY if s.kind == LEADER else OFFICER_BUSY
    c.count_wait(w, cause, open_ms)


@njit
def _open_ms(w: World, j: int, station: int, now: int) -> int:
    """The part of a wait during which the station's office was open."""
    calendar = w.stations[station].calendar
    entered_ms = w.jobs[j].entered_ms
    if calendar < 0 or entered_ms == now:
        return int(now - entered_ms)
    return working_between(w.shifts, w.first_shift, calendar, entered_ms, now)


@njit
def ended(w: World, j: int, station: int, now: int) -> None:
    """Account for a finished visit: work done by the station, and time it lay interrupted."""
    job = w.jobs[j]
    s = w.stations[station]
    w.worked_ms[w.rules[0].month, station] += job.work_ms - job.accounted_ms
    job.serving = 0
    if s.busy >= s.capacity:
        w.staffed_ms[w.rules[0].month, station] += _open_since_ms(w, station, now)
    interrupted = now - job.began_ms - job.work_ms
    if job.kind == DOSSIER:
        broken_ms = interrupted if s.calendar < 0 else 0
        dossier_spent(w, j, now - job.entered_ms - broken_ms)
        w.dossiers[job.dossier].outage += broken_ms
        return
    if interrupted > 0:
        c.count_wait(w, OUTAGE if s.calendar < 0 else OFFICE_CLOSED, interrupted)


@njit
def change_places(w: World, station: int, places: int, now: int) -> None:
    """From now on a station has so many places; those it had are booked."""
    _account_places(w, station, now)
    s = w.stations[station]
    s.capacity = places
    s.most = max(s.most, places)


@njit
def _account_places(w: World, station: int, now: int) -> None:
    """Whoever finishes what was begun before places became fewer has been there too."""
    s = w.stations[station]
    w.staffed_ms[w.rules[0].month, station] += max(s.capacity, s.busy) * _open_since_ms(w, station, now)
    s.since_ms = now


@njit
def _open_since_ms(w: World, station: int, now: int) -> int:
    s = w.stations[station]
    if s.calendar < 0 or s.since_ms == now:
        return int(now - s.since_ms)
    return working_between(w.shifts, w.first_shift, s.calendar, s.since_ms, now)


@njit
def account_work(w: World, now: int) -> None:
    """Book everybody's hours, and the work done so far by all at work, before the month's books are closed."""
    for station in range(w.stations.shape[0]):
        _account_places(w, station, now)
    month = w.rules[0].month
    for j in range(w.jobs.shape[0]):
        job = w.jobs[j]
        if job.alive == 0 or job.serving == 0:
            continue
        s = w.stations[job.station]
        left = job.left_ms
        if s.up == 1 and s.calendar < 0:
            left = job.finish_ms - now
        elif s.up == 1:
            left = working_between(w.shifts, w.first_shift, s.calendar, now, job.finish_ms)
        done = job.work_ms - left
        w.worked_ms[month, job.station] += done - job.accounted_ms
        job.accounted_ms = done


@njit
def after(w: World, j: int, now: int) -> None:
    """What the end of the present step brings about: the next step, and perhaps new jobs."""
    job = w.jobs[j]
    if job.kind == DOSSIER:
        dossier_after(w, j, now)
    elif job.kind == DOCUMENT:
        _document_after(w, j, now)
    elif _is_on_paper(job.step):
        _paper_after(w, j, now)
    elif _is_electronic(job.step):
        _electronic_after(w, j, now)
    else:
        _circulation_after(w, j, now)


@njit
def _is_on_paper(step: int) -> bool:
    """Is this a step of a delivery, or of its twin, on paper?"""
    return step in (PRINT, POST, REGISTER_PAPER, FILE_TWIN)


@njit
def _is_electronic(step: int) -> bool:
    """Is this a step of an electronic delivery, from the sender's gateway to the recipient's register or back?"""
    return step in (PACK, SEND, SERVE, POLL, FETCH, REGISTER_ELECTRONIC, CORRECT)


@njit
def _document_after(w: World, j: int, now: int) -> None:
    job = w.jobs[j]
    d = w.documents[job.document]
    if job.step == DRAFT:
        drafts_online = w.agencies[d.sender].level >= DRAFTS_AND_SIGNS and works_online(w, d.sender, d.key, 0)
        drafts_online = drafts_online and d.secret == 0 and d.never_electronic == 0
        d.digital = drafts_online and page_comes(w, d.sender, d.key, DRAFTING, now)
        job.step = REVIEW
    elif job.step == REVIEW:
        d.digital &= holder_can_sign(w, d.sender, d.leader, now)
        job.step = SIGN
    elif job.step == SIGN:
        leader_signed(w, job.document, now)
        job.step = ISSUE
    elif job.step == ISSUE:
        _issued(w, j, now)
    else:
        _circulation_after(w, j, now)


@njit
def _issued(w: World, j: int, now: int) -> None:
    """The registry has numbered and sealed the document: it goes to its recipients, or round the house."""
    job = w.jobs[j]
    d = w.documents[job.document]
    fix_file(w, job.document)
    seal(w, job.document, now)
    if d.kind == INTERNAL:
        d.issued_ms = now
        job.issued_ms = now
        job.step = ANNOTATE
        if d.digital == 0 and w.agencies[d.sender].swamped == 1:
            job.interrupted |= OFF_LINE
        return
    send_to_all(w, job.document, now)
    job.step = DONE


@njit
def _circulation_after(w: World, j: int, now: int) -> None:
    job = w.jobs[j]
    if job.step == ANNOTATE:
        circulates(w, j, job.recipient, ANNOTATING, now)
        job.noted += 1
        if job.noted >= w.rules[0].annotation_levels:
            job.step = HANDLE
    else:
        handled(w, j, now)
        job.step = DONE


@njit
def _paper_after(w: World, j: int, now: int) -> None:
    job = w.jobs[j]
    if job.step == PRINT:
        pages = w.documents[job.document].pages
        w.tally[0].paper_pages += pages
        c.count_at(w, job.sender, c.A_PAGES, pages)
        job.step = POST
    elif job.step == POST:
        job.step = REGISTER_PAPER
    else:
        job.step = paper_registered(w, j, now)


@njit
def _electronic_after(w: World, j: int, now: int) -> None:
    job = w.jobs[j]
    if job.step == PACK:
        job.step = SEND
    elif job.step == SEND:
        _sent_again_if_interrupted(w, j)
        job.step = SERVE
    elif job.step == SERVE:
        job.step = _served(w, j, now)
    elif job.step == POLL:
        job.step = FETCH
    elif job.step == FETCH:
        job.step = REGISTER_ELECTRONIC
        if job.kind == REPEAT:
            w.tally[0].repeats_dropped += 1
            job.step = DONE
    elif job.step == CORRECT:
        job.interrupted = 0
        job.step = PACK if job.channel == LINKED else SEND
    else:
        empties_mailbox(w, j)
        reason = verdict_on_arrival(w, j, now)
        job.step = accept(w, j, now) if reason == ACCEPTED else refuse(w, j, now, reason)


@njit
def _sent_again_if_interrupted(w: World, j: int) -> None:
    """A gateway whose line broke mid-message never saw the receipt and sends again: a duplicate by identity."""
    job = w.jobs[j]
    if job.interrupted & BROKEN == 0:
        return
    job.interrupted = DELAYED
    if job.kind == REPEAT or job.channel != LINKED:
        return
    key = child(job.key, CHILD_REPEAT, job.attempts)
    again = spawn(w, key, REPEAT, SEND, job.document)
    w.jobs[again].recipient = job.recipient
    w.jobs[again].channel = job.channel
    w.tally[0].repeats_created += 1


@njit
def _served(w: World, j: int, now: int) -> int:
    """The message service has the message: too large, for outside, or waiting for its receiver."""
    job = w.jobs[j]
    rules = w.rules[0]
    if job.kind == REPEAT:
        return POLL
    if job.octets * rules.transport_overhead > rules.message_limit:
        return refuse(w, j, now, TOO_LARGE)
    recipient = w.agencies[job.recipient]
    if job.channel == MAIL and recipient.tier != OUTSIDE:
        if recipient.mailbox_octets + job.octets > rules.mailbox_limit:
            return refuse(w, j, now, MAILBOX_FULL)
        recipient.mailbox_octets += job.octets
    if recipient.tier == OUTSIDE:
        return accept(w, j, now)
    return POLL


@njit
def waited(w: World, j: int, since_ms: int, now: int) -> None:
    """Account for time that passed outside any station."""
    step = w.jobs[j].step
    if w.jobs[j].kind == DOSSIER:
        dossier_spent(w, j, now - since_ms)
    elif step == POST:
        c.count_wait(w, POSTAL, now - since_ms)
    elif step == POLL:
        c.count_wait(w, POLLING, now - since_ms)
