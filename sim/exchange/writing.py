"""A document comes into being: its class, secrecy, length and size are its own luck."""

from sim.engine.distributions import geometric, lognormal_median
from sim.engine.draws import uniform
from sim.engine.jit import njit, njit_apart
from sim.exchange.codes import (
    DRAW_PAGES,
    DRAW_PERSON,
    DRAW_SECRECY,
    DRAW_SIZE,
    DRAW_URGENCY,
    FLASH,
    NO_FAULT,
    ORDINARY,
    URGENT,
    VERY_URGENT,
)
from sim.exchange.pool import take_document
from sim.exchange.state import World


@njit_apart
def write_document(w: World, key: int, root: int, sender: int, kind: int, urgency: int, answers: int) -> int:
    """Fill a document slot; `urgency` -1 draws it, otherwise it is inherited (a relay stays urgent), as `root` is."""
    rules = w.rules[0]
    slot = take_document(w)
    d = w.documents[slot]
    d.key = key
    d.root = root
    d.kind = kind
    d.sender = sender
    d.answers = answers
    d.urgency = urgency if urgency >= 0 else _urgency(w, key)
    u = uniform(rules.luck, key, DRAW_SECRECY, 0)
    d.secret = 1 if u < rules.secret_share else 0
    v = uniform(rules.luck, key, DRAW_SECRECY, 1)
    d.never_electronic = 1 if d.secret == 0 and v * (1.0 - rules.secret_share) < rules.never_electronic_share else 0
    d.pages = geometric(uniform(rules.luck, key, DRAW_PAGES, 0), rules.pages_mean)
    d.octets = 0
    d.digital = 0
    d.signed = 0
    d.fault = NO_FAULT
    d.former = 0
    d.leader_revoked_ms = -1
    d.foreign = 0
    d.leader_generation = 0
    d.seal_generation = 0
    d.signed_ms = -1
    d.issued_ms = -1
    d.month = rules.month
    d.outstanding = 0
    leaders = w.agencies[sender].leaders_count
    d.leader = 1 + int(uniform(rules.luck, key, DRAW_PERSON, 2) * leaders) if leaders > 0 else 0
    return slot


@njit
def _urgency(w: World, key: int) -> int:
    rules = w.rules[0]
    u = uniform(rules.luck, key, DRAW_URGENCY, 0)
    if u < rules.flash_share:
        return FLASH
    u -= rules.flash_share
    if u < rules.very_urgent_share:
        return VERY_URGENT
    u -= rules.very_urgent_share
    return URGENT if u < rules.urgent_share else ORDINARY


@njit
def fix_file(w: World, document: int) -> None:
    """Size of the file once the document is signed: born digital, or scanned page by page."""
    rules = w.rules[0]
    d = w.documents[document]
    median = rules.born_digital_size_median if d.digital == 1 else rules.scan_size_median
    scale = d.pages / rules.pages_mean
    u = uniform(rules.luck, d.key, DRAW_SIZE, 0)
    d.octets = int(lognormal_median(u, median * scale, rules.size_spread)) + 1
