"""Certificates: who can sign since when.

Each agency has one place for its own certificate and one for each leader. A certificate ends by expiry, or
earlier through postings, retirement and locked tokens, and is made anew after the lead time.
"""

from collections.abc import Mapping

from sim.engine.draws import child, uniform
from sim.engine.jit import njit
from sim.exchange.codes import DRAW_CERTIFICATE, OUTSIDE
from sim.exchange.state import World

MONTHS = 12


def certificates_at_start(world: World, p: Mapping[str, float]) -> None:
    """Hand out what the plan counts at the start, from the provincial Office downwards; ages vary."""
    life_ms = int(p["signatures.life"])
    organisations = round(p["signatures.organisation_at_start"])
    personal = round(p["signatures.personal_at_start"])
    places = int(world.rules["places"][0])
    for agency, a in enumerate(world.agencies):
        if a["tier"] == OUTSIDE:
            continue
        if organisations > 0:
            organisations -= 1
            _issue_aged(world, agency, 0, places, life_ms)
        for leader in range(1, int(a["leaders_count"]) + 1):
            if personal > 0:
                personal -= 1
                _issue_aged(world, agency, leader, places, life_ms)


def _issue_aged(world: World, agency: int, holder: int, places: int, life_ms: int) -> None:
    key = child(int(world.agencies[agency]["key"]), DRAW_CERTIFICATE, holder)
    age_ms = int(float(uniform(int(world.rules["luck"][0]), key, DRAW_CERTIFICATE, 0)) * life_ms)
    certificate = world.certificates[agency * places + holder]
    certificate["valid_from_ms"] = -age_ms
    certificate["valid_until_ms"] = life_ms - age_ms


def issue(world: World, agency: int, from_ms: int, life_ms: int) -> bool:
    """Give the agency's next holder without a certificate one that is valid from `from_ms`; False if all have one."""
    places = int(world.rules["places"][0])
    for holder in range(int(world.agencies[agency]["leaders_count"]) + 1):
        certificate = world.certificates[agency * places + holder]
        if certificate["valid_until_ms"] == 0:
            certificate["valid_from_ms"] = from_ms
            certificate["valid_until_ms"] = from_ms + life_ms
            return True
    return False


@njit
def renew_month(w: World, now: int, month: int, churn: float, lead_ms: int, life_ms: int) -> None:
    """A month of postings and expiries: each certificate that ends is made anew after the lead time."""
    luck = w.rules[0].luck
    places = w.rules[0].places
    for slot in range(w.certificates.shape[0]):
        certificate = w.certificates[slot]
        if certificate.valid_until_ms == 0 or certificate.valid_from_ms > now:
            continue
        if w.agencies[slot // places].tier == OUTSIDE:
            continue
        key = child(w.agencies[slot // places].key, DRAW_CERTIFICATE, slot % places)
        if certificate.valid_until_ms <= now:
            certificate.valid_from_ms = certificate.valid_until_ms + lead_ms
            certificate.valid_until_ms = certificate.valid_from_ms + life_ms
            certificate.renewals += 1
        elif uniform(luck, key, DRAW_CERTIFICATE, month + 1) < churn / MONTHS:
            certificate.valid_from_ms = now + lead_ms
            certificate.valid_until_ms = now + lead_ms + life_ms
            certificate.renewals += 1
