"""The page of systems is that of today, and everything that can be bought, measured or named has its system."""

from __future__ import annotations

import pytest
from systems import DOES, PAGES, bases, page, provinces, systems

from sim.policy.purchase_catalogue import PURCHASABLE
from sim.results.words import Lang
from sim.scenario.measures import MEASURES


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_is_that_of_today(lang: Lang) -> None:
    """Else `.venv/bin/python tests/docs/systems.py` writes it anew."""
    assert PAGES[lang].read_text(encoding="utf-8") == page(lang)


def test_everything_bought_and_measured_belongs_to_one_system() -> None:
    kinds = [kind for one in systems() for kind in one.kinds]
    measures = [measure for one in systems() for measure in one.measures]
    assert sorted(kinds) == sorted(PURCHASABLE)
    assert sorted(measures) == sorted(MEASURES)


def test_what_is_said_to_act_is_shown_by_a_test_and_what_is_bought_for_nothing_is_said_to_do_nothing() -> None:
    for one in systems():
        assert one.does in DOES, one.id
        assert (one.does == "nothing") or one.tests, one.id
        inert = [kind for kind in one.kinds if PURCHASABLE[kind].no_effect is not None]
        if one.kinds and inert == list(one.kinds):
            assert one.does != "acts" or one.parameters or one.measures, one.id
        assert one.does != "nothing" or len(inert) == len(one.kinds), one.id


def test_parameters_that_a_system_names_are_there() -> None:
    whole = provinces()
    for one in systems():
        for key in one.parameters:
            assert any(bases(type(one)(**{**vars(one), "parameters": (key,)}), loaded) for loaded in whole), (
                one.id,
                key,
            )
