"""Two levels of a world known by formula: the thinned one is off by a shift and a noise of its own."""

from __future__ import annotations

import random
from math import sqrt
from statistics import NormalDist, covariance, fmean, stdev

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
        of_mean = sharp_mean(full, paired, draws)
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
    """What is told is how many full replications would be as sure, and so how much longer they would take."""
    luck = random.Random(3)
    gains: list[float] = []
    alone: list[float] = []
    worth: list[float] = []
    for _ in range(100):
        found = sharp_mean(*world(luck, 0.1))
        alone.append(PAIRS * (found.plain_half / found.half) ** 2)
        gains.append(COSTS.gain(PAIRS, DRAWS, found.worth))
        spent = PAIRS * COSTS.full + DRAWS * COSTS.thinned
        assert gains[-1] == pytest.approx(found.worth * COSTS.full / spent)
        worth.append(found.worth)
    assert fmean(worth) == pytest.approx(fmean(alone), abs=UNLIKELY * stdev(alone) / 10)
    assert fmean(gains) > 4.5


@pytest.mark.parametrize("draws", [PAIRS, 2 * PAIRS, 12 * PAIRS])
@pytest.mark.parametrize(("of_full", "of_thinned"), [(0.5, 1.0), (0.7, 0.9), (0.3, 0.0)])
def test_chances_cover_where_the_thinned_world_reaches_almost_always_or_never(
    draws: int, of_full: float, of_thinned: float
) -> None:
    """Without its queues a province may reach what the full one does not: no narrow interval may come of that."""
    luck = random.Random(17)
    covered = wider = 0
    for _ in range(TIMES):
        thin = [luck.random() for _ in range(draws)]
        full = [one < of_full for one in thin[:PAIRS]]
        few = [one < of_thinned for one in thin]
        found = sharp_chance(full, few[:PAIRS], few)
        covered += found.low <= of_full <= found.high
        wider += found.high - found.low > found.plain_high - found.plain_low + 1e-12
    assert covered / TIMES > 0.95 - UNLIKELY * sqrt(0.95 * 0.05 / TIMES)
    assert wider == 0


def test_draws_that_share_their_unknowns_count_for_what_they_are_worth() -> None:
    """240 draws worth 60 narrow as 60 would; no draw more than the pairs narrows nothing."""
    full, paired, draws = world(random.Random(2), 0.1)
    independent, shared = (sharp_mean(full, paired, draws, worth) for worth in (None, (float(PAIRS), 60.0)))
    differences = [a - b for a, b in zip(full, paired, strict=True)]
    of_full = stdev(draws) ** 2 + 2 * covariance(paired, differences) + stdev(differences) ** 2
    squared = stdev(differences) ** 2 * (1 / PAIRS - 1 / 60) + of_full / 60
    assert shared.half / shared.plain_half == pytest.approx(sqrt(squared / (stdev(full) ** 2 / PAIRS)))
    assert shared.half > 1.3 * independent.half
    assert not sharp_mean(full, paired, paired).is_sharper


def test_what_thinning_cannot_help_stays_as_it_was() -> None:
    """Two ways that have nothing to do with each other: the plain answer, no narrower and no wider."""
    luck = random.Random(11)
    full = [luck.gauss(0.0, 1.0) for _ in range(PAIRS)]
    draws = [luck.gauss(0.0, 1.0) for _ in range(DRAWS)]
    found = sharp_mean(full, draws[:PAIRS], draws)
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
    by_luck = sharp_mean([1.0] * PAIRS, [1.0] * PAIRS, [1.0] * 230 + [0.9] * 10)
    assert by_luck.is_sharper
    assert by_luck.plain_half == 0.0 < by_luck.half, "twenty that came out alike are not certain"
    same = sharp_mean([0.5] * 5, [0.5] * 5, [0.5] * 50)
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
        sharp_mean([1.0], [1.0], [1.0])
    with pytest.raises(ValueError, match="3 paired"):
        sharp_mean([1.0, 2.0], [1.0, 2.0, 3.0], [1.0, 2.0, 3.0])
