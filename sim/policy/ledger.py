"""Every đồng of the plan: planned, arrived, committed, spent, returned, by line, source and year."""

from dataclasses import dataclass, field, fields

ROUNDING = 1e-9
"""A thousandth of a đồng: below this a parcel is empty."""


@dataclass(slots=True)
class Account:
    """Money of one line, source and year, in million VND."""

    line_id: str
    source: str
    year: int
    planned: float = 0.0
    arrived: float = 0.0
    committed: float = 0.0
    """Contracted, delivered or not."""
    spent: float = 0.0
    returned: float = 0.0


ENTRIES = tuple(entry.name for entry in fields(Account) if entry.name not in ("line_id", "source", "year"))


@dataclass(slots=True)
class Parcel:
    """Money in hand, remembering where it came from."""

    account: Account
    amount_million_vnd: float


@dataclass(slots=True)
class Purse:
    """Money of one line for one purpose, oldest first."""

    parcels: list[Parcel] = field(default_factory=list)

    @property
    def amount_million_vnd(self) -> float:
        """All that is in it."""
        amount = 0.0
        for parcel in self.parcels:
            amount += parcel.amount_million_vnd
        return amount


class Ledger:
    """Accounts by (line, source, year). Money leaves a purse by `commit` or `give_back`, and is paid by `pay`."""

    def __init__(self) -> None:
        """Open empty accounts."""
        self.accounts: dict[tuple[str, str, int], Account] = {}

    def plan(self, line_id: str, source: str, year: int, amount_million_vnd: float) -> None:
        """The plan grants this."""
        self._account(line_id, source, year).planned += amount_million_vnd

    def arrive(self, line_id: str, source: str, year: int, amount_million_vnd: float) -> Parcel:
        """Money comes in."""
        account = self._account(line_id, source, year)
        account.arrived += amount_million_vnd
        return Parcel(account, amount_million_vnd)

    def commit(self, purse: Purse, amount_million_vnd: float) -> list[Parcel]:
        """Contract for this much, oldest money first; what is set aside.

        Raises:
            ValueError: if the purse holds less.
        """
        left = amount_million_vnd
        if left > purse.amount_million_vnd + ROUNDING:
            raise ValueError("a line cannot commit more than has come")
        aside: list[Parcel] = []
        while left > ROUNDING and purse.parcels:
            parcel = purse.parcels[0]
            part = min(left, parcel.amount_million_vnd)
            parcel.account.committed += part
            aside.append(Parcel(parcel.account, part))
            parcel.amount_million_vnd -= part
            left -= part
            if parcel.amount_million_vnd <= ROUNDING:
                parcel.account.returned += purse.parcels.pop(0).amount_million_vnd
        return aside

    def pay(self, aside: list[Parcel]) -> None:
        """What was contracted has been delivered."""
        for parcel in aside:
            parcel.account.spent += parcel.amount_million_vnd

    def release(self, purse: Purse, aside: list[Parcel]) -> None:
        """A contract falls through: its money is in the purse again, first in line."""
        for parcel in aside:
            parcel.account.committed -= parcel.amount_million_vnd
        purse.parcels[:0] = aside

    def give_back(self, purse: Purse) -> None:
        """Return what is left."""
        for parcel in purse.parcels:
            parcel.account.returned += parcel.amount_million_vnd
        purse.parcels.clear()

    def imbalance_million_vnd(self) -> float:
        """Largest difference, over all accounts, between what arrived and what was committed or returned."""
        gaps = [abs(a.arrived - a.committed - a.returned) for a in self.accounts.values()]
        return max(gaps, default=0.0)

    def overspent_million_vnd(self) -> float:
        """Largest payment beyond what was committed, over all accounts."""
        return max((a.spent - a.committed for a in self.accounts.values()), default=0.0)

    def _account(self, line_id: str, source: str, year: int) -> Account:
        key = line_id, source, year
        if key not in self.accounts:
            self.accounts[key] = Account(*key)
        return self.accounts[key]
