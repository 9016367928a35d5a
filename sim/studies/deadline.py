"""`--deadline 20min`: when the answer must be there, the time to write it included."""

from __future__ import annotations

import time
from dataclasses import dataclass

_LONGEST_RESERVE_SECONDS = 15.0
_RESERVE_SHARE = 0.10


@dataclass(frozen=True)
class Deadline:
    """A moment on this machine's monotonic clock, and what is kept back before it to write tables and report."""

    until: float
    reserve_seconds: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """So long from now."""
        reserve = min(_LONGEST_RESERVE_SECONDS, _RESERVE_SHARE * seconds)
        return cls(time.monotonic() + seconds, reserve)

    def seconds_to_simulate(self) -> float:
        """Seconds left for replications; 0 when it has passed."""
        return max(self.until - self.reserve_seconds - time.monotonic(), 0.0)
