"""Targets without a figure: how much of what their budget lines pay for has been delivered, and what stopped the rest.

A stopped order's money goes back. Money that lies with a project team which needs no more of what it buys counts as
delivered: there is nothing left to buy.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum

import numpy as np

from sim.measure.measured import Measured
from sim.measure.verdicts import band_of
from sim.model.record import MONEY, RunRecord
from sim.results.money_tables import MilestoneRow
from sim.results.replication_tables import MilestoneStateRow
from sim.scenario.loading import LoadedScenario
from sim.scenario.measures import MILESTONE

DELIVERED, NOT_ARRIVED, STOPPED, LATE = STATES = ("delivered", "not_arrived", "stopped", "late")
"""What became of a milestone's money by its due date: `late` arrived, but the order slipped, was still in
procurement or was still being carried out."""

_WHOLE_DONG = 6
"""Decimals of a million VND."""


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


def milestone_rows(loaded: LoadedScenario, measured: Sequence[Measured]) -> list[MilestoneRow]:
    """For each milestone and state: its money at the due date, and in how many misses it stopped most of the rest."""
    rows: list[MilestoneRow] = []
    for target in loaded.scenario.targets:
        found = [(one, row) for one in measured for row in one.milestones if row.target_id == target.id]
        if target.measure != MILESTONE or not found:
            continue
        states = [_by_state(row) for _, row in found]
        missed = [_by_state(row) for one, row in found if not _is_reached(one, target.id)]
        largest = [max(STATES[1:], key=lambda state: amounts[state]) for amounts in missed]
        for state in STATES:
            band = band_of([amounts[state] for amounts in states])
            rows.append(
                MilestoneRow(
                    target_id=target.id,
                    state=state,
                    planned_million_vnd=fsum(states[0].values()),
                    median=band.median,
                    p05=band.p05,
                    p95=band.p95,
                    largest_in=None if state == DELIVERED else largest.count(state),
                    missed=len(missed),
                    n=len(found),
                )
            )
    return rows


def _by_state(row: MilestoneStateRow) -> dict[str, float]:
    return {DELIVERED: row.delivered, NOT_ARRIVED: row.not_arrived, STOPPED: row.stopped, LATE: row.late}


def _is_reached(one: Measured, target_id: str) -> bool:
    outcome = one.outcome(target_id)
    return outcome is not None and outcome.reached
