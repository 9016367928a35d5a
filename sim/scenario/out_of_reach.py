"""Targets that no money of the plan can reach, since nothing it buys serves so many of their agencies."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sim.results.words import Words
from sim.scenario.holders import THINGS, WEBSITE, Thing, holders, is_named
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target
from sim.scenario.quantity import Quantity
from sim.scenario.tables import ONE_AGENCY, AgencyRow

_PROVINCE = ("office", "department")
_MOST_NAMED = 12
_ROUNDING = 1e-9


def never_served(loaded: LoadedScenario, thing: Thing, target: Target) -> list[AgencyRow]:
    """Agencies of a target's scope that start without it, at the stated share, and for which no line buys one."""
    scenario, rows = loaded.scenario, loaded.agencies
    share: Quantity = getattr(scenario.equipment, thing.share)
    bare = scenario.start.without_website if thing is WEBSITE else ()
    has = holders(thing, rows, share.value, loaded.purchases, bare)
    served = set(_served(loaded, thing))
    in_scope = set(_members(loaded, target.scope))
    return [
        row
        for row, there in zip(rows, has, strict=True)
        if row.agency_id in in_scope and not there and row.agency_id not in served
    ]


def out_of_reach(loaded: LoadedScenario) -> tuple[Words, ...]:
    """One line for each target that no money of the plan can reach, since nothing serves so many of its agencies."""
    said = []
    for target in loaded.scenario.targets:
        for thing in (one for one in THINGS if one.measure == target.measure):
            left, members = never_served(loaded, thing, target), len(_members(loaded, target.scope))
            if left and members - len(left) < target.threshold.value * members - _ROUNDING:
                said.append(_without(target, thing, left, members))
    return tuple(said)


def _served(loaded: LoadedScenario, thing: Thing) -> Iterator[str]:
    """Agencies that get it with money of the plan or an option, by name or with their tier, or on a stated day."""
    bought = [(one.kind, one.tiers) for one in loaded.purchases]
    bought += [(one.kind, one.tiers) for one in loaded.scenario.extra_lines]
    for row in loaded.agencies:
        words = {row.tier, f"{ONE_AGENCY}{row.agency_id}"}
        for kind, tiers in bought:
            brings = kind == thing.kind or (kind in thing.also and row.tier == "department")
            if brings and (not tiers or words & set(tiers)):
                yield row.agency_id
        if any(one.kind == thing.kind and is_named(one.agencies, row) for one in loaded.scenario.rollouts):
            yield row.agency_id


def _members(loaded: LoadedScenario, scope: str) -> list[str]:
    kind, _, names = scope.partition(":")
    if kind == "group":
        return [name for group in loaded.scenario.groups if group.id == names for name in group.agencies]
    if kind == "agency":
        return [names]
    tiers = {tier for name in names.split("+") for tier in (_PROVINCE if name == "province" else (name,))}
    return [row.agency_id for row in loaded.agencies if row.tier != "outside" and (scope == "all" or row.tier in tiers)]


def _without(target: Target, thing: Thing, left: Sequence[AgencyRow], members: int) -> Words:
    wanted = f"{100 * target.threshold.value:.3g}"
    wanted_vi = wanted.replace(".", ",")
    vi, en = (", ".join(names[:_MOST_NAMED]) + (", …" if len(names) > _MOST_NAMED else "") for names in _names(left))
    return Words(
        f"chú ý: chỉ tiêu “{target.id}” cần {wanted_vi}%, nhưng {len(left)} trong {members} cơ quan không có"
        f" {thing.title.vi} ngày đầu kỳ mà không khoản chi nào mua cho: {vi} (nơi nào có sẵn là giả định: các sở"
        " trước, rồi đến các huyện)",
        f"note: target {target.id} wants {wanted} %, but {len(left)} of its {members} agencies start without"
        f" {thing.title.en} and no line buys one for them: {en} (who has one at the start is assumed, departments"
        " first)",
    )


def _names(rows: Sequence[AgencyRow]) -> tuple[list[str], list[str]]:
    return [row.name_vi for row in rows], [row.name_en for row in rows]
