"""The provincial steering committee: settles each year's money and lets orders take effect."""

import math
from collections.abc import Collection, Generator, Iterable, Mapping, Sequence
from math import fsum

import numpy as np
from simpy import Environment
from simpy.events import Event

from agents.project_team import YEAR_MS, Means, ProjectTeam
from sim.engine.clock import Clock
from sim.engine.distributions import exponential
from sim.engine.draws import uniform
from sim.engine.slow import until
from sim.exchange.codes import DRAFTS_AND_SIGNS, DRAW_HEAD, DRAW_MONEY, OFFICERS, OUTSIDE, REGISTRY, TIERS
from sim.exchange.port import Traffic
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.policy.ledger import Parcel, Purse
from sim.policy.plan_lines import parts_of, settled_on
from sim.policy.province_systems import RANKED_TIERS
from sim.scenario.arrivals import arrival_key
from sim.scenario.plan_schema import Mandate
from sim.scenario.tables import BudgetLine

OWN_RULE = 0
"""Occasion of the draw of an agency's own time; those of its later heads have other numbers."""


def budget_years(
    means: Means,
    clock: Clock,
    lines: Sequence[BudgetLine],
    teams: Sequence[ProjectTeam],
    before_ms: float = math.inf,
    settled: Collection[int] = (),
) -> Generator[Event, None, None]:
    """Each year, once the money is settled: what arrives is divided over the line's purchases.

    The year's programme (Decision 900/QĐ-UBND B.X.2: drawn up yearly with the agencies) gives no money to a purchase
    that has done its work; what it would have got, and what it has left, goes to the others of its line.

    Args:
        means: what everybody who spends works with.
        clock: days to milliseconds.
        lines: the plan's and the options', all years that are looked ahead to.
        teams: who spends.
        before_ms: years settled from then on are left to whoever settles them by other lines.
        settled: years that somebody has settled already.
    """
    env, ledger, p = means.env, means.ledger, means.p
    for line in lines:
        ledger.plan(line.line_id, line.source, line.year, line.amount_million_vnd)
    for year in sorted({line.year for line in lines}.difference(settled)):
        settled_ms = clock.at(settled_on(year, p))
        if settled_ms < env.now:
            settled_ms = int(env.now)
        if settled_ms >= before_ms:
            return
        yield until(env, settled_ms)
        orders: list[list[Parcel]] = [[] for _ in teams]
        done = _have_done(means, lines, teams, year)
        for line in (line for line in lines if line.year == year):
            came = line.amount_million_vnd * p[arrival_key(line.source, line.year)]
            if came <= 0.0:
                continue
            parcel = ledger.arrive(line.line_id, line.source, line.year, came)
            left = came
            for i, part in _programme(teams, done, line.line_id, line.source):
                orders[i].append(Parcel(parcel.account, came * part))
                left -= came * part
            parcel.amount_million_vnd = max(0.0, left)
            ledger.give_back(Purse([parcel]))
        needed = [team.is_needed_by_agencies(means) and not over for team, over in zip(teams, done, strict=True)]
        _pass_on(teams, done, needed, orders)
        for team, parcels in zip(teams, orders, strict=True):
            if parcels:
                env.process(team.order(means, parcels, year))


def _have_done(means: Means, lines: Sequence[BudgetLine], teams: Sequence[ProjectTeam], year: int) -> list[bool]:
    """Which purchases have done their work by the year's programme."""
    to_come = {(line.line_id, line.source) for line in lines if line.year >= year and line.amount_million_vnd > 0.0}
    buying = [team for team in teams if team.is_at_work() or any(team.takes(*money) for money in to_come)]
    return [team.has_done(means, buying) for team in teams]


def _programme(
    teams: Sequence[ProjectTeam], done: Sequence[bool], line_id: str, source: str
) -> list[tuple[int, float]]:
    """Whom a line's money of a source goes to this year, with their parts; if all have done, to all as stated."""
    takers = [i for i, team in enumerate(teams) if team.takes(line_id, source)]
    parts = parts_of([teams[i].drawn for i in takers])
    left = fsum(part for i, part in zip(takers, parts, strict=True) if not done[i])
    if left <= 0.0:
        return list(zip(takers, parts, strict=True))
    scale = fsum(parts) / left
    return [(i, part * scale) for i, part in zip(takers, parts, strict=True) if not done[i]]


def _pass_on(
    teams: Sequence[ProjectTeam], done: Sequence[bool], needed: Sequence[bool], orders: Sequence[list[Parcel]]
) -> None:
    """What a purchase that has done its work has left goes to others of its line that can use it.

    Those are purchases that some agency still needs, and those that get money of this year anyway; where there are none
    the money stays, for to order a thing anew for what is left over of another would undo a line that is finished.
    """
    begun = [bool(parcels) for parcels in orders]
    for team in (team for team, finished in zip(teams, done, strict=True) if finished):
        for parcel in team.take_back():
            account = parcel.account
            open_to = _programme(teams, done, account.line_id, account.source)
            heirs = [(i, part) for i, part in open_to if needed[i] or (begun[i] and not done[i])]
            if not heirs:
                team.purse.parcels.append(parcel)
                continue
            whole = fsum(part for _, part in heirs)
            for i, part in heirs:
                orders[i].append(Parcel(account, parcel.amount_million_vnd * part / whole))


