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
