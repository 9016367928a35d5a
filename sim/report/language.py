"""The two languages of everything a reader sees."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["vi", "en"]
LANGUAGES: tuple[Language, ...] = ("vi", "en")


class Words(NamedTuple):
    """One term or sentence in both languages."""

    vi: str
    en: str


def in_language(words: Words, language: Language) -> str:
    """The Vietnamese or the English of one entry."""
    return words.vi if language == "vi" else words.en
