"""What carries documents from province to province: collected at the end of each window, handed on in the next.

Named after the national document axis of 12/3/2019, which carries what is sent between linked systems; before it, and
for all else, it stands for official e-mail and the post, whose journeys the sending province has simulated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from sim.engine.draws import child, identity, luck_of
from sim.engine.records import Records
from sim.exchange.addressing import choose_province
from sim.exchange.codes import CHILD_CROSSING, EXOGENOUS, REPLY
from sim.model.conservation import ConservationError
from sim.scenario.country import CountryProvince

_LOW_WORD = 0xFFFFFFFF


class NationalAxis:
    """Finds for every delivery the province it is for, the same one however provinces are spread over machines.

    A new document goes to one of the other provinces by their population, drawn by its own identity; an answer goes to
    the province that asked.
    """

    def __init__(self, provinces: Sequence[CountryProvince], seed: int) -> None:
        self._luck = luck_of(seed, 0)
        self._keys = np.array([identity(row.province_id) for row in provinces], np.int64)
        self._weights = np.array([row.population for row in provinces], np.float64)
        self._under_way: list[list[Records]] = [[] for _ in provinces]
        self._asked_by: dict[int, int] = {}
        """Identity of a document as its recipient knows it: the province it came from."""
        self.handed_over = 0
        self.taken = 0

    def carry(self, left: Mapping[int, Records]) -> None:
        """Take over what left each province, by its number, during a window."""
        for sender in sorted(left):
            self.handed_over += len(left[sender])
            for crossing in left[sender]:
                self._address(sender, crossing.copy())

    def _address(self, sender: int, crossing: Records) -> None:
        key = int(crossing["key"])
        answered = self._asked_by.pop(int(crossing["root"]), None) if crossing["kind"] == REPLY else None
        to = answered
        if to is None:
            to = int(choose_province(self._luck, key, sender, self._keys, self._weights))
        known_as = child(key, CHILD_CROSSING, int(self._keys[sender]) & _LOW_WORD)
        crossing["key"] = crossing["root"] = known_as
        crossing["kind"] = EXOGENOUS if answered is None else REPLY
        if answered is None:
            self._asked_by[known_as] = sender
        self._under_way[to].append(np.atleast_1d(crossing))

    def hand_on(self, province: int) -> Records | None:
        """What a province finds when it looks, in the order of identities; None if there is nothing."""
        waiting = self._under_way[province]
        if not waiting:
            return None
        found = np.concatenate(waiting)
        self._under_way[province] = []
        self.taken += len(found)
        return np.asarray(found[np.argsort(found["key"], kind="stable")])

    def under_way(self) -> int:
        """Deliveries that have left and not come in."""
        return sum(len(waiting) for waiting in self._under_way)

    def check(self, handed_over: int, taken_in: int) -> None:
        """Compare with what provinces say that they handed over and took in.

        Raises:
            ConservationError: if something was lost between them.
        """
        if (handed_over, taken_in) != (self.handed_over, self.taken) or handed_over != taken_in + self.under_way():
            raise ConservationError(
                f"between provinces: {handed_over} handed over, {self.handed_over} taken over, {self.taken} handed on, "
                f"{taken_in} taken in, {self.under_way()} under way"
            )
