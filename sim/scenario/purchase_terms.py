"""The table of purchases as keys of the scenario, so that each share and price can be looked up, set and varied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sim.results.words import Words
from sim.scenario.entries import Entry, Provenance
from sim.scenario.errors import ScenarioError
from sim.scenario.facts import Facts
from sim.scenario.keys import PURCHASES, Key
from sim.scenario.kinds import INSTALLED, WEB_SERVICE
from sim.scenario.layers import Layer, Settings
from sim.scenario.plan_schema import PurchaseTerms
from sim.scenario.quantity import Quantity
from sim.scenario.suggest import did_you_mean
from sim.scenario.tables import SOURCES, Purchase
from sim.scenario.units import BASE_UNIT, Dimension, render, words_of

LAYER = PURCHASES
_ROUNDING = 1e-9


def purchase_layer(rows: Iterable[Purchase], file: Path | None, root: Path) -> Layer:
    """What the table says, below everything that is written in scenarios: a row's share and price as quantities."""
    entries: dict[Key, Entry] = {}
    for row in rows:
        shown, _, line = row.place.rpartition(":")
        origin = Provenance(LAYER, shown, int(line)) if line.isdigit() else Provenance(LAYER, row.place, 0)
        for key, quantity, dimension in quantities_of(row):
            written: dict[str, object] = {"value": render(quantity.value, dimension)}
            if quantity.low is not None and quantity.high is not None:
                written |= {"low": render(quantity.low, dimension), "high": render(quantity.high, dimension)}
            written |= {"kind": quantity.kind, "basis": quantity.basis, "source": quantity.source}
            path = (PURCHASES, row.line_id, row.kind, key.rpartition(".")[2])
            entries.update({(*path, part): Entry(value, origin) for part, value in written.items()})
    return Layer(LAYER, file.parent if file else root, entries)


def quantities_of(row: Purchase) -> Iterator[tuple[str, Quantity, Dimension]]:
    """A row's share, and its price if it has one, by key."""
    key = f"{PURCHASES}.{row.line_id}.{row.kind}"
    share = row.share, row.share_low, row.share_high
    yield f"{key}.share", _quantity(row, share, row.share_kind, "share"), "share"
    price = row.unit_cost_million_vnd
    if price is not None:
        low = price if row.unit_cost_low is None else row.unit_cost_low
        high = price if row.unit_cost_high is None else row.unit_cost_high
        yield f"{key}.unit_cost", _quantity(row, (price, low, high), row.cost_kind, "money"), "money"


def _quantity(row: Purchase, numbers: tuple[float, float, float], kind: str, dimension: Dimension) -> Quantity:
    value, low, high = numbers
    varies = low < high
    return Quantity.model_validate(
        {
            "value": value,
            "low": low if varies else None,
            "high": high if varies else None,
            "kind": kind if varies else "fixed",
            "basis": row.basis,
            "source": row.source,
            "unit": BASE_UNIT[dimension],
        }
    )


def with_terms(rows: Sequence[Purchase], terms: Mapping[str, Mapping[str, PurchaseTerms]]) -> tuple[Purchase, ...]:
    """The rows with what was set over them."""
    return tuple(_with_terms(row, terms.get(row.line_id, {}).get(row.kind)) for row in rows)


def _with_terms(row: Purchase, terms: PurchaseTerms | None) -> Purchase:
    if terms is None:
        return row
    share, cost = terms.share, terms.unit_cost
    row = replace(
        row,
        share=share.value,
        share_low=_end(share, share.low),
        share_high=_end(share, share.high),
        share_kind=share.kind,
    )
    if cost is None:
        return row
    return replace(
        row,
        unit_cost_million_vnd=cost.value,
        unit_cost_low=_end(cost, cost.low),
        unit_cost_high=_end(cost, cost.high),
        cost_kind=cost.kind,
    )


def _end(quantity: Quantity, end: float | None) -> float:
    return quantity.value if end is None or quantity.kind == "fixed" else end


def forget_unknown(settings: Settings, rows: Sequence[Purchase], errors: list[ScenarioError]) -> None:
    """Refuses, and drops, what is set of purchases that the table does not have."""
    known = {(row.line_id, row.kind) for row in rows}
    for path in dict.fromkeys(key[:3] for key in settings.below((PURCHASES,))):
        if path[1:] not in known:
            place = settings.entries[settings.below(path)[0]].origin.place
            name = ".".join(path)
            reason = Words("bảng nội dung chi không có dòng này", "the table of purchases has no such row")
            repair = did_you_mean(name, [f"{PURCHASES}.{line}.{kind}" for line, kind in known])
            errors.append(ScenarioError("E-BUD-010", place, name, reason, repair))
            settings.drop(path, "invalid")


def term_rules(facts: Facts) -> Iterator[ScenarioError]:
    """Yields an error where the certain shares of a line ask for more than all of a source's money, or a price is 0."""
    rows, terms = facts.tables.purchases, facts.scenario.purchases
    certain: defaultdict[tuple[str, str], float] = defaultdict(float)
    served = {row.line_id for row in rows if row.kind == WEB_SERVICE}
    for row in rows:
        mine = terms.get(row.line_id, {}).get(row.kind)
        if mine is None:
            continue
        key = f"{PURCHASES}.{row.line_id}.{row.kind}"
        if mine.unit_cost is not None and mine.unit_cost.value <= 0.0:
            reason = Words("đơn giá phải lớn hơn 0", "the unit cost must be above zero")
            yield facts.fault("E-BUD-006", f"{key}.unit_cost", reason)
        if mine.share.kind != "fixed" or (row.kind == INSTALLED and row.line_id in served):
            continue  # of two alternatives one takes the share
        for source in row.funded_by or SOURCES:
            certain[row.line_id, source] += mine.share.value
        most = max(certain[row.line_id, source] for source in row.funded_by or SOURCES)
        if most > 1 + _ROUNDING >= most - mine.share.value:
            summed = words_of(round(most, 6), "share")
            reason = Words(
                f"các phần cố định của mục {row.line_id} cộng lại {summed.vi}",
                f"the certain shares of line {row.line_id} sum to {summed.en}, above 100 %",
            )
            yield facts.fault("E-BUD-005", f"{key}.share", reason)
