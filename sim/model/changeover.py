"""The day on which options take effect in a running province: all that they change is taken over at a month's turn.

Until then the replication is the one without options, draw by draw: unknowns are drawn by their names, so that an
option changes no draw but its own. What an option changes of agencies, their people and their rules is read off two
foundings of the same province from the same luck, without the options and with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from agents.certificate_authority import verification_habits
from agents.project_team import Means, ProjectTeam, project_teams
from agents.steering_committee import budget_years, change_posts, inspect, mandates
from sim.engine.clock import Clock
from sim.exchange.agencies import line_rates
from sim.exchange.codes import OUTSIDE, ROUTE_NONE, ROUTES
from sim.exchange.founding import Founded, found
from sim.exchange.state import World
from sim.policy.orders import dated
from sim.policy.plan_lines import DrawnPurchase, budget_of, drawn_purchases, settled_on
from sim.scenario.arrivals import arrival_key
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import SOURCES, BudgetLine

if TYPE_CHECKING:
    from sim.model.province import Province

_POSTS = ("people.clerks_added", "people.staff_cut_share")


@dataclass(frozen=True)
class Changeover:
    """What one replication takes over on the day on which options act.

    Attributes:
        loaded: the scenario with the options.
        day: the month's first day.
        p: the parameters from then on.
        stood: the parameters until then.
        luck: the replication's luck.
        past: the luck of its starting state.
    """

    loaded: LoadedScenario
    day: date
    p: Mapping[str, float]
    stood: Mapping[str, float]
    luck: int
    past: int | None


def changed_parameters(
    before: Mapping[str, float], after: Mapping[str, float], stood: Mapping[str, float]
) -> dict[str, float]:
    """The parameters with the options: those that stand, but for the keys of which the options change the draw.

    Args:
        before: the draw without the options, before volumes are balanced.
        after: the draw with them.
        stood: the parameters that the replication runs with.
    """
    return {**stood, **{key: value for key, value in after.items() if before.get(key) != value}}


def take_over(province: Province, change: Changeover, now: int) -> None:
    """All that the options change, at the turn of a month, once the month before has been noted and learnt from."""
    founded = province.founded
    before, after = (
        _founded(founded, change, loaded, p)
        for loaded, p in ((province.loaded, change.stood), (change.loaded, change.p))
    )
    lines = list(lines_of(province.loaded)), list(lines_of(change.loaded))
    settled = settled_years(lines[0], province.p, change.day)
    stood = dict(province.p)
    province.p.update(still_to_come(change.p, settled))
    province.loaded = change.loaded
    _take_fields(province, before, after)
    _take_posts(province, before, after, stood, now)
    _take_lines(province, stood)
    inspect(province.traffic.world, province.holdings, change.day.year, province.p["reporting.inspected_share"], now)
    province.desk.meet_changed_terms()
    province.repair_desk.meet_changed_terms()
    orders = dated(change.loaded.scenario.mandates, province.p)
    province.env.process(
        mandates(province.env, province.traffic, founded.clock, orders, province.p["adoption.paper_rule"])
    )
    drawn = drawn_purchases(province.loaded, province.p)
    province.retired += take_money(province.means, founded.clock, province.teams, drawn, lines, settled)


def lines_of(loaded: LoadedScenario) -> Iterator[BudgetLine]:
    """Money of the years simulated, the plan's and the options'."""
    return (line for line in budget_of(loaded) if line.year >= loaded.scenario.horizon.start.year)


def _founded(founded: Founded, change: Changeover, loaded: LoadedScenario, p: Mapping[str, float]) -> World:
    world = found(loaded, p, change.luck, volumes=founded.volumes, past=change.past).world
    verification_habits(world, p)
    return world


def settled_years(lines: Iterable[BudgetLine], p: Mapping[str, float], day: date) -> set[int]:
    """Years of these lines whose money is settled before the day."""
    return {year for year in {line.year for line in lines} if settled_on(year, p) < day}


def still_to_come(p: Mapping[str, float], settled: Collection[int]) -> dict[str, float]:
    """The parameters without the money of years that are settled: what came has come."""
    gone = {arrival_key(source, year) for source in SOURCES for year in settled}
    return {key: value for key, value in p.items() if key not in gone}


def _take_fields(province: Province, before: World, after: World) -> None:
    """Fields of agencies, procedures and rules in which the two foundings differ."""
    world = province.traffic.world
    for name in ("agencies", "procedures", "rules"):
        running, stood, now = (getattr(one, name) for one in (world, before, after))
        for field in running.dtype.names:
            differ = np.flatnonzero(stood[field] != now[field])
            running[field][differ] = now[field][differ]


def _take_posts(province: Province, before: World, after: World, stood: Mapping[str, float], now: int) -> None:
    """People and places at stations: as many more or fewer as the foundings differ by, and posts granted or cut."""
    traffic = province.traffic
    more = after.stations["capacity"] - before.stations["capacity"]
    for station in np.flatnonzero(more).tolist():
        traffic.change_capacity(station, max(0, int(traffic.world.stations["capacity"][station]) + int(more[station])))
    decided_ms = province.founded.clock.at(province.loaded.scenario.plan.decided)
    if 0 <= decided_ms < now:
        clerks, cut = ((stood[key], province.p[key]) for key in _POSTS)
        left = [1.0 - share for share in cut]
        change_posts(traffic, round(clerks[1]) - round(clerks[0]), 1.0 - left[1] / left[0] if left[0] > 0.0 else 0.0)


def _take_lines(province: Province, stood: Mapping[str, float]) -> None:
    """Lines run at the rates that their class has now."""
    traffic = province.traffic
    for a in traffic.world.agencies:
        route = ROUTES[int(a["route"])]
        if a["tier"] == OUTSIDE or route == ROUTES[ROUTE_NONE]:
            continue
        then, now = line_rates(route, stood), line_rates(route, province.p)
        if then != now:
            traffic.change_rate(int(a["downlink"]), now[0])
            traffic.change_rate(int(a["uplink"]), now[1])


def take_money(
    means: Means,
    clock: Clock,
    teams: list[ProjectTeam],
    drawn: Iterable[DrawnPurchase],
    lines: tuple[Sequence[BudgetLine], Sequence[BudgetLine]],
    settled: Collection[int],
) -> list[ProjectTeam]:
    """Years still to be settled are settled by the lines that hold now; what is in hand is bought to the end.

    Args:
        means: what everybody who spends works with; its parameters hold already.
        clock: days to milliseconds.
        teams: who spends, changed to who does from now on.
        drawn: what is bought from now on.
        lines: those that held until now, and those that hold now.
        settled: years whose money was settled by the former.

    Returns:
        Who buys nothing any more but what is under way.
    """
    former, new = lines
    for line in former:
        means.ledger.plan(line.line_id, line.source, line.year, -line.amount_million_vnd)
    retired = _take_teams(teams, drawn)
    means.meet_changed_terms(teams)
    added = {line.year for line in new if line not in former}
    means.env.process(budget_years(means, clock, new, teams, settled=set(settled) - added))
    return retired


def _take_teams(teams: list[ProjectTeam], drawn: Iterable[DrawnPurchase]) -> list[ProjectTeam]:
    """Who buys by the terms that hold now: who did so goes on, and who buys nothing any more spends what it holds."""
    known = {(team.purchase.line_id, team.purchase.kind): team for team in teams}
    found: list[ProjectTeam] = []
    for team in project_teams(drawn):
        same = known.pop((team.purchase.line_id, team.purchase.kind), None)
        if same is not None:
            same.drawn = team.drawn
        found.append(same or team)
    teams[:] = found
    return list(known.values())
