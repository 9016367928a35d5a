"""What each project team has in hand when a year ends or a target is due, and what agencies have asked for by then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from agents.project_team import ProjectTeam
from sim.engine.clock import month_ends
from sim.exchange.certificates import is_asked_for, needs_one
from sim.exchange.state import World
from sim.policy.adoption import reachable_share
from sim.policy.ledger import Purse

if TYPE_CHECKING:
    from sim.scenario.plan_schema import Target


@dataclass(frozen=True)
class TeamStanding:
    """One purchase of one line so far, in million VND.

    What it was granted is in hand, under contract, waiting, stopped, spent, or lies idle.

    Attributes:
        in_hand: contracted and not put to work yet, or ready to be contracted.
        in_procurement: waits until procurement is over.
        slipped: waits for the next year.
        stopped: went back when a year's order was stopped.
        granted: all that it was ever given.
    """

    in_hand: float
    in_procurement: float
    slipped: float
    stopped: float
    granted: float


@dataclass(frozen=True, eq=False)
class Standing:
    """A day's state besides `stocks`: the teams as `drawn_purchases` lists them, then by agency.

    Attributes:
        teams: what each has.
        mail: whether the agency has official mail.
        asked: whether the agency's own certificate is on its way.
        holders: of the agency and its leaders, those who never had a certificate and have asked for none.
        prepared: procedures of the family first in line to go online whose forms are bought.
        reach: share of the traffic's agencies that exchange electronically, which people elsewhere see.
    """

    teams: tuple[TeamStanding, ...]
    mail: NDArray[np.bool_]
    asked: NDArray[np.bool_]
    holders: NDArray[np.int64]
    prepared: int
    reach: float


def accounted_rows(targets: Iterable[Target], months: Sequence[date]) -> frozenset[int]:
    """The states, counted from the start as 0 and then by month ends, of due dates, of year ends and of the last day.

    Args:
        targets: of the scenario.
        months: first days of the counted months.
    """
    return frozenset((*year_end_rows(months).values(), *(len(month_ends(months[0], one.due)) for one in targets)))


def year_end_rows(months: Sequence[date]) -> dict[int, int]:
    """By calendar year, the state at its end, or at the end of the simulation.

    Args:
        months: first days of the counted months.
    """
    return {first.year: row for row, first in enumerate(months, start=1)}


def standing(teams: Sequence[ProjectTeam], world: World, prepared: int) -> Standing:
    """How things stand now; teams must not yet have given back what they hold."""
    places = int(world.rules["places"][0])
    certificates = np.asarray(world.certificates).reshape(-1, places)
    holders = world.agencies["leaders_count"][:, None] >= np.arange(places)
    return Standing(
        teams=tuple(_of_team(team) for team in teams),
        mail=np.array(world.agencies["mail"] == 1),
        asked=np.array(is_asked_for(certificates)[:, 0]),
        holders=(needs_one(certificates) & holders).sum(axis=1),
        prepared=prepared,
        reach=float(reachable_share(world)),
    )


def _of_team(team: ProjectTeam) -> TeamStanding:
    def amount(purses: Sequence[Purse]) -> float:
        return fsum(purse.amount_million_vnd for purse in purses)

    return TeamStanding(
        in_hand=team.purse.amount_million_vnd + team.under_contract_million_vnd,
        in_procurement=amount(team.waiting) - amount(team.slipped),
        slipped=amount(team.slipped),
        stopped=team.stopped_million_vnd,
        granted=team.granted_million_vnd,
    )
