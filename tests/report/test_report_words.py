from __future__ import annotations

import ast
import string
from collections.abc import Sequence
from pathlib import Path

import pytest

from sim import report
from sim.exchange.codes import REFUSALS
from sim.report.formatting import UNIT_WORDS
from sim.report.parameter_words import parameter_name
from sim.report.phrases import COLUMNS, HEADINGS, READING_GUIDE, RUN_FACTS, SENTENCES
from sim.report.words import TERMS, scope_text, term, verdict_text
from sim.results.run_tables import ParameterRow
from sim.results.words import Words
from sim.scenario.measures import MEASURES, READINGS, SCOPE_TIERS

ALL_WORDS: list[tuple[str, Words]] = [
    *((f"{kind}.{term_id}", words) for kind, terms in TERMS.items() for term_id, words in terms.items()),
    *((f"heading.{name}", words) for name, words in HEADINGS.items()),
    *((f"column.{name}", words) for name, words in COLUMNS.items()),
    *((f"fact.{name}", words) for name, words in RUN_FACTS.items()),
    *((f"sentence.{name}", words) for name, words in SENTENCES.items()),
    *((f"unit.{name}", words) for name, words in UNIT_WORDS.items()),
    *((f"guide.{at}", words) for at, words in enumerate(READING_GUIDE)),
]
CAUSES_TEXT = """
secret never_electronic sender_no_eoffice sender_not_connected recipient_unreachable refused_to_paper outage
no_signature leaders_rule directive office_closed clerk_busy leader_away_or_busy officer_busy link_busy post
polling
"""
CAUSES = CAUSES_TEXT.split()


def _fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_term_has_both_languages_with_the_same_blanks() -> None:
    assert len(ALL_WORDS) > 350
    blank = [name for name, words in ALL_WORDS if not words.vi.strip() or not words.en.strip()]
    unlike = [name for name, words in ALL_WORDS if _fields(words.vi) != _fields(words.en)]
    assert (blank, unlike) == ([], [])


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("measure", [*MEASURES, "eoffice_level_share"]),
        ("reading", READINGS),
        ("tier", SCOPE_TIERS),
        ("cause", CAUSES),
        ("refusal", REFUSALS),
        ("distribution", ["lognormal", "beta", "triangular", "uniform", "fixed"]),
    ],
)
def test_no_contract_id_reaches_the_reader_untranslated(kind: str, ids: Sequence[str]) -> None:
    untranslated = [term_id for term_id in ids if term_id not in TERMS[kind]]
    assert untranslated == []


def test_unknown_ids_are_shown_as_given() -> None:
    assert term("cause", "moon_phase", "vi") == "moon_phase"
    assert scope_text("planet:mars", "en") == "planet:mars"
    assert verdict_text("maybe", "vi") == "maybe"


@pytest.mark.parametrize(
    ("verdict", "vi", "en"),
    [
        ("reachable", "đạt được", "reachable"),
        ("out of reach", "khó hoàn thành", "out of reach"),
        ("at risk", "có nguy cơ không hoàn thành", "at risk"),
        (
            "undecided (12 more)",
            "chưa đủ cơ sở kết luận (cần chạy thêm 12 lần mô phỏng)",
            "undecided (12 more runs needed)",
        ),
        ("too close to call", "không phân định được", "too close to call"),
        ("", "", ""),
    ],
)
def test_verdicts_in_words(verdict: str, vi: str, en: str) -> None:
    assert verdict_text(verdict, "vi") == vi
    assert verdict_text(verdict, "en") == en


def test_scopes_in_words() -> None:
    assert scope_text("all", "vi") == "toàn tỉnh"
    assert scope_text("tiers:province+district", "vi") == "cấp tỉnh và cấp huyện"
    assert scope_text("tier:commune", "en") == "commune"
    assert scope_text("agency:so-tttt", "vi") == "cơ quan so-tttt"
    titles = {"list1": Words("15 cơ quan của danh mục 1", "the 15 agencies of list 1")}
    assert scope_text("group:list1", "vi", titles) == "15 cơ quan của danh mục 1"
    assert scope_text("group:list2", "en", titles) == "group of agencies list2"
    assert scope_text("level:1", "vi") == "mức 1: đã cài đặt nhưng không dùng"


def test_parameters_are_called_as_the_runs_table_calls_them() -> None:
    named = "Bưu điện trong thành phố", "Post within the town"
    listed = [ParameterRow("post.local", "1", None, 1.0, None, "fixed", "plan", "test", *named, None)]
    assert parameter_name("post.local", listed, "en") == "Post within the town [post.local]"
    assert parameter_name("post.local", listed, "vi") == "Bưu điện trong thành phố [post.local]"
    assert parameter_name("moon.phase", listed, "vi") == "moon.phase"


def _written_words() -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for path in sorted(Path(report.__path__[0]).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words":
                texts = [word.value for word in node.args if isinstance(word, ast.Constant)]
                if len(texts) == 2:
                    found.append((f"{path.name}:{node.lineno}", texts[0], texts[1]))
    return found


def test_every_sentence_written_anywhere_has_the_same_blanks_in_both_languages() -> None:
    written = _written_words()
    assert len(written) > 400
    assert [place for place, vi, en in written if _fields(vi) != _fields(en)] == []
    vietnamese_only = [place for place, vi, en in written if bool(vi.strip()) != bool(en.strip())]
    assert vietnamese_only == []
