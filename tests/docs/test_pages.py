"""What the README and the pages in `docs/` say can be done can be done, in both languages alike."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pages import NAMES, PAGES, ROOT, TWINS, blocks, commands, links, numbers, pictures, tables, text_of, twin_of

from sim.command.commands import COMMANDS, parser_of
from sim.command.usage import comma_separated
from sim.scenario.listing import list_scenarios
from sim.scenario.loading import load
from sim.scenario.proposal import GROUPS

SETS_UP = "python3 -m venv .venv && .venv/bin/pip install -q -e"
MAIN_JOB = f"{SETS_UP} . && .venv/bin/python run.py run binh_dinh_2016_2020"
PASSES_THE_TESTS = f'{SETS_UP} ".[dev]" && .venv/bin/python -m pytest'
READMES = [ROOT / "README.md", ROOT / "README.vi.md"]
FULL_LISTS = [ROOT / "docs" / "what_a_planner_does.md", ROOT / "docs" / "what_a_planner_does.vi.md"]
SHIPPED = {(one.kind, one.name) for one in list_scenarios()}


@pytest.mark.parametrize("readme", READMES, ids=lambda page: page.name)
def test_one_line_runs_the_main_job_and_one_passes_the_tests(readme: Path) -> None:
    lines = [line for block in blocks(readme) for line in block.splitlines() if line.startswith("python3 -m venv")]
    assert lines == [MAIN_JOB, PASSES_THE_TESTS]
    assert PASSES_THE_TESTS in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("page", [page for page in PAGES if page not in TWINS], ids=lambda page: page.name)
def test_every_command_can_be_typed(page: Path) -> None:
    """Its words are understood, and the scenario, options, regimes, futures, keys and targets that it names exist.

    The Vietnamese twin of a page has the same commands, which `test_the_two_languages_say_the_same` sees to.
    """
    for command, *typed in commands(page):
        words = parser_of(command, "lienthong", "en").read(typed)
        if ("scenario", getattr(words, "scenario", "")) not in SHIPPED:
            continue
        options = comma_separated([*getattr(words, "option", []), *getattr(words, "options", [])])
        laid = {name: getattr(words, name, None) for name in ("adoption", "future", "until")}
        loaded = load(words.scenario, options=options, sets=getattr(words, "set", []), **laid)
        for over in getattr(words, "over", []):
            load(words.scenario, sets=[over.split(":")[0]])
        for name in comma_separated(getattr(words, "adoptions", [])):
            assert ("adoption", name) in SHIPPED
        targets = {target.id for target in loaded.scenario.targets}
        assert set(comma_separated(getattr(words, "target", None) or [])) <= targets


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_to_a_file(page: Path) -> None:
    dead = [target for target in links(page) if not (page.parent / target).exists()]
    assert dead == []


@pytest.mark.parametrize("vietnamese", TWINS, ids=lambda page: page.name)
def test_the_two_languages_say_the_same(vietnamese: Path) -> None:
    english = twin_of(vietnamese)
    assert blocks(vietnamese) == blocks(english)
    assert pictures(vietnamese) == [name.replace(".en.png", ".vi.png") for name in pictures(english)]
    told, twin = tables(vietnamese), tables(english)
    in_both = [numbers(row, vietnamese=True) for row in told], [numbers(row, vietnamese=False) for row in twin]
    assert in_both[0] == in_both[1] or told == twin
    headings = [re.findall(r"^(#+) ", text_of(page), re.MULTILINE) for page in (vietnamese, english)]
    assert headings[0] == headings[1]
    assert vietnamese.name in links(english)
    assert english.name in links(vietnamese)


@pytest.mark.parametrize("page", FULL_LISTS, ids=lambda page: page.name)
def test_every_command_is_shown(page: Path) -> None:
    assert {words[0] for words in commands(page)} == set(COMMANDS)


@pytest.mark.parametrize("page", FULL_LISTS, ids=lambda page: page.name)
def test_every_switch_is_named(page: Path) -> None:
    text = text_of(page)
    taken = {word: name for name in COMMANDS for word in switches(name) if not re.search(rf"{word}(?![\w-])", text)}
    assert taken == {}


def switches(command: str) -> list[str]:
    """What `--help` of the command lists, but for `--help` itself."""
    words = re.findall(r"^  (?:-\w, )?(--[\w-]+)", parser_of(command, "lienthong", "en").format_help(), re.MULTILINE)
    return [word for word in words if word != "--help"]


@pytest.mark.parametrize("page", FULL_LISTS, ids=lambda page: page.name)
def test_every_option_regime_and_future_is_named_and_in_its_group(page: Path) -> None:
    lang = "vi" if ".vi." in page.name else "en"
    titles = {title.text(lang) for title in GROUPS.values()}
    listed = {row[0]: set(re.findall(r"`(\w+)`", row[1])) for row in tables(page) if row[0] in titles}
    wanted: dict[str, set[str]] = {title: set() for title in titles}
    for one in list_scenarios():
        if one.kind == "option":
            assert one.proposal is not None
            wanted[GROUPS[one.proposal.group].text(lang)].add(one.name)
        elif one.kind != "scenario":
            assert f"`{one.name}`" in text_of(page)
    assert listed == wanted


def test_every_script_that_a_speed_was_measured_with_is_there() -> None:
    named = set(re.findall(r"`(\w+\.py)`", text_of(ROOT / "docs" / "benchmarks.md")))
    there = {file.name for file in (ROOT / "tests" / "benchmarks").glob("*.py")}
    assert len(named) > 5
    assert named <= there
