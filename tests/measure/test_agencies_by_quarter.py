"""Where and when: agencies by quarter add up to the tiers, districts to the province."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from measured_runs import Runs, named

from sim.exchange import counting as c
from sim.exchange.codes import COMMUNE, DISTRICT, NO_SIGNATURE, OUTSIDE, SECRET
from sim.measure.agency_quarters import ACCEPTED, DELIVERIES, FIRST_CAUSE, agency_quarters, stopped
from sim.measure.district_targets import district_values, is_by_agency, value_among
from sim.measure.measured import Measured
from sim.measure.payload import decode, encode
from sim.measure.summary import tables
from sim.measure.targets import outcome, readings
from sim.model.record import RunRecord
from sim.results.agency_tables import OWN_AGENCIES, STOPPED_BY
from sim.results.table import FilledTable

QUARTERS = ((2018, 1), (2018, 2), (2018, 3), (2018, 4), (2019, 1))


@pytest.fixture(scope="module")
def measured(runs: Runs) -> list[Measured]:
    return [decode(encode(record, runs.loaded)) for record in runs.records]


@pytest.fixture(scope="module")
def made(runs: Runs, measured: list[Measured]) -> dict[str, FilledTable[Any]]:
    return tables(runs.loaded, measured)


def months_of(record: RunRecord, quarter: tuple[int, int]) -> list[int]:
    counted = range(record.first_month, len(record.months))
    return [m for m in counted if (record.months[m].year, (record.months[m].month + 2) // 3) == quarter]


def test_quarters_of_a_tier_s_agencies_add_up_to_its_flows_and_causes(runs: Runs) -> None:
    for record in runs.records:
        found = agency_quarters(record)
        assert found.quarters == QUARTERS
        assert found.agency_ids == tuple(np.array(record.agency_ids)[record.tiers != OUTSIDE])
        tiers = record.tiers[record.tiers != OUTSIDE]
        for when, quarter in enumerate(QUARTERS):
            months = months_of(record, quarter)
            for tier in range(OUTSIDE):
                mine = found.counts[:, tiers == tier, when].sum(axis=1)
                flows = record.flows[months, tier, :OUTSIDE].sum(axis=(0, 1))
                assert mine[[DELIVERIES, ACCEPTED]].tolist() == flows[[c.DELIVERIES, c.ACCEPTED]].tolist()
                causes = record.causes[months, tier, :OUTSIDE, SECRET:NO_SIGNATURE].sum(axis=(0, 1))
                assert mine[FIRST_CAUSE:].tolist() == causes.tolist()


def test_nothing_is_without_a_cause_but_what_waits_for_an_answer(runs: Runs) -> None:
    for record in runs.records:
        found = agency_quarters(record)
        rest = stopped(found.counts)
        assert len(rest) == len(STOPPED_BY)
        assert (rest >= 0).all()
        np.testing.assert_array_equal(rest.sum(axis=0), found.counts[DELIVERIES] - found.counts[ACCEPTED])
        assert found.counts[FIRST_CAUSE:].sum() > 100


def test_levels_are_those_of_the_quarter_s_last_day_and_links_of_the_first_month(runs: Runs) -> None:
    record = runs.records[0]
    stocks = record.stocks.copy()
    inside = np.flatnonzero(record.tiers != OUTSIDE)
    stocks["level"][:], stocks["linked"][:] = 0, 0
    stocks["level"][3:7, inside[0]] = 2
    stocks["linked"][5:, inside[0]] = 1
    stocks["linked"][:, inside[1]] = 1
    found = agency_quarters(replace(record, stocks=stocks))
    assert found.levels[0].tolist() == [2, 2, 0, 0, 0]
    assert found.connected[:3] == (date(2018, 5, 31), date(2017, 12, 31), None)


def test_the_journal_keeps_quarters_as_they_are(runs: Runs, measured: list[Measured]) -> None:
    found, kept = agency_quarters(runs.records[2]), measured[2].quarters
    assert (kept.agency_ids, kept.quarters, kept.connected) == (found.agency_ids, found.quarters, found.connected)
    np.testing.assert_array_equal(kept.counts, found.counts)
    np.testing.assert_array_equal(kept.levels, found.levels)
    assert decode(encode(runs.records[2], runs.loaded), months=False).quarters.counts.size == 0


def test_rows_of_the_table_add_up_to_the_mean_flows(runs: Runs, made: dict[str, FilledTable[Any]]) -> None:
    rows = named(made["agencies_by_quarter"])
    assert len(rows) == len(QUARTERS) * (len(runs.records[0].agency_ids) - 1)
    for row in rows:
        by_cause = sum(row[name] for name in STOPPED_BY)
        assert row["electronic_mean"] + by_cause == pytest.approx(row["deliveries_mean"])
        if by_cause:
            assert row[row["cause"]] == max(row[name] for name in STOPPED_BY)
            assert row["cause_share"] == pytest.approx(row[row["cause"]] / by_cause)
        else:
            assert (row["cause"], row["cause_share"]) == (None, None)
    for quarter in QUARTERS:
        mine = [row for row in rows if (row["year"], row["quarter"]) == quarter]
        flows = [
            record.flows[months_of(record, quarter)][:, :OUTSIDE, :OUTSIDE].sum(axis=(0, 1, 2))
            for record in runs.records
        ]
        mean = np.mean(flows, axis=0)
        assert sum(row["deliveries_mean"] for row in mine) == pytest.approx(mean[c.DELIVERIES])
        assert sum(row["electronic_mean"] for row in mine) == pytest.approx(mean[c.ACCEPTED])


def test_an_agency_s_rows_by_hand(runs: Runs, measured: list[Measured]) -> None:
    """Levels 1, 2, 4, 0; of 60 deliveries 30, 45 and 60 accepted, then too few for a share; linked in two of four."""
    counts = [(60, 30, 20, 0, 10), (60, 45, 5, 0, 10), (60, 60, 0, 0, 0), (20, 0, 10, 10, 0)]
    some = []
    for one, level, (sent, accepted, secret, never, no_office), day in zip(
        measured, (1, 2, 4, 0), counts, (date(2018, 3, 31), None, date(2018, 1, 31), None), strict=True
    ):
        numbers = np.zeros_like(one.quarters.counts)
        numbers[:5, 0, 0] = (sent, accepted, secret, never, no_office)
        levels = np.full_like(one.quarters.levels, level)
        connected = (day, *one.quarters.connected[1:])
        some.append(replace(one, quarters=replace(one.quarters, counts=numbers, levels=levels, connected=connected)))
    row = named(tables(runs.loaded, some)["agencies_by_quarter"])[0]
    assert (row["agency_id"], row["year"], row["quarter"], row["n"]) == ("office", 2018, 1, 4)
    assert row["level_median"] == 1.5
    assert (row["deliveries_mean"], row["electronic_mean"]) == (50.0, 33.75)
    assert row["share_median"] == pytest.approx(0.75)
    assert (row["cause"], row["secret"], row["never_electronic"]) == ("secret", 8.75, 2.5)
    assert row["cause_share"] == pytest.approx(8.75 / 16.25)
    assert (row["connected_from"], row["connected_share"]) == ("2018-03-31", 0.5)


def test_a_district_of_all_agencies_is_the_province(runs: Runs) -> None:
    """Every reading that goes by agency, over all agencies of its scope, is the verdict's own number."""
    seen = 0
    for record in runs.records:
        for target in runs.loaded.scenario.targets:
            for named_reading in readings(target):
                reading = replace(named_reading, version="true")
                if not is_by_agency(reading):
                    continue
                tiers = [COMMUNE] if reading.scope == "tier:commune" else list(range(OUTSIDE))
                everybody = np.flatnonzero(np.isin(record.tiers, tiers))
                value = value_among(record, target, reading, everybody)
                assert value == pytest.approx(outcome(record, target, reading).value, abs=1e-12)
                seen += 1
    assert seen == 4 * (4 + 2 + 2 + 3)


