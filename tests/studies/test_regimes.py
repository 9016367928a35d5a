"""Which of the adoption regimes compared is the baseline's own."""

from __future__ import annotations

from dataclasses import replace

from sim.studies.comparison import compared_cases, proposal_rows, regime_notes
from sim.studies.spec import CompareSpec

PLAN = "binh_dinh_2016_2020"


def notes(*regimes: str, adoption: str | None = None) -> list[str]:
    spec = CompareSpec(scenario=PLAN, compared_adoptions=regimes, adoption=adoption, replications=2)
    return [note.vi for note in regime_notes(list(compared_cases(spec)))]


def test_the_regime_that_moves_no_value_is_the_baseline_and_costs_nothing() -> None:
    cases = list(compared_cases(CompareSpec(scenario=PLAN, compared_adoptions=("mandate", "voluntary"))))
    assert cases[1].case.run_hash == cases[0].case.run_hash != cases[2].case.run_hash
    assert {row.cell for row in proposal_rows(cases)} == {"adoption:voluntary"}
    for found in (cases, [replace(one, asked=one.case.loaded) for one in cases]):  # typed, and as a folder keeps them
        (said,) = [note.vi for note in regime_notes(found)]
        assert said.startswith("“Theo chỉ thị có đo lường” chính là kịch bản gốc")


def test_beside_a_shared_regime_only_that_one_is_the_baseline_s() -> None:
    assert notes("mandate", adoption="voluntary")[0].startswith("Kịch bản gốc không theo")
    assert notes("voluntary", adoption="voluntary")[0].startswith("“Tự nguyện” chính là kịch bản gốc")


def test_regimes_none_of_which_is_the_baseline_s_are_told_so() -> None:
    assert notes("voluntary", "campaign") == ["Kịch bản gốc không theo cách triển khai nào trong số được so sánh."]


def test_options_alone_say_nothing_of_regimes() -> None:
    spec = CompareSpec(scenario=PLAN, compared_options=("poll_5_min",), replications=2)
    assert regime_notes(list(compared_cases(spec))) == []
