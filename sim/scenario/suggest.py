"""The nearest valid spelling of a name that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from sim.results.words import NOTHING, Words
from sim.scenario.errors import printable

_LONGEST = 200


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Returns the known name closest to `name`, or None when nothing is near."""
    candidates = sorted(known)
    if len(name) > _LONGEST:
        return None
    found = difflib.get_close_matches(name, candidates, n=1, cutoff=0.6)
    if found:
        return found[0]
    last = name.rpartition(".")[2]
    by_last = {candidate.rpartition(".")[2]: candidate for candidate in reversed(candidates)}
    found = difflib.get_close_matches(last, sorted(by_last), n=1, cutoff=0.75)
    return by_last[found[0]] if found else None


def did_you_mean(name: str, known: Iterable[str]) -> Words:
    """Returns "did you mean ...?" in both languages, or nothing."""
    near = nearest(name, known)
    if near is None:
        return NOTHING
    return Words(f"có phải “{printable(near)}”?", f'did you mean "{printable(near)}"?')
