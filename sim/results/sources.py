"""The sentence that says where a number comes from, in the language of the reader.

Scenarios and their tables state it once, in English, and tables of results carry it so. `scenarios/sources/*.toml`
pairs each sentence that is shipped with its Vietnamese; what a planner writes, in any language, is shown as written.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from sim.results.column import TableError
from sim.results.run_tables import BASES
from sim.results.words import Lang, Words

CATALOGUE = Path(__file__).resolve().parents[2] / "scenarios" / "sources"
"""The folder of pairs: tables `[[sentences]]`, each with `en` as the scenario has it and `vi`."""


def source_text(source: str | None, language: Lang) -> str:
    """The source in the language, or as written where the catalogue does not have it; empty where there is none.

    Raises:
        TableError: a file of the catalogue cannot be read.
    """
    if not source or language == "en":
        return source or ""
    return _vietnamese().get(source, source)


def as_stated(said: str) -> str:
    """The English of a sentence that the catalogue has in Vietnamese, word for word; any other as written.

    Raises:
        TableError: a file of the catalogue cannot be read.
    """
    return _english().get(said, said)


def basis_text(basis: str, source: str, language: Lang) -> str:
    """What a number stands on and its source in one sentence, `giả định: không tìm thấy giá`; the word said once.

    Raises:
        TableError: a file of the catalogue cannot be read.
    """
    word = BASES[basis].text(language) if basis in BASES else basis
    said = source_text(source, language)
    is_said = said.startswith(word) or (basis == "assumed" and word in said)
    return said if is_said else f"{word}: {said}"


@cache
def _vietnamese() -> dict[str, str]:
    return {en: vi for file in sorted(CATALOGUE.glob("*.toml")) for en, vi in pairs(file)}


@cache
def _english() -> dict[str, str]:
    return {vi: en for en, vi in _vietnamese().items()}


def pairs(file: Path) -> list[tuple[str, str]]:
    """The sentences of one file of the catalogue, each with its Vietnamese, in order.

    Raises:
        TableError: it is not TOML, or a pair is not two sentences.
    """
    place = f"scenarios/sources/{file.name}"
    try:
        listed = tomllib.loads(file.read_text(encoding="utf-8"))["sentences"]
        found = [(pair["en"], pair["vi"]) for pair in listed]
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TableError(Words(f"không phải TOML đọc được ({error})", f"is no TOML ({error})"), place=place) from None
    except (KeyError, TypeError):
        found = []
    if not found or not all(isinstance(text, str) and text for pair in found for text in pair):
        reason = Words(
            "cần các bảng [[sentences]], mỗi bảng có en và vi", "tables [[sentences]] are wanted, each with en and vi"
        )
        raise TableError(reason, place=place)
    return found
