"""The notebook's door on the tiny province: the same folders as the commands, and DataFrames of their tables."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import patch

import pandas as pd
import pytest
from tiny_province import write_tiny

import lienthong as lt
from sim.command import main as program
from sim.scenario.listing import list_scenarios
from sim.scenario.units import UnitError
from sim.studies.spec import SpecError


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Iterator[lt.Plan]:
    """The tiny province, in an empty folder to stand in."""
    folder = tmp_path_factory.mktemp("door")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield lt.load(write_tiny(folder))


@pytest.fixture(scope="module")
def run(plan: lt.Plan) -> lt.Results:
    return lt.run(plan, replications=3, workers=0)


def rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_frame_holds_what_its_file_holds(run: lt.Results) -> None:
    for name in ("targets", "series", "parameters", "spending", "agencies"):
        frame, written = getattr(run, name), rows(run.folder / f"{name}.csv")
        assert list(frame.columns) == list(written[0])
        assert len(frame) == len(written)
        for column in frame.select_dtypes("number"):
            wanted = [float(row[column]) if row[column] else None for row in written]
            assert [None if pd.isna(value) else float(value) for value in frame[column]] == wanted, (name, column)


def test_every_column_of_every_table_is_in_the_codebook(run: lt.Results) -> None:
    listed = rows(run.folder / "codebook.csv")
    for name in ("targets", "saturation", "dossier_checks"):
        header = (run.folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert [row["column"] for row in listed if row["table"] == name] == header.split(",")
    assert all(row["meaning_vi"] and row["meaning_en"] for row in listed)
    assert len(run.codebook) == len(listed)


def test_the_command_finds_the_run_that_the_notebook_made(
    plan: lt.Plan, run: lt.Results, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["run", str(plan.layers["scenario"]), "--replications", "3", "--workers", "0", "--lang", "en"]
    assert program.main(words) == 0
    assert f"already there in {run.folder}" in capsys.readouterr().err


def test_by_year_says_in_the_due_year_what_the_verdict_says(run: lt.Results) -> None:
    asked = run.targets.iloc[0]
    found = run.by_year("electronic")
    assert list(found["year"]) == [2016]
    due = found.iloc[0]
    same = ["median", "p05", "p95", "p_reached", "threshold", "n"]
    assert list(due[same]) == list(asked[same])
    assert (due["state"], due["as_of"], due["window_months"]) == (asked["verdict"], asked["due"], 3)
    assert list(found.columns)[:3] == ["year", "median", "p05"], "what is asked for stands first, where pandas cuts"
    assert run.by_year("electronic", lang="vi")["state"][0].startswith("chưa đủ cơ sở kết luận")
    assert run.by_year(1).equals(found)
    assert run.by_year("1").equals(found), "a target is named by its code or its number"
    assert run.figure(1) == run.figure("electronic")
    with pytest.raises(KeyError, match=r"no target nothing; there are 1 \(electronic\)"):
        run.by_year("nothing")
    with pytest.raises(KeyError, match="chỉ tiêu electronic không có cách tính 'none'; có: plan"):
        run.by_year("electronic", "none", lang="vi")


def test_a_comparison_and_a_sweep_are_folders_too(plan: lt.Plan) -> None:
    compared = lt.compare(plan, options=["poll_5_min"], replications=2, workers=0)
    assert set(compared.compare["cell"]) == {"baseline", "option:poll_5_min"}
    swept = lt.sweep(plan, {"budget.scale.I.1": (0, 2, 2)}, workers=0)
    assert list(swept.cells["budget.scale.I.1"]) == [0.0, 2.0]
    assert list(lt.open(swept.folder).cells["cell"]) == [0, 1]


def test_a_run_tries_options_and_writes_its_brief(plan: lt.Plan, run: lt.Results) -> None:
    before = run.targets
    few = tuple(one for one in list_scenarios() if one.name in ("poll_5_min", "second_line"))
    with patch("sim.studies.remedies.list_scenarios", lambda: few):
        tried = lt.run(plan, replications=3, workers=0, remedies="5 min")
    assert tried.folder == run.folder
    assert set(tried.remedies["option"]) == {"poll_5_min", "second_line"}
    assert tried.targets.equals(before)
    page = tried.brief("en")
    assert page == tried.folder / "brief.en.pdf"
    assert page.read_bytes().startswith(b"%PDF")
    assert page.with_suffix(".docx").is_file()
    with pytest.raises(UnitError):
        lt.run(plan, remedies="soon")
    with pytest.raises(AttributeError, match="has no brief"):
        lt.compare(plan, options=["poll_5_min"], replications=2, workers=0).brief()


def test_a_setting_is_laid_over_the_plan(plan: lt.Plan) -> None:
    often = lt.load(plan.layers["scenario"], set={"network.poll_interval": "6 min"})
    polled = often.parameters.set_index("key").loc["network.poll_interval", "value"]
    assert polled == 360_000.0
    assert "network.poll_interval=6 min" in repr(often)


def test_what_cannot_be_asked_is_refused_with_the_field(plan: lt.Plan) -> None:
    with pytest.raises(SpecError, match="replications"):
        lt.run(plan, replications=-1)
    with pytest.raises(AttributeError, match="its tables: targets, series"):
        _ = lt.run(plan, replications=3, workers=0).swings


def test_no_object_fills_the_notebook(plan: lt.Plan, run: lt.Results) -> None:
    for shown in (plan, plan.loaded, run, lt.simulate(plan), run.figure("electronic")):
        assert len(repr(shown)) < 300
        assert "\n" not in repr(shown)
    assert len(run._repr_html_()) < 50_000
