"""Whoever has one line's purchase in hand: turns its money into units, at their pace, in the stated order of agencies.

It contracts when money has come and procurement is over, never for more than it holds nor for agencies that
need nothing, and pays as it delivers. What is put to work at agencies is done by the province's few teams that go out:
each that is free takes the next agency, of the same purchase if no other waits. A year's order may be stopped, or wait
for the next year. What cannot be used goes back at the end of the plan.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from simpy import Environment, Resource
from simpy.events import Event
from simpy.resources.resource import Request

from sim.engine.clock import DAY_MS
from sim.engine.draws import identity, uniform
from sim.engine.slow import change_places, until
from sim.exchange import counting as c
from sim.exchange.codes import DRAW_MONEY, TIERS
from sim.exchange.port import Traffic
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.policy.ledger import ROUNDING, Ledger, Parcel, Purse
from sim.policy.plan_lines import DrawnPurchase
from sim.policy.purchasable import CertificateSource, Purchasable, Site
from sim.policy.purchase_catalogue import PURCHASABLE
from sim.policy.roll_outs import RollOut
from sim.scenario.kinds import MADE_TO_ORDER, SERVING_ORDERS
from sim.scenario.tables import ONE_AGENCY, WHOLE_PROVINCE, Purchase

YEAR_MS = 365 * DAY_MS
NOT_BEGUN = 1
ANY_AGENCY = 0
"""What the province buys as a whole is put to work by no agency more than by another."""


@dataclass(frozen=True)
class Means:
    """What everybody who spends the plan's money works with."""

    env: Environment
    traffic: Traffic
    holdings: Holdings
    ledger: Ledger
    desk: CertificateSource
    p: Mapping[str, float]
    field_teams: Resource
    """The teams that go out to agencies, for all lines together."""
    agencies: Sequence[Sequence[int]]
    """Agencies by tier, as listed."""
    populations: Sequence[int] = ()
    """Inhabitants by agency, 0 where they are not known."""
    catalogue: Mapping[str, Purchasable] = field(default_factory=lambda: PURCHASABLE)
    """What can be bought."""
    ids: Sequence[str] = ()
    """Agencies by number, as the table names them."""
    by_calendar: Sequence[RollOut] = ()
    """What agencies get by the calendar, besides what the lines buy."""

    @property
    def order(self) -> str:
        """Which agencies of a tier are served first."""
        return SERVING_ORDERS[int(self.p["budget.order"])]

    def meet_changed_terms(self, teams: Iterable[ProjectTeam]) -> None:
        """As many teams go out as there are now, and purchases under way go on in the order that holds now."""
        change_places(self.field_teams, going_out(self.p))
        for team in teams:
            team.begin_again(self)


def field_teams(env: Environment, p: Mapping[str, float]) -> Resource:
    """The province's project teams, one at least."""
    return Resource(env, capacity=going_out(p))


def going_out(p: Mapping[str, float]) -> int:
    """How many teams go out."""
    return max(1, round(p["budget.project_teams"]))


