"""What money can buy: one entry for each kind, with who needs it, what it changes, and how it comes.

The names alone also stand in `sim.scenario.kinds`, where tables and options are checked before any model runs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from sim.engine.clock import DAY_MS
from sim.exchange.agencies import line_rates
from sim.exchange.certificates import needs_one
from sim.exchange.codes import (
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    NOT_INSTALLED,
    OFFICE,
    ROUTE_ADSL,
    ROUTE_DEDICATED,
    ROUTE_FTTH,
    ROUTE_NONE,
    UNUSED,
)
from sim.exchange.port import Traffic
from sim.exchange.state import World
from sim.policy.holdings import Holdings
from sim.results.words import Words
from sim.scenario.kinds import KIND_TITLES, PAID_WHOLE, UnitKind
from sim.scenario.tables import UNIT_KINDS

MONTH_MS = 30 * DAY_MS
MESSAGE_SERVICE = 0
"""Station of the message service at the data centre."""
LEAST_A_MONTH = 1e-3
RANKED_TIERS = (OFFICE, DEPARTMENT, DISTRICT)
"""Whom a ranking of readiness assesses."""


class CertificateSource(Protocol):
    """Who asks the certificate authority for certificates."""

    def buy(self, agency: int) -> bool:
        """Ask for a certificate for the agency's next holder without one; False if there is none."""
        ...


class Site(NamedTuple):
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


@dataclass(frozen=True)
class Pace:
    """How fast units are put to work, once they are contracted."""

    per_month: str = ""
    """Parameter: units that one team, or one line where no team goes out, puts to work a month."""
    takes: str = ""
    """Parameter: time from contract to use of each."""
    lasts_ms: int = 0
    """Time that each takes, where no parameter says it."""
    at_a_time: int = 1
    """Units that are put to work together."""
    by_team: bool = False
    """One of the province's project teams goes there, and does nothing else meanwhile."""

    def interval_ms(self, p: Mapping[str, float]) -> int:
        """Time that it takes to put to work what is done together."""
        if self.per_month:
            return int(self.at_a_time * MONTH_MS / max(p[self.per_month], LEAST_A_MONTH))
        return int(p[self.takes]) if self.takes else self.lasts_ms


AT_ONCE = Pace()
"""All that the money buys: things ordered."""
ON_SITE = Pace("budget.sites_per_month", by_team=True)
"""Somebody has to go there and set it up."""
TAUGHT = Pace("budget.accounts_per_month", by_team=True)
"""Nothing is set up at the agency, but its people get accounts and are taught."""
SEATED = Pace("budget.seats_per_month", at_a_time=20)
"""In classes (Bình Dương 2011-2012: 2,266 people in 112 classes)."""
RAISED = Pace("budget.procedures_per_month")
A_MONTH_EACH = Pace(lasts_ms=MONTH_MS)
"""One after another, each a month's work (assumed: the plan pays it year by year)."""
BUILT = Pace(takes="budget.building")
MADE = Pace(takes="budget.platform")
SET_UP = Pace(takes="budget.equipment")
HELD = Pace(takes="budget.course")


@dataclass(frozen=True)
class Purchasable:
    """One kind of thing that money can buy."""

    kind: UnitKind
    needs: Callable[[World, Holdings, int], bool]
    """Would this agency, or the province by it, be any different with one more unit?"""
    install: Callable[[Site], None]
    """Put one unit to work."""
    pace: Pace = AT_ONCE
    once: bool = False
    """The province buys one and no more, so that its team may save up for it."""
    per_agency: bool = False
    """An agency has it or lacks it, so that one that never got it can be named."""
    after: tuple[UnitKind, ...] = ()
    """Kinds that must be there first, so that more agencies may need it while these are still being bought."""
    moves: tuple[str, ...] = ()
    """Measures that count what was bought."""
    no_effect: Words | None = None
    """Why it changes nothing that is simulated; None for what changes something."""

    @property
    def title(self) -> Words:
        """What it is called."""
        return KIND_TITLES[self.kind]

    @property
    def has_units(self) -> bool:
        """Bought by units at a unit cost; if not, an order is one payment, whatever its amount."""
        return self.kind not in PAID_WHOLE


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
    site.row["own_server"] = 1
    _open_eoffice(site)


def _open_eoffice(site: Site) -> None:
    site.row["level"] = max(site.row["level"], UNUSED)
    site.row["linked"] = 1


def _install_alone(site: Site) -> None:
    """A product with which no other agency's exchanges documents, before somebody links it."""
    site.row["own_server"] = 1
    site.row["level"] = max(site.row["level"], UNUSED)


def _stands_alone(world: World, _: Holdings, agency: int) -> bool:
    a = world.agencies[agency]
    return bool(a["level"] > NOT_INSTALLED and a["linked"] == 0)


def _link_eoffice(site: Site) -> None:
    site.row["linked"] = 1


