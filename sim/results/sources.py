"""The sentence that says where a number comes from, in the language of the reader.

Scenarios and their tables state it once, in English, and tables of results carry it so. `scenarios/sources/*.toml`
pairs each sentence that is shipped with its Vietnamese, and `scenarios/sources/tables/*.toml` each clause of the
sentences that fill a table; what a planner writes, in any language, is shown as written.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sim.results.column import TableError
from sim.results.run_tables import BASES
from sim.results.words import Lang, Words

CATALOGUE = Path(__file__).resolve().parents[2] / "scenarios" / "sources"
"""The folder of pairs: tables `[[sentences]]`, each with `en` as the scenario has it and `vi`."""

_BETWEEN = "; "
_NUMBER = "{}"
_ANY_NUMBER = r"([0-9][0-9/.-]*[0-9]|[0-9]|[IVX]+)"


def source_text(source: str | None, language: Lang) -> str:
    """The source in the language, or as written where the catalogue does not have it; empty where there is none.

    Raises:
        TableError: a file of the catalogue cannot be read.
    """
    if not source or language == "en":
        return source or ""
    known = _vietnamese().get(source)
    return known if known is not None else _by_clauses(source, "en", "vi")


def as_stated(said: str) -> str:
    """The English of a sentence that the catalogue has in Vietnamese, word for word; any other as written.

    Raises:
        TableError: a file of the catalogue cannot be read.
    """
    known = _english().get(said)
    return known if known is not None else _by_clauses(said, "vi", "en")


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


@cache
def _by_clauses(said: str, of: Lang, into: Lang) -> str:
    """A source of a table clause by clause, in the other language; as written where one of them is not known."""
    parts = []
    for part in said.split(_BETWEEN):
        found = next(((one, met) for one in clauses() if (met := one.pattern(of).fullmatch(part))), None)
        if found is None:
            return said
        clause, met = found
        parts.append(clause.words.text(into).format(*met.groups()))
    return _BETWEEN.join(parts)


@dataclass(frozen=True)
class Clause:
    """A part of a source that many rows of a table have, each with numbers of its own."""

    words: Words

    def pattern(self, language: Lang) -> re.Pattern[str]:
        """What the clause looks like in a language, a group for each number."""
        return _pattern(self.words.text(language))


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(_ANY_NUMBER.join(map(re.escape, text.split(_NUMBER))))


@cache
def clauses() -> tuple[Clause, ...]:
    """Every clause of the tables that are shipped."""
    files = sorted((CATALOGUE / "tables").glob("*.toml"))
    listed = [one for file in files for one in tomllib.loads(file.read_text(encoding="utf-8"))["clauses"]]
    return tuple(Clause(Words(one["vi"], one["en"])) for one in listed)


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
