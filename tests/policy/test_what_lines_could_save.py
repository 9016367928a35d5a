"""Network options hardly move Bình Định at its stated values: how much waiting each could save, and what it does.

Lines there are idle nearly always, so no line, server or redundancy can do much; what a perfect network would do bounds
all of them. All unknowns stand at their stated values, and luck alone differs from replication to replication, since
drawn worlds differ too much to be pooled. Of three (seed 20170317, replications 0-2, to the middle of 2018) a perfect
network has 17, 0.2 and 0.2 points more accepted. In the first, a faster shared line and quicker polling have 0.5 and
0.3 less, in the other two nothing: there Hoài Nhơn district goes through months in which half of what it tries goes
wrong, on any line, and gives e-office up or just keeps it. Whatever moves a delivery to another hour may tip that
either way.

Read with `-s`, this is the reason to give where a comparison shows that a network option moves nothing.
"""

from __future__ import annotations

import math
import os
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from statistics import variance

import numpy as np
import pytest
from scipy.special import stdtrit
from worlds import fixed

from sim.engine.clock import HOUR_MS
from sim.exchange import counting as c
from sim.exchange.codes import DOWNLINK, LINE_DOWN, LINK_BUSY, OUTAGE, OUTSIDE, POLLING, UPLINK
from sim.model.simulate import simulate
from sim.scenario.loading import load

SEED = 20170317
NETWORK = {
    "dedicated_network_communes": (LINK_BUSY, OUTAGE),
    "dedicated_network_departments_districts": (LINK_BUSY, OUTAGE),
    "second_line": (OUTAGE,),
    "faster_lines_communes": (LINK_BUSY, OUTAGE),
    "faster_shared_line": (LINK_BUSY,),
    "lighter_pages": (),
    "datacentre_redundancy": (OUTAGE,),
    "datacentre_capacity": (),
    "poll_5_min": (POLLING,),
    "ups_lines": (OUTAGE,),
}
"""Network options, and the waiting each may save; the rest is pages of the web e-office that fail."""
PERFECT = (
    *(
        fixed(f"network.{route}.{way}", "1000 Mbit/s")
        for route in ("adsl", "ftth", "dedicated")
        for way in ("up", "down")
    ),
    *(fixed(f"network.{cause}_per_year", "0 /year") for cause in ("datacentre_faults", "power_faults")),
    *(fixed(f"network.{route}.faults_per_year", "0 /year") for route in ("adsl", "ftth", "dedicated")),
    fixed("network.web.server", "1 ms"),
    fixed("network.web.patience", "1 h"),
    fixed("network.poll_interval", "1 min"),
)
"""No fault, no waiting for a line, a page or a poll: more than any network option could ever bring."""
UNTIL = "2018-12-31"
REPLICATIONS = 2
LAST_MONTHS = 6
OFFICE_HOURS_A_MONTH = 21 * 8
ERROR_CHANCE = 0.01
"""That any of all comparisons fails by chance."""
MOST_TOLERANCE = 0.005
"""A tolerance of more than half a point would let through what the test is there to find."""


@dataclass(frozen=True)
class Seen:
    """What one replication comes to in its last months."""

    accepted: float
    hours: tuple[float, ...]
    """Waiting by cause, hours a delivery."""
    lines_busy: float
    """Mean share of office hours in which an agency's line carries something."""
    busiest_line: float
    line_down: float
    """Share of deliveries that went on paper since a line or the data centre was down."""
    pages_failed: float