@dataclass
class ProjectTeam:
    """One purchase of one line: its purse and how far it has got."""

    drawn: DrawnPurchase
    purse: Purse = field(default_factory=Purse)
    waiting: list[Purse] = field(default_factory=list)
    """Orders whose money has come but whose time has not."""
    slipped: list[Purse] = field(default_factory=list)
    """Those of them that wait for the next year."""
    granted_million_vnd: float = 0.0
    """All that it was ever given to order with, what was stopped included."""
    stopped_million_vnd: float = 0.0
    """What stopped orders gave back of it."""
    under_contract_million_vnd: float = 0.0
    """Contracted for units that are not put to work yet."""
    busy: bool = False
    contracted: bool = False
    """A first order has been procured; what is built over years is not tendered again."""
    _queue: list[int] = field(default_factory=list, repr=False)
    _place: int = field(default=0, repr=False)
    _served: set[int] = field(default_factory=set, repr=False)
    """Agencies for which it has bought one at least."""
    _visited: set[int] = field(default_factory=set, repr=False)
    """Agencies where a team that goes out is at work for it."""

    @property
    def purchase(self) -> Purchase:
        """What is bought."""
        return self.drawn.purchase

    @property
    def unit_cost_million_vnd(self) -> float:
        """Price of a unit in this replication."""
        return self.drawn.unit_cost_million_vnd

    def takes(self, line_id: str, source: str) -> bool:
        """Does this purchase use money of this line from this source?"""
        return self.purchase.line_id == line_id and (not self.purchase.funded_by or source in self.purchase.funded_by)

    def order(self, means: Means, parcels: list[Parcel], year: int) -> Generator[Event, None, None]:
        """One year's order: stopped, or begun after procurement in its year or the next."""
        p, ledger = means.p, means.ledger
        key = identity(f"{self.purchase.line_id}/{self.purchase.kind}/{year}")
        u = float(uniform(int(means.traffic.world.rules["luck"][0]), key, DRAW_MONEY, NOT_BEGUN))
        held = Purse(parcels)
        self.granted_million_vnd += held.amount_million_vnd
        if u < p["budget.stop_share"]:
            self.stopped_million_vnd += held.amount_million_vnd
            ledger.give_back(held)
            return
        slips = u < p["budget.stop_share"] + p["budget.slip_share"]
        thing = means.catalogue[self.purchase.kind]
        procurement = 0 if self.contracted and not thing.has_units else int(p["budget.procurement"])
        self.waiting.append(held)
        self.slipped += [held] * slips
        yield means.env.timeout(max(0, procurement) + (YEAR_MS if slips else 0))
        self.waiting.remove(held)
        if slips:
            self.slipped.remove(held)
        self.contracted = True
        if thing.has_units:
            self.purse.parcels.extend(held.parcels)
            if not self.busy:
                self.busy = True
                yield from self._deliver(thing, means)
                self.busy = False
        else:
            yield from self._build(thing, means, held)

    def _build(self, thing: Purchasable, means: Means, held: Purse) -> Generator[Event, None, None]:
        """What is bought whole: all the money is contracted, and paid when the work is accepted."""
        contract = means.ledger.commit(held, held.amount_million_vnd)
        takes_ms = thing.pace.interval_ms(means.p)
        if takes_ms:
            yield means.env.timeout(takes_ms)
        means.ledger.pay(contract)
        thing.install(_site(means, ANY_AGENCY))

    def _deliver(self, thing: Purchasable, means: Means) -> Generator[Event, None, None]:
        """Units, as long as there is money for one and somebody who needs it."""
        interval_ms = thing.pace.interval_ms(means.p)
        self.begin_again(means)
        if thing.pace.by_team:
            yield from self._send_teams(thing, means, interval_ms)
            return
        while self._next_served(thing, means) >= 0:
            yield from self._units(thing, means, interval_ms)

    def _send_teams(self, thing: Purchasable, means: Means, interval_ms: int) -> Generator[Event, None, None]:
        """Every team that is free goes to the next agency; done when nobody is out and nobody needs one any more."""
        out: list[Event] = []
        while True:
            while self._next_served(thing, means) >= 0:
                turn = means.field_teams.request()
                yield turn
                agency = self._next_served(thing, means)
                if agency < 0:
                    means.field_teams.release(turn)
                    break
                contract = self._contract(means)
                self._visited.add(agency)
                out.append(means.env.process(self._visit(thing, means, agency, contract, turn, interval_ms)))
            out = [visit for visit in out if not visit.processed]
            if not out:
                return
            yield means.env.any_of(out)

    def _visit(
        self, thing: Purchasable, means: Means, agency: int, contract: list[Parcel], turn: Request, interval_ms: int
    ) -> Generator[Event, None, None]:
        """One team at one agency: set up or taught, unless somebody else has been there meanwhile."""
        yield means.env.timeout(interval_ms)
        means.field_teams.release(turn)
        self._visited.discard(agency)
        if self._is_needed(thing, means.traffic.world, means.holdings, agency):
            self._hand_over(thing, means, agency, contract)
        else:
            self._release(means, contract)

    def _units(self, thing: Purchasable, means: Means, interval_ms: int) -> Generator[Event, None, None]:
        """What is done in one go, for the next agencies that need it; nothing if none does by now."""
        for _ in range(thing.pace.at_a_time):
            agency = self._next_served(thing, means)
            if agency < 0:
                return
            contract = self._contract(means)
            if interval_ms:
                yield means.env.timeout(interval_ms)
                interval_ms = 0
                if not self._is_needed(thing, means.traffic.world, means.holdings, agency):
                    self._release(means, contract)
                    continue
            self._hand_over(thing, means, agency, contract)

    def _contract(self, means: Means) -> list[Parcel]:
        self.under_contract_million_vnd += self.unit_cost_million_vnd
        return means.ledger.commit(self.purse, self.unit_cost_million_vnd)

    def _release(self, means: Means, contract: list[Parcel]) -> None:
        self.under_contract_million_vnd -= self.unit_cost_million_vnd
        means.ledger.release(self.purse, contract)

    def _hand_over(self, thing: Purchasable, means: Means, agency: int, contract: list[Parcel]) -> None:
        self.under_contract_million_vnd -= self.unit_cost_million_vnd
        means.ledger.pay(contract)
        thing.install(_site(means, agency))
        self._served.add(agency)

    def _next_served(self, thing: Purchasable, means: Means) -> int:
        """The next agency that needs one: on from the last one served, then once more from the first.

        -1 if nobody does or the purse holds less than one costs.
        """
        if self.purse.amount_million_vnd < self.unit_cost_million_vnd - ROUNDING:
            return -1
        world, holdings, queue = means.traffic.world, means.holdings, self._queue
        for begin, end in ((self._place, len(queue)), (0, self._place)):
            for place in range(begin, end):
                if queue[place] not in self._visited and self._is_needed(thing, world, holdings, queue[place]):
                    self._place = place
                    return queue[place]
        return -1

    def _is_needed(self, thing: Purchasable, world: World, holdings: Holdings, agency: int) -> bool:
        """Whether it is still to buy one for this agency.

        A line makes what is made to order once for each, and for one agency by name whatever it has from others.
        """
        if thing.kind in MADE_TO_ORDER and agency in self._served:
            return False
        return self.purchase.is_made_for_one or thing.needs(world, holdings, agency)

    def is_needed_by_agencies(self, means: Means) -> bool:
        """Whether it buys what an agency has or lacks, and somebody whom it serves lacks it now."""
        thing = means.catalogue[self.purchase.kind]
        if not (thing.has_units and thing.per_agency):
            return False
        world, holdings = means.traffic.world, means.holdings
        return any(self._is_needed(thing, world, holdings, agency) for agency in self.served(means))

    def has_done(self, means: Means, buying: Sequence[ProjectTeam]) -> bool:
        """Whether everybody whom it serves has what it buys, for good, so that another year's money would lie idle.

        Who lacks it only because something else must come first is waited for as long as that may still come.

        Args:
            means: what it works with.
            buying: purchases that have work in hand or money to come, which may bring what must come first.
        """
        thing = means.catalogue[self.purchase.kind]
        if not thing.has_units or not (thing.per_agency or thing.once or thing.kind in MADE_TO_ORDER):
            return False
        world, holdings = means.traffic.world, means.holdings
        if thing.once:
            return not thing.needs(world, holdings, ANY_AGENCY)
        bringing = _bringing_first(thing, means, buying)
        return not any(
            self._is_needed(thing, world, holdings, agency) or _may_come_to_need(thing, means, agency, bringing)
            for agency in self.served(means)
        )

    def served(self, means: Means) -> list[int]:
        """Agencies for which it buys, in the order in which it comes to them."""
        return in_order(means, self.purchase.tiers or WHOLE_PROVINCE)

    def begin_again(self, means: Means) -> None:
        """Come to the agencies from the first on, in the order that holds now."""
        self._queue = self.served(means)
        self._place = 0

    def is_to_bring(self, means: Means, agency: int) -> bool:
        """Whether an agency that it serves is one of those that need what it buys."""
        thing = means.catalogue[self.purchase.kind]
        return self._is_needed(thing, means.traffic.world, means.holdings, agency)

    def is_at_work(self) -> bool:
        """Whether it is delivering, or an order waits for its time."""
        return self.busy or bool(self.waiting)

    def take_back(self) -> list[Parcel]:
        """What lies in its purse while nobody is at work."""
        idle = [] if self.busy else list(self.purse.parcels)
        if idle:
            self.purse.parcels.clear()
        return idle

    def saves_up(self, thing: Purchasable, world: World, holdings: Holdings) -> bool:
        """Whether the money in its purse is laid aside for something: the first that it buys, or the only one."""
        if not self.purse.parcels:
            return False
        if thing.once:
            return thing.needs(world, holdings, ANY_AGENCY)
        return not self._served and any(self._is_needed(thing, world, holdings, agency) for agency in self._queue)


