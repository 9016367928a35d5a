"""Every key a scenario may have, read off the schema: what it is called and means, and how it is measured."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

from annotated_types import Ge, Le
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sim.results.words import NOTHING, Words
from sim.scenario.kinds import KIND_TITLES
from sim.scenario.plan_schema import Budget, PurchaseTerms
from sim.scenario.quantity import Cycle, Measured, Quantity, Weights
from sim.scenario.schema import Scenario
from sim.scenario.units import Dimension

Key = tuple[str, ...]

ROW_LISTS = ("mandates", "targets", "groups", "moves", "rollouts", "left_out", "extra_lines", "baselines", "counts")
"""Lists whose entries are known by their `id`, so that `targets.ID.due` is a key."""

ARRIVAL = "arrival"
BUDGET_LEVERS = ("scale", "shift_years", "redivide", ARRIVAL)
"""Tables under `budget` whose keys name the plan's own lines, which may hold dots: `budget.scale.II.2a`."""

PURCHASES = "purchases"
"""Section by the plan's own lines and the kinds of things they buy: `purchases.II.2a.token.share`."""
_TERMS = ("share", "unit_cost")

CHANGEOVER = "changeover"
"""Section that nobody sets by hand: the program notes there what stood before options act."""

ANY_ID = "*"

_NAMED_MONEY = {
    "all": Words("cả kế hoạch", "the whole plan"),
    "source.TW": Words("vốn Trung ương", "the central source"),
    "source.DT": Words("vốn đầu tư của tỉnh", "the provincial investment source"),
    "source.SN": Words("vốn sự nghiệp của tỉnh", "the provincial recurrent source"),
}


@dataclass(frozen=True)
class KeyMeaning:
    """What the schema says of one key."""

    about: str
    """In a sentence, in English."""
    title: Words = NOTHING
    """What it is called, with a place for `{named}`: the money that a budget lever moves, or the row of a list."""
    dimension: Dimension | None = None
    is_profile: bool = False
    is_table: bool = False
    holds: object = str
    """Type of what is written, where it is no quantity and no profile."""
    is_required: bool = False
    """Nothing stands for it where it is not written."""


@cache
def schema_keys() -> Mapping[Key, KeyMeaning]:
    """Returns the meaning of every key that may be set; entries of a list stand under `*`."""
    return {key: about for key, about in _keys_of(Scenario, (), NOTHING) if key[0] != CHANGEOVER}


def meaning(key: Key) -> KeyMeaning | None:
    """Returns what a key means, or None for a key that the schema does not have."""
    return schema_keys().get(pattern(key))


def title_of(key: str) -> Words:
    """Returns what a parameter or lever is called in both languages; blank for a key without a title."""
    path = key_of(key)
    known = meaning(path)
    if known is None:
        return NOTHING
    if path[0] == PURCHASES and len(path) > 3:
        return _of_purchase(known.title, path[1], path[2])
    if "{named}" not in known.title.en:
        return known.title
    named = money_named(path[2]) if _is_budget_lever(path) else Words(path[1], path[1])
    return Words(known.title.vi.format(named=named.vi), known.title.en.format(named=named.en))


def _of_purchase(title: Words, line: str, kind: str) -> Words:
    bought = next((words for name, words in KIND_TITLES.items() if name == kind), Words(kind, kind))
    return Words(title.vi.format(line=line, kind=bought.vi), title.en.format(line=line, kind=bought.en))


def money_named(name: str) -> Words:
    """Returns what money a budget lever of this name acts on."""
    source, _, year = name.partition(".")
    if year.isdigit() and f"source.{source}" in _NAMED_MONEY:
        of_source = _NAMED_MONEY[f"source.{source}"]
        return Words(f"{of_source.vi}, năm {year}", f"{of_source.en}, {year}")
    if name.startswith("chapter."):
        chapter = name.removeprefix("chapter.")
        return Words(f"phần {chapter}", f"chapter {chapter}")
    return _NAMED_MONEY.get(name, Words(f"mục {name}", f"line {name}"))


def key_of(text: str) -> Key:
    """Returns the key that a dotted text names; a plan line's own dots do not part it."""
    return whole_names(tuple(text.split(".")))


def whole_names(key: Key) -> Key:
    """Returns the key with the name of a budget lever, or of the line of a purchase, in one piece."""
    if key[0] == PURCHASES and len(key) > 2:
        return _whole_line(key)
    return (*key[:2], ".".join(key[2:])) if _is_budget_lever(key) else key


