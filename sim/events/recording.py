"""Watches a replication while it runs and gathers what happens to the documents and dossiers that are sampled."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, timedelta

import numpy as np
from simpy.events import Event

from sim.engine.clock import HOUR_MS
from sim.engine.slow import until
from sim.events.documents import Documents
from sim.events.dossiers import Dossiers
from sim.events.names import Stations
from sim.events.staging import Staging, Window
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


class Recorder:
    """Fills a staging database with one replication's events and the things they concern."""

    def __init__(self, staging: Staging, share: float, first: date | None = None, last: date | None = None) -> None:
        """Begin a recorder of this share of all documents and dossiers.

        Args:
            staging: where to.
            share: above 0, at most 1; chosen by identity, so that a smaller sample is part of a larger one.
            first: first day of which events are recorded; the first simulated one when None.
            last: last day recorded, after which the replication is stopped; the last simulated one when None.
        """
        self._staging = staging
        self._share = share
        self._first = first
        self._last = last
        self._window = Window(0, 0)
        self._province: Province | None = None
        self._levels: list[int] = []
        self._places: list[int] = []

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
        province.traffic.world = world._replace(visits=np.zeros(room, VISIT))
        stations = Stations(province.founded)
        self._staging.window = self._window
        self._documents = Documents(self._staging, province.founded, stations)
        self._dossiers = Dossiers(self._staging, province.founded, stations)
        self._stations = stations
        self._levels, self._places = [], []
        self._note_agencies(province)
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
            if visit.finished_ms < self._window.until_ms:
                (self._dossiers if visit.kind == DOSSIER else self._documents).see(visit)
        world.tally["visits_kept"] = 0
        self._note_agencies(province)

    def _note_agencies(self, province: Province) -> None:
        """How agencies and their posts stand now, where that has changed since they were last looked at."""
        world, rows, now = province.traffic.world, province.founded.rows, int(province.env.now)
        levels, places = world.agencies["level"].tolist(), world.stations["capacity"].tolist()
        for number in _changed(self._levels, levels):
            row, tier = rows[number], TIERS[int(world.agencies["tier"][number])]
            known = (row.agency_id, row.name_vi, tier, row.parent_id or None, row.staff)
            self._staging.thing("agencies", *known, levels[number], now)
        for number in _changed(self._places, places):
            kind, agency = self._stations.kind[number], self._stations.agency[number]
            if self._stations.post[number] is not None:
                self._staging.thing("posts", self._stations.post[number], kind, agency, places[number], now)
            else:
                self._staging.thing("lines", self._stations.line[number], kind, agency)
        self._levels, self._places = levels, places

    def _take_in_flight(self, province: Province) -> None:
        """Documents, deliveries and dossiers under way at the end, of which perhaps nothing has happened yet."""
        world = province.traffic.world
        for j in np.flatnonzero(world.jobs["alive"] == 1).tolist():
            if is_traced(world, j):
                (self._dossiers if world.jobs[j]["kind"] == DOSSIER else self._documents).still(world, j)


def _changed(before: list[int], now: list[int]) -> list[int]:
    """Places of what differs; all of them when nothing was known."""
    return [number for number, value in enumerate(now) if not before or before[number] != value]
