"""The tables of Bình Định 2011-2015 agree with Annex II and part A.I of Decision 900/QĐ-UBND."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date

import pytest

from sim.model.money_alone import MoneyAlone
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.places import SCENARIOS

TABLES = SCENARIOS / "tables" / "binh_dinh_2011"
EOFFICE = {"2011-1": 2, "2012-2": 6, "2013-1": 9, "2014-1": 5}
"""Agencies at which each project put e-office."""
SPENT_VND = {2011: 1_223_000_000, 2012: 4_507_933_000, 2013: 6_689_074_000, 2014: 3_138_159_000, 2015: 5_087_173_000}


@pytest.fixture(scope="module")
def loaded() -> LoadedScenario:
    return load("binh_dinh_2011_2015")


def projects() -> list[dict[str, str]]:
    with (TABLES / "projects.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_agencies_are_those_of_early_2011(loaded: LoadedScenario) -> None:
    tiers = Counter(row.tier for row in loaded.agencies)
    assert tiers == {"office": 1, "department": 19, "district": 11, "commune": 159, "outside": 3}
    kinds = Counter(row.name_vi.removeprefix("UBND ").split()[0] for row in loaded.agencies if row.tier == "commune")
    assert kinds == {"phường": 16, "thị": 14, "xã": 129}
    names = {row.agency_id: row.name_vi for row in loaded.agencies}
    assert names["dist.an_nhon"] == "UBND huyện An Nhơn", "a town from 28/11/2011"
    assert names["comm.an_nhon.binh_dinh"] == "UBND thị trấn Bình Định"
    assert "dept.tourism" not in names, "one department with culture until 2016"


def test_the_money_is_what_annex_ii_prints_project_by_project(loaded: LoadedScenario) -> None:
    by_id = {row["line_id"]: row for row in projects()}
    assert len(by_id) == len(loaded.budget) == 34
    for line in loaded.budget:
        project = by_id[line.line_id]
        assert line.amount_million_vnd == pytest.approx(int(project["amount_vnd"]) / 1e6, abs=1e-9)
        assert (line.year, line.source) == (int(project["year"]), project["source"])
    for year, total in SPENT_VND.items():
        assert sum(int(row["amount_vnd"]) for row in by_id.values() if int(row["year"]) == year) == total
    assert sum(SPENT_VND.values()) == 20_645_339_000
    assert {row["year"] for row in by_id.values() if row["state"] == "ongoing"} == {"2015"}
    assert Counter(row["state"] for row in by_id.values()) == {"done": 28, "ongoing": 6}


def test_each_project_of_eoffice_pays_for_as_many_agencies_as_its_title_says(loaded: LoadedScenario) -> None:
    money = {line.line_id: line.amount_million_vnd for line in loaded.budget}
    bought = {one.line_id: one for one in loaded.purchases if one.kind == "eoffice_alone"}
    assert set(bought) == set(EOFFICE)
    for line_id, agencies in EOFFICE.items():
        cost = bought[line_id].unit_cost_million_vnd
        assert cost is not None
        assert money[line_id] // cost == agencies
    assert bought["2011-1"].tiers == ("agency:dept.finance", "agency:dept.home_affairs")
    above = [row for row in loaded.agencies if row.tier in ("office", "department", "district")]
    assert sum(row.eoffice_installed for row in above) + sum(EOFFICE.values()) == len(above) == 31
    assert not any(row.eoffice_linked for row in above)


def test_targets_are_those_printed_beside_what_was_reached(loaded: LoadedScenario) -> None:
    wanted = {one.id: (one.measure, one.scope, one.threshold.value) for one in loaded.scenario.targets}
    assert wanted == {
        "dedicated_network": ("dedicated_network_share", "tiers:province+district", 1.0),
        "email": ("email_user_share", "tiers:province+district", 1.0),
        "onestop_district": ("onestop_agency_share", "tier:district", 1.0),
        "trained": ("trained_share", "tiers:province+district", 1.0),
        "datacentre": ("milestone", "all", 1.0),
    }
    assert {one.threshold.basis for one in loaded.scenario.targets} == {"plan"}
    delivered = [line for line in loaded.budget if line.line_id in {"2011-4", "2012-8", "2013-8", "2014-6", "2015-6"}]
    before_2015 = sum(line.amount_million_vnd for line in delivered if line.year < 2015)
    assert before_2015 / sum(line.amount_million_vnd for line in delivered) == pytest.approx(0.625, abs=0.001)


def test_what_the_start_takes_from_the_end_is_said_and_nothing_else_is_taken(loaded: LoadedScenario) -> None:
    start, equipment = loaded.scenario.start, loaded.scenario.equipment
    for share in (start.email_user_share, start.trained_share, equipment.pc_share, equipment.website_share):
        assert share.basis == "assumed"
        assert share.low is not None
        assert share.high is not None
        assert share.high - share.low >= 0.35
    assert equipment.video_share.value == equipment.key_databases.value == 0.0
    assert all("tests nothing" in one.source for one in loaded.scenario.rollouts)
    assert all(one.delay.high - one.delay.low > 1800 * 86_400_000 for one in loaded.scenario.rollouts)


def test_it_starts_from_fitted_states(loaded: LoadedScenario) -> None:
    assert len(loaded.start_states) >= 60
    assert [(row.baseline_id, row.state) for row in loaded.start_residuals] == [("eoffice_installed", "fitted")]


def test_money_for_eleven_rooms_buys_eleven(loaded: LoadedScenario) -> None:
    """Eleven times 167.2 million are the whole line, to the last of them; the days are those of its state in 2015."""
    money = MoneyAlone(loaded, ["2012-1"], [date(2015, 12, 31)])
    for number in range(4):
        accounts = [one for one in money.draw(7, number).accounts if one.line_id == "2012-1"]
        spent, arrived = (sum(getattr(one, name) for one in accounts) for name in ("spent", "arrived"))
        stopped = sum(one.returned for one in accounts)
        assert spent == pytest.approx(0.0 if stopped > 1.0 else arrived)
