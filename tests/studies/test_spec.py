"""What is asked is a value: it cannot be changed, refuses what is no study, and comes back from JSON as it was."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

from sim.studies.manifest import first_manifest
from sim.studies.single_case import single_case
from sim.studies.spec import (
    CompareSpec,
    GoalSpec,
    InitSpec,
    RunSpec,
    SensitivitySpec,
    SpecError,
    StudySpec,
    SweepSpec,
    replaced,
    spec_as_json,
    spec_from_json,
)

SPECS: list[StudySpec] = [
    RunSpec(scenario="a", options=("x", "y"), until="2018-12-31", seed=2**63 - 1, half_widths=("p:a3=2",)),
    CompareSpec(scenario="a", compared_options=("x", "y"), combine=True, indifference=0.02, engine="simpy"),
    SweepSpec(scenario="đường/dẫn.toml", over=("budget.scale.II.2a=0.5:2",), design="lhs", samples=8, luck="own"),
    SensitivitySpec(scenario="a", sets=("network.poll_interval.value=5",), replications=3),
    GoalSpec(scenario="a", targets=("a3",), over=("k=0:1",), prices=("k=1 billion VND:SN",), probability=0.8),
    InitSpec(scenario="a", candidates=50),
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.kind)
def test_comes_back_from_the_text_of_a_manifest_as_it_was(spec: StudySpec) -> None:
    back = spec_from_json(json.loads(json.dumps(spec_as_json(spec))))

    assert back == spec
    assert type(back) is type(spec)


def test_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        RunSpec(scenario="a").seed = 3  # type: ignore[misc]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ({"kind": "run"}, "scenario"),
        ({"kind": "dance", "scenario": "a"}, "kind"),
        ({"scenario": "a"}, "kind"),
        ({"kind": "run", "scenario": "a", "workers": 2}, "workers"),
        ({"kind": "run", "scenario": "a", "seed": -1}, "seed"),
        ({"kind": "run", "scenario": "a", "replications": 0}, "replications"),
        ({"kind": "sweep", "scenario": "a", "design": "guess"}, "design"),
        ({"kind": "goal", "scenario": "a", "probability": 1.0}, "probability"),
        ({"kind": "compare", "scenario": "a", "indifference": 0.0}, "indifference"),
    ],
)
def test_what_is_no_study_is_refused_by_the_name_of_the_field(content: dict[str, object], named: str) -> None:
    with pytest.raises(SpecError, match=named):
        spec_from_json(content)


def test_more_replications_are_the_same_spec_with_another_number() -> None:
    spec = RunSpec(scenario="a", seed=7, replications=20)

    assert replaced(spec, replications=50) == RunSpec(scenario="a", seed=7, replications=50)
    with pytest.raises(SpecError, match="replications"):
        replaced(spec, replications=0)
    with pytest.raises(SpecError, match="workers"):
        replaced(spec, workers=2)


def test_a_manifest_keeps_the_value_that_stood_before_the_one_that_was_set() -> None:
    spec = RunSpec(
        scenario="binh_dinh_2016_2020", sets=("people.scan=6 min", "people.scan=7 min", "budget.order=traffic")
    )
    study = single_case(spec)
    kept = first_manifest(study.case, study.asked, spec, [])["set_before"]
    assert kept == {"people.scan": "4 min", "people.scan.kind": "lognormal", "budget.order": "table"}
