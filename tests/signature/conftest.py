"""One set of simulated keys for the whole run of the tests, in a temporary folder, and what is made with keys."""

from __future__ import annotations

import pytest
from listed_world import World
from signed_world import keys_in
from signing_desk import Desk

from sim.exchange.signature.keys import Keys


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return keys_in(tmp_path_factory.mktemp("signature"))


@pytest.fixture(scope="module")
def desk(keys: Keys) -> Desk:
    return Desk(keys)


@pytest.fixture(scope="module")
def world() -> World:
    return World()
