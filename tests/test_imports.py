"""Imports run one way, slow libraries stay out of `--help`, and the model keeps to exact arithmetic."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ABOVE = {
    "sim.engine": set(),
    "sim.results": set(),
    "sim.scenario": {"sim.engine", "sim.results"},
    "sim.exchange": {"sim.engine", "sim.results", "sim.scenario"},
    "sim.policy": {"sim.engine", "sim.results", "sim.scenario", "sim.exchange"},
    "agents": {"sim.engine", "sim.scenario", "sim.exchange", "sim.policy"},
    "sim.traffic": {"sim.engine", "sim.exchange", "agents"},
    "sim.model": {"sim.engine", "sim.scenario", "sim.exchange", "sim.policy", "agents", "sim.traffic"},
    "sim.measure": {"sim.engine", "sim.results", "sim.scenario", "sim.exchange", "sim.policy", "sim.model"},
    "sim.events": {"sim.engine", "sim.results", "sim.scenario", "sim.exchange", "sim.traffic", "sim.model"},
    "sim.report": {"sim.results"},
    "sim.studies": {
        "sim.engine",
        "sim.results",
        "sim.scenario",
        "sim.model",
        "sim.measure",
        "sim.events",
        "sim.report",
    },
    "sim.command": {"sim.results", "sim.scenario", "sim.exchange", "sim.measure", "sim.report", "sim.studies"},
    "run": {"sim.command"},
    "lienthong": {"sim.results", "sim.scenario", "sim.model", "sim.measure", "sim.studies"},
}
"""Which part may import which: `report` reads tables only, `command` prints what studies give."""
MODEL = ("sim/engine", "sim/exchange", "sim/policy", "sim/traffic", "agents")


def sources() -> list[Path]:
    files = [*(ROOT / "sim").rglob("*.py"), *(ROOT / "agents").rglob("*.py"), ROOT / "run.py", ROOT / "lienthong.py"]
    return sorted(file for file in files if file.exists())


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def part_of(module: str) -> str:
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "sim" else parts[0]


def imported(tree: ast.AST) -> Iterator[str]:
    """Every module that a file imports anywhere, in functions too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute, so that this test can read them"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names) if module in ("sim", "agents") else [module]


def test_the_test_knows_every_part() -> None:
    parts = {part_of(module_of(file)) for file in sources()} - {"sim"}
    assert parts <= ABOVE.keys(), "a new part must say what it may import"
    assert len(sources()) > 100


@pytest.mark.parametrize("part", ABOVE)
def test_imports_run_one_way(part: str) -> None:
    wrong = []
    for file in sources():
        module = module_of(file)
        if part_of(module) != part:
            continue
        for name in imported(ast.parse(file.read_text(encoding="utf-8"))):
            other = part_of(name)
            is_ours = name.split(".")[0] in ("sim", "agents", "run", "lienthong")
            if is_ours and other not in (ABOVE[part] | {part, "sim"}):
                wrong.append(f"{module} imports {name}")
    assert wrong == []


def test_the_rule_has_no_circle() -> None:
    """Taking away what imports nothing, again and again, leaves nothing."""
    left = {part: set(below) for part, below in ABOVE.items()}
    while left:
        free = {part for part, below in left.items() if not below & left.keys()}
        assert free, f"these import one another: {sorted(left)}"
        left = {part: below for part, below in left.items() if part not in free}


def test_the_rule_is_not_looser_than_the_program() -> None:
    """A permission that nobody uses is taken away here too."""
    used: dict[str, set[str]] = {part: set() for part in ABOVE}
    for file in sources():
        for name in imported(ast.parse(file.read_text(encoding="utf-8"))):
            part, other = part_of(module_of(file)), part_of(name)
            if other in ABOVE and part in used and other != part:
                used[part].add(other)
    loose = {part: sorted(ABOVE[part] - used[part]) for part in ABOVE if ABOVE[part] - used[part]}
    assert loose.keys() <= {"sim.studies"}, loose


FORBIDDEN = {"exp", "log", "log2", "log10", "log1p", "expm1", "power", "sin", "cos", "dot", "matmul", "random"}


@pytest.mark.parametrize("folder", MODEL)
def test_no_numpy_transcendental_and_no_foreign_luck(folder: str) -> None:
    """NumPy's array functions differ in last bits between processors, and its generators between versions."""
    wrong = []
    for file in sorted((ROOT / folder).rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "np":
                wrong += [f"{file.name}:{node.lineno} np.{node.attr}"] if node.attr in FORBIDDEN else []
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult):
                wrong.append(f"{file.name}:{node.lineno} @")
        wrong += [
            f"{file.name} imports {name}"
            for name in imported(tree)
            if name.split(".")[0] in ("random", "secrets", "time")
        ]
    assert wrong == []


def test_hash_and_set_order_decide_nothing() -> None:
    """Neither `hash` nor a loop over a set display in the model: both change from process to process."""
    wrong = []
    for folder in MODEL:
        for file in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hash":
                    wrong.append(f"{file.name}:{node.lineno} hash()")
                loop = node.iter if isinstance(node, ast.For | ast.comprehension) else None
                if isinstance(loop, ast.Set | ast.SetComp) or (
                    isinstance(loop, ast.Call)
                    and isinstance(loop.func, ast.Name)
                    and loop.func.id in ("set", "frozenset")
                ):
                    wrong.append(f"{file.name} loops over a set")
    assert wrong == []


def top_names(tree: ast.Module) -> Iterator[str]:
    """Names that a module gives itself: constants, functions, classes; codes numbered in one line stay together."""
    for node in tree.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))


def test_every_name_is_given_once_and_used() -> None:
    """What a split or a rewrite leaves behind; the linter sees neither a constant given twice nor one nobody reads."""
    code = {file: file.read_text(encoding="utf-8") for file in sources()}
    tests = [file.read_text(encoding="utf-8") for file in (ROOT / "tests").rglob("*.py")]
    spoken = Counter(re.findall(r"\w+", "\n".join([*code.values(), *tests])))
    wrong = []
    for file, text in code.items():
        words = Counter(re.findall(r"\w+", text))
        for name, given in Counter(top_names(ast.parse(text))).items():
            own = name.startswith("_") and not name.startswith("__")
            if given > 1:
                wrong.append(f"{module_of(file)}: {name} is given {given} times")
            if (words if own else spoken)[name] <= given and not name.startswith("__"):
                wrong.append(f"{module_of(file)}: nobody uses {name}")
    assert wrong == []
