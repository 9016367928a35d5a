"""The language of all that is said: the one asked for, else the program's, else the person's, else Vietnamese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

from sim.results.words import Lang

LANGUAGES: tuple[Lang, ...] = get_args(Lang)


def chosen_language(argv: Sequence[str], environment: Mapping[str, str]) -> Lang:
    """Returns the language of `--lang`, `LIENTHONG_LANG` or `LANG`, the first that names one; else Vietnamese."""
    asked = [argv[place + 1] for place, word in enumerate(argv[:-1]) if word == "--lang"]
    asked += [word.partition("=")[2] for word in argv if word.startswith("--lang=")]
    for text in (*asked, environment.get("LIENTHONG_LANG", ""), environment.get("LANG", "")):
        for lang in LANGUAGES:
            if text == lang or text.lower().startswith((f"{lang}_", f"{lang}-", f"{lang}.")):
                return lang
    return "vi"
