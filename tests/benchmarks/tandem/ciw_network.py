"""The tandem in Ciw: a network of 601 nodes, customers routed and served as drawn."""

from typing import Any

import ciw
import numpy as np
from tandem.work import AGENCIES, SERVICE_PLACES, STATIONS, STEPS, Outcome, Work, seconds_of


class Drawn(ciw.dists.Distribution):
    """Service times that were drawn beforehand; Ciw numbers customers in order of arrival."""

    def __init__(self, work_ms: list[list[int]]) -> None:
        self.work_ms = work_ms

    def sample(self, **call: Any) -> int:
        customer = call["ind"]
        return self.work_ms[customer.id_number - 1][len(customer.data_records)]


def run(work: Work) -> Outcome:
    """Run the tandem until the last delivery has left."""
    nodes = (work.route() + 1).tolist()
    deliveries = len(nodes)
    arrivals = []
    for agency in range(AGENCIES):
        at = work.arrival_ms[work.sender == agency]
        arrivals.append(ciw.dists.Sequential([*np.diff(at, prepend=0).tolist(), float("inf")]))
    network = ciw.create_network(
        arrival_distributions=arrivals + [None] * (STATIONS - AGENCIES),
        service_distributions=[Drawn(work.work_ms.tolist())] * STATIONS,
        number_of_servers=[1] * (3 * AGENCIES) + [SERVICE_PLACES],
        routing=ciw.routing.ProcessBased(lambda ind, _: nodes[ind.id_number - 1][1:]),
    )
    simulation = ciw.Simulation(network)
    seconds = seconds_of(lambda: simulation.simulate_until_max_customers(deliveries, method="Complete"))
    records = simulation.get_all_records()
    ends, begins = np.zeros(deliveries), np.zeros(deliveries)
    steps = np.zeros(deliveries, np.int64)
    for record in records:
        number = record.id_number - 1
        begins[number] = record.arrival_date if steps[number] == 0 else min(begins[number], record.arrival_date)
        ends[number] = max(ends[number], record.exit_date)
        steps[number] += 1
    if not (steps == STEPS).all():
        raise AssertionError("a delivery did not pass all five stations")
    return Outcome(seconds, float((ends - begins).mean()))
