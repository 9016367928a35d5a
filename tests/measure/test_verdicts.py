"""From replications that reach a target to an interval and a verdict."""

from __future__ import annotations

import math
import random
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine.normal import NORMAL_975
from sim.measure.verdicts import (
    AT_RISK,
    MOST_REPLICATIONS,
    OUT_OF_REACH,
    REACHABLE,
    TOO_CLOSE,
    decided,
    more_needed,
    quantile,
    verdict,
    wilson,
    wilson_share,
)

REQUIRED = 0.80


def score_root(successes: int, n: int, low: float, high: float) -> float:
    """The share in [low, high] that the score test just rejects: |x/n - p| = z sqrt(p(1-p)/n), by bisection."""

    def excess(p: float) -> float:
        return abs(successes / n - p) - NORMAL_975 * math.sqrt(p * (1.0 - p) / n)

    outside_is_low = excess(low) > 0.0
    for _ in range(200):
        middle = 0.5 * (low + high)
        if (excess(middle) > 0.0) == outside_is_low:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, Statistics in Medicine 17, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_against_newcombes_table(successes: int, n: int, low: float, high: float) -> None:
    found = wilson(successes, n)
    assert found == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(("successes", "n"), [(1, 7), (3, 20), (10, 20), (19, 20), (77, 100), (501, 1000)])
def test_wilson_inverts_the_score_test(successes: int, n: int) -> None:
    share = successes / n
    low, high = wilson(successes, n)
    assert low == pytest.approx(score_root(successes, n, 0.0, share), abs=1e-12)
    assert high == pytest.approx(score_root(successes, n, share, 1.0), abs=1e-12)


@settings(max_examples=60, derandomize=True)
@given(st.integers(1, 400), st.data())
def test_wilson_is_symmetric_and_narrows(n: int, data: st.DataObject) -> None:
    successes = data.draw(st.integers(0, n))
    low, high = wilson(successes, n)
    other_low, other_high = wilson(n - successes, n)
    assert (low, high) == pytest.approx((1.0 - other_high, 1.0 - other_low), abs=1e-12)
    assert 0.0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1.0
    tenfold = wilson(10 * successes, 10 * n)
    assert tenfold[1] - tenfold[0] < high - low


def test_no_replication_has_no_interval() -> None:
    with pytest.raises(ValueError, match="no replication"):
        wilson(0, 0)


@pytest.mark.parametrize(
    ("successes", "n", "expected"),
    [
        (20, 20, REACHABLE),
        (0, 20, OUT_OF_REACH),
        (10, 20, AT_RISK),
        (100, 100, REACHABLE),
        (50, 100, AT_RISK),
        (10, 100, OUT_OF_REACH),  # upper end 17.4 %
        (90, 100, REACHABLE),  # lower end 82.6 %
        (160, 200, TOO_CLOSE),  # the share is the boundary, and known well enough for that
        (40, 200, TOO_CLOSE),
    ],
)
def test_verdicts_by_hand(successes: int, n: int, expected: str) -> None:
    assert verdict(successes, n, REQUIRED) == expected


def test_fewest_replications_that_can_decide() -> None:
    """Sixteen of sixteen are needed for four chances in five: n/(n + z²) >= 0.8 from n = 4 z² = 15.4."""
    assert verdict(15, 15, REQUIRED).startswith("undecided")
    assert verdict(16, 16, REQUIRED) == REACHABLE
    assert verdict(0, 15, REQUIRED).startswith("undecided")
    assert verdict(0, 16, REQUIRED) == OUT_OF_REACH


def test_boundaries_belong_to_the_verdict() -> None:
    assert decided(0.80, 0.9, REQUIRED) == REACHABLE
    assert decided(math.nextafter(0.80, 0.0), 0.9, REQUIRED) is None
    assert decided(0.1, 0.20, REQUIRED) == OUT_OF_REACH
    assert decided(0.1, math.nextafter(0.20, 1.0), REQUIRED) is None
    assert decided(0.20, 0.80, REQUIRED) == AT_RISK
    assert decided(0.15, 0.80, REQUIRED) is None


@pytest.mark.parametrize(("successes", "n"), [(3, 4), (4, 4), (1, 4), (5, 20), (16, 20), (1, 20), (45, 60)])
def test_in_half_of_the_worlds_that_show_this_the_stated_number_decides(successes: int, n: int) -> None:
    """Probabilities drawn from Jeffreys' prior, and kept where n replications came out so: half need fewer."""
    luck, kept = random.Random(n), []
    while len(kept) < 800:
        chance = luck.betavariate(0.5, 0.5)
        if sum(luck.random() < chance for _ in range(n)) == successes:
            kept.append(chance)
    more = more_needed(successes, n, REQUIRED)
    assert more is not None
    assert verdict(successes, n, REQUIRED) == f"undecided ({more} more)"
    deciding = sum(decided(*wilson_share(one, n + more), REQUIRED) is not None for one in kept)
    assert deciding / len(kept) == pytest.approx(0.5, abs=4 * math.sqrt(0.25 / len(kept)))


def test_three_of_four_say_nothing_of_being_close() -> None:
    """As little as none of four, or two: nobody can know from four that a probability lies next to a boundary."""
    for successes in range(5):
        assert verdict(successes, 4, REQUIRED).startswith("undecided")
    assert {verdict(successes, 200, REQUIRED).partition(" (")[0] for successes in range(201)} == {
        REACHABLE,
        OUT_OF_REACH,
        AT_RISK,
        TOO_CLOSE,
        "undecided",
    }


def test_at_most_replications_it_is_too_close() -> None:
    successes = round(0.81 * MOST_REPLICATIONS)
    assert decided(*wilson(successes, MOST_REPLICATIONS), REQUIRED) is None
    assert verdict(successes, MOST_REPLICATIONS, REQUIRED) == TOO_CLOSE


@settings(max_examples=80, derandomize=True)
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40))
def test_quantile_is_the_inclusive_one(values: list[float]) -> None:
    twentieths = statistics.quantiles(values, n=20, method="inclusive")
    found = [quantile(values, i / 20) for i in range(1, 20)]
    assert found == pytest.approx(twentieths, rel=1e-9, abs=1e-9)
    assert quantile(values, 0.0) == min(values)
    assert quantile(values, 1.0) == max(values)


def test_quantile_of_one_and_of_nothing() -> None:
    assert quantile([7.0], 0.05) == quantile([7.0], 0.95) == 7.0
    with pytest.raises(ValueError, match="no value"):
        quantile([], 0.5)
