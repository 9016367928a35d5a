"""The compiled scheduler: documents move in arrays, between the events of the slow actors.

It advances strictly below the next SimPy event, lets SimPy take all events of that instant, and goes on;
so at equal times slow actors come first and traffic follows in the order of `sim.engine.heap`.
"""

import numpy as np
import simpy
from numpy.typing import NDArray

from sim.engine.event_list import EventList, drop, empty_event_list, first_ms, longer, pending, schedule
from sim.engine.fetch_ahead import fetch_ahead
from sim.engine.heap import DUE, FINISHED, WOKE, Size, job_of, mark, rank, version_of
from sim.engine.jit import njit
from sim.engine.queues import call_next, join_line, leave_place, next_in_line, take_place
from sim.engine.records import Records
from sim.engine.working_time import add_working, is_open, next_open, working_between
from sim.exchange.codes import LEAVE, SEND, WAIT
from sim.exchange.pool import leave, spare_slots
from sim.exchange.state import ARRIVAL, World
from sim.exchange.workload import in_order
from sim.traffic.growth import grow
from sim.traffic.transitions import BROKEN, DELAYED, after, arrive, began, change_places, ended, route, waited, work_ms
from sim.traffic.visits import keep_visit

ADVANCED, FULL = 0, 1
_STATION_MASK = (1 << 32) - 1
_KIND_SHIFT = 32


@njit
def _begin(w: World, events: EventList, j: int, station: int, now: int) -> None:
    job = w.jobs[j]
    began(w, j, station, now)
    job.began_ms = now
    job.work_ms = work_ms(w, j, station, now)
    calendar = w.stations[station].calendar
    if calendar < 0:
        job.finish_ms = now + job.work_ms
    else:
        job.finish_ms = add_working(w.shifts, w.first_shift, calendar, now, job.work_ms)
    job.version += 1
    take_place(w.jobs, w.stations, station, j)
    schedule(events, job.finish_ms, rank(FINISHED, station), job.key, mark(j, job.version))


@njit
def _fill(w: World, events: EventList, station: int, now: int) -> None:
    """Start the most urgent of those who wait, as far as places and opening hours allow."""
    s = w.stations[station]
    if s.up == 0 or s.waiting == 0 or s.busy >= s.capacity:
        return
    if s.calendar >= 0 and not is_open(w.shifts, w.first_shift, s.calendar, now):
        if s.wake_ms < 0:
            s.wake_ms = next_open(w.shifts, w.first_shift, s.calendar, now)
            schedule(events, s.wake_ms, rank(WOKE, station), station, 0)
        return
    while s.busy < s.capacity and s.waiting > 0:
        j = call_next(w.jobs, w.stations, w.queue_head, w.queue_tail, station)
        _begin(w, events, j, station, now)


@njit
def _enter(w: World, events: EventList, j: int, now: int) -> None:
    """Send a job on: into a station's line, into a timed wait, or out of the system."""
    job = w.jobs[j]
    station = route(w, j, now)
    if station == LEAVE:
        leave(w, j)
        return
    job.entered_ms = now
    if station == WAIT:
        job.station = -1
        job.began_ms = now
        job.version += 1
        schedule(events, job.finish_ms, rank(DUE, -1), job.key, mark(j, job.version))
        return
    s = w.stations[station]
    job.station = station
    job.down_before_ms = s.down_ms if s.up == 1 else s.down_ms + now - s.down_since_ms
    join_line(w.jobs, w.stations, w.queue_head, w.queue_tail, station, j)
    _fill(w, events, station, now)


@njit
def _pass_on(w: World, events: EventList, j: int, station: int, now: int) -> None:
    """A step has ended: its effects, then the next in line, then the job itself and what it brought forth."""
    step = w.jobs[j].step
    attempts = w.jobs[j].attempts
    channel = w.jobs[j].channel
    w.tally[0].visits += 1
    w.tally[0].spawned = 0
    after(w, j, now)
    if w.tally[0].tracing == 1:
        keep_visit(w, j, step, attempts, channel, station, now)
    if station >= 0:
        _fill(w, events, station, now)
    _enter(w, events, j, now)
    for i in range(w.tally[0].spawned):
        _enter(w, events, w.spawned[i], now)


