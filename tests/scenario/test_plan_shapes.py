"""What a plan may ask for beyond shares of tiers: numbers, named groups, moves; and what fits no year or tier."""

from __future__ import annotations

import pytest

from sim.scenario.cautions import cautions_of
from sim.scenario.errors import ScenarioErrors
from sim.scenario.explain import explain
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.quantity import THINGS

BINH_DUONG = "binh_duong_2011_2015"


def faults(*sets: str, until: str | None = None) -> list[tuple[str, str]]:
    with pytest.raises(ScenarioErrors) as refused:
        load(BINH_DUONG, sets=sets, until=until)
    return [(error.code, error.key) for error in refused.value.errors]


@pytest.fixture(scope="module")
def loaded() -> LoadedScenario:
    return load(BINH_DUONG)


def test_a_threshold_may_be_a_number_of_things(loaded: LoadedScenario) -> None:
    wanted = {target.id: target.threshold for target in loaded.scenario.targets}
    assert (wanted["key_databases"].value, wanted["key_databases"].unit) == (14.0, THINGS)
    assert (wanted["projects_2012"].value, wanted["projects_2012"].unit) == (16.0, THINGS)
    assert (wanted["signed"].value, wanted["signed"].unit) == (0.6, "1")
    assert "  value      14\n" in explain(loaded, "targets.key_databases.threshold", "en")


@pytest.mark.parametrize(
    ("setting", "code", "key"),
    [
        ("targets.key_databases.threshold=90 %", "E-TGT-008", "targets.key_databases.threshold"),
        ("targets.key_databases.threshold=2.5", "E-TGT-008", "targets.key_databases.threshold"),
        ("targets.projects_2012.threshold=39", "E-TGT-008", "targets.projects_2012.threshold"),
        ("targets.signed.threshold=60", "E-UNIT-001", "targets.signed.threshold"),
        ("targets.websites.scope=group:departmens", "E-TGT-004", "targets.websites.scope"),
        ("targets.signed.scope=group:departments", "E-TGT-005", "targets.signed.scope"),
        ("baselines.email_users.scope=group:nobody", "E-TGT-004", "baselines.email_users.scope"),
        ('groups.departments.agencies=["dept.finanse"]', "E-GRP-001", "groups.departments.agencies"),
        ('groups.departments.agencies=["dept.finance","dept.finance"]', "E-GRP-001", "groups.departments.agencies"),
        ("moves.administrative_centre.group=nobody", "E-GRP-002", "moves.administrative_centre.group"),
        ("moves.administrative_centre.start=2016-02-01", "E-DATE-006", "moves.administrative_centre.start"),
        ("moves.administrative_centre.route=none", "E-GRP-003", "moves.administrative_centre.route"),
        ("targets.websites.measure=service_level2_share", "E-TGT-007", "targets.websites.measure"),
        ('start.without_website=["dept.transprot"]', "E-EQP-003", "start.without_website"),
        ('start.without_website=["tier:ward"]', "E-EQP-003", "start.without_website"),
        ('start.without_website=["office"]', "E-EQP-003", "start.without_website"),
        ('start.without_website=["tier:commune"]', "E-EQP-003", "start.without_website"),
        ("equipment.website_share=100 %", "E-EQP-001", "equipment.website_share"),
        ("equipment.key_databases=3.6", "E-EQP-002", "equipment.key_databases"),
    ],
)
def test_what_does_not_fit_is_refused(setting: str, code: str, key: str) -> None:
    assert (code, key) in faults(setting)


def test_what_cannot_be_of_the_first_day_is_refused_with_reason_and_repair() -> None:
    """Two of the 28 have no website, so that 26 of them, 92.8 %, is the most; databases are whole."""
    for setting, reason, repair in (
        (
            'start.without_website=["dept.transprot"]',
            'no agency or tier "dept.transprot"',
            'did you mean "dept.transport"',
        ),
        ("equipment.website_share=100 %", "more than the 26 that start.without_website leaves", "92.8 % or less"),
        ("equipment.key_databases=3.6", "3.6 is not a number of databases", "a whole number: 3 or 4"),
    ):
        with pytest.raises(ScenarioErrors) as refused:
            load(BINH_DUONG, sets=(setting,))
        (said,) = (error.text("en") for error in refused.value.errors)
        assert reason in said
        assert repair in said
    assert load(BINH_DUONG, sets=("equipment.website_share=92.8 %",)).scenario.equipment.website_share.value == 0.928


def test_a_tier_at_which_there_is_nothing_to_count_is_refused() -> None:
    sets = ("targets.onestop_district.measure=video_agency_share", "targets.onestop_district.scope=tier:commune")
    assert ("E-TGT-009", "targets.onestop_district.scope") in faults(*sets)


def test_money_of_other_years_is_refused_and_a_shortened_horizon_is_not() -> None:
    tables = ("tables/binh_dinh/budget.csv", "tables/binh_dinh/budget_totals.csv", "tables/binh_dinh/purchases.csv")
    sets = [f'budget.{name}="{table}"' for name, table in zip(("lines", "totals", "purchases"), tables, strict=True)]
    assert ("E-BUD-011", "budget.lines") in faults(*sets)
    assert load(BINH_DUONG, until="2011-03-31").scenario.horizon.end.year == 2011


def test_national_portals_have_no_figures_before_2016() -> None:
    found = faults('dossiers.procedures="tables/binh_dinh/procedures.csv"')
    assert "E-DOS-013" in {code for code, _ in found}


def test_a_shortened_horizon_leaves_the_move_out() -> None:
    assert load(BINH_DUONG, until="2013-05-31").scenario.moves == ()


def test_what_is_not_simulated_is_told_and_so_is_the_year_of_unchecked_holidays(loaded: LoadedScenario) -> None:
    said = "\n".join(words.en for words in cautions_of(loaded))
    for one in loaded.scenario.left_out:
        assert one.title.en in said
    assert "make-up days of 2011 have not been checked" in said
    assert "2012" not in said.rpartition("make-up days of")[2].partition("have not")[0]


def test_targets_that_nothing_bought_can_reach_are_told_with_those_who_are_left_out(loaded: LoadedScenario) -> None:
    said = [words.en for words in cautions_of(loaded) if words.en.startswith("note: target")]
    assert [line.split()[2] for line in said] == ["sector_databases", "websites"]
    assert (
        "wants 100 %, but 7 of its 24 agencies start without a website and no line buys one for them: Bến Cát"
        in said[1]
    )
    fewer = load(BINH_DUONG, sets=("targets.websites.threshold=70 %",))
    assert not any("target websites" in words.en for words in cautions_of(fewer)), "17 of 24 are 70.8 %"


def test_the_agencies_are_those_of_2011(loaded: LoadedScenario) -> None:
    tiers = [row.tier for row in loaded.agencies]
    assert [tiers.count(tier) for tier in ("office", "department", "district", "commune")] == [1, 21, 7, 91]
    above = [row for row in loaded.agencies if row.tier in ("office", "department", "district")]
    assert sum(row.eoffice_installed for row in above) == round(0.59 * len(above))
    assert sum(row.staff for row in above) == pytest.approx(2019 / 0.906, abs=1)
    assert sum(row.population or 0 for row in loaded.agencies if row.tier == "district") == 1_482_636
    in_plan = sum(line.amount_million_vnd for line in loaded.budget if not line.chapter.startswith("3-"))
    assert in_plan == pytest.approx(221_184)
