"""Whether the tables in a run folder are still those that were written: their checksums in the manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

TABLES_WRITTEN = "tables"
"""In the manifest: SHA-256 of each table of results by its name in the folder."""
_OTHERS = {"figures", "tables", "csv_excel"}
"""Sub-folders of what is not a table of results: pictures' data, inputs, copies for a spreadsheet."""


def checksums(folder: Path) -> dict[str, str]:
    """Checksum of every table of results that is there."""
    paths = sorted(path for path in folder.rglob("*.csv") if not _OTHERS & set(path.relative_to(folder).parts))
    return {str(path.relative_to(folder)): _checksum(path) for path in paths}


def edited_tables(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Names of those that are gone or are not what was written; none for a folder that keeps no checksums."""
    written = manifest.get(TABLES_WRITTEN, {})
    return [name for name, checksum in written.items() if _checksum(folder / name) != checksum]


def _checksum(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
