"""Every đồng of the plan: planned, arrived, spent, returned, by line, source and year."""

from collections import defaultdict
from dataclasses import dataclass, field

ENTRIES = ("planned", "arrived", "spent", "returned")


@dataclass
class Parcel:
    """Money in hand, remembering where it came from."""

    line_id: str
    source: str
    year: int
    amount_million_vnd: float


@dataclass
class Purse:
    """Money of one line for one purpose, oldest first."""

    parcels: list[Parcel] = field(default_factory=list)

    @property
    def amount_million_vnd(self) -> float:
        """All that is in it."""
        return sum(parcel.amount_million_vnd for parcel in self.parcels)


class Ledger:
    """Accounts by (line, source, year); money leaves a purse only through `spend` or `give_back`."""

    def __init__(self) -> None:
        """Open empty accounts."""
        self.accounts: defaultdict[tuple[str, str, int], dict[str, float]] = defaultdict(
            lambda: dict.fromkeys(ENTRIES, 0.0)
        )

    def plan(self, line_id: str, source: str, year: int, amount_million_vnd: float) -> None:
        """The plan grants this."""
        self.accounts[line_id, source, year]["planned"] += amount_million_vnd

    def arrive(self, line_id: str, source: str, year: int, amount_million_vnd: float) -> Parcel:
        """Money comes in."""
        self.accounts[line_id, source, year]["arrived"] += amount_million_vnd
        return Parcel(line_id, source, year, amount_million_vnd)

    def spend(self, purse: Purse, amount_million_vnd: float) -> None:
        """Pay from a purse, oldest money first.

        Raises:
            ValueError: if the purse holds less.
        """
        left = amount_million_vnd
        if left > purse.amount_million_vnd + 1e-9:
            raise ValueError("a line cannot spend more than has come")
        while left > 1e-12 and purse.parcels:
            parcel = purse.parcels[0]
            paid = min(left, parcel.amount_million_vnd)
            self.accounts[parcel.line_id, parcel.source, parcel.year]["spent"] += paid
            parcel.amount_million_vnd -= paid
            left -= paid
            if parcel.amount_million_vnd <= 1e-12:
                purse.parcels.pop(0)

    def give_back(self, purse: Purse) -> None:
        """Return what is left at the end of the plan."""
        for parcel in purse.parcels:
            account = self.accounts[parcel.line_id, parcel.source, parcel.year]
            account["returned"] += parcel.amount_million_vnd
        purse.parcels.clear()

    def imbalance_million_vnd(self) -> float:
        """Largest difference, over all accounts, between what arrived and what was spent or returned."""
        gaps = [abs(a["arrived"] - a["spent"] - a["returned"]) for a in self.accounts.values()]
        return max(gaps, default=0.0)
