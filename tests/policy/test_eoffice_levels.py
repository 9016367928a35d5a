"""Levels of e-office: agencies rise one by one, follow neighbours, and give a level up again."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np
import pytest
from adoption_bench import MEASURED, NO_ORDER, months, standard_errors, users, yearly
from worlds import Bench, Provinces, small_province

from sim.engine.records import Records
from sim.policy.adoption import adopt, ahead_of
from sim.policy.pressures import MONTH_MS


def certify(bench: Bench, agency: int, holders: Iterable[int]) -> None:
    """Certificates in force for ever."""
    places = int(bench.world.rules["places"][0])
    for holder in holders:
        bench.world.certificates["valid_until_ms"][agency * places + holder] = 1 << 50


def test_levels_rise_one_by_one_and_the_last_needs_a_token_in_a_leaders_hand(bench: Bench) -> None:
    """Everybody reaches level 3; level 4 only where a leader, not just the agency, has a token that is not locked."""
    agencies = bench.world.agencies
    agencies["level"] = np.where(agencies["tier"] < 4, 1, 2)
    agencies["supports"] = 1
    certify(bench, 1, (0,))
    certify(bench, 2, (2,))
    certify(bench, 3, (1,))
    bench.world.certificates["unusable"][3 * int(bench.world.rules["places"][0]) + 1] = 1
    row = yearly(push_leader=1.0, installed_to_registry=200.0, regulation=200.0)
    levels = []
    for month in range(24217, 24221):
        adopt(bench.world, month, row, NO_ORDER, 0)
        levels.append(list(agencies["level"][:8]))
    assert levels == [[2] * 8, [3] * 8, [3, 3, 4, 3, 3, 3, 3, 3], [3, 3, 4, 3, 3, 3, 3, 3]]


def started(provinces: Provinces, row: Records, level: int, **fields: float) -> tuple[Bench, int, int]:
    """400 departments at a level, six months of adoption: the bench, moves of a level, and months at risk."""
    found = Bench(provinces.load(small_province(departments=400)))
    agencies = found.world.agencies
    inside = agencies["tier"] < 4
    for name, value in {"level": level, "supports": 0, "eoffice_trained": 0, "users": 0, **fields}.items():
        agencies[name] = np.where(inside, value, agencies[name])
    moved = asked = 0
    for month in range(24217, 24223):
        before = np.array(agencies["level"][inside])
        adopt(found.world, month, row, NO_ORDER, 0)
        moved += int(((agencies["level"][inside] != before) & (before == level)).sum())
        asked += int((before == level).sum())
    return found, moved, asked


@pytest.mark.parametrize(("strength", "reference", "experience"), [(0.5, 1.0, 1.0), (0.5, 0.5, 0.6), (1.5, 0.5, 1.0)])
def test_an_agency_rises_at_the_stated_hazard(
    provinces: Provinces, strength: float, reference: float, experience: float
) -> None:
    """Rate x causes / reference x experience, the base among the causes, and beyond the reference too."""
    row = yearly(base=0.1, push_leader=strength - 0.1, installed_to_registry=2.0, reference_strength=reference)
    _, moved, asked = started(provinces, row, 1, supports=1, experience=experience)
    odds = 1.0 - math.exp(-2.0 * strength / reference * experience / 12)
    assert abs(standard_errors(moved, asked, odds)) < 4.0


def test_nobody_pushes_and_still_some_start(provinces: Provinces) -> None:
    """Voluntary: the base alone moves agencies, slowly."""
    row = yearly(base=0.02, installed_to_registry=0.9, reference_strength=0.553)
    _, moved, asked = started(provinces, row, 1)
    assert moved > 0
    assert abs(standard_errors(moved, asked, 1.0 - math.exp(-0.9 * 0.02 / 0.553 / 12))) < 4.0


def test_neighbours_ahead_pull_along(bench: Bench) -> None:
    """Two of the other three provincial agencies are ahead, one of the other two communes; the district has no peer."""
    w = bench.world
    tiers = list(w.agencies["tier"][:8])
    assert tiers == [0, 1, 1, 1, 2, 3, 3, 3]
    w.agencies["level_before"][:8] = (1, 2, 3, 1, 1, 1, 2, 1)
    shares = [ahead_of(w, agency) for agency in range(8)]
    assert shares == pytest.approx([2 / 3, 1 / 3, 0, 2 / 3, 0, 1 / 2, 0, 1 / 2])


def test_a_level_is_given_up_after_a_long_time_of_poor_experience(provinces: Provinces) -> None:
    """Not while it is borne; then at the stated hazard; from level 2 to none, and its users with it."""
    row = yearly(fall=1.5, low_experience=0.7, patience=6 * MONTH_MS)
    _, patient, _ = started(provinces, row, 2, low_months=6, users=10)
    assert patient == 0
    found, moved, asked = started(provinces, row, 2, low_months=7, users=10)
    assert abs(standard_errors(moved, asked, 1.0 - math.exp(-1.5 / 12))) < 4.0
    agencies = found.world.agencies
    fallen = agencies["level"] == 1
    assert fallen.sum() == moved
    assert (agencies["users"][fallen] == 0).all()
    assert (agencies["users"][(agencies["level"] == 2) & (agencies["tier"] < 4)] == 10).all()


def test_a_rule_that_few_follow_is_dropped(provinces: Provinces) -> None:
    row = yearly(fall=1.5, deserted_share=0.2)
    found, moved, asked = started(provinces, row, 3, users=1, staff=20)
    assert abs(standard_errors(moved, asked, 1.0 - math.exp(-1.5 / 12))) < 4.0
    assert set(found.world.agencies["level"][found.world.agencies["tier"] < 4]) == {2, 3}
    _, followed, _ = started(provinces, row, 3, users=4, staff=20)
    assert followed == 0


def test_an_agency_without_eoffice_has_no_users(bench: Bench) -> None:
    bench.world.agencies["level"][:4] = 0
    months(bench, 12, yearly(base=50.0, push_mandate=5.0, installed_to_registry=100.0, regulation=100.0), MEASURED)
    assert (bench.world.agencies["level"][:4] == 0).all()
    assert (users(bench)[:4] == 0).all()
    assert (users(bench)[4:] > 0).all()
