"""What kept money from putting one more unit to work by a due date: each unit that is lacking, with one reason.

The plan's money for a purchase is lined up by how near it is to a unit: in hand or under contract, in procurement,
slipped to the next year, stopped, not arrived, granted only later. Units that are lacking are counted off against it,
those first in line first; what no money of the plan would pay for lies beyond it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sim.exchange.codes import TIERS
from sim.model.record import RunRecord
from sim.model.standing import TeamStanding
from sim.policy.plan_lines import DrawnPurchase, budget_of, drawn_purchases, parts_of, settled_on
from sim.policy.roll_outs import day_of
from sim.scenario.holders import is_named
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import ONE_AGENCY, WHOLE_PROVINCE, BudgetLine

UNDER_WAY, IN_PROCUREMENT, SLIPPED, STOPPED, NOT_ARRIVED, PLANNED_LATER, BEYOND_PLAN = MONEY_REASONS = (
    "under_way",
    "in_procurement",
    "slipped",
    "stopped",
    "not_arrived",
    "planned_later",
    "beyond_plan",
)
NO_LINE, SCHEDULED_LATER = "no_line", "scheduled_later"
"""Nothing buys it for this agency; it comes by a calendar of its own, after the due date."""
_ROUNDING = 1e-6
"""Of a unit: money that comes in several parcels adds up to a unit's price but for rounding."""


@dataclass
class Queue:
    """One purchase's money by how near it is to a unit, in units; what is counted off is gone."""

    tiers: tuple[str, ...]
    units: list[float]
    _place: int = field(default=0, init=False)

    def nearest(self) -> int:
        """Where the last of the money for the next unit stands: a place of `MONEY_REASONS`."""
        wanted = 1.0 - _ROUNDING
        for place in range(self._place, len(self.units)):
            wanted -= self.units[place]
            if wanted <= 0.0:
                return place
        return len(self.units)

    def take(self) -> None:
        """Count one unit off."""
        wanted = 1.0
        while wanted > _ROUNDING and self._place < len(self.units):
            part = min(wanted, self.units[self._place])
            self.units[self._place] -= part
            wanted -= part
            if self.units[self._place] <= _ROUNDING:
                self._place += 1


