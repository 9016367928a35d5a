"""What both ways of writing the tandem for Cimba share: the drawn work as traces, and the timing.

Cimba's Python package compiles processes for its C engine. A run without deliveries is subtracted, so that what its
experiment does before and after the event loop does not count against it.
"""

from collections.abc import Callable

import cimba
import numpy as np
from tandem.work import STEPS, Outcome, Work, seconds_of


class DrawnExchange(cimba.Model):
    """Work that was drawn beforehand, and the sum of sojourns."""

    deliveries: cimba.Param[int] = 0
    gap: cimba.Input[float]
    sender: cimba.Input[int]
    recipient: cimba.Input[int]
    work_0: cimba.Input[float]
    work_1: cimba.Input[float]
    work_2: cimba.Input[float]
    work_3: cimba.Input[float]
    work_4: cimba.Input[float]
    sojourns: float = 0.0
    arrived: int = 0
    mean_sojourn_ms: cimba.Output[float]
    finished: cimba.Output[int]

    @cimba.on_end
    def measure(self):
        self.mean_sojourn_ms = self.sojourns / max(1, self.arrived)
        self.finished = self.arrived


def bind(exchange: DrawnExchange, work: Work, deliveries: int) -> DrawnExchange:
    """Give the exchange its traces and say how many of the deliveries to run."""
    exchange.deliveries = deliveries
    exchange.gap = cimba.inputs.trace(np.diff(work.arrival_ms, prepend=0).astype(float))
    exchange.sender = cimba.inputs.trace(work.sender)
    exchange.recipient = cimba.inputs.trace(work.recipient)
    for step in range(STEPS):
        setattr(exchange, f"work_{step}", cimba.inputs.trace(work.work_ms[:, step].astype(float)))
    return exchange


def run_exchange(make: Callable[[], DrawnExchange], work: Work) -> Outcome:
    """Run until idle; compile with a short work first."""
    deliveries = len(work.sender)
    model = bind(make(), work, deliveries)
    full, empty = cimba.Experiment(model), cimba.Experiment(bind(make(), work, 0))
    answers: list[cimba.Results] = []
    seconds = seconds_of(lambda: answers.append(full.run(workers=1, on_failure="raise")))
    seconds_empty = seconds_of(lambda: empty.run(workers=1, on_failure="raise"))
    result = answers[0][model]
    if int(result.finished.values.item()) != deliveries:
        raise AssertionError(f"not all of {deliveries} deliveries finished")
    return Outcome(seconds - seconds_empty, float(result.mean_sojourn_ms.values.item()))
