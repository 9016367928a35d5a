"""Words that stand in scenarios and tables for one of a few kinds: tiers, sources of money, lines, things bought."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

from sim.results.words import Words

Tier = Literal["office", "department", "district", "commune", "outside"]
Source = Literal["TW", "DT", "SN"]
RouteClass = Literal["none", "adsl", "ftth", "dedicated"]
UnitKind = Literal[
    "eoffice_installation",
    "eoffice_web_service",
    "eoffice_alone",
    "eoffice_link",
    "dedicated_link",
    "vpn_link",
    "internet_upgrade",
    "second_line",
    "token",
    "training_seat",
    "general_seat",
    "leader_seat",
    "cio",
    "it_course",
    "security_kit",
    "datacentre_redundancy",
    "datacentre_server",
    "datacentre_backup",
    "mail_upgrade",
    "onestop_software",
    "onestop_commune_software",
    "online_system",
    "online_procedure",
    "publicity_round",
    "readiness_ranking",
    "computer",
    "website",
    "sector_database",
    "key_database",
    "agency_lan",
    "video_room",
    "head_office",
    "portal",
    "integration_bus",
    "database",
    "software_licence",
    "certificate_service",
    "local_network",
    "network_upkeep",
    "incident_drill",
    "management_course",
    "technical_document",
    "other",
]
"""What money can buy; what each kind needs and changes is one entry of `sim.policy.purchase_catalogue`."""
KIND_TITLES: Mapping[UnitKind, Words] = {
    "eoffice_installation": Words("cài đặt văn phòng điện tử tại chỗ", "e-office installed on site"),
    "eoffice_web_service": Words("văn phòng điện tử dùng chung qua web", "e-office as a shared web service"),
    "eoffice_alone": Words("cài đặt văn phòng điện tử chưa liên thông", "e-office installed, not interconnected"),
    "eoffice_link": Words("liên thông văn phòng điện tử", "e-office interconnection"),
    "dedicated_link": Words("kết nối mạng chuyên dùng", "links to the dedicated network"),
    "vpn_link": Words("mạng riêng ảo (VPN) qua internet", "virtual private networks over the internet"),
    "internet_upgrade": Words("nâng cấp đường internet", "internet upgrades"),
    "second_line": Words("đường truyền thứ hai", "second lines"),
    "token": Words("chứng thư số", "signature tokens"),
    "training_seat": Words("lượt tập huấn văn phòng điện tử", "seats in e-office training"),
    "general_seat": Words("lượt tập huấn tin học", "seats in general IT training"),
    "leader_seat": Words("lượt tập huấn cho lãnh đạo", "leaders' training seats"),
    "cio": Words("lãnh đạo phụ trách công nghệ thông tin (CIO)", "leaders in charge of IT (CIO)"),
    "it_course": Words("khóa học cho cán bộ công nghệ thông tin", "courses for IT staff"),
    "security_kit": Words("thiết bị an toàn thông tin", "security equipment"),
    "datacentre_redundancy": Words("dự phòng cho trung tâm dữ liệu", "data-centre redundancy"),
    "datacentre_server": Words("máy chủ trung tâm dữ liệu", "data-centre servers"),
    "datacentre_backup": Words("lưu trữ, sao lưu dự phòng", "back-up storage"),
    "mail_upgrade": Words("nâng cấp hệ thống thư điện tử", "upgrade of the mail system"),
    "onestop_software": Words("phần mềm một cửa điện tử", "one-stop software"),
    "onestop_commune_software": Words("phần mềm một cửa cho cấp xã", "one-stop software for communes"),
    "online_system": Words("tài khoản hệ thống dịch vụ công trực tuyến", "accounts on the system of online services"),
    "online_procedure": Words("thủ tục đưa lên trực tuyến", "services put online"),
    "publicity_round": Words("đợt tuyên truyền", "rounds of publicity"),
    "readiness_ranking": Words("đánh giá, xếp hạng mức độ ứng dụng CNTT", "rankings of IT readiness"),
    "computer": Words("máy tính", "work computers"),
    "website": Words("trang thông tin điện tử của cơ quan", "websites of agencies"),
    "sector_database": Words("cơ sở dữ liệu chuyên ngành của cơ quan", "sector databases of agencies"),
    "key_database": Words("cơ sở dữ liệu trọng điểm của tỉnh", "key databases of the province"),
    "agency_lan": Words("mạng nội bộ (LAN)", "local networks of their own"),
    "video_room": Words("điểm cầu hội nghị truyền hình", "video-conference rooms"),
    "head_office": Words("trụ sở và thiết bị của trụ sở", "head office and its equipment"),
    "portal": Words("cổng thông tin, trang tin", "portal and websites"),
    "integration_bus": Words("trục tích hợp, liên thông", "integration bus"),
    "database": Words("cơ sở dữ liệu và phần mềm nghiệp vụ", "databases and line-of-business software"),
    "software_licence": Words("phần mềm bản quyền và vận hành", "software licences and running costs"),
    "certificate_service": Words(
        "máy chủ chứng thực, hội thảo, cài đặt", "certificate servers, workshop, installation"
    ),
    "local_network": Words("mạng nội bộ, máy chủ, máy quét tại cơ quan", "agencies' local networks and scanners"),
    "network_upkeep": Words("duy trì mạng", "network upkeep"),
    "incident_drill": Words("diễn tập an toàn thông tin", "network-security drills"),
    "management_course": Words("bồi dưỡng quản lý, chính sách, kiến trúc", "courses in management and policy"),
    "technical_document": Words("kiến trúc, quy chế, tài liệu kỹ thuật", "architecture, rules, technical documents"),
    "other": Words("nội dung khác", "other things"),
}
"""What each kind is called."""
AT_AGENCIES: tuple[UnitKind, ...] = (
    "eoffice_installation",
    "eoffice_web_service",
    "eoffice_alone",
    "eoffice_link",
    "dedicated_link",
    "vpn_link",
    "internet_upgrade",
    "second_line",
    "security_kit",
    "onestop_software",
    "onestop_commune_software",
    "online_system",
    "website",
    "sector_database",
    "agency_lan",
    "video_room",
    "cio",
)
"""What an agency has or lacks, so that a list of agencies with dates may say who gets it when."""
INSTALLED: UnitKind = "eoffice_installation"
WEB_SERVICE: UnitKind = "eoffice_web_service"
"""E-office comes one way or the other: a line that names both buys one of them."""
PAID_WHOLE: tuple[UnitKind, ...] = (
    "head_office",
    "portal",
    "integration_bus",
    "database",
    "software_licence",
    "certificate_service",
    "local_network",
    "network_upkeep",
    "incident_drill",
    "management_course",
    "technical_document",
    "readiness_ranking",
    "other",
)
"""Bought for an amount, not by units, so that they need no unit cost."""
MADE_TO_ORDER: tuple[UnitKind, ...] = ("website", "sector_database", "key_database")
"""Has no list price: a project that buys one for an agency by name pays for it in proportion to what it has for it."""
EOFFICE_FORMS = ("installation", "web_service")
"""The two ways in which communes may get e-office."""
EofficeForm = Literal["installation", "web_service", "open"]
Programme = Literal["fails", "comes", "open"]
ServingOrder = Literal["table", "population", "traffic", "small_first"]
SERVING_ORDERS: tuple[str, ...] = get_args(ServingOrder)
"""In which order a line serves agencies of one tier."""
