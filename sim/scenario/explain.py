"""What a key of a loaded scenario is: value, unit, range, basis, source, and which layer set it where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from sim.results.run_tables import BASES, DISTRIBUTIONS
from sim.results.sources import source_text
from sim.results.words import Lang, Words
from sim.scenario.arrivals import arrival_years
from sim.scenario.choices import choice_of
from sim.scenario.errors import ScenarioError, ScenarioErrors, printable
from sim.scenario.keys import ANY_ID, ARRIVAL, BUDGET_LEVERS, ROW_LISTS, Key, key_of, meaning, pattern, title_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.quantity import is_of_things
from sim.scenario.suggest import did_you_mean
from sim.scenario.toml_text import toml_value
from sim.scenario.units import Dimension, in_words, parse

_LABELS = {
    "title": Words("tên gọi", "name"),
    "value": Words("giá trị", "value"),
    "range": Words("khoảng", "range"),
    "basis": Words("căn cứ", "basis"),
    "source": Words("nguồn", "source"),
    "layer": Words("lớp", "layer"),
    "place": Words("nơi ghi", "place"),
    "alternative": Words("phương án", "may be"),
    "before": Words("trước đó", "before"),
    "meaning": Words("nghĩa", "meaning"),
    "trust": Words("tin cậy", "trust"),
    "change": Words("đổi bằng", "set with"),
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
_DRAWN = Words("mỗi lần mô phỏng lấy một giá trị trong khoảng", "each simulation draws its own value from the range")
_CHOSEN = Words(
    "lựa chọn của người lập kế hoạch, không rút ngẫu nhiên; kế hoạch không nêu thì giá trị này là giả định",
    "the planner's choice, never drawn; where the plan does not state it this value is assumed",
)
_VALUE_PARTS = ("value", "weights")
THRESHOLD: Key = ("targets", ANY_ID, "threshold")


def explain(loaded: LoadedScenario, key: str, lang: Lang = "vi") -> str:
    """Returns a block of rows for a key, or one line for each key under a section.

    Raises:
        ScenarioErrors: the scenario has no such key; the nearest one is named.
    """
    path = key_of(key)
    found = _look_up(loaded.settings, path)
    if found is None:
        if path[:1] == ("budget",) and len(path) > 1 and path[1] in BUDGET_LEVERS:
            if len(path) == 3 and _is_money(path[1], path[2], loaded):
                return _unset_line(key, path, lang)
            if len(path) == 2:
                raise ScenarioErrors([_unset_lever(key, path, loaded)])
        known = [*loaded.provenance, *{name.rpartition(".")[0] for name in loaded.provenance}]
        reason = Words("kịch bản không có tham số này", "the scenario has no such key")
        raise ScenarioErrors([ScenarioError("E-KEY-001", "", key, reason, _or_search(did_you_mean(key, known)))])
    is_quantity = isinstance(found, Mapping) and any(part in found for part in _VALUE_PARTS)
    if isinstance(found, Mapping) and not is_quantity:
        return "\n".join(_section_lines(loaded, key, lang))
    rows = _quantity_rows(loaded, path, found, lang) if is_quantity else [("value", toml_value(found))]
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


def _or_search(near: Words) -> Words:
    """The nearest name, and how names are found by the words in their titles."""
    search = Words(
        "tìm theo từ trong tên gọi: explain KỊCH_BẢN văn thư", "search by words of titles: explain SCENARIO clerk"
    )
    return Words("; ".join(filter(None, (near.vi, search.vi))), "; ".join(filter(None, (near.en, search.en))))


def _is_money(lever: str, name: str, loaded: LoadedScenario) -> bool:
    """Whether the plan has the line, chapter, source or year of a source that a lever names."""
    if lever == ARRIVAL:
        return name in {f"{source}.{year}" for source, year in arrival_years(loaded.scenario)}
    lines = loaded.plan_lines or loaded.budget
    named = {name for line in lines for name in (line.line_id, f"chapter.{line.chapter}", f"source.{line.source}")}
    return name in named | {"all"}


class _Unset(NamedTuple):
    """A lever on money while nobody has set it: what holds then, a value to try, a range to sweep, what it names."""

    value: Words
    example: str
    swept: str
    names: Words


_LINES = Words("với tên mục, chapter.PHẦN, source.NGUỒN hoặc all", "by line, chapter.CHAPTER, source.SOURCE or all")
_ONE = Words("1 (chưa đặt: đúng như kế hoạch)", "1 (not set: all as planned)")
_NONE = Words("0 (chưa đặt: đúng như kế hoạch)", "0 (not set: all as planned)")
_UNSET: Mapping[str, _Unset] = {
    "scale": _Unset(_ONE, "1.5", "0.5:3", _LINES),
    "redivide": _Unset(_ONE, "1.5", "0.5:3", Words("với tên mục hoặc chapter.PHẦN", "by line or chapter.CHAPTER")),
    "shift_years": _Unset(_NONE, "1", "", _LINES),
    ARRIVAL: _Unset(
        Words(
            "chưa đặt: mỗi lần mô phỏng rút theo khả năng bố trí của nguồn", "not set: drawn by the source's chances"
        ),
        "0.5",
        "0:1",
        Words("với NGUỒN.NĂM", "by SOURCE.YEAR"),
    ),
}


def _unset_line(key: str, path: Key, lang: Lang) -> str:
    """A lever on the money of one line, chapter, source or year that nobody has set."""
    unset = _UNSET[path[1]]
    change = f"--set {key}={unset.example}" + (f"; --over {key}={unset.swept}" if unset.swept else "")
    rows = [("title", title_of(key).text(lang)), ("value", unset.value.text(lang)), ("change", change)]
    return block(key, rows, _LABELS, lang)


def _unset_lever(key: str, path: Key, loaded: LoadedScenario) -> ScenarioError:
    """A kind of lever on money that nobody has set, without the money it moves."""
    unset, lines = _UNSET[path[1]], loaded.plan_lines or loaded.budget
    named = {"redivide": lines[0].line_id if lines else "I", ARRIVAL: f"TW.{loaded.scenario.horizon.end.year}"}
    example = f"--set {'.'.join(path)}.{named.get(path[1], 'all')}={unset.example}"
    reason = Words(f"đòn bẩy về kinh phí, {unset.value.vi}", f"a lever on money, {unset.value.en}")
    repair = Words(f"đặt bằng {example}, {unset.names.vi}", f"set it with {example}, {unset.names.en}")
    return ScenarioError("E-KEY-005", "", key, reason, repair)


def _look_up(settings: Mapping[str, Any], path: Key) -> Any:
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
    known = meaning(path)
    written = next(table[part] for part in _VALUE_PARTS if part in table)
    said = written if isinstance(written, str) else toml_value(written)
    if known is None or known.dimension is None:
        rows = [("value", said)]
    else:
        dimension = "count" if pattern(path) == THRESHOLD and is_of_things(written) else known.dimension
        number = parse(written, dimension)
        rows = [("value", said if lang == "en" else in_words(number, dimension, lang))]
        rows.append(("range", _range(table, dimension, lang)))
    if "basis" in table:
        rows.append(("basis", _term(BASES, str(table["basis"]), lang)))
    if "source" in table:
        rows.append(("source", source_text(str(table["source"]), lang)))
    rows += [("trust", trust) for trust in _trust(path, table, lang)]
    if path[0] not in ROW_LISTS:
        rows.append(("change", f'--set {".".join(path)}="{rows[0][1]}"'))
    changed = [change for change in loaded.changes if change.key == ".".join((*path, "value"))]
    return rows + [("before", f"{change.old} → {change.new} ({_layer_text(change.layer, lang)})") for change in changed]


def _trust(path: Key, table: Mapping[str, Any], lang: Lang) -> Iterator[str]:
    """How far to trust a value by its basis; and that a range is drawn from, save what the plan reports or aims at."""
    said = _TRUST.get(str(table.get("basis", "")))
    drawn = path[0] not in ROW_LISTS and "low" in table and "high" in table and table.get("kind", "fixed") != "fixed"
    words = [part.text(lang) for part in (said, _DRAWN if drawn else None) if part is not None]
    if words:
        yield "; ".join(words)


def _range(table: Mapping[str, Any], dimension: Dimension, lang: Lang) -> str:
    if "low" not in table or "high" not in table:
        return Words("cố định", "fixed").text(lang)
    low, high = (in_words(parse(table[part], dimension), dimension, lang) for part in ("low", "high"))
    kind = str(table.get("kind", "fixed"))
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
            found = _look_up(loaded.settings, key_of(name))
            value = found.get("value", found.get("weights")) if isinstance(found, Mapping) else found
            written = source_text(value, lang) if isinstance(value, str) else toml_value(value)
            yield printable(f"  {name} = {written}  [{origin.place}]")
