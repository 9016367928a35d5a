"""Targets without a figure: how much of what their budget lines pay for has been delivered, and what stopped the rest.

A stopped order's money goes back. Money that lies with a project team which needs no more of what it buys counts as
delivered: there is nothing left to buy. What a team lays aside until it can pay for its first unit, or for
the only one, is late: a project that has got nothing is not finished, whatever money it holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from sim.measure.shared_draws import Chance, SharedDraws, shared_draws
from sim.measure.verdicts import TOO_CLOSE, band_of, decided
from sim.model.money_alone import MoneyAlone, MoneyRecord, draws_until, lines_followed
from sim.model.record import MONEY, RunRecord
from sim.policy.plan_lines import budget_of, purchases_of
from sim.policy.purchase_catalogue import purchasable
from sim.results.money_tables import MilestoneRow, ProjectRow
from sim.scenario.kinds import MADE_TO_ORDER
from sim.scenario.loading import LoadedScenario
from sim.scenario.measures import MILESTONE, PROJECTS
from sim.scenario.plan_schema import Target

DELIVERED, NOT_ARRIVED, STOPPED, LATE = STATES = ("delivered", "not_arrived", "stopped", "late")
"""What became of a milestone's money by its due date: `late` arrived, but the order slipped, was still in
procurement or was still being carried out."""
PLANNED_LATER, NOT_CONTRACTED, UNDER_WAY, NOTHING_TO_BUY = (
    "planned_later",
    "not_contracted",
    "under_way",
    "nothing_to_buy",
)
"""What else keeps a single project: the plan pays for it after the due date; its money is there, but the order slipped,
is in procurement or waits for the rest of the price; contracted and not delivered; nobody needs what it would buy."""

ROUNDS_TO_ALL = 0.995
"""A target of 100 % on a flow or on money delivered is met from here on, since reports print whole per cents."""
KNOWN_TO_WITHIN = 0.02
"""Half-width (95 %) to which the chance of a milestone is drawn: a standard error of one point."""
DRAWS_AT_ONCE, MOST_DRAWS = 500, 4_000
_ROUNDING = 1e-12
_WHOLE_DONG = 6
"""Decimals of a million VND."""


def measure_of_lines(target: Target) -> str:
    """The name among the measures of a target that is about budget lines, as `milestone(c1)`."""
    return f"{target.measure}({target.id})"


def value_of_lines(record: RunRecord, measure: str, lines: Sequence[str], row: int) -> float | None:
    """Of a milestone the share delivered of what its lines pay for, of a count of projects those finished."""
    if measure.startswith(PROJECTS):
        return float(sum(_is_finished(record, line, row) for line in lines))
    return milestone_share(record, lines, row)


def _is_finished(record: RunRecord, line: str, row: int) -> bool:
    """All its money has been delivered and bought something: money that found nothing to buy finishes no project."""
    mine = [i for i, account in enumerate(record.accounts) if account.line_id == line]
    spent = fsum(record.money[row, mine, MONEY.index("spent")])
    return spent > 0.0 and (milestone_share(record, (line,), row) or 0.0) >= ROUNDS_TO_ALL


def project_state(record: RunRecord, line: str, row: int, year: int) -> str:
    """What had become of a project by one of the record's states: finished, or what kept it from being so.

    Money that the plan itself grants only after `year`, that of the due date, keeps a project whatever else happens;
    else it is whatever holds most of what is missing.
    """
    if _is_finished(record, line, row):
        return DELIVERED
    mine = [i for i, account in enumerate(record.accounts) if account.line_id == line]
    planned = fsum(record.accounts[i].planned for i in mine)
    later = fsum(record.accounts[i].planned for i in mine if record.accounts[i].year > year)
    if later > (1.0 - ROUNDS_TO_ALL) * planned:
        return PLANNED_LATER
    arrived, committed, spent, returned, idle = (fsum(record.money[row, mine, entry]) for entry in range(len(MONEY)))
    held = {
        NOT_ARRIVED: planned - arrived,
        STOPPED: returned,
        NOT_CONTRACTED: arrived - committed - returned - idle,
        UNDER_WAY: committed - spent,
        NOTHING_TO_BUY: 0.0 if spent else idle,
    }
    return max(held, key=lambda state: held[state])


def milestone_states(record: RunRecord | MoneyRecord, lines: Sequence[str], row: int) -> dict[str, float]:
    """The planned money of some lines by what had become of it at one of the record's states, in million VND."""
    mine = [i for i, account in enumerate(record.accounts) if account.line_id in lines]
    arrived, _, spent, returned, idle = (fsum(record.money[row, mine, entry]) for entry in range(len(MONEY)))
    planned = fsum(record.accounts[i].planned for i in mine)
    states = {
        DELIVERED: spent + idle,
        NOT_ARRIVED: planned - arrived,
        STOPPED: returned,
        LATE: arrived - spent - idle - returned,
    }
    return {state: round(amount, _WHOLE_DONG) + 0.0 for state, amount in states.items()}


def milestone_share(record: RunRecord | MoneyRecord, lines: Sequence[str], row: int) -> float | None:
    """Share of what the lines pay for that had been delivered; None when the horizon plans no money for them."""
    return _share(milestone_states(record, lines, row))


def _share(states: Mapping[str, float]) -> float | None:
    planned = fsum(states.values())
    return min(1.0, max(0.0, states[DELIVERED] / planned)) if planned > 0.0 else None


