"""Compiling plain functions, with a cache that an edit can never fool.

Numba's own cache notices a change in the file of a compiled function, but not in a file that function
imports from, and would silently run old code. So the cache folder is named by the sources of the whole
model together with the versions and the processor that the machine code depends on.
"""

import hashlib
import os
import platform
import shutil
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

MODEL_FOLDERS = ("sim/engine", "sim/exchange", "sim/policy", "sim/traffic", "agents")
CACHES_KEPT = 4

F = TypeVar("F", bound=Callable[..., object])


def model_sources(root: Path | None = None) -> list[Path]:
    """The files whose text decides what the compiled model does, in a fixed order."""
    root = root or Path(__file__).resolve().parents[2]
    return sorted(path for folder in MODEL_FOLDERS for path in (root / folder).glob("*.py"))


def model_hash(root: Path | None = None) -> str:
    """Name of this version of the model: sources, Python, NumPy and numba, in 16 hexadecimal digits."""
    digest = hashlib.sha256()
    for path in model_sources(root):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    for part in (sys.version, version("numpy"), version("numba")):
        digest.update(part.encode())
    return digest.hexdigest()[:16]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return "".join(sorted({line for line in lines if line.startswith(("model name", "flags"))}))


def _caches() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "lienthong" / "compiled"


def cache_folder() -> Path:
    """Where the machine code of this model, on this processor, is kept for this user."""
    marks = hashlib.sha256((model_hash() + _processor()).encode()).hexdigest()[:16]
    return _caches() / marks


def is_compiled() -> bool:
    """True when an earlier run has left machine code for this very model."""
    return any(cache_folder().glob("*/*.nbi")) if cache_folder().exists() else False


def _prune(keep: Path) -> None:
    olds = sorted((p for p in _caches().iterdir() if p.is_dir() and p != keep), key=lambda p: p.stat().st_mtime)
    for old in olds[: max(0, len(olds) - CACHES_KEPT + 1)]:
        shutil.rmtree(old, ignore_errors=True)


def _prepare() -> None:
    if "NUMBA_CACHE_DIR" in os.environ or "numba" in sys.modules:
        return
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _prune(folder)
    except OSError:
        return
    os.environ["NUMBA_CACHE_DIR"] = str(folder)


_prepare()

import numba  # noqa: E402  (the cache folder must be set first)

COMPILATION: dict[str, Any] = {
    "cache": True,
    "error_model": "numpy",
    "forceinline": True,
    "_nrt": False,
    "no_cfunc_wrapper": True,
}


def njit(function: F) -> F:
    """Compile a plain function on first call; with `NUMBA_DISABLE_JIT=1` it stays plain Python.

    `forceinline` and `_nrt=False` make the event loop ten times faster here: otherwise each call copies the
    whole tuple of arrays and counts references to every one of them. Without the reference counter a
    compiled function must not make or keep arrays, which ours never do: the caller holds them all.
    """
    return cast("F", numba.njit(**COMPILATION)(function))
