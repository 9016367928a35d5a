"""Faults of lines, power and the data centre, malware, and their repair by finite staff.

A line is down while at least one cause of its outage lasts. A site with an uninterruptible supply stays up
through power cuts; redundancy, once bought, bridges part of the data centre's faults, and a
second line part of those of an agency's own line. Each site and cause has a fault
clock of its own that no repair stops: a fault that is bridged or mended sooner moves none that comes after it.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from simpy import Environment, Resource
from simpy.events import Event

from sim.engine.clock import DAY_MS, HOUR_MS
from sim.engine.distributions import exponential
from sim.engine.draws import child, identity, uniform
from sim.engine.slow import change_places, until
from sim.engine.working_time import add_working
from sim.exchange.agencies import line_rates
from sim.exchange.codes import DRAW_OUTAGE, OFFICE, OUTSIDE, ROUTE_NONE, ROUTES
from sim.exchange.links import DATA_CENTRE
from sim.exchange.port import Stations, Traffic
from sim.policy.holdings import Holdings

YEAR_MS = 365 * DAY_MS
MONTH_MS = 30 * DAY_MS
"""How often a line is looked at again: it may have become another that fails less."""
WORKING_YEAR_MS = 2000 * HOUR_MS
"""Fifty weeks of forty hours: the year over which power cuts in office hours are counted."""
LINE, POWER, MALWARE = 1, 2, 4
END_OF_DRAWS = 1 << 20
"""More incidents than any site has; draws beyond it answer another question about the same incident."""


class Outages:
    """How many causes keep each station down."""

    def __init__(self, traffic: Traffic) -> None:
        """No outage yet."""
        self._traffic = traffic
        self._causes = np.zeros(len(traffic.world.stations), np.int64)

    def begin(self, stations: Stations) -> None:
        """One more cause for each of these stations."""
        self._traffic.pause(stations[self._causes[stations] == 0])
        self._causes[stations] += 1

    def end(self, stations: Stations) -> None:
        """One cause less; stations without any work again."""
        self._causes[stations] -= 1
        self._traffic.resume(stations[self._causes[stations] == 0])


class FaultClock:
    """When the faults of one site and cause come: each by its own number, whatever the repairs before it lasted."""

    def __init__(self, luck: int, key: int, cause: int) -> None:
        """The clock stands before its first fault."""
        self._luck, self._key = luck, child(key, DRAW_OUTAGE, cause)
        self._number = -1

    def gap(self) -> float:
        """From the last fault to the next, in mean gaps: exponential about 1. The clock moves on to that fault."""
        self._number += 1
        return float(exponential(self._uniform(2 * self._number), 1.0))

    def repair(self) -> Callable[[float], int]:
        """The work that the present fault makes, in milliseconds, once its mean is known."""
        return self._lasting(2 * self._number + 1)

    def journey(self) -> Callable[[float], int]:
        """Likewise the visit to the site that comes before."""
        return self._lasting(2 * END_OF_DRAWS + self._number)

    def chance(self) -> float:
        """A uniform number of the present fault, for what may spare the site from it."""
        return self._uniform(4 * END_OF_DRAWS + self._number)

    def _lasting(self, occasion: int) -> Callable[[float], int]:
        u = self._uniform(occasion)
        return lambda mean_ms: max(1, int(exponential(u, mean_ms)))

    def _uniform(self, occasion: int) -> float:
        return float(uniform(self._luck, self._key, DRAW_OUTAGE, occasion))


class RepairDesk:
    """The provincial IT desk: a few people who visit agencies without IT staff of their own, one at a time each.

    They travel and work in the office hours of the provincial Office.
    """

    def __init__(self, env: Environment, traffic: Traffic, holdings: Holdings, p: Mapping[str, float]) -> None:
        """Open the desk with its staff."""
        self._env = env
        self._traffic = traffic
        self._holdings = holdings
        self._p = p
        self._people = Resource(env, capacity=self._staff())

    def meet_changed_terms(self) -> None:
        """As many people as there are now; who is at a site stays there to the end."""
        change_places(self._people, self._staff())

    def _staff(self) -> int:
        return max(1, round(self._p["network.desk_staff"]))

    def visit(self, own_staff: bool, work_ms: Callable[[float], int], mean_ms: float) -> Generator[Event, None, None]:
        """Work at a site: by its own IT staff at once, else by the desk when somebody is free."""
        if self._holdings.desk_trained:
            mean_ms *= 1.0 - self._p["network.course_effect"]
        if own_staff:
            yield self._in_office_hours(work_ms(mean_ms))
            return
        with self._people.request() as turn:
            yield turn
            lasts_ms = work_ms(mean_ms)
            self._holdings.desk_worked_ms += lasts_ms
            yield self._in_office_hours(lasts_ms)

    def _in_office_hours(self, work_ms: int) -> Event:
        w = self._traffic.world
        return until(self._env, int(add_working(w.shifts, w.first_shift, OFFICE, int(self._env.now), work_ms)))


@dataclass(frozen=True)
class Site:
    """One agency to which faults happen."""

    agency: int
    key: int
    own_staff: bool


@dataclass(frozen=True)
class Repairs:
    """What every fault meets: lines and machines, those who mend them, and the numbers that say how often."""

    env: Environment
    traffic: Traffic
    outages: Outages
    desk: RepairDesk
    holdings: Holdings
    p: Mapping[str, float]
    end_ms: int

    def clock(self, key: int, cause: int) -> FaultClock:
        """The fault clock of a site and cause."""
        return FaultClock(int(self.traffic.world.rules["luck"][0]), key, cause)

    def outage(self, stations: Stations, *work: Generator[Event, None, None]) -> None:
        """These stations go down until one piece of work after another is done; the clock meanwhile goes on."""
        self.env.process(self._outage(stations, work))

    def _outage(self, stations: Stations, work: Sequence[Generator[Event, None, None]]) -> Generator[Event, None, None]:
        self.outages.begin(stations)
        for piece in work:
            yield from piece
        self.outages.end(stations)

    def wait(self, lasts_ms: int) -> Generator[Event, None, None]:
        """Somebody else mends it, around the clock."""
        yield self.env.timeout(lasts_ms)


def line_faults(repairs: Repairs, site: Site) -> Generator[Event, None, None]:
    """Faults of one agency's access line: found at the site, then mended by the provider; a second line takes over."""
    env, p, world = repairs.env, repairs.p, repairs.traffic.world
    a = world.agencies[site.agency]
    stations = np.array([a["uplink"], a["downlink"]], np.int64)
    clock = repairs.clock(site.key, LINE)
    left = clock.gap()
    while int(env.now) < repairs.end_ms:
        route = ROUTES[int(repairs.traffic.world.agencies[site.agency]["route"])]
        rate = p[f"network.{route}.faults_per_year"] if route != ROUTES[ROUTE_NONE] else 0.0
        if rate <= 0.0 or left * YEAR_MS / rate > MONTH_MS:
            left -= MONTH_MS * rate / YEAR_MS
            yield env.timeout(MONTH_MS)
            continue
        yield env.timeout(max(1, int(left * YEAR_MS / rate)))
        if site.agency in repairs.holdings.second_lines and clock.chance() < p["network.second_line_share"]:
            left = clock.gap()
            continue
        found = () if site.own_staff else (repairs.desk.visit(False, clock.journey(), p["network.desk_visit"]),)
        repairs.outage(stations, *found, repairs.wait(clock.repair()(p[f"network.{route}.repair"])))
        left = clock.gap()


