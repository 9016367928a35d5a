"""An agency as sender: on what channel a delivery goes, and whether paper goes with it.

The choice is a chain of causes, not a coin: the first that fails is the reason that the delivery is not
electronic, or that a paper copy follows it.
"""

from sim.engine.jit import njit
from sim.exchange.codes import (
    CAUSE_NONE,
    LEADERS_RULE,
    LINE_DOWN,
    LINKED,
    MAIL,
    NEVER_ELECTRONIC,
    NO_RULE,
    NO_SIGNATURE,
    ORDINARY,
    OUTSIDE,
    PAPER,
    RECIPIENT_UNREACHABLE,
    REGISTRY_ONLY,
    REGISTRY_SWAMPED,
    ROUTE_NONE,
    SECRET,
    SENDER_NO_EOFFICE,
    SENDER_NOT_CONNECTED,
)
from sim.exchange.links import DATA_CENTRE, is_cut_off
from sim.exchange.state import World


@njit
def channel_to(w: World, document: int, recipient: int, now: int) -> tuple[int, int]:
    """Channel of a delivery issued now, and the cause if it must go on paper."""
    d = w.documents[document]
    sender = w.agencies[d.sender]
    if d.secret == 1:
        return PAPER, SECRET
    if d.never_electronic == 1:
        return PAPER, NEVER_ELECTRONIC
    if sender.level < REGISTRY_ONLY:
        return PAPER, SENDER_NO_EOFFICE
    if sender.route == ROUTE_NONE:
        return PAPER, SENDER_NOT_CONNECTED
    other = w.agencies[recipient]
    if other.route == ROUTE_NONE:
        return PAPER, RECIPIENT_UNREACHABLE
    linked = sender.linked == 1 and other.linked == 1 and other.level >= REGISTRY_ONLY
    if not linked and other.mail == 0:
        return PAPER, RECIPIENT_UNREACHABLE
    if sender.swamped == 1 and d.urgency == ORDINARY:
        return PAPER, REGISTRY_SWAMPED
    if _is_broken(w, d.sender, recipient, d.urgency, now):
        return PAPER, LINE_DOWN
    return LINKED if linked else MAIL, CAUSE_NONE


@njit
def _is_broken(w: World, sender: int, recipient: int, urgency: int, now: int) -> bool:
    """Is the way down, and known to be: at the sender's own line, the data centre, or the recipient's line?

    The recipient's line is known to be down once its answers fail to come, so not at once even for what is urgent.
    """
    if is_cut_off(w, DATA_CENTRE, urgency, now):
        return True
    if w.agencies[sender].tier != OUTSIDE and is_cut_off(w, w.agencies[sender].uplink, urgency, now):
        return True
    return w.agencies[recipient].tier != OUTSIDE and is_cut_off(w, w.agencies[recipient].downlink, ORDINARY, now)


@njit
def paper_follows(w: World, document: int) -> int:
    """Why a paper copy goes with an electronic delivery of this document; `CAUSE_NONE` if none does."""
    d = w.documents[document]
    sender = w.agencies[d.sender]
    if d.signed == 0:
        return NO_SIGNATURE
    if sender.paperless_allowed == 0:
        return NO_RULE
    if sender.paperless == 0:
        return LEADERS_RULE
    return CAUSE_NONE
