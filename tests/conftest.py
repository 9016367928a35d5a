"""What every test may use: one folder of small provinces for the whole run of the tests."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from worlds import Provinces


def pytest_configure() -> None:
    """Ctrl-C reaches the programs under test even if a shell that ignores it started the tests in the background.

    They keep their bytecode, whatever the shell says: dozens of them are started, and each would compile it anew.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    _draw_nothing_from_our_own_code()


def _draw_nothing_from_our_own_code() -> None:
    """Examples hang on the test alone, not on which modules other tests of the same process have loaded.

    Hypothesis takes numbers and texts out of every local module that is loaded; with `derandomize` a test would still
    try other examples beside other tests, and what its examples cover would change with each new file.
    """
    from hypothesis.internal.conjecture import providers

    if hasattr(providers, "is_local_module_file"):  # not promised to stay; without it only the examples vary
        providers.is_local_module_file = lambda _file: False


@pytest.fixture(scope="session")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> Provinces:
    """Small provinces, each written and loaded once."""
    return Provinces(Path(tmp_path_factory.mktemp("provinces")))


@pytest.fixture(params=["compiled", "simpy"])
def engine(request: pytest.FixtureRequest) -> str:
    """Each of the two schedulers."""
    return str(request.param)
