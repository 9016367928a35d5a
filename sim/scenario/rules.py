"""Every rule a scenario must keep beyond its shape: of the plan, agencies, money, calendar and sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from sim.results.words import Words
from sim.scenario.agency_rules import agency_rules
from sim.scenario.budget_levers import lever_rules
from sim.scenario.budget_rules import budget_rules
from sim.scenario.calendar_rules import calendar_rules
from sim.scenario.dossier_rules import dossier_rules, procedure_rules
from sim.scenario.errors import ScenarioError, first_causes
from sim.scenario.facts import Facts, Tables
from sim.scenario.plan_rules import plan_rules, years_simulated
from sim.scenario.quantity import Quantity
from sim.scenario.rollout_rules import rollout_rules
from sim.scenario.schema import Scenario
from sim.scenario.start_rules import start_rules
from sim.scenario.units import Dimension, words_of

MOST_DOCUMENTS_A_YEAR = 5_000_000
MOST_REPLICATION_YEARS = 100_000
_ROUNDING = 1e-9


class Bound(NamedTuple):
    """Least and greatest value of a quantity that the model can run with."""

    section: str
    name: str
    least: float
    greatest: float
    dimension: Dimension


_BOUNDS = (
    Bound("network", "poll_interval", 1_000, 86_400_000 * 7, "duration"),
    Bound("network", "retry_limit", 1, 100, "count"),
    Bound("network", "message_service_capacity", 1, 10_000, "count"),
    Bound("documents", "message_limit", 1, 1e12, "size"),
    Bound("documents", "transport_overhead", 1, 10, "count"),
    Bound("documents", "pages_mean", 1, 10_000, "count"),
    Bound("people", "officer_document_share", 0.001, 1, "share"),
    Bound("people", "leader_absence_days", 0.1, 365, "count"),
    Bound("people", "leader_absence_share", 0, 0.95, "share"),
    Bound("signatures", "life", 86_400_000, 86_400_000 * 3650, "duration"),
    Bound("budget", "approval_month", 1, 12, "count"),
    Bound("budget", "sites_per_month", 0.01, 10_000, "count"),
    Bound("adoption", "reference_strength", 0.001, 1_000, "per_year"),
    Bound("run", "required_probability", 0.01, 0.99, "share"),
)


def table_rules(tables: Tables) -> Iterator[ScenarioError]:
    """Yields everything wrong with the tables taken by themselves."""
    yield from first_causes(agency_rules(tables))
    yield from first_causes(budget_rules(tables))
    yield from first_causes(procedure_rules(tables))


def scenario_rules(facts: Facts) -> Iterator[ScenarioError]:
    """Yields everything wrong with a scenario of the right shape."""
    yield from first_causes(plan_rules(facts))
    yield from lever_rules(facts)
    yield from calendar_rules(facts)
    yield from first_causes(rollout_rules(facts))
    yield from first_causes(start_rules(facts))
    yield from first_causes(dossier_rules(facts))
    yield from _bounds_are_kept(facts)
    yield from _shares_add_up(facts)
    yield from _lines_carry_something(facts)
    yield from _volumes_are_believable(facts)
    yield from _run_is_bounded(facts)


def documents_a_year(scenario: Scenario, tables: Tables) -> float:
    """Returns the documents the agencies of the tables write in a year, at the middle of every range."""
    volumes = scenario.volumes
    agencies = Counter(row.tier for row in tables.agencies)
    rooms = sum(row.rooms for row in tables.agencies)
    outgoing = (
        volumes.office_outgoing.value * agencies["office"]
        + volumes.department_outgoing.value * agencies["department"]
        + volumes.district_outgoing.value * agencies["district"]
        + volumes.room_outgoing.value * rooms
        + volumes.commune_outgoing.value * agencies["commune"]
    )
    incoming = (
        volumes.office_incoming.value * agencies["office"]
        + volumes.department_incoming.value * agencies["department"]
        + volumes.district_incoming.value * agencies["district"]
        + volumes.room_incoming.value * rooms
        + volumes.commune_incoming.value * agencies["commune"]
    )
    return outgoing * (1 + volumes.internal_share.value) + incoming * volumes.from_outside_share.value


def _bounds_are_kept(facts: Facts) -> Iterator[ScenarioError]:
    for section, name, least, greatest, dimension in _BOUNDS:
        quantity: Quantity = getattr(getattr(facts.scenario, section), name)
        if not least <= quantity.value <= greatest:
            said, low, high = (words_of(value, dimension) for value in (quantity.value, least, greatest))
            reason = Words(
                f"{said.vi} ngoài khoảng mô hình chạy được {low.vi} … {high.vi}",
                f"{said.en} is outside {low.en} … {high.en}",
            )
            yield facts.fault("E-RUN-003", f"{section}.{name}", reason)


def _shares_add_up(facts: Facts) -> Iterator[ScenarioError]:
    documents, adoption = facts.scenario.documents, facts.scenario.adoption
    groups = (
        ("documents.urgent_share", (documents.urgent_share, documents.very_urgent_share, documents.flash_share)),
        ("documents.secret_share", (documents.secret_share, documents.never_electronic_share)),
    )
    for key, shares in groups:
        total = sum(share.value for share in shares)
        if total > 1 + _ROUNDING:
            said = words_of(round(total, 6), "share")
            reason = Words(f"các tỷ lệ cộng lại {said.vi}", f"the shares of its group sum to {said.en}, above 100 %")
            yield facts.fault("E-VOL-002", key, reason)
    low, high = adoption.paperless_threshold_low, adoption.paperless_threshold_high
    if low.value > high.value:
        reason = Words("ngưỡng thấp lớn hơn ngưỡng cao", "the low threshold is above paperless_threshold_high")
        yield facts.fault("E-VOL-003", "adoption.paperless_threshold_low", reason)


def _lines_carry_something(facts: Facts) -> Iterator[ScenarioError]:
    for name in ("adsl", "ftth", "dedicated"):
        route = getattr(facts.scenario.network, name)
        for part in ("down", "up"):
            if getattr(route, part).value <= 0:
                reason = Words("đường truyền có tốc độ 0", "a line of zero rate carries nothing")
                yield facts.fault("E-RUN-003", f"network.{name}.{part}", reason)


def _volumes_are_believable(facts: Facts) -> Iterator[ScenarioError]:
    documents = documents_a_year(facts.scenario, facts.tables)
    if documents > MOST_DOCUMENTS_A_YEAR:
        many, most = f"{documents:,.0f}", f"{MOST_DOCUMENTS_A_YEAR:,}"
        reason = Words(
            f"{many.replace(',', '.')} văn bản một năm, quá {most.replace(',', '.')}",
            f"{many} documents a year, more than the {most} the model accepts",
        )
        yield facts.fault("E-VOL-001", "volumes", reason)
    volumes = facts.scenario.volumes
    for key, share in (
        ("from_outside_share", volumes.from_outside_share),
        ("to_outside_share", volumes.to_outside_share),
    ):
        is_outside = any(row.tier == "outside" for row in facts.tables.agencies)
        if share.value > 0 and facts.tables.agencies and not is_outside:
            reason = Words(
                "một phần văn bản đi, đến ngoài tỉnh mà bảng cơ quan không có dòng nào cấp “ngoài tỉnh” (outside)",
                "some documents go outside or come from there, and the agencies table has no row of tier outside",
            )
            repair = Words(
                f'thêm vào bảng cơ quan một dòng ngoài tỉnh, ví dụ Chính phủ và các bộ; hoặc đặt volumes.{key} = "0 %"',
                f'add a row of tier outside, such as the Government and ministries; or set volumes.{key} = "0 %"',
            )
            yield facts.fault("E-VOL-004", f"volumes.{key}", reason, repair)


def _run_is_bounded(facts: Facts) -> Iterator[ScenarioError]:
    replications = facts.scenario.run.replications
    years = replications * years_simulated(facts)
    if years > MOST_REPLICATION_YEARS:
        reason = Words(
            f"{replications} lượt là {years:,.0f} năm mô phỏng, quá {MOST_REPLICATION_YEARS:,}",
            f"{replications} replications are {years:,.0f} simulated years, more than {MOST_REPLICATION_YEARS:,}",
        )
        yield facts.fault("E-RUN-001", "run.replications", reason)
