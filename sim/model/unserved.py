"""Who is left, at the end, without what the plan buys for others, and what kept it from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from agents.project_team import WHOLE_PROVINCE, ProjectTeam
from sim.exchange.codes import OUTSIDE, TIERS
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.policy.purchase_catalogue import purchasable
from sim.scenario.tables import ONE_AGENCY

NO_MONEY, TOO_SLOW, NOT_IN_TIERS = ("no_money", "too_slow", "not_in_tiers")
"""Its money did not come or is used up; money is there, but not the time; no line buys it for this tier."""

Unserved = Mapping[str, Mapping[str, Sequence[int]]]
"""Agencies by kind of thing and reason."""


def unserved(teams: Sequence[ProjectTeam], world: World, holdings: Holdings, ids: Sequence[str]) -> Unserved:
    """Agencies that still need what a line buys, before what is left of the money goes back."""
    same_thing: defaultdict[object, list[ProjectTeam]] = defaultdict(list)
    for team in teams:
        thing = purchasable(team.purchase.kind)
        if thing.per_agency:
            same_thing[thing.install].append(team)
    found: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for buyers in same_thing.values():
        for agency, tier in enumerate(world.agencies["tier"]):
            if tier == OUTSIDE:
                continue
            named = {TIERS[tier], f"{ONE_AGENCY}{ids[agency]}"}
            serving = [team for team in buyers if named & set(team.purchase.tiers or WHOLE_PROVINCE)]
            if any(purchasable(team.purchase.kind).needs(world, holdings, agency) for team in serving or buyers):
                found[buyers[0].purchase.kind][_reason(serving)].append(agency)
    return {kind: dict(reasons) for kind, reasons in found.items()}


def _reason(serving: Sequence[ProjectTeam]) -> str:
    if not serving:
        return NOT_IN_TIERS
    return TOO_SLOW if any(team.busy or team.waiting for team in serving) else NO_MONEY
