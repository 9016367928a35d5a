"""The office that runs the provincial online services: raises what was bought before the plan."""

from collections.abc import Generator, Sequence
from datetime import date

from simpy import Environment
from simpy.events import Event

from sim.engine.clock import Clock
from sim.engine.slow import until
from sim.policy.onestop import HIGHEST, Onestop
from sim.scenario.procedures import LOWEST_ONLINE, Procedure

MIDYEAR = (7, 1)
"""Month and day on which a level known only by its year is taken as reached, in other years than the decision's."""


def raise_services(
    env: Environment, clock: Clock, onestop: Onestop, procedures: Sequence[Procedure], decided: date | None
) -> Generator[Event, None, None]:
    """In the middle of its year each procedure reaches the level that the catalogue dates.

    In the year of the plan's decision, if that falls within what is simulated, on the day of it: what the plan itself
    lists stands by then, and no earlier day is known.
    """
    dated = [(row.level3_year, LOWEST_ONLINE, row.procedure_id) for row in procedures]
    dated += [(row.level4_year, HIGHEST, row.procedure_id) for row in procedures]
    for year in sorted({year for year, _, _ in dated if year is not None}):
        raised_ms = clock.at(decided if decided and year == decided.year else date(year, *MIDYEAR))
        if raised_ms > env.now:
            yield until(env, raised_ms)
        for mine, level, procedure_id in dated:
            if mine == year:
                onestop.raise_to(procedure_id, level)
