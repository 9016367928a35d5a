"""Which program this is: its release, and a hash of every source that decides a replication's result."""

from __future__ import annotations

import hashlib
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[2]
_FOLDERS = (
    "sim/engine",
    "sim/results",
    "sim/scenario",
    "sim/exchange",
    "sim/exchange/signature",
    "sim/policy",
    "sim/traffic",
    "sim/model",
    "sim/measure",
    "agents",
)
_DECIDING = ("simpy", "holidays", "cryptography", "pyhanko-certvalidator", "asn1crypto")
_PACKAGES = ("simpy", "numpy", "numba", "pydantic", "holidays", "matplotlib")


def release() -> str:
    """The release number; that of `pyproject.toml` when the program runs from its sources."""
    try:
        return version("lienthong")
    except PackageNotFoundError:
        import tomllib

        project = tomllib.loads((_ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
        return str(project["version"])


def program_hash() -> str:
    """Sixteen digits that change with any source or package that could change a replication's result."""
    from sim.engine.jit import model_hash

    digest = hashlib.sha256(model_hash().encode())
    for folder in _FOLDERS:
        for path in sorted((_ROOT / folder).glob("*.py")):
            digest.update(f"{folder}/{path.name}\n".encode())
            digest.update(path.read_bytes())
    for package in _DECIDING:
        digest.update(version(package).encode())
    return digest.hexdigest()[:16]


def surroundings() -> dict[str, object]:
    """Python, packages and machine, as the manifest keeps them."""
    return {
        "python": platform.python_version(),
        "platform": platform.platform(),
        "packages": {name: version(name) for name in _PACKAGES},
    }
