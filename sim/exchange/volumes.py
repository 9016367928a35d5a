"""How many documents each agency writes and where they go: one matrix of deliveries, balanced once.

Outgoing and incoming volumes per tier are the margins of a sender-tier by recipient-tier matrix with the
outside as a row and a column; iterative proportional fitting fills it, and fan-out follows. Replies and
relays are part of these volumes: what agencies write of their own accord is what remains.

In a province of two tiers (no districts, since 1/7/2025) what passed through a district goes directly: the province's
weights on districts lie on communes, and those of communes on districts lie on the Office and the departments as the
district's own did.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.exchange.addressing import FEW
from sim.exchange.codes import COMMUNE, DEPARTMENT, DISTRICT, OFFICE, OUTSIDE, TIERS

Table = NDArray[np.float64]
MOST_ODDS = 0.95
_SWEEPS = 500

Contradiction = Literal["documents", "fan-out", "outside", "nothing", "matrix"]
_SAID: Mapping[Contradiction, str] = {
    "documents": "more documents are sent than deliveries received",
    "fan-out": "documents have too few recipients for the deliveries received",
    "outside": "every delivery goes outside the province, or comes from there",
    "nothing": "nobody receives a document",
    "matrix": "the matrix sends documents where nobody receives any, or from where nobody writes",
}


class VolumesContradictError(ValueError):
    """Volumes that cannot hold together; `kind` says how."""

    def __init__(self, kind: Contradiction) -> None:
        super().__init__(f"volumes: {_SAID[kind]}")
        self.kind = kind


@dataclass(frozen=True)
class Members:
    """Who the volumes are for: tier of each agency, its weight within the tier, rooms, communes of districts."""

    tiers: Sequence[int]
    weights: Sequence[float]
    rooms: Sequence[int]
    communes: Sequence[int]

    def of(self, tier: int) -> list[int]:
        """Indices of the agencies of one tier."""
        return [i for i, t in enumerate(self.tiers) if t == tier]


@dataclass(frozen=True)
class Volumes:
    """A year's documents and deliveries, and the odds that reproduce them."""

    deliveries: Table
    """[sender tier, recipient tier] deliveries a year, with replies and relays."""
    fanout: Table
    """[sender tier] recipients per document that the matrix asks for."""
    fanout_in_reach: Table
    """The same as far as addressing can reach it: a document goes to agencies of one tier, and a commune has one
    district, whatever the volumes ask."""
    outgoing: Table
    """[agency] documents a year written of its own accord."""
    internal: Table
    """[agency] papers a year for use inside."""
    tier_odds: Table
    """[sender tier, 0-4 cumulative odds of recipient tier, 5 odds of several recipients]"""
    reply_odds: Table
    """[tier] chance that a received document is answered."""
    relay_odds: float
    """Chance that a district passes a provincial document on to its communes."""
    unmet: float
    """Deliveries not simulated (beyond reach) or simulated in excess (claimed twice), as a share of the matrix's."""


def balance(members: Members, p: Mapping[str, float]) -> Volumes:
    """Balance the matrix for these members and parameters.

    Raises:
        VolumesContradictError: if the volumes contradict each other (fewer deliveries than documents).
    """
    outgoing, internal = _documents(members, p)
    written = _by_tier(members, outgoing)
    deliveries = _matrix(members, p, written, internal)
    fanout = np.divide(deliveries.sum(axis=1), written, out=np.zeros(5), where=written > 0)
    replies = p["volumes.reply_share"] * written
    replies[OUTSIDE] = 0.0
    reply_matrix = _replies(deliveries, replies)
    relays = min(p["volumes.relay_share"] * written[DISTRICT], _most_relays(members, deliveries, reply_matrix))
    own = deliveries - reply_matrix
    own[DISTRICT, COMMUNE] -= relays * _mean_communes(members)
    twice = float(-own[own < 0].sum())
    own = np.maximum(own, 0.0)
    own_documents = written - replies
    own_documents[DISTRICT] -= relays
    first_hand = deliveries.sum(axis=0) - reply_matrix.sum(axis=0)
    reply_odds = np.divide(replies, first_hand, out=np.zeros(5), where=first_hand > 0)
    from_above = deliveries[OFFICE, DISTRICT] + deliveries[DEPARTMENT, DISTRICT]
    share = np.divide(own_documents, written, out=np.zeros(5), where=written > 0)
    odds, reached = _tier_odds(members, own, own_documents, p["volumes.few_share"])
    answered = replies + np.array([0.0, 0.0, relays * _mean_communes(members), 0.0, 0.0])
    simulated = answered + own_documents * reached
    lost = float(np.maximum(own.sum(axis=1) - own_documents * reached, 0.0).sum())
    return Volumes(
        deliveries=deliveries,
        fanout=fanout,
        fanout_in_reach=np.divide(simulated, written, out=np.zeros(5), where=written > 0),
        outgoing=outgoing * share[np.array(members.tiers)],
        internal=internal,
        tier_odds=odds,
        reply_odds=np.minimum(reply_odds, MOST_ODDS),
        relay_odds=min(MOST_ODDS, relays / from_above) if from_above > 0 else 0.0,
        unmet=(twice + lost) / float(deliveries.sum()),
    )


