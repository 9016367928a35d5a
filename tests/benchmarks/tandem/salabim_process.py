"""The tandem in salabim: a component for each delivery, its monitors switched off."""

from collections.abc import Generator

import salabim
from tandem.work import AGENCIES, SERVICE_PLACES, Outcome, Work, seconds_of

salabim.yieldless(False)


def run(work: Work) -> Outcome:
    """Run the tandem with components, requests and holds."""
    env = salabim.Environment(trace=False)
    stations = [salabim.Resource("", capacity) for capacity in [1] * (3 * AGENCIES) + [SERVICE_PLACES]]
    for station in stations:
        for line in (station.requesters(), station.claimers()):
            line.length.monitor(False)
            line.length_of_stay.monitor(False)
    route, work_ms, arrival_ms = work.route().tolist(), work.work_ms.tolist(), work.arrival_ms.tolist()
    sojourns: list[float] = []

    class Delivery(salabim.Component):
        def setup(self, number: int) -> None:
            self.number = number

        def process(self) -> Generator[None, None, None]:
            begun = env.now()
            for station, duration in zip(route[self.number], work_ms[self.number], strict=True):
                yield self.request(stations[station])
                yield self.hold(duration)
                self.release(stations[station])
            sojourns.append(env.now() - begun)

    class Arrivals(salabim.Component):
        def process(self) -> Generator[None, None, None]:
            for number, at in enumerate(arrival_ms):
                yield self.hold(at - env.now())
                Delivery(number=number)

    Arrivals()
    seconds = seconds_of(env.run)
    return Outcome(seconds, sum(sojourns) / len(sojourns))
