"""The plan's lines and purchases with what an option adds to them, and what they are worth in one replication."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.engine.draws import identity, uniform
from sim.engine.uncertainty import quantile
from sim.scenario.drawn import DRAW_PARAMETER
from sim.scenario.kinds import INSTALLED, WEB_SERVICE
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import ExtraLine
from sim.scenario.tables import BudgetLine, Purchase

LEAST_SHARE = 1e-9


@dataclass(frozen=True)
class DrawnPurchase:
    """A purchase as one replication has it."""

    purchase: Purchase
    share: float
    """Weight in the division of the line's money."""
    unit_cost_million_vnd: float


def budget_of(loaded: LoadedScenario) -> tuple[BudgetLine, ...]:
    """All money, the plan's and the options'."""
    return loaded.budget + tuple(_line(extra) for extra in loaded.scenario.extra_lines)


def purchases_of(loaded: LoadedScenario) -> tuple[Purchase, ...]:
    """All purchases, the plan's and the options'."""
    return loaded.purchases + tuple(_purchase(extra) for extra in loaded.scenario.extra_lines)


def _line(extra: ExtraLine) -> BudgetLine:
    return BudgetLine(
        line_id=extra.id,
        chapter="option",
        title_vi=extra.title.vi,
        title_en=extra.title.en,
        source=extra.source,
        year=extra.year,
        amount_million_vnd=extra.amount.value,
    )


def _purchase(extra: ExtraLine) -> Purchase:
    cost = extra.unit_cost
    return Purchase(
        line_id=extra.id,
        kind=extra.kind,
        share=1.0,
        share_low=1.0,
        share_high=1.0,
        unit_cost_million_vnd=cost.value,
        unit_cost_low=cost.low,
        unit_cost_high=cost.high,
        tiers=extra.tiers,
        funded_by=(),
        title_vi=extra.title.vi,
        title_en=extra.title.en,
        basis=cost.basis,
        source=cost.source,
    )


def drawn_purchases(loaded: LoadedScenario, p: Mapping[str, float], unknown: int) -> list[DrawnPurchase]:
    """The purchases with this replication's division of each line and unit costs.

    A line that could buy communes e-office either as installations or as a shared web service buys one of them.

    Args:
        loaded: the scenario.
        p: parameters of the replication.
        unknown: key of the replication's draws of what nobody knows.
    """
    web = float(uniform(unknown, identity("web service"), DRAW_PARAMETER, 0)) < p["budget.web_service_odds"]
    taken, other = (WEB_SERVICE, INSTALLED) if web else (INSTALLED, WEB_SERVICE)
    purchases = purchases_of(loaded)
    alternatives = {purchase.line_id for purchase in purchases if purchase.kind == taken}
    return [
        _drawn_purchase(purchase, unknown)
        for purchase in purchases
        if not (purchase.kind == other and purchase.line_id in alternatives)
    ]


def _drawn_purchase(purchase: Purchase, unknown: int) -> DrawnPurchase:
    name = f"{purchase.line_id}/{purchase.kind}"
    low, high = purchase.share_low, purchase.share_high
    share = _drawn(f"share/{name}", "triangular", purchase.share, low, high, unknown)
    low_cost, high_cost = purchase.unit_cost_low, purchase.unit_cost_high
    cost = _drawn(f"cost/{name}", "lognormal", purchase.unit_cost_million_vnd or 0.0, low_cost, high_cost, unknown)
    return DrawnPurchase(purchase, max(LEAST_SHARE, share), cost)


def _drawn(name: str, kind: str, value: float, low: float | None, high: float | None, luck: int) -> float:
    if low is None or high is None or low == high:
        return value
    u = float(uniform(luck, identity(name), DRAW_PARAMETER, 0))
    return quantile(kind, value, low, high, u)
