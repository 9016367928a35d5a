"""Which program this is: its release, and a hash of every source that decides a replication's result."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, cast

from sim.results.words import Words

_ROOT = Path(__file__).resolve().parents[2]
_BESIDE = ("pdf*.py", "workbook_export.py", "workbook_money.py", "workbook_pen.py")
"""Files that no replication meets: what reads a signed PDF for `verify`, whose extra may be missing, and what writes a
scenario as a workbook."""
_WITHOUT = ("command", "events", "page", "report", "studies", "study")
"""Folders of `sim` that only ask for replications, store and show them."""
DECIDING = (
    "annotated-types",
    "asn1crypto",
    "cryptography",
    "holidays",
    "llvmlite",
    "openpyxl",
    "pandas",
    "pydantic",
    "pydantic-core",
    "pyhanko-certvalidator",
    "scipy",
    "simpy",
)
"""What a number rests on beside Python, NumPy and numba, which name the compiled model."""
_PACKAGES = ("numpy", "numba", *DECIDING, "matplotlib")


def release() -> str:
    """The release number; that of `pyproject.toml` when the program runs from its sources."""
    try:
        return version("lienthong")
    except PackageNotFoundError:
        import tomllib

        project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        return str(project["version"])


def deciding_sources() -> list[Path]:
    """Every source that could change a replication's result, in a fixed order."""
    folders = [path for path in (_ROOT / "sim").iterdir() if path.is_dir() and path.name not in _WITHOUT]
    found = [*(_ROOT / "sim").glob("*.py"), *(_ROOT / "agents").rglob("*.py")]
    inside = [file for folder in folders for file in folder.rglob("*.py")]
    return sorted([*found, *(file for file in inside if not any(file.match(beside) for beside in _BESIDE))])


def program_hash() -> str:
    """Sixteen digits that change with any source or package that could change a replication's result."""
    from sim.engine.jit import model_hash

    digest = hashlib.sha256(model_hash().encode())
    for path in deciding_sources():
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\n".encode())
        digest.update(path.read_bytes())
    for package in DECIDING:
        digest.update(f"{package} {version(package)}\n".encode())
    return digest.hexdigest()[:16]


def surroundings() -> dict[str, object]:
    """Python, packages and machine, as the manifest keeps them."""
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {name: version(name) for name in _PACKAGES},
    }


def changed_since(manifest: Mapping[str, Any]) -> Words:
    """What is no longer as a manifest says: Python, packages, the program itself, or else the scenario kept with it.

    Python and packages are part of the program's hash: where they differ, no more can be told of its own sources.
    """
    now = surroundings()
    before, after = {"Python": manifest.get("python"), **manifest.get("packages", {})}, {"Python": now["python"]}
    after |= cast("dict[str, object]", now["packages"])
    deciding = [name for name in ("Python", "numpy", "numba", *DECIDING) if before.get(name) != after[name]]
    if deciding:
        told = ", ".join(f"{name} ({before.get(name) or '?'} -> {after[name]})" for name in deciding)
        return Words(told, told)
    was, present = manifest.get("program_hash"), program_hash()
    if was != present:
        return Words(f"chương trình ({was} -> {present})", f"the program ({was} -> {present})")
    return Words("kịch bản trong thư mục", "the scenario in the folder")
