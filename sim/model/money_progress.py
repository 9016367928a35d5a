"""How far the plan's money has got, account by account, at the end of a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from agents.project_team import ProjectTeam
from sim.exchange.state import World
from sim.model.record import MONEY, Amounts
from sim.policy.holdings import Holdings
from sim.policy.ledger import Account, Ledger
from sim.policy.purchase_catalogue import purchasable

Key = tuple[str, str, int]
"""line, source, year"""
Progress = Mapping[Key, tuple[float, ...]]
"""By account, the entries of `sim.model.record.MONEY`."""


def progress(ledger: Ledger, teams: Sequence[ProjectTeam], world: World, holdings: Holdings) -> Progress:
    """Where every account's money stands now; teams must not yet have given back what they hold."""
    idle: defaultdict[Key, float] = defaultdict(float)
    for team in teams:
        if not team.busy and not team.saves_up(purchasable(team.purchase.kind), world, holdings):
            for parcel in team.purse.parcels:
                account = parcel.account
                idle[account.line_id, account.source, account.year] += parcel.amount_million_vnd
    moved = MONEY[:-1]
    return {
        key: (*(getattr(account, name) for name in moved), idle[key]) for key, account in list(ledger.accounts.items())
    }


def amounts(noted: Sequence[Progress], accounts: Sequence[Account]) -> Amounts:
    """[note, account, entry]; an account not yet opened when it was noted holds nothing."""
    nothing = (0.0,) * len(MONEY)
    keys = [(account.line_id, account.source, account.year) for account in accounts]
    rows = [[note.get(key, nothing) for key in keys] for note in noted]
    return np.array(rows, np.float64).reshape(len(noted), len(keys), len(MONEY))
