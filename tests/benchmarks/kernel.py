"""What one visit costs: the full model under both schedulers, beside the bare event list.

Run with `python tests/benchmarks/kernel.py`. Prints ratios measured in one call; asserts nothing about time.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))


def compile_seconds() -> float:
    """Time of a first run with an empty cache, in a process of its own, less that of a second run."""
    code = (
        "import time; from sim.scenario.loading import load; from sim.province import simulate; "
        "loaded = load('binh_dinh_2016_2020', until='2017-03-31'); start = time.perf_counter(); "
        "simulate(loaded, 1, 0); print(time.perf_counter() - start)"
    )
    with tempfile.TemporaryDirectory() as cache:
        environment = {**os.environ, "NUMBA_CACHE_DIR": cache, "PYTHONPATH": str(ROOT)}
        seconds = [
            float(
                subprocess.run(
                    [sys.executable, "-c", code], env=environment, check=True, capture_output=True, text=True, cwd=ROOT
                ).stdout
            )
            for _ in range(2)
        ]
    return seconds[0] - seconds[1]


def bare_visit_ns(pending: int, visits: int) -> float:
    """One push and one pop of the event list, at a given number of pending events."""
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
    start = time.perf_counter()
    turn(heap, size, visits)
    return (time.perf_counter() - start) / visits * 1e9


def full_visit_ns(engine: str, until: str) -> tuple[float, int]:
    """One visit of the full model, everything included, and how many there were."""
    from sim.province import simulate
    from sim.scenario.loading import load

    short = ("horizon.start=2017-03-01", "horizon.warm_up=0 days") if engine == "simpy" else ()
    loaded = load("binh_dinh_2016_2020", until=until, sets=short)
    start = time.perf_counter()
    visits = simulate(loaded, 1, 0, engine=engine, certain=True).tally["visits"]
    return (time.perf_counter() - start) / visits * 1e9, visits


def main() -> None:
    """Print the table."""
    import numpy as np

    from sim.exchange import state

    records = (state.JOB, state.PAPER, state.AGENCY, state.STATION, state.CERTIFICATE, state.RULES, state.TALLY)
    fields = sum(len(dtype.names or ()) for dtype in records)
    print(f"fields in hot records: {fields}; arrays in the world: {len(state.World._fields)}")
    print(f"compile time, empty cache: {compile_seconds():.1f} s")
    full_visit_ns("compiled", "2017-03-31")
    compiled, visits = full_visit_ns("compiled", "2020-12-31")
    reference, few = full_visit_ns("simpy", "2017-03-17")
    bare = bare_visit_ns(8192, 5_000_000)
    print(f"bare event list, 8,192 pending: {bare:8.0f} ns a visit")
    print(f"compiled, full model, {visits:,} visits: {compiled:8.0f} ns a visit = {compiled / bare:.1f} x bare")
    print(f"SimPy reference, {few:,} visits: {reference:8.0f} ns a visit = {reference / compiled:.0f} x compiled")
    print(f"NumPy {np.__version__}, Python {sys.version.split()[0]}")


if __name__ == "__main__":
    main()
