"""What options, regimes and futures say of themselves: who decides, what equipment and people cost by year."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from conftest import Small

from sim.scenario.errors import ScenarioErrors
from sim.scenario.explain_proposal import explain_proposal, proposal_named
from sim.scenario.listing import Listed, list_scenarios
from sim.scenario.loading import load
from sim.scenario.proposal import GROUPS, Proposal

OVERLAYS = [one for one in list_scenarios() if one.kind != "scenario"]
OPTIONS = [one for one in OVERLAYS if one.kind == "option"]
ASKED = ("network", "staffing", "training", "rules", "money", "signatures")


def proposal(one: Listed) -> Proposal:
    assert one.proposal is not None
    return one.proposal


@pytest.mark.parametrize("one", OVERLAYS, ids=lambda one: f"{one.kind}-{one.name}")
def test_everything_that_can_be_laid_over_says_who_decides_and_what_it_costs(one: Listed) -> None:
    said = proposal(one)
    for words in (said.title, said.description, said.decided_by, said.cost):
        assert words.vi.strip()
        assert words.en.strip()
        assert words.vi != words.en
    for row in said.costs:
        assert row.source in ("TW", "DT", "SN")
        assert 2017 <= row.year <= 2020, "after the decision, within the plan"
        assert 0.0 < row.low_million_vnd <= row.amount_million_vnd <= row.high_million_vnd
        assert row.basis in ("plan", "reported", "derived", "assumed")
        assert len(row.origin) > 10
    if one.kind == "future":
        assert not said.costs, "nobody chooses it"


def test_there_are_three_options_or_more_of_every_kind() -> None:
    counted = Counter(proposal(one).group for one in OPTIONS)
    assert counted.keys() <= GROUPS.keys()
    assert min(counted[group] for group in ASKED) >= 3
    assert len(OPTIONS) >= 24


def test_what_hires_people_costs_their_pay() -> None:
    """Whatever adds people, or hours that are paid, states their pay in every year of the plan."""
    hired = ("clerks_busiest", "counter_staff", "it_staff_double", "certificate_staff_double", "second_project_team")
    for one in OPTIONS:
        if one.name in (*hired, "overtime_paid"):
            years = {row.year for row in proposal(one).costs if row.of == "people"}
            assert years == {2017, 2018, 2019, 2020}, one.name


@pytest.mark.parametrize("one", OPTIONS, ids=lambda one: one.name)
def test_what_the_simulation_spends_is_what_the_option_adds_to_the_plan(one: Listed) -> None:
    loaded = load("binh_dinh_2016_2020", options=[one.name])
    added = sum(line.amount.value for line in loaded.scenario.extra_lines)
    assert proposal(one).total(simulated=True) == pytest.approx(added)
    assert loaded.proposals == {f"option:{one.name}": proposal(one)}


def test_sums_and_words() -> None:
    clerks = next(proposal(one) for one in OPTIONS if one.name == "clerks_busiest")
    assert clerks.total("people") == 4 * 700.0
    assert clerks.total("equipment") == 150.0
    assert clerks.total(simulated=True) == 0.0
    assert clerks.cost_text("vi") == "thiết bị, dịch vụ 150 triệu đồng; con người 2.800 triệu đồng"
    assert clerks.cost_text("en") == "equipment and services 150 million VND; people 2,800 million VND"
    assert "2017: 700 million VND, 2018: 700 million VND" in "\n".join(clerks.cost_lines("en"))


def test_explain_tells_all_of_it() -> None:
    named = proposal_named("option:second_line")
    assert named is not None
    text = explain_proposal(named, {}, "en")
    for said in (
        "1,146 million VND",
        "decided by",
        "People's Committee",
        "2019: 1,146",
        "2020: 1,146",
        "second_line.toml",
    ):
        assert said in text
    vietnamese = explain_proposal(named, {}, "vi")
    assert "1.146 triệu đồng" in vietnamese
    assert "UBND tỉnh" in vietnamese
    secured = proposal_named("option:central_money_secured")
    assert secured is not None
    beside = explain_proposal(secured, {"budget": {"central_programme": "open"}}, "vi")
    assert "= comes – có chương trình quốc gia cấp vốn (" in beside, "a choice is told in words"
    assert "thay cho open – để ngỏ)" in beside, "and beside what it takes the place of"
    assert proposal_named("people.scan") is None
    with pytest.raises(ScenarioErrors):
        proposal_named("option:second_lime")


def test_an_option_without_words_or_with_wrong_costs_is_refused(small: Small, tmp_path: Path) -> None:
    text = (small.root / "options/poll.toml").read_text(encoding="utf-8")
    row = """
[[costs]]
of = "people"
title = { vi = "người", en = "people" }
source = "SN"
years = [2017, 2018]
a_year = { value = "10 million VND", basis = "assumed", source = "test" }
"""
    wrong = {
        "group": (text.replace('group = "network"', 'group = "weather"'), "group"),
        "decided": (text.replace("decided_by", "decided"), "decided_by"),
        "of": (text + row.replace('"people"\ntitle', '"horses"\ntitle'), "costs.1"),
        "unit": (text + row.replace("10 million VND", "10 MB"), "costs.1"),
        "years": (text + row.replace("[2017, 2018]", "[2018, 2017]"), "costs.1.years"),
        "source": (text + row.replace('"SN"', '"XX"'), "costs.1"),
    }
    for name, (written, key) in wrong.items():
        small.write(f"options/{name}.toml", written)
        faults = small.faults(options=[name])
        assert key in [fault.key for fault in faults], name
        assert all(fault.place.startswith(f"scenarios/options/{name}.toml:") for fault in faults)
    small.write("options/right.toml", text + row)
    assert small.load(options=["right"]).proposals["option:right"].total("people") == 20.0