def _bringing_first(
    thing: Purchasable, means: Means, buying: Sequence[ProjectTeam]
) -> list[tuple[ProjectTeam, frozenset[int]]]:
    """Purchases of what must be there before a thing is needed, each with the agencies that it serves."""
    if thing.first is None:
        return []
    return [(team, frozenset(team.served(means))) for team in buying if team.purchase.kind in thing.first.kinds]


def _may_come_to_need(
    thing: Purchasable, means: Means, agency: int, bringing: Sequence[tuple[ProjectTeam, frozenset[int]]]
) -> bool:
    """Whether an agency lacks a thing only until something else is there that is still to come to it."""
    first = thing.first
    if first is None or not first.lacks(means.traffic.world, means.holdings, agency):
        return False
    at, now_ms = first.where(means.traffic.world, agency), int(means.env.now)
    return any(one.brings(first.kinds, at, now_ms) for one in means.by_calendar) or any(
        at in served and team.is_to_bring(means, at) for team, served in bringing
    )


def project_teams(purchases: Iterable[DrawnPurchase]) -> list[ProjectTeam]:
    """One for each purchase."""
    return [ProjectTeam(drawn) for drawn in purchases]


def start_roll_outs(means: Means) -> None:
    """Set going what agencies get by the calendar."""
    for one in means.by_calendar:
        if one.at_ms >= means.env.now:  # what is earlier than the run is there already
            means.env.process(_roll_out(means, one))


