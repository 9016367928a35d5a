"""Which posts drown, where and when: hidden neither by the mean of a tier nor by the last year."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from measured_runs import Runs

from sim.exchange.codes import OFFICERS
from sim.measure.payload import decode, encode
from sim.measure.saturation import saturated_post_rows, saturated_posts


def test_one_drowned_agency_of_a_tier_in_one_year_is_named(runs: Runs) -> None:
    """Everybody idle but the officers of one department, who work 96 of 100 hours in the first year."""
    record = runs.records[0]
    years = np.array([first.year for first in record.months])
    post = int(np.flatnonzero(record.station_kinds == OFFICERS)[1])
    first = int(record.months[record.first_month].year)
    staffed = np.full_like(record.staffed_ms, 100)
    worked = np.zeros_like(record.worked_ms)
    worked[years == first, post] = 96
    drowned = replace(record, staffed_ms=staffed, worked_ms=worked)
    agency = record.agency_ids[int(record.station_agencies[post])]
    assert list(saturated_posts(drowned)) == [[first, "officers", agency, 0.96]]
    calm = replace(record, staffed_ms=staffed, worked_ms=np.zeros_like(worked), replication=1)
    measured = [decode(encode(one, runs.loaded)) for one in (drowned, calm)]
    (row,) = saturated_post_rows(runs.loaded, measured)
    assert (row.year, row.post, row.agency_id) == (first, "officers", agency)
    assert (row.saturated_in, row.n, row.highest) == (1, 2, 0.96)


def test_nineteen_twentieths_is_not_beyond_it(runs: Runs) -> None:
    record = runs.records[0]
    even = replace(
        record, staffed_ms=np.full_like(record.staffed_ms, 100), worked_ms=np.full_like(record.worked_ms, 95)
    )
    assert list(saturated_posts(even)) == []