def _is_off_the_dedicated_network(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["route"] != ROUTE_DEDICATED)


def _connect_dedicated(site: Site) -> None:
    _change_line(site, ROUTE_DEDICATED, "dedicated")


def _has_a_line_of_the_internet_alone(world: World, holdings: Holdings, agency: int) -> bool:
    """Whoever is on the dedicated network needs no private way over the internet."""
    return bool(ROUTE_NONE < world.agencies[agency]["route"] < ROUTE_DEDICATED and agency not in holdings.private_lines)


def _join_privately(site: Site) -> None:
    """The line stays what it is, with its rate and its faults; what goes over it is of the province's own network."""
    site.holdings.private_lines.add(site.agency)


def _has_a_slow_line(world: World, _: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["route"] <= ROUTE_ADSL)


def _lay_fibre(site: Site) -> None:
    _change_line(site, ROUTE_FTTH, "ftth")


def _hangs_on_one_line(world: World, holdings: Holdings, agency: int) -> bool:
    return bool(world.agencies[agency]["route"] != ROUTE_NONE and agency not in holdings.second_lines)


def _lay_second_line(site: Site) -> None:
    """A line of another provider takes over while the first is down; it makes nothing faster."""
    site.holdings.second_lines.add(site.agency)


def _change_line(site: Site, code: int, route: str) -> None:
    site.row["route"] = code
    down, up = line_rates(route, site.p)
    site.traffic.change_rate(int(site.row["uplink"]), up)
    site.traffic.change_rate(int(site.row["downlink"]), down)


def _has_staff_new_to_eoffice(world: World, _: Holdings, agency: int) -> bool:
    """Nobody learns a system that his or her agency has not got."""
    a = world.agencies[agency]
    return bool(a["level"] > NOT_INSTALLED and a["eoffice_trained"] < a["staff"])


def _train_in_eoffice(site: Site) -> None:
    a = site.row
    a["eoffice_trained"] = min(a["eoffice_trained"] + 1, a["staff"])


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


def _train_desk(site: Site) -> None:
    """The first course makes the repair desk what it can be; those of later years keep it so."""
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


def _is_off_the_online_system(_: World, holdings: Holdings, agency: int) -> bool:
    return agency not in holdings.onestop.online_since_ms


def _join_the_online_system(site: Site) -> None:
    site.holdings.onestop.join(site.agency, site.now_ms)


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


def _never(_: World, __: Holdings, ___: int) -> bool:
    return False


def _change_nothing(_: Site) -> None:
    """What the model does not follow."""


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


def _inert(kind: UnitKind, pace: Pace, vi: str, en: str) -> Purchasable:
    """Paid for, delivered, and of no consequence for what is simulated."""
    return Purchasable(kind, needs=_never, install=_change_nothing, pace=pace, no_effect=Words(vi, en))


_EOFFICE = ("eoffice_installed_share", "eoffice_linked_share")
_ONESTOP_COVERAGE = ("onestop_agency_share", "onestop_linked_share", "online_service_agency_share")
_RAISED_SERVICES = (
    "service_level3_share",
    "service_level4_share",
    "service_level3_catalogue_share",
    "service_level4_catalogue_share",
    "service_level3_count",
)

