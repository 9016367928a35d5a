"""Answers on a terminal: no line wider than it, no word lost or broken; in a file always the same."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict
from pathlib import Path

import pytest
from compared_rows import made_up
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.command import console
from sim.command import main as program
from sim.command.commands import COMMANDS
from sim.command.comparison_answer import comparison_text
from sim.command.console import columns_of, wrapped
from sim.results.words import LANGUAGES, Lang
from sim.scenario.loading import load

WIDTHS = (40, 60, 82, 120, 200)
SHORT_ANSWERS = (
    ("--help",),
    *((name, "--help") for name in COMMANDS),
    ("list",),
    ("explain", "TINY", "people.scan"),
    ("explain", "TINY", "targets.electronic"),
    ("check", "TINY", "--set", "people.scna=1", "--set", "network.poll_interval=9 h"),
    ("check", "TINY"),
)


def counted(text: str) -> Counter[str]:
    return Counter(word.rstrip(":") for word in text.replace("─", " ").split())


def answered(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> str:
    program.main(list(words))
    return capsys.readouterr().out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("words", SHORT_ANSWERS, ids=" ".join)
def test_an_answer_says_the_same_at_every_width(
    words: tuple[str, ...], lang: Lang, tiny: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["/x/run.py"])
    words = tuple(str(tiny) if word == "TINY" else word for word in words)
    in_a_file = answered((*words, "--lang", lang), capsys)
    monkeypatch.setenv("COLUMNS", "50")
    assert answered((*words, "--lang", lang), capsys) == in_a_file
    for width in WIDTHS:
        monkeypatch.setattr(console, "screen_columns", lambda width=width: width)
        text = answered((*words, "--lang", lang), capsys)
        assert text.split() == in_a_file.split()
        too_wide = [line for line in text.splitlines() if columns_of(line) > width and len(line.split()) > 1]
        assert [line for line in too_wide if not line.startswith("  python run.py ")] == [], (
            "commands stay in one piece"
        )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.text("aộ (–\x1b", max_size=70), max_size=4).map("\n".join), st.integers(40, 100))
def test_wrapping_keeps_every_word_and_the_width(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert lines.split() == text.split()
    assert [line for line in lines.split("\n") if columns_of(line) > width and len(line.split()) > 1] == []


def test_a_list_stays_in_two_columns_and_a_command_stays_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["/x/run.py"])
    text = "  central_money_fails  Central money does not come\n  python run.py verify " + "a/long/path.pem " * 4
    assert wrapped(text, 45).splitlines()[:2] == ["  central_money_fails  Central money does not", "    come"]
    assert wrapped("  a3  Central money does not come in the year 2018 at all", 40).splitlines() == [
        "  a3  Central money does not come in the",
        "      year 2018 at all",
    ]
    assert wrapped(text, 45).splitlines()[2] == text.splitlines()[1]
    assert columns_of("Độ ộ 漢 \x1b[32mo\x1b[0m") == 9


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_comparison_says_the_same_at_every_width(tiny: Path, lang: Lang) -> None:
    rows = [
        made_up("gốc", verdict="undecided (14 more)"),
        made_up("hơn", difference_mean=-0.105, difference_low=-0.19, difference_high=-0.12, holm_significant=True),
    ]
    manifest = {
        f"title_{lang}": "Tỉnh",
        "replications_done": 20,
        "replications_asked": 20,
        "cells": [asdict(row) for row in rows],
    }
    targets = load(tiny).scenario.targets
    for width in WIDTHS:
        text = comparison_text(rows, manifest, targets, 0.01, lang, width)
        assert max(map(columns_of, text.splitlines())) <= width
        side_by_side = counted(comparison_text(rows, manifest, targets, 0.01, lang, 400 if width > 95 else 95))
        assert set(side_by_side - counted(text)) <= {"Trường", "hợp", "Case"}
