"""The tables of Bình Phước meet what the decision counts, and say of everything else that it is assumed."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator

import pytest

from sim.scenario.cautions import cautions_of
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.places import SCENARIOS
from sim.scenario.procedures import Procedure
from sim.scenario.sheet import columns
from sim.scenario.tables import AgencyRow

BINH_PHUOC = "binh_phuoc_2018_2021"
TABLES = SCENARIOS / "tables" / "binh_phuoc"
CENSUS_2019 = 994_679
BY_LEVEL = {1: 11, 2: 1_435, 3: 136, 4: 71}
"""Decision 2523/QĐ-UBND III.2."""
COMMUNES = {
    "dong_xoai": 8,
    "phuoc_long": 7,
    "binh_long": 6,
    "bu_gia_map": 8,
    "loc_ninh": 16,
    "bu_dop": 7,
    "hon_quan": 13,
    "dong_phu": 11,
    "bu_dang": 16,
    "chon_thanh": 9,
    "phu_rieng": 10,
}


@pytest.fixture(scope="module")
def loaded() -> LoadedScenario:
    return load(BINH_PHUOC)


def rows(name: str) -> Iterator[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


def test_the_agencies_are_those_of_the_day_of_the_decision(loaded: LoadedScenario) -> None:
    tiers = Counter(row.tier for row in loaded.agencies)
    assert (tiers["office"], tiers["department"], tiers["district"], tiers["commune"]) == (1, 19, 11, 111)
    below = Counter(row.parent_id.removeprefix("dist.") for row in loaded.agencies if row.tier == "commune")
    assert below == COMMUNES
    districts = [row for row in loaded.agencies if row.tier == "district"]
    assert sum(row.name_vi.startswith("UBND thị xã ") for row in districts) == 3
    assert sum(row.population or 0 for row in districts) == CENSUS_2019
    assert len({row.name_vi for row in loaded.agencies if row.tier == "department"}) == 19


def test_families_add_up_to_every_level_of_the_decision(loaded: LoadedScenario) -> None:
    by_level: Counter[int] = Counter()
    for row in loaded.procedures:
        by_level[row.service_level] += row.procedures
    assert by_level == BY_LEVEL
    assert sum(by_level.values()) == loaded.scenario.dossiers.catalogue_size.value == 1_653
    at_the_counter = sum(row.procedures for row in loaded.procedures if row.work == "copies")
    assert at_the_counter == BY_LEVEL[1], "the rest can be filed online: 30 % of 1,642 are 493"


def test_the_six_fields_come_in_the_order_of_the_decision(loaded: LoadedScenario) -> None:
    """Business registration, land, health, transport, construction, justice: at their departments, by number."""
    order = loaded.scenario.groups[0].agencies
    assert [row.removeprefix("dept.") for row in order] == [
        "planning",
        "natural_resources",
        "health",
        "transport",
        "construction",
        "justice",
    ]
    for row in loaded.procedures:
        for group in row.priority_groups:
            if row.intake_tier == "province":
                assert group == f"province-{order.index(row.agency_id) + 1}", row.procedure_id


def test_every_column_has_a_stated_basis() -> None:
    stated = {(row["tier"], row["column"]) for row in rows("agencies_basis.csv")}
    own = {"agency_id", "tier", "parent_id", "name_vi", "name_en", "basis", "source"}
    wanted = set(columns(AgencyRow)) - own
    for row in rows("agencies.csv"):
        given = {name for name in wanted if row[name] not in ("", "0")}
        if row["tier"] != "outside":
            assert {(row["tier"], name) for name in given} <= stated, row["agency_id"]
    told = {row["column"] for row in rows("procedures_basis.csv")}
    said_in_the_row = {"procedure_id", "title_vi", "title_en", "intake_tier", "agency_id", "working_days", "counted_as"}
    said_in_the_row |= {"basis", "source", "days_basis", "days_source"}
    assert told == set(columns(Procedure)) - said_in_the_row


def test_no_amount_is_said_to_be_the_plans_own(loaded: LoadedScenario) -> None:
    """The decision prints none: what buys a stated part of a line, or has a price, rests on an assumption."""
    for phase, years in (("1", {2019}), ("2", {2019, 2020}), ("3", {2021})):
        lines = [line for line in loaded.budget if line.chapter == phase]
        assert sum(line.amount_million_vnd for line in lines) == 17_400
        assert {line.year for line in lines} == years
    for row in rows("purchases.csv"):
        whole = row["share_low"] == row["share_high"] == "1" and not row["unit_cost_million_vnd"]
        assert row["basis"] == ("plan" if whole else "assumed") or row["line_id"] in ("1.5", "1.10", "2.8")


def test_tasks_are_due_at_the_end_of_their_phase(loaded: LoadedScenario) -> None:
    due = {target.id: (target.lines, target.due.isoformat()) for target in loaded.scenario.targets}
    for target, (lines, day) in due.items():
        if len(lines) == 1:
            assert day == {"1": "2019-12-31", "2": "2020-12-31"}[lines[0][0]], target
    assert all(not line.startswith("3.") for lines, _ in due.values() for line in lines), "phase 3 has no end"
    said = "\n".join(words.en for words in cautions_of(loaded))
    assert "Phase 3" in said


def test_what_is_reported_is_met_by_every_state_kept_or_set() -> None:
    """About a fifth of what can be filed online is; levels of service the start is set to, exactly."""
    start = load(BINH_PHUOC).scenario.start
    with (SCENARIOS / start.residuals).open(encoding="utf-8", newline="") as stream:
        found = {row["baseline_id"]: row for row in csv.DictReader(stream)}
    assert set(found) == {"online"}
    assert (found["online"]["state"], float(found["online"]["in_band_share"])) == ("fitted", 1.0)
    assert 0.15 <= float(found["online"]["p05"]) <= float(found["online"]["p95"]) <= 0.25
    with (SCENARIOS / start.fitted).open(encoding="utf-8", newline="") as stream:
        assert all(float(row["distance"]) == 0.0 for row in csv.DictReader(stream))
