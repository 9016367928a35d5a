"""What does not last: training is forgotten, heads are posted elsewhere, address books age."""

from sim.engine.draws import uniform
from sim.engine.jit import njit
from sim.engine.records import Records
from sim.exchange.codes import DRAW_AGEING, DRAW_FADING, DRAW_HEAD, DRAW_ROTATION, OUTSIDE
from sim.exchange.state import World
from sim.policy.adoption import MOST_STAFF, monthly

_SPREAD = 0x9E3779B1
"""Keeps the months of one pair of agencies apart in a draw's occasion."""


@njit
def turn_over(w: World, month: int, hazards: Records) -> None:
    """One month of forgetting, from the state at its start."""
    h = hazards[0]
    forgets = monthly(h.training_fading + h.turnover)
    leaves = monthly(h.rotation)
    luck = w.rules[0].luck
    for agency in range(w.agencies.shape[0]):
        a = w.agencies[agency]
        if a.tier == OUTSIDE:
            continue
        for person in range(a.eoffice_trained):
            a.eoffice_trained -= uniform(luck, a.key, DRAW_FADING, month * MOST_STAFF + person) < forgets
        if uniform(luck, a.key, DRAW_ROTATION, month) < leaves:
            _new_head(w, agency, hazards)
    _age_addresses(w, month, monthly(h.address_change))


@njit
def _new_head(w: World, agency: int, hazards: Records) -> None:
    """Another head, who has not been on the course that the former had, with views of his or her own.

    A leader in charge of IT stays in charge, and wins over as many heads as before.
    """
    a = w.agencies[agency]
    h = hazards[0]
    luck = w.rules[0].luck
    a.tenure += 1
    a.leaders_trained = max(0, a.leaders_trained - 1)
    a.support_draw = uniform(luck, a.key, DRAW_HEAD, 2 * a.tenure)
    won = max(h.leader_support_share, h.leader_support_cio_share) if a.cio == 1 else h.leader_support_share
    a.supports = 1 if a.support_draw < won else 0
    low, high = h.paperless_threshold_low, h.paperless_threshold_high
    a.threshold = low + (high - low) * uniform(luck, a.key, DRAW_HEAD, 2 * a.tenure + 1)


@njit
def _age_addresses(w: World, month: int, changes: float) -> None:
    """A recipient's address, person or code changes, and what a sender had learnt of it counts no more."""
    luck = w.rules[0].luck
    for sender in range(w.agencies.shape[0]):
        for recipient in range(w.agencies.shape[0]):
            if w.experience[sender, recipient] > 0:
                occasion = ((w.agencies[recipient].key & 0xFFFFFFFF) + month * _SPREAD) & 0xFFFFFFFF
                if uniform(luck, w.agencies[sender].key, DRAW_AGEING, occasion) < changes:
                    w.experience[sender, recipient] = 0
