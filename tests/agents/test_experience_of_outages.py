"""A delivery that met an outage on its way is bad experience for its sender, wherever the line broke."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from worlds import CALM, Bench, Provinces, fixed, small_province, visits_of

from sim.engine.records import Records
from sim.exchange.codes import EXOGENOUS, FETCH, SEND
from sim.exchange.counting import A_ATTEMPTS, A_IN_OUTAGE, A_LATE

SETS = (
    *CALM,
    fixed("start.installed_unused_share", "0 %"),
    fixed("start.registry_only_share", "0 %"),
    fixed("network.ftth.up", "2 Mbit/s"),
    fixed("network.ftth.down", "2 Mbit/s"),
    fixed("documents.scan_size_median", "30 MB"),
    fixed("documents.size_spread", "0.01"),
    fixed("documents.pages_mean", "1"),
)


def one_letter(provinces: Provinces, pause_ms: int = -1) -> Bench:
    """A department writes one letter to one other; all lines break for five minutes, or not."""
    bench = Bench(provinces.load(small_province(), sets=SETS))
    bench.begin((bench.at(date(2019, 3, 5), 7), 1_000_003, "dept.0", EXOGENOUS))
    bench.world.tier_odds[1, :5] = (0.0, 1.0, 1.0, 1.0, 1.0)
    bench.world.agencies["reply_odds"] = 0.0
    lines = np.flatnonzero(np.isin(bench.world.stations["kind"], (4, 5)))
    if pause_ms >= 0:
        bench.when(pause_ms, lambda: bench.traffic.pause(lines))
        bench.when(pause_ms + 300_000, lambda: bench.traffic.resume(lines))
    bench.run(bench.at(date(2019, 3, 9)))
    return bench


def visits(bench: Bench, step: int) -> Records:
    """Finished visits of one step."""
    kept = visits_of(bench.world)
    return np.array(kept[kept["step"] == step])


def flows(bench: Bench) -> tuple[int, int, int]:
    """The sender's attempts, those late and those that met an outage."""
    mine = bench.world.agency_flows[0, bench.ids["dept.0"]]
    return int(mine[A_ATTEMPTS]), int(mine[A_LATE]), int(mine[A_IN_OUTAGE])


def test_a_quiet_way_is_good_experience(provinces: Provinces) -> None:
    assert flows(one_letter(provinces)) == (1, 0, 0)


@pytest.mark.parametrize("step", [SEND, FETCH])
def test_a_line_that_breaks_is_bad_experience(provinces: Provinces, step: int) -> None:
    (visit,) = visits(one_letter(provinces), step)
    assert visit["finished_ms"] - visit["began_ms"] > 60_000
    broken = one_letter(provinces, int(visit["began_ms"]) + 30_000)
    (longer,) = [one for one in visits(broken, step) if one["key"] == visit["key"]]
    assert longer["finished_ms"] == visit["finished_ms"] + 300_000
    assert flows(broken) == (1, 0, 1)
