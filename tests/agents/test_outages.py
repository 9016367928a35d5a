"""Faults of lines, power and the data centre: how often, how long, and who does not notice."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest
import simpy
from hypothesis import given, settings
from hypothesis import strategies as st
from stub_traffic import StubTraffic
from worlds import Bench, Provinces, fixed, small_province

from agents.it_department import Outages, RepairDesk, Repairs, Site, datacentre_faults, line_faults, malware, power_cuts
from sim.engine.clock import DAY_MS, HOUR_MS
from sim.engine.working_time import working_between
from sim.exchange.codes import OUTAGE, ROUTE_ADSL, ROUTE_FTTH, ROUTE_NONE
from sim.model.simulate import simulate
from sim.policy.holdings import Holdings

YEARS = 4
YEAR_MS = 365 * DAY_MS
END_MS = YEARS * YEAR_MS
RULES = {
    "network.adsl.faults_per_year": 40.0,
    "network.adsl.repair": 24.0 * HOUR_MS,
    "network.ftth.faults_per_year": 0.0,
    "network.ftth.repair": 24.0 * HOUR_MS,
    "network.dedicated.faults_per_year": 0.0,
    "network.dedicated.repair": 24.0 * HOUR_MS,
    "network.power_faults_per_year": 20.0,
    "network.power_repair": 2.0 * HOUR_MS,
    "network.datacentre_faults_per_year": 300.0,
    "network.datacentre_repair": 1.0 * HOUR_MS,
    "network.datacentre_redundancy_share": 0.6,
    "network.second_line_share": 0.7,
    "network.malware_per_year": 30.0,
    "network.malware_cleaning": 10.0 * HOUR_MS,
    "network.security_effect": 0.7,
    "network.desk_staff": 2.0,
    "network.desk_visit": 5.0 * HOUR_MS,
    "network.course_effect": 0.4,
    "network.drill_effect": 0.4,
}


class FaultyProvince:
    """A province of stub traffic where only what is started happens."""

    def __init__(self, bench: Bench, **changed: float) -> None:
        """Own IT staff everywhere, no supply of one's own, slow lines."""
        self.p: Mapping[str, float] = RULES | {f"network.{name}": value for name, value in changed.items()}
        self.env = simpy.Environment(initial_time=0)
        self.traffic = StubTraffic(self.env, bench.world)
        self.holdings = Holdings()
        self.outages = Outages(self.traffic)
        self.inside = [int(i) for i in np.flatnonzero(bench.world.agencies["tier"] < 4)]
        for name, value in (("it_staff", 1), ("ups", 0), ("route", ROUTE_ADSL), ("security", 0)):
            bench.world.agencies[name] = value
        self.agencies = bench.world.agencies
        desk = RepairDesk(self.env, self.traffic, self.holdings, self.p)
        self.repairs = Repairs(self.env, self.traffic, self.outages, desk, self.holdings, self.p, END_MS)

    def _sites(self) -> list[Site]:
        rows = ((agency, self.agencies[agency]) for agency in self.inside)
        return [Site(agency, int(row["key"]), bool(row["it_staff"])) for agency, row in rows]

    def lines(self) -> None:
        """Faults of every agency's line."""
        for site in self._sites():
            self.env.process(line_faults(self.repairs, site))

    def power(self) -> None:
        """Power cuts at every agency."""
        for site in self._sites():
            self.env.process(power_cuts(self.repairs, site))

    def viruses(self) -> None:
        """Malware at every agency."""
        for site in self._sites():
            self.env.process(malware(self.repairs, site))

    def centre(self) -> None:
        """Faults of the data centre."""
        self.env.process(datacentre_faults(self.repairs))

    def spells(self, field: str) -> list[tuple[int, int]]:
        """All finished spells of one kind of station."""
        return [spell for agency in self.inside for spell in self.traffic.spells[int(self.agencies[agency][field])]]

    def down_share(self, field: str) -> float:
        """Share of time that stations of this kind were out of order."""
        down = sum(self.traffic.down_ms(int(self.agencies[agency][field]), END_MS) for agency in self.inside)
        return down / (END_MS * len(self.inside))


@pytest.fixture(scope="module")
def bench(provinces: Provinces) -> Bench:
    """Fifty-six agencies, whose calendars reach past four years."""
    return Bench(
        provinces.load(
            small_province(departments=20, districts=5, communes=6), start=date(2016, 1, 1), end=date(2019, 12, 31)
        )
    )


