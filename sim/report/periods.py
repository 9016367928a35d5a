"""Years as the report names them; a year that the simulation cut short says until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sim.report.formatting import date_text
from sim.report.phrases import say
from sim.results.words import Lang, Words

_CUT = Words("{period} (mô phỏng đến {day})", "{period} (simulated to {day})")


def period_text(years: Sequence[int], stopped: date | None, language: Lang) -> str:
    """2016–2020, or 2016–2018 with the day on which the simulation stopped within the last year."""
    first, last = min(years), max(years)
    text = str(first) if first == last else f"{first}–{last}"
    if stopped is None or stopped.year != last:
        return text
    return say(_CUT, language, period=text, day=date_text(stopped, language))


def year_text(year: int, stopped: date | None, language: Lang) -> str:
    """2018, with the day on which the simulation stopped when that is within this year."""
    return period_text([year], stopped, language)
