"""Whatever the model writes has words in both languages: measures, scopes, causes, units, quantities."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from worlds import SOME_OF_EVERYTHING, Provinces, fixed, small_province

from sim.exchange.codes import CAUSES, LATENESS, REFUSALS, STATION_KINDS, WAITS
from sim.measure.causes import causes
from sim.measure.dossier_years import YEARLY_SHARES
from sim.measure.dossiers import DOSSIER_SHARES, yearly_counts
from sim.measure.series import series
from sim.model.record import RunRecord
from sim.model.simulate import simulate
from sim.report.formatting import UNIT_WORDS
from sim.report.words import TERMS, scope_text
from sim.scenario.observations import CONFIDENCES, OBSERVED

MACHINES = ("gateway", "message_service")
"""Stations whose load no series gives."""


@pytest.fixture(scope="module")
def record(provinces: Provinces) -> RunRecord:
    """A small province with dossiers of every kind, for a whole year."""
    loaded = provinces.load(
        [
            replace(office, population=1000 if office.tier == "district" else None)
            for office in small_province(departments=1, districts=1, communes=2)
        ],
        sets=(fixed("dossiers.arrivals.per_head", "0.3 /year"),),
        start=date(2018, 1, 1),
        end=date(2018, 12, 31),
        procedures=SOME_OF_EVERYTHING,
    )
    return simulate(loaded, 5, 0)


def untranslated(kind: str, ids: set[str]) -> set[str]:
    return {name for name in ids if name.partition("(")[0] not in TERMS[kind]}


def test_every_series_a_run_writes_can_be_read(record: RunRecord) -> None:
    rows = list(series(record, {}))
    assert {"dossiers_filed", "citizen_online_share", *DOSSIER_SHARES} <= {row[1] for row in rows}
    assert untranslated("measure", {row[1] for row in rows}) == set()
    assert untranslated("version", {row[3] for row in rows}) == set()
    assert {row[4] for row in rows} - set(UNIT_WORDS) == set()
    scopes = {row[2] for row in rows}
    assert {"counter:district", "officers:commune"} <= scopes, "a commune's officers are its counter"
    for language in ("vi", "en"):
        assert {scope for scope in scopes if scope_text(scope, language) == scope} == set()


def test_every_cause_a_run_writes_can_be_read(record: RunRecord) -> None:
    rows = list(causes(record))
    assert untranslated("cause_group", {row.group for row in rows}) == set()
    assert untranslated("cause", {row.cause for row in rows}) == set()
    assert {row.unit for row in rows} - set(UNIT_WORDS) == set()


def test_every_quantity_of_dossiers_can_be_read(record: RunRecord) -> None:
    (counted, *_) = yearly_counts(record).values()
    assert untranslated("dossier_quantity", {*counted, *YEARLY_SHARES, *OBSERVED}) == set()
    assert untranslated("confidence", set(CONFIDENCES)) == set()


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("cause", {*CAUSES, *WAITS, *LATENESS} - {"none"}),
        ("refusal", set(REFUSALS)),
        ("station", {*STATION_KINDS} - {*MACHINES}),
        ("relation", {"below", "above", "overlapping"}),
    ],
)
def test_every_code_of_the_model_has_words(kind: str, ids: set[str]) -> None:
    assert untranslated(kind, ids) == set()
