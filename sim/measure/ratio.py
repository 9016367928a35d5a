"""A share and what it is a share of, so that months, agencies and windows add up before they are divided."""

from dataclasses import dataclass

from sim.model.record import Counts

FEWEST_ITEMS = 30
"""A share over fewer items says nothing and is left blank."""


@dataclass(frozen=True)
class Ratio:
    """Monthly numerators and denominators, and the part of each denominator that may flatter itself."""

    part: Counts
    whole: Counts
    self_reported: Counts
    """Items of those that have something of their own to report, a subset of `whole`."""

    def share(self, first: int, last: int, optimism: float = 0.0) -> float | None:
        """Share over months `first` to `last`, both included; None over fewer than thirty items.

        `optimism` is what a reporter adds to his own share (points), so it counts by the part self-reported.
        """
        whole = int(self.whole[first : last + 1].sum())
        if whole < FEWEST_ITEMS:
            return None
        true = int(self.part[first : last + 1].sum()) / whole
        own = int(self.self_reported[first : last + 1].sum()) / whole
        return min(1.0, true + optimism * own)
