"""Progress of a study: how much is done, what failed, an honest time left, and who is told of it.

Studies print nothing themselves: whoever listens shows it, a terminal on stderr, a notebook, or nobody. The model tells
how far a replication is with `report_fraction`; the worker sends it on to the one who shows it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Protocol, TextIO

from sim.results.words import Lang, Words

TaskKey = tuple[str, int]
_LEAST_FRACTION = 0.02  # below this, what a replication took so far says too little


class TimeLeft:
    """Estimates the wall seconds a study still needs, from the replications it has finished.

    It is the mean of what replications took, times what is to do, over the workers.

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


_SECONDS_BETWEEN_LINES = 10.0

VIETNAMESE: Mapping[str, str] = {
    "language": "vi",
    "done": "{done}/{total} lần chạy",
    "held": "{held} đã có sẵn",
    "failed": "{failed} hỏng",
    "left": "còn khoảng {time}",
    "unknown": "chưa biết còn bao lâu",
    "stops": "dừng sau {time} theo thời gian đã cho",
    "hours": "{hours} giờ {minutes} phút",
    "minutes": "{minutes} phút",
    "seconds": "{seconds} giây",
    "stopped": "lần chạy {replication}: tiến trình {pid} bị tạm dừng (SIGSTOP, Ctrl-Z), đang chờ; chạy tiếp bằng"
    " kill -CONT {pid}, hoặc bỏ bằng kill -KILL {pid}",
    "silent": "lần chạy {replication}: tiến trình {pid} không báo gì đã {time}, đang chờ; bỏ bằng kill -KILL {pid}",
}
ENGLISH: Mapping[str, str] = {
    "language": "en",
    "done": "{done}/{total} replications",
    "held": "{held} already held",
    "failed": "{failed} failed",
    "left": "about {time} left",
    "unknown": "time left unknown yet",
    "stops": "stops in {time}, the time allowed",
    "hours": "{hours} h {minutes} min",
    "minutes": "{minutes} min",
    "seconds": "{seconds} s",
    "stopped": "replication {replication}: process {pid} is halted (SIGSTOP, Ctrl-Z), waiting for it; continue it with"
    " kill -CONT {pid}, or give it up with kill -KILL {pid}",
    "silent": "replication {replication}: no sign from process {pid} for {time}, waiting for it; give it up with"
    " kill -KILL {pid}",
}

_listener: list[Callable[[float], None]] = []


def report_fraction(fraction: float) -> None:
    """Called by the model now and then: how far the replication has got (0 to 1). Does nothing if nobody listens."""
    for listen in _listener:
        listen(fraction)


def listen_to_fractions(listen: Callable[[float], None]) -> None:
    """Set the one in this process who hears `report_fraction`."""
    _listener[:] = [listen]


class SoFar(Protocol):
    """Something to be shown of results that are not all there yet."""

    def parts(self, lang: Lang) -> list[str]:
        """A heading, then a result each."""


class Progress(Protocol):
    """What a study tells while it runs; whoever shows it implements these."""

    def begin(self, total: int, held: int, workers: int, stops_after: float | None = None) -> None:
        """So many replications are asked for, so many are already in the journal; seconds until all are given up."""

    def within(self, task: TaskKey, fraction: float) -> None:
        """A replication started (0) or has got so far (up to 1)."""

    def finished(self, task: TaskKey, seconds: float, *, failed: bool) -> None:
        """A replication ended after so many seconds of work."""

    def waiting(self, task: TaskKey, seconds: float, pid: int, *, stopped: bool) -> None:
        """A replication has given no sign for so long; `stopped` when its process was halted from outside."""

    def so_far(self, board: SoFar) -> None:
        """How the targets stand while more is to come."""

    def tick(self) -> None:
        """A moment went by."""

    def end(self) -> None:
        """Nothing more will come."""


class Silent:
    """Shows nothing."""

    def begin(self, total: int, held: int, workers: int, stops_after: float | None = None) -> None:
        """Nothing."""

    def within(self, task: TaskKey, fraction: float) -> None:
        """Nothing."""

    def finished(self, task: TaskKey, seconds: float, *, failed: bool) -> None:
        """Nothing."""

    def waiting(self, task: TaskKey, seconds: float, pid: int, *, stopped: bool) -> None:
        """Nothing."""

    def so_far(self, board: SoFar) -> None:
        """Nothing."""

    def tick(self) -> None:
        """Nothing."""

    def end(self) -> None:
        """Nothing."""


