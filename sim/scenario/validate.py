"""Settings checked against the schema: every fault with its place, key, reason and repair."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from sim.results.words import Words
from sim.scenario.entries import Provenance, find
from sim.scenario.errors import MOST_FAULTS, ScenarioError
from sim.scenario.keys import ROW_LISTS, Key, key_of, meaning, pattern, schema_keys, spellings, title_of
from sim.scenario.layers import Settings
from sim.scenario.quantity import QuantityError
from sim.scenario.schema import Scenario
from sim.scenario.stand_ins import patched, without_rows
from sim.scenario.suggest import did_you_mean
from sim.scenario.toml_text import toml_value
from sim.scenario.workbook_words import STATED

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_MAY_BE_BLANK: Mapping[str, Words] = {
    "budget.totals": Words('không có thì ghi totals = ""', 'where there is none write totals = ""')
}
"""Keys that must stand, and may say that there is nothing."""
_WANTED: Mapping[str, Words] = {
    "string_type": Words("cần chuỗi chữ trong “…”", "text in quotes is wanted"),
    "int_type": Words("cần số nguyên", "a whole number is wanted"),
    "float_type": Words("cần một số", "a number is wanted"),
    "bool_type": Words("cần true hoặc false", "true or false is wanted"),
    "date_type": Words("cần ngày dạng 2018-12-31, không có ngoặc kép", "a date like 2018-12-31 is wanted, unquoted"),
    "tuple_type": Words("cần danh sách [ … ]", "a list [ … ] is wanted"),
    "dict_type": Words("cần nói cho mục nào, ví dụ budget.scale.all", "name what it is for, as budget.scale.all"),
    "model_type": Words("cần một bảng tham số, không phải một giá trị", "a table of keys is wanted, not a value"),
}

_TYPE_CODE, _BOUND_CODE = "E-KEY-004", "E-KEY-005"


@dataclass(frozen=True)
class Validated:
    """The scenario, where one could be made, and everything wrong with its settings.

    `scenario` may be made although there are errors: broken keys then have stand-ins, so that the other rules can be
    checked in the same pass. `broken` names those keys.
    """

    scenario: Scenario | None
    errors: tuple[ScenarioError, ...]
    broken: frozenset[Key] = frozenset()


def validate(settings: Settings, defaults: Settings, file: str) -> Validated:
    """Checks settings against the schema; `file` is named where a key is missing altogether."""
    origins = settings.origins()
    errors = list(_faults_of_rows(settings, origins))
    for key in {key[:2] for key in settings.entries if key[0] in ROW_LISTS and len(key) > 1}:
        if (*key, "id") not in settings.entries:
            settings.drop(key, "invalid")
    try:
        scenario = Scenario.model_validate(_tree(settings), strict=True)
    except ValidationError as refused:
        details = refused.errors(include_url=False)
    else:
        return Validated(scenario, tuple(errors))
    broken = set()
    for detail in details[:MOST_FAULTS]:
        key = _key(detail["loc"], settings)
        broken.add(key)
        for error in _errors(detail, key):
            at = key_of(error.key) if error.code == "E-KEY-003" else key
            errors.append(_placed(error, at, origins, file))
    return Validated(_patched(settings, defaults, broken), tuple(errors), frozenset(broken))


def _tree(settings: Settings) -> dict[str, Any]:
    """Returns the nested settings; a target's bare threshold rests on the target's own source."""
    tree = settings.tree()
    for target in tree["targets"] if isinstance(tree["targets"], tuple) else ():
        threshold = target.get("threshold") if isinstance(target, dict) else None
        if isinstance(threshold, dict) and threshold.keys() == {"value"}:
            source = target.get("source", "?")  # that it is missing is said of the target
            target["threshold"] = threshold | {"basis": "plan", "source": source}
    return tree


def _faults_of_rows(settings: Settings, origins: Mapping[Key, Provenance]) -> Iterator[ScenarioError]:
    for rows in ROW_LISTS:
        ids = settings.row_ids(rows)
        known = [row_id for row_id in ids if (rows, row_id, "id") in origins]
        for row_id in ids:
            if row_id not in known:
                first = settings.below((rows, row_id))[0]
                reason = Words(f"không có {rows} nào mang id này", f"no entry of {rows} has this id")
                repair = did_you_mean(row_id, known)
                yield ScenarioError("E-KEY-001", origins[first].place, ".".join(first[:2]), reason, repair)


def _patched(settings: Settings, defaults: Settings, broken: Collection[Key]) -> Scenario | None:
    """Returns the scenario without what is broken in it, or None when that fails too."""
    for mended in (patched, without_rows):
        try:
            return Scenario.model_validate(_tree(mended(settings, defaults, broken)), strict=True)
        except ValidationError:
            continue
    return None


def _key(location: tuple[int | str, ...], settings: Settings) -> Key:
    parts = []
    for position, part in enumerate(location):
        if position == 1 and isinstance(part, int) and location[0] in ROW_LISTS:
            parts.append(settings.row_ids(str(location[0]))[part])
        else:
            parts.append(str(part))
    return tuple(parts)


def _errors(detail: ErrorDetails, key: Key) -> Iterator[ScenarioError]:
    kind = detail["type"]
    raised = detail.get("ctx", {}).get("error")
    name = ".".join(key)
    if isinstance(raised, QuantityError):
        for problem in raised.problems:
            part = "" if problem.part in ("", "value") else f".{problem.part}"
            yield ScenarioError(problem.code, problem.part, name + part, problem.reason, problem.repair)
    elif kind == "extra_forbidden":
        reason = Words("không có tham số này", "unknown key")
        yield ScenarioError("E-KEY-001", "", name, reason, did_you_mean(name, spellings(key)))
    elif kind == "missing":
        for missing in _missing_keys(key):
            title, blank = title_of(missing), _MAY_BE_BLANK.get(missing)
            repair = title if blank is None else Words(f"{title.vi}; {blank.vi}", f"{title.en}; {blank.en}")
            yield ScenarioError("E-KEY-003", "", missing, Words("thiếu tham số này", "the key is missing"), repair)
    else:
        yield _wrong_value(detail, name)


def _missing_keys(key: Key) -> list[str]:
    """A key that is missing, or all that a missing section must hold."""
    known, base = meaning(key), pattern(key)
    if known is None or not known.is_table:
        return [".".join(key)]
    below = [one[len(base) :] for one, about in schema_keys().items() if one[: len(base)] == base and about.is_required]
    return [".".join((*key, *rest)) for rest in below]


def _wrong_value(detail: ErrorDetails, name: str) -> ScenarioError:
    written = toml_value(detail["input"])[:60]
    wanted, code = _WANTED.get(detail["type"]), _TYPE_CODE
    if wanted is None:
        wanted, code = _bound(detail), _BOUND_CODE
    return ScenarioError(code, "", name, Words(f"{written}: {wanted.vi}", f"{written}: {wanted.en}"))


def _bound(detail: ErrorDetails) -> Words:
    """What a value of the right type must be besides."""
    given = detail.get("ctx", {})
    match detail["type"]:
        case "greater_than_equal":
            return Words(f"phải từ {given['ge']:.12g} trở lên", f"must be {given['ge']:.12g} or more")
        case "less_than_equal":
            return Words(f"phải từ {given['le']:.12g} trở xuống", f"must be {given['le']:.12g} or less")
        case "greater_than":
            return Words(f"phải lớn hơn {given['gt']:.12g}", f"must be above {given['gt']:.12g}")
        case "less_than":
            return Words(f"phải nhỏ hơn {given['lt']}", f"must be below {given['lt']}")
        case "literal_error":
            listed = str(given["expected"]).replace("'", "")
            if "," not in listed and " or " not in listed:
                return Words(f"phải là {listed}", f"must be {listed}")
            return Words(f"phải là một trong {listed.replace(' or ', ', ')}", f"must be one of {listed}")
        case _:
            return Words(f"không hợp lệ ({detail['msg']})", detail["msg"])


def _placed(error: ScenarioError, key: Key, origins: Mapping[Key, Provenance], file: str) -> ScenarioError:
    exact = (*key, error.place) if error.place else key
    origin = find(origins, exact)
    is_ours = error.code == "E-KEY-003" and (len(key) == 1 or error.key in STATED)
    return replace(error, place=file if origin is None or is_ours else origin.place)
