"""Studies of a calibrated scenario promise no more than its draws allow: in worlds whose truth is known.

Each is asked twice, once as if replications that share a draw were independent: then it errs far more often than it
says, so that a world has draws enough to show it.
"""

from __future__ import annotations

import math
import random
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from calibrated_worlds import run, shared_in, table, unknowns
from worlds import Provinces, small_province

from sim.measure.shared_draws import SharedDraws, sharing_in
from sim.scenario.agreeing_draws import AgreeingDraw, draws_taken
from sim.studies.case import case_of
from sim.studies.cell_means import difference, groups_along
from sim.studies.effects import effects_of
from sim.studies.goal import Tried
from sim.studies.goal_search import GoalSearch
from sim.studies.league import Points, judged, tie_groups
from sim.studies.parameter_study import ParameterStudy
from sim.studies.response import Swept, response_of
from sim.studies.selection import selected
from sim.studies.sequential import BATCH, FEWEST, mean_half_width, replications_wanted, share_half_width
from sim.studies.spec import SweepSpec

WORLDS = 60
ALLOWED = WORLDS * 0.05 + 3.0 * math.sqrt(WORLDS * 0.05 * 0.95)
"""Worlds in which a claim of 95 % may be wrong, with three standard errors."""
NONE: frozenset[str] = frozenset()


def end_of(values: list[float], wanted: float, seed: int, *, is_shared: bool) -> int:
    """After how many replications the rule is content, 200 at most."""
    for n in range(FEWEST, 200, BATCH):
        shared = shared_in(seed, n) if is_shared else None
        if replications_wanted({"x": values[:n]}, {"x": wanted}, NONE, n, shared) == n:
            return n
    return 200


@pytest.mark.parametrize("wanted", [0.6, 0.2])
def test_a_run_ends_where_it_is_sure_or_its_draws_are_used_up(wanted: float) -> None:
    """15 draws give ±0.6 of a spread of 1, and no number of replications gives ±0.2."""
    wrong, as_if = 0, 0
    for seed in range(WORLDS):
        values, _ = run(seed, 200, 0.9)
        n, plain = (end_of(values, wanted, seed, is_shared=is_shared) for is_shared in (True, False))
        assert n < 200, "it does not go on for what cannot be had"
        wrong += abs(sum(values[:n]) / n) > mean_half_width(values[:n], shared_in(seed, n))
        as_if += abs(sum(values[:plain]) / plain) > mean_half_width(values[:plain])
    assert wrong <= ALLOWED
    if wanted < 0.5:
        assert as_if > ALLOWED


def test_half_widths_of_shared_draws_are_wider() -> None:
    values, shared = run(3, 60, 0.9)
    reached = [value > 0.0 for value in values]
    assert mean_half_width(values, shared) > 1.3 * mean_half_width(values)
    assert share_half_width(reached, shared) > 1.3 * share_half_width(reached)


def options(seed: int, n: int) -> dict[str, Points]:
    """Gains whose truth is zero: each goes with the unknown in its own way."""
    luck, known = random.Random(seed), unknowns(seed, shared_in(seed, n))
    return {
        name: {number: sign * 3.0 * one + luck.gauss() for number, one in enumerate(known)}
        for name, sign in (("a", 1.0), ("b", -1.0), ("c", 0.5))
    }


def test_of_options_that_do_nothing_hardly_any_is_called_better_or_below_another() -> None:
    wrong: Counter[tuple[str, bool]] = Counter()
    for seed in range(WORLDS):
        gains = options(seed, 60)
        for is_shared, sharing in ((True, shared_in(seed, 60).of), (False, None)):
            said = judged(gains, sharing=sharing).values()
            wrong["league", is_shared] += any(gain.verdict in ("better", "worse") for gain in said)
            wrong["ties", is_shared] += max(tie_groups(gains, sharing=sharing).values()) > 1
            found = selected(gains, 1.0, sharing=sharing)
            assert found is not None
            wrong["contenders", is_shared] += len(found.contenders) < len(gains)
    for claim in ("league", "ties", "contenders"):
        assert wrong[claim, True] <= ALLOWED < wrong[claim, False], claim


def test_no_more_replications_are_asked_for_than_the_draws_are_worth() -> None:
    """A gain of one and a half, a spread of ten: some 170 independent pairs would tell, these draws never do."""
    gains = {"a": {number: 1.5 + 10.0 * one for number, one in enumerate(run(7, 100, 1.0)[0])}}
    spread = sum((one - 1.5) ** 2 for one in gains["a"].values()) / 100
    centred = {number: 1.5 + (one - 1.5) * 10.0 / math.sqrt(spread) for number, one in gains["a"].items()}
    mean = sum(centred.values()) / 100
    gains = {"a": {number: one - mean + 1.5 for number, one in centred.items()}, "b": dict.fromkeys(range(100), 0.0)}
    shared = shared_in(7, 100)
    plain, found = judged(gains)["a"], judged(gains, sharing=shared.of)["a"]
    assert plain.verdict == found.verdict == "unknown"
    assert plain.more is not None
    assert found.more is None
    choice = selected(gains, 0.0, sharing=shared.of)
    assert choice is not None
    assert (choice.is_decided, choice.more) == (False, None)


