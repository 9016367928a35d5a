"""Fields of compiled records must not hide behind attributes of NumPy, or plain Python reads something else."""

import numpy as np
import pytest

from sim.exchange import dossier_state, state
from sim.policy import pressures


@pytest.mark.parametrize("module", [dossier_state, pressures, state])
def test_no_field_is_named_like_an_attribute_of_an_array(module: object) -> None:
    records = {name: made for name, made in vars(module).items() if isinstance(made, np.dtype)}
    assert records
    taken = {
        (name, field)
        for name, made in records.items()
        for field in made.names or ()
        if hasattr(np.recarray, field) or hasattr(np.record, field)
    }
    assert taken == set()
