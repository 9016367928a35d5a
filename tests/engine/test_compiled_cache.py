"""Compiled code never outlives its source: an edit anywhere in the model is met by newly compiled code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sim.engine.jit import MODEL_FOLDERS, cache_folder, model_hash, model_sources

ROOT = Path(__file__).resolve().parents[2]

DEEP = """
import json
from sim.engine.draws import identity
from sim.exchange.founding import found
from sim.scenario.loading import load
from sim.scenario.drawn import draw_parameters
from agents.registry_clerk import registry_work_ms
from sim.exchange.pool import take_document, take_job
from sim.engine.jit import cache_folder
from sim.engine.code_cache import TROUBLES
loaded = load("binh_dinh_2016_2020", sets=["people.service_shape=constant"])
world = found(loaded, draw_parameters(loaded.scenario, 1, certain=True), 1).world
document = take_document(world)
world.documents[document].sender = 1
job = take_job(world, 5, 0, 10, document)
took = int(registry_work_ms(world, job, 0))
print(json.dumps([took, str(cache_folder()), [trouble.kind for trouble in TROUBLES]]))
"""
"""Asks a function of one file (a clerk's work) that rests on two files below it (service, distributions)."""

SMALL = """
import json
from sim.engine.distributions import exponential
from sim.engine.jit import cache_folder
from sim.engine.code_cache import TROUBLES
print(json.dumps([exponential(0.25, 3.0), str(cache_folder()), [trouble.kind for trouble in TROUBLES]]))
"""

WHOLE = """
import json
from sim.model.simulate import simulate
from sim.scenario.loading import load
loaded = load("binh_dinh_2016_2020", until="2016-01-05", sets=["plan.decided=2016-01-01", "horizon.warm_up=0 days"])
record = simulate(loaded, 1, 0)
print(json.dumps([int(record.worked_ms.sum()), record.tally["visits"]]))
"""


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program in a folder of its own."""
    for name in ("sim", "agents", "scenarios"):
        shutil.copytree(ROOT / name, tmp_path / "copy" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "copy"


def answer(copy: Path, program: str, **more: str) -> list[object]:
    """What a fresh process says that runs the copy, with a cache of its own beside it."""
    environment = {k: v for k, v in os.environ.items() if k not in ("NUMBA_CACHE_DIR", "NUMBA_DISABLE_JIT")}
    environment |= {
        "PYTHONPATH": str(copy),
        "XDG_CACHE_HOME": str(copy.parent / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
        **more,
    }
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result: list[object] = json.loads(done.stdout)
    return result


def edit(copy: Path, file: str, old: str, new: str) -> None:
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} is not once in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_edit_two_files_below_is_seen(copy: Path) -> None:
    """Printing a copy takes its mean of 90 s; the law of durations, not the clerk, is then made a second longer."""
    first, folder, troubles = answer(copy, DEEP)
    assert (first, troubles) == (90_000, [])
    assert answer(copy, DEEP) == [first, folder, []], "the second process finds the first one's code"
    assert any(Path(str(folder)).glob("*/*.nbi"))
    edit(copy, "sim/engine/distributions.py", "max(1, int(value + 0.5))", "max(1, int(value + 1000.5))")
    second, other, _ = answer(copy, DEEP)
    assert second == 91_000
    assert other != folder


@pytest.mark.slow
def test_where_no_cache_can_be_written_an_edit_is_seen_too(copy: Path) -> None:
    """Numba would keep the code beside the sources, and there an edit two files below goes unnoticed."""
    first, folder, troubles = answer(copy, DEEP, XDG_CACHE_HOME="/dev/null/cache")
    assert (first, troubles) == (90_000, ["unusable"])
    assert not Path(str(folder)).exists(), "the temporary folder goes with its process"
    edit(copy, "sim/engine/distributions.py", "max(1, int(value + 0.5))", "max(1, int(value + 1000.5))")
    assert answer(copy, DEEP, XDG_CACHE_HOME="/dev/null/cache")[0] == 91_000
    assert not any(copy.rglob("*.nbi"))


@pytest.mark.slow
def test_a_folder_named_for_numba_serves_one_version_only(copy: Path) -> None:
    first, folder, _ = answer(copy, DEEP, NUMBA_CACHE_DIR=str(copy.parent / "named"))
    assert (first, Path(str(folder)).is_relative_to(copy.parent / "named")) == (90_000, True)
    edit(copy, "sim/engine/distributions.py", "max(1, int(value + 0.5))", "max(1, int(value + 1000.5))")
    second, other, _ = answer(copy, DEEP, NUMBA_CACHE_DIR=str(folder))
    assert second == 91_000
    assert Path(str(other)).parent == Path(str(folder)).parent, "a folder of another version is no base for ours"


@pytest.mark.parametrize("damage", ["index cut", "code changed"])
def test_damaged_code_is_compiled_again(copy: Path, damage: str) -> None:
    first, folder, _ = answer(copy, SMALL)
    for path in Path(str(folder)).glob("*/*.nbi" if damage == "index cut" else "*/*.nbc"):
        kept = path.read_bytes()
        middle = len(kept) // 2
        changed = kept[:middle] + bytes([kept[middle] ^ 1]) + kept[middle + 1 :]
        path.write_bytes(changed if damage == "code changed" else kept[:middle])
    assert answer(copy, SMALL) == [first, folder, ["damaged"]]
    assert answer(copy, SMALL) == [first, folder, []]


def test_a_folder_that_fills_up_stops_nothing(copy: Path) -> None:
    """What is compiled cannot be written: numba itself would end the run there."""
    limited = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (70_000, 70_000))\n"
    ignored = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
    grow = "from sim.engine import code_cache; code_cache._CHECKSUM = code_cache.checked\n"
    big = "code_cache.checked = lambda content: code_cache._CHECKSUM(content) + bytes(70_000)\n"
    first, _, troubles = answer(copy, f"{limited}{ignored}{grow}{big}{SMALL}")
    assert troubles == ["full"]
    assert answer(copy, SMALL)[0] == first


@pytest.mark.nightly
def test_an_edit_of_a_rule_changes_the_whole_simulation(copy: Path) -> None:
    """The loop is compiled as one piece, half a minute or so for each version of the rule.

    Nightly: that an edit names another folder, and that a folder serves one version only, the quick tests above show on
    functions that compile in seconds.
    """
    before = answer(copy, WHOLE)
    assert answer(copy, WHOLE) == before
    edit(
        copy,
        "agents/registry_clerk.py",
        "service_ms(w, j, rules.print_copy_ms)",
        "service_ms(w, j, 3.0 * rules.print_copy_ms)",
    )
    after = answer(copy, WHOLE)
    assert after != before
    assert int(str(after[0])) > int(str(before[0]))


def test_any_edit_of_the_model_gives_it_another_name(copy: Path) -> None:
    before = model_hash(copy)
    assert before == model_hash(ROOT)
    names = {before}
    files = model_sources(copy)
    for folder in MODEL_FOLDERS:
        file = next(f for f in files if f.parent == copy / folder and f.name != "__init__.py")
        text = file.read_bytes()
        file.write_bytes(text + b"\n# another\n")
        names.add(model_hash(copy))
        file.write_bytes(text)
    (copy / "agents" / "newcomer.py").write_text("ANSWER = 1\n", encoding="utf-8")
    names.add(model_hash(copy))
    (copy / "agents" / "newcomer.py").unlink()
    assert len(names) == len(MODEL_FOLDERS) + 2
    assert model_hash(copy) == before


def test_what_is_not_the_model_does_not_count(copy: Path) -> None:
    before = model_hash(copy)
    (copy / "scenarios" / "defaults.toml").write_text("", encoding="utf-8")
    (copy / "sim" / "command").mkdir(exist_ok=True)
    (copy / "sim" / "command" / "more.py").write_text("", encoding="utf-8")
    assert model_hash(copy) == before
    folder = cache_folder()
    assert folder is not None
    assert folder.parent.name == "compiled"


def test_text_moved_between_files_is_another_model(tmp_path: Path) -> None:
    """Names and contents are kept apart: neither a renamed file nor a moved line goes unnoticed."""
    seen = set()
    for first, second in (("a = 1\n", "b = 2\n"), ("a = 1\nb = 2\n", ""), ("", "a = 1\nb = 2\n")):
        for folder in MODEL_FOLDERS:
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "agents" / "one.py").write_text(first, encoding="utf-8")
        (tmp_path / "agents" / "two.py").write_text(second, encoding="utf-8")
        seen.add(model_hash(tmp_path))
    (tmp_path / "agents" / "two.py").rename(tmp_path / "agents" / "three.py")
    seen.add(model_hash(tmp_path))
    assert len(seen) == 4
