"""Everybody who lacks what a target counts has one reason: the money's, or that of the law of taking up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from math import fsum

import numpy as np
import pytest
from measured_runs import Runs

from sim.exchange.codes import COMMUNE, OUTSIDE
from sim.measure.held_up import HAS_IT, NEAREST_FIRST, held_up
from sim.measure.held_up_shares import held_up_rows
from sim.measure.lacking import lacking_rows
from sim.measure.lacks import LACKS
from sim.measure.payload import decode, encode
from sim.measure.plan_ends import unserved_rows
from sim.measure.pulls import IN_TIME, NEWCOMERS, NO_ORDER, Adoption, Pull
from sim.measure.stocks import PERSON_SHARES, stock_value
from sim.measure.unit_money import Queue, counted_off
from sim.model.record import RunRecord
from sim.model.standing import TeamStanding
from sim.policy.purchase_catalogue import PURCHASABLE
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import Target

PERSONS = ("trained_share", "pc_share", "email_user_share", "eoffice_user_share")
SCOPES = ("all", "tier:commune")


def asking(loaded: LoadedScenario, *targets: tuple[str, str], wanted: float = 1.0) -> LoadedScenario:
    """The scenario with a target for each measure and scope, due when its own target `installed` is."""
    like = next(target for target in loaded.scenario.targets if target.id == "installed")
    threshold = like.threshold.model_copy(update={"value": wanted})
    made: tuple[Target, ...] = tuple(
        like.model_copy(
            update={
                "id": f"{measure}/{scope}",
                "measure": measure,
                "scope": scope,
                "readings": (),
                "threshold": threshold,
            }
        )
        for measure, scope in targets
    )
    return replace(loaded, scenario=loaded.scenario.model_copy(update={"targets": made}))


def test_those_who_have_it_and_those_kept_from_it_are_everybody(runs: Runs) -> None:
    """For every measure that is told, in every scope: the share of those who have it is the measure itself."""
    measures = [(measure, scope) for measure in (*LACKS, *PERSONS) for scope in SCOPES]
    loaded = asking(runs.loaded, *measures)
    for record in runs.records:
        found = held_up(record, loaded)
        assert len(found) == len(measures)
        row = len(record.stocks) - 1
        for (measure, scope), tally in zip(measures, found.values(), strict=True):
            mine = np.isin(record.tiers, (COMMUNE,) if scope != "all" else range(OUTSIDE))
            everybody = record.stocks[row]["staff"][mine].sum() if measure in PERSON_SHARES else mine.sum()
            assert fsum(tally.values()) == pytest.approx(everybody)
            assert tally.get(("", HAS_IT), 0.0) / everybody == pytest.approx(stock_value(record, measure, scope, row))
            assert {reason for _, reason in tally} <= {HAS_IT, *NEAREST_FIRST}
            assert min(tally.values()) > 0.0


def test_the_plan_s_own_money_is_told_from_no_line_at_all(runs: Runs) -> None:
    """100 million buy some ten communes' e-office; no line buys the five departments' and districts' websites."""
    loaded = asking(runs.loaded, ("eoffice_installed_share", "tier:commune"), ("website_agency_share", "all"))
    for record in runs.records:
        installed, websites = held_up(record, loaded).values()
        assert not {"no_line", "planned_later"} & {reason for _, reason in installed}
        assert {reason for _, reason in websites} <= {HAS_IT, "no_line"}


@pytest.mark.parametrize(
    ("units", "lacking", "reasons"),
    [
        ([2.0, 0, 0, 0, 0, 0], 3, ["under_way", "under_way", "beyond_plan"]),
        ([0.5, 0.6, 0, 1.0, 0, 0], 3, ["in_procurement", "stopped", "beyond_plan"]),
        ([0.4, 0, 0, 0, 0.5, 0], 1, ["beyond_plan"]),
        ([0.4, 0, 0, 0, 0.5, 1.2], 2, ["planned_later", "planned_later"]),
    ],
)
def test_units_are_counted_off_against_money_by_how_near_it_is(
    units: list[float], lacking: int, reasons: list[str]
) -> None:
    queue = Queue(("commune",), [float(one) for one in units])
    assert counted_off([queue], lacking) == reasons


def test_of_two_lines_the_one_whose_money_is_nearer_is_waited_for() -> None:
    far, near = Queue(("commune",), [0, 0, 0, 0, 5.0, 0]), Queue(("commune",), [1.0, 0, 0, 0, 0, 0])
    assert counted_off([far, near], 3) == ["under_way", "not_arrived", "not_arrived"]


def test_what_a_team_was_granted_is_kept_apart_by_where_it_lies(runs: Runs) -> None:
    """At every due date nothing of the plan's 100 million is in two places, and nothing was stopped or slipped."""
    for record in runs.records:
        assert set(record.standing) == {9, 12, 14}
        for standing in record.standing.values():
            (team,) = standing.teams
            assert (team.stopped, team.slipped) == (0.0, 0.0)
            assert isinstance(team, TeamStanding)
            assert 0.0 <= team.in_hand + team.in_procurement <= team.granted <= 100.0 + 1e-9


