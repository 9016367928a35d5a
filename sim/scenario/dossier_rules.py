"""Rules on procedures, on the arrivals of dossiers and on where one-stop software runs at the start."""

from __future__ import annotations

from collections.abc import Iterator

from sim.results.words import Words
from sim.scenario.districts import home_tier
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.facts import Facts, Tables
from sim.scenario.procedures import INTAKE_TIERS, OWN, PLACES, Procedure
from sim.scenario.quantity import Quantity
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import TIERS
from sim.scenario.units import Dimension, words_of
from sim.scenario.workbook_words import tier_words

_ROUNDING = 1e-9
NO_DISTRICTS = Words("chuyển việc đó về xã hoặc sở", "give that work to communes or departments")
WITHOUT_DOSSIERS = Words(
    'không mô phỏng hồ sơ thì đặt dossiers.procedures = ""', 'to simulate no dossiers, set dossiers.procedures = ""'
)
PORTALS_FROM = 2016
"""First year for which `dossiers.national` says how many apply on national portals."""
MOST_DOSSIERS_A_YEAR = 10_000_000
_LEAST: tuple[tuple[str, str, float, Dimension], ...] = (
    ("arrivals", "monday_factor", 0.01, "count"),
    ("arrivals", "after_tet_factor", 0.01, "count"),
    ("counter", "posts_department", 1, "count"),
    ("counter", "posts_district", 1, "count"),
    ("work", "officer_share", 0.001, "share"),
)
"""Least values with which every dossier finds somebody to take it."""
_PROFILES = (("hours", 24), ("weekdays", 7), ("months", 12))


def procedure_rules(tables: Tables) -> Iterator[ScenarioError]:
    """Yields everything wrong with the procedures table taken by itself and with the agencies it names."""
    first: dict[str, str] = {}
    tier_of = {row.agency_id: row.tier for row in tables.agencies}
    for row in tables.procedures:
        where = first.setdefault(row.procedure_id, row.place)
        if where != row.place:
            reason = Words(f"“{row.procedure_id}” đã có ở {where}", f'"{row.procedure_id}" is a duplicate of {where}')
            yield ScenarioError("E-DOS-001", row.place, "procedure_id", reason, cause="twice")
        if tier_of:
            yield from _agency_is_right(row, tier_of)
            yield from _steps_are_right(row, tier_of)
            if "district" not in tier_of.values() and "district" in (row.intake_tier, *row.steps):
                reason = Words("tỉnh này không có cấp huyện", "this province has no districts")
                yield ScenarioError("E-DOS-003", row.place, "steps", reason, NO_DISTRICTS)
        yield from _levels_rise(row)
        if row.same_day and row.working_days > 0:
            reason = Words(
                f"trả ngay mà thời hạn là {row.working_days} ngày",
                f"the citizen waits for the result, yet the term is {row.working_days} days",
            )
            yield ScenarioError("E-DOS-006", row.place, "same_day", reason)


def dossier_rules(facts: Facts) -> Iterator[ScenarioError]:
    """Yields everything wrong with how dossiers are set in the scenario."""
    yield from _software_runs_somewhere(facts)
    yield from _profiles_are_whole(facts)
    yield from _tiers_add_up(facts)
    if facts.tables.procedures:
        yield from _every_tier_has_procedures(facts)
        yield from _years_are_simulated(facts)
        yield from _portals_were_open(facts)
        yield from _people_are_known(facts)
        yield from _somebody_takes_them(facts)
        yield from _dossiers_are_believable(facts)


def _agency_is_right(row: Procedure, tier_of: dict[str, str]) -> Iterator[ScenarioError]:
    departments = [agency for agency, tier in tier_of.items() if tier in ("department", "office")]
    if row.intake_tier == "province" and row.agency_id not in departments:
        said = shown(row.agency_id)
        reason = Words(f"“{said}” không phải sở, ngành nào", f'"{said}" is no department or office')
        yield ScenarioError("E-DOS-002", row.place, "agency_id", reason, did_you_mean(row.agency_id, departments))
    elif row.intake_tier != "province" and row.agency_id:
        reason = Words(
            f"mọi cơ quan {tier_words(row.intake_tier)} đều nhận: để trống ô này",
            f"every {row.intake_tier} takes it in: leave the cell empty",
        )
        yield ScenarioError("E-DOS-002", row.place, "agency_id", reason)


