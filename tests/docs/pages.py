"""The README and the pages in `docs/`, and what can be checked of a page: commands, tables, pictures, links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("README*.md"), *(ROOT / "docs").glob("*.md")])
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]
TWINS = [page for page in PAGES if page.name.endswith(".vi.md")]
"""The Vietnamese pages; the English twin of each has the same name without `.vi`."""
PROGRAM = ".venv/bin/python run.py "
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)#]+)(?:#[^)]*)?\)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def twin_of(vietnamese: Path) -> Path:
    return vietnamese.with_name(vietnamese.name.replace(".vi.md", ".md"))


def blocks(page: Path) -> list[str]:
    """What is to be typed: its fenced blocks without remarks after `#`, and without diagrams and answers (`text`).

    Remarks, diagrams and answers are in the page's own language.
    """
    found = _FENCED.findall(text_of(page))
    return [re.sub(r"\s*(?<!\S)#.*", "", block) for kind, block in found if kind not in ("mermaid", "text")]


def commands(page: Path) -> list[list[str]]:
    """The words of every line in its blocks that starts the program, wherever in the line."""
    lines = [line for block in blocks(page) for line in block.replace("\\\n", " ").splitlines()]
    return [shlex.split(line.partition(PROGRAM)[2]) for line in lines if PROGRAM in line]


def links(page: Path) -> list[str]:
    """Where it links to, pictures too; only files of the project, not addresses."""
    return [target for _, target in _LINK.findall(text_of(page)) if "://" not in target]


def pictures(page: Path) -> list[str]:
    return [target for picture, target in _LINK.findall(text_of(page)) if picture]


def tables(page: Path) -> list[list[str]]:
    """The cells of each row of its tables, but for the lines under the headings."""
    rows = [line for line in text_of(page).splitlines() if line.startswith(("| ", "||"))]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]


def numbers(row: list[str], *, vietnamese: bool) -> list[str]:
    """The numbers of a row without marks of thousands, with a decimal point."""
    return list(_plain(" ".join(row), vietnamese=vietnamese))


def _plain(text: str, *, vietnamese: bool) -> Iterator[str]:
    thousands, decimals = (".", ",") if vietnamese else (",", ".")
    for number in _NUMBER.findall(text):
        whole = re.sub(rf"[{thousands}](?=\d{{3}}(?!\d))", "", number)
        yield whole.replace(decimals, ".")
