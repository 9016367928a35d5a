"""Where a target's spread comes from: parameters or luck, on made-up values whose split is known."""

from __future__ import annotations

import random
from collections.abc import Sequence
from math import sqrt

import pytest
from measured_runs import Runs, with_values

from sim.measure.measured import Measured
from sim.measure.payload import decode, encode
from sim.measure.variance import FEWEST_PAIRS, Split, split, variance_rows
from sim.model.simulate import simulate
from sim.results.evidence_tables import VarianceRow


def test_split_by_hand() -> None:
    """Values 0 to 4, variance 2.5; pairs differ by 1: mean square 1, halved 0.5, a fifth of 2.5."""
    first = {number: float(number) for number in range(5)}
    second = {number: value + (-1.0) ** number for number, value in first.items()}
    assert split(first, second) == pytest.approx((0.8, 0.2, 5))


def test_all_parameters_and_all_luck() -> None:
    first = {number: float(number) for number in range(8)}
    assert split(first, first) == (1.0, 0.0, 8)
    far = {number: value + 50.0 for number, value in first.items()}
    assert split(first, far) == (0.0, 1.0, 8)


def test_what_cannot_be_told_is_blank() -> None:
    first = {number: float(number) for number in range(8)}
    few = dict(list(first.items())[: FEWEST_PAIRS - 1])
    assert split(first, few) == Split(None, None, FEWEST_PAIRS - 1)
    assert split(first, {}) == Split(None, None, 0)
    still = dict.fromkeys(range(8), 0.1)
    assert split(still, first) == Split(None, None, 8)
    assert split({}, {}) == Split(None, None, 0)


@pytest.mark.parametrize("by_luck", [0.1, 0.5, 0.9])
@pytest.mark.parametrize(("n", "pairs"), [(400, 400), (1000, 200)])
def test_a_known_split_is_recovered(by_luck: float, n: int, pairs: int) -> None:
    """Normal parameters and luck: within four standard errors.

    Half the mean square of `pairs` differences has the relative error sqrt(2/pairs), a variance of n values
    sqrt(2/(n - 1)); taken as independent, the ratio's error is at most their root sum of squares.
    """
    draw = random.Random(20170317)
    parameters = [draw.gauss(0.0, sqrt(1.0 - by_luck)) for _ in range(n)]
    first = {number: value + draw.gauss(0.0, sqrt(by_luck)) for number, value in enumerate(parameters)}
    second = {number: parameters[number] + draw.gauss(0.0, sqrt(by_luck)) for number in range(pairs)}
    found = split(first, second)
    assert found.luck is not None
    assert found.luck == pytest.approx(by_luck, abs=4.0 * by_luck * sqrt(2.0 / pairs + 2.0 / (n - 1)))
    assert found.parameters == pytest.approx(1.0 - found.luck)
    assert found.pairs == pairs


def shares(rows: Sequence[VarianceRow]) -> set[tuple[float | None, float | None, int]]:
    return {(row.parameters_share, row.luck_share, row.n_pairs) for row in rows}


def test_the_table_pairs_by_replication(runs: Runs) -> None:
    """Five replications that are reversed the second time, and blank once: four pairs are too few to say."""
    measured = decode(encode(runs.records[0], runs.loaded))

    def made_up(number: int, value: float | None) -> Measured:
        return with_values(measured, value, replication=number)

    first = [made_up(number, float(number)) for number in range(5)]
    second = [made_up(number, 4.0 - number) for number in range(5)]
    rows = variance_rows(runs.loaded, first[::-1], second)
    assert shares(rows) == {(0.0, 1.0, 5)}  # mean square 8, halved 4, more than the variance of 2.5
    assert [(row.target_id, row.reading, row.measure) for row in rows] == [
        (row.target_id, row.reading, row.measure) for row in measured.targets
    ]
    assert shares(variance_rows(runs.loaded, first, [*second[:4], made_up(4, None)])) == {(None, None, 4)}
    assert shares(variance_rows(runs.loaded, first, [])) == {(None, None, 0)}


def test_second_luck_keeps_the_parameters_and_changes_the_documents(runs: Runs) -> None:
    again = simulate(runs.loaded, 20170317, 1, second_luck=True)
    assert again.parameters == runs.records[1].parameters
    assert again.parameters != runs.records[0].parameters
    assert again.tally != runs.records[1].tally
