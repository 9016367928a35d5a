"""Rules on what agencies get by the calendar: kinds, names, days, and that the past agrees with the first day."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from sim.results.words import Words
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.facts import Facts
from sim.scenario.holders import is_named
from sim.scenario.kinds import AT_AGENCIES, KIND_TITLES, UnitKind
from sim.scenario.plan_schema import AT_ONCE, Rollout
from sim.scenario.start_schema import Start
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import TIERS, AgencyRow

_TIER_WORDS = tuple(f"tier:{tier}" for tier in TIERS if tier != "outside")


def _has_eoffice(row: AgencyRow, _: Start) -> bool:
    return row.eoffice_installed


def _has_counter(row: AgencyRow, start: Start) -> bool:
    return is_named(start.onestop_software, row)


_THERE: Mapping[UnitKind, Callable[[AgencyRow, Start], bool]] = {
    "eoffice_installation": _has_eoffice,
    "eoffice_web_service": _has_eoffice,
    "eoffice_alone": _has_eoffice,
    "eoffice_link": lambda row, _: row.eoffice_linked,
    "dedicated_link": lambda row, _: row.route == "dedicated",
    "internet_upgrade": lambda row, _: row.route in ("ftth", "dedicated"),
    "onestop_software": _has_counter,
    "onestop_commune_software": _has_counter,
    "online_system": lambda row, start: is_named(start.online_services, row),
    "website": lambda row, start: not is_named(start.without_website, row),
    "agency_lan": lambda row, _: row.lan,
}
"""Whether an agency has it on the first day, as the table and `start` say; of other kinds they say nothing."""


def rollout_rules(facts: Facts) -> Iterator[ScenarioError]:
    """Yields everything wrong with roll-outs."""
    for rollout in facts.scenario.rollouts:
        key, horizon = f"rollouts.{rollout.id}", facts.scenario.horizon
        if rollout.kind not in AT_AGENCIES:
            title = KIND_TITLES[rollout.kind]
            reason = Words(
                f"“{title.vi}” không phải thứ một cơ quan có hoặc chưa có",
                f'"{title.en}" is nothing that an agency has or lacks',
            )
            repair = Words(" | ".join(AT_AGENCIES), ", ".join(AT_AGENCIES))
            yield facts.fault("E-ROL-001", f"{key}.kind", reason, repair)
        if rollout.start > horizon.end:
            reason = Words(
                f"{rollout.start:%d/%m/%Y} sau ngày cuối mô phỏng {horizon.end:%d/%m/%Y}",
                f"{rollout.start} is after {horizon.end}",
            )
            yield facts.fault("E-DATE-007", f"{key}.start", reason)
        yield from _agencies_are_there(facts, rollout)
        if rollout.start < horizon.start and rollout.delay == AT_ONCE:
            yield from _past_agrees(facts, rollout)


def _agencies_are_there(facts: Facts, rollout: Rollout) -> Iterator[ScenarioError]:
    rows, key = facts.tables.agencies, f"rollouts.{rollout.id}.agencies"
    known = [*(row.agency_id for row in rows if row.tier != "outside"), *_TIER_WORDS]
    if not rollout.agencies:
        yield facts.fault("E-ROL-002", key, Words("không nêu cơ quan nào", "no agency is named"))
    for name in dict.fromkeys(rollout.agencies):
        if rows and name not in known:
            reason = Words(f"không có cơ quan hay cấp “{shown(name)}”", f'no agency or tier "{shown(name)}"')
            yield facts.fault("E-ROL-002", key, reason, did_you_mean(name, known))
        elif rollout.agencies.count(name) > 1:
            reason = Words(f"“{shown(name)}” được nêu hai lần", f'"{shown(name)}" is named twice')
            yield facts.fault("E-ROL-002", key, reason)


def _past_agrees(facts: Facts, rollout: Rollout) -> Iterator[ScenarioError]:
    """Who got it before the first day has it on that day."""
    there = _THERE.get(rollout.kind)
    for row in facts.tables.agencies if there else ():
        if there and is_named(rollout.agencies, row) and not there(row, facts.scenario.start):
            reason = Words(
                f"“{row.agency_id}” có từ {rollout.start:%d/%m/%Y} nhưng trạng thái đầu kỳ ghi là chưa có",
                f'"{row.agency_id}" has had it since {rollout.start}, yet lacks it on the first day',
            )
            repair = Words(
                "sửa bảng cơ quan hoặc các tham số hiện trạng (start) cho khớp, hoặc bỏ cơ quan này khỏi danh sách",
                "make the table of agencies or [start] agree, or take the agency off the list",
            )
            yield facts.fault("E-ROL-003", f"rollouts.{rollout.id}.agencies", reason, repair)
