"""What a model may have started from, given what was reported of it: approximate Bayesian computation by rejection.

Candidates are drawn from the stated ranges, each is simulated, and those are kept whose reports fall inside the
band of every reported value (Pritchard, Seielstad, Perez-Lezaun and Feldman 1999). A second, wide set of candidates
tries every state there could be: a band that none of all candidates reaches is impossible, one that only wide
candidates reach contradicts the stated ranges. Both are left out of the distance, for nothing that is kept could
come near them and all would be drawn aside; both are told. A candidate that the model itself calls refuted, by what
else is known of the past, is never kept. Knows no province: the model is a callable that gives a `Candidate` as bytes.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sim.studies.cell import Cell, canonical_json
from sim.studies.journal import Journal

NEAREST_SHARE = 0.10
"""Of all stated candidates, those kept when none is inside every band."""
MOST_KEPT = 2_000
"""More would say nothing new."""
FEWEST_KEPT = 10
"""Fewer would understate what is not known: the nearest are kept beside those inside."""


@dataclass(frozen=True)
class Band:
    """Where rounding and doubt leave a reported value."""

    name: str
    low: float
    high: float

    def miss(self, value: float | None) -> float:
        """How far outside the band a value is, in widths of the band; 0 inside, infinite for no value."""
        if value is None:
            return math.inf
        return max(self.low - value, value - self.high, 0.0) / (self.high - self.low)


@dataclass(frozen=True)
class Candidate:
    """One state the model may have started from, and what would then have been reported."""

    number: int
    state: Mapping[str, float]
    values: Mapping[str, float | None]
    """Reported value by name of band; None when there was too little to count."""
    notes: Mapping[str, object]
    """What the model says beside the values, made of JSON's own kinds."""
    refuted: tuple[str, ...] = ()
    """What of it cannot have been, in the model's words; nothing when it may."""

    def encoded(self) -> bytes:
        """The candidate as a worker process returns it."""
        plain: dict[str, object] = {"state": dict(self.state), "values": dict(self.values), "notes": dict(self.notes)}
        if self.refuted:
            plain["refuted"] = list(self.refuted)
        return canonical_json(plain).encode()


@dataclass(frozen=True)
class Failure:
    """A candidate the model could not simulate."""

    number: int
    error: str


@dataclass(frozen=True)
class Tried:
    """The candidates of one cell, in the order of their numbers."""

    candidates: tuple[Candidate, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True)
class Kept:
    """A stated candidate that stays, and how far it is outside the bands that count."""

    candidate: Candidate
    distance: float


@dataclass(frozen=True)
class Fit:
    """What remains of the stated candidates, and what no candidate could do.

    Attributes:
        kept: nearest first, ties by number.
        inside: stated candidates inside every band that stated candidates reach and not refuted, kept or not.
        refuted: how many stated candidates were refuted, by each reason; one may have several.
        nearest: the stated candidate that is nearest to each band, by its name; of an impossible band the nearest
            of all.
        impossible: names of the bands that no candidate reaches.
        beyond: names of the bands that wide candidates reach and no stated one does.
    """

    kept: tuple[Kept, ...]
    inside: int
    refuted: Mapping[str, int]
    nearest: Mapping[str, Candidate]
    impossible: frozenset[str]
    beyond: frozenset[str]


def tried_of(journal: Journal, cell: Cell, most: int) -> Tried:
    """What became of the candidates 0 to `most` of a cell, whoever ran them in whatever order.

    Raises:
        JournalDamagedError: a row is not what was written.
        ValueError: what the model returned is no candidate.
    """
    candidates: list[Candidate] = []
    failures: list[Failure] = []
    for row in journal.rows(cell.cell_hash):
        if row.replication >= most:
            continue
        if row.status == "done":
            candidates.append(_decoded(row.replication, row.payload))
        else:
            failures.append(Failure(row.replication, row.error))
    return Tried(tuple(candidates), tuple(failures))


def fit(bands: Sequence[Band], stated: Sequence[Candidate], wide: Sequence[Candidate]) -> Fit:
    """Keep the stated candidates whose reports are inside every band that the stated ranges reach.

    Those few are made up to `FEWEST_KEPT` by the nearest; when there are none the nearest tenth is kept. A candidate
    of which a value that counts could not be computed, for want of documents, is never kept, nor is one that is
    refuted.

    Raises:
        ValueError: there is no candidate that could be kept.
    """
    refuted = Counter(reason for candidate in stated for reason in candidate.refuted)
    stated = [candidate for candidate in stated if not candidate.refuted]
    if not stated:
        raise ValueError("no candidate to keep")
    unreached = {band.name for band in bands if _least_miss(band, stated) > 0.0}
    impossible = frozenset(band.name for band in bands if band.name in unreached and _least_miss(band, wide) > 0.0)
    nearest = {band.name: _nearest(band, [*stated, *wide] if band.name in impossible else stated) for band in bands}
    reachable = [band for band in bands if band.name not in unreached]
    counted = [Kept(candidate, distance(reachable, candidate)) for candidate in stated]
    ranked = sorted(
        (one for one in counted if math.isfinite(one.distance)), key=lambda one: (one.distance, one.candidate.number)
    )
    if not ranked:
        raise ValueError("no candidate to keep")
    inside = sum(1 for one in ranked if one.distance == 0.0)
    number = max(inside, FEWEST_KEPT) if inside else math.ceil(NEAREST_SHARE * len(ranked))
    kept = tuple(ranked[: min(number, MOST_KEPT)])
    return Fit(kept, inside, dict(sorted(refuted.items())), nearest, impossible, frozenset(unreached - impossible))


def distance(bands: Iterable[Band], candidate: Candidate) -> float:
    """Root of the sum of the squared misses of a candidate; 0 when its reports are inside every band."""
    misses = [band.miss(candidate.values[band.name]) for band in bands]
    return math.sqrt(sum(miss * miss for miss in misses))


def _least_miss(band: Band, candidates: Sequence[Candidate]) -> float:
    return min((band.miss(candidate.values[band.name]) for candidate in candidates), default=math.inf)


def _nearest(band: Band, candidates: Sequence[Candidate]) -> Candidate:
    return min(candidates, key=lambda candidate: band.miss(candidate.values[band.name]))


def _decoded(number: int, payload: bytes) -> Candidate:
    try:
        plain = json.loads(payload)
        refuted = tuple(plain.get("refuted", ()))
        return Candidate(number, plain["state"], plain["values"], plain["notes"], refuted)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"candidate {number} came back as something else: {error}") from error
