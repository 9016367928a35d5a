"""Small provinces for tests, built as a planner would build them: a scenario file, tables, and `--set`.

A degenerate world (one queue, no outage, no luck) is a plain scenario too, so that what is tested is the
product's own path from text to record.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import numpy as np
import simpy
from simpy.events import Event

from sim.engine.draws import luck_of
from sim.engine.records import Records
from sim.engine.slow import until
from sim.exchange import codes
from sim.exchange.founding import Founded, found
from sim.exchange.port import Traffic
from sim.exchange.state import ARRIVAL, World
from sim.model import province as running_now
from sim.model.conservation import check_conservation
from sim.model.province import Province
from sim.model.record import RunRecord
from sim.model.simulate import begin
from sim.scenario.drawn import draw_parameters
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.procedures import Procedure
from sim.scenario.sheet import columns
from sim.scenario.tables import AgencyRow, BudgetLine, BudgetTotal, Purchase

SHIPPED = Path(__file__).resolve().parents[1] / "scenarios"
ORIGIN = 'basis = "assumed", source = "test"'

PROVINCE = """\
schema = 1
name = "{name}"
title = {{ vi = "Tỉnh thử", en = "Test province" }}
agencies = "tables/{name}_agencies.csv"
mandates = []
targets = []

[plan]
decision = "1/QĐ-UBND"
decided = {start}
source = "test"

[horizon]
start = {start}
end = {end}
warm_up = {{ value = "{warm_up}", {origin} }}

[signatures]
personal_at_start = {{ value = {personal}, {origin} }}
organisation_at_start = {{ value = {organisation}, {origin} }}

[adoption]
paper_rule = {{ value = "0 days", kind = "fixed", {origin} }}

