"""From one province to the whole country in one process: minutes, memory, and what they are made of.

Run with `python tests/benchmarks/country.py`, or with `of 1 3 10` for some worlds only. Each world is Bình Định so many
times over (63 are the provinces: 693 districts, 10,017 communes) in the first days of 2016. Its documents go to
ever more agencies, for the model chooses recipients in the whole world, not by province. Asserts nothing about time.
"""

import json
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from engine_calls import choosing_us
from memory import run_apart
from provinces import copies
from watched import SCENARIO, peak_octets, resident_octets, verdict, watch

SETS = ("plan.decided=2016-01-04", "horizon.warm_up=0 days")
UNTIL = "2016-01-08"
NUMBERS = (1, 3, 10, 30, 63)


def child(number: int) -> None:
    """Run one world and write what was seen."""
    from sim.scenario.loading import load

    loaded = load(SCENARIO, until=UNTIL, sets=SETS)
    watch(loaded)
    before = resident_octets()
    world = copies(loaded, number)
    begun = time.perf_counter()
    run = watch(world)
    seen = {
        "wall": time.perf_counter() - begun,
        "seconds": run.seconds,
        "loop_seconds": run.loop_seconds,
        "before": before,
        "peak": peak_octets(),
        "agencies": len(world.agencies),
        "tiers": {tier: sum(row.tier == tier for row in world.agencies) for tier in ("district", "commune")},
        "choosing_us": choosing_us(world, 5_000),
        "tally": run.tally,
    }
    print(json.dumps(seen))


def main() -> None:
    """Print the line from one province to all."""
    load_before = os.getloadavg()[0]
    costs = {}
    for number in map(int, sys.argv[2:]) if sys.argv[1:] == ["of", *sys.argv[2:]] else NUMBERS:
        run = run_apart(str(number), script=__file__)
        tally, choosing = run["tally"], run["choosing_us"]
        deliveries = tally["deliveries_created"]
        costs[number] = (run["seconds"] / deliveries * 1e6, choosing)
        chosen = choosing * deliveries / 1e6
        outside = run["seconds"] - run["loop_seconds"]
        print(
            f"{number:2} x: {run['agencies']:,} agencies ({run['tiers']['district']:,} districts, "
            f"{run['tiers']['commune']:,} communes), {tally['visits']:,} visits, {deliveries:,} deliveries, "
            f"{tally['dossiers_filed']:,} dossiers",
            f"      {run['seconds']:.1f} s of processor, {run['wall']:.1f} s on the wall, {run['peak'] / 1e9:.2f} GB; "
            f"{costs[number][0]:.2f} us a delivery",
            f"      choosing recipients {chosen:.1f} s, rest of the event loop {run['loop_seconds'] - chosen:.1f} s, "
            f"founding and months in Python {outside:.1f} s",
            sep="\n",
            flush=True,
        )
    first, last = min(costs), max(costs)
    ratio = costs[last][0] / costs[first][0]
    rest = (costs[last][0] - costs[last][1]) / (costs[first][0] - costs[first][1])
    print(f"goal: a delivery in {last} <= 1.5 x that in {first}: {ratio:.2f} x, {verdict(met=ratio <= 1.5)}")
    print(f"  of it without choosing recipients: {rest:.2f} x")
    print(f"load of the machine {load_before:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} processors")


if __name__ == "__main__":
    if sys.argv[1:] and sys.argv[1] != "of":
        child(int(sys.argv[1]))
    else:
        main()
