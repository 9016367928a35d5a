"""What moves online filing from month to month: internet at home, national portals, publicity, fees, campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from sim.exchange.internet import on_a_logit_line, years_of
from sim.exchange.state import World
from sim.policy.onestop import Onestop
from sim.scenario.dossier_schema import Dossiers
from sim.scenario.procedures import COUNTED_AS, Procedure

_PORTALS = {"business_registration": "business", "investment_certificate": "investment"}


def portal_shares(p: Mapping[str, float], today: date) -> dict[str, float]:
    """Share of applications filed on each national portal: given from outside, not simulated."""
    return {
        counted: on_a_logit_line(
            ((2016.0, p[f"dossiers.national.{name}_2016"]), (2021.0, p[f"dossiers.national.{name}_2020"])),
            years_of(today),
        )
        for counted, name in _PORTALS.items()
    }


def share_with_fee(sources: Sequence[Procedure], online: Sequence[bool]) -> float:
    """Of what can be filed on the province's own system now, the share by weight that costs a fee at all.

    Weights are relative within a tier of intake, so each tier that offers anything counts alike.

    Args:
        sources: the procedures.
        online: of each, whether its service takes applications online now.
    """
    offered = [
        row
        for row, is_online in zip(sources, online, strict=True)
        if is_online and row.portal == "province" and row.work != "copies"
    ]
    shares = []
    for tier in sorted({row.intake_tier for row in offered}):
        mine = [row for row in offered if row.intake_tier == tier]
        whole = sum(row.volume_weight for row in mine)
        shares.append(sum(row.volume_weight for row in mine if row.fee_vnd > 0) / whole if whole else 0.0)
    return sum(shares) / len(shares) if shares else 0.0


def push(p: Mapping[str, float], *, publicity: bool, fee_cut: float) -> float:
    """Hazard a year of becoming willing to file online without having seen others do it.

    Args:
        p: parameters of the replication.
        publicity: a round of publicity is remembered.
        fee_cut: share of what can be filed online that has become cheaper; 0 before the cut holds.
    """
    cut = p["dossiers.citizens.fee_cut"] * fee_cut
    hazard = p["dossiers.citizens.external"] + cut * p["dossiers.citizens.fee_cut_effect"]
    return hazard + (p["dossiers.citizens.publicity"] if publicity else 0.0)


def turn_of_month(
    world: World,
    sources: tuple[Procedure, ...],
    onestop: Onestop,
    dossiers: Dossiers,
    p: Mapping[str, float],
    today: date,
) -> None:
    """Software, services, national portals, campaigns and rankings, as of the first of this month.

    What a purchase has put into use during a month serves citizens from the first of the next.
    """
    world.agencies["onestop"][list(onestop.software_since_ms)] = 1
    world.agencies["online"][list(onestop.online_since_ms)] = 1
    shares = portal_shares(p, today)
    for i, row in enumerate(sources):
        if row.portal == "national" and row.counted_as in COUNTED_AS:
            world.procedures[i]["online_odds"] = shares[row.counted_as]
        world.procedures[i]["level"] = onestop.levels.get(row.procedure_id, row.service_level)
    campaign = dossiers.citizens.campaign_from
    running = campaign is not None and today >= campaign
    world.rules["assisted_share"] = p[f"dossiers.citizens.assisted_{'campaign_' if running else ''}share"]
    ranking = dossiers.records.ranked_from
    ranked = ranking is not None and today >= ranking
    world.rules["hidden_software_share"] = p[f"dossiers.records.hidden_share_{'monitored' if ranked else 'software'}"]
