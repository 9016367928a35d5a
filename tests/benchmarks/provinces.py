"""One, three and ten provinces' agencies in one world: what a delivery costs, what it takes in flight.

Run with `python tests/benchmarks/provinces.py`; about a minute. The model holds one province, so the larger worlds are
one province with the agencies, people, procedures and money of several Bình Định under new ids; its documents go to
ever more agencies, which is harder than several provinces side by side: every agency of a tier is asked who gets a
document, and what that takes is measured by itself. Asserts nothing about time.
"""

import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from engine_calls import choosing_us
from kernel import bare_visit_ns
from memory import run_apart
from watched import SCENARIO, peak_octets, resident_octets, verdict, watch

SETS = ("plan.decided=2016-01-04", "horizon.warm_up=30 days")
UNTIL = "2016-02-29"
NUMBERS = (1, 3, 10)


def copies(loaded: Any, number: int) -> Any:
    """The scenario with its agencies, procedures and money so many times; the outside stays one."""
    inside = {row.agency_id for row in loaded.agencies if row.tier != "outside"}
    agencies, procedures = list(loaded.agencies), list(loaded.procedures)
    for copy in range(1, number):

        def again(name: str, copy: int = copy) -> str:
            return f"p{copy}.{name}" if name in inside else name

        agencies.extend(
            replace(row, agency_id=again(row.agency_id), parent_id=again(row.parent_id))
            for row in loaded.agencies
            if row.agency_id in inside
        )
        for row in loaded.procedures:
            if row.intake_tier == "province":
                steps = tuple(again(step) if "." in step else step for step in row.steps)
                name = f"p{copy}.{row.procedure_id}"
                procedures.append(replace(row, procedure_id=name, agency_id=again(row.agency_id), steps=steps))
    budget = [replace(line, amount_million_vnd=number * line.amount_million_vnd) for line in loaded.budget]
    return replace(loaded, agencies=tuple(agencies), procedures=tuple(procedures), budget=tuple(budget))


def child(number: int) -> None:
    """Run one world and write what was seen."""
    from sim.scenario.loading import load

    loaded = load(SCENARIO, until=UNTIL, sets=SETS)
    watch(loaded)
    before = resident_octets()
    run = watch(copies(loaded, number))
    bare = bare_visit_ns(max(month.pending_events for month in run.months), 2_000_000)
    choosing = choosing_us(copies(loaded, number))
    seen = {"before": before, "peak": peak_octets(), "bare_ns": bare, "choosing_us": choosing}
    print(json.dumps(asdict(run) | seen))


def main() -> None:
    """Print the table."""
    load_before = os.getloadavg()[0]
    runs = {number: run_apart(str(number), script=__file__) for number in NUMBERS}
    costs, room, choosing = {}, {}, {}
    for number, run in runs.items():
        tally = run["tally"]
        fullest = max(run["months"], key=lambda month: month["jobs"])
        costs[number] = run["seconds"] / tally["deliveries_created"] * 1e6
        choosing[number] = run["choosing_us"]
        room[number] = fullest["pooled_octets"] / fullest["jobs"]
        a_visit = [run[name] / tally["visits"] * 1e9 for name in ("seconds", "loop_seconds")]
        print(
            f"{number:2} x: {tally['visits']:,} visits, {tally['deliveries_created']:,} deliveries, "
            f"{tally['dossiers_filed']:,} dossiers, {run['seconds']:.1f} s; {costs[number]:.2f} us a delivery"
        )
        print(
            f"      {a_visit[0]:.0f} ns a visit, {a_visit[1]:.0f} in the event loop, where the bare event list "
            f"takes {run['bare_ns']:.0f}"
        )
        print(f"      choosing recipients, measured by itself: {choosing[number]:.2f} us a delivery")
        print(
            f"      {fullest['jobs']:,} jobs in flight when fullest, {room[number]:,.0f} bytes a job; "
            f"peak {run['peak'] / 1e6:.0f} MB"
        )
    dearer = costs[10] / costs[1]
    rest = (costs[10] - choosing[10]) / (costs[1] - choosing[1])
    wider = max(room.values()) / min(room.values())
    print(f"goal: a delivery among ten <= 1.3 x: {dearer:.2f} x, {verdict(met=dearer <= 1.3)}")
    print(f"  of it without choosing recipients: {rest:.2f} x")
    print(f"goal: bytes a job in flight within 1.5 x: {wider:.2f} x, {verdict(met=wider <= 1.5)}")
    print(f"load of the machine {load_before:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} processors")


if __name__ == "__main__":
    if sys.argv[1:]:
        child(int(sys.argv[1]))
    else:
        main()