@pytest.fixture(scope="module")
def always_open(provinces: Provinces) -> Bench:
    """The same agencies working round the clock, as the formulas of queues have it."""
    return Bench(
        provinces.load(
            small_province(departments=20, districts=5, communes=6),
            sets=("calendar.always_open=true",),
            start=date(2016, 1, 1),
            end=date(2019, 12, 31),
        )
    )


def down_and_error(load: float, repair: float, span: float, sites: int) -> tuple[float, float]:
    """Share of time down, and its standard error, of independent sites whose faults come and are mended at any time.

    Each is an M/M/infinity queue: up with probability exp(-load); the covariance of being up at two moments t apart is
    exp(-2 load) (exp(load exp(-t / repair)) - 1), whose integral is a series in the load.
    """
    series = sum(load**k / (k * math.factorial(k)) for k in range(1, 30))
    return 1.0 - math.exp(-load), math.sqrt(2.0 * math.exp(-2.0 * load) * series * repair / span / sites)


def test_lines_are_down_as_long_as_rate_and_repair_say(bench: Bench) -> None:
    """Share down: faults come whether the line is up or not, each is repaired by itself."""
    site = FaultyProvince(bench)
    site.lines()
    site.traffic.run(END_MS)
    share, error = down_and_error(40.0 / 365.0, 1.0, END_MS / DAY_MS, len(site.inside))
    assert share / error > 20.0, "the test can tell a bug of a fifth"
    assert abs(site.down_share("uplink") - share) < 4.0 * error
    assert site.spells("uplink") == site.spells("downlink"), "both ways are down together"
    assert not site.spells("gateway")


def test_a_second_line_takes_over_most_faults_and_moves_none(bench: Bench) -> None:
    """As many are left as it does not bridge, each where and as long as without it; other agencies are as they were."""
    plain, doubled = FaultyProvince(bench), FaultyProvince(bench)
    spared = doubled.inside[::2]
    doubled.holdings.second_lines |= set(spared)
    for site in (plain, doubled):
        site.lines()
        site.traffic.run(END_MS)
    before = after = 0
    for agency in plain.inside:
        line = int(plain.agencies[agency]["uplink"])
        if agency not in spared:
            assert doubled.traffic.spells[line] == plain.traffic.spells[line]
            continue
        before += plain.traffic.down_ms(line, END_MS)
        after += doubled.traffic.down_ms(line, END_MS)
        for begin, end in doubled.traffic.spells[line]:
            assert any(first <= begin and end <= last for first, last in plain.traffic.spells[line])
    assert 0.22 < after / before < 0.38, "three faults in ten are left, and their lengths vary"


def test_no_line_no_fault(bench: Bench) -> None:
    site = FaultyProvince(bench)
    site.agencies["route"] = ROUTE_NONE
    site.lines()
    site.traffic.run(END_MS)
    assert not site.traffic.spells
    site = FaultyProvince(bench)
    site.agencies["route"] = ROUTE_FTTH
    site.lines()
    site.traffic.run(END_MS)
    assert not site.traffic.spells, "a rate of nought"


