"""Long-run averages against the formulas of queueing theory.

The data are means of independent replications. A comparison passes when theory lies within the half-width of
the interval and the half-width is small enough to have caught an error of `DELTA`; a test that could not have
noticed one fails as inconclusive.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scipy import stats
from worlds import ALWAYS_OPEN, CALM, CONSTANT, EXPONENTIAL, Bench, Provinces, fixed, small_province

from sim.engine.clock import MINUTE_MS
from sim.engine.records import Records
from sim.exchange.codes import DEPARTMENT, EXOGENOUS, INTERNAL, ISSUE, SEND
from sim.exchange.state import VISIT
from sim.scenario.loading import LoadedScenario

REPLICATIONS = 24
ALPHA = 1e-4
"""Chance of a false alarm, were the seeds not fixed."""
DELTA = 0.05
"""Smallest relative error that must be noticed."""
SENDER = "dept.0"
MOMENT = "0.001 s"
"""Work that is over as soon as it begins: one millisecond."""
IDLE = tuple(
    fixed(f"people.{name}", MOMENT)
    for name in (
        "draft",
        "review",
        "sign_wet",
        "sign_digital",
        "scan",
        "send_electronic",
        "annotate",
        "handle",
        "print_copy",
        "register_paper",
        "register_electronic",
        "file_duplicate",
    )
)
ALIKE = (fixed("volumes.department_spread", "0"), fixed("volumes.commune_spread", "0"))
ISSUE_MS = 4 * MINUTE_MS
VISITS_EACH = 20
"""Of one paper, more than it has."""


def assert_mean(means: Sequence[float], theory: float) -> None:
    """Pass, fail, or inconclusive, which fails too."""
    values = np.array(means)
    half = stats.t.ppf(1 - ALPHA / 2, len(values) - 1) * values.std(ddof=1) / math.sqrt(len(values))
    assert half <= DELTA * abs(theory), f"inconclusive: half-width {half / theory:.1%} of {theory:.6g}"
    assert abs(values.mean() - theory) <= half, f"{values.mean():.6g} is not {theory:.6g} +- {half:.2g}"


def erlang_c(load: float, clerks: int) -> float:
    """Chance to wait, from Erlang's loss formula by recursion over clerks."""
    blocked = 1.0
    for k in range(1, clerks + 1):
        blocked = load * blocked / (k + load * blocked)
    rho = load / clerks
    return blocked / (1.0 - rho * (1.0 - blocked))


def year(provinces: Provinces, *sets: str, clerks: float = 1) -> LoadedScenario:
    """Round the clock, one department at work, one class of papers."""
    offices = [replace(o, clerks=clerks, staff=100) if o.agency_id == SENDER else o for o in small_province(2, 1, 1)]
    return provinces.load(
        offices,
        sets=(*CALM, *ALWAYS_OPEN, *IDLE, *ALIKE, fixed("people.issue", "4 min"), *sets),
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
    )


def poisson(world: Bench, gap_ms: float, number: int, seed: int, kind: int = INTERNAL) -> int:
    """Papers by a Poisson process of this mean gap; the time of the last."""
    room = np.zeros(VISITS_EACH * number, VISIT)  # at once: growing doubles every pool, and takes longer than the work
    world.traffic.world = world.world._replace(visits=room.view(np.recarray))
    luck = np.random.default_rng([seed, 7])
    times = np.cumsum(luck.exponential(gap_ms, number)).astype(np.int64)
    keys = luck.integers(1, 1 << 62, number)
    world.begin(*((int(t), int(k), SENDER, kind) for t, k in zip(times, keys, strict=True)))
    return int(times[-1])


