"""What a certificate is good for: the rules that ask so, side by side, since no two ask the same.

    rule         within its term   not locked or handed in   not revoked
    `is_active`  yes               not asked                 yes          the plan counts it
    `can_sign`   yes               yes                       not asked    its holder signs with it, and the head can
                                                                          rule that drafts are signed online

A revoked token still signs: it is the recipient, holding the list of revoked ones, who refuses. A locked token is
still a certificate that the plan counts, but nobody signs with it.
"""

from typing import Any

from sim.engine.jit import njit
from sim.exchange.state import World


@njit
def is_in_term(certificate: Any, now: int) -> bool:
    """Has it begun, and not yet ended?"""
    return bool(certificate.valid_from_ms <= now < certificate.valid_until_ms)


@njit
def can_sign(certificate: Any, now: int) -> bool:
    """Is the token in its holder's hands, not locked, and within its term?"""
    return bool(certificate.unusable == 0) and is_in_term(certificate, now)


@njit
def holder_can_sign(w: World, agency: int, holder: int, now: int) -> bool:
    """Can this holder (0: the agency itself, 1 and up: its leaders) sign now? Not all leaders can have a token."""
    places = w.rules[0].places
    return holder < places and can_sign(w.certificates[agency * places + holder], now)


@njit
def any_leader_can_sign(w: World, agency: int, now: int) -> bool:
    """Has any leader of the agency a token in hand that signs now?"""
    able = False
    for holder in range(1, w.agencies[agency].leaders_count + 1):
        able = able or holder_can_sign(w, agency, holder, now)
    return able


def is_active(certificates: Any, now: int) -> Any:
    """Does the plan count it? Within its term and not revoked; of one certificate, or of each in an array."""
    in_term = (certificates["valid_from_ms"] <= now) & (now < certificates["valid_until_ms"])
    return in_term & ~is_revoked(certificates, now)


def is_revoked(certificates: Any, now: int) -> Any:
    """Has the authority taken it back by now?"""
    return (certificates["revoked_ms"] >= 0) & (certificates["revoked_ms"] <= now)


def was_issued(certificates: Any) -> Any:
    """Has its holder ever had one?"""
    return certificates["valid_until_ms"] != 0


def is_asked_for(certificates: Any) -> Any:
    """Is the next one on its way from the authority?"""
    return certificates["requested_ms"] >= 0


def needs_one(certificates: Any) -> Any:
    """Has its holder never had one, and is none on its way? Renewals are the desk's own business."""
    return ~was_issued(certificates) & ~is_asked_for(certificates)


def ends_within(certificates: Any, now: int, ahead_ms: int) -> Any:
    """Does it end so soon, or has it ended? Asked of certificates that were issued."""
    return certificates["valid_until_ms"] - ahead_ms <= now
