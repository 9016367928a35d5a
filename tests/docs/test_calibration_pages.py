"""The pages of verdicts before and after calibration are those of the file beside them."""

from __future__ import annotations

import pytest
from calibrated import NOTES, PAGES, kept, page, pairs, ratio_of

from sim.measure.milestones import MILESTONE
from sim.results.words import Lang
from sim.scenario.loading import load


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_is_that_of_the_file(lang: Lang) -> None:
    """Else `.venv/bin/python tests/docs/calibrated.py` writes it anew."""
    assert PAGES[lang].read_text(encoding="utf-8") == page(lang, kept())


def test_every_target_in_figures_is_told_before_and_after() -> None:
    told = kept()
    assert set(NOTES) <= set(told)
    for name, one in told.items():
        stated = [target.id for target in load(name).scenario.targets if target.measure != MILESTONE]
        assert [was["id"] for was, _ in pairs(one)] == stated


def test_a_width_is_of_the_width_before() -> None:
    before = {"p05": 0.2, "p95": 0.6}
    assert ratio_of(before, {"p05": 0.3, "p95": 0.5}) == pytest.approx(0.5)
    assert ratio_of({"p05": 1.0, "p95": 1.0}, before) is None
    assert ratio_of(before, {"p05": None, "p95": None}) is None
