"""The plan's money without any traffic: the same committee, purchases and teams over a bare list of agencies.

What targets of money come to needs no document to be simulated, so that it can be drawn thousands of times. A draw is
the replication of the same number as far as its money goes. Agencies start as the table has them, at the stated values
of what is drawn of them; what changes needs besides money (people who leave, certificates that expire) is left out.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import simpy
from simpy.events import Event

from agents.project_team import Means, ProjectTeam, by_tier, field_teams, project_teams, start_roll_outs
from agents.steering_committee import budget_years
from sim.engine.clock import Clock
from sim.engine.draws import luck_of
from sim.engine.slow import until
from sim.exchange.codes import NOT_INSTALLED, ROUTES, TIERS, UNUSED
from sim.exchange.port import Traffic
from sim.model.changeover import changed_parameters, lines_of, settled_years, still_to_come, take_money
from sim.model.money_progress import amounts, progress
from sim.model.record import Amounts
from sim.policy.holdings import holdings_at_start
from sim.policy.ledger import Account, Ledger
from sim.policy.onestop import Onestop, onestop_at_start
from sim.policy.plan_lines import DrawnPurchase, drawn_purchases, purchase_quantities, purchases_of
from sim.policy.purchasable import AT_ONCE, Purchasable, Site
from sim.policy.purchase_catalogue import PURCHASABLE
from sim.policy.roll_outs import roll_outs
from sim.scenario.agreeing_draws import luck_of_unknowns
from sim.scenario.drawn import draw_of, draw_parameters, draw_quantity, simulated
from sim.scenario.loading import LoadedScenario
from sim.scenario.quantity import Quantity
from sim.scenario.tables import AgencyRow, BudgetLine, Purchase

Marks = npt.NDArray[np.bool_]

MONEY_SECTIONS = ("budget", "rollouts")
"""Sections of the scenario whose numbers the money hangs on; all others stand at their stated values."""


@dataclass(frozen=True)
class MoneyRecord:
    """What one draw of the money leaves behind, as `sim.model.record.RunRecord` has it."""

    accounts: tuple[Account, ...]
    money: Amounts
    """[date asked for, account, entry of `sim.model.record.MONEY`]"""
    eoffice: Marks
    """[date asked for, agency]: whether it has e-office, as far as lines asked about bring it"""


class _Row(dict[str, Any]):
    """An agency; what the money does not follow of it is 0 until somebody sets it."""

    def __missing__(self, name: str) -> int:
        return 0


class _NoTraffic:
    """Nothing moves: what purchases ask of the traffic is heard and has no consequence."""

    def __init__(self, agencies: Sequence[_Row], luck: int) -> None:
        self.world = SimpleNamespace(
            agencies=agencies,
            rules=defaultdict(lambda: np.zeros(1), luck=np.array([luck])),
            stations={"capacity": np.ones(1, np.int64)},
            agency_flows=np.zeros((1, len(agencies), 100)),
        )

    def change_rate(self, station: int, rate_bps: int) -> None:
        """Nothing is under way."""

    def change_capacity(self, station: int, capacity: int) -> None:
        """Nobody is at work."""


class _Desk:
    """A certificate bought is a certificate asked for; who hands it over plays no part."""

    def buy(self, agency: int) -> bool:
        """Asked for."""
        return agency >= 0


@dataclass(frozen=True)
class _PaidWhole(Purchasable):
    """What is bought at once by units, whose money counts as delivered on the day it may be spent.

    Units that are needed are delivered at once, and the rest is left over, which counts the same.
    """

    @property
    def has_units(self) -> bool:
        """Not counted one by one."""
        return False


def _catalogue() -> dict[str, Purchasable]:
    return {
        kind: _PaidWhole(entry.kind, entry.needs, _nothing) if _counts_whole(entry) else entry
        for kind, entry in PURCHASABLE.items()
    }


def _counts_whole(entry: Purchasable) -> bool:
    return entry.has_units and not entry.once and entry.pace is AT_ONCE


def _nothing(_: Site) -> None:
    """Who has it now plays no part."""


CATALOGUE: Mapping[str, Purchasable] = _catalogue()


class MoneyAlone:
    """The money of one scenario, ready to be drawn."""

    def __init__(self, loaded: LoadedScenario, lines: Collection[str], dates: Sequence[date]) -> None:
        """Lay out the agencies as they start.

        Args:
            loaded: the scenario.
            lines: budget lines that are asked about; of others only those that keep project teams busy are followed.
            dates: days at whose end the accounts are wanted, in order.
        """
        first = loaded.before or loaded
        self._loaded = first
        self._clock = Clock(first.scenario.horizon.start)
        self._ends = [self._clock.at(day + timedelta(days=1)) for day in dates]
        self._stated = draw_parameters(first.scenario, 0, certain=True)
        self._agencies = _agencies_at_start(first.agencies, self._stated)
        self._by_tier = by_tier(row["tier"] for row in self._agencies)
        self._populations = [row.population or 0 for row in first.agencies]
        self._onestop = onestop_at_start(first.scenario.start, first.procedures, first.agencies)
        followed = lines_followed(first, lines) | lines_followed(loaded, lines)
        self._terms = _Terms.of(first, followed)
        self._later = _Terms.of(loaded, followed) if loaded.before is not None else None

    def draw(self, seed: int, number: int) -> MoneyRecord:
        """The money of one replication."""
        own = luck_of(seed, number)
        unknown = luck_of_unknowns(self._loaded.agreeing_draws, seed, number)
        p = {**self._stated, **self._terms.drawn_by(unknown)}
        env = simpy.Environment(initial_time=0)
        agencies = [_Row(row) for row in self._agencies]
        traffic = cast("Traffic", _NoTraffic(agencies, own))
        tiers = [int(row["tier"]) for row in agencies]
        loaded, onestop = self._loaded, _copy_of(self._onestop)
        start = loaded.scenario.start
        holdings = holdings_at_start(loaded.agencies, tiers, self._stated, onestop, start, loaded.purchases)
        teams = project_teams(self._terms.bought(p))
        retired: list[ProjectTeam] = []
        ledger = Ledger()
        going = field_teams(env, p)
        means = Means(
            env,
            traffic,
            holdings,
            ledger,
            _Desk(),
            p,
            going,
            self._by_tier,
            self._populations,
            CATALOGUE,
            [row.agency_id for row in self._loaded.agencies],
            roll_outs(loaded.scenario.rollouts, loaded.agencies, self._clock, p),
        )
        env.process(budget_years(means, self._clock, self._terms.lines, teams, self._turn_ms()))
        start_roll_outs(means)
        if self._later is not None:
            env.process(self._take_over(self._later, means, p, teams, retired, unknown))
        noted, eoffice = [], []
        for end in self._ends:
            if end > env.now:  # of a day before the first month has ended, things stand as they began
                env.run(until=end)
            noted.append(progress(ledger, [*teams, *retired], traffic.world, holdings))
            eoffice.append([row["level"] > NOT_INSTALLED for row in agencies])
        accounts = tuple(replace(account) for _, account in sorted(ledger.accounts.items()))
        return MoneyRecord(accounts, amounts(noted, accounts), np.array(eoffice, bool))

    def _turn_ms(self) -> float:
        """When options take effect, if that is in the middle of the plan."""
        day = None if self._later is None else self._later.loaded.scenario.changeover.day
        return math.inf if day is None else self._clock.at(day)

    def _take_over(
        self,
        later: _Terms,
        means: Means,
        p: dict[str, float],
        teams: list[ProjectTeam],
        retired: list[ProjectTeam],
        unknown: int,
    ) -> Generator[Event, None, None]:
        """On the options' day, what `sim.model.changeover` takes over of the money."""
        turn_ms = int(self._turn_ms())
        yield until(means.env, turn_ms)
        settled = settled_years(self._terms.lines, p, self._clock.day(turn_ms))
        changed = changed_parameters(self._terms.drawn_by(unknown), later.drawn_by(unknown), p)
        p.update(still_to_come(changed, settled))
        lines = self._terms.lines, later.lines
        retired += take_money(means, self._clock, teams, later.bought(p), lines, settled)


