"""Options keep their distance from the decision, whatever plan they are laid over; their texts say the same years."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from typing import TYPE_CHECKING

import pytest

from sim.scenario.cautions import cautions_of, cut_short
from sim.scenario.errors import ScenarioErrors
from sim.scenario.explain_proposal import proposal_named
from sim.scenario.listing import Listed, list_scenarios
from sim.scenario.loading import load
from sim.scenario.plan_years import PlanYears, moved
from sim.scenario.toml_source import TomlDocument
from sim.studies.manifest import notes_of

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Small

    from sim.scenario.loading import LoadedScenario
    from sim.scenario.tables import BudgetLine

OVERLAYS = [one for one in list_scenarios() if one.kind in ("option", "adoption", "future")]
ELSEWHERE = "binh_duong_2011_2015"


def document(path: Path) -> TomlDocument:
    return TomlDocument(path, path.name, tomllib.loads(path.read_text(encoding="utf-8")), {})


@pytest.mark.parametrize("one", OVERLAYS, ids=lambda one: one.name)
def test_a_shipped_overlay_fits_both_plans(one: Listed) -> None:
    """At home every year is as written; five years earlier, with a decision in 2011, none is left behind."""
    at_home = moved(document(one.path), PlanYears(date(2017, 3, 17), 2017, 2020)).tree
    earlier = moved(document(one.path), PlanYears(date(2012, 3, 17), 2012, 2015)).tree
    for row, other in zip(at_home.get("extra_lines", ()), earlier.get("extra_lines", ()), strict=True):
        assert (row["year"] - other["year"], row["year"] in range(2017, 2021)) == (5, True)
    for row, other in zip(at_home.get("costs", ()), earlier.get("costs", ()), strict=True):
        assert [year - 5 for year in row["years"]] == list(other["years"])
    said = [str(tree.get(key, "")) for tree in (at_home, earlier) for key in ("title", "description", "extra_lines")]
    assert not re.search(r"\{\d", " ".join(said))
    texts = str(earlier.get("description", "")) + str([row["title"] for row in earlier.get("extra_lines", ())])
    written = document(one.path).tree
    if "written_for" in written:
        stated = {int(year) for year in re.findall(r"\{(\d{4})\}", str(written))}
        assert {str(year - 5) for year in stated} <= set(re.findall(r"\d{4}", texts))


def test_an_option_acts_in_the_years_of_another_plan() -> None:
    loaded = load(ELSEWHERE, options=["second_line"])
    first = max(loaded.scenario.plan.decided.year, loaded.scenario.horizon.start.year)
    (line,) = (line for line in loaded.scenario.extra_lines if line.id == "opt_second_line")
    proposal = loaded.proposals["option:second_line"]
    subscriptions = [row.year for row in proposal.costs if not row.in_simulation]
    assert line.year == first + 1, "in Bình Định's plan too it comes a year after the decision"
    assert subscriptions == list(range(line.year + 1, loaded.scenario.horizon.end.year + 1))
    assert f"năm {line.year}" in proposal.description.vi


def test_what_is_paid_after_a_short_plan_is_not_drawn_into_it() -> None:
    """Subscriptions from 2019 on are none of a plan's that ends with 2018; nor is that an error."""
    short = proposal_named("option:second_line", PlanYears(date(2017, 3, 17), 2017, 2018))
    assert short is not None
    assert [row["years"] for row in short.tree["costs"]] == [[2019, 2020]]
    salaries = proposal_named("option:clerks_busiest", PlanYears(date(2017, 3, 17), 2017, 2018))
    assert salaries is not None
    assert [row["years"] for row in salaries.tree["costs"]] == [[2017, 2018], [2017, 2017]]


def test_of_money_in_four_years_a_shorter_plan_gets_its_own() -> None:
    three = proposal_named("option:training_every_year", PlanYears(date(2021, 3, 1), 2021, 2023))
    assert three is not None
    assert [row["year"] for row in three.tree["extra_lines"]] == [2021, 2022, 2023]
    looked_at = load("binh_dinh_2016_2020", options=["training_every_year"], until="2018-12-31")
    assert [line.year for line in looked_at.scenario.extra_lines] == [2017, 2018]
    assert {change.key for change in looked_at.changes if "extra_lines" in change.key and change.layer == "--until"}
    with pytest.raises(ScenarioErrors, match="E-DATE-005"):
        load("binh_dinh_2016_2020", options=["second_line"], until="2017-12-31")


