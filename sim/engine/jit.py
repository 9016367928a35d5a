"""Compiling plain functions, with a cache that an edit can never fool.

Numba's own cache notices a change in the file of a compiled function, but not in a file that function
imports from, and would silently run old code. So the cache folder is named by the sources of the whole
model together with the versions and the processor that the machine code depends on.
"""

import hashlib
import os
import pickle
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar, cast

from sim.engine.code_cache import checked, is_sound, note_trouble, read_checked, usable_folder

MODEL_FOLDERS = ("sim/engine", "sim/exchange", "sim/policy", "sim/traffic", "agents")

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


def _version_of_code() -> str:
    return hashlib.sha256((model_hash() + _processor()).encode()).hexdigest()[:16]


_FOLDER = usable_folder(_version_of_code())
if _FOLDER is not None:
    os.environ["NUMBA_CACHE_DIR"] = str(_FOLDER)  # worker processes use it too

from numba.core import config  # noqa: E402  (the cache folder must be set first)
from numba.core.caching import FunctionCache, IndexDataCacheFile  # noqa: E402

from sim.engine.compiling import Compiled  # noqa: E402

if _FOLDER is not None:
    setattr(config, "CACHE_DIR", str(_FOLDER))  # noqa: B010 - not declared; a notebook may have loaded numba before


def cache_folder() -> Path | None:
    """Where the machine code of this model, on this processor, is kept; None when it cannot be kept anywhere."""
    return _FOLDER


def is_compiled() -> bool:
    """True when an earlier run has left sound machine code for this very model; what is damaged is removed."""
    return _FOLDER is not None and any(_FOLDER.glob("*/*.nbi")) and is_sound(_FOLDER)


class _CheckedFiles(IndexDataCacheFile):
    """Files of one function's code, each with a checksum: damaged machine code would run, and count wrongly."""

    def _load_index(self) -> dict[object, str]:
        try:
            about, overloads = pickle.loads(read_checked(Path(self._index_path)))  # noqa: S301 - this user's own file
        except FileNotFoundError:
            return {}
        return cast("dict[object, str]", overloads if about == (self._version, self._source_stamp) else {})

    def _save_index(self, overloads: dict[object, str]) -> None:
        self._write(self._index_path, ((self._version, self._source_stamp), overloads))

    def _load_data(self, name: str) -> object:
        return pickle.loads(read_checked(Path(self._data_path(name))))  # noqa: S301 - this user's own file

    def _save_data(self, name: str, data: object) -> None:
        self._write(self._data_path(name), data)

    def _write(self, path: str, content: object) -> None:
        with self._open_for_write(path) as file:
            file.write(checked(self._dump(content)))


class _Cache(FunctionCache):
    """Code of one function. What cannot be read is compiled again, what cannot be written is not kept."""

    def __init__(self, function: Callable[..., object]) -> None:
        super().__init__(function)
        stamp = self._impl.locator.get_source_stamp()
        self._cache_file = _CheckedFiles(self.cache_path, self._impl.filename_base, stamp)

    def load_overload(self, sig: object, target_context: object) -> object:
        try:
            return super().load_overload(sig, target_context)
        except Exception as error:  # noqa: BLE001 - a torn pickle may raise anything
            note_trouble("damaged", Path(self.cache_path).parent, error)
            with suppress(OSError):
                self.flush()
            return None

    def save_overload(self, sig: object, data: object) -> None:
        try:
            super().save_overload(sig, data)
        except OSError as error:
            note_trouble("full", Path(self.cache_path).parent, error)


COMPILATION: dict[str, Any] = {"error_model": "numpy", "_nrt": False, "no_cfunc_wrapper": True}


def njit(function: F) -> F:
    """Compile a plain function on first call; with `NUMBA_DISABLE_JIT=1` it stays plain Python.

    Each caller takes in a copy, which makes the event loop a quarter faster. `_nrt=False`: without the reference
    counter a compiled function must not make or keep arrays, which ours never do: the caller holds them all.
    """
    return _compiled(function, inlined=True)


def njit_apart(function: F) -> F:
    """The same for a large function that runs seldom: callers call it, and it is compiled once instead of for each."""
    return _compiled(function, inlined=False)


def _compiled(function: F, *, inlined: bool) -> F:
    if cast("Any", config).DISABLE_JIT:
        return function
    compiled = Compiled(function, {**COMPILATION, "forceinline": inlined})
    if _FOLDER is not None:
        cast("Any", compiled)._cache = _Cache(function)
    return cast("F", compiled)
