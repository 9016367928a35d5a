"""The same luck and a stronger cause of adoption: no agency is at a lower level or has fewer users for it."""

from __future__ import annotations

import numpy as np
import pytest
from adoption_bench import MEASURED, NO_ORDER, ORDERED, months, yearly
from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import Bench, Provinces, small_province

from sim.engine.records import Records

STRENGTHS = ("base", "push_training", "push_leader", "push_mandate", "push_measured", "inspection_weight", "imitation")
STATED = {
    "base": 0.02,
    "push_training": 0.085,
    "push_leader": 0.1,
    "push_mandate": 0.092,
    "push_measured": 0.276,
    "inspection_weight": 0.2,
    "imitation": 0.39,
    "colleague_weight": 0.47,
    "lapse": 0.5,
    "turnover": 0.055,
    "reference_strength": 0.553,
    "installed_to_registry": 0.9,
    "regulation": 0.75,
    "fall": 1.0,
    "deserted_share": 0.1,
}


def grown(found: Bench, pushed: Records, **named: float) -> tuple[Records, Records]:
    """Levels and users after four years from the same mixed start, under the same luck."""
    agencies = found.world.agencies
    n = int((agencies["tier"] < 4).sum())
    agencies["level"][:n], agencies["users"][:n] = 1 + np.arange(n) % 3, (np.arange(n) % 3) * 4
    agencies["supports"][:n], agencies["inspected"][:n] = np.arange(n) % 2, np.arange(n) % 5 == 0
    agencies["eoffice_trained"][:n], agencies["experience"][:n] = np.arange(n) % 7, 0.9
    months(found, 48, yearly(**{**STATED, **named}), pushed)
    return np.array(agencies["level"][:n]), np.array(agencies["users"][:n])


@pytest.mark.parametrize("strength", STRENGTHS)
def test_a_stronger_cause_lowers_no_agency(provinces: Provinces, strength: str) -> None:
    """Each cause five times as strong: at every single agency as high a level and as many users, or more."""
    found = Bench(provinces.load(small_province(departments=40, districts=4, communes=10)))
    pushed = ORDERED if strength == "inspection_weight" else MEASURED
    levels, people = grown(found, pushed)
    higher, more = grown(found, pushed, **{strength: 5.0 * STATED[strength]})
    assert (higher >= levels).all()
    assert (more >= people).all()
    assert more.sum() > people.sum()
    assert higher.sum() > levels.sum()


@pytest.fixture(scope="module")
def neighbours(provinces: Provinces) -> Bench:
    """A Bench whose agencies `grown` sets anew each time."""
    return Bench(provinces.load(small_province(departments=12, districts=3, communes=4)))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.data())
def test_whatever_the_strengths_a_stronger_cause_lowers_no_agency(neighbours: Bench, data: st.DataObject) -> None:
    """Any strengths, any cause, raised to any number: the same luck, and nobody is later or less for it."""
    strengths = {name: data.draw(st.floats(0.0, 4.0), name) for name in (*STRENGTHS, "lapse", "turnover", "fall")}
    strengths |= {name: data.draw(st.floats(0.0, 3.0), name) for name in ("installed_to_registry", "regulation")}
    strengths |= {name: data.draw(st.floats(0.0, 1.0), name) for name in ("inspection_weight", "deserted_share")}
    cause = data.draw(st.sampled_from(STRENGTHS), "cause")
    stronger = strengths[cause] + data.draw(st.floats(0.0, 6.0), "by how much")
    pushed = data.draw(st.sampled_from([NO_ORDER, ORDERED, MEASURED]), "orders")
    levels, people = grown(neighbours, pushed, **strengths)
    higher, more = grown(neighbours, pushed, **{**strengths, cause: stronger})
    assert (higher >= levels).all()
    assert (more >= people).all()


def test_an_order_without_strength_is_no_order(provinces: Provinces) -> None:
    found = Bench(provinces.load(small_province(departments=40, districts=4, communes=10)))
    without = grown(found, NO_ORDER)
    declared = grown(found, MEASURED, push_mandate=0.0, push_measured=0.0)
    for one, other in zip(without, declared, strict=True):
        np.testing.assert_array_equal(one, other)
