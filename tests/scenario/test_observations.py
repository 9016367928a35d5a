"""Figures that other provinces published: read whole, faults named, and honest about which parameters rest on them."""

from __future__ import annotations

import csv
import re
from datetime import timedelta
from pathlib import Path

import pytest

from sim.policy.plan_lines import purchase_quantities
from sim.results.words import Words
from sim.scenario.asked_predictions import DELIVERED, PREDICTIONS_ASKED, asked_values
from sim.scenario.drawn import quantities
from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.measured_file import CALIBRATION, OBSERVATIONS, MeasuredFigure, measured_figures, observed_file
from sim.scenario.measures import COUNTED, MEASURES
from sim.scenario.observations import OTHER_PROVINCES, SHAPES, observations


def test_parameters_said_to_rest_on_a_figure_name_the_place_in_their_source() -> None:
    numbers = dict(quantities(load("binh_dinh_2016_2020").scenario))
    derived = [row for row in observations() if row.derived_parameter]
    unnamed = [
        row.observation_id
        for row in derived
        if row.place_name.partition(" (")[0] not in numbers[row.derived_parameter].source
    ]
    assert unnamed == []


def test_some_figures_check_the_model() -> None:
    rows = observations()
    independent = {row.observation_id for row in rows if not row.derived_parameter}
    assert {"binh_duong_per_head", "vinh_phuc_centre_on_time", "vinh_phuc_centre_online"} <= independent
    assert len({row.observation_id for row in rows}) == len(rows)


def test_units_follow_the_measure() -> None:
    for row in observations():
        assert (row.unit == "share") == row.measure.endswith("share"), row.observation_id
        assert row.unit != "share" or row.value <= 1.0


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        (",0.68,", ",many,", "is not a number"),
        (",0.0265,0.02,", ",0.5,0.02,", "outside its own range"),
        (",returned_share,", ",returnt_share,", "unknown word"),
        (',high,"', ',sure,"', "unknown word"),
    ],
)
def test_a_fault_is_named_with_its_line(tmp_path: Path, old: str, new: str, word: str) -> None:
    text = OTHER_PROVINCES.read_text(encoding="utf-8")
    table = tmp_path / "other.csv"
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    line = 1 + text[: text.index(old)].count("\n")
    with pytest.raises(ScenarioErrors) as caught:
        observations(table)
    (fault,) = caught.value.errors
    assert word in fault.text("en")
    assert fault.place == f"other.csv:{line}"
    assert fault.reason.vi != fault.reason.en


OWN = sorted(path for path in OBSERVATIONS.glob("*.csv") if path not in (OTHER_PROVINCES, SHAPES))


def own_figures(path: Path) -> tuple[LoadedScenario, tuple[MeasuredFigure, ...]]:
    """The figures of a file, read as a run of the whole plan reads them, and their scenario."""
    loaded = load(path.stem)
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    simulated = {(row["measure"], row["scope"], row["version"]): row["unit"] for row in rows}
    horizon = loaded.scenario.horizon
    days = horizon.start - timedelta(days=1), horizon.end
    recognised: list[Words] = []
    found = measured_figures(path, simulated, days, recognised, published=True)
    assert len(found) == len(rows), "all within the plan"
    assert recognised == [], "a file of ours is read as it stands"
    return loaded, found


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_province_s_own_figures_are_whole_and_name_what_rests_on_them(path: Path) -> None:
    loaded, figures = own_figures(path)
    numbers = dict(quantities(loaded.scenario))
    place = loaded.scenario.title.vi.partition(":")[0]
    for figure in figures:
        assert figure.measure.partition("(")[0] in (*MEASURES, *COUNTED, "spent_million_vnd"), figure.measure
        assert all((figure.definition_vi, figure.definition_en, figure.source, figure.confidence)), figure.place
        if figure.feeds == CALIBRATION:
            assert loaded.agreeing_draws, f"{figure.place}: kept for a calibration that the scenario does not draw from"
        elif figure.feeds:
            (document, *_) = [*re.findall(r"\d+/\w[\w-]+", figure.source), place]
            source = numbers[figure.feeds].source
            same = place in source or document in source or ("2015" in source and figure.date.year == 2015)
            assert same, f"{figure.place}: {figure.feeds} names neither {place} nor {document}"
    assert observed_file(loaded.slug) == path


DEFAULTS = "scenarios/defaults.toml"


def own_sources(loaded: LoadedScenario) -> dict[str, str]:
    """Sources of the scenario's numbers: its own files' and tables', and of the defaults those that name its place."""
    place = loaded.scenario.title.vi.partition(":")[0]
    own = {key for key, origin in loaded.provenance.items() if origin.file != DEFAULTS}
    stated = {key: number.source for key, number in quantities(loaded.scenario) if key in own or place in number.source}
    return stated | {key: number.source for key, _, number in purchase_quantities(loaded)}


def as_quoted(figure: MeasuredFigure) -> set[str]:
    """How a source would quote it: as a percentage, or as so many of so many."""
    share = {f"{100 * figure.value:.4g} %"} if figure.unit == "share" else set()
    return share | set(re.findall(r"\d+ of \d+", figure.definition_en))


def test_a_scenario_s_own_sources_need_not_name_its_place() -> None:
    """The table of purchases and the scenario's own file are read; what it shares with all others is not."""
    loaded = load("binh_dinh_2011_2015")
    sources, numbers = own_sources(loaded), dict(quantities(loaded.scenario))
    assert "Bình Định" not in numbers["equipment.website_share"].source
    assert "equipment.website_share" in sources
    assert {one.source for one in loaded.purchases} <= set(sources.values())
    assert "people.scan" not in sources


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_a_test_is_neither_a_starting_value_nor_what_a_number_rests_on(path: Path) -> None:
    """A figure that is no baseline's, and that no number of its scenario or that names its place quotes.

    What a number quotes of a figure that is said to feed it may be the value of another figure too.
    """
    loaded, figures = own_figures(path)
    starts = {(one.measure, one.scope, one.reported.value) for one in loaded.scenario.baselines}
    sources = own_sources(loaded)
    for figure in (one for one in figures if not one.feeds):
        assert (figure.measure, figure.scope, figure.value) not in starts, figure.place
        for said in as_quoted(figure):
            fed = {one.feeds for one in figures if said in as_quoted(one)}
            quoting = [key for key, source in sources.items() if re.search(rf"(?<![\d.-]){said}", source)]
            assert set(quoting) <= fed, f"{figure.place}: {said}"


def test_the_first_blind_comparison_is_kept() -> None:
    (figure,) = own_figures(OBSERVATIONS / "binh_dinh_2016_2020.csv")[1]
    assert (figure.date.isoformat(), figure.measure, figure.scope) == (
        "2017-12-31",
        "eoffice_installed_share",
        "tier:commune",
    )
    assert figure.value == pytest.approx(70 / 159, abs=1e-4)


def test_what_is_to_be_predicted_is_of_provinces_and_measures_that_there_are() -> None:
    with PREDICTIONS_ASKED.open(encoding="utf-8", newline="") as file:
        named = {row["scenario"] for row in csv.DictReader(file)}
    assert {"binh_dinh_2016_2020", "long_an_2011_2015", "binh_duong_2011_2015", "binh_phuoc_2018_2021"} == named
    for scenario in sorted(named):
        asked = asked_values(scenario)
        known = (*MEASURES, *DELIVERED)
        assert [one.measure for one in asked if one.measure.partition("(")[0] not in known] == []
        assert len({(one.date, one.window, one.measure, one.scope) for one in asked}) == len(asked)
