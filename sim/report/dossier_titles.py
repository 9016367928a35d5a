"""The titles of the parameters of one-stop dossiers, by key below `dossiers`, in Vietnamese and English."""

from __future__ import annotations

from sim.results.words import Words

_ARRIVALS = {
    "per_head": Words("Số hồ sơ mỗi người dân mỗi năm", "Dossiers a year per inhabitant"),
    "province_share": Words("Tỷ lệ hồ sơ nộp tại cấp tỉnh", "Share of dossiers taken in by departments"),
    "commune_share": Words("Tỷ lệ hồ sơ nộp tại cấp xã", "Share of dossiers taken in by communes"),
    "growth": Words("Mức tăng số hồ sơ mỗi năm", "Growth of dossiers a year"),
    "monday_factor": Words("Số hồ sơ thứ Hai so với ngày khác", "Arrivals on a Monday against another day"),
    "after_tet_factor": Words("Số hồ sơ sau Tết so với ngày thường", "Arrivals after Tết against ordinary days"),
    "after_tet_days": Words("Số ngày đông hồ sơ sau Tết", "Busy working days after Tết"),
}
_COUNTER = {
    "posts_department": Words("Số người tại một cửa của sở", "People at a department's counter"),
    "posts_district": Words("Số người tại một cửa cấp huyện", "People at a district's counter"),
    "ordinary": Words("Thời gian tiếp nhận một hồ sơ thông thường", "Time to receive an ordinary dossier"),
    "copies": Words("Thời gian chứng thực một bộ bản sao", "Time to certify a set of copies"),
    "digitise": Words("Thời gian số hóa, nhập một hồ sơ", "Time to scan and key in a dossier"),
    "online_check": Words("Thời gian kiểm tra một hồ sơ trực tuyến", "Time to check a dossier sent online"),
    "hand_over": Words("Thời gian trả một kết quả", "Time to hand over a result"),
    "incomplete_share": Words("Tỷ lệ hồ sơ thiếu tại quầy", "Share of dossiers incomplete at the counter"),
    "incomplete_online_share": Words("Tỷ lệ hồ sơ trực tuyến bị thiếu", "Share of online dossiers incomplete"),
    "come_again": Words("Thời gian đến khi nộp lại hồ sơ thiếu", "Time until an incomplete dossier comes again"),
    "give_up_share": Words("Tỷ lệ hồ sơ thiếu không nộp lại", "Share of incomplete dossiers not brought again"),
    "post_share": Words("Tỷ lệ hồ sơ, kết quả gửi qua bưu điện", "Share of dossiers or results sent by post"),
}
_WORK = {
    "officer_share": Words("Phần thời gian chuyên viên dành cho hồ sơ", "Officers' time free for dossiers"),
    "short": Words("Thời gian giải quyết một hồ sơ đơn giản", "Officers' work on a short dossier"),
    "ordinary": Words("Thời gian giải quyết một hồ sơ thông thường", "Officers' work on an ordinary dossier"),
    "long": Words("Thời gian giải quyết một hồ sơ phức tạp", "Officers' work on a long dossier"),
    "review": Words("Thời gian kiểm tra một kết quả trước khi ký", "Time to review a result"),
    "sign": Words("Thời gian lãnh đạo ký một kết quả", "Time for a leader to sign a result"),
    "outside_days": Words("Số ngày cơ quan ngoài trả lời", "Working days until an outside body answers"),
    "site_visit_days": Words("Số ngày chờ kiểm tra thực địa", "Days until a site visit"),
    "site_visit": Words("Thời gian một lần kiểm tra thực địa", "Officers' time for a site visit"),
    "supplement_share": Words("Tỷ lệ hồ sơ phải bổ sung sau tiếp nhận", "Share of dossiers asked for more papers"),
    "supplement_days": Words("Số ngày chờ bổ sung hồ sơ", "Working days until further papers come"),
    "financial_days": Words("Số ngày chờ nộp nghĩa vụ tài chính", "Working days until land dues are paid"),
    "pause_noted_share": Words(
        "Tỷ lệ yêu cầu bổ sung, nộp tiền ghi thành phiếu", "Share of further requests put in writing"
    ),
    "withdrawn_share": Words("Tỷ lệ hồ sơ trả lại hoặc rút", "Share of dossiers returned or withdrawn"),
    "pickup_days": Words("Số ngày kết quả chờ người dân đến nhận", "Working days until a result is fetched"),
}
_RECORDS = {
    "hidden_share_paper": Words("Phần hồ sơ trễ bị che trên sổ giấy", "Late dossiers hidden by paper books"),
    "hidden_share_software": Words("Phần hồ sơ trễ bị che khi có phần mềm", "Late dossiers hidden despite software"),
    "hidden_share_monitored": Words(
        "Phần hồ sơ trễ bị che khi có phần mềm và xếp hạng", "Late dossiers hidden under software and ranking"
    ),
}
_CITIZENS = {
    "home_internet_2016": Words("Tỷ lệ người dân có internet tại nhà, 2016", "Citizens with internet at home, 2016"),
    "home_internet_2019": Words("Tỷ lệ người dân có internet tại nhà, 2019", "Citizens with internet at home, 2019"),
    "home_internet_2022": Words("Tỷ lệ người dân có internet tại nhà, 2022", "Citizens with internet at home, 2022"),
    "start_share": Words("Tỷ lệ người dân sẵn sàng nộp trực tuyến đầu kỳ", "Citizens willing to file online at first"),
    "external": Words("Tốc độ tự chuyển sang nộp trực tuyến", "Hazard of filing online, untold"),
    "imitation": Words("Tốc độ làm theo người khác", "Hazard of filing online by imitation"),
    "publicity": Words("Tác động của tuyên truyền", "Push of publicity"),
    "publicity_memory": Words("Thời gian một đợt tuyên truyền còn tác dụng", "Time a round of publicity lasts"),
    "late_return_share": Words("Tỷ lệ quay lại quầy sau khi bị trễ", "Citizens who go back to the counter when late"),
    "fee_cut_effect": Words("Tác động của giảm phí nộp trực tuyến", "Push of remitting the online fee"),
    "fee_cut": Words("Mức giảm phí nộp trực tuyến", "Part of the online fee remitted"),
    "assisted_share": Words("Tỷ lệ hồ sơ cán bộ nộp hộ trực tuyến", "Visits at which an officer files online"),
    "assisted_campaign_share": Words("Tỷ lệ nộp hộ trong chiến dịch", "The same during a campaign"),
}
_NATIONAL = {
    "business_2016": Words("Đăng ký doanh nghiệp qua mạng, đầu 2016", "Company registrations online, start of 2016"),
    "business_2020": Words("Đăng ký doanh nghiệp qua mạng, cuối 2020", "Company registrations online, end of 2020"),
    "investment_2016": Words("Chứng nhận đầu tư qua mạng, đầu 2016", "Investment certificates online, start of 2016"),
    "investment_2020": Words("Chứng nhận đầu tư qua mạng, cuối 2020", "Investment certificates online, end of 2020"),
}

DOSSIERS: dict[str, Words] = {
    f"dossiers.{section}.{name}": words
    for section, titles in (
        ("arrivals", _ARRIVALS),
        ("counter", _COUNTER),
        ("work", _WORK),
        ("records", _RECORDS),
        ("citizens", _CITIZENS),
        ("national", _NATIONAL),
    )
    for name, words in titles.items()
}
