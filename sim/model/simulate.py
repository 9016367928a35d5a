"""One replication of one province: the single entry to the model."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator
from datetime import date, timedelta

import simpy
from simpy.events import Event

from agents.attendance import attendance
from agents.certificate_authority import certificates_at_start, list_service, verification_habits
from agents.certificate_desk import CertificateDesk
from agents.it_department import House, start_outages
from agents.office_manager import offices
from agents.online_work import count_web_users
from agents.project_team import Means, by_tier, field_teams, project_teams, start_roll_outs
from agents.receipt import count_unresolved
from agents.service_office import raise_services
from agents.steering_committee import budget_years, change_staffing, inspect, mandates
from sim.engine.clock import DAY_MS, add_months
from sim.engine.draws import child, luck_of
from sim.engine.records import Records
from sim.engine.slow import until
from sim.exchange.founding import Founded, found
from sim.exchange.port import Traffic
from sim.exchange.volume_draws import drawn_volumes
from sim.exchange.volumes import Volumes
from sim.exchange.workload import in_order
from sim.model.changeover import Changeover, changed_parameters, lines_of, take_over
from sim.model.conservation import check_conservation, check_people
from sim.model.dossier_months import forget_month, turn_citizens, turn_services
from sim.model.province import Province, close, groups_of, note, record
from sim.model.record import RunRecord
from sim.model.standing import accounted_rows
from sim.model.workloads import document_workload, dossier_workload
from sim.policy.adoption import adopt, learn
from sim.policy.holdings import holdings_at_start
from sim.policy.ledger import Ledger
from sim.policy.onestop import onestop_at_start
from sim.policy.orders import dated, in_force
from sim.policy.plan_lines import draw_purchases, drawn_purchases
from sim.policy.pressures import hazards, pressure
from sim.policy.roll_outs import roll_outs
from sim.policy.turnover import turn_over
from sim.scenario.agreeing_draws import luck_of_unknowns
from sim.scenario.drawn import draw_parameters
from sim.scenario.loading import LoadedScenario
from sim.scenario.start_states import parameters_of, past_luck, state_of
from sim.traffic.transitions import account_work

ENGINES = ("compiled", "simpy")
SECOND_LUCK = 2000


def simulate(
    loaded: LoadedScenario,
    seed: int,
    replication: int,
    *,
    engine: str = "compiled",
    tracing: bool = False,
    certain: bool = False,
    second_luck: bool = False,
    warm_up_only: bool = False,
    volumes: Volumes | None = None,
    audited: int = 0,
    report: Callable[[float], None] = lambda _: None,
    after_a_month: Callable[[Province], None] | None = None,
    watch: Callable[[Province], None] | None = None,
) -> RunRecord:
    """Run one replication.

    Args:
        loaded: a checked scenario.
        seed: the study's seed; with the replication's number it fixes parameters and luck.
        replication: number of the replication, from 0.
        engine: `compiled`, or `simpy` for the slow reference.
        tracing: keep the record of every visit.
        certain: take every uncertain parameter at its stated value.
        second_luck: the same uncertain parameters met by another luck, to tell the two apart.
        warm_up_only: stop on the first day of the horizon, to look at the starting state.
        volumes: use these balanced volumes instead of balancing anew; drawn again are only those that cannot be.
        audited: sign and verify so many of the verified deliveries for real, and compare.
        report: called with the fraction done, from time to time.
        after_a_month: may look at the province after its first month, and raise to end it there.
        watch: may start slow actors of its own that only look on, before anything happens.

    Raises:
        ConservationError: if something was lost; the replication is then no result.
        AuditError: if a real verification says otherwise than was modelled; the replication is then no result.
        VolumesContradictError: if no draw of the volumes holds together.
    """
    own = luck_of(seed, replication)
    luck = child(own, SECOND_LUCK, 0) if second_luck else own
    unknown = own if certain else luck_of_unknowns(loaded.agreeing_draws, seed, replication)
    first = loaded.before or loaded
    drawn, past = unknowns(first, unknown, certain=certain)
    p, redraws = drawn, 0
    if volumes is None:
        lucks = (unknown, luck) if past is None else (past, past)
        p, volumes, redraws = drawn_volumes(first, drawn, *lucks, certain=certain)
    founded = found(
        first, p, luck, tracing=tracing, volumes=volumes, warm_up_only=warm_up_only, audited=audited, past=past
    )
    check_people(founded.world)
    change = None
    if loaded.before is not None and loaded.scenario.changeover.day is not None:
        changed = changed_parameters(drawn, unknowns(loaded, unknown, certain=certain)[0], p)
        change = Changeover(loaded, loaded.scenario.changeover.day, changed, dict(p), luck, past)
    province = begin(first, founded, p, engine, report, change)
    if watch is not None:
        watch(province)
    if after_a_month is not None and len(founded.months) > 1:
        month_end = founded.clock.at(founded.months[1])
        province.traffic.run(month_end)
        account_work(province.traffic.world, month_end)
        after_a_month(province)
    province.traffic.run(founded.end_ms)
    close(province)
    check_conservation(province.traffic.world, province.ledger)
    if audited:
        from sim.model.signature_audit import check_signatures

        check_signatures(province.traffic.world, founded, province.desk.book)
    return record(province, seed, replication, redraws)


def unknowns(loaded: LoadedScenario, luck: int, *, certain: bool = False) -> tuple[dict[str, float], int | None]:
    """All that is unknown of one draw, the past included, before its volumes are balanced; and the luck of its past."""
    state = None if certain else state_of(loaded.start_states, luck)
    past = past_luck(loaded.start_states, luck) if state else None
    p = draw_parameters(loaded.scenario, luck, past=past, certain=certain)
    p |= draw_purchases(loaded, luck, certain=certain)
    if state is not None:
        p |= parameters_of(state, loaded.scenario.start)
    return p, past


def begin(
    loaded: LoadedScenario,
    founded: Founded,
    p: dict[str, float],
    engine: str = "compiled",
    report: Callable[[float], None] = lambda _: None,
    change: Changeover | None = None,
) -> Province:
    """Settle a founded province and start all that acts in it; its traffic can then be run.

    Args:
        loaded: the scenario.
        founded: its world on the first day.
        p: this replication's parameters; changed where options act from a day.
        engine: the scheduler.
        report: called with the fraction done, from time to time.
        change: what options change in the middle of the plan.
    """
    province = _settle(loaded, founded, p, engine, report)
    province.change = change
    _start_actors(province)
    return province


def _scheduler(engine: str, env: simpy.Environment, founded: Founded) -> Traffic:
    if engine == "simpy":
        from sim.traffic.reference import ReferenceTraffic

        return ReferenceTraffic(env, founded.world)
    if engine == "compiled":
        from sim.traffic.compiled import CompiledTraffic

        return CompiledTraffic(env, founded.world)
    raise ValueError(f"unknown engine {engine!r}: one of {', '.join(ENGINES)}")


def _settle(
    loaded: LoadedScenario, founded: Founded, p: dict[str, float], engine: str, report: Callable[[float], None]
) -> Province:
    """The province on its first simulated day, before anybody acts."""
    env = simpy.Environment(initial_time=0)
    certificates_at_start(founded.world, p)
    verification_habits(founded.world, p)
    traffic = _scheduler(engine, env, founded)
    return Province(
        loaded=loaded,
        founded=founded,
        p=p,
        env=env,
        traffic=traffic,
        desk=CertificateDesk(env, traffic, p),
        holdings=holdings_at_start(
            founded.rows,
            founded.world.agencies["tier"].tolist(),
            p,
            onestop_at_start(loaded.scenario.start, loaded.procedures, founded.rows),
            loaded.scenario.start,
            loaded.purchases,
        ),
        ledger=Ledger(),
        teams=project_teams(drawn_purchases(loaded, p)),
        document_workload=document_workload(loaded, founded),
        dossier_workload=dossier_workload(loaded, founded, p) if founded.catalogue else None,
        stocks=[],
        service_levels=[],
        citizens=[],
        overdue=[],
        money=[],
        datacentre_down=[],
        report=report,
        accounted_rows=accounted_rows(loaded.scenario.targets, founded.months[founded.first_month :]),
    )


def _start_actors(province: Province) -> None:
    """Set everybody to work who does not wait for a document: seasons, absences, outages, orders, money."""
    env, traffic, founded, p = province.env, province.traffic, province.founded, province.p
    scenario, clock, change = province.loaded.scenario, province.founded.clock, province.change
    before_ms = math.inf if change is None else clock.at(change.day)
    env.process(_months(province))
    env.process(attendance(env, traffic, p["people.leader_absence_share"], p["people.leader_absence_days"]))
    env.process(offices(env, traffic, clock, province.holdings, p))
    houses = list(_houses(province))
    province.repair_desk = start_outages(env, traffic, province.holdings, p, founded.end_ms, houses)
    decided_ms = clock.at(scenario.plan.decided)
    env.process(change_staffing(env, traffic, decided_ms, p))
    env.process(list_service(env, traffic, p))
    orders = dated(scenario.mandates, p)
    env.process(mandates(env, traffic, clock, orders, p["adoption.paper_rule"], before_ms))
    services, decided = province.loaded.procedures, scenario.plan.decided
    listed_on = decided if decided > scenario.horizon.start else None
    env.process(raise_services(env, clock, province.holdings.onestop, services, listed_on))
    province.means = Means(
        env,
        traffic,
        province.holdings,
        province.ledger,
        province.desk,
        p,
        field_teams(env, p),
        by_tier(traffic.world.agencies["tier"].tolist()),
        [row.population or 0 for row in founded.rows],
        ids=[row.agency_id for row in founded.rows],
        by_calendar=roll_outs(scenario.rollouts, founded.rows, clock, p),
    )
    lines = list(lines_of(province.loaded))
    env.process(budget_years(province.means, clock, lines, province.teams, before_ms))
    start_roll_outs(province.means)


def _houses(province: Province) -> Iterator[House]:
    """The moves of offices, on the day and for the time that this replication has for them."""
    clock, p, groups = province.founded.clock, province.p, groups_of(province)
    for move in province.loaded.scenario.moves:
        late_ms = p.get(f"moves.{move.id}.delay", move.delay.value)
        day = move.start + timedelta(days=int(late_ms // DAY_MS))
        after_the_turn_ms = clock.at(day) + 1  # on the first of a month, once the month before has been noted
        yield House(groups[move.group], after_the_turn_ms, max(1, int(p[f"moves.{move.id}.outage"])), move.route)


def _months(province: Province) -> Generator[Event, None, None]:
    """The turn of each month: state noted, people adopt, and the month's documents are drawn."""
    founded, p, traffic, change = province.founded, province.p, province.traffic, province.change
    row = hazards(p)
    orders = dated(province.loaded.scenario.mandates, p)
    for month, first in enumerate(founded.months):
        now = founded.clock.at(first)
        yield until(province.env, now)
        account_work(traffic.world, now)
        if month > 0:
            count_unresolved(traffic.world, now)
        traffic.world.rules["month"] = month
        turn_services(province.loaded, founded, province.holdings, traffic.world, p, first)
        if month >= founded.first_month:
            inspect(traffic.world, province.holdings, first.year, p["reporting.inspected_share"], now)
            note(province, now)
            if month > 0:
                learn(traffic.world, month - 1, row)
        if change is not None and first == change.day:
            take_over(province, change, now)
            row, orders = hazards(p), dated(province.loaded.scenario.mandates, p)
            turn_services(province.loaded, founded, province.holdings, traffic.world, p, first)
        if month >= founded.first_month:
            ordered, measured = in_force(orders, first)
            adopt(traffic.world, first.year * 12 + first.month, row, pressure(ordered, measured), now)
            turn_over(traffic.world, first.year * 12 + first.month, row)
            province.desk.turn_of_month(first.year * 12 + first.month)
            turn_citizens(province.loaded, founded, province.holdings, traffic.world, p, first, now)
        else:
            forget_month(traffic.world)
        count_web_users(traffic.world)
        end = min(founded.clock.at(add_months(first, 1)), founded.end_ms)
        traffic.expect(_arrivals(province, first, now, end))
        province.report(month / len(founded.months))


def _arrivals(province: Province, first: date, now: int, end: int) -> Records:
    """The month's documents and dossiers; volumes grow by whole years."""
    world, start = province.traffic.world, province.loaded.scenario.horizon.start
    years = max(0, (first.year - start.year) * 12 + first.month - start.month) // 12
    documents = province.document_workload.month(world, first, now, end, (1.0 + province.p["volumes.growth"]) ** years)
    if province.dossier_workload is None:
        return in_order(documents)
    growth = (1.0 + province.p["dossiers.arrivals.growth"]) ** years
    return in_order(documents, province.dossier_workload.month(world, first, now, end, growth))