def _most_relays(members: Members, deliveries: Table, replies: Table) -> float:
    """Relays cannot exceed what districts receive from above, nor what their communes receive from them."""
    from_above = MOST_ODDS * (deliveries[OFFICE, DISTRICT] + deliveries[DEPARTMENT, DISTRICT])
    communes = _mean_communes(members)
    left = max(0.0, float(deliveries[DISTRICT, COMMUNE] - replies[DISTRICT, COMMUNE]))
    return min(float(from_above), left / communes) if communes > 0 else 0.0


def _documents(members: Members, p: Mapping[str, float]) -> tuple[Table, Table]:
    """Documents that leave each agency in a year, and papers that stay inside."""
    outgoing = np.zeros(len(members.tiers))
    internal = np.zeros(len(members.tiers))
    inside = p["volumes.room_internal_share"]
    for i, tier in enumerate(members.tiers):
        weight = members.weights[i]
        if tier == DISTRICT:
            rooms = members.rooms[i] * p["volumes.room_outgoing"]
            outgoing[i] = p["volumes.district_outgoing"] + rooms * (1.0 - inside)
            internal[i] = rooms * inside
        elif tier != OUTSIDE:
            outgoing[i] = p[f"volumes.{TIERS[tier]}_outgoing"] * weight
            internal[i] = outgoing[i] * p["volumes.internal_share"]
    received = _received(members, p, internal).sum()
    outside = members.of(OUTSIDE)
    for i in outside:
        outgoing[i] = p["volumes.from_outside_share"] * received / len(outside)
    return outgoing, internal


def _received(members: Members, p: Mapping[str, float], internal: Table) -> Table:
    """Deliveries that each tier of the province receives from other agencies in a year."""
    columns = np.zeros(5)
    for i, tier in enumerate(members.tiers):
        if tier == DISTRICT:
            rooms = members.rooms[i] * p["volumes.room_incoming"]
            columns[tier] += max(0.0, p["volumes.district_incoming"] + rooms - internal[i])
        elif tier != OUTSIDE:
            columns[tier] += p[f"volumes.{TIERS[tier]}_incoming"] * members.weights[i]
    return columns


def _by_tier(members: Members, values: Table) -> Table:
    totals = np.zeros(5)
    for i, tier in enumerate(members.tiers):
        totals[tier] += values[i]
    return totals


@dataclass(frozen=True)
class Margins:
    """What the matrix must add up to: documents and deliveries a year by tier."""

    written: Table
    """Documents; of the outside, deliveries."""
    received: Table
    """Deliveries from others, those from outside among them; of the outside, what the province sends there."""
    total: float
    """Deliveries that the province sends."""


def margins(members: Members, p: Mapping[str, float]) -> Margins:
    """What the volumes ask of the matrix.

    Raises:
        VolumesContradictError: if no matrix can have it.
    """
    outgoing, internal = _documents(members, p)
    return _margins(members, p, _by_tier(members, outgoing), internal)


def _margins(members: Members, p: Mapping[str, float], written: Table, internal: Table) -> Margins:
    columns = _received(members, p, internal)
    if columns.sum() <= 0.0:
        raise VolumesContradictError("nothing")
    inside = columns.sum() - written[OUTSIDE]
    share_out = p["volumes.to_outside_share"]
    if share_out >= 1.0 or inside <= 0.0:
        raise VolumesContradictError("outside")
    columns[OUTSIDE] = inside * share_out / (1.0 - share_out) if members.of(OUTSIDE) else 0.0
    return Margins(written, columns, float(inside + columns[OUTSIDE]))


def rows_of(asked: Margins, p: Mapping[str, float]) -> Table:
    """Deliveries by sending tier: what fan-outs beyond one recipient exceed is scaled to what is received.

    Raises:
        VolumesContradictError: if it cannot be.
    """
    prior = np.array([p.get(f"volumes.fanout_{tier}", 1.0) for tier in TIERS])
    province = asked.written.copy()
    province[OUTSIDE] = 0.0
    excess = float((province * (prior - 1.0)).sum())
    spare = asked.total - province.sum()
    if spare < 0.0:
        raise VolumesContradictError("documents")
    if excess <= 0.0 < spare:
        raise VolumesContradictError("fan-out")
    rows = province * (1.0 + (prior - 1.0) * (spare / excess if excess > 0 else 0.0))
    if rows.min() < 0.0:
        raise VolumesContradictError("fan-out")
    rows[OUTSIDE] = asked.written[OUTSIDE]
    return np.asarray(rows)


