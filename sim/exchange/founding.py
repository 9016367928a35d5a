"""The province on its first day: from a scenario and one replication's parameters to a `World`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sim.engine.calendars import OpeningHours, WORKING, build_calendars, day_kinds, parse_shifts
from sim.engine.clock import DAY_MS, Clock, add_months
from sim.engine.distributions import CONSTANT, EXPONENTIAL, LOGNORMAL, lognormal
from sim.engine.draws import identity, uniform
from sim.engine.working_time import Index, Shifts
from sim.exchange import state
from sim.exchange.building import (
    StationList,
    Staffing,
    add_stations,
    empty_agencies,
    empty_lines,
    message_service,
    order_of_agencies,
)
from sim.exchange.codes import (
    CAUSES,
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    DRAW_START,
    OUTSIDE,
    REFUSALS,
    ROUTES,
    TIERS,
    WAITS,
)
from sim.exchange.pool import spare_slots
from sim.exchange.state import World
from sim.exchange.volumes import Members, Volumes, balance
from sim.scenario.loading import LoadedScenario
from sim.scenario.schema import OfficeHours, Scenario
from sim.scenario.tables import AgencyRow

DAYS_BEYOND = 400
"""Calendars reach this far past the last day, so that work begun on it can be timed."""
FIRST_POOL = 4096
RECENT = 50
SHAPES = {"constant": CONSTANT, "exponential": EXPONENTIAL, "lognormal": LOGNORMAL}
LEADER_CALENDAR = 4


@dataclass(frozen=True)
class Founded:
    """A world ready to run, and the names of its agencies in the order of its arrays."""

    world: World
    clock: Clock
    end_ms: int
    first_month: int
    """Index of the first month that counts; those before it are warm-up."""
    months: tuple[date, ...]
    """First days of all simulated months."""
    rows: tuple[AgencyRow, ...]
    calendars: tuple[Shifts, ...]
    volumes: Volumes


def first_day(scenario: Scenario) -> date:
    """First simulated day: the first of the month that lies the warm-up before the horizon."""
    days = round(scenario.horizon.warm_up.value / DAY_MS)
    return add_months(scenario.horizon.start - timedelta(days=max(0, days - 15)), 0) if days else scenario.horizon.start


def found(
    loaded: LoadedScenario, p: Mapping[str, float], luck: int, *, tracing: bool = False, volumes: Volumes | None = None
) -> Founded:
    """Build the province for one replication.

    Args:
        loaded: the scenario with its tables.
        p: drawn parameters by dotted key, in base units.
        luck: the replication's luck.
        tracing: keep every visit.
        volumes: use these balanced volumes instead of balancing anew.

    Raises:
        ValueError: if the volumes contradict each other.
    """
    scenario = loaded.scenario
    origin = first_day(scenario)
    clock = Clock(origin)
    months = _months(origin, scenario.horizon.end)
    rows = _ordered(loaded.agencies)
    tiers = [TIERS.index(row.tier) for row in rows]
    members = _members(rows, tiers, p, luck)
    posts = [clerk_posts(row, weight, p) for row, weight in zip(rows, members.weights, strict=True)]
    shifts, first_shift, clerk_calendars = _calendars(loaded, rows, posts, clock)
    agencies = empty_agencies(len(rows))
    volumes = volumes or balance(members, p)
    stations = StationList()
    message_service(stations, max(1, round(p["network.message_service_capacity"])))
    for i, row in enumerate(rows):
        _found_agency(agencies, i, row, tiers[i], p, luck)
        if tiers[i] != OUTSIDE:
            staffing = _staffing(row, tiers[i], posts[i], clerk_calendars[i], p)
            down, up = _rates(row, p)
            for name, station in add_stations(stations, i, staffing, down, up).items():
                agencies[i][name] = station
            agencies[i]["clerk_calendar"] = staffing.clerk_calendar
    _place_districts(agencies, rows, tiers)
    agencies["weight"] = members.weights
    agencies["staff_calendar"] = [min(t, COMMUNE) for t in tiers]
    agencies["outgoing"] = volumes.outgoing
    agencies["internal"] = volumes.internal
    agencies["reply_odds"] = volumes.reply_odds[tiers]
    agencies["relay_odds"] = volumes.relay_odds
    places = 1 + max(row.leaders for row in rows)
    world = _world(agencies, stations, tiers, volumes, len(months), places, shifts, first_shift, tracing=tracing)
    end_ms = clock.at(scenario.horizon.end + timedelta(days=1))
    runs = np.array([minutes for minutes, _ in _mail_runs(scenario)], np.int64) * 60_000
    _fill_rules(world, scenario, p, luck, end_ms, len(runs), places, tracing=tracing)
    by_calendar = tuple(shifts[_span(first_shift, c, len(shifts))] for c in range(len(first_shift)))
    return Founded(
        world=world._replace(mail_runs_ms=runs),
        clock=clock,
        end_ms=end_ms,
        first_month=months.index(scenario.horizon.start),
        months=tuple(months),
        rows=tuple(rows),
        calendars=by_calendar,
        volumes=volumes,
    )


def _months(origin: date, end: date) -> list[date]:
    months = [origin]
    while add_months(months[-1], 1) <= end:
        months.append(add_months(months[-1], 1))
    return months


def _ordered(rows: Sequence[AgencyRow]) -> list[AgencyRow]:
    tiers = [TIERS.index(row.tier) for row in rows]
    order = order_of_agencies(tiers, [row.parent_id for row in rows], [row.agency_id for row in rows])
    return [rows[i] for i in order]


def _span(first_shift: Index, calendar: int, number: int) -> slice:
    begin = int(first_shift[calendar, 0])
    end = int(first_shift[calendar + 1, 0]) if calendar + 1 < len(first_shift) else number
    return slice(begin, end - 1)


def _hours(hours: OfficeHours, post_share: float = 1.0) -> OpeningHours:
    return OpeningHours(parse_shifts(hours.weekdays), parse_shifts(hours.saturday), post_share)


def clerk_posts(row: AgencyRow, weight: float, p: Mapping[str, float]) -> float:
    """Posts of a registry: its clerks and the part-time ones of its rooms.

    The table's posts are those of a mean agency of the tier; one with more papers has more clerks, by halves
    of a post (assumed: no staffing list was found).
    """
    if row.clerk_posts <= 0.0:
        return 0.0
    own = row.clerk_posts if weight <= 1.0 else max(row.clerk_posts, float(np.ceil(2.0 * row.clerk_posts * weight)) / 2.0)
    return own + row.rooms * p["people.room_clerk_share"]


def _calendars(
    loaded: LoadedScenario, rows: Sequence[AgencyRow], posts: Sequence[float], clock: Clock
) -> tuple[Shifts, Index, list[int]]:
    """Calendars 0-3 by tier, 4 for leaders, then one for each share of a clerk's post; and each agency's of these."""
    calendar = loaded.scenario.calendar
    last = loaded.scenario.horizon.end + timedelta(days=DAYS_BEYOND)
    overrides = {day.date: day.kind == "working" for day in loaded.calendar_overrides}
    by_tier = [calendar.office, calendar.department, calendar.district, calendar.commune, calendar.leader]
    if calendar.always_open:
        kinds = [WORKING] * ((last - clock.origin).days + 1)
        everyone = [OpeningHours(((0, 24 * 60),))] * len(by_tier)
        shifts, first_shift = build_calendars(kinds, clock.origin, everyone)
        return shifts, first_shift, [min(TIERS.index(row.tier), COMMUNE) for row in rows]
    opening = [_hours(hours) for hours in by_tier]
    clerk: dict[tuple[int, float], int] = {}
    mine = []
    for row, post in zip(rows, posts, strict=True):
        tier = min(TIERS.index(row.tier), COMMUNE)
        share = float(post / np.ceil(post)) if post > 0 else 1.0
        if (tier, share) not in clerk:
            clerk[tier, share] = len(opening)
            opening.append(_hours(by_tier[tier], share))
        mine.append(clerk[tier, share])
    shifts, first_shift = build_calendars(day_kinds(clock.origin, last, overrides), clock.origin, opening)
    return shifts, first_shift, mine


def _members(rows: Sequence[AgencyRow], tiers: Sequence[int], p: Mapping[str, float], luck: int) -> Members:
    """Weights of agencies within their tier: departments and communes differ, the rest are alike."""
    weights = []
    populations = _populations(rows)
    for row, tier in zip(rows, tiers, strict=True):
        u = float(uniform(luck, identity(row.agency_id), DRAW_START, 0))
        if tier == DEPARTMENT:
            weights.append(float(lognormal(u, 1.0, p["volumes.department_spread"])))
        elif tier == COMMUNE:
            size = populations.get(row.agency_id)
            weights.append(size if size else float(lognormal(u, 1.0, p["volumes.commune_spread"])))
        else:
            weights.append(1.0)
    communes = [sum(1 for other in rows if other.parent_id == row.agency_id) for row in rows]
    return Members(tiers=tuple(tiers), weights=tuple(weights), rooms=tuple(row.rooms for row in rows), communes=communes)


def _populations(rows: Sequence[AgencyRow]) -> dict[str, float]:
    """Known populations of communes, relative to the mean of those known."""
    known = {row.agency_id: float(row.population) for row in rows if row.tier == "commune" and row.population}
    mean = sum(known.values()) / len(known) if known else 1.0
    return {agency: population / mean for agency, population in known.items()}


def _staffing(row: AgencyRow, tier: int, posts: float, clerk_calendar: int, p: Mapping[str, float]) -> Staffing:
    clerks = max(1, int(np.ceil(posts)))
    others = row.staff - row.leaders - clerks
    return Staffing(
        clerks=clerks,
        clerk_calendar=clerk_calendar,
        officers=max(1, round(others * p["people.officer_document_share"])),
        staff_calendar=tier,
        leaders=max(1, row.leaders),
        leader_calendar=LEADER_CALENDAR,
    )


def _rates(row: AgencyRow, p: Mapping[str, float]) -> tuple[int, int]:
    return line_rates(row.route if row.route != "none" else "adsl", p)


def line_rates(route: str, p: Mapping[str, float]) -> tuple[int, int]:
    """What a class of line leaves for documents, down and up, in bits a second."""
    free = 1.0 - p[f"network.{route}.background_share"]
    return max(1, int(p[f"network.{route}.down"] * free)), max(1, int(p[f"network.{route}.up"] * free))


def _found_agency(
    agencies: state.Records, i: int, row: AgencyRow, tier: int, p: Mapping[str, float], luck: int
) -> None:
    a = agencies[i]
    a["key"] = identity(row.agency_id)
    a["tier"] = tier
    a["route"] = ROUTES.index(row.route)
    a["linked"] = row.eoffice_linked
    a["lan"] = row.lan
    a["staff"] = row.staff
    a["leaders_count"] = 0 if tier == OUTSIDE else max(1, row.leaders)
    a["poll_phase_ms"] = a["key"] % DAY_MS
    a["experience"] = 1.0

    def draw(occasion: int) -> float:
        return float(uniform(luck, identity(row.agency_id), DRAW_START, occasion))

    low, high = p["adoption.paperless_threshold_low"], p["adoption.paperless_threshold_high"]
    a["threshold"] = low + (high - low) * draw(1)
    a["supports"] = draw(2) < p["adoption.leader_support_share"]
    a["level"] = _level(row.eoffice_installed, draw(3), draw(4), draw(5), p) if tier != OUTSIDE else 2
    a["trained"] = round(row.staff * p["start.trained_share"])
    a["users"] = round(row.staff * p["start.user_share"]) if a["level"] >= 3 else 0
    has_mail = row.mailboxes > 0 and (tier != COMMUNE or draw(6) < p["start.commune_mail_share"])
    a["mail"] = has_mail or tier == OUTSIDE
    a["mail_users"] = round(row.staff * p["start.email_user_share"]) if tier <= DISTRICT else 0
    a["ups"] = draw(7) < p["network.ups_share"]


def _level(installed: bool, u: float, v: float, x: float, p: Mapping[str, float]) -> int:  # noqa: FBT001
    """Usage level of e-office on the first day: one draw for each question the plan leaves open."""
    if not installed:
        return 0
    if u < p["start.installed_unused_share"]:
        return 1
    if v < p["start.registry_only_share"]:
        return 2
    return 4 if x < p["start.draft_sign_share"] else 3


def _place_districts(agencies: state.Records, rows: Sequence[AgencyRow], tiers: Sequence[int]) -> None:
    index = {row.agency_id: i for i, row in enumerate(rows)}
    for i, row in enumerate(rows):
        if tiers[i] == COMMUNE:
            agencies[i]["district"] = index[row.parent_id]
    for i, tier in enumerate(tiers):
        if tier == DISTRICT:
            mine = [j for j, t in enumerate(tiers) if t == COMMUNE and agencies[j]["district"] == i]
            first = mine[0] if mine else 0
            agencies[[i, *mine]] = _with_communes(agencies[[i, *mine]], first, len(mine))


def _with_communes(rows: state.Records, first: int, number: int) -> state.Records:
    rows["commune_first"] = first
    rows["commune_count"] = number
    return rows


def _mail_runs(scenario: Scenario) -> list[tuple[int, int]]:
    return sorted(parse_shifts(f"{run}-24:00" for run in scenario.post.mail_runs))


def _world(
    agencies: state.Records,
    stations: StationList,
    tiers: Sequence[int],
    volumes: Volumes,
    months: int,
    places: int,
    shifts: Shifts,
    first_shift: Index,
    *,
    tracing: bool,
) -> World:
    number = len(agencies)
    station_array = stations.array()
    pool = max(FIRST_POOL, 4 * spare_slots(number))
    head, tail = empty_lines(len(station_array))
    ranges: NDArray[np.int64] = np.zeros((5, 2), np.int64)
    for tier in range(5):
        mine = [i for i, t in enumerate(tiers) if t == tier]
        ranges[tier] = (mine[0] if mine else 0, len(mine))
    tally = np.zeros(1, state.TALLY).view(np.recarray)
    tally["free_jobs"] = tally["free_documents"] = pool
    free = np.arange(pool - 1, -1, -1, dtype=np.int64)
    return World(
        jobs=state.empty_jobs(pool),
        documents=state.empty_documents(pool),
        agencies=agencies,
        stations=station_array,
        certificates=np.zeros(number * places, state.CERTIFICATE).view(np.recarray),
        rules=np.zeros(1, state.RULES).view(np.recarray),
        tally=tally,
        shifts=shifts.view(np.recarray),
        first_shift=first_shift,
        queue_head=head,
        queue_tail=tail,
        free_jobs=free,
        free_documents=free.copy(),
        spawned=np.zeros(spare_slots(number), np.int64),
        choice=np.zeros(number, state.CHOICE).view(np.recarray),
        tier_odds=np.ascontiguousarray(volumes.tier_odds),
        tier_range=ranges,
        mail_runs_ms=np.zeros(1, np.int64),
        experience=np.zeros((number, number), np.int64),
        flows=np.zeros((months, 5, 5, len(state.FLOWS)), np.int64),
        causes=np.zeros((months, 5, 5, len(CAUSES)), np.int64),
        refusals=np.zeros((months, len(REFUSALS)), np.int64),
        agency_flows=np.zeros((months, number, len(state.AGENCY_FLOWS)), np.int64),
        delays=np.zeros((months, 5, 2, state.DELAY_BINS), np.int64),
        pending=np.zeros((months, 5, 2, state.DELAY_BINS), np.int64),
        waits_ms=np.zeros((months, len(WAITS)), np.int64),
        worked_ms=np.zeros((months, len(station_array)), np.int64),
        visits=np.zeros(FIRST_POOL if tracing else 2, state.VISIT).view(np.recarray),
    )


def _fill_rules(
    world: World, scenario: Scenario, p: Mapping[str, float], luck: int, end_ms: int, runs: int, places: int,
    *, tracing: bool,
) -> None:
    rules = world.rules[0]
    world.tally["tracing"] = int(tracing)
    for name in state.RULES.names or ():
        for key in (f"people.{name.removesuffix('_ms')}", f"documents.{name}"):
            if key in p:
                rules[name] = p[key]
    rules["luck"] = luck
    rules["shape"] = SHAPES[scenario.people.service_shape]
    rules["spread"] = p["people.service_spread"]
    rules["retry_limit"] = max(1, round(p["network.retry_limit"]))
    rules["recent_window"] = RECENT
    rules["end_ms"] = end_ms
    rules["poll_interval_ms"] = max(1, round(p["network.poll_interval"]))
    rules["gateway_ms"] = round(p["network.gateway"])
    rules["message_service_ms"] = round(p["network.message_service"])
    rules["mail_run_count"] = runs
    rules["places"] = places
    rules["few_share"] = p["volumes.few_share"]
    for name in ("local", "district", "commune", "outside"):
        rules[f"transit_{name}_ms"] = p[f"post.{name}"]
    rules["transit_spread"] = p["post.spread"]
