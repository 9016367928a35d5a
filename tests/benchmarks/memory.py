"""Five full years in one process: time, memory over the horizon, room taken by what is in flight.

Run with `python tests/benchmarks/memory.py`; about a minute. Each horizon runs in a process of its own.
"""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from watched import ROOT, SCENARIO, peak_octets, resident_octets, verdict, watch

MEGA = 1e6
HORIZONS = {"one year": ("2016-12-31", ("plan.decided=2016-01-04",)), "five years": ("2020-12-31", ())}


def child(until: str, sets: tuple[str, ...]) -> None:
    """Run one horizon and write what was seen."""
    from sim.scenario.loading import load

    watch(load(SCENARIO, until="2016-01-15", sets=("plan.decided=2016-01-04", "horizon.warm_up=0 days")))
    before = resident_octets()
    run = watch(load(SCENARIO, until=until, sets=sets))
    print(json.dumps(asdict(run) | {"before": before, "peak": peak_octets()}))


def run_apart(*arguments: str, script: str = __file__) -> Any:
    """What a process of its own answers."""
    command = [sys.executable, script, *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Print the table."""
    load_before = os.getloadavg()[0]
    runs = {name: run_apart(until, *sets) for name, (until, sets) in HORIZONS.items()}
    for name, run in runs.items():
        months, tally = run["months"], run["tally"]
        fullest = max(months, key=lambda month: month["jobs"])
        print(
            f"{name}: {tally['visits']:,} visits, {tally['documents_created']:,} documents, "
            f"{tally['deliveries_created']:,} deliveries, {tally['dossiers_filed']:,} dossiers; {run['seconds']:.1f} s"
        )
        print(
            f"  in flight when fullest: {fullest['jobs']:,} jobs, {fullest['documents']:,} documents, "
            f"{fullest['dossiers']:,} dossiers; pools {fullest['pooled_octets'] / fullest['jobs']:,.0f} bytes a job"
        )
        resident = [month["resident_octets"] / MEGA for month in months]
        print(
            f"  memory: {run['before'] / MEGA:.0f} MB once the model is loaded, {resident[0]:.0f} in the first month, "
            f"{resident[len(resident) // 2]:.0f} half way, {resident[-1]:.0f} in the last; "
            f"peak {run['peak'] / MEGA:.0f} MB"
        )
    year, five = runs["one year"], runs["five years"]
    growth = (five["peak"] - five["before"]) / (year["peak"] - year["before"])
    in_flight = max(month["jobs"] for month in five["months"]) / max(month["jobs"] for month in year["months"])
    print(f"goal: five years on one core in 90 s, then 30 s: {five['seconds']:.1f} s, ", end="")
    print(f"{verdict(met=five['seconds'] <= 90)}, {verdict(met=five['seconds'] <= 30)}")
    print(f"goal: under 600 MB: {five['peak'] / MEGA:.0f} MB, {verdict(met=five['peak'] < 600 * MEGA)}")
    print(
        f"goal: memory follows what is in flight, not the horizon: five years add {growth:.2f} x what one year adds, "
        f"with {in_flight:.2f} x as much in flight when fullest; {verdict(met=growth <= 1.2 * in_flight)}"
    )
    print(f"load of the machine {load_before:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} processors")


if __name__ == "__main__":
    if sys.argv[1:]:
        child(sys.argv[1], tuple(sys.argv[2:]))
    else:
        main()
