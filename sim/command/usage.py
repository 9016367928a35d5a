"""Reading a command's words, with every refusal in the reader's language and the nearest right word beside it."""

from __future__ import annotations

import argparse
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from sim.command.console import answer_width
from sim.results.words import Lang, Words
from sim.scenario.errors import shown
from sim.scenario.suggest import did_you_mean

_BESIDE = 28
_ROOMY_WIDTH = 80
_INDENT = 2
_NO_LIMIT = 100_000
_NO_BREAK = "\x00"
_IN_BRACKETS = re.compile(r"\[[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*\]")
_ARGUMENTS = Words("tham số", "arguments")
_OPTIONS = Words("tùy chọn", "options")
_FOR_LONG_RUNS = Words("khi chạy lâu, hoặc trên nhiều máy", "for long runs and several machines")
_ENGLISH = {"argument %(argument_name)s: %(message)s": "%(argument_name)s: %(message)s"}
_VIETNAMESE = {
    **_ENGLISH,
    "usage: ": "cách dùng: ",
    "the following arguments are required: %s": "thiếu tham số: %s",
    "expected one argument": "cần một giá trị đi kèm",
    "expected at least one argument": "cần ít nhất một giá trị đi kèm",
    "ignored explicit argument %r": "không nhận giá trị %r",
}
"""What argparse says, as its sources spell it; what another Python spells otherwise stays English."""


class UsageError(Exception):
    """The command line cannot be understood; the text says why, in the reader's language.

    `command` is the program and command as typed, whose `--help` tells how it is written.
    """

    def __init__(self, text: str, command: str) -> None:
        super().__init__(text)
        self.text = text
        self.command = command


def _as_help(about: Words, lang: Lang) -> str:
    """As argparse takes it, which would fill in what follows a per cent sign."""
    return about.text(lang).replace("%", "%%")


class WordParser(argparse.ArgumentParser):
    """An argument parser of one language that raises `UsageError` instead of ending the program."""

    def __init__(self, lang: Lang, prog: str, about: Words, epilog: str = "") -> None:
        self.lang: Lang = lang
        super().__init__(
            prog=prog,
            description=about.text(lang),
            epilog=epilog,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_Formatter,
        )
        self._parse: Callable[..., tuple[argparse.Namespace, list[str]]] = self.parse_known_args
        self.arguments = self.add_argument_group(_ARGUMENTS.text(lang))
        self.options = self.add_argument_group(_OPTIONS.text(lang))
        self.for_long_runs = self.add_argument_group(_FOR_LONG_RUNS.text(lang))

    def word(self, name: str, about: Words, *, optional: bool = False) -> None:
        """Take a word by its place."""
        self.arguments.add_argument(
            name.lower(), metavar=name, help=_as_help(about, self.lang), nargs="?" if optional else None
        )

    def words(self, name: str, about: Words, *, optional: bool = False) -> None:
        """Take one word or more; those that may be left out may also stand behind an option."""
        about_it = _as_help(about, self.lang)
        if optional:
            self.arguments.add_argument(name.lower(), metavar=name, help=about_it, nargs="*", default=[])
            self._parse = self.parse_known_intermixed_args
        else:
            self.arguments.add_argument(name.lower(), metavar=name, help=about_it, nargs="+")

    def option(
        self, name: str, metavar: str, about: Words, read: Callable[[str], object] = str, *, required: bool = False
    ) -> None:
        """Take an option with a value; the last one counts."""
        self.options.add_argument(name, metavar=metavar, help=_as_help(about, self.lang), type=read, required=required)

    def long_run_option(self, name: str, metavar: str, about: Words, read: Callable[[str], object] = str) -> None:
        """Take an option with a value that few need, shown after the others."""
        self.for_long_runs.add_argument(name, metavar=metavar, help=_as_help(about, self.lang), type=read)

    def many(self, name: str, metavar: str, about: Words) -> None:
        """Take an option with a value that may be given again."""
        self.options.add_argument(name, metavar=metavar, help=_as_help(about, self.lang), action="append", default=[])

    def switch(self, *names: str, about: Words) -> None:
        """Take an option without a value."""
        self.options.add_argument(*names, help=_as_help(about, self.lang), action="store_true")

    def short_for(self, name: str, option: str, value: str, about: Words) -> None:
        """Take an option that stands for another, which may be given again, with a value of its own."""
        self.options.add_argument(
            name, help=_as_help(about, self.lang), action="append_const", dest=option.lstrip("-"), const=value
        )

    def error(self, message: str) -> NoReturn:
        """Refuse, in the reader's language."""
        raise UsageError(message, self.prog)

    def format_help(self) -> str:
        """What the command does and takes."""
        with _argparse_in(self.lang):
            return super().format_help()

    def read(self, argv: Sequence[str]) -> argparse.Namespace:
        """Returns the values of the words.

        Raises:
            UsageError: something is missing, unknown or not of its kind.
        """
        with _argparse_in(self.lang):
            known, unknown = self._parse(argv)
        if unknown:
            self.error(self._unknown(unknown[0]))
        return known

    def _unknown(self, word: str) -> str:
        name = word.partition("=")[0]
        if name.startswith("-"):
            near = did_you_mean(name, self._option_string_actions)
            reason = Words(f"không có tùy chọn “{shown(name)}”", f'there is no option "{shown(name)}"')
        else:
            again = "=" in word and "--set" in self._option_string_actions
            near = Words(f"viết --set {shown(word)}", f"write --set {shown(word)}") if again else Words("", "")
            reason = Words(f"thừa “{shown(word)}”", f'unexpected argument "{shown(word)}"')
        return with_hint(reason, near, self.lang)


