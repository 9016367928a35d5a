"""Readers of `--shard 2/3`, `--deadline 20min`, `--sample 1%`, days and `--executor dask://HOST:PORT`."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date

from sim.command.usage import with_hint
from sim.results.words import Lang, Words
from sim.scenario.errors import shown
from sim.scenario.table_days import day_typed
from sim.scenario.units import UnitError, parse
from sim.studies.execution import Deadline, Shard

_MINUTES = re.compile(r"([0-9.,]+) ?m", re.ASCII)
_PERCENT = re.compile(r"([0-9]{1,3}(?:[.,][0-9]{1,6})?) ?%", re.ASCII)
_CLUSTER = re.compile(r"dask://([A-Za-z0-9_.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\]):([0-9]{1,5})", re.ASCII)


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
        return Deadline.after(_seconds(text, lang))

    return read


def a_budget(lang: Lang) -> Callable[[str], float]:
    """Returns a reader of a length of time such as `30min`, `1.5 h` or `30 phút`, in seconds; `10m` is ten minutes."""

    def read(text: str) -> float:
        minutes = _MINUTES.fullmatch(text.strip())
        return _seconds(f"{minutes[1]} min" if minutes else text, lang)

    return read


def _seconds(text: str, lang: Lang) -> float:
    try:
        milliseconds = parse(text, "duration")
    except UnitError as error:
        raise argparse.ArgumentTypeError(with_hint(error.reason, error.repair, lang)) from error
    if milliseconds <= 0:
        reason = Words("phải dài hơn 0", "must be longer than 0")
        raise argparse.ArgumentTypeError(with_hint(reason, Words("ví dụ 30min", "for example 30min"), lang))
    return milliseconds / 1000


def a_sample(lang: Lang) -> Callable[[str], float]:
    """Returns a reader of a percentage above 0 and up to 100, as a share: `1%`, `0,5 %`."""

    def read(text: str) -> float:
        found = _PERCENT.fullmatch(text.strip())
        share = float(found[1].replace(",", ".")) / 100.0 if found else 0.0
        if not 0.0 < share <= 1.0:
            said = shown(text)
            reason = Words(f"“{said}” không phải tỷ lệ trên 0% đến 100%", f'"{said}" is not above 0% and up to 100%')
            repair = Words("ví dụ 1% hoặc 0,5%", "for example 1% or 0.5%")
            raise argparse.ArgumentTypeError(with_hint(reason, repair, lang))
        return share

    return read


def a_day(lang: Lang) -> Callable[[str], date]:
    """Returns a reader of a day written year-month-day or, as offices write it, 31/3/2016."""

    def read(text: str) -> date:
        day = day_typed(text)
        if day is None:
            said = shown(text)
            reason = Words(f"“{said}” không phải một ngày", f'"{said}" is not a day')
            repair = Words("ví dụ 2016-03-31 hoặc 31/3/2016", "for example 2016-03-31 or 31/3/2016")
            raise argparse.ArgumentTypeError(with_hint(reason, repair, lang))
        return day

    return read


def a_cluster(lang: Lang) -> Callable[[str], str]:
    """Returns a reader of `dask://HOST:PORT`, which gives the scheduler's address."""

    def read(text: str) -> str:
        found = _CLUSTER.fullmatch(text)
        if found is None or not 0 < int(found[2]) < 65536:
            said = shown(text)
            reason = Words(f"“{said}” không phải dask://MÁY:CỔNG", f'"{said}" is not dask://HOST:PORT')
            repair = Words("ví dụ dask://10.0.0.5:8786", "for example dask://10.0.0.5:8786")
            raise argparse.ArgumentTypeError(with_hint(reason, repair, lang))
        return f"tcp://{found[1]}:{found[2]}"

    return read