{dossiers}
[budget]
lines = "tables/budget.csv"
totals = "tables/totals.csv"
purchases = "tables/purchases.csv"
"""


def fixed(key: str, value: str) -> str:
    """The text that `--set` takes to fix a number, whatever range the defaults give it."""
    return f'{key}={{ value = "{value}", kind = "fixed", {ORIGIN} }}'


STEPS = (
    "DRAFT",
    "REVIEW",
    "SIGN",
    "ISSUE",
    "PRINT",
    "POST",
    "REGISTER_PAPER",
    "PACK",
    "SEND",
    "SERVE",
    "POLL",
    "FETCH",
    "REGISTER_ELECTRONIC",
    "CORRECT",
    "ANNOTATE",
    "HANDLE",
    "DONE",
)

FROZEN = (
    fixed("adoption.base", "0 /year"),
    fixed("adoption.push_training", "0 /year"),
    fixed("adoption.push_leader", "0 /year"),
    fixed("adoption.push_mandate", "0 /year"),
    fixed("adoption.push_measured", "0 /year"),
    fixed("adoption.imitation", "0 /year"),
    fixed("adoption.lapse", "0 /year"),
    fixed("adoption.turnover", "0 /year"),
    fixed("adoption.installed_to_registry", "0 /year"),
    fixed("adoption.regulation", "0 /year"),
    fixed("adoption.fall", "0 /year"),
    fixed("adoption.training_fading", "0 /year"),
    fixed("adoption.rotation", "0 /year"),
    fixed("adoption.address_change", "0 /year"),
)
"""Nobody takes e-office up or gives it up, forgets or leaves."""
CALM = (
    fixed("network.adsl.faults_per_year", "0 /year"),
    fixed("network.ftth.faults_per_year", "0 /year"),
    fixed("network.dedicated.faults_per_year", "0 /year"),
    fixed("network.datacentre_faults_per_year", "0 /year"),
    fixed("network.power_faults_per_year", "0 /year"),
    fixed("people.leader_absence_share", "0 %"),
    fixed("documents.urgent_share", "0 %"),
    fixed("documents.very_urgent_share", "0 %"),
    fixed("documents.flash_share", "0 %"),
    fixed("documents.secret_share", "0 %"),
    fixed("documents.never_electronic_share", "0 %"),
    fixed("documents.wrong_address_share", "0 %"),
    fixed("documents.missing_file_share", "0 %"),
)
"""No outage, no absence, one class of documents, nothing refused."""

NOBODY_REACTS = (
    fixed("people.lent_share", "0 %"),
    fixed("people.overtime_a_year", "0 h"),
    fixed("people.swamped_days", "1000"),
)
"""Heads of office let a backlog be: every station keeps its places, every registry its habits."""
MENDED_AT_ONCE = (
    fixed("network.desk_staff", "100"),
    fixed("network.desk_visit", "1 min"),
    fixed("network.give_up", "1000 h"),
    fixed("documents.urgent_share", "0 %"),
    fixed("documents.very_urgent_share", "0 %"),
    fixed("documents.flash_share", "0 %"),
)
"""However often lines fail, somebody is free to find each fault, and clerks wait rather than send paper."""

CONSTANT = ("people.service_shape=constant",)
EXPONENTIAL = ("people.service_shape=exponential",)
ALWAYS_OPEN = ("calendar.always_open=true",)
LEADERS_ALL_DAY = ('calendar.leader.weekdays=["07:00-11:30", "13:30-17:00"]',)


@dataclass(frozen=True)
class Office:
    """One agency of a test province, alike in all but what a test cares about."""

    agency_id: str
    tier: str
    parent: str = ""
    staff: int = 20
    leaders: int = 2
    clerks: float = 1
    rooms: int = 0
    route: str = "ftth"
    linked: bool = True
    mailboxes: int = 1
    population: int | None = None

    def row(self) -> str:
        """The agency's line of the table; nobody but tests reads its names."""
        outside = self.tier == "outside"
        staff, leaders, clerks = (0, 0, 0) if outside else (self.staff, self.leaders, self.clerks)
        cells = (
            self.agency_id,
            self.tier,
            self.parent,
            f"Cơ quan {self.agency_id}",
            f"Agency {self.agency_id}",
            "" if self.population is None else self.population,
            staff,
            leaders,
            clerks,
            self.rooms,
            0,
            self.route,
            1,
            int(self.linked),
            int(self.linked),
            self.mailboxes,
            "assumed",
            "test",
        )
        return ",".join(str(cell) for cell in cells)


def small_province(departments: int = 2, districts: int = 1, communes: int = 3, **alike: Any) -> tuple[Office, ...]:
    """One provincial office, departments, districts with communes each, and the outside."""
    rows = [Office("office", "office")]
    rows += [Office(f"dept.{i}", "department", "office") for i in range(departments)]
    rows += [Office(f"dist.{i}", "district") for i in range(districts)]
    rows += [Office(f"com.{i}.{k}", "commune", f"dist.{i}") for i in range(districts) for k in range(communes)]
    inside = [replace(row, **alike) for row in rows]
    return (*inside, Office("out.gov", "outside", route="dedicated", linked=False))


@dataclass(frozen=True)
class Kind:
    """One procedure of a test province."""

    procedure_id: str
    intake_tier: str = "commune"
    agency_id: str = ""
    steps: str = "own"
    work: str = "short"
    working_days: int = 3
    service_level: int = 2
    same_day: bool = False
    site_visit: bool = False
    financial_duty: bool = False
    weight: float = 1.0
    portal: str = "province"
    counted_as: str = ""

    def row(self) -> str:
        """The procedure's line of the table."""
        cells: dict[str, object] = dict.fromkeys(columns(Procedure), "")
        cells |= {
            "procedure_id": self.procedure_id,
            "title_vi": "Thủ tục",
            "title_en": "Procedure",
            "intake_tier": self.intake_tier,
            "agency_id": self.agency_id,
            "service_level": self.service_level,
            "steps": self.steps,
            "work": self.work,
            "working_days": self.working_days,
            "same_day": int(self.same_day),
            "site_visit": int(self.site_visit),
            "financial_duty": int(self.financial_duty),
            "documents": 3,
            "pages": 5,
            "fee_vnd": 20_000,
            "volume_weight": self.weight,
            "portal": self.portal,
            "counted_as": self.counted_as,
            "basis": "assumed",
            "source": "test",
            "days_basis": "assumed",
            "days_source": "test",
        }
        return ",".join(str(cell) for cell in cells.values())


