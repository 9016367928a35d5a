"""The pages of verdicts are those of the file beside them, and the file is of the provinces' targets of today."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from pages import ROOT
from verdicts import NOTES, ORDER, PAGES, kept, of_run, page, provinces

from sim.measure.parameters import parameter_rows
from sim.report.words import verdict_group
from sim.results.evidence_tables import VARIANCE
from sim.results.run_tables import MANDATES, PARAMETERS, SERIES
from sim.results.words import LANGUAGES, Lang
from sim.scenario.loading import load

EXAMPLE = ROOT / "results" / "example"


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_is_that_of_the_file(lang: Lang) -> None:
    """Else `.venv/bin/python tests/docs/verdicts.py` writes it anew."""
    assert PAGES[lang].read_text(encoding="utf-8") == page(lang, kept())


def test_every_target_of_every_province_has_its_row() -> None:
    told = kept()
    assert list(told) == [name for name in provinces() if name in told]
    assert sorted(NOTES) == provinces()
    for name, one in told.items():
        stated = load(name).scenario.targets
        assert [target["id"] for target in one["targets"]] == [target.id for target in stated], name
        for row, target in zip(one["targets"], stated, strict=True):
            assert row["has_figure"] == (target.threshold.basis == "plan")
            hidden_by_rounding = 0.00501 if target.threshold.value == 1.0 else 1e-9
            assert row["threshold"] == pytest.approx(target.threshold.value, abs=hidden_by_rounding), target.id


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The example run, completed by the large tables that are not kept with it: parameters, and nothing by month."""
    shutil.copytree(EXAMPLE, tmp_path / "run")
    PARAMETERS.write(tmp_path / "run", parameter_rows(load("binh_dinh_2016_2020")))
    for table in (SERIES, VARIANCE, MANDATES):
        table.write(tmp_path / "run", [])
    return tmp_path / "run"


def test_a_row_has_its_number_chance_verdict_and_reason(folder: Path) -> None:
    name, told = of_run(folder)
    assert name == "binh_dinh_2016_2020"
    assert told["parameters"] > told["assumed"] > 0
    assert len(told["targets"]) == len(load(name).scenario.targets)
    for target in told["targets"]:
        assert verdict_group(target["verdict"]) in ORDER
        for lang in LANGUAGES:
            assert bool(target["why"][lang]) == (target["p_reached"] != 1.0), target["id"]
            assert target["counted"][lang]
            assert "group:" not in target["counted"][lang]
    rows = [line for line in page("en", {name: told}).splitlines() if re.match(r"\| \d+ \|", line)]
    assert len(rows) == len(told["targets"])
    assert all(line.count(" | ") == 7 for line in rows)


def test_a_run_with_something_laid_over_the_plan_is_no_verdict_on_it(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["options"] = ["second_line"]
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(ValueError, match="second_line"):
        of_run(folder)
