"""What every test may use: one folder of small provinces for the whole run of the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from worlds import Provinces


@pytest.fixture(scope="session")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> Provinces:
    """Small provinces, each written and loaded once."""
    return Provinces(Path(tmp_path_factory.mktemp("provinces")))
