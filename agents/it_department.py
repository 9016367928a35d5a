"""Faults of lines, power and the data centre, malware, and their repair by finite staff.

A line is down while at least one cause of its outage lasts. A site with an uninterruptible supply stays up
through power cuts; redundancy, once bought, bridges part of the data centre's faults.
"""

from collections.abc import Callable, Generator, Mapping

import numpy as np
from simpy import Environment, Resource
from simpy.events import Event

from sim.engine.clock import DAY_MS, HOUR_MS
from sim.engine.distributions import exponential
from sim.engine.draws import child, identity, uniform
from sim.engine.slow import until
from sim.engine.working_time import add_working
from sim.exchange.codes import DRAW_OUTAGE, OUTSIDE, ROUTE_NONE, ROUTES
from sim.exchange.port import Stations, Traffic
from sim.policy.holdings import Holdings

YEAR_MS = 365 * DAY_MS
MONTH_MS = 30 * DAY_MS
"""How often an agency without a line that can fail is looked at again."""
WORKING_YEAR_MS = 2000 * HOUR_MS
"""Fifty weeks of forty hours: the year over which power cuts in office hours are counted."""
LINE, POWER, VISIT, MALWARE = 1, 2, 3, 4
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


def _draw(luck: int, key: int, cause: int, occasion: int) -> Callable[[float], int]:
    u = float(uniform(luck, child(key, DRAW_OUTAGE, cause), DRAW_OUTAGE, occasion))
    return lambda mean_ms: max(1, int(exponential(u, mean_ms)))


class RepairDesk:
    """The provincial IT desk: a few people who visit agencies without IT staff of their own, one at a time each."""

    def __init__(self, env: Environment, holdings: Holdings, p: Mapping[str, float]) -> None:
        """Open the desk with its staff."""
        self._env = env
        self._holdings = holdings
        self._p = p
        self._people = Resource(env, capacity=max(1, round(p["network.desk_staff"])))

    def visit(self, own_staff: bool, work_ms: Callable[[float], int], mean_ms: float) -> Generator[Event, None, None]:
        """Work at a site: by its own IT staff at once, else by the desk when somebody is free."""
        if self._holdings.desk_trained:
            mean_ms *= 1.0 - self._p["network.course_effect"]
        if own_staff:
            yield self._env.timeout(work_ms(mean_ms))
            return
        with self._people.request() as turn:
            yield turn
            yield self._env.timeout(work_ms(mean_ms))


def line_faults(
    env: Environment,
    traffic: Traffic,
    outages: Outages,
    desk: RepairDesk,
    p: Mapping[str, float],
    agency: int,
    end_ms: int,
) -> Generator[Event, None, None]:
    """Faults of one agency's access line: found at the site, then repaired by the provider."""
    a = traffic.world.agencies[agency]
    luck, key, own_staff = int(traffic.world.rules["luck"][0]), int(a["key"]), bool(a["it_staff"])
    stations = np.array([a["uplink"], a["downlink"]], np.int64)
    occasion = 0
    while True:
        route = ROUTES[int(traffic.world.agencies[agency]["route"])]
        rate = p[f"network.{route}.faults_per_year"] if route != ROUTES[ROUTE_NONE] else 0.0
        if rate <= 0.0:
            if int(env.now) + MONTH_MS >= end_ms:
                return
            yield env.timeout(MONTH_MS)
            continue
        at = int(env.now) + _draw(luck, key, LINE, occasion)(YEAR_MS / rate)
        if at >= end_ms:
            return
        yield until(env, at)
        outages.begin(stations)
        if not own_staff:
            yield from desk.visit(own_staff, _draw(luck, key, VISIT, occasion), p["network.desk_visit"])
        yield env.timeout(_draw(luck, key, LINE, occasion + 1)(p[f"network.{route}.repair"]))
        outages.end(stations)
        occasion += 2


