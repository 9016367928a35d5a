"""A scenario file and the files it extends, lowest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sim.results.words import Words
from sim.scenario.entries import EntryReader, Provenance
from sim.scenario.errors import ScenarioError, ScenarioErrors, shown
from sim.scenario.keys import Key, key_of
from sim.scenario.layers import Layer
from sim.scenario.places import DEFAULTS, PROVINCES, named_file, shown_path
from sim.scenario.toml_source import TomlDocument, read_toml

HEADER = ("extends", "unset", "complete")
"""Keys that steer layering; they are not part of the scenario."""

_LONGEST_CHAIN = 20


def scenario_layers(path: Path, root: Path, errors: list[ScenarioError]) -> list[Layer]:
    """Returns the layers of a scenario file: the defaults, what it extends, itself.

    A file with `complete = true` holds every key and stands alone. Faults go to `errors`.
    """
    climbed: dict[Path, Layer] = {}
    _climb(path, root, (), climbed, errors)
    layers = list(climbed.values())
    if not layers or not _stands_alone(path, root):
        defaults = file_layer(root / DEFAULTS, "defaults", root, errors)
        layers = [defaults, *layers] if defaults else layers
    return layers


def file_layer(path: Path, name: str, root: Path, errors: list[ScenarioError]) -> Layer | None:
    """Returns what one file sets, or None when it cannot be read; faults go to `errors`."""
    try:
        document = read_toml(path, shown_path(path, root))
    except ScenarioErrors as refused:
        errors.extend(refused.errors)
        return None
    return _layer_of(document, name, errors)


def unset_keys(document: TomlDocument, name: str, errors: list[ScenarioError]) -> dict[Key, Provenance]:
    """Returns the keys of the layers below that a file deletes."""
    written = document.tree.get("unset", [])
    origin = Provenance(name, document.shown_as, document.line_of(("unset",)))
    if isinstance(written, list) and all(isinstance(key, str) for key in written):
        return dict.fromkeys((key_of(key) for key in written), origin)
    reason = Words("unset phải là danh sách tham số", "unset must be a list of keys")
    errors.append(ScenarioError("E-KEY-004", origin.place, "unset", reason, Words('["a.b"]', 'for example ["a.b"]')))
    return {}


def _layer_of(document: TomlDocument, name: str, errors: list[ScenarioError]) -> Layer:
    layer, faults = _layer_read(document, name)
    errors.extend(faults)
    return layer


@lru_cache(maxsize=256)
def _layer_read(document: TomlDocument, name: str) -> tuple[Layer, Sequence[ScenarioError]]:
    """What a document sets, read once while the document is kept, and what is wrong with it."""
    errors: list[ScenarioError] = []
    settings = {key: value for key, value in document.tree.items() if key not in HEADER}
    reader = EntryReader(document, name, errors)
    reader.read(settings)
    unset = MappingProxyType(unset_keys(document, name, errors))
    return Layer(name, document.path.parent, MappingProxyType(reader.entries), unset), errors


def _stands_alone(path: Path, root: Path) -> bool:
    return read_toml(path, shown_path(path, root)).tree.get("complete") is True


def _climb(
    path: Path, root: Path, below: tuple[Path, ...], layers: dict[Path, Layer], errors: list[ScenarioError]
) -> None:
    try:
        document = read_toml(path, shown_path(path, root))
    except ScenarioErrors as refused:
        errors.extend(refused.errors)
        return
    chain = (*below, path.resolve())
    for name in _parents(document.tree, document, errors):
        place = document.place(("extends",))
        try:
            parent = named_file(name, PROVINCES, root, path.parent, place)
        except ScenarioErrors as refused:
            errors.extend(refused.errors)
            continue
        if parent.resolve() in chain or len(chain) >= _LONGEST_CHAIN:
            loop = " → ".join(file.name for file in (*chain, parent))
            reason = Words(f"extends đi vòng tròn: {loop}", f"extends goes in a cycle: {loop}")
            errors.append(ScenarioError("E-EXT-002", place, "extends", reason))
        elif not parent.is_file():
            reason = Words(f"không có tệp {shown(name)} để mở rộng", f"there is no file {shown(name)} to extend")
            errors.append(ScenarioError("E-EXT-001", place, "extends", reason))
        elif parent.resolve() not in layers:
            _climb(parent, root, chain, layers, errors)
    if path.resolve() not in layers:
        layers[path.resolve()] = _layer_of(document, f"extends:{path.stem}" if below else "scenario", errors)


def _parents(tree: Mapping[str, Any], document: TomlDocument, errors: list[ScenarioError]) -> list[str]:
    written = tree.get("extends", [])
    names = [written] if isinstance(written, str) else written
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        return names
    reason = Words("extends phải là tên hoặc danh sách tên", "extends must be a name or a list of names")
    errors.append(ScenarioError("E-KEY-004", document.place(("extends",)), "extends", reason))
    return []
