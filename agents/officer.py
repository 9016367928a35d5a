"""Officers: draft outgoing documents, review them as head of unit, and handle incoming ones.

An agency's officers share one line of work. An officer who works in e-office keeps the document there;
one who does not takes it out on paper, which is what keeps internal circulation from being wholly online.
"""

from agents.service import service_ms
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.codes import ANNOTATE, DRAFT, DRAW_PERSON, REVIEW
from sim.exchange.state import World


@njit
def officer_work_ms(w: World, j: int) -> int:
    """Work on a draft, its review, an incoming document, or, as head of a room, the note on who handles it."""
    rules = w.rules[0]
    step = w.jobs[j].step
    if step == DRAFT:
        return service_ms(w, j, rules.draft_ms)
    if step == REVIEW:
        return service_ms(w, j, rules.review_ms)
    if step == ANNOTATE:
        return service_ms(w, j, rules.annotate_ms)
    return service_ms(w, j, rules.handle_ms)


@njit
def works_online(w: World, agency: int, key: int, occasion: int) -> bool:
    """Does the member of staff whom this document falls to work in e-office?

    Staff are numbered; those who took e-office up are the first `users` of them. Which number a document
    falls to is its own luck, so a new user changes only the documents that he or she gets.
    """
    a = w.agencies[agency]
    number = int(uniform(w.rules[0].luck, key, DRAW_PERSON, occasion) * a.staff)
    return bool(number < a.users)
