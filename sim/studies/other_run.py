"""Why the results in a folder are not those of what is asked now: which input, setting or program differs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sim.results.words import Words
from sim.studies.case import RESOLVED, Case
from sim.studies.manifest import read_manifest
from sim.studies.refusals import InputRefusedError
from sim.studies.version import changed_since

_MOST_NAMED = 6


def difference_words(folder: Path, case: Case, kind: str) -> Words | None:
    """What differs between the run kept in a folder and the case asked now; None where that cannot be told."""
    try:
        manifest = read_manifest(folder)
    except InputRefusedError:
        return None
    if manifest is None:
        return None
    found = list(_differences(folder, manifest, case, kind))
    if not found:
        return None
    vietnamese, english = "; ".join(one.vi for one in found), "; ".join(one.en for one in found)
    return Words(
        f"{folder}: thư mục chứa kết quả của lần chạy khác: {vietnamese}; hãy chọn thư mục khác, hoặc bỏ --out",
        f"{folder}: the folder holds the results of another run: {english}; choose another one, or leave out --out",
    )


def _differences(folder: Path, manifest: Mapping[str, Any], case: Case, kind: str) -> Iterator[Words]:
    kept_kind = str(manifest.get("spec", {}).get("kind", kind))
    if kept_kind != kind:
        yield Words(f"đó là {kept_kind}, không phải {kind}", f"it is a {kept_kind}, not a {kind}")
    if manifest.get("program_hash") != case.program:
        changed = changed_since(manifest)
        yield Words(f"đã đổi: {changed.vi}", f"changed: {changed.en}")
    for name, vi, now in (("seed", "số khởi tạo", case.seed), ("engine", "bộ lập lịch", case.engine)):
        if manifest.get(name) != now:
            yield Words(f"{vi} {manifest.get(name)}, nay là {now}", f"{name} {manifest.get(name)}, now {now}")
    if manifest.get("scenario_hash") != case.loaded.content_hash:
        yield _changed_files(folder, case)


def _changed_files(folder: Path, case: Case) -> Words:
    """The tables and settings that were edited, as far as the folder keeps them."""
    changed = [name for name, content in case.files.items() if name != RESOLVED and _kept(folder, name) != content]
    tables = ", ".join(changed[:_MOST_NAMED])
    if changed:
        return Words(f"bảng đã sửa: {tables}", f"edited tables: {tables}")
    keys = ", ".join(_changed_keys(folder, case)[:_MOST_NAMED])
    return Words(f"kịch bản đã sửa: {keys}", f"edited scenario: {keys}") if keys else Words("kịch bản khác", "scenario")


def _kept(folder: Path, name: str) -> bytes | None:
    try:
        return (folder / name).read_bytes()
    except OSError:
        return None


def _changed_keys(folder: Path, case: Case) -> list[str]:
    import tomllib

    kept = _kept(folder, RESOLVED)
    try:
        before = dict(_flat(tomllib.loads((kept or b"").decode())))
    except (ValueError, UnicodeDecodeError):
        return []
    now = dict(_flat(tomllib.loads(case.files[RESOLVED].decode())))
    return sorted(key for key in before.keys() | now.keys() if before.get(key) != now.get(key))


def _flat(tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        if isinstance(value, Mapping) and "value" not in value:
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", json.dumps(value, default=str, sort_keys=True)
