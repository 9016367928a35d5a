"""The few agencies in which one cause of adoption at a time is looked at."""

from __future__ import annotations

import numpy as np
import pytest
from adoption_bench import STAFF
from worlds import Bench, Provinces, small_province


@pytest.fixture
def bench(provinces: Provinces) -> Bench:
    """Eight agencies of 4,000 staff each, at level 3, with no users, no training and unsupportive heads."""
    found = Bench(provinces.load(small_province(departments=3, districts=1, communes=3)))
    agencies = found.world.agencies
    inside = agencies["tier"] < 4
    for name, value in (("staff", STAFF), ("level", 3), ("users", 0), ("eoffice_trained", 0), ("supports", 0)):
        agencies[name] = np.where(inside, value, agencies[name])
    agencies["experience"] = 1.0
    return found
