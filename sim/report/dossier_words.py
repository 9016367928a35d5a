"""What is counted of one-stop dossiers, by year and beside other provinces, in Vietnamese and English."""

from __future__ import annotations

from sim.results.words import Words

QUANTITIES: dict[str, Words] = {
    "filed": Words("hồ sơ nộp", "filed"),
    "results": Words("hồ sơ có kết quả", "results"),
    "late": Words("trễ hạn thật", "truly late"),
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
