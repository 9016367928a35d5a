"""What the journal keeps: the same record gives the same bytes, and damage is noticed."""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measured_runs import Runs

from sim.measure.causes import causes
from sim.measure.measured import Measured
from sim.measure.payload import SCHEMA, PayloadError, decode, encode
from sim.measure.series import series
from sim.measure.targets import outcome, readings
from sim.model.simulate import simulate
from sim.results.replication_tables import MONTHS


@pytest.fixture(scope="session")
def payload(runs: Runs) -> bytes:
    """One replication's bytes."""
    return encode(runs.records[1], runs.loaded)


def test_round_trip(runs: Runs, payload: bytes) -> None:
    record = runs.records[1]
    measured = decode(payload)
    assert (measured.replication, measured.seed) == (1, 20170317)
    extra = {target.measure: {target.scope} for target in runs.loaded.scenario.targets}
    extra["exchange_electronic_share"] = {"all", "tier:commune"}
    assert measured.series.equals(MONTHS.plain_frame([list(row) for row in series(record, extra)]))
    assert measured.causes == tuple(causes(record))
    assert measured.parameters == record.parameters
    assert measured.facts["tally"] == record.tally
    for target in runs.loaded.scenario.targets:
        for reading in readings(target):
            found = outcome(record, target, reading)
            row = measured.outcome(target.id, reading.name)
            assert row is not None
            assert (row.value, row.reached, row.first_reached) == (found.value, found.reached, found.first_reached)
    assert [asdict(row) for row in measured.spending] == [asdict(account) for account in record.accounts]


def test_months_may_be_left_out(payload: bytes) -> None:
    with_them, without = decode(payload), decode(payload, months=False)
    assert len(with_them.series) > 0
    assert len(without.series) == 0
    assert list(without.series.columns) == list(with_them.series.columns)
    assert without.targets == with_them.targets


def test_agencies_of_the_province_as_they_ended(runs: Runs, payload: bytes) -> None:
    record = runs.records[1]
    rows = {row.agency_id: row for row in decode(payload).agencies}
    assert "out.gov" not in rows
    assert len(rows) == len(record.agency_ids) - 1
    for i, agency in enumerate(record.agency_ids[:-1]):
        state = record.stocks[-1][i]
        row = rows[agency]
        assert (row.level, row.users, row.staff) == (state["level"], state["users"], state["staff"])
        assert row.registry_utilisation is not None
        assert 0.0 < row.registry_utilisation <= 1.0


def test_repeated_runs_give_the_same_bytes(runs: Runs, payload: bytes) -> None:
    again = simulate(runs.loaded, 20170317, 1)
    assert encode(again, runs.loaded) == payload
    other = encode(runs.records[2], runs.loaded)
    assert other != payload


def test_another_schema_is_refused(payload: bytes) -> None:
    plain = json.loads(zlib.decompress(payload))
    assert plain["schema"] == SCHEMA
    for schema in (SCHEMA + 1, None, str(SCHEMA)):
        plain["schema"] = schema
        with pytest.raises(PayloadError, match="schema"):
            decode(zlib.compress(json.dumps(plain).encode()))


@pytest.mark.parametrize("text", ["", "[]", "7", "null", '{"schema": 1}', '{"schema": 1, "extra": 2}', "{", "\udc80"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(PayloadError):
        decode(zlib.compress(text.encode("utf-8", "surrogateescape")))


def test_missing_and_surplus_parts_are_refused(payload: bytes) -> None:
    plain = json.loads(zlib.decompress(payload))
    for name in Measured.__dataclass_fields__:
        less = {key: value for key, value in plain.items() if key != name}
        with pytest.raises(PayloadError):
            decode(zlib.compress(json.dumps(less).encode()))
    with pytest.raises(PayloadError):
        decode(zlib.compress(json.dumps({**plain, "surplus": 1}).encode()))


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.data())
def test_damaged_bytes_are_refused(payload: bytes, data: st.DataObject) -> None:
    """Cut short anywhere, or one byte changed in the compressed text."""
    place = data.draw(st.integers(0, len(payload) - 1))
    with pytest.raises(PayloadError):
        decode(payload[:place])
    flipped = bytearray(payload)
    flipped[place] ^= data.draw(st.integers(1, 255))
    try:
        decode(bytes(flipped))
    except PayloadError:
        return
    same = zlib.decompress(bytes(flipped)) == zlib.decompress(payload)
    assert same, "a change that is not noticed must change nothing"


def test_values_are_plain_numbers(payload: bytes) -> None:
    """Text of a number that is not one (NaN, infinity) must never reach a table."""
    text = zlib.decompress(payload).decode()
    assert "NaN" not in text
    assert "Infinity" not in text
    assert np.isfinite(decode(payload).series["value"].dropna()).all()