class Lines:
    """Plain lines, for a log or a pipe: the first result at once, then one line every ten seconds, and the last.

    Args:
        texts: the words, with the keys of `ENGLISH`.
        stream: where the lines go; when it is closed or breaks, the study goes on in silence.
        clock: seconds from a clock that never goes back.
    """

    def __init__(self, texts: Mapping[str, str], stream: TextIO, clock: Callable[[], float] = time.monotonic) -> None:
        self._texts = texts
        self.stream = stream
        self._clock = clock
        self._left = TimeLeft(clock)
        self._total = self._held = self.done = self._failed = 0
        self._next_line = 0.0
        self._said_so_far = False
        self._until: float | None = None
        self.followed_by: Words | None = None
        """What comes after the replications and is not in the time left; None for nothing worth telling."""

    def begin(self, total: int, held: int, workers: int, stops_after: float | None = None) -> None:
        """Start counting."""
        self._until = None if stops_after is None else self._clock() + stops_after
        self._total, self._held, self.done, self._failed = total, held, held, 0
        self._left.begin(total - held, workers)
        self._next_line = self._clock() + _SECONDS_BETWEEN_LINES

    def within(self, task: TaskKey, fraction: float) -> None:
        """Refine the time left."""
        self._left.within(task, fraction)

    def finished(self, task: TaskKey, seconds: float, *, failed: bool) -> None:
        """Count it; show it if it is the first."""
        self._left.finished(task, seconds)
        self.done += 1
        self._failed += failed
        if self.done == self._held + 1:
            self._next_line = self._clock()
        self.tick()

    def waiting(self, task: TaskKey, seconds: float, pid: int, *, stopped: bool) -> None:
        """Say which replication is waited for, and what can be done."""
        said = self._texts["stopped" if stopped else "silent"]
        self._write(said.format(replication=task[1], pid=pid, time=duration(seconds, self._texts)))

    def so_far(self, board: SoFar) -> None:
        """Say it once, in one line: a log is not for what changes every few seconds."""
        if not self._said_so_far:
            self._said_so_far = True
            heading, *results = board.parts(self.language)
            self._write(f"{heading}: {' | '.join(results)}")

    @property
    def language(self) -> Lang:
        """That of the words."""
        return "vi" if self._texts["language"] == "vi" else "en"

    def tick(self) -> None:
        """Show where things stand if it is time to."""
        if self._clock() >= self._next_line:
            self._show()
            self._next_line = self._clock() + _SECONDS_BETWEEN_LINES

    def end(self) -> None:
        """Show where things stand at the end."""
        self._show()

    def _show(self) -> None:
        self._write(self.sentence())

    def _write(self, line: str) -> None:
        try:
            self.stream.write(f"{line}\n")
            self.stream.flush()
        except (OSError, ValueError):
            self._next_line = float("inf")

    def sentence(self) -> str:
        """Where things stand, in one line without its end."""
        words = {"done": self.done, "total": self._total, "held": self._held, "failed": self._failed}
        parts = [self._texts["done"].format(**words)]
        parts += [self._texts[key].format(**words) for key in ("held", "failed") if words[key]]
        seconds = self._left.seconds()
        allowed = None if self._until is None else max(0.0, self._until - self._clock())
        if allowed is not None and (seconds is None or seconds > allowed):
            parts.append(self._texts["stops"].format(time=duration(allowed, self._texts)))
        elif seconds is None:
            parts.append(self._texts["unknown"])
        elif seconds > 0:
            parts.append(self._texts["left"].format(time=duration(seconds, self._texts)))
            parts += [self.followed_by.text(self.language)] if self.followed_by else []
        return ", ".join(parts)


def duration(seconds: float, texts: Mapping[str, str]) -> str:
    """A length of time as one says it: seconds below 90, minutes below 90, then hours and minutes; rounded up."""
    if seconds < 90:
        return texts["seconds"].format(seconds=int(seconds) + 1)
    minutes = int(seconds / 60) + 1
    if minutes < 90:
        return texts["minutes"].format(minutes=minutes)
    return texts["hours"].format(hours=minutes // 60, minutes=minutes % 60)


CASES_OF_MONEY = Words(
    "đã tính riêng kinh phí của {done}/{total} trường hợp, còn khoảng {left}",
    "the money of {done} of {total} cases drawn by itself, about {left} left",
)
REPLICATIONS_DONE = Words("{done}/{total} lần chạy", "{done}/{total} replications")
"""How progress counts unless told otherwise."""


class Listener(Protocol):
    """What a study tells while it runs; whoever shows it implements these."""

    def say(self, words: Words) -> None:
        """A message in between."""

    def progress(self, counted: Words = REPLICATIONS_DONE) -> Progress:
        """One that is told of each replication, counted in these words, which hold `{done}` and `{total}`."""


Told = Callable[[int, int], None]
"""Is told how many of how many are done, of what takes long."""


def nobody(done: int, total: int) -> None:
    """Told, and says nothing."""


class NowAndThen:
    """Says which of how many is done, and about how long the others take; no line for a short while.

    Args:
        listener: who is told.
        words: the line, with `{done}`, `{total}` and `{left}`.
        clock: seconds from a clock that never goes back.
    """

    def __init__(self, listener: Listener, words: Words, clock: Callable[[], float] = time.monotonic) -> None:
        self._listener = listener
        self._words = words
        self._clock = clock
        self._since = self._said = clock()

    def __call__(self, done: int, total: int) -> None:
        """So many of so many are done."""
        now = self._clock()
        if not 0 < done < total or now - self._said < _SECONDS_BETWEEN_LINES:
            return
        self._said = now
        left = (now - self._since) / done * (total - done)
        counted = {"done": done, "total": total}
        vietnamese = self._words.vi.format(left=duration(left, VIETNAMESE), **counted)
        self._listener.say(Words(vietnamese, self._words.en.format(left=duration(left, ENGLISH), **counted)))


class NoListener:
    """Follows nothing."""

    def say(self, words: Words) -> None:
        """Nothing."""

    def progress(self, counted: Words = REPLICATIONS_DONE) -> Progress:  # noqa: ARG002 - the form of a listener
        """Nothing is shown."""
        return Silent()
