"""Systems that an agency has or lacks: who needs one, and what it changes there."""

from __future__ import annotations

from sim.exchange.agencies import line_rates
from sim.exchange.codes import (
    COMMUNE,
    DEPARTMENT,
    NOT_INSTALLED,
    ROUTE_ADSL,
    ROUTE_DEDICATED,
    ROUTE_FTTH,
    ROUTE_NONE,
    UNUSED,
)
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.policy.purchasable import MADE, ON_SITE, TAUGHT, First, Purchasable, Site, always

_EOFFICE = ("eoffice_installed_share", "eoffice_linked_share")
_ONESTOP_COVERAGE = ("onestop_agency_share", "onestop_linked_share", "online_service_agency_share")


def _has_no_eoffice(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["level"] == NOT_INSTALLED)


def _install_eoffice(site: Site) -> None:
    site.row["own_server"] = 1
    _open_eoffice(site)


def _open_eoffice(site: Site) -> None:
    site.row["level"] = max(site.row["level"], UNUSED)
    site.row["linked"] = 1


def _install_alone(site: Site) -> None:
    """A product with which no other agency's exchanges documents, before somebody links it."""
    site.row["own_server"] = 1
    site.row["level"] = max(site.row["level"], UNUSED)


def _is_not_linked(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["linked"] == 0)


def _stands_alone(world: World, holdings: Holdings, agency: int) -> bool:
    return not _has_no_eoffice(world, holdings, agency) and _is_not_linked(world, holdings, agency)


def _link_eoffice(site: Site) -> None:
    site.row["linked"] = 1


def _is_off_the_dedicated_network(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["route"] != ROUTE_DEDICATED)


def _connect_dedicated(site: Site) -> None:
    _change_line(site, ROUTE_DEDICATED, "dedicated")


def _is_off_the_private_network(world: World, holdings: Holdings, agency: int) -> bool:
    """Whoever is on the dedicated network needs no private way over the internet."""
    return bool(world.agencies[agency]["route"] < ROUTE_DEDICATED and agency not in holdings.private_lines)


def _has_a_line_of_the_internet_alone(world: World, holdings: Holdings, agency: int) -> bool:
    return _has_a_line(world, agency) and _is_off_the_private_network(world, holdings, agency)


def _has_a_line(world: World, agency: int) -> bool:
    return bool(world.agencies[agency]["route"] != ROUTE_NONE)


def _join_privately(site: Site) -> None:
    """The line stays what it is, with its rate and its faults; what goes over it is of the province's own network."""
    site.holdings.private_lines.add(site.agency)


def _has_a_slow_line(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["route"] <= ROUTE_ADSL)


def _lay_fibre(site: Site) -> None:
    _change_line(site, ROUTE_FTTH, "ftth")


def _has_no_second_line(_: World, holdings: Holdings, agency: int) -> bool:
    return agency not in holdings.second_lines


def _hangs_on_one_line(world: World, holdings: Holdings, agency: int) -> bool:
    return _has_a_line(world, agency) and _has_no_second_line(world, holdings, agency)


def _lay_second_line(site: Site) -> None:
    """A line of another provider takes over while the first is down; it makes nothing faster."""
    site.holdings.second_lines.add(site.agency)


def _change_line(site: Site, code: int, route: str) -> None:
    site.row["route"] = code
    down, up = line_rates(route, site.p)
    site.traffic.change_rate(int(site.row["uplink"]), up)
    site.traffic.change_rate(int(site.row["downlink"]), down)


def _is_unprotected(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["security"] == 0)


def _protect(site: Site) -> None:
    site.row["security"] = 1


def _counter_has_no_software(_: World, holdings: Holdings, agency: int) -> bool:
    return agency not in holdings.onestop.software_since_ms


def _district_of(world: World, agency: int) -> int:
    return int(world.agencies[agency]["district"])


def _can_join_its_district(world: World, holdings: Holdings, agency: int) -> bool:
    """A commune's counter joins the software of its district, so it can do so once that has it.

    Where there are no districts it waits for nobody.
    """
    district = _district_of(world, agency)
    waits_for_nobody = bool(world.agencies[agency]["tier"] == COMMUNE and district < 0)
    there = waits_for_nobody or district in holdings.onestop.software_since_ms
    return there and _counter_has_no_software(world, holdings, agency)


def _open_counter(site: Site) -> None:
    site.holdings.onestop.open(site.agency, site.now_ms)


