"""What an entry of the purchase catalogue says: who needs a thing, what it changes, and how it comes.

The entries are in `sim.policy.purchase_catalogue`. Their names alone also stand in `sim.scenario.kinds`, where tables
and options are checked before any model runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sim.engine.clock import DAY_MS
from sim.exchange.port import Traffic
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.results.words import Words
from sim.scenario.kinds import KIND_TITLES, PAID_WHOLE, UnitKind

MONTH_MS = 30 * DAY_MS
LEAST_A_MONTH = 1e-3


class CertificateSource(Protocol):
    """Who asks the certificate authority for certificates."""

    def buy(self, agency: int) -> bool:
        """Ask for a certificate for the agency's next holder without one; False if there is none."""
        ...


class Site(NamedTuple):
    """Where a unit is put to work: an agency by number, and all that a unit may change there or in the province."""

    agency: int
    traffic: Traffic
    holdings: Holdings
    desk: CertificateSource
    p: Mapping[str, float]
    now_ms: int

    @property
    def row(self) -> Any:
        """The agency's row of the world."""
        return self.traffic.world.agencies[self.agency]


@dataclass(frozen=True)
class Pace:
    """How fast units are put to work, once they are contracted."""

    per_month: str = ""
    """Parameter: units that one team, or one line where no team goes out, puts to work a month."""
    takes: str = ""
    """Parameter: time from contract to use of each."""
    lasts_ms: int = 0
    """Time that each takes, where no parameter says it."""
    at_a_time: int = 1
    """Units that are put to work together."""
    by_team: bool = False
    """One of the province's project teams goes there, and does nothing else meanwhile."""

    def interval_ms(self, p: Mapping[str, float]) -> int:
        """Time that it takes to put to work what is done together."""
        if self.per_month:
            return int(self.at_a_time * MONTH_MS / max(p[self.per_month], LEAST_A_MONTH))
        return int(p[self.takes]) if self.takes else self.lasts_ms


AT_ONCE = Pace()
"""All that the money buys: things ordered."""
ON_SITE = Pace("budget.sites_per_month", by_team=True)
"""Somebody has to go there and set it up."""
TAUGHT = Pace("budget.accounts_per_month", by_team=True)
"""Nothing is set up at the agency, but its people get accounts and are taught."""
SEATED = Pace("budget.seats_per_month", at_a_time=20)
"""In classes (Bình Dương 2011-2012: 2,266 people in 112 classes)."""
RAISED = Pace("budget.procedures_per_month")
A_MONTH_EACH = Pace(lasts_ms=MONTH_MS)
"""One after another, each a month's work (assumed: the plan pays it year by year)."""
BUILT = Pace(takes="budget.building")
MADE = Pace(takes="budget.platform")
SET_UP = Pace(takes="budget.equipment")
HELD = Pace(takes="budget.course")


def _there(_: World, agency: int) -> int:
    return agency


@dataclass(frozen=True)
class First:
    """What must be there before a thing can be put to work, so that an agency without it may come to need the thing."""

    kinds: tuple[UnitKind, ...]
    """Any of these."""
    lacks: Callable[[World, Holdings, int], bool]
    """Would this agency need one, if what must come first were there?"""
    where: Callable[[World, int], int] = _there
    """The agency at which it must be; below 0 for none."""


@dataclass(frozen=True)
class Purchasable:
    """One kind of thing that money can buy."""

    kind: UnitKind
    needs: Callable[[World, Holdings, int], bool]
    """Would this agency, or the province by it, be any different with one more unit?"""
    install: Callable[[Site], None]
    """Put one unit to work."""
    pace: Pace = AT_ONCE
    once: bool = False
    """The province buys one and no more, so that its team may save up for it."""
    per_agency: bool = False
    """An agency has it or lacks it, so that one that never got it can be named."""
    first: First | None = None
    """What must be there before an agency can need it."""
    moves: tuple[str, ...] = ()
    """Measures that count what was bought."""
    no_effect: Words | None = None
    """Why it changes nothing that is simulated; None for what changes something."""

    @property
    def title(self) -> Words:
        """What it is called."""
        return KIND_TITLES[self.kind]

    @property
    def has_units(self) -> bool:
        """Bought by units at a unit cost; if not, an order is one payment, whatever its amount."""
        return self.kind not in PAID_WHOLE


def always(_: World, __: Holdings, ___: int) -> bool:
    """Whoever has had one may have another."""
    return True


def never(_: World, __: Holdings, ___: int) -> bool:
    """Bought for an amount, because the plan says so and not because somebody lacks it."""
    return False
