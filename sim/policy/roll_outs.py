"""What agencies get by the calendar, as a list with days or years has it, whatever money the plan's lines have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sim.engine.clock import DAY_MS, Clock
from sim.scenario.holders import is_named
from sim.scenario.kinds import UnitKind
from sim.scenario.plan_schema import Rollout
from sim.scenario.tables import AgencyRow


def day_of(planned: Rollout, p: Mapping[str, float]) -> date:
    """When this replication has a roll-out: its day, late by as much as was drawn."""
    late_ms = p.get(f"rollouts.{planned.id}.delay", planned.delay.value)
    return planned.start + timedelta(days=int(late_ms // DAY_MS))


@dataclass(frozen=True)
class RollOut:
    """One kind of thing put to work at some agencies at one time."""

    kind: UnitKind
    at_ms: int
    agencies: Sequence[int]
    """Their numbers; who has it by then is left as is."""

    def brings(self, kinds: Iterable[str], agency: int, now_ms: int) -> bool:
        """Whether the agency is still to get one of these kinds by it."""
        return now_ms <= self.at_ms and self.kind in kinds and agency in self.agencies


def roll_outs(
    planned: Iterable[Rollout], rows: Sequence[AgencyRow], clock: Clock, p: Mapping[str, float]
) -> list[RollOut]:
    """All of a scenario, on the days that this replication has for them."""
    found = []
    for one in planned:
        named = [agency for agency, row in enumerate(rows) if is_named(one.agencies, row)]
        after_the_turn_ms = clock.at(day_of(one, p)) + 1  # on the first of a month, once the last has been noted
        found.append(RollOut(one.kind, after_the_turn_ms, named))
    return found
