"""Values in place of keys that are missing or broken, so that every other rule of a scenario is checked all the same.

Nothing is ever simulated with them: a scenario that needs one is refused. What a rule finds at such a key, or by
comparing with one, is not told (`consequences`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal, get_args, get_origin

from sim.scenario.entries import Entry, Provenance
from sim.scenario.keys import ANY_ID, ROW_LISTS, Key, KeyMeaning, meaning, pattern, schema_keys
from sim.scenario.layers import Settings
from sim.scenario.units import BASE_UNIT, Dimension

_NOWHERE = Provenance("invalid", "", 0)
_OF_TYPE: Mapping[object, object] = {str: "?", date: date(2000, 1, 1), int: 1, float: 1.0, bool: False}


def patched(settings: Settings, defaults: Settings, broken: Collection[Key]) -> Settings:
    """Returns the settings with each broken key as the defaults have it, or, where nobody has it, with a stand-in."""
    whole = replace(settings, entries=dict(settings.entries), changes=[])
    for key in {_writing(key, settings) for key in broken}:
        if key[0] in ROW_LISTS and len(key) < 3:
            _replace(whole, defaults, key)
            continue
        _replace(whole, defaults, key)
        if not whole.below(key):
            whole.entries.update({one: Entry(value, _NOWHERE) for one, value in _stand_ins(key)})
    return whole


def without_rows(settings: Settings, defaults: Settings, broken: Collection[Key]) -> Settings:
    """Returns the settings without the mandates, targets and so on that are broken, and `patched` elsewhere."""
    return patched(settings, defaults, {key[:2] if key[0] in ROW_LISTS else key for key in broken})


def _replace(settings: Settings, defaults: Settings, key: Key) -> None:
    for one in settings.below(key):
        del settings.entries[one]
    settings.entries.update({one: defaults.entries[one] for one in defaults.below(key)})


def _writing(key: Key, settings: Settings) -> Key:
    """The key under which a broken value is written: of one word of a list, the list."""
    while len(key) > 1 and meaning(key) is None and not settings.below(key):
        key = key[:-1]
    return key


def _stand_ins(key: Key) -> Iterator[tuple[Key, object]]:
    """What a key that must be stated might be, or all that a section must state."""
    base = pattern(key)
    for one, known in schema_keys().items():
        if one[: len(base)] == base and known.is_required and not known.is_table and ANY_ID not in one[len(base) :]:
            yield from _of(known, (*key, *one[len(base) :]))


def _of(known: KeyMeaning, key: Key) -> Iterator[tuple[Key, object]]:
    if known.dimension is not None:
        parts: dict[str, Any] = {"value": _amount(known.dimension), "kind": "fixed", "basis": "assumed", "source": "?"}
        yield from (((*key, part), value) for part, value in parts.items())
    elif not known.is_profile:
        yield key, _of_type(known.holds)


def _amount(dimension: Dimension) -> str:
    return "50 %" if dimension == "share" else f"1 {BASE_UNIT[dimension]}" if dimension != "count" else "1"


def _of_type(holds: object) -> object:
    if get_origin(holds) is Annotated:
        return _of_type(get_args(holds)[0])
    if get_origin(holds) is Literal:
        return get_args(holds)[0]
    return () if get_origin(holds) is tuple else _OF_TYPE.get(holds, "?")