def _steps_are_right(row: Procedure, tier_of: dict[str, str]) -> Iterator[ScenarioError]:
    departments = [agency for agency, tier in tier_of.items() if tier == "department"]
    if not row.steps or row.steps[0] != OWN:
        reason = Words("bước đầu phải là own", "the first step must be own: the agency that takes it in")
        yield ScenarioError("E-DOS-003", row.place, "steps", reason, Words("own;district", "as own;district"))
    for step in row.steps[1:]:
        if step not in PLACES and step not in departments:
            reason = Words(f"không có bước “{shown(step)}”", f'no step "{shown(step)}"')
            near = did_you_mean(step, [*PLACES, *departments])
            yield ScenarioError("E-DOS-003", row.place, "steps", reason, near)
    for step, after in zip(row.steps, row.steps[1:], strict=False):
        if step == after or after in (OWN, row.intake_tier, row.agency_id):
            reason = Words(
                f"“{shown(after)}” là chính nơi vừa xử lý", f'"{shown(after)}" is where the dossier is or came from'
            )
            repair = Words("kết quả tự quay về nơi nhận", "the result returns to the intake by itself")
            yield ScenarioError("E-DOS-003", row.place, "steps", reason, repair)


def _levels_rise(row: Procedure) -> Iterator[ScenarioError]:
    raised = [(3, row.level3_year), (4, row.level4_year)]
    for level, year in raised:
        if year is not None and row.service_level >= level:
            reason = Words(
                f"đã ở mức {row.service_level} từ đầu", f"it is at level {row.service_level} on the first day already"
            )
            yield ScenarioError("E-DOS-004", row.place, f"level{level}_year", reason)
    if row.level3_year is not None and row.level4_year is not None and row.level4_year < row.level3_year:
        reason = Words("lên mức 4 trước mức 3", "level 4 comes before level 3")
        yield ScenarioError("E-DOS-004", row.place, "level4_year", reason)


def _software_runs_somewhere(facts: Facts) -> Iterator[ScenarioError]:
    ids = [row.agency_id for row in facts.tables.agencies]
    known = [*ids, *(f"tier:{tier}" for tier in TIERS)]
    for name in ("onestop_software", "online_services"):
        for entry in getattr(facts.scenario.start, name):
            if ids and entry not in known:
                reason = Words(f"không có cơ quan “{shown(entry)}”", f'no agency or tier "{shown(entry)}"')
                yield facts.fault("E-DOS-010", f"start.{name}", reason, did_you_mean(entry, known))


def _profiles_are_whole(facts: Facts) -> Iterator[ScenarioError]:
    arrivals = facts.scenario.dossiers.arrivals
    for name, length in _PROFILES:
        found = len(getattr(arrivals, name).weights)
        if found != length:
            reason = Words(f"có {found} trọng số, cần {length}", f"{found} weights instead of {length}")
            yield facts.fault("E-DOS-009", f"dossiers.arrivals.{name}.weights", reason)


def _tiers_add_up(facts: Facts) -> Iterator[ScenarioError]:
    arrivals = facts.scenario.dossiers.arrivals
    total = arrivals.province_share.value + arrivals.commune_share.value
    if total > 1 + _ROUNDING:
        said = words_of(round(total, 6), "share")
        reason = Words(
            f"cấp tỉnh và cấp xã cộng lại {said.vi}, không còn gì cho cấp huyện",
            f"province and communes together take {said.en}: nothing is left for the districts",
        )
        yield facts.fault("E-DOS-007", "dossiers.arrivals.commune_share", reason)