def swept(seed: int, *, common: bool) -> tuple[Swept, Swept, np.ndarray]:
    """A line over one key, moved by the unknown and a little luck; and the same as if no draw were shared."""
    luck = np.random.default_rng(seed)
    known, rows = table(seed)
    if common:
        points, taken = np.linspace(0.0, 1.0, 5)[:, None], np.tile(shared_in(seed, 40).rows, (5, 1))
    else:
        points = np.linspace(0.0, 1.0, 60)[:, None]
        taken = np.array([draws_taken(rows, cell, [0]) for cell in range(60 * seed, 60 * seed + 60)])
    truth = 10.0 + 2.0 * points[:, 0]
    slopes = 1.0 + points if common else np.ones_like(points)
    values = truth[:, None] + slopes * np.array(known)[taken] + luck.normal(0.0, 0.3, taken.shape)
    return Swept(points, values, common, draws=taken), Swept(points, values, common), truth


@pytest.mark.parametrize("common", [True, False])
def test_levels_and_curves_of_a_sweep_hold_the_truth_as_often_as_they_say(common: bool) -> None:
    wrong: Counter[tuple[str, bool]] = Counter()
    for seed in range(WORLDS):
        *studies, truth = swept(seed, common=common)
        for is_shared, study in zip((True, False), studies, strict=True):
            first, *_, last = groups_along(study, 0, 0.0)
            response = response_of(study)
            assert response is not None
            middle, swing = response.at({0: 0.5}), response.swing(0)
            moved, step = difference(study, first, last), float(truth[last.cells].mean() - truth[first.cells].mean())
            wrong["level", is_shared] += not first.level.low <= truth[first.cells].mean() <= first.level.high
            wrong["curve", is_shared] += not middle.low <= 11.0 <= middle.high
            wrong["difference", is_shared] += not moved.low <= step <= moved.high
            wrong["swing", is_shared] += not swing.low <= 2.0 <= swing.high
    for claim in ("level", "curve", "difference", "swing"):
        assert wrong[claim, True] <= ALLOWED, claim
        if common or claim in ("level", "curve"):  # cells of one draw are off together: no matter for what sets apart
            assert wrong[claim, False] > ALLOWED, claim


def test_unknowns_that_do_nothing_are_not_named_by_the_pawn_index_of_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight of them beside the one that does it all, 100 replications of some forty draws."""
    monkeypatch.setattr("sim.studies.effects._SHUFFLES", 2_000)
    wrong, as_if, worlds = 0, 0, 4
    for seed in range(worlds):
        shared, luck = shared_in(seed, 100), np.random.default_rng(seed)
        places = luck.random((150, 8))[list(shared.rows)]
        values = np.array(unknowns(seed, shared)) + luck.normal(0.0, 0.3, 100)
        wrong += any(one.is_noticeable for one in effects_of("pawn", places, values, 1977, rows=shared.rows))
        as_if += any(one.is_noticeable for one in effects_of("pawn", places, values, 1977))
    assert wrong <= worlds * 0.05 + 3.0 * math.sqrt(worlds * 0.05 * 0.95) < as_if


def test_every_study_knows_which_draws_its_replications_share(provinces: Provinces) -> None:
    """Of a calibration that left one draw."""
    plain = case_of(provinces.load(small_province(1, 1, 1)), 5)
    loaded = replace(plain.loaded, agreeing_draws=(AgreeingDraw(1, 0, 1.0, "0" * 16),))
    base = replace(plain, loaded=loaded)
    search = GoalSearch(base, (), (), {}, "cost", 0.8, 20, 40, 10)
    tried = Tried(0, (1.0,) * 20)
    assert search.chance(tried, search.futures).worth == pytest.approx(1.0)
    assert replace(search, base=plain).chance(tried, search.futures).worth == 20.0
    for luck in ("common", "own"):
        spec = SweepSpec(scenario="x", replications=3, luck=luck)
        study = ParameterStudy(spec, base, loaded, (), np.zeros((2, 0)), 1, (), lambda *_: None)
        assert study.draws is not None
        assert study.draws.tolist() == [[0, 0, 0]] * 2
    assert sharing_in(loaded, 5)([7, 3]) == SharedDraws((0, 0), 1.0)
