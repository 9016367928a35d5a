"""Every source sentence that is shipped has its Vietnamese, none of it stale, and no figure lost on the way."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.measure.parameters import parameter_rows
from sim.results import sources
from sim.results.column import TableError
from sim.results.sources import CATALOGUE, as_stated, basis_text, clauses, pairs, source_text
from sim.scenario.choices import CHOICES
from sim.scenario.layers import SET_BY_HAND
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.scenario.places import SCENARIOS
from sim.scenario.plan_schema import AT_ONCE
from sim.scenario.tables import SOURCES as MONEY

FOLDERS = ("provinces", "options", "adoption", "futures")
TABLES = ("tables/*/purchases.csv", "observations/*.csv")
"""Tables whose sources every report shows; those of agencies and procedures stand in a workbook, clause by clause."""
OF_THE_PROGRAM = ["set in the scenario", AT_ONCE.source, SET_BY_HAND] + [
    f"odds from {', '.join(choice.rests_on)}" for choice in CHOICES if choice.odds is not None
]
FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
PROJECT = re.compile(r"20\d\d\.\d")
"""A project of the plan's Annex II, by year and number: a name, no decimal fraction."""
SECTION = re.compile(r"\b(?:[IVX]+|Annex \d+|Phụ lục \d+)(?:\.\w+)+")
"""A section of a plan, as II.1.2 or Annex 4.2: its dots are no decimal points."""
LAST_MONTH = 12
ENGLISH = re.compile(r"\b(?:the|of|and|assumed|found|year|Decision|Annex|Art)\b")
AVOIDED = ("may rủi", "người lo chứng thư", "hỏi văn bản mới", "thiên về", "loga", "cho trước từ bên ngoài", "tiền về")
"""Wording that Vietnamese offices do not use; see the terms of `sim/report/words.py` for what is used instead."""


