"""From one province to the whole country: minutes, memory, and what a delivery costs beside one province alone.

Run with `python tests/benchmarks/country.py`, or with `of 1 3 10` for some numbers of provinces only, and `until
2016-03-31` for a shorter time than the first year. Each line is `run.py country` in a process of its own, all its
provinces in one process. Asserts nothing about time.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from watched import ROOT, verdict

NUMBERS = (1, 3, 10, 30, 63)
GOAL = 1.5


def country(number: int, until: str) -> dict[str, float]:
    """What the command says of so many provinces."""
    words = ["country", "--provinces", str(number), "--until", until, "--json"]
    done = subprocess.run([sys.executable, ROOT / "run.py", *words], check=True, stdout=subprocess.PIPE, cwd=ROOT)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Print the line from one province to all."""
    words = dict.fromkeys(sys.argv[1:])
    until = next((word for word in words if "-" in word), "2016-12-31")
    numbers = [int(word) for word in words if word.isdigit()] or list(NUMBERS)
    load_before = os.getloadavg()[0]
    ratio = 1.0
    for number in numbers:
        ran = country(number, until)
        cost = ran["microseconds_a_delivery"]
        ratio = cost / ran["microseconds_alone"]
        print(
            f"{number:2}: {ran['deliveries']:,} deliveries, {ran['between_provinces']:,} between provinces; "
            f"{ran['processor_seconds'] / 60:.1f} min of processor, {ran['wall_seconds'] / 60:.1f} on the wall, "
            f"{ran['memory_octets'] / 1e9:.2f} GB; {cost:.1f} us a delivery, {ratio:.2f} x one province alone",
            flush=True,
        )
    print(f"goal: a delivery in {numbers[-1]} <= {GOAL} x that in one: {ratio:.2f} x, {verdict(met=ratio <= GOAL)}")
    print(f"load of the machine {load_before:.1f} before, {os.getloadavg()[0]:.1f} after; {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