SOME_OF_EVERYTHING = (
    Kind("copy", work="copies", working_days=0, same_day=True, weight=5),
    Kind("certificate", working_days=0, same_day=True, weight=3),
    Kind("allowance", steps="own;district;dept.0", work="ordinary", working_days=5, weight=2),
    Kind("deed", "district", steps="own;commune;outside", working_days=10, site_visit=True, financial_duty=True),
    Kind("licence", "district", service_level=4, weight=2),
    Kind("permit", "province", "dept.0", steps="own;office", work="long", working_days=7, service_level=3),
    Kind("firm", "province", "dept.0", service_level=4, portal="national", counted_as="business_registration"),
)
"""Procedures that take every step there is."""


@dataclass
class Provinces:
    """A folder of scenarios with the shipped defaults in it."""

    root: Path
    written: dict[str, str] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """Copy what every scenario rests on, and empty tables of money."""
        for folder in ("provinces", "tables", "calendars"):
            (self.root / folder).mkdir(parents=True)
        shutil.copy(SHIPPED / "defaults.toml", self.root)
        shutil.copy(SHIPPED / "calendars" / "vn.csv", self.root / "calendars")
        for name, kind in (("budget", BudgetLine), ("totals", BudgetTotal), ("purchases", Purchase)):
            (self.root / "tables" / f"{name}.csv").write_text(",".join(columns(kind)) + "\n", encoding="utf-8")

    def load(
        self,
        offices: Sequence[Office] = small_province(),
        *,
        sets: Iterable[str] = (),
        start: date = date(2019, 3, 1),
        end: date = date(2019, 3, 31),
        warm_up: str = "0 days",
        personal: int = 0,
        organisation: int = 0,
        procedures: Sequence[Kind] = (),
        options: Sequence[str] = (),
        adoption: str | None = None,
        future: str | None = None,
        options_from: date | None = None,
    ) -> LoadedScenario:
        """A checked scenario of these agencies over these days."""
        table = ",".join(columns(AgencyRow)) + "\n" + "\n".join(office.row() for office in offices) + "\n"
        numbers = {"start": start, "end": end, "warm_up": warm_up, "personal": personal, "organisation": organisation}
        listed = ",".join(columns(Procedure)) + "\n" + "\n".join(kind.row() for kind in procedures) + "\n"
        key = f"{table}{numbers}{listed}"
        name = self.written.setdefault(key, f"small{len(self.written)}")
        dossiers = f'[dossiers]\nprocedures = "tables/{name}_procedures.csv"\n' if procedures else ""
        if procedures:
            (self.root / "tables" / f"{name}_procedures.csv").write_text(listed, encoding="utf-8")
        text = PROVINCE.format(name=name, origin=ORIGIN, dossiers=dossiers, **numbers)
        (self.root / "tables" / f"{name}_agencies.csv").write_text(table, encoding="utf-8")
        (self.root / "provinces" / f"{name}.toml").write_text(text, encoding="utf-8")
        laid = {"options": tuple(options), "adoption": adoption, "future": future, "options_from": options_from}
        return load(name, root=self.root, sets=tuple(sets), **laid)


