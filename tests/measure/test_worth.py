"""What is worth measuring, against a model in which every correlation is known, and against chance alone."""

from __future__ import annotations

import math
import random

import pytest

from sim.measure.influence import ERROR_CHANCE
from sim.measure.worth import worth_measuring


def test_figures_are_taken_for_what_they_add_and_the_spread_left_is_the_regression_s() -> None:
    """y = 0.8 a + 0.5 b + a rest, of unit variance; a copy of a adds nothing to a.

    Of normal values, Spearman's correlation is 6 / pi asin(r / 2) of Pearson's r.
    """
    luck, n = random.Random(4), 4_000
    a, b, rest, other, small = ([luck.gauss(0, 1) for _ in range(n)] for _ in range(5))
    y = [0.8 * x + 0.5 * z + math.sqrt(1 - 0.64 - 0.25) * e for x, z, e in zip(a, b, rest, strict=True)]
    copy = [x + 0.1 * e for x, e in zip(a, small, strict=True)]
    found = worth_measuring({"copy": copy, "other": other, "b": b, "a": a}, y)
    assert [one.figure for one in found][:2] == ["a", "b"]
    assert {one.figure for one in found} <= {"a", "b", "copy"}
    spearman = [6 / math.pi * math.asin(r / 2) for r in (0.8, 0.5)]
    assert found[0].correlation == pytest.approx(spearman[0], abs=4 / math.sqrt(n))
    assert found[0].spread_left == pytest.approx(math.sqrt(1 - spearman[0] ** 2), abs=4 / math.sqrt(n))
    assert found[1].spread_left == pytest.approx(
        math.sqrt(1 - spearman[0] ** 2 - spearman[1] ** 2), abs=4 / math.sqrt(n)
    )


@pytest.mark.parametrize("n", [12, 20, 60])
def test_among_figures_that_have_nothing_to_do_with_it_one_is_seldom_named(n: int) -> None:
    """Thirty figures, four hundred worlds: named as often as the error chance says, not more."""
    luck, worlds = random.Random(n), 400
    named = 0
    for _ in range(worlds):
        figures = {number: [luck.gauss(0, 1) for _ in range(n)] for number in range(30)}
        named += bool(worth_measuring(figures, [luck.gauss(0, 1) for _ in range(n)]))
    assert named / worlds <= ERROR_CHANCE + 3 * math.sqrt(ERROR_CHANCE * (1 - ERROR_CHANCE) / worlds)


def test_what_never_varies_tells_and_is_told_nothing() -> None:
    varied = [float(one) for one in range(30)]
    assert worth_measuring({"a": [1.0] * 30}, varied) == []
    assert worth_measuring({"a": varied}, [1.0] * 30) == []
    (one,) = worth_measuring({"a": varied, "same": varied}, varied)
    assert one.spread_left == pytest.approx(0, abs=1e-6)
