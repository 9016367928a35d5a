"""Options, adoption and futures: small files laid over a scenario, and clashes between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

from sim.results.words import Words
from sim.scenario.chain import unset_keys
from sim.scenario.entries import EntryReader
from sim.scenario.errors import ScenarioError, ScenarioErrors
from sim.scenario.keys import ROW_LISTS, Key, meaning
from sim.scenario.layers import Layer
from sim.scenario.places import named_file, shown_path
from sim.scenario.plan_years import Acting, PlanYears, beyond_plan, moved, written_for_faults
from sim.scenario.proposal import WRITTEN_FOR, proposal_faults, proposal_of
from sim.scenario.suggest import did_you_mean
from sim.scenario.toml_source import TomlDocument, read_toml

FOLDERS = {"adoption": "adoption", "option": "options", "future": "futures"}
"""The folder of each kind of overlay, in the order they are laid."""

HEADER = (
    "title",
    "description",
    "group",
    "against",
    "decided_by",
    "cost",
    "costs",
    "source",
    WRITTEN_FOR,
    "set",
    "unset",
    *ROW_LISTS,
)
_BILINGUAL = ("title", "description", "decided_by", "cost")
_OF_OPTIONS = ("decided_by", "cost")
"""What an option must say, and a regime or future may."""


def overlay_layers(
    adoption: str | None,
    options: Sequence[str],
    future: str | None,
    root: Path,
    plan: PlanYears | None,
    errors: list[ScenarioError],
    acting: Acting | None = None,
) -> list[Layer]:
    """Returns the overlays asked for at the plan's years, in laying order; faults and clashes go to `errors`.

    Options begin when they act, where that is in the middle of the plan.
    """
    wanted = [("adoption", adoption)] if adoption else []
    wanted += [("option", name) for name in options]
    wanted += [("future", future)] if future else []
    layers = []
    for kind, name in dict.fromkeys(wanted):
        if wanted.count((kind, name)) > 1:
            reason = Words(f"“{name}” được nêu hai lần", f'"{name}" is named twice')
            errors.append(ScenarioError("E-OVL-004", f"--{kind}", name, reason))
        try:
            path = named_file(name, FOLDERS[kind], root, place=f"--{kind}")
            document = read_toml(path, shown_path(path, root))
            errors.extend(written_for_faults(document))
        except ScenarioErrors as refused:
            errors.extend(refused.errors)
        else:
            years = replace(plan, acting=acting) if plan is not None and kind == "option" else plan
            layer = _layer_of(moved(document, years), kind, f"{kind}:{path.stem}", errors)
            beyond = beyond_plan(document, years)
            said = layer.proposal and replace(layer.proposal, beyond_plan=beyond)
            layers.append(replace(layer, proposal=said))
    errors.extend(clashes(layers))
    return layers


def clashes(layers: Sequence[Layer]) -> Iterator[ScenarioError]:
    """Yields an error for each pair of overlays that set, or delete, the same thing."""
    for first, second in combinations(layers, 2):
        mine, theirs = _touched(first), _touched(second)
        inside = {key[:length]: key for key in mine for length in range(1, len(key) + 1)}
        for key, place in theirs.items():
            around = next((key[:length] for length in range(1, len(key)) if key[:length] in mine), None)
            met = around or inside.get(key)
            if met is not None:
                one, two = f"{first.name} ({mine[met]})", f"{second.name} ({place})"
                reason = Words(f"{one} và {two} cùng đặt tham số này", f"both {one} and {two} set this")
                repair = Words("chỉ chọn một trong hai", "use only one of them")
                yield ScenarioError("E-OVL-001", place, ".".join(key), reason, repair)


def _touched(layer: Layer) -> dict[Key, str]:
    """Returns what a layer sets, parts of one quantity (and of one whole mandate or target) taken together."""
    touched: dict[Key, str] = {key: origin.place for key, origin in layer.unset.items()}
    for key, entry in layer.entries.items():
        row = key[:2]
        if key[0] in ROW_LISTS and (*row, "id") in layer.entries:
            touched.setdefault(row, entry.origin.place)
            continue
        around = meaning(key[:-1])
        is_part = around is not None and (around.dimension is not None or around.is_profile)
        touched.setdefault(key[:-1] if is_part else key, entry.origin.place)
    return touched


def _layer_of(document: TomlDocument, kind: str, name: str, errors: list[ScenarioError]) -> Layer:
    errors.extend(_header_faults(document, kind))
    reader = EntryReader(document, name, errors)
    table = document.tree.get("set", {})
    if isinstance(table, Mapping):
        reader.read_dotted(table, "set")
    reader.read({rows: document.tree[rows] for rows in ROW_LISTS if rows in document.tree})
    unset = unset_keys(document, name, errors)
    return Layer(name, document.path.parent, reader.entries, unset, proposal_of(document.tree))


def _header_faults(document: TomlDocument, kind: str) -> Iterator[ScenarioError]:
    tree = document.tree
    for key in tree:
        if key not in HEADER:
            reason = Words("không có tham số này; giá trị đặt trong [set]", "unknown key; values go under [set]")
            yield ScenarioError("E-KEY-001", document.place((key,)), key, reason, did_you_mean(key, HEADER))
    for key in _BILINGUAL:
        if key in _OF_OPTIONS and kind != "option" and key not in tree:
            continue
        if not _is_bilingual(tree.get(key)):
            reason = Words(f"thiếu {key} bằng hai thứ tiếng", f"{key} is missing in one or both languages")
            repair = Words(f'{key} = {{ vi = "…", en = "…" }}', f'write {key} = {{ vi = "…", en = "…" }}')
            yield ScenarioError("E-OVL-003", document.place((key,)), key, reason, repair)
    if not isinstance(tree.get("source"), str) or not tree["source"].strip():
        reason, repair = Words("thiếu source", "source is missing"), Words('"…"', 'write source = "…"')
        yield ScenarioError("E-OVL-003", document.place(("source",)), "source", reason, repair)
    yield from proposal_faults(document, kind)
    if not isinstance(tree.get("set", {}), Mapping):
        reason = Words("[set] phải là một bảng", "[set] must be a table")
        yield ScenarioError("E-KEY-004", document.place(("set",)), "set", reason)


def _is_bilingual(title: Any) -> bool:
    return (
        isinstance(title, Mapping)
        and title.keys() == {"vi", "en"}
        and all(isinstance(text, str) and text.strip() for text in title.values())
    )
