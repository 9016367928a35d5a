"""Sheets whose rows are those of a table: agencies, money, purchases, procedures, days, fitted starts."""

from __future__ import annotations

from sim.scenario.workbook_words import BASIS, SOURCE, TITLE_EN, TITLE_VI, Heading, SheetKind

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
        BASIS,
        SOURCE,
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
        TITLE_VI,
        TITLE_EN,
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
        TITLE_VI,
        TITLE_EN,
        BASIS,
        SOURCE,
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

PROCEDURES = SheetKind(
    "dossiers.procedures",
    "Thủ tục",
    "Thủ tục hành chính công dân, doanh nghiệp có thể nộp. Từ danh mục thủ tục và dịch vụ công trực tuyến. Để trống cả"
    " trang: không mô phỏng hồ sơ một cửa.",
    (
        Heading("procedure_id", "Mã thủ tục", "Chữ không dấu, số và . _ -", 18.0),
        TITLE_VI,
        TITLE_EN,
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
        BASIS,
        SOURCE,
        Heading("days_basis", "Căn cứ thời hạn", BASIS.note, 11.0, "basis"),
        Heading("days_source", "Nguồn thời hạn", "", 40.0),
        Heading("procedures", "Số thủ tục", "Dòng gộp nhiều thủ tục thì ghi số thủ tục; để trống: một", 9.0),
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
        BASIS,
    ),
    {"date": "07/01/2027", "kind": "làm việc", "name_vi": "Làm bù", "decree": "Công văn …", "basis": "báo cáo"},
)


def _machine(*codes: str, by: str = "init") -> tuple[Heading, ...]:
    """Columns that a command writes and nobody fills in."""
    return tuple(Heading(code, code, f"Do lệnh {by} ghi", 14.0) for code in codes)


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

DRAWS = SheetKind(
    "calibration.draws",
    "Hiệu chỉnh",
    "Do lệnh calibrate ghi, không sửa tay. Khi đổi số đã đo hay khoảng của tham số, xóa mọi dòng ở đây hoặc chạy lại"
    " calibrate.",
    _machine("seed", "replication", "weight", "prior", by="calibrate"),
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
