"""Little provinces of a few offices, disturbed on the way, that each scheduler runs."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from hypothesis import strategies as st
from simpy.events import Event
from worlds import CONSTANT, SOME_OF_EVERYTHING, Provinces, fixed, play, record_of, small_province

from sim.engine.clock import DAY_MS, MINUTE_MS
from sim.engine.records import Records
from sim.engine.slow import until
from sim.exchange.codes import COMMUNE, REGISTRY_SWAMPED
from sim.exchange.state import World
from sim.model.province import Province
from sim.model.record import RunRecord
from sim.scenario.kinds import PAID_WHOLE
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import UNIT_KINDS, BudgetLine, Purchase


@dataclass(frozen=True)
class Disturbance:
    """Something that a slow actor does to some station at some minute."""

    minute: int
    kind: str
    station: int
    number: int


class WholeMinutes:
    """Documents are written at whole minutes, so that much happens in one millisecond."""

    def __init__(self, workload: Any) -> None:
        self._workload = workload

    def month(self, *arguments: Any) -> Records:
        drawn = self._workload.month(*arguments)
        drawn["time_ms"] -= drawn["time_ms"] % (5 * MINUTE_MS)
        return np.asarray(drawn[np.lexsort((drawn["key"], drawn["time_ms"]))]).view(np.recarray)


def disturbed(
    loaded: LoadedScenario,
    engine: str,
    seed: int,
    disturbances: list[Disturbance],
    *,
    whole_minutes: bool = False,
    prepare: Callable[[World], None] = lambda _: None,
    audited: int = 0,
) -> Province:
    """As `simulate`, with more that happens to stations; the province at the end, before its books are closed."""

    def meddle(running: Province) -> None:
        if whole_minutes:
            running.document_workload = WholeMinutes(running.document_workload)  # type: ignore[assignment]
            running.dossier_workload = WholeMinutes(running.dossier_workload)  # type: ignore[assignment]
        running.env.process(trouble(running, disturbances))

    return play(loaded, engine=engine, seed=seed, audited=audited, prepare=prepare, meddle=meddle)


def trouble(running: Province, disturbances: list[Disturbance]) -> Generator[Event, None, None]:
    """Pauses, resumptions, other speeds and other staff, in order of time."""
    traffic = running.traffic
    for d in sorted(disturbances, key=lambda d: d.minute):
        yield until(running.env, d.minute * MINUTE_MS)
        stations = traffic.world.stations
        station = d.station % len(stations)
        if d.kind == "pause":
            traffic.pause(np.array([station], np.int64))
        elif d.kind == "resume":
            traffic.resume(np.array([station], np.int64))
        elif d.kind == "cut":
            lines = np.flatnonzero(stations["rate_bps"] > 0)
            traffic.pause(lines)
            running.env.process(restored(running, lines, d.minute + 1 + d.number))
        elif d.kind == "staff":
            traffic.change_capacity(station, d.number % 4)
        else:
            lines = np.flatnonzero(stations["rate_bps"] > 0)
            traffic.change_rate(int(lines[d.station % len(lines)]), 20_000 * (1 + d.number % 7))


def restored(running: Province, lines: Any, minute: int) -> Generator[Event, None, None]:
    yield until(running.env, minute * MINUTE_MS)
    running.traffic.resume(lines)


START = date(2019, 5, 1)
DAYS = 16
LINES = (
    BudgetLine("I.1", "I", "Mạng", "Network", "DT", 2019, 900.0),
    BudgetLine("I.2", "I", "Phần mềm", "Software", "TW", 2019, 500.0),
)


def purchase(line: str, kind: str, unit_cost: float | None, tiers: tuple[str, ...] = ()) -> Purchase:
    return Purchase(
        line_id=line,
        kind=kind,
        share=0.3,
        share_low=0.1,
        share_high=0.5,
        unit_cost_million_vnd=unit_cost,
        unit_cost_low=unit_cost,
        unit_cost_high=unit_cost,
        tiers=tiers,
        funded_by=(),
        title_vi="",
        title_en="",
        basis="assumed",
        source="test",
    )


PURCHASES = tuple(
    purchase(line.line_id, kind, None if kind in PAID_WHOLE else 5.0) for line in LINES for kind in UNIT_KINDS
)
SWIFT_MONEY = (
    fixed("budget.approval_month", "5"),
    fixed("budget.procurement", "2 hours"),
    fixed("budget.sites_per_month", "60"),
    fixed("budget.accounts_per_month", "60"),
    *(fixed(f"budget.{work}", "2 hours") for work in ("building", "platform", "equipment", "course")),
    fixed("budget.central_reliability", "50 %"),
    fixed("signatures.lead_time", "1 day"),
)
HALF = (
    fixed("volumes.office_outgoing", "4500 /year"),
    fixed("volumes.office_incoming", "10000 /year"),
    fixed("volumes.department_outgoing", "1500 /year"),
    fixed("volumes.department_incoming", "3000 /year"),
    fixed("volumes.district_outgoing", "1400 /year"),
    fixed("volumes.district_incoming", "4000 /year"),
    fixed("volumes.commune_incoming", "1000 /year"),
)
"""Half a province's volumes: the reference takes its time."""
MINUTES = (
    fixed("people.draft", "10 min"),
    fixed("people.review", "5 min"),
    fixed("people.sign_wet", "1 min"),
    fixed("people.sign_digital", "1 min"),
    fixed("people.issue", "1 min"),
    fixed("people.scan", "1 min"),
    fixed("people.send_electronic", "1 min"),
    fixed("people.print_copy", "1 min"),
    fixed("people.register_paper", "5 min"),
    fixed("people.register_electronic", "5 min"),
    fixed("people.file_duplicate", "5 min"),
    fixed("people.annotate", "5 min"),
    fixed("people.handle", "10 min"),
    fixed("people.correct_refused", "5 min"),
    fixed("people.duty_call", "15 min"),
    fixed("network.gateway", "1 min"),
    fixed("network.message_service", "1 min"),
    fixed("post.spread", "0"),
)