def test_a_line_bought_later_has_faults_too(bench: Bench) -> None:
    """Connected after a year with the same kind of line: faults in the years that remain."""
    site = FaultyProvince(bench)
    site.agencies["route"] = ROUTE_NONE
    site.lines()
    site.traffic.run(END_MS // 4)
    site.agencies["route"] = ROUTE_ADSL
    site.traffic.run(END_MS)
    assert site.spells("uplink")


def test_power_cuts_by_office_hours(bench: Bench) -> None:
    """Cuts begin in office hours at the yearly rate over two thousand working hours, and close the gateway too."""
    site = FaultyProvince(bench, power_repair=60_000.0)
    site.power()
    site.traffic.run(END_MS)
    w = bench.world
    expected = 0.0
    for agency in site.inside:
        calendar = int(site.agencies[agency]["staff_calendar"])
        hours = int(working_between(w.shifts, w.first_shift, calendar, 0, END_MS)) / HOUR_MS
        expected += hours * 20.0 / 2000.0
    cuts = site.spells("gateway")
    assert abs(len(cuts) - expected) < 4.0 * math.sqrt(expected)
    for begin, _ in cuts[:200]:
        calendar = int(site.agencies[site.inside[0]]["staff_calendar"])
        assert working_between(w.shifts, w.first_shift, calendar, begin - 1, begin + 1) >= 1
    assert cuts == site.spells("uplink") == site.spells("downlink")


def test_a_supply_of_ones_own_rides_through(bench: Bench) -> None:
    site = FaultyProvince(bench)
    site.agencies["ups"][site.inside[::2]] = 1
    site.power()
    site.traffic.run(END_MS)
    for i, agency in enumerate(site.inside):
        cuts = site.traffic.spells[int(site.agencies[agency]["gateway"])]
        assert bool(cuts) == (i % 2 == 1)


def test_the_data_centre_stops_the_message_service_only(bench: Bench) -> None:
    site = FaultyProvince(bench)
    site.centre()
    site.traffic.run(END_MS)
    assert set(site.traffic.spells) == {0}
    share, error = down_and_error(300.0 / 365.0 / 24.0, 1.0, END_MS / HOUR_MS, 1)
    assert abs(site.traffic.down_ms(0, END_MS) / END_MS - share) < 4.0 * error
    finished = sum(end - begin for begin, end in site.traffic.spells[0])
    assert site.holdings.datacentre_down_ms >= finished


def test_redundancy_bridges_the_stated_share_of_faults(bench: Bench) -> None:
    """The same faults, of which redundancy spares a share; those it does not spare begin at the same times."""
    begins = {}
    for redundant in (False, True):
        site = FaultyProvince(bench, datacentre_repair=1.0)
        site.holdings.datacentre_redundant = redundant
        site.centre()
        site.traffic.run(END_MS)
        begins[redundant] = [begin for begin, _ in site.traffic.spells[0]]
    faults, left = len(begins[False]), len(begins[True])
    assert abs(left - 0.4 * faults) < 4.0 * math.sqrt(faults * 0.4 * 0.6)
    assert set(begins[True]) < set(begins[False]), "a spared fault moves no other"


def test_shorter_repairs_move_no_fault(bench: Bench) -> None:
    """The same faults at the same times, however long each lasts, and on a better line only fewer of them."""
    begins = {}
    for repair_ms in (1.0, 1000.0):
        site = FaultyProvince(bench, **{"adsl.repair": repair_ms})
        site.lines()
        site.traffic.run(END_MS)
        begins[repair_ms] = [begin for begin, _ in site.spells("uplink")]
    assert begins[1.0] == begins[1000.0]


def test_security_equipment_keeps_a_share_of_malware_away(bench: Bench) -> None:
    counts = {}
    for equipped in (0, 1):
        site = FaultyProvince(bench, malware_cleaning=1.0)
        site.agencies["security"] = equipped
        site.viruses()
        site.traffic.run(END_MS)
        counts[equipped] = site.holdings.malware_incidents
        assert 0 < len(site.spells("gateway")) <= counts[equipped], "two at one site before it is cleaned are one spell"
        assert not site.spells("uplink")
    expected = 30.0 * YEARS * len(site.inside)
    assert abs(counts[0] - expected) < 4.0 * math.sqrt(expected)
    assert abs(counts[1] - 0.3 * counts[0]) < 4.0 * math.sqrt(0.21 * counts[0])


def expected_down(sites: int, arrivals: float, people: int) -> float:
    """Share of sites with an incident in an M/M/c queue of incidents, each at a site of its own luck."""
    weights = [1.0]
    for there in range(1, 2000):
        weights.append(weights[-1] * arrivals / min(there, people))
    free = sum(weight * (1.0 - 1.0 / sites) ** there for there, weight in enumerate(weights))
    return 1.0 - free / sum(weights)


@pytest.mark.parametrize("people", [1, 2, 4])
def test_sites_wait_for_a_free_person_of_the_desk(always_open: Bench, people: int) -> None:
    """Share of gateways down over many lucks, against the stationary queue of incidents; half loaded."""
    bench = always_open
    expected = expected_down(56, 56 * 7.5 * people * 10.0 / (365.0 * 24.0), people)
    shares = []
    luck = int(bench.world.rules["luck"][0])
    for other in range(12):
        bench.world.rules["luck"] = luck + other
        site = FaultyProvince(bench, malware_per_year=7.5 * people, desk_staff=float(people))
        site.agencies["it_staff"] = 0
        site.viruses()
        site.traffic.run(END_MS)
        shares.append(site.down_share("gateway"))
    bench.world.rules["luck"] = luck
    error = float(np.std(shares, ddof=1)) / math.sqrt(len(shares))
    assert error < 0.03 * expected
    assert abs(float(np.mean(shares)) - expected) < 4.0 * error


def test_own_staff_wait_for_nobody(always_open: Bench) -> None:
    site = FaultyProvince(always_open, desk_staff=1.0)
    site.viruses()
    site.traffic.run(END_MS)
    share, error = down_and_error(30.0 * 10.0 / 365.0 / 24.0, 10.0, END_MS / HOUR_MS, len(site.inside))
    assert abs(site.down_share("gateway") - share) < 4.0 * error


def test_the_desk_works_in_office_hours(bench: Bench) -> None:
    """An incident is cleaned while the Office is open: its spell holds as much office time as it took."""
    site = FaultyProvince(bench, malware_per_year=1.0, desk_staff=60.0)
    site.agencies["it_staff"] = 0
    site.viruses()
    site.traffic.run(END_MS)
    w = bench.world
    worked = sum(int(working_between(w.shifts, w.first_shift, 0, *spell)) for spell in site.spells("gateway"))
    assert worked == pytest.approx(site.holdings.desk_worked_ms, rel=0.02), "few overlap, few are under way at the end"


def test_a_course_shortens_visits(always_open: Bench) -> None:
    """Cleaning takes 1 - 0.4 of its time."""
    lengths = {}
    for trained in (False, True):
        site = FaultyProvince(always_open)
        site.holdings.desk_trained = trained
        site.viruses()
        site.traffic.run(END_MS)
        lengths[trained] = [end - begin for begin, end in site.spells("gateway")]
        mean = 10.0 * HOUR_MS * (0.6 if trained else 1.0)
        assert abs(np.mean(lengths[trained]) - mean) < 4.0 * mean / math.sqrt(len(lengths[trained]))


def test_a_drill_shortens_the_cleaning_of_what_comes_within_a_year(always_open: Bench) -> None:
    """The same incidents, each cleaned in 1 - 0.4 of its time in the first year, and as before from then on."""
    within: dict[bool, int] = {}
    later: dict[bool, list[tuple[int, int]]] = {}
    for drilled in (False, True):
        site = FaultyProvince(always_open)
        site.holdings.drills_ms += [0] * drilled
        site.viruses()
        site.traffic.run(END_MS)
        spells = site.spells("gateway")
        within[drilled] = sum(end - begin for begin, end in spells if begin < YEAR_MS)
        later[drilled] = [spell for spell in spells if spell[0] > YEAR_MS + 30 * DAY_MS]
    assert within[True] / within[False] == pytest.approx(0.6, abs=0.02), "two at one site at a time count once"
    assert later[True] == later[False]
    assert later[True]


@settings(max_examples=50, derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20), st.sets(st.integers(0, 3), min_size=1)), max_size=8))
def test_overlapping_causes_keep_a_station_down_until_the_last_ends(
    bench: Bench, causes: list[tuple[int, int, set[int]]]
) -> None:
    """Each station is down exactly in the union of its causes' spans; touching spans may join or not."""
    site = FaultyProvince(bench)

    def cause(begin: int, length: int, stations: set[int]) -> simpy.events.ProcessGenerator:
        yield site.env.timeout(begin)
        site.outages.begin(np.array(sorted(stations), np.int64))
        yield site.env.timeout(length)
        site.outages.end(np.array(sorted(stations), np.int64))

    for one in causes:
        site.env.process(cause(*one))
    site.traffic.run(1000)
    assert not site.traffic.down
    for station in range(4):
        minutes = {t for begin, end in site.traffic.spells[station] for t in range(begin, end)}
        wanted = {t for begin, length, mine in causes if station in mine for t in range(begin, begin + length)}
        assert minutes == wanted


