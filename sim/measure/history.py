"""What the past refutes: starting states whose weeks before the first day did not happen.

Nobody reports of 2015 that a tier's registries or officers could no longer follow, nor that one electronic document in
seven came back; a state that has this is no start, however well it meets what was reported (history matching: Craig,
Goldstein, Seheult and Smith 1997). Fitting refuses it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from sim.exchange import counting as c
from sim.exchange.codes import OFFICERS, REGISTRY, STATION_KINDS, TIERS
from sim.measure.saturation import SATURATED
from sim.measure.scopes import PROVINCE_TIERS
from sim.model.record import RunRecord

REFUSALS = "refusals"
REFUSED_LOW, REFUSED_HIGH = 0.003, 0.03
"""Refusals among attempts, as published for exchange in service: 0.3 to 3 %."""
FAR = 3.0
"""Factor by which two registers may count the same refusals differently; beyond it from either end is far."""
FEW_DROWNED = 0.10
"""Part of a tier's agencies of which a post may be past what it can do in the last quarter, the busiest of a year."""
FEWEST_EXPECTED = 30
"""Refusals that are expected at the low end, below which their number says nothing."""


def refutations(record: RunRecord) -> Iterator[str]:
    """Yields what of the warm-up cannot have been: `registry:department`, `officers:district`, `refusals`.

    The Office is one agency, so that it may not be past what it can do at all; of other tiers a tenth may.
    """
    months = slice(0, record.first_month)
    for kind in (REGISTRY, OFFICERS):
        for tier in PROVINCE_TIERS:
            drowned, there = _drowned(record, kind, tier, months)
            if drowned > math.floor(FEW_DROWNED * there):
                yield f"{STATION_KINDS[kind]}:{TIERS[tier]}"
    attempts = int(record.agency_flows[months][..., c.A_ATTEMPTS].sum())
    refused = int(record.refusals[months].sum())
    if attempts * REFUSED_LOW >= FEWEST_EXPECTED and not (
        REFUSED_LOW / FAR <= refused / attempts <= REFUSED_HIGH * FAR
    ):
        yield REFUSALS


def _drowned(record: RunRecord, kind: int, tier: int, months: slice) -> tuple[int, int]:
    """How many of a tier's agencies have this post past what it can do, and how many have it at all."""
    stations = np.flatnonzero((record.station_kinds == kind) & (record.station_agencies >= 0))
    stations = stations[record.tiers[record.station_agencies[stations]] == tier]
    agencies = record.station_agencies[stations]
    size = len(record.tiers)
    staffed = np.bincount(agencies, record.staffed_ms[months][:, stations].sum(axis=0), size)
    worked = np.bincount(agencies, record.worked_ms[months][:, stations].sum(axis=0), size)
    there = staffed > 0
    return int((worked[there] > SATURATED * staffed[there]).sum()), int(there.sum())
