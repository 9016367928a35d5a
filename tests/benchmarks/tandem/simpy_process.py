"""The tandem as SimPy's documentation teaches it: a generator process for each delivery."""

from collections.abc import Generator

import simpy
from simpy.events import Event
from tandem.work import AGENCIES, SERVICE_PLACES, Outcome, Work, seconds_of


def run(work: Work) -> Outcome:
    """Run the tandem with resources, requests and timeouts."""
    env = simpy.Environment()
    places = [1] * (3 * AGENCIES) + [SERVICE_PLACES]
    stations = [simpy.Resource(env, capacity) for capacity in places]
    route, work_ms, arrival_ms = work.route().tolist(), work.work_ms.tolist(), work.arrival_ms.tolist()
    sojourns: list[int] = []

    def delivery(number: int) -> Generator[Event, None, None]:
        begun = env.now
        for station, duration in zip(route[number], work_ms[number], strict=True):
            with stations[station].request() as place:
                yield place
                yield env.timeout(duration)
        sojourns.append(env.now - begun)

    def arrivals() -> Generator[Event, None, None]:
        for number, at in enumerate(arrival_ms):
            yield env.timeout(at - env.now)
            env.process(delivery(number))

    env.process(arrivals())
    seconds = seconds_of(env.run)
    return Outcome(seconds, sum(sojourns) / len(sojourns))
