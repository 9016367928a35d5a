"""Slots for what is in flight, taken from and given back to free lists."""

from sim.engine.jit import njit
from sim.exchange.codes import CAUSE_NONE
from sim.exchange.state import World


@njit
def take_document(w: World) -> int:
    """A free document slot; the caller fills every field."""
    n = w.tally[0].free_documents - 1
    w.tally[0].free_documents = n
    w.tally[0].documents_created += 1
    return int(w.free_documents[n])


@njit
def take_job(w: World, key: int, kind: int, step: int, document: int) -> int:
    """A free job slot, set up as a job of this document that has not moved yet."""
    d = w.documents[document]
    d.outstanding += 1
    j = fresh_job(w, key, kind, step, d.sender)
    job = w.jobs[j]
    job.urgency = d.urgency
    job.document = document
    job.octets = d.octets
    job.issued_ms = d.issued_ms
    return j


@njit
def fresh_job(w: World, key: int, kind: int, step: int, agency: int) -> int:
    """A free job slot, set up as something at this agency that has not moved yet."""
    n = w.tally[0].free_jobs - 1
    w.tally[0].free_jobs = n
    j = w.free_jobs[n]
    job = w.jobs[j]
    job.key = key
    job.kind = kind
    job.step = step
    job.document = -1
    job.dossier = -1
    job.sender = agency
    job.recipient = agency
    job.channel = 0
    job.station = -1
    job.next = -1
    job.previous = -1
    job.twin = -1
    job.attempts = 0
    job.octets = 0
    job.issued_ms = -1
    job.registered_ms = -1
    job.parallel = 0
    job.interrupted = 0
    job.twin_registered = 0
    job.cause = CAUSE_NONE
    job.serving = 0
    job.accounted_ms = 0
    job.verified = 0
    job.mended = 0
    job.refusal = -1
    job.noted = 0
    job.alive = 1
    w.tally[0].jobs_created += 1
    return int(j)


@njit
def leave(w: World, j: int) -> None:
    """Give the job's slot back, and its document's with the last job that refers to it, or its dossier's."""
    job = w.jobs[j]
    if job.twin >= 0:
        w.jobs[job.twin].twin = -1
        job.twin = -1
    job.alive = 0
    job.version += 1
    document = job.document
    dossier = job.dossier
    job.document = -1
    job.dossier = -1
    w.free_jobs[w.tally[0].free_jobs] = j
    w.tally[0].free_jobs += 1
    w.tally[0].jobs_finished += 1
    if dossier >= 0:
        w.free_dossiers[w.tally[0].free_dossiers] = dossier
        w.tally[0].free_dossiers += 1
        w.tally[0].dossiers_finished += 1
        return
    w.documents[document].outstanding -= 1
    if w.documents[document].outstanding == 0:
        w.free_documents[w.tally[0].free_documents] = document
        w.tally[0].free_documents += 1
        w.tally[0].documents_finished += 1


@njit
def spawn(w: World, key: int, kind: int, step: int, document: int) -> int:
    """A new job that the present transition brings forth; the scheduler sends it on its way."""
    j = take_job(w, key, kind, step, document)
    w.spawned[w.tally[0].spawned] = j
    w.tally[0].spawned += 1
    return j


def spare_slots(agencies: int) -> int:
    """The most jobs one transition can bring forth: a broadcast to every agency, each with a paper twin."""
    return 2 * agencies + 8
