"""Replications weighed by what was measured, against results known in closed form."""

from __future__ import annotations

import math
import random
from statistics import NormalDist

import pytest

from sim.engine.normal import NORMAL_975
from sim.measure.verdicts import OUT_OF_REACH, REACHABLE, band_of, verdict
from sim.measure.weighing import alike, is_met, nearest, weighted_band, weighted_verdict, weights_of

PRIOR, ERROR = NormalDist(0.5, 0.1), 0.05
"""What replications say, and the standard error of a figure."""


def posterior(figures: list[float]) -> NormalDist:
    """Normal prior, normal error: precision adds up (Gelman et al. 2013, 2.5)."""
    precision = 1 / PRIOR.variance + len(figures) / ERROR**2
    centre = (PRIOR.mean / PRIOR.variance + sum(figures) / ERROR**2) / precision
    return NormalDist(centre, precision**-0.5)


@pytest.mark.parametrize("figures", [[0.55], [0.35], [0.58, 0.52]])
def test_weighted_replications_are_the_posterior_of_a_normal_model(figures: list[float]) -> None:
    draws = PRIOR.samples(20_000, seed=1)
    weights = weights_of([(draws, figure, NORMAL_975 * ERROR) for figure in figures], len(draws))
    exact = posterior(figures)
    error = exact.stdev / math.sqrt(weights.effective)
    assert sum(w * x for w, x in zip(weights.each, draws, strict=True)) == pytest.approx(exact.mean, abs=4 * error)
    band = weighted_band(draws, weights)
    for found, share in ((band.median, 0.5), (band.p05, 0.05), (band.p95, 0.95)):
        at = exact.inv_cdf(share)
        spread = math.sqrt(share * (1 - share) / weights.effective) / exact.pdf(at)
        assert found == pytest.approx(at, abs=4 * spread)


def test_bands_hold_the_truth_as_often_as_they_say() -> None:
    """A thousand worlds: nine in ten 5-95 % bands hold what was drawn, neither fewer nor more."""
    luck, worlds, held = random.Random(7), 1000, 0
    for world in range(worlds):
        truth = luck.gauss(PRIOR.mean, PRIOR.stdev)
        draws = PRIOR.samples(400, seed=f"{world}")
        band = weighted_band(draws, weights_of([(draws, luck.gauss(truth, ERROR), NORMAL_975 * ERROR)], len(draws)))
        assert band.p05 is not None
        assert band.p95 is not None
        held += band.p05 <= truth <= band.p95
    assert held / worlds == pytest.approx(0.9, abs=4 * math.sqrt(0.9 * 0.1 / worlds))


def test_equal_weights_change_nothing() -> None:
    values = PRIOR.samples(21, seed=3)
    band, usual = weighted_band(values, alike(21)), band_of(values)
    assert (band.median, band.p05, band.p95) == pytest.approx((usual.median, usual.p05, usual.p95))
    assert alike(21).effective == pytest.approx(21)
    for count in (0, 4, 11, 21):
        reached = [at < count for at in range(21)]
        assert weighted_verdict(reached, alike(21), 0.8).verdict == verdict(count, 21, 0.8)


def test_the_effective_number_by_hand() -> None:
    """Two that agree and two far off are worth two."""
    weights = weights_of([([0.4, 0.4, 0.9, 0.9], 0.4, 0.02)], 4)
    assert weights.each == pytest.approx((0.5, 0.5, 0, 0))
    assert weights.effective == pytest.approx(2)
    assert weighted_verdict([True, True, False, False], weights, 0.9).p == pytest.approx(1)
    few = weighted_verdict([True, True, False, False], weights, 0.9)
    assert few.verdict.startswith("undecided"), "two replications' worth decides nothing"


def test_where_a_replication_says_nothing_the_others_stand_in() -> None:
    weights = weights_of([([0.4, None, 0.5], 0.4, 0.1)], 3)
    low = math.exp(-0.5 * NORMAL_975**2)
    assert weights.each == pytest.approx([part / (1.5 * (1 + low)) for part in (1, (1 + low) / 2, low)])


def test_many_that_agree_decide() -> None:
    values = [0.2] * 40 + [0.8] * 40
    weights = weights_of([(values, 0.8, 0.05)], 80)
    assert weighted_verdict([value > 0.5 for value in values], weights, 0.8).verdict == REACHABLE
    assert weighted_verdict([value < 0.5 for value in values], weights, 0.8).verdict == OUT_OF_REACH


def test_what_no_replication_comes_near_is_noticed() -> None:
    simulated = [0.1, None, 0.3]
    assert is_met(simulated, 0.39, 0.05)
    assert not is_met(simulated, 0.41, 0.05)
    assert nearest(simulated, 0.41) == 0.3
    assert nearest(simulated, 0.15) == 0.1
    assert nearest([None], 0.2) is None
