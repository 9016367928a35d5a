"""Faults of `--set KEY=VALUE` in the words of the command line: what to type, not what a file would hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import get_args, get_origin

from sim.results.words import NOTHING, Words
from sim.scenario.errors import ScenarioError, shown
from sim.scenario.facts import Facts
from sim.scenario.keys import ROW_LISTS, key_of, lever_bounds, meaning, schema_keys, spellings
from sim.scenario.suggest import nearest
from sim.scenario.units import Dimension

SET, UNTIL = "--set", "--until"

_TYPED: Mapping[Dimension, Words] = {
    "duration": Words('"5 phút"', '"5 min"'),
    "rate": Words('"10 Mbit/s"', '"10 Mbit/s"'),
    "size": Words('"2,5 MB"', '"2.5 MB"'),
    "share": Words("90%", "90%"),
    "count": Words("3", "3"),
    "money": Words('"350 triệu đồng"', '"350 million VND"'),
    "per_year": Words('"12 /năm"', '"12 /year"'),
}
_WANTED: Mapping[type, tuple[Words, Words]] = {
    date: (Words("cần một ngày", "a day is wanted"), Words("31/12/2018", "2018-12-31")),
    bool: (Words("cần true (có) hoặc false (không)", "true or false is wanted"), Words("true", "true")),
    int: (Words("cần số nguyên", "a whole number is wanted"), Words("7", "7")),
    float: (Words("cần một số", "a number is wanted"), Words("0,5", "0.5")),
    tuple: (Words("cần một danh sách", "a list is wanted"), Words('\'["a", "b"]\'', '\'["a", "b"]\'')),
}
_QUOTED = re.compile(r'"([^"]+)"')
_UNIT = re.compile(r"có phải “([^”]+)”\?")
_NUMBER = re.compile(r"[+-]?[\d.,]+", re.ASCII)
_SPAN = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:-|–|…|\.\.|:|đến|to)\s*(\d+(?:[.,]\d+)?)\s*(\D*)", re.ASCII)
"""Two numbers and a unit: somebody means a range."""


def kind_wanted(key: str) -> type | None:
    """What is written of a key, where it is a day, a number or a list, no quantity: its type; None for other keys."""
    known = meaning(key_of(key))
    if known is None or known.dimension is not None or known.is_table or known.is_profile:
        return None
    parts = [known.holds, *get_args(known.holds)]
    return next((one for one in _WANTED if any(one in (part, get_origin(part)) for part in parts)), None)


def takes_text(key: str) -> bool:
    """Whether what is written of the key is words, which a number may be among."""
    known = meaning(key_of(key))
    if known is None or known.dimension is not None or known.is_table or known.is_profile:
        return False
    return known.holds is str


def example(key: str) -> Words:
    """How a value of the key is typed, quotes that a shell needs with it; blank where nothing is known of the key."""
    path = key_of(key)
    for known in (meaning(path), meaning(path[:-1]) if len(path) > 1 else None):
        if known is not None and known.dimension is not None:
            return _TYPED[known.dimension]
    kind = kind_wanted(key)
    return _WANTED[kind][1] if kind is not None else NOTHING


def in_words_of_the_command_line(errors: Iterable[ScenarioError]) -> list[ScenarioError]:
    """The same faults; of those that `--set` brought, reason and repair say what to type."""
    return [_as_typed(error) if error.place.startswith(f"{SET} ") else error for error in errors]


def ended_by_hand(facts: Facts, faults: Sequence[ScenarioError]) -> list[ScenarioError]:
    """The same faults; where `--set` ends the horizon, one stands for all that comes after that day."""
    origin, end = facts.origins.get(("horizon", "end")), facts.scenario.horizon.end
    if origin is None or origin.layer != SET or end <= facts.scenario.horizon.start:
        return list(faults)
    scenario = facts.scenario
    targets = {f"targets.{target.id}.due" for target in scenario.targets if target.due > end}
    events = {
        f"{name}.{one.id}.start"
        for name, some in (("mandates", scenario.mandates), ("moves", scenario.moves), ("rollouts", scenario.rollouts))
        for one in some
        if one.start > end
    }
    left = [fault for fault in faults if fault.key not in targets | events]
    if len(left) == len(faults):
        return left
    reason = Words(
        f"sau ngày này còn hạn của {len(targets)} chỉ tiêu và {len(events)} văn bản chỉ đạo, sự kiện",
        f"{len(targets)} target{'s' * (len(targets) != 1)} and {len(events)} orders or events come after this day",
    )
    repair = Words(
        f"gõ {UNTIL} {end} thay cho {SET}: những gì sau ngày đó được bỏ qua",
        f"type {UNTIL} {end} in place of {SET}: what comes later is left out",
    )
    return [*left, ScenarioError("E-DATE-008", origin.place, "horizon.end", reason, repair)]


def typed(key: str, value: Words) -> Words:
    """`--set KEY=VALUE`, as one types it."""
    return Words(f"{SET} {key}={value.vi}", f"{SET} {key}={value.en}")


def _as_typed(error: ScenarioError) -> ScenarioError:
    key, _, value = error.place.removeprefix(f"{SET} ").partition("=")
    known = meaning(key_of(key))
    if error.code == "E-KEY-001":
        return replace(error, repair=_near(key, error.repair))
    if error.code == "E-KEY-004" and lever_bounds(key_of(key)) is not None:
        return replace(error, repair=_for_example(typed(key, Words("1", "1"))))
    if error.code == "E-KEY-004" and (key in ROW_LISTS or (known is not None and known.is_table)):
        return replace(error, reason=_GROUP, repair=_one_of(key))
    if error.code == "E-KEY-004" and (kind := kind_wanted(key)) is not None:
        wanted = _WANTED[kind][0]
        said = shown(value.strip())
        reason = Words(f"“{said}”: {wanted.vi}", f'"{said}": {wanted.en}')
        return replace(error, reason=reason, repair=_for_example(typed(key, _WANTED[kind][1])))
    if error.code.startswith("E-UNIT-") and (span := _span(key, value)):
        return replace(error, repair=_as_range(key, span))
    if error.code == "E-UNIT-001" and (percent := _percent(key, value)):
        return replace(error, repair=_did_you_mean(typed(key, Words(percent, percent.replace(",", ".")))))
    if error.code == "E-UNIT-002" and (unit := _UNIT.fullmatch(error.repair.vi)):
        number = _NUMBER.match(value.strip().strip("\"'"))
        meant = f'"{number[0]} {unit[1]}"' if number else f'"{unit[1]}"'
        return replace(error, repair=_did_you_mean(typed(key, Words(meant, meant))))
    if error.code == "E-QTY-001" and lever_bounds(key_of(key)) is None:
        return replace(error, repair=_fixed_beyond_its_range(key, value))
    return replace(error, repair=_example_in(error, key))


def _fixed_beyond_its_range(key: str, value: str) -> Words:
    """How a number is held at a value that its range, the middle nine tenths of what is thought possible, has not."""
    bare = value.strip().strip("\"'")
    said = f'"{bare}"' if " " in bare else bare
    line = f"{SET} {key}={said} {SET} {key.removesuffix('.value')}.kind=fixed"
    return Words(
        f"khoảng ấy là 5–95 % những gì có thể; vẫn muốn mọi lần mô phỏng dùng giá trị này thì gõ {line}",
        f"that range holds 5–95 % of what is possible; to have every simulation use this value type {line}",
    )


def _span(key: str, value: str) -> re.Match[str] | None:
    """The two numbers and the unit of a value that was typed as a range; only what is counted has no unit."""
    known, span = meaning(key_of(key)), _SPAN.fullmatch(value.strip().strip("\"'"))
    is_count = known is not None and known.dimension == "count"
    return span if span is not None and (span[3] or is_count) else None


def _as_range(key: str, span: re.Match[str]) -> Words:
    """How the range of a number is typed: its two ends, and the value that the law of its draws is built around."""
    ends = [Decimal(end.replace(",", ".")) for end in span.groups()[:2]]
    numbers = (f"{sum(ends) / 2:f}".replace(".", ","), *span.groups()[:2])
    texts = [f"{number} {span[3]}".strip().replace(" %", "%") for number in numbers]
    said = [f'"{text}"' if " " in text else text for text in texts]
    line = " ".join(f"{SET} {key}{part}={text}" for part, text in zip(("", ".low", ".high"), said, strict=True))
    return Words(
        f"một khoảng gõ bằng giá trị giữa rồi hai đầu (mốc 5% và 95%): {line}",
        f"a range is typed as its middle value, then its ends (5% and 95% points): {line}",
    )


def _percent(key: str, value: str) -> str:
    """A share that was typed as a bare number, in per cent; blank for other keys, and for what is none."""
    known, bare = meaning(key_of(key)), value.strip().strip("\"'")
    if known is None or known.dimension != "share" or not _NUMBER.fullmatch(bare):
        return ""
    with suppress(InvalidOperation):
        number = Decimal(bare.replace(",", "."))
        if 0 < number <= 100:
            return f"{(number * 100 if number <= 1 else number).normalize():f}%".replace(".", ",")
    return ""


_GROUP = Words("đây là một nhóm tham số, không nhận một giá trị", "this is a group of keys, which takes no value")


def _example_in(error: ScenarioError, key: str) -> Words:
    """The repair's example as one types it; a repair without one as it stands."""
    if not error.repair.vi.startswith("ví dụ "):
        return error.repair
    quoted = _QUOTED.search(error.repair.vi)
    value = example(key)
    if not value.vi and quoted is not None:
        said = quoted[1].replace(" %", "%")
        said = f'"{said}"' if " " in said else said
        value = Words(said, said)
    return _for_example(typed(error.key or key, value)) if value.vi else error.repair


def _near(key: str, otherwise: Words) -> Words:
    """The key of the schema nearest to the whole of what was typed, with the ids that were."""
    near = nearest(key, spellings(key_of(key)))
    return Words(f"có phải “{near}”?", f'did you mean "{near}"?') if near else otherwise


def _one_of(key: str) -> Words:
    """The first quantity of a group, as one sets it; nothing where a row of a list must be named first."""
    path = key_of(key)
    if path[0] in ROW_LISTS:
        return NOTHING
    inside = (".".join(one) for one, about in schema_keys().items() if one[: len(path)] == path and about.dimension)
    first = next(inside, "")
    return _for_example(typed(first, example(first))) if first else NOTHING


def _for_example(words: Words) -> Words:
    return Words(f"ví dụ {words.vi}", f"for example {words.en}")


def _did_you_mean(words: Words) -> Words:
    return Words(f"có phải {words.vi}?", f"did you mean {words.en}?")
