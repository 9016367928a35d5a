"""What money can buy: one entry for each kind, with who needs it, what it changes, and how it comes.

The names alone also stand in `sim.scenario.kinds`, where tables and options are checked before any model runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from sim.engine.clock import DAY_MS
from sim.exchange.agencies import line_rates
from sim.exchange.certificates import needs_one
from sim.exchange.codes import COMMUNE, NOT_INSTALLED, ROUTE_ADSL, ROUTE_DEDICATED, ROUTE_FTTH, UNUSED
from sim.exchange.port import Traffic
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.results.words import Words
from sim.scenario.kinds import UnitKind
from sim.scenario.tables import UNIT_KINDS

MONTH_MS = 30 * DAY_MS
LEAST_SITES_PER_MONTH = 1e-3


class CertificateSource(Protocol):
    """Who asks the certificate authority for certificates."""

    def buy(self, agency: int) -> bool:
        """Ask for a certificate for the agency's next holder without one; False if there is none."""
        ...


@dataclass(frozen=True)
class Site:
    """Where a unit is put to work: an agency by number, and all that a unit may change there or in the province."""

    agency: int
    traffic: Traffic
    holdings: Holdings
    desk: CertificateSource
    p: Mapping[str, float]
    now_ms: int

    @property
    def row(self) -> Any:
        """The agency's row of the world."""
        return self.traffic.world.agencies[self.agency]


class Pace(Enum):
    """How fast a team puts units to work, once they are paid for."""

    AT_ONCE = "all that the money buys: accounts of a shared service, seats, things ordered"
    SITE_BY_SITE = "`budget.sites_per_month`, since somebody has to go there"
    MONTH_EACH = "a month's work each, one after another (assumed: the plan pays it year by year)"

    def interval_ms(self, p: Mapping[str, float]) -> int:
        """Time from one unit to the next."""
        if self is Pace.SITE_BY_SITE:
            return int(MONTH_MS / max(p["budget.sites_per_month"], LEAST_SITES_PER_MONTH))
        return MONTH_MS if self is Pace.MONTH_EACH else 0


@dataclass(frozen=True)
class Purchasable:
    """One kind of thing that money can buy."""

    kind: UnitKind
    title: Words
    needs: Callable[[World, Holdings, int], bool]
    """Would this agency, or the province by it, be any different with one more unit?"""
    install: Callable[[Site], None]
    """Put one unit to work."""
    pace: Pace = Pace.AT_ONCE
    once: bool = False
    """The province buys one and no more, so that its team may save up for it."""
    has_units: bool = True
    """Bought by units at a unit cost; if not, an order is one payment, whatever its amount."""
    moves: tuple[str, ...] = ()
    """Measures that count what was bought."""


def purchasable(kind: str) -> Purchasable:
    """The entry of a kind.

    Raises:
        ValueError: nothing of that kind can be bought.
    """
    entry = PURCHASABLE.get(kind)
    if entry is None:
        raise ValueError(f"unknown kind of purchase {kind!r}: one of {', '.join(PURCHASABLE)}")
    return entry


def _has_no_eoffice(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["level"] == NOT_INSTALLED)


def _install_eoffice(site: Site) -> None:
    site.row["level"] = max(site.row["level"], UNUSED)
    site.row["linked"] = 1


def _stands_alone(world: World, _: Holdings, agency: int) -> bool:
    a = world.agencies[agency]
    return bool(a["level"] > NOT_INSTALLED and a["linked"] == 0)


def _link_eoffice(site: Site) -> None:
    site.row["linked"] = 1


def _is_off_the_dedicated_network(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["route"] != ROUTE_DEDICATED)


def _connect_dedicated(site: Site) -> None:
    _change_line(site, ROUTE_DEDICATED, "dedicated")


def _has_a_slow_line(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["route"] <= ROUTE_ADSL)


def _lay_fibre(site: Site) -> None:
    _change_line(site, ROUTE_FTTH, "ftth")


def _change_line(site: Site, code: int, route: str) -> None:
    site.row["route"] = code
    down, up = line_rates(route, site.p)
    site.traffic.change_rate(int(site.row["uplink"]), up)
    site.traffic.change_rate(int(site.row["downlink"]), down)


def _has_untrained_staff(world: World, _: Holdings, agency: int) -> bool:
    a = world.agencies[agency]
    return bool(a["trained"] < a["staff"])


def _train_one(site: Site) -> None:
    site.row["trained"] = min(site.row["trained"] + 1, site.row["staff"])


def _has_untrained_leaders(world: World, _: Holdings, agency: int) -> bool:
    a = world.agencies[agency]
    return bool(a["leaders_trained"] < a["leaders_count"])


def _train_leader(site: Site) -> None:
    site.row["leaders_trained"] += 1
    site.row["supports"] |= site.row["support_draw"] < site.p["adoption.leader_support_trained_share"]


def _is_unprotected(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["security"] == 0)


def _protect(site: Site) -> None:
    site.row["security"] = 1


def _has_a_holder_without_certificate(world: World, _: Holdings, agency: int) -> bool:
    places = int(world.rules["places"][0])
    holders = int(world.agencies[agency]["leaders_count"]) + 1
    return bool(needs_one(world.certificates[agency * places : agency * places + holders]).any())


def _ask_for_certificate(site: Site) -> None:
    site.desk.buy(site.agency)


def _desk_is_untrained(_: World, holdings: Holdings, __: int) -> bool:
    return not holdings.desk_trained


def _train_desk(site: Site) -> None:
    site.holdings.desk_trained = True


def _datacentre_stands_alone(_: World, holdings: Holdings, __: int) -> bool:
    return not holdings.datacentre_redundant


def _double_datacentre(site: Site) -> None:
    site.holdings.datacentre_redundant = True