PURCHASABLE: dict[str, Purchasable] = {
    entry.kind: entry
    for entry in (
        Purchasable(
            "eoffice_installation", _has_no_eoffice, _install_eoffice, ON_SITE, per_agency=True, moves=_EOFFICE
        ),
        Purchasable("eoffice_web_service", _has_no_eoffice, _open_eoffice, TAUGHT, per_agency=True, moves=_EOFFICE),
        Purchasable("eoffice_alone", _has_no_eoffice, _install_alone, ON_SITE, per_agency=True, moves=_EOFFICE[:1]),
        Purchasable(
            "eoffice_link",
            _stands_alone,
            _link_eoffice,
            ON_SITE,
            per_agency=True,
            after=("eoffice_alone",),
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
            moves=("private_network_share",),
        ),
        Purchasable("internet_upgrade", _has_a_slow_line, _lay_fibre, ON_SITE, per_agency=True),
        Purchasable("second_line", _hangs_on_one_line, _lay_second_line, ON_SITE, per_agency=True),
        Purchasable("token", _has_a_holder_without_certificate, _ask_for_certificate),
        Purchasable("training_seat", _has_staff_new_to_eoffice, _train_in_eoffice, SEATED),
        Purchasable("general_seat", _has_untrained_staff, _train_one, SEATED, moves=("trained_share",)),
        Purchasable("leader_seat", _has_untrained_leaders, _train_leader, SEATED),
        Purchasable("it_course", _always, _train_desk, HELD),
        Purchasable(
            "security_kit", _is_unprotected, _protect, ON_SITE, per_agency=True, moves=("security_agency_share",)
        ),
        Purchasable("datacentre_redundancy", _datacentre_stands_alone, _double_datacentre, SET_UP, once=True),
        Purchasable("datacentre_server", _one_server, _add_server, SET_UP, once=True),
        Purchasable("datacentre_backup", _not_backed_up, _back_up, SET_UP, once=True),
        Purchasable("mail_upgrade", _small_mailboxes, _enlarge_mailboxes, MADE, once=True),
        Purchasable(
            "onestop_software",
            _counter_has_no_software,
            _open_counter,
            ON_SITE,
            per_agency=True,
            moves=_ONESTOP_COVERAGE,
        ),
        Purchasable(
            "onestop_commune_software",
            _can_join_its_district,
            _open_counter,
            TAUGHT,
            per_agency=True,
            after=("onestop_software",),
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
        Purchasable("online_procedure", _has_services_to_raise, _raise_service, RAISED, moves=_RAISED_SERVICES),
        Purchasable("publicity_round", _always, _tell_the_public, A_MONTH_EACH),
        Purchasable("readiness_ranking", _never, _rank, HELD),
        Purchasable("computer", _has_staff_without_computer, _give_computer),
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
            "key_database", _always, _build_key_database, MADE, moves=("key_database_count", "sector_database_share")
        ),
        Purchasable("agency_lan", _has_no_lan, _lay_lan, ON_SITE, per_agency=True, moves=("lan_agency_share",)),
        Purchasable(
            "video_room", _has_no_video_room, _open_video_room, ON_SITE, per_agency=True, moves=("video_agency_share",)
        ),
        _inert(
            "head_office",
            BUILT,
            "Trụ sở không xử lý, chuyển văn bản hay hồ sơ nào.",
            "A building handles no document and no dossier.",
        ),
        _inert(
            "portal",
            MADE,
            "Cổng và trang tin hiện có đã nhận được hồ sơ trực tuyến; chưa có số liệu nào cho biết nâng cấp thì "
            "người dân nộp thêm bao nhiêu.",
            "The portal that is there takes dossiers online; how many more would file on a better one is not known.",
        ),
        _inert(
            "integration_bus",
            MADE,
            "Phần mềm cùng một sản phẩm liên thông trực tiếp; mô phỏng không có sản phẩm khác nhau để trục nối lại.",
            "Systems of one product exchange directly; no different products are simulated for a bus to join.",
        ),
        _inert(
            "database",
            MADE,
            "Cơ sở dữ liệu và phần mềm nghiệp vụ không chuyển văn bản; chưa biết chúng bớt được bao nhiêu việc xử lý.",
            "Databases and line-of-business software carry no document; how much handling they save is not known.",
        ),
        _inert(
            "software_licence",
            AT_ONCE,
            "Hệ thống chạy như nhau dù có hay không có khoản này: mô phỏng không cho hệ thống xuống cấp khi thiếu kinh "
            "phí vận hành.",
            "Systems run alike with and without it: they do not decay here for want of running money.",
        ),
        _inert(
            "certificate_service",
            SET_UP,
            "Chứng thư do cơ quan trung ương cấp, việc cấp không đợi máy chủ hay hội thảo của tỉnh.",
            "Certificates are issued centrally and wait for no server or workshop of the province.",
        ),
        _inert(
            "local_network",
            SET_UP,
            "Mạng nội bộ và máy quét được coi là đã đủ ở mọi nơi có văn phòng điện tử.",
            "Local networks and scanners are taken as sufficient wherever there is e-office.",
        ),
        _inert(
            "network_upkeep",
            AT_ONCE,
            "Đường truyền hỏng và được sửa như nhau dù có hay không có khoản này.",
            "Lines fail and are repaired alike with and without it.",
        ),
        _inert(
            "incident_drill",
            HELD,
            "Chưa có số liệu nào cho biết diễn tập rút ngắn việc xử lý sự cố bao nhiêu.",
            "Nothing tells by how much a drill shortens the handling of an incident.",
        ),
        _inert(
            "management_course",
            HELD,
            "Lớp về quản lý dự án, chính sách, kiến trúc không dạy dùng văn phòng điện tử.",
            "Courses in projects, policy and architecture do not teach the use of e-office.",
        ),
        _inert(
            "technical_document",
            HELD,
            "Tài liệu, quy chế không tự thay đổi việc làm; lệnh phải sử dụng là một quy định riêng trong kịch bản.",
            "Documents and rules change no work by themselves; an order to use e-office is an entry of its own.",
        ),
        _inert(
            "other",
            AT_ONCE,
            "Kế hoạch không nói rõ khoản này mua gì, hoặc mua cho nơi không được mô phỏng.",
            "The plan does not say what this money buys, or it is for bodies that are not simulated.",
        ),
    )
}
"""All that can be bought, by kind."""

if set(PURCHASABLE) != set(UNIT_KINDS):
    raise ImportError(f"kinds without an entry, or not in UnitKind: {sorted(set(PURCHASABLE) ^ set(UNIT_KINDS))}")
