"""The plan's money without any traffic: the same committee, purchases and teams over a bare list of agencies.

What targets of money come to needs no document to be simulated, so that it can be drawn thousands of times. A draw is
the replication of the same number as far as its money goes. Agencies start as the table has them, at the stated values
of what is drawn of them; what changes needs besides money (people who leave, certificates that expire) is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import simpy

from agents.project_team import Means, by_tier, field_teams, project_teams, start_roll_outs
from agents.steering_committee import budget_years
from sim.engine.clock import Clock
from sim.engine.draws import luck_of
from sim.exchange.codes import NOT_INSTALLED, ROUTES, TIERS, UNUSED
from sim.exchange.port import Traffic
from sim.model.money_progress import amounts, progress
from sim.model.record import Amounts
from sim.policy.holdings import holdings_at_start
from sim.policy.ledger import Account, Ledger
from sim.policy.onestop import Onestop, onestop_at_start
from sim.policy.plan_lines import budget_of, drawn_purchases, purchase_quantities, purchases_of
from sim.policy.purchasable import AT_ONCE, Purchasable, Site
from sim.policy.purchase_catalogue import PURCHASABLE
from sim.policy.roll_outs import roll_outs
from sim.scenario.agreeing_draws import luck_of_unknowns
from sim.scenario.drawn import draw_of, draw_parameters, draw_quantity, simulated
from sim.scenario.kinds import SERVING_ORDERS
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import AgencyRow

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
        self._loaded = loaded
        self._clock = Clock(loaded.scenario.horizon.start)
        self._ends = [self._clock.at(day + timedelta(days=1)) for day in dates]
        self._stated = draw_parameters(loaded.scenario, 0, certain=True)
        self._agencies = _agencies_at_start(loaded.agencies, self._stated)
        self._by_tier = by_tier(row["tier"] for row in self._agencies)
        self._populations = [row.population or 0 for row in loaded.agencies]
        self._onestop = onestop_at_start(loaded.scenario.start, loaded.procedures, loaded.agencies)
        scenario = loaded.scenario
        self._drawn = [one for one in simulated(scenario) if one[0].partition(".")[0] in MONEY_SECTIONS]
        self._purchases = list(purchase_quantities(loaded))
        self._followed = lines_followed(loaded, lines)
        first = scenario.horizon.start.year
        self._lines = [line for line in budget_of(loaded) if line.year >= first and line.line_id in self._followed]
        self._priced = [one for one in self._purchases if one[1].line_id in self._followed]

    def draw(self, seed: int, number: int) -> MoneyRecord:
        """The money of one replication."""
        own = luck_of(seed, number)
        unknown = luck_of_unknowns(self._loaded.agreeing_draws, seed, number)
        p = {**self._stated, **draw_of(self._loaded.scenario, self._drawn, unknown)}
        p |= {key: draw_quantity(key, quantity, unknown) for key, _, quantity in self._priced}
        env = simpy.Environment(initial_time=0)
        agencies = [_Row(row) for row in self._agencies]
        traffic = cast("Traffic", _NoTraffic(agencies, own))
        tiers = [int(row["tier"]) for row in agencies]
        loaded, onestop = self._loaded, _copy_of(self._onestop)
        start = loaded.scenario.start
        holdings = holdings_at_start(loaded.agencies, tiers, self._stated, onestop, start, loaded.purchases)
        bought = drawn_purchases(self._loaded, p, self._purchases)
        teams = project_teams(one for one in bought if one.purchase.line_id in self._followed)
        ledger = Ledger()
        order = SERVING_ORDERS[int(p["budget.order"])]
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
            order,
            self._populations,
            CATALOGUE,
            [row.agency_id for row in self._loaded.agencies],
            roll_outs(loaded.scenario.rollouts, loaded.agencies, self._clock, p),
        )
        env.process(budget_years(means, self._clock, self._lines, teams))
        start_roll_outs(means)
        noted, eoffice = [], []
        for end in self._ends:
            if end > env.now:  # of a day before the first month has ended, things stand as they began
                env.run(until=end)
            noted.append(progress(ledger, teams, traffic.world, holdings))
            eoffice.append([row["level"] > NOT_INSTALLED for row in agencies])
        accounts = tuple(replace(account) for _, account in sorted(ledger.accounts.items()))
        return MoneyRecord(accounts, amounts(noted, accounts), np.array(eoffice, bool))


def lines_followed(loaded: LoadedScenario, lines: Collection[str]) -> frozenset[str]:
    """The lines asked about and, if any of them waits for project teams, all that keep these busy."""
    by_team = {one.line_id for one in purchases_of(loaded) if PURCHASABLE[one.kind].pace.by_team}
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
