"""Rules on the plan: its dates, its orders, its money and who moves; on its targets see `target_rules`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from sim.results.words import Words
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.facts import Facts
from sim.scenario.kinds import PAID_WHOLE
from sim.scenario.setting_faults import UNTIL
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import ROUTES
from sim.scenario.target_rules import span_of, target_rules
from sim.scenario.units import words_of

_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MOST_YEARS = 30
_DAYS_A_YEAR = 365.25
_LONGEST_WARM_UP_MS = 366 * 86_400_000


def plan_rules(facts: Facts) -> Iterator[ScenarioError]:
    """Yields everything wrong with dates, mandates and targets."""
    yield from _horizon_is_right(facts)
    yield from _mandates_are_right(facts)
    yield from _extra_lines_are_right(facts)
    yield from _money_is_of_these_years(facts)
    yield from _groups_are_right(facts)
    yield from _moves_are_right(facts)
    yield from target_rules(facts)


def years_simulated(facts: Facts) -> float:
    """Returns the length of the horizon in years."""
    horizon = facts.scenario.horizon
    return ((horizon.end - horizon.start) + timedelta(days=1)).days / _DAYS_A_YEAR


def _horizon_is_right(facts: Facts) -> Iterator[ScenarioError]:
    horizon, decided = facts.scenario.horizon, facts.scenario.plan.decided
    if horizon.end <= horizon.start:
        reason = Words(
            f"kết thúc {horizon.end:%d/%m/%Y} không sau ngày đầu {horizon.start:%d/%m/%Y}",
            f"the end is not after {horizon.start}",
        )
        yield facts.fault("E-DATE-001", "horizon.end", reason)
    if horizon.start.day != 1:
        reason = Words(
            "kỳ mô phỏng phải bắt đầu vào ngày 1 của tháng", "the horizon must start on the first of a month"
        )
        yield facts.fault("E-DATE-001", "horizon.start", reason)
    for name, day in (("start", horizon.start), ("end", horizon.end)):
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            reason = Words(f"năm phải từ {_FIRST_YEAR} đến {_LAST_YEAR}", f"years {_FIRST_YEAR} to {_LAST_YEAR} only")
            yield facts.fault("E-DATE-002", f"horizon.{name}", reason)
    if years_simulated(facts) > _MOST_YEARS:
        length = f"{years_simulated(facts):.0f}"
        reason = Words(f"{length} năm, quá {_MOST_YEARS}", f"{length} years, more than {_MOST_YEARS}")
        yield facts.fault("E-DATE-002", "horizon.end", reason)
    is_written = "defaults" in facts.layers and UNTIL not in facts.layers
    if decided > horizon.end and is_written:  # what `--until` cut short, and is kept so, is meant: `cautions` says more
        reason = Words(
            f"quyết định ngày {decided:%d/%m/%Y}, sau khi kỳ mô phỏng hết", f"decided {decided}, after the horizon"
        )
        yield facts.fault("E-DATE-001", "plan.decided", reason)
    if horizon.warm_up.value > _LONGEST_WARM_UP_MS:
        warm_up = words_of(horizon.warm_up.value, "duration")
        reason = Words(f"chạy đà {warm_up.vi}, quá một năm", f"a warm-up of {warm_up.en} is longer than a year")
        yield facts.fault("E-DATE-002", "horizon.warm_up", reason)


def _mandates_are_right(facts: Facts) -> Iterator[ScenarioError]:
    end = facts.scenario.horizon.end
    for mandate in facts.scenario.mandates:
        key = f"mandates.{mandate.id}"
        if mandate.start > end or mandate.start.year < _FIRST_YEAR:
            reason = Words(
                f"{mandate.start:%d/%m/%Y} ngoài kỳ mô phỏng, hết {end:%d/%m/%Y}",
                f"{mandate.start} is after the horizon {end}",
            )
            yield facts.fault("E-DATE-003", f"{key}.start", reason)
        if mandate.measured_from is not None and mandate.measured_from < mandate.start:
            reason = Words("đo trước khi có hiệu lực", "measured before it is in force")
            yield facts.fault("E-DATE-003", f"{key}.measured_from", reason)
        if not mandate.tiers:
            yield facts.fault("E-DATE-004", f"{key}.tiers", Words("không áp dụng cho ai", "it binds nobody"))


def _extra_lines_are_right(facts: Facts) -> Iterator[ScenarioError]:
    """An option acts only after the plan's decision: earlier money is history."""
    first, last = facts.scenario.plan.decided.year, facts.scenario.horizon.end.year
    between = Words(f"đặt năm từ {first} đến {last}, hoặc ", f"a year from {first} to {last}, or ")
    for line in facts.scenario.extra_lines:
        key = f"extra_lines.{line.id}"
        if line.year < first:
            reason = Words(
                f"năm {line.year} trước khi kế hoạch được duyệt ({first})",
                f"{line.year} is before the decision ({first})",
            )
            drop = Words("bỏ phương án này", "leave this option out")
            yield facts.fault("E-DATE-005", f"{key}.year", reason, _either(between if first <= last else None, drop))
        if line.year > last:
            reason = Words(f"năm {line.year} sau kỳ mô phỏng", f"{line.year} is after the horizon")
            longer = Words(
                f"kéo dài kỳ mô phỏng đến hết năm {line.year} (--until {line.year}-12-31), hoặc bỏ phương án này",
                f"simulate until the end of {line.year} (--until {line.year}-12-31), or leave this option out",
            )
            yield facts.fault("E-DATE-005", f"{key}.year", reason, _either(between if first <= last else None, longer))
        if line.kind not in PAID_WHOLE and line.unit_cost.value <= 0:
            reason = Words("đơn giá phải lớn hơn 0", "the unit cost must be above zero")
            yield facts.fault("E-BUD-006", f"{key}.unit_cost", reason)


