"""The trace of visits: which step ended where and when, and how things stood once it had its effect."""

from sim.engine.draws import uniform
from sim.engine.jit import njit, njit_apart
from sim.exchange.codes import DRAW_TRACED
from sim.exchange.state import World

NO_LUCK = 0
"""What is traced is no luck of a replication: the same documents are, in every one and under any option."""


@njit
def is_traced(w: World, j: int) -> bool:
    """Is the job's document or dossier among those traced? A document is with all that answers it or passes it on."""
    job = w.jobs[j]
    root = w.documents[job.document].root if job.document >= 0 else w.dossiers[job.dossier].key
    return bool(uniform(NO_LUCK, root, DRAW_TRACED, 0) < w.rules[0].traced_share)


@njit_apart
def keep_visit(w: World, j: int, step: int, attempts: int, channel: int, station: int, now: int) -> None:
    """Trace a visit whose step, at this attempt over this channel, has just had its effect, if its case is traced."""
    if not is_traced(w, j):
        return
    job = w.jobs[j]
    visit = w.visits[w.tally[0].visits_kept]
    w.tally[0].visits_kept += 1
    visit.key = job.key
    visit.step = step
    visit.station = station
    visit.entered_ms = job.entered_ms
    visit.began_ms = job.began_ms
    visit.finished_ms = now
    visit.attempts = attempts
    visit.next = job.step
    visit.kind = job.kind
    visit.sender = job.sender
    visit.recipient = job.recipient
    visit.channel = channel
    visit.octets = job.octets
    visit.urgency = job.urgency
    visit.cause = job.cause
    visit.verified = job.verified
    visit.refusal = job.refusal
    visit.registered = 1 if job.registered_ms >= 0 else 0
    _keep_document(w, job.document)
    _keep_dossier(w, job.dossier)


@njit
def _keep_document(w: World, document: int) -> None:
    visit = w.visits[w.tally[0].visits_kept - 1]
    if document < 0:
        visit.nature = visit.secret = visit.never_electronic = visit.pages = -1
        visit.digital = visit.signed = visit.fault = -1
        return
    d = w.documents[document]
    visit.case = d.key
    visit.nature = d.kind
    visit.secret = d.secret
    visit.never_electronic = d.never_electronic
    visit.pages = d.pages
    visit.digital = d.digital
    visit.signed = d.signed
    visit.fault = d.fault


@njit
def _keep_dossier(w: World, dossier: int) -> None:
    visit = w.visits[w.tally[0].visits_kept - 1]
    if dossier < 0:
        visit.procedure = visit.intake = visit.holder = visit.filed = visit.district = -1
        visit.received_ms = visit.due_ms = visit.returns = visit.returned = visit.late = -1
        return
    d = w.dossiers[dossier]
    visit.case = d.key
    visit.procedure = d.procedure
    visit.intake = d.intake
    visit.holder = d.holder
    visit.filed = d.channel
    visit.district = d.district
    visit.received_ms = d.received_ms
    visit.due_ms = d.due_ms
    visit.returns = d.returns
    visit.returned = d.returned
    visit.late = d.late
