"""Targets without a figure: how much of what their budget lines pay for has been delivered, and what stopped the rest.

A stopped order's money goes back. Money that lies with a project team which needs no more of what it buys counts as
delivered: there is nothing left to buy.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from sim.measure.verdicts import quantile
from sim.model.record import MONEY, RunRecord
from sim.scenario.loading import LoadedScenario
from sim.scenario.measures import MILESTONE

if TYPE_CHECKING:
    from sim.measure.payload import Measured

DELIVERED, NOT_ARRIVED, STOPPED, LATE = STATES = ("delivered", "not_arrived", "stopped", "late")
"""What became of a milestone's money by its due date: `late` arrived, but the order slipped, was still in
procurement or was still being carried out."""

_WHOLE_DONG = 6
"""Decimals of a million VND."""

MILESTONES = ("target_id", "state", "planned_million_vnd", "median", "p05", "p95", "largest_in", "missed", "n")


def milestone_id(target_id: str) -> str:
    """A milestone's name among the measures, as `milestone(c1)`."""
    return f"{MILESTONE}({target_id})"


def milestone_states(record: RunRecord, lines: Sequence[str], row: int) -> dict[str, float]:
    """The planned money of some lines by what had become of it at one of the record's states, in million VND."""
    mine = [i for i, account in enumerate(record.accounts) if account.line_id in lines]
    arrived, _, spent, returned, idle = (fsum(record.money[row, mine, entry]) for entry in range(len(MONEY)))
    planned = fsum(record.accounts[i].planned for i in mine)
    states = {
        DELIVERED: spent + idle,
        NOT_ARRIVED: planned - arrived,
        STOPPED: returned,
        LATE: arrived - spent - idle - returned,
    }
    return {state: round(amount, _WHOLE_DONG) + 0.0 for state, amount in states.items()}


def milestone_share(record: RunRecord, lines: Sequence[str], row: int) -> float | None:
    """Share of what the lines pay for that had been delivered; None when the horizon plans no money for them."""
    states = milestone_states(record, lines, row)
    planned = fsum(states.values())
    return float(np.clip(states[DELIVERED] / planned, 0.0, 1.0)) if planned > 0.0 else None


def milestone_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[tuple[object, ...]]:
    """For each milestone and state: its money at the due date, and in how many misses it stopped most of the rest."""
    rows: list[tuple[object, ...]] = []
    for target in loaded.scenario.targets:
        found = [dict(zip(STATES, amounts, strict=True)) for one in measured for amounts in _amounts(one, target.id)]
        if target.measure != MILESTONE or not found:
            continue
        reached = [row[5] for one in measured for row in one.targets if row[0] == target.id]
        missed = [states for states, is_reached in zip(found, reached, strict=True) if not is_reached]
        largest = [max(STATES[1:], key=lambda state: states[state]) for states in missed]
        for state in STATES:
            values = [states[state] for states in found]
            band = (quantile(values, share) for share in (0.5, 0.05, 0.95))
            blames = None if state == DELIVERED else largest.count(state)
            planned = fsum(found[0].values())
            rows.append((target.id, state, planned, *band, blames, len(missed), len(found)))
    return rows


def _amounts(one: Measured, target_id: str) -> list[list[float]]:
    return [amounts for name, *amounts in one.milestones if name == target_id]
