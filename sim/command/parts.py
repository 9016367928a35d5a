"""Readers of `--shard 2/3` and `--deadline 20min`, for the parser of a command's words."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from sim.command.deadline import Deadline
from sim.command.usage import with_hint
from sim.scenario.errors import Lang, Words, shown
from sim.scenario.units import UnitError, parse
from sim.study.shard import Shard


def a_shard(lang: Lang) -> Callable[[str], Shard]:
    """Returns a reader of `i/n`."""

    def read(text: str) -> Shard:
        shard = Shard.read(text)
        if shard is None:
            said = shown(text)
            vietnamese = f"“{said}” không phải i/n với i từ 1 đến n; ví dụ 2/3 là phần thứ hai trong ba phần"
            english = f'"{said}" is not i/n with i from 1 to n; for example 2/3 is the second of three parts'
            raise argparse.ArgumentTypeError(Words(vietnamese, english).text(lang))
        return shard

    return read


def a_deadline(lang: Lang) -> Callable[[str], Deadline]:
    """Returns a reader of a length of time such as `20min`, `1.5 h` or `20 phút`, counted from now."""

    def read(text: str) -> Deadline:
        try:
            milliseconds = parse(text, "duration")
        except UnitError as error:
            raise argparse.ArgumentTypeError(with_hint(error.reason, error.repair, lang)) from error
        if milliseconds <= 0:
            raise argparse.ArgumentTypeError(Words("phải dài hơn 0", "must be longer than 0").text(lang))
        return Deadline.after(milliseconds / 1000)

    return read
