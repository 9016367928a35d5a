"""Two levels of a world known by formula: the thinned one is off by a shift and a noise of its own."""

from __future__ import annotations

import random
from math import sqrt
from statistics import NormalDist, fmean, stdev

import pytest

from sim.measure.sharpening import Costs, best_draws, sharp_chance, sharp_mean

COSTS = Costs(full=30.0, thinned=2.5)
SHIFT = 0.4
PAIRS, DRAWS, TIMES = 20, 240, 400
UNLIKELY = NormalDist().inv_cdf(1 - 1e-4)


def world(luck: random.Random, noise: float) -> tuple[list[float], list[float], list[float]]:
    """Values of the full replications, of their thinned twins, and of all thinned draws."""
    thin = [luck.gauss(0.0, 1.0) for _ in range(DRAWS)]
    return [one + noise * luck.gauss(SHIFT, 1.0) for one in thin[:PAIRS]], thin[:PAIRS], thin


@pytest.mark.parametrize("noise", [0.1, 0.7])
@pytest.mark.parametrize("threshold", [0.0, 1.0])
def test_intervals_cover_as_they_say_and_are_narrower(noise: float, threshold: float) -> None:
    """Of the mean and of the chance, beside the plain ones of the same worlds; too wide fails as too narrow does."""
    luck = random.Random(5)
    mean = noise * SHIFT
    chance = 1.0 - NormalDist(mean, sqrt(1.0 + noise**2)).cdf(threshold)
    errors, covered, widths = [], [0, 0], [0.0, 0.0, 0.0, 0.0]
    for _ in range(TIMES):
        full, paired, draws = world(luck, noise)
        of_mean = sharp_mean(full, paired, draws, COSTS)
        of_chance = sharp_chance(*([one >= threshold for one in values] for values in (full, paired, draws)))
        errors.append(of_mean.mean - mean)
        covered[0] += abs(of_mean.mean - mean) <= of_mean.half
        covered[1] += of_chance.low <= chance <= of_chance.high
        plain = of_chance.plain_high - of_chance.plain_low
        for at, width in enumerate((of_mean.half, of_mean.plain_half, of_chance.high - of_chance.low, plain)):
            widths[at] += width / TIMES
    assert abs(fmean(errors)) < UNLIKELY * stdev(errors) / sqrt(TIMES), "unbiased, whatever thinning leaves out"
    off = UNLIKELY * sqrt(0.95 * 0.05 / TIMES)
    assert 0.95 - off < covered[0] / TIMES < 0.95 + off
    assert covered[1] / TIMES > 0.95 - off
    theory = sqrt(noise**2 * (1 / PAIRS - 1 / DRAWS) + (1 + noise**2) / DRAWS) / sqrt((1 + noise**2) / PAIRS)
    assert widths[0] / widths[1] == pytest.approx(theory, rel=0.1)
    assert widths[2] < widths[3]


def test_the_same_width_for_a_fifth_of_the_time_where_the_ways_hardly_differ() -> None:
    """And the gain told is the time of so many full replications over the time spent."""
    luck = random.Random(3)
    gains = []
    for _ in range(100):
        found = sharp_mean(*world(luck, 0.1), COSTS)
        alone = PAIRS * (found.plain_half / found.half) ** 2 * COSTS.full
        assert found.gain == pytest.approx(alone / COSTS.both(PAIRS, DRAWS))
        gains.append(found.gain)
    assert fmean(gains) > 4.5


def test_what_thinning_cannot_help_stays_as_it_was() -> None:
    """Two ways that have nothing to do with each other: the plain answer, no narrower and no wider."""
    luck = random.Random(11)
    full = [luck.gauss(0.0, 1.0) for _ in range(PAIRS)]
    draws = [luck.gauss(0.0, 1.0) for _ in range(DRAWS)]
    found = sharp_mean(full, draws[:PAIRS], draws, COSTS)
    assert not found.is_sharper
    assert (found.mean, found.half) == (found.plain, found.plain_half) == (fmean(full), found.half)
    assert best_draws(1.0, 2.0, PAIRS, COSTS) == PAIRS
    opposite = [one < 0 for one in full]
    chance = sharp_chance([not one for one in opposite], opposite, [*opposite, *(one > 0 for one in draws[PAIRS:])])
    assert (chance.p, chance.low, chance.high) == (chance.plain, chance.plain_low, chance.plain_high)


def test_twenty_pairs_that_agree_do_not_prove_that_all_do() -> None:
    """However many thinned draws there are, a chance stays as uncertain as what the pairs leave open."""
    never = sharp_chance([False] * PAIRS, [False] * PAIRS, [False] * 100_000)
    assert 0.04 < never.high < never.plain_high
    more = sharp_chance([False] * 200, [False] * 200, [False] * 100_000)
    assert more.high < never.high / 5
    same = sharp_mean([0.5] * 5, [0.5] * 5, [0.5] * 50, COSTS)
    assert (same.mean, same.half, same.is_sharper) == (0.5, 0.0, False)


def test_the_best_number_of_draws_is_the_one_that_costs_least_for_its_error() -> None:
    """Against every number there is: error times cost, which both scale with the number of pairs."""
    of_full, of_difference = 1.0, 0.02

    def worth(draws: int) -> float:
        squared = of_difference * (1 / PAIRS - 1 / draws) + of_full / draws
        return squared * (PAIRS * (COSTS.full + COSTS.thinned) + (draws - PAIRS) * COSTS.thinned)

    best = best_draws(of_full, of_difference, PAIRS, COSTS)
    least = min(range(PAIRS, 50 * PAIRS), key=worth)
    assert worth(best) == pytest.approx(worth(least), rel=2e-3)


def test_pairs_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="1 full"):
        sharp_mean([1.0], [1.0], [1.0], COSTS)
    with pytest.raises(ValueError, match="3 paired"):
        sharp_mean([1.0, 2.0], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0], COSTS)
