"""The least cost on models whose best answer is known, with whole numbers, and when there is none."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sim.studies.goal import Search, Tried, candidates_of, first_points, margin_of

FUTURES = np.random.default_rng(3).normal(0.0, 0.05, 20)


def sought(
    margin: Callable[[np.ndarray], float],
    cost: Callable[[np.ndarray], np.ndarray],
    levels: list[int | None],
    *,
    probability: float = 0.8,
    most: int = 40,
) -> tuple[Search, list[Tried]]:
    """Search to the end: a point reaches a future when its margin and that future's luck are not below nought."""
    points = candidates_of(levels, seed=5)
    search = Search(points, cost(points), first_points(points, (), 5), probability, most)
    tried: list[Tried] = []
    while batch := search.next_batch(tried):
        assert not {one.candidate for one in tried} & set(batch)
        tried += [Tried(n, tuple(float(margin(points[n]) + luck) for luck in FUTURES)) for n in batch]
        assert len(tried) <= most
    return search, tried


def luck_needed(probability: float) -> float:
    """What the margin must be so that this share of the futures is reached."""
    return -sorted(FUTURES.tolist(), reverse=True)[int(np.ceil(probability * len(FUTURES))) - 1]


def test_one_lever_is_found_to_its_step() -> None:
    """Margin 2x - 1, cost x: the least x is (1 + luck) / 2."""
    search, tried = sought(lambda x: 2.0 * x[0] - 1.0, lambda points: 100.0 * points[:, 0], [None])
    best = search.best(tried)
    assert best is not None
    least = 100.0 * (1.0 + luck_needed(0.8)) / 2.0
    assert least <= search.costs[best.candidate] <= least * 1.02
    assert len(tried) <= 25


def test_a_step_is_found_although_nothing_leads_to_it() -> None:
    """Enough from 0.4 on and no sign of it on either side: halving between enough and not enough finds it."""
    search, tried = sought(lambda x: 1.0 if x[0] >= 0.4 else -1.0, lambda points: 100.0 * points[:, 0], [None])
    best = search.best(tried)
    assert best is not None
    assert 40.0 <= search.costs[best.candidate] <= 41.0


def test_the_cheaper_of_two_levers_does_the_work() -> None:
    """Margin x + y - 0.8 - luck; y costs a third of x: all of it from y, which can give 0.8 by itself."""
    search, tried = sought(
        lambda x: x[0] + x[1] - 0.8, lambda points: 30.0 * points[:, 0] + 10.0 * points[:, 1], [None, None]
    )
    best = search.best(tried)
    assert best is not None
    least = 10.0 * (0.8 + luck_needed(0.8))
    assert least <= search.costs[best.candidate] <= least * 1.05
    assert search.points[best.candidate][0] <= 0.02


def test_curved_and_in_three_keys() -> None:
    """Margin sqrt-like in each of three keys of equal price: spread evenly by symmetry, cost known from that."""
    search, tried = sought(
        lambda x: float(np.sqrt(x).sum()) - 1.8, lambda points: points.sum(axis=1) * 10.0, [None] * 3, most=80
    )
    best = search.best(tried)
    assert best is not None
    least = 30.0 * ((1.8 + luck_needed(0.8)) / 3.0) ** 2
    assert least * 0.999 <= search.costs[best.candidate] <= least * 1.15


def test_people_are_counted_in_whole_numbers() -> None:
    """Of 0 to 7 clerks four are enough and three are not."""
    search, tried = sought(lambda x: 7.0 * x[0] - 3.5, lambda points: 7.0 * points[:, 0], [8])
    best = search.best(tried)
    assert best is not None
    assert search.costs[best.candidate] == pytest.approx(4.0)
    assert np.allclose(search.points * 7, np.round(search.points * 7))


def test_what_cannot_be_reached_is_not_found() -> None:
    search, tried = sought(lambda x: x[0] + x[1] - 2.5, lambda points: points.sum(axis=1), [None, None], most=30)
    assert search.best(tried) is None
    assert search.points[search.closest(tried).candidate].tolist() == [1.0, 1.0]


def test_the_next_batch_is_a_function_of_what_was_tried() -> None:
    search, tried = sought(lambda x: x[0] * 1.5 - 1.0, lambda points: points[:, 0], [None])
    for n in range(1, len(tried) + 1):
        assert search.next_batch(tried[:n]) == search.next_batch(list(tried[:n]))


def test_enough_means_the_share_of_futures() -> None:
    one = Tried(0, (0.1, 0.2, -0.1, 0.3, -0.2))
    assert (one.reached(), one.chance()) == (3, 0.6)
    assert [one.is_enough(p) for p in (0.6, 0.61)] == [True, False]
    assert (one.deciding_margin(0.6), one.deciding_margin(0.8)) == (0.1, -0.1)


def test_pareto_keeps_what_nothing_beats() -> None:
    points = np.array([[0.0], [0.25], [0.5], [1.0]])
    search = Search(points, np.array([0.0, 1.0, 2.0, 4.0]), (0,), 0.8, 9)
    tried = [Tried(n, (1.0,) * k + (-1.0,) * (4 - k)) for n, k in ((3, 4), (1, 2), (2, 2), (0, 0))]
    assert [one.candidate for one in search.pareto(tried)] == [0, 1, 3]


def test_the_margin_is_that_of_the_target_that_falls_shortest() -> None:
    assert margin_of([0.9, 0.7], [0.8, 0.75]) == pytest.approx(-0.05)
    assert margin_of([0.9, None], [0.8, 0.75]) == float("-inf")
