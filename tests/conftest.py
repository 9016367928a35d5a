"""What every test may use: one folder of small provinces for the whole run of the tests."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from worlds import Provinces


def pytest_configure() -> None:
    """Ctrl-C reaches the programs under test even if a shell that ignores it started the tests in the background."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> Provinces:
    """Small provinces, each written and loaded once."""
    return Provinces(Path(tmp_path_factory.mktemp("provinces")))
