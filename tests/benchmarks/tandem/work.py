"""The exchange tandem: deliveries that pass five stations, with all work drawn beforehand.

200 agencies, each with one clerk, one uplink and one downlink, and a message service of eight places. A delivery
passes its sender's clerk (20 minutes on average), the sender's uplink (2), the message service (0.02), the
recipient's downlink (2) and the recipient's clerk (20); clerks are busy 80 % of the time, first come first served.
Whole milliseconds, so that engines that count in floating point see the very same numbers.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

AGENCIES = 200
STEPS = 5
SERVICE_PLACES = 8
MEAN_WORK_MS = np.array([20, 2, 0.02, 2, 20]) * 60_000
GAP_MS = 60_000 / (AGENCIES * 0.02)
STATIONS = 3 * AGENCIES + 1
SERVICE = 3 * AGENCIES


@dataclass(frozen=True)
class Work:
    """What happens to each delivery, the same for every engine."""

    arrival_ms: NDArray[np.int64]
    sender: NDArray[np.int64]
    recipient: NDArray[np.int64]
    work_ms: NDArray[np.int64]
    """[delivery, step]"""

    def route(self) -> NDArray[np.int64]:
        """[delivery, step] station: clerks first, then uplinks, downlinks, the message service."""
        service = np.full(len(self.sender), SERVICE)
        uplink, downlink = AGENCIES + self.sender, 2 * AGENCIES + self.recipient
        return np.stack([self.sender, uplink, service, downlink, self.recipient], axis=1)


@dataclass(frozen=True)
class Outcome:
    """What one engine made of the work."""

    seconds: float
    mean_sojourn_ms: float


def draw(deliveries: int) -> Work:
    """The first so many deliveries; a longer draw begins with the same ones."""
    random = np.random.default_rng(1)
    each = random.random((deliveries, 8))
    gaps = -np.log1p(-each[:, 0]) * GAP_MS
    return Work(
        arrival_ms=np.cumsum(gaps).astype(np.int64),
        sender=(each[:, 1] * AGENCIES).astype(np.int64),
        recipient=(each[:, 2] * AGENCIES).astype(np.int64),
        work_ms=np.ceil(-np.log1p(-each[:, 3:]) * MEAN_WORK_MS).astype(np.int64),
    )


def seconds_of(act: Callable[[], object]) -> float:
    """Processor time it takes, which a busy machine distorts less than the clock on the wall."""
    begun = time.process_time()
    act()
    return time.process_time() - begun
