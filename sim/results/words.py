"""The two languages of everything a reader sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")


@dataclass(frozen=True, order=True)
class Words:
    """The same term or sentence in Vietnamese and English."""

    vi: str
    en: str

    def text(self, lang: Lang) -> str:
        """The sentence in one language."""
        return self.vi if lang == "vi" else self.en


NOTHING = Words("", "")


def number_words(text: str) -> Words:
    """A number that stands in English print, in that of either language: 1,234.5 and 1.234,5."""
    return Words(text.translate(_MARKS), text)


_MARKS = str.maketrans(",.", ".,")
