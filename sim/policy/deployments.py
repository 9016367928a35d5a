"""What a unit bought does to the agency that gets it."""

from collections.abc import Mapping, Sequence

from sim.exchange.agencies import line_rates
from sim.exchange.codes import NOT_INSTALLED, ROUTE_ADSL, ROUTE_DEDICATED, ROUTE_FTTH, TIERS, UNUSED
from sim.exchange.port import Traffic
from sim.exchange.state import World
from sim.policy.holdings import Holdings

SITE_KINDS = (
    "eoffice_installation",
    "eoffice_link",
    "dedicated_link",
    "internet_upgrade",
    "security_kit",
    "onestop_software",
    "onestop_commune_software",
)
"""Kinds of unit that a project team installs site by site; accounts of a shared service are opened in one go."""
EOFFICE_KINDS = ("eoffice_installation", "eoffice_web_service")


def in_order(world: World, tiers: Sequence[str]) -> list[int]:
    """Agencies in the order in which a line serves them: tier by tier as stated, then as listed."""
    wanted = [TIERS.index(tier) for tier in tiers]
    return [i for tier in wanted for i, t in enumerate(world.agencies["tier"]) if t == tier]


def needs(world: World, holdings: Holdings, kind: str, agency: int) -> bool:
    """Would this agency be any different with one more unit of this kind?"""
    a = world.agencies[agency]
    wants = {
        "eoffice_installation": a["level"] == NOT_INSTALLED,
        "eoffice_web_service": a["level"] == NOT_INSTALLED,
        "eoffice_link": a["level"] > NOT_INSTALLED and a["linked"] == 0,
        "dedicated_link": a["route"] != ROUTE_DEDICATED,
        "internet_upgrade": a["route"] <= ROUTE_ADSL,
        "training_seat": a["trained"] < a["staff"],
        "leader_seat": a["leaders_trained"] < a["leaders_count"],
        "security_kit": a["security"] == 0,
        "it_course": not holdings.desk_trained,
        "datacentre_redundancy": not holdings.datacentre_redundant,
        "onestop_software": agency not in holdings.onestop.software_since_ms,
        "onestop_commune_software": _district_has_software(world, holdings, agency),
        "online_procedure": holdings.onestop.has_waiting(),
        "publicity_round": True,
        "computer": kind == "computer" and holdings.computers[agency] < a["staff"],
        "token": kind == "token" and _lacks_certificate(world, agency),
    }
    return bool(wants[kind])


def _district_has_software(world: World, holdings: Holdings, agency: int) -> bool:
    """A commune's counter joins the software of its district, so it can do so once that has it."""
    software = holdings.onestop.software_since_ms
    return agency not in software and int(world.agencies[agency]["district"]) in software


def _lacks_certificate(world: World, agency: int) -> bool:
    places = int(world.rules["places"][0])
    holders = int(world.agencies[agency]["leaders_count"]) + 1
    mine = world.certificates[agency * places : agency * places + holders]
    return bool(((mine["valid_until_ms"] == 0) & (mine["requested_ms"] < 0)).any())


def install(
    traffic: Traffic, holdings: Holdings, p: Mapping[str, float], kind: str, agency: int, now_ms: int
) -> None:
    """Put one unit to work; certificates are the certificate authority's to issue."""
    world = traffic.world
    a = world.agencies[agency]
    if kind in EOFFICE_KINDS:
        a["level"] = max(a["level"], UNUSED)
        a["linked"] = 1
    elif kind == "eoffice_link":
        a["linked"] = 1
    elif kind == "dedicated_link":
        _change_line(traffic, agency, ROUTE_DEDICATED, "dedicated", p)
    elif kind == "internet_upgrade":
        _change_line(traffic, agency, ROUTE_FTTH, "ftth", p)
    elif kind == "training_seat":
        a["trained"] = min(a["trained"] + 1, a["staff"])
    elif kind == "leader_seat":
        a["leaders_trained"] += 1
        a["supports"] |= a["support_draw"] < p["adoption.leader_support_trained_share"]
    elif kind == "security_kit":
        a["security"] = 1
    else:
        _hold(holdings, kind, agency, now_ms)


def _hold(holdings: Holdings, kind: str, agency: int, now_ms: int) -> None:
    """Put one unit to work that changes nothing in an agency's own traffic."""
    if kind == "it_course":
        holdings.desk_trained = True
    elif kind == "datacentre_redundancy":
        holdings.datacentre_redundant = True
    elif kind == "computer":
        holdings.computers[agency] += 1
    else:
        _serve_citizens(holdings, kind, agency, now_ms)


def _serve_citizens(holdings: Holdings, kind: str, agency: int, now_ms: int) -> None:
    if kind in ("onestop_software", "onestop_commune_software"):
        holdings.onestop.open(agency, now_ms)
    elif kind == "online_procedure":
        holdings.onestop.raise_next()
    elif kind == "publicity_round":
        holdings.onestop.publicity_ms.append(now_ms)


def _change_line(traffic: Traffic, agency: int, code: int, route: str, p: Mapping[str, float]) -> None:
    a = traffic.world.agencies[agency]
    a["route"] = code
    down, up = line_rates(route, p)
    traffic.change_rate(int(a["uplink"]), up)
    traffic.change_rate(int(a["downlink"]), down)
