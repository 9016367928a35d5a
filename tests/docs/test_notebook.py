"""The notebook in `docs/` runs from its first cell to its last, and says what the run folder says."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).resolve().parents[2] / "docs" / "notebook.ipynb"

pytestmark = pytest.mark.slow


def cells() -> list[str]:
    content = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Every name that the notebook leaves behind, run in an empty folder."""
    before = Path.cwd()
    found: dict[str, Any] = {}
    os.chdir(tmp_path_factory.mktemp("notebook"))
    try:
        for cell in cells():
            exec(compile(cell, "notebook", "exec"), found)  # noqa: S102
        yield found
    finally:
        os.chdir(before)


def test_it_ends_with_the_results_that_its_folders_hold(names: dict[str, Any]) -> None:
    run, study, swept = names["run"], names["study"], names["swept"]
    assert (run.kind, study.kind, swept.kind) == ("run", "compare", "sweep")
    assert run.manifest["replications_done"] == 2
    assert set(study.compare["cell"]) == {"baseline", "option:poll_5_min"}
    assert list(swept.cells["status"]) == ["done", "done"]
    assert list(run.by_year("a3")["year"]) == list(range(2016, 2021))
    header, *lines = (run.folder / "series.csv").read_text(encoding="utf-8").splitlines()
    assert list(run.series.columns) == header.split(",")
    assert len(run.series) == len(lines)
    assert str(run.series["date"].dtype).startswith("datetime64")


def test_every_object_it_shows_is_said_in_a_line(names: dict[str, Any]) -> None:
    for name in ("plan", "often", "run", "study", "swept", "record"):
        assert len(repr(names[name])) < 300, name
        assert "\n" not in repr(names[name]), name
