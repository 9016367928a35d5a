"""Rules on the plan's targets: what each counts, of whom, by when and how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from sim.results.words import NOTHING, Words
from sim.scenario.consequences import NO_DISTRICTS, UNKNOWN_AGENCY
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.facts import Facts
from sim.scenario.measures import (
    DOSSIER_MEASURES,
    MEASURES,
    NEEDS_BOTH_ENDS,
    OF_LINES,
    OF_SERVICES,
    PROJECTS,
    READINGS,
    SCOPE_TIERS,
    THINGS_COUNTED,
)
from sim.scenario.plan_schema import Horizon, Target
from sim.scenario.quantity import THINGS
from sim.scenario.suggest import did_you_mean, measure_meant


def target_rules(facts: Facts) -> Iterator[ScenarioError]:
    """Yields everything wrong with targets."""
    yield from _numbers_are_apart(facts)
    for target in facts.scenario.targets:
        yield from _target_is_right(facts, target)


def span_of(horizon: Horizon) -> Words:
    """The first and the last day simulated."""
    start, end = horizon.start, horizon.end
    return Words(f"{start:%d/%m/%Y} … {end:%d/%m/%Y}", f"{start} … {end}")


def _numbers_are_apart(facts: Facts) -> Iterator[ScenarioError]:
    """A number names one target, whether it is written or is the target's place in the list."""
    taken: dict[int, str] = {}
    for place, target in enumerate(facts.scenario.targets, start=1):
        number = target.number or place
        if number in taken:
            reason = Words(
                f"số thứ tự {number} đã là của chỉ tiêu {taken[number]}", f"number {number} is that of {taken[number]}"
            )
            repair = Words("ghi số khác, hoặc để trống ở mọi chỉ tiêu", "write another, or leave it out of all targets")
            yield facts.fault("E-TGT-010", f"targets.{target.id}.number", reason, repair)
        taken.setdefault(number, target.id)


def _target_is_right(facts: Facts, target: Target) -> Iterator[ScenarioError]:
    key, horizon = f"targets.{target.id}", facts.scenario.horizon
    if not horizon.start < target.due <= horizon.end:
        span = span_of(horizon)
        reason = Words(
            f"hạn {target.due:%d/%m/%Y} ngoài kỳ mô phỏng {span.vi}", f"due {target.due}, outside the horizon {span.en}"
        )
        repair = Words("sửa hạn, hoặc kéo dài kỳ mô phỏng", "mend the day, or lengthen the horizon")
        yield facts.fault("E-TGT-001", f"{key}.due", reason, repair)
    if target.measure not in MEASURES:
        said = shown(target.measure)
        reason = Words(f"không có cách đo “{said}”", f'unknown measure "{said}"')
        yield facts.fault("E-TGT-002", f"{key}.measure", reason, measure_meant(target.measure, MEASURES))
    else:
        yield from _threshold_is_right(facts, target)
    if target.measure in OF_SERVICES and not facts.scenario.dossiers.procedures:
        reason = Words(
            "chỉ tiêu về dịch vụ công mà kịch bản không có bảng thủ tục nào",
            "a target on services, but the scenario names no table of procedures",
        )
        yield facts.fault("E-TGT-007", f"{key}.measure", reason, _NAME_PROCEDURES)
    if target.measure in DOSSIER_MEASURES and not facts.scenario.dossiers.procedures:
        reason = Words(
            "chỉ tiêu về hồ sơ mà kịch bản không có thủ tục nào, nên không mô phỏng hồ sơ",
            "a target on dossiers, but the scenario names no procedures, so that no dossier is simulated",
        )
        yield facts.fault("E-TGT-007", f"{key}.measure", reason, _NAME_PROCEDURES)
    for reading in target.readings:
        if reading not in READINGS:
            reason = Words(f"không có cách đọc “{shown(reading)}”", f'unknown reading "{shown(reading)}"')
            listed = ", ".join(READINGS)
            near = did_you_mean(reading, READINGS)
            repair = near if near != NOTHING else Words(f"một trong {listed}", f"one of {listed}")
            yield facts.fault("E-TGT-003", f"{key}.readings", reason, repair)
        elif reading == "province+district" and has_no_districts(facts):
            yield _no_districts(facts, f"{key}.readings")
    yield from scope_is_right(facts, f"{key}.scope", target.scope)
    yield from _tier_has_any(facts, target)
    if target.scope.startswith(("agency:", "group:")) and not _fits_one_agency(target):
        one = Words("một cơ quan", "one agency")
        if target.scope.startswith("group:"):
            one = Words("một nhóm cơ quan", "a group of agencies")
        reason = Words(f"chỉ tiêu này không tính được cho {one.vi}", f"this target cannot be counted for {one.en}")
        yield facts.fault("E-TGT-005", f"{key}.scope", reason)
    yield from _milestone_is_right(facts, target)


