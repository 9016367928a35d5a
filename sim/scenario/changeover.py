"""The day from which options act, in the middle of a plan: what stood there before it, and what can change on a day.

A plan is under way, and somebody asks what options would do from now on. Up to the day the province is what it was
without them, so that both run through the same past; then it takes the options' values over. What stood before is kept
in the scenario itself (`changeover`), key by key, so that a resolved file says both.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sim.results.words import Words
from sim.scenario.command_line import day_given
from sim.scenario.entries import Entry, Provenance, frozen_value
from sim.scenario.errors import ScenarioError
from sim.scenario.keys import BUDGET_LEVERS, CHANGEOVER, ROW_LISTS, Key, key_of
from sim.scenario.layers import Layer, Settings
from sim.scenario.plan_years import Acting
from sim.scenario.schema import Scenario
from sim.scenario.toml_text import toml_value

OPTIONS_FROM = "--options-from"
OPTION = "option:"
"""How the layer of an option is called, before its name."""
_DAY, _FIRST_YEAR, _BEFORE = ((CHANGEOVER, name) for name in ("day", "first_year", "before"))
_MID_MONTH = 15
"""A year's money is settled in the middle of a month."""
_DECEMBER = 12

_ON_A_DAY = (
    "adoption",
    "budget.approval_month",
    "budget.arrival",
    "budget.central_programme",
    "budget.central_reliability",
    "budget.cut_share",
    "budget.eoffice_form",
    "budget.order",
    "budget.procurement",
    "budget.programme_share",
    "budget.project_teams",
    "budget.provincial_reliability",
    "budget.redivide",
    "budget.scale",
    "budget.shift_years",
    "budget.sites_per_month",
    "budget.slip_share",
    "budget.stop_share",
    "dossiers.citizens",
    "dossiers.counter",
    "dossiers.records",
    "extra_lines",
    "mandates",
    "network.adsl",
    "network.dedicated",
    "network.desk_staff",
    "network.desk_visit",
    "network.ftth",
    "network.poll_interval",
    "network.ups_share",
    "network.web",
    "people.clerks_added",
    "people.lent_share",
    "people.overtime_a_day",
    "people.overtime_a_year",
    "people.react_days",
    "people.staff_cut_share",
    "people.swamped_days",
    "purchases",
    "reporting.inspected_share",
    "signatures.churn",
    "signatures.desk_staff",
    "signatures.desk_work",
    "signatures.hard_fail_share",
    "signatures.lead_time",
    "signatures.list_interval",
    "signatures.old_token_share",
    "signatures.pin_lock_share",
    "signatures.renew_ahead",
    "signatures.revocation",
)
"""Keys, and sections of keys, of which the running province takes another value over on a day."""
_SAID_ONLY = ("basis", "source")
"""Parts of a quantity that change nothing."""
_OF_THE_FIRST_DAY = ("dossiers.citizens.start_share",)
"""Keys below those that say how things stood on the first day."""


def acting_from(options_from: date | str | None, layers: Sequence[Layer], errors: list[ScenarioError]) -> Acting | None:
    """From which day and which year's money on options act; None when they act from the plan's own days on.

    Args:
        options_from: the day asked for.
        layers: the scenario without what is laid over it.
        errors: takes what is wrong with the day.
    """
    if options_from is None:
        return None
    day = day_given(options_from, OPTIONS_FROM, ".".join(_DAY), errors)
    if day is None:
        return None
    day = acting_day(day)
    entries = {key: entry.value for layer in layers for key, entry in layer.entries.items()}
    end = entries.get(("horizon", "end"))
    start = entries.get(("horizon", "start"))
    if isinstance(start, date) and isinstance(end, date) and not start < day <= end:
        reason = Words(
            f"phương án có hiệu lực từ {day:%d/%m/%Y} (ngày đầu tháng), ngoài kỳ mô phỏng sau {start:%d/%m/%Y}"
            f" đến {end:%d/%m/%Y}",
            f"options would act from {day} (a month's first day), which is not after {start} and by {end}",
        )
        errors.append(ScenarioError("E-OVL-006", OPTIONS_FROM, ".".join(_DAY), reason))
        return None
    month = next(
        (entries[key] for key in (("budget", "approval_month", part) for part in ("low", "value")) if key in entries), 1
    )
    month = min(_DECEMBER, max(1, int(month))) if isinstance(month, int | float) else 1
    return Acting(day, day.year if day <= date(day.year, month, _MID_MONTH) else day.year + 1)


def note_what_stood(settings: Settings, before: Settings, acting: Acting) -> None:
    """Put into the settings the day on which options act, and each entry that they replaced, added or dropped.

    Nothing is put where options change nothing.
    """
    changed = [
        key
        for key in dict.fromkeys((*before.entries, *settings.entries))
        if _value(before, key) != _value(settings, key)
    ]
    if not changed:
        return
    origin = Provenance(OPTIONS_FROM, f"{OPTIONS_FROM} {acting.day}", 0)
    settings.entries[_DAY] = Entry(acting.day, origin)
    settings.entries[_FIRST_YEAR] = Entry(acting.first_year, origin)
    for key in changed:
        stood = before.entries.get(key)
        text = "" if stood is None else toml_value(stood.value)
        settings.entries[(*_BEFORE, ".".join(key))] = Entry(text, origin)


def _value(settings: Settings, key: Key) -> object:
    entry = settings.entries.get(key)
    return None if entry is None else entry.value


