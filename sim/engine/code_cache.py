"""Where compiled code is kept: a folder of this user's, named by all that the code depends on, or for one process.

What is wrong with the folder stops no run: the code is then compiled again, and `TROUBLES` says why.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Literal, NamedTuple

CACHES_KEPT = 4
_PROBE_OCTETS = 65_536

_CHECKSUM_OCTETS = 32

Kind = Literal["unusable", "damaged", "full"]


class DamagedCodeError(Exception):
    """A file of code is not what was written; the text is its name."""


class Trouble(NamedTuple):
    """What is wrong with kept code: where nothing can be kept, what could not be read, what could not be written."""

    kind: Kind
    path: Path
    reason: str


TROUBLES: list[Trouble] = []
"""What was met in this process so far, each kind once."""


def note_trouble(kind: Kind, path: Path, error: BaseException) -> None:
    """Keep the first trouble of each kind, to be said by whoever speaks with the user."""
    if all(kind != known.kind for known in TROUBLES):
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        TROUBLES.append(Trouble(kind, path, reason))


def user_cache() -> Path:
    """This user's folder for what can be made again; without a home, a path in which nothing can be made."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if Path(named).is_absolute():
        return Path(named)
    try:
        return Path.home() / ".cache"
    except RuntimeError:  # no HOME, and no entry in the system's list of users
        return Path(os.devnull)


def kept_code() -> Path:
    """The folder of all versions' compiled code."""
    named = os.environ.get("NUMBA_CACHE_DIR", "")
    if not Path(named).is_absolute():
        return user_cache() / "lienthong" / "compiled"
    of_a_version = Path(named).parent
    is_ours = of_a_version.name == "compiled" and of_a_version.parent.name == "lienthong"
    return of_a_version if is_ours else Path(named) / "lienthong" / "compiled"


def usable_folder(version: str) -> Path | None:
    """A folder for one version's code that can be written: the user's, else one for this process and its workers.

    Returns None when nothing can be written anywhere.
    """
    folder = kept_code() / version
    try:
        _make(folder)
        _prune(folder)
    except OSError as error:
        note_trouble("unusable", folder, error)
        return _temporary_folder(version)
    return folder


def checked(content: bytes) -> bytes:
    """Octets with their checksum before them."""
    return hashlib.sha256(content).digest() + content


def read_checked(path: Path) -> bytes:
    """What was written with a checksum.

    Raises:
        DamagedCodeError: it is not what was written.
    """
    kept = path.read_bytes()
    if hashlib.sha256(kept[_CHECKSUM_OCTETS:]).digest() != kept[:_CHECKSUM_OCTETS]:
        raise DamagedCodeError(path.name)
    return kept[_CHECKSUM_OCTETS:]


def is_sound(folder: Path) -> bool:
    """Whether every file of code in a version's folder is what was written; if not, they are removed."""
    files = sorted(folder.glob("*/*.nb?"))
    try:
        for path in files:
            read_checked(path)
    except (DamagedCodeError, OSError) as error:
        note_trouble("damaged", folder, error)
        with suppress(OSError):
            for path in files:
                path.unlink(missing_ok=True)
        return False
    return True


def _make(folder: Path) -> None:
    """Make a folder and see that a file can be written in it."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(_PROBE_OCTETS))
        probe.flush()


def _temporary_folder(version: str) -> Path | None:
    """Gone with this process; its workers find it by `NUMBA_CACHE_DIR`."""
    try:
        top = Path(tempfile.mkdtemp(prefix="lienthong-"))
    except OSError:
        return None
    atexit.register(_remove, top, os.getpid())
    folder = top / "lienthong" / "compiled" / version
    try:
        _make(folder)
    except OSError:
        return None
    return folder


def _remove(folder: Path, made_by: int) -> None:
    if os.getpid() == made_by:
        shutil.rmtree(folder, ignore_errors=True)


def _prune(keep: Path) -> None:
    olds = sorted((p for p in keep.parent.iterdir() if p.is_dir() and p != keep), key=lambda p: p.stat().st_mtime)
    for old in olds[: max(0, len(olds) - CACHES_KEPT + 1)]:
        shutil.rmtree(old, ignore_errors=True)
