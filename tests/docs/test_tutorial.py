"""The tutorial is followed to its end: every table filled into the workbook, every command typed, in both languages."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from pages import ROOT, text_of
from tutorial import Step, fill, steps

from sim.command import main as program
from sim.scenario.explain_proposal import proposal_named

PAGES = {"en": ROOT / "docs" / "tutorial.md", "vi": ROOT / "docs" / "tutorial.vi.md"}


def commands(page: Path) -> list[Step]:
    return [step for step in steps(page) if step.command]


def tables(page: Path) -> list[Step]:
    return [step for step in steps(page) if step.rows]


def answers(page: Path) -> list[str]:
    """The lines that the page says the program answers."""
    return re.findall(r"^```text\n(.*?)\n```$", text_of(page), re.MULTILINE | re.DOTALL)


def test_both_languages_type_the_same_into_the_same_sheets() -> None:
    assert list(steps(PAGES["en"])) == list(steps(PAGES["vi"]))


def test_it_leads_from_new_to_brief() -> None:
    done = [step.command[0] for step in commands(PAGES["en"])]
    assert done == ["new", "check", "run", "report", "compare", "brief"]
    sheets = [step.sheet for step in tables(PAGES["en"])]
    assert sheets == ["Kế hoạch", "Cơ quan", "Kinh phí", "Nội dung chi", "Chỉ tiêu", "Văn bản chỉ đạo"]


def test_the_workbook_filled_in_as_it_says_is_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    new, check = (list(step.command) for step in commands(PAGES["en"])[:2])
    assert program.main(new) == 0
    assert program.main(check) == 3
    fill(tmp_path / "my_province.xlsx", tables(PAGES["en"]))
    for lang, page in PAGES.items():
        capsys.readouterr()
        assert program.main([*check, "--lang", lang]) == 0
        assert answers(page)[0] in capsys.readouterr().out.splitlines()
    compare = next(list(step.command) for step in commands(PAGES["en"]) if step.command[0] == "compare")
    for option in compare[compare.index("--options") + 1].split(","):
        assert program.main([*check, "--option", option]) == 0


def answer(folder: Path, *words: str) -> str:
    """What somebody in that folder is told who types these words."""
    line = [sys.executable, str(ROOT / "run.py"), *words, "--lang", "vi"]
    ended = subprocess.run(line, cwd=folder, capture_output=True, encoding="utf-8", timeout=1500, check=False)
    assert ended.returncode == 0, f"{shlex.join(words)}: {ended.stdout}{ended.stderr}"
    return ended.stdout


@pytest.mark.slow
def test_every_command_answers(tmp_path: Path) -> None:
    """In one language, since both type the same: with the default number of simulations, as a reader does."""
    page = PAGES["vi"]
    said = {}
    for step in commands(page):
        said[step.command[0]] = answer(tmp_path, *step.command)
        if step.command[0] == "new":
            fill(tmp_path / "my_province.xlsx", tables(page))
    assert "1 (vb)" in said["run"]
    assert "2 (xa)" in said["run"]
    assert "1 (vb)" in said["report"]
    compare = next(list(step.command) for step in commands(page) if step.command[0] == "compare")
    for option in compare[compare.index("--options") + 1].split(","):
        named = proposal_named(f"option:{option}")
        assert named is not None
        assert named.proposal.title.vi in " ".join(said["compare"].split()), option
    made = {file.name for file in (tmp_path / "my_results").iterdir()}
    assert {"report.vi.html", "brief.vi.pdf", "brief.vi.docx"} <= made