@dataclass(frozen=True)
class _Terms:
    """By what lines and at what terms money is spent, as far as it is followed."""

    loaded: LoadedScenario
    lines: Sequence[BudgetLine]
    open_terms: Sequence[tuple[str, Quantity]]
    purchases: Sequence[tuple[str, Purchase, Quantity]]
    followed: Collection[str]

    @classmethod
    def of(cls, loaded: LoadedScenario, followed: Collection[str]) -> _Terms:
        """Those of a scenario."""
        lines = [line for line in lines_of(loaded) if line.line_id in followed]
        open_terms = [one for one in simulated(loaded.scenario) if one[0].partition(".")[0] in MONEY_SECTIONS]
        return cls(loaded, lines, open_terms, list(purchase_quantities(loaded)), followed)

    def drawn_by(self, unknown: int) -> dict[str, float]:
        """What is unknown of them, as one replication has it."""
        p = draw_of(self.loaded.scenario, self.open_terms, unknown)
        priced = (one for one in self.purchases if one[1].line_id in self.followed)
        return p | {key: draw_quantity(key, quantity, unknown) for key, _, quantity in priced}

    def bought(self, p: Mapping[str, float]) -> list[DrawnPurchase]:
        """What is bought, at one replication's parameters."""
        drawn = drawn_purchases(self.loaded, p, self.purchases)
        return [one for one in drawn if one.purchase.line_id in self.followed]


