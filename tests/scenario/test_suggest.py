"""Did you mean: only what is near and valid in that place."""

from __future__ import annotations

import pytest

from sim.results.words import NOTHING
from sim.scenario.suggest import did_you_mean, nearest

KEYS = (
    "budget.lines",
    "budget.totals",
    "people.scan",
    "people.staff",
    "matrix.commune.office",
    "calendar.office.basis",
)


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("people.sca", KEYS, "people.scan"),
        ("scan", KEYS, "people.scan"),
        ("peple.scan", KEYS, "people.scan"),
        ("poeple.scna", KEYS, "people.scan"),
        ("II.2z", ("II.1", "II.2a", "III.2"), "II.2a"),
        ("campain", ("campaign", "mandate"), "campaign"),
        ("a33", ("a3", "c3"), "a3"),
        ("rnu", ("run", "new"), "run"),
    ],
)
def test_the_nearest_name_is_offered(name: str, known: tuple[str, ...], meant: str) -> None:
    assert nearest(name, known) == meant


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("3", ("a3", "c3")),
        ("budget.scale", KEYS),
        ("people.office", KEYS),
        ("people.scan", ("people.scan",)),
        ("văn thư", KEYS),
        ("", KEYS),
    ],
)
def test_no_name_is_offered_rather_than_a_wrong_one(name: str, known: tuple[str, ...]) -> None:
    assert did_you_mean(name, known) == NOTHING
