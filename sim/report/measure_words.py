"""What is measured, in Vietnamese and English: measures, dossier quantities, and what is given from outside."""

from __future__ import annotations

from sim.results.words import Lang, Words

MEASURES: dict[str, Words] = {
    "exchange_electronic_share": Words(
        "Văn bản điện tử trao đổi giữa các cơ quan (tính cả gửi kèm bản giấy)",
        "Documents between agencies sent electronically (parallel paper counted)",
    ),
    "exchange_electronic_only_share": Words(
        "Văn bản trao đổi giữa các cơ quan hoàn toàn dưới dạng điện tử (không kèm bản giấy)",
        "Documents between agencies sent electronically only (no paper)",
    ),
    "exchange_signed_share": Words(
        "Văn bản điện tử trao đổi giữa các cơ quan có chữ ký số hợp lệ",
        "Documents between agencies sent electronically with a valid digital signature",
    ),
    "exchange_electronic_document_share": Words(
        "Văn bản điện tử trao đổi giữa các cơ quan, tính theo văn bản",
        "Documents between agencies sent electronically, counted per document",
    ),
    "internal_electronic_share": Words(
        "Văn bản nội bộ xử lý hoàn toàn trên văn phòng điện tử",
        "Documents handled inside agencies wholly through e-office",
    ),
    "internal_online_circulation_share": Words(
        "Văn bản nội bộ được luân chuyển trên mạng", "Documents that circulate online inside agencies"
    ),
    "submission_electronic_share": Words(
        "Văn bản trình UBND tỉnh dưới dạng điện tử",
        "Documents submitted electronically to the provincial People's Committee",
    ),
    "ministry_electronic_share": Words(
        "Văn bản gửi bộ, ngành Trung ương dưới dạng điện tử",
        "Documents sent electronically to ministries and central agencies",
    ),
    "eoffice_installed_share": Words("Cơ quan đã được cài đặt văn phòng điện tử", "Agencies with e-office installed"),
    "eoffice_agency_share": Words("Cơ quan có sử dụng văn phòng điện tử", "Agencies that use e-office"),
    "eoffice_effective_share": Words(
        "Cơ quan sử dụng văn phòng điện tử có hiệu quả (xử lý trên mạng và đã liên thông)",
        "Agencies that use e-office effectively (process online, interconnected)",
    ),
    "eoffice_linked_share": Words(
        "Cơ quan đã liên thông văn phòng điện tử", "Agencies whose e-office is interconnected"
    ),
    "eoffice_level_share": Words("Mức sử dụng văn phòng điện tử của các cơ quan", "Agencies by level of e-office use"),
    "eoffice_task_failed_share": Words(
        "Lượt làm việc trên văn phòng điện tử không thực hiện được hoặc quá chậm",
        "Tasks in e-office whose page came too late or not at all",
    ),
    "wan_connected_share": Words(
        "Cơ quan kết nối mạng diện rộng của tỉnh", "Agencies connected to the provincial wide-area network"
    ),
    "dedicated_network_share": Words(
        "Cơ quan kết nối mạng truyền số liệu chuyên dùng", "Agencies on the dedicated data network"
    ),
    "private_network_share": Words(
        "Cơ quan trong mạng của tỉnh (mạng chuyên dùng hoặc VPN)",
        "Agencies on the province's own network (dedicated line or VPN)",
    ),
    "eoffice_user_share": Words(
        "Cán bộ, công chức xử lý công việc trên văn phòng điện tử", "Civil servants who work in e-office"
    ),
    "signature_agency_share": Words("Cơ quan sử dụng chữ ký số", "Agencies that use digital signatures"),
    "certificates_active": Words("Chứng thư số đang có hiệu lực", "Digital certificates in force"),
    "eoffice_trained_share": Words(
        "Người đã tập huấn văn phòng điện tử (còn nhớ)", "Staff trained in e-office who still know it"
    ),
    "trained_share": Words(
        "Cán bộ, công chức đã được tập huấn công nghệ thông tin", "Civil servants trained in IT skills"
    ),
    "email_user_share": Words(
        "Cán bộ, công chức sử dụng thư điện tử công vụ", "Civil servants who use official e-mail"
    ),
    "organisation_certificates": Words(
        "Chứng thư số của cơ quan đang có hiệu lực", "Certificates of agencies in force"
    ),
    "personal_certificates": Words("Chứng thư số cá nhân đang có hiệu lực", "Personal certificates in force"),
    "certificates_expiring_quarter": Words(
        "Chứng thư số hết hạn trong ba tháng tới", "Certificates that expire within three months"
    ),
    "certificates_expired": Words("Chứng thư số đã hết hạn, chưa gia hạn", "Certificates expired and not renewed"),
    "token_wait_days": Words(
        "Số ngày từ khi xin đến khi có thiết bị ký, trung bình", "Days from request to token in hand, mean"
    ),
    "milestone": Words(
        "Mốc hoàn thành: phần đã bàn giao trong những gì kế hoạch chi trả",
        "Milestone: share delivered of what the plan pays for",
    ),
    "video_agency_share": Words("Cơ quan có phòng họp trực tuyến", "Agencies with video conferencing"),
    "pc_share": Words("Cán bộ, công chức có máy tính làm việc", "Civil servants with a work computer"),
    "lan_agency_share": Words("Cơ quan có mạng nội bộ (LAN)", "Agencies with a local network (LAN)"),
    "security_agency_share": Words(
        "Cơ quan có thiết bị an toàn cho mạng nội bộ", "Agencies whose local network has security equipment"
    ),
    "delivery_hours_median": Words(
        "Thời gian chuyển văn bản đến nơi nhận, trung vị", "Time for a document to reach its recipient, median"
    ),
    "delivery_hours_p95": Words(
        "Thời gian để 95% số lượt gửi đến được nơi nhận", "Time within which 95% of deliveries reach their recipient"
    ),
    "handling_hours_median": Words(
        "Thời gian xử lý văn bản đến, trung vị", "Time to handle an incoming document, median"
    ),
    "refusal_share": Words(
        "Lượt gửi điện tử bị từ chối tiếp nhận", "Electronic deliveries refused by the recipient's registry"
    ),
    "paper_pages": Words("Số trang giấy đã in để gửi văn bản", "Pages printed to send documents"),
    "cost_million_vnd": Words("Chi phí", "Cost"),
    "spent_million_vnd": Words("Kinh phí đã giải ngân", "Money spent"),
    "station_utilisation": Words(
        "Tỷ lệ thời gian làm việc đã dùng của người xử lý văn bản", "Share of staffed working time in use"
    ),
    "link_utilisation": Words("Tỷ lệ sử dụng đường truyền", "Use of network links"),
    "datacentre_availability": Words(
        "Tỷ lệ thời gian trung tâm dữ liệu hoạt động", "Share of time the data centre was available"
    ),
    "website_agency_share": Words("Cơ quan có trang thông tin điện tử", "Agencies with a website"),
    "it_staff_complete_share": Words(
        "Cơ quan có cán bộ công nghệ thông tin (chuyên trách hoặc kiêm nhiệm)",
        "Agencies with IT staff, full or part time",
    ),
    "cio_share": Words(
        "Cơ quan có lãnh đạo phụ trách công nghệ thông tin (CIO)", "Agencies with a leader in charge of IT (CIO)"
    ),
    "onestop_agency_share": Words("Cơ quan có một cửa điện tử", "Agencies with an electronic one-stop shop"),
    "onestop_linked_share": Words("Cơ quan có một cửa điện tử liên thông", "Agencies with a linked one-stop shop"),
    "onestop_procedure_share": Words(
        "Thủ tục hành chính giải quyết qua một cửa điện tử", "Procedures handled through the electronic one-stop shop"
    ),
    "dossier_online_share": Words("Hồ sơ nộp trực tuyến", "Dossiers filed online"),
    "dossier_unassisted_online_share": Words(
        "Hồ sơ do người dân, doanh nghiệp tự nộp trực tuyến (không tính nộp hộ)",
        "Dossiers that citizens and firms filed online themselves (assisted filing left out)",
    ),
    "dossier_offered_online_share": Words(
        "Hồ sơ nộp trực tuyến, trong số hồ sơ của dịch vụ mức độ 3, 4",
        "Dossiers filed online, of those whose service is offered at level 3 or 4",
    ),
    "dossier_linked_share": Words(
        "Hồ sơ liên thông được chuyển giữa các cơ quan qua mạng",
        "Transfers of dossiers between agencies made electronically",
    ),
    "dossier_returned_share": Words(
        "Hồ sơ đã nhận nhưng bị trả lại hoặc được rút", "Accepted dossiers returned or withdrawn"
    ),
    "dossier_recorded_on_time_share": Words(
        "Hồ sơ giải quyết đúng hạn theo sổ sách, phần mềm", "Dossiers settled on time by the books"
    ),
    "dossiers_overdue": Words("Hồ sơ quá hạn chưa có kết quả", "Dossiers overdue with no result yet"),
    "dossiers_filed": Words("Số hồ sơ nộp trong tháng", "Dossiers filed in the month"),
    "counter_wait_minutes_median": Words(
        "Thời gian người dân chờ ở quầy một cửa, trung vị", "Citizens' wait before the one-stop counter, median"
    ),
    "counter_wait_minutes_p95": Words(
        "Thời gian chờ ở quầy một cửa mà 95% người dân không phải chờ lâu hơn",
        "Wait before the one-stop counter that 95% of citizens do not exceed",
    ),
    "citizen_online_share": Words("Người dân sẵn sàng nộp hồ sơ trực tuyến", "Citizens willing to file online"),
    "business_registration_online_share": Words("Hồ sơ đăng ký kinh doanh trực tuyến", "Business registrations online"),
    "investment_certificate_online_share": Words(
        "Giấy chứng nhận đầu tư cấp trực tuyến", "Investment certificates issued online"
    ),
    "online_service_agency_share": Words(
        "Cơ quan tham gia hệ thống dịch vụ công trực tuyến", "Agencies on the system of online services"
    ),
    "service_level3_share": Words(
        "Dịch vụ công trực tuyến từ mức độ 3 trở lên", "Public services offered online at level 3 or above"
    ),
    "service_level4_share": Words("Dịch vụ công trực tuyến mức độ 4", "Public services offered online at level 4"),
    "service_level3_catalogue_share": Words(
        "Dịch vụ từ mức độ 3 trở lên trên tổng số thủ tục hành chính",
        "Services at level 3 or above, of all administrative procedures",
    ),
    "service_level4_catalogue_share": Words(
        "Dịch vụ mức độ 4 trên tổng số thủ tục hành chính", "Services at level 4, of all administrative procedures"
    ),
    "service_level2_share": Words(
        "Dịch vụ công trực tuyến từ mức độ 2 trở lên", "Public services offered online at level 2 or above"
    ),
    "service_level3_count": Words(
        "Số dịch vụ công trực tuyến từ mức độ 3 trở lên", "Number of public services online at level 3 or above"
    ),
    "sector_database_share": Words("Cơ quan có cơ sở dữ liệu chuyên ngành", "Agencies with a database of their sector"),
    "key_database_count": Words("Số cơ sở dữ liệu trọng điểm đã dùng", "Key databases in use"),
    "deliveries_count": Words("Lượt gửi văn bản giữa các cơ quan", "Deliveries of documents between agencies"),
    "deliveries_accepted_count": Words("Lượt gửi được nhận bằng bản điện tử", "Deliveries accepted electronically"),
    "project_finished_count": Words("Số dự án đã hoàn thành", "Projects finished"),
    "dossier_on_time_share": Words("Hồ sơ giải quyết đúng hạn trên thực tế", "Dossiers truly settled on time"),
}