@dataclass(frozen=True)
class MilestoneDraws:
    """One milestone over many draws of the money alone: states at its due date, and which of them reach it.

    Draws of the money are its luck; of a calibrated scenario they share draws of what is unknown, None where none does.
    """

    states: tuple[Mapping[str, float], ...]
    reached: tuple[bool, ...]
    shared: SharedDraws | None = None

    @property
    def chance(self) -> Chance:
        """How likely it is reached."""
        return Chance(self.reached, self.shared or SharedDraws.none(len(self.reached)))

    @property
    def shares(self) -> list[float]:
        """Part delivered in each draw."""
        return [_share(states) or 0.0 for states in self.states]


def milestones_alone(loaded: LoadedScenario, seed: int) -> dict[str, MilestoneDraws]:
    """Every milestone of a scenario from its money alone, drawn until each chance is known to a point.

    Draws are those of replications 0, 1, 2 ... of the seed. Milestones without money in the horizon are left out.
    """
    targets = [target for target in loaded.scenario.targets if target.measure == MILESTONE]
    alike: defaultdict[bool, list[Target]] = defaultdict(list)
    for target in targets:  # those that wait for project teams take more to draw, and are drawn by themselves
        alike[lines_followed(loaded, target.lines) > frozenset(target.lines)].append(target)
    found = {name: draws for group in alike.values() for name, draws in _drawn_alone(loaded, seed, group).items()}
    return {target.id: found[target.id] for target in targets if fsum(found[target.id].states[0].values()) > 0.0}


def _drawn_alone(loaded: LoadedScenario, seed: int, targets: Sequence[Target]) -> dict[str, MilestoneDraws]:
    """These milestones, each from as many draws."""
    dates = sorted({target.due for target in targets})

    def of(target: Target, records: Sequence[MoneyRecord], shared: SharedDraws) -> MilestoneDraws:
        row = dates.index(target.due)
        states = tuple(milestone_states(record, target.lines, row) for record in records)
        reached = tuple((_share(one) or 0.0) >= threshold_of_money(target) - _ROUNDING for one in states)
        return MilestoneDraws(states, reached, shared)

    def enough(records: Sequence[MoneyRecord]) -> bool:
        shared = shared_draws(loaded, seed, range(len(records)))
        chances = [of(target, records, shared).chance for target in targets]
        return all(_width(chance) <= 2.0 * KNOWN_TO_WITHIN or chance.is_told() for chance in chances)

    lines = {line for target in targets for line in target.lines}
    records = draws_until(MoneyAlone(loaded, lines, dates), seed, enough, DRAWS_AT_ONCE, MOST_DRAWS)
    shared = shared_draws(loaded, seed, range(len(records)))
    return {target.id: of(target, records, shared) for target in targets}


def _width(chance: Chance) -> float:
    low, high = chance.interval
    return high - low


def threshold_of_money(target: Target) -> float:
    """What the part delivered must reach; all of it as reports round it."""
    wanted = target.threshold.value
    return ROUNDS_TO_ALL if wanted >= 1.0 else wanted


def verdict_alone(draws: MilestoneDraws, required: float) -> str:
    """The verdict on a milestone by the interval of its chance, as on any target, and that it rests on the money alone.

    Where thousands of draws leave the interval across a boundary, it is too close to call.
    """
    n = len(draws.reached)
    found = decided(*draws.chance.interval, required) or TOO_CLOSE
    return f"{found} (money alone, {n} draws)"


def milestone_rows(loaded: LoadedScenario, alone: Mapping[str, MilestoneDraws]) -> list[MilestoneRow]:
    """For each milestone and state: its money at the due date, and in how many misses it stopped most of the rest."""
    rows: list[MilestoneRow] = []
    for target in loaded.scenario.targets:
        draws = alone.get(target.id)
        if draws is None:
            continue
        missed = [states for states, reached in zip(draws.states, draws.reached, strict=True) if not reached]
        largest = [max(STATES[1:], key=lambda state: amounts[state]) for amounts in missed]
        for state in STATES:
            band = band_of([amounts[state] for amounts in draws.states])
            rows.append(
                MilestoneRow(
                    target_id=target.id,
                    state=state,
                    planned_million_vnd=fsum(draws.states[0].values()),
                    median=band.median,
                    p05=band.p05,
                    p95=band.p95,
                    largest_in=None if state == DELIVERED else largest.count(state),
                    missed=len(missed),
                    n=len(draws.states),
                )
            )
    return rows


def projects_of(loaded: LoadedScenario, target: Target) -> tuple[str, ...]:
    """Budget lines that are a target's projects: those it counts, or those that build what it counts."""
    if target.measure == PROJECTS:
        return target.lines
    building = (
        purchase.line_id
        for purchase in purchases_of(loaded)
        if purchase.kind in MADE_TO_ORDER and target.measure in purchasable(purchase.kind).moves
    )
    return tuple(dict.fromkeys(building))


def project_rows(loaded: LoadedScenario, states: Sequence[Mapping[str, Mapping[str, str]]]) -> list[ProjectRow]:
    """For each project of a target and each state: in how many replications it was so on the due date.

    Args:
        loaded: the scenario.
        states: of each replication, by target and line.
    """
    titles = {line.line_id: line for line in budget_of(loaded)}
    return [
        ProjectRow(
            target_id=target.id,
            line_id=line,
            title_vi=titles[line].title_vi if line in titles else None,
            title_en=titles[line].title_en if line in titles else None,
            state=state,
            times=times,
            n=len(states),
        )
        for target in loaded.scenario.targets
        for line in projects_of(loaded, target)
        for state, times in sorted(Counter(one[target.id][line] for one in states if target.id in one).items())
    ]