def _whole_line(key: Key) -> Key:
    """The key of a purchase: its line ends where a kind begins, or, failing that, before what is said of the kind."""
    kind = next((place for place in range(2, len(key)) if key[place] in KIND_TITLES), 0)
    kind = kind or next((place - 1 for place in range(3, len(key)) if key[place] in _TERMS), len(key))
    return (PURCHASES, ".".join(key[1:kind]), *key[kind:])


def _is_budget_lever(key: Key) -> bool:
    return len(key) > 2 and key[0] == "budget" and key[1] in BUDGET_LEVERS


def lever_bounds(key: Key) -> tuple[float, float] | None:
    """Returns the least and greatest number that a budget lever takes; None for a key of another kind."""
    if not _is_budget_lever(key):
        return None
    number = get_args(Budget.model_fields[key[1]].annotation)[1]
    limits: Sequence[object] = get_args(number)[1].metadata
    low, high = (one.ge if isinstance(one, Ge) else one.le for one in limits if isinstance(one, Ge | Le))
    return float(str(low)), float(str(high))


def pattern(key: Key) -> Key:
    """Returns the key with the id of a mandate or target, or the name of a plan line, replaced by `*`."""
    if _is_budget_lever(key):
        return (*key[:2], ANY_ID)
    if key[0] == PURCHASES:
        return (PURCHASES, *(ANY_ID for _ in key[1:3]), *key[3:])
    return (key[0], ANY_ID, *key[2:]) if len(key) > 1 and key[0] in ROW_LISTS else key


def spellings(near: Key) -> Iterator[str]:
    """Yields every key of the schema as text, with the ids of `near` where it has one."""
    row_id = near[1] if len(near) > 1 and near[0] in ROW_LISTS else ANY_ID
    for known in schema_keys():
        if known[0] == PURCHASES:
            if near[0] == PURCHASES and len(near) > 2:
                yield ".".join((*near[:3], *known[3:]))
            continue
        named = known[:-1] if _is_budget_lever(known) and row_id == ANY_ID else known
        yield ".".join(row_id if part == ANY_ID else part for part in named)


def _keys_of(model: type[BaseModel], prefix: Key, within: Words) -> Iterator[tuple[Key, KeyMeaning]]:
    for name, field in model.model_fields.items():
        key = (*prefix, field.alias or name)
        about, title = field.description or "", _title(field, within)
        mark = next((mark for mark in field.metadata if isinstance(mark, Measured | Cycle)), None)
        inner = field.annotation
        row = next((part for part in get_args(inner) if _is_table(part)), None)
        needed = field.is_required()
        if isinstance(mark, Measured):
            yield key, KeyMeaning(about, title, dimension=mark.dimension, is_required=needed)
        elif mark is not None:
            yield key, KeyMeaning(about, title, is_profile=True, is_required=needed)
        elif row is not None:
            yield (*key, ANY_ID), KeyMeaning(row.__doc__ or "", title, is_table=True)
            yield from _keys_of(row, (*key, ANY_ID), title)
        elif isinstance(inner, type) and _is_table(inner):
            yield key, KeyMeaning(inner.__doc__ or about, title, is_table=True)
            yield from _keys_of(inner, key, title)
        elif key == (PURCHASES,):
            yield (*key, ANY_ID, ANY_ID), KeyMeaning(PurchaseTerms.__doc__ or "", title, is_table=True)
            yield from _keys_of(PurchaseTerms, (*key, ANY_ID, ANY_ID), title)
        elif _is_budget_lever((*key, ANY_ID)):
            yield (*key, ANY_ID), KeyMeaning(about, title, is_table=True, holds=get_args(inner)[1])
        else:
            yield key, KeyMeaning(about, title, holds=inner, is_required=needed)


def _title(field: FieldInfo, within: Words) -> Words:
    """The title that the schema gives a field, in which `{within}` is the title of the section it stands in."""
    written = next((mark for mark in field.metadata if isinstance(mark, Words)), NOTHING)
    return Words(_filled(written.vi, within.vi), _filled(written.en, within.en))


def _filled(title: str, within: str) -> str:
    filled = title.replace("{within}", within)
    return filled[:1].upper() + filled[1:] if title.startswith("{within}") else filled


def _is_table(part: object) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel) and part not in (Quantity, Weights)
