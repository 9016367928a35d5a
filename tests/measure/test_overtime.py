"""Hours worked over and days of helping out: sums by tier and year, the part of what is allowed, stated costs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from measured_runs import Runs

from agents.office_manager import REACTION
from sim.engine.clock import HOUR_MS
from sim.exchange.codes import COMMUNE, DISTRICT, OUTSIDE
from sim.measure.overtime import overtime_rows, yearly_overtime
from sim.measure.payload import decode, encode
from sim.model.record import RunRecord
from sim.results.words import NOTHING
from sim.scenario.proposal import CostRow, Proposal

LIMIT = "people.overtime_a_year"


def reacting(runs: Runs, hours: float) -> RunRecord:
    """The first district and the first commune: three and two people, so many hours in all, four days of helping."""
    record = runs.records[0]
    first = record.months[record.first_month].year
    done = np.zeros(len(record.tiers), REACTION).view(np.recarray)
    district = int(np.flatnonzero(record.tiers == DISTRICT)[0])
    commune = int(np.flatnonzero(record.tiers == COMMUNE)[0])
    done[district] = (3, 4, 0.75 * hours * HOUR_MS)
    done[commune] = (2, 0, 0.25 * hours * HOUR_MS)
    parameters = record.parameters | {LIMIT: 50.0 * HOUR_MS}
    return replace(record, parameters=parameters, reactions={first - 1: done, first: done})


def test_tiers_add_up_and_the_warm_up_is_left_out(runs: Runs) -> None:
    record = reacting(runs, 80.0)
    first = record.months[record.first_month].year
    rows = {(year, scope): rest for year, scope, *rest in yearly_overtime(record)}
    assert {year for year, _ in rows} == {first}
    assert rows[first, "all"] == pytest.approx([80.0, 250.0, 4])
    assert rows[first, "tier:district"] == pytest.approx([60.0, 150.0, 4])
    assert rows[first, "tier:commune"] == pytest.approx([20.0, 100.0, 0])
    assert rows[first, "tier:department"] == [0.0, 0.0, 0]


def test_the_table_has_the_part_of_what_is_allowed_and_what_options_state(runs: Runs) -> None:
    measured = [decode(encode(reacting(runs, hours), runs.loaded)) for hours in (50.0, 100.0, 200.0)]
    first = measured[0].facts["overtime"][0][0]
    paid = CostRow("people", NOTHING, "SN", first, 120.0, 60.0, 240.0, False, "assumed", "")
    later, things = replace(paid, year=first + 1), replace(paid, of="equipment")
    option = Proposal(NOTHING, NOTHING, "staffing", NOTHING, NOTHING, "", (paid, later, things))
    stated = replace(runs.loaded, proposals={"option overtime": option})
    rows = {row.scope: row for row in overtime_rows(stated, measured)}
    whole = rows["all"]
    assert (whole.year, whole.n) == (first, 3)
    assert whole.hours_median == pytest.approx(100.0)
    assert whole.allowed_hours_median == pytest.approx(250.0)
    assert whole.used_share_median == pytest.approx(0.4)
    assert whole.used_share_p95 == pytest.approx(0.4 + 0.9 * 0.4)
    assert whole.helper_days_median == 4
    assert whole.stated_people_million_vnd == pytest.approx(120.0)
    assert rows["tier:district"].stated_people_million_vnd is None
    assert rows["tier:department"].used_share_median is None
    assert overtime_rows(runs.loaded, measured)[0].stated_people_million_vnd is None


def test_a_real_run_keeps_what_each_office_did(runs: Runs) -> None:
    """People at desks are counted in each simulated year, and nobody outside the province works over."""
    for record in runs.records:
        assert {first.year for first in record.months} == set(record.reactions)
        for done in record.reactions.values():
            inside = record.tiers != OUTSIDE
            assert (done["people"][inside] > 0).all()
            assert not done["people"][~inside].any()
            limit = record.parameters[LIMIT] * done["people"]
            assert (done["overtime_ms"] <= limit + 1.0).all()
