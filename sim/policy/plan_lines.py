"""The plan's lines and purchases with what an option adds to them, and what they are worth in one replication."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from math import fsum

from sim.scenario.drawn import draw_quantity
from sim.scenario.kinds import EOFFICE_FORMS, INSTALLED, WEB_SERVICE
from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import ExtraLine
from sim.scenario.purchase_terms import quantities_of
from sim.scenario.quantity import Quantity
from sim.scenario.tables import SOURCES, BudgetLine, Purchase

LEAST_SHARE = 1e-9
_DECEMBER = 12
_HELD_IN_PARCELS = 1e-9
"""Money that comes in several years adds up to what was planned but for rounding."""


@dataclass(frozen=True)
class DrawnPurchase:
    """A purchase as one replication has it."""

    purchase: Purchase
    share: float
    """Part of the line's money where it is certain, else weight in the division of what is left."""
    unit_cost_million_vnd: float

    @property
    def is_certain(self) -> bool:
        """Whether its part is taken exactly."""
        return self.purchase.share_kind == "fixed" or self.purchase.share_low == self.purchase.share_high


def budget_of(loaded: LoadedScenario) -> tuple[BudgetLine, ...]:
    """All money, the plan's and the options'."""
    return loaded.budget + tuple(_line(extra) for extra in loaded.scenario.extra_lines)


def purchases_of(loaded: LoadedScenario) -> tuple[Purchase, ...]:
    """All purchases, the plan's and the options'."""
    return loaded.purchases + tuple(_purchase(extra) for extra in loaded.scenario.extra_lines)


def settled_on(year: int, p: Mapping[str, float]) -> date:
    """The day on which a year's money is settled: the middle of the month drawn for it."""
    return date(year, min(_DECEMBER, max(1, round(p["budget.approval_month"]))), 15)


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
        unit_cost_low=cost.value if cost.low is None else cost.low,
        unit_cost_high=cost.value if cost.high is None else cost.high,
        tiers=extra.tiers,
        funded_by=(),
        title_vi=extra.title.vi,
        title_en=extra.title.en,
        basis=cost.basis,
        source=cost.source,
        cost_kind=cost.kind,
    )


def purchase_quantities(loaded: LoadedScenario) -> Iterator[tuple[str, Purchase, Quantity]]:
    """Share and unit cost of every purchase by the key that sets it; an option's line buys one thing for all of it."""
    options = {extra.id for extra in loaded.scenario.extra_lines}
    for purchase in purchases_of(loaded):
        for key, quantity, _ in quantities_of(purchase):
            if purchase.line_id not in options:
                yield key, purchase, quantity
            elif key.endswith(".unit_cost"):
                yield f"extra_lines.{purchase.line_id}.unit_cost", purchase, quantity


def draw_purchases(loaded: LoadedScenario, unknown: int, *, certain: bool = False) -> dict[str, float]:
    """This replication's division of every line and its unit costs, by key.

    Args:
        loaded: the scenario.
        unknown: key of the replication's draws of what nobody knows.
        certain: take all at their stated values instead.
    """
    return {
        key: quantity.value if certain else draw_quantity(key, quantity, unknown)
        for key, _, quantity in purchase_quantities(loaded)
    }


