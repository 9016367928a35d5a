"""Targets whose measure the simulation is given: filed on portals that the centre runs and the province does not."""

from __future__ import annotations

from sim.results.words import Lang, Words

NATIONAL = ("business_registration_online_share", "investment_certificate_online_share")
"""Measures that are drawn from a stated range, whatever the plan does."""
_NOTE = Words("cho trước từ bên ngoài, không mô phỏng", "given from outside, not simulated")
_SIMULATED = Words("mô phỏng", "simulated")


def outside_note(measure: str, language: Lang) -> str:
    """What to say beside a target's name when its measure is given from outside; empty for all others."""
    return _NOTE.text(language) if measure in NATIONAL else ""


def with_outside_note(title: str, measure: str, language: Lang) -> str:
    """A target's title, with the note in brackets where its measure is given."""
    note = outside_note(measure, language)
    return f"{title} ({note})" if note else title


def origin_text(measure: str, language: Lang) -> str:
    """Whether a value comes out of the simulation or was put in."""
    return outside_note(measure, language) or _SIMULATED.text(language)