def _every_tier_has_procedures(facts: Facts) -> Iterator[ScenarioError]:
    procedures, arrivals = facts.tables.procedures, facts.scenario.dossiers.arrivals
    shares = {"province": arrivals.province_share.value, "commune": arrivals.commune_share.value}
    left = 1.0 - sum(shares.values())
    if home_tier(facts.tables.agencies) == "district":
        shares["district"] = left
    else:
        shares["commune"] += left
    table = procedures[0].place.rstrip("0123456789")
    for tier in (tier for tier in INTAKE_TIERS if tier in shares):
        if shares[tier] > _ROUNDING and not any(row.volume_weight > 0 for row in procedures if row.intake_tier == tier):
            reason = Words(
                f"{tier_words(tier)} có hồ sơ mà không thủ tục nào có trọng số",
                f"dossiers come to the {tier} tier, but none of its procedures has a weight above zero",
            )
            yield ScenarioError("E-DOS-005", f"{table}1", "volume_weight", reason)


def _years_are_simulated(facts: Facts) -> Iterator[ScenarioError]:
    start, end = facts.scenario.horizon.start.year, facts.scenario.horizon.end.year
    for row in facts.tables.procedures:
        for name in ("level3_year", "level4_year"):
            year = getattr(row, name)
            if year is not None and year < start:
                reason = Words(
                    f"năm {year} trước kỳ mô phỏng {start}-{end}: ghi vào mức độ dịch vụ (service_level)",
                    f"{year} is before the years simulated, {start}-{end}: put it into service_level",
                )
                yield ScenarioError("E-DOS-004", row.place, name, reason)


def _portals_were_open(facts: Facts) -> Iterator[ScenarioError]:
    """How many applied on a national portal is stated from 2016 on; before, nobody has put a number on it."""
    start = facts.scenario.horizon.start
    for row in facts.tables.procedures:
        if row.portal == "national" and start.year < PORTALS_FROM:
            reason = Words(
                f"kỳ mô phỏng bắt đầu {start:%d/%m/%Y}, số liệu cổng quốc gia chỉ có từ {PORTALS_FROM}",
                f"the horizon starts on {start}, national portals have figures from {PORTALS_FROM} on only",
            )
            repair = Words(
                "nộp qua cổng của tỉnh (portal: province), mức 1 hoặc 2", "make its portal province, at level 1 or 2"
            )
            yield ScenarioError("E-DOS-013", row.place, "portal", reason, repair)


def _people_are_known(facts: Facts) -> Iterator[ScenarioError]:
    homes = home_tier(facts.tables.agencies)
    said = Words("huyện", "district") if homes == "district" else Words("xã", "commune")
    for row in facts.tables.agencies:
        if row.tier == homes and row.population is None:
            reason = Words(
                f"hồ sơ đến theo dân số, mà {said.vi} này chưa có dân số",
                f"dossiers come by population, and this {said.en} has none",
            )
            yield ScenarioError("E-DOS-008", row.place, "population", reason)


def _somebody_takes_them(facts: Facts) -> Iterator[ScenarioError]:
    for section, name, least, dimension in _LEAST:
        quantity: Quantity = getattr(getattr(facts.scenario.dossiers, section), name)
        if quantity.value < least:
            said, wanted = words_of(quantity.value, dimension), words_of(least, dimension)
            reason = Words(f"{said.vi} nhỏ hơn mức mô hình chạy được {wanted.vi}", f"{said.en} is below {wanted.en}")
            yield facts.fault("E-RUN-003", f"dossiers.{section}.{name}", reason)


def _dossiers_are_believable(facts: Facts) -> Iterator[ScenarioError]:
    homes = home_tier(facts.tables.agencies)
    people = sum(row.population or 0 for row in facts.tables.agencies if row.tier == homes)
    dossiers = people * facts.scenario.dossiers.arrivals.per_head.value
    if dossiers > MOST_DOSSIERS_A_YEAR:
        many, most = f"{dossiers:,.0f}", f"{MOST_DOSSIERS_A_YEAR:,}"
        reason = Words(
            f"{many} hồ sơ một năm, quá {most}", f"{many} dossiers a year, more than the {most} the model accepts"
        )
        yield facts.fault("E-DOS-012", "dossiers.arrivals.per_head", reason)
