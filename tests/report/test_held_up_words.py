"""What keeps a target from being reached, in words: every number is that of the rows, whatever these are."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from fake_run import target_row

from sim.measure.held_up import HAS_IT, LACKS, NEAREST_FIRST
from sim.report.formatting import share_text
from sim.report.held_up import held_up_text, kept_back, later_text, main_reason
from sim.report.held_up_words import HELD_UP_LACKS, HELD_UP_REASONS
from sim.report.milestones import in_few_words
from sim.report.obstacles import UNKNOWN, obstacle_passage
from sim.report.reasons import reason_points
from sim.report.run_tables import RunTables
from sim.report.why import what_stops
from sim.results.money_tables import MilestoneRow
from sim.results.plan_tables import HeldUpRow
from sim.results.words import LANGUAGES

OTHER_LACKS = ("use", "work", "mail", "mail_use", "training", "computer", "service")


def rows_of(
    target_id: str, have: float, short: dict[tuple[str, str], float], *, missed: int, n: int
) -> list[HeldUpRow]:
    """A target of agencies that every miss leaves short of so many, by what they lack and why."""
    whole = sum(short.values())
    first = HeldUpRow(target_id, None, HAS_IT, "agencies", have, have, None, None, missed, n)
    return [first] + [
        HeldUpRow(target_id, lacks, reason, "agencies", number, number, number, number / whole, missed, n)
        for (lacks, reason), number in sorted(short.items(), key=lambda item: -item[1])
    ]


def test_every_reason_and_everything_lacking_has_words() -> None:
    lacks = {lack.name for several in LACKS.values() for lack in several} | set(OTHER_LACKS)
    assert set(HELD_UP_LACKS) == lacks
    assert set(HELD_UP_REASONS) == {*NEAREST_FIRST, HAS_IT}
    for words in HELD_UP_REASONS.values():
        assert "," not in words.vi + words.en


@pytest.mark.parametrize("seed", range(20))
def test_what_is_said_is_what_the_rows_hold(tables: RunTables, seed: int) -> None:
    luck = random.Random(seed)
    keys = luck.sample([(lack, reason) for lack in HELD_UP_LACKS for reason in NEAREST_FIRST], luck.randint(1, 6))
    short = {key: float(luck.randint(1, 50)) for key in keys}
    n = luck.randint(2, 200)
    target = target_row(target_id="x", measure="email_user_share", verdict="at risk", p_reached=0.4)
    rows = rows_of("x", 30.0, short, missed=luck.randint(1, n), n=n)
    known = replace(tables, targets=(target,), held_up=tuple(rows))
    named = sorted((row for row in rows if row.share), key=lambda row: -(row.share or 0.0))
    for language in LANGUAGES:
        said = held_up_text(target, known, language)
        whole = sum(short.values())
        assert f"{rows[0].missed}" in said
        assert {"vi": f"30/{30 + whole:.0f} cơ quan", "en": f"30 of {30 + whole:.0f} agencies"}[language] in said
        for row in named[:2]:
            reason = HELD_UP_REASONS[row.reason].text(language)
            share = share_text(row.share or 0.0, language)
            assert HELD_UP_LACKS[row.lacks or ""].text(language) in said
            assert (f"{share} {'vì' if language == 'vi' else 'because'} {reason}" in said) == (len(short) > 1)
            assert reason in said
        assert what_stops(known, target, language) == said
        passage = obstacle_passage(known, language)
        assert passage is not None
        assert said in passage.points[0]
        (point,) = reason_points(known, language, is_whole=True)
        assert HELD_UP_REASONS[named[0].reason].text(language) in point
        assert UNKNOWN.text(language) not in point
    assert main_reason(target, known) in {row.reason for row in rows}
    assert sum(row.share or 0.0 for row in kept_back(target, known)) == pytest.approx(1.0)


def test_targets_short_for_the_same_reason_are_told_together_with_their_shares(tables: RunTables) -> None:
    targets = [
        target_row(target_id=name, measure="website_agency_share", verdict="at risk", p_reached=0.4) for name in "xy"
    ]
    rows = rows_of("x", 5.0, {("website", "no_line"): 3.0, ("website", "slipped"): 1.0}, missed=2, n=2)
    rows += rows_of("y", 5.0, {("eoffice", "no_line"): 1.0}, missed=1, n=2)
    (point,) = reason_points(replace(tables, targets=tuple(targets), held_up=tuple(rows)), "en", is_whole=True)
    assert point == (
        "(1) Targets 1 (x) and 2 (y): most of all because no line buys it for these (share of the gap: no. 1 75.0%, "
        "no. 2 100.0%)."
    )


def test_a_target_due_before_the_end_is_said_to_be_reached_later_or_not(tables: RunTables) -> None:
    target = target_row(target_id="x", due="2018-06-30", p_reached=0.25, first_reached="2019-01-31")
    assert later_text(target, tables, "en").endswith("but only from Jan 2019 (months late: 7)")
    never = later_text(replace(target, first_reached=None), tables, "vi")
    assert never.startswith("đến hết kỳ mô phỏng (12/2020) quá nửa số lần")
    assert later_text(replace(target, due=date(2020, 12, 31)), tables, "en") == ""
    assert later_text(replace(target, p_reached=0.5), tables, "en") == ""


def test_a_milestone_that_is_met_or_missed_says_so_in_few_words() -> None:
    def row(state: str, median: float, largest_in: int | None, missed: int) -> MilestoneRow:
        return MilestoneRow("m", state, 100.0, median, 0.0, 100.0, largest_in, missed, 500)

    met = [row("delivered", 100.0, None, 0), row("late", 0.0, 0, 0)]
    assert in_few_words(met, "en") == (
        "100 of 100 million VND are delivered when due (median); reached in all 500 draws of the money"
    )
    missed = [row("delivered", 60.0, None, 400), row("late", 30.0, 300, 400), row("not_arrived", 10.0, 100, 400)]
    assert in_few_words(missed, "en").endswith(
        "missed in 400 of 500 draws of the money, held back most by: late (slipped, in procurement or under way) "
        "(75.0% of these); money did not arrive (25.0% of these)"
    )


def test_what_every_simulation_reaches_so_far_is_not_said_to_be_without_a_known_cause(tables: RunTables) -> None:
    """Too few simulations for a verdict: nothing stops it that the tables would not single out."""
    always = target_row(target_id="x", measure="email_user_share", verdict="undecided (12 more)", p_reached=1.0)
    known = replace(tables, targets=(always,))
    passage = obstacle_passage(known, "en")
    assert passage is not None
    assert passage.points == ("Target 1 (x) – reached in every simulation so far.",)
    assert reason_points(known, "en", is_whole=True) == list(passage.points)
