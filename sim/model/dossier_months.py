"""What the turn of a month changes for those who file dossiers; nothing where none are simulated."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
from numpy.typing import NDArray

from agents.citizen import LEVEL_OF_ONLINE_FILING, adopt_citizens
from agents.dossier_waits import clock_stops
from sim.engine.clock import DAY_MS
from sim.exchange.codes import BEFORE_RESULT, DOSSIER, PAUSE, TIERS
from sim.exchange.founding import Founded
from sim.exchange.internet import home_internet
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.policy.online_filing import push, share_with_fee, turn_of_month
from sim.scenario.loading import LoadedScenario


def turn_services(
    loaded: LoadedScenario, founded: Founded, holdings: Holdings, world: World, p: Mapping[str, float], first: date
) -> None:
    """What is offered online, and how what is filed is recorded, from this month on."""
    if founded.catalogue is None:
        return
    settings = loaded.scenario.dossiers
    turn_of_month(world, founded.catalogue.sources, holdings.onestop, settings, p, first)


def turn_citizens(
    loaded: LoadedScenario,
    founded: Founded,
    holdings: Holdings,
    world: World,
    p: Mapping[str, float],
    first: date,
    now: int,
) -> None:
    """A month of people becoming willing to file online."""
    if founded.catalogue is None:
        return
    since_ms = now - p["dossiers.citizens.publicity_memory"]
    cut_from = loaded.scenario.dossiers.citizens.fee_cut_from or loaded.scenario.plan.decided
    online = (world.procedures["level"] >= LEVEL_OF_ONLINE_FILING).tolist()
    cheaper = share_with_fee(founded.catalogue.sources, online) if first >= cut_from else 0.0
    remembered = any(held_ms > since_ms for held_ms in holdings.onestop.publicity_ms)
    adopt_citizens(
        world,
        first.year * 12 + first.month,
        home_internet(p, first),
        push(p, publicity=remembered, fee_cut=cheaper),
        p["dossiers.citizens.imitation"],
        p["dossiers.citizens.late_return_share"],
    )


def forget_month(world: World) -> None:
    """A month of the warm-up is over, and nobody has been told of it: only the last one is learnt from."""
    for name in ("filed", "online", "online_done", "online_bad"):
        world.citizens[name] = 0


def citizens_now(world: World) -> list[int]:
    """People of the province, and those willing to file online."""
    return [int(world.citizens["population"].sum()), int(world.citizens["users"].sum())]


def overdue_now(world: World, now: int) -> list[int]:
    """Dossiers whose day is past and whose result is not there, by tier of intake."""
    tiers = world.agencies["tier"][world.dossiers["intake"][_overdue(world, now)]]
    return [int(n) for n in np.bincount(tiers, minlength=len(TIERS))]


def by_due_month(world: World, founded: Founded) -> NDArray[np.int64]:
    """[month in which they were due, tier of intake, (in time, late, overdue at the end)] dossiers."""
    edges = np.array([founded.clock.at(first) for first in founded.months] + [founded.end_ms]) // DAY_MS
    found = np.zeros((len(founded.months), len(TIERS), 3), np.int64)
    for month in range(len(founded.months)):
        found[month, :, :2] = world.dossier_dues[edges[month] : edges[month + 1]].sum(axis=0)
    late = _overdue(world, founded.end_ms)
    months = np.searchsorted(edges, world.dossiers["due_ms"][late] // DAY_MS, side="right") - 1
    tiers = world.agencies["tier"][world.dossiers["intake"][late]]
    np.add.at(found[..., 2], (np.clip(months, 0, len(found) - 1), tiers), 1)
    return found


def _overdue(world: World, now: int) -> NDArray[np.int64]:
    """Slots of dossiers whose day is past and whose result is not there.

    One that lawfully waits for its applicant is as late as it was when the clock stopped.
    """
    jobs, dossiers = np.asarray(world.jobs), np.asarray(world.dossiers)
    alive = np.flatnonzero((jobs["alive"] == 1) & (jobs["kind"] == DOSSIER))
    alive = alive[np.isin(jobs["step"][alive], BEFORE_RESULT)]
    under_way = jobs["dossier"][alive]
    past = (dossiers["received_ms"][under_way] >= 0) & (dossiers["due_ms"][under_way] < now)
    alive, under_way = alive[past], under_way[past]
    paused = np.flatnonzero(jobs["step"][alive] == PAUSE)
    in_time = dossiers["due_ms"][under_way[paused]] >= jobs["entered_ms"][alive[paused]]
    spared = [i for i in paused[in_time].tolist() if _clock_stands(world, dossiers[under_way[i]])]
    return np.asarray(np.delete(under_way, spared), np.int64)


def _clock_stands(world: World, d: np.void) -> bool:
    luck, noted_share = int(world.rules["luck"][0]), float(world.rules["pause_noted_share"][0])
    onestop = int(world.agencies["onestop"][int(d["intake"])])
    return clock_stops(luck, int(d["key"]), int(d["asked"]), onestop, noted_share)
