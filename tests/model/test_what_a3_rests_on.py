"""What the spread of target a3 comes from: inputs that have a name and can be set, or luck that nobody can.

Two replications that share every named input and meet other luck have in common what the inputs make of a3. That share
of its variance is the first-order index of all named inputs together (Sobol' 1993), interactions among them included
and no regression needed; the rest is luck. One choice by itself is told by the means of its alternatives, which is its
own first-order index.

    pytest -n 0 -s -m nightly tests/model/test_what_a3_rests_on.py

prints Bình Định's shares for `docs/what_the_traffic_does.md`, with one document and dossier in fifty, so that five
years take seconds. LIENTHONG_DRAWS=200 draws more.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import numpy as np
import pytest
from test_thinned_traffic import THINNED

import sim.model.simulate as model
from sim.measure.influence import correlations, is_noticeable
from sim.measure.targets import outcome, readings
from sim.measure.variance import split
from sim.scenario.loading import LoadedScenario, load

SEED = 20170317
DRAWS = int(os.environ.get("LIENTHONG_DRAWS", "40"))
FORM = "budget.eoffice_form"
EXPLAINED = 0.8
RESAMPLES = 2_000

Draw = tuple[float, float, dict[str, float]]
"""a3, a3 under the second luck, the named inputs."""


def drawn(loaded: LoadedScenario, replication: int) -> Draw:
    """One draw of everything unknown, met by two lucks."""
    target = next(target for target in loaded.scenario.targets if target.id == "a3")
    first, second = (
        model.simulate(loaded, SEED, replication, second_luck=second_luck) for second_luck in (False, True)
    )
    assert first.parameters == second.parameters
    values = [outcome(record, target, readings(target)[0]).value for record in (first, second)]
    assert values[0] is not None
    assert values[1] is not None
    return values[0], values[1], first.parameters


def share_between(values: Sequence[float], choice: Sequence[float]) -> float:
    """Share of the variance that lies between the alternatives of a choice, less what chance alone would give (epsilon
    squared; Kelley 1935)."""
    of = np.array(values)
    groups = [of[np.array(choice) == alternative] for alternative in sorted(set(choice))]
    if len(groups) < 2:
        return 0.0
    within = sum(float(((group - group.mean()) ** 2).sum()) for group in groups)
    total = float(((of - of.mean()) ** 2).sum())
    return 1.0 - within / (len(of) - len(groups)) / (total / (len(of) - 1))


def interval(values: Sequence[float], choice: Sequence[float]) -> tuple[float, float]:
    """95 % of that share over resampled draws."""
    random = np.random.default_rng(SEED)
    of, by = np.array(values), np.array(choice)
    rows = random.integers(0, len(of), (RESAMPLES, len(of)))
    low, high = np.quantile([share_between(of[row], by[row].tolist()) for row in rows], (0.025, 0.975))
    return float(low), float(high)


def test_a_share_between_alternatives_by_hand() -> None:
    """0 and 2 against 4 and 6: within 4 over 2 degrees, in all 20 over 3, so 1 - 2/(20/3); one alternative gives 0."""
    assert share_between([0.0, 2.0, 4.0, 6.0], [0, 0, 1, 1]) == pytest.approx(0.7)
    assert share_between([0.0, 2.0, 4.0, 6.0], [1, 1, 1, 1]) == 0.0


@pytest.mark.nightly
def test_named_inputs_explain_the_spread_of_a3() -> None:
    """Four fifths of the variance at least, by the lower end of the interval."""
    loaded = load("binh_dinh_2016_2020", sets=THINNED)
    with ProcessPoolExecutor(len(os.sched_getaffinity(0)), mp_context=get_context("fork")) as pool:
        found = list(pool.map(partial(drawn, loaded), range(DRAWS)))
    values = [first for first, _, _ in found]
    parts = split(dict(enumerate(values)), dict(enumerate(second for _, second, _ in found)))
    assert parts.luck_low is not None
    assert parts.luck_high is not None
    said = [
        f"a3 over {DRAWS} draws: {np.mean(values):.3f}, standard deviation {np.std(values, ddof=1):.3f}",
        f"named inputs {1 - (parts.luck or 0.0):.1%} ({1 - parts.luck_high:.1%} to {1 - parts.luck_low:.1%})",
    ]
    form = [inputs[FORM] for _, _, inputs in found]
    low, high = interval(values, form)
    said.append(f"of it {FORM} by itself {share_between(values, form):.1%} ({low:.1%} to {high:.1%})")
    moving = correlations([inputs for _, _, inputs in found], values)
    beyond_chance = [key for key, rank in moving.items() if is_noticeable(rank, DRAWS, len(moving))]
    said += [f"rank correlation {moving[key]:+.2f}, beyond chance: {key}" for key in beyond_chance]
    sys.stdout.write("\n".join(["", *said, ""]))
    assert 1.0 - parts.luck_high >= EXPLAINED
