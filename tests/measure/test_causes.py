"""Why: causes add up to what they explain, waits and utilisation stay within their bounds."""

from __future__ import annotations

import numpy as np
from measured_runs import Runs

from sim.exchange import counting as c
from sim.exchange.codes import CAUSES, NO_SIGNATURE, OUTSIDE, SECRET, WAITS
from sim.measure.causes import causes
from sim.measure.series import series
from sim.model.record import RunRecord

INSIDE = slice(0, OUTSIDE)


def yearly(record: RunRecord, year: int, what: int) -> int:
    """A count of deliveries between agencies of the province over the counted months of a year."""
    months = [m for m in range(record.first_month, len(record.months)) if record.months[m].year == year]
    return int(record.flows[months][:, INSIDE, INSIDE, what].sum())


def test_causes_add_up_to_what_was_not_electronic(runs: Runs) -> None:
    for record in runs.records:
        rows = list(causes(record))
        for year in (2018, 2019):
            explained = sum(row.value for row in rows if (row.year, row.group) == (year, "not_electronic"))
            assert explained == yearly(record, year, c.DELIVERIES) - yearly(record, year, c.SENT)
            paper_too = sum(row.value for row in rows if (row.year, row.group) == (year, "parallel_paper"))
            assert paper_too == yearly(record, year, c.SENT) - yearly(record, year, c.SENT_ONLY)


def test_every_delivery_has_one_cause_in_its_cell(runs: Runs) -> None:
    for record in runs.records:
        np.testing.assert_array_equal(record.causes.sum(axis=-1), record.flows[..., c.DELIVERIES])
        electronic = record.causes[..., [0, *range(NO_SIGNATURE, len(CAUSES))]].sum(axis=-1)
        np.testing.assert_array_equal(electronic, record.flows[..., c.SENT])
        np.testing.assert_array_equal(record.causes[..., SECRET], record.flows[..., c.SECRETS])


def test_causes_are_counts_and_each_year_has_all(runs: Runs) -> None:
    for record in runs.records:
        rows = list(causes(record))
        assert all(row.value >= 0.0 for row in rows)
        assert {(row.year, row.group) for row in rows} == {
            (year, group) for year in (2018, 2019) for group in ("not_electronic", "parallel_paper", "waiting")
        }
        for year in (2018, 2019):
            assert [row.cause for row in rows if (row.year, row.group) == (year, "waiting")] == list(WAITS)


def test_no_wait_is_negative(runs: Runs) -> None:
    for record in runs.records:
        assert (record.waits_ms >= 0).all()
        assert (record.waits_ms[record.first_month :].sum(axis=0) > 0).all(), "every kind of wait occurs in a year"


def test_nobody_works_more_than_there_is_time(runs: Runs) -> None:
    """Busy working time of every person and line, in every month: from none to all of what is staffed."""
    for record in runs.records:
        assert (record.worked_ms >= 0).all()
        assert (record.worked_ms <= record.staffed_ms).all()
        assert record.worked_ms.sum() > 0


def test_printed_utilisation_and_shares_lie_between_none_and_all(runs: Runs) -> None:
    for record in runs.records:
        rows = list(series(record, {}))
        shares = [value for *_, unit, value in rows if unit == "share" and value is not None]
        assert len(shares) > 1000
        assert min(shares) >= 0.0
        assert max(shares) <= 1.0
        levels = [row for row in rows if row[1] == "eoffice_level_share"]
        for day in {row[0] for row in levels}:
            assert abs(sum(row[5] or 0.0 for row in levels if row[0] == day) - 1.0) < 1e-12
