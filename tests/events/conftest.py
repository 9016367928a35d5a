"""The recorded month that several tests look at."""

from __future__ import annotations

from pathlib import Path

import pytest
from recorded import Log, busy_province, recorded
from worlds import Provinces

from sim.scenario.loading import LoadedScenario


@pytest.fixture(scope="session")
def busy(provinces: Provinces) -> LoadedScenario:
    return busy_province(provinces)


@pytest.fixture(scope="session")
def log(busy: LoadedScenario, tmp_path_factory: pytest.TempPathFactory) -> Log:
    """Everything that happened in that month."""
    return recorded(busy, Path(tmp_path_factory.mktemp("log")) / "all.sqlite")