def malware(repairs: Repairs, site: Site) -> Generator[Event, None, None]:
    """Incidents that stop an agency's gateway until it is cleaned; security equipment keeps part of them away.

    A drill of the province shortens the cleaning of what comes within a year.
    """
    env, p = repairs.env, repairs.p
    rate = p["network.malware_per_year"]
    gateway = np.array([repairs.traffic.world.agencies[site.agency]["gateway"]], np.int64)
    clock = repairs.clock(site.key, MALWARE)
    while rate > 0.0:
        at_ms = int(env.now) + max(1, int(clock.gap() * YEAR_MS / rate))
        if at_ms >= repairs.end_ms:
            return
        yield until(env, at_ms)
        protected = repairs.traffic.world.agencies[site.agency]["security"] == 1
        if protected and clock.chance() < p["network.security_effect"]:
            continue
        repairs.holdings.malware_incidents += 1
        repairs.outage(gateway, repairs.desk.visit(site.own_staff, clock.repair(), _cleaning_ms(repairs)))


def _cleaning_ms(repairs: Repairs) -> float:
    """Mean work on one incident; within a year of a drill it is shorter."""
    drilled = any(repairs.env.now < held_ms + YEAR_MS for held_ms in repairs.holdings.drills_ms)
    return repairs.p["network.malware_cleaning"] * (1.0 - repairs.p["network.drill_effect"] * drilled)


