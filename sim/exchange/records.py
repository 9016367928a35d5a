"""How a noun of the hot state is laid out: whole numbers and real ones, by name."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Records = NDArray[Any]
"""A structured array, viewed as `np.recarray` so that plain Python reads its fields as compiled code does."""


def record(whole: str, real: str = "") -> np.dtype[np.void]:
    """A record of these int64 fields, then these float64 ones, named in order and parted by blanks."""
    return np.dtype([(name, np.int64) for name in whole.split()] + [(name, np.float64) for name in real.split()])
