"""The program as a wheel holds it: everything is inside, and it writes nothing where it is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from tiny_province import write_tiny

from sim.scenario import places
from sim.scenario.loading import load
from sim.scenario.new import new

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SHIPPED = ("sim", "agents", "scenarios")
NOT_SHIPPED = {".py", ".pyc"}


def test_every_module_beside_the_folders_is_shipped() -> None:
    beside = sorted(file.stem for file in ROOT.glob("*.py") if file.stem != "setup")
    assert sorted(PROJECT["tool"]["setuptools"]["py-modules"]) == beside


def test_every_kind_of_file_in_the_folders_is_shipped() -> None:
    """A template or table with a new ending is not forgotten in the wheel."""
    patterns = PROJECT["tool"]["setuptools"]["package-data"]["*"]
    files = [file for folder in SHIPPED for file in (ROOT / folder).rglob("*") if file.is_file()]
    forgotten = [
        file.relative_to(ROOT).as_posix()
        for file in files
        if file.suffix not in NOT_SHIPPED and not any(file.match(pattern) for pattern in patterns)
    ]
    assert len(files) > 300
    assert forgotten == []


def test_an_installed_program_writes_scenarios_where_the_user_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sim.scenario.places.IS_CLONE", False)
    monkeypatch.chdir(tmp_path)
    path = new("mine", "binh_dinh_2016_2020")
    assert path == tmp_path / "mine" / "mine.toml"
    assert load("mine").scenario.name == load("mine/mine.toml").scenario.name == load("./mine").scenario.name == "mine"
    assert places.own_file("initial", "mine.csv") == tmp_path / "mine.csv"


def test_a_clone_keeps_its_scenarios_together() -> None:
    assert places.IS_CLONE
    assert places.own_file("initial", "mine.csv") == ROOT / "scenarios" / "initial" / "mine.csv"


@pytest.mark.slow
def test_a_wheel_runs_in_an_empty_environment(tmp_path: Path) -> None:
    """Built from these sources, installed away from them, started in an empty folder."""
    wheel = built_wheel(tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert wanted_files() - held == set()
    python = installed(wheel, tmp_path / "environment")
    where = [python, "-B", "-c", "import run; print(run.__file__)"]
    site = Path(subprocess.check_output(where, text=True).strip()).parent
    before = written(site)
    here = tmp_path / "here"
    here.mkdir()
    environment = {
        "HOME": str(tmp_path / "home"),
        "PATH": os.environ["PATH"],
        "PYTHONPYCACHEPREFIX": str(tmp_path / "c"),
    }
    tiny = write_tiny(tmp_path)

    def lienthong(*words: object) -> str:
        finished = subprocess.run(
            [python.with_name("lienthong"), *map(str, words), "--lang", "en"],
            cwd=here,
            env=environment,
            capture_output=True,
            text=True,
            timeout=400,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    assert "binh_dinh_2016_2020" in lienthong("list")
    assert "valid: 2016-01-01 to 2020-12-31" in lienthong("check", "binh_dinh_2016_2020")
    assert "20" in lienthong("run", "binh_dinh_2016_2020", "--dry-run")
    assert list(here.iterdir()) == []
    assert lienthong("new", "mine", "--from", "binh_dinh_2016_2020") == f"{here / 'mine' / 'mine.toml'}\n"
    assert "valid" in lienthong("check", "mine")
    answered = lienthong("run", tiny, "--replications", 2, "--until", "2016-02-29", "--workers", 1)
    (folder,) = (here / "results").iterdir()
    assert f"Report: results/{folder.name}/report.en.html" in answered
    made = {file.name for file in folder.iterdir()}
    assert {"targets.csv", "report.vi.html", "report.en.html", "report.xlsx"} <= made
    assert "lienthong 0." in lienthong("--version")
    assert sorted(file.name for file in here.iterdir()) == ["mine", "results"]
    assert {file.name for file in (tmp_path / "home").iterdir()} <= {".cache", ".config"}
    assert written(site) == before


def built_wheel(folder: Path) -> Path:
    """A wheel of these sources, built in a copy so that nothing of the build stays here."""
    copy = folder / "sources"
    copy.mkdir()
    for name in SHIPPED:
        copytree(ROOT / name, copy / name, ignore=ignore_patterns("__pycache__"))
    for file in [*ROOT.glob("*.py"), *ROOT.glob("*.toml"), *ROOT.glob("*.md"), ROOT / "LICENSE"]:
        (copy / file.name).write_bytes(file.read_bytes())
    wheels = folder / "wheels"
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", wheels, copy], check=True, timeout=300
    )
    (wheel,) = wheels.glob("lienthong-*.whl")
    return wheel


def wanted_files() -> set[str]:
    """Every file of the folders that are shipped, and the modules beside them."""
    files = [file for folder in SHIPPED for file in (ROOT / folder).rglob("*") if file.is_file()]
    files += ROOT.glob("*.py")
    return {file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts}


def installed(wheel: Path, folder: Path) -> Path:
    """The Python of a new environment that holds the wheel and what it needs; bytecode is left to who imports."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "--no-compile", wheel], check=True, timeout=600)
    return python


def written(folder: Path) -> dict[str, int]:
    """Every file below a folder and when it was last written."""
    return {str(file): file.stat().st_mtime_ns for file in folder.rglob("*") if file.is_file()}