def drawn_purchases(
    loaded: LoadedScenario, p: Mapping[str, float], known: Iterable[tuple[str, Purchase, Quantity]] | None = None
) -> list[DrawnPurchase]:
    """The purchases with this replication's division of each line and unit costs.

    A line that could buy communes e-office either as installations or as a shared web service buys one of them.

    Args:
        loaded: the scenario.
        p: parameters of the replication, those of `draw_purchases` among them; what is missing is as stated.
        known: what `purchase_quantities` gives, where it has been asked before.
    """
    taken = EOFFICE_FORMS[int(p["budget.eoffice_form"])]
    wanted, other = (WEB_SERVICE, INSTALLED) if taken == "web_service" else (INSTALLED, WEB_SERVICE)
    terms: dict[tuple[str, str], dict[str, float]] = {}
    for key, purchase, quantity in purchase_quantities(loaded) if known is None else known:
        mine = terms.setdefault((purchase.line_id, purchase.kind), {})
        mine[key.rpartition(".")[2]] = p.get(key, quantity.value)
    purchases = purchases_of(loaded)
    alternatives = {purchase.line_id for purchase in purchases if purchase.kind == wanted}
    drawn = [
        _drawn(purchase, terms.get((purchase.line_id, purchase.kind), {}))
        for purchase in purchases
        if not (purchase.kind == other and purchase.line_id in alternatives)
    ]
    return [_priced_by_its_part(one, drawn, loaded) if one.purchase.is_made_for_one else one for one in drawn]


def _priced_by_its_part(one: DrawnPurchase, drawn: Iterable[DrawnPurchase], loaded: LoadedScenario) -> DrawnPurchase:
    """One thing made to order for one agency costs more or less as the line has more or less for it than stated.

    Its price is stated at the stated division of the line, and is no more than the line has for it where that is so
    as stated: an estimate is approved before anybody is asked to build. Drawn apart, share and price would describe a
    project that cannot pay for what it is there for.
    """
    purchase = one.purchase
    sources = set(purchase.funded_by or SOURCES)
    mates = [
        other
        for other in drawn
        if other.purchase.line_id == purchase.line_id and sources & set(other.purchase.funded_by or SOURCES)
    ]
    place = mates.index(one)
    part = parts_of(mates)[place]
    as_stated = parts_of([replace(other, share=max(LEAST_SHARE, other.purchase.share)) for other in mates])[place]
    if as_stated <= 0.0:
        return one
    cost = one.unit_cost_million_vnd * part / as_stated
    money = fsum(
        line.amount_million_vnd
        for line in budget_of(loaded)
        if line.line_id == purchase.line_id and line.source in sources
    )
    if (purchase.unit_cost_million_vnd or 0.0) <= money * as_stated:
        cost = min(cost, money * part * (1.0 - _HELD_IN_PARCELS))
    return replace(one, unit_cost_million_vnd=cost)


def _drawn(purchase: Purchase, terms: Mapping[str, float]) -> DrawnPurchase:
    share = max(LEAST_SHARE, terms.get("share", purchase.share))
    return DrawnPurchase(purchase, share, terms.get("unit_cost", purchase.unit_cost_million_vnd or 0.0))


def parts_of(takers: list[DrawnPurchase]) -> list[float]:
    """Parts of one source's money of a line that its purchases take; what the table leaves over goes back.

    Certain shares are taken exactly; the others divide the rest of what the table grants in proportion to their draws.
    """
    certain = sum(taker.share for taker in takers if taker.is_certain)
    granted = min(1.0, sum(taker.purchase.share for taker in takers))
    open_weight = sum(taker.share for taker in takers if not taker.is_certain)
    rest = max(0.0, granted - certain)
    scale = min(1.0, granted / certain) if certain > 0.0 else 1.0
    return [taker.share * scale if taker.is_certain else rest * taker.share / open_weight for taker in takers]


def parts_as_stated(loaded: LoadedScenario, line: BudgetLine) -> Iterator[tuple[Purchase, float]]:
    """What a line buys with its money, at the stated shares; of two alternatives the likelier or chosen one."""
    chosen = loaded.scenario.budget.eoffice_form
    odds = loaded.scenario.budget.web_service_odds.value
    web = chosen == "web_service" or (chosen == "open" and odds >= 0.5)
    drawn = drawn_purchases(loaded, {"budget.eoffice_form": float(web)})
    takers = [one for one in drawn if one.purchase.line_id == line.line_id]
    takers = [one for one in takers if not one.purchase.funded_by or line.source in one.purchase.funded_by]
    for one, part in zip(takers, parts_of(takers), strict=True):
        yield one.purchase, part
