"""What one visit of the full model costs, beside the bare event list, and what that cost is made of.

Run with `python tests/benchmarks/kernel.py`; about a minute. With `--calls` it also counts, on the first working days
and in plain Python, how often a visit calls each part of the engine (three minutes more). Asserts nothing about time.
"""

import argparse
import cProfile
import json
import os
import pstats
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(Path(__file__).resolve().parent)]

from engine_calls import engine_ns
from watched import SCENARIO, Watched, verdict, watch

UNTIL = "2017-03-31"
FIRST_DAYS = ("plan.decided=2016-01-04", "horizon.warm_up=0 days")
"""The shortest beginning of the scenario that its rules allow."""
ROUNDS = 3
PARTS = {
    "one push and one pop of the event list": (),
    "a draw": ("uniform",),
    "a lognormal duration of its draw": ("lognormal",),
    "adding working time": ("add_working",),
    "is the office open": ("is_open",),
    "working time between two instants": ("working_between",),
}
"""What the engine is asked for, and the functions whose calls are counted for it."""


def bare_visit_ns(pending: int, visits: int) -> float:
    """One push and one pop of the event list, at a given number of pending events, with one draw for the time."""
    import numpy as np

    from sim.engine.draws import uniform
    from sim.engine.heap import Events, Size, drop_first, empty_heap, push
    from sim.engine.jit import njit

    @njit
    def turn(heap: Events, size: Size, number: int) -> int:
        for i in range(number):
            now = heap[0].time_ms
            drop_first(heap, size)
            push(heap, size, now + 1 + int(uniform(1, i, 2, 3) * 1e7), 1, i, i)
        return int(heap[0].time_ms)

    heap = empty_heap(pending + 8)
    size = np.zeros(1, np.int64)
    for i in range(pending):
        push(heap, size, i, 1, i, i)
    turn(heap, size, 10)
    begun = time.process_time()
    turn(heap, size, visits)
    return (time.process_time() - begun) / visits * 1e9


def outside_the_loop(loaded: Any) -> list[tuple[str, float]]:
    """Share of each file in the time outside the compiled event loop, a thirtieth or more."""
    profile = cProfile.Profile(time.process_time)
    profile.runcall(watch, loaded)
    seconds: Counter[str] = Counter()
    for (file, _, function), (_, _, own, _, _) in pstats.Stats(profile).stats.items():
        path = Path(file)
        if function in ("_advance", "process_time"):
            continue
        inside = path.is_relative_to(ROOT / "sim") or path.is_relative_to(ROOT / "agents")
        seconds[str(path.relative_to(ROOT)) if inside else "NumPy, SimPy and Python itself"] += own
    total = sum(seconds.values())
    return [(place, own / total) for place, own in seconds.most_common() if own >= total / 30]


def calls_a_visit() -> dict[str, float]:
    """Calls of each part of the engine for one visit, counted in plain Python on the first days."""
    code = (
        "import cProfile, json, pstats\n"
        "from sim.model.simulate import simulate\n"
        "from sim.scenario.loading import load\n"
        f"loaded = load({SCENARIO!r}, until='2016-01-05', sets={FIRST_DAYS!r})\n"
        "profile = cProfile.Profile()\n"
        "visits = profile.runcall(simulate, loaded, 1, 0, certain=True).tally['visits']\n"
        "calls = {}\n"
        "for (_, _, name), (number, *_) in pstats.Stats(profile).stats.items():\n"
        "    calls[name] = calls.get(name, 0) + number / visits\n"
        "print(json.dumps(calls))\n"
    )
    environment = {**os.environ, "NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, cwd=ROOT)
    calls = json.loads(done.stdout.splitlines()[-1])
    return {part: sum(calls.get(name, 0.0) for name in names) for part, names in PARTS.items()}


def reference_ns() -> float:
    """One visit under SimPy, on the first days."""
    from sim.model.simulate import simulate
    from sim.scenario.loading import load

    loaded = load(SCENARIO, until="2016-01-15", sets=FIRST_DAYS)
    begun = time.process_time()
    visits = simulate(loaded, 1, 0, engine="simpy", certain=True).tally["visits"]
    return (time.process_time() - begun) / visits * 1e9


def main() -> None:
    """Print the tables."""
    import numpy as np

    from sim.scenario.loading import load

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", action="store_true")
    count = parser.parse_args().calls
    load_before = os.getloadavg()[0]
    loaded = load(SCENARIO, until=UNTIL)
    watch(loaded)
    runs: list[tuple[Watched, float]] = []
    for _ in range(ROUNDS):
        run = watch(loaded)
        pending = int(statistics.median(month.pending_events for month in run.months[1:]))
        runs.append((run, bare_visit_ns(pending, 5_000_000)))
    full = statistics.median(run.visit_ns for run, _ in runs)
    bare = statistics.median(ns for _, ns in runs)
    ratio = statistics.median(run.visit_ns / ns for run, ns in runs)
    tally = runs[0][0].tally
    print(
        f"to {UNTIL}: {tally['visits']:,} visits, {tally['documents_created']:,} documents, "
        f"{tally['deliveries_created']:,} deliveries, {tally['dossiers_filed']:,} dossiers"
    )
    print(f"bare event list, {pending:,} pending: {bare:6.0f} ns a visit")
    print(
        f"full model, compiled:        {full:6.0f} ns a visit = {ratio:.1f} x bare; "
        f"{1e3 / full:.2f} million visits a second"
    )
    print(f"goal <= 8 x: {verdict(met=ratio <= 8)}; goal <= 4 x: {verdict(met=ratio <= 4)}")
    slow = reference_ns()
    print(f"SimPy reference, first days: {slow:6.0f} ns a visit = {slow / full:.0f} x compiled")
    loop = statistics.median(run.loop_seconds / tally["visits"] * 1e9 for run, _ in runs)
    print(
        f"of the {full:.0f} ns, {loop:.0f} are the compiled event loop = {loop / bare:.1f} x bare; "
        f"{full - loop:.0f} the rest:"
    )
    for place, share in outside_the_loop(loaded):
        print(f"  {share:6.0%}  {place}")
    event_list, draw = "one push and one pop of the event list", "a draw"
    single = {event_list: bare} | engine_ns(loaded)
    single[event_list] -= single[draw]
    calls = calls_a_visit() if count else {}
    calls[event_list] = 1.0
    told = 0.0
    print(f"what the loop's {loop:.0f} ns a visit are made of, single calls measured alone:")
    for part, ns in single.items():
        if part in calls:
            told += calls[part] * ns
            print(f"  {calls[part]:5.2f} x {ns:5.1f} ns = {calls[part] * ns:5.0f} ns  {part}")
        else:
            print(f"          {ns:5.1f} ns            {part}")
    if count:
        print(f"                     {loop - told:5.0f} ns  the rest: rules, queues, counts, records out of the cache")
    print(f"processor time, median of {ROUNDS}; NumPy {np.__version__}, Python {sys.version.split()[0]}")
    print(f"load of the machine {load_before:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
