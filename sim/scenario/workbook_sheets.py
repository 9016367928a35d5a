"""The sheets of a scenario's workbook: their names, columns, units, notes and drop-down words, all in Vietnamese.

A sheet is known by the row of column codes under its headings, so that a planner may rename or move it; a cell of a
drop-down may hold the Vietnamese word or the code that stands in text files.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sim.scenario.kinds import KIND_TITLES
from sim.scenario.measures import COUNTED, MEASURES, READINGS

EMPTY = '""'
"""A cell that says that there is nothing, where a blank one says that nothing is said."""


class Heading(NamedTuple):
    """One column: its code, its heading with the unit, what to write, its width in characters and its drop-down."""

    code: str
    title: str
    note: str = ""
    width: float = 14.0
    words: str = ""


@dataclass(frozen=True)
class SheetKind:
    """One sheet.

    Attributes:
        key: the table (`budget.lines`) or the list (`targets`) that stands on it; `plan` and `parameters` by key.
        name: what it is called.
        about: what stands on it and where a plan says it, in a sentence or two.
        headings: its columns.
        example: a row as it may look, by code.
        required: nothing runs without a row.
    """

    key: str
    name: str
    about: str
    headings: tuple[Heading, ...]
    example: Mapping[str, str]
    required: bool = False


WORDS: Mapping[str, Mapping[str, str]] = {
    "yes_no": {"1": "có", "0": "không"},
    "tier": {
        "office": "Văn phòng UBND tỉnh",
        "department": "sở, ban, ngành",
        "district": "cấp huyện",
        "commune": "cấp xã",
        "outside": "ngoài tỉnh",
    },
    "served": {
        "office": "Văn phòng UBND tỉnh",
        "department": "sở, ban, ngành",
        "district": "cấp huyện",
        "commune": "cấp xã",
        "outside": "ngoài tỉnh",
    },
    "intake_tier": {"province": "cấp tỉnh", "district": "cấp huyện", "commune": "cấp xã"},
    "money": {"TW": "TW", "DT": "ĐT", "SN": "SN"},
    "route": {"none": "chưa có", "adsl": "ADSL", "ftth": "cáp quang FTTH", "dedicated": "mạng chuyên dùng"},
    "basis": {"plan": "kế hoạch", "reported": "báo cáo", "derived": "suy ra", "assumed": "giả định"},
    "law": {"fixed": "cố định", "lognormal": "log-chuẩn", "beta": "beta", "triangular": "tam giác", "uniform": "đều"},
    "bought": {str(kind): words.vi for kind, words in KIND_TITLES.items()},
    "day": {"working": "làm việc", "closed": "nghỉ"},
    "work": {"copies": "chứng thực bản sao", "short": "ngắn", "ordinary": "thường", "long": "dài"},
    "portal": {"province": "cổng của tỉnh", "national": "cổng quốc gia"},
    "counted_as": {"business_registration": "đăng ký doanh nghiệp", "investment_certificate": "chứng nhận đầu tư"},
    "unit": {
        "delivery": "lượt gửi",
        "document": "văn bản",
        "dossier": "hồ sơ",
        "agency": "cơ quan",
        "person": "người",
        "database": "cơ sở dữ liệu",
        "project": "dự án",
        "service": "dịch vụ",
        "money": "kinh phí",
    },
    "event": {"sent": "đã gửi", "accepted": "đã tiếp nhận", "state": "trạng thái vào ngày đó"},
    "version": {"reported": "theo báo cáo", "true": "thực tế"},
    "measure": {name: name for name in MEASURES},
    "counted": {name: name for name in COUNTED},
    "reading": {name: name for name in READINGS},
    "state": {"fitted": "fitted", "not fitted": "not fitted", "impossible": "impossible"},
    "scope": {
        scope: scope
        for scope in (
            "all",
            "tiers:province+district",
            "tiers:department+district",
            "tiers:department+district+commune",
            "tier:office",
            "tier:department",
            "tier:district",
            "tier:commune",
        )
    },
}
"""The words of each drop-down, by the code that stands in text files."""
OPEN_WORDS = frozenset({"scope", "reading", "served"})
"""Drop-downs that only propose: other words may be written too."""

_TITLE_VI = Heading("title_vi", "Tên", "Tên như trong kế hoạch", 44.0)
_TITLE_EN = Heading(
    "title_en", "Tên tiếng Anh", "Không bắt buộc; để trống thì báo cáo tiếng Anh dùng tên tiếng Việt", 36.0
)
_BASIS = Heading("basis", "Căn cứ", "kế hoạch: văn bản ấn định; báo cáo: đã công bố; suy ra; giả định", 11.0, "basis")
_SOURCE = Heading("source", "Nguồn số liệu", "Văn bản, mục, trang; nếu giả định thì lý do", 50.0)


def _quantity(code: str, title: str, note: str) -> tuple[Heading, ...]:
    """The six columns of an uncertain number."""
    return (
        Heading(f"{code}.value", title, note, 12.0),
        Heading(f"{code}.low", f"{title}: thấp (5 %)", "Để trống nếu là số chắc chắn", 11.0),
        Heading(f"{code}.high", f"{title}: cao (95 %)", "Để trống nếu là số chắc chắn", 11.0),
        Heading(f"{code}.kind", f"{title}: phân bố", "Cách số này có thể khác đi", 11.0, "law"),
        Heading(f"{code}.basis", f"{title}: căn cứ", _BASIS.note, 11.0, "basis"),
        Heading(f"{code}.source", f"{title}: nguồn", _SOURCE.note, 40.0),
    )


PLAN = SheetKind(
    "plan",
    "Kế hoạch",
    "Tên kịch bản, quyết định phê duyệt, kỳ mô phỏng và những gì mỗi tỉnh phải tự nêu. Ghi ở cột Giá trị.",
    (
        Heading("title", "Nội dung", "Không sửa cột này", 52.0),
        Heading("value", "Giá trị", "Số ghi kèm đơn vị: 3 tháng, 35 %", 44.0),
        Heading("low", "Thấp (5 %)", "Đầu thấp của khoảng; để trống nếu là số chắc chắn", 12.0),
        Heading("high", "Cao (95 %)", "Đầu cao của khoảng; để trống nếu là số chắc chắn", 12.0),
        Heading("kind", "Phân bố", "Cách số này có thể khác đi trong khoảng", 12.0, "law"),
        _BASIS,
        _SOURCE,
        Heading("unit", "Đơn vị nhận", "Những đơn vị được viết sau số", 26.0),
        Heading("default", "Mặc định", "Giá trị dùng khi để trống cột Giá trị", 22.0),
        Heading("default_range", "Khoảng mặc định", "Khoảng dùng khi để trống", 22.0),
        Heading("key", "Mã (không sửa)", "Tên tham số trong lệnh explain và --set", 36.0),
    ),
    {},
    required=True,
)
SHOWN = ("title", "unit", "default", "default_range")
"""Columns of a sheet of keys that are there to be looked at."""
PARAMETERS = SheetKind(
    "parameters",
    "Tham số",
    "Mọi tham số của mô hình. Chỉ ghi ở cột Giá trị những gì tỉnh mình biết chắc hơn mặc định; để trống là theo mặc"
    " định. Ra ngoài khoảng mặc định thì ghi cả Thấp, Cao, Phân bố, Căn cứ, Nguồn.",
    PLAN.headings,
    {},
)
AGENCIES = SheetKind(
    "agencies",
    "Cơ quan",
    "Mỗi dòng một cơ quan, hiện trạng ngày đầu kỳ: Văn phòng UBND tỉnh, các sở, huyện, xã, và một vài dòng cho bên"
    " ngoài (Chính phủ, bộ, tỉnh khác). Lấy từ danh sách đơn vị hành chính, biên chế được giao, phần hiện trạng của kế"
    " hoạch.",
    (
        Heading("agency_id", "Mã cơ quan", "Chữ không dấu, số và . _ -, mỗi cơ quan một mã: so.tai_chinh", 22.0),
        Heading("tier", "Cấp", "Chọn trong danh sách", 18.0, "tier"),
        Heading("parent_id", "Cơ quan cấp trên", "Xã: mã huyện; tỉnh hai cấp và cơ quan khác: để trống", 20.0),
        Heading("name_vi", "Tên cơ quan", "", 38.0),
        Heading("name_en", "Tên tiếng Anh", "Không bắt buộc; để trống thì dùng tên tiếng Việt", 34.0),
        Heading("population", "Dân số (người)", "Huyện, xã; chưa rõ thì để trống, không ghi 1", 12.0),
        Heading("staff", "Cán bộ (người)", "Kể cả lãnh đạo và văn thư; huyện kể cả các phòng", 10.0),
        Heading("leaders", "Lãnh đạo (người)", "Người ký văn bản", 10.0),
        Heading("clerk_posts", "Văn thư (vị trí)", "Tổng vị trí làm văn thư, lẻ được: 0,7 ghi là 0,7", 10.0),
        Heading("rooms", "Phòng chuyên môn", "Chỉ cấp huyện; nơi khác ghi 0", 10.0),
        Heading("it_staff", "Cán bộ CNTT (vị trí)", "Chuyên trách hoặc kiêm nhiệm, lẻ được", 10.0),
        Heading("route", "Đường truyền", "Đường nối tới hệ thống dùng chung", 16.0, "route"),
        Heading("lan", "Có mạng nội bộ", "", 9.0, "yes_no"),
        Heading("eoffice_installed", "Đã cài văn phòng điện tử", "", 10.0, "yes_no"),
        Heading("eoffice_linked", "Đã liên thông", "Chỉ khi đã cài văn phòng điện tử", 10.0, "yes_no"),
        Heading("mailboxes", "Hộp thư đang dùng", "Số hộp thư công vụ có người dùng", 10.0),
        _BASIS,
        _SOURCE,
    ),
    {
        "agency_id": "so.tai_chinh",
        "tier": "sở, ban, ngành",
        "parent_id": "",
        "name_vi": "Sở Tài chính",
        "name_en": "Department of Finance",
        "population": "",
        "staff": "80",
        "leaders": "4",
        "clerk_posts": "2",
        "rooms": "0",
        "it_staff": "2",
        "route": "cáp quang FTTH",
        "lan": "có",
        "eoffice_installed": "có",
        "eoffice_linked": "có",
        "mailboxes": "56",
        "basis": "báo cáo",
        "source": "Báo cáo biên chế năm …",
    },
    required=True,
)
LINES = SheetKind(
    "budget.lines",
    "Kinh phí",
    "Dự toán theo mục, nguồn vốn và năm, triệu đồng, từ phụ lục kinh phí của kế hoạch. Mỗi mục và nguồn vốn một dòng; ô"
    " trống là không có khoản đó. Cột Cộng và các dòng tổng phía trên tự tính. Thêm năm: ghi năm vào hàng mã của một"
    " cột còn trống bên phải.",
    (
        Heading("line_id", "Mã mục", "Như trong phụ lục: II.2a", 10.0),
        Heading("chapter", "Phần", "Phần của phụ lục: II", 8.0),
        _TITLE_VI,
        _TITLE_EN,
        Heading("source", "Nguồn vốn", "TW: Trung ương; ĐT: đầu tư của tỉnh; SN: sự nghiệp của tỉnh", 10.0, "money"),
    ),
    {
        "line_id": "II.2a",
        "chapter": "II",
        "title_vi": "Phần mềm dùng chung",
        "title_en": "Shared software",
        "source": "SN",
        "2027": "500",
        "2028": "650",
    },
    required=True,
)
TOTALS = SheetKind(
    "budget.totals",
    "Tổng kinh phí",
    "Các số tổng để đối chiếu, triệu đồng. Ô công thức tự cộng từ trang Kinh phí; nếu kế hoạch có in tổng thì gõ đè số"
    " in: check sẽ so với tổng các dòng. Phạm vi: TOTAL là cả kế hoạch, hoặc mã phần, mã mục.",
    (
        Heading("scope", "Phạm vi", "TOTAL, mã phần hoặc mã mục", 12.0),
        Heading("source", "Nguồn vốn", "", 10.0, "money"),
        Heading("total", "Cả kỳ", "Tổng các năm, triệu đồng", 12.0),
    ),
    {"scope": "TOTAL", "source": "SN", "total": "1150", "2027": "500", "2028": "650"},
    required=True,
)
PURCHASES = SheetKind(
    "budget.purchases",
    "Nội dung chi",
    "Mỗi mục kinh phí mua gì: tỷ lệ của mục dành cho từng nội dung, đơn giá, cho cấp nào. Các tỷ lệ của một mục cộng"
    " lại không quá 100 %. Từ phụ lục dự án, dự toán chi tiết; không có thì giả định và nói rõ.",
    (
        Heading("line_id", "Mã mục", "Mã mục ở trang Kinh phí", 10.0),
        Heading("kind", "Mua gì", "Chọn trong danh sách; “nội dung khác” không làm thay đổi văn bản", 36.0, "bought"),
        Heading("share", "Tỷ lệ của mục", "Từ 0 đến 1: 0,25 là một phần tư số tiền của mục", 10.0),
        Heading("share_low", "Tỷ lệ: thấp", "", 9.0),
        Heading("share_high", "Tỷ lệ: cao", "", 9.0),
        Heading("unit_cost_million_vnd", "Đơn giá (triệu đồng)", "Để trống nếu mua trọn gói", 11.0),
        Heading("unit_cost_low", "Đơn giá: thấp (triệu đồng)", "", 11.0),
        Heading("unit_cost_high", "Đơn giá: cao (triệu đồng)", "", 11.0),
        Heading("tiers", "Cho cấp nào, theo thứ tự", "cấp huyện; cấp xã; hoặc một cơ quan: agency:MÃ", 26.0, "served"),
        Heading("funded_by", "Chỉ dùng nguồn vốn", "Để trống: mọi nguồn của mục", 12.0, "money"),
        _TITLE_VI,
        _TITLE_EN,
        _BASIS,
        _SOURCE,
    ),
    {
        "line_id": "II.2a",
        "kind": "chứng thư số",
        "share": "0,25",
        "share_low": "0,1",
        "share_high": "0,4",
        "unit_cost_million_vnd": "0,5",
        "unit_cost_low": "0,3",
        "unit_cost_high": "1",
        "tiers": "cấp huyện; cấp xã",
        "funded_by": "",
        "title_vi": "Chứng thư số cho lãnh đạo",
        "title_en": "Signature tokens for leaders",
        "basis": "giả định",
        "source": "Phụ lục … không chia",
    },
    required=True,
)
TARGETS = SheetKind(
    "targets",
    "Chỉ tiêu",
    "Mỗi dòng một chỉ tiêu, đúng như kế hoạch ghi: đo cái gì, của ai, ngưỡng, hạn. Từ mục “Mục tiêu cụ thể”.",
    (
        Heading("id", "Mã chỉ tiêu", "Chữ không dấu, số, _ và -", 14.0),
        Heading("title.vi", "Chỉ tiêu", "Nguyên văn hoặc rút gọn", 46.0),
        Heading("title.en", "Tiếng Anh", "", 36.0),
        Heading("measure", "Đo bằng", "Chọn trong danh sách; nghĩa ở trang Danh mục", 36.0, "measure"),
        Heading("scope", "Phạm vi", "all: cả tỉnh; tier:commune: cấp xã", 26.0, "scope"),
        *_quantity("threshold", "Ngưỡng (%)", "95 %"),
        Heading("due", "Hạn (ngày/tháng/năm)", "31/12/2030", 13.0),
        Heading("unit", "Đếm theo", "", 13.0, "unit"),
        Heading("event", "Tính khi", "", 16.0, "event"),
        Heading("lines", "Mục kinh phí", "Chỉ cho mốc hoàn thành (milestone): mã mục, cách nhau dấu ;", 14.0),
        Heading("exclude_secret", "Trừ văn bản mật", "", 10.0, "yes_no"),
        Heading("exclude_never_electronic", "Trừ tài liệu không gửi điện tử", "", 10.0, "yes_no"),
        Heading("window_months", "Tính trong (tháng)", "Để trống: 12 tháng đến hạn", 10.0),
        Heading("version", "Số liệu", "Để trống: theo báo cáo", 13.0, "version"),
        Heading("readings", "Cách hiểu khác", "Cách nhau bằng dấu chấm phẩy; nghĩa ở trang Danh mục", 26.0, "reading"),
        _SOURCE,
    ),
    {
        "id": "a3",
        "title.vi": "Văn bản trao đổi giữa các cơ quan dưới dạng điện tử",
        "title.en": "Documents exchanged electronically",
        "measure": "exchange_electronic_share",
        "scope": "all",
        "threshold.value": "95 %",
        "threshold.kind": "cố định",
        "threshold.basis": "kế hoạch",
        "threshold.source": "Kế hoạch, mục III.2.a",
        "due": "31/12/2030",
        "unit": "lượt gửi",
        "event": "đã tiếp nhận",
        "source": "Kế hoạch, mục III.2.a",
    },
    required=True,
)
MANDATES = SheetKind(
    "mandates",
    "Văn bản chỉ đạo",
    "Chỉ thị, quyết định buộc hoặc cho phép dùng văn bản điện tử; mỗi văn bản một dòng. Từ căn cứ pháp lý và phần tổ"
    " chức thực hiện của kế hoạch. Không có thì để trống cả trang.",
    (
        Heading("id", "Mã", "Chữ không dấu, số, _ và -", 22.0),
        Heading("title.vi", "Tên văn bản", "", 50.0),
        Heading("title.en", "Tiếng Anh", "", 40.0),
        Heading("start", "Hiệu lực từ (ngày/tháng/năm)", "Chưa rõ ngày: ngày sớm nhất có thể", 13.0),
        *_quantity("delay", "Có hiệu lực chậm sau", "Chỉ khi chưa rõ ngày: 153 ngày"),
        Heading("binds", "Bắt buộc dùng", "Để trống: có", 10.0, "yes_no"),
        Heading("measured_from", "Đo, xếp hạng từ (ngày/tháng/năm)", "Để trống: không xếp hạng", 13.0),
        Heading("allows_paperless", "Cho bỏ bản giấy", "Để trống: không", 10.0, "yes_no"),
        Heading("tiers", "Cho cấp nào", "Cách nhau bằng dấu chấm phẩy", 34.0, "tier"),
        _SOURCE,
    ),
    {
        "id": "chi_thi_dung_van_phong_dien_tu",
        "title.vi": "Chỉ thị đẩy mạnh sử dụng văn phòng điện tử",
        "title.en": "Directive to push the use of e-office",
        "start": "01/04/2027",
        "tiers": "sở, ban, ngành; cấp huyện; cấp xã",
        "source": "Chỉ thị số …",
    },
)
BASELINES = SheetKind(
    "baselines",
    "Số đã báo cáo",
    "Tỷ lệ mà kế hoạch báo cáo về hiện trạng, để đối chiếu và để lệnh init ước lượng trạng thái đầu kỳ. Từ phần “Hiện"
    " trạng”. Không có thì để trống cả trang.",
    (
        Heading("id", "Mã", "Chữ không dấu, số, _ và -", 20.0),
        Heading("measure", "Đo bằng", "Nghĩa ở trang Danh mục", 34.0, "measure"),
        Heading("scope", "Phạm vi", "all: cả tỉnh", 26.0, "scope"),
        *_quantity("reported", "Số báo cáo (%)", "70 %; khoảng là độ không chắc chắn của số báo cáo"),
        Heading("fitted", "Dùng để ước lượng", "Để trống: có", 10.0, "yes_no"),
        _SOURCE,
    ),
    {
        "id": "email_users",
        "measure": "email_user_share",
        "scope": "all",
        "reported.value": "70 %",
        "reported.low": "55 %",
        "reported.high": "72.5 %",
        "reported.kind": "đều",
        "reported.basis": "báo cáo",
        "reported.source": "Kế hoạch, mục I.2; khoảng: làm tròn, tự báo cáo",
        "source": "Kế hoạch, mục I.2",
    },
)
COUNTS = SheetKind(
    "counts",
    "Số đếm ban đầu",
    "Số lượng mà kế hoạch báo cáo về hiện trạng, chỉ để đặt cạnh mô phỏng. Không có thì để trống cả trang.",
    (
        Heading("id", "Mã", "Chữ không dấu, số, _ và -", 26.0),
        Heading("measure", "Đếm gì", "Nghĩa ở trang Danh mục", 30.0, "counted"),
        Heading("scope", "Phạm vi", "all: cả tỉnh", 26.0, "scope"),
        *_quantity("reported", "Số báo cáo", "41"),
        _SOURCE,
    ),
    {
        "id": "chung_thu_co_quan",
        "measure": "organisation_certificates",
        "scope": "all",
        "reported.value": "41",
        "reported.low": "15",
        "reported.high": "41",
        "reported.kind": "đều",
        "reported.basis": "báo cáo",
        "reported.source": "Kế hoạch, mục II.6; khoảng: cấp trong hai năm",
        "source": "Kế hoạch, mục II.6",
    },
)
GROUPS = SheetKind(
    "groups",
    "Nhóm cơ quan",
    "Những cơ quan mà kế hoạch gọi chung, dùng làm phạm vi group:MÃ của chỉ tiêu. Không có thì để trống cả trang.",
    (
        Heading("id", "Mã nhóm", "Chữ không dấu, số, _ và -", 20.0),
        Heading("title.vi", "Tên nhóm", "", 40.0),
        Heading("title.en", "Tiếng Anh", "", 34.0),
        Heading("agencies", "Các cơ quan", "Mã ở trang Cơ quan, cách nhau bằng dấu chấm phẩy", 60.0),
        _SOURCE,
    ),
    {
        "id": "cac_so",
        "title.vi": "các sở",
        "title.en": "departments",
        "agencies": "office",
        "source": "Kế hoạch, mục I",
    },
)
MOVES = SheetKind(
    "moves",
    "Chuyển trụ sở",
    "Các cơ quan cùng chuyển vào một trụ sở: gián đoạn một thời gian rồi dùng đường truyền mới. Không có thì để trống.",
    (
        Heading("id", "Mã", "Chữ không dấu, số, _ và -", 22.0),
        Heading("title.vi", "Tên", "", 40.0),
        Heading("title.en", "Tiếng Anh", "", 34.0),
        Heading("group", "Nhóm cơ quan", "Mã ở trang Nhóm cơ quan", 20.0),
        Heading("start", "Ngày chuyển (ngày/tháng/năm)", "Chưa rõ ngày: ngày sớm nhất có thể", 13.0),
        *_quantity("delay", "Chậm sau", "Chỉ khi chưa rõ ngày: 50 ngày"),
        *_quantity("outage", "Gián đoạn", "3 ngày"),
        Heading("route", "Đường truyền mới", "", 18.0, "route"),
        _SOURCE,
    ),
    {
        "id": "chuyen",
        "title.vi": "Chuyển vào trung tâm",
        "title.en": "Move to the centre",
        "group": "cac_so",
        "start": "01/01/2028",
        "outage.value": "3 ngày",
        "outage.kind": "cố định",
        "outage.basis": "giả định",
        "outage.source": "một cuối tuần và một ngày",
        "route": "mạng chuyên dùng",
        "source": "Kế hoạch",
    },
)
LEFT_OUT = SheetKind(
    "left_out",
    "Không mô phỏng",
    "Chỉ tiêu, sự kiện của kế hoạch mà mô hình không có, kèm lý do; lệnh check in ra. Không có thì để trống cả trang.",
    (
        Heading("id", "Mã", "Chữ không dấu, số, _ và -", 22.0),
        Heading("title.vi", "Nội dung", "", 50.0),
        Heading("title.en", "Tiếng Anh", "", 40.0),
        Heading("reason.vi", "Lý do", "", 50.0),
        Heading("reason.en", "Lý do, tiếng Anh", "", 40.0),
        _SOURCE,
    ),
    {
        "id": "xep_hang",
        "title.vi": "Xếp hạng toàn quốc",
        "title.en": "National rank",
        "reason.vi": "không mô phỏng tỉnh khác",
        "reason.en": "no other province is simulated",
        "source": "Kế hoạch",
    },
)
EXTRA_LINES = SheetKind(
    "extra_lines",
    "Kinh phí thêm",
    "Khoản ngoài phụ lục kinh phí của kế hoạch, mỗi khoản mua một thứ. Thường để trống: phương án có tệp riêng.",
    (
        Heading("id", "Mã", "Chữ không dấu, số, _ và -", 20.0),
        Heading("title.vi", "Tên khoản", "", 40.0),
        Heading("title.en", "Tiếng Anh", "", 34.0),
        Heading("source", "Nguồn vốn", "", 10.0, "money"),
        Heading("year", "Năm", "", 8.0),
        *_quantity("amount", "Số tiền (triệu đồng)", "128 triệu đồng"),
        Heading("kind", "Mua gì", "", 34.0, "bought"),
        *_quantity("unit_cost", "Đơn giá (triệu đồng)", "6 triệu đồng"),
        Heading("tiers", "Cho cấp nào", "Cách nhau bằng dấu chấm phẩy", 26.0, "tier"),
    ),
    {"id": "them_1", "title.vi": "Tập huấn bổ sung", "source": "SN", "year": "2027", "amount.value": "128 triệu đồng"},
)
PROCEDURES = SheetKind(
    "dossiers.procedures",
    "Thủ tục",
    "Thủ tục hành chính công dân, doanh nghiệp có thể nộp. Từ danh mục thủ tục và dịch vụ công trực tuyến. Để trống cả"
    " trang: không mô phỏng hồ sơ một cửa.",
    (
        Heading("procedure_id", "Mã thủ tục", "Chữ không dấu, số và . _ -", 18.0),
        _TITLE_VI,
        _TITLE_EN,
        Heading("intake_tier", "Nơi tiếp nhận", "", 12.0, "intake_tier"),
        Heading("agency_id", "Sở tiếp nhận", "Mã sở ở trang Cơ quan; cấp huyện, cấp xã để trống", 22.0),
        Heading("service_level", "Mức độ dịch vụ (1-4)", "Ngày đầu kỳ", 9.0),
        Heading("level3_year", "Lên mức độ 3 năm", "Bằng việc đã làm trước kế hoạch; không thì để trống", 9.0),
        Heading("level4_year", "Lên mức độ 4 năm", "Như trên", 9.0),
        Heading("priority_groups", "Nhóm ưu tiên", "district-7; cách nhau bằng dấu chấm phẩy", 14.0),
        Heading("steps", "Các bước", "own, commune, district, office, outside hoặc mã sở, cách nhau dấu ;", 26.0),
        Heading("work", "Khối lượng việc", "", 16.0, "work"),
        Heading("working_days", "Thời hạn (ngày làm việc)", "0: trong ngày", 10.0),
        Heading("same_day", "Chờ lấy ngay", "", 9.0, "yes_no"),
        Heading("site_visit", "Xem thực địa", "", 9.0, "yes_no"),
        Heading("financial_duty", "Nghĩa vụ tài chính", "", 9.0, "yes_no"),
        Heading("documents", "Số giấy tờ", "", 8.0),
        Heading("pages", "Số trang", "", 8.0),
        Heading("fee_vnd", "Lệ phí (đồng)", "", 12.0),
        Heading("volume_weight", "Tỷ trọng hồ sơ", "So với các thủ tục khác cùng nơi tiếp nhận", 10.0),
        Heading("portal", "Nộp qua", "", 14.0, "portal"),
        Heading("counted_as", "Tính vào chỉ tiêu", "", 20.0, "counted_as"),
        _BASIS,
        _SOURCE,
        Heading("days_basis", "Căn cứ thời hạn", _BASIS.note, 11.0, "basis"),
        Heading("days_source", "Nguồn thời hạn", "", 40.0),
    ),
    {"procedure_id": "xa.khai_sinh", "title_vi": "Đăng ký khai sinh", "intake_tier": "cấp xã", "steps": "own"},
)
CALENDAR = SheetKind(
    "calendar.overrides",
    "Ngày làm, nghỉ",
    "Ngày làm bù, nghỉ khác lịch chung. Để trống: dùng lịch chung đã có; nếu điền thì ghi đủ, vì thay cả lịch chung.",
    (
        Heading("date", "Ngày (ngày/tháng/năm)", "", 14.0),
        Heading("kind", "Làm hay nghỉ", "", 12.0, "day"),
        Heading("name_vi", "Dịp", "", 34.0),
        Heading("decree", "Văn bản", "", 34.0),
        _BASIS,
    ),
    {"date": "07/01/2027", "kind": "làm việc", "name_vi": "Làm bù", "decree": "Công văn …", "basis": "báo cáo"},
)


def _machine(*codes: str) -> tuple[Heading, ...]:
    """Columns that a command writes and nobody fills in."""
    return tuple(Heading(code, code, "Do lệnh init ghi", 14.0) for code in codes)


STATES = SheetKind(
    "start.fitted",
    "Trạng thái đầu kỳ",
    "Do lệnh init ước lượng, không sửa tay. Khi đổi số đã báo cáo hay cơ quan, xóa mọi dòng ở đây và ở trang Sai lệch"
    " ước lượng, hoặc chạy lại init.",
    _machine(
        "seed",
        "candidate",
        "ranges",
        "installed_unused_share",
        "registry_only_share",
        "draft_sign_share",
        "user_share",
        "email_user_share",
        "trained_share",
        "own_server_share",
        "eoffice_trained_share",
        "commune_mail_share",
        "distance",
    ),
    {},
)
RESIDUALS = SheetKind(
    "start.residuals",
    "Sai lệch ước lượng",
    "Do lệnh init ghi cùng trang Trạng thái đầu kỳ, không sửa tay.",
    _machine(
        "baseline_id",
        "measure",
        "scope",
        "reported",
        "low",
        "high",
        "simulated_median",
        "p05",
        "p95",
        "in_band_share",
        "nearest",
        "state",
        "reason_vi",
        "reason_en",
        "n",
    ),
    {},
)
SHEETS: tuple[SheetKind, ...] = (
    PLAN,
    AGENCIES,
    LINES,
    TOTALS,
    PURCHASES,
    TARGETS,
    MANDATES,
    BASELINES,
    COUNTS,
    PROCEDURES,
    PARAMETERS,
    GROUPS,
    MOVES,
    LEFT_OUT,
    EXTRA_LINES,
    CALENDAR,
    STATES,
    RESIDUALS,
)
"""Every sheet that is read, in the order in which a planner fills them in."""
CONTENTS, LISTS = "Mục lục", "Danh mục"
"""Sheets that are not read: what there is, and the words of the drop-downs."""


class Statement(NamedTuple):
    """Something that every province must state itself: what it is, and where to find it."""

    title: str
    note: str
    example: str = ""


STATED: Mapping[str, Statement] = {
    "name": Statement("Tên ngắn của kịch bản", "Đặt tên tệp kết quả; có dấu được", "tinh_minh_2026_2030"),
    "title.vi": Statement("Tên kế hoạch", "Trích yếu của quyết định", "Tỉnh …: chuyển đổi số 2026-2030"),
    "title.en": Statement("Tên kế hoạch bằng tiếng Anh", "Không bắt buộc; để trống thì dùng tên tiếng Việt"),
    "plan.decision": Statement("Số quyết định phê duyệt", "Trang đầu quyết định", "900/QĐ-UBND"),
    "plan.decided": Statement("Ngày ban hành (ngày/tháng/năm)", "Trang đầu quyết định", "17/03/2026"),
    "plan.source": Statement("Nguồn của kế hoạch", "Tên đầy đủ của văn bản"),
    "horizon.start": Statement("Ngày đầu kỳ mô phỏng", "Thường là ngày đầu kỳ kế hoạch", "01/01/2026"),
    "horizon.end": Statement("Ngày cuối kỳ mô phỏng", "Thường là ngày cuối kỳ kế hoạch", "31/12/2030"),
    "horizon.warm_up": Statement("Thời gian chạy đà trước kỳ mô phỏng", "Để nguyên nếu không rõ", "3 tháng"),
    "signatures.personal_at_start": Statement(
        "Chứng thư số cá nhân đã có lúc đầu", "Phần hiện trạng: chứng thư của lãnh đạo ký văn bản", "5"
    ),
    "signatures.organisation_at_start": Statement(
        "Chứng thư số cơ quan đã có lúc đầu", "Phần hiện trạng: chứng thư của cơ quan", "41"
    ),
}
"""What no default can say, in the order in which it is filled in."""
