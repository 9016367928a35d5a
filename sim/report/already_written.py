"""Which pictures and workbooks of a folder need not be made again: same tables, program and libraries, file untouched.

To draw the pictures of a run and to write its workbooks takes a minute, and a report is written again for many reasons
that change none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from sim.results.words import Lang

_REPORT = Path(__file__).resolve().parent
_SOURCES = (_REPORT, _REPORT.parent / "results")
_LIBRARIES = ("matplotlib", "xlsxwriter")
_NOT_SHOWN = ("argv", "workers", "platform", "packages", "python", "simulations_asked")
"""What a manifest holds that no picture shows, and that differs between runs that are the same."""


class Written:
    """What was written into a folder in one language, and from what."""

    def __init__(self, folder: Path, language: Lang, made_from: str) -> None:
        """Look up what the note of an earlier report says; it counts for nothing if made from anything else."""
        self._folder, self._made_from = folder, made_from
        self._note = folder / "figures" / f".written.{language}"
        self._files: dict[str, str] = {}
        lines = self._note.read_text(encoding="utf-8", errors="replace").splitlines() if self._note.is_file() else []
        if lines and lines[0] == made_from:
            self._files = dict(line.split(" ", 1)[::-1] for line in lines[1:] if " " in line)

    def has(self, paths: Iterable[Path]) -> bool:
        """Whether all these files are there just as they would be made again."""
        return all(path.is_file() and self._files.get(self._name(path)) == _digest(path) for path in paths)

    def note(self, paths: Iterable[Path]) -> None:
        """Keep what has been written, once all of it is."""
        lines = [self._made_from, *sorted(f"{_digest(path)} {self._name(path)}" for path in paths)]
        self._note.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")

    def _name(self, path: Path) -> str:
        return path.relative_to(self._folder).as_posix()


def made_from(folder: Path) -> str:
    """A digest of all that the pictures and workbooks of a folder are made of: tables, manifest, program, libraries."""
    digest = sha256(" ".join(version(library) for library in _LIBRARIES).encode())
    for sources in _SOURCES:
        for path in sorted(sources.rglob("*.py")):
            digest.update(path.read_bytes())
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    shown = {name: value for name, value in manifest.items() if name not in _NOT_SHOWN}
    digest.update(json.dumps(shown, sort_keys=True).encode())
    for path in sorted(folder.glob("*.csv")):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