def _matrix(members: Members, p: Mapping[str, float], written: Table, internal: Table) -> Table:
    """Fit the seed matrix to rows and columns of deliveries."""
    asked = _margins(members, p, written, internal)
    rows = rows_of(asked, p)
    seed = np.array([[p[f"matrix.{a}.{b}"] for b in TIERS] for a in TIERS])
    if not members.of(DISTRICT):
        _bypass_districts(seed)
    seed[:, asked.received <= 0.0] = 0.0
    fitted = _fit(seed, rows, asked.received)
    if (fitted.sum(axis=1) <= 0.0)[rows > 0.0].any() or (fitted.sum(axis=0) <= 0.0)[asked.received > 0.0].any():
        raise VolumesContradictError("matrix")
    return fitted


def _bypass_districts(seed: Table) -> None:
    """Where there are no districts their share of the traffic takes the way that it took beyond them."""
    seed[:, COMMUNE] += np.where(np.arange(5) == COMMUNE, 0.0, seed[:, DISTRICT])
    upwards = seed[DISTRICT, OFFICE] + seed[DISTRICT, DEPARTMENT]
    for tier in (OFFICE, DEPARTMENT):
        share = seed[DISTRICT, tier] / upwards if upwards > 0.0 else 0.5
        seed[COMMUNE, tier] += seed[COMMUNE, DISTRICT] * share
    seed[:, DISTRICT] = seed[DISTRICT, :] = 0.0


def _fit(seed: Table, rows: Table, columns: Table) -> Table:
    fitted = seed.copy()
    for _ in range(_SWEEPS):
        sums = fitted.sum(axis=1)
        fitted *= np.divide(rows, sums, out=np.zeros(5), where=sums > 0)[:, None]
        sums = fitted.sum(axis=0)
        fitted *= np.divide(columns, sums, out=np.zeros(5), where=sums > 0)[None, :]
    return fitted


def _replies(deliveries: Table, replies: Table) -> Table:
    """Replies by tier, each to the sender of what it answers."""
    columns = deliveries.sum(axis=0)
    shares = np.divide(deliveries, columns[None, :], out=np.zeros((5, 5)), where=columns[None, :] > 0)
    return np.asarray(shares.T * replies[:, None])


def _mean_communes(members: Members) -> float:
    districts = members.of(DISTRICT)
    return sum(members.communes[i] for i in districts) / len(districts) if districts else 0.0


def _candidates(members: Members, sender: int, recipient: int) -> float:
    """How many agencies of a tier one sender writes to, itself left out; as `sim.exchange.addressing.candidates`."""
    everyone = len(members.of(recipient))
    if recipient == COMMUNE and sender in (DISTRICT, COMMUNE) and members.of(DISTRICT):
        return max(0.0, _mean_communes(members) - (1 if sender == COMMUNE else 0))
    if recipient == DISTRICT and sender == COMMUNE:
        return 1.0
    return max(0.0, everyone - (1 if sender == recipient else 0))


def _several(number: float, few_share: float) -> float:
    """Mean recipients of a document that has several of one tier."""
    if number < 2:
        return max(number, 1.0)
    return few_share * (2.0 + min(FEW, number)) / 2.0 + (1.0 - few_share) * number


def _tier_odds(members: Members, own: Table, documents: Table, few_share: float) -> tuple[Table, Table]:
    """Odds of the recipients' tier, and of several recipients, that give the wanted deliveries per document.

    The second result is the recipients per document that these odds do give.
    """
    odds = np.zeros((5, 6))
    reached = np.zeros(5)
    for sender in range(5):
        numbers = np.array([_candidates(members, sender, r) for r in range(5)])
        wanted = np.where(numbers > 0, own[sender], 0.0)
        if wanted.sum() <= 0.0 or documents[sender] <= 0.0:
            continue
        mean = np.array([_several(n, few_share) for n in numbers])
        if sender == OUTSIDE:
            mean[:] = 1.0
        low, high = 0.0, 1.0
        for _ in range(60):
            several = 0.5 * (low + high)
            if (wanted / (1.0 + several * (mean - 1.0))).sum() > documents[sender]:
                low = several
            else:
                high = several
        by_tier = wanted / (1.0 + low * (mean - 1.0))
        parts = by_tier / by_tier.sum()
        reached[sender] = float((parts * (1.0 + low * (mean - 1.0))).sum())
        odds[sender, :5] = np.cumsum(parts)
        odds[sender, 5] = 0.0 if sender == OUTSIDE else low
    return odds, reached
