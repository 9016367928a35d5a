"""From the command to the first simulated event: with nothing compiled, warm, and `--help`.

Run with `python tests/benchmarks/starting.py`; about two minutes, most of it compiling. Asserts nothing about time.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from watched import ROOT, SCENARIO, verdict

ROUNDS = 5
FIRST_EVENT = f"""
import os
from sim.model.simulate import simulate
from sim.scenario.loading import load
from sim.traffic import compiled

advance = compiled._advance

def watched(world, *rest):
    state = advance(world, *rest)
    if world.tally["visits"][0] > 0:
        os._exit(0)
    return state

compiled._advance = watched
simulate(load({SCENARIO!r}), 1, 0)
"""


@dataclass(frozen=True)
class Start:
    """How long a process took."""

    wall_seconds: float
    processor_seconds: float


def started(arguments: list[str], cache: str | None = None) -> Start:
    """Run Python with these arguments to its end."""
    environment = dict(os.environ)
    environment.pop("NUMBA_CACHE_DIR", None)
    if cache is not None:
        environment["XDG_CACHE_HOME"] = cache
    used, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    wall, now = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Start(wall, now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime)


def told(what: str, starts: list[Start], goal_seconds: float | None) -> None:
    """Print the median of some starts, beside the goal."""
    wall = statistics.median(start.wall_seconds for start in starts)
    processor = statistics.median(start.processor_seconds for start in starts)
    goal = f"; goal < {goal_seconds} s: {verdict(met=wall < goal_seconds)}" if goal_seconds else ""
    print(f"{what}: {wall:.2f} s on the wall, {processor:.2f} s of processor{goal}")


def main() -> None:
    """Print the table."""
    load_before = os.getloadavg()[0]
    first_event = ["-c", FIRST_EVENT]
    with tempfile.TemporaryDirectory() as cache:
        cold = started(first_event, cache)
        warm = [started(first_event, cache) for _ in range(ROUNDS)]
    shown = [started(["run.py", "--help"]) for _ in range(ROUNDS)]
    told("nothing compiled, to the first event", [cold], None)
    told("warm, to the first event", warm, 2)
    told("--help", shown, 0.1)
    print(f"load of the machine {load_before:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
