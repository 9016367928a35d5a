"""The model's numbers as the scenario states them, each with its name: for the report, and for whoever doubts one."""

from __future__ import annotations

from collections.abc import Iterator

from sim.policy.plan_lines import purchases_of
from sim.policy.purchasable import purchasable
from sim.results.run_tables import ParameterRow
from sim.results.words import Words
from sim.scenario.drawn import simulated
from sim.scenario.keys import title_of
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import Purchase


def parameter_rows(loaded: LoadedScenario) -> list[ParameterRow]:
    """Every number of the model as stated: range, kind, basis, source; purchases with their divisions and costs."""
    rows = []
    for key, quantity in simulated(loaded.scenario):
        title = title_of(key)
        rows.append(
            ParameterRow(
                key=key,
                unit=quantity.unit,
                low=quantity.low,
                value=quantity.value,
                high=quantity.high,
                kind=quantity.kind,
                basis=quantity.basis,
                source=quantity.source,
                title_vi=title.vi,
                title_en=title.en,
                moves=None,
            )
        )
    for purchase in purchases_of(loaded):
        rows += _purchase_rows(purchase)
    return rows


def _purchase_rows(purchase: Purchase) -> Iterator[ParameterRow]:
    key, thing = f"purchases.{purchase.line_id}.{purchase.kind}", purchasable(purchase.kind)
    line, bought = purchase.line_id, thing.title
    share = Words(f"Mục {line}: tỷ lệ kinh phí cho {bought.vi}", f"Line {line}: share of the money for {bought.en}")
    yield ParameterRow(
        key=f"{key}.share",
        unit="1",
        low=purchase.share_low,
        value=purchase.share,
        high=purchase.share_high,
        kind="triangular",
        basis=purchase.basis,
        source=purchase.source,
        title_vi=share.vi,
        title_en=share.en,
        moves=";".join(thing.moves) or None,
    )
    if purchase.unit_cost_million_vnd:
        cost = Words(f"Mục {line}: đơn giá {bought.vi}", f"Line {line}: unit cost of {bought.en}")
        yield ParameterRow(
            key=f"{key}.unit_cost",
            unit="million VND",
            low=purchase.unit_cost_low,
            value=purchase.unit_cost_million_vnd,
            high=purchase.unit_cost_high,
            kind="lognormal",
            basis=purchase.basis,
            source=purchase.source,
            title_vi=cost.vi,
            title_en=cost.en,
            moves=None,
        )