def test_an_option_later_than_the_period_is_told_what_can_be_done() -> None:
    """The plan is of 2017: no year fits a period that ends before it, a longer period does."""
    with pytest.raises(ScenarioErrors) as refused:
        load("binh_dinh_2016_2020", options=["second_line"], until="2016-12-31")
    (told,) = [error for error in refused.value.errors if error.code == "E-DATE-005"]
    assert told.repair.vi == "kéo dài kỳ mô phỏng đến hết năm 2018 (--until 2018-12-31), hoặc bỏ phương án này"


def test_targets_left_out_of_a_shorter_period_are_called_by_number_and_id() -> None:
    (said,) = cut_short(load("binh_dinh_2016_2020", until="2018-12-31"))
    assert said.vi.startswith("Giai đoạn được rút ngắn: không xét các chỉ tiêu có hạn muộn hơn (1 (a1), 2 (a2), ")
    assert said.vi.endswith("17 (c3), 18 (c4_datacentre)).")


def test_explain_and_load_take_the_same_years() -> None:
    """A decision moved by hand moves options with it; a shorter look at the plan does not."""
    for given in ({"sets": ["plan.decided=2013-03-11"]}, {"until": "2013-12-31"}):
        loaded = load(ELSEWHERE, options=["clerks_busiest"], **given)  # type: ignore[arg-type]
        explained = proposal_named("option:clerks_busiest", loaded.years)
        assert explained is not None
        assert explained.proposal.costs == loaded.proposals["option:clerks_busiest"].costs
    assert (
        load(ELSEWHERE, sets=["plan.decided=2013-03-11"], options=["second_line"]).scenario.extra_lines[0].year == 2014
    )


def test_years_that_no_plan_has_are_refused_and_a_leap_day_finds_its_place(small: Small) -> None:
    text = (small.root / "options/poll.toml").read_text(encoding="utf-8")
    for first, last in ((99999, 99999), (2020, 2017)):
        written = f'written_for = {{ decision = "1", first = {first}, last = {last} }}\n'
        small.write("options/poll.toml", written + text)
        (error,) = small.faults(options=["poll"])
        assert (error.code, error.key) == ("E-OVL-003", "written_for"), (first, last)
    order = {"written_for": {"decision": "1", "first": 2017, "last": 2020}, "mandates": [{"start": date(2020, 2, 29)}]}
    at = TomlDocument(small.root, "x", order, {})
    assert moved(at, PlanYears(date(2012, 3, 1), 2012, 2015)).tree["mandates"][0]["start"] == date(2015, 2, 28)


def test_money_counted_for_other_agencies_is_told() -> None:
    away = " ".join(words.vi for words in cautions_of(load(ELSEWHERE, options=["second_line", "poll_5_min"])))
    assert "“Đường truyền thứ hai của nhà mạng khác” tính cho số cơ quan của kế hoạch 900/QĐ-UBND" in away
    at_home = cautions_of(load("binh_dinh_2016_2020", options=["second_line"]))
    assert not any("900/QĐ-UBND" in words.vi for words in at_home)


def test_no_order_comes_before_the_decision() -> None:
    """A directive of April, in a plan decided in November, is of the next April; so is the rest of the option."""
    named = proposal_named("option:emulation_at_once", PlanYears(date(2025, 11, 20), 2026, 2030))
    late = proposal_named("option:emulation_at_once", PlanYears(date(2026, 11, 20), 2026, 2030))
    assert named is not None
    assert late is not None
    assert named.tree["mandates"][0]["start"] == date(2026, 4, 1)
    assert late.tree["mandates"][0]["start"] == date(2027, 4, 1)
    assert late.tree["costs"][0]["years"] == [2027, 2030]
    assert "1/4/2027" in late.proposal.description.vi


def test_an_option_without_a_plan_of_its_own_keeps_its_years(small: Small) -> None:
    """A planner's own file states the years it means."""
    text = (small.root / "options/poll.toml").read_text(encoding="utf-8")
    before = small.load(options=["poll"]).content_hash
    small.write("options/poll.toml", f'written_for = {{ decision = "1", first = 1999, last = 2003 }}\n{text}')
    assert small.load(options=["poll"]).content_hash == before, "nothing in it has a year"
    small.write("options/poll.toml", f"written_for = 2017\n{text}")
    (error,) = small.faults(options=["poll"])
    assert (error.code, error.key) == ("E-OVL-003", "written_for")
    assert "first = 2017" in error.repair.en


