"""The state of use on the first day, as a fitted candidate had it."""

from __future__ import annotations

from collections.abc import Mapping

from sim.engine.draws import luck_of
from sim.exchange.agencies import found_agency
from sim.exchange.building import empty_agencies
from sim.exchange.founding import Founded
from sim.scenario.start_states import StartState

OF_THE_STATE = ("level", "users", "mail", "mail_users")
"""What the state decides of an agency; its habits, lines and volumes stay the replication's own."""


def take_up(state: StartState, founded: Founded, p: Mapping[str, float]) -> None:
    """Give each agency the level, users and mailbox that it had in the candidate; `p` has the state's shares."""
    agencies = founded.world.agencies
    then = empty_agencies(len(agencies))
    luck = luck_of(state.seed, state.candidate)
    for i, row in enumerate(founded.rows):
        found_agency(then, i, row, int(agencies[i]["tier"]), p, luck)
    for name in OF_THE_STATE:
        agencies[name] = then[name]
