"""A project team: turns one line's money into units, at its own pace, in the stated order of agencies.

It contracts when money has come and procurement is over, never for more than it holds nor for agencies that
need nothing, and pays as it delivers. A year's order may be stopped, or wait for the next year. What the team
cannot use goes back at the end of the plan.
"""

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from simpy import Environment
from simpy.events import Event

from agents.certificate_desk import CertificateDesk
from sim.engine.clock import DAY_MS
from sim.engine.draws import identity, uniform
from sim.exchange.codes import DRAW_MONEY, TIERS
from sim.exchange.port import Traffic
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.policy.ledger import Ledger, Parcel, Purse
from sim.policy.plan_lines import DrawnPurchase
from sim.policy.purchasable import Purchasable, Site, purchasable
from sim.scenario.tables import Purchase

YEAR_MS = 365 * DAY_MS
WHOLE_PROVINCE = ("office", "department", "district", "commune")
NOT_BEGUN = 1


@dataclass(frozen=True)
class Means:
    """What every project team works with."""

    env: Environment
    traffic: Traffic
    holdings: Holdings
    ledger: Ledger
    desk: CertificateDesk
    p: Mapping[str, float]


@dataclass
class ProjectTeam:
    """One purchase of one line: its purse and how far it has got."""

    purchase: Purchase
    share: float
    """Weight of this purchase in the division of the line's money in this replication."""
    unit_cost_million_vnd: float
    purse: Purse = field(default_factory=Purse)
    waiting: list[Purse] = field(default_factory=list)
    """Orders whose money has come but whose time has not."""
    busy: bool = False

    def takes(self, line_id: str, source: str) -> bool:
        """Does this purchase use money of this line from this source?"""
        return self.purchase.line_id == line_id and (not self.purchase.funded_by or source in self.purchase.funded_by)

    def order(self, means: Means, parcels: list[Parcel], year: int) -> Generator[Event, None, None]:
        """One year's order: stopped, or begun after procurement in its year or the next."""
        p, ledger = means.p, means.ledger
        key = identity(f"{self.purchase.line_id}/{self.purchase.kind}/{year}")
        u = float(uniform(int(means.traffic.world.rules["luck"][0]), key, DRAW_MONEY, NOT_BEGUN))
        if u < p["budget.stop_share"]:
            ledger.give_back(Purse(parcels))
            return
        slips = u < p["budget.stop_share"] + p["budget.slip_share"]
        held = Purse(parcels)
        self.waiting.append(held)
        yield means.env.timeout(max(0, int(p["budget.procurement"])) + (YEAR_MS if slips else 0))
        self.waiting.remove(held)
        self.purse.parcels.extend(held.parcels)
        yield from self._work(means)

    def _work(self, means: Means) -> Generator[Event, None, None]:
        thing = purchasable(self.purchase.kind)
        if not thing.has_units:
            means.ledger.pay(means.ledger.commit(self.purse, self.purse.amount_million_vnd))
        elif not self.busy:
            self.busy = True
            yield from self._deliver(thing, means)
            self.busy = False

    def _deliver(self, thing: Purchasable, means: Means) -> Generator[Event, None, None]:
        env, world, holdings, ledger = means.env, means.traffic.world, means.holdings, means.ledger
        interval_ms = thing.pace.interval_ms(means.p)
        while self.purse.amount_million_vnd >= self.unit_cost_million_vnd:
            agency = self._next(thing, world, holdings)
            if agency < 0:
                return
            contract = ledger.commit(self.purse, self.unit_cost_million_vnd)
            if interval_ms:
                yield env.timeout(interval_ms)
            if not thing.needs(world, holdings, agency):
                ledger.release(self.purse, contract)
                continue
            ledger.pay(contract)
            thing.install(Site(agency, means.traffic, holdings, means.desk, means.p, int(env.now)))

    def _next(self, thing: Purchasable, world: World, holdings: Holdings) -> int:
        served = in_order(world, self.purchase.tiers or WHOLE_PROVINCE)
        return next((agency for agency in served if thing.needs(world, holdings, agency)), -1)


def project_teams(purchases: Iterable[DrawnPurchase]) -> list[ProjectTeam]:
    """One team for each purchase."""
    return [ProjectTeam(drawn.purchase, drawn.share, drawn.unit_cost_million_vnd) for drawn in purchases]


def in_order(world: World, tiers: Sequence[str]) -> list[int]:
    """Agencies in the order in which a line serves them: tier by tier as stated, then as listed."""
    wanted = [TIERS.index(tier) for tier in tiers]
    return [i for tier in wanted for i, t in enumerate(world.agencies["tier"]) if t == tier]
