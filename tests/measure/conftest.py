"""Replications that several tests of measures read."""

from __future__ import annotations

import pytest
from measured_runs import Runs, planned
from worlds import Provinces

from sim.model.simulate import simulate
from sim.scenario.loading import LoadedScenario


@pytest.fixture(scope="session")
def scenario(provinces: Provinces) -> LoadedScenario:
    """The scenario of `measured_runs`."""
    return planned(provinces)


@pytest.fixture(scope="session")
def runs(scenario: LoadedScenario) -> Runs:
    """Four replications, drawn parameters and all."""
    return Runs(scenario, tuple(simulate(scenario, 20170317, r) for r in range(4)))