def power_cuts(repairs: Repairs, site: Site) -> Generator[Event, None, None]:
    """Power cuts at one agency in office hours; with a supply of its own the agency does not notice."""
    env, p = repairs.env, repairs.p
    a = repairs.traffic.world.agencies[site.agency]
    rate = p["network.power_faults_per_year"]
    if rate <= 0.0:
        return
    calendar = int(a["staff_calendar"])
    stations = np.array([a["gateway"], a["uplink"], a["downlink"]], np.int64)
    clock = repairs.clock(site.key, POWER)
    while True:
        w = repairs.traffic.world
        gap_ms = max(1, int(clock.gap() * WORKING_YEAR_MS / rate))
        at_ms = int(add_working(w.shifts, w.first_shift, calendar, int(env.now), gap_ms))
        if at_ms >= repairs.end_ms:
            return
        yield until(env, at_ms)
        if not repairs.traffic.world.agencies[site.agency]["ups"]:
            repairs.outage(stations, repairs.wait(clock.repair()(p["network.power_repair"])))


def datacentre_faults(repairs: Repairs) -> Generator[Event, None, None]:
    """Faults of the data centre: message service, portal and web e-office stop, unless redundancy bridges the fault."""
    env, p, holdings = repairs.env, repairs.p, repairs.holdings
    rate = p["network.datacentre_faults_per_year"]
    clock = repairs.clock(identity("datacentre"), LINE)
    down_until_ms = 0
    while rate > 0.0:
        at_ms = int(env.now) + max(1, int(clock.gap() * YEAR_MS / rate))
        if at_ms >= repairs.end_ms:
            return
        yield until(env, at_ms)
        if holdings.datacentre_redundant and clock.chance() < p["network.datacentre_redundancy_share"]:
            continue
        mean_ms = p["network.datacentre_repair"]
        if holdings.datacentre_backup:
            mean_ms *= 1.0 - p["network.backup_effect"]
        repair_ms = clock.repair()(mean_ms)
        holdings.datacentre_down_ms += max(0, at_ms + repair_ms - max(at_ms, down_until_ms))
        down_until_ms = max(down_until_ms, at_ms + repair_ms)
        repairs.outage(np.array([DATA_CENTRE], np.int64), repairs.wait(repair_ms))


@dataclass(frozen=True)
class House:
    """A house into which agencies move together on one day."""

    agencies: Sequence[int]
    at_ms: int
    cut_off_ms: int
    route: str
    """Class of its lines."""


def move_in(repairs: Repairs, house: House) -> Generator[Event, None, None]:
    """On the day of the move its agencies go off the network, and come back on the lines of the new house."""
    if house.at_ms < repairs.env.now:
        return
    yield until(repairs.env, house.at_ms)
    down, up = line_rates(house.route, repairs.p)
    for agency in house.agencies:
        a = repairs.traffic.world.agencies[agency]
        repairs.outage(np.array([a["gateway"], a["uplink"], a["downlink"]], np.int64), repairs.wait(house.cut_off_ms))
        a["route"] = ROUTES.index(house.route)
        a["lan"] = 1
        repairs.traffic.change_rate(int(a["uplink"]), up)
        repairs.traffic.change_rate(int(a["downlink"]), down)


def start_outages(
    env: Environment,
    traffic: Traffic,
    holdings: Holdings,
    p: Mapping[str, float],
    end_ms: int,
    houses: Sequence[House] = (),
) -> RepairDesk:
    """Set all faults of the province going, and the moves of offices that are to come; returns who mends them."""
    desk = RepairDesk(env, traffic, holdings, p)
    repairs = Repairs(env, traffic, Outages(traffic), desk, holdings, p, end_ms)
    for agency, a in enumerate(traffic.world.agencies):
        if a["tier"] != OUTSIDE:
            site = Site(agency, int(a["key"]), bool(a["it_staff"]))
            env.process(line_faults(repairs, site))
            env.process(malware(repairs, site))
            env.process(power_cuts(repairs, site))
    env.process(datacentre_faults(repairs))
    for house in houses:
        env.process(move_in(repairs, house))
    return desk
