"""Figures that other provinces published: read whole, faults named, and honest about which parameters rest on them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.scenario.drawn import quantities
from sim.scenario.errors import ScenarioErrors
from sim.scenario.loading import load
from sim.scenario.observations import OTHER_PROVINCES, observations


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