QUANTITIES: dict[str, Words] = {
    "filed": Words("hồ sơ nộp", "filed"),
    "results": Words("hồ sơ có kết quả", "results"),
    "late": Words("trễ hạn thật", "truly late"),
    "due": Words("đến hạn trả trong năm", "due in the year"),
    "due_late": Words("trong đó trả trễ hoặc chưa trả", "of these late or still without a result"),
    "recorded_late": Words("trễ hạn theo sổ sách", "late by the books"),
    "returned": Words("trả lại hoặc rút", "returned or withdrawn"),
    "fileable": Words("thuộc dịch vụ mức độ 3, 4", "of a service offered at level 3 or 4"),
    "online": Words("nộp trực tuyến", "filed online"),
    "assisted": Words("trong đó cán bộ nộp hộ", "of these filed by an officer for the citizen"),
    "by_post": Words("nộp qua bưu điện", "filed by post"),
    "sent_home": Words("phải về vì hết giờ", "sent home at closing time"),
    "dossiers_per_head": Words("Hồ sơ trên đầu người một năm", "Dossiers per inhabitant and year"),
    "intake_share": Words("Phần hồ sơ cấp này nhận", "Share of all dossiers taken in here"),
    "department_of_both_share": Words("Phần của sở trong hồ sơ của sở và huyện", "Departments' share of both tiers'"),
    "real_on_time_share": Words("Đúng hạn trên thực tế", "Truly on time"),
    "recorded_on_time_share": Words("Đúng hạn theo sổ sách", "On time by the books"),
    "real_late_share": Words("Trễ hạn thật", "Truly late"),
    "recorded_late_share": Words("Trễ hạn theo sổ sách", "Late by the books"),
    "returned_share": Words("Trả lại hoặc rút", "Returned or withdrawn"),
    "online_share": Words("Nộp trực tuyến", "Filed online"),
    "offered_online_share": Words(
        "Nộp trực tuyến, trong hồ sơ của dịch vụ mức độ 3, 4", "Filed online, of services offered at level 3 or 4"
    ),
    "fileable_share": Words(
        "Nộp trực tuyến được: dịch vụ mức độ 3, 4 hoặc cổng quốc gia",
        "Could be filed online: service at level 3 or 4, or a national portal",
    ),
    "assisted_share": Words("Do cán bộ nộp hộ, trong hồ sơ trực tuyến", "Filed by an officer, of those online"),
    "filed_by_post_share": Words("Nộp qua bưu điện", "Filed by post"),
}

