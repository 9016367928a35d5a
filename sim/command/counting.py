"""Which replications of a study count: all that are done, or their unbroken beginning when it was cut short."""

from __future__ import annotations

from collections.abc import Mapping

from sim.studies.cell import Cell
from sim.studies.journal import Journal


class Counting:
    """The replications 0 to `asked` of several cells, as the journal has them now.

    A replication is done when every cell has it. After `cut_short` only the unbroken beginning counts: what is done
    beyond it is there because it was quick, and would lean the answer.
    """

    def __init__(self, journal: Journal, cells: Mapping[str, Cell], wanted: int) -> None:
        self._journal = journal
        self._cells = cells
        held = [number for each in self._held() for number in each]
        self.asked = max([wanted, *(number + 1 for number in held)])
        self.below = self.asked

    def cut_short(self) -> None:
        """Count the unbroken beginning only."""
        held = self._held()
        broken = (number for number in range(self.asked) if not all(number in each for each in held))
        self.below = next(broken, self.asked)

    def counted(self) -> list[int]:
        """The done replications that tables rest on."""
        return [number for number in self._done() if number < self.below]

    def later(self) -> int:
        """How many are done and kept but not counted."""
        return sum(number >= self.below for number in self._done())

    def failed(self) -> int:
        """How many of those that could count failed in some cell."""
        held = self._held()
        return sum(any(each.get(number) == "failed" for each in held) for number in range(self.below))

    def has_gaps(self) -> bool:
        """Whether some that were asked for have not ended, neither done nor failed."""
        held = self._held()
        return not all(number in each for number in range(self.asked) for each in held)

    def _done(self) -> list[int]:
        held = self._held()
        return [number for number in range(self.asked) if all(each.get(number) == "done" for each in held)]

    def _held(self) -> list[dict[int, str]]:
        return [dict(self._journal.held(cell.cell_hash)) for cell in self._cells.values()]