def stated(tree: Any) -> Iterator[str]:
    """Every `source` of a scenario file that is a sentence, not a source of money."""
    if isinstance(tree, dict):
        for key, value in tree.items():
            if key == "source" and isinstance(value, str) and value not in MONEY:
                yield value
            else:
                yield from stated(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from stated(value)


def shipped() -> dict[str, str]:
    """Every sentence with the first place that has it."""
    found = dict.fromkeys(OF_THE_PROGRAM, "sim")
    files = [SCENARIOS / "defaults.toml", *(file for folder in FOLDERS for file in (SCENARIOS / folder).glob("*.toml"))]
    for file in sorted(files):
        for sentence in stated(tomllib.loads(file.read_text(encoding="utf-8"))):
            found.setdefault(sentence, file.name)
    for file in sorted(file for pattern in TABLES for file in SCENARIOS.glob(pattern)):
        with file.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                found.setdefault(row["source"], file.name)
    return found


CATALOGUED = [(file.name, en, vi) for file in sorted(CATALOGUE.glob("*.toml")) for en, vi in pairs(file)]


def in_vietnamese(figure: str) -> str:
    """1,234.5 as Vietnamese writes it: 1.234,5."""
    return figure if PROJECT.fullmatch(figure) else figure.translate(str.maketrans(",.", ".,"))


def figures(sentence: str) -> list[str]:
    """Every figure as written; of a section's name its numbers one by one."""
    return FIGURE.findall(SECTION.sub(lambda section: section[0].replace(".", " "), sentence))


def figures_lost(en: str, vi: str) -> list[str]:
    """Figures of the English sentence that the Vietnamese does not have, as it should write them."""
    wanted = Counter(map(in_vietnamese, figures(en)))
    return sorted((wanted - Counter(figures(vi))).elements())


def figures_added(en: str, vi: str) -> list[str]:
    """Figures that only the Vietnamese has; months, which English spells, are not."""
    more = Counter(figures(vi)) - Counter(map(in_vietnamese, figures(en)))
    return sorted(figure for figure in more.elements() if not (figure.isdigit() and int(figure) <= LAST_MONTH))


def test_every_shipped_source_has_its_vietnamese() -> None:
    known = {en for _, en, _ in CATALOGUED}
    assert [f"{place}: {sentence}" for sentence, place in shipped().items() if sentence not in known] == []


def test_the_catalogue_has_no_sentence_that_nothing_states_any_more() -> None:
    wanted = shipped()
    assert [f"{file}: {en}" for file, en, _ in CATALOGUED if en not in wanted] == []


def test_sources_of_agencies_and_procedures_are_told_by_clauses_and_read_back() -> None:
    met: set[str] = set()
    for name in ("agencies", "procedures"):
        with (SCENARIOS / f"tables/binh_dinh/{name}.csv").open(encoding="utf-8", newline="") as stream:
            stated_there = {row["source"] for row in csv.DictReader(stream)}
        for sentence in stated_there:
            vietnamese = source_text(sentence, "vi")
            assert not ENGLISH.search(vietnamese), vietnamese
            assert (figures_lost(sentence, vietnamese), as_stated(vietnamese)) == ([], sentence)
            parts = sentence.split("; ")
            met |= {one.words.en for one in clauses() if any(one.pattern("en").fullmatch(part) for part in parts)}
    assert [one.words.en for one in clauses() if one.words.en not in met] == []


def test_a_sentence_stands_in_the_catalogue_once() -> None:
    counted = Counter(en for _, en, _ in CATALOGUED)
    assert [en for en, times in counted.items() if times > 1] == []


def test_no_figure_is_lost_or_added_in_vietnamese() -> None:
    told = [(file, [*figures_lost(en, vi), *figures_added(en, vi)], vi) for file, en, vi in CATALOGUED]
    assert [one for one in told if one[1]] == []


@pytest.mark.parametrize(
    ("en", "vi", "lost"),
    [
        ("1,234.5 of 10", "1.234,5 trong 10", []),
        ("1,234.5 of 10", "1,234.5 trong 10", ["1.234,5"]),
        ("Labour Code 10/2012/QH13, Art. 106", "Bộ luật Lao động 10/2012/QH13", ["106"]),
        ("7 of 7", "cả 7", ["7"]),
        ("Annex II 2015.1 gives 0.5", "Phụ lục II, mục 2015.1: 0,5", []),
    ],
)
def test_a_lost_figure_is_found(en: str, vi: str, lost: list[str]) -> None:
    assert figures_lost(en, vi) == lost


def test_the_vietnamese_is_vietnamese() -> None:
    assert [vi for _, _, vi in CATALOGUED if ENGLISH.search(vi.replace("Usability Engineering", ""))] == []
    assert [vi for _, _, vi in CATALOGUED if any(words in vi.lower() for words in AVOIDED)] == []


def test_a_sentence_begins_with_assumed_in_both_languages_or_in_neither() -> None:
    told = [(en.startswith("assumed"), vi.startswith("giả định"), vi) for _, en, vi in CATALOGUED]
    assert [vi for in_english, in_vietnamese, vi in told if in_english != in_vietnamese] == []


@pytest.mark.parametrize("province", [one.name for one in list_scenarios() if one.kind == "scenario"])
def test_every_parameter_of_a_shipped_province_has_a_vietnamese_source(province: str) -> None:
    known = {en for _, en, _ in CATALOGUED}
    assert [row.key for row in parameter_rows(load(province)) if row.source not in known] == []


def test_a_source_is_told_in_the_language_asked() -> None:
    code = "Labour Code 10/2012/QH13, Art. 97 and 106"
    assert source_text(code, "en") == code
    assert source_text(code, "vi") == "Bộ luật Lao động 10/2012/QH13, Điều 97 và Điều 106"


@pytest.mark.parametrize("own", ["khảo sát của Sở Nội vụ năm 2019", "our own survey of 2019"])
def test_a_planners_own_source_is_shown_as_written(own: str) -> None:
    assert source_text(own, "vi") == source_text(own, "en") == own
    assert source_text(None, "vi") == source_text("", "en") == ""


@pytest.mark.parametrize(
    "text", ['[[sentences]]\nen = "a"\n', "[[sentences]]\nen = 1\nvi = 2\n", "sentences = 3\n", "", "[[sentences\n"]
)
def test_a_broken_catalogue_is_refused_by_the_name_of_its_file(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(sources, "CATALOGUE", tmp_path)
    sources._vietnamese.cache_clear()
    try:
        with pytest.raises(TableError, match=r"scenarios/sources/own\.toml"):
            source_text("a", "vi")
    finally:
        sources._vietnamese.cache_clear()


@pytest.mark.parametrize(
    ("basis", "source", "told"),
    [
        ("assumed", "assumed: as the urgent share", "giả định: như tỷ lệ văn bản khẩn"),
        ("assumed", "half a post of 70 million a year", "giả định: nửa biên chế, mỗi biên chế 70 triệu đồng một năm"),
        ("assumed", "remainder of Annex V I.3", "giả định: remainder of Annex V I.3"),
        (
            "assumed",
            "remainder of Annex V I.4; division assumed",
            "phần còn lại của Phụ lục V, mục I.4; cách chia là giả định",
        ),
        ("derived", "159 communes at 8 million", "suy ra: 159 xã, mỗi xã 8 triệu đồng"),
    ],
)
def test_the_basis_is_said_once(basis: str, source: str, told: str) -> None:
    assert basis_text(basis, source, "vi") == told
