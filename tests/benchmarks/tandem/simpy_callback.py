"""The tandem on SimPy's event list alone: stations that take callbacks, no generator processes."""

from collections import deque

import simpy
from simpy.events import Event, Timeout
from tandem.work import AGENCIES, SERVICE_PLACES, STEPS, Outcome, Work, seconds_of


class Delivery:
    """Where a delivery is on its way."""

    __slots__ = ("arrived_ms", "route", "step", "work_ms")

    def __init__(self, arrived_ms: int, route: list["Station"], work_ms: list[int]) -> None:
        self.arrived_ms, self.route, self.work_ms, self.step = arrived_ms, route, work_ms, 0


class Station:
    """So many places and a line."""

    __slots__ = ("env", "free", "line", "sojourns")

    def __init__(self, env: simpy.Environment, places: int, sojourns: list[int]) -> None:
        self.env, self.free, self.sojourns = env, places, sojourns
        self.line: deque[Delivery] = deque()

    def enter(self, delivery: Delivery) -> None:
        if self.free:
            self.free -= 1
            self.begin(delivery)
        else:
            self.line.append(delivery)

    def begin(self, delivery: Delivery) -> None:
        end = Timeout(self.env, delivery.work_ms[delivery.step], delivery)
        end.callbacks.append(self.finish)

    def finish(self, event: Event) -> None:
        delivery = event.value
        if self.line:
            self.begin(self.line.popleft())
        else:
            self.free += 1
        delivery.step += 1
        if delivery.step < STEPS:
            delivery.route[delivery.step].enter(delivery)
        else:
            self.sojourns.append(self.env.now - delivery.arrived_ms)


def run(work: Work) -> Outcome:
    """Run the tandem with timeouts that call stations back."""
    env = simpy.Environment()
    sojourns: list[int] = []
    stations = [Station(env, places, sojourns) for places in [1] * (3 * AGENCIES) + [SERVICE_PLACES]]
    route, work_ms, arrival_ms = work.route().tolist(), work.work_ms.tolist(), work.arrival_ms.tolist()

    def expect(number: int) -> None:
        if number < len(arrival_ms):
            arrival = Timeout(env, arrival_ms[number] - env.now, number)
            arrival.callbacks.append(arrive)

    def arrive(event: Event) -> None:
        number = event.value
        expect(number + 1)
        passed = [stations[station] for station in route[number]]
        passed[0].enter(Delivery(env.now, passed, work_ms[number]))

    expect(0)
    seconds = seconds_of(env.run)
    return Outcome(seconds, sum(sojourns) / len(sojourns))