def malware(
    env: Environment,
    traffic: Traffic,
    outages: Outages,
    desk: RepairDesk,
    holdings: Holdings,
    p: Mapping[str, float],
    agency: int,
    end_ms: int,
) -> Generator[Event, None, None]:
    """Incidents that stop an agency's gateway until it is cleaned; security equipment keeps part of them away."""
    a = traffic.world.agencies[agency]
    luck, key, own_staff = int(traffic.world.rules["luck"][0]), int(a["key"]), bool(a["it_staff"])
    rate = p["network.malware_per_year"]
    gateway = np.array([a["gateway"]], np.int64)
    occasion = 0
    while rate > 0.0:
        at = int(env.now) + _draw(luck, key, MALWARE, occasion)(YEAR_MS / rate)
        if at >= end_ms:
            return
        yield until(env, at)
        u = float(uniform(luck, child(key, DRAW_OUTAGE, MALWARE), DRAW_OUTAGE, 4 * END_OF_DRAWS + occasion))
        cleaning = _draw(luck, key, MALWARE, occasion + 1)
        occasion += 2
        if traffic.world.agencies[agency]["security"] == 1 and u < p["network.security_effect"]:
            continue
        holdings.malware_incidents += 1
        outages.begin(gateway)
        yield from desk.visit(own_staff, cleaning, p["network.malware_cleaning"])
        outages.end(gateway)


def power_cuts(
    env: Environment, traffic: Traffic, outages: Outages, p: Mapping[str, float], agency: int, end_ms: int
) -> Generator[Event, None, None]:
    """Power cuts at one agency in office hours; with a supply of its own the agency does not notice."""
    a = traffic.world.agencies[agency]
    rate = p["network.power_faults_per_year"]
    if a["ups"] or rate <= 0.0:
        return
    luck, key, calendar = int(traffic.world.rules["luck"][0]), int(a["key"]), int(a["staff_calendar"])
    stations = np.array([a["gateway"], a["uplink"], a["downlink"]], np.int64)
    occasion = 0
    while True:
        w = traffic.world
        gap = _draw(luck, key, POWER, occasion)(WORKING_YEAR_MS / rate)
        at = int(add_working(w.shifts, w.first_shift, calendar, int(env.now), gap))
        if at >= end_ms:
            return
        yield until(env, at)
        outages.begin(stations)
        yield env.timeout(_draw(luck, key, POWER, occasion + 1)(p["network.power_repair"]))
        outages.end(stations)
        occasion += 2


def datacentre_faults(
    env: Environment, traffic: Traffic, holdings: Holdings, p: Mapping[str, float], end_ms: int
) -> Generator[Event, None, None]:
    """Faults of the data centre: the message service stops, unless redundancy bridges the fault."""
    luck, key = int(traffic.world.rules["luck"][0]), identity("datacentre")
    rate = p["network.datacentre_faults_per_year"]
    service = np.zeros(1, np.int64)
    occasion = 0
    while rate > 0.0:
        at = int(env.now) + _draw(luck, key, LINE, occasion)(YEAR_MS / rate)
        if at >= end_ms:
            return
        yield until(env, at)
        mean_ms = p["network.datacentre_repair"]
        if holdings.datacentre_backup:
            mean_ms *= 1.0 - p["network.backup_effect"]
        repair_ms = _draw(luck, key, LINE, occasion + 1)(mean_ms)
        spared = float(uniform(luck, key, DRAW_OUTAGE, occasion)) < p["network.datacentre_redundancy_share"]
        occasion += 2
        if holdings.datacentre_redundant and spared:
            continue
        holdings.datacentre_down_ms += repair_ms
        traffic.pause(service)
        yield env.timeout(repair_ms)
        traffic.resume(service)


def start_outages(env: Environment, traffic: Traffic, holdings: Holdings, p: Mapping[str, float], end_ms: int) -> None:
    """Set all faults of the province going."""
    outages = Outages(traffic)
    desk = RepairDesk(env, holdings, p)
    for agency, tier in enumerate(traffic.world.agencies["tier"]):
        if tier != OUTSIDE:
            env.process(line_faults(env, traffic, outages, desk, p, agency, end_ms))
            env.process(malware(env, traffic, outages, desk, holdings, p, agency, end_ms))
            env.process(power_cuts(env, traffic, outages, p, agency, end_ms))
    env.process(datacentre_faults(env, traffic, holdings, p, end_ms))
