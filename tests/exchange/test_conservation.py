"""A rough month balances, and one more document changes nothing that it does not touch."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from worlds import CALM, MENDED_AT_ONCE, Bench, Provinces, fixed, play, record_of, small_province

from sim.engine.records import Records
from sim.exchange import codes
from sim.exchange.codes import EXOGENOUS, INTERNAL, OFFICE
from sim.exchange.state import ARRIVAL, World
from sim.model.conservation import check_conservation
from sim.model.province import Province

ROUGH = (
    *MENDED_AT_ONCE,
    fixed("documents.wrong_address_share", "30 %"),
    fixed("documents.missing_file_share", "10 %"),
    fixed("network.ftth.faults_per_year", "5000 /year"),
    fixed("network.ftth.repair", "5 min"),
    fixed("network.ftth.up", "100 kbit/s"),
)


@pytest.fixture(scope="module")
def finished(provinces: Provinces) -> Province:
    """A rough month, with twins, refusals, repeats and a good deal still under way."""
    loaded = provinces.load(small_province(3, 2, 3), sets=ROUGH, start=date(2019, 3, 1), end=date(2019, 3, 29))

    def electronic(world: World) -> None:
        world.agencies["level"] = np.where(world.agencies["tier"] < 4, 3, 2)

    running = play(loaded, seed=3, prepare=electronic)
    tally = running.traffic.world.tally[0]
    least = min(int(tally.twins_filed), int(tally.repeats_dropped), int(tally.deliveries_handled))
    assert least > 20
    record_of(running, 3)
    return running


def test_an_honest_run_balances(finished: Province) -> None:
    check_conservation(finished.traffic.world, finished.ledger)
    tally = finished.traffic.world.tally[0]
    assert tally.jobs_created > tally.jobs_finished > 0
    assert tally.documents_created > tally.documents_finished > 0


NEW_KEY = 987_654_321


def isolated(provinces: Provinces, engine: str, *, extra: bool, sender: str = "office") -> tuple[Bench, Records]:
    """A month in which nobody writes to the provincial Office, which writes nothing but one paper, or none."""
    loaded = provinces.load(small_province(3, 2, 3), sets=ROUGH, start=date(2019, 3, 1), end=date(2019, 3, 15))
    bench = Bench(loaded, engine=engine, seed=9)
    world = bench.world
    world.agencies["level"] = 3
    for tier in range(5):
        world.tier_odds[tier, :5] = np.maximum(0.0, world.tier_odds[tier, :5] - world.tier_odds[tier, OFFICE])
        world.tier_odds[tier, :5] /= max(world.tier_odds[tier, 4], 1e-9)
    luck = np.random.default_rng(12)
    times = np.sort(luck.integers(0, bench.founded.end_ms, 500))
    others = np.array([i for name, i in bench.ids.items() if name != "office"])
    rows = [
        (int(time), int(key), int(other), EXOGENOUS)
        for time, key, other in zip(times, luck.integers(1, 1 << 62, 500), luck.choice(others, 500), strict=True)
    ]
    if extra:
        rows.append((bench.at(date(2019, 3, 5), 9), NEW_KEY, bench.ids[sender], INTERNAL))
    bench.traffic.expect(np.array(sorted(rows), ARRIVAL).view(np.recarray))
    return bench, bench.run()


@pytest.mark.parametrize("engine", ["compiled", "simpy"])
def test_a_document_that_touches_nobody_changes_nothing(provinces: Provinces, engine: str) -> None:
    """One more paper in an agency of its own: its visits are added, and every other record stands as it was."""
    _, without = isolated(provinces, engine, extra=False)
    bench, with_it = isolated(provinces, engine, extra=True)
    mine = with_it["key"] == NEW_KEY
    assert mine.sum() == 6
    assert with_it[~mine].tobytes() == without.tobytes()
    assert len(without) > 5_000
    office = {station for station, s in enumerate(bench.world.stations) if s["agency"] == bench.ids["office"]}
    assert set(with_it[mine]["station"].tolist()) <= office
    assert not office & set(without["station"].tolist())


def test_one_more_document_at_a_busy_agency_does_change_others(provinces: Provinces) -> None:
    """The contrary, so that the test above is known to be able to see a change."""
    _, without = isolated(provinces, "compiled", extra=False)
    _, with_it = isolated(provinces, "compiled", extra=True, sender="dept.0")
    assert with_it[with_it["key"] != NEW_KEY].tobytes() != without.tobytes()


def test_every_step_has_a_name_and_no_two_share_a_number() -> None:
    """Draws, steps and causes are told apart by number alone."""
    names = [name for name in vars(codes) if name.startswith(("DRAW_", "CHILD_"))]
    assert len({getattr(codes, name) for name in names}) == len(names) > 25


def test_without_faults_of_addressing_nothing_is_refused_for_them(provinces: Provinces) -> None:
    loaded = provinces.load(small_province(2, 1, 2), sets=CALM, start=date(2019, 3, 1), end=date(2019, 3, 15))
    record = record_of(play(loaded, seed=2, prepare=lambda world: world.agencies["level"].fill(3)), 2)
    assert record.refusals[:, [codes.WRONG_ADDRESS, codes.MISSING_FILE]].sum() == 0
    assert record.flows[..., 5].sum() > 50