def _either(first: Words | None, second: Words) -> Words:
    """Both repairs, or the second alone where the first cannot be done."""
    return second if first is None else Words(first.vi + second.vi, first.en + second.en)


def _money_is_of_these_years(facts: Facts) -> Iterator[ScenarioError]:
    """A plan whose money lies wholly outside the years simulated was put together from two plans."""
    first, last = facts.scenario.horizon.start.year, facts.scenario.horizon.end.year
    years = [line.year for line in facts.tables.budget]
    is_own = facts.layer_of("budget.lines") > 0  # not what a blank scenario has from the defaults
    if years and is_own and UNTIL not in facts.layers and (max(years) < first or min(years) > last):
        said = f"{min(years)}-{max(years)}"
        reason = Words(
            f"bảng chi chỉ có kinh phí {said}, kỳ mô phỏng là {first}-{last}",
            f"the budget has money of {said} only, the years simulated are {first}-{last}",
        )
        yield facts.fault("E-BUD-011", "budget.lines", reason, Words("dùng bảng chi của kỳ này", "name its own table"))


def _groups_are_right(facts: Facts) -> Iterator[ScenarioError]:
    """A group names agencies that are there, each once."""
    ids = [row.agency_id for row in facts.tables.agencies]
    for group in facts.scenario.groups:
        key = f"groups.{group.id}.agencies"
        if not group.agencies:
            yield facts.fault("E-GRP-001", key, Words("nhóm không có cơ quan nào", "the group names no agency"))
        for name in dict.fromkeys(group.agencies):
            if ids and name not in ids:
                reason = Words(f"không có cơ quan “{shown(name)}”", f'no agency "{shown(name)}"')
                yield facts.fault("E-GRP-001", key, reason, did_you_mean(name, ids))
            elif group.agencies.count(name) > 1:
                reason = Words(f"“{shown(name)}” được nêu hai lần", f'"{shown(name)}" is named twice')
                yield facts.fault("E-GRP-001", key, reason)


def _moves_are_right(facts: Facts) -> Iterator[ScenarioError]:
    """A move is of a group that is there, within the horizon, to a house with a line."""
    groups, horizon = [group.id for group in facts.scenario.groups], facts.scenario.horizon
    for move in facts.scenario.moves:
        key = f"moves.{move.id}"
        if move.group not in groups:
            reason = Words(f"không có nhóm “{shown(move.group)}”", f'no group "{shown(move.group)}"')
            yield facts.fault("E-GRP-002", f"{key}.group", reason, did_you_mean(move.group, groups))
        if not horizon.start <= move.start <= horizon.end:
            span = span_of(horizon)
            reason = Words(
                f"{move.start:%d/%m/%Y} ngoài kỳ mô phỏng {span.vi}", f"{move.start} is outside the horizon {span.en}"
            )
            yield facts.fault("E-DATE-006", f"{key}.start", reason)
        if move.route == "none":
            reason = Words("trụ sở mới không có đường truyền", "the new house has no line")
            routes = " | ".join(name for name in ROUTES if name != "none")
            yield facts.fault("E-GRP-003", f"{key}.route", reason, Words(routes, routes))