def test_districts_weigh_in_the_province_by_what_they_have(runs: Runs) -> None:
    """Two districts of three communes each: the province's share of communes is the mean of both."""
    record = runs.records[0]
    installed = {row.district_id: row for row in district_values(record, runs.loaded) if row.target_id == "installed"}
    assert len(installed) == 2
    target = next(one for one in runs.loaded.scenario.targets if one.id == "installed")
    whole = outcome(record, target, readings(target)[0]).value
    assert np.mean([row.value for row in installed.values()]) == pytest.approx(whole)


def test_the_province_s_own_agencies_stand_beside_its_districts(runs: Runs) -> None:
    """Where a target counts them at all, by the same count over the Office and the departments."""
    record = runs.records[0]
    own = {row.target_id: row for row in district_values(record, runs.loaded) if row.district_id == OWN_AGENCIES}
    assert set(own) == {"exchange", "circulation"}
    target = next(one for one in runs.loaded.scenario.targets if one.id == "exchange")
    mine = np.flatnonzero(record.tiers < DISTRICT)
    assert own["exchange"].value == pytest.approx(value_among(record, target, readings(target)[0], mine))


def test_targets_by_district_say_the_province_s_number_beside(made: dict[str, FilledTable[Any]]) -> None:
    verdicts = {row["target_id"]: row for row in named(made["targets"])[::-1]}
    rows = named(made["targets_by_district"])
    assert {row["district_id"] for row in rows} == {"dist.0", "dist.1", OWN_AGENCIES}
    for row in rows:
        assert row["province_median"] == next(
            one["median"] for one in named(made["targets"]) if one["target_id"] == row["target_id"]
        )
        assert row["n"] == 4
        assert row["p05"] is None or row["p05"] <= row["median"] <= row["p95"]
        assert row["threshold"] == verdicts[row["target_id"]]["threshold"]
