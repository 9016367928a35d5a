"""What may be lacking on a due date, and why, in Vietnamese and English."""

from __future__ import annotations

from sim.results.words import Words

HELD_UP_LACKS: dict[str, Words] = {
    "eoffice": Words("chưa có văn phòng điện tử", "no e-office"),
    "link": Words("văn phòng điện tử chưa liên thông", "e-office not interconnected"),
    "use": Words("có văn phòng điện tử, chưa dùng đến mức được tính", "e-office there, not used so far as counts"),
    "work": Words("cơ quan đã dùng văn phòng điện tử, người chưa dùng", "agency uses e-office, the person does not"),
    "mail": Words("cơ quan chưa có hộp thư công vụ", "agency without official mail"),
    "mail_use": Words("có hộp thư công vụ, chưa dùng", "official mail there, not used"),
    "network": Words("chưa nối mạng chuyên dùng", "off the dedicated network"),
    "private_network": Words("chưa vào mạng của tỉnh", "off the province's own network"),
    "line": Words("chưa có đường truyền", "no line"),
    "lan": Words("chưa có mạng nội bộ", "no local network"),
    "security": Words("chưa có thiết bị an toàn thông tin", "no security equipment"),
    "signature": Words("chưa có chữ ký số còn hiệu lực", "no valid digital signature"),
    "website": Words("chưa có trang thông tin điện tử", "no website"),
    "video": Words("chưa có điểm cầu hội nghị truyền hình", "no video-conference room"),
    "sector_database": Words("chưa có cơ sở dữ liệu chuyên ngành", "no sector database"),
    "cio": Words("chưa có lãnh đạo phụ trách công nghệ thông tin", "no leader in charge of IT"),
    "it_staff": Words("chưa có người phụ trách công nghệ thông tin", "nobody who looks after IT"),
    "onestop": Words("chưa có phần mềm một cửa", "no one-stop software"),
    "online": Words("chưa vào hệ thống dịch vụ công trực tuyến", "not on the system of online services"),
    "service": Words("dịch vụ chưa lên mức độ này", "service not yet at this level"),
    "training": Words("chưa được tập huấn", "not trained"),
    "computer": Words("chưa có máy tính", "no computer"),
}
"""What stands before the reasons."""

HELD_UP_REASONS: dict[str, Words] = {
    "has_it": Words("đã đạt", "it counts"),
    "being_issued": Words(
        "chứng thư đã đề nghị nhưng chưa được cấp", "the certificate is asked for and not yet issued"
    ),
    "under_way": Words(
        "kinh phí đã có nhưng còn đang triển khai hoặc chờ đội triển khai",
        "the money is there but work is under way or waits for a team",
    ),
    "in_procurement": Words("còn đang làm thủ tục mua sắm", "procurement is not over"),
    "slipped": Words("đợt mua phải lùi sang năm sau", "the order slipped to the next year"),
    "stopped": Words("đợt mua bị dừng và kinh phí nộp trả", "the order was stopped and its money returned"),
    "not_arrived": Words("kinh phí không được bố trí đủ", "the money did not all arrive"),
    "planned_later": Words(
        "kế hoạch chỉ bố trí kinh phí muộn hơn thời điểm đó", "the plan grants the money only afterwards"
    ),
    "scheduled_later": Words("lịch triển khai đặt muộn hơn thời điểm đó", "the schedule brings it only afterwards"),
    "beyond_plan": Words(
        "kinh phí của kế hoạch dù về đủ vẫn mua không đủ số cần", "the plan's money would buy fewer even if all came"
    ),
    "no_line": Words("không mục chi nào mua cho đối tượng này", "no line buys it for these"),
    "after_district": Words("phải chờ phần mềm của huyện", "it waits for the software of its district"),
    "new": Words("mới có dưới một năm", "it has been there for less than a year"),
    "gave_up": Words("đã sử dụng nhưng sau đó ngừng", "it was used before and given up"),
    "no_order": Words("còn thiếu quy định bắt buộc sử dụng", "an order to use it is missing most"),
    "no_support": Words("còn thiếu sự ủng hộ của người đứng đầu", "a head who supports it is missing most"),
    "untrained": Words("còn thiếu tập huấn", "training is missing most"),
    "unwatched": Words("việc sử dụng chưa được kiểm tra hoặc đo lường", "being measured or inspected is missing most"),
    "poor_experience": Words(
        "gửi và nhận hay lỗi hoặc chậm hoặc bị từ chối", "failures and delays and refusals put off most"
    ),
    "newcomers": Words("luân chuyển luôn đưa đến người chưa dùng", "postings always bring people who have not started"),
    "in_time": Words(
        "việc dùng còn đang lan dần và chỉ cần thêm thời gian", "use is still spreading and only needs time"
    ),
    "national": Words("nộp trên cổng quốc gia nên tỉnh không quyết định", "it is on a national portal"),
    "not_listed": Words("không nằm trong danh sách được nâng mức", "it is on no list of what is raised"),
}
"""Why, as `sim.measure.held_up` tells it: each goes on after `vì`, `because`, without a comma of its own."""