def lines_by_team(loaded: LoadedScenario) -> frozenset[str]:
    """Lines, the plan's and the options', that pay for something for which one of the project teams goes out."""
    return frozenset(one.line_id for one in purchases_of(loaded) if PURCHASABLE[one.kind].pace.by_team)


def lines_followed(loaded: LoadedScenario, lines: Collection[str]) -> frozenset[str]:
    """The lines asked about and, if any of them waits for project teams, all that keep these busy."""
    by_team = lines_by_team(loaded)
    return frozenset(lines) | (by_team if by_team.intersection(lines) else frozenset())


def _copy_of(onestop: Onestop) -> Onestop:
    return replace(
        onestop,
        software_since_ms=dict(onestop.software_since_ms),
        online_since_ms=dict(onestop.online_since_ms),
        levels=dict(onestop.levels),
        waiting=list(onestop.waiting),
        publicity_ms=list(onestop.publicity_ms),
    )


def _agencies_at_start(rows: Sequence[AgencyRow], p: Mapping[str, float]) -> list[dict[str, Any]]:
    """Each agency as far as a purchase may look at it or change it."""
    places = {row.agency_id: place for place, row in enumerate(rows)}
    agencies = []
    for row in rows:
        tier = TIERS.index(row.tier)
        agencies.append(
            {
                "tier": tier,
                "level": UNUSED if row.eoffice_installed else NOT_INSTALLED,
                "linked": int(row.eoffice_linked),
                "route": ROUTES.index(row.route),
                "staff": row.staff,
                "trained": round(row.staff * p["start.trained_share"]),
                "leaders_count": row.leaders,
                "leaders_trained": 0,
                "supports": 0,
                "support_draw": 1.0,
                "security": 0,
                "uplink": 0,
                "downlink": 0,
                "district": places.get(row.parent_id, -1),
                "lan": int(row.lan),
            }
        )
    return agencies


def draws_until(
    money: MoneyAlone, seed: int, enough: Callable[[Sequence[MoneyRecord]], bool], batch: int, most: int
) -> list[MoneyRecord]:
    """Draws number 0, 1, 2 ... in batches, until there are enough."""
    records: list[MoneyRecord] = []
    while len(records) < most and not (records and enough(records)):
        records += [money.draw(seed, number) for number in range(len(records), min(most, len(records) + batch))]
    return records
