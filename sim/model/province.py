"""One replication while it runs: what it is made of, what is noted of it, and the record it leaves."""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import simpy
from numpy.typing import NDArray

from agents.certificate_desk import CertificateDesk
from agents.it_department import RepairDesk
from agents.project_team import Means, ProjectTeam
from sim.engine.clock import DAY_MS, HOUR_MS
from sim.engine.records import Records
from sim.exchange.certificates import ends_within, is_active, was_issued
from sim.exchange.codes import COMMUNE, DELIVERY, DEPARTMENT, DISTRICT, OUTSIDE, TIERS
from sim.exchange.counting import BY_CHANNEL, TO_HANDLED, TO_REGISTRATION
from sim.exchange.founding import Founded
from sim.exchange.port import Traffic
from sim.exchange.state import DELAY_BINS, World
from sim.exchange.workload import Workload
from sim.model.changeover import Changeover
from sim.model.dossier_months import by_due_month, citizens_now, overdue_now
from sim.model.money_progress import Progress, amounts, progress
from sim.model.record import STOCK, RunRecord
from sim.model.standing import Standing, standing
from sim.policy.holdings import Holdings
from sim.policy.ledger import Ledger
from sim.policy.purchase_catalogue import purchasable
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import ONE_AGENCY, WHOLE_PROVINCE
from sim.traffic.transitions import account_work

QUARTER_MS = 91 * DAY_MS


@dataclass
class Province:
    """Everything one replication is made of while it runs."""

    loaded: LoadedScenario
    founded: Founded
    p: dict[str, float]
    """Its parameters, one for everybody: what options change on a day, all see changed."""
    env: simpy.Environment
    traffic: Traffic
    desk: CertificateDesk
    holdings: Holdings
    ledger: Ledger
    teams: list[ProjectTeam]
    document_workload: Workload
    dossier_workload: Workload | None
    """Dossiers, if the scenario lists procedures."""
    stocks: list[Records]
    service_levels: list[list[int]]
    """Online level of each procedure, at the times of `stocks`."""
    citizens: list[list[int]]
    """[state] people, and those willing to file online."""
    overdue: list[list[int]]
    """[state, tier of intake] dossiers past their day with no result yet."""
    money: list[Progress]
    """Where every account stood at each of `stocks`."""
    datacentre_down: list[int]
    """Milliseconds so far, at each of `stocks`."""
    report: Callable[[float], None]
    unserved: Unserved = field(default_factory=dict)
    """Who is left without what the plan buys, once the province is closed."""
    accounted_rows: frozenset[int] = frozenset()
    """Which of `stocks` are of a due date, the end of a year, or the last day."""
    standing: dict[int, Standing] = field(default_factory=dict)
    """What teams have in hand on those days."""
    change: Changeover | None = None
    """What it takes over in the middle of the plan."""
    means: Means = field(init=False)
    """What everybody who spends works with, once they are set going."""
    repair_desk: RepairDesk = field(init=False)
    """Who mends lines and machines, once faults are set going."""
    retired: list[ProjectTeam] = field(default_factory=list)
    """Who buys nothing any more since then but what is under way."""

    @property
    def spending(self) -> list[ProjectTeam]:
        """All who hold money."""
        return [*self.teams, *self.retired]


def note(province: Province, now: int) -> None:
    """Keep what stands at the end of a month: agencies, services, money, outages so far."""
    if len(province.stocks) in province.accounted_rows:
        prepared = province.holdings.onestop.prepared
        province.standing[len(province.stocks)] = standing(province.teams, province.traffic.world, prepared)
    province.stocks.append(_stock(province, now))
    province.service_levels.append(list(province.holdings.onestop.levels.values()))
    province.money.append(progress(province.ledger, province.spending, province.traffic.world, province.holdings))
    province.datacentre_down.append(province.holdings.datacentre_down_ms)
    province.citizens.append(citizens_now(province.traffic.world))
    province.overdue.append(overdue_now(province.traffic.world, now))


def _stock(province: Province, now: int) -> Records:
    world, held = province.traffic.world, province.holdings
    stock = np.zeros(len(world.agencies), STOCK)
    for name in STOCK.names or ():
        if name in (world.agencies.dtype.names or ()):
            stock[name] = world.agencies[name]
    stock["computers"], stock["website"] = held.computers, held.websites
    stock["video"], stock["it_person"] = held.video_rooms, held.it_people
    stock["sector_database"], stock["key_databases"] = held.sector_databases, held.key_databases
    stock["private_line"][list(held.private_lines)] = 1
    stock["onestop"][list(held.onestop.software_since_ms)] = 1
    stock["online_services"][list(held.onestop.online_since_ms)] = 1
    places = int(world.rules["places"][0])
    certificates = np.asarray(world.certificates).reshape(-1, places)
    active = is_active(certificates, now)
    stock["expiring"] = (active & ends_within(certificates, now, QUARTER_MS)).sum(axis=1)
    stock["expired"] = (was_issued(certificates) & ends_within(certificates, now, 0)).sum(axis=1)
    stock["organisation"] = active[:, 0]
    stock["personal"] = active[:, 1:].sum(axis=1)
    return stock


