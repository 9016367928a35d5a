"""Shares that stay blank over few items, and what a reporter adds to his own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.measure.ratio import FEWEST_ITEMS, Ratio


def ratio(part: list[int], whole: list[int], own: list[int]) -> Ratio:
    """A ratio over months."""
    return Ratio(np.array(part, np.int64), np.array(whole, np.int64), np.array(own, np.int64))


def test_fewer_than_thirty_items_are_blank() -> None:
    r = ratio([29, 1, 0], [29, 1, 0], [0, 0, 0])
    assert r.share(0, 0) is None
    assert r.share(0, 1) == 1.0
    assert r.share(2, 2) is None
    assert ratio([0], [FEWEST_ITEMS], [0]).share(0, 0) == 0.0


def test_months_add_up_before_they_are_divided() -> None:
    """A month of 900 items with none and one of 100 with all make a tenth, not a half."""
    r = ratio([0, 100], [900, 100], [0, 0])
    assert r.share(0, 1) == pytest.approx(0.1)
    assert r.share(0, 0) == 0.0
    assert r.share(1, 1) == 1.0


def test_optimism_counts_by_the_self_reported_part() -> None:
    r = ratio([50, 50], [100, 100], [40, 0])
    assert r.share(0, 0, optimism=0.10) == pytest.approx(0.5 + 0.10 * 0.4)
    assert r.share(1, 1, optimism=0.10) == 0.5
    assert r.share(0, 1, optimism=0.10) == pytest.approx(0.5 + 0.10 * 0.2)


def test_nobody_reports_more_than_everything() -> None:
    assert ratio([99], [100], [100]).share(0, 0, optimism=0.15) == 1.0


@settings(max_examples=60, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50)), min_size=1, max_size=8))
def test_reported_lies_between_the_truth_and_the_whole_optimism(months: list[tuple[int, int, int]]) -> None:
    """`a` done, `b` not done, of which `c` at most are self-reported."""
    part = [a for a, _, _ in months]
    whole = [a + b for a, b, _ in months]
    own = [min(c, a + b) for a, b, c in months]
    r = ratio(part, whole, own)
    true, reported = r.share(0, len(months) - 1), r.share(0, len(months) - 1, 0.08)
    if true is None or reported is None:
        assert true is None
        assert reported is None
        return
    assert true <= reported <= min(1.0, true + 0.08) + 1e-12
