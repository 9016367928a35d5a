"""What a scenario's author wrote reaches no terminal raw: no escape sequence, no line break, no turned direction."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from tiny_province import Do, write_tiny

from sim.command.console import Console
from sim.studies.folder import MARK

HOSTILE = "\\u001b[2J\\u001b[31mĐẠT\\nPASSED \\u202eđảo\\u0007 \\u200b<script>alert(1)</script> \\u009b2J"
"""As TOML writes it: clears the screen, colours, adds a line, turns the direction, rings."""


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    path = write_tiny(tmp_path)
    text = path.read_text(encoding="utf-8")
    for words in ("Tỉnh nhỏ", "Small province", "Chỉ thị", "Directive", "Văn bản điện tử", "Electronic documents"):
        assert words in text
        text = text.replace(words, f"{words} {HOSTILE}")
    text = text.replace('source = "test"', f'source = "test {HOSTILE}"')
    path.write_text(text, encoding="utf-8")
    return path


def raw(text: str) -> set[str]:
    """Characters of a text that move, hide or turn something on a terminal."""
    return {letter for letter in text if unicodedata.category(letter) in {"Cc", "Cf", "Zl", "Zp"}} - {"\n"}


@pytest.mark.parametrize(
    "words",
    [
        ("check", "IT"),
        ("check", "IT", "--until", "2016-01-10"),
        ("check", "IT", "--set", "people.\x1b[2J=1"),
        ("check", "IT", "--option", "\x1b[2J\u202e"),
        ("explain", "IT", "targets.electronic"),
        ("explain", "IT", "targets.electronic.title"),
        ("explain", "IT", "mandates"),
        ("explain", "IT", "plan"),
        ("explain", "IT", "\x1b[2J"),
        ("run", "IT", "--dry-run"),
        ("compare", "IT", "--adoptions", "voluntary", "--dry-run"),
        ("sweep", "IT", "--over", "budget.scale.I.1=0:2", "--dry-run"),
        ("goal", "IT", "--target", "\x1b[2J", "--over", "budget.scale.I.1=0:2"),
        ("report", "\x1b[2J\u202e"),
        ("status", "\x1b[2J"),
        ("\x1b[2J",),
    ],
    ids=lambda words: " ".join(words).replace("\x1b", "ESC").replace("\u202e", "RLO"),
)
def test_nothing_raw_reaches_the_terminal(words: tuple[str, ...], hostile: Path, do: Do) -> None:
    typed = [str(hostile) if word == "IT" else word for word in words]
    code, out, err = do(*typed)
    assert code in (0, 2, 3), err
    assert raw(out + err) == set()
    assert not [line for line in out.splitlines() if line.startswith("PASSED")]


@pytest.mark.parametrize(
    "words", [("check", "IT"), ("explain", "IT", "targets.electronic"), ("run", "IT", "--dry-run")]
)
def test_a_machine_gets_valid_json_without_raw_control_characters(
    words: tuple[str, ...], hostile: Path, do: Do
) -> None:
    code, out, _ = do(*(str(hostile) if word == "IT" else word for word in words), "--json")
    assert code == 0
    assert json.loads(out)["schema"] == 1
    assert raw(out) == set()


def test_a_table_with_control_characters_is_refused_and_they_are_shown_escaped(hostile: Path, do: Do) -> None:
    agencies = hostile.with_name("agencies.csv")
    names = agencies.read_text(encoding="utf-8").replace("Sở Tài chính", "Sở \x1b[2J\u202eTài chính")
    agencies.write_text(names, encoding="utf-8")
    code, out, err = do("check", hostile)
    assert (code, raw(out + err)) == (3, set())
    assert "name_vi" in out


def test_a_run_folder_with_hostile_words_is_listed_harmlessly(tmp_path: Path, do: Do) -> None:
    folder = tmp_path / "r\x1b[2J"
    folder.mkdir()
    (folder / MARK).write_text("0" * 64 + "\n", encoding="ascii")
    (folder / "manifest.json").write_text('{"schema": 2, "title_en": "\\u001b[2J"}', encoding="utf-8")
    code, out, err = do("status", tmp_path)
    assert (code, raw(out + err)) == (0, set())


def test_an_answer_is_escaped_whoever_forgot_to(capsys: pytest.CaptureFixture[str]) -> None:
    Console("en").answer("title \x1b[2J\u202ex\nnext")
    assert capsys.readouterr().out == "title \\x1b[2J\\u202ex\nnext\n"
