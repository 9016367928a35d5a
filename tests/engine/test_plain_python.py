"""The compiled model is the plain Python that it was written as, and looks nothing up from the end of an array."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from worlds import SOME_OF_EVERYTHING, Office, Provinces, fixed, play, small_province, visits_of

from sim.exchange.codes import DRAFTS_AND_SIGNS, OUTSIDE
from sim.exchange.state import World

ROOT = Path(__file__).resolve().parents[2]
LOSING_MUCH = fixed("documents.missing_file_share", "20 %")
"""So that much is refused and sent again."""


class FromTheFront(np.ndarray[Any, Any]):
    """An array that refuses a number below zero: the model means "none" by it, Python and Numba the last row."""

    def __getitem__(self, place: Any) -> Any:
        return super().__getitem__(_from_the_front(place))

    def __setitem__(self, place: Any, value: Any) -> None:
        super().__setitem__(_from_the_front(place), value)


def _from_the_front(place: Any) -> Any:
    for part in place if isinstance(place, tuple) else (place,):
        if isinstance(part, int | np.integer) and part < 0:
            raise IndexError(f"{part} counts from the end")
    return place


def _guarded(arrays: Any) -> Any:
    return arrays._replace(**{name: array.view(FromTheFront) for name, array in arrays._asdict().items()})


def _all_online(world: World) -> None:
    """Everybody works in e-office and may send without paper."""
    inside = world.agencies["tier"] != OUTSIDE
    world.agencies["level"][inside] = world.agencies["level_before"][inside] = DRAFTS_AND_SIGNS
    world.agencies["paperless_allowed"] = 1
    world.agencies["users"][inside] = world.agencies["staff"][inside]


def _offices(districts: int) -> tuple[Office, ...]:
    """A little province; without districts, as since 1/7/2025, its communes have none above them."""
    if districts:
        return small_province(districts=districts, communes=2, population=8_000)
    *inside, outside = small_province(districts=0)
    return (*inside, *(Office(f"com.{i}", "commune", population=8_000) for i in range(2)), outside)


def what_happens(districts: int) -> dict[str, Any]:
    """Three weeks of a little province in which everything happens: its totals and the digest of its visits."""
    asked = [kind for kind in SOME_OF_EVERYTHING if districts or "district" not in (kind.intake_tier + kind.steps)]
    with tempfile.TemporaryDirectory() as folder:
        loaded = Provinces(Path(folder) / "scenarios").load(
            _offices(districts), sets=[LOSING_MUCH], end=date(2019, 3, 20), personal=1, organisation=1, procedures=asked
        )
        world = play(loaded, prepare=_all_online).traffic.world
    tally = {name: int(world.tally[name][0]) for name in world.tally.dtype.names or ()}
    digest = hashlib.sha256(np.ascontiguousarray(visits_of(world)).tobytes()).hexdigest()
    return {"tally": tally, "visits": digest}


def guarded(districts: int) -> None:
    """The same in plain Python, with every array of the world and of the event list on its guard."""
    import worlds

    from sim.traffic import compiled

    found, grow, empty, longer = worlds.found, compiled.grow, compiled.empty_event_list, compiled.longer

    def found_guarded(*arguments: Any, **named: Any) -> Any:
        from dataclasses import replace

        founded = found(*arguments, **named)
        return replace(founded, world=_guarded(founded.world))

    worlds.found = found_guarded
    compiled.grow = lambda world: _guarded(grow(world))
    compiled.empty_event_list = lambda number: _guarded(empty(number))
    compiled.longer = lambda events: _guarded(longer(events))
    sys.stdout.write(json.dumps(what_happens(districts)))


@pytest.mark.slow
@pytest.mark.parametrize("districts", [1, 0])
def test_compiled_code_does_what_plain_python_does_and_counts_from_the_front(districts: int) -> None:
    code = f"from test_plain_python import guarded; guarded({districts})"
    paths = os.pathsep.join(str(ROOT / part) for part in ("", "tests", "tests/engine"))
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": paths, "PYTHONWARNINGS": "ignore"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    compiled = what_happens(districts)
    assert json.loads(done.stdout) == compiled
    for event in ("twins_filed", "dossiers_finished", *(("repeats_created",) if districts else ())):
        assert compiled["tally"][event] > 0, event