def with_hint(reason: Words, hint: Words, lang: Lang) -> str:
    """Returns a reason and, where there is one, the way out of it."""
    return "; ".join(part for part in (reason.text(lang), hint.text(lang)) if part)


def whole_number(low: int, high: int, lang: Lang) -> Callable[[str], int]:
    """Returns a reader of whole numbers within bounds."""

    def read(text: str) -> int:
        number = int(text) if re.fullmatch(r"[0-9]{1,19}", text, re.ASCII) else -1
        if not low <= number <= high:
            said = shown(text)
            vietnamese = f"“{said}” không phải số nguyên từ {low} đến {high}"
            raise _not_of_its_kind(Words(vietnamese, f'"{said}" is not a whole number from {low} to {high}'), lang)
        return number

    return read


def a_share(lang: Lang) -> Callable[[str], float]:
    """Returns a reader of a probability: `0.8`, `0,8` or `80%`, above 0 and below 1."""

    def read(text: str) -> float:
        found = re.fullmatch(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?) ?(%?)", text, re.ASCII)
        share = float(found[1].replace(",", ".")) / (100.0 if found[2] else 1.0) if found else 0.0
        if not 0.0 < share < 1.0:
            said = shown(text)
            vietnamese = f"“{said}” không phải xác suất giữa 0 và 1, ví dụ 0.8"
            raise _not_of_its_kind(Words(vietnamese, f'"{said}" is not a probability between 0 and 1 (0.8)'), lang)
        return share

    return read


def some_points(lang: Lang) -> Callable[[str], float]:
    """Returns a reader of percentage points: `2`, `0,5`, `2 %`, `2 điểm`; as a share."""

    def read(text: str) -> float:
        found = re.fullmatch(r"([0-9]{1,2}(?:[.,][0-9]{1,6})?) ?(%|points?|điểm|điểm %)?", text)
        points = float(found[1].replace(",", ".")) if found else 0.0
        if not 0.0 < points <= 50.0:
            said = shown(text)
            vietnamese = f"“{said}” không phải số điểm phần trăm trên 0 đến 50, ví dụ 2"
            raise _not_of_its_kind(Words(vietnamese, f'"{said}" is not 0 to 50 percentage points, as 2'), lang)
        return points / 100.0

    return read


def one_of(choices: Sequence[str], lang: Lang) -> Callable[[str], str]:
    """Returns a reader of one of a few words; another is refused with the nearest of them."""

    def read(text: str) -> str:
        if text not in choices:
            listed = ", ".join(choices)
            said = shown(text)
            reason = Words(f"không có “{said}”; chọn một trong: {listed}", f'there is no "{said}"; one of: {listed}')
            raise argparse.ArgumentTypeError(with_hint(reason, did_you_mean(text, choices), lang))
        return text

    return read


def comma_separated(texts: Iterable[str]) -> tuple[str, ...]:
    """Returns the names in `A,B` texts, in order."""
    return tuple(name.strip() for text in texts for name in text.split(",") if name.strip())


def _not_of_its_kind(reason: Words, lang: Lang) -> argparse.ArgumentTypeError:
    return argparse.ArgumentTypeError(reason.text(lang))


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; where that is narrow, what an option does stands below its name."""

    def __init__(self, prog: str) -> None:
        width = answer_width()
        beside = _BESIDE if width >= _ROOMY_WIDTH else 2 * _INDENT
        super().__init__(prog, indent_increment=_INDENT, max_help_position=beside, width=width)

    def _format_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None,
    ) -> str:
        """How the command is written; argparse would set it in by the length of the command, whatever room is left."""
        if self._width >= _ROOMY_WIDTH:
            return super()._format_usage(usage, actions, groups, prefix)
        width, self._width = self._width, _NO_LIMIT
        whole = super()._format_usage(usage, actions, groups, prefix)
        self._width = width
        kept = _IN_BRACKETS.sub(lambda part: part[0].replace(" ", _NO_BREAK), whole)
        lines = textwrap.wrap(
            kept, width, subsequent_indent=" " * 2 * _INDENT, break_long_words=False, break_on_hyphens=False
        )
        return "\n".join(lines).replace(_NO_BREAK, " ") + "\n\n"

    def _split_lines(self, text: str, width: int) -> list[str]:
        """A help text in lines; argparse would break a long word."""
        return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


@contextmanager
def _argparse_in(lang: Lang) -> Iterator[None]:
    """Let argparse look its messages up here: it asks the `gettext` and `ngettext` that it has imported."""
    texts = _VIETNAMESE if lang == "vi" else _ENGLISH
    hooks = {
        "_": lambda message: texts.get(message, message),
        "ngettext": lambda one, several, count: texts.get(several, one if count == 1 else several),
    }
    before = {name: vars(argparse)[name] for name in hooks if name in vars(argparse)}
    vars(argparse).update({name: hooks[name] for name in before})
    try:
        yield
    finally:
        vars(argparse).update(before)
