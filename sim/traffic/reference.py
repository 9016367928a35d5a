"""The reference scheduler: every event of the traffic is a SimPy event, every queue a Python list.

Slow and plain on purpose: it is what the compiled scheduler is checked against, record by record.
"""

from collections.abc import Callable
from functools import partial

import numpy as np
import simpy
from numpy.typing import NDArray
from simpy.events import Event

from sim.engine.heap import ARRIVED, DUE, FINISHED, WOKE
from sim.engine.records import Records
from sim.engine.working_time import add_working, is_open, next_open, working_between
from sim.exchange.codes import LEAVE, SEND, URGENCIES, WAIT
from sim.exchange.pool import leave
from sim.exchange.state import World
from sim.traffic.growth import grow
from sim.traffic.transitions import BROKEN, DELAYED, after, arrive, began, change_places, ended, route, waited, work_ms
from sim.traffic.visits import keep_visit

SLOW_ACTORS_FIRST = 10


class ReferenceTraffic:
    """Documents under way, each event on SimPy's own calendar."""

    def __init__(self, env: simpy.Environment, world: World) -> None:
        """Take over a world that has no traffic yet."""
        self.env = env
        self.world = world
        self._lines: list[list[list[int]]] = [[[] for _ in range(URGENCIES)] for _ in world.stations]
        self._serving: list[list[int]] = [[] for _ in world.stations]

    def expect(self, arrivals: Records) -> None:
        """Documents about to be written."""
        for a in arrivals:
            key, sender, kind = int(a["key"]), int(a["sender"]), int(a["kind"])
            self._at(int(a["time_ms"]), ARRIVED, -1, key, partial(self._arrive, key, sender, kind))

    def pause(self, stations: NDArray[np.int64]) -> None:
        """These stations go out of order; work under way stops where it is."""
        for station in stations:
            self._pause(int(station))

    def resume(self, stations: NDArray[np.int64]) -> None:
        """These stations work again."""
        for station in stations:
            self._resume(int(station))

    def change_rate(self, station: int, rate_bps: int) -> None:
        """A line's speed changes; transfers under way are timed anew."""
        s = self.world.stations[station]
        before = int(s["rate_bps"])
        s["rate_bps"] = rate_bps
        for j in self._serving[station]:
            job = self.world.jobs[j]
            left = int(job["left_ms"]) if s["up"] == 0 else int(job["finish_ms"]) - self._now
            job["left_ms"] = left * before // rate_bps
            job["work_ms"] += job["left_ms"] - left
            if s["up"] == 1:
                self._plan(j, station)

    def change_capacity(self, station: int, capacity: int) -> None:
        """Staff join or leave a station; who is at work finishes."""
        change_places(self.world, station, capacity, self._now)
        self._fill(station)

    def change_capacities(self, stations: NDArray[np.int64], capacities: NDArray[np.int64]) -> None:
        """The same for several stations."""
        for station, capacity in zip(stations.tolist(), capacities.tolist(), strict=True):
            self.change_capacity(station, capacity)

    def show_lines(self) -> None:
        """Copy the lines into the world, head by head and each job's next."""
        waiting, behind = self.world.stations["waiting"], self.world.jobs["next"]
        for station, lines in enumerate(self._lines):
            waiting[station] = sum(len(line) for line in lines)
            for urgency, line in enumerate(lines):
                self.world.queue_head[station, urgency] = line[0] if line else -1
                behind[line] = [*line[1:], -1][: len(line)]

    def run(self, until_ms: int) -> None:
        """Let slow actors and traffic go on up to, not including, this time."""
        while self.env.peek() < until_ms:
            self.env.step()

    @property
    def _now(self) -> int:
        return int(self.env.now)

    def _at(self, time_ms: int, kind: int, station: int, key: int, action: Callable[[], None]) -> None:
        event = Event(self.env)
        event._ok = True
        event._value = None
        event.callbacks = [lambda _: action()]
        order = ((SLOW_ACTORS_FIRST + kind) << 100) + ((station + 1) << 64) + key
        self.env.schedule(event, priority=order, delay=time_ms - self._now)  # type: ignore[arg-type]

    def _arrive(self, key: int, sender: int, kind: int) -> None:
        self._ensure_room()
        self._enter(int(arrive(self.world, key, sender, kind, self._now)))

    def _enter(self, j: int) -> None:
        w = self.world
        job = w.jobs[j]
        station = int(route(w, j, self._now))
        if station == LEAVE:
            leave(w, j)
            return
        job["entered_ms"] = self._now
        if station == WAIT:
            job["station"] = -1
            job["began_ms"] = self._now
            job["version"] += 1
            version = int(job["version"])
            self._at(int(job["finish_ms"]), DUE, -1, int(job["key"]), lambda: self._due(j, version))
            return
        s = w.stations[station]
        job["station"] = station
        job["down_before_ms"] = s["down_ms"] if s["up"] == 1 else s["down_ms"] + self._now - s["down_since_ms"]
        self._lines[station][int(job["urgency"])].append(j)
        self._fill(station)

    def _fill(self, station: int) -> None:
        w = self.world
        s = w.stations[station]
        waiting = any(self._lines[station])
        if s["up"] == 0 or not waiting or len(self._serving[station]) >= s["capacity"]:
            return
        calendar = int(s["calendar"])
        if calendar >= 0 and not is_open(w.shifts, w.first_shift, calendar, self._now):
            if s["wake_ms"] < 0:
                opening = int(next_open(w.shifts, w.first_shift, calendar, self._now))
                s["wake_ms"] = opening
                self._at(opening, WOKE, station, station, lambda: self._woke(station))
            return
        while len(self._serving[station]) < s["capacity"]:
            line = next((line for line in self._lines[station] if line), None)
            if line is None:
                return
            self._begin(line.pop(0), station)

    def _woke(self, station: int) -> None:
        self._ensure_room()
        self.world.stations[station]["wake_ms"] = -1
        self._fill(station)

    def _begin(self, j: int, station: int) -> None:
        w = self.world
        job = w.jobs[j]
        began(w, j, station, self._now)
        job["began_ms"] = self._now
        job["work_ms"] = job["left_ms"] = work_ms(w, j, station, self._now)
        self._serving[station].append(j)
        w.stations[station]["busy"] += 1
        self._plan(j, station)

    def _plan(self, j: int, station: int) -> None:
        w = self.world
        job = w.jobs[j]
        calendar = int(w.stations[station]["calendar"])
        left = int(job["left_ms"])
        if calendar < 0:
            job["finish_ms"] = self._now + left
        else:
            job["finish_ms"] = add_working(w.shifts, w.first_shift, calendar, self._now, left)
        job["version"] += 1
        version = int(job["version"])
        self._at(int(job["finish_ms"]), FINISHED, station, int(job["key"]), lambda: self._finish(j, station, version))

    def _finish(self, j: int, station: int, version: int) -> None:
        if self.world.jobs[j]["version"] != version:
            return
        self._ensure_room()
        self._serving[station].remove(j)
        self.world.stations[station]["busy"] -= 1
        ended(self.world, j, station, self._now)
        self._pass_on(j, station)

    def _due(self, j: int, version: int) -> None:
        if self.world.jobs[j]["version"] != version:
            return
        self._ensure_room()
        waited(self.world, j, int(self.world.jobs[j]["entered_ms"]), self._now)
        self._pass_on(j, -1)

    def _pass_on(self, j: int, station: int) -> None:
        w = self.world
        step, attempts, channel = (int(w.jobs[j][name]) for name in ("step", "attempts", "channel"))
        w.tally["visits"][0] += 1
        w.jobs[j]["station"] = -1
        w.tally["spawned"][0] = 0
        after(w, j, self._now)
        if w.tally["tracing"][0] == 1:
            keep_visit(w, j, step, attempts, channel, station, self._now)
        spawned = [int(k) for k in w.spawned[: w.tally["spawned"][0]]]
        if station >= 0:
            self._fill(station)
        self._enter(j)
        for k in spawned:
            self._enter(k)

    def _pause(self, station: int) -> None:
        w = self.world
        s = w.stations[station]
        if s["up"] == 0:
            return
        s["up"] = 0
        s["down_since_ms"] = self._now
        calendar = int(s["calendar"])
        for j in self._serving[station]:
            job = w.jobs[j]
            if calendar < 0:
                job["left_ms"] = job["finish_ms"] - self._now
                job["interrupted"] |= BROKEN if job["step"] == SEND else DELAYED
            else:
                job["left_ms"] = working_between(w.shifts, w.first_shift, calendar, self._now, int(job["finish_ms"]))
            job["version"] += 1

    def _resume(self, station: int) -> None:
        s = self.world.stations[station]
        if s["up"] == 1:
            return
        s["up"] = 1
        s["down_ms"] += self._now - s["down_since_ms"]
        for j in self._serving[station]:
            self._plan(j, station)
        self._fill(station)

    def _ensure_room(self) -> None:
        tally = self.world.tally
        spare = len(self.world.spawned)
        kept = int(tally["visits_kept"][0])
        full = tally["free_jobs"][0] <= spare or tally["free_documents"][0] <= 4 or tally["free_dossiers"][0] <= 1
        full |= int(tally["leaving_kept"][0]) + 1 >= len(self.world.leaving)
        if full or kept + 1 >= len(self.world.visits):
            self.world = grow(self.world)