def percent(low: int, high: int) -> st.SearchStrategy[str]:
    return st.integers(low, high).map(lambda n: f"{n} %")


@st.composite
def little_provinces(draw: st.DrawFn) -> dict[str, Any]:
    """Sizes, loads and mishaps far outside what any province has."""
    sets = [
        fixed("documents.urgent_share", draw(percent(0, 30))),
        fixed("documents.very_urgent_share", draw(percent(0, 30))),
        fixed("documents.flash_share", draw(percent(0, 30))),
        fixed("documents.secret_share", draw(percent(0, 20))),
        fixed("documents.wrong_address_share", draw(percent(0, 90))),
        fixed("documents.missing_file_share", draw(percent(0, 60))),
        fixed("documents.scan_size_median", draw(st.sampled_from(["200 kB", "2 MB", "30 MB"]))),
        fixed("documents.mailbox_limit", draw(st.sampled_from(["3 MB", "350 MB"]))),
        fixed("network.retry_limit", str(draw(st.integers(1, 5)))),
        fixed("network.ftth.faults_per_year", f"{draw(st.sampled_from([0, 40, 1500]))} /year"),
        fixed("network.ftth.up", draw(st.sampled_from(["64 kbit/s", "300 kbit/s", "8 Mbit/s"]))),
        fixed("network.ftth.repair", draw(st.sampled_from(["5 min", "2 h"]))),
        fixed("network.datacentre_faults_per_year", f"{draw(st.sampled_from([0, 200]))} /year"),
        fixed("network.datacentre_repair", "40 min"),
        fixed("network.power_faults_per_year", f"{draw(st.sampled_from([0, 300]))} /year"),
        fixed("network.message_service_capacity", str(draw(st.integers(1, 3)))),
        fixed("network.poll_interval", f"{draw(st.sampled_from([1, 7, 15, 60]))} min"),
        fixed("people.leader_absence_share", draw(percent(0, 60))),
        fixed("people.officer_document_share", draw(percent(5, 80))),
        fixed("people.react_days", draw(st.sampled_from(["0.05", "0.3", "1"]))),
        fixed("people.lent_share", draw(percent(0, 40))),
        fixed("people.overtime_a_year", draw(st.sampled_from(["0 h", "5 h", "200 h"]))),
        fixed("people.swamped_days", draw(st.sampled_from(["0.1", "0.5", "3"]))),
        fixed("start.installed_unused_share", draw(percent(0, 40))),
        fixed("adoption.paperless_threshold_low", "10 %"),
        *HALF,
        fixed("volumes.commune_outgoing", f"{draw(st.sampled_from([60, 125, 250]))} /year"),
        *SWIFT_MONEY,
        fixed("dossiers.arrivals.per_head", "4 /year"),
        fixed("dossiers.counter.incomplete_share", draw(percent(0, 50))),
        fixed("dossiers.work.supplement_share", draw(percent(0, 60))),
        fixed("dossiers.work.site_visit_days", "1"),
        fixed("dossiers.work.financial_days", "1"),
        fixed("dossiers.work.outside_days", "1"),
        fixed("dossiers.counter.come_again", "1 day"),
        fixed("dossiers.citizens.assisted_share", draw(percent(0, 60))),
        fixed("dossiers.citizens.start_share", draw(percent(0, 90))),
    ]
    whole_minutes = draw(st.booleans())
    if whole_minutes:
        sets += [*CONSTANT, *MINUTES]
    else:
        sets.append(f"people.service_shape={draw(st.sampled_from(['exponential', 'lognormal']))}")
    offices = small_province(
        draw(st.integers(1, 3)),
        draw(st.integers(1, 2)),
        draw(st.integers(1, 4)),
        staff=draw(st.integers(5, 12)),
        leaders=draw(st.integers(1, 3)),
        clerks=draw(st.sampled_from([0.5, 0.7, 1, 2])),
        route=draw(st.sampled_from(["ftth", "ftth", "adsl", "none"])),
        linked=draw(st.sampled_from([True, True, True, False])),
        mailboxes=draw(st.integers(0, 1)),
        population=draw(st.sampled_from([300, 1500, 6000])),
    )
    # office hours and lunch are in the list, so that much happens as doors open and close
    minutes = st.one_of(
        st.integers(0, DAYS * 1440 - 1),
        st.builds(lambda d, h: d * 1440 + h, st.integers(0, DAYS - 1), st.sampled_from([420, 570, 690, 810, 1020])),
        st.builds(lambda d, k: d * 1440 + 420 + 5 * k, st.integers(0, DAYS - 1), st.integers(0, 120)),
    )
    kinds = st.sampled_from(["pause", "resume", "resume", "rate", "staff", "cut", "cut"])
    trouble = st.builds(Disturbance, minutes, kinds, st.integers(0, 200), st.integers(0, 50))
    return {
        "offices": offices,
        "sets": sets,
        "organisation": draw(st.integers(0, 6)),
        "personal": draw(st.integers(0, 10)),
        "whole_minutes": whole_minutes,
        "disturbances": draw(st.lists(trouble, max_size=40)),
        "seed": draw(st.integers(0, 10**6)),
        "level": draw(st.sampled_from([None, 2, 4])),
        "software": draw(st.sampled_from([0, 1, 2])),
    }