class UnitMoney:
    """The plan's money on a due date, by what it buys."""

    def __init__(self, loaded: LoadedScenario, record: RunRecord, row: int, due: date) -> None:
        """Take a record's teams as they stood.

        Args:
            loaded: the scenario.
            record: of the replication.
            row: which of the record's states stands on the due date.
            due: the due date.
        """
        self._rows = {row.agency_id: row for row in loaded.agencies}
        self._ids, self._tiers = record.agency_ids, record.tiers
        day = loaded.scenario.changeover.day
        is_before = loaded.before is not None and record.parameters_before is not None and day is not None and due < day
        if is_before and loaded.before is not None:
            loaded = loaded.before
        self._p = (record.parameters_before if is_before else None) or record.parameters
        self._scenario, self._due = loaded.scenario, due
        self._drawn = drawn_purchases(loaded, self._p)
        self._teams = record.standing[row].teams
        lines = [line for line in budget_of(loaded) if line.year >= loaded.scenario.horizon.start.year]
        self._planned = [_planned(self._drawn, i, lines) for i in range(len(self._drawn))]
        self._settled = {line.year for line in lines if settled_on(line.year, self._p) <= due}

    def reasons(self, kinds: Collection[str], lacking: Mapping[int, int]) -> dict[int, list[str]]:
        """Why each agency lacks its units.

        Args:
            kinds: any of which would give a unit.
            lacking: how many units each agency lacks.

        Returns:
            By agency, a reason for each unit.
        """
        queues = self._queues(kinds)
        named = {agency: self._names(agency) for agency in lacking}
        serving = {agency: [q for q in queues if names & set(q.tiers)] for agency, names in named.items()}
        scheduled = self._scheduled(kinds)

        def turn(agency: int) -> tuple[int, int]:
            places = [min(q.tiers.index(name) for name in named[agency] & set(q.tiers)) for q in serving[agency]]
            return min(places, default=0), agency

        found: dict[int, list[str]] = {}
        for agency in sorted(lacking, key=turn):
            if agency in scheduled:
                found[agency] = [SCHEDULED_LATER] * lacking[agency]
            elif not serving[agency]:
                found[agency] = [NO_LINE] * lacking[agency]
            else:
                found[agency] = counted_off(serving[agency], lacking[agency])
        return found

    def reasons_of_province(self, kinds: Collection[str], units: int) -> list[str]:
        """Why what the province buys as a whole lacks so many units, in the order in which they are bought."""
        queues = self._queues(kinds)
        return counted_off(queues, units) if queues else [NO_LINE] * units

    def _queues(self, kinds: Collection[str]) -> list[Queue]:
        return [
            self._queue(drawn, team, planned)
            for drawn, team, planned in zip(self._drawn, self._teams, self._planned, strict=True)
            if drawn.purchase.kind in kinds and drawn.unit_cost_million_vnd > 0.0
        ]

    def _names(self, agency: int) -> set[str]:
        return {TIERS[self._tiers[agency]], f"{ONE_AGENCY}{self._ids[agency]}"}

    def _queue(self, drawn: DrawnPurchase, team: TeamStanding, planned: Mapping[int, float]) -> Queue:
        by_now = sum(amount for year, amount in planned.items() if year in self._settled)
        later = sum(amount for year, amount in planned.items() if year not in self._settled)
        amounts = {
            UNDER_WAY: team.in_hand,
            IN_PROCUREMENT: team.in_procurement,
            SLIPPED: team.slipped,
            STOPPED: team.stopped,
            NOT_ARRIVED: by_now - team.granted,
            PLANNED_LATER: later,
        }
        units = [max(0.0, amount) / drawn.unit_cost_million_vnd for amount in amounts.values()]
        return Queue(drawn.purchase.tiers or WHOLE_PROVINCE, units)

    def _scheduled(self, kinds: Collection[str]) -> set[int]:
        """Agencies that a calendar of the scenario serves after the due date."""
        found = set()
        for one in self._scenario.rollouts:
            if one.kind in kinds and day_of(one, self._p) > self._due:
                served = (self._rows.get(agency_id) for agency_id in self._ids)
                found |= {i for i, row in enumerate(served) if row is not None and is_named(one.agencies, row)}
        return found


def _planned(drawn: Sequence[DrawnPurchase], mine: int, lines: Iterable[BudgetLine]) -> dict[int, float]:
    """What the plan grants one purchase, by year, at this replication's division of its line."""
    found: dict[int, float] = {}
    for line in lines:
        takers = [i for i, one in enumerate(drawn) if _takes(one, line)]
        if mine in takers:
            part = parts_of([drawn[i] for i in takers])[takers.index(mine)]
            found[line.year] = found.get(line.year, 0.0) + part * line.amount_million_vnd
    return found


def _takes(drawn: DrawnPurchase, line: BudgetLine) -> bool:
    purchase = drawn.purchase
    return purchase.line_id == line.line_id and (not purchase.funded_by or line.source in purchase.funded_by)


def counted_off(queues: Sequence[Queue], units: int) -> list[str]:
    """Why so many more units are lacking, one after the other, each of the purchase whose money is nearest to it."""
    return [_next(queues) for _ in range(units)]


def _next(queues: Sequence[Queue]) -> str:
    """Count one unit off whichever purchase has money nearest to one."""
    nearest: Callable[[Queue], int] = Queue.nearest
    queue = min(queues, key=nearest)
    reason = MONEY_REASONS[nearest(queue)]
    if reason != BEYOND_PLAN:
        queue.take()
    return reason