@njit
def _bring_near(w: World, events: EventList) -> None:
    """Fetch ahead what the events of the minute just opened will look at: jobs, what they are about, who is next."""
    for i in range(events.near_size[0]):
        fetch_ahead(w.jobs, job_of(events.near[i].mark))
    for i in range(events.near_size[0]):
        job = w.jobs[job_of(events.near[i].mark)]
        if job.document >= 0:
            fetch_ahead(w.documents, job.document)
        if job.dossier >= 0:
            fetch_ahead(w.dossiers, job.dossier)
        station = (events.near[i].rank & _STATION_MASK) - 1
        if station >= 0 and w.stations[station].waiting > 0:
            fetch_ahead(w.jobs, next_in_line(w.queue_head, station))


@njit
def _advance(w: World, events: EventList, arrivals: Records, cursor: Size, until_ms: int) -> int:
    spare = w.spawned.shape[0]
    while True:
        full = w.tally[0].free_jobs <= spare or w.tally[0].free_documents <= 4 or w.tally[0].free_dossiers <= 1
        full |= pending(events) + 2 * spare >= events.near.shape[0] or w.tally[0].visits_kept + 1 >= w.visits.shape[0]
        full |= w.tally[0].leaving_kept + 1 >= w.leaving.shape[0]
        if full:
            return FULL
        arrival_ms = arrivals[cursor[0]].time_ms if cursor[0] < arrivals.shape[0] else until_ms
        opened = events.state[0].opened
        event_ms = first_ms(events, min(arrival_ms + 1, until_ms))
        if events.state[0].opened != opened:
            _bring_near(w, events)
        now = min(event_ms, arrival_ms)
        if now >= until_ms:
            return ADVANCED
        if arrival_ms < event_ms:
            a = arrivals[cursor[0]]
            cursor[0] += 1
            _enter(w, events, arrive(w, a.key, a.sender, a.kind, now), now)
            continue
        first = events.near[0]
        kind = first.rank >> _KIND_SHIFT
        station = (first.rank & _STATION_MASK) - 1
        marked = first.mark
        drop(events)
        if kind == WOKE:
            if w.stations[station].wake_ms == now:
                w.stations[station].wake_ms = -1
                _fill(w, events, station, now)
            continue
        j = job_of(marked)
        if w.jobs[j].version % (1 << 31) != version_of(marked):
            continue
        if kind == FINISHED:
            leave_place(w.jobs, w.stations, station, j)
            ended(w, j, station, now)
        else:
            waited(w, j, w.jobs[j].entered_ms, now)
        w.jobs[j].station = -1
        _pass_on(w, events, j, station, now)


@njit
def _pause(w: World, station: int, now: int) -> None:
    s = w.stations[station]
    if s.up == 0:
        return
    s.up = 0
    s.down_since_ms = now
    j = s.serving
    while j >= 0:
        job = w.jobs[j]
        if s.calendar < 0:
            job.left_ms = job.finish_ms - now
            job.interrupted |= BROKEN if job.step == SEND else DELAYED
        else:
            job.left_ms = working_between(w.shifts, w.first_shift, s.calendar, now, job.finish_ms)
        job.version += 1
        j = job.next


@njit
def _resume(w: World, events: EventList, station: int, now: int) -> None:
    s = w.stations[station]
    if s.up == 1:
        return
    s.up = 1
    s.down_ms += now - s.down_since_ms
    j = s.serving
    while j >= 0:
        job = w.jobs[j]
        _plan(w, events, j, station, now)
        j = job.next
    _fill(w, events, station, now)


@njit
def _plan(w: World, events: EventList, j: int, station: int, now: int) -> None:
    """Time the end of work under way anew, from what is left of it."""
    job = w.jobs[j]
    calendar = w.stations[station].calendar
    if calendar < 0:
        job.finish_ms = now + job.left_ms
    else:
        job.finish_ms = add_working(w.shifts, w.first_shift, calendar, now, job.left_ms)
    job.version += 1
    schedule(events, job.finish_ms, rank(FINISHED, station), job.key, mark(j, job.version))