def mandates(
    env: Environment,
    traffic: Traffic,
    clock: Clock,
    orders: Iterable[Mandate],
    own_rule_ms: float,
    before_ms: float = math.inf,
) -> Generator[Event, None, None]:
    """The days on which paper may stop, agency by agency, and on which the outside joins the exchange.

    Args:
        env: what tells the time.
        traffic: the world.
        clock: days to milliseconds.
        orders: with the days on which they take effect.
        own_rule_ms: how long after an order an agency has its own rule on paper, on average.
        before_ms: days from then on are left to whoever knows the orders that hold then.
    """
    for when_ms, agency in _paper_days(traffic.world, clock, orders, own_rule_ms):
        if when_ms >= before_ms:
            return
        if when_ms > env.now:
            yield until(env, when_ms)
        _allow(traffic.world, agency)


def _paper_days(world: World, clock: Clock, orders: Iterable[Mandate], own_rule_ms: float) -> list[tuple[int, int]]:
    """When each agency that an order allows to stop paper may do so, soonest first.

    An order takes effect inside an agency once its own rules on documents have been rewritten. That takes each of
    them its own time after whichever order: one that is slow is slow with all. The outside waits for nobody here.
    """
    luck = int(world.rules["luck"][0])
    found = []
    allowing = [order for order in orders if order.allows_paperless]
    for agency, a in enumerate(world.agencies):
        days = [clock.at(order.start) for order in allowing if TIERS[int(a["tier"])] in order.tiers]
        if days:
            u = float(uniform(luck, int(a["key"]), DRAW_HEAD, OWN_RULE))
            late_ms = 0 if a["tier"] == OUTSIDE else int(exponential(u, own_rule_ms))
            found.append((min(days) + late_ms, agency))
    return sorted(found)


def _allow(world: World, agency: int) -> None:
    a = world.agencies[agency]
    if a["paperless_allowed"]:
        return
    a["paperless_allowed"] = 1
    if a["tier"] == OUTSIDE:
        a["linked"] = 1
        a["level"] = DRAFTS_AND_SIGNS
        a["paperless"] = 1
        certificate = world.certificates[agency * int(world.rules["places"][0])]
        certificate["valid_until_ms"] = 1 << 60


def inspect(world: World, holdings: Holdings, year: int, inspected_share: float, now_ms: int) -> None:
    """As a month begins: agencies that the year's inspection visits tell the truth all year and feel watched.

    So do those that a ranking of readiness has assessed within a year, whatever the inspection does.
    """
    luck = int(world.rules["luck"][0])
    ranked = any(now_ms < ranked_ms + YEAR_MS for ranked_ms in holdings.rankings_ms)
    for a in world.agencies:
        u = float(uniform(luck, int(a["key"]), DRAW_MONEY, year))
        visited = a["tier"] != OUTSIDE and u < inspected_share
        a["inspected"] = visited or (ranked and a["tier"] in RANKED_TIERS)


def change_staffing(
    env: Environment, traffic: Traffic, at_ms: int, p: Mapping[str, float]
) -> Generator[Event, None, None]:
    """On the day of the plan's decision: clerks to the registries busiest so far, and posts of officers cut."""
    if at_ms < env.now:
        return
    yield until(env, at_ms)
    change_posts(traffic, round(p["people.clerks_added"]), p["people.staff_cut_share"])


def change_posts(traffic: Traffic, added: int, cut: float) -> None:
    """So many clerks more to the registries busiest so far, and a share of the officers' posts cut."""
    stations = traffic.world.stations
    load = traffic.world.worked_ms.sum(axis=0) / np.maximum(stations["capacity"] - stations["extra"], 1)
    registries = [int(s) for s in np.argsort(-load, kind="stable") if stations["kind"][s] == REGISTRY]
    for station in registries[: max(0, added)]:
        traffic.change_capacity(station, int(stations["capacity"][station]) + 1)
        traffic.world.agencies["staff"][int(stations["agency"][station])] += 1
    for pool in np.flatnonzero(stations["kind"] == OFFICERS) if cut > 0.0 else ():
        extra = int(stations["extra"][pool])
        posts = max(1, round((int(stations["capacity"][pool]) - extra) * (1.0 - cut)))
        stations["extra"][pool] = max(extra, -posts)
        traffic.change_capacity(int(pool), posts + int(stations["extra"][pool]))