def test_people_are_kept_by_postings_by_what_does_not_pull_and_by_time(runs: Runs) -> None:
    adoption = Adoption(runs.loaded, runs.records[0].parameters, date(2019, 2, 28))
    full = Pull(ordered=1.0, supports=1.0, trained=1.0, watched=1.0)
    pulled = adoption.of_mail(full, 1000, 300)
    assert set(pulled) >= {NEWCOMERS, IN_TIME}
    assert fsum(pulled.values()) == pytest.approx(700.0)
    assert pulled[NEWCOMERS] + pulled[IN_TIME] == pytest.approx(700.0)
    bare = replace(full, ordered=0.0)
    unordered = adoption.of_mail(bare, 1000, 300)
    assert unordered[NEWCOMERS] == pytest.approx(pulled[NEWCOMERS])
    assert unordered[NO_ORDER] > 0.0
    assert fsum(unordered.values()) == pytest.approx(700.0)
    assert adoption.missing_most(bare) == NO_ORDER
    assert adoption.missing_most(full) == IN_TIME, "where nothing is missing, no order is"
    alone, among_others = (adoption.of_eoffice(bare, 1000, 300, reach=reach) for reach in (0.0, 1.0))
    assert among_others[NO_ORDER] < alone[NO_ORDER], "who sees others exchange needs the order less"
    soured = adoption.of_eoffice(replace(full, experience=0.2), 1000, 300, reach=0.5)
    assert soured["poor_experience"] > 0.0


def test_a_target_below_everybody_is_short_of_those_nearest_to_it(runs: Runs) -> None:
    """Shares are of what is short of the threshold, not of all who lack it; both tables add up."""
    loaded = asking(runs.loaded, ("website_agency_share", "all"), ("eoffice_user_share", "all"), wanted=0.9)
    measured = [decode(encode(record, loaded)) for record in runs.records]
    rows = held_up_rows(loaded, measured)
    for target in loaded.scenario.targets:
        mine = [row for row in rows if row.target_id == target.id]
        everybody = fsum(row.mean for row in mine)
        missed = sum(not one.targets[0].reached for one in measured if one.targets[0].target_id == target.id) or len(
            measured
        )
        assert {row.missed for row in mine} == {missed}
        assert fsum(row.share or 0.0 for row in mine) == pytest.approx(1.0)
        assert fsum(row.missed_mean or 0.0 for row in mine) == pytest.approx(everybody)
        have = mine[0].missed_mean
        assert mine[0].reason == HAS_IT
        assert have is not None
        wanted = have + fsum(row.short_mean or 0.0 for row in mine)
        assert 0.9 * everybody <= wanted <= 0.9 * everybody + 1.0
        assert all((row.short_mean or 0.0) <= (row.missed_mean or 0.0) + 1e-9 for row in mine)


def unlinked(record: RunRecord) -> RunRecord:
    """The same, had one commune never had e-office, and another only been linked in the last two months."""
    stocks = record.stocks.copy()
    never, late = np.flatnonzero(record.tiers == COMMUNE)[:2]
    stocks["level"][:, never] = stocks["linked"][:, never] = stocks["linked"][:-2, late] = 0
    kind = next(iter(PURCHASABLE))
    return replace(record, stocks=stocks, unserved={kind: [int(never)], "website": [int(never)]})


def test_who_lacks_it_agency_by_agency_adds_up_to_what_keeps_the_target(runs: Runs) -> None:
    """On the due date and for each reason; an agency's own shares are those of the runs that do not link it by then.

    What rests on links is told by the same rows as links are, and who ends without what is bought by the same reasons.
    """
    loaded = asking(runs.loaded, ("eoffice_linked_share", "all"), ("exchange_electronic_share", "all"))
    records = [unlinked(record) if record.replication < 3 else record for record in runs.records]
    measured = [decode(encode(record, loaded)) for record in records]
    rows = list(lacking_rows(loaded, measured))
    assert {row.measure for row in rows} == {"eoffice_linked_share"}
    year_end, due = date(2018, 12, 31), loaded.scenario.targets[0].due
    added: defaultdict[tuple[str, str], float] = defaultdict(float)
    for row in rows:
        if row.as_of == due:
            added[row.lacks, row.reason] += row.lacking_share
    kept = {(one.lacks or "", one.reason): one.mean for one in held_up_rows(loaded, measured) if one.reason != HAS_IT}
    assert added == pytest.approx(kept)
    found: defaultdict[date, list[float]] = defaultdict(list)
    quarters = [one.quarters for one in measured]
    for at, agency_id in enumerate(quarters[0].agency_ids):
        for day in (year_end, due):
            mine = fsum(row.lacking_share for row in rows if (row.agency_id, row.as_of) == (agency_id, day))
            without = sum(one.connected[at] is None or one.connected[at] > day for one in quarters)
            assert mine == pytest.approx(without / len(quarters))
            if mine:
                found[day].append(mine)
    assert found == {year_end: [0.75, 0.75], due: [0.75]}
    ended = {row.kind: row.reason for row in unserved_rows(loaded, measured)}
    assert len(ended) == 2
    assert ended["website"] == "no_line"
    assert set(ended.values()) <= set(NEAREST_FIRST)