def close(province: Province) -> None:
    """The last day: state noted, money returned, and what is still waiting counted as waiting."""
    world, founded = province.traffic.world, province.founded
    account_work(world, founded.end_ms)
    note(province, founded.end_ms)
    ids = [row.agency_id for row in founded.rows]
    province.unserved = unserved(province.spending, world, province.holdings, ids)
    for team in province.spending:
        province.ledger.give_back(team.purse)
        for waiting in team.waiting:
            province.ledger.give_back(waiting)
    jobs = np.asarray(world.jobs)
    waiting = jobs[(jobs["alive"] == 1) & (jobs["kind"] == DELIVERY)]
    months = np.asarray(world.documents)["month"][waiting["document"]]
    tiers = np.asarray(world.agencies)["tier"][waiting["recipient"]]
    hours = np.minimum(DELAY_BINS - 1, (founded.end_ms - waiting["issued_ms"]) // HOUR_MS)
    np.add.at(world.pending, (months, tiers, TO_HANDLED, hours), 1)
    new = waiting["registered_ms"] < 0
    np.add.at(world.pending, (months[new], tiers[new], TO_REGISTRATION, hours[new]), 1)
    np.add.at(world.pending, (months[new], tiers[new], BY_CHANNEL + waiting["channel"][new], hours[new]), 1)


def _service_tiers(province: Province) -> NDArray[np.int64]:
    """Tier of each procedure's intake, a department's for provincial ones."""
    intake = {row.procedure_id: row.intake_tier for row in province.loaded.procedures}
    codes = {"province": DEPARTMENT, "district": DISTRICT, "commune": COMMUNE}
    return np.array([codes[intake[name]] for name in province.holdings.onestop.levels], np.int64)


def _service_procedures(province: Province) -> NDArray[np.int64]:
    """Procedures of the catalogue that each stands for."""
    onestop = province.holdings.onestop
    return np.array([onestop.families.get(name, 1) for name in onestop.levels], np.int64)


def groups_of(province: Province) -> dict[str, tuple[int, ...]]:
    """Agencies of each group that the scenario names, in the order of the world."""
    at = {row.agency_id: agency for agency, row in enumerate(province.founded.rows)}
    named = province.loaded.scenario.groups
    return {group.id: tuple(sorted(at[agency_id] for agency_id in group.agencies)) for group in named}


def _month_of(founded: Founded, when_ms: int) -> int:
    return bisect([founded.clock.at(first) for first in founded.months], when_ms) - 1


def record(province: Province, seed: int, replication: int, redraws: int = 0) -> RunRecord:
    """What the replication leaves behind, once it is closed; its volumes were drawn again so many times."""
    world, founded = province.traffic.world, province.founded
    accounts = tuple(replace(account) for _, account in sorted(province.ledger.accounts.items()))
    return RunRecord(
        seed=seed,
        replication=replication,
        months=founded.months,
        last_day=founded.clock.day(founded.end_ms - 1),
        first_month=founded.first_month,
        agency_ids=tuple(row.agency_id for row in founded.rows),
        tiers=np.array(world.agencies["tier"]),
        station_kinds=np.array(world.stations["kind"]),
        station_agencies=np.array(world.stations["agency"]),
        staffed_ms=world.staffed_ms,
        stocks=np.array(province.stocks),
        service_ids=tuple(province.holdings.onestop.levels),
        service_tiers=_service_tiers(province),
        service_procedures=_service_procedures(province),
        service_levels=np.array(province.service_levels, np.int64),
        flows=world.flows,
        causes=world.causes,
        refusals=world.refusals,
        agency_flows=world.agency_flows,
        delays=world.delays,
        pending=world.pending,
        waits_ms=world.waits_ms,
        dossier_flows=world.dossier_flows,
        lateness=world.lateness,
        counter_waits=world.counter_waits,
        dossiers_due=by_due_month(world, founded),
        overdue=np.array(province.overdue, np.int64),
        citizens=np.array(province.citizens),
        token_waits=tuple((_month_of(founded, when), wait / DAY_MS) for when, wait in province.desk.waits_ms),
        audited=int(world.tally["audited"][0]),
        worked_ms=world.worked_ms,
        accounts=accounts,
        money=amounts(province.money, accounts),
        parameters=dict(province.p),
        parameters_before=None if province.change is None else dict(province.change.stood),
        tally={name: int(world.tally[name][0]) for name in world.tally.dtype.names or ()},
        fanout=tuple(float(f) for f in founded.volumes.fanout_in_reach),
        unmet=founded.volumes.unmet,
        redraws=redraws,
        reactions=province.holdings.reactions,
        datacentre_down_ms=province.holdings.datacentre_down_ms,
        datacentre_down=np.array(province.datacentre_down, np.int64),
        malware_incidents=province.holdings.malware_incidents,
        unserved=province.unserved,
        standing=province.standing,
        visits=np.array(world.visits[: int(world.tally["visits_kept"][0])]),
        groups=groups_of(province),
    )


Unserved = Mapping[str, Sequence[int]]
"""Agencies by kind of thing."""


def unserved(teams: Sequence[ProjectTeam], world: World, holdings: Holdings, ids: Sequence[str]) -> Unserved:
    """Agencies that are left without what the plan buys for others: they still need what a line buys."""
    same_thing: defaultdict[object, list[ProjectTeam]] = defaultdict(list)
    for team in teams:
        thing = purchasable(team.purchase.kind)
        if thing.per_agency:
            same_thing[thing.install].append(team)
    found: defaultdict[str, list[int]] = defaultdict(list)
    for buyers in same_thing.values():
        for agency, tier in enumerate(world.agencies["tier"]):
            if tier == OUTSIDE:
                continue
            named = {TIERS[tier], f"{ONE_AGENCY}{ids[agency]}"}
            serving = [team for team in buyers if named & set(team.purchase.tiers or WHOLE_PROVINCE)]
            if any(purchasable(team.purchase.kind).needs(world, holdings, agency) for team in serving or buyers):
                found[buyers[0].purchase.kind].append(agency)
    return dict(found)
