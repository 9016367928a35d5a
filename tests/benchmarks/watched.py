"""One replication with its inside looked at on the first day of every month: what is in flight, what it takes."""

import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

SCENARIO = "binh_dinh_2016_2020"


@dataclass(frozen=True)
class Month:
    """What was under way when a month began."""

    pending_events: int
    jobs: int
    documents: int
    dossiers: int
    pooled_octets: int
    """Room taken by the pools, their free lists and the event list."""
    resident_octets: int
    """Memory of the whole process."""


@dataclass(frozen=True)
class Watched:
    """A finished replication and what was seen on the way."""

    tally: dict[str, int]
    seconds: float
    """Processor time, which a busy machine distorts less than the clock on the wall."""
    loop_seconds: float
    """The part of it inside the compiled event loop."""
    months: list[Month]

    @property
    def visit_ns(self) -> float:
        return self.seconds / self.tally["visits"] * 1e9


def resident_octets() -> int:
    """Memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize()


def peak_octets() -> int:
    """Most memory this process ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _seen(traffic: Any) -> Month:
    from sim.engine.event_list import pending

    w = traffic.world
    used = {name: len(getattr(w, name)) - int(w.tally[f"free_{name}"][0]) for name in ("jobs", "documents", "dossiers")}
    pools = (w.jobs, w.documents, w.dossiers, w.free_jobs, w.free_documents, w.free_dossiers, *traffic._events)
    return Month(
        pending_events=int(pending(traffic._events)),
        pooled_octets=sum(pool.nbytes for pool in pools),
        resident_octets=resident_octets(),
        **used,
    )


def watch(loaded: Any, replication: int = 0) -> Watched:
    """Run one replication on the compiled scheduler, every unknown at its stated value."""
    from sim.model import simulate as province
    from sim.traffic import compiled

    schedulers: list[Any] = []
    months: list[Month] = []
    make, advance = province._scheduler, compiled._advance
    loop_seconds = 0.0

    def kept(*arguments: Any) -> Any:
        schedulers.append(make(*arguments))
        return schedulers[-1]

    def timed(*arguments: Any) -> int:
        nonlocal loop_seconds
        begun = time.process_time()
        state = advance(*arguments)
        loop_seconds += time.process_time() - begun
        return int(state)

    def look(_: float) -> None:
        months.append(_seen(schedulers[-1]))

    with patch.object(province, "_scheduler", kept), patch.object(compiled, "_advance", timed):
        begun = time.process_time()
        tally = province.simulate(loaded, 1, replication, certain=True, report=look).tally
        return Watched(tally, time.process_time() - begun, loop_seconds, months)


def verdict(*, met: bool) -> str:
    """How a figure stands to its goal."""
    return "met" if met else "NOT MET"
