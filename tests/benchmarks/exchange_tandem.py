"""The exchange tandem in six engines: the same drawn work, the same answer, how fast.

Run with `python tests/benchmarks/exchange_tandem.py` after `pip install -e ".[bench]"`; takes about a minute. Each
engine takes turns with this project's event list on the very same deliveries; slow engines get fewer. Prints the
mean sojourn each got, so that equal work is seen, and the median of the ratios. Asserts nothing about time.
"""

import math
import os
import platform
import statistics
import sys
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from tandem import cimba_processes, cimba_servers, ciw_network, ours, salabim_process, simpy_callback, simpy_process
from tandem.work import Outcome, draw

ROUNDS = 3
PEERS = (
    ("SimPy, a generator process each", simpy_process.run, 40_000),
    ("SimPy, callback stations", simpy_callback.run, 100_000),
    ("salabim, a component each", salabim_process.run, 4_000),
    ("Ciw, a network of 601 nodes", ciw_network.run, 500),
    ("Cimba, a process each", cimba_processes.run, 200_000),
    ("Cimba, server processes", cimba_servers.run, 200_000),
)


def measured() -> dict[str, list[tuple[Outcome, Outcome]]]:
    """Each engine's outcome and ours on the same deliveries, turn by turn."""
    outcomes: dict[str, list[tuple[Outcome, Outcome]]] = {name: [] for name, _, _ in PEERS}
    for run in (ours.run, *(run for _, run, _ in PEERS)):
        run(draw(100))
    for _ in range(ROUNDS):
        for name, run, deliveries in PEERS:
            work = draw(deliveries)
            outcomes[name].append((run(work), ours.run(work)))
    return outcomes


def main() -> None:
    """Print the table."""
    load = os.getloadavg()[0]
    outcomes = measured()
    print(f"{'engine':34}{'deliveries':>11}{'a second':>11}{'ours':>12}{'ours is':>10}{'mean sojourn, hours':>34}")
    ratios = {}
    for name, _, deliveries in PEERS:
        pairs = outcomes[name]
        theirs = statistics.median(deliveries / peer.seconds for peer, _ in pairs)
        our = statistics.median(deliveries / mine.seconds for _, mine in pairs)
        ratios[name] = statistics.median(peer.seconds / mine.seconds for peer, mine in pairs)
        peer, mine = pairs[0]
        hours = [outcome.mean_sojourn_ms / 3_600_000 for outcome in (peer, mine)]
        same = "same" if math.isclose(*hours, rel_tol=1e-9) else "DIFFERENT"
        told = f"{hours[0]:.9f} {hours[1]:.9f} {same}"
        print(f"{name:34}{deliveries:>11,}{theirs:>11,.0f}{our:>12,.0f}{ratios[name]:>8,.1f} x{told:>34}")
    simpy = ratios["SimPy, a generator process each"]
    cimba = min(ratio for name, ratio in ratios.items() if name.startswith("Cimba"))
    print(f"goal: at least 100 x SimPy's generator processes: {simpy:.0f} x, {'met' if simpy >= 100 else 'not met'}")
    print(f"goal: faster than Cimba: {cimba:.1f} x its faster way, {'met' if cimba > 1 else 'not met'}")
    engines = ", ".join(f"{name} {version(name)}" for name in ("simpy", "salabim", "Ciw", "cimba", "numba"))
    print(f"processor time, median of {ROUNDS}; Python {platform.python_version()}, {engines}")
    print(f"load of the machine {load:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