def test_notes_of_a_run_and_of_a_comparison_say_whose_agencies_the_money_was_counted_for() -> None:
    """Once for all cases, and not of the plan that the options were written for."""
    alone = notes_of(load(ELSEWHERE, options=["second_line"]))
    assert "“Đường truyền thứ hai của nhà mạng khác” tính cho số cơ quan của kế hoạch 900/QĐ-UBND" in alone[-1]["vi"]
    cases = [load(ELSEWHERE, options=[name]) for name in ("second_line", "poll_5_min", "ups_lines", "second_line")]
    (compared,) = (note for note in notes_of(load(ELSEWHERE), cases) if "900/QĐ-UBND" in note["vi"])
    assert compared["vi"].count("Đường truyền thứ hai") == 1
    assert "Nguồn dự phòng cho đường truyền" in compared["vi"]
    home = load("binh_dinh_2016_2020", options=["second_line"])
    assert not any("900/QĐ-UBND" in note["vi"] for note in notes_of(home, [home]))


HEADER = """\
title = { vi = "thử", en = "test" }
description = { vi = "thử", en = "test" }
group = "money"
decided_by = { vi = "UBND tỉnh", en = "the province" }
cost = { vi = "không", en = "none" }
source = "test"
"""


def test_an_option_acts_from_a_day_in_the_middle_of_the_plan(tmp_path: Path) -> None:
    """Its money goes into the first year settled after the day (here June: 2018 is settled from April on)."""
    own = tmp_path / "own.toml"
    own.write_text(f'{HEADER}\n[set]\n"budget.scale.all" = 0.5\n"budget.order" = "traffic"\n', encoding="utf-8")
    named = ["training_every_year", "ups_lines", "monthly_ranking", str(own)]
    home = load("binh_dinh_2016_2020")
    loaded = load("binh_dinh_2016_2020", options=named, options_from="30/5/2018")
    assert (loaded.scenario.changeover.day, loaded.scenario.changeover.first_year) == (date(2018, 6, 1), 2019)
    assert loaded.before is not None
    assert loaded.before.scenario == home.scenario
    assert loaded.before.budget == home.budget
    assert [line.year for line in loaded.scenario.extra_lines] == [2019, 2020]
    (ranking,) = (order for order in loaded.scenario.mandates if order.id == "monthly_ranking")
    assert ranking.start == date(2018, 6, 1)
    late = load("binh_dinh_2016_2020", options=["monthly_ranking"], options_from="2018-06-30")
    (ranking,) = (order for order in late.scenario.mandates if order.id == "monthly_ranking")
    assert (ranking.start, ranking.measured_from) == (date(2018, 7, 1), date(2018, 7, 1)), "not a year later"
    described = late.proposals["option:monthly_ranking"].description
    assert ("Từ 1/7/2018," in described.vi, "From 1 July 2018 " in described.en) == (True, True)
    ratio = {line.year: line.amount_million_vnd / stood.amount_million_vnd for line, stood in paired(loaded, home)}
    assert ratio == {year: 1.0 if year < 2019 else 0.5 for year in ratio}
    said = " ".join(note["vi"] for note in notes_of(loaded))
    assert "thay ắc quy: năm 2021" in said
    assert said.count("Tập huấn") >= 2, "two of the four years of training come after the plan"


def paired(loaded: LoadedScenario, home: LoadedScenario) -> list[tuple[BudgetLine, BudgetLine]]:
    by_key = {(line.line_id, line.source, line.year): line for line in home.budget if line.amount_million_vnd}
    return [(line, by_key[key]) for line in loaded.budget if (key := (line.line_id, line.source, line.year)) in by_key]


@pytest.mark.parametrize(
    ("settings", "day", "code"),
    [
        ('"budget.order" = "traffic"', "2021-03-01", "E-OVL-006"),
        ('"budget.order" = "traffic"', "2016-01-01", "E-OVL-006"),
        ('"people.service_shape" = "constant"', "2018-05-30", "E-OVL-007"),
        ('"dossiers.citizens.campaign_from" = 2018-01-01', "2018-05-30", "E-OVL-008"),
    ],
)
def test_what_cannot_act_from_that_day_is_refused(tmp_path: Path, settings: str, day: str, code: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(f"{HEADER}\n[set]\n{settings}\n", encoding="utf-8")
    with pytest.raises(ScenarioErrors) as refused:
        load("binh_dinh_2016_2020", options=[str(own)], options_from=day)
    assert {error.code for error in refused.value.errors} == {code}
