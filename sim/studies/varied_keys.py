"""A key that a study varies as its manifest keeps it: what it is called, from where to where, and where the plan is."""

from __future__ import annotations

from math import fsum
from typing import Any

from sim.measure.cells import planned_by_source
from sim.results.words import Words
from sim.scenario.drawn import quantities
from sim.scenario.keys import key_of, money_named, title_of
from sim.scenario.loading import LoadedScenario
from sim.studies.axes import Axis

_SCALE = ("budget", "scale")
_UNTURNED = {"scale": 1.0, "redivide": 1.0, "shift_years": 0.0}


def key_record(axis: Axis, loaded: LoadedScenario) -> dict[str, Any]:
    """What the manifest of a study says of a key.

    `million_vnd` is the money that a scale of the plan's money stands for at one, and None of other keys; `plan` is the
    value that the scenario itself has, None where it has none (a choice).
    """
    low, high = axis.value(0.0), axis.value(1.0)
    title = _title(axis, loaded)
    return {
        "key": axis.key,
        "title_vi": title.vi,
        "title_en": title.en,
        "role": "lever" if axis.is_lever else "unknown",
        "dimension": axis.dimension or "",
        "unit": axis.unit,
        "low": low,
        "high": high,
        "low_written": axis.written(low),
        "high_written": axis.written(high),
        "plan": _of_the_plan(axis, loaded),
        "million_vnd": _money_at_one(axis, loaded),
    }


def _title(axis: Axis, loaded: LoadedScenario) -> Words:
    """The key's title, with that of the plan line it names."""
    title = title_of(axis.key)
    path = key_of(axis.key)
    if path[:2] == _SCALE:  # its values are printed as money
        named = money_named(path[2])
        title = Words(f"Kinh phí {named.vi}", f"Money of {named.en}")
    if path[0] != "budget" or len(path) < 3:
        return title
    line = next((one for one in loaded.plan_lines if one.line_id == path[2]), None)
    if line is None:
        return title
    return Words(f"{title.vi} ({line.title_vi})", f"{title.en} ({line.title_en})")


def _of_the_plan(axis: Axis, loaded: LoadedScenario) -> float | None:
    path = key_of(axis.key)
    if path[0] == "budget" and len(path) > 2 and path[1] in _UNTURNED:
        return float(getattr(loaded.scenario.budget, path[1]).get(path[2], _UNTURNED[path[1]]))
    quantity = dict(quantities(loaded.scenario)).get(axis.key)
    return None if quantity is None or axis.alternatives else quantity.value


def _money_at_one(axis: Axis, loaded: LoadedScenario) -> float | None:
    """Million VND from the year of the decision on that the plan has where the scale is one."""
    if key_of(axis.key)[:2] != _SCALE:
        return None
    whole, without = (fsum(planned_by_source(loaded, {axis.key: factor}).values()) for factor in (1.0, 0.0))
    return round(whole - without, 6) or None
