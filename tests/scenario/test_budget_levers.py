"""Levers on the plan's money: what is scaled, moved and divided anew, what stays, and what is refused."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.scenario.budget_levers import turned
from sim.scenario.errors import ScenarioErrors
from sim.scenario.explain import explain
from sim.scenario.loading import LoadedScenario, load
from sim.scenario.tables import BudgetLine
from sim.studies.case import case_of

DECIDED = 2017


def line(line_id: str, source: str, year: int, amount: float) -> BudgetLine:
    return BudgetLine(line_id, line_id.partition(".")[0], "vi", "en", source, year, amount)


LINES = (
    line("I.1", "TW", 2016, 7.0),
    line("I.1", "TW", 2017, 10.0),
    line("I.1", "TW", 2018, 20.0),
    line("I.2a", "TW", 2017, 30.0),
    line("I.2a", "SN", 2017, 5.0),
    line("II.1", "TW", 2017, 60.0),
)


@pytest.fixture(scope="module")
def plan() -> LoadedScenario:
    return load("binh_dinh_2016_2020")


def with_levers(plan: LoadedScenario, lines: tuple[BudgetLine, ...], **levers: dict[str, float]) -> dict[tuple, float]:
    budget = plan.scenario.budget.model_copy(update=levers)
    return {(one.line_id, one.source, one.year): one.amount_million_vnd for one in turned(lines, budget, DECIDED)}


def test_scaling_leaves_history_and_other_lines_alone(plan: LoadedScenario) -> None:
    found = with_levers(plan, LINES, scale={"I.1": 2.0, "source.TW": 0.5, "chapter.II": 3.0})
    assert found == {
        ("I.1", "TW", 2016): 7.0,
        ("I.1", "TW", 2017): 10.0,
        ("I.1", "TW", 2018): 20.0,
        ("I.2a", "TW", 2017): 15.0,
        ("I.2a", "SN", 2017): 5.0,
        ("II.1", "TW", 2017): 90.0,
    }


def test_money_moves_by_years_and_meets_what_is_there(plan: LoadedScenario) -> None:
    """Nothing goes back before the decision: 2017 stays, 2018 joins it."""
    earlier = with_levers(plan, LINES[:3], shift_years={"I.1": -1})
    assert earlier == {("I.1", "TW", 2016): 7.0, ("I.1", "TW", 2017): 30.0}
    later = with_levers(plan, LINES[:3], shift_years={"all": 1, "I.1": 1})
    assert later == {("I.1", "TW", 2016): 7.0, ("I.1", "TW", 2019): 10.0, ("I.1", "TW", 2020): 20.0}


def test_another_division_of_the_same_total(plan: LoadedScenario) -> None:
    """Of 100 in TW 2017: I.2a from 30 to 45, and the 55 left go 10 : 60 as before."""
    found = with_levers(plan, LINES, redivide={"I.2a": 1.5})
    assert found["I.2a", "TW", 2017] == pytest.approx(45.0)
    assert found["I.1", "TW", 2017] == pytest.approx(55.0 * 10 / 70)
    assert found["II.1", "TW", 2017] == pytest.approx(55.0 * 60 / 70)
    assert found["I.2a", "SN", 2017] == 5.0  # alone with its source and year: nothing to take from
    assert found["I.1", "TW", 2018] == 20.0
    everything = with_levers(plan, LINES, redivide={"I.2a": 50.0})
    assert (everything["I.2a", "TW", 2017], everything["II.1", "TW", 2017]) == (100.0, 0.0)


@settings(deadline=None)
@given(
    factors=st.dictionaries(st.sampled_from(["I.1", "I.2a", "II.1", "chapter.I"]), st.floats(0.0, 100.0)),
    amounts=st.lists(st.integers(0, 1000), min_size=6, max_size=6),
)
def test_no_dong_is_lost_by_dividing(plan: LoadedScenario, factors: dict[str, float], amounts: list[int]) -> None:
    lines = tuple(
        line(one.line_id, one.source, one.year, float(amount)) for one, amount in zip(LINES, amounts, strict=True)
    )
    before: Counter[tuple[str, int]] = Counter()
    for one in lines:
        before[one.source, one.year] += Fraction(one.amount_million_vnd)
    after: Counter[tuple[str, int]] = Counter()
    for (_, source, year), amount in with_levers(plan, lines, redivide=factors).items():
        assert amount >= 0.0
        after[source, year] += Fraction(amount)
    assert after.keys() == before.keys()
    assert all(float(abs(after[group] - before[group])) < 1e-9 for group in before)


def test_levers_are_written_like_any_key(plan: LoadedScenario) -> None:
    """From `--set` into the resolved file and back, and none leaves the plan as it is."""
    asked = load("binh_dinh_2016_2020", sets=["budget.scale.II.2a=1.5", "budget.shift_years.source.TW=1"])
    case = case_of(asked)
    assert case.loaded.budget == asked.budget
    assert case.loaded.scenario.budget.scale == {"II.2a": 1.5}
    assert asked.content_hash != plan.content_hash
    assert "1.5" in explain(asked, "budget.scale.II.2a", "en")
    money = Counter({"TW": 0.0, "DT": 0.0, "SN": 0.0})
    for one in plan.budget:
        money[one.source] += one.amount_million_vnd
    assert money == {"TW": 30_000.0, "DT": 15_000.0, "SN": 21_577.0}


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("budget.scale.II2a=1", "E-BUD-007", 'did you mean "II.2a"?'),
        ("budget.redivide.all=2", "E-BUD-008", "only a line or a chapter"),
        ("budget.shift_years.I.1=0.5", "E-KEY-004", "a whole number is wanted"),
        ("budget.scale.I.1=-1", "E-KEY-005", "must be 0 or more"),
        ("budget.scal.I.1=1", "E-KEY-001", 'did you mean "budget.scale"?'),
    ],
)
def test_a_lever_that_cannot_be_is_refused(text: str, code: str, said: str) -> None:
    with pytest.raises(ScenarioErrors) as errors:
        load("binh_dinh_2016_2020", sets=[text])
    assert [error.code for error in errors.value.errors] == [code]
    assert said in errors.value.text("en")
