"""How sure the least money is called: no surer than the number of points that might have been checked allows."""

from __future__ import annotations

from dataclasses import replace
from math import comb

import numpy as np
import pytest

from sim.measure.verdicts import wilson
from sim.report.goal import GoalTables, confidence_text
from sim.report.manifest import manifest_from
from sim.results.goal_tables import GoalPoint

REQUIRED = 0.8


def tables(checks: int) -> GoalTables:
    goal = {"verdict": "found", "probability": REQUIRED, "checks": checks, "closest": 1}
    return GoalTables(manifest_from({"scenario": "s"}), goal, (), (), ())


def point(reached: int, fresh: int, worth: float | None = None) -> GoalPoint:
    low, high = wilson(reached, fresh)
    chances = {"reached": 0, "n": 1, "p_reached": 0.0, "p_low": 0.0, "p_high": 0.0, "deciding_margin": None}
    fresh_ones = {"fresh_reached": None, "fresh_n": None, "fresh_low": None, "fresh_high": None, "fresh_worth": None}
    nothing = GoalPoint(1, {}, {}, 0.0, 0.0, **chances, is_pareto=True, is_answer=True, **fresh_ones, outcomes={})
    return replace(
        nothing, fresh_reached=reached, fresh_n=fresh, fresh_low=low, fresh_high=high, fresh_worth=worth or float(fresh)
    )


@pytest.mark.parametrize("checks", [1, 2, 3, 4])
@pytest.mark.parametrize("fresh", [40, 200])
def test_a_point_just_short_is_rarely_called_certain(checks: int, fresh: int) -> None:
    """The binomial chances of all the counts that are called certain, over all checks, come to 5 % at most."""
    called = [k for k in range(fresh + 1) if tables(checks).is_certain(point(k, fresh))]
    chance = sum(comb(fresh, k) * REQUIRED**k * (1 - REQUIRED) ** (fresh - k) for k in called)
    assert 0.01 < checks * chance <= 0.05
    assert called == list(range(called[0], fresh + 1))


def test_four_points_just_short_checked_in_turn_seldom_end_in_a_certainty() -> None:
    """As `goal` does it: the next one only where the one before was not enough. Three standard errors over 5 %."""
    draw = np.random.default_rng(4)
    wrong = 0
    for _ in range(3_000):
        for reached in draw.binomial(40, REQUIRED, 4).tolist():
            if reached >= REQUIRED * 40:
                wrong += tables(4).is_certain(point(reached, 40))
                break
    assert 0 < wrong / 3_000 < 0.05 + 3 * (0.05 * 0.95 / 3_000) ** 0.5


def test_the_words_follow_the_count_of_checks() -> None:
    """38 of 40 happen by luck once in 130; enough for one point and for four; 37 of 40 once in 35, enough for one."""
    for reached, checks, certain in ((38, 4, True), (37, 1, True), (37, 4, False)):
        english = confidence_text(tables(checks), point(reached, 40), "en")
        assert ("certain at the 95% level, the" in english) == certain
        assert ("is not certain at the 95% level" in english) != certain
        assert f"({checks})" in english
        assert ("chưa chắc chắn" in confidence_text(tables(checks), point(reached, 40), "vi")) != certain


def test_futures_of_the_same_draws_make_nothing_certain() -> None:
    """180 of 200 are certain; worth 20 they are 18 of 20, which luck alone gives once in five."""
    asked = tables(1)
    assert asked.is_certain(point(180, 200))
    assert not asked.is_certain(point(180, 200, 20.0))
    assert asked.is_certain(point(190, 200, 40.0)) == asked.is_certain(point(38, 40))
    told = replace(asked, goal={**asked.goal, "told": True})
    assert "--recheck makes it surer" in confidence_text(asked, point(180, 200, 20.0), "en")
    assert "too close to call with this calibration" in confidence_text(told, point(180, 200, 20.0), "en")
