"""What the province buys as a whole: the data centre, mail, services put online, publicity, rankings, drills."""

from __future__ import annotations

from sim.exchange.codes import DEPARTMENT, DISTRICT, OFFICE
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.policy.purchasable import A_MONTH_EACH, HELD, MADE, RAISED, SET_UP, Purchasable, Site, always, never

MESSAGE_SERVICE = 0
"""Station of the message service at the data centre."""
RANKED_TIERS = (OFFICE, DEPARTMENT, DISTRICT)
"""Whom a ranking of readiness assesses."""
_RAISED_SERVICES = (
    "service_level3_share",
    "service_level4_share",
    "service_level3_catalogue_share",
    "service_level4_catalogue_share",
    "service_level3_count",
)


def _datacentre_stands_alone(_: World, holdings: Holdings, __: int) -> bool:
    return not holdings.datacentre_redundant


def _double_datacentre(site: Site) -> None:
    site.holdings.datacentre_redundant = True


def _has_services_to_raise(_: World, holdings: Holdings, __: int) -> bool:
    return holdings.onestop.has_waiting()


def _raise_service(site: Site) -> None:
    site.holdings.onestop.raise_next()


def _tell_the_public(site: Site) -> None:
    site.holdings.onestop.publicity_ms.append(site.now_ms)


def _one_server(_: World, holdings: Holdings, __: int) -> bool:
    return not holdings.datacentre_server


def _add_server(site: Site) -> None:
    """The message service works on twice as many messages at once, the web e-office on twice as many pages."""
    site.holdings.datacentre_server = True
    site.traffic.world.rules["page_server_places"] *= 2.0
    stations = site.traffic.world.stations
    site.traffic.change_capacity(MESSAGE_SERVICE, 2 * int(stations["capacity"][MESSAGE_SERVICE]))


def _not_backed_up(_: World, holdings: Holdings, __: int) -> bool:
    return not holdings.datacentre_backup


def _back_up(site: Site) -> None:
    site.holdings.datacentre_backup = True


def _small_mailboxes(_: World, holdings: Holdings, __: int) -> bool:
    return not holdings.mail_upgraded


def _enlarge_mailboxes(site: Site) -> None:
    """From now on an agency's official mailbox holds what an upgraded system gives it, if that is more."""
    site.holdings.mail_upgraded = True
    rules = site.traffic.world.rules
    rules["mailbox_limit"][0] = max(int(rules["mailbox_limit"][0]), int(site.p["documents.mailbox_upgraded"]))


def _rank(site: Site) -> None:
    """Whoever is assessed on the spot, district level and up, feels inspected for a year, whoever is inspected then."""
    site.holdings.rankings_ms.append(site.now_ms)
    for a in site.traffic.world.agencies:
        if a["tier"] in RANKED_TIERS:
            a["inspected"] = 1


def _drill(site: Site) -> None:
    """Whoever cleans an incident within a year of it knows whom to call and what to do first."""
    site.holdings.drills_ms.append(site.now_ms)


PROVINCE_SYSTEMS: tuple[Purchasable, ...] = (
    Purchasable("datacentre_redundancy", _datacentre_stands_alone, _double_datacentre, SET_UP, once=True),
    Purchasable("datacentre_server", _one_server, _add_server, SET_UP, once=True),
    Purchasable("datacentre_backup", _not_backed_up, _back_up, SET_UP, once=True),
    Purchasable("mail_upgrade", _small_mailboxes, _enlarge_mailboxes, MADE, once=True),
    Purchasable("online_procedure", _has_services_to_raise, _raise_service, RAISED, moves=_RAISED_SERVICES),
    Purchasable("publicity_round", always, _tell_the_public, A_MONTH_EACH),
    Purchasable("readiness_ranking", never, _rank, HELD),
    Purchasable("incident_drill", never, _drill, HELD),
)
"""Bought for the whole province, by no agency more than by another."""
