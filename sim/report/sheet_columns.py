"""Columns of the workbook's sheets: things said in both languages, headings by name."""

from __future__ import annotations

from sim.report.phrases import COLUMNS
from sim.report.words import scope_text, term
from sim.report.workbook import Column
from sim.results.words import Words

ID = Words("Mã", "Id")
RUNS = Column(Words("Số lần (n)", "Simulations (n)"), 11.0)


def both(words: Words, width: float = 32.0) -> tuple[Column, Column]:
    """Two columns for one thing said in Vietnamese and in English."""
    return (
        Column(Words(f"{words.vi} (tiếng Việt)", f"{words.en} (Vietnamese)"), width),
        Column(Words(f"{words.vi} (tiếng Anh)", f"{words.en} (English)"), width),
    )


def yes_no(answer: bool) -> tuple[str, str]:
    """Yes or no in Vietnamese and in English."""
    return ("có", "yes") if answer else ("không", "no")


def terms(kind: str, term_id: str) -> tuple[str, str]:
    """The word for an id in Vietnamese and in English."""
    return term(kind, term_id, "vi"), term(kind, term_id, "en")


def scopes(scope: str) -> tuple[str, str]:
    """A scope in Vietnamese and in English."""
    return scope_text(scope, "vi"), scope_text(scope, "en")


def named(*names: str) -> tuple[Column, ...]:
    """Columns of ordinary width by the names of their headings."""
    return tuple(Column(COLUMNS[name]) for name in names)
