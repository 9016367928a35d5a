"""The notebooks in `docs/` run from their first cell to their last, and say what the run folders say."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

import matplotlib as mpl
import pytest

import lienthong

LOAD = lienthong.load
DOCS = Path(__file__).resolve().parents[2] / "docs"
NOTEBOOKS = {"en": DOCS / "notebook.ipynb", "vi": DOCS / "notebook.vi.ipynb"}


def cells(notebook: Path, kind: str = "code") -> list[str]:
    content = json.loads(notebook.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == kind]


def without_words(cell: str) -> str:
    """Its code with every text blank, since labels are in the notebook's own language."""
    tree = ast.parse(cell)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            node.value = ""
    return ast.dump(tree)


def test_the_two_languages_have_the_same_code() -> None:
    english, vietnamese = (list(map(without_words, cells(NOTEBOOKS[lang]))) for lang in ("en", "vi"))
    assert english == vietnamese
    assert len(cells(NOTEBOOKS["en"], "markdown")) == len(cells(NOTEBOOKS["vi"], "markdown"))


def test_no_cell_keeps_what_it_gave() -> None:
    for notebook in NOTEBOOKS.values():
        content = json.loads(notebook.read_text(encoding="utf-8"))
        assert not any(cell.get("outputs") or cell.get("execution_count") for cell in content["cells"])


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One empty folder to stand in, so that the second notebook finds what the first has simulated."""
    before = Path.cwd()
    folder = tmp_path_factory.mktemp("notebook")
    os.chdir(folder)
    mpl.use("Agg")
    try:
        yield folder
    finally:
        os.chdir(before)


@pytest.fixture(scope="module", params=NOTEBOOKS)
def names(request: pytest.FixtureRequest, standing: Path) -> dict[str, Any]:
    """Every name that a notebook leaves behind, its provinces with one in fifty of their documents and dossiers."""
    found: dict[str, Any] = {}
    with patch("lienthong.load", _thinned):
        for cell in cells(NOTEBOOKS[request.param]):
            exec(compile(cell, "notebook", "exec"), found)  # noqa: S102
    return found


def _thinned(name: str, **layers: Any) -> lienthong.Plan:
    return LOAD(name, **{**layers, "set": {**layers.get("set", {}), "run.thinning": "50"}})


@pytest.mark.slow
def test_it_ends_with_the_results_that_its_folders_hold(names: dict[str, Any]) -> None:
    run, study, swept = names["run"], names["study"], names["swept"]
    assert (run.kind, study.kind, swept.kind) == ("run", "compare", "sweep")
    assert run.manifest["replications_done"] == 2
    assert set(study.compare["cell"]) == {"baseline", "option:poll_5_min"}
    assert list(swept.cells["status"]) == ["done"] * 3
    assert list(run.by_year("a3")["year"]) == list(range(2016, 2021))
    header, *lines = (run.folder / "series.csv").read_text(encoding="utf-8").splitlines()
    assert list(run.series.columns) == header.split(",")
    assert len(run.series) == len(lines)
    assert str(run.series["date"].dtype).startswith("datetime64")


@pytest.mark.slow
def test_its_own_figure_draws_what_the_table_of_cells_holds(names: dict[str, Any]) -> None:
    cells_of = names["swept"].cells
    drawn = [list(line.get_ydata()) for line in names["axes"].lines]
    assert drawn == [list(cells_of["a4"]), list(cells_of["b4_commune"])]
    assert list(cells_of["planned_million_vnd"]) == sorted(cells_of["planned_million_vnd"])


@pytest.mark.slow
def test_every_object_it_shows_is_said_in_a_line(names: dict[str, Any]) -> None:
    for name in ("plan", "often", "run", "study", "swept", "record"):
        assert len(repr(names[name])) < 300, name
        assert "\n" not in repr(names[name]), name