def settled(visits: Records, step: int, last_ms: int) -> Records:
    """Visits of one step, the first tenth of the time left out, since it begins with nobody in line."""
    mine = visits[visits["step"] == step]
    return np.asarray(mine[(mine["entered_ms"] > last_ms // 10) & (mine["entered_ms"] <= last_ms)])


def waits_ms(visits: Records) -> float:
    return float((visits["began_ms"] - visits["entered_ms"]).mean())


def issued(provinces: Provinces, rho: float, sets: Sequence[str], number: int, clerks: int = 1) -> list[Records]:
    """The registry's visits in each replication, at this load."""
    runs = []
    loaded = year(provinces, *sets, clerks=clerks)
    for seed in range(REPLICATIONS):
        world = Bench(loaded, seed=seed)
        last = poisson(world, ISSUE_MS / (rho * clerks), number, seed)
        runs.append(settled(world.run(), ISSUE, last))
    return runs


@pytest.mark.slow  # M/M/c, which the quick suite keeps, with one clerk
def test_one_clerk_m_m_1(provinces: Provinces) -> None:
    """Wq = rho / (mu - lambda); a wait at all with chance rho; the sojourn is exponential."""
    rho = 0.5
    runs = issued(provinces, rho, EXPONENTIAL, 24_000)
    assert_mean([waits_ms(run) for run in runs], rho / (1 - rho) * ISSUE_MS)
    assert_mean([float((run["began_ms"] > run["entered_ms"]).mean()) for run in runs], rho)
    sojourn = ISSUE_MS / (1 - rho)
    for times in (0.5, 1.0):
        longer = [float((run["finished_ms"] - run["entered_ms"] > times * sojourn).mean()) for run in runs]
        assert_mean(longer, math.exp(-times))


def test_three_clerks_m_m_c(provinces: Provinces) -> None:
    """Erlang's C: the chance to wait, and Wq = C / (c mu - lambda)."""
    rho, clerks = 0.6, 3
    runs = issued(provinces, rho, EXPONENTIAL, 40_000, clerks)
    chance = erlang_c(rho * clerks, clerks)
    assert_mean([float((run["began_ms"] > run["entered_ms"]).mean()) for run in runs], chance)
    assert_mean([waits_ms(run) for run in runs], chance * ISSUE_MS / (clerks * (1 - rho)))


@pytest.mark.slow  # M/G/1, which the quick suite keeps, without spread
def test_constant_work_m_d_1(provinces: Provinces) -> None:
    """Half the wait of exponential work."""
    rho = 0.6
    runs = issued(provinces, rho, CONSTANT, 20_000)
    assert_mean([waits_ms(run) for run in runs], rho / (2 * (1 - rho)) * ISSUE_MS)


def test_clerical_work_m_g_1(provinces: Provinces) -> None:
    """Lognormal work, as the shipped scenarios have it: Pollaczek and Khinchine."""
    rho, spread = 0.5, 0.6
    sets = ("people.service_shape=lognormal", fixed("people.service_spread", str(spread)))
    runs = issued(provinces, rho, sets, 9_000)
    second_moment = math.exp(spread**2)
    assert_mean([waits_ms(run) for run in runs], rho * second_moment / (2 * (1 - rho)) * ISSUE_MS)


def test_a_line_that_sends_one_file_after_another_m_g_1(provinces: Provinces) -> None:
    """Files of lognormal size on an uplink: big scans hold up what stands behind them, as the formula says."""
    rho, spread, median = 0.5, 0.8, 1_000_000
    sets = (
        *CONSTANT,
        fixed("people.issue", MOMENT),
        fixed("network.gateway", MOMENT),
        fixed("network.message_service", MOMENT),
        fixed("documents.pages_mean", "1"),
        fixed("documents.size_spread", str(spread)),
        fixed("documents.scan_size_median", "1 MB"),
        fixed("documents.message_limit", "1000 MB"),
        fixed("documents.transport_overhead", "1"),
        fixed("network.ftth.up", "1 Mbit/s"),
        fixed("network.ftth.background_share", "0 %"),
    )
    send_ms = median * 8 / 1000  # at 1 Mbit/s
    mean = send_ms * math.exp(spread**2 / 2)
    second = send_ms**2 * math.exp(2 * spread**2)
    waits, sends = [], []
    loaded = year(provinces, *sets)
    for seed in range(REPLICATIONS):
        world = Bench(loaded, seed=seed)
        world.world.agencies["level"] = 3
        world.world.agencies["reply_odds"] = 0.0
        world.world.tier_odds[DEPARTMENT] = [0.0, 1.0, 1.0, 1.0, 1.0, 0.0]
        last = poisson(world, mean / rho, 16_000, seed, kind=EXOGENOUS)
        visits = settled(world.run(last + 60 * MINUTE_MS), SEND, last)
        waits.append(waits_ms(visits))
        sends.append(float((visits["finished_ms"] - visits["began_ms"]).mean()))
    assert_mean(sends, mean)
    assert_mean(waits, rho / mean * second / (2 * (1 - rho)))
