"""The plan in a scenario: its decision, horizon, money, orders and targets, and how it reports."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.kinds import Source, Tier, UnitKind
from sim.scenario.quantity import Count, Duration, Money, Share
from sim.scenario.section import Section


class Title(Section):
    """A name in both languages."""

    vi: str
    en: str


class Plan(Section):
    """The decision that the scenario is about."""

    decision: str
    """Number of the decision that approved the plan."""
    decided: date
    """Day of the decision: what was spent before it is history, options act only after it."""
    source: str


class Horizon(Section):
    """The months simulated."""

    start: date
    """First day counted."""
    end: date
    """Last day counted."""
    warm_up: Duration
    """Traffic simulated before `start` with money and adoption frozen; nothing of it is counted."""


class Budget(Section):
    """How money arrives and turns into things."""

    lines: str
    """CSV of the plan's lines by year and source, under `scenarios/`."""
    totals: str
    """CSV of the totals the plan prints; the lines must add up to them."""
    purchases: str
    """CSV of what each line buys, at what unit cost, for whom, in what order."""
    approval_month: Count
    """Month of the year in which the year's money is settled."""
    central_reliability: Share
    """Chance that a year's central money for a line arrives."""
    provincial_reliability: Share
    procurement: Duration
    """From money in hand to contract."""
    sites_per_month: Count
    """Sites one project team equips a month."""
    slip_share: Share
    """Chance that a year's order of one purchase is not begun in its year and waits for the next."""
    stop_share: Share
    """Chance that a year's order of one purchase is stopped and its money returned."""
    web_service_odds: Share
    """Chance that communes get e-office as a shared web service rather than installed one by one."""
    scale: dict[str, Annotated[float, Field(ge=0.0, le=100.0)]] = Field(default_factory=dict)
    """Lever: the money of a line, `chapter.ID`, `source.TW` or `all` times this, from the year of the decision on."""
    shift_years: dict[str, Annotated[int, Field(ge=-10, le=10)]] = Field(default_factory=dict)
    """Lever: the money comes so many years later (negative: earlier, not before the year of the decision)."""
    redivide: dict[str, Annotated[float, Field(ge=0.0, le=100.0)]] = Field(default_factory=dict)
    """Lever: a line or chapter gets its money times this, the other lines of the same source and year the rest."""


class Mandate(Section):
    """An order to use e-office, counted once."""

    id: str
    title: Title
    start: date
    measured_from: date | None = None
    """Day from which use is measured and ranked."""
    allows_paperless: bool = False
    """True when it allows or orders that electronic documents travel without paper."""
    tiers: tuple[Tier, ...]
    source: str


class Target(Section):
    """One target of the plan, exactly as it is to be counted."""

    id: str
    title: Title
    measure: str
    scope: str = "all"
    threshold: Share
    due: date
    unit: Literal["delivery", "document", "dossier", "agency", "person", "service", "money"]
    event: Literal["sent", "accepted", "state"]
    lines: tuple[str, ...] = ()
    """Budget lines that pay for a `milestone`: it is reached when what they pay for is delivered."""
    exclude_secret: bool = False
    exclude_never_electronic: bool = False
    window_months: int = Field(default=12, ge=1, le=60)
    """Months up to the due date that a flow is counted over; a stock is taken on the day."""
    version: Literal["reported", "true"] = "reported"
    readings: tuple[str, ...] = ()
    """Other readings shown beside it: `true`, `accepted`, `non_secret`, `province+district`, `only`."""
    source: str


class ExtraLine(Section):
    """Money that an option adds to the plan: one purchase from one source in one year."""

    id: str
    title: Title
    source: Source
    year: int = Field(ge=1990, le=2100)
    amount: Money
    kind: UnitKind
    unit_cost: Money
    tiers: tuple[Tier, ...] = ()


class Reporting(Section):
    """How the plan's own reports differ from what happened."""

    optimism: Share
    """Points by which agencies' own shares flatter, where nobody inspects."""
    inspected_share: Share
    """Share of agencies that the yearly inspection visits; a visited one reports the truth that year and is
    pushed as by a measured order, while an order to use e-office is in force."""
