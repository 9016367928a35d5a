"""The money without traffic: the same đồng as in whole replications, and milestones drawn from it many times."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from plans import SURE, buy, line, planned
from worlds import FROZEN, SHIPPED, Provinces, fixed, small_province

from sim.measure.comparison import ComparedCell, comparison_tables, milestones_of_cases
from sim.measure.eoffice_alone import told_alone
from sim.measure.milestones import (
    DELIVERED,
    NOT_ARRIVED,
    ROUNDS_TO_ALL,
    MilestoneDraws,
    milestone_rows,
    milestone_states,
    milestones_alone,
    verdict_alone,
)
from sim.measure.payload import decode, encode
from sim.measure.stocks import stock_value
from sim.model.money_alone import MoneyAlone
from sim.model.record import MONEY
from sim.model.simulate import simulate
from sim.results.comparison_tables import CompareRow
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.plan_schema import Target

DUE = date(2018, 12, 31)
DUE_ROW = 12
LINES = ("I.1", "I.2")
MISHAPS = (
    fixed("budget.central_reliability", "50 %"),
    fixed("budget.cut_share", "0 %"),
    fixed("budget.slip_share", "20 %"),
    fixed("budget.stop_share", "5 %"),
    fixed("budget.procurement", "60 days"),
    fixed("budget.project_teams", "1"),
    fixed("budget.accounts_per_month", "1"),
    fixed("budget.sites_per_month", "1"),
)
"""One team for all, so that lines wait for each other, and everything that may go wrong."""

QUIET = tuple(
    fixed(f"volumes.{tier}_{way}", f"{number} /year")
    for way, numbers in (("outgoing", (200, 100, 200, 60)), ("incoming", (500, 300, 800, 200)))
    for tier, number in zip(("office", "department", "district", "commune"), numbers, strict=True)
)


def milestone() -> Target:
    return Target.model_validate(
        {
            "id": "built",
            "title": {"vi": "hoàn thành", "en": "built"},
            "measure": "milestone",
            "lines": LINES,
            "threshold": {"value": "100 %", "kind": "fixed", "basis": "assumed", "source": "test"},
            "due": DUE,
            "unit": "money",
            "event": "state",
            "source": "test",
        }
    )


def plan(provinces: Provinces, *sets: str, **laid: Any) -> LoadedScenario:
    offices = [
        replace(office, linked=office.tier != "commune", route="adsl" if office.tier == "commune" else office.route)
        for office in small_province(departments=2, districts=1, communes=4)
    ]
    loaded = provinces.load(
        offices, sets=(*FROZEN, *SURE, *QUIET, *sets), start=date(2018, 1, 1), end=date(2019, 1, 31), **laid
    )
    loaded = replace(loaded, scenario=loaded.scenario.model_copy(update={"targets": (milestone(),)}))
    lines = [line("I.1", 2018, 40.0, "TW"), line("I.2", 2018, 30.0), line("II.1", 2018, 30.0), line("II.2", 2018, 9.0)]
    purchases = [
        buy("I.1", "eoffice_web_service", 10.0, tiers=("commune",), share=0.5),
        buy("I.1", "head_office", None, share=0.5),
        buy("I.2", "security_kit", 6.0, share=0.8),
        buy("I.2", "token", 1.0, share=0.2),
        buy("II.1", "dedicated_link", 5.0, tiers=("commune",)),
        buy("II.2", "training_seat", 0.5),
    ]
    return planned(loaded, lines, purchases)


def test_a_draw_of_the_money_is_the_replication_of_its_number(provinces: Provinces) -> None:
    """What had become of the money on the due date is the same to the đồng, with and without traffic.

    So is who has e-office then, which `calibrate --draws` rests on.
    """
    loaded = plan(provinces, *MISHAPS)
    money = MoneyAlone(loaded, LINES, [DUE])
    asked = [(DUE, "tier:commune"), (DUE, "all")]
    by_scope = told_alone(loaded, 11, range(8), asked)
    assert len(set(by_scope[0])) > 1
    seen = set()
    for number in range(8):
        record = simulate(loaded, 11, number)
        for (_, scope), values in zip(asked, by_scope, strict=True):
            assert values[number] == stock_value(record, "eoffice_installed_share", scope, DUE_ROW), number
        whole = milestone_states(record, LINES, DUE_ROW)
        alone = milestone_states(money.draw(11, number), LINES, 0)
        assert alone == pytest.approx(whole, abs=1e-6), number
        seen |= {state for state, amount in whole.items() if amount > 0.0}
    assert {DELIVERED, NOT_ARRIVED} < seen


def test_a_draw_of_the_money_takes_options_over_as_the_replication_does(provinces: Provinces) -> None:
    """More teams, another order and more money from February on, the same with and without traffic."""
    options = ["second_project_team", "faster_procurement", "busiest_first", "eoffice_all_communes"]
    laid = {"options": [str(SHIPPED / "options" / f"{name}.toml") for name in options]}
    loaded, plain = plan(provinces, *MISHAPS, **laid, options_from=date(2018, 2, 1)), plan(provinces, *MISHAPS)
    lines = [*LINES, *(extra.id for extra in loaded.scenario.extra_lines)]
    assert len(lines) > len(LINES)
    alone = [MoneyAlone(one, lines, [DUE]) for one in (loaded, plain)]
    for number in range(4):
        whole = milestone_states(simulate(loaded, 11, number), lines, DUE_ROW)
        drawn, without = (milestone_states(one.draw(11, number), lines, 0) for one in alone)
        assert drawn == pytest.approx(whole, abs=1e-6), number
        assert sum(drawn.values()) > sum(without.values()), number


def test_milestones_are_exact_repeatable_and_say_what_they_rest_on(provinces: Provinces) -> None:
    """Sure money with a programme at 40 %: the chance is 40 % within three standard errors."""
    loaded = plan(provinces, fixed("budget.central_reliability", "40 %"), fixed("budget.programme_share", "100 %"))
    loaded = planned(
        loaded,
        [line("I.1", 2018, 40.0, "TW"), line("I.2", 2018, 30.0)],
        [buy("I.1", "head_office", None), buy("I.2", "database", None)],
    )
    drawn = milestones_alone(loaded, 5)["built"]
    n = len(drawn.reached)
    assert sum(drawn.reached) / n == pytest.approx(0.4, abs=3.0 * (0.24 / n) ** 0.5)
    assert n >= 2_000
    assert verdict_alone(drawn, 0.8) == f"at risk (money alone, {n} draws)"
    assert milestones_alone(loaded, 5)["built"] == drawn
    rows = {row.state: row for row in milestone_rows(loaded, {"built": drawn})}
    assert rows[NOT_ARRIVED].largest_in == rows[NOT_ARRIVED].missed == n - sum(drawn.reached)
    assert {row.planned_million_vnd for row in rows.values()} == {70.0}


def test_money_that_surely_comes_or_never_comes_leaves_no_doubt(provinces: Provinces) -> None:
    sure = milestones_alone(plan(provinces), 5)["built"]
    never = milestones_alone(plan(provinces, "budget.central_programme=fails"), 5)["built"]
    assert (all(sure.reached), any(never.reached)) == (True, False)
    assert verdict_alone(sure, 0.8).startswith("reachable (money alone")
    assert verdict_alone(never, 0.8).startswith("out of reach (money alone")


@pytest.mark.parametrize(
    ("reached", "said"),
    [
        (400, "out of reach"),
        (495, "too close to call"),
        (560, "at risk"),
        (2_000, "too close to call"),
        (2_100, "reachable"),
    ],
)
def test_a_chance_across_a_boundary_is_too_close_to_call(reached: int, said: str) -> None:
    """Of 2,500 draws: 19.8 % lies within 18.3 to 21.4 %, on both sides of 20 %."""
    draws = MilestoneDraws(({},) * 2_500, tuple(k < reached for k in range(2_500)))
    assert verdict_alone(draws, 0.8) == f"{said} (money alone, 2500 draws)"


def test_cases_with_the_same_money_are_drawn_once(provinces: Provinces) -> None:
    """What money never looks at leaves every milestone as it is, so that those cases need no draws of their own."""
    base = plan(provinces, *MISHAPS)
    same = [
        plan(provinces, *MISHAPS, fixed(key, value))
        for key, value in (
            ("network.poll_interval", "1 min"),
            ("people.draft", "10 min"),
            ("adoption.leader_support_trained_share", "5 %"),
            ("documents.mailbox_upgraded", "900 MB"),
            ("signatures.life", "2 years"),
        )
    ]
    other = plan(provinces, *MISHAPS[:2], fixed("budget.slip_share", "60 %"), *MISHAPS[3:])
    first, *shared, apart = milestones_of_cases([base, *same, other], 5)
    assert all(one is first for one in shared)
    for case in same:
        assert milestones_alone(case, 5) == first
    assert apart["built"].shares != first["built"].shares


def test_a_comparison_judges_milestones_by_the_money_alone(provinces: Provinces) -> None:
    """Two replications say hardly anything of a chance of 40 %; thousands of draws of the money do, and say so."""
    likely = plan(provinces, fixed("budget.central_reliability", "40 %"), fixed("budget.programme_share", "100 %"))
    never = plan(provinces, "budget.central_programme=fails")
    drawn = list(milestones_of_cases([likely, never], 5))
    cells = [
        ComparedCell(
            name, name, name, loaded, tuple(decode(encode(simulate(loaded, 5, r), loaded)) for r in (0, 1)), one
        )
        for name, loaded, one in zip(("baseline", "future:fails"), (likely, never), drawn, strict=True)
    ]
    first, second = comparison_tables(cells)[0].content
    assert isinstance(first, CompareRow)
    assert isinstance(second, CompareRow)
    n = len(drawn[0]["built"].reached)
    assert [first.verdict, second.verdict] == [verdict_alone(one["built"], 0.8) for one in drawn]
    assert first.n == n >= 2_000
    assert first.p_reached == pytest.approx(sum(drawn[0]["built"].reached) / n)
    shared = list(zip(drawn[0]["built"].shares, drawn[1]["built"].shares, strict=False))
    assert second.difference_mean == pytest.approx(sum(b - a for a, b in shared) / len(shared))
    assert second.difference_high is not None
    assert second.difference_high < 0.0
    assert second.holm_significant


def test_a_line_that_is_finished_stays_finished() -> None:
    """Money left over is not ordered anew for what nobody lacks: a project that is done is done for good."""
    loaded = load("binh_duong_2011_2015")
    lines = sorted({line.line_id for line in loaded.budget})
    ends = [date(year, month, 28) for year in range(2011, 2016) for month in range(2, 13)]
    money = MoneyAlone(loaded, lines, ends)
    spent, idle = MONEY.index("spent"), MONEY.index("idle")
    finished = 0
    for number in range(3):
        record = money.draw(7, number)
        for name in lines:
            mine = [i for i, account in enumerate(record.accounts) if account.line_id == name]
            planned = sum(record.accounts[i].planned for i in mine)
            shares = record.money[:, mine][:, :, [spent, idle]].sum(axis=(1, 2)) / planned
            done = shares >= ROUNDS_TO_ALL
            finished += bool(done[-1])
            assert not (done[:-1] & ~done[1:]).any(), (name, number)
    assert finished > len(lines)
