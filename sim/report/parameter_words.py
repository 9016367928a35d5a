"""What each parameter is called, as the run's own table says; the key stays beside it, since files use the key."""

from __future__ import annotations

from collections.abc import Iterable

from sim.results.run_tables import ParameterRow
from sim.results.words import NOTHING, Lang, Words


def titles_of(parameters: Iterable[ParameterRow]) -> dict[str, Words]:
    """The titles of all parameters that have one, by key."""
    return {row.key: Words(row.title_vi, row.title_en) for row in parameters if row.title_vi or row.title_en}


def parameter_title(key: str, parameters: Iterable[ParameterRow], language: Lang) -> str:
    """The title; the key where it has none."""
    return titles_of(parameters).get(key, NOTHING).text(language) or key


def parameter_name(key: str, parameters: Iterable[ParameterRow], language: Lang) -> str:
    """The title with the key in brackets; the key alone when it has none."""
    title = titles_of(parameters).get(key, NOTHING).text(language)
    return f"{title} [{key}]" if title else key
