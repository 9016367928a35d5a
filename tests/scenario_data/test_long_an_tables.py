"""The Long An tables agree with Decision 57/2010/QĐ-UBND and with what is published of the province's communes."""

from __future__ import annotations

import csv
from collections import Counter

import pytest

from sim.scenario.cautions import cautions_of
from sim.scenario.explain import explain
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.places import SCENARIOS
from sim.scenario.tables import AgencyRow

LONG_AN = "long_an_2011_2015"
COMMUNES_PER_DISTRICT = {
    "dist.tan_an": 14,
    "dist.ben_luc": 15,
    "dist.can_duoc": 17,
    "dist.can_giuoc": 17,
    "dist.chau_thanh": 13,
    "dist.duc_hoa": 20,
    "dist.duc_hue": 11,
    "dist.moc_hoa": 13,
    "dist.tan_hung": 12,
    "dist.tan_thanh": 13,
    "dist.tan_tru": 11,
    "dist.thanh_hoa": 11,
    "dist.thu_thua": 13,
    "dist.vinh_hung": 10,
}
NAMED_WITH_EOFFICE = {"dept.transport", "dept.natural_resources", "dept.information", "dept.education", "dist.can_duoc"}


@pytest.fixture(scope="module")
def loaded() -> LoadedScenario:
    return load(LONG_AN)


def of_tier(loaded: LoadedScenario, *tiers: str) -> list[AgencyRow]:
    return [row for row in loaded.agencies if row.tier in tiers]


def test_the_agencies_are_those_of_2011(loaded: LoadedScenario) -> None:
    tiers = Counter(row.tier for row in loaded.agencies)
    assert tiers == {"office": 1, "department": 18, "district": 14, "commune": 190, "outside": 3}
    assert Counter(row.parent_id for row in of_tier(loaded, "commune")) == COMMUNES_PER_DISTRICT
    kinds = Counter(row.name_vi.removeprefix("UBND ").split()[0] for row in of_tier(loaded, "commune"))
    assert kinds == {"xã": 166, "phường": 9, "thị": 15}
    names = {row.name_vi for row in of_tier(loaded, "commune", "district")}
    assert "UBND thị trấn Mộc Hóa" in names
    assert not any("Kiến Tường" in name for name in names), "parted from Mộc Hóa in 2013"
    assert sum(row.population or 0 for row in of_tier(loaded, "district")) == 1_688_547
    assert all(row.population is None for row in of_tier(loaded, "commune")), "not found, so not there"


def test_the_basis_of_every_head_count_is_told() -> None:
    with (SCENARIOS / "tables" / "long_an" / "agencies_basis.csv").open(encoding="utf-8", newline="") as stream:
        basis = {(row["tier"], row["column"]): row["basis"] for row in csv.DictReader(stream)}
    columns = ("staff", "leaders", "clerk_posts", "it_staff", "route", "lan", "eoffice_installed", "mailboxes")
    for tier in ("office", "department", "district", "commune"):
        assert not [column for column in columns if (tier, column) not in basis]
        assert {basis[tier, column] for column in columns[:4]} == {"assumed"}, "the plan prints no head count"


def test_the_start_is_what_the_plan_reports(loaded: LoadedScenario) -> None:
    above = of_tier(loaded, "office", "department", "district")
    with_eoffice = {row.agency_id for row in above if row.eoffice_installed}
    assert with_eoffice >= NAMED_WITH_EOFFICE
    assert len(with_eoffice) == round(0.30 * len(above))
    communes = {row.parent_id for row in of_tier(loaded, "commune") if row.eoffice_installed}
    assert communes == {"dist.can_duoc"}
    assert sum(row.route == "dedicated" for row in above) == 14 + 15
    assert all(row.route == "dedicated" for row in of_tier(loaded, "district"))
    assert all(row.lan and row.route != "none" for row in above)
    assert loaded.scenario.start.onestop_software == ("tier:district",)
    assert loaded.scenario.equipment.video_share.value == 1.0


def test_every_reported_value_is_reached_by_the_fitted_states_or_set(loaded: LoadedScenario) -> None:
    fitted = [one for one in loaded.scenario.baselines if one.fitted]
    assert [row.baseline_id for row in loaded.start_residuals] == [one.id for one in fitted] == ["email_users"]
    assert {row.state for row in loaded.start_residuals} == {"fitted"}
    for row in loaded.start_residuals:
        assert row.p05 is not None
        assert row.p95 is not None
        assert row.low <= row.p05 <= row.p95 <= row.high
    assert len(loaded.start_states) >= 150
    assert not [words.en for words in cautions_of(loaded) if "fitted under other ranges" in words.en]


def test_the_money_is_the_total_that_the_plan_prints_and_its_division_an_unknown(loaded: LoadedScenario) -> None:
    assert sum(line.amount_million_vnd for line in loaded.budget) == pytest.approx(70_000)
    assert {line.source for line in loaded.budget} == {"DT"}, "local money only"
    assert {line.year for line in loaded.budget} == set(range(2011, 2016))
    assert sum(one.share for one in loaded.purchases) == pytest.approx(1.0)
    assert all(one.share_low < one.share < one.share_high for one in loaded.purchases)
    assert {one.basis for one in loaded.purchases} == {"assumed"}
    said = explain(loaded, "purchases.III.3.eoffice_installation.share", "en")
    assert "8%" in said.replace(" ", "")
    assert "assumed" in said


def test_every_target_has_the_plans_threshold(loaded: LoadedScenario) -> None:
    wanted = {target.id: (target.measure, target.scope, target.threshold.value) for target in loaded.scenario.targets}
    assert wanted == {
        "exchange_only": ("exchange_electronic_only_share", "all", 0.70),
        "eoffice": ("eoffice_agency_share", "tiers:province+district", 1.0),
        "shared_system": ("eoffice_linked_share", "tiers:province+district", 1.0),
        "email": ("email_user_share", "all", 1.0),
        "wan": ("dedicated_network_share", "tiers:province+district", 1.0),
        "commune_vpn": ("private_network_share", "tier:commune", 0.90),
        "websites": ("website_agency_share", "group:departments_districts", 1.0),
        "security_lan": ("security_agency_share", "group:departments_districts", 0.50),
        "onestop_district": ("onestop_agency_share", "tier:district", 1.0),
        "onestop_department": ("onestop_agency_share", "group:departments", 0.30),
        "onestop_commune": ("onestop_agency_share", "tier:commune", 0.40),
    }
    bases = {target.id: target.threshold.basis for target in loaded.scenario.targets}
    assert {name for name, basis in bases.items() if basis != "plan"} == {"shared_system"}, "the plan has no figure"
    groups = {group.id: set(group.agencies) for group in loaded.scenario.groups}
    assert groups["departments"] == {row.agency_id for row in of_tier(loaded, "department")}
    assert groups["departments_districts"] - groups["departments"] == set(COMMUNES_PER_DISTRICT)


def test_what_the_plan_wants_besides_is_left_out_with_its_figures(loaded: LoadedScenario) -> None:
    said = " ".join(one.title.en for one in loaded.scenario.left_out)
    for figures in (
        "100 % at level 2, at least 30 % at level 3, 5 % at level 4",
        "At least 3 services",
        "70 % of districts",
    ):
        assert figures in said
    assert all(one.reason.vi and one.reason.en for one in loaded.scenario.left_out)
