"""Where a target's spread comes from: parameters or luck, on made-up values whose split is known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import sqrt

import pytest
from measured_runs import Runs, with_values

from sim.measure.measured import Measured
from sim.measure.payload import decode, encode
from sim.measure.variance import FEWEST_PAIRS, WIDEST, split, variance_rows
from sim.model.simulate import simulate
from sim.results.evidence_tables import VarianceRow


def test_split_by_hand() -> None:
    """Values 0 to 9, variance 55/6; pairs differ by 1: mean square 1, halved 0.5, 3/55 of it."""
    first = {number: float(number) for number in range(10)}
    second = {number: value + (-1.0) ** number for number, value in first.items()}
    found = split(first, second)
    assert found.luck == pytest.approx(3 / 55)
    assert found.parameters == pytest.approx(52 / 55)
    assert found.luck_low is not None
    assert found.luck_high is not None
    assert 0.0 < found.luck_low < 3 / 55 < found.luck_high < WIDEST
    assert found.pairs == 10
    assert split(first, second) == found, "resampling is seeded"


def test_all_luck_is_all_and_no_more() -> None:
    first = {number: float(number) for number in range(12)}
    far = {number: value + 50.0 for number, value in first.items()}
    assert split(first, far) == (0.0, 1.0, 1.0, 1.0, 12)


def test_what_cannot_be_told_is_blank() -> None:
    first = {number: float(number) for number in range(16)}
    second = {number: value + (-1.0) ** number for number, value in first.items()}
    few = dict(list(second.items())[: FEWEST_PAIRS - 1])
    assert split(first, few) == (None, None, None, None, FEWEST_PAIRS - 1)
    assert split(first, {}) == (None, None, None, None, 0)
    still = dict.fromkeys(range(16), 0.1)
    assert split(still, first) == (None, None, None, None, 16)
    assert split({}, {}) == (None, None, None, None, 0)
    assert split(first, first) == (None, None, None, None, 16), "pairs that never differed have no error to resample"
    one_pair_differs = first | {3: 5.0}
    assert split(first, one_pair_differs) == (None, None, None, None, 16)


def test_ten_pairs_do_not_carry_a_half_and_a_half() -> None:
    """Luck's share of a half can be 0.2 or 1 as well by ten pairs: nothing is said, however neat the estimate."""
    found = [split(*made(0.5, 20, 10, seed)) for seed in range(40)]
    assert sum(one.luck is None for one in found) > 30
    assert all(one.pairs == 10 for one in found)


@pytest.mark.parametrize(("by_luck", "n", "pairs"), [(0.05, 20, 10), (0.05, 100, 20), (0.5, 200, 100)])
def test_nineteen_intervals_in_twenty_hold_the_share(by_luck: float, n: int, pairs: int) -> None:
    """Of 300 studies whose share is known, 95 % less four standard errors of 1.3 points."""
    found = [split(*made(by_luck, n, pairs, seed)) for seed in range(300)]
    told = [(one.luck_low, one.luck_high) for one in found if one.luck_low is not None and one.luck_high is not None]
    assert len(told) > 280
    assert sum(low <= by_luck <= high for low, high in told) / len(told) > 0.90


def made(by_luck: float, n: int, pairs: int, seed: int) -> tuple[dict[int, float], dict[int, float]]:
    """A study of normal parameters and luck with this share of luck."""
    draw = random.Random(seed)
    parameters = [draw.gauss(0.0, sqrt(1.0 - by_luck)) for _ in range(n)]
    first = {number: value + draw.gauss(0.0, sqrt(by_luck)) for number, value in enumerate(parameters)}
    return first, {number: parameters[number] + draw.gauss(0.0, sqrt(by_luck)) for number in range(pairs)}


@pytest.mark.parametrize("by_luck", [0.1, 0.5, 0.9])
@pytest.mark.parametrize(("n", "pairs"), [(400, 400), (1000, 200)])
def test_a_known_split_is_recovered(by_luck: float, n: int, pairs: int) -> None:
    """Normal parameters and luck: within four standard errors.

    Half the mean square of `pairs` differences has the relative error sqrt(2/pairs), a variance of n values
    sqrt(2/(n - 1)); taken as independent, the ratio's error is at most their root sum of squares.
    """
    found = split(*made(by_luck, n, pairs, 20170317))
    assert found.luck is not None
    assert found.luck == pytest.approx(by_luck, abs=4.0 * by_luck * sqrt(2.0 / pairs + 2.0 / (n - 1)))
    assert found.parameters == pytest.approx(1.0 - found.luck)
    assert found.pairs == pairs


def shares(rows: Sequence[VarianceRow]) -> set[tuple[float | None, float | None, float | None, float | None, int]]:
    return {(row.parameters_share, row.luck_share, row.luck_low, row.luck_high, row.n_pairs) for row in rows}


def test_the_table_pairs_by_replication(runs: Runs) -> None:
    """Ten replications that are reversed the second time, and blank once: nine pairs are too few to say."""
    measured = decode(encode(runs.records[0], runs.loaded))

    def made_up(number: int, value: float | None) -> Measured:
        return with_values(measured, value, replication=number)

    first = [made_up(number, float(number)) for number in range(10)]
    second = [made_up(number, 109.0 - number) for number in range(10)]
    rows = variance_rows(runs.loaded, first[::-1], second)
    assert shares(rows) == {(0.0, 1.0, 1.0, 1.0, 10)}  # pairs lie 91 to 109 apart, all of it within ten
    assert [(row.target_id, row.reading, row.measure) for row in rows] == [
        (row.target_id, row.reading, row.measure) for row in measured.targets
    ]
    unknown = (None, None, None, None)
    assert shares(variance_rows(runs.loaded, first, [*second[:9], made_up(9, None)])) == {(*unknown, 9)}
    assert shares(variance_rows(runs.loaded, first, [])) == {(*unknown, 0)}


def test_second_luck_keeps_the_parameters_and_changes_the_documents(runs: Runs) -> None:
    again = simulate(runs.loaded, 20170317, 1, second_luck=True)
    assert again.parameters == runs.records[1].parameters
    assert again.parameters != runs.records[0].parameters
    assert again.tally != runs.records[1].tally