@njit
def _change_rate(w: World, events: EventList, station: int, rate_bps: int, now: int) -> None:
    """A line gets faster or slower: what is still to be sent is timed anew."""
    s = w.stations[station]
    before = s.rate_bps
    s.rate_bps = rate_bps
    j = s.serving
    while j >= 0:
        job = w.jobs[j]
        left = job.left_ms if s.up == 0 else job.finish_ms - now
        job.left_ms = left * before // rate_bps
        job.work_ms += job.left_ms - left
        if s.up == 1:
            _plan(w, events, j, station, now)
        j = job.next


@njit
def _change_capacity(w: World, events: EventList, station: int, capacity: int, now: int) -> None:
    change_places(w, station, capacity, now)
    _fill(w, events, station, now)


@njit
def _change_capacities(
    w: World, events: EventList, stations: NDArray[np.int64], capacities: NDArray[np.int64], now: int
) -> None:
    for i in range(stations.shape[0]):
        _change_capacity(w, events, stations[i], capacities[i], now)


@njit
def _pause_all(w: World, stations: NDArray[np.int64], now: int) -> None:
    for i in range(stations.shape[0]):
        _pause(w, stations[i], now)


@njit
def _resume_all(w: World, events: EventList, stations: NDArray[np.int64], now: int) -> None:
    for i in range(stations.shape[0]):
        _resume(w, events, stations[i], now)


class CompiledTraffic:
    """Documents under way, moved by compiled code; the default scheduler."""

    def __init__(self, env: simpy.Environment, world: World) -> None:
        """Take over a world that has no traffic yet."""
        self.env = env
        self.world = world
        self._events = empty_event_list(4 * len(world.jobs) + 4 * spare_slots(len(world.agencies)))
        self._arrivals: Records = np.zeros(0, ARRIVAL)
        self._cursor = np.zeros(1, np.int64)

    def expect(self, arrivals: Records) -> None:
        """What is about to begin, in order of time: as a rule after, or before, all that is expected so far."""
        begun = int(self._cursor[0])
        left = self._arrivals[begun:]
        if len(left) == 0:
            self._arrivals, self._cursor[0] = arrivals, 0
        elif len(arrivals) <= begun and (len(arrivals) == 0 or arrivals["time_ms"][-1] < left["time_ms"][0]):
            self._cursor[0] = begun - len(arrivals)  # those that have begun leave room before those that have not
            self._arrivals[begun - len(arrivals) : begun] = arrivals
        else:
            self._arrivals, self._cursor[0] = in_order(left, arrivals), 0

    def pause(self, stations: NDArray[np.int64]) -> None:
        """These stations go out of order; work under way stops where it is."""
        self._ensure_room(len(stations))
        _pause_all(self.world, stations, int(self.env.now))

    def resume(self, stations: NDArray[np.int64]) -> None:
        """These stations work again."""
        self._ensure_room(len(stations))
        _resume_all(self.world, self._events, stations, int(self.env.now))

    def change_rate(self, station: int, rate_bps: int) -> None:
        """A line's speed changes; transfers under way are timed anew."""
        self._ensure_room(1)
        _change_rate(self.world, self._events, station, rate_bps, int(self.env.now))

    def change_capacity(self, station: int, capacity: int) -> None:
        """Staff join or leave a station; who is at work finishes."""
        self._ensure_room(1)
        _change_capacity(self.world, self._events, station, capacity, int(self.env.now))

    def change_capacities(self, stations: NDArray[np.int64], capacities: NDArray[np.int64]) -> None:
        """The same for several stations."""
        self._ensure_room(len(stations))
        _change_capacities(self.world, self._events, stations, capacities, int(self.env.now))

    def show_lines(self) -> None:
        """The world's lines are the ones it serves."""

    def run(self, until_ms: int) -> None:
        """Let slow actors and traffic go on up to, not including, this time."""
        while True:
            next_ms = min(self.env.peek(), until_ms)
            while _advance(self.world, self._events, self._arrivals, self._cursor, int(next_ms)) == FULL:
                self._grow()
            if next_ms >= until_ms:
                return
            while self.env.peek() == next_ms:
                self.env.step()

    def _ensure_room(self, stations: int) -> None:
        places = int(self.world.stations["capacity"].max())
        most = stations * 2 * places + 2 * len(self.world.spawned)
        while int(pending(self._events)) + most >= len(self._events.near):
            self._grow()

    def _grow(self) -> None:
        self.world = grow(self.world)
        self._events = longer(self._events)
