"""Which program it is: every source and package that decides a number changes its fingerprint."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from importlib.metadata import version as installed
from pathlib import Path

import pytest
from tiny_province import Lienthong

from sim.studies import version

NAMED_BY_THE_COMPILED_MODEL = {"numpy", "numba"}


@pytest.mark.parametrize("package", ["scipy", "pandas", "llvmlite"])
def test_another_version_of_a_package_that_decides_is_another_program(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = version.program_hash()
    monkeypatch.setattr(version, "version", lambda name: "0.0.1" if name == package else installed(name))
    assert version.program_hash() != before


@pytest.mark.parametrize("package", sorted(NAMED_BY_THE_COMPILED_MODEL))
def test_another_numpy_or_numba_is_another_program(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = version.program_hash()
    monkeypatch.setattr("sim.engine.jit.version", lambda name: "0.0.1" if name == package else installed(name))
    assert version.program_hash() != before


def test_every_package_that_the_deciding_sources_import_is_in_the_fingerprint() -> None:
    packages = packages_distributions()
    used = {module: packages[module] for file in version.deciding_sources() for module in modules_of(file)}
    known = {plain(name) for name in version.DECIDING} | NAMED_BY_THE_COMPILED_MODEL
    assert [module for module, names in used.items() if not known & {plain(name) for name in names}] == []


def test_a_changed_source_is_another_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = version.deciding_sources()[0].parents[1]
    copies = [tmp_path / file.relative_to(root) for file in version.deciding_sources()]
    for copy in copies:
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((root / copy.relative_to(tmp_path)).read_bytes())
    before = version.program_hash()
    monkeypatch.setattr(version, "_ROOT", tmp_path)
    assert version.program_hash() == before
    changed = tmp_path / "sim" / "measure" / "targets.py"
    changed.write_text(changed.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert version.program_hash() != before


def test_version_tells_the_program_and_the_model(lienthong: Lienthong) -> None:
    told = lienthong("--version", "--lang", "en")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == f"lienthong {version.release()}, model {version.program_hash()}\n"
    assert "--version" in lienthong("--help", "--lang", "en").stdout


def modules_of(file: Path) -> Iterator[str]:
    """First names of all modules from elsewhere that a file imports."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        firsts = {name.partition(".")[0] for name in names}
        yield from sorted(firsts - sys.stdlib_module_names - {"sim", "agents"})


def plain(name: str) -> str:
    """A package's name as registries compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()