def _milestone_is_right(facts: Facts, target: Target) -> Iterator[ScenarioError]:
    """A milestone is about money of lines that exist, as a whole, and so is a count of them; nothing else is."""
    key = f"targets.{target.id}"
    if target.measure not in OF_LINES:
        if target.lines:
            reason = Words(
                "chỉ mốc hoàn thành và số dự án mới có mục kinh phí (lines)",
                "only a milestone or a count of projects has lines",
            )
            yield facts.fault(
                "E-TGT-006", f"{key}.lines", reason, Words("để trống mục kinh phí (lines)", "leave lines out")
            )
        return
    known = {line.line_id for line in facts.tables.budget} | {line.id for line in facts.scenario.extra_lines}
    if not target.lines:
        said = Words("mốc hoàn thành", "a milestone")
        if target.measure == PROJECTS:
            said = Words("số dự án", "a count of projects")
        reason = Words(f"{said.vi} phải nêu các mục chi", f"{said.en} names the budget lines that pay for it")
        yield facts.fault("E-TGT-006", f"{key}.lines", reason, Words("ghi mã các mục (lines)", "name them in lines"))
    for name in target.lines:
        if facts.tables.budget and name not in known:
            reason = Words(f"bảng chi không có dòng “{shown(name)}”", f'the budget has no line "{shown(name)}"')
            yield facts.fault("E-TGT-006", f"{key}.lines", reason, did_you_mean(name, known))
    if target.scope != "all" or target.readings:
        reason = Words("chỉ tiêu này tính cho toàn tỉnh, một cách đọc", "this is counted for all, in one way")
        place = f"{key}.scope" if target.scope != "all" else f"{key}.readings"
        yield facts.fault(
            "E-TGT-006",
            place,
            reason,
            Words("để trống phạm vi (scope) và cách hiểu khác (readings)", "leave scope and readings out"),
        )


_FOUND_AT: Mapping[str, tuple[str, ...]] = {
    "video_agency_share": ("district",),
    **dict.fromkeys(OF_SERVICES, ("province", "department", "district", "commune")),
}
"""Tiers at which what a measure counts is found at all; of other measures, at every one."""


def _tier_has_any(facts: Facts, target: Target) -> Iterator[ScenarioError]:
    kind, _, names = target.scope.partition(":")
    found = _FOUND_AT.get(target.measure)
    tiers = names.split("+") if kind in ("tier", "tiers") else []
    if found and tiers and not set(tiers) & set(found):
        said = " + ".join(tiers)
        reason = Words(f"cấp {said} không có gì để đếm", f"there is nothing to count at {said}")
        listed = ", ".join(f"tier:{tier}" for tier in found)
        yield facts.fault("E-TGT-009", f"targets.{target.id}.scope", reason, Words(listed, listed))


_NAME_PROCEDURES = Words(
    'đặt dossiers.procedures = "tables/….csv", hoặc bỏ chỉ tiêu này',
    'set dossiers.procedures = "tables/….csv", or leave the target out',
)


