"""The folder of one run: its name, its owner's mark, and the promise that nothing is written outside it."""

import os
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from sim.results.atomic_files import FileWriteError, plain_reason, write_text_atomic
from sim.scenario.files import as_on_disk

MARK = ".lienthong-run"
_SLUG_LENGTH = 60
_HASH_LENGTH = 12
_SAFE_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@+-]{0,150}")
_HASH = re.compile(r"[0-9a-f]{12,128}")
_DEVICE_NAMES = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{number}" for port in ("com", "lpt") for number in range(10)]
)


_NO_RUN = "there is no run of lienthong in it"
_TABLES_ALONE = (
    "it keeps the tables and pictures of a run and not the run itself; read the tables, or run the scenario anew"
)
"""Of a folder such as `results/example`, copied without its replications and its mark."""


class FolderRefusedError(Exception):
    """The folder cannot be used for this run; nothing in it was touched.

    Attributes:
        path: the folder.
        reason: a plain sentence part.
    """

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason


def slug(name: str) -> str:
    """A name as lower-case ASCII letters, digits and hyphens, at most 60: safe in any path on any system.

    Vietnamese marks are dropped (Bình Định gives binh-dinh). Two names may give one slug, so a slug identifies nothing
    by itself. A name with no letter or digit gives `scenario`.
    """
    bare = unicodedata.normalize("NFKD", name.replace("đ", "d").replace("Đ", "D"))
    unmarked = "".join(letter for letter in bare if not unicodedata.combining(letter)).lower()
    short = re.sub(r"[^a-z0-9]+", "-", unmarked).strip("-")[:_SLUG_LENGTH].strip("-")
    if short in _DEVICE_NAMES:
        return f"{short}-scenario"
    return short or "scenario"


def run_folder_name(scenario: str, run_hash: str) -> str:
    """`<scenario>@<hash>`: the slug of the scenario's name and the first twelve digits of the run's hash.

    Raises:
        ValueError: the hash is not at least twelve lower-case hexadecimal digits.
    """
    if not _HASH.fullmatch(run_hash):
        raise ValueError(f"not a run hash: {run_hash!r}")
    return f"{slug(scenario)}@{run_hash[:_HASH_LENGTH]}"


@dataclass(frozen=True)
class RunFolder:
    """A folder that belongs to one run: to the hash of its resolved scenario and of the model's sources."""

    path: Path
    run_hash: str

    @classmethod
    def claim(cls, path: Path, run_hash: str) -> "RunFolder":
        """Make the folder, or take up again the one this same run began.

        Raises:
            FolderRefusedError: the path is a link or a file, holds somebody else's files, or another run's.
            FileWriteError: the disk refuses.
            ValueError: the hash is not a hash.
        """
        if not _HASH.fullmatch(run_hash):
            raise ValueError(f"not a run hash: {run_hash!r}")
        _refuse_unless_folder(path)
        try:
            path.mkdir(parents=True, exist_ok=True)
            names = sorted(entry.name for entry in path.iterdir())
        except OSError as error:
            raise FileWriteError(path, plain_reason(error)) from error
        if MARK in names:
            _refuse_other_run(path, run_hash)
        elif any(not _is_partial_mark(name) for name in names):
            raise FolderRefusedError(path, "the folder is not empty and was not made by lienthong; choose another")
        else:
            write_text_atomic(path / MARK, f"{run_hash}\n")
        return cls(path.resolve(), run_hash)

    @classmethod
    def opened(cls, path: Path) -> "RunFolder":
        """An existing run folder, to read it.

        Raises:
            FolderRefusedError: there is no run in it.
            ScenarioErrors: a name is longer than a disk takes, or two folders look like this one.
        """
        path = as_on_disk(path)
        _refuse_unless_folder(path)
        return cls(path.resolve(), _read_mark(path))

    def inside(self, relative: str) -> Path:
        """The path of a file of this run such as `targets.csv` or `figures/targets.svg`; makes its sub-folder.

        Raises:
            FolderRefusedError: the name leaves the folder, is not plain ASCII, or passes through a link.
            FileWriteError: the disk refuses the sub-folder.
        """
        parts = relative.split("/")
        if not all(_SAFE_PART.fullmatch(part) for part in parts):
            raise FolderRefusedError(self.path, f"{relative!r} is not a safe file name")
        parent = self.path
        for part in parts[:-1]:
            parent = parent / part
            if parent.is_symlink():
                raise FolderRefusedError(parent, "it is a symbolic link, which is not followed")
        try:
            parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileWriteError(parent, plain_reason(error)) from error
        return parent / parts[-1]

    def write_text(self, relative: str, text: str) -> Path:
        """Write one text file of this run, atomically; returns its path. Raises as `inside` and `write_text_atomic`."""
        path = self.inside(relative)
        write_text_atomic(path, text)
        return path

    def clear_partials(self) -> None:
        """Remove half-written files a killed run left behind. Call it while holding the journal's lock."""
        for partial in sorted(self.path.rglob(".*.partial")):
            if not partial.is_symlink() and partial.is_file():
                partial.unlink(missing_ok=True)


def _refuse_unless_folder(path: Path) -> None:
    if path.is_symlink():
        raise FolderRefusedError(path, "it is a symbolic link, which is not followed")
    if path.exists() and not path.is_dir():
        raise FolderRefusedError(path, "it is a file, not a folder")


def _refuse_other_run(path: Path, run_hash: str) -> None:
    if _read_mark(path) != run_hash:
        raise FolderRefusedError(
            path, "the folder holds the results of another scenario or program version; choose another"
        )


def _read_mark(path: Path) -> str:
    try:
        descriptor = os.open(path / MARK, os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            mark = file.read(200).decode("ascii", "replace").strip()
    except OSError as error:
        raise FolderRefusedError(path, _TABLES_ALONE if (path / "manifest.json").is_file() else _NO_RUN) from error
    if not _HASH.fullmatch(mark):
        raise FolderRefusedError(path, f"its mark {MARK} is damaged")
    return mark


def _is_partial_mark(name: str) -> bool:
    return name.startswith(f".{MARK}.") and name.endswith(".partial")