def forget_what_is_set_over(settings: Settings, layer: str) -> None:
    """What a layer sets over a scenario in which options act from a day on holds before that day too."""
    for key in [key for key in settings.entries if key[: len(_BEFORE)] == _BEFORE]:
        entry = settings.entries.get(key_of(key[-1]))
        if entry is not None and entry.origin.layer == layer:
            del settings.entries[key]


def as_it_was(settings: Settings) -> Settings | None:
    """The settings as they are before the options' day; None where options act from the plan's own days on."""
    if _DAY not in settings.entries:
        return None
    earlier = Settings({key: entry for key, entry in settings.entries.items() if key[0] != CHANGEOVER})
    for key, entry in settings.entries.items():
        if key[: len(_BEFORE)] != _BEFORE:
            continue
        stood = key_of(key[-1])
        earlier.entries.pop(stood, None)
        if entry.value:
            earlier.entries[stood] = Entry(frozen_value(tomllib.loads(f"stood = {entry.value}")["stood"]), entry.origin)
    return earlier


def changeover_faults(
    scenario: Scenario, before: Scenario, origins: Mapping[Key, Provenance]
) -> Iterator[ScenarioError]:
    """What options set that cannot change in the middle of a plan, and what of theirs would begin before their day.

    Args:
        scenario: with the options.
        before: as it is before the day.
        origins: where each key was written.
    """
    day = scenario.changeover.day
    if day is None:
        return
    for text in scenario.changeover.before:
        key = key_of(text)
        if key[-1] in _SAID_ONLY:
            continue
        if not _changes_on_a_day(text):
            yield _not_on_a_day(text, origins)
        elif isinstance(found := _at(origins, scenario, key), date) and key[0] not in ROW_LISTS and found < day:
            yield _too_early(text, f"{found:%d/%m/%Y}", found.isoformat(), day, origins)
    yield from _rows_too_early(scenario, before, day, origins)
    yield from _levers_twice(scenario, before, origins)


def _rows_too_early(
    scenario: Scenario, before: Scenario, day: date, origins: Mapping[Key, Provenance]
) -> Iterator[ScenarioError]:
    """Orders and money of the options that begin before their day, or in a year that is settled by then."""
    orders, lines = ({row.id for row in rows} for rows in (before.mandates, before.extra_lines))
    for order in scenario.mandates:
        if order.id not in orders and order.start < day:
            yield _too_early(f"mandates.{order.id}.start", f"{order.start:%d/%m/%Y}", str(order.start), day, origins)
    first_year = scenario.changeover.first_year or day.year
    for line in scenario.extra_lines:
        if line.id not in lines and line.year < first_year:
            yield _too_early(f"extra_lines.{line.id}.year", str(line.year), str(line.year), day, origins)


def _at(origins: Mapping[Key, Provenance], scenario: Scenario, key: Key) -> object:
    """The value of a key of the scenario that is no quantity; None for any other."""
    found: Any = scenario
    for part in key if key in origins else ():
        found = getattr(found, part, None)
    return found


def _changes_on_a_day(key: str) -> bool:
    named = [one for one in _ON_A_DAY if f"{key}.".startswith(f"{one}.")]
    return bool(named) and not any(f"{key}.".startswith(f"{one}.") for one in _OF_THE_FIRST_DAY)


def _not_on_a_day(key: str, origins: Mapping[Key, Provenance]) -> ScenarioError:
    reason = Words(
        f"{key} không đổi được giữa kỳ: nó được định cho cả kỳ mô phỏng ngay từ ngày đầu",
        f"{key} cannot change in the middle of a plan: it is laid out for all of it on the first day",
    )
    repair = Words(
        f"bỏ phương án này ra, hoặc bỏ {OPTIONS_FROM} để phương án có hiệu lực từ đầu kỳ",
        f"leave this option out, or leave out {OPTIONS_FROM}, so that it acts from the beginning",
    )
    return ScenarioError("E-OVL-007", _place(key, origins), key, reason, repair)


def _too_early(key: str, vi: str, en: str, day: date, origins: Mapping[Key, Provenance]) -> ScenarioError:
    reason = Words(
        f"{vi} sớm hơn ngày phương án bắt đầu có hiệu lực ({day:%d/%m/%Y})", f"{en} is before options act ({day})"
    )
    repair = Words(
        "ghi written_for vào tệp phương án để năm, ngày tự dời, hoặc sửa năm, ngày",
        "say written_for in the option's file, so that its years and days move along, or change them",
    )
    return ScenarioError("E-OVL-008", _place(key, origins), key, reason, repair)


def _levers_twice(scenario: Scenario, before: Scenario, origins: Mapping[Key, Provenance]) -> Iterator[ScenarioError]:
    """A lever on the plan's lines that was turned before cannot be turned to another value on a day."""
    for table in BUDGET_LEVERS[:-1]:
        stood, now = getattr(before.budget, table), getattr(scenario.budget, table)
        for name in stood:
            if now.get(name) != stood[name]:
                yield _not_on_a_day(f"budget.{table}.{name}", origins)


def _place(key: str, origins: Mapping[Key, Provenance]) -> str:
    origin = origins.get(key_of(key))
    return origin.place if origin else OPTIONS_FROM


def acting_day(day: date) -> date:
    """The first turn of a month from a day on: options act from there, for habits, orders and series go by months."""
    if day.day == 1:
        return day
    return date(day.year + 1, 1, 1) if day.month == _DECEMBER else date(day.year, day.month + 1, 1)
