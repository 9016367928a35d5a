"""Queues written plainly by hand, to be compared with the engine's: nothing here comes from the engine.

All work on a line of working time without gaps; `WorkingLine` carries clock times over to it and back.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate


@dataclass(frozen=True)
class WorkingLine:
    """Office hours of one calendar as plain lists of openings and closings, in milliseconds."""

    opens: Sequence[int]
    closes: Sequence[int]

    @cached_property
    def _before(self) -> list[int]:
        return [0, *accumulate(b - a for a, b in zip(self.opens, self.closes, strict=True))]

    def worked(self, clock_ms: int) -> int:
        """Working time up to this moment."""
        i = bisect_right(self.opens, clock_ms) - 1
        if i < 0:
            return 0
        return self._before[i] + min(clock_ms, self.closes[i]) - self.opens[i]

    def begin(self, worked_ms: int) -> int:
        """Clock time at which work can begin after so much working time: an opening rather than a closing."""
        i = bisect_right(self._before, worked_ms) - 1
        return self.opens[i] + worked_ms - self._before[i]

    def end(self, worked_ms: int) -> int:
        """Clock time at which work of so much working time is done: a closing rather than an opening."""
        i = max(0, bisect_left(self._before, worked_ms) - 1)
        return self.opens[i] + worked_ms - self._before[i]


def lindley(arrivals: Sequence[int], works: Sequence[int]) -> list[int]:
    """Starts of service by one clerk, first come first served (Lindley 1952), from waits, not from starts."""
    starts = [arrivals[0]]
    wait = 0
    for n in range(1, len(arrivals)):
        wait = max(0, wait + works[n - 1] - (arrivals[n] - arrivals[n - 1]))
        starts.append(arrivals[n] + wait)
    return starts


def kiefer_wolfowitz(arrivals: Sequence[int], works: Sequence[int], clerks: int) -> list[int]:
    """Starts of service by several clerks, first come first served, from the ordered vector of their loads."""
    loads = [0] * clerks
    starts = []
    before = 0
    for arrival, work in zip(arrivals, works, strict=True):
        loads = sorted(max(0, load - (arrival - before)) for load in loads)
        starts.append(arrival + loads[0])
        loads[0] += work
        before = arrival
    return starts


def by_urgency(arrivals: Sequence[tuple[int, int]], works: Sequence[int], clerks: int) -> list[int]:
    """Starts of service where a free clerk takes the most urgent and, among equals, who came first.

    Args:
        arrivals: (time, urgency) in order of coming; all who come at one time stand in line before anybody
            is called.
        works: how long each takes.
        clerks: how many serve.
    """
    starts = [-1] * len(arrivals)
    busy: list[int] = []
    line: list[tuple[int, int]] = []
    n = 0
    while n < len(arrivals) or line:
        now = arrivals[n][0] if n < len(arrivals) else busy[0]
        now = min(now, busy[0]) if line and busy else now
        while n < len(arrivals) and arrivals[n][0] <= now:
            heapq.heappush(line, (arrivals[n][1], n))
            n += 1
        while busy and busy[0] <= now:
            heapq.heappop(busy)
        while line and len(busy) < clerks:
            _, who = heapq.heappop(line)
            starts[who] = now
            heapq.heappush(busy, now + works[who])
    return starts