RELATIONS: dict[str, Words] = {
    "below": Words("mô phỏng thấp hơn", "the simulation is lower"),
    "above": Words("mô phỏng cao hơn", "the simulation is higher"),
    "overlapping": Words("số công bố nằm trong khoảng mô phỏng", "the published figure is within the simulated range"),
}

CONFIDENCES: dict[str, Words] = {
    "high": Words("tin cậy cao", "high confidence"),
    "medium": Words("tin cậy vừa", "medium confidence"),
    "low": Words("tin cậy thấp", "low confidence"),
}


NATIONAL = ("business_registration_online_share", "investment_certificate_online_share")
"""Measures that are drawn from a stated range, whatever the plan does."""
COUNT_OF_PROJECTS = "project_finished_count("
"""How the measure of every target that counts finished projects begins."""
_NOTE = Words("lấy từ nguồn ngoài, mô hình không tính", "given from outside, not simulated")
_SIMULATED = Words("mô phỏng", "simulated")


def outside_note(measure: str, language: Lang) -> str:
    """What to say beside a target's name when its measure is given from outside; empty for all others."""
    return _NOTE.text(language) if measure in NATIONAL else ""


def with_outside_note(title: str, measure: str, language: Lang) -> str:
    """A target's title, with the note in brackets where its measure is given."""
    note = outside_note(measure, language)
    return f"{title} ({note})" if note else title


def origin_text(measure: str, language: Lang) -> str:
    """Whether a value comes out of the simulation or was put in."""
    return outside_note(measure, language) or _SIMULATED.text(language)
