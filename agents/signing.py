"""Signing: the leader's token, then the registry's, and what goes wrong in between.

Each fault lies in the document from then on and is found, or not, by whoever verifies it.
"""

from agents.online_work import SEALING, SIGNING, page_comes
from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.certificates import holder_can_sign
from sim.exchange.codes import (
    CHANGED_AFTER,
    DRAW_SIGNING,
    FORGOTTEN_SEAL,
    NO_FAULT,
    NO_STAMP,
    OUTSIDE,
    PROCESSES_ONLINE,
)
from sim.exchange.state import World


@njit
def leader_signed(w: World, document: int, now: int) -> None:
    """The leader has signed: with the token, if it still works and the e-office can be reached, or else in ink."""
    d = w.documents[document]
    d.digital &= holder_can_sign(w, d.sender, d.leader, now)
    if d.digital == 1:
        d.digital &= page_comes(w, d.sender, d.key, SIGNING, now)
    if d.digital == 0:
        return
    certificate = w.certificates[d.sender * w.rules[0].places + d.leader]
    d.signed_ms = now
    d.leader_generation = certificate.generation
    d.former = 1 if certificate.former_ms >= 0 else 0
    d.leader_revoked_ms = certificate.revoked_ms


@njit
def seal(w: World, document: int, now: int) -> None:
    """The registry adds the organisation's signature where it works online and holds a certificate.

    Without it the document counts as unsigned, whatever the leader did, and its registry knows that: paper follows.
    The faults are the registry's: the number stamped into a file already signed, a seal forgotten, a time-stamping
    service that did not answer.
    """
    d = w.documents[document]
    sender = w.agencies[d.sender]
    d.signed = 0
    if sender.level < PROCESSES_ONLINE or not holder_can_sign(w, d.sender, 0, now):
        return
    if sender.tier != OUTSIDE and not page_comes(w, d.sender, d.key, SEALING, now):
        return
    certificate = w.certificates[d.sender * w.rules[0].places]
    d.signed = 1
    d.seal_generation = certificate.generation
    d.foreign = certificate.foreign
    if sender.tier != OUTSIDE:
        d.fault = _fault(w, document)


@njit
def _fault(w: World, document: int) -> int:
    rules = w.rules[0]
    d = w.documents[document]
    u = uniform(rules.luck, d.key, DRAW_SIGNING, 0)
    if u < rules.unstamped_share:
        return NO_STAMP
    u -= rules.unstamped_share
    if d.digital == 0:
        return NO_FAULT
    if u < rules.changed_share:
        return CHANGED_AFTER
    return FORGOTTEN_SEAL if u - rules.changed_share < rules.unsealed_share else NO_FAULT