def seen(given: tuple[tuple[str, ...], tuple[str, ...], int]) -> Seen:
    options, sets, replication = given
    loaded = load("binh_dinh_2016_2020", until=UNTIL, options=options, sets=sets)
    record = simulate(loaded, SEED, replication, certain=True)
    last = slice(-LAST_MONTHS, None)
    flows = record.flows[last, :OUTSIDE, :OUTSIDE].sum(axis=(0, 1, 2))
    deliveries = float(flows[c.DELIVERIES])
    links = np.isin(record.station_kinds, (UPLINK, DOWNLINK))
    busy = record.worked_ms[last][:, links].sum(axis=0) / (LAST_MONTHS * OFFICE_HOURS_A_MONTH * HOUR_MS)
    tasks = record.agency_flows[last].sum(axis=(0, 1))
    return Seen(
        accepted=float(flows[c.ACCEPTED]) / deliveries,
        hours=tuple(float(hours) for hours in record.waits_ms[last].sum(axis=0) / HOUR_MS / deliveries),
        lines_busy=float(busy.mean()),
        busiest_line=float(busy.max()),
        line_down=float(record.causes[last, :OUTSIDE, :OUTSIDE, LINE_DOWN].sum()) / deliveries,
        pages_failed=float(tasks[c.A_ONLINE_FAILED]) / max(1.0, float(tasks[c.A_ONLINE_TRIES])),
    )


def mean(values: Iterable[float]) -> float:
    kept = list(values)
    return sum(kept) / len(kept)


def tolerance(differences: Sequence[Sequence[float]]) -> float:
    """What the means of paired differences may be off by chance: their pooled standard error times Student's t.

    The quantile allows for a comparison on either side of each (Bonferroni).
    """
    freedom = sum(len(of_option) - 1 for of_option in differences)
    pooled = sum(variance(of_option) * (len(of_option) - 1) for of_option in differences) / freedom
    quantile = float(stdtrit(freedom, 1.0 - ERROR_CHANCE / (2 * len(differences))))
    return quantile * math.sqrt(pooled / len(differences[0]))


@pytest.mark.slow
def test_no_network_option_can_do_more_for_binh_dinh_than_a_perfect_network() -> None:
    """Full volumes to the end of 2018: what each could save at most, from the waiting measured, and what it does.

    Read with `-s`: these are the reasons to give where a comparison shows that a network option moves nothing.
    """
    cases = [((), ()), ((), PERFECT), *(((option,), ()) for option in NETWORK)]
    work = [(options, sets, replication) for options, sets in cases for replication in range(REPLICATIONS)]
    cores = len(os.sched_getaffinity(0))
    with ProcessPoolExecutor(cores, mp_context=get_context("fork")) as pool:
        found = list(pool.map(seen, work))
    base, perfect, *others = (found[at : at + REPLICATIONS] for at in range(0, len(found), REPLICATIONS))
    gains = {
        option: [b.accepted - a.accepted for a, b in zip(base, other, strict=True)]
        for option, other in zip(NETWORK, others, strict=True)
    }
    possible = [b.accepted - a.accepted for a, b in zip(base, perfect, strict=True)]
    most, chance = mean(possible), tolerance([possible, *gains.values()])
    lines_busy, busiest = mean(one.lines_busy for one in base), max(one.busiest_line for one in base)
    said = [
        f"lines are busy {lines_busy:.2%} of office hours, the busiest {busiest:.1%};",
        f"{mean(one.line_down for one in base):.2%} of deliveries go on paper because a line is down,",
        f"{mean(one.pages_failed for one in base):.2%} of tasks on the web e-office fail;",
        f"a perfect network would have {100 * most:+.2f} points more of the deliveries accepted;",
        f"chance allows {100 * chance:.2f} points less than nothing or more than that",
    ]
    for option, other in zip(NETWORK, others, strict=True):
        could = mean(sum(one.hours[cause] for cause in NETWORK[option]) for one in base)
        left = mean(sum(one.hours[cause] for cause in NETWORK[option]) for one in other)
        whole = mean(sum(one.hours) for one in base)
        hours = f"{could - left:+.3f} of {could:.3f} hours a delivery, of {whole:.1f}"
        said.append(f"{option}: {100 * mean(gains[option]):+.2f} points; {hours}")
        assert left < could * 1.02 + 0.001, option
    sys.stdout.write("\n".join(["", *said, ""]))
    assert chance < MOST_TOLERANCE
    assert lines_busy < 0.01
    assert most > -chance
    for option, of_option in gains.items():
        assert -chance < mean(of_option) < most + chance, option