def both(provinces: Provinces, spec: dict[str, Any]) -> tuple[RunRecord, RunRecord]:
    compiled, reference = both_provinces(provinces, spec)
    assert reactions(compiled) == reactions(reference)
    return record_of(compiled, spec["seed"]), record_of(reference, spec["seed"])


def reactions(province: Province) -> dict[str, float]:
    """What heads of office did about overload."""
    return {
        "helper days": province.holdings.helper_days,
        "overtime": province.holdings.overtime_hours,
        "swamped": int(province.traffic.world.causes[..., REGISTRY_SWAMPED].sum()),
    }


def both_provinces(provinces: Provinces, spec: dict[str, Any], audited: int = 0) -> tuple[Province, Province]:
    loaded = provinces.load(
        spec["offices"],
        sets=spec["sets"],
        start=START,
        end=date(2019, 5, DAYS),
        personal=spec["personal"],
        organisation=spec["organisation"],
        procedures=SOME_OF_EVERYTHING,
    )
    loaded = dataclasses.replace(loaded, budget=LINES, purchases=PURCHASES)

    def prepare(world: World) -> None:
        if spec["personal"] > 10:  # communes, which have none on the first day, sign as well
            places = int(world.rules["places"][0])
            for agency in np.flatnonzero(world.agencies["tier"] == COMMUNE):
                held = slice(agency * places, agency * places + 1 + int(world.agencies["leaders_count"][agency]))
                world.certificates["valid_until_ms"][held] = 1000 * DAY_MS
        if spec.get("old_tokens"):  # every first leader was posted before the first day and signs on, half are revoked
            places = int(world.rules["places"][0])
            world.certificates["former_ms"][1::places] = 0
            world.certificates["revoked_ms"][1 :: 2 * places] = 0
        world.agencies["online"] = spec["software"] > 0
        world.agencies["onestop"] = spec["software"] > 1
        if spec["level"] is not None:
            inside = world.agencies["tier"] < 4
            world.agencies["level"][inside] = spec["level"]
            world.agencies["users"][inside] = world.agencies["staff"][inside] // 2
            world.agencies["paperless_allowed"] = 1

    compiled, reference = (
        disturbed(
            loaded,
            engine,
            spec["seed"],
            spec["disturbances"],
            whole_minutes=spec["whole_minutes"],
            prepare=prepare,
            audited=audited,
        )
        for engine in ("compiled", "simpy")
    )
    return compiled, reference
