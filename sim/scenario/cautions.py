"""What `check` says of a scenario that is valid, yet rests on what nobody has checked."""

from __future__ import annotations

from sim.results.words import Words
from sim.scenario.loading import LoadedScenario

CHECKED_YEARS = range(2016, 2027)
"""Years whose public holidays and swapped days were compared with the notices (`scenarios/calendars/README.md`)."""


def cautions_of(loaded: LoadedScenario) -> tuple[Words, ...]:
    """Returns one line for each."""
    unchecked = years_of_unchecked_holidays(loaded)
    return (_unchecked_holidays(unchecked),) if unchecked else ()


def years_of_unchecked_holidays(loaded: LoadedScenario) -> list[int]:
    """Simulated years outside those checked, of which the scenario's own table of overrides says nothing."""
    if loaded.scenario.calendar.always_open:
        return []
    known = {day.date.year for day in loaded.calendar_overrides}
    horizon = loaded.scenario.horizon
    simulated = range(horizon.start.year, horizon.end.year + 1)
    return [year for year in simulated if year not in CHECKED_YEARS and year not in known]


def _unchecked_holidays(years: list[int]) -> Words:
    said = ", ".join(map(str, years))
    first, last = CHECKED_YEARS[0], CHECKED_YEARS[-1]
    return Words(
        f"chú ý: ngày nghỉ lễ, ngày làm bù năm {said} chưa đối chiếu với thông báo của Chính phủ (đã đối chiếu"
        f" {first}-{last}); ghi những ngày được thông báo khác đi vào bảng calendar.overrides",
        f"note: public holidays and make-up days of {said} have not been checked against the Government's notices"
        f" (checked: {first} to {last}); put the days announced otherwise into the table calendar.overrides",
    )
