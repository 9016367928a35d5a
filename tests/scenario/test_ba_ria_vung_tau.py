"""Bà Rịa - Vũng Tàu 2011-2015: what Decision 238 prints stands in the scenario, and no more than it says."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from sim.scenario.cautions import cautions_of
from sim.scenario.errors import ScenarioErrors
from sim.scenario.holders import WEBSITE, holders
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.quantity import THINGS

NAME = "ba_ria_vung_tau_2011_2015"
TABLES = Path(__file__).parents[2] / "scenarios" / "tables" / "ba_ria_vung_tau"
COLUMNS = (
    "staff",
    "leaders",
    "clerk_posts",
    "it_staff",
    "route",
    "lan",
    "eoffice_installed",
    "eoffice_linked",
    "mailboxes",
)
UPPER = ("office", "department", "district")


@pytest.fixture(scope="module")
def loaded() -> LoadedScenario:
    return load(NAME)


def group(loaded: LoadedScenario, name: str) -> set[str]:
    return next(set(one.agencies) for one in loaded.scenario.groups if one.id == name)


def test_the_agencies_are_those_of_2011(loaded: LoadedScenario) -> None:
    """Annex 3.4 counts 82 communes; seven district-level units have some, Côn Đảo has none."""
    tiers = Counter(row.tier for row in loaded.agencies)
    assert (tiers["office"], tiers["department"], tiers["district"], tiers["commune"]) == (1, 20, 8, 82)
    communes = Counter(row.parent_id for row in loaded.agencies if row.tier == "commune")
    assert communes == {
        "dist.vung_tau": 17,
        "dist.ba_ria": 11,
        "dist.tan_thanh": 10,
        "dist.chau_duc": 16,
        "dist.xuyen_moc": 13,
        "dist.long_dien": 7,
        "dist.dat_do": 8,
    }
    wards = {row.name_vi.split()[1] for row in loaded.agencies if row.parent_id == "dist.tan_thanh"}
    assert wards == {"xã", "thị"}, "a district until 2018: a township and communes, no ward"
    assert sum(row.population or 0 for row in loaded.agencies) == 1_059_537


def test_every_head_count_and_state_has_a_stated_basis() -> None:
    with (TABLES / "agencies_basis.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    stated = {(row["tier"], row["column"]): row["basis"] for row in rows}
    assert {(tier, column) for tier in (*UPPER, "commune") for column in COLUMNS} <= set(stated)
    assert {stated[tier, "staff"] for tier in (*UPPER, "commune")} == {"assumed"}


def test_e_office_by_year_is_that_of_annex_2(loaded: LoadedScenario) -> None:
    """Cumulative 3, 8, 12, 15 by 2010 as facts and 21 with those of 2011; the science department is an upgrade."""
    new = Counter[int]()
    for one in loaded.scenario.rollouts:
        if one.kind.startswith("eoffice_") and one.kind != "eoffice_link" and "unlisted" not in one.id:
            new[one.start.year] += len(one.agencies)
    years = range(2007, 2012)
    assert [sum(new[past] for past in years if past <= year) for year in years] == [3, 8, 12, 15, 21]
    before = {name for one in loaded.scenario.rollouts if one.start.year < 2011 for name in one.agencies}
    assert before == group(loaded, "annex2_list1")
    there = {row.agency_id for row in loaded.agencies if row.eoffice_installed}
    assert there == before | {"dept.science"}
    planned = {
        name for one in loaded.scenario.rollouts if one.id in ("eoffice_2011", "link_science") for name in one.agencies
    }
    assert planned == group(loaded, "annex2_list2")
    assert not any(row.eoffice_linked for row in loaded.agencies)


def test_who_is_in_neither_list_gets_e_office_on_a_day_that_is_open(loaded: LoadedScenario) -> None:
    upper = {row.agency_id for row in loaded.agencies if row.tier in UPPER}
    left = upper - group(loaded, "annex2_list1") - group(loaded, "annex2_list2")
    unlisted = [one for one in loaded.scenario.rollouts if "unlisted" in one.id]
    assert {name for one in unlisted for name in one.agencies} == left
    assert len(left) == 7
    assert all(one.delay.kind == "uniform" and one.delay.basis == "assumed" for one in unlisted)


def test_a_past_year_that_the_table_contradicts_is_refused() -> None:
    with pytest.raises(ScenarioErrors) as refused:
        load(NAME, sets=('rollouts.eoffice_2008.agencies=["dept.education"]',))
    assert [(error.code, error.key) for error in refused.value.errors] == [
        ("E-ROL-003", "rollouts.eoffice_2008.agencies")
    ]


def test_the_sixty_three_services_and_the_counts_of_procedures_are_those_of_annex_3(loaded: LoadedScenario) -> None:
    listed = [row for row in loaded.procedures if row.procedure_id.startswith("listed.")]
    assert Counter(row.intake_tier for row in listed) == {"province": 20, "district": 30, "commune": 13}
    assert all(row.priority_groups and row.service_level < 3 for row in listed)
    assert not any(row.priority_groups for row in loaded.procedures if row not in listed)
    assert {row.portal for row in loaded.procedures} == {"province"}
    by_agency = Counter[str]()
    for row in loaded.procedures:
        by_agency[row.agency_id or row.intake_tier] += row.procedures
    assert (by_agency["dept.planning"], by_agency["dept.health"], by_agency["district"]) == (175, 94, 170)
    assert sum(by_agency.values()) == 1_549
    without_site = {"dept.labour", "dept.inspectorate", "dept.agriculture", "dept.culture", "dept.finance"}
    for row in loaded.procedures:
        low = row.agency_id in without_site or row.intake_tier == "commune"
        assert row.service_level == (1 if low else 2), row.procedure_id


def test_the_six_projects_have_their_years_and_no_amount_pretends_to_be_the_plans(loaded: LoadedScenario) -> None:
    """Money of the two that run to 2015 comes by 2014: what is built with the last of it takes most of a year."""
    years: dict[str, list[int]] = {}
    for line in loaded.budget:
        years.setdefault(line.line_id, []).append(line.year)
    spans = {name: (min(found), max(found)) for name, found in years.items() if name.startswith("4.")}
    assert spans == {
        "4.1": (2012, 2012),
        "4.2": (2011, 2011),
        "4.3": (2011, 2015),
        "4.4": (2012, 2014),
        "4.5": (2012, 2014),
        "4.6": (2011, 2011),
    }
    assert {line.source for line in loaded.budget} == {"DT", "SN"}, "all of it local money"
    assert {one.basis for one in loaded.purchases} == {"assumed"}


def test_targets_are_worded_as_the_plan_words_them(loaded: LoadedScenario) -> None:
    wanted = {one.id: one for one in loaded.scenario.targets}
    only = wanted["exchange_only"]
    assert (only.measure, only.threshold.value, only.exclude_secret) == ("exchange_electronic_only_share", 1.0, False)
    assert (wanted["email_above"].threshold.value, wanted["email_commune"].threshold.value) == (0.95, 0.75)
    assert (wanted["eoffice_above"].threshold.value, wanted["eoffice_commune"].threshold.value) == (1.0, 0.9)
    assert (wanted["services_63"].threshold.value, wanted["services_63"].threshold.unit) == (63.0, THINGS)
    assert wanted["effective_list1"].due.isoformat() == "2011-09-30", "before the fourth quarter of 2011"
    assert wanted["websites"].due.isoformat() == wanted["effective_list2"].due.isoformat() == "2012-12-31"
    milestones = {one.id for one in loaded.scenario.targets if one.measure == "milestone"}
    assert all(wanted[name].threshold.basis == "assumed" for name in milestones), "the plan prints no share of money"


def test_the_first_day_is_inside_what_the_annexes_leave_open(loaded: LoadedScenario) -> None:
    bands = {one.id: (one.reported.low, one.reported.high) for one in loaded.scenario.baselines}
    upper = [row for row in loaded.agencies if row.tier in UPPER]
    installed = sum(row.eoffice_installed for row in upper) / len(upper)
    assert bands["eoffice_installed"][0] <= installed <= bands["eoffice_installed"][1]
    scenario = loaded.scenario
    share = scenario.equipment.website_share.value
    has = holders(WEBSITE, loaded.agencies, share, loaded.purchases, scenario.start.without_website)
    asked = group(loaded, "departments_districts")
    there = {row.agency_id for row, it in zip(loaded.agencies, has, strict=True) if it} & asked
    assert bands["websites"][0] <= len(there) / len(asked) <= bands["websites"][1]
    finishing = {name for one in scenario.rollouts if one.kind == "website" for name in one.agencies}
    assert asked - there == finishing, "the seven of list 2"


def test_what_is_left_out_is_told_and_the_move_is_dated(loaded: LoadedScenario) -> None:
    said = "\n".join(words.en for words in cautions_of(loaded))
    assert all(one.title.en in said for one in loaded.scenario.left_out)
    assert len(loaded.scenario.left_out) >= 10
    (move,) = loaded.scenario.moves
    assert move.start.isoformat() == "2012-05-02"
    assert load(NAME, until="2011-12-31").scenario.moves == ()
