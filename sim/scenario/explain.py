"""What a key of a loaded scenario is: value, unit, range, basis, source, and which layer set it where."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sim.results.run_tables import BASES, DISTRIBUTIONS
from sim.results.sources import source_text
from sim.results.words import Lang, Words
from sim.scenario.choices import OPEN, choice_of
from sim.scenario.errors import ScenarioError, ScenarioErrors, printable
from sim.scenario.explain_levers import is_money, set_rows, unset_fault, unset_rows
from sim.scenario.keys import ANY_ID, BUDGET_LEVERS, ROW_LISTS, Key, key_of, meaning, pattern, title_of
from sim.scenario.layers import Change
from sim.scenario.loading import LoadedScenario
from sim.scenario.quantity import is_of_things
from sim.scenario.suggest import did_you_mean
from sim.scenario.toml_text import toml_value
from sim.scenario.units import Dimension, in_words, parse

_LABELS = {
    "title": Words("tên gọi", "name"),
    "value": Words("giá trị", "value"),
    "range": Words("khoảng", "range"),
    "calibrated": Words("hiệu chỉnh", "calibrated"),
    "basis": Words("căn cứ", "basis"),
    "source": Words("nguồn", "source"),
    "layer": Words("lớp", "layer"),
    "place": Words("nơi ghi", "place"),
    "alternative": Words("phương án", "may be"),
    "before": Words("trước đó", "before"),
    "meaning": Words("nghĩa", "meaning"),
    "trust": Words("tin cậy", "trust"),
    "money": Words("kinh phí", "money"),
    "change": Words("đổi bằng", "set with"),
    "change_range": Words("cả khoảng", "its range"),
}
_LAYERS = {
    "defaults": Words("số mặc định chung", "defaults"),
    "scenario": Words("kịch bản", "scenario"),
    "purchases": Words("bảng mua sắm", "purchases"),
    "option": Words("phương án", "option"),
    "adoption": Words("cách triển khai sử dụng", "adoption"),
    "future": Words("tương lai", "future"),
}
_TRUST = {
    "plan": Words("đúng như kế hoạch ghi", "as the plan states it"),
    "reported": Words("cơ quan tự báo cáo, chưa được kiểm chứng", "reported by agencies themselves, not verified"),
    "derived": Words("suy ra từ số liệu đã công bố", "worked out from published figures"),
    "assumed": Words(
        "giả định, chưa ai đo: có số khảo sát thì thay vào, kết quả có thể đổi",
        "assumed, nobody has measured it: a survey's figure should replace it, and results may change",
    ),
}
_IS_MIDDLE = {
    "lognormal": Words("giá trị là trung vị", "its value the median"),
    "triangular": Words("giá trị là đỉnh", "its value the mode"),
}
"""What the stated value is of a distribution that has it somewhere in the middle."""
_FIXED = Words("cố định", "fixed")
_NOT_DRAWN = Words(
    "cố định (khoảng đã nêu {low} … {high} không dùng)", "fixed (the stated range {low} … {high} is not used)"
)
_UNDECIDED = Words("để ngỏ", "undecided")
_DRAWN = Words("mỗi lần mô phỏng lấy một giá trị trong khoảng", "each simulation draws its own value from the range")
_CHOSEN = Words(
    "lựa chọn của người lập kế hoạch, không rút ngẫu nhiên; kế hoạch không nêu thì giá trị này là giả định",
    "the planner's choice, never drawn; where the plan does not state it this value is assumed",
)
_VALUE_PARTS = ("value", "weights")
UNKNOWN_KEY = "E-KEY-001"
THRESHOLD: Key = ("targets", ANY_ID, "threshold")


def explain(loaded: LoadedScenario, key: str, lang: Lang = "vi", calibrated: str = "") -> str:
    """Returns a block of rows for a key, or one line for each key under a section.

    Args:
        loaded: the scenario.
        key: as a file or `--set` has it.
        lang: of the words.
        calibrated: what calibrated draws have for it, where there are such.

    Raises:
        ScenarioErrors: the scenario has no such key; the nearest one is named.
    """
    path = key_of(key)
    found = look_up(loaded.settings, path)
    if found is None:
        if path[:1] == ("budget",) and len(path) > 1 and path[1] in BUDGET_LEVERS:
            if len(path) == 3 and is_money(path[1], path[2], loaded):
                return block(key, unset_rows(loaded, path, lang), _LABELS, lang)
            if len(path) == 2:
                raise ScenarioErrors([unset_fault(key, path, loaded)])
        known = [*loaded.provenance, *{name.rpartition(".")[0] for name in loaded.provenance}]
        reason = Words("kịch bản không có tham số này", "the scenario has no such key")
        raise ScenarioErrors([ScenarioError(UNKNOWN_KEY, "", key, reason, did_you_mean(key, known))])
    is_quantity = isinstance(found, Mapping) and any(part in found for part in _VALUE_PARTS)
    if isinstance(found, Mapping) and not is_quantity:
        return "\n".join(_section_lines(loaded, key, lang))
    rows = _quantity_rows(loaded, path, found, lang) if is_quantity else _plain_rows(loaded, path, found, lang)
    if calibrated:
        rows.insert(
            next((at for at, row in enumerate(rows, start=1) if row[0] == "range"), 1), ("calibrated", calibrated)
        )
    shown = [*_title_rows(key, lang), *rows, *_choice_rows(key, lang), *_origin_rows(loaded, key, lang)]
    return block(key, shown, _LABELS, lang)


def block(name: str, rows: Iterable[tuple[str, str]], labels: Mapping[str, Words], lang: Lang) -> str:
    """A name and what is said of it, row by row; a label stands once before the rows that it is for."""
    lines, above = [name], ""
    for row, said in rows:
        label = "" if row == above else labels[row].text(lang)
        lines.append(f"  {label:<10} {printable(said)}")
        above = row
    return "\n".join(lines)


def look_up(settings: Mapping[str, Any], path: Key) -> Any:
    """What stands under a key: a value, a section, rows by their ids; None where nothing does."""
    found: Any = settings
    for part in path:
        if isinstance(found, tuple):
            found = next((row for row in found if isinstance(row, Mapping) and row.get("id") == part), None)
        else:
            found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, tuple) and found and all(isinstance(row, Mapping) for row in found):
        return {row["id"]: row for row in found}
    return found


def _quantity_rows(loaded: LoadedScenario, path: Key, table: Mapping[str, Any], lang: Lang) -> list[tuple[str, str]]:
    written, dimension = _written(table), _dimension(path, table)
    rows = [("value", _value_text(written, dimension, lang))]
    if dimension is not None:
        rows.append(("range", _range(table, dimension, lang)))
    if "basis" in table:
        rows.append(("basis", _term(BASES, str(table["basis"]), lang)))
    if "source" in table:
        rows.append(("source", source_text(str(table["source"]), lang)))
    rows += [("trust", trust) for trust in _trust(path, table, lang)]
    if path[0] not in ROW_LISTS:
        rows.append(("change", f'--set {".".join(path)}="{rows[0][1]}"'))
        if dimension is not None and _is_drawn(table):
            ends = (_value_text(table[end], dimension, lang) for end in ("low", "high"))
            low, high = (
                f'--set {".".join(path)}.{end}="{text}"' for end, text in zip(("low", "high"), ends, strict=True)
            )
            rows.append(("change_range", f"{low} {high}"))
    changed = [change for change in loaded.changes if change.key == ".".join((*path, "value"))]
    return rows + [("before", _change_text(change, dimension, lang)) for change in changed]


def _written(table: Mapping[str, Any]) -> object:
    """A quantity's value as its file has it."""
    return next(table[part] for part in _VALUE_PARTS if part in table)


