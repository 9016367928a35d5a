"""One set of simulated keys for the whole run of the tests, in a temporary folder."""

from __future__ import annotations

import pytest
from signed_world import keys_in

from sim.exchange.signature.keys import Keys


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return keys_in(tmp_path_factory.mktemp("signature"))