def test_outages_wait_only_where_something_fails(provinces: Provinces) -> None:
    """A whole run: power alone, with and without supplies of their own, and faults of the data centre alone."""
    calm = (
        fixed("network.adsl.faults_per_year", "0 /year"),
        fixed("network.ftth.faults_per_year", "0 /year"),
        fixed("network.dedicated.faults_per_year", "0 /year"),
        fixed("network.malware_per_year", "0 /year"),
    )
    no_power, no_centre = (
        fixed("network.power_faults_per_year", "0 /year"),
        fixed("network.datacentre_faults_per_year", "0 /year"),
    )
    power, centre = (
        fixed("network.power_faults_per_year", "40 /year"),
        fixed("network.datacentre_faults_per_year", "40 /year"),
    )
    cases = [
        ((no_power, no_centre), False),
        ((power, no_centre, fixed("network.ups_share", "100 %")), False),
        ((power, no_centre, fixed("network.ups_share", "0 %")), True),
        ((no_power, centre), True),
    ]
    for sets, waits in cases:
        loaded = provinces.load(small_province(), sets=(*calm, *sets), start=date(2018, 1, 1), end=date(2018, 4, 30))
        record = simulate(loaded, 2, 0)
        assert (record.waits_ms[:, OUTAGE].sum() > 0) == waits, sets
        assert (record.datacentre_down_ms > 0) == (sets[1] is centre)
