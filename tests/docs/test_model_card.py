"""The model card says what is so today: its counts, the tests it names and their figures, every item of STRESS-DES."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from model_card import CARDS, SECTIONS, renewed
from pages import NAMES, PAGES, ROOT, tables, text_of

from sim.measure.parameters import parameter_rows
from sim.results.words import Lang
from sim.scenario.loading import load

ITEMS = ["1.1", "1.2", "1.3", "2.1", "2.2", "2.3", "2.4", "2.5", "3.1", "3.2", "3.3", "3.4", "4.1", "4.2", "4.3"]
ITEMS += ["5.1", "5.2", "5.3", "5.4", "6.1"]
"""Monks et al. (2019), table of the discrete-event guidelines."""
FIGURES = {
    "tests/traffic/test_queue_theory.py": ("DELTA = 0.05", "REPLICATIONS = 24"),
    "tests/traffic/test_schedulers_agree.py": ('met["worlds"] >= 40', 'met["visits"] > 30_000'),
    "tests/model/test_nothing_is_lost.py": ('"case", range(20)',),
    "tests/measure/test_verdicts.py": ("abs=5e-5",),
}
"""What the card quotes stands in the test so."""


@pytest.mark.parametrize("lang", CARDS)
def test_its_counts_are_those_of_today(lang: Lang) -> None:
    """Else `.venv/bin/python tests/docs/model_card.py` writes them anew."""
    assert CARDS[lang].read_text(encoding="utf-8") == renewed(lang)


def test_every_section_of_parameters_has_its_name() -> None:
    assert {row.key.partition(".")[0] for row in parameter_rows(load("binh_dinh_2016_2020"))} <= SECTIONS.keys()


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_test_and_folder_that_a_page_names_is_there(page: Path) -> None:
    for name, _, function in re.findall(r"`((?:tests|sim|agents|scenarios|results)/[\w./-]*)(::(\w+))?", text_of(page)):
        assert (ROOT / name).exists(), name
        if function:
            tree = ast.parse((ROOT / name).read_text(encoding="utf-8"))
            assert function in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, name


@pytest.mark.parametrize("name", FIGURES)
def test_the_figures_that_it_quotes_stand_in_the_tests(name: str) -> None:
    held = (ROOT / name).read_text(encoding="utf-8")
    assert [figure for figure in FIGURES[name] if figure not in held] == []


@pytest.mark.parametrize("lang", CARDS)
def test_every_item_of_stress_des_is_answered(lang: Lang) -> None:
    rows = [row for row in tables(CARDS[lang]) if re.match(r"\d\.\d ", row[0])]
    assert [row[0].split(" ")[0] for row in rows] == ITEMS
    assert all(len(row[1]) > 20 for row in rows)


@pytest.mark.parametrize("lang", CARDS)
def test_the_page_on_trust_counts_the_same_agreement(lang: Lang) -> None:
    rows = [row[1] for row in tables(CARDS[lang])[1:] if re.fullmatch(r"\d+ (of|trên) \d+", row[1])]
    (overlap, checks), (free_overlap, free) = (re.findall(r"\d+", row) for row in rows[1:])
    page = " ".join(
        text_of(CARDS[lang].with_name(CARDS[lang].name.replace("model_card", "how_far_to_trust_it"))).split()
    )
    told = {
        "en": f"of {checks} published figures of other provinces beside ours in the report {overlap} overlap,"
        f" {free_overlap} of the {free} on which no parameter of ours rests",
        "vi": f"trong {checks} số liệu đã công bố của tỉnh khác được đối chiếu trong báo cáo, {overlap} số nằm trong"
        f" khoảng của mô hình; trong {free} số không được dùng để đặt tham số nào, có {free_overlap} số",
    }
    assert told[lang] in page
