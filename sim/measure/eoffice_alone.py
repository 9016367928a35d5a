"""Who has e-office on a day, from the plan's money alone: it hangs on money, orders and teams, and on no document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from sim.exchange.codes import TIERS
from sim.measure.scopes import members
from sim.model.money_alone import MoneyAlone
from sim.policy.plan_lines import purchases_of
from sim.policy.purchase_catalogue import purchasable
from sim.scenario.loading import LoadedScenario

TOLD = "eoffice_installed_share"
"""The measure that money alone decides."""


def told_alone(
    loaded: LoadedScenario, seed: int, numbers: Sequence[int], asked: Sequence[tuple[date, str]]
) -> list[list[float]]:
    """Of each day and scope the share of agencies with e-office, by draw of a seed."""
    days = sorted({day for day, _ in asked})
    lines = {one.line_id for one in purchases_of(loaded) if TOLD in purchasable(one.kind).moves}
    money = MoneyAlone(loaded, lines, days)
    ids = [row.agency_id for row in loaded.agencies]
    tiers = np.array([TIERS.index(row.tier) for row in loaded.agencies])
    covered = [(days.index(day), members(scope, ids, tiers)) for day, scope in asked]
    found: list[list[float]] = [[] for _ in asked]
    for number in numbers:
        eoffice = money.draw(seed, number).eoffice
        for values, (day, mine) in zip(found, covered, strict=True):
            values.append(float(eoffice[day, mine].mean()))
    return found
