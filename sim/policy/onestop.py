"""Where one-stop counters stand: who runs the software, who takes dossiers online, which services are offered how far.

Agencies are numbered as in the world's arrays; times are milliseconds from the first simulated midnight. The traffic
reads `software_since_ms`, `online_since_ms` and `levels`; money changes them through `sim.policy.purchase_catalogue`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sim.scenario.procedures import LOWEST_ONLINE, Procedure
from sim.scenario.start_schema import Start
from sim.scenario.tables import AgencyRow

HIGHEST = 4
BEFORE_THE_FIRST_DAY = -1


@dataclass
class Onestop:
    """State of the province's one-stop counters and online services."""

    software_since_ms: dict[int, int] = field(default_factory=dict)
    """Agencies whose counter runs on one-stop software, and since when."""
    online_since_ms: dict[int, int] = field(default_factory=dict)
    """Agencies on the provincial system of online services, and since when."""
    levels: dict[str, int] = field(default_factory=dict)
    """Online level of each procedure that could be offered online at all."""
    waiting: list[tuple[str, int]] = field(default_factory=list)
    """Procedures still to be raised, and to which level, in the order in which money raises them."""
    families: dict[str, int] = field(default_factory=dict)
    """Procedures of the catalogue that each one stands for, where it stands for more than itself."""
    prepared: int = 0
    """Procedures of the family first in line whose forms are bought: it goes online when all are."""
    publicity_ms: list[int] = field(default_factory=list)
    """When rounds of publicity with citizens and firms were held."""

    def open(self, agency: int, now_ms: int) -> None:
        """One-stop software goes into use at an agency, which brings it onto the online services too."""
        self.software_since_ms.setdefault(agency, now_ms)
        self.online_since_ms.setdefault(agency, now_ms)

    def join(self, agency: int, now_ms: int) -> None:
        """An agency takes what is filed on the provincial system of online services."""
        self.online_since_ms.setdefault(agency, now_ms)

    def raise_to(self, procedure_id: str, level: int) -> None:
        """A procedure is offered online at this level, unless it was so already."""
        if procedure_id in self.levels:
            self.levels[procedure_id] = max(self.levels[procedure_id], level)

    def has_waiting(self) -> bool:
        """Is there a procedure that money could still raise?"""
        while self.waiting and self.levels[self.waiting[0][0]] >= self.waiting[0][1]:
            self.waiting.pop(0)
            self.prepared = 0
        return bool(self.waiting)

    def raise_next(self) -> None:
        """Forms and integration of one more procedure are bought; a family of them is raised with its last one."""
        if not self.has_waiting():
            return
        self.prepared += 1
        if self.prepared >= self.families.get(self.waiting[0][0], 1):
            self.raise_to(*self.waiting.pop(0))
            self.prepared = 0


def onestop_at_start(start: Start, procedures: Sequence[Procedure], agencies: Sequence[AgencyRow]) -> Onestop:
    """Returns the state on the first day; `agencies` in the order of the world's arrays."""
    software, online = (_named(entries, agencies) for entries in (start.onestop_software, start.online_services))
    can_go_online = [row for row in procedures if row.work != "copies"]
    return Onestop(
        software_since_ms=dict.fromkeys(software, BEFORE_THE_FIRST_DAY),
        online_since_ms=dict.fromkeys(online, BEFORE_THE_FIRST_DAY),
        levels={row.procedure_id: row.service_level for row in can_go_online},
        waiting=list(_order(can_go_online)),
        families={row.procedure_id: row.procedures for row in can_go_online if row.procedures > 1},
    )


def _named(entries: Iterable[str], agencies: Sequence[AgencyRow]) -> list[int]:
    wanted = set(entries)
    return [at for at, row in enumerate(agencies) if {row.agency_id, f"tier:{row.tier}"} & wanted]


def _order(procedures: Sequence[Procedure]) -> Iterator[tuple[str, int]]:
    """First the plan's priority list to the highest level, then all others to the lowest online one, busiest first.

    Procedures on national portals are not the province's to raise.
    """
    own = [row for row in procedures if row.portal == "province"]
    listed = [row for row in own if row.priority_groups]
    for row in sorted(listed, key=lambda row: (row.priority, row.procedure_id)):
        yield row.procedure_id, HIGHEST
    others = [row for row in own if not row.priority_groups]
    for row in sorted(others, key=lambda row: (-row.volume_weight, row.procedure_id)):
        yield row.procedure_id, LOWEST_ONLINE
