"""Cases in the order of one share, each held against the next below it, pair by pair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import fsum
from typing import Literal

from sim.measure.case_figures import CaseFigures, Key
from sim.measure.comparison import ComparedCell, paired_difference, sharing_of, told
from sim.measure.flows import EXCHANGE
from sim.measure.pairs import Pairs, pairs_of
from sim.results.comparison_tables import CaseOrderRow

Relation = Literal["above", "level", "unsure"]
AS_PRINTED = 0.0005
"""A share is printed in percent with one decimal: a smaller difference is not seen."""
_FEWEST_THAT_AGREE = 2
ORDERED_BY: Key = (EXCHANGE[0], "all")


def case_order_rows(cells: Sequence[ComparedCell], figures: Mapping[str, Sequence[CaseFigures]]) -> list[CaseOrderRow]:
    """All cases by the mean of the share, the highest first; equal ones as they were asked, none without any pair.

    Args:
        cells: the cases, the baseline first.
        figures: of the replications of each case, by its name.
    """
    values = {
        name: {one.replication: one.values[ORDERED_BY] for one in found if ORDERED_BY in one.values}
        for name, found in figures.items()
    }
    cells = [cell for cell in cells if values[cell.cell]]  # one that failed altogether has no place
    values = {cell.cell: values[cell.cell] for cell in cells}
    common = set.intersection(*(set(found) for found in values.values())) if values else set()
    if not common:
        return []
    values = {name: {number: found[number] for number in common} for name, found in values.items()}
    means = {name: fsum(found[number] for number in sorted(common)) / len(common) for name, found in values.items()}
    order = sorted(cells, key=lambda cell: -means[cell.cell])
    rows = []
    for place, cell in enumerate(order):
        above, relation, pairs_above = None, None, None
        if place + 1 < len(order):
            mine, other = values[cell.cell], values[order[place + 1].cell]
            if (pairs := pairs_of(mine, other)) is not None:
                found = told(paired_difference(mine, other, sharing_of(cells[0])), pairs, is_share=True)
                above, relation, pairs_above = found.mean, related(pairs, found.low), pairs.higher
        rows.append(
            CaseOrderRow(
                cell=cell.cell,
                title_vi=cell.title_vi,
                title_en=cell.title_en,
                measure=ORDERED_BY[0],
                scope=ORDERED_BY[1],
                rank=place + 1,
                mean=means[cell.cell],
                n=len(common),
                above_next=above,
                relation=relation,
                pairs_above=pairs_above,
            )
        )
    return rows


def related(pairs: Pairs, low: float | None) -> Relation:
    """How a case stands to the next below it.

    Args:
        pairs: their simulations, one by one.
        low: lower 95 % bound of the mean difference; None where none is told.
    """
    if max(abs(pairs.least), abs(pairs.most)) < AS_PRINTED:
        return "level"
    if pairs.number < _FEWEST_THAT_AGREE:
        return "unsure"
    return "above" if pairs.higher == pairs.number or (low is not None and low > 0.0) else "unsure"
