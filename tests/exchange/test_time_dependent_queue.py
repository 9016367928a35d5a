"""The oracle of the counter against what is known in closed form, and against a small simulation of its own."""

from __future__ import annotations

from math import exp, factorial, sqrt

import numpy as np
import pytest
from time_dependent_queue import Counter, at_closing, closing_minutes, day, erlang_c


@pytest.mark.parametrize(("servers", "offered", "chance"), [(1, 0.7, 0.7), (2, 1.0, 1 / 3), (3, 2.0, 4 / 9)])
def test_erlang_c_at_values_known_by_hand(servers: int, offered: float, chance: float) -> None:
    """M/M/1: the load itself; M/M/2 at half load 1/3; M/M/3 at two thirds 4/9."""
    assert erlang_c(offered * 6.0, 6.0, servers) == pytest.approx(chance)


@pytest.mark.parametrize(("servers", "arrivals"), [(1, 4.2), (2, 9.0), (9, 45.0)])
def test_a_constant_rate_settles_at_the_stationary_queue(servers: int, arrivals: float) -> None:
    """Erlang's chance of waiting, and its mean line: chance times load / (1 - load)."""
    counter = Counter([arrivals] * 40, servers, service_minutes=10.0, most_present=300)
    found = day(counter, [40.0])
    chance, load = erlang_c(arrivals, 6.0, servers), arrivals / (6.0 * servers)
    assert found.lost < 1e-9
    assert found.all_busy[0] == pytest.approx(chance, rel=1e-4)
    assert found.waiting[0] == pytest.approx(chance * load / (1 - load), rel=1e-3)
    assert found.present[0] - found.waiting[0] == pytest.approx(arrivals / 6.0, rel=1e-4)


def test_with_clerks_enough_the_number_present_is_poisson_at_every_moment() -> None:
    """M(t)/M/infinity from empty: Poisson with mean the integral of lambda(u) exp(-mu (t - u))."""
    rates, mu = [30.0, 60.0, 10.0], 6.0
    found = day(Counter(rates, servers=120, service_minutes=10.0, most_present=120), [0.5, 1.0, 2.25, 3.0])
    for hour, present in zip(found.hours, found.present, strict=True):
        pieces = (
            rate / mu * (exp(-mu * (hour - min(start + 1, hour))) - exp(-mu * (hour - start)))
            for start, rate in enumerate(rates)
            if start < hour
        )
        assert present == pytest.approx(sum(pieces), rel=1e-5)
    closing = at_closing(Counter(rates, servers=120, service_minutes=10.0, most_present=120))
    mean = found.present[-1]
    assert closing[:12] == pytest.approx([exp(-mean) * mean**k / factorial(k) for k in range(12)], abs=1e-6)


def test_a_line_before_the_door_falls_as_a_pure_death_chain() -> None:
    """Nobody comes: one clerk serves twenty people, so after t hours a Poisson number of services is done."""
    found = day(Counter([0.0, 0.0], 1, service_minutes=10.0, most_present=20), [0.0, 0.5, 1.0], already_waiting=20)
    left = [sum((20 - done) * exp(-mean) * mean**done / factorial(done) for done in range(20)) for mean in (3.0, 6.0)]
    assert found.present == pytest.approx([20.0, *left], rel=1e-6)


def test_closing_serves_out_the_line_or_asks_it_back() -> None:
    """Two clerks at 10 minutes, five present: departures after 5, 5, 5, 5 and 10 minutes; asked back, 5 and 10."""
    counter = Counter([0.0], 2, service_minutes=10.0, most_present=5)
    five = np.eye(6)[5]
    assert closing_minutes(counter, five, serve_out=True) == pytest.approx(30.0)
    assert closing_minutes(counter, five, serve_out=False) == pytest.approx(15.0)
    assert closing_minutes(counter, np.eye(6)[0], serve_out=True) == 0.0


def test_a_cut_that_is_too_low_is_seen() -> None:
    assert day(Counter([60.0], 1, 10.0, most_present=5), [1.0]).lost > 0.5
    assert day(Counter([5.0], 1, 10.0, most_present=100), [1.0]).lost < 1e-12


@pytest.mark.parametrize("hours", [[1.0, 0.5], [-0.1, 1.0], [1.0, 2.5]])
def test_times_that_do_not_belong_to_the_day_are_refused(hours: list[float]) -> None:
    with pytest.raises(ValueError, match="open hours"):
        day(Counter([5.0, 5.0], 1, 10.0), hours)


def test_the_morning_of_a_commune_counter_as_a_plain_simulation_has_it() -> None:
    """A peak that two clerks cannot keep up with: mean line and chance of waiting at three times of the morning."""
    counter = Counter([8.0, 16.0, 12.0, 4.0], 2, service_minutes=10.0, most_present=150)
    times = np.array([1.0, 2.0, 3.5])
    exact = day(counter, times)
    days = 4000
    present = simulated_present(counter, times, days, np.random.default_rng(20170317))
    waiting, busy = np.maximum(present - 2, 0), present >= 2
    for at in range(len(times)):
        error = waiting[:, at].std() / sqrt(days)
        assert abs(waiting[:, at].mean() - exact.waiting[at]) < 4 * error
        chance = exact.all_busy[at]
        assert abs(busy[:, at].mean() - chance) < 4 * sqrt(chance * (1 - chance) / days)


def simulated_present(counter: Counter, times: np.ndarray, days: int, luck: np.random.Generator) -> np.ndarray:
    """People present at each time on each day: each in turn takes the clerk who is free first."""
    found = np.zeros((days, len(times)))
    for one in range(days):
        counts = luck.poisson(counter.arrivals_per_hour)
        comes = np.sort(np.concatenate([hour + luck.random(n) for hour, n in enumerate(counts)]))
        free = [0.0] * counter.servers
        leaves = np.empty(len(comes))
        for person, arrived in enumerate(comes):
            clerk = free.index(min(free))
            free[clerk] = max(arrived, free[clerk]) + luck.exponential(counter.service_minutes / 60.0)
            leaves[person] = free[clerk]
        found[one] = [((comes <= t) & (leaves > t)).sum() for t in times]
    return found