def _counter_has_no_software(_: World, holdings: Holdings, agency: int) -> bool:
    return agency not in holdings.onestop.software_since_ms


def _can_join_its_district(world: World, holdings: Holdings, agency: int) -> bool:
    """A commune's counter joins the software of its district, so it can do so once that has it.

    Where there are no districts it waits for nobody.
    """
    software = holdings.onestop.software_since_ms
    a = world.agencies[agency]
    waits_for_nobody = bool(a["tier"] == COMMUNE and a["district"] < 0)
    return agency not in software and (waits_for_nobody or int(a["district"]) in software)


def _open_counter(site: Site) -> None:
    site.holdings.onestop.open(site.agency, site.now_ms)


def _has_services_to_raise(_: World, holdings: Holdings, __: int) -> bool:
    return holdings.onestop.has_waiting()


def _raise_service(site: Site) -> None:
    site.holdings.onestop.raise_next()


def _always(_: World, __: Holdings, ___: int) -> bool:
    return True


def _tell_the_public(site: Site) -> None:
    site.holdings.onestop.publicity_ms.append(site.now_ms)


def _has_staff_without_computer(world: World, holdings: Holdings, agency: int) -> bool:
    return bool(holdings.computers[agency] < world.agencies[agency]["staff"])


def _give_computer(site: Site) -> None:
    site.holdings.computers[site.agency] += 1


def _never(_: World, __: Holdings, ___: int) -> bool:
    return False


def _change_nothing(_: Site) -> None:
    """What the model does not follow."""


_ONESTOP_COVERAGE = ("onestop_agency_share", "onestop_linked_share", "online_service_agency_share")

PURCHASABLE: dict[str, Purchasable] = {
    entry.kind: entry
    for entry in (
        Purchasable(
            "eoffice_installation",
            Words("cài đặt văn phòng điện tử tại chỗ", "e-office installed on site"),
            needs=_has_no_eoffice,
            install=_install_eoffice,
            pace=Pace.SITE_BY_SITE,
        ),
        Purchasable(
            "eoffice_web_service",
            Words("văn phòng điện tử dùng chung qua web", "e-office as a shared web service"),
            needs=_has_no_eoffice,
            install=_install_eoffice,
        ),
        Purchasable(
            "eoffice_link",
            Words("liên thông văn phòng điện tử", "e-office interconnection"),
            needs=_stands_alone,
            install=_link_eoffice,
            pace=Pace.SITE_BY_SITE,
        ),
        Purchasable(
            "dedicated_link",
            Words("kết nối mạng chuyên dùng", "links to the dedicated network"),
            needs=_is_off_the_dedicated_network,
            install=_connect_dedicated,
            pace=Pace.SITE_BY_SITE,
        ),
        Purchasable(
            "internet_upgrade",
            Words("nâng cấp đường internet", "internet upgrades"),
            needs=_has_a_slow_line,
            install=_lay_fibre,
            pace=Pace.SITE_BY_SITE,
        ),
        Purchasable(
            "token",
            Words("chứng thư số", "signature tokens"),
            needs=_has_a_holder_without_certificate,
            install=_ask_for_certificate,
        ),
        Purchasable(
            "training_seat", Words("lượt tập huấn", "training seats"), needs=_has_untrained_staff, install=_train_one
        ),
        Purchasable(
            "leader_seat",
            Words("lượt tập huấn cho lãnh đạo", "leaders' training seats"),
            needs=_has_untrained_leaders,
            install=_train_leader,
        ),
        Purchasable(
            "it_course",
            Words("khóa học cho cán bộ công nghệ thông tin", "courses for IT staff"),
            needs=_desk_is_untrained,
            install=_train_desk,
            once=True,
        ),
        Purchasable(
            "security_kit",
            Words("thiết bị an toàn thông tin", "security equipment"),
            needs=_is_unprotected,
            install=_protect,
            pace=Pace.SITE_BY_SITE,
        ),
        Purchasable(
            "datacentre_redundancy",
            Words("dự phòng cho trung tâm dữ liệu", "data-centre redundancy"),
            needs=_datacentre_stands_alone,
            install=_double_datacentre,
            once=True,
        ),
        Purchasable(
            "onestop_software",
            Words("phần mềm một cửa điện tử", "one-stop software"),
            needs=_counter_has_no_software,
            install=_open_counter,
            pace=Pace.SITE_BY_SITE,
            moves=_ONESTOP_COVERAGE,
        ),
        Purchasable(
            "onestop_commune_software",
            Words("phần mềm một cửa cho cấp xã", "one-stop software for communes"),
            needs=_can_join_its_district,
            install=_open_counter,
            pace=Pace.SITE_BY_SITE,
            moves=_ONESTOP_COVERAGE,
        ),
        Purchasable(
            "online_procedure",
            Words("thủ tục đưa lên trực tuyến", "services put online"),
            needs=_has_services_to_raise,
            install=_raise_service,
            moves=("service_level3_share", "service_level4_share"),
        ),
        Purchasable(
            "publicity_round",
            Words("đợt tuyên truyền", "rounds of publicity"),
            needs=_always,
            install=_tell_the_public,
            pace=Pace.MONTH_EACH,
        ),
        Purchasable(
            "computer", Words("máy tính", "work computers"), needs=_has_staff_without_computer, install=_give_computer
        ),
        Purchasable(
            "other", Words("nội dung khác", "other things"), needs=_never, install=_change_nothing, has_units=False
        ),
    )
}
"""All that can be bought, by kind."""

if set(PURCHASABLE) != set(UNIT_KINDS):
    raise ImportError(f"kinds without an entry, or not in UnitKind: {sorted(set(PURCHASABLE) ^ set(UNIT_KINDS))}")
