"""Which of the adoption regimes compared is the baseline's own."""

from __future__ import annotations

from sim.studies.comparison import compared_cases, regime_notes
from sim.studies.spec import CompareSpec

PLAN = "binh_dinh_2016_2020"


def notes(*regimes: str, adoption: str | None = None) -> list[str]:
    spec = CompareSpec(scenario=PLAN, compared_adoptions=regimes, adoption=adoption, replications=2)
    return [note.vi for note in regime_notes(list(compared_cases(spec)))]


def test_the_regime_that_moves_no_value_is_the_baseline_s() -> None:
    (said,) = notes("mandate", "voluntary")
    assert "Kịch bản gốc đã theo cách “Theo chỉ thị có đo lường”" in said
    assert "Tự nguyện" not in said


def test_regimes_none_of_which_is_the_baseline_s_are_told_so() -> None:
    assert notes("voluntary", "campaign") == ["Kịch bản gốc không theo cách triển khai nào trong số được so sánh."]


def test_options_alone_say_nothing_of_regimes() -> None:
    spec = CompareSpec(scenario=PLAN, compared_options=("poll_5_min",), replications=2)
    assert regime_notes(list(compared_cases(spec))) == []
