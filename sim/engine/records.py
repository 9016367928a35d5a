"""How a noun of the hot state is laid out: whole numbers and real ones, by name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Records = NDArray[Any]
"""A plain array of records: not an `np.recarray`, each of whose arrays costs a call into Python whenever compiled code
is handed it."""


def record(whole: str, real: str = "") -> np.dtype[np.void]:
    """A record of these int64 fields, then these float64 ones, named in order and parted by blanks.

    Plain Python reads a field of one of them by its name with a point, as compiled code does.
    """
    fields = [(name, np.int64) for name in whole.split()] + [(name, np.float64) for name in real.split()]
    return np.dtype((np.record, fields))
