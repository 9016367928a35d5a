"""Rules on office hours, mail runs and the profiles of the day, week and year."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sim.results.words import Words
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.facts import Facts
from sim.scenario.office_schema import OfficeHours
from sim.scenario.quantity import BASES

_SHIFT = re.compile(r"(\d\d:\d\d)-(\d\d:\d\d)", re.ASCII)
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)", re.ASCII)
_MINUTES_A_DAY = 24 * 60
_CYCLES = {"hours": 24, "weekdays": 7, "months": 12}
AGENCY_KINDS = ("office", "department", "district", "commune", "leader")


def calendar_rules(facts: Facts) -> Iterator[ScenarioError]:
    """Yields everything wrong with working time."""
    for kind in AGENCY_KINDS:
        hours: OfficeHours = getattr(facts.scenario.calendar, kind)
        yield from _hours_are_right(facts, f"calendar.{kind}", hours)
        yield from _profile_meets_hours(facts, kind, hours)
    yield from _profiles_have_their_length(facts)
    yield from _mail_runs_are_right(facts)


def minute_of_day(clock: str) -> int | None:
    """Returns the minute since midnight of `HH:MM`, up to `24:00`, or None for anything else."""
    match = _CLOCK.fullmatch(clock)
    minute = int(match[1]) * 60 + int(match[2]) if match else _MINUTES_A_DAY + 1
    return minute if minute <= _MINUTES_A_DAY else None


def shift_minutes(shift: str) -> tuple[int, int] | None:
    """Returns the opening and closing minute of `HH:MM-HH:MM`, or None when it is not a shift."""
    match = _SHIFT.fullmatch(shift)
    opening, closing = (minute_of_day(match[1]), minute_of_day(match[2])) if match else (None, None)
    return (opening, closing) if opening is not None and closing is not None and opening < closing else None


def _hours_are_right(facts: Facts, key: str, hours: OfficeHours) -> Iterator[ScenarioError]:
    if not hours.weekdays:
        reason = Words("không có giờ làm việc nào", "the calendar is empty: no working hours at all")
        yield facts.fault("E-CAL-001", f"{key}.weekdays", reason)
    yield from _shifts_are_right(facts, f"{key}.weekdays", hours.weekdays)
    yield from _shifts_are_right(facts, f"{key}.saturday", hours.saturday)
    if hours.basis not in BASES:
        reason = Words(f"không biết căn cứ {shown(hours.basis)}", f"unknown basis {shown(hours.basis)}")
        yield facts.fault("E-QTY-005", f"{key}.basis", reason, Words(" | ".join(BASES), f"one of {', '.join(BASES)}"))


def _shifts_are_right(facts: Facts, key: str, shifts: Sequence[str]) -> Iterator[ScenarioError]:
    known = []
    for shift in shifts:
        minutes = shift_minutes(shift)
        if minutes is None:
            reason = Words(f"“{shown(shift)}” không phải ca làm việc", f'"{shown(shift)}" is not a shift')
            repair = Words('ví dụ "07:00-11:30"', 'for example "07:00-11:30", opening before closing')
            yield facts.fault("E-CAL-002", key, reason, repair)
        else:
            known.append((minutes, shift))
    for (earlier, first), (later, second) in pairwise(sorted(known)):
        if later[0] < earlier[1]:
            reason = Words(f"ca {first} và {second} chồng nhau", f"shifts {first} and {second} overlap")
            yield facts.fault("E-CAL-003", key, reason)


def _profile_meets_hours(facts: Facts, kind: str, hours: OfficeHours) -> Iterator[ScenarioError]:
    """Without this a document would wait for ever for an hour in which it may be written."""
    seasons = facts.scenario.seasons
    if kind == "leader" or facts.scenario.calendar.always_open or len(seasons.hours.weights) != _CYCLES["hours"]:
        return
    shifts = [minutes for shift in hours.weekdays if (minutes := shift_minutes(shift)) is not None]
    is_open = [any(start < (hour + 1) * 60 and hour * 60 < end for start, end in shifts) for hour in range(24)]
    if shifts and not any(weight for weight, opened in zip(seasons.hours.weights, is_open, strict=True) if opened):
        reason = Words(f"mọi giờ làm việc của {kind} có trọng số 0", f"every open hour of {kind} has weight zero")
        yield facts.fault("E-CAL-005", "seasons.hours", reason)


def _profiles_have_their_length(facts: Facts) -> Iterator[ScenarioError]:
    seasons = facts.scenario.seasons
    for name, length in _CYCLES.items():
        weights = getattr(seasons, name).weights
        if len(weights) != length:
            reason = Words(
                f"cần {length} trọng số, có {len(weights)}", f"{length} weights wanted, {len(weights)} given"
            )
            yield facts.fault("E-CAL-004", f"seasons.{name}", reason)
    if not any(seasons.weekdays.weights[:5]):
        reason = Words("từ thứ Hai đến thứ Sáu đều có trọng số 0", "Monday to Friday all have weight zero")
        yield facts.fault("E-CAL-005", "seasons.weekdays", reason)


def _mail_runs_are_right(facts: Facts) -> Iterator[ScenarioError]:
    runs = facts.scenario.post.mail_runs
    minutes = [minute_of_day(run) for run in runs]
    if not runs:
        reason = Words("không có giờ lấy thư nào", "the post is never collected: no mail run")
        yield facts.fault("E-CAL-006", "post.mail_runs", reason)
    for run, minute in zip(runs, minutes, strict=True):
        if minute is None or minute == _MINUTES_A_DAY:
            reason = Words(f"“{shown(run)}” không phải giờ HH:MM", f'"{shown(run)}" is not a time HH:MM')
            yield facts.fault("E-CAL-006", "post.mail_runs", reason)
    if len(set(runs)) < len(runs):
        yield facts.fault("E-CAL-006", "post.mail_runs", Words("giờ lấy thư trùng nhau", "a mail run is a duplicate"))
