"""What the past refutes: starting states whose weeks before the first day did not happen.

Nobody reports of 2015 that a tier's registries or officers could no longer follow, nor that one electronic document in
seven came back; a state that has this is no start, however well it meets what was reported (history matching: Craig,
Goldstein, Seheult and Smith 1997). Fitting refuses it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from sim.engine.records import Records
from sim.exchange import counting as c
from sim.exchange.codes import OFFICERS, REGISTRY, STATION_KINDS, TIERS
from sim.measure.saturation import SATURATED
from sim.measure.scopes import PROVINCE_TIERS
from sim.model.province import Province
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


class RefutedError(Exception):
    """A state that the past refutes, given up before its warm-up ended."""

    def __init__(self, refutations: tuple[str, ...]) -> None:
        self.refutations = refutations
        super().__init__(", ".join(refutations))


def refutations(record: RunRecord) -> Iterator[str]:
    """Yields what of the warm-up cannot have been: `registry:department`, `officers:district`, `refusals`.

    The Office is one agency, so that it may not be past what it can do at all; of other tiers a tenth may.
    """
    months = slice(0, record.first_month)
    staffed, worked = record.staffed_ms[months].sum(axis=0), record.worked_ms[months].sum(axis=0)
    yield from _drowned(record.station_kinds, record.station_agencies, record.tiers, staffed, worked)
    attempts = int(record.agency_flows[months][..., c.A_ATTEMPTS].sum())
    refused = int(record.refusals[months].sum())
    if attempts * REFUSED_LOW >= FEWEST_EXPECTED and not (
        REFUSED_LOW / FAR <= refused / attempts <= REFUSED_HIGH * FAR
    ):
        yield REFUSALS


def refuse_drowned(province: Province) -> None:
    """After the first month, which is no busier than the whole warm-up: who has drowned by then seldom comes up.

    Officers whom a drowned registry borrowed may; that registry does not, so that the state is refused all the same.

    Raises:
        RefutedError: a post of too many is past what it can do.
    """
    world = province.traffic.world
    stations = world.stations
    staffed, worked = np.asarray(world.staffed_ms[0]), np.asarray(world.worked_ms[0])
    found = tuple(_drowned(stations["kind"], stations["agency"], world.agencies["tier"], staffed, worked))
    if found:
        raise RefutedError(found)


def _drowned(kinds: Records, at: Records, tiers: Records, staffed: Records, worked: Records) -> Iterator[str]:
    """Posts of which more agencies of a tier than a few are past what they can do."""
    size = len(tiers)
    for kind in (REGISTRY, OFFICERS):
        stations = np.flatnonzero((kinds == kind) & (at >= 0))
        there = np.bincount(at[stations], staffed[stations], size)
        used = np.bincount(at[stations], worked[stations], size)
        for tier in PROVINCE_TIERS:
            mine = (tiers == tier) & (there > 0)
            if (used[mine] > SATURATED * there[mine]).sum() > math.floor(FEW_DROWNED * mine.sum()):
                yield f"{STATION_KINDS[kind]}:{TIERS[tier]}"
