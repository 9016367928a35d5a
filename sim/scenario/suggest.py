"""The nearest valid spelling of a name that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from itertools import takewhile

from sim.results.words import NOTHING, Words
from sim.scenario.errors import printable

_LONGEST = 200
_LOOKED_AT = 8
_FEW_LETTERS = 3
_ALIKE = 0.6
"""Share of the letters of two names that must agree (`difflib`), from 0 to 1."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Returns the known name closest to `name`, or None when nothing is near: no name is better than a wrong one."""
    candidates = sorted(set(known) - {name})
    if not name or len(name) > _LONGEST:
        return None
    found = [
        one for one in difflib.get_close_matches(name, candidates, n=_LOOKED_AT, cutoff=_ALIKE) if _is_near(name, one)
    ]
    if found:
        return max(found, key=lambda one: (_likeness(name, one), _begin_alike(name, one)))
    section = name.partition(".")[0] if "." in name else ""
    if section and any(one.startswith(f"{section}.") for one in candidates):
        return None  # its section is right: the same word elsewhere means something else
    last = name.rpartition(".")[2]
    by_last = {candidate.rpartition(".")[2]: candidate for candidate in reversed(candidates)}
    found = difflib.get_close_matches(last, sorted(by_last), n=1, cutoff=0.75)
    return by_last[found[0]] if found else None


def _is_near(name: str, one: str) -> bool:
    """Names of a few letters must begin alike; of dotted names the last parts must be near, whatever they stand in."""
    mine, its = name.rpartition("."), one.rpartition(".")
    if mine[1] and its[1]:
        longer = max(len(mine[2]), len(its[2]))
        differing = longer - sum(one == other for one, other in zip(mine[2], its[2], strict=False))
        return differing <= 1 if longer <= _FEW_LETTERS else _likeness(mine[2], its[2]) >= _ALIKE
    return len(name) > _FEW_LETTERS or name[0].casefold() == one[0].casefold()


def _likeness(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other).ratio()


def _begin_alike(one: str, other: str) -> int:
    """How many letters two names begin with alike."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def did_you_mean(name: str, known: Iterable[str]) -> Words:
    """Returns "did you mean ...?" in both languages, or nothing."""
    near = nearest(name, known)
    if near is None:
        return NOTHING
    return Words(f"có phải “{printable(near)}”?", f'did you mean "{printable(near)}"?')


def measure_meant(name: str, known: Iterable[str]) -> Words:
    """The nearest measure, and the command that lists them all."""
    near, listed = did_you_mean(name, known), Words("lệnh “list measures” liệt kê tất cả", '"list measures" lists all')
    return Words(" ".join(filter(None, (near.vi, listed.vi))), " ".join(filter(None, (near.en, listed.en))))
