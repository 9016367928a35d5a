"""Watches a replication while it runs and gathers what happens to the documents and dossiers that are sampled."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from simpy.events import Event

from sim.engine.clock import HOUR_MS
from sim.engine.slow import until
from sim.events.documents import Documents
from sim.events.dossiers import Dossiers
from sim.events.names import Stations
from sim.events.staging import Staging
from sim.exchange.codes import DOSSIER, TIERS
from sim.exchange.founding import first_day
from sim.exchange.state import VISIT, Visit
from sim.model.province import Province
from sim.scenario.loading import LoadedScenario
from sim.traffic.visits import is_traced

EVERY_MS = 6 * HOUR_MS
"""Visits are taken over so often; what happens in between is what they may need of memory."""
BUSIEST_VISITS = 65_536
"""Room for those of a busy morning in a province like Bình Định; where it is too little, it grows."""


def simulated_days(loaded: LoadedScenario) -> tuple[date, date]:
    """First and last simulated day, the months before the horizon included."""
    return first_day(loaded.scenario), loaded.scenario.horizon.end


class SeenEnoughError(Exception):
    """The last day asked for is over: no failure, the replication need not go on."""


@dataclass(frozen=True)
class Window:
    """The part of simulated time that is recorded, in milliseconds: from the first to before the second."""

    from_ms: int
    until_ms: int

    def holds(self, time_ms: int) -> bool:
        """Is this moment inside?"""
        return self.from_ms <= time_ms < self.until_ms


class Recorder:
    """Fills a staging database with one replication's events and the things they concern."""

    def __init__(self, staging: Staging, share: float, first: date | None = None, last: date | None = None) -> None:
        """Begin a recorder of this share of all documents and dossiers.

        Args:
            staging: where to.
            share: above 0, at most 1; chosen by identity, so that a smaller sample is part of a larger one.
            first: first day recorded; the first simulated one when None.
            last: last day recorded, after which the replication is stopped; the last simulated one when None.
        """
        self._staging = staging
        self._share = share
        self._first = first
        self._last = last
        self._window = Window(0, 0)
        self._province: Province | None = None
        self._levels: list[int] = []

    def watch(self, province: Province) -> None:
        """Follow a province that is about to run.

        Raises:
            SeenEnoughError: in the midst of the run, when the window is over before it.
        """
        self._province = province
        world, clock = province.traffic.world, province.founded.clock
        begins_ms = clock.at(self._first) if self._first else 0
        self._window = Window(
            begins_ms, clock.at(self._last + timedelta(days=1)) if self._last else province.founded.end_ms
        )
        world.rules["traced_share"] = self._share
        room = max(len(world.visits), int(BUSIEST_VISITS * self._share))
        province.traffic.world = world._replace(visits=np.zeros(room, VISIT).view(np.recarray))
        stations = Stations(province.founded)
        self._documents = Documents(self._staging, self._window.holds, province.founded, stations)
        self._dossiers = Dossiers(self._staging, self._window.holds, province.founded, stations)
        self._describe(stations)
        province.env.process(self._follow(province))

    def _follow(self, province: Province) -> Generator[Event, None, None]:
        """Take visits over every few hours until the window is over."""
        end_ms = province.founded.end_ms
        last_ms = min(self._window.until_ms, end_ms)
        now = 0
        while now < last_ms:
            now = min(now + EVERY_MS, last_ms)
            if now == end_ms:
                return
            yield until(province.env, now)
            self._take_over(province)
        raise SeenEnoughError

    def finish(self) -> None:
        """The replication has ended: take over the rest, and what is still under way."""
        if self._province is None:
            raise RuntimeError("nothing was watched")
        self._take_over(self._province)
        self._take_in_flight(self._province)
        self._staging.finish()

    def _take_over(self, province: Province) -> None:
        world = province.traffic.world
        number = int(world.tally["visits_kept"][0])
        for row in world.visits[:number].tolist():
            visit = Visit._make(row)
            if self._window.holds(visit.finished_ms):
                (self._dossiers if visit.kind == DOSSIER else self._documents).see(visit)
        world.tally["visits_kept"] = 0
        self._note_levels(province)

    def _note_levels(self, province: Province) -> None:
        now = int(province.env.now)
        for agency, level in enumerate(province.traffic.world.agencies["level"].tolist()):
            if level != self._levels[agency]:
                self._levels[agency] = level
                self._staging.thing("levels", province.founded.rows[agency].agency_id, now, level)

    def _take_in_flight(self, province: Province) -> None:
        """Documents, deliveries and dossiers under way at the end, of which perhaps nothing has happened yet."""
        world = province.traffic.world
        for j in np.flatnonzero(world.jobs["alive"] == 1).tolist():
            if is_traced(world, j):
                (self._dossiers if world.jobs[j]["kind"] == DOSSIER else self._documents).still(world, j)

    def _describe(self, stations: Stations) -> None:
        province = self._province
        if province is None:
            raise RuntimeError("nothing was watched")
        world, rows = province.traffic.world, province.founded.rows
        self._levels = world.agencies["level"].tolist()
        for row, tier, level in zip(rows, world.agencies["tier"].tolist(), self._levels, strict=True):
            parent = row.parent_id or None
            self._staging.thing("agencies", row.agency_id, row.name_vi, TIERS[tier], parent, row.staff, level)
        for number, capacity in enumerate(world.stations["capacity"].tolist()):
            post, line, agency = stations.post[number], stations.line[number], stations.agency[number]
            if post is not None:
                self._staging.thing("posts", post, stations.kind[number], agency, capacity)
            else:
                self._staging.thing("lines", line, stations.kind[number], agency)