def _dimension(path: Key, table: Mapping[str, Any]) -> Dimension | None:
    """What a quantity is measured in; None where the program knows no quantity of that name."""
    known = meaning(path)
    if pattern(path) == THRESHOLD and is_of_things(_written(table)):
        return "count"
    return known.dimension if known is not None else None


def _value_text(written: object, dimension: Dimension | None, lang: Lang) -> str:
    """A quantity's value: in English as it was written, else as a reader of Vietnamese writes it."""
    if dimension is None or lang == "en":
        return written if isinstance(written, str) else toml_value(written)
    return in_words(parse(written, dimension), dimension, lang)


def _change_text(change: Change, dimension: Dimension | None, lang: Lang) -> str:
    """What stood before, what stands now and which layer put it there; values stand in a change as TOML has them."""
    old, new = (
        _value_text(tomllib.loads(f"value = {written}")["value"], dimension, lang) if written else "–"
        for written in (change.old, change.new)
    )
    return f"{old} → {new} ({_layer_text(change.layer, lang)})"


def _plain_rows(loaded: LoadedScenario, path: Key, found: object, lang: Lang) -> list[tuple[str, str]]:
    """What is no quantity: a choice, a text, a day, or a lever on money with what it makes of the money."""
    rows = [("value", plain_text(".".join(path), found, lang))]
    if path[0] == "budget" and len(path) == 3 and path[1] in BUDGET_LEVERS:
        rows += set_rows(loaded, path, lang)
    return rows


