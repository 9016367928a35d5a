"""Which parameter matters: ranks and Spearman's coefficient by hand, a planted cause found, chance called chance."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from math import factorial

import pytest
from measured_runs import Runs, with_values

from sim.engine.draws import luck_of
from sim.measure.influence import (
    FEWEST_REPLICATIONS,
    FEWEST_TO_JUDGE,
    MOST_KEYS,
    chance_of,
    correlations,
    influence_rows,
    is_noticeable,
    rank_correlation,
    ranks,
)
from sim.measure.measured import Measured
from sim.measure.parameters import parameter_rows
from sim.measure.payload import decode, encode
from sim.policy.plan_lines import draw_purchases
from sim.scenario.agreeing_draws import AgreeingDraw
from sim.scenario.arrivals import arrival_key
from sim.scenario.drawn import draw_parameters
from sim.scenario.loading import load
from sim.scenario.start_states import parameters_of, past_luck, state_of

TESTED = 100


def test_equal_values_share_their_mean_rank() -> None:
    assert ranks([30.0, 10.0, 20.0]) == [3.0, 1.0, 2.0]
    assert ranks([5.0, 1.0, 5.0, 5.0, 9.0]) == [3.0, 1.0, 3.0, 3.0, 5.0]
    assert ranks([2.0, 2.0]) == [1.5, 1.5]
    assert ranks([]) == []


def test_spearman_by_hand() -> None:
    """Without ties 1 - 6 sum d²/(n³ - n): ranks 1 2 3 4 5 against 2 1 4 3 5 give 1 - 24/120."""
    assert rank_correlation([1.0, 2.0, 3.0, 4.0, 5.0], [20.0, 10.0, 400.0, 30.0, 900.0]) == pytest.approx(0.8)
    assert rank_correlation([1.0, 2.0, 9.0], [-1.0, -8.0, -9.0]) == pytest.approx(-1.0)
    # ranks 1.5 1.5 3 4 against 1 2 3 4: covariance 4.5, spreads 4.5 and 5
    assert rank_correlation([7.0, 7.0, 8.0, 9.0], [1.0, 2.0, 3.0, 4.0]) == pytest.approx(4.5 / (4.5 * 5.0) ** 0.5)
    assert rank_correlation([1.0, 1.0, 1.0], [1.0, 2.0, 3.0]) is None


@pytest.mark.parametrize("n", [7, 8])
def test_the_chance_is_that_of_all_orders(n: int) -> None:
    """Against every one of n! orders: within a quarter, or a seventh of a point, though so few are far from normal."""
    base = list(range(n))
    found = sorted((abs(rank_of(base, order)) for order in itertools.permutations(base)), reverse=True)
    total = factorial(n)
    for share in (0.2, 0.05, 0.01, 0.002):
        rho = found[round(share * total) - 1]
        exact = sum(1 for each in found if each >= rho - 1e-12) / total
        assert chance_of(rho, n) == pytest.approx(exact, rel=0.25, abs=0.0015)


def rank_of(first: list[int], second: tuple[int, ...]) -> float:
    n = len(first)
    return 1.0 - 6.0 * sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) / (n**3 - n)


@pytest.mark.parametrize("n", [10, 20, 100])
def test_noise_is_noticeable_in_one_study_of_twenty(n: int) -> None:
    """400 studies of 100 unrelated parameters: 5 % find something; four standard errors are 4.4 points."""
    draw = random.Random(n)
    orders = [float(number) for number in range(n)]
    studies = 400
    wrong = 0
    for _ in range(studies):
        largest = 0.0
        for _ in range(TESTED):
            draw.shuffle(orders)
            mean = (n - 1) / 2.0
            spread = n * (n * n - 1) / 12.0
            rho = sum((place - mean) * (value - mean) for place, value in enumerate(orders)) / spread
            largest = max(largest, abs(rho))
        wrong += is_noticeable(largest, n, TESTED)
    assert 0.01 <= wrong / studies <= 0.095


def test_few_replications_never_prove_anything() -> None:
    assert not is_noticeable(1.0, FEWEST_TO_JUDGE - 1, 1)
    assert is_noticeable(1.0, 10, TESTED)
    assert not is_noticeable(0.6, 10, 1000)


def planted(runs: Runs, n: int, *, strength: float) -> list[Measured]:
    """Replications whose targets follow one parameter, more or less, and no other of forty."""
    draw = random.Random(20170317)
    known = decode(encode(runs.records[0], runs.loaded))
    made_up = []
    for number in range(n):
        parameters = {f"noise.{key:02d}": draw.random() for key in range(40)} | {"fixed": 1.0, "cause": draw.random()}
        value = strength * parameters["cause"] + (1.0 - strength) * draw.random()
        made_up.append(with_values(known, value, replication=number, parameters=parameters))
    return made_up


def test_a_planted_cause_is_found_and_noise_is_not(runs: Runs) -> None:
    rows = influence_rows(runs.loaded, planted(runs, 40, strength=0.8))
    targets = [target.id for target in runs.loaded.scenario.targets]
    assert [row.target_id for row in rows] == [target for target in targets for _ in range(MOST_KEYS)]
    for target in targets:
        mine = [row for row in rows if row.target_id == target]
        assert mine[0].key == "cause"
        assert mine[0].rank_correlation > 0.9
        assert [row.noticeable for row in mine] == [True, *[False] * (MOST_KEYS - 1)]
        sizes = [abs(row.rank_correlation) for row in mine]
        assert sizes == sorted(sizes, reverse=True)
        assert {row.n for row in mine} == {40}
        assert "fixed" not in {row.key for row in mine}
    one_draw = replace(runs.loaded, agreeing_draws=(AgreeingDraw(1, 0, 1.0, "0" * 16),))
    assert not any(row.noticeable for row in influence_rows(one_draw, planted(runs, 40, strength=0.8)))


def test_a_cause_that_lowers_the_value_has_a_minus(runs: Runs) -> None:
    measured = [
        replace(one, parameters={"cause": -one.parameters["cause"], "other": one.parameters["noise.00"]})
        for one in planted(runs, 30, strength=0.9)
    ]
    first = influence_rows(runs.loaded, measured)[0]
    assert (first.key, first.noticeable) == ("cause", True)
    assert first.rank_correlation < -0.9


def test_what_few_replications_share_is_no_cause(runs: Runs) -> None:
    """Six that differ among forty coincide too easily, seven may be told; money that is not there explains nothing."""
    arrival = arrival_key("SN", runs.loaded.scenario.horizon.start.year)

    def told(few: int) -> list[Measured]:
        rare = [float(number < few) for number in range(40)]
        return [
            with_values(one, value, replication=one.replication, parameters={"rare": value, arrival: -value})
            for one, value in zip(planted(runs, 40, strength=0.8), rare, strict=True)
        ]

    for few in (FEWEST_TO_JUDGE - 1, FEWEST_TO_JUDGE):
        rows = influence_rows(replace(runs.loaded, budget=()), told(few))
        assert {(row.key, row.noticeable) for row in rows} == {("rare", few == FEWEST_TO_JUDGE)}


def test_blank_values_and_few_replications_are_left_out(runs: Runs) -> None:
    measured = planted(runs, FEWEST_REPLICATIONS, strength=0.8)
    rows = influence_rows(runs.loaded, measured)
    assert {row.n for row in rows} == {FEWEST_REPLICATIONS}
    assert influence_rows(runs.loaded, [with_values(measured[0], None), *measured[1:]]) == []
    assert not any(row.noticeable for row in rows)


def test_what_gives_a_measure_from_outside_does_not_explain_it(runs: Runs) -> None:
    """Odds of the national business portal are target b5 itself; those of the investment portal are not."""
    own, other = "dossiers.national.business_2020", "dossiers.national.investment_2020"
    given = runs.loaded.scenario.targets[0].model_copy(update={"measure": "business_registration_online_share"})
    rest = runs.loaded.scenario.targets[1:]
    loaded = replace(runs.loaded, scenario=runs.loaded.scenario.model_copy(update={"targets": [given, *rest]}))
    measured = [
        replace(one, parameters={own: one.parameters["cause"], other: one.parameters["noise.00"]})
        for one in planted(runs, 30, strength=1.0)
    ]
    rows = influence_rows(loaded, measured)
    assert [row.key for row in rows if row.target_id == given.id] == [other]
    assert [row.key for row in rows if row.target_id == rest[0].id] == [own, other]


def test_no_drawn_number_is_left_out(runs: Runs) -> None:
    """What `parameters.csv` gives a range, choices and money included, is among a replication's parameters, and the
    table looks at all of them that vary."""
    stated = {row.key: row for row in parameter_rows(runs.loaded)}
    drawn = [decode(encode(record, runs.loaded)).parameters for record in runs.records]
    assert all(set(stated) == set(one) for one in drawn)
    varying = {key for key in stated if len({one[key] for one in drawn}) > 1}
    ranged = {key for key, row in stated.items() if row.kind != "fixed"}
    rare = {key for key in ranged if stated[key].kind in ("choice", "whole_or_cut")}
    assert ranged - rare <= varying <= ranged
    made_up = planted(runs, 20, strength=0.5)
    measured = [replace(one, parameters=drawn[number % len(drawn)]) for number, one in enumerate(made_up)]
    keys = set(correlations([one.parameters for one in measured], [float(n) for n in range(20)]))
    assert keys == varying


def test_every_unknown_of_binh_dinh_is_drawn_by_its_name() -> None:
    """All that has a range differs between draws, and nothing else does: no coin is tossed that has no name."""
    loaded = load("binh_dinh_2016_2020")
    draws = []
    for number in range(40):
        unknown = luck_of(20170317, number)
        state = state_of(loaded.start_states, unknown)
        assert state is not None
        past = past_luck(loaded.start_states, unknown)
        draws.append(
            draw_parameters(loaded.scenario, unknown, past=past)
            | draw_purchases(loaded, unknown)
            | parameters_of(state, loaded.scenario.start)
        )
    stated = {row.key: row for row in parameter_rows(loaded)}
    assert len(stated) > 300
    assert all(set(one) == set(stated) for one in draws)
    varying = {key for key in stated if len({one[key] for one in draws}) > 1}
    assert varying == {key for key, row in stated.items() if row.kind != "fixed"}
