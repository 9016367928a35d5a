"""The province on its first day: from a scenario and one replication's parameters to a `World`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from sim.engine.calendars import parse_shifts
from sim.engine.clock import DAY_MS, Clock, add_months
from sim.engine.distributions import CONSTANT, EXPONENTIAL, LOGNORMAL, lognormal_median
from sim.engine.records import Records
from sim.engine.working_time import Index, Shifts
from sim.exchange import state
from sim.exchange.agencies import found_agency, line_rates, members, ordered, place_districts, staffing_of
from sim.exchange.building import StationList, add_stations, empty_agencies, empty_lines, message_service
from sim.exchange.codes import CAUSES, COMMUNE, LATENESS, OUTSIDE, REFUSALS, TIERS, WAITS
from sim.exchange.dossier_state import CITIZENS, DOSSIER_FLOWS, PROCEDURE, WAIT_MINUTES, empty_dossiers
from sim.exchange.founding_dossiers import (
    Catalogue,
    add_counter,
    catalogue,
    citizens_at_start,
    counter_posts,
    filed_a_year,
    fill_dossier_rules,
    is_simulated,
)
from sim.exchange.office_hours import clerk_posts, office_calendars, span
from sim.exchange.pool import spare_slots
from sim.exchange.state import World
from sim.exchange.volumes import Volumes, balance
from sim.scenario.loading import LoadedScenario
from sim.scenario.schema import Scenario
from sim.scenario.tables import AgencyRow

FIRST_POOL = 4096
RECENT = 50
"""Deliveries by which a head judges whether paper may stop (assumed)."""
DAYS_A_MONTH = 30
"""Length of a month in scenario files."""
HOURS_A_DAY = 24
LEAST_PATIENT = 0.001
"""Of a thousand tasks, the one whose person waits least; shorter responses disturb nobody."""
SHAPES = {"constant": CONSTANT, "exponential": EXPONENTIAL, "lognormal": LOGNORMAL}


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
    catalogue: Catalogue | None
    """Procedures, if dossiers are simulated."""


def first_day(scenario: Scenario) -> date:
    """First simulated day: as many whole months before the horizon as the warm-up lasts."""
    months = round(scenario.horizon.warm_up.value / (DAYS_A_MONTH * DAY_MS))
    return add_months(scenario.horizon.start, -months) if months else scenario.horizon.start


def found(
    loaded: LoadedScenario,
    p: Mapping[str, float],
    luck: int,
    *,
    tracing: bool = False,
    warm_up_only: bool = False,
    volumes: Volumes | None = None,
    audited: int = 0,
    past: int | None = None,
) -> Founded:
    """Build the province for one replication.

    Args:
        loaded: the scenario with its tables.
        p: drawn parameters by dotted key, in base units.
        luck: the replication's luck.
        tracing: keep every visit.
        warm_up_only: end on the first day of the horizon.
        volumes: use these balanced volumes instead of balancing anew.
        audited: keep the facts of so many verified deliveries.
        past: the luck of the starting state, by which agencies and citizens became what they are; `luck` when None.

    Raises:
        VolumesContradictError: if the volumes contradict each other.
    """
    scenario = loaded.scenario
    past = luck if past is None else past
    origin = first_day(scenario)
    clock = Clock(origin)
    months = _months(origin, scenario.horizon.start if warm_up_only else scenario.horizon.end)
    rows = ordered(loaded.agencies)
    tiers = [TIERS.index(row.tier) for row in rows]
    volume_members = members(rows, tiers, p, past)
    posts = [clerk_posts(row, weight, p) for row, weight in zip(rows, volume_members.weights, strict=True)]
    shifts, first_shift, clerk_calendars = office_calendars(loaded, rows, posts, clock)
    agencies = empty_agencies(len(rows))
    documents = _relative_to_tier(volume_members.weights, tiers)
    volumes = volumes or balance(volume_members, p)
    listed = catalogue(loaded, rows, tiers, p) if is_simulated(loaded) else None
    filed = filed_a_year(loaded, rows, tiers, p) if listed else [0.0] * len(rows)
    dossiers = _relative_to_tier(filed, tiers)
    desks = counter_posts(tiers, filed, rows, posts, p) if listed else [0] * len(rows)
    stations = StationList()
    message_service(stations, max(1, round(p["network.message_service_capacity"])))
    for i, row in enumerate(rows):
        found_agency(agencies, i, row, tiers[i], p, past)
        if tiers[i] != OUTSIDE:
            people = (posts[i], clerk_calendars[i], p, desks[i])
            staffing = staffing_of(row, tiers[i], *people, documents=documents[i], dossiers=dossiers[i])
            down, up = line_rates(row.route if row.route != "none" else "adsl", p)
            for name, station in add_stations(stations, i, staffing, down, up).items():
                agencies[i][name] = station
            agencies[i]["clerk_calendar"] = staffing.clerk_calendar
    place_districts(agencies, rows, tiers)
    if listed is not None:
        agencies["dossiers"] = filed
        _open_counters(agencies, stations, tiers, listed, desks)
    agencies["weight"] = volume_members.weights
    agencies["staff_calendar"] = [min(t, COMMUNE) for t in tiers]
    agencies["outgoing"] = volumes.outgoing
    agencies["internal"] = volumes.internal
    agencies["reply_odds"] = volumes.reply_odds[tiers]
    agencies["relay_odds"] = volumes.relay_odds
    places = 1 + max(row.leaders for row in rows)
    world = _world(
        agencies, stations, tiers, volumes, len(months), places, shifts, first_shift, tracing=tracing, audited=audited
    )
    end_ms = clock.at(scenario.horizon.start if warm_up_only else scenario.horizon.end + timedelta(days=1))
    world = world._replace(dossier_dues=np.zeros((end_ms // DAY_MS + 1, 5, 2), np.int64))
    if listed is not None:
        first = scenario.horizon.start
        world = world._replace(procedures=listed.procedures, citizens=citizens_at_start(rows, tiers, p, past, first))
        fill_dossier_rules(world, p)
    runs = np.array([minutes for minutes, _ in _mail_runs(scenario)], np.int64) * 60_000
    _fill_rules(world, scenario, p, luck, end_ms, len(runs), places, tracing=tracing)
    by_calendar = tuple(shifts[span(first_shift, c, len(shifts))] for c in range(len(first_shift)))
    return Founded(
        world=world._replace(mail_runs_ms=runs, rush=_rush(scenario.seasons.hours.weights)),
        clock=clock,
        end_ms=end_ms,
        first_month=months.index(scenario.horizon.start),
        months=tuple(months),
        rows=tuple(rows),
        calendars=by_calendar,
        volumes=volumes,
        catalogue=listed,
    )


def _relative_to_tier(work: Sequence[float], tiers: Sequence[int]) -> list[float]:
    """Each agency's part of its tier's work, as a multiple of the mean of those that have any; 0 of no work."""
    of_tier: dict[int, list[float]] = {}
    for amount, tier in zip(work, tiers, strict=True):
        if amount > 0.0:
            of_tier.setdefault(tier, []).append(amount)
    means = {tier: sum(parts) / len(parts) for tier, parts in of_tier.items()}
    return [amount / means[tier] if amount > 0.0 else 0.0 for amount, tier in zip(work, tiers, strict=True)]


def _open_counters(
    agencies: Records, stations: StationList, tiers: Sequence[int], listed: Catalogue, desks: Sequence[int]
) -> None:
    """Counters come after all other stations, so that a province without dossiers has the same ones.

    At a commune the officials who handle papers take turns at the counter: one person, several queues.
    """
    for i, (first, number) in enumerate(listed.runs):
        agencies[i]["procedures_first"], agencies[i]["procedures_count"] = first, number
        if desks[i]:
            agencies[i]["counter"] = add_counter(stations, i, tiers[i], desks[i])
        elif number:
            agencies[i]["counter"] = agencies[i]["officers"]


def _months(origin: date, end: date) -> list[date]:
    months = [origin]
    while add_months(months[-1], 1) <= end:
        months.append(add_months(months[-1], 1))
    return months


def _mail_runs(scenario: Scenario) -> list[tuple[int, int]]:
    return sorted(parse_shifts(f"{run}-24:00" for run in scenario.post.mail_runs))


def _world(
    agencies: Records,
    stations: StationList,
    tiers: Sequence[int],
    volumes: Volumes,
    months: int,
    places: int,
    shifts: Shifts,
    first_shift: Index,
    *,
    tracing: bool,
    audited: int,
) -> World:
    number = len(agencies)
    station_array = stations.array()
    pool = max(FIRST_POOL, 4 * spare_slots(number))
    head, tail = empty_lines(len(station_array))
    ranges: NDArray[np.int64] = np.zeros((5, 2), np.int64)
    for tier in range(5):
        mine = [i for i, t in enumerate(tiers) if t == tier]
        ranges[tier] = (mine[0] if mine else 0, len(mine))
    tally = np.zeros(1, state.TALLY)
    tally["free_jobs"] = tally["free_documents"] = tally["free_dossiers"] = pool
    free = np.arange(pool - 1, -1, -1, dtype=np.int64)
    return World(
        jobs=state.empty_jobs(pool),
        documents=state.empty_documents(pool),
        agencies=agencies,
        stations=station_array,
        certificates=_no_certificates(number * places),
        rules=np.zeros(1, state.RULES),
        tally=tally,
        shifts=shifts,
        first_shift=first_shift,
        queue_head=head,
        queue_tail=tail,
        free_jobs=free,
        free_documents=free.copy(),
        spawned=np.zeros(spare_slots(number), np.int64),
        choice=np.zeros(number, state.CHOICE),
        tier_odds=np.ascontiguousarray(volumes.tier_odds),
        tier_range=ranges,
        mail_runs_ms=np.zeros(1, np.int64),
        rush=np.ones(HOURS_A_DAY),
        experience=np.zeros((number, number), np.int64),
        flows=np.zeros((months, 5, 5, len(state.FLOWS)), np.int64),
        causes=np.zeros((months, 5, 5, len(CAUSES)), np.int64),
        refusals=np.zeros((months, len(REFUSALS)), np.int64),
        agency_flows=np.zeros((months, number, len(state.AGENCY_FLOWS)), np.int64),
        delays=np.zeros((months, 5, state.DELAYS, state.DELAY_BINS), np.int64),
        pending=np.zeros((months, 5, state.DELAYS, state.DELAY_BINS), np.int64),
        waits_ms=np.zeros((months, len(WAITS)), np.int64),
        worked_ms=np.zeros((months, len(station_array)), np.int64),
        staffed_ms=np.zeros((months, len(station_array)), np.int64),
        visits=np.zeros(FIRST_POOL if tracing else 2, state.VISIT),
        audits=np.zeros(audited, state.AUDITED),
        leaving=np.zeros(2, state.CROSSING),
        coming_in=np.zeros(1, state.CROSSING),
        dossiers=empty_dossiers(pool),
        free_dossiers=free.copy(),
        procedures=np.zeros(1, PROCEDURE),
        citizens=np.zeros(1, CITIZENS),
        dossier_flows=np.zeros((months, 5, len(DOSSIER_FLOWS)), np.int64),
        lateness=np.zeros((months, 5, len(LATENESS)), np.int64),
        counter_waits=np.zeros((months, 5, WAIT_MINUTES), np.int64),
        dossier_dues=np.zeros((1, 5, 2), np.int64),
    )


def _rush(weights: Sequence[float]) -> NDArray[np.float64]:
    """How busy each hour of the day is, as a multiple of the mean of the hours in which there is any work."""
    busy = [weight for weight in weights if weight > 0.0]
    return np.array(weights, np.float64) / (sum(busy) / len(busy))


def _no_certificates(places: int) -> Records:
    certificates = np.zeros(places, state.CERTIFICATE)
    certificates["requested_ms"] = certificates["former_ms"] = certificates["revoked_ms"] = -1
    return certificates


def _fill_rules(
    world: World,
    scenario: Scenario,
    p: Mapping[str, float],
    luck: int,
    end_ms: int,
    runs: int,
    places: int,
    *,
    tracing: bool,
) -> None:
    rules = world.rules[0]
    world.tally["tracing"] = int(tracing)
    for name in state.RULES.names or ():
        for key in (f"people.{name.removesuffix('_ms')}", f"documents.{name}"):
            if key in p:
                rules[name] = p[key]
    rules["luck"] = luck
    rules["traced_share"] = 1.0
    rules["service_shape"] = SHAPES[scenario.people.service_shape]
    rules["annotation_levels"] = scenario.people.annotation_levels
    rules["spread"] = p["people.service_spread"]
    rules["retry_limit"] = max(1, round(p["network.retry_limit"]))
    rules["recent_window"] = RECENT
    rules["end_ms"] = end_ms
    rules["poll_interval_ms"] = max(1, round(p["network.poll_interval"]))
    rules["gateway_ms"] = round(p["network.gateway"])
    rules["message_service_ms"] = round(p["network.message_service"])
    rules["list_interval_ms"] = max(1, round(p["signatures.list_interval"]))
    rules["list_grace_ms"] = round(p["signatures.list_grace"])
    rules["list_octets"] = p["signatures.list_size"]
    rules["list_reachable"] = 1
    rules["verify_ms"] = p["signatures.verify"]
    for name in ("changed", "unsealed", "unstamped"):
        rules[f"{name}_share"] = p[f"signatures.{name}_share"]
    rules["audit_share"] = scenario.run.audited_share
    rules["page_octets"] = p["network.web.page"]
    rules["pages_per_hour"] = p["network.web.pages_per_hour"]
    rules["page_server_ms"] = p["network.web.server"]
    rules["page_server_places"] = max(1.0, p["network.web.server_capacity"])
    rules["patience_ms"] = p["network.web.patience"]
    rules["patience_spread"] = p["network.web.patience_spread"]
    rules["least_patience_ms"] = lognormal_median(LEAST_PATIENT, rules["patience_ms"], rules["patience_spread"])
    rules["give_up_ms"] = p["network.give_up"]
    rules["mail_run_count"] = runs
    rules["places"] = places
    rules["few_share"] = p["volumes.few_share"]
    for name in ("local", "district", "commune", "outside"):
        rules[f"transit_{name}_ms"] = p[f"post.{name}"]
    rules["transit_spread"] = p["post.spread"]
