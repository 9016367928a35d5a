"""Offices that drown, lines that break and pools that grow: both schedulers still leave the same record."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from little_provinces import HALF, START, both, both_provinces, reactions
from same_records import COUNTS, assert_same
from worlds import CALM, MENDED_AT_ONCE, Provinces, fixed, record_of, small_province

from sim.engine.clock import HOUR_MS
from sim.exchange.codes import OFFICERS, REGISTRY
from sim.model.simulate import simulate


def test_offices_that_drown(provinces: Provinces) -> None:
    """Slow registries and counters: officers help and go back, people stay, paper goes instead of messages."""
    slow = ("issue", "register_paper", "register_electronic")
    sets = (
        *CALM,
        *HALF,
        *(fixed(f"people.{name}", "40 min") for name in slow),
        fixed("people.officer_document_share", "80 %"),
        fixed("people.react_days", "0.5"),
        fixed("people.lent_share", "30 %"),
        fixed("people.overtime_a_day", "3 h"),
        fixed("people.overtime_a_year", "200 h"),
        fixed("people.swamped_days", "1"),
        fixed("dossiers.arrivals.per_head", "4 /year"),
        fixed("dossiers.counter.ordinary", "90 min"),
    )
    spec = {
        "offices": small_province(2, 1, 2, population=6000),
        "sets": sets,
        "organisation": 4,
        "personal": 6,
        "whole_minutes": False,
        "disturbances": [],
        "seed": 5,
        "level": 3,
        "software": 2,
    }
    pair = both_provinces(provinces, spec)
    reacted = reactions(pair[0])
    assert reacted == reactions(pair[1])
    assert min(reacted.values()) > 20, reacted
    stations = pair[0].traffic.world.stations
    helped = stations["most"] > stations["capacity"] - stations["extra"]
    assert {int(kind) for kind in stations["kind"][helped]} >= {REGISTRY, OFFICERS}
    assert_same(*(record_of(one, 5) for one in pair))


def test_lines_that_break_all_the_time(provinces: Provinces) -> None:
    """Slow lines with several faults a day: hundreds of transfers broken, resumed and sent again in vain."""
    sets = (
        *MENDED_AT_ONCE,
        fixed("network.ftth.up", "100 kbit/s"),
        fixed("network.ftth.down", "100 kbit/s"),
        fixed("network.ftth.faults_per_year", "3000 /year"),
        fixed("network.ftth.repair", "4 min"),
        fixed("network.power_faults_per_year", "500 /year"),
        fixed("network.datacentre_faults_per_year", "1000 /year"),
        fixed("network.datacentre_repair", "20 min"),
    )
    spec = {
        "offices": small_province(3, 1, 3, population=3000),
        "sets": sets,
        "organisation": 4,
        "personal": 6,
        "whole_minutes": False,
        "disturbances": [],
        "seed": 77,
        "level": 3,
        "software": 2,
    }
    compiled, reference = both(provinces, spec)
    assert compiled.tally["repeats_dropped"] > 30
    assert compiled.waits_ms[:, 5].sum() > HOUR_MS
    assert_same(compiled, reference)


@pytest.mark.parametrize("tracing", [True, False])
def test_a_backlog_that_outgrows_the_pool(provinces: Provinces, tracing: bool) -> None:
    """Nobody handles anything: six thousand documents pile up where there was room for four."""
    loaded = provinces.load(
        small_province(2, 1, 2, staff=3, leaders=1),
        sets=(
            *CALM,
            fixed("volumes.department_outgoing", "30000 /year"),
            fixed("volumes.department_incoming", "70000 /year"),
            fixed("people.officer_document_share", "1 %"),
            fixed("people.draft", "1 s"),
            fixed("people.review", "1 s"),
            fixed("people.sign_wet", "1 s"),
            fixed("people.issue", "1 s"),
            fixed("people.handle", "5 days"),
            fixed("volumes.department_spread", "0"),
        ),
        start=date(2019, 3, 1),
        end=date(2019, 4, 5),
    )
    compiled, reference = (simulate(loaded, 3, 0, engine=engine, tracing=tracing) for engine in ("compiled", "simpy"))
    in_flight = compiled.tally["jobs_created"] - compiled.tally["jobs_finished"]
    assert in_flight > 4_500, "the pool must have grown"
    assert len(compiled.visits) == (compiled.tally["visits"] if tracing else 0)
    assert_same(compiled, reference)


def test_tracing_changes_nothing(provinces: Provinces) -> None:
    loaded = provinces.load(start=START, end=date(2019, 5, 12))
    traced, untraced = (simulate(loaded, 8, 0, tracing=tracing) for tracing in (True, False))
    for name in COUNTS:
        assert np.array_equal(getattr(traced, name), getattr(untraced, name)), name
    assert traced.tally["visits"] == untraced.tally["visits"] == len(traced.visits) > 500


def test_an_unknown_scheduler_is_refused(provinces: Provinces) -> None:
    with pytest.raises(ValueError, match="unknown engine 'fast'"):
        simulate(provinces.load(), 1, 0, engine="fast")
