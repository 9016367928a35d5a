"""Options that act in the middle of a run, under both schedulers and read back from a resolved file."""

from __future__ import annotations

from datetime import date

import numpy as np
from same_records import assert_same
from worlds import SHIPPED, SOME_OF_EVERYTHING, Provinces, fixed, small_province

from sim.engine.clock import DAY_MS
from sim.model.simulate import simulate
from sim.studies.case import case_of

OFFICES = small_province(1, 1, 2, population=4_000, staff=40)
AT_ONCE = (
    "counter_staff",
    "poll_5_min",
    "it_staff_double",
    "certificate_staff_double",
    "lend_more",
    "overtime_paid",
    "hard_fail_policy",
)


def test_both_schedulers_and_a_resolved_file_take_options_over_alike(provinces: Provinces) -> None:
    """Seven options from the second month on, under either scheduler, and read back from one file that says it all."""
    options = [str(SHIPPED / "options" / f"{name}.toml") for name in AT_ONCE]
    world = {"procedures": SOME_OF_EVERYTHING, "personal": 4, "organisation": 4, "end": date(2019, 4, 5)}
    sets = (fixed("adoption.paper_rule", "0 days"),)
    plain = provinces.load(OFFICES, sets=sets, **world)
    loaded = provinces.load(OFFICES, sets=sets, options=options, options_from=date(2019, 3, 20), **world)
    assert loaded.scenario.changeover.day == date(2019, 4, 1)
    assert loaded.before is not None
    assert loaded.before.scenario == plain.scenario
    compiled, reference = (
        simulate(loaded, 4, 0, engine=engine, tracing=True, audited=3) for engine in ("compiled", "simpy")
    )
    assert_same(compiled, reference)
    without = simulate(plain, 4, 0, tracing=True)
    assert compiled.parameters_before == without.parameters
    assert np.array_equal(compiled.stocks[:2], without.stocks[:2])
    before, after = (one.visits[one.visits["finished_ms"] < 31 * DAY_MS] for one in (without, compiled))
    assert len(before) > 1000
    assert np.array_equal(before, after)
    assert not np.array_equal(compiled.visits, without.visits)
    again = case_of(loaded).loaded
    assert again.content_hash == loaded.content_hash
    assert again.before is not None
    assert again.before.scenario == case_of(plain).loaded.scenario
    assert_same(compiled, simulate(again, 4, 0, tracing=True, audited=3))
