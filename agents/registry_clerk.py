"""The registry: numbers, seals and sends what leaves the agency; checks and enters what comes in.

Sending and receiving both on paper and electronically is done twice, by the same people: that is how the
transition overloads registries.
"""

from agents.service import service_ms
from agents.verification import SOUND, check_signature, verify_work_ms
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.codes import (
    CORRECT,
    DRAW_MISSING_FILE,
    DRAW_WRONG_ADDRESS,
    FILE_TWIN,
    INTERNAL,
    ISSUE,
    MAIL,
    MISSING_FILE,
    ORDINARY,
    PRINT,
    PROCESSES_ONLINE,
    REGISTER_ELECTRONIC,
    REGISTRY_ONLY,
    WRONG_ADDRESS,
)
from sim.exchange.state import World

ACCEPTED = SOUND


@njit
def registry_work_ms(w: World, j: int, now: int) -> int:
    """Work of the registry on one job at its present step."""
    job = w.jobs[j]
    rules = w.rules[0]
    step = job.step
    if step == ISSUE:
        return service_ms(w, j, _issue_mean_ms(w, j))
    if step == PRINT:
        return service_ms(w, j, rules.print_copy_ms)
    if step == CORRECT:
        return service_ms(w, j, rules.correct_refused_ms)
    if step == FILE_TWIN or job.twin_registered == 1:
        return service_ms(w, j, rules.file_duplicate_ms)
    recipient = w.agencies[job.recipient]
    online = recipient.level >= PROCESSES_ONLINE
    if step == REGISTER_ELECTRONIC:
        mean = rules.register_electronic_ms + (0.0 if online else rules.print_copy_ms)
        return service_ms(w, j, mean) + int(verify_work_ms(w, j, now))
    return service_ms(w, j, rules.register_paper_ms + (rules.scan_ms if online and recipient.swamped == 0 else 0.0))


@njit
def _issue_mean_ms(w: World, j: int) -> float:
    """Numbering and sealing; where e-office is used also scanning what is not digital, and one sending."""
    rules = w.rules[0]
    d = w.documents[w.jobs[j].document]
    sender = w.agencies[d.sender]
    mean = rules.issue_ms
    on_paper = sender.level < REGISTRY_ONLY or (sender.swamped == 1 and d.urgency == ORDINARY)
    if on_paper or d.secret == 1 or d.never_electronic == 1:
        return float(mean)
    if d.digital == 0:
        mean += rules.scan_ms
    if d.kind != INTERNAL:
        mean += rules.send_electronic_ms
    return float(mean)


@njit
def verdict_on_arrival(w: World, j: int, now: int) -> int:
    """Accept an electronic delivery, or the reason to refuse it.

    A wrong address becomes rarer with every delivery the sender has made to this recipient before.
    """
    job = w.jobs[j]
    rules = w.rules[0]
    before = w.experience[job.sender, job.recipient]
    u = uniform(rules.luck, job.key, DRAW_WRONG_ADDRESS, job.attempts)
    if u < rules.wrong_address_share / (1.0 + before):
        return WRONG_ADDRESS
    if job.attempts == 0 and uniform(rules.luck, job.key, DRAW_MISSING_FILE, 0) < rules.missing_file_share:
        return MISSING_FILE
    return check_signature(w, j, now)


@njit
def empties_mailbox(w: World, j: int) -> None:
    """The clerk who has read an official mail deletes it: the mailbox has room again."""
    job = w.jobs[j]
    if job.channel == MAIL:
        a = w.agencies[job.recipient]
        a.mailbox_octets = max(0, a.mailbox_octets - job.octets)
