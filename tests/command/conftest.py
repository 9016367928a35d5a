"""The tiny province, written once, and the program run in a temporary folder."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest
from tiny_province import ROOT, Do, Lienthong, started, without_language, write_tiny

from sim.command import main as program
from sim.report.figures.drawing import Picture, WrittenPicture, house_style, table_text
from sim.results.words import LANGUAGES, Lang
from sim.studies.drawing import written
from sim.studies.execution import Execution


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The scenario file of the tiny province."""
    return write_tiny(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(autouse=True, scope="module")
def blank_pictures() -> Iterator[None]:
    """Each picture is drawn once in a test file, and not put on paper, which takes most of a small run's time.

    In other processes, as `first` of test_runs.py and test_comparisons.py, all are.
    """
    drawn: set[tuple[str, Lang]] = set()

    def write(picture: Picture, folder: Path, languages: Sequence[Lang]) -> WrittenPicture:
        return _write_blank(picture, folder, languages, drawn)

    with patch("sim.report.folder.write_picture", write):
        yield


@pytest.fixture(autouse=True, scope="module")
def blank_workbooks() -> Iterator[None]:
    """Nor are workbooks filled, but where a test file reads them and overrides this."""
    with patch("sim.report.folder.write_workbook", lambda _tables, path, _language: path.write_bytes(b"")):
        yield


@pytest.fixture(autouse=True, scope="module")
def drawn_in_this_process() -> Iterator[None]:
    """Runs of two workers draw their pages here too, blank as others; that two processes draw the same is guarded by
    test_same_bytes.py."""
    with patch("sim.studies.drawing._side_by_side", lambda folder, kind, told: written(folder, kind, LANGUAGES, told)):
        yield


@pytest.fixture(autouse=True, scope="module")
def in_this_process() -> Iterator[None]:
    """Where nobody names how many processes, this one simulates, which has loaded the model, and no other is started.

    How many there are without a word is guarded by test_execution.py.
    """
    with patch.object(Execution, "processes", lambda execution: execution.workers or 0):
        yield


def _write_blank(
    picture: Picture, folder: Path, languages: Sequence[Lang], drawn: set[tuple[str, Lang]]
) -> WrittenPicture:
    data = folder / f"{picture.name}.csv"
    data.write_text(table_text(picture.data), encoding="utf-8", newline="")
    files: dict[str, dict[Lang, Path]] = {"svg": {}, "png": {}}
    for language in languages:
        if (picture.name, language) not in drawn:
            drawn.add((picture.name, language))
            with house_style():
                picture.draw(language)
        for ending, paths in files.items():
            paths[language] = folder / f"{picture.name}.{language}.{ending}"
            paths[language].write_bytes(b"")
    return WrittenPicture(picture, data, files["svg"], files["png"])


@pytest.fixture
def lienthong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lienthong:
    """Runs the program in `tmp_path` to its end, as a person who has typed the words would see it.

    In this process, which has loaded the libraries and the model once for all tests; in one of its own where the
    environment names what an interpreter reads when it starts.
    """

    def run(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
        if any(not name.startswith("LIENTHONG") for name in environment):
            process = started(tmp_path, *words, **environment)
            out, err = process.communicate(timeout=300)
            return subprocess.CompletedProcess(process.args, process.returncode, out, err)
        typed = [str(ROOT / "run.py"), *map(str, words)]
        out_text, err_text = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
        with monkeypatch.context() as there, redirect_stdout(out_text), redirect_stderr(err_text):
            there.chdir(tmp_path)
            there.setattr(sys, "argv", typed)
            there.setattr(sys, "orig_argv", [sys.executable, *typed])
            for name in set(os.environ) - set(without_language()):
                there.delenv(name)
            for name, value in environment.items():
                there.setenv(name, value)
            code = program.main()
        return subprocess.CompletedProcess(typed, code, _written(out_text), _written(err_text))

    return run


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


@pytest.fixture
def do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Do:
    """Runs the program in this process, in `tmp_path` and in English; returns code, answer and messages."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> tuple[int, str, str]:
        code = program.main([*map(str, words), "--lang", "en"])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
