"""A spec said as words is read back as the same spec."""

from __future__ import annotations

import pytest

from sim.command import specs
from sim.command.commands import parser_of
from sim.studies.spec import CompareSpec, GoalSpec, ReplicatedSpec, RunSpec, SensitivitySpec, SweepSpec

SHARED = {
    "options": ("a", "b"),
    "adoption": "mandate",
    "sets": ("x=1", "y=2 %"),
    "until": "2018-12-31",
    "options_from": "2018-07-01",
    "seed": 7,
}
READ = {
    "run": specs.run_spec,
    "compare": specs.compare_spec,
    "sweep": specs.sweep_spec,
    "sensitivity": specs.sensitivity_spec,
    "goal": specs.goal_spec,
}


@pytest.mark.parametrize(
    "spec",
    [
        RunSpec(scenario="s"),
        RunSpec(scenario="s", **SHARED, variance=False, half_widths=("a3=2", "p:a3=5"), replications=9),
        CompareSpec(scenario="s", compared_options=("a", "b"), combine=True, indifference=0.025, future="f"),
        SweepSpec(scenario="s", over=("k=0:2:3", "l=1:2"), design="lhs", samples=50, luck="own", engine="simpy"),
        SensitivitySpec(scenario="s", design="saltelli", samples=64),
        GoalSpec(
            scenario="s", targets=("a3", "a4"), over=("k=0:2",), prices=("k=5",), minimize="SN", fresh=40, points=9
        ),
    ],
)
def test_words_of_a_spec_ask_it_again(spec: ReplicatedSpec) -> None:
    command, *words = specs.words_of(spec)
    args = parser_of(command, "lienthong", "en").read(words)
    assert READ[command](args) == spec
