"""Scores of a prediction against values known in closed form."""

from __future__ import annotations

import math
from datetime import date
from random import Random
from statistics import NormalDist

import pytest

from sim.engine.normal import NORMAL_975
from sim.measure.scoring import crps, logistic, rank, share_below, straight_line, would_be_reported
from sim.measure.verdicts import quantile


def crps_of_normal(law: NormalDist, value: float) -> float:
    """Gneiting and Raftery 2007, equation 20 and what follows it."""
    z = (value - law.mean) / law.stdev
    standard = NormalDist()
    return law.stdev * (z * (2 * standard.cdf(z) - 1) + 2 * standard.pdf(z) - 1 / math.sqrt(math.pi))


@pytest.mark.parametrize("value", [0.2, 0.44, 0.5, 0.9])
def test_the_score_of_many_normal_values_is_that_of_the_normal_law(value: float) -> None:
    law = NormalDist(0.5, 0.1)
    points = [law.inv_cdf((at + 0.5) / 5000) for at in range(5000)]
    assert crps(points, value) == pytest.approx(crps_of_normal(law, value), abs=2e-5)


def test_the_score_of_few_values_by_hand() -> None:
    assert crps([0.3], 0.7) == pytest.approx(0.4)
    assert crps([0.0, 1.0], 0.5) == pytest.approx(0.5 - 0.25)
    assert crps([1.0, 1.0, 4.0], 2.0) == pytest.approx(4 / 3 - (4 * 3) / 9 / 2)


def test_a_sharp_prediction_that_is_right_beats_a_wide_one_and_a_sharp_one_that_is_wrong() -> None:
    sharp, wide, wrong = [0.43, 0.44, 0.45], [0.0, 0.44, 0.9], [0.13, 0.14, 0.15]
    assert crps(sharp, 0.44) < crps(wide, 0.44) < crps(wrong, 0.44)


def test_what_would_be_reported_has_the_optimism_and_the_error_of_the_figure() -> None:
    found = would_be_reported([0.5, None], 0.04, 0.1, is_share=True)
    assert list(found) == sorted(found)
    assert sum(found) / len(found) == pytest.approx(0.54)
    law = NormalDist(0.54, 0.1 / NORMAL_975)
    assert crps(found, 0.6) == pytest.approx(crps_of_normal(law, 0.6), rel=0.02)
    most = would_be_reported([0.99], 0.0, 0.1, is_share=True)
    assert max(most) == 1.0
    assert max(would_be_reported([0.99], 0.0, 0.1, is_share=False)) > 1.0
    assert would_be_reported([None], 0.0, 0.1, is_share=True) == ()


def test_places_among_the_replications() -> None:
    values = [0.1, 0.2, None, 0.3]
    assert [rank(values, at) for at in (0.0, 0.15, 0.4)] == [1, 2, 4]
    assert rank([0.0, 0.0, 0.0, 0.0], 0.0) == 3, "of equal ones the middle"
    assert share_below([0.1, 0.2, 0.2, 0.3], 0.2) == 0.5
    assert share_below([0.1, 0.2], 0.3) == 1.0


def test_naive_forecasts_go_on_along_their_own_curve() -> None:
    first, second, third = date(2016, 1, 1), date(2018, 1, 1), date(2020, 1, 1)

    def curve(day: date) -> float:
        return 1 / (1 + math.exp(2.0 - 0.8 * (day - first).days / 365.25))

    at = curve(third)
    assert logistic((first, curve(first)), (second, curve(second)), third) == pytest.approx(at)
    assert logistic((first, 1 - curve(first)), (second, 1 - curve(second)), third) == pytest.approx(1 - at)
    assert logistic((first, 0.0), (second, 0.3), third) is None
    assert straight_line((first, 10.0), (second, 20.0), third) == pytest.approx(30.0, abs=0.02)


def coverage(error_told: float, cases: int = 400, runs: int = 60) -> float:
    """How often the band holds what is reported of a province whose truth is one more draw of the same model."""
    model, luck = NormalDist(0.5, 0.05), Random(7)
    inside = 0
    for _ in range(cases):
        simulated = [luck.gauss(model.mean, model.stdev) for _ in range(runs)]
        reported = luck.gauss(model.mean, model.stdev) + 0.03 + luck.gauss(0.0, 0.05)
        predicted = would_be_reported(simulated, 0.03, error_told, is_share=True)
        inside += quantile(predicted, 0.05) <= reported <= quantile(predicted, 0.95)
    return inside / cases


def test_bands_hold_what_is_reported_as_often_as_they_say() -> None:
    spread = math.sqrt(0.9 * 0.1 / 400)
    assert coverage(NORMAL_975 * 0.05) == pytest.approx(0.9, abs=3 * spread)
    assert coverage(NORMAL_975 * 0.005) < 0.9 - 3 * spread, "an error left out makes the band too narrow"
    assert coverage(NORMAL_975 * 0.15) > 0.9 + 3 * spread, "one made too large makes it too wide"
