"""Leaders: sign outgoing documents, note who handles incoming ones, and decide when paper may stop.

A leader works on papers only in part of the day and is away on some days; that wait, not the minute of
signing, is what a document spends at the leader's.
"""

from agents.service import service_ms
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.codes import DRAW_PERSON, SIGN
from sim.exchange.state import World

RETURN_MARGIN = 0.10
"""A head who stopped parallel paper returns to it when the good share falls this far below the threshold."""


@njit
def leader_work_ms(w: World, j: int) -> int:
    """Reading and signing in ink or with a token, or noting who handles an incoming document."""
    rules = w.rules[0]
    if w.jobs[j].step != SIGN:
        return service_ms(w, j, rules.annotate_ms)
    if w.documents[w.jobs[j].document].digital == 1:
        return service_ms(w, j, rules.sign_digital_ms)
    return service_ms(w, j, rules.sign_wet_ms)


@njit
def who_notes(w: World, j: int) -> int:
    """The leader to whom an incoming document goes next; after all of them a head of a room, among the officers."""
    job = w.jobs[j]
    a = w.agencies[job.recipient]
    if job.noted >= a.leaders_count:
        return int(a.officers)
    first = int(uniform(w.rules[0].luck, job.key, DRAW_PERSON, 3) * a.leaders_count)
    return int(a.leaders_first + (first + job.noted) % a.leaders_count)


@njit
def note_fate(w: World, agency: int, good: bool, urgent_refusal: bool) -> None:
    """The head learns how one more of the agency's electronic deliveries fared.

    Over the last fifty, the head stops parallel paper once the share accepted within one working day
    passes his or her own threshold, and returns to it ten points below, or after an urgent document was
    refused; then fifty new deliveries must speak before the question is asked again.
    """
    a = w.agencies[agency]
    window = w.rules[0].recent_window
    oldest = (a.recent >> (window - 1)) & 1
    a.recent = ((a.recent - (oldest << (window - 1))) << 1) | (1 if good else 0)
    if urgent_refusal:
        a.paperless = 0
        a.recent = 0
        a.recent_count = 0
        return
    if a.recent_count < window:
        a.recent_count += 1
        if a.recent_count < window:
            return
    bits = a.recent
    successes = 0
    while bits > 0:
        bits &= bits - 1
        successes += 1
    share = successes / window
    if share > a.threshold:
        a.paperless = 1
    elif share < a.threshold - RETURN_MARGIN:
        a.paperless = 0
