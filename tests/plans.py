"""Plans of money for small provinces: lines and purchases without files, and settings that hold the rest still."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worlds import fixed

from sim.model.record import RunRecord
from sim.scenario.loading import LoadedScenario
from sim.scenario.tables import BudgetLine, Purchase

SURE = (
    fixed("budget.central_reliability", "100 %"),
    fixed("budget.provincial_reliability", "100 %"),
    fixed("budget.approval_month", "2"),
    fixed("budget.procurement", "10 days"),
    fixed("budget.sites_per_month", "10"),
    fixed("budget.project_teams", "100"),
    fixed("budget.accounts_per_month", "10000"),
    fixed("budget.seats_per_month", "100000"),
    fixed("budget.procedures_per_month", "1000"),
    *(fixed(f"budget.{work}", "0 days") for work in ("building", "platform", "equipment", "course")),
    fixed("budget.slip_share", "0 %"),
    fixed("budget.stop_share", "0 %"),
    "budget.eoffice_form=web_service",
    fixed("signatures.churn", "0 %"),
)
"""All money comes in mid-February, is contracted ten days later, and ten sites a month are equipped."""


def line(line_id: str, year: int, amount_million_vnd: float, source: str = "DT") -> BudgetLine:
    """Money of one line in one year."""
    return BudgetLine(line_id, "I", f"Dòng {line_id}", f"Line {line_id}", source, year, amount_million_vnd)


def buy(
    line_id: str,
    kind: str,
    unit_cost_million_vnd: float | None,
    *,
    share: float = 1.0,
    tiers: tuple[str, ...] = (),
    funded_by: tuple[str, ...] = (),
) -> Purchase:
    """One thing that a line buys, at one certain cost."""
    cost = unit_cost_million_vnd
    return Purchase(
        line_id, kind, share, share, share, cost, cost, cost, tiers, funded_by, "mua", "buys", "assumed", "test"
    )


def planned(loaded: LoadedScenario, lines: Sequence[BudgetLine], purchases: Sequence[Purchase]) -> LoadedScenario:
    """The same scenario with this money, before and after options act."""
    before = None if loaded.before is None else planned(loaded.before, lines, purchases)
    return replace(loaded, budget=tuple(lines), purchases=tuple(purchases), before=before)


def total(record: RunRecord, entry: str, line_id: str = "", source: str = "", year: int = 0) -> float:
    """Sum of one entry over the accounts of a line, a source and a year; all of them where nothing is named."""
    return sum(
        float(getattr(account, entry))
        for account in record.accounts
        if line_id in ("", account.line_id) and source in ("", account.source) and year in (0, account.year)
    )
