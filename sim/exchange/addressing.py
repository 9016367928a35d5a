"""Who a document is sent to.

A recipient is chosen by weighted rendezvous: every candidate draws its own luck with this document, and
the largest u^(1/weight) wins. So an agency that joins takes its share and moves nobody else's choice.
"""

import math

import numpy as np
from numpy.typing import NDArray

from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.exchange.codes import COMMUNE, DISTRICT, DRAW_ADDRESS, DRAW_COUNT, DRAW_RECIPIENT, RELAY
from sim.exchange.state import World

Identities = NDArray[np.int64]
Sizes = NDArray[np.float64]

FEW = 10
"""The most recipients of a document that is neither single nor for a whole tier."""


@njit
def candidates(w: World, sender: int, tier: int) -> tuple[int, int]:
    """First agency and number of agencies of a tier that this sender writes to.

    Districts and communes write to communes of the district, and communes to their own district only. Where there are
    no districts communes write to all communes.
    """
    a = w.agencies[sender]
    if tier == COMMUNE and a.tier in (DISTRICT, COMMUNE) and w.tier_range[DISTRICT, 1] > 0:
        return a.commune_first, a.commune_count
    if tier == DISTRICT and a.tier == COMMUNE:
        return a.district, 1
    return w.tier_range[tier, 0], w.tier_range[tier, 1]


@njit
def choose_recipients(w: World, document: int) -> int:
    """Fill `w.choice` with the recipients of a document; their number."""
    d = w.documents[document]
    sender = d.sender
    if d.answers >= 0:
        w.choice[0].agency = d.answers
        return 1
    luck = w.rules[0].luck
    tier = _tier(w, w.agencies[sender].tier, uniform(luck, d.key, DRAW_ADDRESS, 0))
    if d.kind == RELAY:
        tier = COMMUNE
    first, number = candidates(w, sender, tier)
    others = number - 1 if first <= sender < first + number else number
    if others <= 0:
        return 0
    wanted = others
    if d.kind != RELAY:
        wanted = _number(w, w.agencies[sender].tier, others, uniform(luck, d.key, DRAW_COUNT, 0))
    if wanted == others:
        return _everyone(w, sender, first, number)
    return _rendezvous(w, d.key, sender, first, number, wanted)


@njit
def _tier(w: World, sender_tier: int, u: float) -> int:
    for tier in range(4):
        if u < w.tier_odds[sender_tier, tier]:
            return tier
    return 4


@njit
def _number(w: World, sender_tier: int, others: int, u: float) -> int:
    """One recipient, a few, or the whole tier; the odds of several come from the balanced matrix."""
    several = w.tier_odds[sender_tier, 5]
    if u >= several or others == 1:
        return 1
    u /= several
    few = w.rules[0].few_share
    if u >= few:
        return others
    most = min(FEW, others)
    return 2 + int(u / few * (most - 1))


@njit
def _everyone(w: World, sender: int, first: int, number: int) -> int:
    n = 0
    for agency in range(first, first + number):
        if agency != sender:
            w.choice[n].agency = agency
            n += 1
    return n


@njit
def _rendezvous(w: World, key: int, sender: int, first: int, number: int, wanted: int) -> int:
    """The `wanted` candidates of least -ln(u)/weight, best first."""
    luck = w.rules[0].luck
    n = 0
    for agency in range(first, first + number):
        if agency == sender:
            continue
        a = w.agencies[agency]
        u = uniform(luck, key ^ a.key, DRAW_RECIPIENT, 0)
        if n == wanted and (1.0 - u) / a.weight >= w.choice[n - 1].score:
            continue  # -ln(u) is more than 1-u: most candidates are passed over without a logarithm
        score = -math.log(u) / a.weight
        if n == wanted and score >= w.choice[n - 1].score:
            continue
        place = n if n < wanted else n - 1
        while place > 0 and w.choice[place - 1].score > score:
            w.choice[place].agency = w.choice[place - 1].agency
            w.choice[place].score = w.choice[place - 1].score
            place -= 1
        w.choice[place].agency = agency
        w.choice[place].score = score
        n = min(n + 1, wanted)
    return n


@njit
def choose_province(luck: int, delivery: int, sender: int, provinces: Identities, weights: Sizes) -> int:
    """Which of the other provinces a delivery is for: the same rendezvous, keyed by the delivery and the province."""
    best = math.inf
    chosen = -1
    for province in range(provinces.shape[0]):
        if province == sender:
            continue
        score = -math.log(uniform(luck, delivery ^ provinces[province], DRAW_RECIPIENT, 0)) / weights[province]
        if score < best:
            best = score
            chosen = province
    return chosen
