"""The sheets of a scenario's workbook: their names, columns, units, notes and drop-down words, all in Vietnamese.

A sheet is known by the row of column codes under its headings, so that a planner may rename or move it; a cell of a
drop-down may hold the Vietnamese word or the code that stands in text files.
"""

from __future__ import annotations

from sim.scenario.workbook_tables import (
    AGENCIES,
    CALENDAR,
    DRAWS,
    LINES,
    PROCEDURES,
    PURCHASES,
    RESIDUALS,
    STATES,
    TOTALS,
)
from sim.scenario.workbook_words import BASIS, SOURCE, Heading, SheetKind, quantity

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
        BASIS,
        SOURCE,
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
        *quantity("threshold", "Ngưỡng (%)", "95 %"),
        Heading("due", "Hạn (ngày/tháng/năm)", "31/12/2030", 13.0),
        Heading("unit", "Đếm theo", "", 13.0, "unit"),
        Heading("event", "Tính khi", "", 16.0, "event"),
        Heading("lines", "Mục kinh phí", "Chỉ cho mốc hoàn thành (milestone): mã mục, cách nhau dấu ;", 14.0),
        Heading("exclude_secret", "Trừ văn bản mật", "", 10.0, "yes_no"),
        Heading("exclude_never_electronic", "Trừ tài liệu không gửi điện tử", "", 10.0, "yes_no"),
        Heading("window_months", "Tính trong (tháng)", "Để trống: 12 tháng đến hạn", 10.0),
        Heading("version", "Số liệu", "Để trống: theo báo cáo", 13.0, "version"),
        Heading("readings", "Cách hiểu khác", "Cách nhau bằng dấu chấm phẩy; nghĩa ở trang Danh mục", 26.0, "reading"),
        SOURCE,
        Heading("number", "Số thứ tự", "Để trống: theo thứ tự dòng", 10.0, may_be_absent=True),
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
        *quantity("delay", "Có hiệu lực chậm sau", "Chỉ khi chưa rõ ngày: 153 ngày"),
        Heading("binds", "Bắt buộc dùng", "Để trống: có", 10.0, "yes_no"),
        Heading("measured_from", "Đo, xếp hạng từ (ngày/tháng/năm)", "Để trống: không xếp hạng", 13.0),
        Heading("allows_paperless", "Cho bỏ bản giấy", "Để trống: không", 10.0, "yes_no"),
        Heading("tiers", "Cho cấp nào", "Cách nhau bằng dấu chấm phẩy", 34.0, "tier"),
        SOURCE,
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
        *quantity("reported", "Số báo cáo (%)", "70 %; khoảng là độ không chắc chắn của số báo cáo"),
        Heading("fitted", "Dùng để ước lượng", "Để trống: có", 10.0, "yes_no"),
        SOURCE,
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
        *quantity("reported", "Số báo cáo", "41"),
        SOURCE,
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
        SOURCE,
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
        *quantity("delay", "Chậm sau", "Chỉ khi chưa rõ ngày: 50 ngày"),
        *quantity("outage", "Gián đoạn", "3 ngày"),
        Heading("route", "Đường truyền mới", "", 18.0, "route"),
        SOURCE,
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

ROLLOUTS = SheetKind(
    "rollouts",
    "Triển khai theo ngày",
    "Danh sách cơ quan kèm ngày có một hệ thống, không tính vào kinh phí của kế hoạch. Không có thì để trống cả trang.",
    (
        Heading("id", "Mã", "Chữ không dấu, số, _ và -", 22.0),
        Heading("title.vi", "Tên đợt", "", 40.0),
        Heading("title.en", "Tiếng Anh", "", 34.0),
        Heading("kind", "Triển khai gì", "", 34.0, "bought"),
        Heading("agencies", "Các cơ quan", "Mã ở trang Cơ quan, cách nhau bằng dấu chấm phẩy", 60.0),
        Heading("start", "Ngày có (ngày/tháng/năm)", "Chưa rõ ngày: ngày sớm nhất có thể", 13.0),
        *quantity("delay", "Chậm sau", "Chỉ khi chưa rõ ngày: 6 tháng"),
        SOURCE,
    ),
    {
        "id": "vpdt_2027",
        "title.vi": "Văn phòng điện tử năm 2027",
        "title.en": "E-office in 2027",
        "kind": "cài đặt văn phòng điện tử tại chỗ",
        "agencies": "office",
        "start": "31/12/2027",
        "source": "Kế hoạch, phụ lục 2",
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
        SOURCE,
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
        *quantity("amount", "Số tiền (triệu đồng)", "128 triệu đồng"),
        Heading("kind", "Mua gì", "", 34.0, "bought"),
        *quantity("unit_cost", "Đơn giá (triệu đồng)", "6 triệu đồng"),
        Heading("tiers", "Cho cấp nào", "Cách nhau bằng dấu chấm phẩy", 26.0, "tier"),
    ),
    {"id": "them_1", "title.vi": "Tập huấn bổ sung", "source": "SN", "year": "2027", "amount.value": "128 triệu đồng"},
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
    ROLLOUTS,
    LEFT_OUT,
    EXTRA_LINES,
    CALENDAR,
    STATES,
    RESIDUALS,
    DRAWS,
)
"""Every sheet that is read, in the order in which a planner fills them in."""

CONTENTS, LISTS = "Mục lục", "Danh mục"
"""Sheets that are not read: what there is, and the words of the drop-downs."""