def _roll_out(means: Means, one: RollOut) -> Generator[Event, None, None]:
    """Put it to work on that day where it is still needed."""
    yield until(means.env, one.at_ms)
    thing = means.catalogue[one.kind]
    for agency in one.agencies:
        if thing.needs(means.traffic.world, means.holdings, agency):
            thing.install(_site(means, agency))


def _site(means: Means, agency: int) -> Site:
    return Site(agency, means.traffic, means.holdings, means.desk, means.p, int(means.env.now))


def by_tier(tiers: Iterable[int]) -> tuple[tuple[int, ...], ...]:
    """Agencies of each tier, as listed."""
    of = tuple(tiers)
    return tuple(tuple(agency for agency, its in enumerate(of) if its == tier) for tier in range(len(TIERS)))


def in_order(means: Means, tiers: Sequence[str]) -> list[int]:
    """Agencies in the order in which a line serves them: tier by tier as stated, within one by the order chosen."""
    served: list[int] = []
    for word in tiers:
        if word.startswith(ONE_AGENCY):
            served.append(means.ids.index(word.removeprefix(ONE_AGENCY)))
            continue
        mine = means.agencies[TIERS.index(word)]
        served += mine if means.order == "table" else sorted(mine, key=lambda agency: _rank(means, agency))
    return served


def _rank(means: Means, agency: int) -> tuple[float, int]:
    """What comes first is smallest; agencies that are alike stay as listed."""
    world = means.traffic.world
    if means.order == "population":
        return -float(means.populations[agency]), agency
    if means.order == "traffic":
        return -float(world.agency_flows[:, agency, [c.A_DELIVERIES_OUT, c.A_HANDLED]].sum()), agency
    return float(world.agencies[agency]["staff"]), agency
