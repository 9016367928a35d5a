"""Figures foretold from the other ones, in worlds whose truth is known."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from datetime import date
from statistics import NormalDist, median

import pytest

from sim.engine.normal import NORMAL_975
from sim.measure.left_out import ForetoldFigure, left_out_row
from sim.measure.shared_draws import SharedDraws
from sim.results.hindcast_tables import INSIDE, NO_OTHER, OUTSIDE, TOO_FEW_AGREE
from sim.scenario.measured_file import MeasuredFigure

PRIOR, OWN, ERROR = NormalDist(0.5, 0.1), 0.03, 0.02
"""What all figures of a province have in common, what is each one's own, and the standard error of a figure."""
N = 400


def figure(value: float, measure: str = "pc_share") -> MeasuredFigure:
    return MeasuredFigure(date(2015, 12, 31), measure, "all", "true", value, NORMAL_975 * ERROR, "", unit="share")


def province(world: int) -> list[ForetoldFigure]:
    """Three figures of one province, and what the replications say of them."""
    luck = random.Random(world)
    truth, common = luck.gauss(PRIOR.mean, PRIOR.stdev), [luck.gauss(PRIOR.mean, PRIOR.stdev) for _ in range(N)]
    told = []
    for _ in range(3):
        value = luck.gauss(truth, OWN) + luck.gauss(0.0, ERROR)
        told.append(ForetoldFigure(figure(value), [luck.gauss(one, OWN) for one in common], NORMAL_975 * ERROR))
    return told


def test_bands_hold_what_was_left_out_as_often_as_they_say_and_are_as_narrow_as_theory_has_it() -> None:
    worlds, held, widths = 100, 0, []
    for world in range(worlds):
        one, *others = province(world)
        row = left_out_row(one, others, SharedDraws.none(N))
        held += row.state == INSIDE
        assert None not in (row.p05, row.p95)
        widths.append((row.p95 or 0.0) - (row.p05 or 0.0))
    assert held / worlds == pytest.approx(0.9, abs=4 * math.sqrt(0.9 * 0.1 / worlds))
    # two others tell of what is common with precision 2 / (own + error); the one left out has its own and its error
    apart = OWN**2 + ERROR**2
    foretold = math.sqrt(1 / (1 / PRIOR.variance + 2 / apart) + apart)
    assert median(widths) == pytest.approx(2 * NormalDist().inv_cdf(0.95) * foretold, rel=0.05)


def test_nothing_is_said_where_hardly_a_replication_agrees_with_the_others() -> None:
    one, other = (ForetoldFigure(figure(0.5), [at / 10 for at in range(11)], error) for error in (0.05, 0.01))
    assert left_out_row(one, [other], SharedDraws.none(11)).state == TOO_FEW_AGREE
    assert left_out_row(other, [one], SharedDraws((0,) * 11, 1.0)).state == TOO_FEW_AGREE, "all of one draw"


def test_a_figure_that_no_replication_comes_near_weighs_nothing() -> None:
    one = ForetoldFigure(figure(0.9), [0.1, 0.2, 0.3, 0.4], 0.05)
    far = ForetoldFigure(figure(0.9, "email_user_share"), [0.1, 0.2, 0.3, 0.4], 0.05)
    row = left_out_row(one, [far], SharedDraws.none(4))
    assert (row.others, row.effective, row.state, row.before_state) == (0, 4.0, NO_OTHER, OUTSIDE)


def test_only_replications_that_say_something_of_it_foretell_a_figure() -> None:
    """Nine of ten that agree with the other figure say nothing of this one; the tenth is no band."""
    other = ForetoldFigure(figure(0.5), [0.5] * 10 + [0.9] * 10, 0.05)
    one = ForetoldFigure(figure(0.5), [0.5, *[None] * 9, *[0.6] * 10], 0.05)
    row = left_out_row(one, [other], SharedDraws.none(20))
    assert (row.n, row.effective, row.state) == (11, pytest.approx(1.0), TOO_FEW_AGREE)
    nothing = left_out_row(
        replace(one, values=[*[None] * 10, *[0.6] * 10]), [replace(other, error=1e-3)], SharedDraws.none(20)
    )
    assert (nothing.effective, nothing.median, nothing.state) == (0.0, None, TOO_FEW_AGREE)