def stated_text(settings: Mapping[str, Any], key: str, lang: Lang) -> str:
    """What settings state under a key, as a reader of the language writes it; blank where they have no such key."""
    path = key_of(key)
    found = look_up(settings, path)
    if isinstance(found, Mapping) and any(part in found for part in _VALUE_PARTS):
        return _value_text(_written(found), _dimension(path, found), lang)
    return "" if found is None else plain_text(key, found, lang)


def plain_text(key: str, found: object, lang: Lang) -> str:
    """A value that is no quantity, as a file has it; an alternative of a choice with its title."""
    choice = choice_of(key)
    if choice is not None and found in choice.alternatives:
        return f"{found} – {choice.titles[choice.alternatives.index(str(found))].text(lang)}"
    if choice is not None and found == OPEN:
        return f"{found} – {_UNDECIDED.text(lang)}"
    if isinstance(found, str):
        return source_text(found, lang)
    said = toml_value(found)
    return said.replace(".", ",") if isinstance(found, float) and lang == "vi" else said


def _trust(path: Key, table: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """How far to trust a value by its basis; and that a range is drawn from, save what the plan reports or aims at."""
    said = _TRUST.get(str(table.get("basis", "")))
    drawn = path[0] not in ROW_LISTS and _is_drawn(table)
    words = [part.text(lang) for part in (said, _DRAWN if drawn else None) if part is not None]
    if words:
        yield "; ".join(words)


def _is_drawn(table: Mapping[str, Any]) -> bool:
    """Whether each replication takes a value of its own from a quantity's range."""
    return "low" in table and "high" in table and table.get("kind", "fixed") != "fixed"


def _range(table: Mapping[str, Any], dimension: Dimension, lang: Lang) -> str:
    if "low" not in table or "high" not in table:
        return _FIXED.text(lang)
    low, high = (in_words(parse(table[part], dimension), dimension, lang) for part in ("low", "high"))
    kind = str(table.get("kind", "fixed"))
    if kind == "fixed":
        return _NOT_DRAWN.text(lang).format(low=low, high=high)
    shape = _term(DISTRIBUTIONS, kind, lang)
    of_kind = f"{shape}, {_IS_MIDDLE[kind].text(lang)}" if kind in _IS_MIDDLE else shape
    return f"{low} … {high} (5 % – 95 %, {of_kind})"


def _term(terms: Mapping[str, Words], name: str, lang: Lang) -> str:
    """The word for a basis or a shape; as written where it is none that the program knows."""
    return terms[name].text(lang) if name in terms else name


def _title_rows(key: str, lang: Lang) -> Iterator[tuple[str, str]]:
    title = title_of(key).text(lang)
    if title:
        yield "title", title


def _choice_rows(key: str, lang: Lang) -> Iterator[tuple[str, str]]:
    """The alternatives of a choice, and what decides among them while it is open."""
    choice = choice_of(key)
    if choice is not None:
        for name, words in zip(choice.alternatives, choice.titles, strict=True):
            yield "alternative", f"{name}: {words.text(lang)}"
        if choice.odds is not None:
            odds = ", ".join(choice.rests_on)
            yield "alternative", Words(f"open: để ngỏ, theo {odds}", f"open: undecided, by {odds}").text(lang)
        else:
            yield "basis", _CHOSEN.text(lang)
        yield "change", f"--set {key}={choice.alternatives[-1]}"


def _origin_rows(loaded: LoadedScenario, key: str, lang: Lang) -> Iterator[tuple[str, str]]:
    origin = loaded.provenance.get(key)
    if origin is not None:
        yield "layer", _layer_text(origin.layer, lang)
        yield "place", origin.place
    known = meaning(key_of(key))
    if known is not None and known.about and lang == "en":
        yield "meaning", " ".join(known.about.split())


def _layer_text(layer: str, lang: Lang) -> str:
    """Which layer, as a planner calls it; a command's own setting is named by its switch."""
    kind, colon, name = layer.partition(":")
    called = _LAYERS.get(kind)
    return f"{called.text(lang)}{' ' if colon else ''}{name}" if called else layer


def _section_lines(loaded: LoadedScenario, key: str, lang: Lang) -> Iterator[str]:
    known = meaning(tuple(key.split(".")))
    about = title_of(key).text(lang) or (known.about if known is not None and lang == "en" else "")
    yield f"{key}: {about}" if about else key
    for name in sorted(loaded.provenance):
        inside = name.startswith(f"{key}.")
        part_of_quantity = inside and name.rpartition(".")[0] in loaded.provenance
        if inside and not part_of_quantity:
            origin = loaded.provenance[name]
            written = stated_text(loaded.settings, name, lang)
            title = title_of(name).text(lang)
            yield printable(f"  {name} = {written}{f': {title}' if title else ''}  [{origin.place}]")
