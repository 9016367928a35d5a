"""The tiny province, written once, and the program run in a temporary folder."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tiny_province import Do, Lienthong, started, write_tiny

from sim.command import main as program


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario file of the tiny province."""
    return write_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def lienthong(tmp_path: Path) -> Lienthong:
    """Runs the program in `tmp_path` to its end."""

    def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        process = started(tmp_path, *words, **environment)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    return run


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Do:
    """Runs the program in this process, in `tmp_path` and in English; returns code, answer and messages."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str, str]:
        code = program.main([*map(str, words), "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
