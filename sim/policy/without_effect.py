"""What is paid for and delivered and changes nothing that is simulated, each with the reason."""

from __future__ import annotations

from sim.policy.purchasable import AT_ONCE, BUILT, HELD, MADE, SET_UP, Pace, Purchasable, Site, never
from sim.results.words import Words
from sim.scenario.kinds import UnitKind


def _change_nothing(_: Site) -> None:
    """What the model does not follow."""


def _inert(kind: UnitKind, pace: Pace, vi: str, en: str) -> Purchasable:
    """Paid for, delivered, and of no consequence for what is simulated."""
    return Purchasable(kind, needs=never, install=_change_nothing, pace=pace, no_effect=Words(vi, en))


WITHOUT_EFFECT: tuple[Purchasable, ...] = (
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
"""Paid whole; a report that says where the money went names the reason."""
