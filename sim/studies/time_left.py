"""The time a study still needs, learnt from the replications it has finished."""

import time
from collections.abc import Callable

TaskKey = tuple[str, int]
_LEAST_FRACTION = 0.02  # below this, what a replication took so far says too little


class TimeLeft:
    """Estimates the wall seconds left: the mean of what replications took, times what is to do, over the workers.

    Until one has finished, the running ones that tell how far they are stand in for it. What comes before their first
    progress (loading, compiling) is not taken for their pace.

    Args:
        clock: seconds from a clock that never goes back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._remaining = 0
        self._workers = 1
        self._finished = 0
        self._seconds = 0.0
        self._running: dict[TaskKey, tuple[float, float, float]] = {}
        """When each showed its first progress, how far it was then, and is now."""

    def begin(self, remaining: int, workers: int) -> None:
        """So many replications are to be run by so many workers."""
        self._remaining = remaining
        self._workers = max(workers, 1)

    def within(self, task: TaskKey, fraction: float) -> None:
        """A replication runs and has got so far."""
        fraction = min(max(fraction, 0.0), 1.0)
        since, first, _ = self._running.get(task, (0.0, 0.0, 0.0))
        self._running[task] = (since, first, fraction) if first > 0.0 else (self._clock(), fraction, fraction)

    def finished(self, task: TaskKey, seconds: float) -> None:
        """A replication ended, done or failed, after so many seconds."""
        self._running.pop(task, None)
        self._remaining -= 1
        self._finished += 1
        self._seconds += seconds

    def seconds(self) -> float | None:
        """Seconds left, or None while nothing is known; never less than the last replication needs alone."""
        if self._remaining <= 0:
            return 0.0
        each = self._seconds_each()
        if each is None:
            return None
        fractions = [fraction for _, _, fraction in self._running.values()]
        work = max(self._remaining - sum(fractions), 0.0) * each / min(self._workers, self._remaining)
        longest = 1.0 if self._remaining > len(fractions) else 1.0 - min(fractions)
        return max(work, longest * each)

    def _seconds_each(self) -> float | None:
        if self._finished:
            return self._seconds / self._finished
        now = self._clock()
        guesses = [
            (now - since) / (fraction - first)
            for since, first, fraction in self._running.values()
            if fraction - first >= _LEAST_FRACTION
        ]
        return sum(guesses) / len(guesses) if guesses else None