def _is_off_the_online_system(_: World, holdings: Holdings, agency: int) -> bool:
    return agency not in holdings.onestop.online_since_ms


def _join_the_online_system(site: Site) -> None:
    site.holdings.onestop.join(site.agency, site.now_ms)


def _has_no_website(_: World, holdings: Holdings, agency: int) -> bool:
    return not holdings.websites[agency]


def _open_website(site: Site) -> None:
    site.holdings.websites[site.agency] = True


def _has_no_sector_database(_: World, holdings: Holdings, agency: int) -> bool:
    return not holdings.sector_databases[agency]


def _build_sector_database(site: Site) -> None:
    site.holdings.sector_databases[site.agency] = True


def _build_key_database(site: Site) -> None:
    """A key database is one of the sector of the department that keeps it, too; a line makes one for each keeper."""
    site.holdings.key_databases[site.agency] += 1
    if site.row["tier"] == DEPARTMENT:
        site.holdings.sector_databases[site.agency] = True


def _has_no_lan(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["lan"] == 0)


def _lay_lan(site: Site) -> None:
    site.row["lan"] = 1


def _has_no_video_room(_: World, holdings: Holdings, agency: int) -> bool:
    return not holdings.video_rooms[agency]


def _open_video_room(site: Site) -> None:
    site.holdings.video_rooms[site.agency] = True


AGENCY_SYSTEMS: tuple[Purchasable, ...] = (
    Purchasable("eoffice_installation", _has_no_eoffice, _install_eoffice, ON_SITE, per_agency=True, moves=_EOFFICE),
    Purchasable("eoffice_web_service", _has_no_eoffice, _open_eoffice, TAUGHT, per_agency=True, moves=_EOFFICE),
    Purchasable("eoffice_alone", _has_no_eoffice, _install_alone, ON_SITE, per_agency=True, moves=_EOFFICE[:1]),
    Purchasable(
        "eoffice_link",
        _stands_alone,
        _link_eoffice,
        ON_SITE,
        per_agency=True,
        first=First(("eoffice_alone",), _is_not_linked),
        moves=_EOFFICE[1:],
    ),
    Purchasable(
        "dedicated_link",
        _is_off_the_dedicated_network,
        _connect_dedicated,
        ON_SITE,
        per_agency=True,
        moves=("dedicated_network_share", "private_network_share"),
    ),
    Purchasable(
        "vpn_link",
        _has_a_line_of_the_internet_alone,
        _join_privately,
        ON_SITE,
        per_agency=True,
        first=First(("internet_upgrade",), _is_off_the_private_network),
        moves=("private_network_share",),
    ),
    Purchasable("internet_upgrade", _has_a_slow_line, _lay_fibre, ON_SITE, per_agency=True),
    Purchasable(
        "second_line",
        _hangs_on_one_line,
        _lay_second_line,
        ON_SITE,
        per_agency=True,
        first=First(("internet_upgrade", "dedicated_link"), _has_no_second_line),
    ),
    Purchasable("security_kit", _is_unprotected, _protect, ON_SITE, per_agency=True, moves=("security_agency_share",)),
    Purchasable(
        "onestop_software", _counter_has_no_software, _open_counter, ON_SITE, per_agency=True, moves=_ONESTOP_COVERAGE
    ),
    Purchasable(
        "onestop_commune_software",
        _can_join_its_district,
        _open_counter,
        TAUGHT,
        per_agency=True,
        first=First(("onestop_software",), _counter_has_no_software, _district_of),
        moves=_ONESTOP_COVERAGE,
    ),
    Purchasable(
        "online_system",
        _is_off_the_online_system,
        _join_the_online_system,
        TAUGHT,
        per_agency=True,
        moves=("online_service_agency_share",),
    ),
    Purchasable("website", _has_no_website, _open_website, MADE, per_agency=True, moves=("website_agency_share",)),
    Purchasable(
        "sector_database",
        _has_no_sector_database,
        _build_sector_database,
        MADE,
        per_agency=True,
        moves=("sector_database_share",),
    ),
    Purchasable(
        "key_database", always, _build_key_database, MADE, moves=("key_database_count", "sector_database_share")
    ),
    Purchasable("agency_lan", _has_no_lan, _lay_lan, ON_SITE, per_agency=True, moves=("lan_agency_share",)),
    Purchasable(
        "video_room", _has_no_video_room, _open_video_room, ON_SITE, per_agency=True, moves=("video_agency_share",)
    ),
)
"""E-office, lines, counters, websites, databases, local networks: bought for one agency after another."""
