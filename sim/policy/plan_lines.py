"""The plan's lines and purchases with what an option adds to them."""

from sim.scenario.loading import LoadedScenario
from sim.scenario.plan_schema import ExtraLine
from sim.scenario.tables import BudgetLine, Purchase


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
