"""Four replications on one worker and on two, beside what the machine itself gives two processes at once.

Run with `python tests/benchmarks/workers.py`; about a minute. The workers are those of `run`, timed once
they have started; the control runs the bare event list in two processes, for on a busy machine two processes do not
get two processors. Asserts nothing about time.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from watched import ROOT, SCENARIO, verdict

REPLICATIONS = 4
UNTIL = "2017-03-31"
SPIN = (
    "import sys; sys.path.insert(0, 'tests/benchmarks')\n"
    "from kernel import bare_visit_ns\n"
    "bare_visit_ns(8192, 80_000_000)\n"
)


def wall_seconds(*commands: list[str]) -> float:
    """Time on the wall until all of these, begun together, have ended."""
    begun = time.perf_counter()
    running = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) for command in commands]
    for process in running:
        if process.wait() != 0:
            raise SystemExit(process.returncode)
    return time.perf_counter() - begun


def study_seconds(workers: int, folder: Path) -> float:
    """Time on the wall of the replications alone: the workers have started and run the model once before."""
    from sim.scenario.loading import load
    from sim.studies.cell import Cell, Task
    from sim.studies.executors import Finished
    from sim.studies.model_spec import ModelSpec, replicate
    from sim.studies.replications import local_executor

    path = folder / "scenario.resolved.toml"
    loaded = load(SCENARIO, until=UNTIL)
    path.write_text(loaded.resolved_toml(), encoding="utf-8")
    cell = Cell("benchmark", loaded.content_hash, 1, ModelSpec(str(path), loaded.content_hash, 1, "compiled"))
    executor = local_executor(replicate, workers)

    def run(replications: range) -> float:
        begun = time.perf_counter()
        waiting, left = list(replications), len(replications)
        while left:
            while waiting and executor.capacity():
                executor.submit(Task(cell, waiting.pop(0)))
            ended = [event for event in executor.wait(0.5) if hasattr(event, "worker_pid")]
            if not all(isinstance(event, Finished) for event in ended):
                raise SystemExit(f"a replication did not finish: {ended}")
            left -= len(ended)
        return time.perf_counter() - begun

    try:
        run(range(REPLICATIONS, REPLICATIONS + workers))
        return run(range(REPLICATIONS))
    finally:
        executor.stop()


def main() -> None:
    """Print the table."""
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        one, two = (study_seconds(workers, Path(folder)) for workers in (1, 2))
    spin = [sys.executable, "-c", SPIN]
    alone, both = wall_seconds(spin), wall_seconds(spin, spin)
    ours, machine = one / (2 * two), alone / both
    print(f"{REPLICATIONS} replications to {UNTIL}: {one:.1f} s on one worker, {two:.1f} s on two")
    print(f"the bare event list: {alone:.1f} s in one process, {both:.1f} s in each of two at once")
    print(f"goal: parallel efficiency >= 0.9: {ours:.2f}, {verdict(met=ours >= 0.9)}; the machine's own: {machine:.2f}")
    print(f"load of the machine {load_before:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