def _threshold_is_right(facts: Facts, target: Target) -> Iterator[ScenarioError]:
    """A counted measure wants a number of things, any other a share."""
    key, wanted = f"targets.{target.id}.threshold", target.threshold
    said = f"{wanted.value:g}"
    if target.measure in THINGS_COUNTED and wanted.unit != THINGS:
        reason = Words(f"{target.measure} đếm số lượng, không phải tỷ lệ", f"{target.measure} counts things, no share")
        yield facts.fault("E-TGT-008", key, reason, Words("ví dụ 14", "for example 14"))
    elif target.measure in THINGS_COUNTED and (wanted.value < 1 or wanted.value != int(wanted.value)):
        reason = Words(f"{said} không phải số đếm từ 1 trở lên", f"{said} is not a whole number from 1 up")
        yield facts.fault("E-TGT-008", key, reason)
    elif target.measure not in THINGS_COUNTED and wanted.unit == THINGS:
        reason = Words(f"{said} thiếu đơn vị: chỉ tiêu này là tỷ lệ", f"{said} has no unit, and this is a share")
        share = f"{said} %" if 1 <= wanted.value <= 100 else "90 %"
        yield facts.fault("E-UNIT-001", key, reason, Words(f'ví dụ "{share}"', f'for example "{share}"'))
    elif target.measure == PROJECTS and wanted.value > len(target.lines):
        listed = len(target.lines)
        reason = Words(
            f"cần {said} mà chỉ nêu {listed} mục kinh phí (lines)", f"{said} of {listed} lines cannot be finished"
        )
        yield facts.fault("E-TGT-008", key, reason)


def _fits_one_agency(target: Target) -> bool:
    """Deliveries of one agency are counted as accepted, all together; other ways of counting need both ends."""
    if target.measure in NEEDS_BOTH_ENDS:
        return False
    plain = target.event == "accepted" and not (target.exclude_secret or target.exclude_never_electronic)
    only_plain = plain and not {"accepted", "sent", "non_secret", "only"} & set(target.readings)
    return target.measure != "exchange_electronic_share" or only_plain


def has_no_districts(facts: Facts) -> bool:
    """Whether the province has two tiers, as all have since 1/7/2025."""
    return bool(facts.tables.agencies) and all(row.tier != "district" for row in facts.tables.agencies)


def _no_districts(facts: Facts, key: str) -> ScenarioError:
    reason = Words(
        "tỉnh này không có cấp huyện, không có gì để tính", "this province has no districts: there is nothing to count"
    )
    repair = Words("dùng tier:commune, tier:province hoặc all", "use tier:commune, tier:province or all")
    return replace(facts.fault("E-TGT-004", key, reason, repair), cause=NO_DISTRICTS)


def scope_is_right(facts: Facts, key: str, scope: str) -> Iterator[ScenarioError]:
    """Yields what is wrong with the scope written at `key`."""
    kind, _, rest = scope.partition(":")
    if scope == "all":
        return
    if kind == "agency":
        ids = [row.agency_id for row in facts.tables.agencies]
        if ids and rest not in ids:
            reason = Words(f"không có cơ quan “{shown(rest)}”", f'no agency "{shown(rest)}"')
            yield replace(facts.fault("E-TGT-004", key, reason, did_you_mean(rest, ids)), cause=UNKNOWN_AGENCY)
    elif kind == "group":
        groups = [group.id for group in facts.scenario.groups]
        if rest not in groups:
            reason = Words(f"không có nhóm “{shown(rest)}”", f'no group "{shown(rest)}"')
            near = (
                did_you_mean(rest, groups)
                if groups
                else Words("khai báo nhóm đó (groups) trước", "add it to the groups first")
            )
            yield facts.fault("E-TGT-004", key, reason, near)
    elif kind in ("tier", "tiers"):
        for tier in rest.split("+") if kind == "tiers" else (rest,):
            if tier not in SCOPE_TIERS:
                listed = ", ".join(SCOPE_TIERS)
                reason = Words(f"không có cấp “{shown(tier)}”", f'unknown tier "{shown(tier)}"')
                yield facts.fault("E-TGT-004", key, reason, Words(f"một trong {listed}", f"one of {listed}"))
            elif tier == "district" and has_no_districts(facts):
                yield _no_districts(facts, key)
    else:
        reason = Words(f"không hiểu phạm vi “{shown(scope)}”", f'"{shown(scope)}" is not a scope')
        forms = "all, tier:commune, tiers:province+district, agency:ID, group:ID"
        vietnamese = (
            "cả tỉnh ghi all; một cấp: tier:commune (xã), tier:district (huyện), tier:department (sở); vài cấp:"
            " tiers:province+district; một cơ quan: agency:MÃ; một nhóm: group:MÃ"
        )
        yield facts.fault("E-TGT-004", key, reason, Words(vietnamese, f"write {forms}"))
