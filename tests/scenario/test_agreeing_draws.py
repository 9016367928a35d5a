"""Tables of draws that agree with what was measured: what is read, what is refused, and what is then drawn."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import astuple

import pytest
from worlds import Provinces, fixed, small_province

from sim.engine.draws import luck_of
from sim.measure.calibrated_values import calibrated_words
from sim.scenario.agreeing_draws import AgreeingDraw, draws_taken, equal_draws, luck_of_unknowns
from sim.scenario.drawn import draw_parameters
from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import LoadedScenario
from sim.scenario.sheet import columns

PRIOR = "0" * 16


def draw(replication: int, weight: float, seed: int = 7) -> AgreeingDraw:
    return AgreeingDraw(seed, replication, weight, PRIOR)


def calibrated(
    provinces: Provinces, *draws: AgreeingDraw, text: str = "", sets: tuple[str, ...] = ()
) -> LoadedScenario:
    lines = [",".join(map(str, astuple(one)[:-1])) for one in draws]
    path = provinces.root / "draws.csv"
    path.write_text(text or "\n".join([",".join(columns(AgreeingDraw)), *lines]) + "\n", encoding="utf-8")
    return provinces.load(small_province(1, 1, 1), sets=("calibration.draws=draws.csv", *sets))


def test_each_draw_comes_as_often_as_it_weighs_and_none_that_weighs_nothing() -> None:
    """Over the seeds by chance, and in any run of numbers of one seed to within two."""
    weights, n = {3: 0.5, 8: 0.3, 11: 0.0, 12: 0.2}, 2_000
    draws = [draw(number, weight) for number, weight in weights.items()]
    over_seeds = Counter(luck_of_unknowns(draws, seed, 5) for seed in range(n))
    for number, weight in weights.items():
        spread = math.sqrt(weight * (1 - weight) / n)
        assert over_seeds[luck_of(7, number)] / n == pytest.approx(weight, abs=4 * spread), number
        for begins, length in ((0, 20), (13, 37), (1_000, 100)):
            came = Counter(luck_of_unknowns(draws, 1, begins + at) for at in range(length))
            assert abs(came[luck_of(7, number)] - weight * length) <= 2.0, (number, begins)
    assert luck_of_unknowns((), 9, 4) == luck_of(9, 4)


def test_no_draw_comes_twice_while_there_are_twice_as_many_as_replications() -> None:
    draws = [draw(number, 1.0) for number in range(64)]
    for seed in range(5):
        assert len(set(draws_taken(draws, seed, range(32)))) == 32
    assert equal_draws(draws) == pytest.approx(64)


def test_the_unknowns_are_those_of_the_draw_and_what_is_set_wins(provinces: Provinces) -> None:
    loaded = calibrated(provinces, draw(5, 1.0), sets=(fixed("people.scan", "6 minutes"),))
    assert loaded.agreeing_draws == (draw(5, 1.0),)
    luck = luck_of_unknowns(loaded.agreeing_draws, loaded.scenario.run.seed, 0)
    drawn, without = draw_parameters(loaded.scenario, luck), draw_parameters(loaded.scenario, luck_of(7, 5))
    assert drawn == without
    assert drawn["people.scan"] == 6 * 60_000
    assert calibrated_words(loaded, "people.scan") is None, "it is known"
    said = calibrated_words(loaded, "network.desk_staff")
    assert said is not None
    one = f"{drawn['network.desk_staff']:.2f}".rstrip("0").rstrip(".")
    assert said.en.endswith(f"median {one}; {one} … {one} (5 % – 95 %)"), "the one draw that agrees"
    said = calibrated_words(loaded, "budget.central_programme")
    assert said is not None
    comes = "100.00" if drawn["budget.central_programme"] else "0.00"
    assert said.en.endswith(f"a national programme brings money {comes} %")


def test_the_content_counts_and_the_order_of_rows_does_not(provinces: Provinces) -> None:
    first = calibrated(provinces, draw(3, 0.5), draw(8, 0.5)).content_hash
    assert calibrated(provinces, draw(8, 0.5), draw(3, 0.5)).content_hash == first
    assert calibrated(provinces, draw(8, 0.4), draw(3, 0.6)).content_hash != first


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ("7,3,0.5,{prior}\n7,3,0.5,{prior}\n", ["E-CAL-001"]),
        ("7,3,0,{prior}\n7,4,0,{prior}\n", ["E-CAL-002"]),
        ("", ["E-CAL-003"]),
        ("-1,3,2,abc\n", ["E-TAB-002", "E-TAB-002", "E-TAB-002"]),
    ],
)
def test_what_is_no_table_of_draws_is_refused_at_once(provinces: Provinces, rows: str, codes: list[str]) -> None:
    text = ",".join(columns(AgreeingDraw)) + "\n" + rows.format(prior=PRIOR)
    with pytest.raises(ScenarioErrors) as refused:
        calibrated(provinces, text=text)
    assert [error.code for error in refused.value.errors] == codes