class Bench:
    """A founded world under one scheduler, with nothing going on but what the test sets going."""

    def __init__(self, loaded: LoadedScenario, *, engine: str = "compiled", seed: int = 1) -> None:
        """Found the province at its stated values, tracing every visit."""
        luck = luck_of(seed, 0)
        self.p = draw_parameters(loaded.scenario, luck, certain=True)
        self.founded: Founded = found(loaded, self.p, luck, tracing=True)
        self.env = simpy.Environment(initial_time=0)
        self.traffic = scheduler(engine, self.env, self.founded.world)
        self.ids = {row.agency_id: i for i, row in enumerate(self.founded.rows)}

    @property
    def world(self) -> World:
        """The world as it is now; a backlog may have moved it to more room."""
        return self.traffic.world

    def at(self, day: date, hour: int = 0, minute: int = 0, second: int = 0) -> int:
        """Milliseconds of an hour of a day."""
        return int(self.founded.clock.at(day, time(hour, minute, second)))

    def agency(self, agency_id: str) -> Any:
        """One agency's record."""
        return self.world.agencies[self.ids[agency_id]]

    def begin(self, *documents: tuple[int, int, str, int]) -> None:
        """Documents (time, key, sender, kind) that are about to be written."""
        rows = sorted((time_ms, key, self.ids[sender], kind) for time_ms, key, sender, kind in documents)
        self.traffic.expect(np.array(rows, ARRIVAL).view(np.recarray))

    def when(self, time_ms: int, action: Callable[[], None]) -> None:
        """Let a slow actor act at this time."""
        self.env.process(_once(self.env, time_ms, action))

    def run(self, until_ms: int | None = None) -> Records:
        """Run to the end (or until then); the visits so far."""
        self.traffic.run(self.founded.end_ms if until_ms is None else until_ms)
        return visits_of(self.world)

    def moment(self, time_ms: int) -> datetime:
        """Date and hour of a millisecond."""
        return self.founded.clock.moment(time_ms)

    def works(self, **means_ms: float) -> None:
        """Set the province's working times directly, in milliseconds."""
        for name, value in means_ms.items():
            self.world.rules[f"{name}_ms"] = value


def play(
    loaded: LoadedScenario,
    *,
    engine: str = "compiled",
    seed: int = 1,
    certain: bool = False,
    audited: int = 0,
    prepare: Callable[[World], None] = lambda _: None,
    meddle: Callable[[Province], None] = lambda _: None,
) -> Province:
    """Run as `simulate` does, tracing; the province as it stands at the end, with all that is still open.

    Args:
        loaded: the scenario.
        engine: the scheduler.
        seed: the study's seed.
        certain: take every parameter at its stated value.
        audited: keep the facts of so many verified deliveries.
        prepare: may change the world on its first day.
        meddle: may start slow actors of its own, or replace the workload.
    """
    luck = luck_of(seed, 0)
    p = draw_parameters(loaded.scenario, luck, certain=certain)
    founded = found(loaded, p, luck, tracing=True, audited=audited)
    prepare(founded.world)
    running = begin(loaded, founded, p, engine)
    meddle(running)
    running.traffic.run(founded.end_ms)
    return running


def record_of(running: Province, seed: int = 1) -> RunRecord:
    """The record that a run leaves, its books checked."""
    running_now.close(running)
    check_conservation(running.traffic.world, running.ledger)
    return running_now.record(running, seed, 0)


def scheduler(engine: str, env: simpy.Environment, world: World) -> Traffic:
    """One of the two schedulers."""
    from sim.traffic.compiled import CompiledTraffic
    from sim.traffic.reference import ReferenceTraffic

    return ReferenceTraffic(env, world) if engine == "simpy" else CompiledTraffic(env, world)


def _once(env: simpy.Environment, time_ms: int, action: Callable[[], None]) -> Generator[Event, None, None]:
    yield until(env, time_ms)
    action()


def visits_of(world: World) -> Records:
    """The visits traced so far."""
    return world.visits[: int(world.tally["visits_kept"][0])]


def steps(visits: Records) -> list[str]:
    """Names of the steps of visits."""
    names = {getattr(codes, name): name for name in STEPS}
    return [names[int(step)] for step in visits["step"]]
